"""Trails: while a search runs, productions of agents that are right on surprisingly many examples become cheaper.

That is just-in-time learning as in Probe (Barke, Peleg and Polikarpova, "Just-in-time learning for bottom-up
enumerative synthesis", OOPSLA 2020): partial solutions raise the weight of their productions, by the share of the
examples on which they are right. Here nothing begins anew; what a cheaper production would have made before is made up
for, and a trail that is not renewed at a later cost evaporates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from swarmwright.colony.inside.branches import Piece
from swarmwright.colony.inside.writing import Writer

if TYPE_CHECKING:
    from swarmwright.colony.inside.search import Search

FROM_AGENTS = 50_000
"""Trails are laid once so many agents were tried: small problems need none."""
KEPT = 6
"""Partial solutions that lay trails, the most surprising ones."""
_SURPRISING = 2.0
_MOST = 0.5


def lay_trails(search: Search) -> dict[str, int]:
    """Return by how much productions become cheaper, by name: 1, or 2 where at least half of the examples are met."""
    count = len(search.problem.wanted)
    best = sorted(_partial(search), key=lambda one: (-one[0], one[1].cost, one[1].mask))[:KEPT]
    found: dict[str, int] = {}
    for _, piece in best:
        strength = 2 if piece.mask.bit_count() >= _MOST * count else 1
        for name in Writer(search.bank, search.problem.names).trail(piece.what):
            found[name] = max(found.get(name, 0), strength)
    return found


def _partial(search: Search) -> Iterator[tuple[float, Piece]]:
    """Yield what is right on some examples, not on one alone, and more than chance explains, in bits."""
    for piece in search.branches.terms():
        if not isinstance(piece.what, str) and piece.mask.bit_count() > 1:
            bits = search.surprise_on(piece.what, piece.mask)
            if bits >= _SURPRISING:
                yield bits, piece
