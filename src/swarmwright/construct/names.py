"""Which names a generated test file needs, and the imports that give it exactly those."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable

from swarmwright.construct.strategies import absolute
from swarmwright.spec.values import Given, Law, Module, Unit

BUILTINS = frozenset(dir(builtins))


def mentioned(*sources: str) -> set[str]:
    """Return every name that the sources read or write; a source that does not parse mentions nothing."""
    names: set[str] = set()
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            continue
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names


def bound_by(module: Module) -> set[str]:
    """Return every name that the module binds at its top level."""
    names: set[str] = set()
    for item in module.items:
        names |= set(item.binds) if isinstance(item, Given) else {item.name}
    return names


def imported_whole(module: Module) -> set[str]:
    """Return the modules that the module imports under their own name (``import re``)."""
    nodes = (n for i in module.items if isinstance(i, Given) and i.kind == "import" for n in ast.parse(i.source).body)
    return {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names if alias.asname is None}


def import_lines(module: Module, names: Iterable[str], extra: dict[str, str]) -> list[str]:
    """Return the imports that bind ``names`` as ``module`` binds them.

    Args:
        module: the module under test; what it imports itself is imported from the same place.
        names: the names wanted; those the module does not bind are left out.
        extra: names to be taken from other modules of the package (name to module).
    """
    wanted = set(names) & bound_by(module)
    lines: list[str] = []
    own: set[str] = set()
    for item in module.items:
        if isinstance(item, Law):
            continue
        binds = {item.name} if isinstance(item, Unit) else set(item.binds)
        if isinstance(item, Given) and item.kind == "import":
            lines += _copied(item, binds & wanted, module)
        else:
            own |= binds & wanted
    if own:
        lines.append(f"from {module.name} import {', '.join(sorted(own))}")
    lines += [f"from {home} import {name}" for name, home in sorted(extra.items()) if name not in wanted]
    return lines


def _copied(item: Given, wanted: set[str], module: Module) -> list[str]:
    lines = []
    for node in ast.walk(ast.parse(item.source)):
        if isinstance(node, ast.ImportFrom) and node.module != "__future__":
            source = absolute(node, module)
            lines += [f"from {source} import {_alias(a)}" for a in node.names if (a.asname or a.name) in wanted]
        elif isinstance(node, ast.Import):
            lines += [f"import {_alias(a)}" for a in node.names if (a.asname or a.name.split(".")[0]) in wanted]
    return lines


def _alias(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name
