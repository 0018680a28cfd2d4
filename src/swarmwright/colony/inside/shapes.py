"""Shapes of comprehensions and short loops: what a condition or a key makes of the elements of a source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.inside.kinds import FLOAT, INT, STR, Kind, Row, is_hashable, is_ordered

Places = tuple[int, ...]


class Shape(NamedTuple):
    """One way to put a body (and a condition) over the elements of a source, and its cost."""

    name: str
    cost: int


MAP = Shape("map", 3)
FILTER = Shape("filter", 3)
FILTER_MAP = Shape("filter-map", 4)
MAPPING = Shape("mapping", 5)
LARGEST_BY = Shape("largest-by", 5)
SMALLEST_BY = Shape("smallest-by", 5)
SORTED_BY = Shape("sorted-by", 5)
SORTED_DOWN_BY = Shape("sorted-down-by", 6)
FIRST = Shape("first", 3)
FIRST_OF = Shape("first-of", 2)
UNTIL = Shape("until", 3)
SINCE = Shape("since", 4)
PLACE_OF = Shape("place-of", 5)
HOW_MANY = Shape("how-many", 4)
RUNS = Shape("runs", 3)
GROUPS = Shape("groups", 4)
COUNTS = Shape("counts", 4)
GROUPS_OF = Shape("groups-of", 4)
SUMS = Shape("sums", 4)
SMALLEST_BY_TWO = Shape("smallest-by-two", 6)
SORTED_BY_TWO = Shape("sorted-by-two", 6)

STATEMENTS = frozenset((UNTIL, SINCE, RUNS, GROUPS, COUNTS, GROUPS_OF, SUMS))
"""Shapes that are written as statements before the expression."""


class Single(NamedTuple):
    """What a shape makes of one inner agent.

    Attributes:
        holds: whether the agent is a condition; else it is a key.
        gives: the kind outside, of the element's kind and the agent's; None where they do not fit.
        gather: makes the value for one input, of the agent's value for each element, the elements' places, and the
            elements.
    """

    holds: bool
    gives: Callable[[Kind, Kind], Kind | None]
    gather: Callable[[Sequence[Any], Places, Sequence[Any]], Any]


class Double(NamedTuple):
    """What a shape makes of two inner agents; ``gather`` takes both. ``ties``: the first must have some."""

    gives: Callable[[Kind, Kind, Kind], Kind | None]
    gather: Callable[[Sequence[Any], Sequence[Any], Places, Sequence[Any]], Any]
    ties: bool = False


def _until(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:
    found = []
    for key, place in zip(keys, places, strict=True):
        if key:
            break
        found.append(own[place])
    return tuple(found)


def _since(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:
    first = next((at for at, key in enumerate(keys) if key), len(places))
    return tuple([own[place] for place in places[first:]])


def _place_of(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:  # noqa: ARG001
    return next((at for at, key in enumerate(keys) if key), None)


def _runs(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:
    found: list[list[Any]] = []
    for at, place in enumerate(places):
        if at and keys[at] == keys[at - 1]:
            found[-1].append(own[place])
        else:
            found.append([own[place]])
    return tuple(map(tuple, found))


def _text_runs(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:
    return tuple("".join(run) for run in _runs(keys, places, own))


def _groups(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:
    return _groups_of(keys, [own[place] for place in places], places, own)


def _groups_of(keys: Sequence[Any], values: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:  # noqa: ARG001
    found: dict[Any, list[Any]] = {}
    for key, value in zip(keys, values, strict=True):
        found.setdefault(key, []).append(value)
    return Row((key, tuple(some)) for key, some in found.items())


def _counts(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:  # noqa: ARG001
    found: dict[Any, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return Row(found)


def _sums(keys: Sequence[Any], values: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:  # noqa: ARG001
    found: dict[Any, Any] = {}
    for key, value in zip(keys, values, strict=True):
        found[key] = found.get(key, 0) + value
    return Row(found)


def _first_of(values: Sequence[Any], keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:  # noqa: ARG001
    return next((value for value, key in zip(values, keys, strict=True) if key), None)


def _best(choose: Callable[..., Any]) -> Callable[..., Any]:
    def gather(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:
        return own[places[choose(range(len(keys)), key=keys.__getitem__)]]

    return gather


def _ordered(*, down: bool) -> Callable[..., Any]:
    def gather(keys: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:
        order = sorted(range(len(keys)), key=keys.__getitem__, reverse=down)
        return tuple([own[places[at]] for at in order])

    return gather


def _by_two(gather: Callable[..., Any]) -> Callable[..., Any]:
    def both(keys: Sequence[Any], others: Sequence[Any], places: Places, own: Sequence[Any]) -> Any:
        return gather(list(zip(keys, others, strict=True)), places, own)

    return both


def _the_element(element: Kind, kind: Kind) -> Kind | None:
    return element if is_ordered(kind) else None


def _the_elements(element: Kind, kind: Kind) -> Kind | None:
    return ("list", element) if is_ordered(kind) else None


def _grouped(element: Kind, kind: Kind) -> Kind | None:
    return ("dict", kind, ("list", element)) if is_hashable(kind) else None


SINGLE: Mapping[Shape, Single] = {
    MAP: Single(False, lambda element, kind: ("list", kind), lambda keys, places, own: tuple(keys)),  # noqa: ARG005
    LARGEST_BY: Single(False, _the_element, _best(max)),
    SMALLEST_BY: Single(False, _the_element, _best(min)),
    SORTED_BY: Single(False, _the_elements, _ordered(down=False)),
    SORTED_DOWN_BY: Single(False, _the_elements, _ordered(down=True)),
    UNTIL: Single(True, lambda element, kind: ("list", element), _until),  # noqa: ARG005
    SINCE: Single(True, lambda element, kind: ("list", element), _since),  # noqa: ARG005
    PLACE_OF: Single(True, lambda element, kind: ("optional", INT), _place_of),  # noqa: ARG005
    HOW_MANY: Single(True, lambda element, kind: INT, lambda keys, places, own: sum(map(bool, keys))),  # noqa: ARG005
    RUNS: Single(False, lambda element, kind: ("list", ("list", element)), _runs),  # noqa: ARG005
    GROUPS: Single(False, _grouped, _groups),
    COUNTS: Single(False, lambda element, kind: ("dict", kind, INT) if is_hashable(kind) else None, _counts),  # noqa: ARG005
}
TEXT_RUNS = Single(False, lambda element, kind: ("list", STR), _text_runs)  # noqa: ARG005
"""What ``RUNS`` is where the source is a text."""
DOUBLE: Mapping[Shape, Double] = {
    FIRST_OF: Double(lambda element, kind, other: ("optional", kind) if other == ("bool",) else None, _first_of),  # noqa: ARG005
    GROUPS_OF: Double(
        lambda element, kind, other: ("dict", kind, ("list", other)) if is_hashable(kind) else None,  # noqa: ARG005
        _groups_of,
    ),
    SUMS: Double(
        lambda element, kind, other: ("dict", kind, other) if is_hashable(kind) and other in (INT, FLOAT) else None,  # noqa: ARG005
        _sums,
    ),
    SMALLEST_BY_TWO: Double(
        lambda element, kind, other: element if is_ordered(kind) and is_ordered(other) else None,
        _by_two(_best(min)),
        ties=True,
    ),
    SORTED_BY_TWO: Double(
        lambda element, kind, other: ("list", element) if is_ordered(kind) and is_ordered(other) else None,
        _by_two(_ordered(down=False)),
        ties=True,
    ),
}
