"""Finds plain Python literals inside running text: where one begins and ends, and what it is."""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

import msgspec

_OPENING = {"(": ")", "[": "]", "{": "}"}
_STRING = re.compile(r"(?P<q>['\"])(?:(?!(?P=q))[^\\\n]|\\.)*(?P=q)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.\d+|\d+|\.\d+)(?:[eE][-+]?\d+)?(?![\w])")
_WORD = re.compile(r"(?:True|False|None|true|false|null)\b")
_WORDS = {"true": True, "false": False, "null": None}
_TAIL = re.compile(r"[ \t]*(?:$|\n|#|\(|[.,;:](?:\s|$)|(?:and|since|because|as|or)\b)")
_CHAIN = re.compile(r"==>|=>|==|=")
_TOO_DEEP = (SyntaxError, ValueError, TypeError, MemoryError, RecursionError)


class Literal(msgspec.Struct, frozen=True):
    """A literal found in a text: its value, where it ends, and whether it is one thing in round brackets."""

    value: Any
    end: int
    bracketed: bool = False


def read_literal(source: str) -> Literal | None:
    """Return the literal that the whole text is, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = ast.literal_eval(source.strip())
    except _TOO_DEEP:
        return None
    bracketed = source.lstrip().startswith("(") and not isinstance(value, tuple)
    return Literal(value, len(source), bracketed)


def literal_at(text: str, start: int) -> Literal | None:
    """Return the literal that begins at that place (spaces before it are skipped), or None."""
    while start < len(text) and text[start] in " \t":
        start += 1
    if start == len(text):
        return None
    if text[start] in _OPENING:
        end = balanced_end(text, start)
    else:
        found = _STRING.match(text, start) or _NUMBER.match(text, start) or _WORD.match(text, start)
        end = found.end() if found else None
    if end is None:
        return None
    source = text[start:end]
    if source in _WORDS:
        return Literal(_WORDS[source], end)
    literal = read_literal(source)
    return None if literal is None else msgspec.structs.replace(literal, end=end)


def balanced_end(text: str, start: int) -> int | None:
    """Return the place behind the bracket that closes the one at ``start``, or None where none does."""
    open_brackets: list[str] = []
    place = start
    while place < len(text):
        char = text[place]
        if char in "'\"":
            string = _STRING.match(text, place)
            if string is None:
                return None
            place = string.end()
            continue
        if char in _OPENING:
            open_brackets.append(_OPENING[char])
        elif char in ")]}":
            if open_brackets.pop() != char:
                return None
            if not open_brackets:
                return place + 1
        place += 1
    return None


def result_after(text: str, start: int) -> Literal | None:
    """Return the result that stands there, with nothing but a remark behind it; of ``3 - 1 = 2`` the last part."""
    literal = literal_at(text, start)
    if literal is not None and _TAIL.match(text, literal.end):
        return literal
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    places = [match.end() for match in _CHAIN.finditer(text, start, line_end)]
    if not places:
        return None
    literal = literal_at(text, places[-1])
    return literal if literal is not None and _TAIL.match(text, literal.end) else None
