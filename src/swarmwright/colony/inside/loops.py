"""The loops of one search: they are opened over its sources and values, and run when their turn comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.folds import BEFORE, FOLD_COST, LAST, REACHED, RUNNING, Fold, Loop
from swarmwright.colony.inside.host import Host
from swarmwright.colony.inside.kinds import INT, STR, Kind
from swarmwright.colony.inside.opening import Opening
from swarmwright.colony.inside.problem import Raises
from swarmwright.colony.inside.steps import FAILED
from swarmwright.colony.inside.turns import Share, Turn, Turns
from swarmwright.colony.inside.walks import COUNT, DEAREST_WALK, END, PASSED, WALK_COST, Walk, Walked

MOST_FOLDS = 7
MOST_WALKS = 6
_MOST_BEGINS = 2
_FIRST_BODY, _FIRST_CONDITIONED, _FIRST_WALK = 4, 7, 4
_BODIES = Share(part=0.2, price=20, free=8)
_CONDITIONED = Share(part=0.1, price=12, free=10, dearest=15)
_WALKED = Share(part=0.2, price=8, free=15, dearest=DEAREST_WALK)


class Loops:
    """Folds over sources and walks from values, with whose turn it is."""

    def __init__(self, search: Host, opening: Opening) -> None:
        """Take the search that they belong to, and what they are opened with."""
        self._search = search
        self._opening = opening
        self._folds: list[Fold] = []
        self._walks: list[Walk] = []
        self._origins: dict[Loop | Walked, int] = {}
        self._bodies: list[Turn] = []
        self._conditioned: list[Turn] = []
        self._walked: list[Turn] = []
        self._body_turns = Turns(search, _BODIES)
        self._conditioned_turns = Turns(search, _CONDITIONED)
        self._walk_turns = Turns(search, _WALKED)

    @property
    def banks(self) -> list[Bank]:
        """The banks of their agents."""
        return [*(fold.bank for fold in self._folds), *(walk.bank for walk in self._walks)]

    def run(self, cost: int) -> None:
        """Add the agents of a cost that loops give."""
        for turn in self._bodies:
            self._body_turns.take(cost, [turn])
        self._conditioned_turns.take(cost, self._conditioned)
        self._walk_turns.take(cost, self._walked)

    def _run_bodies(self, fold: Fold, cost: int) -> Iterator[None]:
        fold.grow(cost)
        for row, last, running in fold.offer(cost):
            self._put_fold(fold, LAST, last, row)
            self._put_fold(fold, RUNNING, running, row)
            yield

    def _run_conditioned(self, fold: Fold, cost: int) -> Iterator[None]:
        for given in fold.conditioned(cost):
            if given is not None:
                self._put_fold(fold, given.gives, given.value, given.body, given.condition)
            yield

    def _run_walk(self, walk: Walk, cost: int) -> Iterator[None]:
        for given in walk.offer(cost):
            if given is not None:
                rows = given.change, given.condition
                self._put(Walked(walk, COUNT), INT, given.counts, *rows)
                self._put(Walked(walk, END), walk.kind, given.lasts, *rows)
                self._put(Walked(walk, PASSED), ("list", walk.kind), given.passed, *rows)
            yield

    def _put_fold(self, fold: Fold, gives: str, value: Value, *rows: int) -> None:
        others: dict[str, Kind] = {RUNNING: ("list", fold.kind), REACHED: ("optional", INT), BEFORE: INT}
        self._put(Loop(fold, gives), others.get(gives, fold.kind), value, *rows)

    def _put(self, what: Loop | Walked, kind: Kind, value: Value, *rows: int) -> None:
        if kind not in self._search.wanted_kinds:
            return
        if what not in self._origins:
            self._origins[what] = self._search.bank.origin(what)
        self._search.bank.put(kind, value, self._origins[what], *rows)

    def open_walks(self, cost: int) -> None:
        """Open the loops that begin at the names and literals of a cost, and change them while a condition holds."""
        beginnings = self._opening.beginnings
        begins = [found for kind in (INT, STR) for found in beginnings(kind, names=_MOST_BEGINS, literals=0)]
        ones = [(agent, value) for agent, value in beginnings(INT, names=0, literals=4) if set(value) == {1}]
        doubles = [
            [one, other] for one in begins for other in begins if one is not other and one[0].kind == other[0].kind
        ]
        for some in ([*([one] for one in begins), *([one] for one in ones), *doubles])[:MOST_WALKS]:
            self._open_walk(some, cost)

    def _open_walk(self, begins: Sequence[tuple[Agent, Value]], cost: int) -> None:
        captured = self._search.captured()
        kind = begins[0][0].kind
        walk = Walk(kind, begins, captured, cost, self._opening.bank())
        inputs = len(walk.samples())
        if inputs:
            walk.bank = self._opening.bank(inputs, kind, *(one for one, _, _ in captured))
            walk.functions = self._search.functions
            walk.add_names(captured)
            self._search.add_literals(walk.bank)
            self._walks.append(walk)
            self._walked.append(
                Turn(
                    lambda due: self._run_walk(walk, due),
                    _FIRST_WALK,
                    base=WALK_COST + walk.cost,
                    behind=walk.behind,
                    halves=True,
                )
            )

    def open_folds(
        self, source: Agent, value: Value, cost: int, element: Kind, captured: Sequence[tuple[Kind, Any, Value]]
    ) -> None:
        """Open the loops over a source, as many as there is room for."""
        goal = self._search.problem.goal
        kinds = [goal, goal[1]] if goal[0] in ("list", "optional") else [goal]
        for kind in dict.fromkeys(kinds):
            for begin, values in self._opening.beginnings(kind):
                if len(self._folds) < MOST_FOLDS:
                    self._open_fold(kind, element, (source, value, cost), (begin, values), captured)

    def _open_fold(self, kind: Kind, element: Kind, source: Any, begin: Any, captured: Any) -> None:
        problem = self._search.problem
        fold = Fold(kind, element, source, begin, captured, self._opening.bank())
        pool = [one for one in problem.wanted if not isinstance(one, Raises)] if kind == problem.goal else []
        rows = self._search.bank.rows[kind].values[:6]
        values = [*pool, *(one for row in rows for one in row[:3] if one is not FAILED)]
        inputs = len(fold.samples(values))
        if inputs:
            fold.bank = self._opening.bank(inputs, kind, element, *(one for one, _, _ in captured))
            fold.functions = self._search.functions
            fold.add_names(values, captured)
            self._search.add_literals(fold.bank)
            self._folds.append(fold)
            base = FOLD_COST + fold.cost
            self._bodies.append(Turn(lambda due: self._run_bodies(fold, due), _FIRST_BODY, base=base))
            self._conditioned.append(Turn(lambda due: self._run_conditioned(fold, due), _FIRST_CONDITIONED, base=base))
