"""How large k must be, and what that costs. Pure.

The formulas are those of MAKER: Meyerson et al., "Solving a Million-Step LLM Task with Zero Errors" (2025),
arXiv 2511.09030, section 3.2, which rests on the gambler's ruin: votes are independent, each is right with
probability p, and wrong votes agree with one another (the worst case). Models share misreadings, so real votes are
not independent: these numbers size a race, they are no evidence that its winner is right.
"""

from __future__ import annotations

import math


def _check(p: float, k: int = 1) -> None:
    """Raise ``ValueError`` for a probability that cannot win or a margin that is none."""
    if not 0.5 < p <= 1.0:
        raise ValueError(f"a vote must be right with probability in (0.5, 1], not {p}")
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")


def step_success(p: float, k: int) -> float:
    """Return the probability that the right key wins one race to be ahead by ``k``.

    ``1 / (1 + ((1 - p) / p) ** k)`` (arXiv 2511.09030, equation for p(a_i = a*); gambler's ruin, Feller I, XIV.2).

    Raises:
        ValueError: ``p`` is not in (0.5, 1] or ``k`` is less than 1.
    """
    _check(p, k)
    return 1.0 / (1.0 + ((1.0 - p) / p) ** k)


def run_success(p: float, k: int, steps: int) -> float:
    """Return the probability that all of ``steps`` races are won by the right key: ``step_success ** steps``.

    Raises:
        ValueError: ``p`` is not in (0.5, 1], ``k`` is less than 1 or ``steps`` is negative.
    """
    _check(p, k)
    if steps < 0:
        raise ValueError(f"steps must not be negative, but is {steps}")
    return math.exp(-steps * math.log1p(((1.0 - p) / p) ** k))


def k_min(p: float, steps: int, target: float) -> int:
    """Return the least k with which ``steps`` races are all won by the right key with probability ``target``.

    ``ceil(ln(target ** (-1 / steps) - 1) / ln((1 - p) / p))``, at least 1 (arXiv 2511.09030, equation for k_min;
    it grows as ln(steps)).

    Raises:
        ValueError: ``p`` is not in (0.5, 1], ``steps`` is less than 1 or ``target`` is not in (0, 1).
    """
    _check(p)
    if steps < 1:
        raise ValueError(f"steps must be at least 1, not {steps}")
    if not 0.0 < target < 1.0:
        raise ValueError(f"target must be between 0 and 1, not {target}")
    if p == 1.0:
        return 1
    odds = math.expm1(-math.log(target) / steps)
    # The closed form may land one off through rounding at exact boundaries; the last step corrects it.
    k = max(1, math.ceil(math.log(odds) / math.log((1.0 - p) / p)))
    while k > 1 and run_success(p, k - 1, steps) >= target:
        k -= 1
    while run_success(p, k, steps) < target:
        k += 1
    return k


def expected_votes(p: float, k: int) -> float:
    """Return the expected number of votes of one race between two keys to be ahead by ``k``.

    ``k * (2 * step_success - 1) / (2 * p - 1)``, which is close to ``k / (2 * p - 1)`` (gambler's ruin, expected
    duration, Feller I, XIV.3; arXiv 2511.09030 uses the approximation).

    Raises:
        ValueError: ``p`` is not in (0.5, 1] or ``k`` is less than 1.
    """
    return k * (2.0 * step_success(p, k) - 1.0) / (2.0 * p - 1.0)


def expected_cost_usd(p: float, k: int, steps: int, sample_usd: float, readable: float = 1.0) -> float:
    """Return what ``steps`` races cost: samples needed, each ``sample_usd``, of which ``readable`` are not flagged.

    Raises:
        ValueError: as ``expected_votes``, or ``readable`` is not in (0, 1].
    """
    if not 0.0 < readable <= 1.0:
        raise ValueError(f"the readable share must be in (0, 1], not {readable}")
    return steps * expected_votes(p, k) * sample_usd / readable
