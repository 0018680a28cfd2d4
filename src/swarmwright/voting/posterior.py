"""What the votes of a run so far say of a step class's accuracy, and the k that follows for the rest of it. Pure.

Two kinds of evidence are kept apart. *Labelled* votes (checked against a known answer) are plain counts. In a *race*
nobody knows that the winner is right, it is only likely: with n votes and a margin m between two keys the likelihood
of an accuracy p is that of either outcome, ``p^f q^(f-m) + p^(f-m) q^f``. So a run with k = 1 learns nothing from its
races (the first vote always wins), and one with k = 3 learns from how many votes they took, where counting winners as
right would have it believe in an accuracy of 1.
"""

from __future__ import annotations

import math

import msgspec

from swarmwright.voting.correlation import softplus
from swarmwright.voting.integrals import hump, integral
from swarmwright.voting.intervals import beta_quantile
from swarmwright.voting.sizing import k_min

_PRIOR = 0.5
_HALVINGS = 34


class Posterior(msgspec.Struct, frozen=True):
    """Votes seen of one step class. A fold: add votes in any order, the same counts come to the same value.

    ``right`` and ``wrong`` are labelled votes. ``voted`` are all votes of races; ``races`` says how many ended with
    which margin over all rivals together. The prior is that of Jeffreys, Beta(1/2, 1/2); where there were races, it is
    taken that p is above one half, since without that votes cannot tell right from wrong.
    """

    right: int = 0
    wrong: int = 0
    voted: int = 0
    races: tuple[tuple[int, int], ...] = ()

    def with_votes(self, right: int, wrong: int) -> Posterior:
        """Return this with votes whose labels are known, or taken to be: for winners, and against them.

        Winners are only almost surely right. With k of 3 and more and p above 0.9 taking them for right is harmless;
        with small k it is not, and ``with_race`` does better.

        Raises:
            ValueError: a count is negative.
        """
        if min(right, wrong) < 0:
            raise ValueError(f"counts of votes must not be negative, but are {right} and {wrong}")
        return Posterior(self.right + right, self.wrong + wrong, self.voted, self.races)

    def with_race(self, votes_for: int, votes_against: int, times: int = 1) -> Posterior:
        """Return this with ``times`` decided races of that many votes for the winner and for all others.

        Raises:
            ValueError: a count is negative.
        """
        if min(votes_for, votes_against, times) < 0:
            raise ValueError("counts of votes must not be negative")
        seen = dict(self.races)
        margin = abs(votes_for - votes_against)
        seen[margin] = seen.get(margin, 0) + times
        voted = self.voted + times * (votes_for + votes_against)
        return Posterior(self.right, self.wrong, voted, tuple(sorted(seen.items())))

    def lower(self, doubt: float = 0.05) -> float:
        """Return the accuracy that the true one exceeds but for a probability of ``doubt``.

        It costs about a millisecond, ten or twenty with races: ask once in a while, not at every step.

        Raises:
            ValueError: ``doubt`` is not in (0, 1).
        """
        if not 0.0 < doubt < 1.0:
            raise ValueError(f"doubt must be between 0 and 1, not {doubt}")
        if not self.races:
            return beta_quantile(doubt, self.right + _PRIOR, self.wrong + _PRIOR)
        # Over x = -ln(log odds) the half-line of accuracies above one half is the whole line.
        lower, mode, upper = hump(self._density)
        top = self._density(mode)

        def mass(*edges: float) -> float:
            return integral(lambda x: math.exp(self._density(x) - top), edges, 1e-8)

        # Small accuracies have large x; what is summed up to the lower end of the search is kept.
        wanted = (1.0 - doubt) * mass(lower, mode, upper)
        low, high = lower, upper
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            more = mass(low, *((mode,) if low < mode < middle else ()), middle)
            if more < wanted:
                low, wanted = middle, wanted - more
            else:
                high = middle
        return 1.0 / (1.0 + math.exp(-math.exp(-high)))

    def _density(self, x: float) -> float:
        """Return the log density at ``x = -ln(ln(p / q))``, up to a constant."""
        if abs(x) > 700.0:
            return -math.inf
        odds = math.exp(-x)
        total = -(self.right + _PRIOR) * softplus(-odds) - (self.wrong + _PRIOR) * softplus(odds) - x
        # For a race with n votes and margin m: p^f q^a + p^a q^f = (pq)^(n/2) * 2 cosh(m * odds / 2).
        total -= self.voted * _log_cosh(odds)
        return total + sum(times * _log_cosh(margin * odds) for margin, times in self.races)

    def k_for(self, steps_left: int, target: float, doubt: float = 0.05) -> int | None:
        """Return the least k for the steps that are left, at the lower end of the accuracy; None while it is too low.

        None says that the votes so far do not show an accuracy above one half: keep the k that was set.

        Raises:
            ValueError: ``steps_left`` is less than 1, or ``target`` or ``doubt`` is not in (0, 1).
        """
        p = self.lower(doubt)
        return k_min(p, steps_left, target) if p > 0.5 else None


def _log_cosh(odds: float) -> float:
    """Return ``ln(2 cosh(odds / 2))``."""
    return odds / 2.0 + math.log1p(math.exp(-odds))
