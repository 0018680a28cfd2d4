"""Sources: what comprehensions, loops and smaller problems go over; they open as fitting agents appear."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, Protocol, Self

from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.chance import Mapped, Solution
from swarmwright.colony.inside.children import Child, children_of
from swarmwright.colony.inside.folds import BEFORE, FOLD_COST, LAST, REACHED, RUNNING, Fold, Loop
from swarmwright.colony.inside.kinds import BOOL, FLOAT, INT, STR, Kind
from swarmwright.colony.inside.problem import Problem, Raises
from swarmwright.colony.inside.scopes import SHAPES, Scope, element_of, elements_of
from swarmwright.colony.inside.steps import FAILED, Step, steps_for
from swarmwright.colony.inside.steps import Loop as StepLoop
from swarmwright.colony.inside.walks import COUNT, DEAREST_WALK, END, PASSED, WALK_COST, Given, Walk, Walked
from swarmwright.colony.inside.writing import Comprehension, Literal, Name

MOST_SCOPES = 20
MOST_FOLDS = 7
MOST_CHILDREN = 6
_MOST_ALIKE = 9
_MOST_MADE = 2
_SOURCE_COST = 9
_COMPUTED_COST = 8
"""After this cost the cheapest sources are opened again, with what was computed of whole lists in sight."""
_CHEAP_SOURCE = 3
_MOST_SEEING = 2
_MOST_COMPUTED = 5
_FOLD_SHARE = 0.2
"""The share of all work that loops may have; running one is as much work as so many agents are:"""
_RUN_PRICE = 20
_FREE_BODY = 8
MOST_WALKS = 6
_MOST_BEGINS = 2
_NAME_COST = 2
_WALK_SHARE = 0.2
_WALK_PRICE = 8
_FREE_WALK = 15
_CONDITION_SHARE = 0.1
_CONDITION_PRICE = 12
_FREE_CONDITIONED = 10
_DEAREST_CONDITIONED = 15
_CHILD_BEHIND = 2
"""How much less than the outer agents those of smaller problems cost, and their share of the work:"""
_CHILD_SHARE = 0.5
_FREE_CHILD = 9


class Host(Protocol):
    """A search, as what it goes over sees it."""

    bank: Bank
    problem: Problem
    grammar: Sequence[Production]
    functions: Mapping[str, Any]
    wanted_kinds: Set[Kind]
    agents: int

    @property
    def tried(self) -> int:
        """How many agents were computed."""

    @property
    def live(self) -> int:
        """How many of them behave like no cheaper one."""

    @property
    def is_inner(self) -> bool:
        """Whether it solves a smaller problem of another search."""

    @property
    def is_separated(self) -> bool:
        """Whether everything was tried that costs little more than its first solution."""

    def every_bank(self) -> Iterator[Bank]:
        """Yield the banks of every scope."""

    def loop(self, step: Step, inputs: int) -> StepLoop:
        """Return the loop of a step, for so many inputs."""

    def tick(self, agents: int) -> bool:
        """Count agents, and tell whether what may be spent is spent."""

    def step(self) -> None:
        """Make the agents of the next cost."""

    def captured(self) -> list[tuple[Kind, Any, Value]]:
        """Return what a scope may see of the outside."""

    def add_literals(self, bank: Bank) -> None:
        """Make the constants the first agents of a scope."""

    def smaller(self, problem: Problem, accept: Callable[[Self, Solution], bool]) -> Self:
        """Return a search for a smaller problem of this one."""

    def solved(self, solution: Solution) -> bool:
        """Take in what is right on all examples; tell whether it is a solution, and a new one."""


class Sources:
    """What one search goes over: scopes of comprehensions, loops, and searches for smaller problems."""

    def __init__(self, search: Host) -> None:
        """Take the search that they belong to."""
        self._search = search
        self._bank = search.bank
        self._problem = search.problem
        self.scopes: list[Scope] = []
        self.folds: list[Fold] = []
        self.children: list[tuple[Child, Host]] = []
        self._origins: dict[tuple[int, str, Kind, Kind], int] = {}
        self._fold_origins: dict[tuple[int, str], int] = {}
        self._fold_agents = 0
        self.walks: list[Walk] = []
        self._walk_origins: dict[tuple[int, str], int] = {}
        self._walk_agents = 0
        self._condition_agents = 0
        self._kept_steps: dict[tuple[Kind, ...], tuple[Step, ...]] = {}

    @property
    def banks(self) -> list[Bank]:
        """The agents' banks of every scope and loop, without those of smaller problems."""
        loops = [*(fold.bank for fold in self.folds), *(walk.bank for walk in self.walks)]
        return [*(scope.bank for scope in self.scopes), *loops]

    def also(self, cost: int) -> None:
        """Add the agents of a cost that comprehensions and loops give."""
        for scope in self.scopes:
            self._comprehend(scope, cost)
        for number, fold in enumerate(self.folds):
            self._run_folds(number, fold, cost)
        self._run_conditions(cost)
        self._run_walks(cost)

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

    def _run_folds(self, number: int, fold: Fold, cost: int) -> None:
        """Run the bodies of a loop whose turn it is; one whose runs have cost too much waits for its turn."""
        while fold.next_cost <= cost - fold.cost - FOLD_COST and not self._search.tick(0):
            if fold.next_cost > _FREE_BODY and self._fold_agents > _FOLD_SHARE * self._search.agents:
                return
            before = self._search.agents
            fold.grow(fold.next_cost)
            for row, last, running in fold.offer(fold.next_cost):
                self._put_loop(number, fold, row, last, running)
                if self._search.tick(_RUN_PRICE):
                    return
            self._fold_agents += self._search.agents - before
            fold.next_cost += 1

    def _put_loop(self, number: int, fold: Fold, row: int, last: Value, running: Value) -> None:
        self._put_result(number, fold, LAST, last, row)
        self._put_result(number, fold, RUNNING, running, row)

    def _put_result(self, number: int, fold: Fold, gives: str, value: Value, *rows: int) -> None:
        others: dict[str, Kind] = {RUNNING: ("list", fold.kind), REACHED: ("optional", INT), BEFORE: INT}
        kind = others.get(gives, fold.kind)
        if kind in self._search.wanted_kinds:
            key = (number, gives)
            if key not in self._fold_origins:
                self._fold_origins[key] = self._bank.origin(Loop(fold, gives))
            self._bank.put(kind, value, self._fold_origins[key], *rows)

    def _run_conditions(self, cost: int) -> None:
        """Try bodies of loops with conditions, those that cost least first, as far as their share of the work goes."""
        while not self._search.tick(0):
            due = [fold for fold in self.folds if fold.cost + FOLD_COST + fold.next_conditioned <= cost]
            fold = min(due, key=lambda one: one.next_conditioned, default=None)
            if fold is None or fold.next_conditioned > _DEAREST_CONDITIONED:
                return
            is_free = fold.next_conditioned <= _FREE_CONDITIONED
            if not is_free and self._condition_agents > _CONDITION_SHARE * self._search.agents:
                return
            before = self._search.agents
            number = self.folds.index(fold)
            for given in fold.conditioned(fold.next_conditioned):
                if given is not None:
                    self._put_result(number, fold, given.gives, given.value, given.body, given.condition)
                if self._search.tick(_CONDITION_PRICE):
                    return
            self._condition_agents += self._search.agents - before
            fold.next_conditioned += 1

    def _run_walks(self, cost: int) -> None:
        """Try changes and conditions of walks, those that cost least first, as far as their share of the work goes."""
        while not self._search.tick(0):
            due = [walk for walk in self.walks if WALK_COST + walk.cost + (walk.next_cost + walk.behind) // 2 <= cost]
            walk = min(due, key=lambda one: one.next_cost + one.behind, default=None)
            if walk is None or walk.next_cost > DEAREST_WALK:
                return
            if walk.next_cost > _FREE_WALK and self._walk_agents > _WALK_SHARE * self._search.agents:
                return
            before = self._search.agents
            for given in walk.offer(walk.next_cost):
                if given is not None:
                    self._put_walk(self.walks.index(walk), walk, given)
                if self._search.tick(_WALK_PRICE):
                    return
            self._walk_agents += self._search.agents - before
            walk.next_cost += 1

    def _put_walk(self, number: int, walk: Walk, given: Given) -> None:
        results = (
            (COUNT, INT, given.counts),
            (END, walk.kind, given.lasts),
            (PASSED, ("list", walk.kind), given.passed),
        )
        for gives, kind, value in results:
            if kind in self._search.wanted_kinds:
                key = (number, gives)
                if key not in self._walk_origins:
                    self._walk_origins[key] = self._bank.origin(Walked(walk, gives))
                self._bank.put(kind, value, self._walk_origins[key], given.change, given.condition)

    def _open_walks(self, cost: int) -> None:
        """Open the loops that begin at the names and literals of a cost, and change them while a condition holds."""
        begins = [found for kind in (INT, STR) for found in self._beginnings(kind, names=_MOST_BEGINS, literals=0)]
        ones = [(agent, value) for agent, value in self._beginnings(INT, names=0, literals=4) if set(value) == {1}]
        doubles = [
            [one, other] for one in begins for other in begins if one is not other and one[0].kind == other[0].kind
        ]
        for some in ([*([one] for one in begins), *([one] for one in ones), *doubles])[:MOST_WALKS]:
            captured = self._search.captured()
            bank = Bank(0, (), self._search.loop, self._search.tick)
            kind = some[0][0].kind
            walk = Walk(kind, some, captured, cost, bank)
            inputs = len(walk.samples())
            if inputs:
                steps = self._inner_steps(kind, *(one for one, _, _ in captured))
                walk.bank = Bank(inputs, steps, self._search.loop, self._search.tick)
                walk.functions = self._search.functions
                walk.add_names(captured)
                self._search.add_literals(walk.bank)
                self.walks.append(walk)

    def find(self, cost: int) -> None:
        """Open what the agents of a cost can be gone over by."""
        if cost == _NAME_COST and not self._search.is_inner:
            self._open_walks(cost)
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
        steps = self._inner_steps(element, *(kind for kind, _, _ in captured))
        bank = Bank(len(elements.surroundings), steps, self._search.loop, self._search.tick)
        scope = Scope(len(self.scopes), source, cost, element, elements, bank)
        scope.add_names([(kind, what) for kind, what, _ in captured])
        self._search.add_literals(bank)
        self.scopes.append(scope)
        if self._search.is_inner or computed:
            return
        if len(self.children) < MOST_CHILDREN:
            self._open_children(scope)
        if cost <= 6:
            self._open_folds(source, value, cost, element, captured)

    def _open_children(self, scope: Scope) -> None:
        texts = [source for kind, source, _ in self._problem.literals if kind == STR]
        separators = [text for text in map(ast.literal_eval, texts) if text and not text.isalnum()]
        goal = self._problem.goal
        begins = self._beginnings(goal[1], names=2) if goal[0] == "list" else []
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

    def _inner_steps(self, *given: Kind) -> tuple[Step, ...]:
        """Return the steps inside a comprehension or a loop over these kinds."""
        goal = self._problem.goal
        wanted = goal[-1] if goal[0] in ("list", "set", "optional", "row") else goal
        key = (*given, wanted)
        if key not in self._kept_steps:
            literals = [kind for kind, _, _ in self._problem.literals if len(kind) == 1]
            self._kept_steps[key] = steps_for(self._search.grammar, [*given, *literals], wanted, inner=True)
        return self._kept_steps[key]

    def _open_folds(
        self, source: Agent, value: Value, cost: int, element: Kind, captured: Sequence[tuple[Kind, Any, Value]]
    ) -> None:
        goal = self._problem.goal
        kinds = [goal, goal[1]] if goal[0] in ("list", "optional") else [goal]
        for kind in dict.fromkeys(kinds):
            for begin, values in self._beginnings(kind):
                if len(self.folds) < MOST_FOLDS:
                    self._open_fold(kind, element, (source, value, cost), (begin, values), captured)

    def _beginnings(self, kind: Kind, *, names: int = 1, literals: int = 1) -> list[tuple[Agent, Value]]:
        """Return the cheapest constants and the first names of a kind, from which loops begin."""
        rows = self._bank.rows.get(kind)
        if rows is None:
            return []
        constant: list[tuple[Agent, Value]] = []
        named: list[tuple[Agent, Value]] = []
        for row, value in enumerate(rows.values[:12]):
            what, _ = self._bank.parts(Agent(kind, row))
            if not isinstance(what, Step) and isinstance(what.what, Literal | Name):
                (constant if isinstance(what.what, Literal) else named).append((Agent(kind, row), value))
        return constant[:literals] + named[:names]

    def _open_fold(self, kind: Kind, element: Kind, source: Any, begin: Any, captured: Any) -> None:
        fold = Fold(kind, element, source, begin, captured, Bank(0, (), self._search.loop, self._search.tick))
        pool = (
            [one for one in self._problem.wanted if not isinstance(one, Raises)] if kind == self._problem.goal else []
        )
        rows = self._bank.rows[kind].values[:6]
        values = [*pool, *(one for row in rows for one in row[:3] if one is not FAILED)]
        inputs = len(fold.samples(values))
        if inputs:
            steps = self._inner_steps(kind, element, *(one for one, _, _ in captured))
            fold.bank = Bank(inputs, steps, self._search.loop, self._search.tick)
            fold.functions = self._search.functions
            fold.add_names(values, captured)
            self._search.add_literals(fold.bank)
            self.folds.append(fold)
