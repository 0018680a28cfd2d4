"""Step classes of one run, and what is known of each. Pure.

What was measured is carried along as the set of accuracies that the measurement allows; every figure is given at the
likeliest and at both ends of that set.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

import msgspec

from swarmwright.voting.correlation import Voter, least_k
from swarmwright.voting.intervals import clopper_pearson
from swarmwright.voting.pairs import Pairs
from swarmwright.voting.sizing import check_steps


class Range(msgspec.Struct, frozen=True):
    """A figure at its likeliest, and the ends between which the measurement leaves it."""

    low: float
    at: float
    high: float


class Prices(msgspec.Struct, frozen=True):
    """What one sample takes."""

    sample_usd: float = 0.0
    tokens: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no price.

        Raises:
            ValueError: a price is negative, infinite or not a number.
        """
        for name, price in (("price of a sample", self.sample_usd), ("number of tokens", self.tokens)):
            if not 0.0 <= price < math.inf:
                raise ValueError(f"the {name} must be a number from 0 on, not {price}")


class StepClass(msgspec.Struct, frozen=True):
    """Steps of one kind: how many, how single answers come out, and what else the measurement allows.

    ``allowed`` are the voters at the edge of what was measured; without any the voter is known exactly.
    """

    name: str
    steps: int
    voter: Voter
    allowed: tuple[Voter, ...] = ()
    prices: Prices = Prices()

    def __post_init__(self) -> None:
        """Refuse a class without steps.

        Raises:
            ValueError: ``steps`` is less than 1, or absurd.
        """
        check_steps(self.steps)

    @property
    def voters(self) -> tuple[Voter, ...]:
        """The likeliest voter and those at the edge."""
        return (self.voter, *self.allowed)

    def failure(self, k: int, *, safe: bool) -> float:
        """Return how often a step fails: at the likeliest, or at the worst that the measurement allows."""
        return max(failure_of(voter, k) for voter in (self.voters if safe else (self.voter,)))

    def floor(self, *, safe: bool) -> float:
        """Return what no k gets a step's failure under."""
        return max(floor_of(voter) for voter in (self.voters if safe else (self.voter,)))

    def failures(self, k: int) -> Range:
        """Return how often a step fails."""
        return range_of(failure_of(self.voter, k), (failure_of(voter, k) for voter in self.allowed))

    def calls(self, k: int) -> Range:
        """Return the expected samples of all steps."""
        return range_of(
            self.steps * calls_of(self.voter, k), (self.steps * calls_of(voter, k) for voter in self.allowed)
        )

    def least_k(self, allowed: float, *, safe: bool) -> int | None:
        """Return the least k with which a step fails no more often than is allowed; None if none does."""
        return least_k(functools.partial(self.failure, safe=safe), self.floor(safe=safe), allowed)


@functools.lru_cache(maxsize=1 << 16)
def failure_of(voter: Voter, k: int) -> float:
    """Return the voter's failure, kept: choosing k asks for the same again and again."""
    return voter.failure(k)


@functools.lru_cache(maxsize=1 << 12)
def floor_of(voter: Voter) -> float:
    """Return the voter's floor, kept."""
    return voter.floor()


@functools.lru_cache(maxsize=1 << 16)
def calls_of(voter: Voter, k: int) -> float:
    """Return the voter's calls, kept."""
    return voter.calls(k)


def range_of(at: float, others: Iterable[float]) -> Range:
    """Return the range of the likeliest figure and all others."""
    all_of = [at, *others]
    return Range(min(all_of), at, max(all_of))


def measured_shares(right: int, of: int, template: Voter, confidence: float) -> tuple[Voter, tuple[Voter, ...]]:
    """Return the voter with the accuracy counted in ``of`` labelled answers, and those at the ends of its interval.

    Raises:
        ValueError: not 0 <= right <= of, or of is 0.
    """
    if not 0 <= right <= of or of < 1:
        raise ValueError(f"{right} of {of} is no count of right answers")
    ends = clopper_pearson(right, of, confidence)
    return _with(template, right / of, template.rho), tuple(_with(template, p, template.rho) for p in ends)


def measured_pairs(pairs: Pairs, template: Voter, confidence: float) -> tuple[Voter, tuple[Voter, ...]]:
    """Return the voter with accuracy and correlation from pairs of labelled answers, and those around it."""
    p, rho = pairs.fit()
    return _with(template, p, rho), tuple(_with(template, *edge) for edge in pairs.region(confidence))


def _with(template: Voter, p: float, rho: float) -> Voter:
    # A share of exactly 0 behind a perfect check has no votes at all; the least that can be told from it has.
    if template.checker.is_perfect:
        p = max(p, 1e-12)
    return Voter(p, rho, template.valid, template.checker)
