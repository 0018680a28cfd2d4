"""From agents to Python: each agent's expression, put together out of those of its parts."""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.grammar import NAMES
from swarmwright.colony.inside.bank import Agent, Bank, Origin
from swarmwright.colony.inside.branches import Piece
from swarmwright.colony.inside.children import CARRIED_ON, JOINED, Child
from swarmwright.colony.inside.folds import BEFORE, LAST, REACHED, RUNNING, SOMETIMES, Carried, Fold, Loop
from swarmwright.colony.inside.kinds import BOOL, SCALARS, STR, Kind
from swarmwright.colony.inside.meetings import Meeting
from swarmwright.colony.inside.phrases import RESULTS, becoming, first_one, looped, statements_of, text_of
from swarmwright.colony.inside.products import Product
from swarmwright.colony.inside.scopes import Scope, Variable
from swarmwright.colony.inside.shapes import (
    FILTER,
    FILTER_MAP,
    FIRST,
    FIRST_OF,
    HOW_MANY,
    LARGEST_BY,
    MAP,
    MAPPING,
    PLACE_OF,
    SMALLEST_BY,
    SMALLEST_BY_TWO,
    SORTED_DOWN_BY,
    STATEMENTS,
    Shape,
)
from swarmwright.colony.inside.steps import Step
from swarmwright.colony.inside.walks import COUNT, END, PASSED, Walk, Walked

_LOAD = ast.Load()
_EATS_ANY = frozenset(("sum", "any", "all", "min", "max", "sorted", "set", "tuple", "list", "dict"))
_PLACES = ("i", "place", "at", "index", "number")
_SPARE = ("x", "y", "z", "u", "v", "w", "item", "other", "third", "one", "two")


class Name(NamedTuple):
    """A leaf that is a name: a parameter."""

    text: str


class Literal(NamedTuple):
    """A leaf that is a constant, as Python source."""

    source: str


class Comprehension(NamedTuple):
    """An origin: a shape over a scope's source; its parts are rows of inner agents of these kinds."""

    scope: Scope
    shape: Shape
    body: Kind
    other: Kind


class Writer:
    """Writes the agents of a function's scope."""

    def __init__(self, bank: Bank, taken: Sequence[str]) -> None:
        """Take the outer bank, and names that must not be bound anew."""
        self._bank = bank
        self._taken = frozenset(taken)
        self._lines: list[str] = []
        self._loops = 0

    def statements(self, tree: Any, indent: str = "") -> list[str]:
        """Return an agent, or a decision between agents, as the statements of a body."""
        if isinstance(tree, Agent | Meeting | Product):
            lines, text = self._expression(tree)
            return [indent + line for line in (*lines, f"return {text}")]
        if isinstance(tree, Piece):
            what = tree.what
            return [indent + what] if isinstance(what, str) else self.statements(what, indent)
        condition, yes, no = tree
        lines, text = self._expression(condition.what)
        return [
            *(indent + line for line in lines),
            f"{indent}if {text}:",
            *self.statements(yes, indent + "    "),
            *self.statements(no, indent),
        ]

    def inline(self, tree: Any) -> ast.expr | None:
        """Return an agent or a decision as one expression; None where it takes statements."""
        if isinstance(tree, Piece):
            if isinstance(tree.what, str):
                head, _, value = tree.what.partition(" ")
                return _parsed(value) if head == "return" else None
            return self.inline(tree.what)
        if isinstance(tree, Agent | Meeting | Product):
            self._lines = []
            found = self._met(tree)
            return None if self._lines else found
        condition, yes, no = (self.inline(part) for part in tree)
        if condition is None or yes is None or no is None:
            return None
        return ast.IfExp(condition, yes, no)

    def over(self, child: Child, body: ast.expr) -> list[str]:
        """Return the statements that return a body put over the elements of a source."""
        self._lines = []
        if child.shape is CARRIED_ON:
            return self._carried_along(child, body)
        loop = ast.comprehension(_target(child.names, ast.Store()), _iterable(self._outer(child.scope.source)), [], 0)
        own = _target(child.names, _LOAD)
        made: ast.expr = ast.ListComp(body, [loop])
        if child.shape is FILTER:
            made = ast.ListComp(own, [ast.comprehension(loop.target, loop.iter, [body], 0)])
        elif child.shape is MAPPING:
            made = ast.DictComp(ast.Name(child.names[0], _LOAD), body, [loop])
        elif child.shape is JOINED:
            call = ast.Attribute(ast.Constant(child.separator), "join", _LOAD)
            made = ast.Call(call, [ast.GeneratorExp(body, [loop])], [])
        return [*self._lines, f"return {text_of(made)}"]

    def _carried_along(self, child: Child, body: ast.expr) -> list[str]:
        """Return the statements that list a carried value after each element."""
        assert child.begin is not None
        self._loops += 1
        every = self._numbered("values")
        begin, source = text_of(self._outer(child.begin)), text_of(_iterable(self._outer(child.scope.source)))
        return [
            *self._lines,
            f"{every} = []",
            f"{child.carried} = {begin}",
            f"for {', '.join(child.names)} in {source}:",
            *(f"    {line}" for line in becoming(child.carried, body, changes=child.problem.goal in SCALARS)),
            f"    {every}.append({child.carried})",
            f"return {every}",
        ]

    def trail(self, tree: Any) -> Iterator[str]:
        """Yield the names of the productions that agents were made by, each as often as it was used."""
        if isinstance(tree, Agent):
            yield from self._trail(self._bank, tree)
        elif isinstance(tree, Product):
            yield tree.step.production.name
            for part in tree.parts:
                yield from self.trail(part)
        elif isinstance(tree, Meeting):
            yield tree.step.production.name
            yield from self.trail(tree.one)
            yield from self.trail(tree.other)
        elif isinstance(tree, Piece):
            yield from () if isinstance(tree.what, str) else self.trail(tree.what)
        else:
            yield "branch"
            for part in tree:
                yield from self.trail(part)

    def _expression(self, what: Agent | Meeting | Product) -> tuple[list[str], str]:
        """Return the statements that must come first, and the expression."""
        self._lines = []
        text = ast.unparse(ast.fix_missing_locations(ast.Expression(self._met(what))))
        return self._lines, text

    def _met(self, what: Agent | Meeting | Product) -> ast.expr:
        if isinstance(what, Product):
            return self._filled(what.step, [self._met(part) for part in what.parts])
        if isinstance(what, Meeting):
            return self._filled(what.step, [self._met(what.one), self._met(what.other)])
        return self._outer(what)

    def _trail(self, bank: Bank, agent: Agent) -> Iterator[str]:
        what, parts = bank.parts(agent)
        if isinstance(what, Step):
            yield what.production.name
            for part in parts:
                yield from self._trail(bank, part)
        elif isinstance(what.what, Comprehension):
            comprehension = what.what
            yield comprehension.shape.name
            yield from self._trail(bank, comprehension.scope.source)
            for kind, row in zip((comprehension.body, comprehension.other), what.parts, strict=False):
                if row >= 0:
                    yield from self._trail(comprehension.scope.bank, Agent(kind, row))
        elif isinstance(what.what, Loop):
            yield "loop" if what.what.gives == LAST else f"{what.what.gives}-loop"
            fold = what.what.fold
            yield from self._trail(bank, fold.source)
            yield from self._trail(fold.bank, Agent(fold.kind, what.parts[0]))
            if what.parts[1] >= 0:
                yield from self._trail(fold.bank, Agent(BOOL, what.parts[1]))
        elif isinstance(what.what, Walked):
            yield "walk"
            walk = what.what.walk
            yield from self._trail(walk.bank, Agent(walk.kind, what.parts[0]))
            yield from self._trail(walk.bank, Agent(BOOL, what.parts[1]))

    # Expressions

    def _outer(self, agent: Agent) -> ast.expr:
        what, parts = self._bank.parts(agent)
        if isinstance(what, Step):
            return self._filled(what, [self._outer(part) for part in parts])
        return self._leaf(what, ())

    def _leaf(self, origin: Origin, names: Sequence[str]) -> ast.expr:
        match origin.what:
            case Name(text):
                return ast.Name(text, _LOAD)
            case Literal(source):
                return ast.parse(source, mode="eval").body
            case Variable(-1, Agent() as computed):
                return self._outer(computed)
            case Variable(-1, captured):
                return self._leaf(Origin(captured, ()), names)
            case Variable(place, _):
                return ast.Name(names[place], _LOAD)
            case Comprehension() as comprehension:
                return self._comprehension(comprehension, origin.parts)
            case Loop(fold, gives):
                return self._loop(fold, gives, origin.parts)
            case Walked(walk, gives):
                return self._walked(walk, gives, origin.parts)
            case other:
                raise TypeError(other)

    def _inner(self, scope: Scope, agent: Agent, names: Sequence[str]) -> ast.expr:
        what, parts = scope.bank.parts(agent)
        if isinstance(what, Step):
            return self._filled(what, [self._inner(scope, part, names) for part in parts])
        return self._leaf(what, names)

    def _filled(self, step: Step, parts: Sequence[ast.expr]) -> ast.expr:
        tree = ast.parse(step.production.python, mode="eval").body
        filled: ast.expr = _Filling(dict(zip(NAMES, parts, strict=False))).visit(tree)
        return _tidied(filled)

    def _comprehension(self, made: Comprehension, rows: tuple[int, ...]) -> ast.expr:
        scope, shape = made.scope, made.shape
        names = self._names(scope)
        source = _iterable(self._outer(scope.source))
        body = self._inner(scope, Agent(made.body, rows[0]), names)
        other = self._inner(scope, Agent(made.other, rows[1]), names) if rows[1] >= 0 else None
        target = _target(names, ast.Store())
        own = _target(names, _LOAD)
        loop = ast.comprehension(target, source, [], 0)
        if shape is MAP:
            return ast.ListComp(body, [loop])
        if shape is FILTER:
            return ast.ListComp(own, [ast.comprehension(target, source, [body], 0)])
        if shape is FILTER_MAP and other is not None:
            return ast.ListComp(body, [ast.comprehension(target, source, [other], 0)])
        if shape is MAPPING and other is not None:
            return ast.DictComp(body, other, [loop])
        if shape is FIRST:
            found = ast.GeneratorExp(own, [ast.comprehension(target, source, [body], 0)])
            return ast.Call(ast.Name("next", _LOAD), [found, ast.Constant(None)], [])
        if shape is HOW_MANY:
            each = ast.GeneratorExp(ast.Constant(1), [ast.comprehension(target, source, [body], 0)])
            return ast.Call(ast.Name("sum", _LOAD), [each], [])
        parts = [body] if other is None else [body, other]
        if shape in STATEMENTS:
            return self._stated(shape, scope, source, names, parts)
        if shape in (FIRST_OF, PLACE_OF):
            return first_one(shape, target, source, parts, self._fresh(self._taken | set(names), _PLACES))
        return self._keyed(shape, source, names, body if other is None else ast.Tuple(parts, _LOAD))

    def _stated(
        self, shape: Shape, scope: Scope, source: ast.expr, names: Sequence[str], parts: Sequence[ast.expr]
    ) -> ast.expr:
        """Write a shape's statements before everything else, and return the name that holds what they give."""
        self._loops += 1
        result, key = self._numbered(RESULTS.get(shape, "totals")), self._numbered("key")

        def again(element: str) -> ast.expr:
            whole = [element] if len(names) == 1 else [f"{element}[{place}]" for place in range(len(names))]
            filling = {name: ast.parse(one, mode="eval").body for name, one in zip(names, whole, strict=True)}
            filled: ast.expr = _Filling(filling).visit(copy.deepcopy(parts[0]))
            return ast.fix_missing_locations(filled)

        loop = ", ".join(names), text_of(_target(names, _LOAD)), source
        of_text = scope.source.kind == STR
        self._lines += statements_of(shape, result, loop, parts, key, again, of_text=of_text)
        return ast.Name(result, _LOAD)

    def _loop(self, fold: Fold, gives: str, rows: Sequence[int]) -> ast.expr:
        """Write a loop before everything else, and return the name that holds what it gives."""
        self._loops += 1
        taken = {*self._taken, "c"}
        carried = self._numbered("result")
        names: list[str] = []
        for _ in range(fold.names):
            names.append(self._fresh(taken | set(names)))
        source = text_of(_iterable(self._outer(fold.source)))
        body = self._inside(fold.bank, Agent(fold.kind, rows[0]), [carried], names)
        condition = self._inside(fold.bank, Agent(BOOL, rows[1]), [carried], names) if rows[1] >= 0 else None
        begin = text_of(self._outer(fold.begin))
        step = becoming(carried, body, changes=fold.kind in SCALARS and condition is not None)
        kept = self._numbered({RUNNING: "values", REACHED: "reached", BEFORE: "count"}.get(gives, "result"))
        number = self._numbered("number")
        self._lines += looped(gives, (carried, begin), (", ".join(names), source), step, condition, kept, number)
        return ast.Name(carried if gives in (LAST, SOMETIMES) else kept, _LOAD)

    def _numbered(self, name: str) -> str:
        """Return a name that nothing has: with the loop's number, or a larger one."""
        numbers = itertools.count(self._loops)
        names = (name if number == 1 else f"{name}{number}" for number in numbers)
        return next(one for one in names if one not in self._taken)

    def _inside(self, bank: Bank, agent: Agent, carried: Sequence[str], names: Sequence[str]) -> ast.expr:
        """Return an agent of a loop's inside as an expression of the carried values and an element's parts."""
        what, parts = bank.parts(agent)
        if isinstance(what, Step):
            return self._filled(what, [self._inside(bank, part, carried, names) for part in parts])
        if isinstance(what.what, Carried):
            return ast.Name(carried[what.what.place], _LOAD)
        return self._leaf(what, names)

    def _walked(self, walk: Walk, gives: str, rows: Sequence[int]) -> ast.expr:
        """Write a walk before everything else, and return the name that holds what it gives."""
        self._loops += 1
        carried = [self._numbered(name) for name in (("first", "second") if walk.is_double else ("value",))]
        kept = self._numbered({COUNT: "count", PASSED: "passed"}.get(gives, "value"))
        begins = [text_of(self._outer(begin)) for begin in walk.begins]
        change = self._inside(walk.bank, Agent(walk.kind, rows[0]), carried, ())
        condition = text_of(self._inside(walk.bank, Agent(BOOL, rows[1]), carried, ()))
        if walk.is_double:
            step = [f"{', '.join(carried)} = {carried[1]}, {text_of(change)}"]
        else:
            step = becoming(carried[0], change, changes=walk.kind in SCALARS)
        first = {COUNT: [f"{kept} = 0"], PASSED: [f"{kept} = []"]}.get(gives, [])
        noted = {PASSED: [f"{kept}.append({carried[0]})"]}.get(gives, [])
        counted = {COUNT: [f"{kept} += 1"]}.get(gives, [])
        self._lines += [*first, f"{', '.join(carried)} = {', '.join(begins)}", f"while {condition}:"]
        self._lines += [f"    {line}" for line in (*noted, *step, *counted)]
        return ast.Name(carried[0] if gives == END else kept, _LOAD)

    def _keyed(self, shape: Shape, source: ast.expr, names: Sequence[str], body: ast.expr) -> ast.expr:
        smallest = {SMALLEST_BY: "min", SMALLEST_BY_TWO: "min"}
        function = (smallest | {LARGEST_BY: "max"}).get(shape, "sorted")
        argument = names[0]
        if len(names) > 1:
            argument = self._fresh(self._taken | set(names))
            indexed = {
                name: ast.Subscript(ast.Name(argument, _LOAD), ast.Constant(place), _LOAD)
                for place, name in enumerate(names)
            }
            body = _Filling(indexed).visit(body)
        arguments = ast.arguments([], [ast.arg(argument)], None, [], [], None, [])
        keywords = [ast.keyword("key", ast.Lambda(arguments, body))]
        if shape is SORTED_DOWN_BY:
            keywords.append(ast.keyword("reverse", ast.Constant(True)))
        return ast.Call(ast.Name(function, _LOAD), [source], keywords)

    def _names(self, scope: Scope) -> list[str]:
        """Return names for a scope's elements that nothing else has."""
        names: list[str] = []
        for _ in range(scope.names):
            names.append(self._fresh(self._taken | set(names)))
        if names and scope.element == STR and "c" not in self._taken and scope.source.kind == STR:
            return ["c"]
        return names

    def _fresh(self, taken: set[str] | frozenset[str], names: Sequence[str] = _SPARE) -> str:
        return next(name for name in names if name not in taken)


class _Filling(ast.NodeTransformer):
    """Puts expressions in the place of names."""

    def __init__(self, parts: Mapping[str, ast.expr]) -> None:
        self._parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        found = self._parts.get(node.id)
        return copy.deepcopy(found) if found is not None else node


def _parsed(source: str) -> ast.expr | None:
    try:
        return ast.parse(source, mode="eval").body
    except SyntaxError:
        # What a value of somebody's own class is shown as need not be Python.
        return None


def _target(names: Sequence[str], context: ast.expr_context) -> ast.expr:
    nodes: list[ast.expr] = [ast.Name(name, context) for name in names]
    return nodes[0] if len(nodes) == 1 else ast.Tuple(nodes, context)


def _iterable(node: ast.expr) -> ast.expr:
    """Return what a loop runs over, without the list that nobody needs."""
    match node:
        case ast.Call(
            func=ast.Name(id="list"), args=[ast.Call(func=ast.Name(id="range" | "enumerate" | "zip")) as call]
        ):
            return call
        case ast.Call(func=ast.Name(id="list"), args=[ast.Call(func=ast.Attribute(attr="items" | "values")) as call]):
            return call
        case ast.Call(func=ast.Name(id="list"), args=[ast.Name() as name]):
            return name
        case _:
            return node


def _tidied(node: ast.expr) -> ast.expr:
    """Return an expression as people write it: no list where any iterable does, comparisons with the constant last."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[ast.ListComp(elt, generators)], keywords=[]) if name in _EATS_ANY:
            if name == "set":
                return ast.SetComp(elt, generators)
            if name == "list":
                return node.args[0]
            return ast.Call(node.func, [ast.GeneratorExp(elt, generators)], [])
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.ListComp(elt, generators)]):
            return ast.Call(node.func, [ast.GeneratorExp(elt, generators)], [])
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=words) if name in _EATS_ANY - {"dict", "list"}:
            return ast.Call(node.func, [_iterable(inner)], words)
        case ast.Compare(left=ast.Constant() as left, ops=[op], comparators=[right]) if (
            not isinstance(right, ast.Constant) and type(op) in _MIRRORED
        ):
            return ast.Compare(right, [_MIRRORED[type(op)]()], [left])
        case ast.UnaryOp(op=ast.Not(), operand=ast.Compare(left=left, ops=[op], comparators=others)) if (
            type(op) in _DENIED
        ):
            return ast.Compare(left, [_DENIED[type(op)]()], others)
        case _:
            return node


_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}
_DENIED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.In: ast.NotIn, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
