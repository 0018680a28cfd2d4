"""Turns: what is run cost by cost, the cheapest first, as far as its share of the work goes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol


class Clock(Protocol):
    """Who counts agents: a search."""

    agents: int

    def tick(self, agents: int) -> bool:
        """Count agents, and tell whether what may be spent is spent."""


class Share(NamedTuple):
    """How much of a search's work its runs of one sort may be.

    Attributes:
        part: of all agents.
        price: one run is as much work as so many agents are.
        free: the cost up to which they are run whatever they take.
        dearest: the cost after which none is run.
    """

    part: float
    price: int
    free: int
    dearest: int = sys.maxsize


class Turn:
    """What of one loop is run next: ``run`` runs everything of a cost, and yields after each run."""

    def __init__(
        self, run: Callable[[int], Iterator[None]], first: int, *, base: int, behind: int = 0, halves: bool = False
    ) -> None:
        """Take what runs, the first cost, the loop's own cost, and how much dearer than others this is.

        Where the cost is that of two agents that are each as good as half of it, it counts half.
        """
        self.run = run
        self.next_cost = first
        self._base = base
        self._behind = behind
        self._counts = 2 if halves else 1

    @property
    def rank(self) -> int:
        """What is lowest is run first."""
        return self.next_cost + self._behind

    @property
    def due(self) -> int:
        """The cost of outer agents with which it is run."""
        return self._base + self.rank // self._counts


class Turns:
    """The runs of one sort."""

    def __init__(self, clock: Clock, share: Share) -> None:
        """Take who counts agents, and how many of them may be these."""
        self._clock = clock
        self._share = share
        self._agents = 0

    def take(self, cost: int, waiting: Sequence[Turn]) -> None:
        """Run what is due by a cost; where runs have cost too much, the rest waits for a later one."""
        while not self._clock.tick(0):
            due = [one for one in waiting if one.due <= cost]
            turn = min(due, key=lambda one: one.rank, default=None)
            if turn is None or turn.next_cost > self._share.dearest:
                return
            is_free = turn.next_cost <= self._share.free
            if not is_free and self._agents > self._share.part * self._clock.agents:
                return
            before = self._clock.agents
            for _ in turn.run(turn.next_cost):
                if self._clock.tick(self._share.price):
                    return
            self._agents += self._clock.agents - before
            turn.next_cost += 1
