"""The one table of equality: from an Outcome and the declared return type to a key that decides sameness.

Two values are the same when their keys are equal bytes:

- where ``float`` is declared an ``int`` becomes a float; every float counts with twelve significant digits, NaN
  equals NaN and -0.0 equals 0.0; where ``complex`` is declared ints and floats become complex;
- otherwise types are exact: True is not 1, a tuple is not a list, a set is not a frozenset;
- sets and dicts are unordered; where ``dict`` or ``Mapping`` is declared, its subclasses in ``collections`` count
  as dict; where ``Iterable``, ``Iterator`` or ``Generator`` is declared, only the sequence of items counts;
- fields of the specification's classes count as values of their declared types;
- exceptions are the same by type name; a time-out, an opaque value or a death equals nothing but its own kind.

Pure: no generated code and no user's type is ever touched.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from swarmwright.verify.records import Records
from swarmwright.verify.values import Outcome

_DIGITS = 12
_NO_RECORDS: Records = {}
_NO_FIELDS: dict[str, str] = {}
_DICTS = {"dict": 1, "OrderedDict": 1, "Counter": 1, "defaultdict": 2}
_MAPPING_NAMES = {"dict", "Dict", "Mapping", "MutableMapping"}
_ITERABLE_NAMES = {"Iterable", "Iterator", "Generator"}
_ITEM_TAGS = {"list": 1, "tuple": 1, "iterator": 1, "deque": 2, "range": 1}
_SEQUENCE_NAMES = {
    *("list", "List", "set", "Set", "frozenset", "FrozenSet", "deque", "Deque", "Sequence", "MutableSequence"),
    *("Collection", "AbstractSet", "MutableSet"),
}


class _Type:
    """A declared type: its name's last part, its parameters, and the members where it is a union."""

    __slots__ = ("members", "name", "parameters")

    def __init__(self, name: str, parameters: tuple[_Type, ...] = (), members: tuple[_Type, ...] = ()) -> None:
        self.name = name
        self.parameters = parameters
        self.members = members

    def any_named(self, names: set[str] | str) -> bool:
        wanted = {names} if isinstance(names, str) else names
        return self.name in wanted or any(member.any_named(wanted) for member in self.members)

    def first(self, names: set[str]) -> _Type | None:
        if self.name in names:
            return self
        return next((found for member in self.members if (found := member.first(names)) is not None), None)


_ANY = _Type("Any")


@functools.lru_cache(maxsize=1024)
def _parse(annotation: str) -> _Type:
    try:
        return _read(ast.parse(annotation.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError):
        return _ANY


def _read(node: ast.expr) -> _Type:
    match node:
        case ast.Constant(value=str(text)):
            return _parse(text)
        case ast.Constant(value=None):
            return _Type("None")
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _Type(name)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _Type("Union", members=(_read(left), _read(right)))
        case ast.Subscript(value=value, slice=inner):
            return _read_subscript(_read(value).name, inner.elts if isinstance(inner, ast.Tuple) else [inner])
    return _ANY


def _read_subscript(name: str, inner: Sequence[ast.expr]) -> _Type:
    if name == "Literal":
        return _Type("Literal")
    if name in ("Annotated", "Final", "ClassVar", "Required", "NotRequired"):
        return _read(inner[0])
    parameters = tuple(_Type("...") if _is_ellipsis(part) else _read(part) for part in inner)
    if name == "Optional":
        return _Type("Union", members=(*parameters, _Type("None")))
    if name == "Union":
        return _Type("Union", members=parameters)
    return _Type(name, parameters)


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _parameter(declared: _Type, names: set[str], index: int) -> _Type:
    """Return a container's declared item type, looking for the container among a union's members too."""
    found = declared.first(names)
    if found is None or len(found.parameters) <= index:
        return _ANY
    return found.parameters[index]


def _item(declared: _Type, tag: str, index: int) -> _Type:
    if tag == "tuple":
        found = declared.first({"tuple", "Tuple"})
        if found is not None and found.parameters:
            variadic = len(found.parameters) == 2 and found.parameters[1].name == "..."
            place = 0 if variadic else index
            return found.parameters[place] if place < len(found.parameters) else _ANY
    return _parameter(declared, _SEQUENCE_NAMES | _ITERABLE_NAMES, 0)


def _float_key(value: float) -> Any:
    text = f"{value:.{_DIGITS - 1}e}"
    return ["float", "0" if float(text) == 0 else text]


def _number_key(value: Any, declared: _Type) -> Any:
    if type(value) is int and not declared.any_named("float"):
        return ["complex", _as_float(value), ["float", "0"]] if declared.any_named("complex") else value
    key = _as_float(value)
    if declared.any_named("complex") and not declared.any_named("float"):
        return ["complex", key, ["float", "0"]]
    return key


def _as_float(value: Any) -> Any:
    try:
        return _float_key(float(value))
    except OverflowError:
        return value


def normal(encoded: Any, declared: _Type, records: Records) -> Any:
    """Return the value's normal form under the declared type: JSON that is equal where the values are the same."""
    kind = type(encoded)
    if kind is int or kind is float:
        return _number_key(encoded, declared)
    if kind is not list or not encoded:
        return encoded
    return _compound(encoded, declared, records)


def _compound(encoded: list[Any], declared: _Type, records: Records) -> Any:
    tag = encoded[0]
    if tag in _DICTS:
        return _dict_key(encoded, declared, records)
    if tag in ("set", "frozenset"):
        item = _item(declared, tag, 0)
        return [tag, *sorted((normal(part, item, records) for part in encoded[1:]), key=_text)]
    if tag in _ITEM_TAGS:
        return _items_key(encoded, declared, records)
    if tag == "int":
        return _number_key(int(encoded[1], 16), declared) if declared.any_named({"float", "complex"}) else encoded
    if tag == "complex":
        return [tag, *(normal(part, _Type("float"), records) for part in encoded[1:])]
    if tag in ("dataclass", "object"):
        fields = records.get(encoded[1], _NO_FIELDS)
        named = ((name, value, _parse(fields.get(name, "Any"))) for name, value in encoded[2:])
        return [tag, encoded[1], *([name, normal(value, field, records)] for name, value, field in named)]
    if tag == "namedtuple":
        types = [*map(_parse, records.get(encoded[1], _NO_FIELDS).values())]
        types += [_ANY] * (len(encoded) - 2 - len(types))
        typed = zip(encoded[2:], types, strict=False)
        return [tag, encoded[1], *(normal(part, field, records) for part, field in typed)]
    return encoded


def _items_key(encoded: list[Any], declared: _Type, records: Records) -> Any:
    tag = encoded[0]
    as_items = declared.any_named(_ITERABLE_NAMES)
    if tag == "range":
        if not as_items:
            return encoded
        start, stop, step = encoded[1:]
        if len(range(start, stop, step)) > 100_000:
            return encoded
        numbers = range(start, stop, step)
        return ["items", *(normal(number, _item(declared, tag, 0), records) for number in numbers)]
    parts = enumerate(encoded[_ITEM_TAGS[tag] :])
    items = [normal(part, _item(declared, tag, index), records) for index, part in parts]
    if as_items:
        return ["items", *items]
    return [tag, *encoded[1 : _ITEM_TAGS[tag]], *items]


def _dict_key(encoded: list[Any], declared: _Type, records: Records) -> Any:
    tag = encoded[0]
    names = _MAPPING_NAMES | {tag, "DefaultDict"}
    key_type, value_type = _parameter(declared, names, 0), _parameter(declared, names, 1)
    if tag == "Counter":
        value_type = _Type("int")
    pairs = encoded[_DICTS[tag] :]
    entries = [[normal(key, key_type, records), normal(value, value_type, records)] for key, value in pairs]
    entries.sort(key=_text)
    shown = "dict" if declared.any_named(_MAPPING_NAMES) else tag
    return [shown, *entries]


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def value_key(encoded: Any, returns: str, records: Records = _NO_RECORDS) -> bytes:
    """Return the key of an encoded value under a declared type (source text); ``records`` are the classes' fields."""
    try:
        return b"value " + _text(normal(encoded, _parse(returns), records)).encode("ascii")
    except (TypeError, ValueError, IndexError, RecursionError):
        return b"malformed " + _text(encoded).encode("ascii")


def outcome_key(outcome: Outcome, returns: str, records: Records = _NO_RECORDS) -> bytes:
    """Return what the outcome counts as: equal bytes for outcomes that are the same under the declared type.

    Args:
        outcome: what one call did.
        returns: the declared return type as source text (``"list[float] | None"``); "Any" where there is none.
        records: the declared fields of the specification's classes.
    """
    changed = b" changed" if outcome.changed else b""
    if outcome.kind == "value":
        return value_key(outcome.value, returns, records) + changed
    if outcome.kind == "raise":
        return b"raise " + outcome.error.encode("utf-8", "backslashreplace") + changed
    return outcome.kind.encode() + changed


def signature(outcomes: Sequence[Outcome], returns: str, records: Records = _NO_RECORDS) -> bytes:
    """Return the execution signature: the SHA-256 over the keys of all outcomes, in order (32 bytes)."""
    digest = hashlib.sha256()
    for outcome in outcomes:
        key = outcome_key(outcome, returns, records)
        digest.update(len(key).to_bytes(8, "big"))
        digest.update(key)
    return digest.digest()


def same(left: Outcome, right: Outcome, returns: str, records: Records = _NO_RECORDS) -> bool:
    """Tell whether two outcomes are the same value or the same exception; a time-out or a death never is."""
    if left.kind not in ("value", "raise") or right.kind not in ("value", "raise"):
        return False
    return outcome_key(left, returns, records) == outcome_key(right, returns, records)
