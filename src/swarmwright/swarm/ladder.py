"""Which rungs of a ladder are worth taking. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from swarmwright.swarm.values import Rung


def applies(rung: Rung, *, split: bool, refuted: bool, thin: bool) -> bool:
    """Tell whether a rung is worth taking now.

    Args:
        rung: the rung.
        split: survivors disagree, or are too few.
        refuted: some Proposal was refuted.
        thin: little evidence stands behind the specification.
    """
    if rung.kind == "repair" or rung.when == "refuted":
        return refuted
    if rung.when == "thin":
        return thin
    if rung.when == "won":
        return False
    return rung.when == "always" or split


def is_in_vain(rungs: Sequence[Rung], *, margin: int, k: int) -> bool:
    """Tell whether a repair would be for nothing: all votes that are left would not put the leader k ahead.

    Args:
        rungs: the rung that is asked about, and all above it.
        margin: the leader's margin now.
        k: the margin needed.
    """
    if rungs[0].kind != "repair" or not rungs[0].model:
        return False
    most = sum(max(rung.most, rung.count) for rung in rungs if rung.when != "won")
    return margin + most < k
