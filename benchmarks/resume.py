"""A build that is killed again and again ends as one that nobody disturbed, and buys nothing twice.

    python benchmarks/resume.py [--units 200] [--kills 20] [--seed 1]

The real command line, sandbox and ledger; only the model is simulated. A specification of that many units is written,
built once in peace, and once more with ``kill -9`` at random moments. Then are compared: every byte of the package,
every decision, and what was bought, in the ledger and in the store of kept answers. Exits with 1 where they differ.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from swarmwright.adapters.sqlite import open_ledger, verify_ledger
from swarmwright.ledger.events import Answered, Asked, Decided, RunResumed

A_MODULE = 20
"""Units in one module of the specification."""
# Name, head, prose, body, and the arguments that are shown with what the body gives for them.
TEMPLATES = (
    ("plus", "n: int", "int", "Return n plus {k}.", "return n + {k}", ("0", "5", "-{k}")),
    ("times", "n: int", "int", "Return n times {k}.", "return n * {k}", ("0", "1", "-3")),
    ("rest", "n: int", "int", "Return the rest of n by {k}.", "return n % {k}", ("0", "{k}", "-1")),
    ("echo", "text: str", "str", "Return the text {k} times.", "return text * {k}", ("''", "'a'", "'b c'")),
    ("name", "text: str", "str", "Put {k} dashes before the text.", "return '-' * {k} + text", ("''", "'x'", "'-'")),
    ("drop", "xs: list[int]", "list[int]", "Leave the first {k} out.", "return xs[{k}:]", ("[]", "[1]", "[{many}]")),
    ("above", "xs: list[int]", "int", "Count what is greater than {k}.", "return sum(x > {k} for x in xs)",
     ("[]", "[{k}]", "[{many}]")),
    ("cap", "n: int", "int", "Return n, or {k} where n is greater.", "return min(n, {k})", ("0", "{k}", "99999")),
)  # fmt: skip
CONFIG = """
inputs = 20
mutants = 1
symbolic_s = 0.5

[simulate]
solutions = "{solutions}"
accuracy = 0.8
correlated = 0.3
flag_rate = 0.05
latency_s = [0.0, 0.02]
"""


class Made(NamedTuple):
    """One unit: the head and docstring of its stub, what is called in its examples, and its solution."""

    name: str
    head: str
    prose: str
    calls: tuple[str, ...]
    body: str

    def solution(self) -> str:
        return f"{self.head}\n    {self.body}\n"

    def stub(self, known: dict[str, object]) -> str:
        shown = "".join(f"    >>> {call}\n    {eval(call, known)!r}\n" for call in self.calls)
        return f'{self.head}\n    """{self.prose}\n\n{shown}    """\n    ...\n'


def make_units(count: int) -> Iterator[Made]:
    """Yield units; of the numbers' functions many call the one before."""
    before = ""
    for number in range(count):
        kind, parameter, returns, prose, body, arguments = TEMPLATES[number % len(TEMPLATES)]
        k = 2 + number // len(TEMPLATES)
        many = ", ".join(map(str, range(k + 3)))
        name, prose, body = f"{kind}_{k}", prose.format(k=k), body.format(k=k)
        if number % A_MODULE == 0 or parameter != "n: int":
            before = ""
        if before:
            prose = f"{prose[:-1]}, with `{before}` called on n first.\n\n    Uses: {before}"
            body = re.sub(r"\bn\b", f"{before}(n)", body)
        before = name if parameter == "n: int" else ""
        calls = tuple(f"{name}({argument.format(k=k, many=many)})" for argument in arguments)
        yield Made(name, f"def {name}({parameter}) -> {returns}:", prose, calls, body)


def write_specification(folder: Path, count: int) -> None:
    """Write the specification, the solutions and the settings; what examples give is what the solutions give."""
    units = list(make_units(count))
    source = "\n\n".join(unit.solution() for unit in units)
    (folder / "solutions.py").write_text(source, encoding="utf-8")
    (folder / "swarm.toml").write_text(CONFIG.format(solutions=folder / "solutions.py"), encoding="utf-8")
    known: dict[str, object] = {}
    exec(source, known)
    package = folder / "many"
    package.mkdir()
    (package / "__init__.py").write_text('"""Many small functions."""\n', encoding="utf-8")
    for first in range(0, count, A_MODULE):
        stubs = [unit.stub(known) for unit in units[first : first + A_MODULE]]
        text = "\n\n".join([f'"""Part {first // A_MODULE}."""\n', *stubs])
        (package / f"part_{first // A_MODULE}.py").write_text(text, encoding="utf-8")


class Desk:
    """A folder of its own to build in, with a home of its own: nothing is kept from other builds."""

    def __init__(self, folder: Path, units: int) -> None:
        folder.mkdir()
        write_specification(folder, units)
        self.folder, self.out = folder, folder / "out"
        self.ledger = f"file:{self.out}/run.ledger?mode=ro"
        self.environment = {**os.environ, "SWARMWRIGHT_CACHE": str(folder / "cache"), "NO_COLOR": "1"}

    def start(self) -> subprocess.Popen[bytes]:
        program = "from swarmwright.cli import main; main()"
        words = ["build", "many", "--out", "out", "--config", "swarm.toml", "--no-progress"]
        with (self.folder / "said.txt").open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-c", program, *words],
                cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip

    def build(self) -> tuple[float, float]:
        """Build to the end; return the seconds until the ledger was written to, and the seconds in all."""
        began = time.monotonic()
        process = self.start()
        self.wait_for_writing(process)
        opened = time.monotonic() - began
        process.wait()
        if process.returncode not in (0, 3):
            said = (self.folder / "said.txt").read_text(encoding="utf-8")
            raise SystemExit(f"the build ended with {process.returncode}:\n{said[-2000:]}")
        return opened, time.monotonic() - began

    def wait_for_writing(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the build writes to its ledger, or ends."""
        before = self.written()
        while process.poll() is None and self.written() == before:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.05)

    def written(self) -> int:
        """Return how many frames the ledger has."""
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(self.ledger, uri=True)) as reader:
            return int(reader.execute("SELECT count(*) FROM frames").fetchone()[0])
        return 0

    def kill_after(self, seconds: float, *, once_writing: bool) -> bool:
        """Start the build and kill it so many seconds later (after its first writing); False where it ended before."""
        process = self.start()
        if once_writing:
            self.wait_for_writing(process)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        return False

    def package(self) -> dict[str, bytes]:
        """Return every file of the package but evidence (it holds times) and ledger."""
        files = {str(path.relative_to(self.out)): path for path in self.out.rglob("*") if path.is_file()}
        kept = {
            n: p
            for n, p in files.items()
            if not n.startswith(("run.ledger", "EVIDENCE.md", "evidence.json", "MANIFEST.sha256"))
        }
        return {name: path.read_bytes() for name, path in sorted(kept.items()) if "__pycache__" not in name}


class Account:
    """What a ledger and the store of answers say was asked, bought and decided."""

    def __init__(self, desk: Desk) -> None:
        self.answered: Counter[tuple[bytes, int]] = Counter()
        self.bought = self.kept = self.resumed = self.asked_after_answer = 0
        self.decided: dict[bytes, Decided] = {}
        ledger = open_ledger(desk.out / "run.ledger", readonly=True)
        for event in ledger.replay():
            match event:
                case Asked():
                    wanted = ((event.task, event.first + place) for place in range(event.count))
                    self.asked_after_answer += sum(sample in self.answered for sample in wanted)
                case Answered():
                    self.answered.update((event.task, event.first + place) for place in range(len(event.answers)))
                    self.bought += sum(not answer.kept for answer in event.answers)
                    self.kept += sum(answer.kept for answer in event.answers)
                case Decided():
                    self.decided[event.task] = event
                case RunResumed():
                    self.resumed += 1
        ledger.close()
        self.fault = verify_ledger(desk.out / "run.ledger").fault
        store = sqlite3.connect(desk.folder / "cache" / "answers.db")
        self.stored = store.execute("SELECT count(*) FROM answers").fetchone()[0]
        store.close()

    def complaints(self, calm: Account) -> list[str]:
        """Return what is not as in an undisturbed run."""
        found = {
            "the ledger is damaged": self.fault,
            "samples were answered twice": sum(count > 1 for count in self.answered.values()),
            "samples were asked for after their answer was committed": self.asked_after_answer,
            "the answers differ from the undisturbed run's": set(self.answered) != set(calm.answered),
            "the decisions differ from the undisturbed run's": self.decided != calm.decided,
            # Every purchase is kept under its request's key: more keys than samples were bought under two.
            "more was bought than was answered": self.stored != len(self.answered),
        }
        return [f"{sentence}: {value}" for sentence, value in found.items() if value]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        calm, torn = (Desk(Path(folder) / name, options.units) for name in ("calm", "torn"))
        opened, took = calm.build()
        kills = 0
        for number in range(options.kills):
            # One in four dies before it may have read its ledger; the others share the work that there is.
            is_early = rng.random() < 0.25
            most = opened if is_early else 2 * (took - opened) / options.kills
            if not torn.kill_after(rng.uniform(0.0, most), once_writing=not is_early):
                print(f"the build had ended before kill {number + 1}")
                break
            kills += 1
        _, last = torn.build()
        before, after = Account(calm), Account(torn)
        complaints = after.complaints(before)
        if torn.package() != calm.package():
            complaints.append("the packages differ")
    delivered = sum(decided.delivered for decided in before.decided.values())
    print(f"{options.units} units, {delivered} delivered, {took:.1f} s undisturbed")
    print(f"{kills} kills, {after.resumed} resumed from a ledger that had begun, then {last:.1f} s to the end")
    print(f"{len(after.answered)} answers, {after.kept} of them from the store; {len(after.decided)} decisions")
    if complaints:
        raise SystemExit("NOT the same: " + "; ".join(complaints))
    print("the same package byte for byte, the same decisions, and nothing was bought twice")


if __name__ == "__main__":
    main()
