"""What a specification's text mentions: constants worth trying, and numbers that a body must hold in some form."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec
from swarmwright.verify.mentions import mentioned, numbers_in, signs_in, unused_numbers
from swarmwright.verify.records import records_of


def spec_of(path: Path, prose: str, given: str = "", example: str = "f(1)") -> Spec:
    file = path / "said.py"
    file.write_text(f'{given}\n\ndef f(n: int) -> int:\n    """{prose}\n\n    >>> {example}\n    2\n    """\n    ...\n')
    return read_spec(file)


@pytest.mark.parametrize(
    ("prose", "numbers"),
    [
        ("From 8000 to 30,000 it is 12.5 percent.", (8000, 30000, 12.5)),
        ("Between -3 and 4, both included", (-3, 4)),
        ("x2 and v1.2.3 are names", ()),
        ("1_000 at most", (1000,)),
        ("No numbers.", ()),
    ],
)
def test_numbers_are_read_as_people_write_them(prose: str, numbers: tuple[float, ...]) -> None:
    assert numbers_in(prose) == numbers


def test_constants_of_prose_and_given_code_are_worth_trying(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, 'Three words, 17 or "zebra".', 'LIMIT = 4321\nKINDS = ("in", "out")')
    found = mentioned(spec, spec.units()[0])
    assert {"17", "3", "'zebra'", "4321", "'in'", "'out'"} <= set(found)


@pytest.mark.parametrize(
    ("prose", "body", "unused"),
    [
        ("From 75 on it is B.", "return n >= 80", (75,)),
        ("From 75 on it is B.", "return n >= 75", ()),
        ("Above 75 it is B.", "return n >= 76", ()),
        ("Take 15 percent off.", "return n * 0.85", ()),
        ("Take 15 percent off.", "return n * 0.8", (15,)),
        ("Read what is like the texts '1h30m' and `45`.", "return n", ()),
        ("Read durations, for example 45 of 90.", "return n", ()),
        ("The sequence 2, 5, 8, 11 goes on by three.", "return 3 * n - 1", ()),
        ("Escape as in RFC 3986.", "return n", ()),
        ("The zero of f(25) counts.", "return n", ()),
        ("At most 4321 of them.", "return min(n, LIMIT)", ()),
        ("The year 7 counts.", "return n", ()),
        ("Each letter costs 2.", "return n + 1", (2,)),
        ("Each letter costs 2.", "return 2 * n", ()),
        ("Each letter costs 2.", "return len(str(n)) + n + len(str(n))", ()),
        ("Each letter costs 2.", "return n + len(str(n)) + 1 + 1", (2,)),
        ("Each letter costs 2.", "return n * n", (2,)),
        ("Each letter costs 2.", "x2 = n  # a 2D array\nreturn x2", (2,)),
        ("Each letter costs 3, and f shows a 3.", "return n + 10", (3,)),
        ("f of 9 => 45, and 44 -> 46.", "return n", (9, 44)),
        ("The digits of 1000 are taken, the output will be 45.", "return n", (1000,)),
        ("Given 2 words, join them.", "return n", ()),
        ("A letter stands for a number: B (=decimal 11), D (=decimal 13).", "return n", ()),
    ],
)
def test_a_number_of_the_prose_that_nothing_holds_is_named(
    tmp_path: Path, prose: str, body: str, unused: tuple[float, ...]
) -> None:
    spec = spec_of(tmp_path, prose, "LIMIT = 4321", example="f(7)")
    assert unused_numbers(spec, spec.units()[0], (body,)) == unused


def test_fields_are_read_with_those_of_their_bases(tmp_path: Path) -> None:
    given = "class A:\n    x: float\n\nclass B(A):\n    y: 'list[float]'\n    class C:\n        z: int"
    records = records_of(spec_of(tmp_path, "Nothing.", given))
    assert records["said.B"] == {"x": "float", "y": "'list[float]'"}
    assert records["said.B.C"] == {"z": "int"}


@pytest.mark.parametrize(
    ("prose", "signs"),
    [
        ('What stands behind "://", up to the next slash.', ("://", "/")),
        ("Commas and a semicolon part them; 'x' and \"word\" do not.", (",", ";")),
        ("It isn't a sign, and it's no colonel.", ()),
        ("Such as '=' or ':'. A hyphen is one.", ("-",)),
        ("Brackets are '(' and ')'.", ("(", ")")),
    ],
)
def test_signs_that_prose_quotes_or_names(prose: str, signs: tuple[str, ...]) -> None:
    assert tuple(signs_in(prose)) == signs
