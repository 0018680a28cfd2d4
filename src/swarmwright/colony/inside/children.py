"""Children: where what is wanted tells what each element must become, that is a smaller problem of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.inside.bank import Agent, Value
from swarmwright.colony.inside.kinds import BOOL, STR, Kind
from swarmwright.colony.inside.pieces import Joined, cuts_of
from swarmwright.colony.inside.problem import Problem, Raises
from swarmwright.colony.inside.scopes import Scope
from swarmwright.colony.inside.shapes import FILTER, MAP, MAPPING, Shape
from swarmwright.colony.inside.steps import FAILED

JOINED = Shape("join-map", 5)
CARRIED_ON = Shape("carried-on", 4)
_CARRIED = ("result", "state", "carried", "now")
_MOST_SEPARATORS = 6
_FEWEST = 2
_NAMES = ("x", "y", "z", "u", "v", "w", "item", "other", "third")


class Child(NamedTuple):
    """A smaller problem: what each element of a scope's source must become, and how that is put together again.

    Where a value is ``carried`` from element to element, the problem is what it becomes; it begins as ``begin``.
    ``shown`` has the examples of the smaller problem that each of the whole one's shows, as masks.
    """

    scope: Scope
    shape: Shape
    separator: str
    names: tuple[str, ...]
    problem: Problem
    carried: str = ""
    begin: Agent | None = None
    shown: tuple[int, ...] = ()

    def apart(self, wholes: Sequence[int]) -> tuple[int, ...]:
        """Return which of its examples are gone without some of the whole problem's, as masks of both."""
        found = []
        for whole in wholes:
            kept, gone = 0, 0
            for number, mask in enumerate(self.shown):
                if whole >> number & 1:
                    gone |= mask
                else:
                    kept |= mask
            found.append(gone & ~kept)
        return tuple(found)


def children_of(
    problem: Problem, scope: Scope, separators: Sequence[str], begins: Sequence[tuple[Agent, Value]] = ()
) -> Iterator[Child]:
    """Yield the smaller problems that a source makes of a problem, where every example agrees with it.

    Args:
        problem: the problem.
        scope: the inside of comprehensions over the source.
        separators: texts that may stand between the results.
        begins: what a carried value may begin as.
    """
    if any(isinstance(one, Raises) or one is None for one in problem.wanted):
        return
    goal = problem.goal
    if goal[0] == "list":
        yield from _made(problem, scope, MAP, "", goal[1], [list(one) for one in problem.wanted])
        if goal[1] == scope.element:
            yield from _made(problem, scope, FILTER, "", BOOL, _kept(problem, scope))
        for begin in begins:
            yield from _carried(problem, scope, *begin)
    elif goal == STR:
        for separator in dict.fromkeys(("", " ", *separators[:_MOST_SEPARATORS])):
            pieces = [_pieces(one, separator) for one in problem.wanted]
            yield from _made(problem, scope, JOINED, separator, STR, pieces)
        if scope.element == STR:
            for cut in _cuts(problem, scope):
                yield from _made(problem, scope, JOINED, "", STR, cut)
    elif goal[0] == "dict" and goal[1] == (scope.element[1] if scope.names > 1 else scope.element):
        yield from _made(problem, scope, MAPPING, "", goal[2], _values(problem, scope))


def _pieces(text: str, separator: str) -> list[Any]:
    if not separator:
        return list(text)
    return text.split(separator) if text else []


def _cuts(problem: Problem, scope: Scope) -> Iterator[list[list[Any] | None]]:
    """Yield what each element became, where a text was put together of pieces that are not one character each."""
    rows = []
    for number, wanted in enumerate(problem.wanted):
        places = scope.places[number]
        if places is None:
            return
        around = [scope.surroundings[place] for place in places]
        # What the source is itself is no part of what tells equal elements apart.
        of_others = [value for value in (around[0][1:] if around else ()) if value != _whole(scope, number)]
        items = tuple(row[0] for row in around)
        rows.append(Joined(tuple((item, *of_others) for item in items), items, wanted))
    if any(len(row.text) != len(row.items) for row in rows):
        for cut in cuts_of(rows):
            yield list(cut)


def _whole(scope: Scope, number: int) -> Any:
    items = _items(scope, number) or []
    return "".join(items) if scope.source.kind == STR else tuple(items)


def _items(scope: Scope, number: int) -> list[Any] | None:
    places = scope.places[number]
    return None if places is None else [scope.own[place] for place in places]


def _kept(problem: Problem, scope: Scope) -> list[list[Any] | None]:
    """Return for each example whether each element is kept; None where that cannot be told."""
    found: list[list[Any] | None] = []
    for number, wanted in enumerate(problem.wanted):
        items = _items(scope, number)
        flags = None if items is None else [item in wanted for item in items]
        agrees = items is not None and flags is not None
        if agrees and tuple(i for i, f in zip(items or (), flags or (), strict=True) if f) != tuple(wanted):
            flags = None
        found.append(flags)
    return found


def _values(problem: Problem, scope: Scope) -> list[list[Any] | None]:
    """Return for each example what each element's key leads to; None where the keys are others."""
    found: list[list[Any] | None] = []
    for number, wanted in enumerate(problem.wanted):
        items = _items(scope, number)
        keys = [item[0] if scope.names > 1 else item for item in items or ()]
        agrees = items is not None and set(keys) == set(wanted)
        found.append([wanted[key] for key in keys] if agrees else None)
    return found


def _made(
    problem: Problem, scope: Scope, shape: Shape, separator: str, goal: Kind, results: Sequence[list[Any] | None]
) -> Iterator[Child]:
    """Yield the problem of one element, where each element always becomes the same."""
    wanted: dict[int, Any] = {}
    for number, result in enumerate(results):
        places = scope.places[number]
        if places is None or result is None or len(places) != len(result):
            return
        for place, value in zip(places, result, strict=True):
            if wanted.setdefault(place, value) != value:
                return
    if len(set(wanted.values())) < _FEWEST:
        return
    names, kinds = _named(problem, scope)
    number_of = {place: number for number, place in enumerate(wanted)}
    shown = tuple(_mask(number_of[place] for place in places or ()) for places in scope.places[: len(results)])
    order = [*wanted, *(place for place in range(len(scope.surroundings)) if place not in wanted)]
    rows = [scope.surroundings[place] for place in order]
    inputs = tuple((*(row[0] if scope.names > 1 else row[:1]), *row[1:]) for row in rows)
    captured = [pair for pair in problem.parameters if pair[1][0] != "optional"]
    own = dataclasses.replace(
        problem,
        parameters=(*zip(names, kinds, strict=True), *captured),
        goal=goal,
        inputs=inputs,
        wanted=tuple(wanted.values()),
        more=(),
    )
    yield Child(scope, shape, separator, names, own, shown=shown)


def _mask(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in set(numbers))


def _named(problem: Problem, scope: Scope) -> tuple[tuple[str, ...], tuple[Kind, ...]]:
    """Return names for an element of a source, and their kinds."""
    taken = set(problem.names)
    names = tuple([name for name in _NAMES if name not in taken][: scope.names])
    return names, tuple(scope.element[1:]) if scope.names > 1 else (scope.element,)


def _carried(problem: Problem, scope: Scope, begin: Agent, begins: Value) -> Iterator[Child]:
    """Yield the problem of what a carried value becomes, where the list that is wanted holds it after each element."""
    found: dict[tuple[Any, ...], Any] = {}
    seen: list[list[tuple[Any, ...]]] = []
    for number, wanted in enumerate(problem.wanted):
        places, value = scope.places[number], begins[number]
        seen.append([])
        if places is None or value is FAILED or len(places) != len(wanted):
            return
        for place, after in zip(places, wanted, strict=True):
            item, *around = scope.surroundings[place]
            row = (value, *(item if scope.names > 1 else (item,)), *around)
            if found.setdefault(row, after) != after:
                return
            seen[-1].append(row)
            value = after
    if len(set(found.values())) < _FEWEST:
        return
    names, kinds = _named(problem, scope)
    carried = next(name for name in _CARRIED if name not in problem.names)
    own = dataclasses.replace(
        problem,
        parameters=(
            (carried, problem.goal[1]),
            *zip(names, kinds, strict=True),
            *(pair for pair in problem.parameters if pair[1][0] != "optional"),
        ),
        goal=problem.goal[1],
        inputs=tuple(found),
        wanted=tuple(found.values()),
        more=(),
    )
    number_of = {row: number for number, row in enumerate(found)}
    shown = tuple(_mask(number_of[row] for row in rows) for rows in seen)
    yield Child(scope, CARRIED_ON, "", names, own, carried, begin, shown)
