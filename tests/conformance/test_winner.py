"""Verifying a leader, on a real sandbox: what each check finds, and what is enough to be accepted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.spec.reader import read_spec
from swarmwright.verify.examine import Examiner
from swarmwright.verify.reviewers import ruff_findings
from swarmwright.verify.symbolic import read_call, search_contracts, search_difference
from swarmwright.verify.values import Call, CheckResult, InputSet, Verdict
from swarmwright.verify.winner import (
    Contest,
    Effort,
    WinnerCheck,
    WinnerStory,
    judge_checks,
)
from swarmwright.verify.winner_inputs import literals_of

pytestmark = pytest.mark.sandbox

T = TypeVar("T")

SPEC = '''
"""A specification."""

import icontract


def double(n: int) -> int:
    """Return twice n.

    >>> double(2)
    4
    """
    ...


@icontract.require(lambda n: -1000 <= n <= 1000)
@icontract.ensure(lambda n, result: result >= 0 and (result == n or result == -n))
def size(n: int) -> int:
    """Return n without its sign.

    >>> size(-2)
    2
    """
    ...


@icontract.ensure(lambda n, result: result > n)
def beyond(n: int) -> int:
    """Return a greater number.

    Evidence: bounded

    >>> beyond(1)
    2
    """
    ...


@icontract.ensure(lambda s, result: len(result) <= len(s))
def trim(s: str) -> str:
    """Return s without outer spaces.

    Evidence: bounded

    >>> trim(" a ")
    'a'
    """
    ...


def fee(cents: int) -> int:
    """Return the fee: 30 on up to 2500, above that 75 more.

    >>> fee(100)
    30
    """
    ...


@icontract.ensure(lambda result: result == result)
def loose(n: int) -> int:
    """Return three times n and then some."""
    ...


@icontract.require(lambda n: n >= 0)
@icontract.ensure(lambda n, result: result * result <= n < (result + 1) * (result + 1))
def root(n: int) -> int:
    """Return the whole part of the square root.

    >>> root(17)
    4
    """
    ...


def both(a: bool, b: bool) -> bool:
    """Tell whether both are true.

    >>> both(True, True)
    True
    """
    ...
'''

QUICK = Effort(inputs=150, mutants=6, mutation_s=1.0, symbolic_s=2.0, glance_s=1.0, difference_s=2.0)


class Bench:
    """A WinnerCheck and the loop it lives in."""

    def __init__(self, path: Path) -> None:
        self.runner = asyncio.Runner()
        self.spec = read_spec(path)
        self.sandbox = open_sandbox()
        self.examiner = self.run(Examiner.open, self.spec, self.sandbox)
        self.check = WinnerCheck(self.spec, self.sandbox, self.examiner, effort=QUICK)

    def run(self, function: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
        async def call() -> T:
            return await function(*args, **kwargs)

        return self.runner.run(call())

    def contest(self, name: str, winner: str, twins: tuple[str, ...] = (), *, only: tuple[int, ...] = ()) -> Contest:
        inputs = self.run(self.examiner.draw, f"win.{name}")
        if only:
            inputs = InputSet(f"win.{name}", 0, tuple(Call(f"win.{name}", (n,)) for n in only))
        return Contest(self.spec.unit(f"win.{name}"), winner, twins, (), {}, inputs)

    def verify(self, contest: Contest) -> WinnerStory:
        return self.run(self.check.verify, contest)

    def close(self) -> None:
        self.run(self.check.close)
        self.run(self.examiner.close)
        self.runner.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path = tmp_path_factory.mktemp("spec") / "win.py"
    path.write_text(SPEC)
    made = Bench(path)
    yield made
    made.close()


def named(story: WinnerStory, name: str) -> CheckResult:
    return next(check for check in story.evidence.checks if check.check.startswith(name))


def test_a_right_winner_is_accepted_with_all_its_checks(bench: Bench) -> None:
    story = bench.verify(bench.contest("double", "return n * 2", ("return n + n",)))
    evidence = story.evidence
    assert evidence.accepted, evidence.reason
    assert evidence.verdict is Verdict.TESTED
    assert story.more == ()
    assert named(story, "fresh inputs").inputs > 50
    assert named(story, "types").verdict is Verdict.TESTED
    assert evidence.mutants >= evidence.mutants_killed + evidence.mutants_different > 0


def test_a_planted_error_that_only_fresh_inputs_meet_is_found(bench: Bench) -> None:
    story = bench.verify(bench.contest("size", "return abs(n) if n != 777 else -777", only=(1, -2, 3)))
    assert not story.evidence.accepted
    assert story.evidence.verdict is Verdict.REFUTED
    found = named(story, "fresh inputs").counterexample
    assert found is not None
    assert found.call == "size(777)"
    assert Call("win.size", (777,)) in story.more


def test_a_twin_that_differs_on_a_fresh_input_opens_the_next_epoch(bench: Bench) -> None:
    twin = "return n * 2 if n != 4321 else 0"
    story = bench.verify(bench.contest("double", "return n * 2", (twin,), only=(1, 2, 3)))
    assert not story.evidence.accepted
    assert story.evidence.verdict is Verdict.UNKNOWN
    assert "double(4321)" in story.evidence.reason
    assert Call("win.double", (4321,)) in story.more


def test_a_float_that_is_not_exact_for_large_numbers_is_found(bench: Bench) -> None:
    story = bench.verify(bench.contest("root", "return int(n ** 0.5)"))
    assert story.evidence.verdict is Verdict.REFUTED
    assert "large numbers" in story.evidence.reason
    assert story.more


def test_a_twin_that_differs_on_large_numbers_only_opens_the_next_epoch(bench: Bench) -> None:
    story = bench.verify(bench.contest("double", "return n * 2", ("return int(n * 2.0)",)))
    assert story.evidence.verdict is Verdict.UNKNOWN
    assert len(story.more) == 1


def test_slowness_at_large_numbers_is_not_held_against_a_winner(bench: Bench) -> None:
    body = "r = 0\nwhile (r + 1) * (r + 1) <= n:\n    r += 1\nreturn r"
    story = bench.verify(bench.contest("root", body, ("import math\nreturn math.isqrt(n)",)))
    assert story.evidence.accepted, story.evidence.reason


def test_a_security_finding_refutes(bench: Bench) -> None:
    story = bench.verify(bench.contest("double", "return eval('n * 2')"))
    assert story.evidence.verdict is Verdict.REFUTED
    assert "security" in story.evidence.reason


def test_a_winner_that_fails_on_its_own_epoch_is_refuted(bench: Bench) -> None:
    story = bench.verify(bench.contest("size", "return n if n >= 0 else n"))
    assert story.evidence.verdict is Verdict.REFUTED
    assert not story.evidence.accepted


def test_a_number_of_the_prose_that_the_winner_lacks_is_thin_evidence(bench: Bench) -> None:
    remembered = bench.verify(bench.contest("fee", "return 30 if cents <= 2000 else 105"))
    assert not remembered.evidence.accepted
    assert remembered.evidence.reason.startswith("thin evidence: the specification's prose names 2500, 75")
    right = bench.verify(bench.contest("fee", "return 30 if cents <= 2500 else 30 + 75"))
    assert right.evidence.accepted, right.evidence.reason


def test_an_error_of_which_nothing_was_said_is_thin_evidence(bench: Bench) -> None:
    story = bench.verify(bench.contest("double", "return 2 * n * n // n"))
    assert not story.evidence.accepted
    assert story.evidence.reason == (
        "thin evidence: double(0) raises ZeroDivisionError, of which the specification says nothing"
    )


def test_a_specification_that_notices_nothing_is_thin_evidence(bench: Bench) -> None:
    story = bench.verify(bench.contest("loose", "return n * 3 + 14"))
    assert story.evidence.mutants_different >= 3
    assert not story.evidence.accepted
    assert story.evidence.reason.startswith("thin evidence: ")
    assert "pass every example and contract" in story.evidence.reason


def test_an_integer_contract_is_bounded(bench: Bench) -> None:
    story = bench.verify(bench.contest("size", "return -n if n < 0 else n"))
    assert story.evidence.verdict is Verdict.BOUNDED
    assert story.evidence.accepted


def test_a_whole_small_domain_is_bounded(bench: Bench) -> None:
    contest = bench.contest("both", "return a and b")
    assert contest.inputs.exhausted
    story = bench.verify(contest)
    assert story.evidence.verdict is Verdict.BOUNDED
    assert story.evidence.accepted


def test_a_demand_for_bounded_that_is_not_met_refuses(bench: Bench) -> None:
    story = bench.verify(bench.contest("trim", "return ' '.join(s.split(' ')).strip(' ')"))
    assert story.evidence.verdict is Verdict.TESTED
    assert not story.evidence.accepted
    assert "demands BOUNDED" in story.evidence.reason


def test_crosshair_finds_what_no_input_meets_and_it_is_replayed(bench: Bench) -> None:
    body = "return n - 1 if n * 7 == 86419753 * 7 else n + 1"
    story = bench.verify(bench.contest("beyond", body, only=(1, 2, 3)))
    assert story.evidence.verdict is Verdict.REFUTED
    assert not story.evidence.accepted
    assert Call("win.beyond", (86419753,)) in story.more


def test_symbolic_search_confirms_refutes_and_says_when_there_is_nothing(bench: Bench) -> None:
    unit = bench.spec.unit("win.size")
    search = bench.run(
        search_contracts, bench.sandbox, bench.spec, unit, {unit.id: "return n if n > -500 else 7"}, search_s=4.0
    )
    assert search.verdict is Verdict.UNKNOWN
    assert search.suggestions
    assert all(call.unit == "win.size" and call.args[0] <= 1000 for call in search.suggestions)
    plain = bench.spec.unit("win.double")
    nothing = bench.run(search_contracts, bench.sandbox, bench.spec, plain, {plain.id: "return n * 2"})
    assert nothing.verdict is Verdict.UNKNOWN
    assert "no postcondition" in nothing.detail


def test_a_difference_is_searched_within_the_preconditions(bench: Bench) -> None:
    unit = bench.spec.unit("win.size")
    within = bench.run(
        search_difference, bench.sandbox, bench.spec, unit, "return abs(n)", "return abs(n) if n != 321 else 0", {}
    )
    assert Call("win.size", (321,)) in within
    outside = bench.run(
        search_difference, bench.sandbox, bench.spec, unit, "return abs(n)", "return abs(n) if n < 2000 else 0", {}
    )
    assert outside == ()


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("double(3)", Call("win.double", (3,))),
        ("double(n = -3)", Call("win.double", (-3,))),
        ("double(3) (which returns 4)", Call("win.double", (3,))),
        ("double(x())", None),
        ("double", None),
        ("3", None),
    ],
)
def test_calls_are_read_as_crosshair_prints_them(bench: Bench, text: str, call: Call | None) -> None:
    assert read_call(bench.spec.unit("win.double"), text) == call


def test_what_could_not_be_judged_is_not_accepted(bench: Bench) -> None:
    contest = bench.contest("double", "return n * 2")
    passed = CheckResult("fresh inputs", Verdict.TESTED, 100)
    assert judge_checks(contest, [passed]) == (Verdict.TESTED, "")
    unjudged = CheckResult("specification judged in full", Verdict.UNKNOWN, detail="examples: the judge ended")
    verdict, reason = judge_checks(contest, [unjudged, passed])
    assert verdict is Verdict.UNKNOWN
    assert "could not be judged" in reason


def test_few_inputs_are_not_enough_unless_there_are_no_more(bench: Bench) -> None:
    few = InputSet("win.double", 0, (Call("win.double", (1,)),))
    contest = msgspec.structs.replace(bench.contest("double", "return n * 2"), inputs=few)
    assert "only 1 valid inputs" in judge_checks(contest, [])[1]
    whole = msgspec.structs.replace(contest, inputs=msgspec.structs.replace(few, exhausted=True))
    assert judge_checks(whole, []) == (Verdict.BOUNDED, "")


def test_ruff_finds_undefined_names_and_unsafe_calls_only() -> None:
    assert asyncio.run(ruff_findings("def f(x):\n    return x + 1\n")) == ()
    found = asyncio.run(ruff_findings("import subprocess\ndef f(x):\n    return subprocess.run(y, shell=True)\n"))
    assert any(finding.startswith("F821") for finding in found)
    assert any(finding.startswith("S602") for finding in found)


def test_literals_are_collected_once_each() -> None:
    assert literals_of(("return 3 + x", "return x == 'a' or 3")) == ("3", "'a'")
