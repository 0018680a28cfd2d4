"""Growth: what one step of the interpreter may take for ever over, kept small where bodies are tried.

A limit of time is a signal, and a signal waits until a step is over: a huge power, or the sum of a huge range, is one.
"""

from __future__ import annotations

import ast
from typing import Any

from swarmwright.verify.inside.loading import TooSlow

LONGEST = 100_000
"""The most items that a value may have that is meant, and the most bits of a power."""
_LONGEST_RANGE = 10_000_000
"""A range that is gone through in one step (`sum(range(n))`) takes 0.2 s for so many."""


def is_huge(value: Any) -> bool:
    """Tell whether a value is longer than anything that is meant."""
    return isinstance(value, str | bytes | list | tuple | set | frozenset | dict) and len(value) > LONGEST


def grows(body: str) -> bool:
    """Tell whether a body has powers or shifts, which one changed operand can make endless."""
    return "**" in body or "<<" in body


def kept_small(tree: ast.Module) -> ast.Module:
    """Return the tree with powers and shifts that stay small; it is changed in place, and must know ``KNOWN``."""
    found: ast.Module = _Growing().visit(tree)
    return found


class _Growing(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        name = {ast.Pow: "_power", ast.LShift: "_shift"}.get(type(node.op))
        if name is None or isinstance(node.right, ast.Constant):
            return node
        called = ast.copy_location(ast.Name(name, ast.Load()), node)
        return ast.copy_location(ast.Call(called, [node.left, node.right], []), node)


def _power(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int) and abs(left) > 1 and right * left.bit_length() > LONGEST:
        raise OverflowError
    return left**right


def _shift(left: Any, right: Any) -> Any:
    if isinstance(right, int) and right > LONGEST:
        raise OverflowError
    return left << right


def _range(*ends: int) -> range:
    found = range(*ends)
    if found and (found[-1] - found[0]) // found.step >= _LONGEST_RANGE:
        raise TooSlow
    return found


KNOWN = {"_power": _power, "_shift": _shift}
"""What a tree that is ``kept_small`` names."""
BOUNDED = {"range": _range}
"""What takes a built-in name's place."""
