"""What a person wishes of a run while it goes on: pauses, other limits, fewer calls at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.config.wishes import WISHES_NAME, WishesFile, wish
from swarmwright.errors import OutputFolderError
from swarmwright.ledger.events import AnyEvent, Asked, Reserved, Voted
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.plan.graph import Plan
from swarmwright.simulate.clock import VirtualClock, run_virtual
from swarmwright.simulate.crew import SimulatedCrew
from swarmwright.simulate.world import make_task
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Command, ExitReason, Lane, Policy, Rung, Wishes

LADDER = (Rung("coder", "simulated", 3, most=12),)


class Watched:
    """A run of forty Tasks with calls of one second, under wishes that depend on the time."""

    def __init__(self, wishes: Callable[[float], Wishes], *, calls: int | None = None) -> None:
        self.clock = VirtualClock()
        self.ledger = MemoryLedger()
        self.started: list[float] = []
        self.under_way = self.most = 0
        self.crew = SimulatedCrew(1, accuracy=1.0, flag_rate=0.0, latency_s=(1.0, 1.0), clock=self.clock)
        plan = Plan([make_task(number) for number in range(40)])

        async def go() -> tuple[ExitReason, float]:
            reason = await run(
                Scheduler(plan, Policy(LADDER, k=3, k_spread=0, verify=False)),
                self,
                self.ledger,
                lanes=lambda _: Lane("all", width=8),
                budget=Budget(calls=calls),
                clock=self.clock,
                wished=lambda: wishes(self.clock.monotonic()),
            )
            return reason, self.clock.monotonic()

        self.reason, self.seconds = run_virtual(go())

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        self.started.append(self.clock.monotonic())
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            return await self.crew.perform(commands)
        finally:
            self.under_way -= 1


def test_nothing_starts_while_a_run_is_paused() -> None:
    watched = Watched(lambda now: Wishes(paused=2.0 <= now < 30.0))
    assert watched.reason is ExitReason.ALL_DELIVERED
    assert not [moment for moment in watched.started if 2.5 <= moment < 30.0]
    assert [moment for moment in watched.started if moment >= 30.0]
    assert watched.seconds < 40.0


def test_fewer_may_be_under_way_at_once() -> None:
    assert Watched(lambda _: Wishes()).most == 8
    slow = Watched(lambda _: Wishes(width=2))
    assert (slow.most, slow.reason) == (2, ExitReason.ALL_DELIVERED)


def test_a_limit_that_comes_late_counts_what_was_spent_before() -> None:
    watched = Watched(lambda now: Wishes(calls=20) if now >= 1.5 else Wishes())
    assert watched.reason is ExitReason.BUDGET_CALLS
    events = list(watched.ledger.replay())
    assert sum(isinstance(event, Voted) for event in events) == 20
    assert any(isinstance(event, Reserved) for event in events)


def test_a_limit_can_be_raised_while_the_run_goes_on() -> None:
    watched = Watched(lambda now: Wishes(calls=100) if now >= 0.5 else Wishes(), calls=8)
    assert watched.reason is ExitReason.ALL_DELIVERED
    assert sum(isinstance(event, Asked) for event in watched.ledger.replay()) == 40


def test_wishes_cross_from_one_process_to_another_by_a_file(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "run.ledger")
    (tmp_path / WISHES_NAME).write_text('{"paused": true}')
    wishes = WishesFile(tmp_path)
    assert wishes() == Wishes()
    wish(tmp_path, paused=True)
    wish(tmp_path, calls=7)
    assert wishes() == Wishes(paused=True, calls=7)
    (tmp_path / WISHES_NAME).write_text("half a lin")
    assert wishes() == Wishes(paused=True, calls=7)
    wishes.forget()
    assert wishes() == Wishes()
    ledger.close()
    with pytest.raises(OutputFolderError, match="No run goes on"):
        wish(tmp_path, paused=True)


def test_a_folder_without_a_run_takes_no_wishes(tmp_path: Path) -> None:
    with pytest.raises(OutputFolderError, match="holds no run"):
        wish(tmp_path, paused=True)
