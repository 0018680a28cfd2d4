"""What one vote costs beside the model and the sandbox: real scheduler, runner and SQLite ledger, made-up answers.

    python benchmarks/overhead.py [UNITS ...]

The bare loop beside it draws the same votes and counts them in a dictionary, with nothing kept: the ratio says what
scheduling, events, commits and resumability cost. The crew's own time (making the answers up) is taken out of both.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.ledger.events import AnyEvent, RunOpened
from swarmwright.plan.graph import Plan
from swarmwright.plan.values import Task
from swarmwright.simulate.crew import SimulatedCrew
from swarmwright.simulate.world import make_task
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Command, ExitReason, Lane, Policy, Rung

POLICY = Policy((Rung("coder", "simulated", 3, most=30),), k=3, k_spread=0, margin="second", window=1024)
LANE = Lane("all", width=2, batch=256)
RUNS = 3
"""Each size is run so often; the best is printed, since others may use the machine."""


class TimedCrew:
    """Takes the time that the crew itself needs."""

    def __init__(self, crew: SimulatedCrew) -> None:
        self.crew = crew
        self.seconds = 0.0

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        began = time.process_time()
        events = await self.crew.perform(commands)
        self.seconds += time.process_time() - began
        return events


class SystemClock:
    """Real time."""

    def monotonic(self) -> float:
        return time.monotonic()

    def wall(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def swarm(tasks: Sequence[Task], folder: Path) -> tuple[float, float, float, int, int]:
    """Return (processor seconds without the crew's, the crew's, seconds on the wall, votes, bytes of the ledger)."""
    path = folder / "run.ledger"
    crew = TimedCrew(SimulatedCrew(1, accuracy=0.99, flag_rate=0.0))
    scheduler = Scheduler(Plan(tasks), POLICY)
    ledger = open_ledger(path)
    ledger.append([RunOpened(1, "benchmark", "", {}, time.time())])
    ledger.commit()
    began, began_wall = time.process_time(), time.perf_counter()
    reason = asyncio.run(run(scheduler, crew, ledger, lanes=lambda _: LANE, budget=Budget(), clock=SystemClock()))
    ledger.close()
    seconds = time.process_time() - began - crew.seconds
    wall = time.perf_counter() - began_wall
    assert reason is ExitReason.ALL_DELIVERED, reason
    return seconds, crew.seconds, wall, crew.crew.asked, path.stat().st_size


def bare(tasks: Sequence[Task]) -> tuple[float, int]:
    """Return (seconds, votes) of a loop that draws the votes first, then counts them and keeps nothing."""
    crew = SimulatedCrew(1, accuracy=0.99, flag_rate=0.0)
    drawn = [[crew.key(task.id, sample) for sample in range(30)] for task in tasks]
    votes = 0
    began = time.process_time()
    for keys in drawn:
        counts: dict[bytes, int] = {}
        for key in keys:
            votes += 1
            counts[key] = counts.get(key, 0) + 1
            first, *rest = sorted(counts.values(), reverse=True)
            if first - (rest[0] if rest else 0) >= 3:
                break
    return time.process_time() - began, votes


def main(sizes: Sequence[int]) -> None:
    for size in sizes:
        tasks = [make_task(number) for number in range(size)]
        bare_seconds, bare_votes = min(bare(tasks) for _ in range(RUNS))
        runs = []
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as folder:
                runs.append(swarm(tasks, Path(folder)))
        seconds, crew_seconds, wall, votes, kept = min(runs)
        mine, loop = seconds / votes * 1e6, bare_seconds / bare_votes * 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:>7} units, {votes:>7} votes: {mine:5.2f} us of processor time a vote with the ledger on, "
            f"{loop:.2f} in a bare loop (x{mine / loop:.0f}); {seconds:.2f} s, and {crew_seconds:.2f} s for the "
            f"made-up answers, {wall:.2f} s on the wall; {kept / votes:.1f} bytes a vote; at most {memory:.0f} MB"
        )


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 100_000])
