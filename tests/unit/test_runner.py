"""The runner on made-up worlds: what it commits before it tells, and how each end comes about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

from swarmwright.errors import EndpointError, EndpointRefusedError, LedgerMismatchError, SandboxError, SwarmwrightError
from swarmwright.ledger.events import (
    AnyEvent,
    Asked,
    CallFailed,
    Decided,
    Noted,
    Reserved,
    RunClosed,
    RunOpened,
    RunResumed,
    TaskOpened,
    Verified,
    Voted,
)
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.simulate.clock import VirtualClock
from swarmwright.simulate.crew import SimulatedCrew
from swarmwright.simulate.faults import MortalLedger
from swarmwright.simulate.world import LADDER, make_task, simulate
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.values import Ask, Command, ExitReason, Lane, Policy, Rung, StopSignal

TASKS = [make_task(number) for number in range(20)]


def sure(**habits) -> SimulatedCrew:
    return SimulatedCrew(1, accuracy=1.0, flag_rate=0.0, **habits)


class Around:
    """A crew with something done before and after each performance."""

    def __init__(self, crew: SimulatedCrew, before: Callable[[Sequence[Command]], object]) -> None:
        self.crew = crew
        self.before = before

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        self.before(commands)
        return await self.crew.perform(commands)


def kinds(events: Sequence[AnyEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_all_delivered_and_the_ledger_tells_the_whole_story() -> None:
    history = simulate(TASKS[:1], sure())
    assert history.reason is ExitReason.ALL_DELIVERED
    assert kinds(history.events) == ["TaskOpened", "Asked", "Voted", "Verified", "Decided", "RunClosed"]
    closed = history.events[-1]
    assert isinstance(closed, RunClosed)
    assert (closed.exit_reason, closed.detail) == ("ALL_DELIVERED", "1 delivered, 0 undecided")


def test_nothing_to_do_is_all_delivered() -> None:
    assert simulate([], sure()).reason is ExitReason.ALL_DELIVERED


def test_undecided_tasks_have_their_own_reason() -> None:
    crew = SimulatedCrew(1, flag_rate=1.0)
    history = simulate(TASKS[:3], crew)
    assert history.reason is ExitReason.SOME_UNDECIDED
    assert history.reason.exit_code == 3


def test_decisions_are_told_only_when_they_are_durable() -> None:
    ledger = MemoryLedger()
    told: list[AnyEvent] = []

    def observer(events: Sequence[AnyEvent]) -> None:
        told.extend(events)
        assert tuple(ledger.replay()) == tuple(told)

    history = simulate(TASKS, sure(), ledger=ledger, observer=observer)
    assert tuple(told) == history.events


def test_a_finished_run_is_left_as_it_is() -> None:
    ledger = MemoryLedger()
    first = simulate(TASKS, sure(), ledger=ledger)
    crew = sure()
    again = simulate(TASKS, crew, ledger=ledger)
    assert again.events == first.events
    assert again.reason is ExitReason.ALL_DELIVERED
    assert crew.performed == {}


def test_a_note_after_the_end_does_not_open_it_again() -> None:
    ledger = MemoryLedger()
    simulate(TASKS, sure(), ledger=ledger)
    ledger.append([Noted("endpoint", "it ignores seeds")])
    ledger.commit()
    before = tuple(ledger.replay())
    assert simulate(TASKS, sure(), ledger=ledger).events == before


def test_an_opened_but_unbegun_ledger_is_not_resumed() -> None:
    ledger = MemoryLedger([RunOpened(1, "spec", "", {}, 0.0)])
    assert "RunResumed" not in kinds(simulate(TASKS[:2], sure(), ledger=ledger).events)


def test_calls_in_flight_at_the_end_are_asked_again_and_counted() -> None:
    events = simulate(TASKS[:3], sure()).events
    until_asked = events[: 1 + max(n for n, event in enumerate(events) if isinstance(event, Asked))]
    history = simulate(TASKS[:3], sure(), ledger=MemoryLedger(until_asked))
    (resumed,) = [event for event in history.events if isinstance(event, RunResumed)]
    assert resumed.asked_again == 3
    assert len(history.decisions()) == 3


@pytest.mark.parametrize("change", [{"k": 5}, {"ladder": (Rung("coder", "simulated", 4),)}])
def test_a_ledger_of_other_options_is_refused(change) -> None:
    ledger = MemoryLedger()
    simulate(TASKS[:3], SimulatedCrew(5, accuracy=0.6), ledger=ledger)
    with pytest.raises(LedgerMismatchError):
        simulate(TASKS[:3], sure(), ledger=ledger, policy=Policy(**{"ladder": LADDER, "k": 3, **change}))


def test_a_ledger_of_other_tasks_is_refused() -> None:
    ledger = MemoryLedger()
    simulate(TASKS[:3], sure(), ledger=ledger)
    with pytest.raises(LedgerMismatchError):
        simulate(TASKS[4:6], sure(), ledger=ledger)


# Budgets


def test_the_budget_of_calls_is_never_overrun_and_more_of_it_goes_on() -> None:
    ledger, crew = MemoryLedger(), sure()
    history = simulate(TASKS, crew, ledger=ledger, budget=Budget(calls=7))
    assert history.reason is ExitReason.BUDGET_CALLS
    assert crew.performed["Ask"] == 7
    assert sum(decided.delivered for decided in history.decisions().values()) == 7
    more = simulate(TASKS, crew, ledger=ledger, budget=Budget(calls=20))
    assert more.reason is ExitReason.ALL_DELIVERED
    assert crew.performed["Ask"] == 20


def test_tokens_in_flight_are_reckoned_then_corrected() -> None:
    crew = sure(tokens_per_sample=10)
    # Reckoned at 100 a sample only three Asks of three fit at a time; at 30 tokens each, 33 of them fit in all.
    history = simulate(TASKS, crew, budget=Budget(tokens=1000, tokens_per_sample=100))
    assert history.reason is ExitReason.ALL_DELIVERED
    assert simulate(TASKS, sure(tokens_per_sample=100), budget=Budget(tokens=1000, tokens_per_sample=100)).reason is (
        ExitReason.BUDGET_TOKENS
    )


def test_a_block_is_durable_before_anything_of_it_is_spent() -> None:
    ledger = MemoryLedger()

    def before(commands: Sequence[Command]) -> None:
        if isinstance(commands[0], Ask):
            assert any(isinstance(event, Reserved) for event in ledger.replay())

    assert simulate(TASKS, Around(sure(), before), ledger=ledger, budget=Budget(calls=40)).reason.exit_code == 0


def test_the_time_allowed_ends_the_run_and_the_next_start_goes_on() -> None:
    ledger = MemoryLedger()
    lane = Lane("one", width=1, batch=1)
    slow = {"latency_s": (1.0, 1.0), "clock": VirtualClock()}
    history = simulate(TASKS, sure(**slow), ledger=ledger, budget=Budget(seconds=4.5), lanes=lambda _: lane)
    assert history.reason is ExitReason.BUDGET_SECONDS
    assert 4.5 <= history.seconds <= 6.0
    assert simulate(TASKS, sure(), ledger=ledger).reason is ExitReason.ALL_DELIVERED


# Stopping


def test_a_first_press_finishes_what_is_in_flight() -> None:
    ledger, stop = MemoryLedger(), StopSignal()
    crew = Around(sure(latency_s=(1.0, 2.0), clock=VirtualClock()), lambda _: stop.once())
    lane = Lane("few", width=2, batch=1)
    history = simulate(TASKS, crew, ledger=ledger, stop=stop, lanes=lambda _: lane)
    assert history.reason is ExitReason.INTERRUPTED
    assert history.reason.exit_code == 130
    assert kinds(history.events).count("Asked") == kinds(history.events).count("Voted") == 2
    assert "Decided" not in kinds(history.events)
    assert simulate(TASKS, sure(), ledger=ledger).reason is ExitReason.ALL_DELIVERED


def test_a_second_press_does_not_wait() -> None:
    ledger, stop = MemoryLedger(), StopSignal()

    class Endless:
        async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
            asyncio.get_running_loop().call_later(1.0, stop.press)
            asyncio.get_running_loop().call_later(2.0, stop.press)
            await asyncio.sleep(1e9)
            return []

    history = simulate(TASKS[:1], Endless(), ledger=ledger, stop=stop)
    assert history.reason is ExitReason.INTERRUPTED
    assert history.seconds < 3.0
    again = simulate(TASKS[:1], sure(), ledger=ledger)
    assert [event.asked_again for event in again.events if isinstance(event, RunResumed)] == [1]


def test_two_presses_before_a_call_has_begun_end_the_run() -> None:
    ledger, stop = MemoryLedger(), StopSignal()

    class Impatient:
        async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
            # Whoever began first presses, and the other call is cancelled before its first step.
            stop.twice()
            await asyncio.sleep(1e9)
            return []

    lane = Lane("few", width=2, batch=1)
    history = simulate(TASKS[:2], Impatient(), ledger=ledger, stop=stop, lanes=lambda _: lane)
    assert history.reason is ExitReason.INTERRUPTED
    assert history.seconds < 1.0
    assert simulate(TASKS[:2], sure(), ledger=ledger).reason is ExitReason.ALL_DELIVERED


def test_a_press_that_comes_too_late_changes_nothing() -> None:
    stop = StopSignal()

    def before(commands: Sequence[Command]) -> None:
        if not isinstance(commands[0], Ask):
            stop.press()

    assert simulate(TASKS[:1], Around(sure(), before), stop=stop).reason is ExitReason.ALL_DELIVERED


# Models that fail


class Failing:
    """Raises in the performances whose numbers (from 1) are listed; else the sure crew."""

    def __init__(self, numbers: Sequence[int], error: Exception) -> None:
        self.crew = sure()
        self.numbers = numbers
        self.error = error
        self.asks = 0

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        if isinstance(commands[0], Ask):
            self.asks += 1
            if self.asks in self.numbers:
                raise self.error
        return await self.crew.perform(commands)


ONE = Lane("one", width=1, batch=1)


def test_a_dead_endpoint_ends_the_run_and_is_held_against_no_task() -> None:
    ledger = MemoryLedger()
    crew = Failing(range(1000), EndpointError("connection refused by 127.0.0.1"))
    history = simulate(TASKS, crew, ledger=ledger, lanes=lambda _: ONE)
    assert history.reason is ExitReason.ENDPOINT_DEAD
    assert crew.asks == 3
    assert not [event for event in history.events if isinstance(event, CallFailed | Decided)]
    assert isinstance(history.events[-1], RunClosed)
    assert history.events[-1].detail == "connection refused by 127.0.0.1"
    assert simulate(TASKS, sure(), ledger=ledger).reason is ExitReason.ALL_DELIVERED


def test_a_refusal_for_good_is_not_tried_again() -> None:
    crew = Failing(range(1000), EndpointRefusedError("wrong key"))
    assert simulate(TASKS, crew, lanes=lambda _: ONE).reason is ExitReason.ENDPOINT_DEAD
    assert crew.asks == 1


def test_a_hiccup_is_asked_again_and_leaves_no_trace() -> None:
    crew = Failing([2, 5, 6], EndpointError("hiccup"))
    history = simulate(TASKS, crew, lanes=lambda _: ONE)
    assert history.reason is ExitReason.ALL_DELIVERED
    assert not [event for event in history.events if isinstance(event, CallFailed)]


def test_an_ask_that_fails_where_others_succeed_has_failed() -> None:
    bad = TASKS[0].id

    class Poisoned(Failing):
        async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
            if isinstance(commands[0], Ask) and commands[0].task == bad:
                raise EndpointError("too long")
            return await self.crew.perform(commands)

    history = simulate(
        TASKS, Poisoned([], EndpointError()), lanes=lambda _: ONE, policy=Policy((Rung("coder", "m", 3),))
    )
    assert history.reason is ExitReason.SOME_UNDECIDED
    assert history.decisions()[bad].reason == "the model could not be asked: too long"
    assert sum(decided.delivered for decided in history.decisions().values()) == len(TASKS) - 1


# Surprises


def test_what_the_crew_raises_comes_out_and_what_was_done_is_kept() -> None:
    ledger = MemoryLedger()
    crew = Failing([4], SandboxError("the sandbox is gone"))
    with pytest.raises(SandboxError, match="gone"):
        simulate(TASKS, crew, ledger=ledger, lanes=lambda _: ONE)
    assert kinds(tuple(ledger.replay())).count("Voted") == 3
    assert simulate(TASKS, sure(), ledger=ledger).reason is ExitReason.ALL_DELIVERED


def test_a_crew_that_does_not_answer_is_found_out() -> None:
    class Silent:
        async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
            return []

    with pytest.raises(SwarmwrightError, match="without an answer"):
        simulate(TASKS[:1], Silent())


def test_a_full_disk_ends_the_run_and_keeps_what_was_committed() -> None:
    kept = MemoryLedger()
    history = simulate(TASKS, sure(latency_s=(1.0, 1.0), clock=VirtualClock()), ledger=MortalLedger(kept, fills_at=5))
    assert history.reason is ExitReason.STORAGE_FULL
    assert history.reason.exit_code == 1
    assert simulate(TASKS, sure(), ledger=kept).reason is ExitReason.ALL_DELIVERED


# Lanes


def test_exclusive_lanes_take_turns_and_are_drained() -> None:
    flying: set[str] = set()
    order: list[str] = []

    class Watched:
        crew = sure(latency_s=(0.1, 1.0), clock=VirtualClock(), votes=False)

        async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
            lane = lane_of(commands[0]).name
            assert flying <= {lane}
            flying.add(lane)
            if not order or order[-1] != lane:
                order.append(lane)
            events = await self.crew.perform(commands)
            await asyncio.sleep(0.5)
            flying.discard(lane)
            return events

    def lane_of(command: Command) -> Lane:
        name = "model" if isinstance(command, Ask) else "sandbox"
        return Lane(name, width=1, batch=4, exclusive="cores")

    assert simulate(TASKS, Watched(), lanes=lane_of).reason is ExitReason.ALL_DELIVERED
    assert order == ["model", "sandbox"]


def test_widths_and_batches_are_kept_to() -> None:
    flying = 0
    most = 0

    class Counting:
        crew = sure(latency_s=(1.0, 3.0), clock=VirtualClock())

        async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
            nonlocal flying, most
            assert len(commands) <= 2
            assert len({type(command) for command in commands}) == 1
            flying += 1
            most = max(most, flying)
            events = await self.crew.perform(commands)
            flying -= 1
            return events

    lane = Lane("three", width=3, batch=2)
    assert simulate(TASKS, Counting(), lanes=lambda _: lane).reason is ExitReason.ALL_DELIVERED
    assert most == 3


def test_events_are_committed_in_groups() -> None:
    ledger = MemoryLedger()
    history = simulate([make_task(number) for number in range(2_000)], sure(), ledger=ledger)
    assert len(history.events) > 8_000
    assert ledger.commits < 10


def test_what_the_crew_must_remember_is_told_before_it_performs() -> None:
    heard: list[AnyEvent] = []
    events = simulate(TASKS[:4], sure()).events

    class Remembering:
        crew = sure()

        async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
            for command in commands:
                wanted: type[AnyEvent] = Asked if isinstance(command, Ask) else Voted
                assert any(isinstance(event, wanted) and event.task == command.task for event in heard)
            return await self.crew.perform(commands)

    ledger = MemoryLedger(events[:9])
    history = simulate(TASKS[:4], Remembering(), ledger=ledger, absorb=heard.extend)
    assert tuple(heard) == history.events
    assert [type(event) for event in heard].count(TaskOpened) == 4
    assert any(isinstance(event, Verified) for event in heard)
