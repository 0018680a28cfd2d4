"""The search: cost by cost, agents of a function's scope, its comprehensions and its loops, and what solves it."""

from __future__ import annotations

import ast
import functools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, Protocol

import msgspec

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.branches import Branches, Decision, Piece
from swarmwright.colony.inside.chance import Chance, Mapped, Solution
from swarmwright.colony.inside.kinds import BOOL, Kind, inward, outward
from swarmwright.colony.inside.meetings import Meeting, Meetings
from swarmwright.colony.inside.memory import is_nearly_full
from swarmwright.colony.inside.problem import Problem, Raises
from swarmwright.colony.inside.products import Products
from swarmwright.colony.inside.sources import Sources
from swarmwright.colony.inside.specific import HELPER, names_of, own_productions
from swarmwright.colony.inside.steps import FAILED, Step, make_loop, steps_for
from swarmwright.colony.inside.steps import Loop as StepLoop
from swarmwright.colony.inside.trace import Trace
from swarmwright.colony.inside.trails import FROM_AGENTS, lay_trails
from swarmwright.colony.inside.writing import Literal, Name

_COUNT_EVERY = 1 << 14
"""After so many agents the distinct ones are counted, and the memory."""
_PARTED = 20
"""Conditions on whose sides meetings are looked for, among so many agents:"""
_MOST_PARTED = 8_000
_TRIAL_PRICE = 1000
"""Trying a solution on all inputs is as much work as so many agents are."""
_RAISED, _SHOWN = 4, 7
_AFTER_DECISION, _AFTER_MEETING = 2, 6
"""How many costs more are tried after what is dearer than what was tried by then; two agents that meet have many rivals
that are one agent, and cheaper."""
_LEAST_BEHIND = 8
"""The cost that objects must have come to before columns' finds count as found: comprehensions and loops are theirs."""
_DECISION_BITS = 1.6
"""How many times the bits of a single agent must stand behind a decision."""
_BRANCHED = 3
"""A decision may cost so many times what single agents cost by then: more parts fit three examples too easily."""


class Lead(Protocol):
    """What goes ahead of a search: it tries what is dearer, and tells the search what it finds."""

    @property
    def tried(self) -> int:
        """How many agents it computed."""

    def run(self) -> None:
        """Go on as far as its share of the work allows."""

    def has_tried(self, solution: Solution) -> bool:
        """Tell whether it made all that costs little more than a solution of its own."""


class Search:
    """One search for one problem."""

    def __init__(
        self,
        problem: Problem,
        grammar: Sequence[Production],
        effort: Foraging,
        accept: Callable[[Search, Solution], bool],
        *,
        weights: Mapping[str, int] | None = None,
        parent: Search | None = None,
        lead: Callable[[Search], Lead | None] | None = None,
    ) -> None:
        """Take the problem, what agents know, how far to go, and what is added to the costs of productions by name.

        ``accept`` is asked of everything that is right on the examples: whether it is a solution, and a new one. A
        search with a ``parent`` solves a smaller problem of it, shares its effort and has no loops. ``lead`` returns
        what goes ahead of it, if anything does.
        """
        self._parent = parent
        self._accept = accept
        self._found: dict[int, int] = {}
        self._was_cut = False
        self._waiting: list[tuple[int, Solution]] = []
        self._refused: set[str] = set()
        self.problem = problem
        self.effort = effort
        self.weights = dict(weights or {})
        self._all = grammar
        self.grammar: Sequence[Production]
        self.functions: Mapping[str, Any]
        self.grammar, self.functions = _known(problem, grammar, self.weights)
        given = [kind for _, kind in problem.parameters] + [kind for kind, _, _ in problem.literals]
        given += [helper.gives for helper in problem.helpers]
        given += list(problem.also)
        given += [kind for record in problem.records.values() for _, kind in record.fields]
        self._until = time.monotonic() + effort.seconds
        self.agents = 0
        self.cut = 0
        self._next_count = 0
        self.trace = Trace()
        self.bank = Bank(len(problem.inputs), steps_for(self.grammar, given, problem.goal), self.loop, self.tick)
        self.bank.goals = frozenset(self.goals)
        self.wanted_kinds: Set[Kind] = {step.gives for step in self.bank.steps} | set(given) | set(self.goals)
        self._scanned: dict[Kind, int] = {}
        self.sources = Sources(self)
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
        self._lead = lead(self) if lead is not None else None

    # Kinds

    @property
    def goals(self) -> tuple[Kind, ...]:
        """The kinds whose agents may be the result."""
        goal = self.problem.goal
        return (goal, goal[1]) if goal[0] == "optional" else (goal,)

    def loop(self, step: Step, inputs: int) -> StepLoop:
        """Return the loop of a step, for so many inputs."""
        return make_loop(step.production, inputs, self.functions)

    def tick(self, agents: int) -> bool:
        """Count agents, and tell whether what may be spent is spent.

        A search that was cut off stays so, at the number of agents ``cut``: one with a budget of one agent less and no
        clock is cut off at the same place.
        """
        self.agents += agents
        if self._parent is not None:
            return self._parent.tick(agents)
        if agents and not self.cut and self._is_spent():
            self.cut = self.agents
        return self.cut > 0

    def _is_spent(self) -> bool:
        if self.agents > self.effort.agents or time.monotonic() > self._until:
            return True
        if self.agents < self._next_count:
            return False
        self._next_count = self.agents + _COUNT_EVERY
        return self.live > self.effort.live or is_nearly_full()

    @property
    def is_inner(self) -> bool:
        """Whether it solves a smaller problem of another search."""
        return self._parent is not None

    @property
    def is_over(self) -> bool:
        """Whether agents, time, memory or costs are used up."""
        return self.tick(0) or self.live > self.effort.live or self.trace.levels >= self.effort.levels

    @property
    def _banks(self) -> list[Bank]:
        """The agents' banks of every scope, without those of smaller problems."""
        return [self.bank, *self.sources.banks]

    def every_bank(self) -> Iterator[Bank]:
        """Yield the banks of every scope, those of smaller problems among them."""
        yield from self._banks
        for _, search in self.sources.children:
            yield from search.every_bank()

    @property
    def tried(self) -> int:
        """How many agents were computed, in all scopes."""
        ahead = self._lead.tried if self._lead is not None else 0
        return ahead + sum(bank.tried for bank in self._banks) + sum(one.tried for _, one in self.sources.children)

    @property
    def live(self) -> int:
        """How many of them behave like no cheaper one."""
        return sum(bank.live for bank in self._banks) + sum(search.live for _, search in self.sources.children)

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

    def captured(self) -> list[tuple[Kind, Any, Value]]:
        """Return what a scope may see of the outside: parameters."""
        found: list[tuple[Kind, Any, Value]] = []
        for place, (name, kind) in enumerate(self.problem.parameters):
            if kind[0] != "optional":
                found.append((kind, Name(name), tuple(arguments[place] for arguments in self.problem.inputs)))
        return found

    def add_literals(self, bank: Bank) -> None:
        """Make the constants the first agents of a scope."""
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
        cost = self.bank.grow(self.sources.also)
        # A look at every step is work, too, so that a search with nothing left to make ends all the same.
        if self.tick(1 + len(self.bank.steps)):
            # A cost that was broken off is no complete one.
            self.bank.cost -= 1
        self.sources.find(cost)
        self._scan(cost)
        self.sources.grow_children(cost)
        if self._lead is not None:
            self._lead.run()
        self._settle()
        if self.effort.trails and not self.solutions and self.agents >= FROM_AGENTS:
            self._lay_trails()
        # What was found after the end was not tried, so nothing can be said of rivals.
        self._was_cut = self._was_cut or self.tick(0)
        if self._parent is None:
            self.trace.take(self.every_bank())

    def partial(self) -> Iterator[tuple[float, Piece]]:
        """Yield what is right on some examples, with how unlikely that is by chance, in bits."""
        for piece in self.branches.terms():
            if not isinstance(piece.what, str):
                yield self.surprise_on(piece.what, piece.mask), piece

    def _lay_trails(self) -> None:
        cheaper = lay_trails(self.bank, self.problem, self.partial())
        for bank in self._banks:
            bank.cheaper = cheaper

    @property
    def is_separated(self) -> bool:
        """Tell whether everything was tried that costs up to ``beyond`` more than the first solution.

        A decision costs more than the agents that were tried when it was found, and so do agents that meet: after them
        only some more costs are tried, since all up to their own may be out of reach.
        """
        if not self.solutions or self._was_cut:
            return False
        first, found_at = self.solutions[0].cost, self._found[self.solutions[0].cost]
        if self._lead is not None and not self._lead.has_tried(self.solutions[0]):
            return False
        after = _AFTER_MEETING if isinstance(self.solutions[0].what, Meeting) else _AFTER_DECISION
        return self.bank.cost >= min(first, found_at + after) + self.effort.beyond

    @property
    def complete(self) -> int:
        """The cost up to which every agent was computed."""
        return self.bank.cost

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
            self.solved(solution)
        for meetings in self._meetings:
            for together, meeting in meetings.found():
                if together > cost:
                    self.solved(Solution(together, meeting))
        for products in self._products:
            for together, product in products.found():
                self.solved(Solution(together, product))
        self._scan_conditions(cost)
        if self._parent is None:
            self._part()
        self._decide()

    def is_solid(self, solution: Solution) -> bool:
        """Tell whether a chance hit is unlikely enough; a decision must be less likely, since its parts add up."""
        decides = isinstance(solution.what, Decision)
        return self.surprise(solution) >= self.effort.bits * (_DECISION_BITS if decides else 1)

    def surprise_on(self, what: Any, mask: int) -> float:
        """Return how unlikely it is, in bits, that something as cheap is right on the examples of a mask by chance."""
        return self._chance.bits(what, mask, children=len(self.sources.children))

    def surprise(self, solution: Solution) -> float:
        """Return how unlikely it is, in bits, that something as cheap is right on all examples by chance."""
        return self.surprise_on(solution.what, self.branches.full)

    def support(self, solution: Solution) -> int:
        """Return on how many examples a solution hangs: without one of them something cheaper would be right.

        It is the number of errors when each example is left out once and told from the others. That is nearly an
        unbiased estimate of how often something else goes wrong (Luntz and Brailovsky, 1969; Vapnik, "The Nature of
        Statistical Learning Theory", 1995), where examples are not chosen to be alike.
        """
        found = self.branches.hangs(solution.cost, self.apart)
        if isinstance(solution.what, Mapped):
            # What is cheaper for the elements is cheaper for the whole.
            inner, child = solution.what.search, solution.what.child
            inside = inner.branches.hangs(solution.what.solution.cost, child.apart(self.apart))
            return sum(map(any, zip(found, inside, strict=True)))
        return sum(found)

    @functools.cached_property
    def apart(self) -> tuple[int, ...]:
        """The different examples, each with those that are the same, as masks."""
        shown = list(zip(self.problem.inputs, self.problem.wanted, strict=False))
        return tuple(sorted({sum(1 << at for at, other in enumerate(shown) if other == one) for one in shown}))

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
                self.solved(Solution(decision.cost, decision))

    def solved(self, solution: Solution) -> bool:
        """Take in what is right on all examples; tell whether it is a solution, and a new one."""
        if self.tick(_TRIAL_PRICE) or not self._accept(self, solution):
            return False
        self._waiting.append((max(self.bank.cost, _LEAST_BEHIND) if self._lead else self.bank.cost, solution))
        self._settle()
        return True

    def smaller(self, problem: Problem, accept: Callable[[Search, Solution], bool]) -> Search:
        """Return a search for a smaller problem of this one, with the same productions, that shares its effort."""
        return Search(problem, self._all, self.effort, accept, weights=self.weights, parent=self)

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


def _known(
    problem: Problem, grammar: Sequence[Production], weights: Mapping[str, int]
) -> tuple[list[Production], dict[str, Any]]:
    """Return the productions that a problem allows, weighed, its own among them, and the functions that these name."""
    # A name of the problem's hides a built-in one.
    known = [one for one in grammar if not names_of(one) & set(problem.names)]
    functions: dict[str, Any] = {f"{HELPER}{one.name}": one for one in problem.helpers}
    functions |= {f"{HELPER}{name}": record for name, record in problem.records.items()}
    functions["_get"] = lambda value, name: inward(getattr(value, name))
    every = [*known, *own_productions(problem)]
    return [_weighed(one, weights.get(one.name, 0)) for one in every], functions


def _weighed(production: Production, weight: int) -> Production:
    return msgspec.structs.replace(production, cost=max(1, production.cost + weight)) if weight else production
