"""A search as seen by what it goes over: scopes, loops and smaller problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, Protocol, Self

from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.bank import Bank, Value
from swarmwright.colony.inside.chance import Solution
from swarmwright.colony.inside.kinds import Kind
from swarmwright.colony.inside.problem import Problem
from swarmwright.colony.inside.steps import Loop, Step


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

    def loop(self, step: Step, inputs: int) -> Loop:
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
