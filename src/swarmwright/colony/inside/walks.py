"""Walks: loops that go on while a condition holds. What changes in each step and the condition are inner agents.

For each change the way that the value takes is computed once, and every condition is then asked along it: where it
stops, what the value is there and how many steps that took are agents outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.folds import Bodies, Carried, is_large
from swarmwright.colony.inside.kinds import BOOL, INT, STR, Kind
from swarmwright.colony.inside.scopes import Variable
from swarmwright.colony.inside.steps import FAILED

WALK_COST = 1
LONGEST_WALK = 70
"""The most steps of a walk: one that goes on for longer is dropped."""
_DEAREST_CHANGE = 9
_DEAREST_CONDITION = 13
DEAREST_WALK = _DEAREST_CHANGE + _DEAREST_CONDITION
COUNT, END, PASSED = "count", "end", "passed"
"""What a walk gives: how many steps it took, the value at its end, and the values on which the condition held."""


class Walked(NamedTuple):
    """An origin: what a walk gives, whose parts are the rows of its change and its condition."""

    walk: Walk
    gives: str


class Given(NamedTuple):
    """One walk's outcome: the rows of change and condition, and what it gives on every input."""

    change: int
    condition: int
    counts: Value
    lasts: Value
    passed: Value


class Walk(Bodies):
    """Loops that change one value, or two of which the first becomes the second in each step, while something holds."""

    def __init__(
        self,
        kind: Kind,
        begins: Sequence[tuple[Agent, Value]],
        captured: Sequence[tuple[Kind, Any, Value]],
        cost: int,
        bank: Bank,
    ) -> None:
        """Take the kind of what changes, where it begins (one agent or two), what is seen beside it, and the cost."""
        names = ("acc", "nxt")[: len(begins)]
        super().__init__(bank, [what for _, what, _ in captured])
        self.kind = kind
        self.begins = tuple(agent for agent, _ in begins)
        self.cost = cost
        self._names = names
        self._starts = list(zip(*(values for _, values in begins), strict=True))
        self._around = list(zip(*(values for _, _, values in captured), strict=True)) or [()] * len(self._starts)
        failed = any([one is FAILED for start in self._starts for one in start])
        self._is_constant = not failed and all([start == self._starts[0] for start in self._starts])
        self._ways: dict[int, list[list[Any]]] = {}
        self._stops: dict[int, set[tuple[int, ...]]] = {}

    @property
    def behind(self) -> int:
        """How much dearer than others these are: two values seldom change, and no constant is a usual beginning."""
        return 4 if self.is_double else 2 * self._is_constant

    @property
    def is_double(self) -> bool:
        """Whether two values change."""
        return len(self.begins) > 1

    def samples(self) -> list[tuple[tuple[Any, ...], int]]:
        """Return (values, input) for which changes and conditions are told apart."""
        found: list[tuple[tuple[Any, ...], int]] = []
        for number, start in enumerate(self._starts):
            if any([one is FAILED for one in start]):
                continue
            found += [(state, number) for state in _near(start, self.kind, number)]
        return found[:36]

    def add_names(self, captured: Sequence[tuple[Kind, Any, Value]]) -> None:
        """Make what changes and what is captured the first agents of the loop's inside."""
        rows = self.samples()
        for place in range(len(self.begins)):
            self.bank.add_leaf(2, self.kind, tuple(row[0][place] for row in rows), Carried(place))
        for kind, what, outer in captured:
            self.bank.add_leaf(3, kind, tuple(outer[row[1]] for row in rows), Variable(-1, what))

    def offer(self, cost: int) -> Iterator[Given | None]:
        """Yield what the walks give whose change and condition cost so much together; None for those without sense."""
        while self.bank.cost < min(cost - 2, _DEAREST_CONDITION):
            self.bank.grow()
        for first in range(max(2, cost - _DEAREST_CONDITION), min(_DEAREST_CHANGE, cost - 2) + 1):
            conditions = self.ready(BOOL, cost - first, self._names, self._names)
            if not conditions:
                continue
            for change, body in self.ready(self.kind, first, self._names, self._names, failing=True):
                ways = self._way(change, body)
                for condition, holds in conditions:
                    yield self._walked(change, condition, ways, holds)

    def _way(self, change: int, body: Any) -> list[list[Any]]:
        """Return the values that a change leads through on each input, the beginning first."""
        found = self._ways.get(change)
        if found is None:
            found = [self._steps(body, number) for number in range(len(self._starts))]
            self._ways[change] = found
            self._stops[change] = set()
        return found

    def _steps(self, body: Any, number: int) -> list[Any]:
        around, state = self._around[number], self._starts[number]
        found: list[Any] = []
        seen = set()
        try:
            while len(found) <= LONGEST_WALK and state not in seen and not any(map(is_large, state)):
                found.append(state)
                seen.add(state)
                state = (*state[1:], body(*state, *around))
        except Exception:
            return found
        return found

    def _walked(self, change: int, condition: int, ways: Sequence[Sequence[Any]], holds: Any) -> Given | None:
        stops = []
        try:
            for way, around in zip(ways, self._around, strict=True):
                stop = 0
                while holds(*way[stop], *around):
                    stop += 1
                stops.append(stop)
        except Exception:
            # It went further than the way goes, or cannot be asked there.
            return None
        mark = tuple(stops)
        if mark in self._stops[change] or max(mark, default=0) < 2:
            return None
        self._stops[change].add(mark)
        lasts = tuple([way[stop][0] for way, stop in zip(ways, stops, strict=True)])
        passed = tuple([tuple([state[0] for state in way[:stop]]) for way, stop in zip(ways, stops, strict=True)])
        return Given(change, condition, mark, lasts, passed)


def _near(start: tuple[Any, ...], kind: Kind, number: int) -> list[tuple[Any, ...]]:
    """Return the values at the start and some that steps may lead to, others for each input."""
    first = start[0]
    if kind == INT:
        others = [first // 2, first - 1, first * 2, first // 10, first + 3, 0, 1]
    elif kind == STR:
        others = [first[1:], first[:-1], first + first[:1], ""]
    else:
        others = []
    turned = [*others[number % max(1, len(others)) :], *others[: number % max(1, len(others))]][:3]
    if len(start) == 1:
        return [start, *((one,) for one in turned)]
    return [start, *((one, start[1]) for one in turned[:1]), *((start[1], one) for one in turned[1:])]
