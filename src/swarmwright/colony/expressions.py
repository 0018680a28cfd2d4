"""Sub-expressions of function bodies: what can be abstracted over, with what each part was seen to give. Pure."""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

import msgspec

SEEN = "_seen_"
"""The function that an instrumented body tells of each value: its place and the value, which it returns."""
BOUND = ("each", "each2", "each3", "each4")
"""What names that a sub-expression binds itself are called in it, in the order in which they are bound."""
_OPERATIONS = (
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.Subscript,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.JoinedStr,
)
_DISPLAYS = (ast.List, ast.Tuple, ast.Set)
_NOWHERE = (ast.Slice, ast.Starred, ast.Lambda, ast.GeneratorExp, ast.FormattedValue)
BUILTINS = frozenset(dir(builtins))
"""Names that mean the same in every module."""


class Seen(msgspec.Struct, frozen=True):
    """A body, and the kind of what each of its expressions gave on the Unit's inputs.

    Attributes:
        unit: the id of its Unit.
        body: its text.
        names: the Unit's parameters.
        kinds: annotations by place, as ``places`` counts them ("": nothing, or of several kinds).
    """

    unit: str
    body: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]


class Piece:
    """A sub-expression by itself: names that it binds are called alike in all pieces, the free ones are its inputs."""

    __slots__ = ("covers", "free", "root", "size", "unit")

    def __init__(self, unit: str, root: ast.expr, free: tuple[str, ...], covers: frozenset[int]) -> None:
        """Take its Unit, its normal form, its free names, and the places of its operations in the body."""
        self.unit = unit
        self.root = root
        self.free = free
        self.covers = covers
        self.size = operations(root)


def kind_at(node: ast.AST) -> str:
    """Return the annotation of what an expression was seen to give; nothing where that is unknown."""
    return str(vars(node).get("seen", ""))


def operations(node: ast.AST) -> int:
    """Return how many operations an expression has."""
    return sum(map(is_operation, ast.walk(node)))


def is_operation(node: ast.AST) -> bool:
    """Tell whether a node does something, beside naming or holding a value."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        return False
    if isinstance(node, _DISPLAYS):
        return bool(node.elts) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    if isinstance(node, ast.Dict):
        return bool(node.values)
    return isinstance(node, _OPERATIONS)


def places(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield every expression of a body that gives a value, in the order in which it is written."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.pattern):
            continue
        if isinstance(child, ast.expr):
            if _gives(child):
                yield child
            if isinstance(child, ast.Call) and not isinstance(child.func, ast.Name):
                # What a method belongs to gives a value, the method itself is only called.
                yield from _of_call(child)
                continue
            if isinstance(child, ast.Call):
                yield from _of_arguments(child)
                continue
        if isinstance(child, ast.AnnAssign):
            yield from _values(child.target, child.value)
            continue
        if isinstance(child, ast.JoinedStr):
            yield from _values(*(one.value for one in child.values if isinstance(one, ast.FormattedValue)))
            continue
        yield from places(child)


def _of_call(call: ast.Call) -> Iterator[ast.expr]:
    if isinstance(call.func, ast.Attribute):
        yield from _values(call.func.value)
    else:
        yield from places(call.func)
    yield from _of_arguments(call)


def _of_arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from _values(*call.args, *(word.value for word in call.keywords))


def _values(*nodes: ast.expr | None) -> Iterator[ast.expr]:
    for node in nodes:
        if node is not None:
            yield from places(ast.Expr(node))


def _gives(node: ast.expr) -> bool:
    return not isinstance(node, _NOWHERE) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def parse_body(body: str) -> ast.Module | None:
    """Return a body's tree; None where it is no Python."""
    try:
        return ast.parse(body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def instrument(body: str) -> str:
    """Return a body that tells ``SEEN`` what each of its expressions gives, and does the same otherwise.

    Raises:
        ValueError: the body is no Python.
    """
    tree = parse_body(body)
    if tree is None:
        raise ValueError(body)
    numbers = {id(node): number for number, node in enumerate(places(tree))}
    return ast.unparse(ast.fix_missing_locations(_Telling(numbers).visit(tree)))


class _Telling(ast.NodeTransformer):
    def __init__(self, numbers: Mapping[int, int]) -> None:
        self._numbers = numbers

    def generic_visit(self, node: ast.AST) -> ast.AST:
        number = self._numbers.get(id(node))
        super().generic_visit(node)
        if number is None or not isinstance(node, ast.expr):
            return node
        return ast.Call(ast.Name(SEEN, ast.Load()), [ast.Constant(number), node], [])


def pieces(seen: Seen, least: int = 2) -> Iterator[Piece]:
    """Yield the sub-expressions of a body that have so many operations, the larger before what is in them."""
    tree = parse_body(seen.body)
    if tree is None:
        return
    every = list(places(tree))
    for node, kind in zip(every, seen.kinds, strict=False):
        vars(node)["seen"] = kind
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    own = frozenset((*seen.names, *(node.id for node in ast.walk(tree) if _is_bound(node))))
    for node in every:
        if is_operation(node) and operations(node) >= least:
            covers = frozenset(numbers[id(inner)] for inner in ast.walk(node) if is_operation(inner))
            piece = _piece(seen.unit, node, covers, own)
            if piece is not None:
                yield piece


def _is_bound(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _piece(unit: str, node: ast.expr, covers: frozenset[int], own: frozenset[str]) -> Piece | None:
    root = copy.deepcopy(node)
    renaming = _Renaming(own)
    renaming.visit(root)
    if renaming.is_beyond:
        return None
    return Piece(unit, root, tuple(dict.fromkeys(renaming.free)), covers)


class _Renaming(ast.NodeTransformer):
    """Gives the names that an expression binds their common names, and notes those that it does not bind."""

    def __init__(self, own: frozenset[str]) -> None:
        self.free: list[str] = []
        self._own = own
        self.is_beyond = False
        self._bound: list[dict[str, str]] = []
        self._count = 0

    def visit_Name(self, node: ast.Name) -> ast.Name:
        for names in reversed(self._bound):
            if node.id in names:
                node.id = names[node.id]
                return node
        if node.id in self._own or node.id not in BUILTINS:
            self.free.append(node.id)
            self.is_beyond |= node.id in BOUND or node.id in BUILTINS
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        # Only built-in functions are known wherever a piece may be used.
        if isinstance(node.func, ast.Name) and (node.func.id in self._own or node.func.id not in BUILTINS):
            self.is_beyond = True
        return self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.NamedExpr:
        self.is_beyond = True
        return node

    def visit_ListComp(self, node: ast.ListComp) -> ast.expr:
        return self._comprehension(node, node.generators, ("elt",))

    def visit_SetComp(self, node: ast.SetComp) -> ast.expr:
        return self._comprehension(node, node.generators, ("elt",))

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:
        return self._comprehension(node, node.generators, ("elt",))

    def visit_DictComp(self, node: ast.DictComp) -> ast.expr:
        return self._comprehension(node, node.generators, ("key", "value"))

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if node.args.vararg or node.args.kwarg or node.args.defaults or node.args.kw_defaults:
            self.is_beyond = True
            return node
        self._bound.append(self._fresh([one.arg for one in arguments]))
        for one in arguments:
            one.arg = self._bound[-1][one.arg]
        node.body = self.visit(node.body)
        self._bound.pop()
        return node

    def _comprehension(
        self, node: ast.expr, generators: Sequence[ast.comprehension], fields: Sequence[str]
    ) -> ast.expr:
        for number, loop in enumerate(generators):
            loop.iter = self.visit(loop.iter)
            names = [inner.id for inner in ast.walk(loop.target) if isinstance(inner, ast.Name)]
            fresh = self._fresh(names)
            self._bound.append(fresh if not number else {**self._bound.pop(), **fresh})
            loop.target = self.visit(loop.target)
            loop.ifs = [self.visit(one) for one in loop.ifs]
        for field in fields:
            setattr(node, field, self.visit(getattr(node, field)))
        self._bound.pop()
        return node

    def _fresh(self, names: Sequence[str]) -> dict[str, str]:
        found = {}
        for name in names:
            if self._count == len(BOUND):
                self.is_beyond = True
                return {name: name for name in names}
            found[name] = BOUND[self._count]
            self._count += 1
        return found
