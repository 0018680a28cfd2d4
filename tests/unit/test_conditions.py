"""A tester's answer goes on behind ``return`` and is read as conditions on the arguments and the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.agents.conditions import head_of, parse_statement, read_conditions, write_statement
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Unit
from swarmwright.verify.values import Stated

SPEC = """
def factors(number: int, *, most: tuple[int, int] = (1, 2)) -> list[int]:
    \"\"\"Return the prime factors.

    >>> factors(4)
    [2]
    \"\"\"
    ...
"""


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    file = tmp_path / "m.py"
    file.write_text(SPEC, encoding="utf-8")
    return read_spec(file).units()[0]


def test_the_head_names_the_arguments_and_then_the_result(unit: Unit) -> None:
    assert head_of(unit) == ("def holds(number: int, *, most: tuple[int, int] = (1, 2), result: list[int]) -> bool:")


@pytest.mark.parametrize(
    ("answer", "conditions"),
    [
        (" result.count(2) <= 1", ("result.count(2) <= 1",)),
        (" result.count(2) <= 1 and sum(result) == number", ("result.count(2) <= 1", "sum(result) == number")),
        (" not result or \\\n        result[0] == 2\n", ("not result or result[0] == 2",)),
        (" (result == [2]\n            or number > 2)\n```\nThis is it.", ("result == [2] or number > 2",)),
        (" result == factors(number)", ()),
        (" number > 1", ()),
        (" result.__class__ == list", ()),
        (" result", ()),
        (" True", ()),
        (" if number: return", ()),
        ("", ()),
        (" len(result) > 0 and len(result) > 0", ("len(result) > 0",)),
    ],
)
def test_conditions_are_cut_at_and_and_kept_where_they_speak_of_the_result(
    unit: Unit, answer: str, conditions: tuple[str, ...]
) -> None:
    assert read_conditions(answer, unit) == conditions


def test_a_statement_is_text_and_back() -> None:
    statement = Stated("The factor 2 stands there once.", ("result.count(2) <= 1", "len(result) > 0"))
    assert parse_statement(write_statement(statement)) == statement
    assert parse_statement(write_statement(Stated("Nothing.", ()))) == Stated("Nothing.", ())
