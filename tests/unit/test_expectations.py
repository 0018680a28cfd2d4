"""What a tester expects is read as plain data: a call, and the literal or error that stands beside it."""

from __future__ import annotations

import pytest
from test_answers_reading import unit

from swarmwright.agents.expectations import (
    Expectation,
    parse_expectations,
    read_expectations,
    write_expectations,
)

ONE = "total([1])"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("assert total([1]) == 3", "3"),
        ("assert total([1]) == 3, 'the sum'", "3"),
        ("assert total([1]) == -3.5  # the sum", "-3.5"),
        ("assert (total([1]) == 3), 'the sum'", "3"),
        ("assert [3, 'a == b'] == total([1]), 'the sum'", "[3, 'a == b']"),
        ("assert total([1]) is None", "None"),
        ("assert total([1]) == [\n    1,\n    (2, 'a, b'),\n]\nassert x", "[1, (2, 'a, b')]"),
        ("total([1]) -> 3", "3"),
        ("3. `total([1])` -> 3", "3"),
        ("- total([1])  # 3", "3"),
        ("total([1]),  # -> 3 (one)", "3"),
        ("print(total([1]))  # 'a'", "'a'"),
        (">>> total([1])\n3\n>>> total([2])", "3"),
        (">>> total([1])\n[1,\n 2]\n\n3", "[1, 2]"),
        (">>> total([1])  # -> 3\n", "3"),
        ("assert total([1]) == Entry('a', cents=2)", "Entry('a', cents=2)"),
        ("assert total([1]) == {'a': {1, 2}}", "{'a': {1, 2}}"),
        ("total([1])\nassert total([1]) == 3", "3"),
    ],
)
def test_the_result_beside_a_call_is_read(text: str, want: str) -> None:
    assert read_expectations(text, unit())[0] == Expectation(ONE, want)


@pytest.mark.parametrize(
    "text",
    [
        "with pytest.raises(ValueError):\n    total([1])",
        "with pytest.raises(errors.ValueError, match='x'):\n    total([1])",
        "total([1])  # raises ValueError",
        "total([1]) -> raises a ValueError",
        "total([1])  # ValueError",
        ">>> total([1])\nTraceback (most recent call last):\n    ...\nValueError: no",
    ],
)
def test_an_error_beside_a_call_is_read(text: str) -> None:
    assert read_expectations(text, unit()) == (Expectation(ONE, raises="ValueError"),)


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        "assert total([1])",
        "assert total([1]) is not None",
        "assert total([1]) == total([1])",
        "assert total([1]) == 3 or x",
        "assert total([1]) == 1 + 2",
        "assert total([1]) == ...",
        "assert total([1]) == __import__('os').getcwd()",
        "assert total([1]) == [x for x in y]",
        "assert total([1]) == (",
        "assert len(total([1])) == 3",
        "assert -total([1]) == 3",
        "assert 2 * total([1]) == 3",
        "assert abs(total([1]) - 3) < 1",
        "assert total([1]) != 3",
        "assert x == total([1])",
        "assert 3 == total([1]) + 1",
        "assert (3 == total([1]))",
        "total([1])  # 2 elements",
        "total([1])  # 2 - one of them is left",
        ">>> total([1])\n>>> 3",
        ">>> total([1])\nno literal",
        "assert total([1]) == 3\nassert total([1]) == 4\nassert total([1]) == 3",
    ],
)
def test_what_is_no_plain_result_of_the_call_itself_is_an_offered_input(text: str) -> None:
    assert read_expectations(text, unit()) == (Expectation(ONE),)


def test_an_assertion_without_a_result_says_true_of_truth_values_alone() -> None:
    text = "assert total([1])\nassert not total([2])\nassert total([3]) and x\nassert not total([4]) is None"
    wants = [one.want for one in read_expectations(text, unit(returns="bool"))]
    assert wants == ["True", "False", "", ""]


def test_what_is_no_call_of_literals_is_not_read() -> None:
    assert read_expectations("assert total(xs) == 3\nassert total(open('x')) == 1\nsubtotal([1]) == 2", unit()) == ()


def test_at_most_forty_are_read() -> None:
    text = "\n".join(f"assert total([{n}]) == {n}" for n in range(99))
    assert len(read_expectations(text, unit())) == 40


def test_they_are_kept_as_a_doctest_and_read_back() -> None:
    some = (
        Expectation("total(['a\\nb'])", "'>>> x\\ny'"),
        Expectation("total([])"),
        Expectation("total([-1])", raises="ValueError"),
        Expectation("total([2])", "2"),
    )
    text = write_expectations(some)
    assert ">>> total([-1])\nTraceback (most recent call last):\n    ...\nValueError\n" in text
    assert parse_expectations(text) == some
    assert parse_expectations("") == ()
