"""Solutions, and how unlikely it is that one is right by chance: among many programs some fit any few examples."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

from swarmwright.colony.inside.bank import Agent, Bank
from swarmwright.colony.inside.branches import Decision, Piece
from swarmwright.colony.inside.children import Child
from swarmwright.colony.inside.kinds import Kind
from swarmwright.colony.inside.meetings import Meeting
from swarmwright.colony.inside.products import Product
from swarmwright.colony.inside.steps import FAILED

_MOST_PART_BITS = 6.0


@dataclasses.dataclass(frozen=True)
class Solution:
    """What is right on every example, and its cost: an agent, several that meet, a product, a decision, or a map."""

    cost: int
    what: Agent | Meeting | Product | Mapped | Decision


@dataclasses.dataclass(frozen=True)
class Mapped:
    """The solution of a smaller problem, put over a source's elements; ``search`` is the one that found it."""

    child: Child
    search: Any
    solution: Solution


class Chance:
    """Counts how often agents of the wanted kind are right on each example, and reckons with it.

    An agent is as surprising as its kind is rarely right on the examples, one after the other, less what there was to
    choose from: the binary logarithm of how many agents are as cheap.
    """

    def __init__(self, bank: Bank, wanted: Sequence[Any]) -> None:
        """Take the bank and what the examples want."""
        self._bank = bank
        self._wanted = tuple(wanted)
        self._matches = [0] * len(self._wanted)
        self._agents = 0

    def note(self, value: Sequence[Any]) -> int:
        """Take in what an agent gives, and return the examples on which it is right, as bits."""
        self._agents += 1
        mask = 0
        for place, (one, want) in enumerate(zip(value, self._wanted, strict=False)):
            if one is not FAILED and one == want:
                mask |= 1 << place
                self._matches[place] += 1
        return mask

    def bits(self, what: Any, mask: int, *, children: int) -> float:
        """Return how surprising it is that something as cheap is right on the examples of a mask, in bits.

        Args:
            what: an agent, a meeting, a product, a map, or a decision and its parts.
            mask: the examples.
            children: how many smaller problems there are.
        """
        if isinstance(what, Decision):
            what = what.tree
        if isinstance(what, Piece):
            what = what.what
        if isinstance(what, Mapped):
            return float(what.search.surprise(what.solution)) - math.log2(children + 1)
        if isinstance(what, Product):
            return min(map(self._part_bits, what.step.takes, what.columns, what.parts))
        if isinstance(what, str):
            # A result that an example shows says nothing where it is shown first.
            return self._evidence(mask) - self._evidence(mask & -mask) - math.log2(len(self._wanted) + 1)
        if isinstance(what, Agent | Meeting):
            return self._evidence(mask) - _choice(what)
        condition, yes, no = what
        inside = self.bits(yes, mask & condition.mask, children=children)
        outside = self.bits(no, mask & ~condition.mask, children=children)
        return inside + outside - _choice(condition.what)

    def _part_bits(self, kind: Kind, column: Sequence[Any], what: Any) -> float:
        own = min(_MOST_PART_BITS, math.log2(len(self._bank.rows[kind].values) + 2))
        again = math.log2(max(2, len(set(column))))
        bits = sum(min(own, again) if one in column[:place] else own for place, one in enumerate(column))
        return bits - _choice(what)

    def _evidence(self, mask: int) -> float:
        again = math.log2(max(2, len(set(self._wanted))))
        bits, seen = 0.0, set()
        for place, count in enumerate(self._matches):
            if mask >> place & 1:
                own = -math.log2((count + 1) / (self._agents + 2))
                # Whatever gives a result once is likely to give it again.
                bits += min(own, again) if self._wanted[place] in seen else own
                seen.add(self._wanted[place])
        return bits


def _choice(what: Any) -> float:
    if isinstance(what, Meeting):
        return 2 + _choice(what.one) + _choice(what.other)
    return math.log2(what.row + 2)
