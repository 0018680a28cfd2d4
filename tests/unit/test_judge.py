"""The judge, asked in this process: the specifications here are our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec
from swarmwright.verify.encoding import decode, encode
from swarmwright.verify.inside.judge import Judge
from swarmwright.verify.judging import from_example, load_request

SOURCE = '''
"""A specification."""

from __future__ import annotations

import dataclasses

import icontract


@dataclasses.dataclass(frozen=True)
class Point:
    x: int
    y: int


@icontract.require(lambda n: n >= 0)
@icontract.ensure(lambda result: result > 0)
@icontract.ensure(lambda n, result: result >= n, "grows")
def up(n: int) -> int:
    """Grow.

    >>> up(1)
    2
    >>> [up(n) for n in (1, 2)]
    [2, 3]
    >>> print(up(5))
    6
    >>> up(-1)
    Traceback (most recent call last):
    icontract.errors.ViolationError
    """
    ...


@icontract.ensure(lambda n, result: up(result) == n)
def down(n: int) -> int:
    """Shrink.

    >>> down(7)
    6
    """
    ...


def mirror(p: Point) -> Point:
    """Mirror.

    >>> mirror(Point(1, 2))
    Point(x=2, y=1)
    >>> mirror(Point(1, 1)) # doctest: +ELLIPSIS
    Point(x=1...
    """
    ...


@icontract.snapshot(lambda xs: len(xs), name="size")
@icontract.ensure(lambda xs, OLD: len(xs) == OLD.size)
def sort(xs: list[int]) -> None:
    """Sort in place.

    >>> xs = [2, 1]
    >>> sort(xs)
    >>> xs
    [1, 2]
    """
    ...


def half(n: int) -> float:
    """Halve.

    >>> half(0)
    Traceback (most recent call last):
    ValueError: zero
    """
    ...


def law_round_trip(n: int) -> bool:
    """What goes up comes down."""
    return down(up(n)) == n
'''


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    path = tmp_path / "judged.py"
    path.write_text(SOURCE)
    return read_spec(path)


@pytest.fixture
def judge(spec: Spec) -> Iterator[Judge]:
    made = Judge()
    assert made.answer(load_request(spec)) == {}
    yield made
    made.close()


def value(thing: object) -> dict[str, Any]:
    return {"kind": "value", "value": encode(thing)}


def settle(judge: Judge, functions: dict[str, Any], **request: Any) -> dict[str, Any]:
    """Ask until nothing is needed, answering with the functions (plain data in and out)."""
    answers: list[Any] = []
    for _ in range(50):
        reply = judge.answer({**request, "answers": answers})
        new = [need for need in reply.get("needs", ()) if need[0] in functions]
        if not new:
            return reply
        answers += [[call, functions[call[0]](*map(decode, call[1]))] for call in new]
    raise AssertionError("it never ends")


def examples(spec: Spec, name: str) -> list[Any]:
    return [from_example(example) for example in spec.unit(f"judged.{name}").examples]


def test_examples_need_answers_before_they_are_judged(judge: Judge, spec: Spec) -> None:
    reply = judge.answer({"op": "examples", "unit": "judged.up", "examples": examples(spec, "up")})
    assert [result["status"] for result in reply["results"]] == ["needs", "needs", "needs", "passed"]
    assert ["judged.up", [1], []] in reply["needs"]
    assert [result["call"] for result in reply["results"]] == [
        ["judged.up", [n], []] if n else None for n in (1, 0, 0, -1)
    ]


@pytest.mark.parametrize(("step", "passed"), [(1, True), (2, False)])
def test_examples_are_compared_by_value_or_by_what_is_printed(
    judge: Judge, spec: Spec, step: int, passed: bool
) -> None:
    functions = {"judged.up": lambda n: value(n + step)}
    reply = settle(judge, functions, op="examples", unit="judged.up", examples=examples(spec, "up"))
    one, listed, printed, refused = reply["results"]
    assert one["status"] == listed["status"] == "compare"
    assert (one["value"] == one["wanted"]) is passed
    assert (listed["value"] == listed["wanted"]) is passed
    assert (printed["status"] == "passed") is passed
    assert refused["status"] == "passed"


def test_a_dataclass_is_compared_by_its_fields_and_ellipsis_by_text(judge: Judge, spec: Spec) -> None:
    def mirror(point: Any) -> dict[str, Any]:
        return {"kind": "value", "value": ["dataclass", "judged.Point", ["x", point[1]], ["y", point[0]]]}

    answers = []
    for x, y in ((1, 2), (1, 1)):
        call = ["judged.mirror", [["dataclass", "judged.Point", ["x", x], ["y", y]]], []]
        answers.append([call, mirror((x, y))])
    request = {"op": "examples", "unit": "judged.mirror", "examples": examples(spec, "mirror"), "answers": answers}
    first, second = judge.answer(request)["results"]
    assert first["status"] == "compare"
    assert first["value"] == first["wanted"]
    assert second["status"] == "passed"


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ({"kind": "raise", "error": "ValueError", "detail": "zero"}, "passed"),
        ({"kind": "raise", "error": "KeyError", "detail": ""}, "failed"),
        ({"kind": "value", "value": 0.0}, "failed"),
        ({"kind": "timeout", "value": None}, "broken"),
        ({"kind": "value", "value": ["opaque", "a lie"]}, "broken"),
    ],
)
def test_an_example_that_raises(judge: Judge, spec: Spec, outcome: dict[str, Any], status: str) -> None:
    functions = {"judged.half": lambda n: outcome}
    reply = settle(judge, functions, op="examples", unit="judged.half", examples=examples(spec, "half"))
    assert [result["status"] for result in reply["results"]] == [status]


@pytest.mark.parametrize(("after", "passed"), [([1, 2], True), ([2, 1], False)])
def test_a_unit_in_place_changes_the_arguments_of_its_example(
    judge: Judge, spec: Spec, after: list[int], passed: bool
) -> None:
    functions = {"judged.sort": lambda xs: value((None, (after,)))}
    reply = settle(judge, functions, op="examples", unit="judged.sort", examples=examples(spec, "sort"))
    last = reply["results"][-1]
    assert (last["value"] == last["wanted"]) is passed


def judge_cases(judge: Judge, unit: str, cases: list[Any], allowed: list[str] | None = None, **functions: Any) -> Any:
    named = {f"judged.{name}": function for name, function in functions.items()}
    request = {"op": "judge", "unit": f"judged.{unit}", "cases": cases, "allowed": allowed or [f"judged.{unit}"]}
    return [result["status"] for result in settle(judge, named, **request)["results"]]


def test_results_are_judged_by_type_and_postconditions(judge: Judge) -> None:
    cases = [[["judged.up", [3], []], value(result)] for result in (3, 4, 2, 0, "4", True, None, 4.0)]
    statuses = judge_cases(judge, "up", cases)
    assert statuses == ["fine", "fine", "broken", "broken", "type", "type", "type", "type"]


def test_the_broken_postcondition_is_named_by_its_place_in_the_source(judge: Judge) -> None:
    def which(result: int) -> int:
        cases = [[["judged.up", [3], []], value(result)]]
        reply = judge.answer({"op": "judge", "unit": "judged.up", "cases": cases, "allowed": []})
        return int(reply["results"][0]["which"])

    assert (which(0), which(2)) == (0, 1)


def test_a_postcondition_that_calls_another_unit_waits_for_it(judge: Judge) -> None:
    cases = [[["judged.down", [5], []], value(4)], [["judged.down", [5], []], value(3)]]
    assert judge_cases(judge, "down", cases) == ["fine", "fine"]
    both = ["judged.up", "judged.down"]
    assert judge_cases(judge, "down", cases, both, up=lambda n: value(n + 1)) == ["fine", "broken"]


def test_a_snapshot_is_taken_before_the_arguments_change(judge: Judge) -> None:
    cases = [[["judged.sort", [["list", 2, 1]], []], value((None, (after,)))] for after in ([1, 2], [1])]
    assert judge_cases(judge, "sort", cases) == ["fine", "broken"]


def laws(judge: Judge, down_by: int, numbers: list[int]) -> list[dict[str, Any]]:
    functions = {"judged.up": lambda n: value(n + 1), "judged.down": lambda n: value(n - down_by)}
    calls = [["judged.law_round_trip", [n], []] for n in numbers]
    reply = settle(judge, functions, op="laws", law="judged.law_round_trip", calls=calls)
    return list(reply["results"])


def test_a_law_runs_on_answers_and_leaves_out_what_is_outside_the_preconditions(judge: Judge) -> None:
    assert [r["status"] for r in laws(judge, 1, [0, 4, -1])] == ["held", "held", "outside"]
    broken = laws(judge, 2, [4])[0]
    assert broken["status"] == "broken"
    assert [step[0] for step in broken["trace"]] == [["judged.up", [4], []], ["judged.down", [5], []]]


def test_survey_finds_what_examples_break(tmp_path: Path) -> None:
    path = tmp_path / "surveyed.py"
    path.write_text(
        "import icontract\n\n"
        "@icontract.require(lambda n: n > 0)\n"
        "@icontract.ensure(lambda result: result > 0)\n"
        "def f(n: int) -> int:\n"
        '    """F.\n\n    >>> f(0)\n    1\n    >>> f(1)\n    -1\n    >>> f(2)\n    1\n    """\n    ...\n'
    )
    spec = read_spec(path)
    judge = Judge()
    assert judge.answer(load_request(spec)) == {}
    sent = [from_example(example) for example in spec.unit("surveyed.f").examples]
    told = judge.answer({"op": "survey", "unit": "surveyed.f", "examples": sent})["examples"]
    judge.close()
    assert [(t["precondition"], t["postcondition"]) for t in told] == [(0, None), (None, 0), (None, None)]
    assert [t["wanted"] for t in told] == [[1], [-1], [1]]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("import no_such_module_at_all\n", 1),
        ("X = 1\nY = X / 0\n", 2),
        ("def g(n: int) -> int:\n    return n\nZ = [][1]\n", 3),
    ],
)
def test_a_specification_that_does_not_import_says_where(source: str, line: int) -> None:
    request = {"op": "load", "modules": {"broken_spec": source}, "units": [], "laws": [], "conditions": {}}
    reply = Judge().answer(request)
    assert (reply["module"], reply["line"]) == ("broken_spec", line)


@pytest.mark.parametrize("request_", [{"op": "nonsense"}, {}, {"op": "draw", "target": "x"}, {"op": "valid"}])
def test_a_senseless_request_is_answered_with_an_error(request_: dict[str, Any]) -> None:
    assert "error" in Judge().answer(request_)


def test_calls_are_read_from_source(judge: Judge) -> None:
    texts = ["up(3)", "up(n=4)", "down(1)", "up(", "up(up(1))", "up(1) + 1", "up()"]
    reply = judge.answer({"op": "read", "unit": "judged.up", "texts": texts})
    assert reply["calls"] == [["judged.up", [3], []], ["judged.up", [4], []]]
