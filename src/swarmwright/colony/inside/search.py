"""The search: cost by cost, agents of a function's scope, its comprehensions and its loops, and what solves it."""

from __future__ import annotations

import ast
import functools
import time
from collections.abc import Callable, Sequence
from typing import Any

from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.branches import Branches, Decision, Piece
from swarmwright.colony.inside.chance import Chance, Mapped, Solution
from swarmwright.colony.inside.children import Child, children_of
from swarmwright.colony.inside.folds import FOLD_COST, Fold, Loop
from swarmwright.colony.inside.kinds import BOOL, STR, Kind, inward, outward
from swarmwright.colony.inside.meetings import Meetings
from swarmwright.colony.inside.problem import Effort, Problem, Raises
from swarmwright.colony.inside.products import Products
from swarmwright.colony.inside.scopes import SHAPES, Scope, element_of, elements_of
from swarmwright.colony.inside.specific import HELPER, names_of, own_productions
from swarmwright.colony.inside.steps import FAILED, Step, make_loop, steps_for
from swarmwright.colony.inside.steps import Loop as StepLoop
from swarmwright.colony.inside.writing import Comprehension, Literal, Name

MOST_SCOPES = 20
MOST_FOLDS = 7
MOST_CHILDREN = 6
_MOST_ALIKE = 9
_SOURCE_COST = 9
_FOLD_SHARE = 0.2
"""The share of all work that loops may have; running one is as much work as so many agents are:"""
_RUN_PRICE = 20
_FREE_BODY = 8
_CHILD_BEHIND = 2
"""How much less than the outer agents those of smaller problems cost, and their share of the work:"""
_CHILD_SHARE = 0.5
_FREE_CHILD = 9
_PARTED = 20
"""Conditions on whose sides meetings are looked for, among so many agents:"""
_MOST_PARTED = 8_000
_TRIAL_PRICE = 1000
"""Trying a solution on all inputs is as much work as so many agents are."""
_RAISED, _SHOWN = 4, 7
_AFTER_DECISION = 2
_DECISION_BITS = 1.5
"""How many times the bits of a single agent must stand behind a decision."""
_BRANCHED = 3
"""A decision may cost so many times what single agents cost by then: more parts fit three examples too easily."""


class Search:
    """One search for one problem."""

    def __init__(
        self,
        problem: Problem,
        grammar: Sequence[Production],
        effort: Effort,
        accept: Callable[[Search, Solution], bool],
        *,
        parent: Search | None = None,
    ) -> None:
        """Take the problem, what agents know, and how far to go.

        ``accept`` is asked of everything that is right on the examples: whether it is a solution, and a new one. A
        search with a ``parent`` solves a smaller problem of it, and shares its effort; it has no loops.
        """
        self._parent = parent
        self._children: list[tuple[Child, Search]] = []
        self._accept = accept
        self._found: dict[int, int] = {}
        self._was_cut = False
        self._waiting: list[tuple[int, Solution]] = []
        self._fold_agents = 0
        self._refused: set[str] = set()
        self._kept_steps: dict[tuple[Kind, ...], tuple[Step, ...]] = {}
        self.problem = problem
        self.effort = effort
        self._grammar, self._functions = _known(problem, grammar)
        given = [kind for _, kind in problem.parameters] + [kind for kind, _, _ in problem.literals]
        given += [helper.gives for helper in problem.helpers]
        given += list(problem.also)
        given += [kind for record in problem.records.values() for _, kind in record.fields]
        self._until = time.monotonic() + effort.seconds
        self._agents = 0
        self.bank = Bank(len(problem.inputs), steps_for(self._grammar, given, problem.goal), self._loop, self._tick)
        self.bank.goals = frozenset(self.goals)
        self.scopes: list[Scope] = []
        self.folds: list[Fold] = []
        self._wanted_kinds = {step.gives for step in self.bank.steps} | set(given) | set(self.goals)
        self._scanned: dict[Kind, int] = {}
        self._origins: dict[tuple[int, str, Kind, Kind], int] = {}
        self._fold_origins: dict[tuple[int, bool], int] = {}
        self.branches = Branches(len(problem.wanted))
        self._meetings = [Meetings(self.bank, goal, problem.wanted, self.branches.full) for goal in self.goals]
        self._products: list[Products] = []
        if not any(isinstance(one, Raises) or one is None for one in problem.wanted):
            record = problem.records.get(problem.goal[1]) if problem.goal[0] == "record" else None
            self._products.append(Products(self.bank, problem.goal, problem.wanted, record))
        self._parted: dict[int, list[Meetings]] = {}
        self._chance = Chance(self.bank, problem.wanted)
        self.solutions: list[Solution] = []
        self._add_leaves()
        self._add_terms()

    # Kinds

    @property
    def goals(self) -> tuple[Kind, ...]:
        """The kinds whose agents may be the result."""
        goal = self.problem.goal
        return (goal, goal[1]) if goal[0] == "optional" else (goal,)

    def _loop(self, step: Step, inputs: int) -> StepLoop:
        return make_loop(step.production, inputs, self._functions)

    def _tick(self, agents: int) -> bool:
        self._agents += agents
        if self._parent is not None:
            return self._parent._tick(agents)
        return self._agents > self.effort.agents or time.monotonic() > self._until

    @property
    def is_over(self) -> bool:
        """Whether agents or time are used up."""
        return self._tick(0) or self.live > self.effort.live

    @property
    def _banks(self) -> list[Bank]:
        """The agents' banks of every scope, without those of smaller problems."""
        return [self.bank, *(scope.bank for scope in self.scopes), *(fold.bank for fold in self.folds)]

    @property
    def tried(self) -> int:
        """How many agents were computed, in all scopes."""
        return sum(bank.tried for bank in self._banks) + sum(search.tried for _, search in self._children)

    @property
    def live(self) -> int:
        """How many of them behave like no cheaper one."""
        return sum(bank.live for bank in self._banks) + sum(search.live for _, search in self._children)

    # Beginning

    def _add_leaves(self) -> None:
        inputs = self.problem.inputs
        for place, (name, kind) in enumerate(self.problem.parameters):
            values = tuple(arguments[place] for arguments in inputs)
            self.bank.add_leaf(2, kind, values, Name(name))
            if kind[0] == "optional":
                real = tuple(FAILED if value is None else value for value in values)
                self.bank.add_leaf(2, kind[1], real, Name(name))
                self.bank.add_leaf(4, BOOL, tuple(value is None for value in values), Literal(f"{name} is None"))
        for kind, source, cost in self.problem.literals:
            value = inward(ast.literal_eval(source)) if source != "set()" else frozenset()
            self.bank.add_leaf(cost, kind, (value,) * len(inputs), Literal(source))

    def _add_terms(self) -> None:
        """Let branches return what an example shows, or raise it."""
        wanted = self.problem.wanted
        for one in wanted:
            mask = sum(1 << place for place, other in enumerate(wanted) if other == one)
            if isinstance(one, Raises):
                self.branches.add_term(_RAISED, mask, f"raise {one.error}")
            elif mask != self.branches.full:
                self.branches.add_term(_SHOWN, mask, f"return {outward(one, self.problem.goal)!r}")

    def _captured(self) -> list[tuple[Kind, Any, Value]]:
        """Return what a scope may see of the outside: parameters."""
        found: list[tuple[Kind, Any, Value]] = []
        for place, (name, kind) in enumerate(self.problem.parameters):
            if kind[0] != "optional":
                found.append((kind, Name(name), tuple(arguments[place] for arguments in self.problem.inputs)))
        return found

    def _literal_leaves(self, bank: Bank) -> None:
        for kind, source, cost in self.problem.literals:
            if len(kind) == 1:
                value = inward(ast.literal_eval(source))
                bank.add_leaf(cost, kind, (value,) * bank.inputs, Literal(source))

    # Running

    def run(self) -> None:
        """Search until everything up to the first solution's cost and ``beyond`` was tried, or the effort is spent."""
        while not self.is_over and not self.is_separated:
            self.step()

    def step(self) -> None:
        """Make the agents of the next cost, and look for what they solve."""
        cost = self.bank.grow(self._also)
        if self._tick(0):
            # A cost that was broken off is no complete one.
            self.bank.cost -= 1
        self._find_sources(cost)
        self._scan(cost)
        self._grow_children(cost)
        self._settle()
        # What was found after the end was not tried, so nothing can be said of rivals.
        self._was_cut = self._was_cut or self._tick(0)

    @property
    def is_separated(self) -> bool:
        """Tell whether everything was tried that costs up to ``beyond`` more than the first solution.

        A decision costs more than the agents that were tried when it was found: after it only some more costs are
        tried, since all up to its own are out of reach.
        """
        if not self.solutions or self._was_cut:
            return False
        first, found_at = self.solutions[0].cost, self._found[self.solutions[0].cost]
        return self.bank.cost >= min(first, found_at + _AFTER_DECISION) + self.effort.beyond

    @property
    def complete(self) -> int:
        """The cost up to which every agent was computed."""
        return self.bank.cost

    def _also(self, cost: int) -> None:
        for scope in self.scopes:
            self._comprehend(scope, cost)
        for number, fold in enumerate(self.folds):
            self._run_folds(number, fold, cost)

    def _comprehend(self, scope: Scope, cost: int) -> None:
        for shape in SHAPES:
            inner = cost - scope.cost - shape.cost
            if inner < 2 or self._tick(0):
                continue
            scope.grow(inner)
            for offer in scope.offer(shape, inner, self._wanted_kinds.__contains__):
                key = (scope.number, shape.name, offer.body.kind, offer.other.kind)
                if key not in self._origins:
                    what = Comprehension(scope, shape, offer.body.kind, offer.other.kind)
                    self._origins[key] = self.bank.origin(what)
                self.bank.put(offer.gives, offer.value, self._origins[key], offer.body.row, offer.other.row)
                if self._tick(2):
                    return

    def _run_folds(self, number: int, fold: Fold, cost: int) -> None:
        """Run the bodies of a loop whose turn it is; one whose runs have cost too much waits for its turn."""
        while fold.next_cost <= cost - fold.cost - FOLD_COST and not self._tick(0):
            if fold.next_cost > _FREE_BODY and self._fold_agents > _FOLD_SHARE * self._agents:
                return
            before = self._agents
            fold.grow(fold.next_cost)
            for row, last, running in fold.offer(fold.next_cost):
                self._put_loop(number, fold, row, last, running)
                if self._tick(_RUN_PRICE):
                    return
            self._fold_agents += self._agents - before
            fold.next_cost += 1

    def _put_loop(self, number: int, fold: Fold, row: int, last: Value, running: Value) -> None:
        for is_running, kind, value in ((False, fold.kind, last), (True, ("list", fold.kind), running)):
            if kind in self._wanted_kinds:
                key = (number, is_running)
                if key not in self._fold_origins:
                    self._fold_origins[key] = self.bank.origin(Loop(fold, is_running))
                self.bank.put(kind, value, self._fold_origins[key], row)

    # Sources of comprehensions and loops

    def _find_sources(self, cost: int) -> None:
        if cost > _SOURCE_COST:
            return
        for kind in list(self.bank.rows):
            element = element_of(kind)
            if element is None or element == BOOL:
                continue
            first, last = self.bank.rows[kind].span(cost)
            for row in range(first, last):
                alike = sum(scope.element == element for scope in self.scopes)
                if alike < _MOST_ALIKE and len(self.scopes) < MOST_SCOPES and not self._is_idle(kind, row):
                    self._open_scope(Agent(kind, row), cost, element)

    def _is_idle(self, kind: Kind, row: int) -> bool:
        """Tell whether a source is the same on all inputs, or nearly nothing."""
        value = self.bank.rows[kind].values[row]
        sound = [one for one in value if one is not FAILED]
        return max(map(len, sound), default=0) < 2 or all([one == sound[0] for one in sound])

    def _open_scope(self, source: Agent, cost: int, element: Kind) -> None:
        value = self.bank.rows[source.kind].values[source.row]
        captured = self._captured()
        elements = elements_of(value, [values for _, _, values in captured])
        if elements is None:
            return
        steps = self._inner_steps(element, *(kind for kind, _, _ in captured))
        bank = Bank(len(elements.surroundings), steps, self._loop, self._tick)
        scope = Scope(len(self.scopes), source, cost, element, elements, bank)
        scope.add_names([(kind, what) for kind, what, _ in captured])
        self._literal_leaves(bank)
        self.scopes.append(scope)
        if self._parent is not None:
            return
        if len(self._children) < MOST_CHILDREN:
            self._open_children(scope)
        if cost <= 6:
            self._open_folds(source, value, cost, element, captured)

    def _open_children(self, scope: Scope) -> None:
        texts = [source for kind, source, _ in self.problem.literals if kind == STR]
        separators = [text for text in map(ast.literal_eval, texts) if text and not text.isalnum()]
        for child in children_of(self.problem, scope, separators):
            accept = functools.partial(self._accept_child, child)
            self._children.append((child, Search(child.problem, self._grammar, self.effort, accept, parent=self)))

    def _accept_child(self, child: Child, search: Search, solution: Solution) -> bool:
        """Accept what solves a smaller problem where it solves the whole one."""
        cost = solution.cost + child.scope.cost + child.shape.cost
        whole = Solution(cost, Mapped(child, search, solution))
        before = len(self.solutions) + len(self._waiting)
        self._solved(whole)
        return len(self.solutions) + len(self._waiting) > before

    def _grow_children(self, cost: int) -> None:
        if not self._children:
            return
        own = sum(bank.tried for bank in self._banks)
        for _, search in self._children:
            while search.bank.cost < cost - _CHILD_BEHIND and not self._tick(0) and not search.is_separated:
                if search.bank.cost > _FREE_CHILD and search.tried * len(self._children) > _CHILD_SHARE * own:
                    break
                search.step()

    def _inner_steps(self, *given: Kind) -> tuple[Step, ...]:
        """Return the steps inside a comprehension or a loop over these kinds."""
        goal = self.problem.goal
        wanted = goal[-1] if goal[0] in ("list", "set", "optional", "row") else goal
        key = (*given, wanted)
        if key not in self._kept_steps:
            literals = [kind for kind, _, _ in self.problem.literals if len(kind) == 1]
            self._kept_steps[key] = steps_for(self._grammar, [*given, *literals], wanted, inner=True)
        return self._kept_steps[key]

    def _open_folds(
        self, source: Agent, value: Value, cost: int, element: Kind, captured: Sequence[tuple[Kind, Any, Value]]
    ) -> None:
        goal = self.problem.goal
        kinds = [goal, goal[1]] if goal[0] in ("list", "optional") else [goal]
        for kind in dict.fromkeys(kinds):
            for begin, values in self._beginnings(kind):
                if len(self.folds) < MOST_FOLDS:
                    self._open_fold(kind, element, (source, value, cost), (begin, values), captured)

    def _beginnings(self, kind: Kind) -> list[tuple[Agent, Value]]:
        """Return the cheapest constants of a kind, from which loops begin."""
        rows = self.bank.rows.get(kind)
        if rows is None:
            return []
        literals: list[tuple[Agent, Value]] = []
        names: list[tuple[Agent, Value]] = []
        for row, value in enumerate(rows.values[:12]):
            what, _ = self.bank.parts(Agent(kind, row))
            if not isinstance(what, Step) and isinstance(what.what, Literal | Name):
                (literals if isinstance(what.what, Literal) else names).append((Agent(kind, row), value))
        return literals[:1] + names[:1]

    def _open_fold(self, kind: Kind, element: Kind, source: Any, begin: Any, captured: Any) -> None:
        fold = Fold(kind, element, source, begin, captured, Bank(0, (), self._loop, self._tick))
        pool = [one for one in self.problem.wanted if not isinstance(one, Raises)] if kind == self.problem.goal else []
        rows = self.bank.rows[kind].values[:6]
        values = [*pool, *(one for row in rows for one in row[:3] if one is not FAILED)]
        inputs = len(fold.samples(values))
        if inputs:
            steps = self._inner_steps(kind, element, *(one for one, _, _ in captured))
            fold.bank = Bank(inputs, steps, self._loop, self._tick)
            fold.functions = self._functions
            fold.add_names(values, captured)
            self._literal_leaves(fold.bank)
            self.folds.append(fold)

    # What is found

    def _scan(self, cost: int) -> None:
        solved: list[Solution] = []
        for kind in self.goals:
            rows = self.bank.rows.get(kind)
            if rows is None:
                continue
            first = self._scanned.get(kind, 0)
            for row in range(first, len(rows.values)):
                mask = self._chance.note(rows.values[row])
                if mask == self.branches.full:
                    solved.append(Solution(cost, Agent(kind, row)))
                elif mask:
                    self.branches.add_term(cost, mask, Agent(kind, row))
            self._scanned[kind] = len(rows.values)
        for solution in solved:
            self._solved(solution)
        for meetings in self._meetings:
            for together, meeting in meetings.found():
                if together > cost:
                    self._solved(Solution(together, meeting))
        for products in self._products:
            for together, product in products.found():
                self._solved(Solution(together, product))
        self._scan_conditions(cost)
        if self._parent is None:
            self._part()
        self._decide()

    def is_solid(self, solution: Solution) -> bool:
        """Tell whether a chance hit is unlikely enough; a decision must be less likely, since its parts add up."""
        decides = isinstance(solution.what, Decision)
        return self.surprise(solution) >= self.effort.bits * (_DECISION_BITS if decides else 1)

    def surprise(self, solution: Solution) -> float:
        """Return how unlikely it is, in bits, that something as cheap is right on all examples by chance."""
        return self._chance.bits(solution.what, self.branches.full, children=len(self._children))

    def _scan_conditions(self, cost: int) -> None:
        rows = self.bank.rows.get(BOOL)
        if rows is None:
            return
        count = len(self.problem.wanted)
        for row in range(self._scanned.get(("condition",), 0), len(rows.values)):
            value = rows.values[row][:count]
            if not any([one is FAILED for one in value]):
                mask = sum(1 << place for place, one in enumerate(value) if one)
                self.branches.add_condition(cost, mask, Agent(BOOL, row))
        self._scanned[("condition",)] = len(rows.values)

    def _part(self) -> None:
        """Look for meetings on the examples of either side of the cheapest conditions, for branches."""
        for mask in self.branches.parts(_PARTED):
            if mask not in self._parted:
                wanted = self.problem.wanted
                self._parted[mask] = [Meetings(self.bank, goal, wanted, mask, _MOST_PARTED) for goal in self.goals]
            for meetings in self._parted[mask]:
                for cost, meeting in meetings.found():
                    self.branches.add_term(cost, mask, meeting)

    def _decide(self) -> None:
        least = self.branches.cheapest()
        most = _BRANCHED * self.bank.cost
        if self.solutions:
            most = min(most, self.solutions[0].cost + self.effort.beyond)
        if least is None or least > most:
            return
        for decision in self.branches.decisions(min(least + self.effort.beyond, most)):
            mark = repr(decision)
            if isinstance(decision.tree, tuple) and not isinstance(decision.tree, Piece) and mark not in self._refused:
                self._refused.add(mark)
                self._solved(Solution(decision.cost, decision))

    def _solved(self, solution: Solution) -> None:
        if not self._tick(_TRIAL_PRICE) and self._accept(self, solution):
            self._waiting.append((self.bank.cost, solution))
            self._settle()

    def _settle(self) -> None:
        """Let what waits be a solution once enough agents were seen to tell that it is no chance hit."""
        for place in reversed(range(len(self._waiting))):
            at, solution = self._waiting[place]
            if self.is_solid(solution):
                del self._waiting[place]
                self._add(at, solution)

    def _add(self, at: int, solution: Solution) -> None:
        self._found.setdefault(solution.cost, at)
        self.solutions.append(solution)
        self.solutions.sort(key=lambda one: one.cost)


def _known(problem: Problem, grammar: Sequence[Production]) -> tuple[list[Production], dict[str, Any]]:
    """Return the productions that a problem allows, its own among them, and the functions that these name."""
    # A name of the problem's hides a built-in one.
    known = [one for one in grammar if not names_of(one) & set(problem.names)]
    functions: dict[str, Any] = {f"{HELPER}{one.name}": one for one in problem.helpers}
    functions |= {f"{HELPER}{name}": record for name, record in problem.records.items()}
    functions["_get"] = lambda value, name: inward(getattr(value, name))
    return [*known, *own_productions(problem)], functions
