"""Reads preconditions, as far as they can be read, into bounds from which inputs are made directly.

What cannot be read is left to filtering with the real predicate, so a wrong guess here costs time, never truth.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_METHOD_ALPHABETS = {
    "isalpha": LETTERS,
    "isdigit": "0123456789",
    "isdecimal": "0123456789",
    "isnumeric": "0123456789",
    "isalnum": LETTERS + "0123456789",
    "islower": "abcdefghijklmnopqrstuvwxyz",
    "isupper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "isspace": " \t\n",
    "isidentifier": LETTERS + "_",
}
_MIRROR = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}
_NEGATED = {"lt": "ge", "gt": "le", "le": "gt", "ge": "lt", "eq": "ne", "ne": "eq"}
_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Is: "eq",
    ast.IsNot: "ne",
}
_MAX_CHARACTER_SPAN = 2048

Evaluate = Callable[[ast.expr], Any]
"""Evaluates an expression that names no parameter; raises where it cannot."""


@dataclass
class Bounds:
    """What a value must satisfy: numbers between ``low`` and ``high``, sizes, alphabets, elements, fields."""

    low: Any = None
    high: Any = None
    low_open: bool = False
    high_open: bool = False
    choices: list[Any] | None = None
    excluded: list[Any] = field(default_factory=list)
    min_size: int = 0
    max_size: int | None = None
    alphabet: str | None = None
    pattern: str | None = None
    unique: bool = False
    ordered: bool = False
    finite: bool = False
    truthy: bool = False
    element: Bounds | None = None
    item: Bounds | None = None
    fields: dict[str, Bounds] = field(default_factory=dict)

    def elements(self) -> Bounds:
        """Return the bounds of the elements (or of a mapping's keys), made when first asked for."""
        if self.element is None:
            self.element = Bounds()
        return self.element

    def items(self) -> Bounds:
        """Return the bounds of a mapping's values, made when first asked for."""
        if self.item is None:
            self.item = Bounds()
        return self.item

    def attribute(self, name: str) -> Bounds:
        """Return the bounds of an attribute, made when first asked for."""
        return self.fields.setdefault(name, Bounds())

    def whole(self) -> tuple[int | None, int | None]:
        """Return the least and the greatest integer within the bounds, None where there is no such bound."""
        low = None if self.low is None else math.ceil(self.low)
        high = None if self.high is None else math.floor(self.high)
        if low is not None and self.low_open and low == self.low:
            low += 1
        if high is not None and self.high_open and high == self.high:
            high -= 1
        return low, high

    def characters(self) -> str | None:
        """Return the characters that text may hold, or None where any."""
        if self.alphabet is not None:
            return self.alphabet
        if self.element is None:
            return None
        if self.element.choices is not None:
            return "".join(dict.fromkeys(c for c in self.element.choices if isinstance(c, str) and len(c) == 1))
        if self.element.alphabet is not None:
            return self.element.alphabet
        return _span(self.element)

    def restrict(self, characters: str) -> None:
        """Allow only these characters (besides what was demanded before)."""
        known = self.alphabet
        self.alphabet = characters if known is None else "".join(c for c in known if c in characters)

    def choose(self, values: Iterable[Any]) -> None:
        """Allow only these values (besides what was demanded before)."""
        listed = list(values)
        self.choices = listed if self.choices is None else [v for v in self.choices if v in listed]

    def limit(self, operator: str, value: Any) -> None:
        """Take in ``self operator value``, where operator is one of lt, le, gt, ge, eq, ne."""
        if operator == "eq":
            self.choose([value])
        elif operator == "ne":
            self.excluded.append(value)
            if value in ("", [], (), {}):
                self.min_size = max(self.min_size, 1)
        elif operator in ("gt", "ge"):
            if self.low is None or value >= self.low:
                self.low, self.low_open = value, operator == "gt"
        elif self.high is None or value <= self.high:
            self.high, self.high_open = value, operator == "lt"

    def limit_size(self, operator: str, value: int) -> None:
        """Take in ``len(self) operator value``."""
        if operator in ("gt", "ge", "eq"):
            self.min_size = max(self.min_size, value + (operator == "gt"))
        if operator in ("lt", "le", "eq"):
            top = value - (operator == "lt")
            self.max_size = top if self.max_size is None else min(self.max_size, top)
        if operator == "ne" and value == 0:
            self.min_size = max(self.min_size, 1)


@dataclass(frozen=True)
class Term:
    """A parameter itself, or its size."""

    kind: Literal["value", "size"]
    name: str


@dataclass(frozen=True)
class Relation:
    """A condition between two parameters: lt, le, eq, ne, or in."""

    left: Term
    operator: str
    right: Term


class Reading:
    """The bounds of each parameter and the relations between them, as read from conditions."""

    def __init__(self, parameters: Iterable[str], evaluate: Evaluate) -> None:
        """Start with nothing known; ``evaluate`` folds what names no parameter."""
        self.bounds: dict[str, Bounds] = {name: Bounds() for name in parameters}
        self.relations: list[Relation] = []
        self._evaluate = evaluate

    def take(self, condition: ast.expr, scope: dict[str, Bounds] | None = None) -> None:
        """Take in one condition that must be true."""
        names = self.bounds if scope is None else scope
        try:
            self._take(condition, names)
        except (TypeError, ValueError, AttributeError, OverflowError):
            return

    def _take(self, node: ast.expr, scope: dict[str, Bounds]) -> None:
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            for part in node.values:
                self.take(part, scope)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self._take_negation(node.operand, scope)
        elif isinstance(node, ast.Compare):
            left = node.left
            for operator, right in zip(node.ops, node.comparators, strict=True):
                self._compare(left, operator, right, scope)
                left = right
        elif isinstance(node, ast.Call):
            self._take_call(node, scope)
        else:
            target = self._find(node, scope)
            if target is not None:
                target.truthy = True
                target.min_size = max(target.min_size, 1)

    def _take_negation(self, node: ast.expr, scope: dict[str, Bounds]) -> None:
        target = self._find(node, scope)
        if target is not None:
            target.limit_size("eq", 0)
        elif isinstance(node, ast.Call) and _called(node) in ("math.isnan", "math.isinf", "isnan", "isinf"):
            found = self._find(node.args[0], scope)
            if found is not None:
                found.finite = True
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            name = _OPERATORS.get(type(node.ops[0]))
            if name is not None:
                self._order(node.left, _NEGATED[name], node.comparators[0], scope)

    def _compare(self, left: ast.expr, operator: ast.cmpop, right: ast.expr, scope: dict[str, Bounds]) -> None:
        if isinstance(operator, ast.In):
            self._member(left, right, scope)
            return
        if isinstance(operator, ast.IsNot) and isinstance(right, ast.Constant) and right.value is None:
            # A match that is not None, most often.
            if isinstance(left, ast.Call):
                self._take_call(left, scope)
            return
        name = _OPERATORS.get(type(operator))
        if name is None or self._special_comparison(left, name, right, scope):
            return
        self._order(left, name, right, scope)

    def _order(self, left: ast.expr, name: str, right: ast.expr, scope: dict[str, Bounds]) -> None:
        if self._mentions(left, scope) and self._mentions(right, scope):
            self._relate(left, name, right)
        elif self._mentions(left, scope):
            self._bound(left, name, self._evaluate(right), scope)
        elif self._mentions(right, scope):
            self._bound(right, _MIRROR[name], self._evaluate(left), scope)

    def _bound(self, node: ast.expr, operator: str, value: Any, scope: dict[str, Bounds]) -> None:
        target = self._find(node, scope)
        if target is not None:
            target.limit(operator, value)
        elif isinstance(node, ast.Call) and _called(node) == "len":
            sized = self._find(node.args[0], scope)
            if sized is not None and type(value) is int:
                sized.limit_size(operator, value)
        elif isinstance(node, ast.Call) and _called(node) == "abs" and operator in ("lt", "le"):
            number = self._find(node.args[0], scope)
            if number is not None:
                number.limit(operator, value)
                number.limit(_MIRROR[operator], -value)

    def _special_comparison(self, left: ast.expr, name: str, right: ast.expr, scope: dict[str, Bounds]) -> bool:
        """Recognise sortedness, distinctness and subsets of characters."""
        for one, other in ((left, right), (right, left)):
            if name == "eq" and isinstance(other, ast.Call) and _called(other) == "sorted":
                target = self._find(_inner(one), scope)
                if target is not None and ast.dump(_inner(other)) == ast.dump(_inner(one)):
                    target.ordered = True
                    return True
            if name in ("eq", "ge") and _called(one) == "len" and _called(_inner(one)) == "set":
                target = self._find(_inner(_inner(one)), scope)
                if target is not None and ast.dump(_inner(other)) == ast.dump(_inner(_inner(one))):
                    target.unique = True
                    return True
        if name == "le" and _called(left) == "set" and not self._mentions(right, scope):
            self._subset(_inner(left), self._evaluate(right), scope)
            return True
        return False

    def _subset(self, node: ast.expr, allowed: Any, scope: dict[str, Bounds]) -> None:
        target = self._find(node, scope)
        if target is None:
            return
        members = sorted(allowed, key=repr) if isinstance(allowed, set | frozenset) else list(allowed)
        target.elements().choose(members)

    def _member(self, left: ast.expr, right: ast.expr, scope: dict[str, Bounds]) -> None:
        if self._mentions(left, scope) and self._mentions(right, scope):
            self._relate(left, "in", right)
            return
        target = self._find(left, scope)
        if target is None:
            return
        allowed = self._evaluate(right)
        if isinstance(allowed, str):
            target.choose(dict.fromkeys(allowed))
        elif isinstance(allowed, set | frozenset):
            target.choose(sorted(allowed, key=repr))
        elif isinstance(allowed, range) and len(allowed) > 64 and allowed.step == 1:
            target.limit("ge", allowed.start)
            target.limit("lt", allowed.stop)
        else:
            target.choose(list(allowed))

    def _relate(self, left: ast.expr, name: str, right: ast.expr) -> None:
        if name in ("gt", "ge"):
            left, right, name = right, left, _MIRROR[name]
        one, other = self._term(left), self._term(right)
        if one is not None and other is not None and one.name != other.name:
            self.relations.append(Relation(one, name, other))

    def _term(self, node: ast.expr) -> Term | None:
        if isinstance(node, ast.Name) and node.id in self.bounds:
            return Term("value", node.id)
        inner = _inner(node)
        if _called(node) == "len" and isinstance(inner, ast.Name) and inner.id in self.bounds:
            return Term("size", inner.id)
        return None

    def _take_call(self, node: ast.Call, scope: dict[str, Bounds]) -> None:
        called = _called(node)
        if called == "all" and len(node.args) == 1:
            self._quantified(node.args[0], scope)
        elif called in ("math.isfinite", "isfinite"):
            target = self._find(node.args[0], scope)
            if target is not None:
                target.finite = True
        elif called in ("re.fullmatch", "re.match", "fullmatch", "match") and len(node.args) >= 2:
            target = self._find(node.args[1], scope)
            pattern = self._evaluate(node.args[0])
            if target is not None and isinstance(pattern, str):
                target.pattern = pattern
        elif called == "bool" and len(node.args) == 1:
            self._take(node.args[0], scope)
        elif isinstance(node.func, ast.Attribute):
            self._take_method(node.func, node, scope)

    def _take_method(self, function: ast.Attribute, node: ast.Call, scope: dict[str, Bounds]) -> None:
        target = self._find(function.value, scope)
        if target is not None and function.attr in _METHOD_ALPHABETS:
            target.restrict(_METHOD_ALPHABETS[function.attr])
            target.min_size = max(target.min_size, 1)
        elif target is not None and function.attr == "isascii":
            target.restrict("".join(map(chr, range(32, 127))) + "\t\n")
        elif function.attr == "issubset" and _called(function.value) == "set":
            self._subset(_inner(function.value), self._evaluate(node.args[0]), scope)
        elif function.attr in ("fullmatch", "match") and node.args and not self._mentions(function.value, scope):
            found = self._find(node.args[0], scope)
            pattern = getattr(self._evaluate(function.value), "pattern", None)
            if found is not None and isinstance(pattern, str):
                found.pattern = pattern

    def _quantified(self, node: ast.expr, scope: dict[str, Bounds]) -> None:
        if not isinstance(node, ast.GeneratorExp | ast.ListComp) or len(node.generators) != 1:
            return
        loop = node.generators[0]
        if loop.ifs:
            return
        if _is_adjacent_order(node):
            self._adjacent(node, scope)
            return
        inner = dict(scope)
        inner.update(self._loop_names(loop, scope))
        self.take(node.elt, inner)

    def _adjacent(self, node: ast.GeneratorExp | ast.ListComp, scope: dict[str, Bounds]) -> None:
        for part in ast.walk(node.elt):
            target = self._find(part, scope) if isinstance(part, ast.Name) else None
            if target is not None:
                target.ordered = True
                return
        if isinstance(node.generators[0].iter, ast.Call):
            target = self._find(node.generators[0].iter.args[0], scope)
            if target is not None:
                target.ordered = True

    def _loop_names(self, loop: ast.comprehension, scope: dict[str, Bounds]) -> dict[str, Bounds]:
        source, over = loop.iter, "elements"
        if isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute) and not source.args:
            over, source = source.func.attr, source.func.value
        container = self._find(source, scope)
        if container is None:
            return {name.id: Bounds() for name in ast.walk(loop.target) if isinstance(name, ast.Name)}
        if isinstance(loop.target, ast.Name):
            return {loop.target.id: container.items() if over == "values" else container.elements()}
        if over == "items" and isinstance(loop.target, ast.Tuple) and len(loop.target.elts) == 2:
            pair = zip(loop.target.elts, (container.elements(), container.items()), strict=True)
            return {name.id: bounds for name, bounds in pair if isinstance(name, ast.Name)}
        if isinstance(loop.target, ast.Tuple):
            element = container.elements()
            names = [name.id if isinstance(name, ast.Name) else "_" for name in loop.target.elts]
            return {name: element.attribute(str(index)) for index, name in enumerate(names)}
        return {}

    def _find(self, node: ast.AST, scope: dict[str, Bounds]) -> Bounds | None:
        if isinstance(node, ast.Name):
            return scope.get(node.id)
        if isinstance(node, ast.Attribute):
            owner = self._find(node.value, scope)
            return None if owner is None else owner.attribute(node.attr)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            owner = self._find(node.value, scope)
            return None if owner is None else owner.attribute(str(node.slice.value))
        return None

    def _mentions(self, node: ast.expr, scope: dict[str, Bounds]) -> bool:
        return any(isinstance(part, ast.Name) and part.id in scope for part in ast.walk(node))


def _called(node: ast.AST) -> str:
    """Return the dotted name that is called, or nothing."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name):
        return node.func.id
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return f"{node.func.value.id}.{node.func.attr}"
    return ""


def _inner(node: ast.expr) -> ast.expr:
    """Return the single argument of a call, or the node itself."""
    return node.args[0] if isinstance(node, ast.Call) and len(node.args) == 1 else node


def _is_adjacent_order(node: ast.GeneratorExp | ast.ListComp) -> bool:
    """Tell whether it says ``a <= b`` of neighbours (by index, or over zip or pairwise)."""
    loop = node.generators[0]
    if not (isinstance(node.elt, ast.Compare) and isinstance(node.elt.ops[0], ast.Lt | ast.LtE)):
        return False
    over = _called(loop.iter)
    if over.split(".")[-1] in ("zip", "pairwise"):
        return True
    return over == "range" and all(isinstance(n, ast.Subscript) for n in (node.elt.left, *node.elt.comparators))


def _span(bounds: Bounds) -> str | None:
    """Return the characters between two characters, where the bounds are such."""
    low, high = bounds.low, bounds.high
    if not (isinstance(low, str) and isinstance(high, str) and len(low) == 1 and len(high) == 1):
        return None
    if ord(high) - ord(low) > _MAX_CHARACTER_SPAN:
        return None
    return "".join(map(chr, range(ord(low) + bounds.low_open, ord(high) + (not bounds.high_open))))
