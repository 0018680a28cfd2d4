"""What a Unit's docstring says: prose, Examples, and the lines ``Uses:`` and ``Evidence:``."""

from __future__ import annotations

import ast
import doctest
import inspect
import itertools
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import get_args

import msgspec

from swarmwright.spec.names import mentions
from swarmwright.spec.sources import Text
from swarmwright.spec.values import EvidenceDemand, Example, Location

_USES = re.compile(r"\s*Uses:\s*(.*)$")
_EVIDENCE = re.compile(r"\s*Evidence:\s*(.*)$")
_EXAMPLES_HEADING = re.compile(r"\s*(Examples?|Doctests?):?\s*$")
_NO_BLANK_LINES = re.compile(r"\n{3,}")


class Written(msgspec.Struct, frozen=True):
    """A docstring taken apart. ``uses`` and ``evidence`` are as written, unresolved; ``broken`` says why its
    doctests cannot be read (empty: they can).
    """

    text: str
    prose: str
    examples: tuple[Example, ...]
    uses: tuple[str, ...]
    evidence: tuple[str, ...]
    broken: str


def take_apart(docstring: str, unit: str, places: Sequence[Location]) -> Written:
    """Take a cleaned docstring apart.

    ``places`` are the locations of its lines (the last one stands for all that follow).
    """
    try:
        pieces = doctest.DocTestParser().parse(docstring, unit)
    except ValueError as error:
        return _assemble(docstring, [docstring], (), str(error))
    prose = [piece for piece in pieces if isinstance(piece, str)]
    tests = [piece for piece in pieces if isinstance(piece, doctest.Example)]
    return _assemble(docstring, prose, tuple(_examples(tests, unit, places)), "")


def evidence_demand(written: Sequence[str]) -> EvidenceDemand | None:
    """Return what the lines ``Evidence:`` demand, "standard" where there is none, None where it is unknown."""
    for demand in get_args(EvidenceDemand):
        if all(word == demand for word in written):
            return demand if written else "standard"
    return None


def line_places(node: ast.Constant, text: Text) -> tuple[Location, ...]:
    """Return the location of each line of the cleaned docstring that this constant is.

    Where lines of the value are not lines of the file (escapes, joined strings), all are where it begins.
    """
    raw = str(node.value).expandtabs().split("\n")
    assert node.end_lineno is not None
    if len(raw) != node.end_lineno - node.lineno + 1:
        return (text.location(node),)
    dropped = _blank_lines_dropped(raw)
    rows = range(node.lineno + dropped, node.end_lineno + 1)
    indents = (len(text.lines[row - 1]) - len(text.lines[row - 1].lstrip()) for row in rows)
    first = text.location(node)
    places = [Location(text.origin, row, indent + 1) for row, indent in zip(rows, indents, strict=True)]
    return (first, *places[1:]) if not dropped else tuple(places)


def _blank_lines_dropped(raw: Sequence[str]) -> int:
    margins = (len(line) - len(line.lstrip()) for line in raw[1:] if line.strip())
    margin = min(margins, default=0)
    lines = [raw[0].lstrip(), *(line[margin:] for line in raw[1:])]
    return sum(1 for _ in itertools.takewhile(lambda line: not line, lines))


def _assemble(docstring: str, prose: Sequence[str], examples: tuple[Example, ...], broken: str) -> Written:
    kept: list[str] = []
    uses: list[str] = []
    evidence: list[str] = []
    continued = False
    for line in "".join(_with_newlines(prose)).split("\n"):
        found = _USES.match(line)
        if found or (continued and line.strip()):
            names = found.group(1) if found else line
            uses += [word for word in (_bare_name(part) for part in names.split(",")) if word]
            continued = names.rstrip().endswith(",")
        elif demand := _EVIDENCE.match(line):
            evidence.append(demand.group(1).strip().strip("`").rstrip("."))
        else:
            continued = False
            kept.append("" if _EXAMPLES_HEADING.match(line) else line)
    text = inspect.cleandoc("\n".join(kept)).rstrip()
    return Written(docstring, _NO_BLANK_LINES.sub("\n\n", text), examples, tuple(uses), tuple(evidence), broken)


def _with_newlines(pieces: Sequence[str]) -> Iterator[str]:
    return (piece if piece.endswith("\n") else f"{piece}\n" for piece in pieces)


def _bare_name(part: str) -> str:
    return part.strip().rstrip(".").strip("`").removesuffix("()").strip("`")


def _examples(tests: Sequence[doctest.Example], unit: str, places: Sequence[Location]) -> Iterator[Example]:
    setup: list[str] = []
    session: set[str] = set()
    for test in tests:
        source = test.source.rstrip("\n")
        bound, used, is_expression = _session_names(source)
        if test.want or (is_expression and unit in used):
            place = places[min(test.lineno, len(places) - 1)]
            yield Example(tuple(setup), source, test.want.rstrip("\n"), _exception_name(test), place)
        if not test.want or bound or used & session:
            setup.append(source)
        session |= bound


def _session_names(source: str) -> tuple[set[str], set[str], bool]:
    try:
        tree = ast.parse(source)
        found = mentions(source)
    except (SyntaxError, ValueError, RecursionError):
        return set(), set(), False
    is_expression = len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr)
    return set(found.binds), set(found.names), is_expression


def _exception_name(test: doctest.Example) -> str | None:
    if test.exc_msg is None:
        return None
    return textwrap.dedent(test.exc_msg).split("\n")[0].partition(":")[0].strip().rpartition(".")[2]
