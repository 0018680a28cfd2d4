"""Real processes, a real ledger on disk, and SIGKILL: the build ends as if nothing had happened."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.ledger.events import Answered, AnyEvent, Asked, RunResumed, TaskId
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.ledger.ports import Ledger
from swarmwright.simulate.clock import VirtualClock
from swarmwright.simulate.crew import SimulatedCrew
from swarmwright.simulate.world import History, make_task, simulate
from swarmwright.swarm.values import Command, Lane

UNITS = 200
KILLS = 20


def build(ledger: Ledger, *, is_watched: bool = False) -> History:
    """Build the same 200 units; watched, say so on the standard output after every commit, and wait to be let on."""
    tasks = [make_task(n, [n - 7] if n % 3 == 0 and n > 7 else [], group=n // 10 * (n % 10 < 2)) for n in range(UNITS)]
    crew = SimulatedCrew(4, accuracy=0.75, votes=False, latency_s=(0.5, 2.0), clock=VirtualClock())

    def lane_of(command: Command) -> Lane:
        return Lane(type(command).__name__, width=2, batch=2)

    def observer(events: Sequence[AnyEvent]) -> None:
        if is_watched:
            print(len(events), flush=True)
            sys.stdin.readline()

    return simulate(tasks, crew, ledger=ledger, lanes=lane_of, observer=observer)


def kill_after(commits: int, path: Path) -> bool:
    """Start the build in a process of its own and kill it after so many commits; False where it ended before."""
    command = [sys.executable, __file__, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        for _ in range(commits):
            if not process.stdout.readline():
                return False
            process.stdin.write("\n")
            process.stdin.flush()
        # It is let on, so it dies somewhere before its next word, and never much later.
        process.kill()
    return True


def twice_answered(events: Sequence[AnyEvent]) -> list[tuple[TaskId, int]]:
    """Return the samples that have more than one answer in the ledger."""
    seen: dict[tuple[TaskId, int], int] = {}
    for event in events:
        if isinstance(event, Answered):
            for place in range(len(event.answers)):
                key = (event.task, event.first + place)
                seen[key] = seen.get(key, 0) + 1
    return [key for key, count in seen.items() if count > 1]


def asked_after_answer(events: Sequence[AnyEvent]) -> list[tuple[TaskId, int]]:
    """Return the samples that were asked for although their answer was committed."""
    answered: set[tuple[TaskId, int]] = set()
    again = []
    for event in events:
        if isinstance(event, Answered):
            answered |= {(event.task, event.first + place) for place in range(len(event.answers))}
        elif isinstance(event, Asked):
            again += [
                (event.task, n) for n in range(event.first, event.first + event.count) if (event.task, n) in answered
            ]
    return again


def test_twenty_kills_change_nothing_and_buy_nothing_twice(tmp_path: Path) -> None:
    rng = random.Random(11)
    path = tmp_path / "run.ledger"
    killed = sum(kill_after(rng.randrange(1, 10), path) for _ in range(KILLS))
    assert killed == KILLS
    ledger = open_ledger(path)
    last = build(ledger)
    ledger.close()
    calm = build(MemoryLedger())
    assert last.decisions() == calm.decisions()
    assert len(calm.decisions()) == UNITS
    assert last.reason is calm.reason
    assert not twice_answered(last.events)
    assert not asked_after_answer(last.events)
    assert sum(isinstance(event, RunResumed) for event in last.events) >= KILLS // 2


if __name__ == "__main__":
    opened = open_ledger(Path(sys.argv[1]))
    build(opened, is_watched=True)
    opened.close()
