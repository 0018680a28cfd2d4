"""Names: what a piece of code binds and mentions, and what a name in a module stands for.

Free names come from Python's own ``symtable``, which analyses code without running it.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import functools
import symtable
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

BUILTINS = frozenset(dir(builtins))


class Mentions(NamedTuple):
    """The names a piece of code binds at its top, and the ones it takes from outside."""

    binds: tuple[str, ...]
    names: tuple[str, ...]


class Scope:
    """The global names of one module and what they lead to: ``{"s": "textkit.words.slugify"}``."""

    def __init__(self, module: str, package: str, body: Iterable[ast.stmt], binds: Iterable[str]) -> None:
        """Collect what the statements import, inside ``if`` and ``try`` too; ``binds`` are all global names.

        ``package`` is where relative imports of the module start from.
        """
        self.module = module
        self.targets: dict[str, str] = {}
        self.stars: list[str] = []
        self.imports: list[tuple[ast.Import | ast.ImportFrom, str]] = []
        for node in top_level(body):
            if isinstance(node, ast.Import):
                self._bind_import(node)
            elif isinstance(node, ast.ImportFrom):
                self._bind_from(node, package)
        for name in binds:
            self.targets.setdefault(name, f"{module}.{name}")

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that plain ``import`` statements load."""
        return tuple(target for node, target in self.imports if isinstance(node, ast.Import))

    def has_unknown_star(self, scopes: Scopes) -> bool:
        """Return whether names may come from ``from x import *`` of a module outside the specification."""
        return any(star not in scopes.scopes for star in self.stars)

    def _bind_import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.imports.append((node, alias.name))
            if alias.asname:
                self.targets[alias.asname] = alias.name
            else:
                root = alias.name.partition(".")[0]
                self.targets[root] = root

    def _bind_from(self, node: ast.ImportFrom, package: str) -> None:
        base = absolute_base(node, package)
        for alias in node.names:
            self.imports.append((node, base))
            if alias.name == "*":
                self.stars.append(base)
            else:
                self.targets[alias.asname or alias.name] = f"{base}.{alias.name}"


class Scopes:
    """The scopes of all modules of a specification, to follow names from one to the other."""

    def __init__(self, scopes: Mapping[str, Scope]) -> None:
        """Take the scopes by module name."""
        self.scopes = scopes

    def resolve(self, module: str, name: str) -> str | None:
        """Return the dotted name that ``name`` (dotted or not) stands for in the module, or None.

        Names of the specification are followed through its imports to where they are defined.
        """
        root, _, rest = name.partition(".")
        target = self._lookup(module, root, frozenset())
        if target is None:
            return None
        return self.follow(f"{target}.{rest}" if rest else target)

    def follow(self, dotted: str) -> str:
        """Return where a dotted name is defined in the end; names outside the specification stay as they are."""
        seen: set[str] = set()
        while dotted not in seen:
            seen.add(dotted)
            owner = self._owner(dotted)
            if owner is None or owner == dotted:
                return dotted
            name, _, rest = dotted[len(owner) + 1 :].partition(".")
            target = self._lookup(owner, name, frozenset())
            if target is None:
                return dotted
            dotted = f"{target}.{rest}" if rest else target
        return dotted

    def _owner(self, dotted: str) -> str | None:
        while dotted:
            if dotted in self.scopes:
                return dotted
            dotted = dotted.rpartition(".")[0]
        return None

    def _lookup(self, module: str, name: str, visited: frozenset[str]) -> str | None:
        scope = self.scopes.get(module)
        if scope is None or module in visited:
            return None
        if name in scope.targets:
            return scope.targets[name]
        if f"{module}.{name}" in self.scopes:
            return f"{module}.{name}"
        if not name.startswith("_"):
            for star in scope.stars:
                target = self._lookup(star, name, visited | {module})
                if target is not None:
                    return target
        return None


def absolute_base(node: ast.ImportFrom, package: str) -> str:
    """Return the absolute module of a ``from`` import in a module of that package."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = ".".join(parts[: len(parts) - node.level + 1])
    return f"{base}.{node.module}" if node.module else base


def top_level(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported, those inside ``if``, ``try`` and ``with`` too."""
    for node in body:
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for field in ("body", "orelse", "finalbody"):
            yield from top_level(getattr(node, field, []))
        for branch in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
            yield from top_level(branch.body)


@functools.lru_cache(maxsize=1 << 13)
def mentions(text: str) -> Mentions:
    """Return the names that code binds at its top and the free names it mentions, both sorted.

    Names in annotations that are written as strings count as mentioned.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
        table = symtable.symtable(text, "<specification>", "exec")
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    used = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    used.update(_free(table))
    used.update(_in_string_annotations(tree))
    return Mentions(tuple(sorted(binds)), tuple(sorted(used - binds)))


@functools.lru_cache(maxsize=1 << 13)
def chains(text: str) -> tuple[str, ...]:
    """Return the free names that code mentions, with attributes as far as they are written (``w.slugify``)."""
    free = set(mentions(text).names)
    dotted = (dotted_name(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute))
    return tuple(sorted(free | {name for name in dotted if name and name.partition(".")[0] in free}))


def _free(table: symtable.SymbolTable) -> Iterator[str]:
    for child in table.get_children():
        yield from (s.get_name() for s in child.get_symbols() if is_outer(s) and s.is_referenced())
        yield from _free(child)


def is_outer(symbol: symtable.Symbol) -> bool:
    """Whether a function takes this name from outside all functions.

    ``is_global`` alone is not enough: of a function that is called ``top`` CPython takes every local for a global.
    """
    return symbol.is_declared_global() or (symbol.is_global() and not symbol.is_local())


def _in_string_annotations(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        annotation = getattr(node, "annotation", None) or getattr(node, "returns", None)
        with contextlib.suppress(SyntaxError):
            yield from annotation_names(annotation)


def annotation_names(annotation: ast.expr | None) -> Iterator[str]:
    """Yield the root names of an annotation, looking into strings, but not into ``Literal[...]``.

    Raises:
        SyntaxError: a string in it is not an expression.
    """
    if annotation is None:
        return
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        yield from annotation_names(ast.parse(annotation.value.strip(), mode="eval").body)
    elif isinstance(annotation, ast.Name):
        yield annotation.id
    elif isinstance(annotation, ast.Subscript):
        yield from annotation_names(annotation.value)
        generic = (dotted_name(annotation.value) or "").rpartition(".")[2]
        if generic == "Annotated" and isinstance(annotation.slice, ast.Tuple):
            yield from annotation_names(annotation.slice.elts[0])
        elif generic != "Literal":
            yield from annotation_names(annotation.slice)
    else:
        for child in ast.iter_child_nodes(annotation):
            if isinstance(child, ast.expr):
                yield from annotation_names(child)


def dotted_name(node: ast.expr) -> str | None:
    """Return ``a.b.c`` for such an expression, None for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted_name(node.value)
        return f"{owner}.{node.attr}" if owner else None
    return None
