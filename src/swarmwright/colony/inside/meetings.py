"""Meetings: two agents whose sum (or product, or text side by side) is what is wanted, found without trying each pair.

For one agent the other one is computed from what is wanted, and looked up by what it gives on the examples. So two
swarms meet at twice the depth that either has reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.inside.bank import Agent, Bank
from swarmwright.colony.inside.kinds import STR, Kind
from swarmwright.colony.inside.steps import Step

_NUMERIC = ("add", "subtract", "multiply")
_LIST_JOIN = "joined-lists"
_MOST_AFFIXES = 120


class Meeting(NamedTuple):
    """A step over two agents (or an agent and a meeting), found from its result."""

    step: Step
    one: Any
    other: Any


class Meetings:
    """Looks for pairs of agents of the wanted kind, on all examples or on some of them."""

    def __init__(self, bank: Bank, goal: Kind, wanted: Sequence[Any], mask: int, most: int = 1 << 30) -> None:
        """Take the bank, the kind of the result, what the examples want, which of them count, and how many rows."""
        self._bank = bank
        self._goal = goal
        self._places = [place for place in range(len(wanted)) if mask >> place & 1]
        self._all = len(self._places) == len(wanted)
        self._wanted = tuple(wanted[place] for place in self._places)
        self._most = most
        steps = {
            step.production.name: step
            for step in bank.steps
            if step.gives == goal and step.takes == (goal, goal) and step.production.name in _OTHERS
        }
        self._joins = goal == STR or goal[0] == "list"
        self._steps = {name: step for name, step in steps.items() if (name in _NUMERIC) != self._joins}
        self._rows: dict[tuple[Any, ...], int] = {}
        self._indexed = 0
        self._met: set[tuple[Any, ...]] = set()
        self._begins: list[int] = []
        self._ends: list[int] = []

    def found(self) -> Iterator[tuple[int, Meeting]]:
        """Yield the meetings that agents made since the last time make possible, each with its cost."""
        rows = self._bank.rows.get(self._goal)
        if not self._steps or rows is None:
            return
        first, last = self._indexed, min(len(rows.values), self._most)
        for row in range(first, last):
            self._rows.setdefault(self._seen(rows.values[row]), row)
        self._indexed = last
        for name, step in self._steps.items():
            for row in range(first, last):
                value = self._seen(rows.values[row])
                for other, turned in _OTHERS[name](value, self._wanted):
                    self._note(row, turned=turned)
                    place = self._rows.get(other)
                    if place is not None:
                        one, two = (place, row) if turned else (row, place)
                        yield from self._once((name, one, two), step, self._agent(one), self._agent(two))
            if self._joins:
                yield from self._threes(step)

    def _seen(self, value: Sequence[Any]) -> tuple[Any, ...]:
        if self._all:
            return tuple(value[: len(self._wanted)])
        return tuple([value[place] for place in self._places])

    def _note(self, row: int, *, turned: bool) -> None:
        """Keep what every wanted text (or list) begins or ends with, for three that meet."""
        if self._joins:
            kept = self._ends if turned else self._begins
            if len(kept) < _MOST_AFFIXES and any(self._seen(self._bank.rows[self._goal].values[row])):
                kept.append(row)

    def _threes(self, step: Step) -> Iterator[tuple[int, Meeting]]:
        values = self._bank.rows[self._goal].values
        for one in self._begins:
            begin = [len(part) for part in self._seen(values[one])]
            for three in self._ends:
                if (one, three) in self._met:
                    continue
                self._met.add((one, three))
                end = [len(part) for part in self._seen(values[three])]
                if all(b + e <= len(w) for b, e, w in zip(begin, end, self._wanted, strict=True)):
                    middle = tuple(w[b : len(w) - e] for b, e, w in zip(begin, end, self._wanted, strict=True))
                    two = self._rows.get(middle)
                    if two is not None and any(middle):
                        inner = Meeting(step, self._agent(two), self._agent(three))
                        yield from self._once((one, two, three), step, self._agent(one), inner)

    def _once(self, mark: tuple[Any, ...], step: Step, one: Agent, other: Any) -> Iterator[tuple[int, Meeting]]:
        if mark not in self._met:
            self._met.add(mark)
            meeting = Meeting(step, one, other)
            yield self._cost(meeting), meeting

    def _cost(self, what: Any) -> int:
        if isinstance(what, Meeting):
            return what.step.cost + self._cost(what.one) + self._cost(what.other)
        return self._bank.cost_of(what)

    def _agent(self, row: int) -> Agent:
        return Agent(self._goal, row)


Others = Iterator[tuple[tuple[Any, ...], bool]]


def _added(value: Sequence[Any], wanted: Sequence[Any]) -> Others:
    try:
        yield tuple([want - one for one, want in zip(value, wanted, strict=False)]), False
    except Exception:
        return


def _subtracted(value: Sequence[Any], wanted: Sequence[Any]) -> Others:
    try:
        yield tuple([one - want for one, want in zip(value, wanted, strict=False)]), False
    except Exception:
        return


def _multiplied(value: Sequence[Any], wanted: Sequence[Any]) -> Others:
    try:
        rest = tuple([want // one for one, want in zip(value, wanted, strict=False)])
        if all([one * other == want for one, other, want in zip(value, rest, wanted, strict=False)]):
            yield rest, False
    except Exception:
        return


def _beside(value: Sequence[Any], wanted: Sequence[Any]) -> Others:
    """Yield what must follow where the value begins what is wanted, and what must precede where it ends it."""
    try:
        pairs = list(zip(value, wanted, strict=False))
        if all([want[: len(one)] == one for one, want in pairs]):
            yield tuple([want[len(one) :] for one, want in pairs]), False
        if all([want[len(want) - len(one) :] == one and len(one) <= len(want) for one, want in pairs]):
            yield tuple([want[: len(want) - len(one)] for one, want in pairs]), True
    except Exception:
        return


_OTHERS = {
    "add": _added,
    "subtract": _subtracted,
    "multiply": _multiplied,
    "concatenate": _beside,
    _LIST_JOIN: _beside,
}
