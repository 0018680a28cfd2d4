"""Ahead of the objects: where all is whole numbers and conditions, columns try what is dearer beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from swarmwright.colony.inside.bank import Ahead, Origin
from swarmwright.colony.inside.chance import Solution
from swarmwright.colony.inside.columns import Columns, Formula, Leaf
from swarmwright.colony.inside.kinds import BOOL, INT, Kind
from swarmwright.colony.inside.problem import Raises
from swarmwright.colony.inside.steps import FAILED
from swarmwright.colony.inside.vectors import Array

if TYPE_CHECKING:
    from swarmwright.colony.inside.search import Search

_PRICE = 10
"""So many agents in columns are as much work as one object."""
_FREE = 4_000
"""The work that columns may have before any object was made; later it is what objects had, divided by:"""
_SHARE = 4
_GROWTH = 3
"""How many times the work of a cost the next one is expected to be."""
_MOST_LIVE = 8_000_000
_MOST_TERMS = 2
"""Of agents that are right on the very same examples so many are offered as terms; objects offer more."""
_MOST_SOLVED = 40


class Lead:
    """The columns of one search, and what it takes from them: solutions, and terms and conditions for branches."""

    def __init__(self, search: Search) -> None:
        """Take a search for which ``lead_of`` says so, with its leaves."""
        self._search = search
        self._wanted = search.problem.wanted
        self._offered: dict[int, int] = {}
        self._new: list[tuple[int, Kind, int, int, int]] = []
        leaves = [
            Leaf(cost, kind, tuple(value), what)
            for cost, some in search.bank.leaves.items()
            for kind, value, what in some
            if kind in (INT, BOOL) and not any(one is FAILED for one in value)
        ]
        self._columns = Columns(len(search.problem.inputs), search.bank.steps, leaves, self._tick, self._note)
        self._spent = self._last = 0
        self._open = True
        search.bank.ahead = self

    def has_tried(self, solution: Solution) -> bool:
        """Tell whether all such agents were made that cost little more than a solution, where it is one of them."""
        return not isinstance(solution.what, Ahead) or self._columns.cost >= solution.cost + self._search.effort.beyond

    @property
    def tried(self) -> int:
        """How many agents were computed."""
        return self._columns.tried

    def run(self) -> None:
        """Make the agents of further costs, as many as there is work for, and tell the search what they solve."""
        while self._open and self._spent + _GROWTH * self._last <= max(
            _FREE, (self._search.agents - self._spent) // _SHARE
        ):
            before = self._spent
            self._open = self._columns.grow() and self._columns.live < _MOST_LIVE
            self._last = self._spent - before
            self._tell()

    def _tick(self, count: int) -> bool:
        work = -(-count // _PRICE)
        self._spent += work
        return self._search.tick(work)

    def _note(self, kind: Kind, cost: int, first: int, values: Array) -> None:
        """Look at new agents: which are right on some examples, and which conditions they hold on."""
        goal = self._search.problem.goal
        if kind == goal:
            masks = self._masks(values, [None if isinstance(one, Raises) else one for one in self._wanted])
            self._offer(kind, cost, first, masks, is_term=True)
        if kind == BOOL:
            self._offer(kind, cost, first, self._masks(values, [True] * len(self._wanted)), is_term=False)

    def _masks(self, values: Array, wanted: Sequence[Any]) -> Array:
        found = np.zeros(values.shape[1], np.int64)
        for place, one in enumerate(wanted):
            if one is not None:
                found |= np.left_shift(values[place] == one, place, dtype=np.int64)
        return found

    def _offer(self, kind: Kind, cost: int, first: int, masks: Array, *, is_term: bool) -> None:
        for place in masks.nonzero()[0].tolist():
            mask = int(masks[place])
            mark = mask if is_term else -1 - mask
            if self._offered.get(mark, 0) < (_MOST_SOLVED if mark == self._search.branches.full else _MOST_TERMS):
                self._offered[mark] = self._offered.get(mark, 0) + 1
                self._new.append((cost, kind, first + place, mask, is_term))

    def _tell(self) -> None:
        branches = self._search.branches
        for cost, kind, row, mask, is_term in self._new:
            agent = Ahead(kind, self._columns.rank(kind, cost, row))
            if not is_term:
                branches.add_condition(cost, mask, agent)
            elif mask == branches.full:
                self._search.solved(Solution(cost, agent))
            else:
                branches.add_term(cost, mask, agent)
        self._new.clear()

    # What is said of its agents

    def parts(self, agent: Ahead) -> tuple[Any, tuple[Ahead, ...]]:
        """Return what an agent comes from and its parts, as the bank does of its own."""
        formula: Formula = self._columns.formula(agent.kind, *self._columns.place(agent.kind, agent.row))
        if formula.step is None:
            return Origin(formula.what, ()), ()
        parts = zip(formula.step.takes, formula.parts, strict=True)
        return formula.step, tuple(Ahead(kind, part.rank) for kind, part in parts)

    def cost_of(self, agent: Ahead) -> int:
        """Return an agent's cost."""
        return self._columns.place(agent.kind, agent.row)[0]

    def values_of(self, agent: Ahead) -> tuple[Any, ...]:
        """Return what an agent gives on every input."""
        cost, row = self._columns.place(agent.kind, agent.row)
        return tuple(self._columns.values(agent.kind, cost, np.array([row]))[:, 0].tolist())
