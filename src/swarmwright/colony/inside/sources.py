"""Sources: what comprehensions, loops and smaller problems go over; they open as fitting agents appear."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Sequence
from typing import Any

from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.chance import Mapped, Solution
from swarmwright.colony.inside.children import Child, children_of
from swarmwright.colony.inside.folds import Loop
from swarmwright.colony.inside.host import Host
from swarmwright.colony.inside.kinds import BOOL, FLOAT, INT, STR, Kind
from swarmwright.colony.inside.loops import Loops
from swarmwright.colony.inside.opening import Opening
from swarmwright.colony.inside.scopes import SHAPES, Scope, element_of, elements_of
from swarmwright.colony.inside.steps import FAILED, Step
from swarmwright.colony.inside.walks import Walked
from swarmwright.colony.inside.writing import Comprehension

MOST_SCOPES = 20
MOST_CHILDREN = 6
_MOST_ALIKE = 9
_MOST_MADE = 2
_NAME_COST = 2
_SOURCE_COST = 9
_COMPUTED_COST = 8
"""After this cost the cheapest sources are opened again, with what was computed of whole lists in sight."""
_CHEAP_SOURCE = 3
_MOST_SEEING = 2
_MOST_COMPUTED = 5
_LOOPED_COST = 6
"""What loops go over costs no more."""
_CHILD_BEHIND = 2
"""How much less than the outer agents those of smaller problems cost, and their share of the work:"""
_CHILD_SHARE = 0.5
_FREE_CHILD = 9


class Sources:
    """What one search goes over: scopes of comprehensions, loops, and searches for smaller problems."""

    def __init__(self, search: Host) -> None:
        """Take the search that they belong to."""
        self._search = search
        self._bank = search.bank
        self._problem = search.problem
        self.scopes: list[Scope] = []
        self.children: list[tuple[Child, Host]] = []
        self._origins: dict[tuple[int, str, Kind, Kind], int] = {}
        self._opening = Opening(search)
        self._loops = Loops(search, self._opening)

    @property
    def banks(self) -> list[Bank]:
        """The agents' banks of every scope and loop, without those of smaller problems."""
        return [*(scope.bank for scope in self.scopes), *self._loops.banks]

    def also(self, cost: int) -> None:
        """Add the agents of a cost that comprehensions and loops give."""
        for scope in self.scopes:
            self._comprehend(scope, cost)
        self._loops.run(cost)

    def _comprehend(self, scope: Scope, cost: int) -> None:
        for shape in SHAPES:
            inner = cost - scope.cost - shape.cost
            if inner < 2 or self._search.tick(0):
                continue
            scope.grow(inner)
            for offer in scope.offer(shape, inner, self._search.wanted_kinds.__contains__):
                key = (scope.number, shape.name, offer.body.kind, offer.other.kind)
                if key not in self._origins:
                    what = Comprehension(scope, shape, offer.body.kind, offer.other.kind)
                    self._origins[key] = self._bank.origin(what)
                self._bank.put(offer.gives, offer.value, self._origins[key], offer.body.row, offer.other.row)
                if self._search.tick(2):
                    return

    def find(self, cost: int) -> None:
        """Open what the agents of a cost can be gone over by."""
        if cost == _NAME_COST and not self._search.is_inner:
            self._loops.open_walks(cost)
        if cost == _COMPUTED_COST and not self._search.is_inner:
            self._open_with_computed()
        if cost > _SOURCE_COST:
            return
        for kind in list(self._bank.rows):
            element = element_of(kind)
            if element is None or element == BOOL:
                continue
            first, last = self._bank.rows[kind].span(cost)
            for row in range(first, last):
                alike = [scope.source for scope in self.scopes if scope.element == element]
                made = sum(map(self._is_made, alike)) if self._is_made(Agent(kind, row)) else 0
                is_room = len(alike) < _MOST_ALIKE and made < _MOST_MADE and len(self.scopes) < MOST_SCOPES
                if is_room and not self._is_idle(kind, row):
                    self._open_scope(Agent(kind, row), cost, element)

    def _is_made(self, source: Agent) -> bool:
        """Tell whether a source was made by a loop or a comprehension: there are many of these, of little use."""
        made_by = self._bank.origins[self._bank.rows[source.kind].step[source.row]]
        return isinstance(made_by, Comprehension | Loop | Walked)

    def _open_with_computed(self) -> None:
        """Open the cheapest sources again, with values in sight that were computed from whole lists and texts."""
        computed = list(self._computed())
        if not computed:
            return
        for scope in [one for one in self.scopes if one.cost <= _CHEAP_SOURCE][:_MOST_SEEING]:
            self._open_scope(scope.source, scope.cost, scope.element, computed)

    def _computed(self) -> Iterator[tuple[Kind, Any, Value]]:
        """Yield the cheapest numbers that a step makes of a list or a text, and that differ from input to input."""
        found = 0
        for kind in (INT, FLOAT):
            rows = self._bank.rows.get(kind)
            for row, value in enumerate(rows.values if rows is not None else ()):
                step = self._bank.origins[rows.step[row]] if rows is not None else None
                if found >= _MOST_COMPUTED or not isinstance(step, Step):
                    continue
                is_summary = any(element_of(one) is not None for one in step.takes) and len(step.takes) == 1
                if is_summary and len({one for one in value if one is not FAILED}) > 1:
                    found += 1
                    yield kind, Agent(kind, row), value

    def _is_idle(self, kind: Kind, row: int) -> bool:
        """Tell whether a source is the same on all inputs, or nearly nothing."""
        value = self._bank.rows[kind].values[row]
        sound = [one for one in value if one is not FAILED]
        return max(map(len, sound), default=0) < 2 or all([one == sound[0] for one in sound])

    def _open_scope(
        self, source: Agent, cost: int, element: Kind, computed: Sequence[tuple[Kind, Any, Value]] = ()
    ) -> None:
        value = self._bank.rows[source.kind].values[source.row]
        captured = [*self._search.captured(), *computed]
        elements = elements_of(value, [values for _, _, values in captured])
        if elements is None:
            return
        bank = self._opening.bank(len(elements.surroundings), element, *(kind for kind, _, _ in captured))
        scope = Scope(len(self.scopes), source, cost, element, elements, bank)
        scope.add_names([(kind, what) for kind, what, _ in captured])
        self._search.add_literals(bank)
        self.scopes.append(scope)
        if self._search.is_inner or computed:
            return
        if len(self.children) < MOST_CHILDREN:
            self._open_children(scope)
        if cost <= _LOOPED_COST:
            self._loops.open_folds(source, value, cost, element, captured)

    def _open_children(self, scope: Scope) -> None:
        texts = [source for kind, source, _ in self._problem.literals if kind == STR]
        separators = [text for text in map(ast.literal_eval, texts) if text and not text.isalnum()]
        goal = self._problem.goal
        begins = self._opening.beginnings(goal[1], names=2) if goal[0] == "list" else []
        for child in children_of(self._problem, scope, separators, begins):
            accept = functools.partial(self._accept_child, child)
            self.children.append((child, self._search.smaller(child.problem, accept)))

    def _accept_child(self, child: Child, search: Host, solution: Solution) -> bool:
        """Accept what solves a smaller problem where it solves the whole one."""
        cost = solution.cost + child.scope.cost + child.shape.cost
        whole = Solution(cost, Mapped(child, search, solution))
        return self._search.solved(whole)

    def grow_children(self, cost: int) -> None:
        """Let the searches for smaller problems follow up to a cost."""
        if not self.children:
            return
        own = self._bank.tried + sum(bank.tried for bank in self.banks)
        for _, search in self.children:
            while search.bank.cost < cost - _CHILD_BEHIND and not self._search.tick(0) and not search.is_separated:
                if search.bank.cost > _FREE_CHILD and search.tried * len(self.children) > _CHILD_SHARE * own:
                    break
                search.step()
