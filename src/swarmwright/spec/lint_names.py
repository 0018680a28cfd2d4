"""Lint of names: types, contracts and imports that lead nowhere."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from swarmwright.spec.links import Links
from swarmwright.spec.lint_shape import moved, parameter_place
from swarmwright.spec.names import BUILTINS, annotation_names
from swarmwright.spec.values import Contract, Diagnostic, Given, Location, Module, Unit

_SPECIAL = {"require": {"_ARGS", "_KWARGS"}, "ensure": {"result", "OLD", "_ARGS", "_KWARGS"}}


def check_annotations(unit: Unit, links: Links) -> Iterator[Diagnostic]:
    """Find types that nothing defines."""
    written = [(p.annotation, parameter_place(unit, p)) for p in unit.parameters if p.annotation is not None]
    if unit.returns is not None:
        written.append((unit.returns, unit.location))
    for annotation, place in written:
        try:
            names = sorted(set(annotation_names(ast.parse(f"({annotation}\n)", mode="eval").body)))
        except SyntaxError:
            yield _unknown_type(place, f"The type {annotation} of {unit.name} is not an expression")
            continue
        for name in names:
            if not _is_type(unit, name, links):
                yield _unknown_type(place, f"The type {name} of {unit.name} is not known")


def _is_type(unit: Unit, name: str, links: Links) -> bool:
    if links.scopes.resolve(unit.module, name) is not None or links.scopes.scopes[unit.module].has_unknown_star(
        links.scopes
    ):
        return True
    if name in _type_parameters(unit):
        return True
    return isinstance(getattr(builtins, name, 0), type) or name == "None"


def _type_parameters(unit: Unit) -> set[str]:
    node = ast.parse(f"{unit.head}\n    ...").body[0]
    return {parameter.name for parameter in getattr(node, "type_params", [])}


def check_contracts(unit: Unit, links: Links) -> Iterator[Diagnostic]:
    """Find contracts without a condition, and names and arguments in them that nothing defines."""
    parameters = {parameter.name for parameter in unit.parameters}
    for contract in unit.contracts:
        if not contract.condition:
            yield _bad(contract, f"This contract of {unit.name} has no condition", "Give it a lambda")
        if contract.kind in _SPECIAL:
            for name in contract.arguments:
                if name not in parameters | _SPECIAL[contract.kind]:
                    what = f"The condition takes {name}, which is no parameter of {unit.name}"
                    yield _bad(contract, what, "Use the names of its parameters" + _also(contract))
        for name in contract.names:
            if links.scopes.resolve(unit.module, name) is None and name not in BUILTINS:
                if links.scopes.scopes[unit.module].has_unknown_star(links.scopes):
                    continue
                what = f"The contract of {unit.name} names {name}, which nothing defines"
                yield Diagnostic(contract.location, "error", "unknown-name", what, "Define it, import it or correct it")


def check_imports(module: Module, links: Links) -> Iterator[Diagnostic]:
    """Find imports from modules and of names that the specification does not have."""
    package = module.name.partition(".")[0]
    scope = links.scopes.scopes[module.name]
    for node, target in scope.imports:
        if target.partition(".")[0] != package:
            continue
        place = _place_of(node, module)
        if target not in links.scopes.scopes:
            yield _unknown_import(place, f"There is no module {target} in the specification")
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name != "*" and not links.defines(target, alias.name):
                    yield _unknown_import(place, f"{target} defines no {alias.name}")


def _place_of(node: ast.stmt, module: Module) -> Location:
    for item in module.items:
        if isinstance(item, Given) and item.kind in ("import", "statement"):
            body = ast.parse(item.source).body
            for found in ast.walk(ast.Module(body, [])):
                if isinstance(found, ast.Import | ast.ImportFrom) and ast.dump(found) == ast.dump(node):
                    above = body[0].lineno - 1
                    start = Location(item.location.file, item.location.line - above, 1)
                    return moved(Location(start.file, found.lineno, found.col_offset + 1), start)
    return Location(module.origin, 1, 1)


def _also(contract: Contract) -> str:
    return ", `result` or `OLD`" if contract.kind == "ensure" else ""


def _bad(contract: Contract, what: str, remedy: str) -> Diagnostic:
    return Diagnostic(contract.location, "error", "bad-contract", what, remedy)


def _unknown_type(place: Location, what: str) -> Diagnostic:
    return Diagnostic(place, "error", "unknown-type", what, "Import it, define it above or correct its spelling")


def _unknown_import(place: Location, what: str) -> Diagnostic:
    return Diagnostic(place, "error", "unknown-import", what, "Correct the name, or add what is missing")
