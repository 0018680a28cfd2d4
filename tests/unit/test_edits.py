"""Which small edits a mender tries: what the specification names, each once, always in the same order."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from swarmwright.colony.edits import variants
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Parameter
from swarmwright.verify.hints import Hints, hints_of

TEXT = Parameter("s", "str", "positional_or_keyword", None)
NUMBER = Parameter("n", "int", "positional_or_keyword", None)
ITEMS = Parameter("xs", "list[int]", "positional_or_keyword", None)
BODY = """
total = 0
for i, c in enumerate(s.strip()):
    if c in "aeiou" and i < n:
        total += 10
return total // 2
"""
HINTS = Hints((5, 88), ("y", "no"), (5,), (TEXT, NUMBER), "int", ("0",), ("ValueError",))


def found(body: str, hints: Hints) -> list[str]:
    return [one.body for one in variants(body, hints, limit=5000)]


def test_every_variant_compiles_and_is_new() -> None:
    bodies = found(BODY, HINTS)
    assert len(bodies) > 80
    assert len(bodies) == len(set(bodies))
    assert ast.unparse(ast.parse(BODY)) not in bodies
    for body in bodies:
        wrapped = "\n".join(["def f(s, n):", *(f"    {line}" for line in body.split("\n"))])
        compile(wrapped, "<variant>", "exec")


def test_the_same_body_gives_the_same_variants_in_the_same_order() -> None:
    first = variants(BODY, HINTS, limit=5000)
    assert variants(BODY, HINTS, limit=5000) == first
    assert variants(BODY, HINTS, limit=40) == first[:40]
    assert variants(BODY, HINTS, limit=0) == ()


@pytest.mark.parametrize(
    ("body", "hints", "wanted"),
    [
        ("pages.sort()\nreturn pages", Hints((), ()), "pages = sorted(pages)\nreturn pages"),
        ("x.sort(key=len)\nreturn x", Hints((), ()), "x = sorted(x, key=len)\nreturn x"),
        ("x.reverse()\nreturn x", Hints((), ()), "x = list(reversed(x))\nreturn x"),
        ("return ','.join(x)", Hints((), ()), "return ', '.join(x)"),
        ("return ' '.join(x)", Hints((), ()), "return ''.join(x)"),
        ("return 10", Hints((88,), ()), "return 88"),
        ("return 10", Hints((-3,), ()), "return -3"),
        ("return n > 9", Hints((20,), (), (20,)), "return n > 20"),
        ("return n > 9", Hints((20,), (), (20,)), "return n > 19"),
        ("return n * 0.9", Hints((15,), ()), "return n * 0.85"),
        ("return s == 'x'", Hints((), ("y",)), "return s == 'y'"),
        ("return s in 'aeiou'", Hints((), ("y",)), "return s in 'aeiouy'"),
        ("return n in (2, 3)", Hints((5,), ()), "return n in (2, 3, 5)"),
        ("return n in (2, 3)", Hints((), ()), "return n in (3,)"),
        ("m = n\nreturn m + m", Hints((), (), (), (NUMBER,)), "m = n\nreturn m + n"),
        ("return n - 2", Hints((), ()), "return 2 - n"),
        ("return n // 2", Hints((), ()), "return -(-n // 2)"),
        ("return n < 2", Hints((), ()), "return n <= 2"),
        ("return n < 2", Hints((), ()), "return n > 2"),
        ("return n > 1 and s", Hints((), ()), "return n > 1"),
        ("return n > 1 and s", Hints((), ()), "return n > 1 and (not s)"),
        ("return s.strip().lower()", Hints((), ()), "return s.strip()"),
        ("return s.strip().lower()", Hints((), ()), "return s.lower()"),
        ("return s", Hints((), (), (), (TEXT,), "str"), "return s.upper()"),
        ("return s", Hints((), (), (), (TEXT,), "str"), "s = s.strip()\nreturn s"),
        ("return sorted(xs)", Hints((), (), (), (ITEMS,), "list[int]"), "return sorted(xs, reverse=True)"),
        ("return n - 9", Hints((0,), (), (0,), (NUMBER,), "int"), "return max(n - 9, 0)"),
        ("return len(xs)", Hints((), (), (), (ITEMS,), "int"), "return len(xs) + 1"),
        ("return max(xs)", Hints((), (), (), (ITEMS,), "int", ("0",)), "if not xs:\n    return 0\nreturn max(xs)"),
        (
            "return max(xs)",
            Hints((), (), (), (ITEMS,), "int", (), ("ValueError",)),
            "if not xs:\n    raise ValueError('xs is empty')\nreturn max(xs)",
        ),
        (
            "if s:\n    return 1\nreturn 2",
            Hints((7,), (), (7,), (TEXT, NUMBER), "int"),
            "if s or n == 7:\n    return 1\nreturn 2",
        ),
    ],
)
def test_what_a_small_model_gets_wrong_is_among_them(body: str, hints: Hints, wanted: str) -> None:
    assert wanted in found(body, hints)


def test_nothing_is_put_first_for_an_empty_input_unless_the_prose_speaks_of_it() -> None:
    assert not any(body.startswith("if not xs") for body in found("return max(xs)", Hints((), (), (), (ITEMS,), "int")))


def test_a_test_within_a_test_is_not_put_into_itself() -> None:
    body = "if any(x for x in xs if x > 1):\n    return 1 if xs else 2\nreturn 3"
    assert "if any((x for x in xs if x > 1)) and xs:" in "\n".join(found(body, Hints((), ())))


def test_a_body_too_deep_to_be_walked_has_no_variants() -> None:
    assert found("return " + "+".join(["x"] * 3000), Hints((), ())) == []


def test_a_body_that_is_no_python_is_refused() -> None:
    with pytest.raises(SyntaxError):
        variants("return (", HINTS, limit=10)


SPEC = '''
import icontract

LIMIT = 77


@icontract.ensure(lambda result: result < 500)
def fee(name: str, weights: list[int], *more: int) -> int | None:
    """Return 12 a kilogram, "express" twice that, rounded; of no weights None. Raises ValueError below -4.

    >>> fee("x", [3])
    36
    >>> fee("y", [9])
    108
    """
    ...
'''


def test_hints_are_what_the_specification_names_and_no_arguments_of_examples(tmp_path: Path) -> None:
    file = tmp_path / "m.py"
    file.write_text(SPEC, encoding="utf-8")
    spec = read_spec(file)
    hints = hints_of(spec, spec.units()[0])
    assert {12, 2, -4, 77, 500} == set(hints.stated)
    assert set(hints.numbers) - set(hints.stated) == {36, 108}
    assert not {3, 9} & set(hints.numbers)
    assert "express" in hints.texts
    assert "x" not in hints.texts
    assert hints.empty_results == ("0", "-1", "None")
    assert hints.errors == ("ValueError",)
    assert hints.rounds
    assert hints.sized == ("name", "weights")
    assert [one.name for one in hints.parameters] == ["name", "weights"]
