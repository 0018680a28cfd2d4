"""Productions over whole numbers and conditions, as numpy computes them: many agents with one instruction.

An expression is compiled twice over. *Quick*: arithmetic wraps around at 64 bits and what divides by zero gives
anything; it serves to tell candidates that behave like an earlier agent, which most do. *Exact*: beside the values it
says where they are what Python gives, within ``LARGEST``; every agent that is kept was computed so.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from swarmwright.colony.grammar import NAMES, Production
from swarmwright.colony.inside.kinds import BOOL, INT, Kind
from swarmwright.colony.inside.steps import LARGEST

Array = NDArray[Any]
Holds = NDArray[np.bool_] | None
"""Where a result is what Python gives; None: nobody asks."""
_Node = Callable[[Sequence[Array], Holds], Array]
_WRAPS = 2.0**62.9
"""Products below it, as floats estimate them, have not wrapped around."""
_MOST_BASE = 1 << 20
_MOST_EXPONENT = 62


class Affine(NamedTuple):
    """A sum of parts, each times a whole number, and a constant."""

    times: tuple[int, ...]
    constant: int


class Vector(NamedTuple):
    """A production's expression for numpy.

    Attributes:
        run: computes it from its parts; given where results hold, it notes there where they do not.
        affine: its factors, where it is no more than a sum.
        choice: which parts are taken and which decides (``a if c else b`` is (0, 1, 2)), where it is no more than that.
    """

    run: _Node
    affine: Affine | None
    choice: tuple[int, int, int] | None


class _UnknownError(Exception):
    """The expression has something that cannot be computed for many agents at once."""


def vector_of(production: Production, takes: Sequence[Kind], gives: Kind) -> Vector | None:
    """Return a production for concrete kinds as numpy computes it; None where it cannot be.

    Args:
        production: the production.
        takes: the kinds of its parts.
        gives: the kind of its result.
    """
    if any(kind not in (INT, BOOL) for kind in (*takes, gives)):
        return None
    tree = ast.parse(production.inner or production.python, mode="eval").body
    kinds = dict(zip(NAMES, takes, strict=False))
    try:
        kind, run = _Compiler(kinds).node(tree)
    except _UnknownError:
        return None
    if kind != gives:
        return None
    return Vector(
        run, _affine(tree, len(takes)) if set(takes) == {INT} and gives == INT else None, _choice(tree, kinds)
    )


def _choice(tree: ast.expr, kinds: dict[str, Kind]) -> tuple[int, int, int] | None:
    match tree:
        case ast.IfExp(ast.Name(test), ast.Name(body), ast.Name(orelse)) if (
            len({test, body, orelse}) == 3 and kinds[body] == INT
        ):
            return NAMES.index(body), NAMES.index(orelse), NAMES.index(test)
        case _:
            return None


def _affine(tree: ast.expr, arity: int) -> Affine | None:
    found = _terms(tree)
    if found is None:
        return None
    factors = [found.get(name, 0) for name in (*NAMES[:arity], "")]
    return Affine(tuple(factors[:-1]), factors[-1]) if max(map(abs, factors)) <= LARGEST else None


def _terms(tree: ast.expr) -> dict[str, int] | None:
    match tree:
        case ast.Name(id=name):
            return {name: 1}
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            return {"": value}
        case ast.UnaryOp(ast.USub(), operand):
            return _scaled(_terms(operand), -1)
        case ast.BinOp(left, ast.Add() | ast.Sub() as op, right):
            one, other = _terms(left), _scaled(_terms(right), -1 if isinstance(op, ast.Sub) else 1)
            if one is None or other is None:
                return None
            return {name: one.get(name, 0) + other.get(name, 0) for name in one | other}
        case ast.BinOp(left, ast.Mult(), right):
            one, other = _terms(left), _terms(right)
            if one is None or other is None:
                return None
            if one.keys() <= {""}:
                return _scaled(other, one.get("", 0))
            return _scaled(one, other.get("", 0)) if other.keys() <= {""} else None
        case _:
            return None


def _scaled(terms: dict[str, int] | None, factor: int) -> dict[str, int] | None:
    return None if terms is None else {name: value * factor for name, value in terms.items()}


class _Compiler:
    """Makes one function of an expression; every method returns the kind of what it computes, too."""

    def __init__(self, kinds: dict[str, Kind]) -> None:
        self._kinds = kinds

    def node(self, tree: ast.expr) -> tuple[Kind, _Node]:
        match tree:
            case ast.Name(id=name) if name in self._kinds:
                place = NAMES.index(name)
                return self._kinds[name], lambda parts, _: parts[place]
            case ast.Constant(value=bool() as truth):
                return BOOL, lambda _, __: np.asarray(truth)
            case ast.Constant(value=int() as value) if abs(value) <= LARGEST:
                return INT, lambda _, __: np.asarray(value, np.int64)
            case ast.UnaryOp(op, operand):
                return self._turned(op, operand)
            case ast.BinOp(left, op, right):
                return self._arithmetic(left, op, right)
            case ast.BoolOp(op, values):
                return self._together(isinstance(op, ast.And), [self.of(BOOL, value) for value in values])
            case ast.Compare(left, ops, comparators):
                return self._compared(ops, [left, *comparators])
            case ast.IfExp(test, body, orelse):
                return self._chosen(self.of(BOOL, test), self.node(body), self.node(orelse))
            case ast.Call(ast.Name(function), arguments, []):
                return self._called(function, arguments)
            case _:
                raise _UnknownError

    def of(self, kind: Kind, tree: ast.expr) -> _Node:
        """Return the function of an expression that must be of a kind."""
        found, run = self.node(tree)
        if found != kind:
            raise _UnknownError
        return run

    def _turned(self, op: ast.unaryop, operand: ast.expr) -> tuple[Kind, _Node]:
        if isinstance(op, ast.Not):
            truth = self.of(BOOL, operand)
            return BOOL, lambda parts, holds: np.logical_not(truth(parts, holds))
        run = self.of(INT, operand)
        if isinstance(op, ast.USub):
            return INT, lambda parts, holds: np.negative(run(parts, holds))
        raise _UnknownError

    def _arithmetic(self, left: ast.expr, op: ast.operator, right: ast.expr) -> tuple[Kind, _Node]:
        one, other = self.of(INT, left), self.of(INT, right)
        operation = _OPERATIONS.get(type(op))
        if operation is None:
            raise _UnknownError
        return INT, lambda parts, holds: operation(one(parts, holds), other(parts, holds), holds)

    def _together(self, both: bool, nodes: Sequence[_Node]) -> tuple[Kind, _Node]:
        def run(parts: Sequence[Array], holds: Holds) -> Array:
            found = nodes[0](parts, holds)
            for node in nodes[1:]:
                # What stands behind is not looked at where what stands before decides.
                own = None if holds is None else np.ones_like(holds)
                more = node(parts, own)
                if holds is not None and own is not None:
                    holds &= own | (np.logical_not(found) if both else found)
                found = (found & more) if both else (found | more)
            return found

        return BOOL, run

    def _compared(self, ops: Sequence[ast.cmpop], trees: Sequence[ast.expr]) -> tuple[Kind, _Node]:
        nodes = [self.node(tree) for tree in trees]
        compares = [_COMPARES.get(type(op)) for op in ops]
        if len({kind for kind, _ in nodes}) > 1 or len(nodes) != 2 or compares[0] is None:
            raise _UnknownError
        compare, one, other = compares[0], nodes[0][1], nodes[1][1]
        return BOOL, lambda parts, holds: compare(one(parts, holds), other(parts, holds))

    def _chosen(self, test: _Node, body: tuple[Kind, _Node], orelse: tuple[Kind, _Node]) -> tuple[Kind, _Node]:
        if body[0] != orelse[0]:
            raise _UnknownError

        def run(parts: Sequence[Array], holds: Holds) -> Array:
            decides = test(parts, holds)
            yes, no = (None, None) if holds is None else (np.ones_like(holds), np.ones_like(holds))
            found = np.where(decides, body[1](parts, yes), orelse[1](parts, no))
            if holds is not None and yes is not None and no is not None:
                holds &= np.where(decides, yes, no)
            return found

        return body[0], run

    def _called(self, function: str, arguments: Sequence[ast.expr]) -> tuple[Kind, _Node]:
        if function == "int" and len(arguments) == 1:
            truth = self.of(BOOL, arguments[0])
            return INT, lambda parts, holds: truth(parts, holds).astype(np.int64)
        nodes = [self.of(INT, argument) for argument in arguments]
        if function in ("min", "max") and len(nodes) > 1:
            pick: np.ufunc = np.minimum if function == "min" else np.maximum

            def least(parts: Sequence[Array], holds: Holds) -> Array:
                found = nodes[0](parts, holds)
                for node in nodes[1:]:
                    found = pick(found, node(parts, holds))
                return found

            return INT, least
        if function == "abs" and len(nodes) == 1:
            return INT, lambda parts, holds: np.abs(nodes[0](parts, holds))
        if function == "_power" and len(nodes) == 2:
            return INT, lambda parts, holds: _power(nodes[0](parts, holds), nodes[1](parts, holds), holds)
        raise _UnknownError


def _bounded(found: Array, holds: Holds) -> Array:
    if holds is not None:
        # The lowest number has no absolute value and stays what it is: read without a sign, it is too large.
        holds &= np.abs(found).view(np.uint64) <= LARGEST
    return found


def _add(one: Array, other: Array, holds: Holds) -> Array:
    # Two numbers within the limit wrap around to the lowest number at worst, which is outside of it.
    return _bounded(np.add(one, other), holds)


def _subtract(one: Array, other: Array, holds: Holds) -> Array:
    return _bounded(np.subtract(one, other), holds)


def _multiply(one: Array, other: Array, holds: Holds) -> Array:
    if holds is not None:
        holds &= np.abs(np.multiply(one, other, dtype=np.float64)) < _WRAPS
    return _bounded(np.multiply(one, other), holds)


def _divide(one: Array, other: Array, holds: Holds) -> Array:
    if holds is not None:
        holds &= other != 0
    return np.floor_divide(one, other)


def _remainder(one: Array, other: Array, holds: Holds) -> Array:
    # Dividing and multiplying is quicker than numpy's own remainder.
    return np.subtract(one, np.multiply(_divide(one, other, holds), other))


def _power(base: Array, exponent: Array, holds: Holds) -> Array:
    allowed = (exponent >= 0) & (exponent <= _MOST_EXPONENT) & (np.abs(base) <= _MOST_BASE)
    if holds is not None:
        estimate = np.power(base.astype(np.float64), np.where(allowed, exponent, 0))
        holds &= allowed & (np.abs(estimate) < _WRAPS)
    return _bounded(np.power(base, np.where(allowed, exponent, 0)), holds)


_OPERATIONS: dict[type[ast.operator], Callable[[Array, Array, Holds], Array]] = {
    ast.Add: _add,
    ast.Sub: _subtract,
    ast.Mult: _multiply,
    ast.FloorDiv: _divide,
    ast.Mod: _remainder,
}
_COMPARES: dict[type[ast.cmpop], np.ufunc] = {
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
}
