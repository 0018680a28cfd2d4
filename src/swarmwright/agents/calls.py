"""Reads the calls a tester offers: plain data only, since they are evaluated next to the specification."""

from __future__ import annotations

import ast
import re
import warnings

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
    for start in re.finditer(rf"(?<![\w.]){re.escape(unit.name)}\(", text):
        if len(found) == MOST_CALLS:
            break
        call = _call_at(text[start.start() : start.start() + LONGEST_CALL])
        if call is not None and all(map(_is_plain, [*call.args, *(word.value for word in call.keywords)])):
            found[ast.unparse(call)] = None
    return tuple(found)


def _call_at(text: str) -> ast.Call | None:
    """Parse the call that ``text`` begins with, ended at the bracket that closes it."""
    for close in re.finditer(r"\)", text):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                node = ast.parse(text[: close.end()], mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def _is_plain(node: ast.expr) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.List() | ast.Tuple() | ast.Set():
            return all(map(_is_plain, node.elts))
        case ast.Dict():
            return all(key is not None and _is_plain(key) for key in node.keys) and all(map(_is_plain, node.values))
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant()):
            return True
        case ast.BinOp(left=left, op=ast.Mult(), right=ast.Constant(value=int(times))):
            return 0 <= times <= _WIDEST_REPEAT and isinstance(left, ast.Constant | ast.List) and _is_plain(left)
        case ast.Call(func=ast.Name(id=name)):
            given = [*node.args, *(word.value for word in node.keywords)]
            return (name[:1].isupper() or name in _CONSTRUCTORS) and all(map(_is_plain, given))
        case ast.Attribute(value=ast.Name(id=name)):
            return name[:1].isupper() and not node.attr.startswith("_")
    return False
