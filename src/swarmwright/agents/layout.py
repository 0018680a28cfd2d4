"""The layout of source text: statements cut out and dedented without touching what their strings hold."""

from __future__ import annotations

import ast
import io
import tokenize


def dedented(source: str, *statements: ast.stmt) -> str:
    """Return the source of neighbouring statements at column 0, comments kept.

    Lines inside strings of several lines stay as they are. Where the text cannot be cut cleanly (two
    statements on a line, say), the statements are printed anew, without comments.

    Args:
        source: the whole text the statements were parsed from.
        statements: neighbours of one block, in order.
    """
    first = min(getattr(node, "lineno", 1) for node in (statements[0], *_decorators(statements[0])))
    last = statements[-1].end_lineno or first
    lines = source.split("\n")[first - 1 : last]
    width = statements[0].col_offset
    held = _inside_strings(source)
    cut = [
        line if number in held else line[width:] if not line[:width].strip() else line.lstrip()
        for number, line in enumerate(lines, first)
    ]
    text = "\n".join(line if number in held else line.rstrip() for number, line in enumerate(cut, first))
    return text if _same(text, statements) else "\n".join(ast.unparse(node) for node in statements)


def _decorators(node: ast.stmt) -> list[ast.expr]:
    return node.decorator_list if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else []


def _inside_strings(source: str) -> set[int]:
    """Return the numbers of lines that begin inside a string or f-string of several lines."""
    held: set[int] = set()
    try:
        opened: list[int] = []
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            kind = tokenize.tok_name[token.type]
            if kind == "STRING":
                held.update(range(token.start[0] + 1, token.end[0] + 1))
            elif kind in ("FSTRING_START", "TSTRING_START"):
                opened.append(token.start[0])
            elif kind in ("FSTRING_END", "TSTRING_END") and opened:
                held.update(range(opened.pop() + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return held
    return held


def _same(text: str, statements: tuple[ast.stmt, ...]) -> bool:
    try:
        again = ast.parse(text).body
    except SyntaxError:
        return False
    return [ast.dump(node) for node in again] == [ast.dump(node) for node in statements]
