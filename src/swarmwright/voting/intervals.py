"""Exact bounds of a share that was counted, from the incomplete beta function. Pure; the standard library only.

The function is evaluated by its continued fraction (DLMF 8.17.22, by the method of Lentz); it agrees with the sum of
binomial terms to about twelve digits and takes of the order of sqrt(a + b) terms, so a million counts cost nothing.
"""

from __future__ import annotations

import math

_TINY = 1e-300
_EPSILON = 1e-16
_MOST_TERMS = 1_000_000
_STIRLING_FROM = 20.0


def log_beta(a: float, b: float) -> float:
    """Return the logarithm of the beta function; precise too where one argument is many times the other.

    Raises:
        ValueError: an argument is not positive.
    """
    if not (a > 0.0 and b > 0.0):
        raise ValueError(f"the beta function needs positive arguments, not {a} and {b}")
    small, large = min(a, b), max(a, b)
    if large < _STIRLING_FROM:
        return math.lgamma(small) + math.lgamma(large) - math.lgamma(small + large)
    # The difference of two lgamma of large numbers would lose what matters: Stirling's series is subtracted by hand.
    total = small + large
    ratio = (0.5 - large) * math.log1p(small / large) - small * math.log(total) + small
    return math.lgamma(small) + ratio + _stirling(large) - _stirling(total)


def _stirling(x: float) -> float:
    square = 1.0 / (x * x)
    return (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0))) / x


def beta_below(x: float, a: float, b: float) -> float:
    """Return the probability that a share with the distribution Beta(a, b) is at most ``x``.

    Raises:
        ValueError: ``a`` or ``b`` is not positive, or ``x`` is not a number.
    """
    if math.isnan(x):
        raise ValueError("x must be a number")
    scale = log_beta(a, b)
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - scale)
    # The fraction converges fast below the mean, so the other side is taken from its mirror image.
    if x <= (a + 1.0) / (a + b + 2.0):
        return min(1.0, front / (a * _fraction(x, a, b)))
    return max(0.0, 1.0 - front / (b * _fraction(1.0 - x, b, a)))


def _fraction(x: float, a: float, b: float) -> float:
    value, upper, lower = 1.0, 1.0, 0.0
    for term in range(1, _MOST_TERMS):
        half = term // 2
        if term % 2:
            weight = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            weight = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        lower = 1.0 / ((1.0 + weight * lower) or _TINY)
        upper = (1.0 + weight / upper) or _TINY
        value *= upper * lower
        if abs(upper * lower - 1.0) <= _EPSILON:
            break
    return value


def beta_quantile(below: float, a: float, b: float) -> float:
    """Return the share that a value of Beta(a, b) stays under with probability ``below``.

    Raises:
        ValueError: ``below`` is not in (0, 1), or ``a`` or ``b`` is not positive.
    """
    if not 0.0 < below < 1.0:
        raise ValueError(f"a quantile's probability must be between 0 and 1, not {below}")
    log_beta(a, b)
    low, high = 0.0, 1.0
    while high - low > 1e-15 * high and high > _TINY:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_below(middle, a, b) < below:
            low = middle
        else:
            high = middle
    return high


def clopper_pearson(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact two-sided interval of a share of which ``hits`` out of ``of`` were seen.

    Clopper and Pearson, Biometrika 26 (1934).

    Raises:
        ValueError: not 0 <= hits <= of, or a confidence outside 0 to 1.
    """
    if not 0 <= hits <= of or not 0.0 < confidence < 1.0:
        raise ValueError(f"no interval for {hits} of {of} at {confidence}")
    outside = (1.0 - confidence) / 2.0
    low = 0.0 if hits == 0 else beta_quantile(outside, hits, of - hits + 1)
    return low, 1.0 if hits == of else 1.0 - beta_quantile(outside, of - hits, hits + 1)


def upper_bound(wrong: int, of: int, confidence: float = 0.95) -> float:
    """Return the exact one-sided upper bound of a share of which ``wrong`` out of ``of`` were seen.

    Clopper and Pearson, Biometrika 26 (1934). With none wrong it is about 3 / ``of`` at 95 %.

    Raises:
        ValueError: not 0 <= wrong <= of, or a confidence outside 0 to 1.
    """
    if not 0 <= wrong <= of or of == 0 or not 0.0 < confidence < 1.0:
        raise ValueError(f"no bound for {wrong} of {of} at {confidence}")
    return 1.0 if wrong == of else 1.0 - beta_quantile(1.0 - confidence, of - wrong, wrong + 1)


def upper_tail(hits: int, of: int, share: float) -> float:
    """Return the probability of at least ``hits`` successes in ``of`` trials at that share."""
    if hits <= 0:
        return 1.0
    return 0.0 if hits > of else beta_below(share, hits, of - hits + 1)
