"""Reads the calls a tester offers: plain data only, since they are evaluated next to the specification."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from swarmwright.spec.values import Unit

MOST_CALLS = 40
"""More calls of one answer are not read."""
LONGEST_CALL = 500
"""A longer call (in characters) is not read."""
_WIDEST_REPEAT = 1000
_CONSTRUCTORS = frozenset({"set", "frozenset", "dict", "list", "tuple", "float", "bytes", "bytearray", "date", "range"})


def read_calls(text: str, unit: Unit) -> tuple[str, ...]:
    """Return the distinct calls of ``unit`` in an answer, as Python source, in the order they were written.

    Only calls of literals, containers, repeated literals (``"a" * 100``) and constructors (capitalised names
    and a few builtins) are kept; whatever the answer says about results is dropped.
    """
    found: dict[str, None] = {}
    for _, _, call in find_calls(text, unit):
        found[call] = None
        if len(found) == MOST_CALLS:
            break
    return tuple(found)


def find_calls(text: str, unit: Unit) -> Iterator[tuple[int, int, str]]:
    """Yield where each plain call of ``unit`` begins and ends in ``text``, and the call in its plainest spelling."""
    for start in re.finditer(rf"(?<![\w.]){re.escape(unit.name)}\(", text):
        found = _call_at(text[start.start() : start.start() + LONGEST_CALL])
        if found is not None:
            call, length = found
            if all(map(is_plain, [*call.args, *(word.value for word in call.keywords)])):
                yield start.start(), start.start() + length, ast.unparse(call)


def _call_at(text: str) -> tuple[ast.Call, int] | None:
    """Parse the call that ``text`` begins with, ended at the bracket that closes it; return it and its length."""
    for close in re.finditer(r"\)", text):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                node = ast.parse(text[: close.end()], mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            continue
        return (node, close.end()) if isinstance(node, ast.Call) else None
    return None


def is_plain(node: ast.expr) -> bool:
    """Tell whether an expression is plain data: it may be evaluated beside the specification."""
    match node:
        case ast.Constant():
            return True
        case ast.List() | ast.Tuple() | ast.Set():
            return all(map(is_plain, node.elts))
        case ast.Dict():
            return all(key is not None and is_plain(key) for key in node.keys) and all(map(is_plain, node.values))
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant()):
            return True
        case ast.BinOp(left=left, op=ast.Mult(), right=ast.Constant(value=int(times))):
            return 0 <= times <= _WIDEST_REPEAT and isinstance(left, ast.Constant | ast.List) and is_plain(left)
        case ast.Call(func=ast.Name(id=name)):
            given = [*node.args, *(word.value for word in node.keywords)]
            return (name[:1].isupper() or name in _CONSTRUCTORS) and all(map(is_plain, given))
        case ast.Attribute(value=ast.Name(id=name)):
            return name[:1].isupper() and not node.attr.startswith("_")
    return False
