"""Reads ``icontract`` decorators from the syntax tree, whatever name they were imported by."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Literal

from swarmwright.spec.names import BUILTINS, Scope, Scopes, dotted_name, mentions
from swarmwright.spec.sources import Text
from swarmwright.spec.values import Contract

Kind = Literal["require", "ensure", "snapshot", "invariant"]

_CONDITION_KEYWORDS = ("condition", "capture")


class ContractReader:
    """Tells contracts from other decorators in one module."""

    def __init__(self, text: Text, scope: Scope, scopes: Scopes, functions: Mapping[str, tuple[str, ...]]) -> None:
        """Take the module's text and names; ``functions`` are its own functions with their parameters."""
        self._text = text
        self._scope = scope
        self._resolve: Callable[[str, str], str | None] = scopes.resolve
        self._functions = functions

    def kind(self, decorator: ast.expr) -> Kind | None:
        """Return which contract the decorator is, or None where it is none."""
        if not isinstance(decorator, ast.Call):
            return None
        name = dotted_name(decorator.func)
        target = self._resolve(self._scope.module, name) if name else None
        if target is None and "icontract" in self._scope.stars:
            target = f"icontract.{name}"
        for kind in ("require", "ensure", "snapshot", "invariant"):
            if target is not None and target.startswith("icontract.") and target.endswith(f".{kind}"):
                return kind
        return None

    def read(self, decorator: ast.expr) -> Contract | None:
        """Return the decorator as a Contract, or None where it is another decorator."""
        kind = self.kind(decorator)
        if kind is None or kind == "invariant" or not isinstance(decorator, ast.Call):
            return None
        condition = _condition(decorator)
        source = self._text.segment(decorator)
        place = self._text.location(decorator)
        if condition is None:
            return Contract(kind, "", (), (), source, place)
        written = self._text.segment(condition)
        return Contract(kind, written, self._arguments(condition), self._names(written), source, place)

    def _arguments(self, condition: ast.expr) -> tuple[str, ...]:
        if isinstance(condition, ast.Lambda):
            return tuple(argument.arg for argument in every_argument(condition.args))
        return self._functions.get(dotted_name(condition) or "", ())

    def _names(self, condition: str) -> tuple[str, ...]:
        return without_builtins(mentions(f"({condition}\n)").names, self._scope)


def _condition(decorator: ast.Call) -> ast.expr | None:
    if decorator.args:
        return decorator.args[0]
    for keyword in decorator.keywords:
        if keyword.arg in _CONDITION_KEYWORDS:
            return keyword.value
    return None


def without_builtins(names: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
    """Return the names without Python's own, except where the module binds them itself."""
    return tuple(name for name in names if name in scope.targets or name not in BUILTINS)


def every_argument(arguments: ast.arguments) -> tuple[ast.arg, ...]:
    """Return all parameters in the order they are written."""
    star = (arguments.vararg,) if arguments.vararg else ()
    double = (arguments.kwarg,) if arguments.kwarg else ()
    return (*arguments.posonlyargs, *arguments.args, *star, *arguments.kwonlyargs, *double)
