"""Branches: terms that are right on some examples, joined by learned conditions, the smallest decisions first."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.inside.bank import Agent

KEPT = 6
"""How many terms (or conditions) are kept that are right (or hold) on the very same examples."""
MOST_CONDITIONS = 160
BRANCH_COST = 4
_DEPTH = 3
_FEW_EXAMPLES = 12
"""With more there are so many masks that one branch less is looked for."""
_MOST_TREES = 200
_MOST_WORK = 20_000
"""How many conditions and terms are looked at before decisions are no further searched for at one cost."""


class Piece(NamedTuple):
    """A term or condition: its cost, the examples on which it is right (or holds) as bits, and what it is."""

    cost: int
    mask: int
    what: Any


class Decision(NamedTuple):
    """A tree of conditions and terms: its cost, and either a term's Piece or (condition's Piece, yes, no)."""

    cost: int
    tree: Any


class Branches:
    """Collects terms and conditions as they are found, and joins them into decisions."""

    def __init__(self, examples: int) -> None:
        """Take the number of examples; every decision is right on all of them."""
        self.full = (1 << examples) - 1
        few = examples <= _FEW_EXAMPLES
        self._depth = _DEPTH if few else _DEPTH - 1
        self._most = MOST_CONDITIONS if few else MOST_CONDITIONS // 4
        self._terms: dict[int, list[Piece]] = {}
        self._conditions: dict[int, list[Piece]] = {}
        self._best: dict[int, int | None] = {}
        self._ordered: list[Piece] = []
        self._work = 0

    def add_term(self, cost: int, mask: int, what: Any) -> None:
        """Note a term that is right on the examples of ``mask`` (some, not all)."""
        if mask:
            _keep(self._terms, Piece(cost, mask, what))

    def add_condition(self, cost: int, mask: int, what: Agent) -> None:
        """Note a condition that holds on the examples of ``mask`` and can be computed on all."""
        if mask not in (0, self.full):
            _keep(self._conditions, Piece(cost, mask, what))

    def terms(self) -> Iterator[Piece]:
        """Yield the terms that are kept."""
        for some in self._terms.values():
            yield from some

    @property
    def best(self) -> int:
        """On how many examples any single term is right."""
        return max((covers.bit_count() for covers in self._terms), default=0)

    def parts(self, most: int) -> list[int]:
        """Return the examples on either side of the cheapest conditions, as masks, where no term is right on them."""
        flat = sorted((some[0] for some in self._conditions.values()), key=lambda piece: (piece.cost, piece.mask))
        sides = [side for piece in flat[:most] for side in (piece.mask, self.full & ~piece.mask)]
        return [side for side in dict.fromkeys(sides) if not any(side & ~covers == 0 for covers in self._terms)]

    def decisions(self, most: int) -> Iterator[Decision]:
        """Yield decisions that are right on all examples, by growing cost, up to that cost; ask ``cheapest`` first."""
        least = self._least(self.full, self._depth)
        if least is None or least > most:
            return
        found: dict[str, Decision] = {}
        for limit in range(least, most + 1):
            self._work = _MOST_WORK
            for one in self._trees(self.full, limit, self._depth):
                found.setdefault(repr(one), one)
            if len(found) >= _MOST_TREES or self._work <= 0:
                break
        yield from sorted(found.values(), key=lambda one: one.cost)[:_MOST_TREES]

    def cheapest(self) -> int | None:
        """Return the least cost of any decision; None where there is none yet."""
        self._best.clear()
        flat = [piece for some in self._conditions.values() for piece in some]
        self._ordered = sorted(flat, key=lambda piece: (piece.cost, piece.mask))[: self._most]
        return self._least(self.full, self._depth)

    def hangs(self, cost: int, apart: Sequence[int]) -> tuple[bool, ...]:
        """Tell of each example whether it alone stands against something cheaper: without it that would be right.

        Args:
            cost: of a term or decision that is right on all.
            apart: the examples, each with those that are the same, as masks.
        """
        self.cheapest()
        least = (self._least(self.full & ~alike, self._depth) for alike in apart)
        return tuple(one is not None and one < cost for one in least)

    def _least(self, mask: int, depth: int) -> int | None:
        """Return the least cost of a decision that is right on the examples of a mask."""
        key = mask << 2 | depth
        if key in self._best:
            return self._best[key]
        costs = [some[0].cost for covers, some in self._terms.items() if mask & ~covers == 0]
        best = min(costs, default=None)
        self._best[key] = best
        if depth:
            seen: set[int] = set()
            for piece in self._ordered:
                yes = mask & piece.mask
                if yes in (0, mask) or yes in seen:
                    continue
                seen.add(yes)
                if best is not None and piece.cost + BRANCH_COST + 4 >= best:
                    break
                one = self._least(yes, depth - 1)
                other = self._least(mask & ~piece.mask, depth - 1) if one is not None else None
                if one is not None and other is not None:
                    cost = piece.cost + BRANCH_COST + one + other
                    best = cost if best is None else min(best, cost)
        self._best[key] = best
        return best

    def _trees(self, mask: int, limit: int, depth: int) -> Iterator[Decision]:
        least = self._least(mask, depth)
        if least is None or least > limit:
            return
        for covers, some in self._terms.items():
            if mask & ~covers == 0:
                self._work -= 1
                for piece in some:
                    if piece.cost <= limit:
                        yield Decision(piece.cost, piece)
        if not depth:
            return
        for condition in self._ordered:
            self._work -= 1
            if self._work <= 0:
                return
            yes, no = mask & condition.mask, mask & ~condition.mask
            left = limit - condition.cost - BRANCH_COST
            if left < 4 or not yes or not no:
                continue
            least_no = self._least(no, depth - 1)
            if least_no is None:
                continue
            for one in self._trees(yes, left - least_no, depth - 1):
                for other in self._trees(no, left - one.cost, depth - 1):
                    cost = condition.cost + BRANCH_COST + one.cost + other.cost
                    yield Decision(cost, (condition, one.tree, other.tree))


def _keep(found: dict[int, list[Piece]], piece: Piece) -> None:
    some = found.setdefault(piece.mask, [])
    if len(some) < KEPT or piece.cost < some[-1].cost:
        # What an example shows is there from the start, and dearer than much that comes later.
        insort(some, piece, key=lambda one: one.cost)
        del some[KEPT:]


def leaves_of(tree: Any) -> Sequence[Piece]:
    """Return the terms and conditions of a decision's tree."""
    if isinstance(tree, Piece):
        return [tree]
    condition, yes, no = tree
    return [condition, *leaves_of(yes), *leaves_of(no)]
