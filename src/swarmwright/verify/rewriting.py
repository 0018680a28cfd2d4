"""Small changes to the tree of a body: where its nodes stand, and the text with another node in one place. Pure."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from typing import Any

import msgspec

_MOST_SHOWN = 60


class Spot(msgspec.Struct, frozen=True):
    """Where a node stands: in ``owner.field``, at ``index`` of it where that is a list.

    ``in_index`` says whether it is part of a subscript.
    """

    node: Any
    owner: Any
    field: str
    index: int | None
    in_index: bool = False


def spots(owner: ast.AST, in_index: bool = False) -> Iterator[Spot]:
    """Yield where each node below ``owner`` stands, from the top down; annotations and texts of f-strings left out."""
    for field, value in ast.iter_fields(owner):
        # Annotations are no behaviour, and the text parts of f-strings are no constants of their own.
        if field in ("annotation", "returns", "type_comment") or isinstance(owner, ast.JoinedStr | ast.FormattedValue):
            continue
        below = in_index or (isinstance(owner, ast.Subscript) and field == "slice")
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                yield Spot(child, owner, field, index, below)
                yield from spots(child, below)


def parse(body: str) -> ast.Module:
    """Return the tree of a body, without warnings; raise ``SyntaxError`` where it is no Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(body)


def replaced(tree: ast.Module, owner: Any, field: str, index: int | None, new: Any) -> str:
    """Return the text of the tree with ``new`` in ``owner.field`` (``[index]``), leaving the tree as it was."""
    before = getattr(owner, field)
    setattr(owner, field, new if index is None else [*before[:index], new, *before[index + 1 :]])
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    finally:
        setattr(owner, field, before)


def compiled(text: str) -> ast.Module | None:
    """Return the tree of a text that compiles as the body of a function, or None."""
    try:
        tree = parse(text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for wrapper in ("def f(): ...", "async def f(): ..."):
                function: Any = ast.parse(wrapper)
                function.body[0].body = tree.body or [ast.Pass()]
                try:
                    compile(ast.fix_missing_locations(function), "<mutant>", "exec", dont_inherit=True)
                    return tree
                except SyntaxError:
                    continue
    except (SyntaxError, ValueError, RecursionError):
        pass
    return None


def short(node: ast.AST) -> str:
    """Return a node as source on one line, cut where it is long."""
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."
