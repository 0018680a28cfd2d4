"""Values at the edge of a Form (empty, zero, duplicates, unusual text) and values of a given size."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import decimal
import fractions
import itertools
import math
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from swarmwright.verify.inside.conditions import Bounds
from swarmwright.verify.inside.forms import Form
from swarmwright.verify.inside.taste import Taste

_NOTHING = Bounds()
_POOL = 40
_FEW = 6
_EXHAUSTIBLE = 400
_UNUSUAL_TEXTS = (
    "",
    " ",
    "a",
    "A",
    "0",
    "aa",
    "ab",
    "ba",
    "Ab",
    "  a  b ",
    "a\tb\n",
    "Hello, World!",
    "hello world",
    "HELLO",
    "-1",
    "12",
    "a1b22",
    "...",
    "a-b_c",
    "naïve café",
    "ÄÖÜ ß",
    "日本語",
    "aaaa",
    "abcba",
    "aabbcc",
    "x" * 30,
    "\n",
    "it's",
    '"q"',
    "a,b,,c",
    "\u00a0",
)
_INTEGERS = (
    0,
    1,
    -1,
    2,
    -2,
    3,
    4,
    5,
    -5,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    15,
    16,
    20,
    21,
    31,
    63,
    99,
    100,
    -100,
    101,
    255,
    999,
)
_FLOATS = (0.0, 1.0, -1.0, 0.5, -0.5, 2.5, 1.5, 0.1, 3.0, 10.0, 99.99, 100.0, -100.0, 1e-9, 12345.678, 1e6)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What edge values are wanted of; ``depth`` bounds nesting."""

    form: Form
    bounds: Bounds
    taste: Taste
    depth: int


def boundary_values(form: Form, bounds: Bounds, taste: Taste, depth: int = 3) -> list[Any]:
    """Return the edge values of a Form, the plainest first; bounds are kept as far as they say it."""
    if bounds.choices is not None:
        return list(bounds.choices)
    values = _EDGES[form.kind](Wanted(form, bounds, taste, depth))
    return [value for value in values if within(value, bounds)][: _POOL * 2]


def within(value: Any, bounds: Bounds) -> bool:
    """Tell whether a value keeps what the bounds say of itself (not of its elements)."""
    try:
        if bounds.low is not None and (value < bounds.low or (bounds.low_open and value == bounds.low)):
            return False
        if bounds.high is not None and (value > bounds.high or (bounds.high_open and value == bounds.high)):
            return False
        if hasattr(value, "__len__"):
            return len(value) >= bounds.min_size and (bounds.max_size is None or len(value) <= bounds.max_size)
    except TypeError:
        return True
    return all(value != other for other in bounds.excluded)


def _integer_edges(wanted: Wanted) -> list[Any]:
    taste = wanted.taste
    edges: list[Any] = []
    low, high = wanted.bounds.whole()
    if low is not None:
        edges += [low + step for step in (0, 1, 2)]
    if high is not None:
        edges += [high - step for step in (0, 1, 2)]
    if low is not None and high is not None:
        edges += [(low + high) // part for part in (2, 3, 5)]
    seen = [n + step for n in taste.integers for step in (0, 1, -1)]
    seen += [-n for n in taste.integers]
    large = [taste.magnitude, -taste.magnitude, taste.magnitude - 1]
    return list(dict.fromkeys([*edges, *_INTEGERS[:_FEW], *seen, *_INTEGERS[_FEW:], *large]))


def _float_edges(wanted: Wanted) -> list[Any]:
    edges = [float(n) for n in (wanted.bounds.low, wanted.bounds.high) if n is not None]
    if wanted.bounds.low is not None and wanted.bounds.high is not None:
        edges += [wanted.bounds.low + (wanted.bounds.high - wanted.bounds.low) * part for part in (0.5, 0.25, 0.9)]
    seen = [float(n) for n in (*wanted.taste.floats, *wanted.taste.integers) if abs(n) < 1e15]
    return list(dict.fromkeys([*edges, *_FLOATS[:_FEW], *seen, *(-n for n in seen), *_FLOATS[_FEW:]]))


def _text_edges(wanted: Wanted) -> list[Any]:
    seen = list(wanted.taste.texts)
    swapped = [text.swapcase() for text in seen[:8] if text.swapcase() != text]
    padded = [f" {text} " for text in seen[:3]] + [text * 2 for text in seen[:4]]
    # `$` in a pattern and `splitlines` overlook a line end.
    ended = [f"{text}\n" for text in seen[:2]]
    texts = [*_UNUSUAL_TEXTS[:6], *seen[:12], *ended, *_UNUSUAL_TEXTS[6:], *seen[12:], *swapped, *padded]
    singles = list(wanted.taste.characters)
    allowed = wanted.bounds.characters()
    if allowed is not None:
        runs = [c * n for n in (1, 2, 3) for c in (allowed[:3] + allowed[-2:])]
        texts = [text for text in texts if all(c in allowed for c in text)]
        texts += [*allowed[:30], *runs, allowed[:8], allowed[:8][::-1], allowed[-8:]]
    return list(dict.fromkeys([*texts, *singles[:20]]))


def _byte_edges(wanted: Wanted) -> list[Any]:
    seen = [text.encode("utf-8", "replace") for text in wanted.taste.texts]
    return list(dict.fromkeys([b"", b"\x00", b"a", b"\xff", b"ab", b"aaa", b"\x00\x01\x02", bytes(range(16)), *seen]))


def _sequence_edges(wanted: Wanted) -> list[Any]:
    few = (
        boundary_values(wanted.form.parts[0], wanted.bounds.element or _NOTHING, wanted.taste, wanted.depth - 1)
        if wanted.depth > 0
        else []
    )
    lists: list[list[Any]] = [[]]
    lists += [[value] for value in few[:_FEW]]
    if len(few) > 1:
        a, b = few[0], few[1]
        c = few[2] if len(few) > 2 else a
        lists += [[a, b], [b, a], [a, a], [a, b, c], [c, b, a], [a, b, a], [a, a, b, b], [b, b, b], [a, b, b, c, a]]
        lists += [few[:5], few[:5][::-1], few[2:9], few[:10], [few[-1], *few[:2]], few[5:8] * 2]
    if wanted.bounds.unique or wanted.bounds.ordered:
        lists = [_arranged(items, wanted.bounds) for items in lists]
    return [wanted.form.make(list(items)) for items in lists]


def _arranged(items: list[Any], bounds: Bounds) -> list[Any]:
    distinct = list({repr(item): item for item in items}.values()) if bounds.unique else items
    try:
        return sorted(distinct) if bounds.ordered else distinct
    except TypeError:
        return distinct


def _mapping_edges(wanted: Wanted) -> list[Any]:
    if wanted.depth <= 0:
        return [wanted.form.make({})]
    keys = boundary_values(wanted.form.parts[0], wanted.bounds.element or _NOTHING, wanted.taste, wanted.depth - 1)[:10]
    items = boundary_values(wanted.form.parts[1], wanted.bounds.item or _NOTHING, wanted.taste, wanted.depth - 1)[:10]
    if not keys or not items:
        return [wanted.form.make({})]
    around = itertools.cycle(items)
    made = [{}, *({key: items[0]} for key in keys[:3]), *({keys[0]: item} for item in items[:_FEW])]
    made += [dict(zip(keys[:n], around, strict=False)) for n in (2, 3, 5, 8)]
    made += [dict.fromkeys(keys[:3], item) for item in items[:2]]
    return [wanted.form.make(pairs) for pairs in made]


def _product_edges(wanted: Wanted) -> list[Any]:
    if wanted.depth < -2:
        return []
    names = wanted.form.names or tuple(str(index) for index in range(len(wanted.form.parts)))
    pools = [
        boundary_values(part, wanted.bounds.fields.get(name, _NOTHING), wanted.taste, wanted.depth - 1)
        for name, part in zip(names, wanted.form.parts, strict=True)
    ]
    if not all(pools):
        return []
    return _made(wanted.form, combinations_of(pools, _POOL))


def combinations_of(pools: list[list[Any]], limit: int) -> list[tuple[Any, ...]]:
    """Return tuples over pools: each value beside its neighbours' first ones, then side by side, then shifted."""
    if not pools:
        return [()]
    firsts = tuple(pool[0] for pool in pools)
    found = [firsts]
    for index in range(max(map(len, pools))):
        found.append(tuple(pool[index % len(pool)] for pool in pools))
        for place, pool in enumerate(pools):
            if index < len(pool):
                found.append((*firsts[:place], pool[index], *firsts[place + 1 :]))
        found.append(tuple(pool[(index * (place + 1) + place) % len(pool)] for place, pool in enumerate(pools)))
    return found[: limit * 3]


def _union_edges(wanted: Wanted) -> list[Any]:
    if wanted.depth <= -2:
        return [None] if any(part.kind == "none" for part in wanted.form.parts) else []
    pools = [boundary_values(part, wanted.bounds, wanted.taste, wanted.depth - 1) for part in wanted.form.parts]
    mixed = itertools.chain.from_iterable(itertools.zip_longest(*pools, fillvalue=_NOTHING))
    return [value for value in mixed if value is not _NOTHING]


_DATES = ((2024, 2, 29), (2023, 12, 31), (2024, 1, 1), (1999, 2, 28), (1970, 1, 1), (2000, 3, 1), (1900, 3, 1))
_Edges = Callable[[Wanted], list[Any]]
_EDGES: dict[str, _Edges] = {
    "none": lambda _: [None],
    "bool": lambda _: [False, True],
    "int": _integer_edges,
    "float": _float_edges,
    "complex": lambda _: [0j, 1j, 1 + 0j, -1 - 1j],
    "str": _text_edges,
    "bytes": _byte_edges,
    "decimal": lambda _: [decimal.Decimal(t) for t in ("0", "1", "-1", "0.5", "0.10", "99.99", "-0.01", "1E+3")],
    "fraction": lambda _: [fractions.Fraction(*p) for p in ((0, 1), (1, 1), (1, 2), (-1, 3), (7, 3), (100, 1))],
    "date": lambda _: [datetime.date(*parts) for parts in _DATES],
    "datetime": lambda _: [datetime.datetime(*parts, hour, 59 - hour) for hour, parts in enumerate(_DATES)],
    "time": lambda _: [datetime.time(*p) for p in ((0, 0), (23, 59, 59), (12, 0), (9, 5))],
    "timedelta": lambda _: [datetime.timedelta(seconds=n) for n in (0, 1, 59, 60, 3600, 86399, 86400, -1, 90061)],
    "range": lambda _: [range(0), range(1), range(5), range(1, 10, 3), range(5, 0, -1)],
    "any": lambda _: [None, 0, 1, "", "a", [], [1, 2], {}, True, 1.5],
    "hashable": lambda _: [0, 1, "", "a", (1, 2), None],
    "sequence": _sequence_edges,
    "set": _sequence_edges,
    "tuple": _product_edges,
    "mapping": _mapping_edges,
    "union": _union_edges,
    "options": lambda wanted: list(wanted.form.options),
    "record": _product_edges,
}


def every_value(form: Form, bounds: Bounds) -> list[Any] | None:
    """Return all values of a small domain (truth values, options, a short range), else None."""
    if bounds.choices is not None:
        return list(bounds.choices)
    if form.kind in ("bool", "none"):
        return [False, True] if form.kind == "bool" else [None]
    if form.kind == "options":
        return list(form.options)
    if form.kind == "int" and bounds.low is not None and bounds.high is not None:
        low, high = bounds.whole()
        if low is not None and high is not None and high - low < _EXHAUSTIBLE:
            return list(range(low, high + 1))
        return None
    if form.kind in ("union", "tuple", "record"):
        return _every_combination(form, bounds)
    return None


def _every_combination(form: Form, bounds: Bounds) -> list[Any] | None:
    if form.kind == "record" and any(part.kind in ("record", "union") for part in form.parts):
        return None
    names = form.names or tuple(str(index) for index in range(len(form.parts)))
    union = form.kind == "union"
    pools = [
        every_value(p, bounds if union else bounds.fields.get(n, _NOTHING))
        for n, p in zip(names, form.parts, strict=True)
    ]
    known = [pool for pool in pools if pool is not None]
    if len(known) < len(pools):
        return None
    if union:
        return [value for pool in known for value in pool]
    if math.prod(map(len, known)) > _EXHAUSTIBLE:
        return None
    return _made(form, itertools.product(*known))


def _made(form: Form, combinations: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Build tuples or records, leaving out what the specification's class refuses."""
    made = []
    for values in combinations:
        with contextlib.suppress(Exception):
            made.append(tuple(values) if form.kind == "tuple" else form.make(*values))
    return made


def sized_value(form: Form, bounds: Bounds, taste: Taste, size: int, random: Random) -> Any:
    """Return a value of about that size: so many elements or characters, or an integer of that magnitude.

    Raises:
        LookupError: nothing of that Form exists within the bounds.
    """
    if form.kind in ("sequence", "set", "mapping", "str", "bytes"):
        return _sized_container(form, bounds, taste, size, random)
    if form.kind == "int" and bounds.choices is None:
        low, high = bounds.whole()
        value = (low or 0) + size
        return value if high is None else min(value, high)
    if form.kind == "union":
        parts = [part for part in form.parts if part.is_container] or list(form.parts)
        return sized_value(parts[-1] if parts[0].kind == "none" else parts[0], bounds, taste, size, random)
    if form.kind == "tuple":
        return tuple(sized_value(part, _NOTHING, taste, size, random) for part in form.parts)
    return random.choice(boundary_values(form, bounds, taste))


def _sized_container(form: Form, bounds: Bounds, taste: Taste, size: int, random: Random) -> Any:
    count = max(bounds.min_size, size if bounds.max_size is None else min(size, bounds.max_size))
    if form.kind == "str":
        alphabet = bounds.characters() or "".join(taste.example_characters) or "ab c"
        return "".join(random.choice(alphabet) for _ in range(count))
    if form.kind == "bytes":
        return bytes(random.randrange(256) for _ in range(count))
    element, part = bounds.element or _NOTHING, form.parts[0]
    pool = boundary_values(part, element, taste)
    if part.kind == "int" and element.choices is None and (bounds.unique or form.kind != "sequence"):
        start = element.whole()[0] or 0
        pool = list(range(start, start + count)) if element.high is None else pool
    if form.kind == "mapping":
        items = boundary_values(form.parts[1], bounds.item or _NOTHING, taste)
        keys = pool if part.kind != "str" else [f"k{n}" for n in range(count)]
        return form.make({key: random.choice(items) for key in keys[:count]})
    picked = pool[:count] if bounds.unique or form.kind == "set" else [random.choice(pool) for _ in range(count)]
    return form.make(_arranged(picked, bounds))
