"""What kinds of mistakes are made on purpose, and where."""

from __future__ import annotations

import ast

import pytest

from swarmwright.verify.mutation import mutants


def whats(body: str, kind: str) -> list[str]:
    return [mutant.what for mutant in mutants(body, limit=1000) if mutant.kind == kind]


@pytest.mark.parametrize(
    ("body", "kind", "what"),
    [
        ("return a < b", "comparison", "`<` became `<=`"),
        ("return a <= b <= c", "comparison", "`<=` became `<`"),
        ("return a not in b", "comparison", "`not in` became `in`"),
        ("return 1", "constant", "`1` became `2`"),
        ("return 0", "constant", "`0` became `-1`"),
        ("return -5", "constant", "`5` became `6`"),
        ("return True", "constant", "`True` became `False`"),
        ("return 1.5", "constant", "`1.5` became `2.5`"),
        ("return a + b", "arithmetic", "`+` became `-`"),
        ("a //= b\nreturn a", "arithmetic", "`//=` became `*=`"),
        ("return -a", "arithmetic", "`-a` became `a`"),
        ("return a and b", "logic", "`and` became `or`"),
        ("return a and b", "logic", "`b` was dropped from a condition"),
        ("return not a", "logic", "`not a` became `a`"),
        ("if a:\n    return b\nreturn c", "logic", "`a` became `not a`"),
        ("return a[1:]", "index", "the upper bound became `-1`"),
        ("return a[1:]", "index", "`1` became `2`"),
        ("return a[i]", "index", "`i` became `i - 1`"),
        ("return list(range(n))", "index", "`n` became `n + 1`"),
        ("return sorted(a)", "return", "`return sorted(a)` became `return []`"),
        ("return a", "return", "`return a` became `return None`"),
        ("a.append(b)\nreturn a", "removal", "`a.append(b)` was removed"),
        ("a = a.strip()\nreturn a", "removal", "`a = a.strip()` was removed"),
        ("a[b] = 1\nreturn a", "removal", "`a[b] = 1` was removed"),
        ("return [x for x in a if x]", "removal", "`if x` was removed"),
        ("return f(a, b)", "arguments", "`a` and `b` were swapped"),
        ("return max(a)", "call", "`max` became `min`"),
        ("return a.strip()", "call", "`a.strip` became `a.lstrip`"),
        ("return a + 'x'", "string", "`'x'` became `''`"),
        ("return a or b''", "string", "`b''` became `b'x'`"),
    ],
)
def test_a_likely_mistake_is_among_the_mutants(body: str, kind: str, what: str) -> None:
    assert what in whats(body, kind)


def test_a_mutant_changes_one_place_and_says_in_which_line() -> None:
    body = "x = 1\nif a < x:\n    return a\nreturn x"
    (first, *_) = mutants(body, limit=100)
    assert (first.body, first.line, first.kind) == (body.replace("<", "<="), 2, "comparison")


def test_docstrings_and_annotations_are_left_alone() -> None:
    body = "'''Return 5.'''\nx: 'int' = a\nreturn x"
    assert {mutant.kind for mutant in mutants(body, limit=100)} == {"return"}


def test_few_mutants_of_a_long_body_are_of_every_kind() -> None:
    body = "\n".join(f"if a < {n}:\n    return a + {n}" for n in range(100)) + "\nreturn f(a, b)[1:] and 'x'"
    chosen = mutants(body, limit=24)
    assert len(chosen) == 24
    assert {"comparison", "constant", "arithmetic", "logic", "index", "return", "removal", "string"} <= {
        mutant.kind for mutant in chosen
    }
    assert chosen[0].kind == "comparison"
    assert mutants(body, limit=0) == ()


def test_a_body_of_an_async_function_or_a_generator_has_mutants_too() -> None:
    assert mutants("return await f(a, 1)", limit=100)
    assert mutants("yield a + 1", limit=100)


def test_what_is_no_python_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        mutants("return (", limit=5)


def test_mutants_parse_as_they_are_printed() -> None:
    for mutant in mutants("for i in range(-1, n - 1):\n    a[i] = (b, *c)[0]\nreturn f'{a!r:>{n}}' * 2", limit=100):
        assert ast.unparse(ast.parse(mutant.body)) == mutant.body
