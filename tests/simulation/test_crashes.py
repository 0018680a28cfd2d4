"""Killed at any moment, a run goes on as if it had not been, and buys nothing twice that was committed."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Sequence

import pytest

from swarmwright.ledger.events import Answered, AnyEvent, Asked, Decided, RunResumed, TaskId, Voted
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.plan.values import Task
from swarmwright.simulate.clock import VirtualClock
from swarmwright.simulate.crew import SimulatedCrew
from swarmwright.simulate.faults import Crash, MortalLedger
from swarmwright.simulate.world import History, make_task, simulate
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.values import Ask, Command, ExitReason, Lane, Policy, Rung

POLICY = Policy(
    (
        Rung("coder", "small", 3, most=7),
        Rung("steps", "small", 2, when="split", most=6),
        Rung("repairer", "small", 2, kind="repair", when="refuted"),
        Rung("coder", "large", 3, when="split", most=9),
    ),
    k=2,
    window=40,
)


def build(size: int, seed: int) -> list[Task]:
    """Return Tasks like those of a package: some need others, some are in groups."""
    rng = random.Random(seed)
    tasks = []
    for number in range(size):
        needs = sorted(rng.sample(range(number), min(number, rng.choice([0, 0, 1, 2]))))
        group = 1 + number // 4 if number % 20 < 4 else 0
        tasks.append(make_task(number, needs, group=group, thinness=rng.choice([0, 0, 1])))
    return tasks


def crew(seed: int, *, votes: bool = False) -> SimulatedCrew:
    world = {"accuracy": 0.75, "correlated": 0.5, "flag_rate": 0.1}
    return SimulatedCrew(seed, **world, votes=votes, latency_s=(0.5, 3.0), clock=VirtualClock())


def lane_of(command: Command) -> Lane:
    return Lane(type(command).__name__, width=3, batch=2)


class Shopper:
    """Writes down every sample that is asked for."""

    def __init__(self, inner: SimulatedCrew, bought: list[tuple[TaskId, int]]) -> None:
        self.inner = inner
        self.bought = bought

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        for command in commands:
            if isinstance(command, Ask):
                self.bought += [(command.task, n) for n in range(command.first, command.first + command.count)]
        return await self.inner.perform(commands)


def answered(events: Sequence[AnyEvent]) -> set[tuple[TaskId, int]]:
    """Return the samples whose answers are in the ledger."""
    found = set()
    for event in events:
        if isinstance(event, Answered):
            found |= {(event.task, event.first + place) for place in range(len(event.answers))}
        elif isinstance(event, Voted):
            found |= {(event.task, event.first + place) for place in range(len(event.keys))}
    return found


def survive(tasks: Sequence[Task], seed: int, rng: random.Random, deaths: int) -> tuple[History, int]:
    """Run with that many deaths at random steps; return the last run and how often the process died."""
    kept = MemoryLedger()
    died = 0
    for _ in range(deaths):
        mortal = MortalLedger(kept, dies_at=rng.randrange(1, 45))
        committed = answered(tuple(kept.replay()))
        bought: list[tuple[TaskId, int]] = []
        try:
            simulate(tasks, Shopper(crew(seed), bought), ledger=mortal, policy=POLICY, lanes=lane_of)
        except Crash:
            died += 1
        assert not committed & set(bought), "a committed answer was bought again"
        assert len(set(bought)) == len(bought), "a sample was bought twice in one start"
        kept = mortal.survivor()
    return simulate(tasks, crew(seed), ledger=kept, policy=POLICY, lanes=lane_of), died


@pytest.mark.parametrize("seed", range(8))
def test_killed_twenty_times_the_decisions_are_the_same(seed: int) -> None:
    tasks = build(120, seed)
    calm = simulate(tasks, crew(seed), policy=POLICY, lanes=lane_of)
    assert len(calm.decisions()) == len(tasks)
    assert {decided.delivered for decided in calm.decisions().values()} == {True, False}
    last, died = survive(tasks, seed, random.Random(seed), deaths=20)
    assert died >= 10
    assert last.decisions() == calm.decisions()
    assert last.reason is calm.reason
    assert sum(isinstance(event, RunResumed) for event in last.events) >= 5


def test_killed_at_every_step_of_a_small_run() -> None:
    tasks = build(8, 1)
    calm = simulate(tasks, crew(3), policy=POLICY, lanes=lane_of)
    steps = 0
    while True:
        steps += 1
        kept = MemoryLedger()
        mortal = MortalLedger(kept, dies_at=steps)
        try:
            simulate(tasks, crew(3), ledger=mortal, policy=POLICY, lanes=lane_of)
        except Crash:
            again = simulate(tasks, crew(3), ledger=mortal.survivor(), policy=POLICY, lanes=lane_of)
            assert again.decisions() == calm.decisions()
        else:
            break
    assert steps > 30


def test_every_prefix_of_a_ledger_can_be_gone_on_with() -> None:
    tasks = build(10, 2)
    calm = simulate(tasks, crew(5), policy=POLICY, lanes=lane_of)
    for size in range(len(calm.events) + 1):
        prefix = calm.events[:size]
        bought: list[tuple[TaskId, int]] = []
        ledger = MemoryLedger(prefix)
        again = simulate(tasks, Shopper(crew(5), bought), ledger=ledger, policy=POLICY, lanes=lane_of)
        assert again.decisions() == calm.decisions()
        assert not answered(prefix) & set(bought)
        in_flight = {(e.task, e.first) for e in prefix if isinstance(e, Asked)}
        in_flight -= {(e.task, e.first) for e in prefix if isinstance(e, Answered)}
        resumed = [event.asked_again for event in again.events[size:] if isinstance(event, RunResumed)]
        assert sum(resumed) == len(in_flight)


def test_what_was_told_before_a_crash_stays_true_after_it() -> None:
    tasks = build(40, 3)
    rng = random.Random(9)
    kept = MemoryLedger()
    told: dict[TaskId, Decided] = {}

    def observer(events: Sequence[AnyEvent]) -> None:
        for event in events:
            if isinstance(event, Decided):
                assert event.task not in told, "a decision was told twice"
                told[event.task] = event

    for _ in range(15):
        mortal = MortalLedger(kept, dies_at=rng.randrange(1, 60))
        with contextlib.suppress(Crash):
            simulate(tasks, crew(4), ledger=mortal, policy=POLICY, lanes=lane_of, observer=observer)
        kept = mortal.survivor()
    last = simulate(tasks, crew(4), ledger=kept, policy=POLICY, lanes=lane_of, observer=observer)
    assert told == last.decisions()


def test_the_budget_holds_over_crashes() -> None:
    tasks = build(60, 6)
    rng = random.Random(2)
    kept, bought = MemoryLedger(), 0
    limit = 50
    for _ in range(12):
        mortal = MortalLedger(kept, dies_at=rng.randrange(2, 40))
        one_start: list[tuple[TaskId, int]] = []
        crew_now = Shopper(crew(8), one_start)
        with contextlib.suppress(Crash):
            simulate(tasks, crew_now, ledger=mortal, policy=POLICY, lanes=lane_of, budget=Budget(calls=limit))
        bought += crew_now.inner.performed.get("Ask", 0)
        kept = mortal.survivor()
    assert 10 < bought <= limit


def test_a_disk_that_fills_up_again_and_again() -> None:
    tasks = build(40, 4)
    calm = simulate(tasks, crew(6), policy=POLICY, lanes=lane_of)
    kept = MemoryLedger()
    reasons = []
    for _ in range(30):
        mortal = MortalLedger(kept, fills_at=30)
        reasons.append(simulate(tasks, crew(6), ledger=mortal, policy=POLICY, lanes=lane_of).reason)
        kept = mortal.survivor()
    assert ExitReason.STORAGE_FULL in reasons
    assert simulate(tasks, crew(6), ledger=kept, policy=POLICY, lanes=lane_of).decisions() == calm.decisions()
