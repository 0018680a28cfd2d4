"""Mutants: small, likely mistakes made on purpose, to learn whether the checks could have caught them.

Pure; works on the tree of a body. The same body always gives the same mutants in the same order.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator
from typing import Any, Literal, Self

import msgspec

from swarmwright.verify.rewriting import Spot, compiled, parse, replaced, short, spots

Kind = Literal[
    "comparison", "constant", "arithmetic", "logic", "index", "return", "removal", "arguments", "call", "string"
]


class Mutant(msgspec.Struct, frozen=True):
    """One changed body: what kind of change, in which line of the body, and what it was in words."""

    body: str
    kind: Kind
    line: int
    what: str


class Change(msgspec.Struct, frozen=True):
    """A mutant that is not written yet: ``new`` in the place of what stands in ``owner.field`` (at ``index``)."""

    kind: Kind
    node: Any
    owner: Any
    field: str
    index: int | None
    new: Any
    what: str


_KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.MatMult: ast.Mult,
}
_SIGNS: dict[type[ast.AST], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.MatMult: "@",
    ast.And: "and",
    ast.Or: "or",
}
_TWINS = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "startswith": "endswith",
    "endswith": "startswith",
    "lower": "upper",
    "upper": "lower",
    "strip": "lstrip",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "find": "rfind",
    "rfind": "find",
    "split": "rsplit",
    "rsplit": "split",
    "ceil": "floor",
    "floor": "ceil",
    "append": "extend",
    "isalpha": "isalnum",
    "isalnum": "isalpha",
    "isdigit": "isalnum",
}
_REMOVABLE = (ast.AugAssign, ast.Expr, ast.If, ast.For, ast.While, ast.Continue, ast.Break, ast.Raise, ast.Delete)


def mutants(body: str, *, limit: int) -> tuple[Mutant, ...]:
    """Return at most ``limit`` mutants of a body, comparisons and constants first.

    Each compiles, no two are the same, and none is the body itself. Where there are more than ``limit``, every
    kind of change has its share.

    Args:
        body: Dedented statements, as they stand in a function.
        limit: The most to return.

    Raises:
        SyntaxError: the body cannot be parsed.
    """
    tree = parse(body)
    seen = {ast.dump(tree)}
    by_kind: dict[Kind, list[Mutant]] = {kind: [] for kind in _KINDS}
    for edit in list(_edits(tree)):
        if len(by_kind[edit.kind]) < limit:
            text = _applied(tree, edit)
            mutated = compiled(text)
            if mutated is not None and (dump := ast.dump(mutated)) not in seen:
                seen.add(dump)
                by_kind[edit.kind].append(Mutant(text, edit.kind, _line(edit.node), edit.what))
    rounds = itertools.zip_longest(*by_kind.values())
    chosen = list(itertools.islice((one for turn in rounds for one in turn if one is not None), max(limit, 0)))
    return tuple(sorted(chosen, key=lambda one: _KINDS.index(one.kind)))


def changes(tree: ast.Module) -> list[Change]:
    """Return what all mutants of a body change, in their order; some give no Python, or the same text as others."""
    return sorted(_edits(tree), key=lambda edit: _KINDS.index(edit.kind))


def _line(node: ast.AST) -> int:
    return next(one.lineno for one in ast.walk(node) if isinstance(one, ast.stmt | ast.expr))


def _applied(tree: ast.Module, edit: Change) -> str:
    return replaced(tree, edit.owner, edit.field, edit.index, edit.new)


class _Place(Spot, frozen=True):
    """A spot that knows how to say what became of it."""

    @classmethod
    def at(cls, spot: Spot) -> Self:
        return cls(*msgspec.structs.astuple(spot))

    def edit(self, kind: Kind, new: ast.AST, what: str = "") -> Change:
        said = what or f"`{short(self.node)}` became `{short(new)}`"
        return Change(kind, self.node, self.owner, self.field, self.index, new, said)

    def inner(self, kind: Kind, field: str, index: int | None, new: Any, what: str) -> Change:
        return Change(kind, self.node, self.node, field, index, new, what)


def _edits(tree: ast.Module) -> Iterator[Change]:
    for place in map(_Place.at, spots(tree)):
        for find in _FINDERS:
            yield from find(place)


def _comparisons(place: _Place) -> Iterator[Change]:
    if isinstance(place.node, ast.Compare):
        for index, operator in enumerate(place.node.ops):
            for other in _COMPARISONS[type(operator)]:
                what = f"`{_SIGNS[type(operator)]}` became `{_SIGNS[other]}`"
                yield place.inner("comparison", "ops", index, other(), what)


def _constants(place: _Place) -> Iterator[Change]:
    kind: Kind = "index" if place.in_index else "constant"
    match place.node:
        case ast.Constant(value=bool(value)):
            yield place.edit(kind, ast.Constant(not value))
        case ast.Constant(value=int(value) | float(value)):
            yield place.edit(kind, _number(value + 1))
            yield place.edit(kind, _number(value - 1))
        case ast.Constant(value=str(value)) if not isinstance(place.owner, ast.Expr):
            yield place.edit("string", ast.Constant("" if value else "x"))
        case ast.Constant(value=bytes(value)) if not isinstance(place.owner, ast.Expr):
            yield place.edit("string", ast.Constant(b"" if value else b"x"))
        case _:
            pass


def _number(value: float) -> ast.expr:
    return ast.UnaryOp(ast.USub(), ast.Constant(-value)) if value < 0 else ast.Constant(value)


def _arithmetic(place: _Place) -> Iterator[Change]:
    if isinstance(place.node, ast.BinOp | ast.AugAssign):
        other = _OPERATORS[type(place.node.op)]
        ending = "=" if isinstance(place.node, ast.AugAssign) else ""
        what = f"`{_SIGNS[type(place.node.op)]}{ending}` became `{_SIGNS[other]}{ending}`"
        yield place.inner("arithmetic", "op", None, other(), what)
    elif isinstance(place.node, ast.UnaryOp) and isinstance(place.node.op, ast.USub | ast.Invert):
        yield place.edit("arithmetic", place.node.operand)


def _logic(place: _Place) -> Iterator[Change]:
    match place.node:
        case ast.BoolOp(op=operator, values=values):
            other: ast.boolop = ast.Or() if isinstance(operator, ast.And) else ast.And()
            what = f"`{_SIGNS[type(operator)]}` became `{_SIGNS[type(other)]}`"
            yield place.inner("logic", "op", None, other, what)
            for index, dropped in enumerate(values):
                rest = [*values[:index], *values[index + 1 :]]
                new = rest[0] if len(rest) == 1 else ast.BoolOp(operator, rest)
                yield place.edit("logic", new, f"`{short(dropped)}` was dropped from a condition")
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield place.edit("logic", operand)
        case ast.If(test=test) | ast.IfExp(test=test):
            negated = ast.UnaryOp(ast.Not(), test)
            yield place.inner("logic", "test", None, negated, f"`{short(test)}` became `{short(negated)}`")
        case _:
            pass


def _indices(place: _Place) -> Iterator[Change]:
    match place.node:
        case ast.Slice(lower=lower, upper=upper):
            yield from _bound(place, "lower", None, lower, ast.Constant(1))
            yield from _bound(place, "upper", None, upper, _number(-1))
        case ast.Call(func=ast.Name(id="range"), args=arguments):
            for index, argument in enumerate(arguments[:2]):
                yield from _bound(place, "args", index, argument, argument)
        case ast.Subscript(slice=ast.Name() | ast.BinOp() as inner, ctx=ast.Load()):
            yield from _bound(place, "slice", None, inner, inner)
        case _:
            pass


def _bound(place: _Place, field: str, index: int | None, old: ast.expr | None, absent: ast.expr) -> Iterator[Change]:
    if old is None:
        yield place.inner("index", field, index, absent, f"the {field} bound became `{short(absent)}`")
    elif not isinstance(old, ast.Constant):
        for operator in (ast.Add(), ast.Sub()):
            new = ast.BinOp(old, operator, ast.Constant(1))
            yield place.inner("index", field, index, new, f"`{short(old)}` became `{short(new)}`")


def _returns(place: _Place) -> Iterator[Change]:
    if isinstance(place.node, ast.Return) and place.node.value is not None:
        old = place.node.value
        new = _empty_like(old)
        yield place.inner("return", "value", None, new, f"`return {short(old)}` became `return {short(new)}`")


def _empty_like(value: ast.expr) -> ast.expr:
    match value:
        case ast.List() | ast.ListComp() | ast.Call(func=ast.Name(id="list" | "sorted")):
            return ast.List([], ast.Load())
        case ast.Dict() | ast.DictComp() | ast.Call(func=ast.Name(id="dict")):
            return ast.Dict([], [])
        case ast.JoinedStr() | ast.Call(func=ast.Name(id="str")) | ast.Call(func=ast.Attribute(attr="join")):
            return ast.Constant("")
        case ast.Tuple() | ast.Call(func=ast.Name(id="tuple")):
            return ast.Tuple([], ast.Load())
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return ast.Constant(False)
        case _:
            return ast.Constant(None)


def _removals(place: _Place) -> Iterator[Change]:
    node = place.node
    if isinstance(node, ast.stmt) and (isinstance(node, _REMOVABLE) or _reassigns(node)) and not _is_remark(node):
        yield place.edit("removal", ast.Pass(), f"`{short(node)}` was removed")
    if isinstance(node, ast.If | ast.For | ast.While) and node.orelse:
        yield place.inner("removal", "orelse", None, [], "an else branch was removed")
    if isinstance(node, ast.comprehension) and node.ifs:
        yield place.inner("removal", "ifs", None, [], f"`if {short(node.ifs[0])}` was removed")


def _reassigns(node: ast.stmt) -> bool:
    """Whether it assigns to an item or attribute, or to a name that its own value reads."""
    if not isinstance(node, ast.Assign):
        return False
    read = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
    return any(
        one.id in read if isinstance(one, ast.Name) else not isinstance(one, ast.Tuple | ast.List)
        for one in node.targets
    )


def _is_remark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _arguments(place: _Place) -> Iterator[Change]:
    match place.node:
        case ast.Call(args=[first, second, *rest]) if not isinstance(first, ast.Starred | ast.GeneratorExp):
            if not isinstance(second, ast.Starred):
                what = f"`{short(first)}` and `{short(second)}` were swapped"
                yield place.inner("arguments", "args", None, [second, first, *rest], what)
        case _:
            pass


def _calls(place: _Place) -> Iterator[Change]:
    match place.node:
        case ast.Call(func=ast.Name(id=name) as function) if name in _TWINS:
            new: ast.expr = ast.Name(_TWINS[name], ast.Load())
        case ast.Call(func=ast.Attribute(value=value, attr=name) as function) if name in _TWINS:
            new = ast.Attribute(value, _TWINS[name], ast.Load())
        case _:
            return
    yield place.inner("call", "func", None, new, f"`{short(function)}` became `{short(new)}`")


_FINDERS: tuple[Callable[[_Place], Iterator[Change]], ...] = (
    _comparisons,
    _constants,
    _arithmetic,
    _logic,
    _indices,
    _returns,
    _removals,
    _arguments,
    _calls,
)
