"""A whole run in a made-up world: real scheduler, runner and budget, simulated crew, virtual clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import msgspec

from swarmwright.ledger.events import AnyEvent, Decided, TaskId
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.ledger.ports import Ledger
from swarmwright.plan.graph import Plan
from swarmwright.plan.values import Task
from swarmwright.simulate.clock import VirtualClock, run_virtual
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Command, Crew, ExitReason, Lane, Policy, Rung, StopSignal

LADDER = (Rung("coder", "simulated", 3, most=12), Rung("coder-again", "simulated", 3, when="split", most=12))
"""A ladder for worlds that need none of their own."""

ONE_LANE = Lane("all", width=4, batch=512)
"""A wide road for everything."""


class History(msgspec.Struct, frozen=True):
    """What a simulated run left: why it ended, its ledger's Events, and the made-up seconds it took."""

    reason: ExitReason
    events: tuple[AnyEvent, ...]
    seconds: float

    def decisions(self) -> dict[TaskId, Decided]:
        """Return the decision of every Task.

        Raises:
            ValueError: a Task was decided twice.
        """
        found: dict[TaskId, Decided] = {}
        for event in self.events:
            if isinstance(event, Decided):
                if event.task in found:
                    raise ValueError(f"task {event.task.hex()} was decided twice")
                found[event.task] = event
        return found


def make_task(
    number: int, needs: Sequence[int] = (), *, group: int = 0, thinness: int = 0, special: bool = False
) -> Task:
    """Return a Task of that number, needing the Tasks of those numbers."""
    return Task(make_id(number), f"task {number}", tuple(map(make_id, needs)), group, thinness, special)


def make_id(number: int) -> TaskId:
    """Return the id of the Task of that number."""
    return TaskId(hashlib.blake2b(b"%d" % number, digest_size=16).digest())


def simulate(
    tasks: Sequence[Task],
    crew: Crew,
    *,
    policy: Policy | None = None,
    ledger: Ledger | None = None,
    budget: Budget | None = None,
    lanes: Callable[[Command], Lane] = lambda _: ONE_LANE,
    stop: StopSignal | None = None,
    absorb: Callable[[Sequence[AnyEvent]], None] | None = None,
    observer: Callable[[Sequence[AnyEvent]], None] | None = None,
    patience: int = 3,
) -> History:
    """Run Tasks to an end in made-up time; resumes where the ledger already tells of them."""
    kept: Ledger = ledger if ledger is not None else MemoryLedger()
    scheduler = Scheduler(Plan(tasks), policy or Policy(LADDER))
    clock = VirtualClock()

    async def live() -> History:
        reason = await run(
            scheduler,
            crew,
            kept,
            lanes=lanes,
            budget=budget or Budget(),
            clock=clock,
            stop=stop,
            absorb=absorb,
            observer=observer,
            patience=patience,
        )
        return History(reason, tuple(kept.replay()), clock.monotonic())

    return run_virtual(live())
