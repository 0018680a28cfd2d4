"""What the search computes for a piece of Python is what the piece gives: property tests of the inward form."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.colony.expressions import SEEN, Seen, instrument, pieces, places
from swarmwright.colony.genes import block_of
from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.kinds import inward, text_of
from swarmwright.colony.inside.observing import kind_of_value, merged
from swarmwright.colony.inside.steps import FAILED, make_loop

NUMBERS = st.lists(st.integers(-9, 9), min_size=1, max_size=5)
TEXT = st.text("aB 1,", min_size=1, max_size=6)
PIECES: list[tuple[str, dict[str, st.SearchStrategy[Any]]]] = [
    ("max(xs) - min(xs)", {"xs": NUMBERS}),
    ("[x * k for x in xs if x > k]", {"xs": NUMBERS, "k": st.integers(-9, 9)}),
    ("sorted({x % k for x in xs})", {"xs": NUMBERS, "k": st.integers(0, 4)}),
    ("{x: xs.count(x) for x in xs}", {"xs": NUMBERS}),
    ("xs[k:] + [k, 0]", {"xs": NUMBERS, "k": st.integers(-3, 3)}),
    ("xs[k] if xs[0] > k else len(xs)", {"xs": NUMBERS, "k": st.integers(-3, 3)}),
    ("' '.join(s.split(',')).lower()", {"s": TEXT}),
    ("[w[::-1] for w in s.split()]", {"s": TEXT}),
    ("sum(int(c) for c in str(k))", {"k": st.integers(0, 10_000)}),
    ("s * k + s.upper()", {"s": TEXT, "k": st.integers(-1, 5)}),
    ("s.zfill(k) + '!'", {"s": TEXT, "k": st.integers(0, 9)}),
    ("sorted(d.items(), key=lambda p: (-p[1], p[0]))", {"d": st.dictionaries(TEXT, st.integers(0, 3), max_size=4)}),
    ("{w: len(w) for w in set(s.split())}.get(s, k)", {"s": TEXT, "k": st.integers()}),
    ("[x ** k for x in xs]", {"xs": NUMBERS, "k": st.integers(0, 4)}),
    ("list(range(k)) + sorted(xs, reverse=True)", {"xs": NUMBERS, "k": st.integers(-2, 9)}),
    ("f'{s}: {k}' + s", {"s": TEXT, "k": st.integers()}),
    ("[(x, y) for x, y in zip(xs, ys) if x != y]", {"xs": NUMBERS, "ys": NUMBERS}),
    ("dict(zip(xs, ys)).get(k, 0) + k", {"xs": NUMBERS, "ys": NUMBERS, "k": st.integers(-9, 9)}),
    ("[y for x in xss for y in x if y > 0]", {"xss": st.lists(NUMBERS, min_size=1, max_size=3)}),
    ("len(set(s.split()) & set(ws)) if ws else k", {"s": TEXT, "ws": st.lists(TEXT), "k": st.integers()}),
]


def seen_of(text: str, inputs: list[dict[str, Any]]) -> Seen:
    """Return a body with the kinds that its expressions give, found by evaluating each by itself where it is free."""
    body = f"return {text}"
    kinds = []
    scope: dict[str, Any] = {}
    told: dict[int, Any] = {}

    def tell(number: int, value: Any) -> Any:
        kind = kind_of_value(value, {})
        told[number] = merged(told[number], kind) if number in told else kind
        return value

    expression = instrument(body).removeprefix("return ")
    for values in inputs:
        try:
            eval(expression, {SEEN: tell, **scope, **values})
        except (ZeroDivisionError, IndexError, ValueError, KeyError, TypeError):
            continue
    for number, _ in enumerate(places(ast.parse(body))):
        kind = told.get(number)
        kinds.append("" if not kind or "?" in text_of(kind) else text_of(kind))
    return Seen("u", body, tuple(inputs[0]), tuple(kinds))


def computed(production: Production, rows: list[tuple[Any, ...]]) -> list[Any]:
    """Return what the search gives for these parts (None: not to be told from what was there)."""
    loop = make_loop(production, len(rows), {})
    columns: list[Any] = []
    for column in zip(*rows, strict=True):
        columns += [[tuple(inward(value) for value in column)], 0]
    late: list[Any] = []
    new: list[Any] = []
    loop(*columns, set(), new, [], [], [], late, lambda _: False, False)
    found = new or [value for value, *_ in late]
    return list(found[0]) if found else [FAILED] * len(rows)


@pytest.mark.parametrize(("text", "values"), PIECES, ids=[text for text, _ in PIECES])
@given(data=st.data())
@settings(deadline=None, max_examples=6)
def test_a_block_is_computed_as_python_does(
    text: str, values: dict[str, st.SearchStrategy[Any]], data: st.DataObject
) -> None:
    # One rich input says all kinds; the others are anything.
    inputs = [{name: data.draw(one) for name, one in values.items()} for _ in range(3)]
    seen = seen_of(text, inputs)
    for piece in pieces(seen, 2):
        production = block_of(piece)
        if production is None or not set(piece.free) <= set(values):
            continue
        rows = [tuple(one[name] for name in piece.free) for one in inputs]
        for value, row in zip(computed(production, rows), rows, strict=True):
            try:
                wanted = eval(production.python, dict(zip("abc", row, strict=False)))
            except (ZeroDivisionError, IndexError, ValueError, KeyError, TypeError):
                assert value is FAILED
                continue
            assert value is not FAILED
            assert value == inward(wanted), (production, row)


def test_every_piece_here_becomes_a_block_on_rich_inputs() -> None:
    rich = {
        "xs": [3, 1, 2],
        "ys": [4, 1, 0],
        "k": 1,
        "s": "a B,1",
        "d": {"a": 1, "b": 2},
        "xss": [[1], [2, 0]],
        "ws": ["a"],
    }
    blocked = 0
    for text, values in PIECES:
        seen = seen_of(text, [{name: rich[name] for name in values}])
        blocked += any(block_of(piece) for piece in pieces(seen, 2))
    assert blocked == len(PIECES)
