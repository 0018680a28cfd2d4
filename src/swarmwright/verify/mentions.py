"""Constants that a specification mentions: in a Unit's prose and in the given code of its module. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from swarmwright.spec.values import Given, Spec, Unit

_NUMBER = re.compile(r"(?<![\w.])-?\d[\d_,]*(?:\.\d+)?(?![\w])")
_QUOTED = re.compile(r"\"([^\"\n]{0,40})\"|'([^'\n]{0,40})'|`+([^`\n]{1,40})`+")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MOST = 40


def mentioned(spec: Spec, unit: Unit) -> tuple[str, ...]:
    """Return the constants worth trying as inputs, as Python source, once each: the prose's, then the given code's."""
    found: dict[str, None] = {}
    for source in (*_in_prose(unit.prose), *_in_given(spec, unit)):
        found.setdefault(source)
    return tuple(found)[:_MOST]


def numbers_in(prose: str) -> tuple[float, ...]:
    """Return the numbers that prose writes in digits, in order, once each."""
    found: dict[float, None] = {}
    for match in _NUMBER.finditer(prose):
        text = match[0].rstrip(",").replace("_", "")
        if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        for part in text.split(","):
            if part and len(part) <= 20:
                found.setdefault(float(part) if "." in part else int(part))
    return tuple(found)


def _in_prose(prose: str) -> Iterator[str]:
    for number in numbers_in(prose):
        yield repr(number)
    for word in re.findall(r"[a-z]+", prose.lower()):
        if word in _WORDS:
            yield repr(_WORDS.index(word))
    for match in _QUOTED.finditer(prose):
        yield repr(next(group for group in match.groups() if group is not None))


def _in_given(spec: Spec, unit: Unit) -> Iterator[str]:
    for item in spec.module(unit.module).items:
        if isinstance(item, Given) and item.kind == "constant":
            for node in ast.walk(ast.parse(item.source)):
                if isinstance(node, ast.Constant) and type(node.value) in (int, float, str):
                    text = repr(node.value)
                    if len(text) <= 40:
                        yield text
