from __future__ import annotations

import collections
import math

import pytest

from swarmwright.verify.encoding import encode
from swarmwright.verify.signatures import outcome_key, same, signature, value_key
from swarmwright.verify.values import Outcome


def value(thing: object, **more: bool) -> Outcome:
    return Outcome(kind="value", value=encode(thing), **more)


SAME = [
    (1, 1.0, "float"),
    (1, 1.0, "float | None"),
    (1, 1.0, "Optional[float]"),
    (1, 1.0, "'float'"),
    (1, 1.0, "typing.Union[None, float]"),
    (1 << 70, float(1 << 70), "float"),
    (math.nan, -math.nan, "float"),
    (-0.0, 0.0, "float"),
    (-0.0, 0, "float"),
    (0.1 + 0.2, 0.3, "float"),
    (0.1 + 0.2, 0.3, "Any"),
    ([1, 2.5], [1.0, 2.5], "list[float]"),
    ([1], [1.0], "list[float] | None"),
    ((1, 1), (1, 1.0), "tuple[int, float]"),
    ((1, 2), (1.0, 2.0), "tuple[float, ...]"),
    ({"a": 1}, {"a": 1.0}, "dict[str, float]"),
    ({"a": [1]}, {"a": [1.0]}, "Mapping[str, list[float]]"),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}, "dict[str, int]"),
    ({1, 2, 3}, {3, 2, 1}, "set[int]"),
    ({1.0}, {1}, "set[float]"),
    (1, 1 + 0j, "complex"),
    (iter([1]), [1], "Iterator[int]"),
    (range(3), [0, 1, 2], "Iterable[int]"),
    (1, 1.0, "Annotated[float, 'metres']"),
]
DIFFERENT = [
    (1, True, "int"),
    (1, True, "bool"),
    (1, True, "float"),
    (1, 1.0, "int"),
    (1, 1.0, "Any"),
    ((1,), [1], "list[int]"),
    ([1], [1.0], "list[int]"),
    ({1}, frozenset({1}), "set[int]"),
    (0.1, 0.1000001, "float"),
    ("1", 1, "str"),
    ("a", b"a", "str"),
    (None, 0, "float | None"),
    ([1, 2], [2, 1], "list[int]"),
    (math.nan, math.inf, "float"),
    ({"a": 1}, {"a": 2}, "dict[str, int]"),
    ((1, 1.0), (1.0, 1.0), "tuple[int, float]"),
    (["list", 1], [1], "list"),
    (iter([1]), [1], "list[int]"),
    (range(3), [0, 1, 2], "range"),
    (1, 1.0, "not ( a type"),
]


@pytest.mark.parametrize(("left", "right", "returns"), SAME)
def test_the_same(left: object, right: object, returns: str) -> None:
    one, other = value(left), value(right)
    assert same(one, other, returns)
    assert signature([one], returns) == signature([other], returns)


@pytest.mark.parametrize(("left", "right", "returns"), DIFFERENT)
def test_different(left: object, right: object, returns: str) -> None:
    one, other = value(left), value(right)
    assert not same(one, other, returns)
    assert signature([one], returns) != signature([other], returns)


def test_a_mapping_counts_as_dict_where_one_is_declared() -> None:
    counter, plain = collections.Counter("aab"), {"a": 2, "b": 1}
    assert same(value(counter), value(plain), "dict[str, int]")
    assert not same(value(counter), value(plain), "Counter[str]")


def test_exceptions_count_by_type() -> None:
    left = Outcome(kind="raise", error="ValueError", detail="one")
    right = Outcome(kind="raise", error="ValueError", detail="two", cpu_ms=5.0)
    assert same(left, right, "int")
    assert not same(left, Outcome(kind="raise", error="KeyError"), "int")
    assert not same(left, value("ValueError"), "str")


@pytest.mark.parametrize("kind", ["timeout", "opaque", "died"])
def test_what_is_no_result_equals_nothing(kind: str) -> None:
    outcome = Outcome(kind=kind)  # type: ignore[arg-type]
    assert not same(outcome, outcome, "int")
    assert outcome_key(outcome, "int") != outcome_key(value(1), "int")


def test_changed_arguments_are_part_of_the_key() -> None:
    assert not same(value(1), value(1, changed=True), "int")


def test_signatures_depend_on_order_and_count() -> None:
    one, two = value(1), value(2)
    assert signature([one, two], "int") != signature([two, one], "int")
    assert signature([one], "int") != signature([one, one], "int")
    assert len(signature([], "int")) == 32


@pytest.mark.parametrize("data", [["dict", 5], ["range", "a"], ["int", None], ["defaultdict"], [[]], ["enum"]])
def test_malformed_data_have_a_key_of_their_own(data: object) -> None:
    assert value_key(data, "Iterable[float]") != value_key(1, "float")
