"""The bank: every agent of one scope as a row, by kind and cost. Agents that behave alike are one, the cheapest."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from swarmwright.colony.inside.kinds import Kind
from swarmwright.colony.inside.steps import FAILED, Loop, Step

FAILING_COST = 10
"""The cost up to which agents are kept that fail on some inputs: a branch may never lead there."""
FAILING_GOAL_COST = 14
_CHEAPEST = 2
"""No trail makes a step cheaper than this."""
Value = tuple[Any, ...]
"""What an agent gives on every input of its scope."""


class Agent(NamedTuple):
    """One agent's place: its kind and its row among those of that kind."""

    kind: Kind
    row: int


class Ahead(Agent):
    """An agent that is no object: its row counts those of its kind in what searches ahead of the bank."""

    __slots__ = ()


class Foresight(Protocol):
    """What knows the agents that are no objects."""

    def parts(self, agent: Ahead) -> tuple[Any, tuple[Ahead, ...]]:
        """Return what an agent comes from and its parts."""

    def cost_of(self, agent: Ahead) -> int:
        """Return an agent's cost."""

    def values_of(self, agent: Ahead) -> Value:
        """Return what an agent gives on every input."""


class Rows:
    """All agents of one kind: their values, and how each was made."""

    __slots__ = ("a", "b", "c", "ends", "late", "seen", "step", "totals", "values")

    def __init__(self) -> None:
        self.values: list[Value] = []
        self.seen: set[Value] = set()
        self.step = array("H")
        self.a = array("i")
        self.b = array("i")
        self.c = array("i")
        self.ends: list[int] = []
        self.totals: list[int] = []
        self.late: list[tuple[Value, int, int, int, int]] = []

    def span(self, cost: int, *, failing: bool = True) -> tuple[int, int]:
        """Return the first row of a cost and the row behind its last; those that fail on some inputs come last.

        Args:
            cost: the cost.
            failing: whether those are of interest.
        """
        if not 0 <= cost < len(self.ends):
            return 0, 0
        return (self.ends[cost - 1] if cost else 0), (self.ends if failing else self.totals)[cost]

    def close(self) -> None:
        """End a cost: what fails on some inputs joins behind the rest."""
        self.totals.append(len(self.values))
        for value, step, a, b, c in self.late:
            self.values.append(value)
            self.step.append(step)
            self.a.append(a)
            self.b.append(b)
            self.c.append(c)
        self.late.clear()
        self.ends.append(len(self.values))


class Origin(NamedTuple):
    """Where an agent comes from: a number of ``Bank.origins``, and the rows of its parts."""

    what: Any
    parts: tuple[int, ...]


class Bank:
    """The agents of one scope (a function's body, or the inside of a comprehension), cost by cost.

    ``tried`` counts agents that were computed, ``live`` those that behave like no cheaper one; of the kinds ``goals``
    those that fail on some inputs are kept at any cost, for branches. ``cheaper`` says by how much steps cost less
    than they do, by the names of their productions; it may change from cost to cost.
    """

    def __init__(
        self, inputs: int, steps: Sequence[Step], loops: Callable[[Step, int], Loop], tick: Callable[[int], bool]
    ) -> None:
        """Take the steps and what makes their loops; ``tick`` is told of agents and says whether to stop."""
        self.inputs = inputs
        self.steps = tuple(steps)
        self.origins: list[Any] = list(steps)
        self.rows: dict[Kind, Rows] = {}
        self.cost = -1
        self.tried = 0
        self.ahead: Foresight | None = None
        self.goals: frozenset[Kind] = frozenset()
        self.cheaper: dict[str, int] = {}
        self._reached = [0] * len(self.steps)
        self._loops = loops
        self._tick = tick
        self.leaves: dict[int, list[tuple[Kind, Value, Any]]] = {}
        self._ready: dict[int, Loop] = {}

    @property
    def live(self) -> int:
        """How many agents behave like no cheaper one."""
        return sum(len(rows.values) for rows in self.rows.values())

    def of(self, kind: Kind) -> Rows:
        """Return the agents of a kind."""
        rows = self.rows.get(kind)
        if rows is None:
            rows = self.rows[kind] = Rows()
            rows.ends = [0] * (self.cost + 1)
            rows.totals = [0] * (self.cost + 1)
        return rows

    def add_leaf(self, cost: int, kind: Kind, value: Value, what: Any) -> None:
        """Note an agent without parts; it joins at its cost. ``what`` says what it is, for whoever writes it."""
        self.leaves.setdefault(cost, []).append((kind, value, what))

    def origin(self, what: Any) -> int:
        """Return the number of something that agents can come from."""
        self.origins.append(what)
        return len(self.origins) - 1

    def put(self, kind: Kind, value: Value, origin: int, a: int = -1, b: int = -1, c: int = -1) -> bool:
        """Add an agent of the cost that is being worked on, unless one behaves like it; tell whether it was added."""
        self.tried += 1
        rows = self.of(kind)
        if value in rows.seen:
            return False
        failed = sum([one is FAILED for one in value])
        if failed:
            if failed == len(value) or (self.cost >= FAILING_COST and kind not in self.goals):
                return False
            rows.seen.add(value)
            rows.late.append((value, origin, a, b, c))
            return True
        rows.seen.add(value)
        rows.values.append(value)
        rows.step.append(origin)
        rows.a.append(a)
        rows.b.append(b)
        rows.c.append(c)
        return True

    def grow(self, also: Callable[[int], None] | None = None) -> int:
        """Make all agents of the next cost and return that cost.

        Args:
            also: called with the cost before it is closed, to add agents of other origins.
        """
        cost = self.cost + 1
        for kind, value, what in self.leaves.get(cost, ()):
            self.put(kind, value, self.origin(what))
        for place, step in enumerate(self.steps):
            left = cost - max(min(_CHEAPEST, step.cost), step.cost - self.cheaper.get(step.production.name, 0))
            # A step that has become cheaper makes up for what it would have made before.
            for parts in range(self._reached[place] + 1, left + 1):
                self._apply(place, step, parts)
            self._reached[place] = max(self._reached[place], left)
        if also is not None:
            also(cost)
        self.cost = cost
        for rows in self.rows.values():
            rows.close()
        return cost

    def _apply(self, place: int, step: Step, cost: int) -> None:
        """Apply a step to all parts whose costs sum up to ``cost``."""
        takes = [self.rows.get(kind) for kind in step.takes]
        if any(rows is None for rows in takes):
            return
        match takes:
            case [Rows() as one]:
                self._run(place, step, [(one, cost)], once=False)
            case [Rows() as one, Rows() as other]:
                commutes = step.production.commutes
                for first in range(cost + 1):
                    if commutes and 2 * first > cost:
                        break
                    once = commutes and 2 * first == cost
                    self._run(place, step, [(one, first), (other, cost - first)], once=once)
            case [Rows() as one, Rows() as other, Rows() as third]:
                for first in range(cost + 1):
                    for second in range(cost - first + 1):
                        parts = [(one, first), (other, second), (third, cost - first - second)]
                        self._run(place, step, parts, once=False)

    def _run(self, place: int, step: Step, parts: Sequence[tuple[Rows, int]], *, once: bool) -> None:
        failing = step.cost + sum(cost for _, cost in parts) <= FAILING_COST
        spans = [rows.span(cost, failing=failing) for rows, cost in parts]
        if any(first == last for first, last in spans) or self._tick(0):
            return
        if place not in self._ready:
            self._ready[place] = self._loops(step, self.inputs)
        columns: list[Any] = []
        for (rows, _), (first, last) in zip(parts, spans, strict=True):
            columns += [rows.values[first:last], first]
        gives = self.of(step.gives)
        before = len(gives.values)
        late: list[Any] | None = [] if failing or (step.gives in self.goals and self.cost < FAILING_GOAL_COST) else None
        self.tried += self._ready[place](
            *columns, gives.seen, gives.values, gives.a, gives.b, gives.c, late, self._tick, once
        )
        gives.step.extend([place] * (len(gives.values) - before))
        gives.late += [(value, place, a, b, c) for value, a, b, c in late or ()]

    def parts(self, agent: Agent) -> tuple[Any, tuple[Agent, ...]]:
        """Return what an agent comes from and its parts; for other origins than steps the parts' rows stand bare."""
        if isinstance(agent, Ahead) and self.ahead is not None:
            return self.ahead.parts(agent)
        rows = self.rows[agent.kind]
        what = self.origins[rows.step[agent.row]]
        numbers = [rows.a[agent.row], rows.b[agent.row], rows.c[agent.row]]
        if isinstance(what, Step):
            return what, tuple(map(Agent, what.takes, numbers))
        return Origin(what, tuple(numbers)), ()

    def cost_of(self, agent: Agent) -> int:
        """Return an agent's cost."""
        if isinstance(agent, Ahead) and self.ahead is not None:
            return self.ahead.cost_of(agent)
        return bisect_right(self.rows[agent.kind].ends, agent.row)

    def values_of(self, agent: Agent) -> Value:
        """Return what an agent gives on every input."""
        if isinstance(agent, Ahead) and self.ahead is not None:
            return self.ahead.values_of(agent)
        return self.rows[agent.kind].values[agent.row]
