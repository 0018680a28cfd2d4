"""What scopes and loops are opened with: banks of inner agents, and the values from which loops begin."""

from __future__ import annotations

from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.host import Host
from swarmwright.colony.inside.kinds import Kind
from swarmwright.colony.inside.steps import Step, steps_for
from swarmwright.colony.inside.writing import Literal, Name

_LOOKED_AT = 12


class Opening:
    """What one search opens scopes and loops with."""

    def __init__(self, search: Host) -> None:
        """Take the search."""
        self._search = search
        self._steps: dict[tuple[Kind, ...], tuple[Step, ...]] = {}

    def bank(self, inputs: int = 0, *given: Kind) -> Bank:
        """Return a bank for the agents inside a comprehension or a loop over these kinds, or an empty one."""
        steps = self._inner_steps(*given) if given else ()
        return Bank(inputs, steps, self._search.loop, self._search.tick)

    def _inner_steps(self, *given: Kind) -> tuple[Step, ...]:
        goal = self._search.problem.goal
        wanted = goal[-1] if goal[0] in ("list", "set", "optional", "row") else goal
        key = (*given, wanted)
        if key not in self._steps:
            literals = [kind for kind, _, _ in self._search.problem.literals if len(kind) == 1]
            self._steps[key] = steps_for(self._search.grammar, [*given, *literals], wanted, inner=True)
        return self._steps[key]

    def beginnings(self, kind: Kind, *, names: int = 1, literals: int = 1) -> list[tuple[Agent, Value]]:
        """Return the cheapest constants and the first names of a kind, from which loops begin."""
        bank = self._search.bank
        rows = bank.rows.get(kind)
        if rows is None:
            return []
        constant: list[tuple[Agent, Value]] = []
        named: list[tuple[Agent, Value]] = []
        for row, value in enumerate(rows.values[:_LOOKED_AT]):
            what, _ = bank.parts(Agent(kind, row))
            if not isinstance(what, Step) and isinstance(what.what, Literal | Name):
                (constant if isinstance(what.what, Literal) else named).append((Agent(kind, row), value))
        return constant[:literals] + named[:names]
