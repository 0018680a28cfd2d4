"""``kill -9`` at random moments of a chain: it ends like a calm run, and buys nothing twice that was committed.

SWARMWRIGHT_KILLS says how many kills there are in all (100 if nobody says).

One process imports everything once and makes a child for every start; the children are killed. What a made-up world is
asked, its chain writes down at that moment in a file beside: a bill that knows nothing of the ledger.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.chain.loading import Loaded
from swarmwright.config import RunOutcome, StepSettings, load_config, run_task
from swarmwright.errors import LedgerEmptyError
from swarmwright.ledger.events import AnyEvent, Asked, Decided, RunResumed, Voted
from swarmwright.ledger.folds import fold
from swarmwright.plan.questions import Phrasing, Question
from swarmwright.plan.steps import Chain
from swarmwright.simulate.steps import StepWorld

KILLS = int(os.environ.get("SWARMWRIGHT_KILLS", "100"))


class Scene(NamedTuple):
    """A chain of so many steps in a world; a start is killed after 1 to ``commits`` commits and some calls more."""

    steps: int
    world: StepWorld
    commits: int
    beyond: int
    share: float


SCENES = {
    # One call at a time is in flight; the slow ones are longer away than a commit waits, so they are lost to a kill.
    "waiting": Scene(
        250, StepWorld(seed=3, error_rate=0.1, flag_rate=0.1, latency_s=(0.003, 0.05), heavy=True), 4, 3, 0.6
    ),
    # Nothing is ever waited for: hundreds of steps share a commit.
    "at once": Scene(5000, StepWorld(seed=4, error_rate=0.1, flag_rate=0.1), 2, 300, 0.4),
}


class Walk(Chain):
    """Pseudo-random numbers, each asked for; who asks for the truth pays, and that is written down."""

    def __init__(self, steps: int, bill: int = -1) -> None:
        self._steps = steps
        self._bill = bill

    def first(self) -> tuple[int, int]:
        return 0, 1

    def steps(self) -> int:
        return self._steps

    def question(self, state: tuple[int, int]) -> Question | None:
        return None if state[0] == self._steps else Question((Phrasing(f"after {state[1]}?", "", int),))

    def after(self, state: tuple[int, int], answer: int) -> tuple[int, int]:
        return state[0] + 1, answer

    def truth(self, state: tuple[int, int]) -> int:
        if self._bill >= 0:
            os.write(self._bill, state[0].to_bytes(4, "big"))
        return state[1] * 48271 % (2**31 - 1)


def walk(out: Path, scene: Scene, *, bill: Path | None = None, tick: int = -1) -> RunOutcome:
    """Run a chain to its end; after every commit a line goes to ``tick``."""

    def observer(events: Sequence[AnyEvent]) -> None:
        if tick >= 0:
            os.write(tick, b"committed\n")

    paid = -1 if bill is None else os.open(bill, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    settings = StepSettings(k=3, reuse=False, world=scene.world)
    loaded = Loaded("Walk", Walk(scene.steps, paid), {}, "as it stands here")
    try:
        return asyncio.run(run_task(load_config(None, {}), loaded, out, settings, observer=observer))
    finally:
        if paid >= 0:
            os.close(paid)


def nursery() -> None:
    """Make a child for each line on the standard input; say its number, and how it ended."""
    for line in iter(sys.stdin.readline, ""):
        name, out, bill = line.rstrip("\n").split("\t")
        child = os.fork()
        if not child:
            # A child leaves by os._exit alone, whatever happens to it.
            code = 1
            try:
                walk(Path(out), SCENES[name], bill=Path(bill), tick=1)
                code = 0
            finally:
                os._exit(code)
        os.write(1, b"%d\n" % child)
        _, status = os.waitpid(child, 0)
        os.write(1, b"ended %d\n" % os.waitstatus_to_exitcode(status))


class Nursery:
    """The process whose children are killed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._backlog: list[str] = []

    def start(self, name: str, out: Path, bill: Path, *, commits: int, spin: int) -> int:
        """Start a run and kill it some time after so many commits (0: never); return its exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{name}\t{out}\t{bill}\n")
        self._process.stdin.flush()
        child = seen = 0
        for line in iter(self._process.stdout.readline, ""):
            word, _, code = line.rstrip("\n").partition(" ")
            if word == "ended":
                return int(code)
            if word == "committed":
                seen += 1
            else:
                child = int(word)
            if child and commits and seen >= commits:
                wait_for_more(bill, spin)
                with suppress(ProcessLookupError):  # It may have come to its end.
                    os.kill(child, signal.SIGKILL)
                commits = 0
        raise AssertionError("the process that makes children is gone")


def wait_for_more(bill: Path, entries: int) -> None:
    """Give way until a bill has grown by so many entries, so that a kill meets an open window; or for long enough."""
    size = bill.stat().st_size if bill.exists() else 0
    for _ in range(100 * entries):
        if bill.exists() and bill.stat().st_size >= size + 4 * entries:
            return
        os.sched_yield()


@contextmanager
def nursing(folder: Path) -> Iterator[Nursery]:
    environment = {**os.environ, "SWARMWRIGHT_CACHE": str(folder / "cache")}
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, __file__]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root, env=environment
    ) as process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()
    assert process.returncode == 0


def events_in(out: Path) -> list[AnyEvent]:
    """Return what is committed in a folder."""
    path = out / "run.ledger"
    if not path.exists():
        return []
    try:
        ledger = open_ledger(path, create=False, readonly=True)
    except LedgerEmptyError:
        return []
    try:
        return list(ledger.replay())
    finally:
        ledger.close()


def step_of(event: Asked | Voted | Decided) -> int:
    return int.from_bytes(event.task[8:], "big")


def votes(events: Sequence[AnyEvent]) -> Counter[tuple[bytes, int, bytes]]:
    """Return the answers that were paid for: step, sample number, key."""
    return Counter(
        (event.task, event.first + place, key)
        for event in events
        if isinstance(event, Voted)
        for place, key in enumerate(event.keys)
    )


def calls(events: Sequence[AnyEvent], kind: type[Asked] | type[Voted]) -> Counter[int]:
    return Counter(step_of(event) for event in events if isinstance(event, kind))


def ends(events: Sequence[AnyEvent]) -> list[Decided]:
    return [event for event in events if isinstance(event, Decided)]


class Sums(NamedTuple):
    """What the kills of one run cost."""

    kills: int
    resumed: int
    asked_again: int
    paid_for_nothing: int


def killed_run(nursery: Nursery, name: str, folder: Path, most: int, rng: random.Random, calm: list[AnyEvent]) -> Sums:
    """Run a chain to its end, killed up to so often, holding each start against what was committed before it."""
    out, bill = folder / "out", folder / "bill"
    folder.mkdir()
    scene = SCENES[name]
    needed = calls(calm, Voted)
    before: list[AnyEvent] = []
    billed = kills = lost = 0
    code = -1
    while code != 0:
        commits = rng.randint(1, scene.commits) if kills < most else 0
        code = nursery.start(name, out, bill, commits=commits, spin=rng.randrange(scene.beyond))
        assert code in (0, -signal.SIGKILL)
        kills += code != 0
        now = events_in(out)
        assert now[: len(before)] == before, "what was committed has changed"
        entries = bill.read_bytes() if bill.exists() else b""
        paid = Counter(int.from_bytes(entries[at : at + 4], "big") for at in range(billed, len(entries), 4))
        voted = calls(before, Voted)
        again = {step: count for step, count in paid.items() if count > needed[step] - voted[step]}
        assert not again, "what was committed was bought again"
        gained = calls(now, Voted) - voted
        assert gained <= paid, "a vote is in the ledger that nobody gave"
        lost += (paid - gained).total()
        before, billed = now, len(entries)
    assert votes(before) == votes(calm)
    assert max(votes(before).values()) == 1
    assert ends(before) == ends(calm)
    resumed = check_counts(before)
    return Sums(kills, len(resumed), sum(resumed), lost)


def check_counts(events: Sequence[AnyEvent]) -> list[int]:
    """Return how many calls each start asked again, which must be those that were open in the ledger before it."""
    resumed = []
    for place, event in enumerate(events):
        if isinstance(event, RunResumed):
            open_calls = calls(events[:place], Asked) - calls(events[:place], Voted)
            lost_before = sum(resumed)
            assert event.asked_again == min(1, open_calls.total() - lost_before)
            resumed.append(event.asked_again)
    assert fold(events).totals.asked_again == sum(resumed)
    return resumed


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_kills_change_nothing_and_buy_nothing_committed_twice(tmp_path: Path, name: str) -> None:
    rng = random.Random(f"kills {name}")
    scene = SCENES[name]
    calm_out = tmp_path / "calm"
    sums: list[Sums] = []
    with nursing(tmp_path) as nursery:
        assert nursery.start(name, calm_out, tmp_path / "calm bill", commits=0, spin=0) == 0
        calm = events_in(calm_out)
        wanted = round(KILLS * scene.share)
        while (done := sum(one.kills for one in sums)) < wanted:
            out = tmp_path / f"run {len(sums)}"
            sums.append(killed_run(nursery, name, out, wanted - done, rng, calm))
            assert (out / "out" / "answers.jsonl").read_bytes() == (calm_out / "answers.jsonl").read_bytes()
    assert len(ends(calm)) == scene.steps
    total = Sums(*map(sum, zip(*sums, strict=True)))
    print(f"{name}: {len(sums)} runs of {scene.steps} steps, {total}")
    assert total.resumed >= wanted // 2
    if name == "waiting":
        assert total.asked_again > 0, "no kill met a call in flight"
    else:
        assert total.paid_for_nothing > 0, "no kill met an open window"


if __name__ == "__main__":
    nursery()
