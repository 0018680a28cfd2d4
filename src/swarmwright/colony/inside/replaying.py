"""Running many bodies of one function in one process: on its examples first, then on every input, under limits."""

from __future__ import annotations

import ast
import contextlib
import copy
import dataclasses
import io
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.inside.growth import KNOWN, grows, is_huge, kept_small
from swarmwright.colony.inside.kinds import inward
from swarmwright.spec.values import Unit
from swarmwright.verify.inside.loading import Contracted, TooSlow, time_limit
from swarmwright.verify.plausibility import is_mistake
from swarmwright.verify.rewriting import parse

FILE = "<mended>"
"""The file name of bodies, by which their frames are known."""
_ROUNDS = 20_000
"""Rounds of all loops in one call."""
_CALL_S = 0.05
_ALL_S = 0.5
_CLOSE = 1e-12


class Endless(BaseException):
    """A body went round its loops too often."""


class Raised(NamedTuple):
    """An exception, by the name of its type."""

    error: str


class Shown(NamedTuple):
    """A call, and what it must give where that is known: a value, or ``Raised``."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    wanted: Any = None
    is_known: bool = False


Function = Callable[..., Any]


class Replayer:
    """Compiles bodies of one Unit and holds what they give against the specification."""

    def __init__(
        self, unit: Unit, namespace: Mapping[str, Any], examples: Sequence[Shown], inputs: Sequence[Shown]
    ) -> None:
        """Take the Unit, its module's namespace, its examples, and further valid calls."""
        self.unit = unit
        self.examples = tuple(examples)
        self.inputs = tuple(inputs)
        self.runs = 0
        self._namespace = dict(namespace)
        self._contracted = Contracted(unit.name, self._namespace[unit.name], self._namespace)
        self._wrapper = _wrapper(unit)
        self._rounds = 0
        self._takes_float = "float" in (unit.returns or "")
        self._returns = parse(unit.returns or "Any").body[0].value  # type: ignore[attr-defined]

    # Making functions

    def function(self, tree: ast.Module, names: Mapping[str, Any] | None = None) -> Function | None:
        """Return a body as a function, or None where it does not compile.

        The tree must be ``guarded`` or ``counted``; ``names`` are known to the body beside those of its module.
        """
        self._wrapper.body[0].body = tree.body  # type: ignore[attr-defined]
        namespace = {**self._namespace, "_round": self._round, **KNOWN, **(names or {})}
        try:
            exec(compile(self._wrapper, FILE, "exec", dont_inherit=True), namespace)  # noqa: S102
        except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
            return None
        function: Function = namespace[self.unit.name]
        return function

    def function_of(self, body: str) -> Function | None:
        """Return a body's text as a function, or None where it does not compile."""
        try:
            tree = parse(body)
            return self.function(guarded(tree) if grows(body) else counted(tree))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    def _round(self) -> None:
        self._rounds += 1
        if self._rounds > _ROUNDS:
            raise Endless

    # Running

    def result(self, function: Function, shown: Shown) -> Any:
        """Return what one call gives: a value or ``Raised``; None where it does not end or changes its arguments."""
        self.runs += 1
        self._rounds = 0
        args, kwargs = copy.deepcopy((shown.args, shown.kwargs))
        try:
            with time_limit(_CALL_S):
                value = function(*args, **kwargs)
        except (Endless, TooSlow, RecursionError, MemoryError):
            return None
        except BaseException as error:
            return (Raised(type(error).__name__),)
        return None if (args, kwargs) != (shown.args, shown.kwargs) or is_huge(value) else (value,)

    def is_right(self, result: Any, shown: Shown) -> bool:
        """Tell whether a result is what an example wants; without an example, whether it can be meant."""
        if result is None:
            return False
        (value,) = result
        if shown.is_known:
            return alike(value, shown.wanted, floats=self._takes_float)
        return not isinstance(value, Raised) or not is_mistake(self.unit, value.error)

    def passes(self, function: Function, shown: Shown) -> bool:
        """Tell whether a function does what an example wants, or what the specification demands of any result."""
        result = self.result(function, shown)
        return self.is_right(result, shown) and (shown.is_known or self._holds(shown, result[0]))

    def failing_inputs(self, function: Function, most: int) -> list[Shown]:
        """Return the first inputs on which a function breaks what the specification demands of any result."""
        failing = (shown for shown in self.inputs if not self.passes(function, shown))
        return list(itertools.islice(failing, most))

    def behaviour(self, function: Function) -> tuple[Any, ...] | None:
        """Return what a function gives on everything; None where an example or a contract says otherwise."""
        found: list[Any] = []
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                for shown in (*self.examples, *self.inputs):
                    result = self.result(function, shown)
                    if not self.is_right(result, shown) or not self._holds(shown, result[0]):
                        return None
                    found.append(_mark(result[0]))
        except (TooSlow, Exception):
            return None
        return tuple(found)

    def _holds(self, shown: Shown, value: Any) -> bool:
        if isinstance(value, Raised):
            return True
        if not fits(value, self._returns):
            return False
        if not self._contracted.postconditions:
            return True
        args, kwargs = copy.deepcopy((shown.args, shown.kwargs))
        arguments = self._contracted.bind(args, kwargs)
        known = {**arguments, "result": value, "OLD": self._contracted.snapshot(arguments)}
        for contract in self._contracted.postconditions:
            values = {name: known[name] for name in contract.condition_args if name in known}
            try:
                with time_limit(_ALL_S):
                    if not contract.condition(**values):
                        return False
            except (TooSlow, Exception):  # noqa: S112
                # What calls another Unit is judged later, with that Unit's body.
                continue
        return True


def _wrapper(unit: Unit) -> ast.Module:
    """Return the Unit's function without a body, annotations and decorators."""
    tree = parse(f"{unit.head}\n    pass")
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    arguments = function.args
    for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if one is not None:
            one.annotation = None
    function.returns = None
    function.decorator_list = []
    return tree


def counted(tree: ast.Module) -> ast.Module:
    """Return the tree with a count of rounds in its loops; it is changed in place, its expressions are not."""
    todo: list[Any] = [tree]
    while todo:
        node = todo.pop()
        for field in ("body", "orelse", "finalbody", "handlers"):
            todo += [one for one in getattr(node, field, None) or () if isinstance(one, _BLOCKS)]
        if isinstance(node, ast.ExceptHandler) and _takes_all(node):
            # It would take the end of the time for an error of its own.
            node.type = ast.copy_location(ast.Name("Exception", ast.Load()), node)
        if isinstance(node, ast.For | ast.While):
            node.body.insert(0, ast.copy_location(ast.Expr(_round_of(node)), node))
    return tree


_BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.ExceptHandler, ast.FunctionDef)


def _takes_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id == "BaseException")


def _round_of(node: ast.stmt) -> ast.expr:
    name = ast.copy_location(ast.Name("_round", ast.Load()), node)
    return ast.copy_location(ast.Call(name, [], []), node)


def guarded(tree: ast.Module) -> ast.Module:
    """Return the tree with a count of rounds in its loops and with powers that stay small; it is changed in place."""
    return counted(kept_small(tree))


def fits(value: Any, annotation: ast.expr) -> bool:
    """Tell whether a value is of a declared type, as far as plain types tell."""
    name = type(value).__name__
    match annotation:
        case ast.Constant(value=None):
            return value is None
        case ast.Name(id="float"):
            return name in ("int", "float")
        case ast.Name(id="int" | "str" | "bool" | "list" | "dict" | "set" | "tuple" as declared):
            return name == declared
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return fits(value, left) or fits(value, right)
        case ast.Subscript(value=ast.Name(id="list" | "set" as declared), slice=inside):
            return name == declared and all(fits(item, inside) for item in value)
        case ast.Subscript(value=ast.Name(id="dict" | "tuple" as declared)):
            return name == declared
        case _:
            return True


def alike(one: Any, other: Any, *, floats: bool = False) -> bool:
    """Tell whether two values are the same, types too; where ``floats`` are declared, an int is the float of it."""
    if floats and {type(one), type(other)} == {int, float}:
        one, other = float(one), float(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return one == other or (one != one and other != other) or math.isclose(one, other, rel_tol=_CLOSE)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(alike(a, b, floats=floats) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key], floats=floats) for key in one)
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        fields = [field.name for field in dataclasses.fields(one)]
        return all(alike(getattr(one, name), getattr(other, name), floats=floats) for name in fields)
    return bool(one == other)


def _mark(value: Any) -> Any:
    """Return what is equal for equal behaviours and can be hashed."""
    if isinstance(value, Raised):
        return value
    found = inward(value)
    try:
        hash(found)
    except TypeError:
        return repr(value)
    return (type(value).__name__, found)


def rows_of(calls: Sequence[Mapping[str, Any]], read: Callable[[Any], Any]) -> Iterator[Shown]:
    """Yield calls that were sent as tagged data.

    Args:
        calls: each with ``args``, ``kwargs`` and, for an example, ``wanted`` (in a list) or ``raises``.
        read: decodes a value.
    """
    for one in calls:
        args = tuple(read(value) for value in one["args"])
        kwargs = {name: read(value) for name, value in one["kwargs"]}
        if one.get("raises"):
            yield Shown(args, kwargs, Raised(one["raises"]), True)
        elif one.get("wanted"):
            yield Shown(args, kwargs, read(one["wanted"][0]), True)
        else:
            yield Shown(args, kwargs)
