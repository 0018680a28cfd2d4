"""Smaller versions of a call, for showing the simplest input that does the same. Pure.

Smaller means shorter as Python source, then earlier in the alphabet: an order without endless descent, so that
shrinking step by step always ends.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from swarmwright.verify.encoding import decode, describe, encode
from swarmwright.verify.values import Call, Encoded

_MOST_SINGLES = 24
"""Of longer containers and texts only so many single items are tried for leaving out; halves always."""
_ITEMS = frozenset(("list", "tuple", "set", "frozenset", "iterator"))
_UNORDERED = frozenset(("set", "frozenset"))
_MAPPINGS = frozenset(("dict", "OrderedDict", "Counter"))

Size = tuple[int, str]


def size_of(call: Call) -> Size:
    """Return what calls are ordered by: the length of the call as Python source, then the source itself."""
    parts = [describe(value) for value in call.args]
    parts += [f"{name}={describe(value)}" for name, value in call.kwargs]
    text = ", ".join(parts)
    return len(text), text


def smaller(call: Call) -> tuple[Call, ...]:
    """Return calls one step smaller than this one, the smallest first; many do not satisfy what this one does."""
    size = size_of(call)
    found: dict[Size, Call] = {}
    for other in _variants(call):
        theirs = size_of(other)
        if theirs < size:
            found.setdefault(theirs, other)
    return tuple(found[key] for key in sorted(found))


def _variants(call: Call) -> Iterator[Call]:
    args, kwargs = call.args, call.kwargs
    for place, _ in enumerate(kwargs):
        yield Call(call.unit, args, kwargs[:place] + kwargs[place + 1 :])
    if args:
        yield Call(call.unit, args[:-1], kwargs)
    for place, value in enumerate(args):
        for less in _less(value):
            yield Call(call.unit, (*args[:place], less, *args[place + 1 :]), kwargs)
    for place, (name, value) in enumerate(kwargs):
        for less in _less(value):
            yield Call(call.unit, args, (*kwargs[:place], (name, less), *kwargs[place + 1 :]))


def _less(value: Encoded) -> Iterator[Encoded]:
    if isinstance(value, bool) or value is None:
        if value:
            yield False
    elif isinstance(value, int):
        yield from _less_than_int(value)
    elif isinstance(value, float):
        yield from (0.0, 1.0, -1.0, float(int(value)), round(value, 1), value / 2, abs(value))
    elif isinstance(value, str):
        yield from _less_than_text(value)
    elif isinstance(value, list) and value:
        yield from _less_than_tagged(value)


def _less_than_int(value: int) -> Iterator[int]:
    yield from (0, 1, -1, abs(value), value // 2, -(-value // 2), value // 10)
    yield value - 1 if value > 0 else value + 1


def _less_than_text(value: str) -> Iterator[str]:
    yield from map("".join, _shorter(value))
    for place, character in enumerate(value[:_MOST_SINGLES]):
        plain = "a" if character in string.ascii_lowercase else "A" if character in string.ascii_uppercase else ""
        plain = "0" if character in string.digits else plain or ("a" if character.isalpha() else "")
        if plain and plain != character:
            yield f"{value[:place]}{plain}{value[place + 1 :]}"


def _shorter(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the items without all, without halves and quarters, and without single ones."""
    if items:
        yield items[:0]
    length = len(items)
    for part in (length // 2, length // 4):
        if part > 1:
            for start in range(0, length, part):
                yield [*items[:start], *items[start + part :]]
                yield items[start : start + part]
    for place in range(min(length, _MOST_SINGLES)):
        yield [*items[:place], *items[place + 1 :]]
    if length > _MOST_SINGLES:
        yield items[:-1]


def _less_than_tagged(value: list[Any]) -> Iterator[Encoded]:
    tag = value[0]
    if tag in _ITEMS:
        yield from ([tag, *items] for items in _less_items(value[1:], tag))
    elif tag == "deque":
        yield from ([tag, value[1], *items] for items in _less_items(value[2:], tag))
    elif tag in _MAPPINGS:
        yield from ([tag, *pairs] for pairs in _less_pairs(value[1:]))
    elif tag == "defaultdict":
        yield from ([tag, value[1], *pairs] for pairs in _less_pairs(value[2:]))
    elif tag in ("dataclass", "object"):
        for place, (name, field) in enumerate(value[2:], 2):
            yield from ([*value[:place], [name, less], *value[place + 1 :]] for less in _less(field))
    elif tag in ("namedtuple", "range", "complex"):
        start = 2 if tag == "namedtuple" else 1
        for place, part in enumerate(value[start:], start):
            yield from ([*value[:place], less, *value[place + 1 :]] for less in _less(part))
    elif tag in ("bytes", "bytearray"):
        content = bytes.fromhex(value[1])
        yield from ([tag, bytes(less).hex()] for less in _shorter(content))
        yield [tag, b"a".hex() * len(content)]
    elif tag in ("int", "str"):
        yield from map(encode, _less(decode(value)))
    elif tag == "Decimal":
        yield from (["Decimal", less] for less in ("0", "1", "0.1", value[1].rstrip("0123456789")))


def _less_items(items: list[Any], tag: str) -> Iterator[list[Any]]:
    for shorter in _shorter(items):
        yield list(shorter)
    for place, item in enumerate(items):
        for less in _less(item):
            replaced = [*items[:place], less, *items[place + 1 :]]
            if tag not in _UNORDERED:
                yield replaced
            elif _all_different(replaced):
                yield sorted(replaced, key=json.dumps)


def _less_pairs(pairs: list[Any]) -> Iterator[list[Any]]:
    for shorter in _shorter(pairs):
        yield list(shorter)
    for place, (key, item) in enumerate(pairs):
        for less in _less(key):
            replaced = [*pairs[:place], [less, item], *pairs[place + 1 :]]
            if _all_different(pair[0] for pair in replaced):
                yield replaced
        for less in _less(item):
            yield [*pairs[:place], [key, less], *pairs[place + 1 :]]


def _all_different(encoded: Iterable[Encoded]) -> bool:
    texts = [json.dumps(one) for one in encoded]
    return len(texts) == len(set(texts))
