"""Mutants of generated bodies: they compile, they differ, and they are the same every time."""

from __future__ import annotations

import ast
import textwrap
import warnings

from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.verify.mutation import mutants

_NAMES = st.sampled_from(["a", "b", "xs", "text"])
_ATOMS = st.one_of(
    _NAMES, st.integers(-3, 300).map(repr), st.sampled_from(["'x'", "''", "True", "None", "[]", "{}", "0.5", "b'y'"])
)

_SIGNS = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", "==", "!=", "in", "is", "and", "or", "&", "<<", "@"]


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, st.sampled_from(_SIGNS), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda e: f"(not {e})"),
        inner.map(lambda e: f"(-{e})"),
        two.map(lambda t: f"f({t[0]}, {t[1]})"),
        two.map(lambda t: f"xs[{t[0]}:{t[1]}]"),
        inner.map(lambda e: f"xs[{e}:]"),
        inner.map(lambda e: f"xs[{e}]"),
        two.map(lambda t: f"[y for y in {t[0]} if {t[1]}]"),
        two.map(lambda t: f"({t[0]} if {t[1]} else b)"),
        inner.map(lambda e: f"f'{{({e.replace(chr(39), chr(34))})}} text'"),
        inner.map(lambda e: f"(lambda q: {e})"),
    )


EXPRESSIONS = st.recursive(_ATOMS, _combined, max_leaves=6)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    block = inner.map(lambda body: textwrap.indent(body, "    "))
    return st.one_of(
        st.tuples(inner, inner).map("\n".join),
        st.tuples(EXPRESSIONS, block).map(lambda t: f"if {t[0]}:\n{t[1]}"),
        st.tuples(EXPRESSIONS, block, block).map(lambda t: f"if {t[0]}:\n{t[1]}\nelse:\n{t[2]}"),
        st.tuples(EXPRESSIONS, block).map(lambda t: f"for i in range({t[0]}):\n{t[1]}\n    continue"),
        st.tuples(EXPRESSIONS, block).map(lambda t: f"while {t[0]}:\n{t[1]}\n    break"),
        block.map(lambda body: f"def g(x):\n{body}"),
        block.map(lambda body: f"try:\n{body}\nexcept ValueError:\n    pass"),
    )


_SIMPLE = st.one_of(
    EXPRESSIONS.map(lambda e: f"return {e}"),
    EXPRESSIONS.map(lambda e: f"a = {e}"),
    EXPRESSIONS.map(lambda e: f"b += {e}"),
    EXPRESSIONS.map(lambda e: f"xs[0] = {e}"),
    EXPRESSIONS.map(lambda e: f"xs.append({e})"),
    EXPRESSIONS.map(lambda e: f"raise ValueError({e})"),
)


def _parses(body: str) -> bool:
    """Tell whether this Python reads it: before 3.12 an f-string inside an f-string cannot repeat its quotes."""
    try:
        ast.parse(body)
    except SyntaxError:
        return False
    return True


BODIES = st.recursive(_SIMPLE, _nested, max_leaves=6).filter(_parses)


@settings(deadline=None, max_examples=150)
@given(BODIES, st.integers(0, 60))
def test_mutants_compile_differ_and_repeat(body: str, limit: int) -> None:
    found = mutants(body, limit=limit)
    assert found == mutants(body, limit=limit)
    assert len(found) <= limit
    dumps = {ast.dump(ast.parse(body))}
    for mutant in found:
        dump = ast.dump(ast.parse(mutant.body))
        assert dump not in dumps
        dumps.add(dump)
        with warnings.catch_warnings():
            # Of "is" with a literal Python warns when it compiles; such bodies come from models too.
            warnings.simplefilter("ignore", SyntaxWarning)
            compile(f"def f(a, b, xs, text):\n{textwrap.indent(mutant.body, '    ')}", "m", "exec")
        assert 1 <= mutant.line <= body.count("\n") + 1
        assert mutant.what


@settings(deadline=None, max_examples=100)
@given(BODIES)
def test_a_small_limit_takes_from_what_a_large_one_finds(body: str) -> None:
    everything = {mutant.body for mutant in mutants(body, limit=10_000)}
    assert {mutant.body for mutant in mutants(body, limit=7)} <= everything
