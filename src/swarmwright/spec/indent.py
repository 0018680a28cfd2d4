"""Indents code without touching the inside of strings that run over several lines."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings

INDENT = "    "


def indent_body(body: str) -> str:
    """Return dedented statements indented by four spaces, with the same syntax tree.

    Raises:
        ValueError: the body is not Python.
    """
    text = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    tree = _parse(text)
    if not tree.body:
        return f"{_by_lines(text, frozenset())}\n{INDENT}pass" if text else f"{INDENT}pass"
    indented = _by_lines(text, _inside_strings(text))
    if _same_statements(indented, tree):
        return indented
    # Unusual layout (form feeds, odd continuation lines): what counts is the meaning.
    return _by_lines(unparsed := ast.unparse(tree), _inside_strings(unparsed))


def _parse(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"the body is not Python: {error}") from error


def _by_lines(text: str, untouched: frozenset[int]) -> str:
    return "\n".join(
        f"{INDENT}{line}" if line and number not in untouched else line
        for number, line in enumerate(text.split("\n"), start=1)
    )


def _inside_strings(text: str) -> frozenset[int]:
    """Return the numbers of the lines that begin inside a string."""
    inside: set[int] = set()
    opened: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = tokenize.tok_name[token.type]
            if kind == "STRING":
                inside.update(range(token.start[0] + 1, token.end[0] + 1))
            elif kind.endswith("STRING_START"):
                opened.append(token.start[0])
            elif kind.endswith("STRING_END"):
                inside.update(range(opened.pop() + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError):
        return frozenset()
    return frozenset(inside)


def _same_statements(indented: str, tree: ast.Module) -> bool:
    try:
        wrapped = _parse(f"def _():\n{indented}\n")
    except ValueError:
        return False
    function = wrapped.body[0]
    return isinstance(function, ast.FunctionDef) and [ast.dump(node) for node in function.body] == [
        ast.dump(node) for node in tree.body
    ]
