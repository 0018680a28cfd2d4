"""The table of stability counts what was found, right and wrong, by the examples that it hangs on."""

from __future__ import annotations

import pytest
from benchmarks.colony.__main__ import main
from benchmarks.colony.stability import Row, table


def row(support: int, *, right: bool, sure: bool = True, doubt: str = "", votes: bool = True) -> Row:
    return Row("u", 6, support, 9.0, sure, doubt, votes, right)


def test_first_bodies_are_counted_by_their_support() -> None:
    rows = [
        row(0, right=True),
        row(0, right=True, sure=False),
        row(1, right=False),
        row(7, right=False, sure=False, votes=False),
        row(0, right=False, doubt="leaves something unread", votes=False),
    ]
    lines = table(rows).splitlines()
    assert lines[2] == "| 0 | 1 / 0 | 1 / 0 |"
    assert lines[3] == "| 1 | 0 / 1 | 0 / 0 |"
    assert lines[6] == "| 4 or more | 0 / 0 | 0 / 1 |"
    assert lines[-2:] == [
        "5 first bodies, 1 of them doubtful by their text and left out above.",
        "By the rules of now 3 may vote; 1 of them are wrong.",
    ]


def test_a_set_that_there_is_not_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stability", "--sets", "fresh,frehs"]) == 2
    assert "There is no set 'frehs'" in capsys.readouterr().err
