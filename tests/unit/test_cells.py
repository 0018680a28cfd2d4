"""Cells: what a body is made of, in order, each with its part; what cannot be replaced is none."""

from __future__ import annotations

import ast

import pytest

from swarmwright.colony.cells import cells_of, sign_of
from swarmwright.verify.rewriting import parse

BODY = """
total = 0
for i in range(1, len(xs)):
    if xs[i - 1] > 0 and not done:
        total += -1
return total
"""


def parts(body: str) -> list[tuple[str, str]]:
    return [(cell.kind, cell.text) for cell in cells_of(parse(body))]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("start", "0"),
        ("bound", "1"),
        ("bound", "len(xs)"),
        ("condition", "xs[i - 1] > 0"),
        ("condition", "not done"),
        ("operator", ">"),
        ("operator", "and"),
        ("operator", "not"),
        ("operator", "+"),
        ("index", "i - 1"),
        ("literal", "-1"),
        ("result", "total"),
    ],
)
def test_a_cell_has_the_part_that_it_plays(kind: str, text: str) -> None:
    assert (kind, text) in parts(BODY)


def test_equal_texts_give_equal_cells() -> None:
    again = cells_of(parse(BODY))
    assert [(one.number, one.kind, one.line, one.column) for one in cells_of(parse(BODY))] == [
        (one.number, one.kind, one.line, one.column) for one in again
    ]
    assert [one.number for one in again] == list(range(len(again)))


@pytest.mark.parametrize(
    "body",
    [
        '"""A remark."""',
        "x: int",
        "for x in xs:\n    pass",
        "def inner() -> int:\n    pass",
    ],
)
def test_what_cannot_be_replaced_is_no_cell(body: str) -> None:
    assert all(text in {"xs"} for _, text in parts(body))


def test_nothing_that_waits_or_binds_is_moved() -> None:
    found = parts("if (n := len(xs)) > 1:\n    yield n")
    assert ("condition", "(n := len(xs)) > 1") not in found
    assert ("operator", ">") in found


@pytest.mark.parametrize(
    ("operator", "text"),
    [(ast.Add(), "+"), (ast.NotIn(), "not in"), (ast.Or(), "or"), (ast.Not(), "not"), (ast.USub(), "-")],
)
def test_operators_are_written_as_in_python(operator: ast.AST, text: str) -> None:
    assert sign_of(operator) == text
