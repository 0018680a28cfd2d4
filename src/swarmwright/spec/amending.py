"""Writes one more doctest into a stub's docstring; every other byte of the file stays as it was.

What is written is read again before it is returned: the same module but for that one Example, or an error.
"""

from __future__ import annotations

import ast
import bisect
import codecs
import doctest
import inspect
import io
import itertools
import re
import tokenize
import warnings
from collections.abc import Iterator, Sequence

import msgspec

from swarmwright.errors import SpecError
from swarmwright.spec.docstrings import Written, take_apart
from swarmwright.spec.indent import INDENT
from swarmwright.spec.printer import print_docstring
from swarmwright.spec.reader import Function, docstring_node, is_stub
from swarmwright.spec.sources import Text, parse_module
from swarmwright.spec.values import Example, Location

_LITERAL = re.compile(r"(?P<prefix>[a-zA-Z]*)(?P<quote>'''|\"\"\"|'|\")")
_ESCAPE = re.compile(r"\\(?:\n|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|N\{[^}]*\}|.)", re.DOTALL)
_MEANING = frozenset("\\'\"abfnrtv01234567xuUN")
_NOWHERE = (Location("", 1, 1),)


class _Edit(msgspec.Struct, frozen=True, order=True):
    """Replaces the characters from ``start`` up to ``end``."""

    start: int
    end: int
    new: str


def add_example(content: bytes, unit: str, lines: Sequence[str], origin: str = "the specification") -> bytes:
    """Return the file with a doctest added at the end of the examples of that stub's docstring.

    Args:
        content: the file's bytes, UTF-8; a byte order mark and the kind of newlines are kept.
        unit: the stub's name (without its module).
        lines: the doctest without indentation, as ``[">>> f(1)", "2"]``; printable characters only.
        origin: the file's name, for messages.

    Raises:
        SpecError: there is no such stub, or the example cannot be written there so that it reads back.
    """
    if not lines or not lines[0].startswith(">>> ") or not all(line and line.isprintable() for line in lines):
        raise SpecError(f"{origin}: an example of {unit} must be doctest lines of printable characters")
    raw = content.decode("utf-8-sig")
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    edits = sorted(_edits(text, unit, tuple(lines), origin))
    _require_only_that(text, _applied(text, edits), unit, origin)
    newline = "\r\n" if 2 * raw.count("\r\n") > raw.count("\n") else "\n" if "\n" in raw else "\r"
    joined = [at - number for number, at in enumerate(match.start() for match in re.finditer("\r\n", raw))]

    def place(offset: int) -> int:
        return offset + bisect.bisect_left(joined, offset)

    moved = [_Edit(place(edit.start), place(edit.end), edit.new.replace("\n", newline)) for edit in edits]
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark + _applied(raw, moved).encode()


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join((*parts, text[at:]))


def _stub(tree: ast.Module, unit: str, origin: str) -> Function:
    for node in tree.body:
        if isinstance(node, Function) and node.name == unit and is_stub(node):
            return node
    raise SpecError(f"{origin}: there is no function {unit} that is to be built")


def _edits(text: str, unit: str, lines: tuple[str, ...], origin: str) -> list[_Edit]:
    node = _stub(parse_module(text, origin), unit, origin)
    source = Text(text, origin)
    starts = [0, *itertools.accumulate(len(line) + 1 for line in source.lines)]

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + source.column(line, column)

    written = source.lines[node.lineno - 1]
    indent = written[: len(written) - len(written.lstrip())] + INDENT
    docstring = docstring_node(node)
    if docstring is None:
        return [_new_docstring(text, offset(node.body[0].lineno, node.body[0].col_offset), indent, lines)]
    assert docstring.end_lineno is not None
    assert docstring.end_col_offset is not None
    begin = offset(docstring.lineno, docstring.col_offset)
    end = offset(docstring.end_lineno, docstring.end_col_offset)
    literals = [
        (starts[token.start[0] - 1] + token.start[1], token.string)
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.STRING
    ]
    inside = [(at, literal) for at, literal in literals if begin <= at < end]
    return _into_docstring(str(docstring.value), inside, indent, lines)


def _new_docstring(text: str, at: int, indent: str, lines: tuple[str, ...]) -> _Edit:
    """Return the edit that gives a stub without a docstring one, before its ``...``."""
    begun = text[text.rfind("\n", 0, at) + 1 : at]
    if begun.strip():
        start = at - (len(begun) - len(begun.rstrip()))
        return _Edit(start, at, f"\n{print_docstring(chr(10).join(lines), indent)}\n{indent}")
    return _Edit(at, at, f"{print_docstring(chr(10).join(lines), begun).lstrip()}\n{begun}")


def _into_docstring(
    value: str, literals: Sequence[tuple[int, str]], indent: str, lines: tuple[str, ...]
) -> list[_Edit]:
    """Return the edits of the last literal of a docstring: behind its last example, else at its end."""
    at, literal = literals[-1]
    shape = _LITERAL.match(literal)
    assert shape is not None
    raw, quote = "r" in shape["prefix"].lower(), shape["quote"]
    body = literal[shape.end() : -len(quote)]
    places = list(_places(body, raw=raw))
    last = _last_example(value)
    margin = _margin(value, indent)
    stripped = len(value.rstrip())
    end = stripped if last is None else last[1]
    if len(literals) > 1 or len(places) != len(value) + 1:
        # Which literal a line of the value stands in is not worth finding out: the end is an end of the examples too.
        rest, place = "", len(body)
        end = len(value) if last is not None and last[1] >= stripped else -1
        alone = last is None or end < 0
    else:
        rest, place = value[end:], places[end]
        alone = last is None
    if last is not None and not alone:
        margin = last[0] if last[0] is not None else margin
    new = "".join(f"\n{margin}{line}" for line in lines)
    new = ("\n" + new if alone and value.strip() else new) + ("" if "\n" in rest else f"\n{margin}")
    inner = at + shape.end() + place
    edits = [_Edit(inner, inner, _as_written(new, raw=raw, quote=quote[0] * 3))]
    if len(quote) == 1:
        edits.append(_Edit(at + shape.end() - 1, at + shape.end(), quote * 3))
        edits.append(_Edit(at + len(literal) - 1, at + len(literal), quote * 3))
    return edits


def _places(body: str, *, raw: bool) -> Iterator[int]:
    """Yield where in a literal's body each character of its value is written, and where the body ends."""
    at = 0
    while at < len(body):
        found = None if raw else _ESCAPE.match(body, at)
        if found is None:
            yield at
            at += 1
            continue
        if found[0][1] != "\n":
            yield at
            if found[0][1] not in _MEANING:
                yield at + 1
        at = found.end()
    yield at


def _last_example(value: str) -> tuple[str | None, int] | None:
    """Return the indentation of a docstring's last doctest (None: it begins the docstring) and where it ends."""
    rows = value.split("\n")
    cleaned = inspect.cleandoc(value)
    try:
        tests = [test for test in doctest.DocTestParser().parse(cleaned) if isinstance(test, doctest.Example)]
    except ValueError as error:
        raise SpecError(f"the doctests cannot be read: {error}") from None
    if not tests:
        return None
    dropped = next(number for number, row in enumerate(rows) if row.strip())
    first = dropped + tests[-1].lineno
    after = first + tests[-1].source.count("\n") + tests[-1].want.count("\n")
    end = sum(len(row) + 1 for row in rows[:after]) - 1
    row = rows[first]
    return (row[: len(row) - len(row.lstrip())] if first else None), min(end, len(value))


def _margin(value: str, indent: str) -> str:
    rows = [row for row in value.split("\n")[1:] if row.strip()]
    margins = [row[: len(row) - len(row.lstrip())] for row in rows]
    return min(margins, key=lambda margin: len(margin.expandtabs()), default=indent)


def _as_written(text: str, *, raw: bool, quote: str) -> str:
    if raw:
        # A raw literal cannot escape its own quotes; inside the strings of a doctest they have another name.
        return text.replace(quote, rf"\x{ord(quote[0]):02x}" * 3)
    return text.replace("\\", r"\\").replace(quote, rf"\{quote[0]}" * 3)


def _require_only_that(before: str, after: str, unit: str, origin: str) -> None:
    """Raise ``SpecError`` unless the new text says what the old one says, and one doctest more."""
    message = f"{origin}: the answer cannot be written into the docstring of {unit}; write the example by hand"
    try:
        was, now = (_stub(parse_module(text, origin), unit, origin) for text in (before, after))
    except SpecError:
        raise SpecError(message) from None
    old, new = (_examples(node) for node in (was, now))
    same_prose = (old.prose, old.uses, old.evidence) == (new.prose, new.uses, new.evidence)
    count = len(old.examples)
    if not same_prose or new.broken or len(new.examples) <= count or _bare(new.examples[:count]) != _bare(old.examples):
        raise SpecError(message)
    if _without_docstring(before, unit) != _without_docstring(after, unit):
        raise SpecError(message)
    try:
        for example in new.examples[count:]:
            parse_module("\n".join((*example.setup, example.source)), origin)
    except SpecError:
        raise SpecError(message) from None


def _examples(node: Function) -> Written:
    docstring = docstring_node(node)
    cleaned = inspect.cleandoc(str(docstring.value)) if docstring else ""
    return take_apart(cleaned, node.name, _NOWHERE)


def _bare(examples: Sequence[Example]) -> list[Example]:
    return [msgspec.structs.replace(example, location=_NOWHERE[0]) for example in examples]


def _without_docstring(text: str, unit: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, Function) and node.name == unit and is_stub(node):
            node.body = node.body[-1:]
    return ast.dump(tree)
