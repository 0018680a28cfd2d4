from __future__ import annotations

import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import itertools
import json
import math
import sys
import types
from typing import NamedTuple

import msgspec
import pytest

from swarmwright.verify.encoding import MAX_DEPTH, decode, describe, encode, is_opaque, is_well_formed
from swarmwright.verify.shapes import Shapes


@dataclasses.dataclass
class Point:
    x: int
    y: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class Frozen:
    name: str
    points: list[Point]


class Pair(NamedTuple):
    left: int
    right: str


class Colour(enum.Enum):
    RED = 1
    BLUE = "b"


class Level(enum.IntEnum):
    LOW = 1


class Rights(enum.Flag):
    READ = 1
    WRITE = 2


class Plain:
    def __init__(self, value: int) -> None:
        self.value = value


class Text(str):
    pass


SHAPES = Shapes([sys.modules[__name__]])

EXACT = [
    None,
    True,
    False,
    0,
    1,
    -1,
    (1 << 63) - 1,
    1 << 63,
    -(1 << 63),
    -(1 << 63) - 1,
    10**5000,
    0.0,
    1.0,
    1e300,
    5e-324,
    math.inf,
    -math.inf,
    "",
    "plain",
    "opaque",
    "ß 漢字 🙂",
    "\ud800 alone",
    "\ud83d\ude00 a pair of surrogates",
    b"",
    b"\x00\xff",
    bytearray(b"ab"),
    [],
    [1, [2, [3]]],
    ["opaque", "list"],
    (),
    (1,),
    set(),
    {1, "a", (2, 3)},
    frozenset({1}),
    {},
    {"opaque": 1, 2: [3]},
    {(1, 2): {"x"}},
    range(0),
    range(5, 1, -2),
    collections.deque([1, 2], maxlen=3),
    collections.deque(),
    collections.Counter("abca"),
    collections.OrderedDict([("b", 1), ("a", 2)]),
    collections.defaultdict(list, {"a": [1]}),
    decimal.Decimal("1.50"),
    decimal.Decimal("-Infinity"),
    fractions.Fraction(1, 3),
    2 - 3j,
    datetime.date(2020, 2, 29),
    datetime.time(23, 59, 59, 999999, fold=1),
    datetime.datetime(2020, 1, 1, 12),
    datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))),
    datetime.timedelta(days=-1, microseconds=1),
    ...,
    Point(1, 2.0),
    Frozen("a", [Point(1)]),
    Pair(1, "a"),
    Colour.RED,
    Colour.BLUE,
    Level.LOW,
    Rights.READ,
    Rights.READ | Rights.WRITE,
    Rights(0),
]


@pytest.mark.parametrize("value", EXACT, ids=lambda value: type(value).__name__)
def test_values_come_back_the_same_with_the_same_type(value: object) -> None:
    encoded = encode(value, shapes=SHAPES)
    assert not is_opaque(encoded)
    assert is_well_formed(encoded)
    for carried in (encoded, json.loads(json.dumps(encoded)), msgspec.json.decode(msgspec.json.encode(encoded))):
        back = decode(carried, SHAPES.resolve)
        assert back == value
        assert type(back) is type(value)
        assert encode(back, shapes=SHAPES) == encoded


def test_signs_of_zero_and_nan_are_kept() -> None:
    assert math.copysign(1, decode(encode(-0.0))) == -1
    assert math.isnan(decode(encode(math.nan)))
    assert decode(encode(collections.defaultdict(list))).default_factory is list


def test_plain_objects_of_the_specification_are_encoded_by_their_attributes() -> None:
    back = decode(encode(Plain(3), shapes=SHAPES), SHAPES.resolve)
    assert type(back) is Plain
    assert back.value == 3


@pytest.mark.parametrize(
    "value",
    [
        object(),
        Text("a"),
        type("I", (int,), {})(1),
        type("L", (list,), {})(),
        print,
        int,
        Exception(),
        sys,
        [Text("a")],
    ],
    ids=repr,
)
def test_what_is_not_known_exactly_is_opaque(value: object) -> None:
    assert is_opaque(encode(value))
    assert is_well_formed(encode(value))


def test_a_class_of_the_specification_is_opaque_where_it_is_not_known() -> None:
    assert is_opaque(encode(Point(1)))
    with pytest.raises(LookupError):
        decode(encode(Point(1), shapes=SHAPES))


def test_a_key_named_opaque_is_not_opaque() -> None:
    assert not is_opaque(encode({"opaque": 1}))
    assert is_opaque(encode({"a": object()}))


def test_cycles_and_depth_are_opaque() -> None:
    cycle: list[object] = []
    cycle.append({"again": cycle})
    assert is_opaque(encode(cycle))
    deep: list[object] = []
    for _ in range(MAX_DEPTH + 10):
        deep = [deep]
    assert is_opaque(encode(deep))
    shared = [1]
    assert not is_opaque(encode([shared, shared]))


def test_sizes_are_capped() -> None:
    assert encode(list(range(100)), max_nodes=50) == ["opaque", "too large"]
    assert encode("x" * 100, max_bytes=50) == ["opaque", "too large"]
    assert encode(1 << 10_000, max_bytes=1000) == ["opaque", "too large"]
    assert not is_opaque(encode(list(range(40)), max_nodes=50))


def test_iterators_are_drained_to_a_cap() -> None:
    assert encode(x * 2 for x in (1, 2)) == ["iterator", 2, 4]
    assert encode(map(str, [1])) == ["iterator", "1"]
    assert encode(zip("ab", [1, 2], strict=True)) == ["iterator", ["tuple", "a", 1], ["tuple", "b", 2]]
    assert is_opaque(encode(itertools.count()))
    left_alone = iter([1, 2])
    assert encode(left_alone, drain=0) == ["iterator"]
    assert list(left_alone) == [1, 2]
    assert list(decode(["iterator", 1, 2])) == [1, 2]


def test_what_an_iterator_raises_passes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        encode(1 // x for x in (1, 0))


def test_no_method_of_the_value_is_called() -> None:
    called = []

    class Meta(type):
        def __hash__(cls) -> int:
            called.append("meta hash")
            return hash(int)

        def __eq__(cls, other: object) -> bool:
            called.append("meta eq")
            return True

        __name__ = property(lambda cls: called.append("name"))  # type: ignore[assignment]

    class Liar(metaclass=Meta):
        __class__ = property(lambda self: called.append("class") or int)  # type: ignore[assignment]

        def __eq__(self, other: object) -> bool:
            called.append("eq")
            return True

        def __hash__(self) -> int:
            called.append("hash")
            return 1

        def __repr__(self) -> str:
            called.append("repr")
            return "1"

        def __iter__(self) -> object:
            called.append("iter")
            return iter([])

        def __getattribute__(self, name: str) -> object:
            called.append(name)
            return None

    liar = Liar()
    for value in (liar, [liar], {"a": liar}, (liar,)):
        assert is_opaque(encode(value, shapes=SHAPES))
    assert called == []


def test_sets_are_encoded_in_one_order() -> None:
    forward, backward = {0}, {8}
    forward.add(8)
    backward.add(0)
    assert list(forward) != list(backward), "these collide, so the order of insertion shows"
    assert encode(forward) == encode(backward)


@pytest.mark.parametrize(
    "data",
    [
        [],
        ["nonsense"],
        [1, 2],
        ["list", []],
        ["dict", 5],
        ["dict", [1]],
        ["dict", ["a", {"b": 1}]],
        {"a": 1},
        ["namedtuple"],
        ["enum"],
    ],
    ids=repr,
)
def test_malformed_data_are_noticed(data: object) -> None:
    assert not is_well_formed(data)
    assert isinstance(describe(data), str)


@pytest.mark.parametrize(
    "data",
    [["opaque", "x"], ["int", "zz"], ["range", "a"], ["Fraction", 1, 0], ["set", ["list"]], ["date", "x"], ["dict", 3]],
    ids=repr,
)
def test_data_that_mean_nothing_raise_value_error(data: object) -> None:
    with pytest.raises(ValueError):
        decode(data)


def test_descriptions_are_python_source() -> None:
    texts = {
        "Point(x=1, y=2.0)": Point(1, 2.0),
        "Pair(1, 'a')": Pair(1, "a"),
        "Colour.RED": Colour.RED,
        "set()": set(),
        "(1,)": (1,),
        "{'a': [1]}": {"a": [1]},
        "frozenset({1})": frozenset({1}),
        "Counter({'a': 1})": collections.Counter("a"),
        "deque([1], maxlen=2)": collections.deque([1], 2),
        "float('nan')": math.nan,
        "iter([1])": iter([1]),
        str(1 << 70): 1 << 70,
        "'\\ud800'": "\ud800",
        "Decimal('1.5')": decimal.Decimal("1.5"),
    }
    for text, value in texts.items():
        assert describe(encode(value, shapes=SHAPES)) == text.replace(
            "frozenset({1})", describe(encode(frozenset({1})))
        )


def test_shapes_know_nested_classes_and_only_their_own() -> None:
    module = types.ModuleType("made")
    source = "from collections import Counter\nclass A:\n    class B:\n        pass\n"
    exec(compile(source, "<made>", "exec", dont_inherit=True), vars(module))
    shapes = Shapes([module])
    assert shapes.resolve("made.A.B") is module.A.B
    assert shapes.of(collections.Counter) is None
    with pytest.raises(LookupError):
        shapes.resolve("collections.Counter")
