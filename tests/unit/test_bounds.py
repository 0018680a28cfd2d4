"""What preconditions say about values and about what is inside them, and the strategies that are written from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.construct.bounds import constants, read_bounds
from swarmwright.construct.strategies import Strategies, UnbuildableError
from swarmwright.construct.tests_writer import write_tests
from swarmwright.spec.reader import read_spec

HEAD = '''
"""Orders."""

from dataclasses import dataclass

from icontract import require


@dataclass(frozen=True)
class Order:
    """An order."""

    name: str
    quantity: int


LETTERS = "ab"
'''
STUB = '''

@require(lambda value: {condition})
def take(value: {annotation}) -> int:
    """Take a value.

    >>> take(None)
    0
    """
    ...
'''


def read(tmp_path: Path, annotation: str, condition: str) -> tuple[str, bool]:
    file = tmp_path / "orders.py"
    file.write_text(HEAD + STUB.format(annotation=annotation, condition=condition), encoding="utf-8")
    spec = read_spec(file)
    (unit,) = spec.units()
    module = spec.module(unit.module)
    bounds = read_bounds(unit.contracts, constants(module))["value"]
    return Strategies(spec, module).write(annotation, bounds), bounds.complete


@pytest.mark.parametrize(
    ("annotation", "condition", "strategy"),
    [
        (
            "list[tuple[str, int]]",
            "all(len(c) == 1 and 1 <= n <= 9 for c, n in value)",
            "st.lists(st.tuples(st.text(min_size=1, max_size=1), st.integers(1, 9)), max_size=10)",
        ),
        (
            "list[Order]",
            "all(o.quantity >= 1 and len(o.name) <= 3 for o in value)",
            "st.lists(st.builds(Order, name=st.text(max_size=3), quantity=st.integers(1, 1001)), max_size=10)",
        ),
        ("Order", "value.quantity <= 5", "st.builds(Order, name=st.text(max_size=20), quantity=st.integers(-1000, 5))"),
        (
            "dict[str, int]",
            "all(0 < n < 9 for n in value.values()) and all(len(k) == 2 for k in value)",
            "st.dictionaries(st.text(min_size=2, max_size=2), st.integers(1, 8), max_size=10)",
        ),
        (
            "dict[str, int]",
            "all(len(k) == 2 and n >= 0 for k, n in value.items())",
            "st.dictionaries(st.text(min_size=2, max_size=2), st.integers(0, 1000), max_size=10)",
        ),
        (
            "list[str]",
            "len(value) >= 2 and all(len(row) == 3 and all(c in LETTERS for c in row) for row in value)",
            "st.lists(st.text(alphabet='ab', min_size=3, max_size=3), min_size=2, max_size=10)",
        ),
        ("tuple[int, int]", "all(n > 0 for n in value)", "st.tuples(st.integers(1, 1001), st.integers(1, 1001))"),
        (
            "list[int]",
            "all(n >= 1 for n in value) and all(n <= 9 for n in value)",
            "st.lists(st.integers(1, 9), max_size=10)",
        ),
        (
            "str",
            "len(value) == 5 and all(c.isdigit() for c in value)",
            "st.text(alphabet='0123456789', min_size=5, max_size=5)",
        ),
        ("list[str]", "all(w in ('x', 'y') for w in value)", "st.lists(st.sampled_from(['x', 'y']), max_size=10)"),
    ],
)
def test_what_is_inside_is_made_to_fit(tmp_path: Path, annotation: str, condition: str, strategy: str) -> None:
    assert read(tmp_path, annotation, condition) == (strategy, True)


def test_what_is_not_understood_is_left_to_the_assumption(tmp_path: Path) -> None:
    condition = "all(low >= 0 and low <= high for low, high in value)"
    assert read(tmp_path, "list[tuple[int, int]]", condition) == (
        "st.lists(st.tuples(st.integers(0, 1000), st.integers(-1000, 1000)), max_size=10)",
        False,
    )
    plain = "st.lists(st.integers(-1000, 1000), max_size=10)"
    for condition in (
        "all(n > 0 for n in value if n)",
        "all(n > 0 for n in sorted(value))",
        "all(n > m for n in value for m in value)",
        "any(n > 0 for n in value)",
    ):
        assert read(tmp_path, "list[int]", condition) == (plain, False)


def test_a_fact_that_does_not_fit_the_type_leaves_what_is_known_to_be_valid_in_the_test(tmp_path: Path) -> None:
    file = tmp_path / "days.py"
    text = STUB.format(annotation="date", condition="value.year == 2024").replace(
        "take(None)", "take(date(2024, 1, 1))"
    )
    head = '"""Days."""\n\nfrom datetime import date\n\nfrom icontract import ensure, require\n'
    text = text.replace("def take", "@ensure(lambda result: result >= 0)\ndef take")
    file.write_text(head + text, encoding="utf-8")
    tests = write_tests(read_spec(file), {})["tests/test_days.py"]
    assert "st.sampled_from([(date(2024, 1, 1),)])" in tests


def test_an_infinite_bound_is_none_and_one_beyond_all_floats_has_no_strategy(tmp_path: Path) -> None:
    assert read(tmp_path, "list[float]", "all(n <= 1e400 for n in value)") == (
        "st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=10)",
        False,
    )
    with pytest.raises(UnbuildableError, match="beyond all floats"):
        read(tmp_path, "list[float]", "all(n < 10**400 for n in value)")
