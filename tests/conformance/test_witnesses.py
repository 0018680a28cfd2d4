"""What witnesses and reviewers say of a winner, on a real sandbox: counted and shown, never a refutation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from test_winner import Bench

from swarmwright.spec.values import Example
from swarmwright.verify.contest import Contest
from swarmwright.verify.reviewers import review_speed
from swarmwright.verify.searching import Beside, SymbolicSearch
from swarmwright.verify.strength import measure_strength
from swarmwright.verify.values import Call, CheckResult, Evidence, InputSet, Separation, Verdict
from swarmwright.verify.winner import Effort, judge_checks
from swarmwright.verify.winner_inputs import try_fresh_inputs
from swarmwright.verify.witnesses import Testimony, hear_witnesses

pytestmark = pytest.mark.sandbox

SPEC = '''
import icontract


@icontract.require(lambda n: n >= 0)
@icontract.ensure(lambda result: result >= 0)
def fee(n: int) -> int:
    """Return n with a tenth added, up to ten; above that 1 more.

    >>> fee(3)
    3
    >>> fee(10)
    11
    """
    ...


def pairs(xs: list[int]) -> int:
    """Return how many pairs of equal numbers stand in xs.

    >>> pairs([1, 1])
    1
    """
    ...


def store(xs: list[int]) -> None:
    """Clear xs.

    >>> xs = [1]
    >>> store(xs)
    >>> xs
    []
    """
    ...
'''
FEE = "return n + n // 10 if n <= 10 else n + 1"
RIVAL = "return n + n // 10 if n < 12 else n + 1"
PAIRS = "return sum(a == b for i, a in enumerate(xs) for b in xs[:i])"
COUNTED = (
    "seen = {}\ntotal = 0\nfor x in xs:\n    total += seen.get(x, 0)\n    seen[x] = seen.get(x, 0) + 1\nreturn total"
)
EFFORT = Effort(mutants=12, mutation_s=5.0)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path = tmp_path_factory.mktemp("spec") / "win.py"
    path.write_text(SPEC)
    made = Bench(path)
    yield made
    made.close()


def contest(bench: Bench, name: str, winner: str, **more: Any) -> Contest:
    inputs = InputSet(f"win.{name}", 0, tuple(Call(f"win.{name}", (n,)) for n in range(31)))
    if name != "fee":
        inputs = bench.run(bench.examiner.draw, f"win.{name}", count=60)
    made = Contest(bench.spec.unit(f"win.{name}"), winner, (), (), {}, inputs)
    return msgspec.structs.replace(made, **more)


def expecting(bench: Bench, *pairs: tuple[str, str]) -> tuple[Example, ...]:
    where = bench.spec.units()[0].location
    return tuple(
        Example((), call, "", want.removeprefix("raises ") if "raises" in want else None, where)
        if "raises" in want
        else Example((), call, want, None, where)
        for call, want in pairs
    )


def heard(bench: Bench, one: Contest) -> Testimony:
    return bench.run(hear_witnesses, bench.examiner, one)


def test_nobody_who_speaks_is_nothing_said(bench: Bench) -> None:
    assert heard(bench, contest(bench, "fee", FEE)) == Testimony()


def test_expectations_are_counted_for_the_winner_and_its_best_rival(bench: Bench) -> None:
    expected = expecting(bench, ("fee(0)", "0"), ("fee(20)", "21"), ("fee(11)", "12"), ("fee(n=30)", "33"))
    one = contest(bench, "fee", FEE, rivals=("return n", RIVAL, "return n + n // 10"), expected=expected)
    said = heard(bench, one)
    assert (said.expected_agreed, said.expected_against, said.rivals_expected_best) == (3, 1, 3)
    assert said.witnessed == (Separation("fee(30)", "31", "33"),)
    (check,) = said.checks
    assert (check.check, check.verdict, check.inputs) == ("testers' expectations", Verdict.UNKNOWN, 4)
    assert check.detail == "3 of 4 are met, by the best rival 3; for fee(30) a tester expects 33, not 31"


def test_what_cannot_be_right_or_is_shown_already_does_not_count(bench: Bench) -> None:
    expected = expecting(
        bench,
        ("fee(-1)", "0"),
        ("fee(4)", "-4"),
        ("fee(3)", "3"),
        ("fee('x')", "1"),
        ("fee()", "1"),
        ("fee(5)", "fee"),
        ("fee(6)", "6"),
    )
    said = heard(bench, contest(bench, "fee", FEE, expected=expected))
    assert (said.expected_agreed, said.expected_against) == (1, 0)
    assert [(check.verdict, check.inputs) for check in said.checks] == [(Verdict.TESTED, 1)]


def test_an_error_can_be_expected_and_a_unit_that_works_in_place_is_left_out(bench: Bench) -> None:
    said = heard(
        bench,
        contest(
            bench,
            "fee",
            "if n == 7:\n    raise ValueError\nreturn n",
            expected=expecting(bench, ("fee(7)", "raises ValueError"), ("fee(8)", "raises ValueError")),
        ),
    )
    assert (said.expected_agreed, said.expected_against) == (1, 1)
    assert said.witnessed[0].right == "ValueError raised"
    assert heard(bench, contest(bench, "store", "xs.clear()", expected=expecting(bench, ("store([1])", "None")))) == (
        Testimony()
    )


def test_a_slow_version_that_agrees_is_counted(bench: Bench) -> None:
    said = heard(bench, contest(bench, "fee", FEE, slow_versions=("if n > 10:\n    return n + 1\nreturn n + n // 10",)))
    assert (said.oracles, said.oracle_inputs, said.oracle_differs) == (1, 31, 0)
    assert [(check.check, check.verdict) for check in said.checks] == [("slow version", Verdict.TESTED)]


def test_a_slow_version_that_differs_shows_the_smallest_input_and_refutes_nothing(bench: Bench) -> None:
    said = heard(bench, contest(bench, "fee", FEE, rivals=("return n", RIVAL), slow_versions=(RIVAL, FEE)))
    assert (said.oracles, said.oracle_inputs, said.oracle_differs, said.oracles_for_rival) == (2, 62, 0, 0)
    other = "return n + n // 10"
    said = heard(bench, contest(bench, "fee", FEE, rivals=("return n", other), slow_versions=(other,)))
    assert (said.oracles, said.oracle_differs, said.oracles_for_rival) == (1, 1, 1)
    assert said.witnessed == (Separation("fee(20)", "21", "22"),)
    (check,) = said.checks
    assert check.verdict is Verdict.UNKNOWN
    assert check.detail == "for fee(20) it gives 22, not 21, as a rival does everywhere"


def test_a_slow_version_that_breaks_the_specification_or_never_ends_is_no_witness(bench: Bench) -> None:
    useless = ("return n + 5", "while True:\n    pass", "return -n", "return [n][1]")
    said = heard(bench, contest(bench, "fee", FEE, slow_versions=useless))
    assert (said.oracles, said.oracle_inputs, said.oracle_differs, said.witnessed) == (0, 0, 0, ())
    assert len(said.checks) == 4
    assert all(check.detail.startswith("no witness: ") for check in said.checks)


def test_a_slow_version_that_is_only_slow_is_compared_on_what_it_can_do(bench: Bench) -> None:
    body = "while n > 10:\n    pass\nreturn n + n // 10"
    said = heard(bench, contest(bench, "fee", FEE, slow_versions=(body,)))
    assert (said.oracles, said.oracle_inputs) == (1, 11)


def test_inputs_that_a_tester_offered_late_are_tried_like_fresh_ones(bench: Bench) -> None:
    wrong = "return n + n // 10 if n <= 10 else n + 1 if n != 123457 else -1"
    one = contest(bench, "fee", wrong, offered=(Call("win.fee", (123457,)), Call("win.fee", (-5,))))
    checks, more = bench.run(try_fresh_inputs, bench.examiner, one, count=5)
    assert checks[0].verdict is Verdict.REFUTED
    assert Call("win.fee", (123457,)) in more
    assert Call("win.fee", (-5,)) not in more


def test_a_mutant_that_passes_everything_is_a_question(bench: Bench) -> None:
    strength = bench.run(measure_strength, bench.examiner, bench.spec, contest(bench, "fee", FEE), EFFORT)
    assert strength.different > 0
    assert 0 < len(strength.questions) <= 5
    assert len({one.call for one in strength.questions}) == len(strength.questions)
    for one in strength.questions:
        n = int(one.call.removeprefix("fee(").rstrip(")"))
        assert n not in (3, 10)
        assert one.left == str(n + n // 10 if n <= 10 else n + 1) != one.right


def test_beside_a_rival_the_smallest_input_is_shown_and_a_search_is_made_where_there_is_no_short_one(
    bench: Bench,
) -> None:
    search = SymbolicSearch(bench.spec, bench.sandbox, bench.examiner, Effort(rival_s=6.0))
    rival = "return n + n // 10 if n <= 10 or n > 12 else n"
    only = InputSet("win.fee", 0, tuple(Call("win.fee", (n,)) for n in (4444, 555, 3)))
    short = bench.run(search.beside_rivals, contest(bench, "fee", FEE, rivals=(rival,), inputs=only))
    assert short == Beside((Separation("fee(555)", "556", "610"),), ())
    point = f"if n == 4321:\n    return 1\n{FEE}"
    only = InputSet("win.fee", 0, (Call("win.fee", (3,)),))
    searched = bench.run(search.beside_rivals, contest(bench, "fee", FEE, rivals=("return n // 2", point), inputs=only))
    assert searched.separations == (Separation("fee(3)", "3", "1"), Separation("fee(4321)", "4322", "1"))
    (check,) = searched.checks
    assert (check.check, check.verdict) == ("CrossHair: diffbehavior, a rival", Verdict.UNKNOWN)
    assert check.detail == "replayed: fee(4321) gives 4322, not 1"
    assert bench.run(search.beside_rivals, contest(bench, "fee", FEE)) == Beside((), ())


def test_a_winner_much_slower_than_a_twin_gives_way(bench: Bench) -> None:
    endless = f"while len(xs) > 700:\n    pass\n{PAIRS}"
    slow = bench.run(review_speed, bench.examiner, contest(bench, "pairs", endless, twins=(endless, COUNTED)))
    assert [(check.check, check.verdict) for check in slow] == [("speed beside a twin", Verdict.UNKNOWN)]
    assert slow[0].detail.startswith("over 0.5 s of processor time, where a candidate that agrees takes ")
    assert judge_checks(contest(bench, "pairs", endless), [*slow, CheckResult("fresh inputs", Verdict.TESTED, 60)])[
        1
    ].startswith("too slow: over")
    quick = bench.run(review_speed, bench.examiner, contest(bench, "pairs", COUNTED, twins=(PAIRS,)))
    assert [check.verdict for check in quick] == [Verdict.TESTED]
    assert bench.run(review_speed, bench.examiner, contest(bench, "pairs", PAIRS, twins=(PAIRS,))) == []


def test_all_of_it_stands_in_the_evidence_and_does_not_refuse(bench: Bench) -> None:
    one = contest(
        bench,
        "pairs",
        COUNTED,
        expected=expecting(bench, ("pairs([7, 7, 7])", "3"), ("pairs([])", "1")),
        slow_versions=(PAIRS, "return 1 if len(xs) == 2 else 0"),
    )
    evidence = bench.verify(one).evidence
    assert evidence.accepted, evidence.reason
    assert (evidence.expected_agreed, evidence.expected_against) == (1, 1)
    assert (evidence.oracles, evidence.oracle_differs) == (2, 1)
    assert {Separation("pairs([])", "0", "1")} < set(evidence.witnessed)
    assert {"testers' expectations", "slow version", "mutation"} <= {check.check for check in evidence.checks}


def test_evidence_of_an_older_version_can_be_read() -> None:
    old = b'{"unit":"m.f","body_sha256":"","verdict":2,"accepted":true,"reason":"","checks":[],"mutants":3}'
    evidence = msgspec.json.decode(old, type=Evidence)
    assert (evidence.mutants, evidence.questions, evidence.oracles) == (3, (), 0)
