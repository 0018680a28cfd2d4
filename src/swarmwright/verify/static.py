"""Static red flags: reasons to discard a proposed body before anything of it is run. Pure; reads trees only."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator

from swarmwright.spec.values import Spec, Unit
from swarmwright.verify import static_names
from swarmwright.verify.static_code import FunctionNode, ProposedCode
from swarmwright.verify.static_tables import tables

MOST_CHARACTERS = 12_000
MOST_NODES = 3_000
_UNFINISHED_COMMENT = re.compile(
    r"#.*(\b(TODO|FIXME|XXX)\b|(your|rest of the) (code|implementation)|implement (this|me|here))", re.IGNORECASE
)
_LAZY = re.compile(r"\b(Async)?(Iterator|Generator|Iterable)\b")
_NOTHING = frozenset({"None", "NoReturn", "Never", "typing.NoReturn", "typing.Never"})


def find_flag(spec: Spec, unit: Unit, body: str) -> tuple[str, str] | None:
    """Return the first red flag of a proposed body as (name, detail), or None.

    Args:
        spec: The specification that holds the Unit: it says what the body may mention.
        unit: The Unit that the body is proposed for.
        body: Dedented statements, imports and helpers inside them.
    """
    if len(body) > MOST_CHARACTERS:
        return "too long", f"{len(body)} characters, and {MOST_CHARACTERS} are allowed"
    try:
        code = ProposedCode(spec, unit, body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return "not parseable", f"{type(error).__name__}: {str(error)[:200]}"
    for check in _CHECKS:
        found = next(check(code), None)
        if found is not None:
            return found
    return None


def _size(code: ProposedCode) -> Iterator[tuple[str, str]]:
    if len(code.nodes) > MOST_NODES:
        yield "too long", f"{len(code.nodes)} nodes, and {MOST_NODES} are allowed"


def _unfinished(code: ProposedCode) -> Iterator[tuple[str, str]]:
    if all(_says_nothing(statement) for statement in code.statements):
        yield "unfinished", "it says nothing"
    for node in code.nodes:
        if isinstance(node, ast.Raise) and node.exc is not None:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(raised, ast.Name) and raised.id == "NotImplementedError":
                yield "unfinished", "it raises NotImplementedError"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is Ellipsis:
            yield "unfinished", "a part of it is ..."
    for comment in _comments(code.text):
        if _UNFINISHED_COMMENT.search(comment):
            yield "unfinished", comment


def _says_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass)


def _comments(text: str) -> Iterator[str]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    except (tokenize.TokenError, SyntaxError):
        return


def _laziness(code: ProposedCode) -> Iterator[tuple[str, str]]:
    returns = code.unit.returns or ""
    yields = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in code.own_nodes())
    if yields and not _LAZY.search(returns):
        yield "async/yield mismatch", f"it yields and is to return {returns or 'nothing'}"
    if not isinstance(code.function, ast.AsyncFunctionDef):
        for node in code.nodes:
            if isinstance(node, ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith | ast.Await):
                yield "async/yield mismatch", "it is asynchronous and the function is not"
    if not yields and (code.unit.returns or "None").strip("\"' ") not in _NOTHING and not _returns(code):
        yield "no return", f"it never returns a value and is to return {returns}"


def _returns(code: ProposedCode) -> bool:
    return any(isinstance(node, ast.Return) and node.value is not None for node in code.own_nodes())


def _same_function(code: ProposedCode) -> Iterator[tuple[str, str]]:
    for node in code.nodes:
        if isinstance(node, FunctionNode | ast.ClassDef) and node.name == code.unit.name:
            yield "redefines itself", f"{node.name} is defined again inside itself"


_CHECKS: tuple[Callable[[ProposedCode], Iterator[tuple[str, str]]], ...] = (
    _size,
    _unfinished,
    static_names.imports,
    static_names.names,
    static_names.state,
    _same_function,
    static_names.bindings,
    static_names.calls,
    _laziness,
    tables,
)
