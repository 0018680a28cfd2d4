"""An alarm: wrong votes of one step agree more often than independent votes would. Pure.

Sizing takes votes as independent and wrong ones as agreeing. Under that hypothesis a vote repeats a wrong answer that
its step has already seen with a probability of at most q * c, where q is how often a vote is wrong while its step has
seen no wrong one, and c how likely two wrong answers agree. c = 1 is the worst case that k is sized for, so an alarm
against it says that k is too small. A smaller c (``agreement_of`` the kinds of mistakes over many steps) notices
correlation earlier, also where it does no harm yet.

The test is by universal inference (Wasserman, Ramdas and Balakrishnan, PNAS 117, 2020): the likelihood of what was
seen under two free rates, mixed over Jeffreys' prior, over the highest that the hypothesis allows. Whenever one looks,
and however long, that ratio exceeds 1 / alpha with a probability of at most alpha when the hypothesis is true.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable

import msgspec

from swarmwright.voting.intervals import log_beta


class Collisions(msgspec.Struct, frozen=True):
    """Votes of decided steps, sorted by whether their step had seen a wrong vote before them. A fold.

    ``fresh`` votes had none before them, and ``first`` of these were wrong. ``later`` votes had one, and ``repeated``
    of these gave a wrong answer again that their step had seen. ``alarmed`` stays true once it was.
    """

    fresh: int = 0
    first: int = 0
    later: int = 0
    repeated: int = 0
    alarmed: bool = False
    agreement: float = 1.0
    alpha: float = 1e-3

    def __post_init__(self) -> None:
        """Refuse what is no probability.

        Raises:
            ValueError: ``agreement`` is not in (0, 1] or ``alpha`` is not in (0, 1).
        """
        if not 0.0 < self.agreement <= 1.0:
            raise ValueError(f"agreement must be in (0, 1], not {self.agreement}")
        if not 0.0 < self.alpha < 1.0:
            raise ValueError(f"alpha must be between 0 and 1, not {self.alpha}")

    def with_step(self, votes: Iterable[Hashable | None], winner: Hashable) -> Collisions:
        """Return this with one decided step: its counted votes in the order of sample numbers (None: no vote)."""
        fresh = first = later = repeated = 0
        wrong: set[Hashable] = set()
        for vote in votes:
            if vote is None:
                continue
            if wrong:
                later += 1
                repeated += vote in wrong
            else:
                fresh += 1
                first += vote != winner
            if vote != winner:
                wrong.add(vote)
        changed = msgspec.structs.replace(
            self,
            fresh=self.fresh + fresh,
            first=self.first + first,
            later=self.later + later,
            repeated=self.repeated + repeated,
        )
        if self.alarmed or not repeated or changed.evidence < -math.log(self.alpha):
            return changed
        return msgspec.structs.replace(changed, alarmed=True)

    def with_unanimous(self, steps: int, votes: int) -> Collisions:
        """Return this with steps that had no wrong vote, of that many votes together: the quick way for most steps.

        Raises:
            ValueError: a count is negative.
        """
        if min(steps, votes) < 0:
            raise ValueError("counts of steps and votes must not be negative")
        return msgspec.structs.replace(self, fresh=self.fresh + votes) if steps else self

    @property
    def evidence(self) -> float:
        """The logarithm of the ratio; an alarm is due from ``-ln(alpha)`` on."""
        free = _mixed(self.first, self.fresh) + _mixed(self.repeated, self.later)
        return free - self._allowed_at_most()

    def _allowed_at_most(self) -> float:
        """Return the highest log-likelihood where a repeat is no likelier than ``agreement`` times a first."""
        first = self.first / self.fresh if self.fresh else 0.0
        later = self.repeated / self.later if self.later else 0.0
        if later <= self.agreement * first:
            return _likelihood(self.first, self.fresh, first) + _likelihood(self.repeated, self.later, later)
        # On the edge of the hypothesis the likelihood is concave in the one rate that is left.
        low, high = first, min(1.0, later / self.agreement)
        for _ in range(200):
            one, two = low + (high - low) / 3, high - (high - low) / 3
            low, high = (one, high) if self._on_edge(one) < self._on_edge(two) else (low, two)
            if high - low <= 1e-12 * high:
                break
        return self._on_edge((low + high) / 2)

    def _on_edge(self, rate: float) -> float:
        return _likelihood(self.first, self.fresh, rate) + _likelihood(self.repeated, self.later, rate * self.agreement)


def agreement_of(tally: Iterable[int]) -> float:
    """Return how likely two wrong answers to different steps are of one kind, from the counts of each kind.

    Simpson's index without bias, ``sum n (n-1) / (N (N-1))`` (Simpson, Nature 163, 1949). It is meant for kinds that
    mean the same in every step ("one peg too far"), not for answers that differ from step to step anyway.

    Raises:
        ValueError: fewer than two mistakes were seen.
    """
    counts = list(tally)
    total = sum(counts)
    if total < 2:
        raise ValueError("at least two mistakes must have been seen")
    return sum(count * (count - 1) for count in counts) / (total * (total - 1))


def _mixed(hits: int, of: int) -> float:
    return log_beta(hits + 0.5, of - hits + 0.5) - log_beta(0.5, 0.5)


def _likelihood(hits: int, of: int, rate: float) -> float:
    rate = min(1.0, max(0.0, rate))
    total = 0.0
    if hits:
        total += hits * math.log(rate) if rate else -math.inf
    if of > hits:
        total += (of - hits) * math.log1p(-rate) if rate < 1.0 else -math.inf
    return total
