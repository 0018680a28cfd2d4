"""Whatever literal a tester writes, the very same value is read; whatever else it writes, reading never fails."""

from __future__ import annotations

import ast
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.agents.expectations import parse_expectations, read_expectations, write_expectations
from swarmwright.spec.values import Location, Parameter, Unit

UNIT = Unit(
    module="m", name="f", parameters=(Parameter("x", "Any", "positional_or_keyword", None),), returns="Any",
    docstring="", prose="", examples=(), contracts=(), decorators=(), uses=(), checked_with=(), evidence="standard",
    head="def f(x):", source="", location=Location("m.py", 1, 1),
)  # fmt: skip
plain = st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=8) | st.binary(max_size=4)
literals: st.SearchStrategy[Any] = st.recursive(
    plain | st.floats(-10, 10),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(plain, inner, max_size=2),
    max_leaves=4,
)


@given(literals, literals)
@settings(deadline=None, max_examples=150)
def test_a_literal_is_read_as_it_was_meant(argument: Any, result: Any) -> None:
    (read,) = read_expectations(f"assert f({argument!r}) == {result!r}, 'so it is'\n", UNIT)
    call = ast.parse(read.call, mode="eval").body
    assert isinstance(call, ast.Call)
    assert ast.literal_eval(call.args[0]) == argument
    assert repr(ast.literal_eval(read.want)) == repr(result)
    assert parse_expectations(write_expectations((read,))) == (read,)


@given(
    st.lists(st.sampled_from(["f(", ")", "[1]", "==", "->", "#", ">>> ", "\n", "assert ", "'", '"""', "3", " ", "\\"]))
)
@settings(deadline=None, max_examples=150)
def test_nonsense_is_read_without_failing(pieces: list[str]) -> None:
    found = read_expectations("".join(pieces), UNIT)
    assert parse_expectations(write_expectations(found)) == found
