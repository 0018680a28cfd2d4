"""The physical floor of a long task: the same made-up votes, counted in a plain loop and kept in SQLite, nothing else.

    python benchmarks/plain.py [--steps-power 14]

The loop is what one would write by hand (asyncio and sqlite3): ask, write every vote down, be ahead by k, go on. It
commits in groups of 20 ms (WAL, ``synchronous=FULL``), so it keeps the same promise about a crash as swarmwright, and
it keeps its votes in one of two ways: a row each, or frames of up to 1,000 packed ones. ("Nowhere" keeps none: the time
of the task and of the made-up world alone.) It knows no resuming, budget,
decisions, outages, readers or checks of what it wrote. The other benchmarks of long tasks measure against it.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import msgspec

from swarmwright.chain.loading import Loaded, load_task, name_of_run
from swarmwright.config.running import StepSettings, make_world, options_of
from swarmwright.ledger.events import TaskId, Voted
from swarmwright.plan.questions import Phrasing, Question, decode_answer
from swarmwright.plan.steps import Bag, Chain, Open
from swarmwright.simulate.steps import StepCrew
from swarmwright.swarm.values import Ask

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ERROR_RATE, FLAG_RATE = 0.0022, 0.02
K = 3
MODULUS = 97
COMMIT_S = 0.02
FRAME_VOTES = 1000


class Remainders(Bag):
    """As many independent questions as wanted: what is left of a number, divided by 97."""

    def __init__(self, number: int) -> None:
        self.number = number

    def questions(self) -> Iterator[Question]:
        for number in range(self.number):
            yield Question((Phrasing(f"What is {number} modulo {MODULUS}? Answer with the number.", read=int),))

    def steps(self) -> int:
        return self.number

    def truth(self, number: int) -> int:
        return number % MODULUS


def hanoi(power: int) -> Loaded:
    """Return the chain of 2 ** power - 1 steps."""
    return load_task(EXAMPLES / "hanoi.py", ["--disks", str(power)])


def remainders(power: int) -> Loaded:
    """Return the bag of as many steps as that chain has."""
    return Loaded("Remainders", Remainders(2**power - 1), {"number": str(2**power - 1)}, "")


def settings(*, correlated: float = 0.0, outages: int = 0) -> StepSettings:
    """Return how all loops vote: k = 3, every step afresh, per-step error .0022, red flags 2 %."""
    return StepSettings(k=K, reuse=False, world=make_world(ERROR_RATE, FLAG_RATE, correlated, outages, 1))


class Voters:
    """The made-up world that swarmwright asks, asked by hand: sample i of step n is the same answer there and here."""

    def __init__(self, loaded: Loaded, voting: StepSettings) -> None:
        assert voting.world is not None
        options = options_of(voting, {}) | {f"--{name}": value for name, value in loaded.parameters.items()}
        self._run = name_of_run(loaded, options)[:8]
        self._open: dict[TaskId, Open] = {}
        self._crew = StepCrew(self._open, msgspec.structs.replace(voting.world, outage_calls=()))

    def open(self, step: Open) -> TaskId:
        task = TaskId(self._run + step.number.to_bytes(8, "big"))
        self._open[task] = step
        return task

    def close(self, task: TaskId) -> None:
        del self._open[task]

    def ask(self, task: TaskId, first: int, count: int) -> tuple[bytes, ...]:
        answered = self._crew.at_once([Ask(task, 0, "step", "", first, count)])
        assert answered is not None
        (voted,) = answered
        assert isinstance(voted, Voted)
        return voted.keys


class Book(Protocol):
    """Where votes are kept."""

    def add(self, step: int, sample: int, key: bytes) -> None: ...

    def commit(self) -> None: ...


class Nowhere:
    """Keeps nothing: what remains is the task itself, the made-up world, and counting."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Need no database."""

    def add(self, step: int, sample: int, key: bytes) -> None:
        """Forget it."""

    def commit(self) -> None:
        """Do nothing."""


class Rows:
    """A row a vote."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._window: list[tuple[int, int, bytes]] = []
        connection.execute("CREATE TABLE votes (step INTEGER, sample INTEGER, key BLOB)")

    def add(self, step: int, sample: int, key: bytes) -> None:
        self._window.append((step, sample, key))

    def commit(self) -> None:
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO votes VALUES (?, ?, ?)", self._window)
        self._connection.execute("COMMIT")
        self._window.clear()


class Frames:
    """A row for up to 1,000 votes, packed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._window: list[tuple[int, int, bytes]] = []
        connection.execute("CREATE TABLE frames (votes BLOB)")

    def add(self, step: int, sample: int, key: bytes) -> None:
        self._window.append((step, sample, key))

    def commit(self) -> None:
        window = self._window
        self._connection.execute("BEGIN")
        for start in range(0, len(window), FRAME_VOTES):
            columns = tuple(zip(*window[start : start + FRAME_VOTES], strict=True))
            self._connection.execute("INSERT INTO frames VALUES (?)", (zlib.compress(msgspec.msgpack.encode(columns)),))
        self._connection.execute("COMMIT")
        window.clear()


BOOKS: dict[str, type[Nowhere] | type[Rows] | type[Frames]] = {"nowhere": Nowhere, "rows": Rows, "frames": Frames}


class PlainRun(msgspec.Struct, frozen=True):
    """What the plain loop came to: decided steps, samples asked, the last state's words, times, bytes on disk."""

    steps: int
    samples: int
    result: str
    seconds: float
    processor_s: float
    kept_bytes: int


class PlainLoop:
    """The loop itself."""

    def __init__(self, voters: Voters, book: Book, commit_s: float) -> None:
        self._voters = voters
        self._book = book
        self._commit_s = commit_s
        self._committed = time.monotonic()
        self.samples = 0

    async def decide(self, step: Open) -> Any:
        """Return the answer that is first to be ahead by k."""
        task = self._voters.open(step)
        counts: dict[bytes, int] = {}
        missing = K
        asked = 0
        while missing > 0:
            for sample, key in enumerate(await self._ask(task, asked, missing), asked):
                self._book.add(step.number, sample, key)
                if key:
                    counts[key] = counts.get(key, 0) + 1
            asked += missing
            votes = sorted(counts.values(), reverse=True)
            missing = K - (votes[0] if votes else 0) + (votes[1] if len(votes) > 1 else 0)
        self.samples += asked
        self._voters.close(task)
        now = time.monotonic()
        if now - self._committed >= self._commit_s:
            self._book.commit()
            self._committed = now
        return decode_answer(max(counts, key=counts.__getitem__))

    async def _ask(self, task: TaskId, first: int, count: int) -> tuple[bytes, ...]:
        """Where a model would be waited for."""
        return self._voters.ask(task, first, count)

    async def run_chain(self, chain: Chain) -> tuple[int, str]:
        """Go from state to state; return the number of steps and what the last state is."""
        state, number = chain.first(), 0
        while (question := chain.question(state)) is not None:
            state = chain.after(state, await self.decide(Open(number, question, partial(chain.truth, state))))
            number += 1
        self._book.commit()
        return number, chain.result(state)

    async def run_bag(self, bag: Bag) -> tuple[int, str]:
        """Decide one question after the other."""
        number = -1
        for number, question in enumerate(bag.questions()):
            bag.take(number, await self.decide(Open(number, question, partial(bag.truth, number))))
        self._book.commit()
        return number + 1, bag.result()


def run_plain(loaded: Loaded, voting: StepSettings, kind: str, folder: Path, *, commit_s: float = COMMIT_S) -> PlainRun:
    """Run a chain or a bag in the plain loop; ``kind`` is how the votes are kept, ``commit_s`` how long one waits."""
    path = folder / f"plain-{kind}.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    loop = PlainLoop(Voters(loaded, voting), BOOKS[kind](connection), commit_s)
    task = loaded.task
    assert isinstance(task, Chain | Bag)
    began, began_processor = time.perf_counter(), time.process_time()
    steps, result = asyncio.run(loop.run_chain(task) if isinstance(task, Chain) else loop.run_bag(task))
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    processor_s, seconds = time.process_time() - began_processor, time.perf_counter() - began
    return PlainRun(steps, loop.samples, result, seconds, processor_s, path.stat().st_size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps-power", type=int, default=14, help="2 to the power of it, less 1, steps")
    power = parser.parse_args().steps_power
    for name, make in (("chain", hanoi), ("bag", remainders)):
        for kind in BOOKS:
            with tempfile.TemporaryDirectory() as folder:
                done = run_plain(make(power), settings(), kind, Path(folder))
            print(
                f"{name:5} {kind:7} {done.steps:>9,} steps: {done.steps / done.seconds:>7,.0f} a second, "
                f"{done.steps / done.processor_s:>7,.0f} of processor time; "
                f"{done.kept_bytes / done.samples:.1f} bytes an answer; {done.result}"
            )


if __name__ == "__main__":
    main()
