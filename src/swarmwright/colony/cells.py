"""Cells: what a body is made of, each with the part that it plays: condition, literal, operator, bound. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Literal

import msgspec

from swarmwright.verify.rewriting import Spot, short, spots

CellKind = Literal["condition", "literal", "operator", "call", "index", "bound", "start", "result", "value", "name"]
_SIGNS = (ast.operator, ast.cmpop, ast.boolop, ast.unaryop)
_UNMOVABLE = (ast.Yield, ast.YieldFrom, ast.Await, ast.NamedExpr, ast.Starred)


class Cell(msgspec.Struct, frozen=True):
    """A token or expression of a body that may be replaced by another.

    Attributes:
        number: its place among the body's cells, in the order of its tree.
        kind: the part that it plays.
        spot: where it stands in the tree that it was read from.
        line: the line of the body, from 1.
        column: the column, from 0; an operator has that of the expression it belongs to.
    """

    number: int
    kind: CellKind
    spot: Spot
    line: int
    column: int

    @property
    def text(self) -> str:
        """The cell as Python writes it, on one line."""
        return sign_of(self.spot.node) if self.kind == "operator" else short(self.spot.node)

    @property
    def is_expression(self) -> bool:
        """Whether it gives a value; an operator gives none of its own."""
        return self.kind != "operator"


def cells_of(tree: ast.Module) -> tuple[Cell, ...]:
    """Return the cells of a body, each before those inside it; equal texts always give equal cells.

    Args:
        tree: the body as ``verify.rewriting.parse`` reads it.
    """
    starts = _starts(tree)
    found: list[Cell] = []
    for spot in spots(tree):
        kind = _kind(spot, starts)
        if kind is not None:
            at = spot.owner if kind == "operator" else spot.node
            found.append(Cell(len(found), kind, spot, at.lineno, at.col_offset))
    return tuple(found)


def sign_of(operator: ast.AST) -> str:
    """Return an operator as it is written."""
    one, other = ast.Name("a", ast.Load()), ast.Name("b", ast.Load())
    tree: ast.expr
    match operator:
        case ast.operator():
            tree = ast.BinOp(one, operator, other)
        case ast.cmpop():
            tree = ast.Compare(one, [operator], [other])
        case ast.boolop():
            tree = ast.BoolOp(operator, [one, other])
        case ast.unaryop():
            return ast.unparse(ast.UnaryOp(operator, one)).removesuffix("a").strip()
        case _:
            return type(operator).__name__
    return ast.unparse(tree)[2:-2]


def _kind(spot: Spot, starts: frozenset[int]) -> CellKind | None:
    node, owner, field = spot.node, spot.owner, spot.field
    if isinstance(node, _SIGNS):
        # The sign of a negative constant is a part of the constant.
        return None if isinstance(owner, ast.UnaryOp) and _is_number(owner) else "operator"
    if not isinstance(node, ast.expr) or not _is_movable(spot):
        return None
    if _is_test(spot):
        return "condition"
    if isinstance(owner, ast.Return):
        return "result"
    if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "range":
        return "bound"
    if isinstance(owner, ast.Subscript | ast.Slice) and field != "value":
        return "index"
    if isinstance(owner, ast.Assign | ast.AnnAssign) and field == "value":
        return "start" if id(owner) in starts else "value"
    return _by_itself(node)


def _by_itself(node: ast.expr) -> CellKind:
    match node:
        case ast.Constant():
            return "literal"
        case ast.UnaryOp() if _is_number(node):
            return "literal"
        case ast.Call():
            return "call"
        case ast.Name():
            return "name"
        case _:
            return "value"


def _is_number(node: ast.AST) -> bool:
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())):
            return True
        case _:
            return False


def _is_movable(spot: Spot) -> bool:
    node, owner, field = spot.node, spot.owner, spot.field
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return False
    if isinstance(owner, ast.Expr) and isinstance(node, ast.Constant):
        return False
    if isinstance(node, ast.Slice | ast.JoinedStr | ast.FormattedValue | ast.Lambda):
        return False
    if field in ("func", "annotation", "target", "targets", "decorator_list"):
        return False
    if isinstance(owner, ast.UnaryOp) and _is_number(owner):
        return False
    return not any(isinstance(one, _UNMOVABLE) for one in ast.walk(node))


def _is_test(spot: Spot) -> bool:
    owner, field = spot.owner, spot.field
    if field == "test" and isinstance(owner, ast.If | ast.IfExp | ast.While):
        return True
    return (isinstance(owner, ast.comprehension) and field == "ifs") or isinstance(owner, ast.BoolOp)


def _starts(tree: ast.Module) -> frozenset[int]:
    """Return the assignments of names that a loop carries on: where such a name begins."""
    carried = {name for loop in ast.walk(tree) if isinstance(loop, ast.For | ast.While) for name in _stored(loop)}
    return frozenset(
        id(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and any(name in carried for name in _stored(node))
    )


def _stored(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
