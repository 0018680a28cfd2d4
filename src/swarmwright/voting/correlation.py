"""Votes on one item that err together: the accuracy differs from item to item as a beta distribution says. Pure.

In the beta-binomial model (Skellam, J. Roy. Statist. Soc. B 10, 1948) an item's own accuracy is drawn from Beta(a, b)
with mean p, and the correlation of two answers to one item is rho = 1 / (a + b + 1). Votes are independent once the
item is given, so its race is a gambler's ruin; what a step fails by is the mean over items. Some items have an
accuracy of one half or less: there votes are wrong however many there are, and their share is a floor under which no
k gets. All integrals are over the logarithm of the odds, where the density is smooth and its logarithm concave.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import msgspec

from swarmwright.voting.checkers import Checker
from swarmwright.voting.integrals import hump, integral
from swarmwright.voting.intervals import log_beta
from swarmwright.voting.sizing import allowed_failure, k_min, odds_to_failure, race_votes, step_failure

MOST_K = 1 << 20
"""A margin that is larger is called none: nobody buys a million votes a step."""
_AS_GOOD_AS_EQUAL = 1e9


def softplus(x: float) -> float:
    """Return ``ln(1 + exp(x))`` without overflow."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


class Voter(msgspec.Struct, frozen=True):
    """How single answers to the items of a class come out.

    ``p`` is the mean probability that a valid answer is right, ``rho`` the correlation of two answers to one item,
    ``valid`` the share of samples that are not flagged, ``checker`` what is asked before the vote.
    """

    p: float
    rho: float = 0.0
    valid: float = 1.0
    checker: Checker = Checker()

    def __post_init__(self) -> None:
        """Refuse what is no probability.

        Raises:
            ValueError: a value outside its range.
        """
        if not 0.0 <= self.p <= 1.0:
            raise ValueError(f"p must be in [0, 1], not {self.p}")
        if not 0.0 <= self.rho <= 1.0:
            raise ValueError(f"rho must be in [0, 1], not {self.rho}")
        if not 0.0 < self.valid <= 1.0:
            raise ValueError(f"the valid share must be in (0, 1], not {self.valid}")

    @property
    def shape(self) -> tuple[float, float] | None:
        """The two parameters of the beta distribution; None where all items are alike, or each all right or wrong."""
        if self.rho in (0.0, 1.0) or self.p in (0.0, 1.0):
            return None
        both = (1.0 - self.rho) / self.rho
        a, b = self.p * both, (1.0 - self.p) * both
        return None if min(a, b) > _AS_GOOD_AS_EQUAL or min(a, b) < 1e-12 else (a, b)

    @property
    def _is_split(self) -> bool:
        """Whether each item is answered always right or always wrong."""
        return self.shape is None and self.rho > 0.5 and 0.0 < self.p < 1.0

    def failure(self, k: int) -> float:
        """Return the probability that a step's race is won by a wrong key.

        Raises:
            ValueError: ``k`` is less than 1.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        if self.checker.is_perfect:
            return 0.0
        if self._is_split:
            return 1.0 - self.p
        if (shape := self.shape) is None:
            return step_failure(self.checker.accuracy(self.p), k)
        density = _density(*shape, self.checker.shift)
        return _mean(lambda u: density(u) - softplus(k * u))

    def floor(self) -> float:
        """Return what ``failure`` comes to for ever larger k: the share of items that votes get wrong.

        An item at exactly one half counts half.
        """
        if self.checker.is_perfect:
            return 0.0
        if self._is_split:
            return 1.0 - self.p
        if (shape := self.shape) is None:
            accuracy = self.checker.accuracy(self.p)
            return 0.5 if accuracy == 0.5 else float(accuracy < 0.5)
        return min(1.0, _mean(_density(*shape, self.checker.shift), highest=0.0))

    def calls(self, k: int) -> float:
        """Return the expected samples of one step; infinite where too many items have next to no right answer.

        Raises:
            ValueError: ``k`` is less than 1, or no answer can ever pass the checker.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        checker, shape = self.checker, self.shape
        passing = 1.0 - checker.false_reject
        if self._is_split:
            return math.inf if checker.is_perfect else k * (self.p / passing + (1.0 - self.p) / checker.false_accept)
        if shape is None:
            accuracy = checker.accuracy(self.p)
            log_odds = math.inf if accuracy == 1.0 else math.log(accuracy / (1.0 - accuracy)) if accuracy else -math.inf
            votes = float(k) if math.isinf(log_odds) else race_votes(log_odds, k)
            return votes / (checker.passing(self.p) * self.valid)
        if checker.is_perfect:
            # One right answer must be drawn for each vote, and the mean of 1/p over Beta(a, b) is known.
            a, b = shape
            return k * (a + b - 1.0) / (a - 1.0) / (passing * self.valid) if a > 1.0 else math.inf
        return (k / passing + self._calls_beyond(k, *shape)) / self.valid

    def _calls_beyond(self, k: int, a: float, b: float) -> float:
        """Return what is asked beyond k answers that pass, in the mean over items: a smooth, falling excess."""
        checker = self.checker
        shift, right = checker.shift, 1.0 - checker.false_reject
        density = _density(a, b, shift)
        lower, mode, upper = hump(lambda u: density(u) - softplus(u))
        top = density(mode)

        def excess(u: float) -> float:
            wrong = odds_to_failure(u - shift)
            per_vote = 1.0 / checker.passing(1.0 - wrong)
            waiting = wrong * (right - checker.false_accept) / right * per_vote
            return math.exp(density(u) - top) * (_votes_beyond(u, k) * per_vote + k * waiting)

        return math.exp(top) * integral(excess, (lower, min(mode, 0.0), 0.0, max(mode, 0.0), upper))

    def k_for(self, steps: int, target: float) -> int | None:
        """Return the least k with which ``steps`` steps all come out right with that probability; None if none does.

        With a mean above one half the failure falls with every k; behind a check it may rise before it falls, but
        never falls before it rises, so one bisection above k = 1 finds the least.

        Raises:
            ValueError: ``steps`` is less than 1 or ``target`` is not in (0, 1).
        """
        allowed = allowed_failure(steps, target)
        if self.shape is None and not self._is_split and not self.checker.is_perfect:
            accuracy = self.checker.accuracy(self.p)
            return k_min(accuracy, steps, target) if accuracy > 0.5 else None
        return least_k(self.failure, self.floor(), allowed)


def least_k(failure: Callable[[int], float], floor: float, allowed: float) -> int | None:
    """Return the least k whose failure is allowed; None where the floor, or MOST_K, is in the way.

    The failure may rise before it falls, so that the ks that are allowed are all from some k on, and perhaps 1.
    """
    if failure(1) <= allowed:
        return 1
    if floor >= allowed:
        return None
    high = 2
    while failure(high) > allowed:
        high *= 2
        if high > MOST_K:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if failure(middle) <= allowed:
            high = middle
        else:
            low = middle
    return high


def _density(a: float, b: float, shift: float) -> Callable[[float], float]:
    """Return the logarithm of the density of an item's log odds behind a check that adds ``shift`` to them."""
    scale = log_beta(a, b)

    def density(u: float) -> float:
        return -a * softplus(shift - u) - b * softplus(u - shift) - scale

    return density


def _mean(logarithm: Callable[[float], float], highest: float = math.inf) -> float:
    """Return the integral of the exponential of a concave function."""
    lower, mode, upper = hump(logarithm, highest)
    top = logarithm(mode)
    edges = {lower, mode, upper} | ({0.0} if lower < 0.0 < upper else set())
    return math.exp(top) * integral(lambda u: math.exp(logarithm(u) - top), edges)


def _votes_beyond(u: float, k: int) -> float:
    """Return the expected votes of a race beyond k, without cancellation where the odds are long."""
    size = abs(u)
    if k == 1 or size > 700.0:
        return 0.0
    if size < 1e-9:
        return float(k * (k - 1))
    return k * max(0.0, 2.0 / math.expm1(size) * math.tanh(k * size / 2.0) - 2.0 * odds_to_failure(k * size))
