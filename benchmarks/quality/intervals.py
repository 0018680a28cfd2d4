"""Exact intervals for a share: Clopper and Pearson (Biometrika 26, 1934), by bisection on the binomial tails."""

from __future__ import annotations

import math
from collections.abc import Callable

_STEPS = 60


def upper_tail(hits: int, of: int, share: float) -> float:
    """Return the probability of at least ``hits`` successes in ``of`` trials at that share."""
    if hits <= 0:
        return 1.0
    if share <= 0.0:
        return 0.0
    if share >= 1.0:
        return 1.0
    logs = (_log_term(k, of, share) for k in range(hits, of + 1))
    return min(1.0, math.fsum(math.exp(log) for log in logs))


def _log_term(hits: int, of: int, share: float) -> float:
    choose = math.lgamma(of + 1) - math.lgamma(hits + 1) - math.lgamma(of - hits + 1)
    return choose + hits * math.log(share) + (of - hits) * math.log1p(-share)


def clopper_pearson(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact two-sided interval of a share of which ``hits`` out of ``of`` were seen.

    Raises:
        ValueError: not 0 <= hits <= of, or a confidence outside 0 to 1.
    """
    if not 0 <= hits <= of or not 0.0 < confidence < 1.0:
        raise ValueError(f"no interval for {hits} of {of} at {confidence}")
    tail = (1.0 - confidence) / 2.0
    low = 0.0 if hits == 0 else _crossing(lambda share: upper_tail(hits, of, share) - tail)
    high = 1.0 if hits == of else _crossing(lambda share: upper_tail(hits + 1, of, share) - (1.0 - tail))
    return low, high


def _crossing(rising: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        if rising(middle) < 0.0:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0
