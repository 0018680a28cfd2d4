"""Reads a specification into values: with ``ast`` and slices of the source, never by importing it."""

from __future__ import annotations

import ast
import hashlib
import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from swarmwright.errors import SpecError
from swarmwright.spec.contracts import ContractReader, every_argument, without_builtins
from swarmwright.spec.docstrings import evidence_demand, line_places, take_apart
from swarmwright.spec.links import Links
from swarmwright.spec.names import Scope, Scopes, dotted_name, mentions
from swarmwright.spec.sources import SourceFile, Text, find_sources, parse_module
from swarmwright.spec.values import Given, Item, Law, Module, Parameter, ParameterKind, Spec, Unit

Function = ast.FunctionDef | ast.AsyncFunctionDef


def read_spec(path: Path) -> Spec:
    """Read a file or a package folder of stubs.

    A file ``foo.py`` is the package ``foo``; a folder is a package of its name, with all the .py files in it.

    Raises:
        SpecError: it cannot be read, is not Python, or names nothing to build.
    """
    name, files = find_sources(path)
    trees = {file.module: parse_module(file.text, file.origin) for file in files}
    return _build_spec(name, files, trees, path)


def read_sources(name: str, sources: Mapping[str, str]) -> Spec:
    """Read a specification that is held as text: ``{"textkit/words.py": "..."}``, by paths in the package.

    Raises:
        SpecError: as for ``read_spec``.
    """
    files = tuple(
        SourceFile(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."), path, path, text)
        for path, text in sorted(sources.items())
    )
    trees = {file.module: parse_module(file.text, file.origin) for file in files}
    return _build_spec(name, files, trees, Path(name))


def _build_spec(name: str, files: Sequence[SourceFile], trees: Mapping[str, ast.Module], path: Path) -> Spec:
    scopes = Scopes({file.module: _scope(file, trees[file.module]) for file in files})
    links = Links([_ModuleReader(file, trees[file.module], scopes).read() for file in files])
    modules = tuple(links.complete(module) for module in links.modules)
    if not links.units:
        raise SpecError(f"{path}: there is nothing to build: write at least one function whose body is `...`")
    digest = hashlib.sha256()
    for module in modules:
        for part in (module.name, module.source):
            digest.update(len(part.encode()).to_bytes(8, "big") + part.encode())
    return Spec(name, modules, digest.hexdigest())


def _scope(file: SourceFile, tree: ast.Module) -> Scope:
    package = file.module if file.is_package else file.module.rpartition(".")[0]
    return Scope(file.module, package, tree.body, mentions(file.text).binds)


def is_stub(node: ast.stmt) -> bool:
    """Whether the statement is a function whose body is ``...``, after a docstring or alone."""
    if not isinstance(node, Function):
        return False
    last = node.body[-1]
    is_dots = isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant) and last.value.value is ...
    return is_dots and (len(node.body) == 1 or (len(node.body) == 2 and docstring_node(node) is not None))


def docstring_node(node: Function | ast.Module) -> ast.Constant | None:
    """Return the docstring of a function or module as a node, or None."""
    if not node.body or not isinstance(node.body[0], ast.Expr):
        return None
    value = node.body[0].value
    return value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


class _ModuleReader:
    """Reads one module; what a name of another module stands for is left to ``_Links``."""

    def __init__(self, file: SourceFile, tree: ast.Module, scopes: Scopes) -> None:
        self._file = file
        self._tree = tree
        self._scopes = scopes
        self._scope = scopes.scopes[file.module]
        self._text = Text(file.text, file.origin)
        functions = [node for node in tree.body if isinstance(node, Function)]
        parameters = {node.name: tuple(a.arg for a in every_argument(node.args)) for node in functions}
        self._contracts = ContractReader(self._text, self._scope, scopes, parameters)

    def read(self) -> Module:
        docstring = docstring_node(self._tree)
        body = self._tree.body[1:] if docstring else self._tree.body
        previous_end = docstring.end_lineno or 0 if docstring else 0
        items: list[Item] = []
        for node in body:
            items.append(self._item(node, previous_end))
            previous_end = node.end_lineno or node.lineno
        cleaned = inspect.cleandoc(str(docstring.value)) if docstring else None
        file = self._file
        return Module(file.module, file.path, file.origin, cleaned, tuple(items), file.text)

    def _item(self, node: ast.stmt, previous_end: int) -> Item:
        if isinstance(node, Function) and not self._is_overload(node):
            if node.name.startswith("law_"):
                return self._law(node)
            if is_stub(node):
                return self._unit(node)
        return self._given(node, previous_end)

    def _is_overload(self, node: Function) -> bool:
        names = (dotted_name(decorator) for decorator in node.decorator_list)
        targets = (self._scopes.resolve(self._scope.module, name) for name in names if name)
        return any(target in ("typing.overload", "typing_extensions.overload") for target in targets)

    def _unit(self, node: Function) -> Unit:
        docstring = docstring_node(node)
        cleaned = inspect.cleandoc(str(docstring.value)) if docstring else ""
        places = line_places(docstring, self._text) if docstring else (self._text.location(node),)
        written = take_apart(cleaned, node.name, places)
        read = [(decorator, self._contracts.read(decorator)) for decorator in node.decorator_list]
        return Unit(
            module=self._file.module,
            name=node.name,
            parameters=self._parameters(node.args),
            returns=self._text.segment(node.returns) if node.returns else None,
            docstring=cleaned,
            prose=written.prose,
            examples=written.examples,
            contracts=tuple(contract for _, contract in read if contract is not None),
            decorators=tuple(self._text.segment(decorator) for decorator, contract in read if contract is None),
            uses=(),
            checked_with=(),
            evidence=evidence_demand(written.evidence) or "standard",
            head=self._head(node),
            source=self._whole(node),
            location=self._text.location(node),
        )

    def _law(self, node: Function) -> Law:
        docstring = docstring_node(node)
        return Law(
            module=self._file.module,
            name=node.name,
            parameters=self._parameters(node.args),
            units=(),
            docstring=inspect.cleandoc(str(docstring.value)) if docstring else "",
            source=self._whole(node),
            location=self._text.location(node),
        )

    def _given(self, node: ast.stmt, previous_end: int) -> Given:
        source = self._with_comments(node, previous_end)
        binds, names = mentions(source)
        return Given(_kind(node), binds, without_builtins(names, self._scope), source, self._text.location(node))

    def _parameters(self, arguments: ast.arguments) -> tuple[Parameter, ...]:
        positional = [*arguments.posonlyargs, *arguments.args]
        missing = [None] * (len(positional) - len(arguments.defaults))
        defaults = dict(zip((a.arg for a in positional), [*missing, *arguments.defaults], strict=True))
        defaults |= dict(zip((a.arg for a in arguments.kwonlyargs), arguments.kw_defaults, strict=True))
        return tuple(
            Parameter(
                argument.arg,
                self._text.segment(argument.annotation) if argument.annotation else None,
                _parameter_kind(argument, arguments),
                self._text.segment(default) if (default := defaults.get(argument.arg)) else None,
            )
            for argument in every_argument(arguments)
        )

    def _head(self, node: Function) -> str:
        start = (node.lineno, self._text.column(node.lineno, node.col_offset))
        body = node.body[0]
        end = self._text.colon_before(body.lineno, self._text.column(body.lineno, body.col_offset))
        return self._text.between(start, end)

    def _start_line(self, node: ast.stmt) -> int:
        decorators = node.decorator_list if isinstance(node, Function | ast.ClassDef) else []
        return min([node.lineno, *(decorator.lineno for decorator in decorators)])

    def _whole(self, node: ast.stmt) -> str:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        first = self._start_line(node)
        start = 0 if first != node.lineno else self._text.column(first, node.col_offset)
        return self._text.between(
            (first, start), (node.end_lineno, self._text.column(node.end_lineno, node.end_col_offset))
        )

    def _with_comments(self, node: ast.stmt, previous_end: int) -> str:
        """Return the statement with the comment lines right above it and the comment behind it."""
        assert node.end_lineno is not None
        source = self._whole(node)
        last = self._text.lines[node.end_lineno - 1]
        behind = last[self._text.column(node.end_lineno, node.end_col_offset or 0) :]
        if behind.lstrip().startswith("#"):
            source += behind.rstrip()
        above = first = self._start_line(node)
        while above - 1 > previous_end and self._text.lines[above - 2].startswith("#"):
            above -= 1
        return "\n".join((*self._text.lines[above - 1 : first - 1], source))


def _kind(node: ast.stmt) -> Literal["import", "class", "function", "constant", "statement"]:
    match node:
        case ast.Import() | ast.ImportFrom():
            return "import"
        case ast.ClassDef():
            return "class"
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return "function"
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            return "constant"
    return "constant" if type(node).__name__ == "TypeAlias" else "statement"


def _parameter_kind(argument: ast.arg, arguments: ast.arguments) -> ParameterKind:
    if argument is arguments.vararg:
        return "var_positional"
    if argument is arguments.kwarg:
        return "var_keyword"
    if argument in arguments.posonlyargs:
        return "positional_only"
    return "keyword_only" if argument in arguments.kwonlyargs else "positional_or_keyword"
