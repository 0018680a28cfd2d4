"""A proposed body as a tree within its function, and what its names stand for. Nothing is run."""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterator

from swarmwright.spec.names import is_outer
from swarmwright.spec.values import Given, Law, Spec, Unit

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Scoped = FunctionNode | ast.Lambda | ast.ClassDef


class ProposedCode:
    """One Unit's head with a proposed body.

    ``outside`` are the names it takes from outside the function, ``bound`` the names its function binds,
    ``targets`` what imported names stand for (``{"dt": "datetime.datetime"}``), the specification's imports among them.
    """

    def __init__(self, spec: Spec, unit: Unit, body: str) -> None:
        """Parse and compile a body.

        Raises:
            SyntaxError: it is not Python, or not what can stand in a function (``ValueError``, ``RecursionError`` and
                ``MemoryError`` are raised too, by text that Python's own parser gives up on).
        """
        self.spec = spec
        self.unit = unit
        self.text = body
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            head = ast.parse(f"{unit.head.strip()} ...").body[0]
            assert isinstance(head, FunctionNode)
            self.function = head
            # A body that says nothing stays a parseable function, and is found to be unfinished.
            self.function.body = ast.parse(body).body or [ast.Pass(lineno=1, col_offset=0)]
            module = ast.Module([self.function], [])
            ast.fix_missing_locations(module)
            compile(module, "<proposal>", "exec", dont_inherit=True)
            table = symtable.symtable(ast.unparse(module), "<proposal>", "exec")
        self._table = table.lookup(unit.name).get_namespace()
        self.nodes = [node for statement in self.function.body for node in ast.walk(statement)]
        self.targets = {**_given_targets(spec, unit), **_targets(self.nodes, "")}

    @property
    def statements(self) -> list[ast.stmt]:
        """The body's statements, a docstring left out."""
        body = self.function.body
        match body[0]:
            case ast.Expr(value=ast.Constant(value=str())):
                return body[1:]
            case _:
                return body

    @property
    def outside(self) -> frozenset[str]:
        """Names that are taken from outside the function."""
        return frozenset(
            symbol.get_name() for table in _tables(self._table) for symbol in table.get_symbols() if is_outer(symbol)
        )

    @property
    def declared_global(self) -> frozenset[str]:
        """Names that a ``global`` statement mentions."""
        return frozenset(name for node in self.nodes if isinstance(node, ast.Global) for name in node.names)

    @property
    def bound(self) -> frozenset[str]:
        """Names that the function itself binds, its parameters left out."""
        return frozenset(
            symbol.get_name()
            for symbol in self._table.get_symbols()
            if symbol.is_local() and (symbol.is_assigned() or symbol.is_imported()) and not symbol.is_parameter()
        )

    @property
    def given(self) -> frozenset[str]:
        """Names that the specification's module gives, those of its Units and Laws left out."""
        items = self.spec.module(self.unit.module).items
        return frozenset(name for item in items if isinstance(item, Given) for name in item.binds)

    @property
    def siblings(self) -> frozenset[str]:
        """Names of the other Units and the Laws of the same module."""
        items = self.spec.module(self.unit.module).items
        return frozenset(item.name for item in items if isinstance(item, Unit | Law)) - {self.unit.name}

    @property
    def usable(self) -> frozenset[str]:
        """The bare names of the Units that it may call."""
        return frozenset(use.rpartition(".")[2] for use in self.unit.uses)

    def own_nodes(self) -> Iterator[ast.AST]:
        """Yield the nodes of the function itself, those of functions and classes inside it left out."""
        waiting: list[ast.AST] = list(self.function.body)
        while waiting:
            node = waiting.pop()
            yield node
            if not isinstance(node, Scoped):
                waiting.extend(ast.iter_child_nodes(node))

    def dotted(self, node: ast.AST) -> str:
        """Return what a name or chain of attributes stands for, imports resolved; "" for anything else."""
        tail: list[str] = []
        while isinstance(node, ast.Attribute):
            tail.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.targets.get(node.id, node.id), *reversed(tail)])


def root_name(node: ast.AST) -> str:
    """Return the name that a chain of attributes, items and calls begins with; "" where it begins otherwise."""
    while True:
        match node:
            case ast.Attribute(value=value) | ast.Subscript(value=value) | ast.Starred(value=value):
                node = value
            case ast.Name(id=name):
                return name
            case _:
                return ""


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _given_targets(spec: Spec, unit: Unit) -> dict[str, str]:
    module = spec.module(unit.module)
    package = module.name if module.path.endswith("__init__.py") else module.name.rpartition(".")[0]
    found: dict[str, str] = {}
    for item in module.items:
        if isinstance(item, Given) and item.kind == "import":
            found.update(_targets(list(ast.walk(ast.parse(item.source))), package))
    return found


def _targets(nodes: list[ast.AST], package: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                plain = alias.name if alias.asname else alias.name.partition(".")[0]
                found[alias.asname or plain] = plain
        elif isinstance(node, ast.ImportFrom):
            source = import_source(node, package)
            found.update({alias.asname or alias.name: f"{source}.{alias.name}" for alias in node.names})
    return found


def import_source(node: ast.ImportFrom, package: str) -> str:
    """Return the full name of the module that a ``from`` import reads, relative ones resolved from ``package``."""
    if not node.level:
        return node.module or ""
    parts = package.split(".") if package else []
    parts = parts[: len(parts) - (node.level - 1)]
    return ".".join([*parts, *([node.module] if node.module else [])])
