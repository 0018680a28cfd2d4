"""Inputs: what is read from preconditions, what comes first, what is exhausted, what is never there."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from swarmwright.spec.reader import read_spec
from swarmwright.verify.encoding import decode, encode
from swarmwright.verify.inside.conditions import Bounds, Reading, Relation, Term
from swarmwright.verify.inside.forms import form_of
from swarmwright.verify.inside.judge import Judge
from swarmwright.verify.inside.strategies import strategy_for
from swarmwright.verify.inside.taste import Taste
from swarmwright.verify.judging import load_request


def read(condition: str, *names: str) -> Reading:
    constants = {"LIMIT": 9, "range": range, "set": set, "PATTERN": re.compile("[ab]+")}
    reading = Reading(names, lambda node: eval(compile(ast.Expression(body=node), "<test>", "eval"), dict(constants)))
    body = ast.parse(condition, mode="eval").body
    reading.take(body)
    return reading


@pytest.mark.parametrize(
    ("condition", "whole"),
    [
        ("0 <= n <= 100", (0, 100)),
        ("0 < n < 100", (1, 99)),
        ("n > 0 and n <= LIMIT", (1, 9)),
        ("LIMIT >= n", (None, 9)),
        ("not n < 3", (3, None)),
        ("abs(n) <= 4", (-4, 4)),
        ("n > 0.5", (1, None)),
        ("n in range(0, 1000)", (0, 999)),
        ("n > 3 or n < 0", (None, None)),
        ("undefined(n) > 3", (None, None)),
    ],
)
def test_numbers_are_bounded(condition: str, whole: tuple[int | None, int | None]) -> None:
    assert read(condition, "n").bounds["n"].whole() == whole


@pytest.mark.parametrize(
    ("condition", "sizes"),
    [
        ("len(xs) > 0", (1, None)),
        ("2 <= len(xs) < 5", (2, 4)),
        ("len(xs) == 3", (3, 3)),
        ("xs", (1, None)),
        ("xs != []", (1, None)),
        ("not xs", (0, 0)),
        ("bool(xs)", (1, None)),
    ],
)
def test_sizes_are_bounded(condition: str, sizes: tuple[int, int | None]) -> None:
    bounds = read(condition, "xs").bounds["xs"]
    assert (bounds.min_size, bounds.max_size) == sizes


@pytest.mark.parametrize(
    ("condition", "characters"),
    [
        ("all(c in 'IVX' for c in s)", "IVX"),
        ("set(s) <= set('ab')", "ab"),
        ("set(s).issubset('ab')", "ab"),
        ("all('a' <= c <= 'd' for c in s)", "abcd"),
        ("s.isdigit()", "0123456789"),
        ("all(c.isdigit() for c in s)", "0123456789"),
        ("len(s) > 1", None),
    ],
)
def test_characters_are_restricted(condition: str, characters: str | None) -> None:
    assert read(condition, "s").bounds["s"].characters() == characters


def test_elements_items_fields_and_order_are_read() -> None:
    reading = read(
        "all(0 < v <= 1 for v in d.values()) and all(k > 2 for k in d) and p.x > 5 and xs == sorted(xs)", "d", "p", "xs"
    )
    assert reading.bounds["d"].items().whole() == (1, 1)
    assert reading.bounds["d"].elements().low == 2
    assert reading.bounds["p"].attribute("x").low == 5
    assert reading.bounds["xs"].ordered
    assert read("len(set(xs)) == len(xs)", "xs").bounds["xs"].unique
    assert read("all(a <= b for a, b in zip(xs, xs[1:]))", "xs").bounds["xs"].ordered
    assert read("all(xs[i] < xs[i + 1] for i in range(len(xs) - 1))", "xs").bounds["xs"].ordered


@pytest.mark.parametrize(
    "condition",
    [
        "re.fullmatch('[ab]+', s)",
        "re.match('[ab]+', s) is not None",
        "PATTERN.fullmatch(s) is not None",
        "PATTERN.match(s)",
    ],
)
def test_patterns_are_read(condition: str) -> None:
    assert read(condition, "s").bounds["s"].pattern == "[ab]+"


@pytest.mark.parametrize(
    ("condition", "relation"),
    [
        ("a <= b", Relation(Term("value", "a"), "le", Term("value", "b"))),
        ("a > b", Relation(Term("value", "b"), "lt", Term("value", "a"))),
        ("a < len(b)", Relation(Term("value", "a"), "lt", Term("size", "b"))),
        ("len(a) == len(b)", Relation(Term("size", "a"), "eq", Term("size", "b"))),
        ("a in b", Relation(Term("value", "a"), "in", Term("value", "b"))),
    ],
)
def test_relations_between_parameters_are_read(condition: str, relation: Relation) -> None:
    assert read(condition, "a", "b").relations == [relation]


SPEC = '''
"""A specification."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

import icontract

T = TypeVar("T")
MARK = "zebra"


@dataclass(frozen=True)
class Account:
    owner: str
    balance: int

    def __post_init__(self) -> None:
        if self.balance < 0:
            raise ValueError("a debt")


class Plain:
    def __init__(self, size: int) -> None:
        self.size = size


def roman(s: str) -> int:
    """Read.

    >>> roman("XIV")
    14
    """
    ...


def flag(on: bool, mode: Literal["a", "b"] = "a") -> bool: ...


@icontract.require(lambda n: 0 <= n <= 9)
def digit(n: int) -> str: ...


@icontract.require(lambda s: s != MARK and (s.startswith("zeb") or len(s) < 4))
def marked(s: str) -> str: ...


@icontract.require(lambda xs, i: 0 <= i < len(xs))
def pick(xs: list[T], i: int) -> T: ...


@icontract.require(lambda account, amount: 0 < amount <= account.balance)
def pay(account: Account, amount: int) -> Account: ...


@icontract.require(lambda n: n > 3 and n < 3)
def never(n: int) -> int: ...


@icontract.require(lambda n: 1 / 0 > 1)
def breaks(n: int) -> int: ...


@icontract.require(lambda n: digit(n) == "1")
def asks_a_unit(n: int) -> int: ...


def takes_function(f: Callable[[int], int]) -> int: ...


def takes_plain(p: Plain) -> int: ...


def variadic(*parts: int, sep: str = ",", **named: int) -> str: ...


@icontract.require(lambda mail: re.fullmatch(r"[a-z]+@[a-z]+\\.org", mail))
def mail(mail: str) -> str: ...


@icontract.require(lambda n: n >= "a")
def misread(n: int) -> int: ...


@icontract.require(lambda s: endless(s))
def slow(s: str) -> str: ...


def endless(s: str) -> bool:
    """Given, and never done."""
    while True:
        pass
'''


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    path = tmp_path_factory.mktemp("spec") / "drawn.py"
    path.write_text(SPEC)
    made = Judge()
    assert made.answer(load_request(read_spec(path))) == {}
    yield made
    made.close()


def drawn(judge: Judge, name: str, count: int = 60, **more: Any) -> dict[str, Any]:
    return judge.answer({"op": "draw", "target": f"drawn.{name}", "count": count, "seed": 0, **more})


def arguments(reply: dict[str, Any]) -> list[list[Any]]:
    return [[decode(value) if not _is_record(value) else value for value in call[1]] for call in reply["calls"]]


def _is_record(value: Any) -> bool:
    return isinstance(value, list) and value[:1] in (["dataclass"], ["object"])


def test_examples_come_first_and_their_characters_are_used(judge: Judge) -> None:
    reply = drawn(judge, "roman", 120, examples=[["drawn.roman", ["XIV"], []], ["drawn.roman", ["IX"], []]])
    texts = [values[0] for values in arguments(reply)]
    assert texts[:2] == ["XIV", "IX"]
    similar = [text for text in texts if text and set(text) <= set("XIV")]
    assert len(similar) > 25
    assert len(texts) - len(similar) > 25
    assert "" in texts


def test_a_draw_is_the_same_again_and_another_seed_gives_others(judge: Judge) -> None:
    first, again = drawn(judge, "roman"), drawn(judge, "roman")
    other = judge.answer({"op": "draw", "target": "drawn.roman", "count": 60, "seed": 1})
    assert first == again
    assert first["calls"] != other["calls"]


def test_what_was_asked_before_does_not_change_a_draw(judge: Judge) -> None:
    before = drawn(judge, "marked")
    drawn(judge, "marked", literals=['"zebedee"'])
    drawn(judge, "marked", include=[["drawn.marked", ["zebu"], []]])
    assert drawn(judge, "marked") == before


@pytest.mark.parametrize(("name", "count"), [("flag", 6), ("digit", 10)])
def test_small_domains_are_given_whole(judge: Judge, name: str, count: int) -> None:
    reply = drawn(judge, name, 5)
    assert reply["exhausted"]
    assert len(reply["calls"]) == count


def test_calls_are_never_repeated(judge: Judge) -> None:
    for name in ("roman", "pick", "pay", "variadic"):
        calls = [json.dumps(call) for call in drawn(judge, name)["calls"]]
        assert len(set(calls)) == len(calls) == 60


def test_preconditions_hold_for_every_input(judge: Judge) -> None:
    assert all(0 <= i < len(xs) for xs, i in arguments(drawn(judge, "pick")))
    assert all(0 < amount <= account[3][1] for account, amount in arguments(drawn(judge, "pay")))
    assert all(text.endswith(".org") and "@" in text for (text,) in arguments(drawn(judge, "mail")))
    for (text,) in arguments(drawn(judge, "marked")):
        assert text != "zebra"
        assert text.startswith("zeb") or len(text) < 4


def test_type_variables_stand_for_numbers_and_for_text(judge: Judge) -> None:
    lists = [xs for xs, _ in arguments(drawn(judge, "pick"))]
    assert any(isinstance(xs[0], int) for xs in lists)
    assert any(isinstance(xs[0], str) for xs in lists)


@pytest.mark.parametrize("name", ["never", "breaks", "asks_a_unit", "misread"])
def test_preconditions_that_nothing_satisfies_give_nothing(judge: Judge, name: str) -> None:
    assert drawn(judge, name, 10) == {"calls": [], "exhausted": False} or drawn(judge, name, 10)["calls"] == []


def test_types_without_values_are_refused_in_words(judge: Judge) -> None:
    assert "Callable" in drawn(judge, "takes_function")["error"]


def test_plain_classes_are_built_by_their_constructor(judge: Judge) -> None:
    values = [call[1][0] for call in drawn(judge, "takes_plain")["calls"]]
    assert ["object", "drawn.Plain", ["size", 0]] in values
    assert len(values) == 60


def test_variadic_parameters_get_positions_and_keywords(judge: Judge) -> None:
    calls = drawn(judge, "variadic")["calls"]
    assert any(len(call[1]) > 2 for call in calls)
    names = {name for call in calls for name, _ in call[2]}
    assert "sep" in names
    assert len(names) > 2


def test_literals_of_candidates_are_tried(judge: Judge) -> None:
    texts = [values[0] for values in arguments(drawn(judge, "roman", 120, literals=['"xylophone"', "'q7'"]))]
    assert "xylophone" in texts
    assert "q7" in texts


def test_included_calls_are_in_where_they_are_valid(judge: Judge) -> None:
    include = [["drawn.marked", ["zebu"], []], ["drawn.marked", ["invalid"], []], ["drawn.marked", [5], []]]
    calls = drawn(judge, "marked", include=[*include])["calls"]
    assert calls[0] == ["drawn.marked", ["zebu"], []]
    assert ["drawn.marked", ["invalid"], []] not in calls
    assert ["drawn.marked", [5], []] not in calls


def test_a_precondition_that_never_ends_is_given_up(judge: Judge) -> None:
    reply = judge.answer({"op": "valid", "target": "drawn.slow", "calls": [["drawn.slow", ["a"], []]]})
    assert reply == {"valid": [False]}


def test_a_series_grows(judge: Judge) -> None:
    reply = judge.answer({"op": "series", "target": "drawn.roman", "sizes": [4, 8, 16], "seed": 0})
    assert [len(call[1][0]) for call in reply["calls"]] == [4, 8, 16]
    assert judge.answer({"op": "series", "target": "drawn.digit", "sizes": [4, 8, 16], "seed": 0})["calls"] != []


def test_results_of_type_variables_may_be_anything(judge: Judge) -> None:
    cases = [[["drawn.pick", [["list", "a"], 0], []], {"kind": "value", "value": encode("a")}]]
    reply = judge.answer({"op": "judge", "unit": "drawn.pick", "cases": cases, "allowed": []})
    assert reply["results"] == [{"status": "fine"}]


def test_taste_keeps_what_examples_show() -> None:
    taste = Taste()
    taste.see_all([["a-b", {"k": 12}], (2.5, True, None)], example=True)
    assert list(taste.texts) == ["a-b", "k"]
    assert list(taste.words) == ["a", "b", "k"]
    assert list(taste.integers) == [12]
    assert taste.magnitude == 1000
    taste.see(500)
    assert taste.magnitude == 5000


def test_excluded_and_chosen_values_are_kept_out_and_in() -> None:
    bounds = Bounds()
    bounds.choose([1, 2, 3])
    bounds.choose([2, 3, 4])
    assert bounds.choices == [2, 3]
    assert strategy_for(form_of(int), bounds, Taste()) is not None
