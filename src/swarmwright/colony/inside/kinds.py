"""Kinds: the types that agents have, read from annotations, and the values that stand for them inside the search.

A kind is a nested tuple, ``("list", ("int",))`` for ``list[int]``. Inside the search every value is hashable, so that
agents can be told apart by what they give: a list is a tuple, a set a frozenset, a dict a ``Row``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Kind = tuple[Any, ...]

INT: Kind = ("int",)
FLOAT: Kind = ("float",)
BOOL: Kind = ("bool",)
STR: Kind = ("str",)
NONE: Kind = ("None",)
SCALARS = frozenset((INT, FLOAT, BOOL, STR))
_ARITY = {"list": 1, "set": 1, "frozenset": 1, "dict": 2}
_ALIASES = {"List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple"}
_LISTS = frozenset(("Sequence", "Iterable", "Collection"))


class Row(dict[Any, Any]):
    """A dict that is never changed, and so can be hashed; equal ones may differ in order."""

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]
        """Return the same for equal ones."""
        return hash(frozenset(self.items()))


def kind_of(annotation: str, records: Mapping[str, Any]) -> Kind | None:
    """Return the kind of an annotation's source text; None where the colony knows no such values.

    Args:
        annotation: as it is written.
        records: the specification's own dataclasses by name.
    """
    try:
        return _read(ast.parse(annotation.strip("'\""), mode="eval").body, records)
    except SyntaxError:
        return None


def _read(node: ast.expr, records: Mapping[str, Any]) -> Kind | None:
    match node:
        case ast.Constant(value=None):
            return NONE
        case ast.Constant(value=str(text)):
            return kind_of(text, records)
        case ast.Name(id=name) if (name,) in SCALARS:
            return (name,)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in records:
            return ("record", name)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _optional([_read(left, records), _read(right, records)])
        case ast.Subscript(value=ast.Attribute(attr=name) | ast.Name(id=name), slice=inside):
            return _generic(name, inside, records)
        case _:
            return None


def _generic(name: str, inside: ast.expr, records: Mapping[str, Any]) -> Kind | None:
    items = inside.elts if isinstance(inside, ast.Tuple) else [inside]
    if name == "Optional":
        return _optional([_read(inside, records), NONE])
    name = "list" if name in _LISTS else _ALIASES.get(name, name)
    if name == "tuple" and len(items) == 2 and isinstance(items[1], ast.Constant) and items[1].value is Ellipsis:
        first = _read(items[0], records)
        return first and ("row", first)
    if name != "tuple" and _ARITY.get(name) != len(items):
        return None
    parts = [_read(item, records) for item in items]
    return None if any(part is None or part == NONE for part in parts) else (name, *parts)


def _optional(parts: list[Kind | None]) -> Kind | None:
    real = [part for part in parts if part != NONE]
    if len(real) != 1 or len(parts) != 2 or real[0] is None:
        return None
    return ("optional", real[0])


def is_ordered(kind: Kind) -> bool:
    """Tell whether values of a kind can be compared by size."""
    if kind[0] in ("tuple", "list", "row"):
        return all(map(is_ordered, kind[1:]))
    return kind in SCALARS


def is_hashable(kind: Kind) -> bool:
    """Tell whether values of a kind can be members of a set and keys of a dict, in Python as it is written."""
    if kind[0] == "record":
        return True
    return kind[0] not in ("list", "set", "dict") and all(map(is_hashable, kind[1:]))


def inward(value: Any) -> Any:
    """Return a value as the search holds it."""
    kind = type(value)
    if kind is list or kind is tuple:
        return tuple([inward(item) for item in value])
    if kind is set or kind is frozenset:
        return frozenset([inward(item) for item in value])
    if kind is dict:
        return Row((inward(key), inward(item)) for key, item in value.items())
    return value


def outward(value: Any, kind: Kind) -> Any:
    """Return a value of the search as Python code of the user's expects it.

    Raises:
        ValueError: the value is not of that kind.
    """
    make = _OUTWARD.get(kind[0])
    return value if make is None or value is None else make(value, kind)


def _items(values: Iterable[Any], kind: Kind) -> list[Any]:
    return [outward(value, kind) for value in values]


_OUTWARD: dict[str, Callable[[Any, Kind], Any]] = {
    "list": lambda value, kind: _items(value, kind[1]),
    "row": lambda value, kind: tuple(_items(value, kind[1])),
    "tuple": lambda value, kind: tuple(outward(one, part) for one, part in zip(value, kind[1:], strict=True)),
    "set": lambda value, kind: set(_items(value, kind[1])),
    "frozenset": lambda value, kind: frozenset(_items(value, kind[1])),
    "dict": lambda value, kind: {outward(k, kind[1]): outward(v, kind[2]) for k, v in value.items()},
    "optional": lambda value, kind: outward(value, kind[1]),
}


def parts_of(kind: Kind) -> Iterable[Kind]:
    """Yield a kind and everything inside it."""
    yield kind
    if kind[0] != "record":
        for part in kind[1:]:
            yield from parts_of(part)


def text_of(kind: Kind) -> str:
    """Return a kind as an annotation, ``list[int]``."""
    if kind[0] == "record":
        return str(kind[1])
    if kind[0] == "row":
        return f"tuple[{text_of(kind[1])}, ...]"
    if kind[0] == "optional":
        return f"{text_of(kind[1])} | None"
    return f"{kind[0]}[{', '.join(map(text_of, kind[1:]))}]" if len(kind) > 1 else str(kind[0])
