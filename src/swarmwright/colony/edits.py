"""Small edits of a body that a specification suggests: what a mender tries on a refuted proposal.

Pure: the same body and hints always give the same variants in the same order. Whether one is any good is found by
running it, elsewhere.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from swarmwright.verify.hints import Hints, Number
from swarmwright.verify.mutation import Change, changes
from swarmwright.verify.rewriting import Spot, compiled, parse, replaced, short, spots

_MOST_MUTANTS = 400
_OPPOSITE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.Gt,),
    ast.Gt: (ast.Lt,),
    ast.LtE: (ast.GtE,),
    ast.GtE: (ast.LtE,),
    ast.Eq: (ast.LtE, ast.GtE),
}
_ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.Add)
_TRIMMING = frozenset(("strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "capitalize", "copy"))
_WRAPPING = frozenset(("sorted", "abs", "set", "reversed", "round", "int", "list", "len"))
_CLEANING = ("strip", "lower", "upper")
_NUMBERS = ("int", "float")
_SEPARATORS = frozenset((",", ";", ":", "-", "|", "/", "=", ""))


class Variant(msgspec.Struct, frozen=True):
    """A changed body, and what was changed in words."""

    body: str
    what: str


class _Edit(msgspec.Struct, frozen=True):
    """Put ``new`` in the place of what stands in ``owner.field`` (``[index]``, where that is a list)."""

    owner: Any
    field: str
    index: int | None
    new: Any
    what: str


def variants(body: str, hints: Hints, *, limit: int) -> tuple[Variant, ...]:
    """Return at most ``limit`` variants of a body, every kind of edit in its turn.

    Each compiles, no two are the same, and none is the body itself.

    Args:
        body: Dedented statements, as they stand in a function.
        hints: what the specification offers.
        limit: The most to return.

    Raises:
        SyntaxError: the body cannot be parsed.
    """
    found: list[Variant] = []
    try:
        for variant in drawn(body, hints):
            if len(found) >= limit:
                break
            if compiled(variant.body) is not None:
                found.append(variant)
    except RecursionError:
        # Models write sums of a thousand terms, too; such a body is not a small edit away from anything.
        return ()
    return tuple(found)


def drawn(body: str, hints: Hints) -> Iterator[Variant]:
    """Yield all variants of a body, every kind of edit in its turn; some do not compile.

    Raises:
        SyntaxError: the body cannot be parsed.
        RecursionError: it is nested too deeply.
    """
    tree = parse(body)
    # Each text is written with the tree as it was before, so the kinds may take turns.
    written = _Written(tree)
    kinds = [_texts(written, kind(tree, hints)) for kind in _KINDS]
    kinds.insert(1, _texts(written, itertools.islice(changes(tree), _MOST_MUTANTS)))
    seen = {ast.unparse(tree)}
    for variant in itertools.chain.from_iterable(itertools.zip_longest(*kinds)):
        if variant is not None and variant.body not in seen:
            seen.add(variant.body)
            yield variant


class _Written:
    """A body as text, statement by statement: an edit changes the text of one."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._texts = [ast.unparse(statement) for statement in tree.body]
        self._place = {id(node): place for place, one in enumerate(tree.body) for node in ast.walk(one)}

    def text(self, edit: _Edit | Change) -> str:
        place = self._place.get(id(edit.owner))
        if place is None:
            return replaced(self._tree, edit.owner, edit.field, edit.index, edit.new)
        before = getattr(edit.owner, edit.field)
        new = edit.new if edit.index is None else [*before[: edit.index], edit.new, *before[edit.index + 1 :]]
        setattr(edit.owner, edit.field, new)
        try:
            changed = ast.unparse(self._tree.body[place])
        finally:
            setattr(edit.owner, edit.field, before)
        return "\n".join([*self._texts[:place], changed, *self._texts[place + 1 :]])


def _texts(written: _Written, edits: Iterator[_Edit | Change]) -> Iterator[Variant]:
    for edit in list(edits):
        yield Variant(written.text(edit), edit.what)


def _at(spot: Spot, new: ast.AST, what: str = "") -> _Edit:
    said = what or f"`{short(spot.node)}` became `{short(new)}`"
    return _Edit(spot.owner, spot.field, spot.index, new, said)


# Constants


def _constants(tree: ast.Module, hints: Hints) -> Iterator[_Edit]:
    """Put each constant that the specification names where the body has another of its kind."""
    for spot in spots(tree):
        match spot.node:
            case ast.Constant(value=bool()):
                pass
            case ast.Constant(value=int(value) | float(value)):
                bounds = hints.stated if isinstance(spot.owner, ast.Compare) else ()
                for number in _instead_of(value, hints.numbers, bounds):
                    yield _at(spot, number_node(number))
            case ast.Constant(value=str(text)) if not isinstance(spot.owner, ast.Expr):
                for other in hints.texts:
                    if other != text:
                        yield _at(spot, ast.Constant(other))
            case _:
                pass


def _instead_of(value: Number, numbers: Sequence[Number], bounds: Sequence[Number]) -> Iterator[Number]:
    """Yield the numbers that may be meant instead; for a fraction those of a percentage too.

    Beside each of ``bounds`` stand its neighbours: which of them the comparison means, the examples must say.
    """
    for number in numbers:
        if number != value:
            yield number
        if isinstance(value, float):
            for form in (number / 100, 1 - number / 100, 1 + number / 100):
                if (rounded := round(form, 12)) != value:
                    yield rounded
    for bound in bounds:
        if isinstance(bound, int):
            yield from (near for near in (bound - 1, bound + 1) if near != value)


def number_node(value: Number) -> ast.expr:
    """Return a number as a tree, a negative one with its sign."""
    return ast.UnaryOp(ast.USub(), ast.Constant(-value)) if value < 0 else ast.Constant(value)


def _members(tree: ast.Module, hints: Hints) -> Iterator[_Edit]:
    """Add a constant to a row or a set of characters, or leave one out."""
    for spot in spots(tree):
        match spot.node:
            case ast.Constant(value=str(text)) if len(text) > 1 and not isinstance(spot.owner, ast.Expr):
                for character in hints.texts:
                    if len(character) == 1:
                        changed = text.replace(character, "") if character in text else text + character
                        yield _at(spot, ast.Constant(changed))
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items) if _is_row(items):
                for place in range(len(items)):
                    yield _row(spot, [*items[:place], *items[place + 1 :]])
                known = [item.value for item in items if isinstance(item, ast.Constant)]
                more: Sequence[Number | str] = hints.texts if isinstance(known[0], str) else hints.numbers
                for other in more:
                    if other not in known:
                        yield _row(spot, [*items, _constant_node(other)])
            case _:
                pass


def _is_row(items: Sequence[Any]) -> bool:
    return len(items) > 1 and all(isinstance(item, ast.Constant) for item in items)


def _row(spot: Spot, items: list[ast.expr]) -> _Edit:
    return _at(spot, type(spot.node)(items, ast.Load()) if not isinstance(spot.node, ast.Set) else ast.Set(items))


# Names and operands


def _names(tree: ast.Module, hints: Hints) -> Iterator[_Edit]:
    """Put another name of the function in the place of one."""
    known = dict.fromkeys(one.name for one in hints.parameters)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            known.setdefault(node.id)
    for spot in spots(tree):
        if isinstance(spot.node, ast.Name) and isinstance(spot.node.ctx, ast.Load) and spot.node.id in known:
            for other in known:
                if other != spot.node.id and not (isinstance(spot.owner, ast.Call) and spot.field == "func"):
                    yield _at(spot, ast.Name(other, ast.Load()))


def _operands(tree: ast.Module, hints: Hints) -> Iterator[_Edit]:
    """Swap operands, turn comparisons round, divide with another rounding."""
    del hints
    for spot in spots(tree):
        match spot.node:
            case ast.BinOp(left=left, op=operator, right=right):
                if isinstance(operator, _ORDERED):
                    yield _at(spot, ast.BinOp(right, operator, left))
                if isinstance(operator, ast.FloorDiv):
                    upwards = ast.BinOp(ast.UnaryOp(ast.USub(), left), ast.FloorDiv(), right)
                    yield _at(spot, ast.UnaryOp(ast.USub(), upwards))
                for one, other in ((ast.FloorDiv, ast.Div), (ast.Div, ast.FloorDiv), (ast.Mult, ast.Pow)):
                    if isinstance(operator, one):
                        yield _at(spot, ast.BinOp(left, other(), right))
            case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in _OPPOSITE:
                for turned in _OPPOSITE[type(operator)]:
                    yield _at(spot, ast.Compare(left, [turned()], [right]))
            case _:
                pass


# Conditions


def _conditions(tree: ast.Module, hints: Hints) -> Iterator[_Edit]:
    """Negate a part of a condition, or add one that stands elsewhere or that a parameter suggests."""
    tests = [spot for spot in spots(tree) if _is_test(spot)]
    others = [*(spot.node for spot in tests), *_suggested(hints)]
    for spot in spots(tree):
        if isinstance(spot.owner, ast.BoolOp) and spot.field == "values":
            yield _at(spot, ast.UnaryOp(ast.Not(), spot.node))
    for spot in tests:
        mentioned = {node.id for node in ast.walk(spot.node) if isinstance(node, ast.Name)}
        for other in others:
            # "At least five, or four" is no clause that anybody writes. A test cannot be put into a part of itself.
            if not _holds(other, spot.node) and not _compares(other, mentioned):
                for operator in (ast.And(), ast.Or()):
                    for added in (other, ast.UnaryOp(ast.Not(), other)):
                        new = ast.BoolOp(operator, [spot.node, added])
                        yield _at(spot, new)


def _holds(tree: ast.AST, node: ast.AST) -> bool:
    return any(one is node for one in ast.walk(tree))


def _compares(suggested: ast.expr, mentioned: set[str]) -> bool:
    match suggested:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant() | ast.UnaryOp()]):
            return name in mentioned
        case _:
            return False


def _is_test(spot: Spot) -> bool:
    return (spot.field == "test" and isinstance(spot.owner, ast.If | ast.IfExp | ast.While)) or (
        spot.field == "ifs" and isinstance(spot.owner, ast.comprehension)
    )


def _suggested(hints: Hints) -> Iterator[ast.expr]:
    for name in hints.sized:
        yield ast.Name(name, ast.Load())
    for names, values in ((hints.named("int", "float"), hints.stated[:6]), (hints.named("str"), hints.texts[:6])):
        for name, value in itertools.product(names, values):
            yield ast.Compare(ast.Name(name, ast.Load()), [ast.Eq()], [_constant_node(value)])


def _constant_node(value: Number | str) -> ast.expr:
    return ast.Constant(value) if isinstance(value, str) else number_node(value)


# Calls and results


def _wrappers(tree: ast.Module, hints: Hints) -> Iterator[_Edit]:
    """Leave out a call that only cleans or wraps, or turn an order round."""
    del hints
    for spot in spots(tree):
        match spot.node:
            case ast.Call(func=ast.Attribute(value=value, attr=name), args=[]) if name in _TRIMMING:
                yield _at(spot, value)
            case ast.Call(func=ast.Name(id=name), args=[only], keywords=keywords) if name in _WRAPPING:
                if name == "sorted" and not any(one.arg == "reverse" for one in keywords):
                    reverse = ast.keyword("reverse", ast.Constant(True))
                    yield _at(spot, ast.Call(spot.node.func, [only], [*keywords, reverse]))
                if not isinstance(only, ast.GeneratorExp | ast.Starred):
                    yield _at(spot, only)
                for one, other in (("int", "round"), ("round", "int")):
                    if name == one:
                        yield _at(spot, ast.Call(ast.Name(other, ast.Load()), [only], []))
            case _:
                pass


def _results(tree: ast.Module, hints: Hints) -> Iterator[_Edit]:
    """Move, bound, clean or order what is returned."""
    for spot in spots(tree):
        if isinstance(spot.node, ast.Return) and spot.node.value is not None:
            value = spot.node.value
            for new in _other_results(value, hints):
                yield _Edit(spot.node, "value", None, new, f"`return {short(value)}` became `return {short(new)}`")


def _other_results(value: ast.expr, hints: Hints) -> Iterator[ast.expr]:
    if hints.returns in _NUMBERS and not isinstance(value, ast.Constant):
        for operator in (ast.Add(), ast.Sub()):
            yield ast.BinOp(value, operator, ast.Constant(1))
        yield _call("abs", value)
        for number in hints.stated:
            yield _call("max", value, number_node(number))
            yield _call("min", value, number_node(number))
            if hints.rounds and type(number) is int and 0 < number <= 6:
                yield _call("round", value, ast.Constant(number))
        if hints.rounds:
            yield _call("round", value)
    elif hints.returns == "str" and not isinstance(value, ast.Constant):
        for name in _CLEANING:
            yield ast.Call(ast.Attribute(value, name, ast.Load()), [], [])
    elif hints.returns.startswith("list"):
        yield _call("sorted", value)
        yield ast.Subscript(value, ast.Slice(step=number_node(-1)), ast.Load())


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


# What comes first


def _openings(tree: ast.Module, hints: Hints) -> Iterator[_Edit]:
    """Put one statement before all others: an empty input, a parameter cleaned or bounded, an error."""
    for text in _opening_lines(hints):
        statements = [*parse(text).body, *tree.body]
        yield _Edit(tree, "body", None, statements, f"`{' '.join(text.split())}` was put first")


def _opening_lines(hints: Hints) -> Iterator[str]:
    for name in hints.sized:
        for result in hints.empty_results:
            yield f"if not {name}:\n    return {result}"
    for error in hints.errors:
        for name in hints.sized:
            yield f"if not {name}:\n    raise {error}({f'{name} is empty'!r})"
        for name in hints.named(*_NUMBERS):
            yield f"if {name} < 0:\n    raise {error}({f'{name} is negative'!r})"
            yield f"if {name} <= 0:\n    raise {error}({f'{name} is not positive'!r})"
    for name in hints.named("str"):
        for cleaning in _CLEANING:
            yield f"{name} = {name}.{cleaning}()"
    for name in hints.named(*_NUMBERS):
        yield f"{name} = abs({name})"
        for number in hints.stated:
            yield f"{name} = max({name}, {number!r})"
            yield f"{name} = min({name}, {number!r})"


# Form


def _forms(tree: ast.Module, _hints: Hints) -> Iterator[_Edit]:
    """Work on a copy where an argument was sorted or turned in place; add or drop the space behind a separator."""
    for spot in spots(tree):
        match spot.node:
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="sort"), keywords=how)):
                copied: ast.expr = ast.Call(_name("sorted"), [_name(name)], how)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="reverse"), args=[])):
                copied = _call("list", _call("reversed", _name(name)))
            case ast.Constant(value=str(text)) if text.strip(" ") in _SEPARATORS:
                bare = text.strip(" ")
                for other in (bare, f"{bare} ", f" {bare} "):
                    if other != text:
                        yield _at(spot, ast.Constant(other))
                continue
            case _:
                continue
        yield _at(spot, ast.Assign([ast.Name(name, ast.Store())], copied))


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


_KINDS: tuple[Callable[[ast.Module, Hints], Iterator[_Edit]], ...] = (
    _constants,
    _operands,
    _openings,
    _conditions,
    _names,
    _wrappers,
    _results,
    _members,
    _forms,
)
