"""When a majority is broad enough to need no more, and when a lead is too thin to mean anything. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import msgspec

from swarmwright.voting.ballot import Standing


class Majority(msgspec.Struct, frozen=True):
    """How many of the Proposals that could be read must behave like the leader.

    Margins alone count votes, however many Proposals were refuted on the way to them. Measured on recorded runs
    (``docs/design/quality.md``): leaders that few of many share are wrong far more often than their margin says, and
    leaders of a broad majority are right although some dissent.

    ``votes``, ``of_survivors`` and ``of_read`` make a majority *broad*: so many samples, such a share of all votes, and
    such a share of all samples that could be read, refuted ones included. The leader's repairs are no samples. A broad
    majority needs the margin k, and nothing more for rivals or thin evidence.

    A leader whose share of the Proposals that could be read is below ``least_of_read`` is not delivered, whatever its
    margin; here a repair speaks for the leader, and the Proposal that it mends still against it.
    """

    votes: int = 5
    of_survivors: float = 0.7
    of_read: float = 0.5
    least_of_read: float = 0.2

    def is_broad(self, standing: Standing, *, repairs: int, refuted: int) -> bool:
        """Tell whether a majority is broad; ``repairs`` are those among the leader's votes."""
        own = standing.votes - repairs
        return (
            own >= self.votes
            and standing.votes >= self.of_survivors * (standing.votes + standing.others)
            and own >= self.of_read * (own + standing.others + refuted)
        )

    def is_sparse(self, standing: Standing, *, refuted: int) -> bool:
        """Tell whether too few of those that could be read behave like the leader."""
        return standing.votes < self.least_of_read * (standing.votes + standing.others + refuted)


def is_doubted(leader: Hashable, apart: Iterable[int], slots: Sequence[Hashable | None]) -> bool:
    """Tell whether those who read apart vote for other behaviours at least as often as for the leader.

    Votes of one reading of a specification share its errors, however many they are.

    Args:
        leader: the leading key.
        apart: the samples of those who read apart.
        slots: what every sample voted for.
    """
    votes = [key for sample in sorted(apart) if (key := slots[sample]) is not None]
    return 2 * votes.count(leader) <= len(votes) and bool(votes)
