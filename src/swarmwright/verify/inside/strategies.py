"""Hypothesis strategies made from Forms, Bounds and Taste."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import HypothesisProvider
from hypothesis.internal.constants_ast import Constants

from swarmwright.verify.inside.conditions import Bounds
from swarmwright.verify.inside.forms import Form
from swarmwright.verify.inside.taste import Taste

# Hypothesis also tries constants that it finds in whatever source files lie nearby; draws must not depend on them.
HypothesisProvider._local_constants = property(lambda _: Constants())  # type: ignore[assignment]

Strategy = st.SearchStrategy[Any]
_ORDINARY = "abcdefghijklmnopqrstuvwxyz ABCXYZ0129,.-_!?'"
_UNUSUAL = st.one_of(
    st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cs")), st.sampled_from("\t\n日本語😀Ωß\u00a0")
)
_NOTHING = Bounds()


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a strategy is wanted for; ``depth`` bounds nesting, ``size`` containers."""

    form: Form
    bounds: Bounds
    taste: Taste
    depth: int
    size: int


def strategy_for(form: Form, bounds: Bounds, taste: Taste, *, depth: int = 4, size: int = 8) -> Strategy:
    """Return a strategy for values of a Form within bounds (as far as bounds say it), in the examples' taste."""
    if bounds.choices:
        return st.sampled_from(bounds.choices)
    made = _MAKERS[form.kind](Wanted(form, bounds, taste, depth, size))
    if bounds.excluded:
        made = made.filter(lambda value: all(value != other for other in bounds.excluded))
    return made


def _integers(wanted: Wanted) -> Strategy:
    low, high = wanted.bounds.whole()
    if low is not None and high is not None:
        return st.integers(low, max(low, high))
    reach = wanted.taste.magnitude
    if low is not None:
        return st.one_of(st.integers(low, low + 20), st.integers(low, low + reach))
    if high is not None:
        return st.one_of(st.integers(high - 20, high), st.integers(high - reach, high))
    close = st.integers(-20, 20)
    seen = [n for n in wanted.taste.integers if abs(n) <= reach]
    near = [st.sampled_from(seen).flatmap(lambda n: st.integers(n - 2, n + 2))] if seen else []
    return st.one_of(close, st.integers(0, 20), st.integers(-reach, reach), *near)


def _floats(wanted: Wanted) -> Strategy:
    low = -1e6 if wanted.bounds.low is None else float(wanted.bounds.low)
    high = max(low, 1e6) if wanted.bounds.high is None else float(wanted.bounds.high)
    wide = st.floats(low, max(low, high), allow_nan=False, exclude_min=False)
    tenths = st.integers(int(max(low, -1e4) * 4), max(int(max(low, -1e4) * 4), int(min(high, 1e4) * 4)))
    plain = tenths.map(lambda n: min(max(n / 4, low), high))
    return st.one_of(plain, wide)


def _texts(wanted: Wanted) -> Strategy:
    if wanted.bounds.pattern is not None:
        return st.from_regex(wanted.bounds.pattern, fullmatch=True).filter(lambda text: len(text) < 60)
    least = wanted.bounds.min_size
    most = least + 3 * wanted.size if wanted.bounds.max_size is None else max(least, wanted.bounds.max_size)
    most = max(least, min(most, least + 60))
    allowed = wanted.bounds.characters()
    if allowed is not None:
        seen = "".join(c for c in wanted.taste.example_characters if c in allowed)
        plain = st.text(alphabet=allowed or "a", min_size=least, max_size=most)
        return st.one_of(plain, st.text(alphabet=seen, min_size=least, max_size=most)) if seen else plain
    kinds = [st.text(alphabet=_ORDINARY, min_size=least, max_size=most)]
    kinds.append(st.text(_UNUSUAL, min_size=least, max_size=min(most, least + 8)))
    if wanted.taste.example_characters:
        seen = "".join(wanted.taste.example_characters)
        kinds = [st.text(alphabet=seen, min_size=least, max_size=most)] * 2 + kinds
    if wanted.taste.words:
        words = st.lists(st.sampled_from(list(wanted.taste.words)), min_size=1, max_size=5)
        separators = [c for c in wanted.taste.example_characters if not c.isalnum()] or [" ", "", "  ", "-"]
        joined = st.tuples(st.sampled_from(separators), words).map(lambda pair: pair[0].join(pair[1]))
        kinds.append(joined.filter(lambda text: least <= len(text) <= max(most, 40)))
    return st.one_of(*kinds)


def _bytes(wanted: Wanted) -> Strategy:
    most = wanted.bounds.min_size + 2 * wanted.size if wanted.bounds.max_size is None else wanted.bounds.max_size
    return st.binary(
        min_size=wanted.bounds.min_size, max_size=max(wanted.bounds.min_size, min(most, wanted.bounds.min_size + 40))
    )


def _sizes(bounds: Bounds, depth: int, size: int) -> tuple[int, int]:
    most = bounds.min_size + size if bounds.max_size is None else min(bounds.max_size, bounds.min_size + size)
    return bounds.min_size, bounds.min_size if depth <= 0 else max(bounds.min_size, most)


def _sequences(wanted: Wanted) -> Strategy:
    least, most = _sizes(wanted.bounds, wanted.depth, wanted.size)
    if most == 0:
        return st.builds(wanted.form.make, st.just([]))
    element = strategy_for(
        wanted.form.parts[0],
        wanted.bounds.element or _NOTHING,
        wanted.taste,
        depth=wanted.depth - 1,
        size=max(2, wanted.size // 2),
    )
    unique_by = _identity if wanted.bounds.unique else None
    lists = st.lists(element, min_size=least, max_size=most, unique_by=unique_by)
    if not wanted.bounds.unique and least <= 1 < most:
        # Values drawn from a small pool repeat, as they do in real data.
        pool = st.lists(element, min_size=1, max_size=3)
        repeated = pool.flatmap(lambda few: st.lists(st.sampled_from(few), min_size=least, max_size=most))
        lists = st.one_of(lists, repeated)
    if wanted.bounds.ordered:
        lists = lists.map(_sorted)
    return lists.map(lambda items: wanted.form.make(list(items)))


def _sets(wanted: Wanted) -> Strategy:
    least, most = _sizes(wanted.bounds, wanted.depth, wanted.size)
    element = strategy_for(
        wanted.form.parts[0],
        wanted.bounds.element or _NOTHING,
        wanted.taste,
        depth=wanted.depth - 1,
        size=max(2, wanted.size // 2),
    )
    return st.lists(element, min_size=least, max_size=most, unique_by=_identity).map(wanted.form.make)


def _tuples(wanted: Wanted) -> Strategy:
    parts = [
        strategy_for(
            part, wanted.bounds.fields.get(str(i), _NOTHING), wanted.taste, depth=wanted.depth - 1, size=wanted.size
        )
        for i, part in enumerate(wanted.form.parts)
    ]
    return st.tuples(*parts)


def _mappings(wanted: Wanted) -> Strategy:
    least, most = _sizes(wanted.bounds, wanted.depth, wanted.size)
    if most == 0:
        return st.builds(wanted.form.make, st.just({}))
    smaller = max(2, wanted.size // 2)
    key = strategy_for(
        wanted.form.parts[0], wanted.bounds.element or _NOTHING, wanted.taste, depth=wanted.depth - 1, size=smaller
    )
    item = strategy_for(
        wanted.form.parts[1], wanted.bounds.item or _NOTHING, wanted.taste, depth=wanted.depth - 1, size=smaller
    )
    return st.dictionaries(key, item, min_size=least, max_size=most).map(wanted.form.make)


def _unions(wanted: Wanted) -> Strategy:
    parts = wanted.form.parts
    if wanted.depth <= 0:
        parts = tuple(part for part in parts if part.kind not in ("record", "union")) or parts
    return st.one_of(
        *(strategy_for(part, wanted.bounds, wanted.taste, depth=wanted.depth - 1, size=wanted.size) for part in parts)
    )


def _records(wanted: Wanted) -> Strategy:
    if wanted.depth < -3:
        return st.nothing()
    named = zip(wanted.form.names, wanted.form.parts, strict=True)
    parts = [
        strategy_for(p, wanted.bounds.fields.get(n, _NOTHING), wanted.taste, depth=wanted.depth - 1, size=wanted.size)
        for n, p in named
    ]
    return st.tuples(*parts).map(lambda values: _try_make(wanted.form, values)).filter(lambda made: made is not _FAILED)


def _anything(wanted: Wanted) -> Strategy:
    scalars = [_integers(wanted), _texts(wanted)]
    if wanted.form.kind == "hashable":
        return st.one_of(*scalars)
    return st.one_of(st.none(), st.booleans(), *scalars, st.lists(scalars[0], max_size=3))


_FAILED = object()


def _try_make(form: Form, values: tuple[Any, ...]) -> Any:
    try:
        return form.make(*values)
    except Exception:
        return _FAILED


def _sorted(items: list[Any]) -> list[Any]:
    try:
        return sorted(items)
    except TypeError:
        return items


def _identity(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


_Maker = Callable[[Wanted], Strategy]
_MAKERS: dict[str, _Maker] = {
    "none": lambda _: st.none(),
    "bool": lambda _: st.booleans(),
    "int": _integers,
    "float": _floats,
    "complex": lambda _: st.complex_numbers(max_magnitude=1000, allow_nan=False),
    "str": _texts,
    "bytes": _bytes,
    "decimal": lambda _: st.decimals(-10000, 10000, places=2),
    "fraction": lambda _: st.fractions(-100, 100, max_denominator=60),
    "date": lambda _: st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
    "datetime": lambda _: st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2100, 12, 31)),
    "time": lambda _: st.times(),
    "timedelta": lambda _: st.timedeltas(datetime.timedelta(days=-1000), datetime.timedelta(days=1000)),
    "range": lambda _: st.tuples(st.integers(-9, 9), st.integers(-9, 20), st.sampled_from([1, 2, 3, -1])).map(
        lambda parts: range(*parts)
    ),
    "any": _anything,
    "hashable": _anything,
    "sequence": _sequences,
    "set": _sets,
    "tuple": _tuples,
    "mapping": _mappings,
    "union": _unions,
    "options": lambda wanted: st.sampled_from(wanted.form.options),
    "record": _records,
}
