"""Reads an answer: tolerant in form, strict in substance.

Mere form is read as it is meant (fences, prose around the code, the whole function instead of its body, a
repeated docstring or decorator, imports and small helpers beside the function). What is wrong in substance
is a red flag: it is discarded and counted, never repaired.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from typing import Literal

import msgspec

from swarmwright.agents.calls import read_calls
from swarmwright.agents.layout import dedented
from swarmwright.spec.values import Unit

__all__ = ["LONGEST_CHARACTERS", "Flag", "ReadBody", "read_body", "read_calls"]

LONGEST_CHARACTERS = 16_000
"""A longer answer is flagged unread."""
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)
_MARKER = re.compile(r"<\|[a-z_]+\|>|</?(?:think|answer|code)>")
_CONTRACTS = frozenset({"require", "ensure", "snapshot", "invariant"})
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Form = Literal["continued", "whole", "bare"]
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
_HELPERS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.Assign, ast.AnnAssign)


class Flag(msgspec.Struct, frozen=True):
    """A red flag: why an answer is discarded before it is counted."""

    name: str
    detail: str


class ReadBody(msgspec.Struct, frozen=True):
    """The body that was read: dedented statements, its own imports and helpers first."""

    body: str


class _WrongError(Exception):
    """Carries the Flag of an answer that could be read but is wrong."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(detail)
        self.flag = Flag(name, detail)


def read_body(text: str, unit: Unit, *, truncated: bool = False) -> ReadBody | Flag:
    """Read the body of ``unit`` from an answer that continues its ``def`` line (or starts afresh).

    Args:
        text: the completion, without the beginning that was written for the model.
        unit: what was asked for.
        truncated: the token limit ended the answer.

    Returns:
        The body, or the red flag: "too long", "empty", "unparseable", "unfinished", "wrong signature",
        "wrong shape" (a class, an async function, a foreign decorator).
    """
    if len(text) > LONGEST_CHARACTERS:
        return Flag("too long", f"{len(text)} characters, at most {LONGEST_CHARACTERS} are read")
    text = _tidy(text)
    if not _FENCE.sub("", text).strip():
        return Flag("empty", "the answer holds no code")
    first: Flag | None = None
    for part, ended in _parts(text):
        for source, form in _sources(part, unit.name):
            try:
                body = _read_source(source, unit, form, cut=truncated and not ended)
            except _WrongError as wrong:
                first = first or wrong.flag
                continue
            if body is not None:
                return ReadBody(body)
    if first is not None:
        return first
    if truncated:
        return Flag("unfinished", "the token limit cut the answer inside a statement")
    return Flag("unparseable", _why_unparseable(text, unit.name))


def _tidy(text: str) -> str:
    text = _MARKER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\ufeff", "").replace("\u200b", "")
    return re.sub(r"^[ \t]+", lambda found: found.group().expandtabs(4), text, flags=re.MULTILINE)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the stretches that may hold the code, likeliest first, and whether something ended each."""
    fences = list(_FENCE.finditer(text))
    if not fences:
        yield text, False
        return
    edges = [0, *(edge for fence in fences for edge in fence.span()), len(text)]
    for at in range(0, len(edges), 2):
        part = text[edges[at] : edges[at + 1]]
        if part.strip():
            yield part, at + 2 < len(edges)


def _sources(part: str, name: str) -> Iterator[tuple[str, _Form]]:
    """Yield ways to make a module of a stretch: as continuation of the ``def`` line, or on its own."""
    lines = part.strip("\n").rstrip().split("\n")
    own = textwrap.dedent("\n".join(lines))
    ahead = re.search(rf"^(?:async )?def {re.escape(name)}\b", own, re.MULTILINE)
    if ahead is not None:
        yield own, "whole"
        start = re.search(r"^(?:from|import|def|async|@|[A-Z_]+\b.*=)", own, re.MULTILINE)
        if start is not None and start.start():
            yield own[start.start() :], "whole"
            yield own[ahead.start() :], "whole"
    elif lines[0].startswith(" "):
        yield f"def {name}():\n" + "\n".join(lines), "continued"
    else:
        # The first line lost its indentation, or the whole body did.
        yield f"def {name}():\n    " + "\n".join(lines), "continued"
        yield own, "bare"


def _read_source(source: str, unit: Unit, form: _Form, *, cut: bool) -> str | None:
    """Return the body found in a module's source, None where it does not parse, raise where it is wrong."""
    kept, rest = _longest_module(source)
    if kept is None:
        return None
    module = _parsed(kept)
    if module is None:
        return None
    function = _function_in(module, unit.name)
    if form == "bare":
        function = _bare_function(module)
    if function is None:
        return None
    if form == "whole":
        _check_head(function, unit)
    inner = _unwrapped(function, unit)
    statements = _without_docstring(inner.body)
    if cut and not rest and (form == "bare" or module.body[-1] is function):
        raise _WrongError("unfinished", "the token limit cut the answer before the function ended")
    _check_substance(statements, unit)
    pieces = [dedented(kept, node) for node in _helpers(module, function, inner)]
    body = "\n".join([*pieces, dedented(kept, *statements)])
    if _compiles(body):
        return body
    raise _WrongError("unparseable", "the body does not compile inside its function")


def _bare_function(module: ast.Module) -> _Function:
    shell = ast.parse("def _(): ...").body[0]
    if not isinstance(shell, ast.FunctionDef):
        raise TypeError(shell)
    shell.body = module.body
    return shell


def _longest_module(source: str) -> tuple[str | None, str]:
    """Cut prose or broken code after the function: (what parses, what was cut); never inside the function."""
    if _parsed(source) is not None:
        return source, ""
    lines = source.split("\n")
    for at in range(len(lines) - 1, 0, -1):
        if lines[at][:1].strip() and not lines[at].startswith((")", "]", "}")):
            kept = "\n".join(lines[:at])
            if _parsed(kept) is not None:
                return kept, "\n".join(lines[at:])
    return None, ""


def _parsed(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except _UNREADABLE:
        return None


def _compiles(body: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile("def _():\n" + "\n".join(_indented(body)), "<answer>", "exec", dont_inherit=True)
    except _UNREADABLE:
        return False
    return True


def _indented(body: str) -> Iterator[str]:
    # Good enough to compile: an indented line inside a string changes its value, never its syntax.
    yield from ("    " + line for line in body.split("\n"))


def _function_in(module: ast.Module, name: str) -> _Function | None:
    """Return the last top-level function of that name; raise where a class holds it."""
    found: _Function | None = None
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            found = node
        if isinstance(node, ast.ClassDef) and any(getattr(inner, "name", None) == name for inner in node.body):
            raise _WrongError("wrong shape", f"{name} is a method of a class")
    return found


def _check_head(function: _Function, unit: Unit) -> None:
    if isinstance(function, ast.AsyncFunctionDef):
        raise _WrongError("wrong shape", f"{unit.name} is async")
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    names = [argument.arg for argument in named if argument is not None]
    wanted = [parameter.name for parameter in unit.parameters]
    if names != wanted:
        raise _WrongError("wrong signature", f"it takes ({', '.join(names)}), not ({', '.join(wanted)})")
    allowed = {ast.unparse(ast.parse(source.lstrip("@"), mode="eval").body) for source in unit.decorators}
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        last = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if last not in _CONTRACTS and ast.unparse(decorator) not in allowed:
            raise _WrongError("wrong shape", f"it is decorated with {ast.unparse(decorator)}")


def _unwrapped(function: _Function, unit: Unit) -> _Function:
    """Return the function that stands alone inside ``function`` under the same name, else ``function``."""
    rest = [node for node in _without_docstring(function.body) if not isinstance(node, ast.Import | ast.ImportFrom)]
    if len(rest) == 1 and isinstance(rest[0], ast.FunctionDef | ast.AsyncFunctionDef) and rest[0].name == unit.name:
        _check_head(rest[0], unit)
        return rest[0]
    return function


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    while body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        if not isinstance(body[0].value.value, str):
            break
        body = body[1:]
    return body


def _check_substance(statements: list[ast.stmt], unit: Unit) -> None:
    """Raise where nothing was written, or no value can come back although one is wanted."""
    if all(_is_placeholder(node) for node in statements):
        raise _WrongError("empty", "the body is a placeholder")
    if unit.returns in (None, "None"):
        return
    own = list(_own_nodes(statements))
    if not any(isinstance(node, ast.Yield | ast.YieldFrom | ast.Raise) or _returns(node) for node in own):
        raise _WrongError("unfinished", f"{unit.name} never returns a value")


def _is_placeholder(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise):
        return node.exc is not None and "NotImplementedError" in ast.unparse(node.exc)
    return isinstance(node, ast.Pass | ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _returns(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) and node.value is not None


def _own_nodes(statements: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield the nodes of these statements that are not inside a function or class of their own."""
    waiting: list[ast.AST] = list(statements)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def _helpers(module: ast.Module, function: _Function, inner: _Function) -> Iterator[ast.stmt]:
    """Yield what stands beside the function and is needed by it: imports first, then helpers in order."""
    beside = [node for node in module.body if node is not function and isinstance(node, _HELPERS)]
    if inner is not function:
        beside += [node for node in function.body if isinstance(node, ast.Import | ast.ImportFrom)]
    needed = _names(inner)
    chosen: list[ast.stmt] = []
    grown = True
    while grown:
        more = [node for node in beside if node not in chosen and _binds(node) & needed]
        grown = bool(more)
        chosen += more
        needed = needed.union(*(_names(node) for node in more))
    imports = [node for node in chosen if isinstance(node, ast.Import | ast.ImportFrom)]
    yield from (node for node in imports if getattr(node, "module", "") != "__future__")
    yield from (node for node in beside if node in chosen and node not in imports)


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _binds(node: ast.stmt) -> set[str]:
    match node:
        case ast.Import() | ast.ImportFrom():
            return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        case ast.FunctionDef():
            return {node.name}
        case ast.Assign():
            return {target.id for target in node.targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def _why_unparseable(text: str, name: str) -> str:
    part = next(_parts(text))[0]
    source = next(_sources(part, name))[0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except _UNREADABLE as error:
        return f"{type(error).__name__}: {error}"
    return f"no function {name} was found"
