"""Why a Task is undecided, in one sentence each. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from swarmwright.ledger.events import IDLE, OFFERED
from swarmwright.swarm.majority import Majority
from swarmwright.voting.ballot import Standing

ONLY_REPAIRS = "only repaired proposals support the winner, and none that was right at once"
SPARSE = "too few of the proposals behave like the leader: most were refuted"
OPPOSED = "what was found by search satisfies the specification, too, and behaves otherwise: an example would settle it"
DOUBTED = "those who were asked apart, without the function's name, found another behaviour at least as often"


def lacks(standing: Standing, majority: Majority | None, *, repairs: int, refuted: int, opposed: bool) -> str:
    """Return what a leader with enough votes lacks; nothing where it may be verified.

    Args:
        standing: how the race stands.
        majority: what is asked of the votes beside their margin.
        repairs: how many of the leader's votes are repairs.
        refuted: how many Proposals were refuted.
        opposed: whether a find that votes behaves otherwise.
    """
    if repairs and repairs == standing.votes:
        return ONLY_REPAIRS
    if majority is not None and majority.is_sparse(standing, refuted=refuted):
        return SPARSE
    return OPPOSED if opposed else ""


def verified(margin: int, votes: int) -> str:
    """Return the reason why a winner is delivered that was verified at length."""
    return f"ahead by {margin} with {votes} votes, and verified"


def outright(margin: int, votes: int) -> str:
    """Return the reason why an answer is decided by votes alone."""
    return f"ahead by {margin} with {votes} votes"


def unreachable(failure: str) -> str:
    """Return the reason where no sample could be had."""
    return f"the model could not be asked: {failure}"


def without_votes(refuted: int, flags: Mapping[str, int]) -> str:
    """Return the reason where no proposal survived; ``flags`` counts the red flags by name."""
    flags = {name: count for name, count in flags.items() if name not in (OFFERED, IDLE)}
    flagged = sum(flags.values())
    if not refuted and not flagged:
        return "there was no proposal"
    common = max(flags, key=flags.__getitem__) if flags else ""
    if not refuted:
        return f"no proposal was readable ({flagged} red-flagged, most often: {common})"
    also = f", {flagged} more red-flagged (most often: {common})" if flagged else ""
    return f"every proposal was refuted ({refuted} refuted{also})"


def outvoted(tally: Mapping[Hashable, int], standing: Standing, needed: int) -> str:
    """Return the reason where survivors disagree or are too few; ``needed`` is the margin that was missed."""
    if not standing.rivals:
        return f"{standing.votes} of {needed} votes needed"
    votes = " to ".join(str(count) for count in tally.values())
    return f"{len(tally)} behaviours satisfy the specification, with {votes} votes; a margin of {needed} was needed"


def depends(names: Iterable[str]) -> str:
    """Return the reason where Tasks it needs are undecided."""
    return f"depends on {', '.join(names)}"


def lawless(broken: Iterable[str]) -> str:
    """Return the reason where a group's Laws cannot all be kept."""
    return f"no combination of survivors keeps {', '.join(broken)}"


def risky(risk: float, allowed: float) -> str:
    """Say that a verified winner is too likely wrong."""
    return f"its estimated risk of being wrong is {risk:.1%}, and {allowed:.1%} is allowed"
