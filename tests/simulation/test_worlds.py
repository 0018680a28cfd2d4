"""Whole runs in made-up worlds: one seed has one trace, and neither width, latency nor outage changes a decision."""

from __future__ import annotations

import pytest

from swarmwright.ledger.events import RunClosed, RunResumed
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.simulate.clock import VirtualClock
from swarmwright.simulate.crew import RIGHT, SimulatedCrew
from swarmwright.simulate.world import make_task, simulate
from swarmwright.swarm.values import ExitReason, Lane, Policy, Rung

TASKS = [
    make_task(number, [number - 1] if number % 3 else [], group=number % 7 == 0 and 1 + number) for number in range(90)
]
WORLD = {"accuracy": 0.7, "correlated": 0.5, "flag_rate": 0.1, "votes": False}


def test_one_seed_has_one_trace() -> None:
    def trace(seed: int):
        crew = SimulatedCrew(seed, **WORLD, latency_s=(0.1, 2.0), clock=VirtualClock())
        return simulate(TASKS, crew, lanes=lambda _: Lane("one", 3, 2))

    assert trace(1) == trace(1)
    assert trace(1).events != trace(2).events


@pytest.mark.parametrize("width", [1, 7])
@pytest.mark.parametrize("batch", [1, 64])
@pytest.mark.parametrize("latency_s", [(0.0, 0.0), (0.1, 30.0)])
def test_width_batch_and_latency_change_no_decision(width: int, batch: int, latency_s: tuple[float, float]) -> None:
    plain = simulate(TASKS, SimulatedCrew(1, **WORLD))
    crew = SimulatedCrew(1, **WORLD, latency_s=latency_s, clock=VirtualClock())
    history = simulate(TASKS, crew, lanes=lambda command: Lane(type(command).__name__, width, batch))
    assert history.decisions() == plain.decisions()


def test_a_short_outage_is_outlived_and_a_long_one_ends_the_run_for_now() -> None:
    plain = simulate(TASKS, SimulatedCrew(1, **WORLD))

    def world(*outages: tuple[float, float]) -> SimulatedCrew:
        return SimulatedCrew(1, **WORLD, latency_s=(1.0, 2.0), outages=outages, clock=VirtualClock())

    lane = Lane("one", 1, 4)
    short = simulate(TASKS, world((3.0, 4.0)), lanes=lambda _: lane)
    assert short.decisions() == plain.decisions()
    ledger = MemoryLedger()
    long = simulate(TASKS, world((3.0, 1e6)), lanes=lambda _: lane, ledger=ledger)
    assert long.reason is ExitReason.ENDPOINT_DEAD
    assert simulate(TASKS, world(), ledger=ledger).decisions() == plain.decisions()


def test_many_units_with_latency_run_without_waiting() -> None:
    size = 20_000
    tasks = [make_task(number) for number in range(size)]
    crew = SimulatedCrew(2, accuracy=0.99, flag_rate=0.01, latency_s=(1.0, 5.0), clock=VirtualClock())
    policy = Policy((Rung("coder", "m", 3, most=30),), k=3, k_spread=0, margin="second", window=1024)
    history = simulate(tasks, crew, policy=policy, lanes=lambda _: Lane("wide", 8, 128))
    assert history.reason is ExitReason.ALL_DELIVERED
    assert history.seconds > size / 1024
    assert all(crew.key(d.task, d.sample) == RIGHT for d in history.decisions().values())


def test_a_run_that_was_resumed_says_so_once_each_time() -> None:
    ledger = MemoryLedger()
    crew = SimulatedCrew(1, **WORLD, latency_s=(1.0, 2.0), outages=[(3.0, 1e6)], clock=VirtualClock())
    for _ in range(3):
        simulate(TASKS, crew, ledger=ledger, lanes=lambda _: Lane("one", 1, 4))
    kinds = [type(event) for event in ledger.replay()]
    assert kinds.count(RunResumed) == 2
    assert kinds.count(RunClosed) == 3


def test_latency_and_outages_need_a_clock() -> None:
    with pytest.raises(ValueError, match="clock"):
        SimulatedCrew(1, latency_s=(0.0, 1.0))
