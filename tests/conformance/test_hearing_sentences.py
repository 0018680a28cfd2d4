"""Sentences of the prose, written down by testers and tried on a winner in a real sandbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from test_winner import Bench

from swarmwright.verify.contest import Contest
from swarmwright.verify.sentences import SENTENCES, hear_sentences
from swarmwright.verify.values import Call, CheckResult, Stated, Verdict
from swarmwright.verify.winner import is_thin

pytestmark = pytest.mark.sandbox

SPEC = '''
from dataclasses import dataclass

import icontract

MOST = 100


@dataclass(frozen=True)
class Coin:
    value: int


@icontract.require(lambda number: 1 <= number <= 1000)
def factors(number: int) -> list[int]:
    """List the prime factors. The factor 2 stands there once at most. They are in order.

    >>> factors(18)
    [2, 3, 3]
    >>> factors(5)
    [5]
    """
    ...


def largest(*coins: Coin, least: int = MOST) -> Coin | None:
    """Return the largest coin. Only coins of the least value count.

    >>> largest(Coin(100), Coin(200))
    Coin(value=200)
    >>> largest() is None
    True
    """
    ...


def store(xs: list[int]) -> None:
    """Clear xs. Nothing else is done.

    >>> xs = [1]
    >>> store(xs)
    >>> xs
    []
    """
    ...
'''
REMEMBERED = """
found = []
divisor = 2
while number > 1:
    while number % divisor == 0:
        found.append(divisor)
        number //= divisor
    divisor += 1
return found
"""
MEANT = REMEMBERED.replace("return found", "return ([2] if 2 in found else []) + [f for f in found if f > 2]")
TWICE = "The factor 2 stands there once at most."
ONCE = "result.count(2) <= 1"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path = tmp_path_factory.mktemp("spec") / "said.py"
    path.write_text(SPEC)
    made = Bench(path)
    yield made
    made.close()


def heard(bench: Bench, name: str, winner: str, *stated: tuple[str, tuple[str, ...]]) -> list[CheckResult]:
    unit = bench.spec.unit(f"said.{name}")
    inputs = bench.run(bench.examiner.draw, unit.id, count=60)
    readings = tuple(Stated(sentence, conditions) for sentence, conditions in stated)
    return bench.run(hear_sentences, bench.examiner, Contest(unit, winner, (), (), {}, inputs, stated=readings))


def test_a_winner_that_goes_against_most_readings_of_a_sentence_stands_on_thin_evidence(bench: Bench) -> None:
    (check,) = heard(
        bench,
        "factors",
        REMEMBERED,
        (TWICE, (ONCE,)),
        (TWICE, (ONCE, "len(result) < 99")),
        (TWICE, ()),
        (TWICE, ("2 not in result",)),
        (TWICE, ("len(result) < 99",)),
    )
    assert (check.check, check.verdict) == (SENTENCES, Verdict.UNKNOWN)
    assert is_thin(check)
    assert TWICE in check.detail
    assert "`result.count(2) <= 1`" in check.detail
    assert "factors(4) gives [2, 2] (2 of 3 readings are against it)" in check.detail


def test_one_that_keeps_them_does_not(bench: Bench) -> None:
    (check,) = heard(bench, "factors", MEANT, (TWICE, (ONCE,)), (TWICE, (ONCE,)))
    assert check.verdict is Verdict.TESTED
    assert not is_thin(check)


def test_a_lone_reading_weighs_nothing(bench: Bench) -> None:
    (check,) = heard(bench, "factors", REMEMBERED, (TWICE, (ONCE,)), (TWICE, ("len(result) < 99",)))
    assert check.verdict is Verdict.TESTED


def test_what_the_examples_break_and_what_cannot_be_told_is_dropped(bench: Bench) -> None:
    broken = ("2 not in result", "len(set(result)) == len(result)", "result.sum() == 3", "unknown(result)")
    assert heard(bench, "factors", REMEMBERED, (TWICE, broken), (TWICE, broken)) == []


def test_what_most_inputs_break_was_misunderstood(bench: Bench) -> None:
    odd = ("number in (18, 5) or not result",)
    assert heard(bench, "factors", REMEMBERED, (TWICE, odd), (TWICE, odd)) == []


def test_conditions_may_use_given_names_and_see_every_kind_of_parameter(bench: Bench) -> None:
    body = "coins = [c for c in coins if c.value >= least]\nreturn max(coins, key=lambda c: c.value) if coins else None"
    keeps = ("result is None or isinstance(result, Coin) and result.value >= least and result in coins", "MOST == 100")
    (check,) = heard(bench, "largest", body, ("Only coins count.", keeps[:1]), ("Only coins count.", keeps[:1]))
    assert check.verdict is Verdict.TESTED
    wrong = "return max(coins, key=lambda c: c.value, default=None)"
    (check,) = heard(bench, "largest", wrong, ("Only coins count.", keeps[:1]), ("Only coins count.", keeps[:1]))
    assert check.verdict is Verdict.UNKNOWN


def test_hostile_conditions_harm_nobody(bench: Bench) -> None:
    hostile = (
        "result.clear() or exit(3)",
        "[1 for _ in iter(int, 1)] == result",
        "open('/etc/passwd').read() == result",
    )
    (check,) = heard(bench, "factors", REMEMBERED, (TWICE, (*hostile, ONCE)), (TWICE, (*hostile, ONCE)))
    assert "2 of 2 readings" in check.detail


def test_nothing_is_tried_where_nothing_was_said_or_a_unit_works_in_place(bench: Bench) -> None:
    assert heard(bench, "factors", REMEMBERED) == []
    assert heard(bench, "store", "xs.clear()", ("Nothing.", ("result is None",)), ("Nothing.", ("xs",))) == []


def test_the_calls_of_the_examples_are_known(bench: Bench) -> None:
    calls = bench.run(bench.examiner.shown, "said.factors")
    assert calls == (Call("said.factors", (18,)), Call("said.factors", (5,)))
    assert len(bench.run(bench.examiner.shown, "said.largest")) == 2
