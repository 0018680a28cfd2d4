"""Takes the ``>>>`` blocks of a docstring apart and puts them into good form: a call, and its result as a literal."""

from __future__ import annotations

import ast
import re
from typing import Any

import msgspec
from benchmarks.quality.literals import Literal, literal_at, read_literal

_PROMPT = re.compile(r"^([ \t]*)>>>[ \t]?(.*)$")
_CONTINUED = re.compile(r"^[ \t]*\.\.\.(?:[ \t](.*))?$")
_PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)


class Line(msgspec.Struct, frozen=True):
    """A piece of a docstring: a line of prose, or an example (``source`` is not empty) as it is to be written."""

    text: str
    place: int
    source: str = ""
    want: Any = None


def split_blocks(text: str, name: str) -> tuple[list[Line], str, list[str]]:
    """Return the pieces of a docstring, its text with blanks where the blocks are, and what could not be read."""
    rows = text.split("\n")
    pieces: list[Line] = []
    prose: list[str] = []
    dropped: list[str] = []
    at = place = 0
    while at < len(rows):
        block = _Block(rows, at, place)
        if block.indent is None:
            pieces.append(Line(rows[at], place))
            prose.append(rows[at])
            taken = 1
        else:
            taken = block.rows_taken
            pieces += block.pieces(name, dropped)
            prose += [" " * len(row) for row in rows[at : at + taken]]
        place += sum(len(row) + 1 for row in rows[at : at + taken])
        at += taken
    return pieces, "\n".join(prose), dropped


def call_of(source: str, name: str) -> ast.Call | None:
    """Return the only call of the function in an expression, or None where there is none or more than one."""
    try:
        tree = ast.parse(source, mode="eval")
    except _PARSE_ERRORS:
        return None
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]
    return calls[0] if len(calls) == 1 else None


class _Block:
    """One ``>>>`` line with its continuation, and the lines up to the next blank one that are its result."""

    def __init__(self, rows: list[str], at: int, place: int) -> None:
        first = _PROMPT.match(rows[at])
        self.indent = first[1] if first else None
        self.place = place
        self.source = first[2] if first else ""
        end = at + 1
        while end < len(rows) and (more := _CONTINUED.match(rows[end])):
            self.source += "\n" + (more[1] or "")
            end += 1
        start = end
        while end < len(rows) and rows[end].strip() and not _PROMPT.match(rows[end]):
            end += 1
        self._results = rows[start:end]
        self.rows_taken = end - at

    def pieces(self, name: str, dropped: list[str]) -> list[Line]:
        """Return the block in good form, what follows its result as prose, or nothing where it cannot be read."""
        source, want, rest = self._read()
        if want is None or call_of(source, name) is None:
            dropped.append(f"its result is no plain value: {self.source.partition(chr(10))[0]}")
            return [Line("", self.place)]
        first, *more = source.split("\n")
        shown = "\n".join(
            (f"{self.indent}>>> {first}", *(f"{self.indent}... {row}" for row in more), f"{self.indent}{want.value!r}")
        )
        pieces = [Line(shown, self.place, source, want.value)]
        return [*pieces, Line("", self.place), *(Line(row, self.place) for row in rest)] if rest else pieces

    def _read(self) -> tuple[str, Literal | None, list[str]]:
        written = "\n".join(row.strip() for row in self._results)
        compared = _compared(self.source)
        if compared is not None:
            rest = self._results if written != "True" else []
            return *compared, rest
        if not written:
            return self.source, Literal(None, 0), []
        if (whole := read_literal(written)) is not None:
            return self.source, whole, []
        found = literal_at(written, 0)
        if found is None:
            return self.source, None, []
        behind = written[found.end :]
        if behind and not behind.startswith("\n") and not behind.lstrip().startswith(("#", "(")):
            return self.source, None, []
        count = written.count("\n", 0, found.end) + 1
        return self.source, found, self._results[count:]


def _compared(source: str) -> tuple[str, Literal] | None:
    """Return the two sides of ``f(1) == 2``, or None where it is anything else."""
    try:
        node = ast.parse(source.strip(), mode="eval").body
    except _PARSE_ERRORS:
        return None
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq | ast.Is):
        want = read_literal(ast.unparse(node.comparators[0]))
        if want is not None:
            return ast.unparse(node.left), want
    return None
