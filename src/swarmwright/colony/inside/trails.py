"""Trails: while a search runs, productions of agents that are right on surprisingly many examples become cheaper.

That is just-in-time learning as in Probe (Barke, Peleg and Polikarpova, "Just-in-time learning for bottom-up
enumerative synthesis", OOPSLA 2020): partial solutions raise the weight of their productions, by the share of the
examples on which they are right. Here nothing begins anew; what a cheaper production would have made before is made up
for, and a trail that is not renewed at a later cost evaporates.
"""

from __future__ import annotations

from collections.abc import Iterable

from swarmwright.colony.inside.bank import Bank
from swarmwright.colony.inside.branches import Piece
from swarmwright.colony.inside.problem import Problem
from swarmwright.colony.inside.writing import Writer

FROM_AGENTS = 50_000
"""Trails are laid once so many agents were tried: small problems need none."""
KEPT = 6
"""Partial solutions that lay trails, the most surprising ones."""
_SURPRISING = 2.0
_MOST = 0.5


def lay_trails(bank: Bank, problem: Problem, partial: Iterable[tuple[float, Piece]]) -> dict[str, int]:
    """Return by how much productions become cheaper, by name: 1, or 2 where at least half of the examples are met.

    Args:
        bank: the agents.
        problem: what is wanted.
        partial: what is right on some examples, with how unlikely that is by chance, in bits.
    """
    count = len(problem.wanted)
    told = [(bits, piece) for bits, piece in partial if bits >= _SURPRISING and piece.mask.bit_count() > 1]
    found: dict[str, int] = {}
    for _, piece in sorted(told, key=lambda one: (-one[0], one[1].cost, one[1].mask))[:KEPT]:
        strength = 2 if piece.mask.bit_count() >= _MOST * count else 1
        for name in Writer(bank, problem.names).trail(piece.what):
            found[name] = max(found.get(name, 0), strength)
    return found
