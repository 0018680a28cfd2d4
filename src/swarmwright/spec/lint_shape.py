"""Lint of the shape of functions: types, parameters, Laws, names defined twice, stubs nobody would build."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from swarmwright.spec.links import Links
from swarmwright.spec.names import dotted_name, top_level
from swarmwright.spec.reader import Function, docstring_node, is_stub
from swarmwright.spec.sources import Text
from swarmwright.spec.values import Diagnostic, Given, Law, Location, Module, Parameter, Unit

_STAR_KINDS = ("var_positional", "var_keyword")
_ABSTRACT = ("Protocol", "ABC", "ABCMeta", "TypedDict")


def check_parameters(unit: Unit, _links: Links) -> Iterator[Diagnostic]:
    """Find missing types, star parameters and async functions."""
    if unit.head.startswith("async"):
        yield Diagnostic(
            unit.location,
            "error",
            "async-unit",
            f"{unit.name} is async, and only plain functions are built",
            "Write it as `def`, or give it a body of your own",
        )
    for parameter in unit.parameters:
        place = parameter_place(unit, parameter)
        if parameter.annotation is None:
            yield _missing(place, f"The parameter {parameter.name} of {unit.name}", f"{parameter.name}: int")
        if parameter.kind in _STAR_KINDS:
            yield Diagnostic(
                place,
                "warning",
                "unsupported-parameter",
                f"{unit.name} takes any number of arguments ({parameter.name}), for which few inputs are tried",
                "Take a list or a dict instead",
            )
    if unit.returns is None:
        yield _missing(unit.location, f"The result of {unit.name}", "-> int")


def parameter_place(unit: Unit, parameter: Parameter) -> Location:
    """Return where the parameter stands; the Unit's own place where that cannot be told."""
    tree = ast.parse(f"{unit.head}\n    ...").body[0]
    assert isinstance(tree, Function)
    for node in ast.walk(tree.args):
        if isinstance(node, ast.arg) and node.arg == parameter.name:
            return moved(Text(unit.head, unit.location.file).location(node), unit.location)
    return unit.location


def moved(place: Location, start: Location) -> Location:
    """Return a place in a text as a place in the file where the text starts at ``start``."""
    column = place.column + (start.column - 1 if place.line == 1 else 0)
    return Location(start.file, start.line + place.line - 1, column)


def check_law(law: Law) -> Iterator[Diagnostic]:
    """Find Laws that say nothing or cannot be given arguments."""
    node = ast.parse(law.source).body[0]
    if isinstance(node, ast.AsyncFunctionDef):
        yield _law(law, "async-law", "is async", "Write it as a plain function")
    if is_stub(node):
        yield _law(law, "empty-law", "has no body", "Write what must be true, as an expression after `return`")
    elif not law.units:
        yield _law(law, "law-names-nothing", "names no function that is built", "Call a Unit in it, or remove it")
    untyped = [parameter.name for parameter in law.parameters if parameter.annotation is None]
    if untyped:
        what = f"has parameters without types ({', '.join(untyped)})"
        yield _law(law, "law-without-types", what, "Annotate them, so that arguments can be generated")


def check_duplicates(module: Module) -> Iterator[Diagnostic]:
    """Find names that are defined twice, where one of the definitions is a Unit or a Law."""
    first: dict[str, Unit | Law | Given] = {}
    for item in module.items:
        names = item.binds if isinstance(item, Given) else (item.name,)
        for name in names:
            other = first.setdefault(name, item)
            if other is item or (isinstance(other, Given) and isinstance(item, Given)) or _is_overload(other):
                continue
            yield Diagnostic(
                item.location,
                "error",
                "duplicate-name",
                f"{name} is defined here and in line {other.location.line}",
                "Rename or remove one of the two",
            )


def check_given(module: Module) -> Iterator[Diagnostic]:
    """Find stubs where none is built, and functions that are only a docstring."""
    for item in module.items:
        if not isinstance(item, Given) or item.kind in ("import", "constant"):
            continue
        for node in _functions(item):
            start = Location(item.location.file, item.location.line - _lines_before(item), 1)
            place = moved(Text(item.source, start.file).location(node), start)
            if is_stub(node):
                yield Diagnostic(
                    place,
                    "warning",
                    "stub-not-built",
                    f"The body of {node.name} is `...`, but only functions at the top of a module are built",
                    "Move it to the top of the module, or write its body",
                )
            elif len(node.body) == 1 and docstring_node(node) is not None:
                yield Diagnostic(
                    place,
                    "warning",
                    "docstring-only",
                    f"{node.name} is only a docstring, so it is given as it is and returns None",
                    "Write `...` below the docstring to have it built",
                )


def check_laws_stay_apart(module: Module, links: Links) -> Iterator[Diagnostic]:
    """Find given code that needs a Law, which is not part of what is delivered."""
    for item in module.items:
        if not isinstance(item, Given):
            continue
        for name in (*item.names, *(item.binds if item.kind == "import" else ())):
            if links.is_law(module.name, name):
                what = f"Given code needs the Law {name}, but Laws are not part of the package that is delivered"
                yield Diagnostic(item.location, "error", "law-needed", what, "Move what both need into a function")


def _functions(item: Given) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in top_level(ast.parse(item.source).body):
        if isinstance(node, ast.ClassDef) and not _is_abstract(node):
            yield from (child for child in node.body if isinstance(child, Function) and not child.decorator_list)
        elif isinstance(node, Function) and not node.decorator_list:
            yield node


def _is_abstract(node: ast.ClassDef) -> bool:
    bases = [*node.bases, *(keyword.value for keyword in node.keywords)]
    roots = (base.value if isinstance(base, ast.Subscript) else base for base in bases)
    return any((dotted_name(root) or "").rpartition(".")[2] in _ABSTRACT for root in roots)


def _lines_before(item: Given) -> int:
    """Return how many lines of the source stand above the line of the item's location."""
    return ast.parse(item.source).body[0].lineno - 1


def _is_overload(item: Unit | Law | Given) -> bool:
    return isinstance(item, Given) and item.kind == "function" and "overload" in item.source.partition("def ")[0]


def _missing(place: Location, what: str, how: str) -> Diagnostic:
    return Diagnostic(place, "error", "missing-type", f"{what} has no type", f"Annotate it, as in `{how}`")


def _law(law: Law, code: str, what: str, remedy: str) -> Diagnostic:
    return Diagnostic(law.location, "error", code, f"The Law {law.name} {what}", remedy)
