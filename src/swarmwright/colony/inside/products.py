"""Products: a wanted tuple or dataclass is taken apart, and each of its parts is a goal of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.inside.bank import Agent, Bank
from swarmwright.colony.inside.kinds import Kind, inward
from swarmwright.colony.inside.meetings import Meeting, Meetings
from swarmwright.colony.inside.problem import Record
from swarmwright.colony.inside.steps import FAILED, Step

_KEPT = 3
_MAKERS = ("pair", "triple", "make-record")


class Product(NamedTuple):
    """A step that puts parts together, each an agent or a meeting."""

    step: Step
    parts: tuple[Any, ...]
    columns: tuple[tuple[Any, ...], ...]


class Products:
    """Looks for agents that give the parts of what is wanted."""

    def __init__(self, bank: Bank, goal: Kind, wanted: Sequence[Any], record: Record | None) -> None:
        """Take the bank, the kind of the result, and what the examples want; ``record`` where that is a dataclass."""
        self._bank = bank
        makers = (step for step in bank.steps if step.gives == goal and step.production.name in _MAKERS)
        self._step = next(makers, None)
        self._columns: list[tuple[Any, ...]] = []
        if self._step is not None:
            rows = [_taken_apart(one, record) for one in wanted]
            self._columns = [tuple(row[place] for row in rows) for place in range(len(self._step.takes))]
        kinds = self._step.takes if self._step is not None else ()
        full = (1 << len(wanted)) - 1
        self._meetings = [Meetings(bank, k, c, full) for k, c in zip(kinds, self._columns, strict=True)]
        self._found: list[list[tuple[int, Any]]] = [[] for _ in self._columns]
        self._seen = [0] * len(self._columns)

    def found(self) -> Iterator[tuple[int, Product]]:
        """Yield products of parts that are right on all examples, each with its cost, once a new part is there."""
        if self._step is None or not self._look():
            return
        for parts in itertools.product(*self._found):
            cost = self._step.cost + sum(part for part, _ in parts)
            yield cost, Product(self._step, tuple(what for _, what in parts), tuple(self._columns))

    def _look(self) -> bool:
        """Look for parts among the new agents; tell whether there is a new one, and every part has one."""
        assert self._step is not None
        new = False
        for place, (kind, wanted) in enumerate(zip(self._step.takes, self._columns, strict=True)):
            rows = self._bank.rows.get(kind)
            if rows is None:
                continue
            found = self._found[place]
            for row in range(self._seen[place], len(rows.values)):
                if len(found) < _KEPT and _agrees(rows.values[row], wanted):
                    found.append((self._bank.cost_of(Agent(kind, row)), Agent(kind, row)))
                    new = True
            self._seen[place] = len(rows.values)
            for cost, meeting in self._meetings[place].found():
                if len(found) < _KEPT and isinstance(meeting, Meeting):
                    found.append((cost, meeting))
                    new = True
        return new and all(self._found)


def _agrees(value: Sequence[Any], wanted: Sequence[Any]) -> bool:
    return all([one is not FAILED and one == want for one, want in zip(value, wanted, strict=False)])


def _taken_apart(value: Any, record: Record | None) -> tuple[Any, ...]:
    if record is not None:
        return tuple(inward(getattr(value, name)) for name, _ in record.fields)
    return tuple(value)
