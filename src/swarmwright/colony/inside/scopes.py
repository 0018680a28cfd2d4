"""Scopes: the inside of comprehensions. Its agents see one element at a time, of a source that an outer agent gives.

What a body does is computed once for every distinct element, and taken together again for each input of the function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.kinds import BOOL, STR, Kind, Row, is_hashable
from swarmwright.colony.inside.shapes import (
    COUNTS,
    DOUBLE,
    FILTER,
    FILTER_MAP,
    FIRST,
    FIRST_OF,
    GROUPS,
    GROUPS_OF,
    HOW_MANY,
    LARGEST_BY,
    MAP,
    MAPPING,
    PLACE_OF,
    RUNS,
    SINCE,
    SINGLE,
    SMALLEST_BY,
    SMALLEST_BY_TWO,
    SORTED_BY,
    SORTED_BY_TWO,
    SORTED_DOWN_BY,
    STATEMENTS,
    SUMS,
    TEXT_RUNS,
    UNTIL,
    Double,
    Shape,
    Single,
)
from swarmwright.colony.inside.steps import FAILED

MOST_ELEMENTS = 160
"""How many distinct elements a source may have over all inputs."""
_MOST_PAIRS = 20_000
_COMPUTED = 5
"""The cost of a value that was computed outside of a comprehension."""
_MOST_DOUBLES = 4_000


SHAPES = (
    *(MAP, FILTER, FILTER_MAP, MAPPING, LARGEST_BY, SMALLEST_BY, SORTED_BY, SORTED_DOWN_BY, FIRST),
    *(
        FIRST_OF,
        UNTIL,
        SINCE,
        PLACE_OF,
        HOW_MANY,
        RUNS,
        GROUPS,
        COUNTS,
        GROUPS_OF,
        SUMS,
        SMALLEST_BY_TWO,
        SORTED_BY_TWO,
    ),
)


class Elements(NamedTuple):
    """The elements of a source: distinct surroundings, and for each input the places of its elements (None: failed)."""

    surroundings: tuple[tuple[Any, ...], ...]
    places: tuple[tuple[int, ...] | None, ...]


def elements_of(value: Value, captured: Sequence[Value]) -> Elements | None:
    """Return a source's elements, each with the captured names' values on its input; None where they are too many."""
    found: dict[tuple[Any, ...], int] = {}
    places: list[tuple[int, ...] | None] = []
    for number, items in enumerate(value):
        if items is FAILED:
            places.append(None)
            continue
        around = tuple(one[number] for one in captured)
        places.append(tuple([_place(found, (item, *around)) for item in items]))
        if len(found) > MOST_ELEMENTS:
            return None
    return Elements(tuple(found), tuple(places)) if found else None


def _place(found: dict[tuple[Any, ...], int], surrounding: tuple[Any, ...]) -> int:
    # 1, 1.0 and True are one key: elements of one kind never mix them.
    return found.setdefault(surrounding, len(found))


class Variable(NamedTuple):
    """A name inside a scope: its place among the scope's names, or what it has captured from outside."""

    place: int
    captured: Any = None


class Offer(NamedTuple):
    """What a shape gives: the kind and values outside, and the inner agents it was made of."""

    gives: Kind
    value: Value
    body: Agent
    other: Agent = Agent(BOOL, -1)


class Scope:
    """The inside of comprehensions over one source."""

    def __init__(self, number: int, source: Agent, cost: int, element: Kind, elements: Elements, bank: Bank) -> None:
        """Take the source and its cost; ``bank`` is empty, its inputs are the distinct elements."""
        self.number = number
        self.source = source
        self.cost = cost
        self.element = element
        self.bank = bank
        self.surroundings = elements.surroundings
        self.places = self._places = elements.places
        self.own = self._own = tuple(surrounding[0] for surrounding in elements.surroundings)

    @property
    def names(self) -> int:
        """How many names a comprehension over the source binds: two for pairs, else one."""
        return len(self.element) - 1 if self.element[0] == "tuple" else 1

    def add_names(self, captured: Sequence[tuple[Kind, Any]]) -> None:
        """Make the element (or its parts) and what is captured the scope's first agents."""
        if self.names > 1:
            for place, kind in enumerate(self.element[1:]):
                self.bank.add_leaf(2, kind, tuple(one[place] for one in self._own), Variable(place))
        else:
            self.bank.add_leaf(2, self.element, self._own, Variable(0))
        for place, (kind, what) in enumerate(captured, start=1):
            values = tuple(around[place] for around in self.surroundings)
            self.bank.add_leaf(_COMPUTED if isinstance(what, Agent) else 3, kind, values, Variable(-1, what))

    def grow(self, cost: int) -> None:
        """Make the inner agents up to a cost."""
        while self.bank.cost < cost:
            self.bank.grow()

    # What comes out

    def offer(self, shape: Shape, cost: int, wanted: Callable[[Kind], bool]) -> Iterator[Offer]:
        """Yield what a shape gives with inner agents of that cost in all.

        Args:
            shape: the shape.
            cost: what the inner agents cost together.
            wanted: which kinds are of use outside.
        """
        if cost < 2:
            return
        if shape in (FILTER, FIRST):
            yield from self._filtered(shape, cost, wanted)
        elif shape in (FILTER_MAP, MAPPING):
            yield from self._paired(shape, cost, wanted)
        elif shape in DOUBLE:
            yield from self._doubled(DOUBLE[shape], cost, wanted, whole=shape in STATEMENTS)
        else:
            rule = TEXT_RUNS if shape is RUNS and self.source.kind == STR else SINGLE[shape]
            yield from self._single(rule, cost, wanted, whole=shape in STATEMENTS)

    def _new(self, kind: Kind, cost: int) -> range:
        rows = self.bank.rows.get(kind)
        return range(*rows.span(cost)) if rows is not None else range(0)

    def _single(self, rule: Single, cost: int, wanted: Callable[[Kind], bool], *, whole: bool) -> Iterator[Offer]:
        for kind in [BOOL] if rule.holds else list(self.bank.rows):
            gives = rule.gives(self.element, kind)
            if gives is None or not wanted(gives) or kind not in self.bank.rows:
                continue
            values = self.bank.rows[kind].values
            for row in self._new(kind, cost):
                body = values[row]
                value = tuple([self._gathered(rule.gather, places, body) for places in self._places])
                # Statements run before any condition is asked: what fails somewhere is of no use there.
                if not (whole and any([one is FAILED for one in value])):
                    yield Offer(gives, value, Agent(kind, row))

    def _gathered(self, gather: Callable[..., Any], places: tuple[int, ...] | None, *bodies: Value) -> Any:
        if places is None:
            return FAILED
        columns = [[body[place] for place in places] for body in bodies]
        if any([key is FAILED for keys in columns for key in keys]):
            return FAILED
        try:
            return gather(*columns, places, self._own)
        except Exception:
            return FAILED

    def _doubled(self, rule: Double, cost: int, wanted: Callable[[Kind], bool], *, whole: bool) -> Iterator[Offer]:
        left = _MOST_DOUBLES
        for kind in list(self.bank.rows):
            for other in list(self.bank.rows):
                gives = rule.gives(self.element, kind, other)
                if gives is None or not wanted(gives):
                    continue
                for row, second in self._two(rule, kind, other, cost):
                    if (left := left - 1) < 0:
                        return
                    bodies = self.bank.rows[kind].values[row], self.bank.rows[other].values[second]
                    value = tuple([self._gathered(rule.gather, places, *bodies) for places in self._places])
                    if not (whole and any([one is FAILED for one in value])):
                        yield Offer(gives, value, Agent(kind, row), Agent(other, second))

    def _two(self, rule: Double, kind: Kind, other: Kind, cost: int) -> Iterator[tuple[int, int]]:
        """Yield pairs of rows that cost so much together."""
        for first in range(2, cost - 1):
            for row in self._new(kind, first):
                if rule.ties and not self._has_ties(self.bank.rows[kind].values[row]):
                    continue
                for second in self._new(other, cost - first):
                    yield row, second

    def _has_ties(self, keys: Value) -> bool:
        """Tell whether elements of one input have the same key, and others have another one."""
        for places in self._places:
            if places is not None and 1 < len({keys[place] for place in places}) < len(set(places)):
                return True
        return False

    def _filtered(self, shape: Shape, cost: int, wanted: Callable[[Kind], bool]) -> Iterator[Offer]:
        gives: Kind = ("list", self.element) if shape is FILTER else ("optional", self.element)
        if not wanted(gives):
            return
        for row in self._new(BOOL, cost):
            chosen = self._chosen(self.bank.rows[BOOL].values[row])
            take = _taken if shape is FILTER else _first
            yield Offer(gives, tuple([take(some, self._own) for some in chosen]), Agent(BOOL, row))

    def _chosen(self, condition: Value) -> list[tuple[int, ...] | None]:
        """Return for each input the places of the elements that a condition holds for."""
        found: list[tuple[int, ...] | None] = []
        for places in self._places:
            if places is None or any([condition[place] is FAILED for place in places]):
                found.append(None)
            else:
                found.append(tuple([place for place in places if condition[place]]))
        return found

    def _paired(self, shape: Shape, cost: int, wanted: Callable[[Kind], bool]) -> Iterator[Offer]:
        left = _MOST_PAIRS
        for kind in list(self.bank.rows):
            others = [BOOL] if shape is FILTER_MAP else list(self.bank.rows)
            for other in others:
                gives: Kind = ("list", kind) if shape is FILTER_MAP else ("dict", kind, other)
                if not wanted(gives) or (shape is MAPPING and not is_hashable(kind)):
                    continue
                for first in range(2, cost - 1):
                    for row in self._new(kind, first):
                        for second in self._new(other, cost - first):
                            if (left := left - 1) < 0:
                                return
                            value = self._pair(shape, kind, row, other, second)
                            yield Offer(gives, value, Agent(kind, row), Agent(other, second))

    def _pair(self, shape: Shape, kind: Kind, row: int, other: Kind, second: int) -> Value:
        body, values = self.bank.rows[kind].values[row], self.bank.rows[other].values[second]
        if shape is FILTER_MAP:
            return tuple([_taken(some, body) for some in self._chosen(values)])
        return tuple([_mapping(places, body, values) for places in self._places])


def _taken(places: tuple[int, ...] | None, values: Sequence[Any]) -> Any:
    if places is None:
        return FAILED
    found = tuple([values[place] for place in places])
    return FAILED if any([one is FAILED for one in found]) else found


def _first(places: tuple[int, ...] | None, values: Sequence[Any]) -> Any:
    if places is None:
        return FAILED
    return values[places[0]] if places else None


def _mapping(places: tuple[int, ...] | None, keys: Value, values: Value) -> Any:
    if places is None or any([keys[place] is FAILED or values[place] is FAILED for place in places]):
        return FAILED
    return Row((keys[place], values[place]) for place in places)


def element_of(kind: Kind) -> Kind | None:
    """Return the kind of a source's elements; None where a kind is no source."""
    if kind[0] in ("list", "row"):
        return kind[1]  # type: ignore[no-any-return]
    return STR if kind == STR else None
