"""Guesses types from the values that examples show, as annotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

_ORDER = ("bool", "int", "float", "complex", "str", "bytes")
_FLOATS = re.compile(
    r"\b(?:floats?|floating|real numbers?|non-integers?|not integers?|decimal (?:numbers?|fractions?))\b"
)
_NUMBERS = re.compile(r"\b(?:lists?|arrays?|sequences?) of (?:\w+ )?numbers\b")
_WHOLE = re.compile(r"\b(?:integers?|digits?|even|odd|primes?|binary|natural|whole)\b")
_NONE = re.compile(r"\breturn(?:s|ed)?\b[^.]*?\bNone\b", re.DOTALL)


def mentions_fractions(prose: str) -> bool:
    """Tell whether the prose says that numbers need not be whole, where the examples show whole ones only."""
    lower = prose.lower()
    return bool(_FLOATS.search(lower) or (_NUMBERS.search(lower) and not _WHOLE.search(lower)))


def mentions_none(prose: str) -> bool:
    """Tell whether the prose says that None is returned somewhere."""
    return _NONE.search(prose) is not None


def annotation_of(values: Iterable[Any], *, fractions: bool = False) -> str | None:
    """Return the type that all values have, as source text; None where they say nothing.

    Args:
        values: what was seen at one place.
        fractions: where a whole number was seen, others may stand.
    """
    seen = list(values)
    if not seen:
        return None
    names = {type(value).__name__ for value in seen}
    if fractions and "int" in names:
        names.add("float")
    members = [name for name in _ORDER if name in names]
    lists = [value for value in seen if isinstance(value, list)]
    if lists:
        members.append(_generic("list", (item for value in lists for item in value), fractions))
    tuples = [value for value in seen if isinstance(value, tuple)]
    if tuples:
        members.append(_tuple(tuples, fractions))
    for kind in (set, frozenset):
        found = [value for value in seen if isinstance(value, kind)]
        if found:
            members.append(_generic(kind.__name__, (item for value in found for item in value), fractions))
    dicts = [value for value in seen if isinstance(value, dict)]
    if dicts:
        members.append(_dict(dicts, fractions))
    if "NoneType" in names:
        members.append("None")
    return " | ".join(members)


def _generic(name: str, items: Iterable[Any], fractions: bool) -> str:
    inner = annotation_of(items, fractions=fractions)
    return name if inner is None else f"{name}[{inner}]"


def _dict(dicts: Sequence[dict[Any, Any]], fractions: bool) -> str:
    keys = annotation_of((key for value in dicts for key in value), fractions=fractions)
    values = annotation_of((item for value in dicts for item in value.values()), fractions=fractions)
    return "dict" if keys is None else f"dict[{keys}, {values}]"


def _tuple(tuples: Sequence[tuple[Any, ...]], fractions: bool) -> str:
    lengths = {len(value) for value in tuples}
    if len(lengths) > 1 or lengths == {0}:
        inner = annotation_of((item for value in tuples for item in value), fractions=fractions)
        return "tuple" if inner is None else f"tuple[{inner}, ...]"
    columns = list(zip(*tuples, strict=True))
    types = [annotation_of(column, fractions=fractions) or "Any" for column in columns]
    if "None" in types:
        # A place where only None was seen holds what its neighbours hold, else nothing would have to stand there.
        everything = annotation_of((item for column in columns for item in column), fractions=fractions) or "None"
        types = [everything if name == "None" else name for name in types]
    return f"tuple[{', '.join(types)}]"
