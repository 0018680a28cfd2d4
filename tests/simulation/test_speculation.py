"""Going ahead on guesses: the same decisions, sooner, and nothing of a wrong guess is ever decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from swarmwright import Chain, Phrasing, Question
from swarmwright.ledger.events import (
    Abandoned,
    AnyEvent,
    Asked,
    Decided,
    Speculated,
    TaskId,
    TaskOpened,
    Voted,
)
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.plan.steps import ChainSteps
from swarmwright.simulate.clock import VirtualClock, run_virtual
from swarmwright.simulate.faults import Crash, MortalLedger
from swarmwright.simulate.steps import StepCrew, StepWorld
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Ask, ExitReason, Lane, Policy, Rung

RUN = b"speculate"


class Doubling(Chain):
    """Doubles modulo 101, and breaks on any state that is not on that way."""

    def __init__(self, length: int = 60) -> None:
        self.length = length

    def first(self) -> tuple[int, int]:
        return 0, 1

    def question(self, state: tuple[int, int]) -> Question | None:
        number, value = state
        if number == self.length:
            return None
        return Question((Phrasing(f"{value} * 2 % 101", read=int),))

    def after(self, state: tuple[int, int], answer: int) -> tuple[int, int]:
        if answer % 7 == 3 and answer != state[1] * 2 % 101:
            raise ValueError("no such state")
        return state[0] + 1, answer % 101

    def truth(self, state: tuple[int, int]) -> int:
        return state[1] * 2 % 101


def policy(ahead: int) -> Policy:
    return Policy((Rung("step", "m", 3, most=40),), k=3, k_spread=0, margin="second", verify=False, ahead=ahead)


class Outcome:
    """What a run in the made-up world came to."""

    def __init__(self, ahead: int, world: StepWorld, ledger: Any = None, length: int = 60) -> None:
        self.answers: list[tuple[int, int]] = []
        self.chain = Doubling(length)
        steps = ChainSteps(self.chain, RUN, sink=lambda n, _, a: self.answers.append((n, json.loads(a))))
        clock = VirtualClock()
        self.ledger = MemoryLedger() if ledger is None else ledger
        self.crew = StepCrew(steps.open, world, clock=clock)
        scheduler = Scheduler(steps, policy(ahead))

        async def go() -> ExitReason:
            return await run(
                scheduler,
                self.crew,
                self.ledger,
                lanes=lambda _: Lane("m", width=200),
                budget=Budget(),
                clock=clock,
                single=True,
            )

        self.seconds = 0.0

        async def timed() -> ExitReason:
            reason = await go()
            self.seconds = clock.monotonic()
            return reason

        self.reason = run_virtual(timed())
        self.state = steps.state
        self.steps = steps

    def events(self) -> tuple[AnyEvent, ...]:
        return tuple(self.ledger.replay())


def world(seed: int, error_rate: float = 0.15) -> StepWorld:
    return StepWorld(
        seed=seed, error_rate=error_rate, flag_rate=0.05, correlated=0.3, latency_s=(1.0, 60.0), heavy=True
    )


@pytest.mark.parametrize("seed", range(8))
def test_guesses_change_nothing_but_the_time(seed: int) -> None:
    plain, quick = Outcome(0, world(seed)), Outcome(6, world(seed))
    assert plain.reason is quick.reason is ExitReason.ALL_DELIVERED
    assert plain.answers == quick.answers
    assert [number for number, _ in quick.answers] == list(range(60))
    assert quick.seconds < plain.seconds


def test_a_chain_takes_about_the_fastest_answer_a_step() -> None:
    # Pareto latency of index 1.5 from 1 s on: the fastest of three takes 9/7 s on average, the slowest far more.
    plain, quick = (Outcome(ahead, world(5, 0.002), length=500) for ahead in (0, 32))
    assert plain.seconds / 500 > 3.5
    assert quick.seconds / 500 < 2.0
    assert quick.crew.asked == plain.crew.asked


def test_the_ledger_says_what_was_speculative_and_nothing_of_a_wrong_guess_is_decided() -> None:
    events = Outcome(6, world(1)).events()
    speculated = {event.task: event for event in events if isinstance(event, Speculated)}
    abandoned = {event.task for event in events if isinstance(event, Abandoned)}
    decided = [event.task for event in events if isinstance(event, Decided)]
    assert speculated
    assert abandoned
    assert abandoned <= speculated.keys()
    assert not abandoned & set(decided)
    assert len(decided) == len(set(decided)) == 60
    keys = {}
    for place, event in enumerate(events):
        if isinstance(event, Voted):
            keys.update({(event.task, event.first + i): key for i, key in enumerate(event.keys)})
        if isinstance(event, Decided) and event.task in speculated:
            guess = speculated[event.task]
            parent = next(e for e in events[:place] if isinstance(e, Decided) and e.task == guess.parent)
            assert keys[parent.task, parent.sample] == guess.key
    opened = {event.task for event in events if isinstance(event, TaskOpened)}
    assert speculated.keys() - opened <= abandoned


@pytest.mark.parametrize("seed", range(6))
def test_a_run_that_crashes_among_guesses_goes_on_to_the_same_end(seed: int) -> None:
    whole = Outcome(5, world(seed))
    ledger = MemoryLedger()
    for dies_at in (9, 23, 40, 61, 97):
        mortal = MortalLedger(ledger, dies_at=dies_at)
        with pytest.raises(Crash):
            Outcome(5, world(seed), mortal)
        ledger = mortal.survivor()
    last = Outcome(5, world(seed), ledger)
    assert last.reason is ExitReason.ALL_DELIVERED
    assert last.answers == whole.answers
    seen: set[tuple[TaskId, int]] = set()
    for event in last.events():
        if isinstance(event, Voted):
            votes = {(event.task, event.first + place) for place in range(len(event.keys))}
            assert not votes & seen
            seen |= votes


class Mixed(Doubling):
    """Every other question has a check, and so is not one that is reused."""

    def question(self, state: tuple[int, int]) -> Question | None:
        if state[0] == self.length:
            return None
        check = (lambda answer: answer < 10_000) if state[0] % 2 else None
        return Question((Phrasing(f"{state[1] % 5} * 2", read=int),), check=check)

    def truth(self, state: tuple[int, int]) -> int:
        return state[1] % 5 * 2


def test_where_questions_are_reused_nothing_is_guessed() -> None:
    answers: list[int] = []
    steps = ChainSteps(Mixed(), RUN, reuse=True, sink=lambda number, _, __: answers.append(number))
    clock, ledger = VirtualClock(), MemoryLedger()
    crew = StepCrew(steps.open, world(2, 0.3), clock=clock)

    async def go() -> ExitReason:
        return await run(
            Scheduler(steps, policy(6)),
            crew,
            ledger,
            lanes=lambda _: Lane("m", width=200),
            budget=Budget(),
            clock=clock,
            single=True,
        )

    assert run_virtual(go()) is ExitReason.ALL_DELIVERED
    decided = [event.task for event in ledger.replay() if isinstance(event, Decided)]
    assert len(decided) == len(set(decided)) == 60
    assert answers == list(range(60))
    assert not [event for event in ledger.replay() if isinstance(event, Speculated)]


def test_nothing_is_left_of_guesses_that_were_right() -> None:
    outcome = Outcome(8, world(4, 0.05), length=300)
    assert outcome.reason is ExitReason.ALL_DELIVERED
    assert outcome.steps.attempts_kept <= 8


def test_a_ledger_with_guesses_replays_to_the_same_open_work() -> None:
    events = [event for event in Outcome(5, world(3)).events() if not isinstance(event, Asked)]
    for cut in range(0, len(events), 37):
        together = Scheduler(ChainSteps(Doubling(), RUN), policy(5))
        together.start()
        together.on(events[:cut])
        apart = Scheduler(ChainSteps(Doubling(), RUN), policy(5))
        apart.start()
        for event in events[:cut]:
            apart.on([event])
        assert singles(together.open_commands()) == singles(apart.open_commands())


def singles(commands: Sequence[Any]) -> set[tuple[TaskId, int]]:
    return {(ask.task, ask.first + i) for ask in commands if isinstance(ask, Ask) for i in range(ask.count)}
