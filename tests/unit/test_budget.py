from __future__ import annotations

import math

import pytest

from swarmwright.ledger.events import (
    Abandoned,
    Answer,
    Answered,
    Asked,
    CallFailed,
    Reserved,
    RunClosed,
    RunResumed,
    Voted,
)
from swarmwright.simulate.world import make_id
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.values import Ask, ExitReason

TASK = make_id(0)


def ask(count: int = 1, first: int = 0) -> Ask:
    return Ask(TASK, 0, "coder", "m", first, count)


def admitted(budget: Budget, command: Ask) -> bool:
    """Reserve as the runner does; tell whether the Ask may be put."""
    answer = budget.admit(command)
    while isinstance(answer, Reserved):
        budget.on(answer)
        answer = budget.admit(command)
    return answer is None


def answer(tokens: int, *, cost: float = 0.0, kept: bool = False) -> Answer:
    return Answer(b"", b"", "", "", tokens, 0, cost, 0.0, kept)


def test_without_limits_nothing_is_reserved() -> None:
    budget = Budget()
    assert budget.admit(ask(1000)) is None
    assert not budget.is_limited


def test_nothing_is_admitted_before_a_block_is_reserved() -> None:
    budget = Budget(calls=10, blocks=5)
    block = budget.admit(ask())
    assert block == Reserved(0, 2, 0, 0.0)
    budget.on(block)
    assert budget.admit(ask()) is None
    assert budget.admit(ask()) is None
    assert budget.admit(ask()) == Reserved(1, 2, 0, 0.0)


def test_calls_end_exactly_at_the_limit() -> None:
    budget = Budget(calls=3)
    for number in range(3):
        command = ask(first=number)
        assert admitted(budget, command)
        budget.settle(command)
        budget.on(Voted(TASK, number, (b"a",), 5, 0.0))
    assert budget.admit(ask(first=3)) is ExitReason.BUDGET_CALLS


def test_what_is_in_flight_counts_until_it_is_settled() -> None:
    budget = Budget(tokens=100, tokens_per_sample=60)
    assert admitted(budget, ask())
    assert budget.admit(ask(first=1)) is ExitReason.BUDGET_TOKENS
    budget.settle(ask())
    budget.on(Answered(TASK, 0, b"", (answer(10),)))
    assert admitted(budget, ask(first=1))


def test_dollars_have_their_own_reason() -> None:
    budget = Budget(usd=0.10, usd_per_sample=0.06)
    assert admitted(budget, ask())
    assert budget.admit(ask(first=1)) is ExitReason.BUDGET_USD


def test_kept_answers_cost_nothing() -> None:
    budget = Budget(calls=1)
    budget.on(Answered(TASK, 0, b"", (answer(1000, kept=True),)))
    assert admitted(budget, ask())


def test_a_failed_call_is_a_call() -> None:
    budget = Budget(calls=1)
    budget.on(CallFailed(TASK, 0, 1, "down"))
    assert budget.admit(ask()) is ExitReason.BUDGET_CALLS


def test_after_a_crash_the_open_block_counts_as_spent() -> None:
    budget = Budget(calls=10)
    for event in (Reserved(0, 6, 0, 0.0), Voted(TASK, 0, (b"a",), 1, 0.0), RunResumed(0.0, 0)):
        budget.on(event)
    assert sum(admitted(budget, ask(first=number)) for number in range(10)) == 4


def test_a_run_closed_in_order_gives_back_what_it_did_not_use() -> None:
    budget = Budget(calls=10)
    events = (Reserved(0, 6, 0, 0.0), Voted(TASK, 0, (b"a",), 1, 0.0), RunClosed("", "", 0.0), RunResumed(1.0, 0))
    for event in events:
        budget.on(event)
    assert sum(admitted(budget, ask(first=number)) for number in range(10)) == 9


def test_a_crash_stays_spent_when_the_next_run_closes_in_order() -> None:
    budget = Budget(calls=10)
    for event in (
        Reserved(0, 6, 0, 0.0),
        RunResumed(0.0, 0),
        Reserved(1, 2, 0, 0.0),
        Voted(TASK, 0, (b"a",), 1, 0.0),
        RunClosed("", "", 0.0),
        RunResumed(1.0, 0),
    ):
        budget.on(event)
    assert sum(admitted(budget, ask(first=number)) for number in range(10)) == 3


@pytest.mark.parametrize(("reason", "left"), [("INTERRUPTED", 7), ("ENDPOINT_DEAD", 9)])
def test_calls_that_a_person_did_not_wait_for_stay_spent(reason: str, left: int) -> None:
    budget = Budget(calls=10, blocks=1)
    for event in (
        Reserved(0, 10, 0, 0.0),
        *(Asked(TASK, 0, "coder", "m", first, 1) for first in (0, 1, 2)),
        Asked(TASK, 0, "kept", "", 3, 1),
        Voted(TASK, 1, (b"a",), 1, 0.0),
        RunClosed(reason, "", 0.0),
        RunResumed(1.0, 2),
    ):
        budget.on(event)
    assert sum(admitted(budget, ask(first=number)) for number in range(20)) == left


@pytest.mark.parametrize("comes_all_the_same", [True, False])
def test_calls_for_a_guess_that_was_given_up_stay_spent(comes_all_the_same: bool) -> None:
    budget = Budget(calls=10, blocks=1)
    events = [Reserved(0, 10, 0, 0.0), Asked(TASK, 0, "step", "m", 0, 1), Asked(make_id(1), 0, "step", "m", 0, 1)]
    events += [Abandoned(make_id(1))] + [Voted(make_id(1), 0, (b"a",), 5, 0.0)] * comes_all_the_same
    events += [Voted(TASK, 0, (b"a",), 5, 0.0), RunClosed("BUDGET_CALLS", "", 0.0), RunResumed(1.0, 0)]
    for event in events:
        budget.on(event)
    assert sum(admitted(budget, ask(first=number)) for number in range(20)) == 8


@pytest.mark.parametrize("wrong", [{"calls": -1}, {"tokens": -5}, {"usd": -0.1}, {"seconds": math.nan}, {"blocks": 0}])
def test_impossible_limits_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        Budget(**wrong)
