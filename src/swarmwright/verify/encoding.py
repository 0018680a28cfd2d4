"""Values as plain tagged data, exact in type and capped in size.

``None``, booleans, integers of at most 63 bits, finite floats and text without lone surrogates stand for
themselves; every other value is a list that begins with its tag. The data survive JSON and msgpack unchanged.

Encoding never calls a method that the encoded value's own class defines: it asks ``type(value)`` and uses the
built-in types' own methods. An instance of any class that is neither built in nor known by ``Shapes`` is opaque,
a subclass of ``str`` or ``int`` too. Standard library only: this module runs inside the sandbox as well.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import itertools
import json
import math
from collections.abc import Callable, Iterable, Iterator
from types import GeneratorType
from typing import Any

from swarmwright.verify.shapes import Shapes

MAX_NODES = 100_000
MAX_BYTES = 1_000_000
MAX_DEPTH = 80
DRAIN = 10_000
"""How many items of an iterator are taken before it counts as endless."""

_INT_LIMIT = 1 << 63
_EMPTY: tuple[Any, ...] = ([], (), "", "é", b"", bytearray(), set(), {}, {}.values(), {}.items(), range(0))
_ITERATORS: tuple[type, ...] = (
    GeneratorType,
    map,
    filter,
    zip,
    enumerate,
    reversed,
    *(type(iter(empty)) for empty in _EMPTY),
    type(iter(range(1 << 70))),
    type(reversed([])),
    type(reversed({})),
    type(iter(collections.deque())),
    *(kind for kind in vars(itertools).values() if isinstance(kind, type) and hasattr(kind, "__next__")),
)
_ITERATOR_IDS = frozenset(id(kind) for kind in _ITERATORS)
_FACTORIES: dict[str, type] = {kind.__name__: kind for kind in (list, dict, set, int, float, str, tuple, bool)}


_NO_SHAPES = Shapes()


class _TooMuchError(Exception):
    """The value does not fit the caps."""


class _Encoder:
    def __init__(self, shapes: Shapes, max_nodes: int, max_bytes: int, drain: int) -> None:
        self.shapes = shapes
        self.nodes = max_nodes
        self.bytes = max_bytes
        self.drain = drain
        self.open: set[int] = set()

    def spend(self, size: int) -> None:
        self.nodes -= 1
        self.bytes -= size
        if self.nodes < 0 or self.bytes < 0:
            raise _TooMuchError("too large")

    def encode(self, value: object) -> Any:
        kind = type(value)
        # By identity: a metaclass of the guarded code's own may define how its classes hash and compare.
        scalar = _SCALARS.get(id(kind))
        if scalar is not None:
            return scalar(self, value)
        if id(value) in self.open:
            return ["opaque", "refers to itself"]
        if len(self.open) >= MAX_DEPTH:
            return ["opaque", "nested too deeply"]
        self.open.add(id(value))
        try:
            self.spend(8)
            compound = _COMPOUNDS.get(id(kind))
            if compound is not None:
                return compound(self, value)
            if id(kind) in _ITERATOR_IDS:
                return self.iterator(value)
            return self.instance(value, kind)
        finally:
            self.open.discard(id(value))

    def items(self, values: Iterable[object]) -> list[Any]:
        encode = self.encode
        return [encode(item) for item in values]

    def pairs(self, value: dict[Any, Any], entries: Iterable[tuple[Any, Any]]) -> list[Any]:
        # The length is asked of dict itself: entries of a subclass' own making never run.
        self.spend(dict.__len__(value))
        return [[self.encode(key), self.encode(item)] for key, item in entries]

    def iterator(self, value: Any) -> list[Any]:
        if not self.drain:
            return ["iterator"]
        items = self.items(itertools.islice(value, self.drain))
        if len(items) == self.drain:
            return ["opaque", "an iterator without end"]
        return ["iterator", *items]

    def instance(self, value: Any, kind: type) -> list[Any]:
        shape = self.shapes.of(kind)
        if shape is None or shape.kind == "opaque":
            return ["opaque", f"an instance of {_type_name(kind)}"]
        if shape.kind == "enum":
            return [
                "enum",
                shape.name,
                *self.items(map(object.__getattribute__, (value, value), ("_name_", "_value_"))),
            ]
        if shape.kind == "namedtuple":
            return ["namedtuple", shape.name, *self.items(tuple.__iter__(value))]
        names = list(shape.fields)
        if shape.kind == "object" and kind.__dictoffset__:
            names += [name for name in object.__getattribute__(value, "__dict__") if type(name) is str]
        fields = []
        for name in names:
            try:
                fields.append([name, self.encode(object.__getattribute__(value, name))])
            except AttributeError:
                continue
        return [shape.kind, shape.name, *fields]


def _type_name(kind: type) -> str:
    name = type.__dict__["__name__"].__get__(kind)
    return str(name)[:80] if _is_clean(name) else "a class with an unusual name"


def _is_clean(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _of_int(encoder: _Encoder, value: Any) -> Any:
    encoder.spend(8)
    if -_INT_LIMIT <= value < _INT_LIMIT:
        return value
    encoder.spend(value.bit_length() // 4)
    return ["int", hex(value)]


def _of_float(encoder: _Encoder, value: Any) -> Any:
    encoder.spend(12)
    return value if math.isfinite(value) else ["float", repr(value)]


def _of_str(encoder: _Encoder, value: Any) -> Any:
    encoder.spend(len(value))
    return value if value.isascii() or _is_clean(value) else ["str", value.encode("utf-8", "surrogatepass").hex()]


def _of_itself(encoder: _Encoder, value: Any) -> Any:
    encoder.spend(4)
    return value


def _of_bytes(encoder: _Encoder, value: Any) -> Any:
    encoder.spend(2 * len(value))
    return [type(value).__name__, bytes(value).hex()]


def _of_set(encoder: _Encoder, value: Any) -> Any:
    items = encoder.items(value)
    items.sort(key=json.dumps)
    return [type(value).__name__, *items]


def _of_deque(encoder: _Encoder, value: Any) -> Any:
    return ["deque", value.maxlen, *encoder.items(value)]


def _of_defaultdict(encoder: _Encoder, value: Any) -> Any:
    factory = value.default_factory
    name = next((name for name, kind in _FACTORIES.items() if kind is factory), None)
    return ["defaultdict", name, *encoder.pairs(value, dict.items(value))]


def _of_decimal(encoder: _Encoder, value: Any) -> Any:
    text = str(value)
    encoder.spend(len(text))
    return ["Decimal", text]


def _of_time(value: Any) -> list[Any] | None:
    if value.tzinfo is not None and type(value.tzinfo) is not datetime.timezone:
        return None
    offset = None if value.tzinfo is None else value.utcoffset() / datetime.timedelta(microseconds=1)
    return [value.replace(tzinfo=None).isoformat(), value.fold, offset]


def _of_moment(encoder: _Encoder, value: Any) -> Any:  # noqa: ARG001
    parts = _of_time(value)
    return ["opaque", "a time zone by name"] if parts is None else [type(value).__name__, *parts]


_WRITERS: dict[type, Callable[[_Encoder, Any], Any]] = {
    type(None): _of_itself,
    bool: _of_itself,
    int: _of_int,
    float: _of_float,
    str: _of_str,
    list: lambda encoder, value: ["list", *encoder.items(value)],
    tuple: lambda encoder, value: ["tuple", *encoder.items(value)],
    dict: lambda encoder, value: ["dict", *encoder.pairs(value, value.items())],
    collections.OrderedDict: lambda encoder, value: ["OrderedDict", *encoder.pairs(value, list(value.items()))],
    collections.Counter: lambda encoder, value: ["Counter", *encoder.pairs(value, dict.items(value))],
    collections.defaultdict: _of_defaultdict,
    set: _of_set,
    frozenset: _of_set,
    bytes: _of_bytes,
    bytearray: _of_bytes,
    complex: lambda encoder, value: ["complex", encoder.encode(value.real), encoder.encode(value.imag)],
    range: lambda encoder, value: ["range", *encoder.items((value.start, value.stop, value.step))],
    collections.deque: _of_deque,
    decimal.Decimal: _of_decimal,
    fractions.Fraction: lambda encoder, value: ["Fraction", *encoder.items((value.numerator, value.denominator))],
    datetime.date: lambda encoder, value: ["date", value.isoformat()],  # noqa: ARG005
    datetime.time: _of_moment,
    datetime.datetime: _of_moment,
    datetime.timedelta: lambda encoder, value: ["timedelta", value.days, value.seconds, value.microseconds],  # noqa: ARG005
    type(Ellipsis): lambda encoder, value: ["Ellipsis"],  # noqa: ARG005
}
_SCALAR_TYPES = (type(None), bool, int, float, str)
_SCALARS = {id(kind): write for kind, write in _WRITERS.items() if kind in _SCALAR_TYPES}
_COMPOUNDS = {id(kind): write for kind, write in _WRITERS.items() if kind not in _SCALAR_TYPES}


def encode(
    value: object,
    *,
    shapes: Shapes = _NO_SHAPES,
    max_nodes: int = MAX_NODES,
    max_bytes: int = MAX_BYTES,
    drain: int = DRAIN,
) -> Any:
    """Return the value as tagged data; what cannot be told exactly, or not within the caps, is opaque.

    Args:
        value: any object.
        shapes: the specification's classes, which are encoded by their fields.
        max_nodes: how many values it may consist of.
        max_bytes: about how many bytes of text it may need.
        drain: how many items an iterator may have; 0 leaves iterators alone (they encode as ``["iterator"]``).

    Raises:
        Exception: whatever an iterator of the guarded code raises while it is drained, and nothing else.
    """
    try:
        return _Encoder(shapes, max_nodes, max_bytes, drain).encode(value)
    except _TooMuchError as error:
        return ["opaque", str(error)]


def is_opaque(encoded: Any) -> bool:
    """Tell whether any part of the value could not be encoded."""
    if type(encoded) is not list:
        return False
    tag = encoded[0]
    if tag in _PAIRED:
        return any(is_opaque(part) for entry in encoded[1:] if type(entry) is list for part in entry)
    return tag == "opaque" or any(is_opaque(part) for part in encoded[1:])


_PAIRED = frozenset(("dict", "OrderedDict", "Counter", "defaultdict", "dataclass", "object"))
_NAMED = frozenset(("defaultdict", "deque", "dataclass", "object", "namedtuple", "enum"))
"""Tags whose entries are pairs, and tags whose first part is no part of the value."""


class _Decoder:
    def __init__(self, resolve: Callable[[str], type]) -> None:
        self.resolve = resolve

    def decode(self, encoded: Any) -> Any:
        if type(encoded) is not list:
            return encoded
        read = _READERS.get(encoded[0])
        if read is None:
            raise ValueError(f"cannot rebuild a value tagged {encoded[0]!r}")
        return read(self, encoded)

    def items(self, encoded: list[Any], start: int = 1) -> Iterator[Any]:
        return (self.decode(item) for item in encoded[start:])

    def pairs(self, encoded: list[Any], start: int = 1) -> Iterator[tuple[Any, Any]]:
        return ((self.decode(key), self.decode(item)) for key, item in encoded[start:])

    def instance(self, encoded: list[Any]) -> Any:
        kind = self.resolve(encoded[1])
        made: Any = object.__new__(kind)
        for name, value in encoded[2:]:
            object.__setattr__(made, name, self.decode(value))
        return made

    def member(self, encoded: list[Any]) -> Any:
        kind: Any = self.resolve(encoded[1])
        return kind[encoded[2]] if encoded[2] in kind.__members__ else kind(self.decode(encoded[3]))


def _moment(kind: Any, encoded: list[Any]) -> Any:
    _, text, fold, offset = encoded
    zone = None if offset is None else datetime.timezone(datetime.timedelta(microseconds=offset))
    return kind.fromisoformat(text).replace(fold=fold, tzinfo=zone)


_READERS: dict[str, Callable[[_Decoder, list[Any]], Any]] = {
    "int": lambda _, e: int(e[1], 16),
    "float": lambda _, e: float(e[1]),
    "str": lambda _, e: bytes.fromhex(e[1]).decode("utf-8", "surrogatepass"),
    "bytes": lambda _, e: bytes.fromhex(e[1]),
    "bytearray": lambda _, e: bytearray.fromhex(e[1]),
    "complex": lambda d, e: complex(*d.items(e)),
    "list": lambda d, e: list(d.items(e)),
    "tuple": lambda d, e: tuple(d.items(e)),
    "set": lambda d, e: set(d.items(e)),
    "frozenset": lambda d, e: frozenset(d.items(e)),
    "dict": lambda d, e: dict(d.pairs(e)),
    "OrderedDict": lambda d, e: collections.OrderedDict(d.pairs(e)),
    "Counter": lambda d, e: collections.Counter(dict(d.pairs(e))),
    "defaultdict": lambda d, e: collections.defaultdict(_FACTORIES.get(e[1]), d.pairs(e, 2)),
    "range": lambda d, e: range(*d.items(e)),
    "deque": lambda d, e: collections.deque(d.items(e, 2), e[1]),
    "Decimal": lambda _, e: decimal.Decimal(e[1]),
    "Fraction": lambda d, e: fractions.Fraction(*d.items(e)),
    "date": lambda _, e: datetime.date.fromisoformat(e[1]),
    "time": lambda _, e: _moment(datetime.time, e),
    "datetime": lambda _, e: _moment(datetime.datetime, e),
    "timedelta": lambda _, e: datetime.timedelta(*e[1:]),
    "Ellipsis": lambda _, __: ...,
    "iterator": lambda d, e: iter(list(d.items(e))),
    "dataclass": lambda d, e: d.instance(e),
    "object": lambda d, e: d.instance(e),
    "namedtuple": lambda d, e: tuple.__new__(d.resolve(e[1]), d.items(e, 2)),
    "enum": lambda d, e: d.member(e),
}


def _unknown(name: str) -> type:
    raise LookupError(f"no class {name} is known here")


def decode(encoded: Any, resolve: Callable[[str], type] = _unknown) -> Any:
    """Return the value again. ``resolve`` maps a class' dotted name to the class (``Shapes.resolve``).

    Dataclasses are rebuilt field by field, without their ``__init__``.

    Raises:
        ValueError: the data are opaque somewhere, or malformed.
        LookupError: a class is not known.
    """
    try:
        return _Decoder(resolve).decode(encoded)
    except (TypeError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"malformed data: {error}") from None


def is_well_formed(encoded: Any, depth: int = 2 * MAX_DEPTH) -> bool:
    """Tell whether the data could have come from ``encode``; guarded code may send anything."""
    kind = type(encoded)
    if kind is not list:
        return encoded is None or kind in (bool, int, float, str)
    if depth <= 0 or not encoded or type(encoded[0]) is not str:
        return False
    tag = encoded[0]
    if tag not in _READERS and tag != "opaque":
        return False
    start = 2 if tag in _NAMED else 1
    if tag in _PAIRED:
        entries = encoded[start:]
        return len(encoded) >= start and all(
            type(entry) is list and len(entry) == 2 and all(is_well_formed(part, depth - 1) for part in entry)
            for entry in entries
        )
    return len(encoded) >= start and all(is_well_formed(part, depth - 1) for part in encoded[1:])


def describe(encoded: Any) -> str:
    """Return the value as Python source for people; it is never evaluated."""
    if type(encoded) is not list:
        return repr(encoded)
    try:
        return _describe(encoded)
    except (TypeError, ValueError, IndexError, AttributeError, ArithmeticError, RecursionError, LookupError):
        return "<malformed data>"


def _describe(encoded: list[Any]) -> str:
    tag, parts = encoded[0], encoded[1:]
    if tag == "opaque":
        return f"<{parts[0]}>"
    if tag in ("list", "set", "tuple", "frozenset", "deque", "iterator"):
        return _describe_items(tag, [describe(part) for part in (parts[1:] if tag == "deque" else parts)], parts)
    if tag in ("dict", "OrderedDict", "Counter", "defaultdict"):
        entries = parts[1:] if tag == "defaultdict" else parts
        text = "{" + ", ".join(f"{describe(key)}: {describe(value)}" for key, value in entries) + "}"
        return {"dict": text, "defaultdict": f"defaultdict({parts[0] if parts else None}, {text})"}.get(
            tag, f"{tag}({text})"
        )
    if tag in ("dataclass", "object"):
        fields = ", ".join(f"{name}={describe(value)}" for name, value in parts[1:])
        return f"{parts[0].rpartition('.')[2]}({fields})"
    if tag == "namedtuple":
        return f"{parts[0].rpartition('.')[2]}({', '.join(map(describe, parts[1:]))})"
    if tag == "enum":
        name = parts[0].rpartition(".")[2]
        return f"{name}({describe(parts[2])})" if parts[1] is None else f"{name}.{parts[1]}"
    if tag == "float":
        return f"float({parts[0]!r})"
    value = decode(encoded)
    return repr(value) if tag != "int" else hex(value) if abs(value) >= 1 << 512 else str(value)


def _describe_items(tag: str, items: list[str], parts: list[Any]) -> str:
    inner = ", ".join(items)
    if tag == "deque":
        return f"deque([{inner}])" if parts[0] is None else f"deque([{inner}], maxlen={parts[0]})"
    if tag == "set" and not items:
        return "set()"
    left, right = _BRACKETS.get(tag, ("[", "]"))
    text = left + inner + ("," if tag == "tuple" and len(items) == 1 else "") + right
    return {"frozenset": f"frozenset({text})", "iterator": f"iter({text})"}.get(tag, text)


_BRACKETS = {"tuple": ("(", ")"), "set": ("{", "}")}
