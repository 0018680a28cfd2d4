"""Reads a sentence of the prose that a tester wrote down as a condition on the arguments and the result.

That models turn sentences into conditions better than into code: Endres et al., "Can large language models transform
natural language intent into formal method postconditions?", FSE 2024 (arXiv 2310.01831).
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from swarmwright.spec.values import Unit
from swarmwright.verify.values import Stated

RESULT = "result"
LONGEST_CONDITION = 300
"""A longer condition (in characters) is not read."""
_MOST = 6
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
_TRUTHS = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Call, ast.IfExp)


def head_of(unit: Unit) -> str:
    """Return the first line of a function that tells whether a sentence was kept: the arguments, then ``result``."""
    head = unit.head[: unit.head.rindex("->")] if "->" in unit.head else unit.head
    inside = head[head.index("(") + 1 : head.rindex(")")].strip().rstrip(",")
    given = f"{inside}, " if inside else ""
    return f"def holds({given}{RESULT}: {unit.returns or 'object'}) -> bool:"


def read_conditions(text: str, unit: Unit) -> tuple[str, ...]:
    """Return what an answer that goes on behind ``return`` demands, cut at each ``and``, in its plainest spelling.

    Left out is what says nothing of the result, and what asks the Unit itself.
    """
    expression = _returned(text)
    if expression is None:
        return ()
    found = dict.fromkeys(ast.unparse(one) for one in _parts(expression) if _is_of_use(one, unit))
    return tuple(one for one in found if len(one) <= LONGEST_CONDITION)[:_MOST]


def _returned(text: str) -> ast.expr | None:
    """Parse as many lines as make an expression."""
    lines = text.rstrip().split("\n")
    for count in range(len(lines), 0, -1):
        source = "\n".join(lines[:count]).removesuffix("```").strip()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(f"({source}\n)", mode="eval").body
        except _UNREADABLE:
            continue
    return None


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield from _parts(value)
    else:
        yield node


def _is_of_use(node: ast.expr, unit: Unit) -> bool:
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    hidden = any(isinstance(inner, ast.Attribute) and inner.attr.startswith("_") for inner in ast.walk(node))
    return isinstance(node, _TRUTHS) and RESULT in names and unit.name not in names and not hidden


def write_statement(statement: Stated) -> str:
    """Return it as text: for people to read, and for ``parse_statement``."""
    return "\n".join((f"# {statement.sentence}", *statement.conditions))


def parse_statement(text: str) -> Stated:
    """Return what ``write_statement`` wrote."""
    first, *conditions = text.split("\n")
    return Stated(first.removeprefix("# "), tuple(conditions))
