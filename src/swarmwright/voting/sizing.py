"""How large k must be, and what that costs. Pure.

The formulas are those of MAKER: Meyerson et al., "Solving a Million-Step LLM Task with Zero Errors" (2025),
arXiv 2511.09030, section 3.2, which rests on the gambler's ruin: votes are independent, each is right with
probability p, and wrong votes agree with one another (the worst case). Models share misreadings, so real votes are
not independent: these numbers size a race, they are no evidence that its winner is right. What becomes of them
where an item is harder than another is in ``correlation``, behind a check in ``checkers``.

Everything is computed from the logarithm of the odds p / (1 - p), so that a failure of 1e-24 a step is not lost in
a success that rounds to 1.
"""

from __future__ import annotations

import math

MOST_STEPS = 10**18
"""A longer run is refused: nobody has one, and a mistyped number should be noticed."""


def _check(p: float, k: int = 1) -> None:
    """Raise ``ValueError`` for a probability that cannot win or a margin that is none."""
    if not 0.5 < p <= 1.0:
        raise ValueError(f"a vote must be right with probability in (0.5, 1], not {p}")
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")


def check_steps(steps: int) -> None:
    """Refuse a number of steps that no run has.

    Raises:
        ValueError: it is less than 1 or above ``MOST_STEPS``.
    """
    if steps < 1:
        raise ValueError(f"steps must be at least 1, not {steps}")
    if steps > MOST_STEPS:
        raise ValueError(f"steps must be at most {MOST_STEPS:.0e}")


def _check_run(steps: int, target: float) -> None:
    check_steps(steps)
    if not 0.0 < target < 1.0:
        raise ValueError(f"target must be between 0 and 1, not {target}")


def step_failure(p: float, k: int) -> float:
    """Return the probability that the right key loses one race to be ahead by ``k``: ``1 / (1 + (p / (1-p)) ** k)``.

    Any ``p`` from 0 to 1 is allowed; at 0.5 and below more votes make it no better. There is no cancellation: the
    result is as precise where it is 1e-100 as where it is one half.

    Raises:
        ValueError: ``p`` is not in [0, 1] or ``k`` is less than 1.
    """
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"a probability must be in [0, 1], not {p}")
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    if p in (0.0, 1.0):
        return 1.0 - p
    return odds_to_failure(k * math.log(p / (1.0 - p)))


def odds_to_failure(log_odds: float) -> float:
    """Return ``1 / (1 + exp(log_odds))`` without overflow."""
    if log_odds > 0.0:
        against = math.exp(-log_odds)
        return against / (1.0 + against)
    return 1.0 / (1.0 + math.exp(log_odds))


def step_success(p: float, k: int) -> float:
    """Return the probability that the right key wins one race to be ahead by ``k``.

    ``1 / (1 + ((1 - p) / p) ** k)`` (arXiv 2511.09030, equation for p(a_i = a*); gambler's ruin, Feller I, XIV.2).

    Raises:
        ValueError: ``p`` is not in (0.5, 1] or ``k`` is less than 1.
    """
    _check(p, k)
    return 1.0 - step_failure(p, k)


def run_success(p: float, k: int, steps: int) -> float:
    """Return the probability that all of ``steps`` races are won by the right key: ``step_success ** steps``.

    Raises:
        ValueError: ``p`` is not in (0.5, 1], ``k`` is less than 1 or ``steps`` is negative.
    """
    _check(p, k)
    return all_succeed(step_failure(p, k), steps)


def run_failure(p: float, k: int, steps: int) -> float:
    """Return the probability that at least one of ``steps`` races is lost, precise where it is tiny.

    Raises:
        ValueError: as ``run_success``.
    """
    _check(p, k)
    return any_fails(step_failure(p, k), steps)


def expected_wrong(p: float, k: int, steps: int) -> float:
    """Return how many of ``steps`` races are expected to be won by a wrong key: ``steps * step_failure``.

    Raises:
        ValueError: as ``run_success``.
    """
    _check(p, k)
    if steps < 0:
        raise ValueError(f"steps must not be negative, but is {steps}")
    return steps * step_failure(p, k)


def all_succeed(failure: float, steps: int) -> float:
    """Return the probability that none of ``steps`` independent steps fails, each with probability ``failure``.

    Raises:
        ValueError: ``steps`` is negative or ``failure`` is not in [0, 1].
    """
    return math.exp(-_loss(failure, steps))


def any_fails(failure: float, steps: int) -> float:
    """Return the probability that at least one of ``steps`` independent steps fails.

    Raises:
        ValueError: as ``all_succeed``.
    """
    # Adding zero makes a negative zero a plain one.
    return -math.expm1(-_loss(failure, steps)) + 0.0


def _loss(failure: float, steps: int) -> float:
    if steps < 0:
        raise ValueError(f"steps must not be negative, but is {steps}")
    if not 0.0 <= failure <= 1.0:
        raise ValueError(f"a probability must be in [0, 1], not {failure}")
    if failure == 1.0:
        return math.inf if steps else 0.0
    return -steps * math.log1p(-failure)


def allowed_failure(steps: int, target: float) -> float:
    """Return how often one step may fail if ``steps`` of them shall all succeed with probability ``target``.

    Raises:
        ValueError: ``steps`` is less than 1 or ``target`` is not in (0, 1).
    """
    _check_run(steps, target)
    return -math.expm1(math.log(target) / steps)


def k_min(p: float, steps: int, target: float) -> int:
    """Return the least k with which ``steps`` races are all won by the right key with probability ``target``.

    ``ceil(ln(target ** (-1 / steps) - 1) / ln((1 - p) / p))``, at least 1 (arXiv 2511.09030, equation for k_min;
    it grows as ln(steps)).

    Raises:
        ValueError: ``p`` is not in (0.5, 1], ``steps`` is less than 1 or ``target`` is not in (0, 1).
    """
    _check(p)
    _check_run(steps, target)
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


def race_votes(log_odds: float, k: int) -> float:
    """Return the expected votes of one race between two keys, from ``ln(p / (1 - p))``; any sign is allowed."""
    half = abs(log_odds) / 2.0
    if half < 1e-9:
        return float(k * k)
    return k * math.tanh(k * half) / math.tanh(half)


def expected_votes(p: float, k: int) -> float:
    """Return the expected number of votes of one race between two keys to be ahead by ``k``.

    ``k * (2 * step_success - 1) / (2 * p - 1)``, which is close to ``k / (2 * p - 1)`` (gambler's ruin, expected
    duration, Feller I, XIV.3; arXiv 2511.09030 uses the approximation).

    Raises:
        ValueError: ``p`` is not in (0.5, 1] or ``k`` is less than 1.
    """
    _check(p, k)
    return float(k) if p == 1.0 else race_votes(math.log(p / (1.0 - p)), k)


def expected_calls(p: float, k: int, steps: int, valid: float = 1.0) -> float:
    """Return the expected samples of ``steps`` races where a share ``valid`` of the samples is a vote at all.

    Flagged samples are asked for again, so by Wald's identity it is the votes over the valid share. ``p`` is the
    probability that a vote is right, not a sample.

    Raises:
        ValueError: as ``expected_votes``, ``steps`` is negative, or ``valid`` is not in (0, 1].
    """
    if not 0.0 < valid <= 1.0:
        raise ValueError(f"the valid share must be in (0, 1], not {valid}")
    if steps < 0:
        raise ValueError(f"steps must not be negative, but is {steps}")
    return steps * expected_votes(p, k) / valid


def expected_cost_usd(p: float, k: int, steps: int, sample_usd: float, readable: float = 1.0) -> float:
    """Return what ``steps`` races cost: samples needed, each ``sample_usd``, of which ``readable`` are not flagged.

    Raises:
        ValueError: as ``expected_votes``, or ``readable`` is not in (0, 1].
    """
    if not 0.0 < readable <= 1.0:
        raise ValueError(f"the readable share must be in (0, 1], not {readable}")
    return steps * expected_votes(p, k) * sample_usd / readable


def wald_votes(p: float, failure: float) -> float:
    """Return the fewest votes that any sequential rule needs on average to tell p from 1 - p with that failure.

    Wald's lower bound for a test of two simple hypotheses whose errors are both ``failure`` =: e,
    ``(1 - 2e) ln((1 - e) / e) / ((2p - 1) ln(p / (1 - p)))``: what the decision must know over what one vote tells
    (Wald, "Sequential tests of statistical hypotheses", Ann. Math. Statist. 16, 1945; "Sequential Analysis", 1947).
    Between two keys a race to be ahead by k is Wald's own test without overshoot, so it needs exactly this for the
    failure that it has. Against the failure that was *allowed* it needs more, since k is a whole number. Where
    wrong votes differ from one another the race is another one, which fails less often and may take more or fewer
    votes than this.

    Raises:
        ValueError: ``p`` is not in (0.5, 1) or ``failure`` is not in (0, 0.5].
    """
    if not 0.5 < p < 1.0:
        raise ValueError(f"a vote must be right with probability in (0.5, 1), not {p}")
    if not 0.0 < failure <= 0.5:
        raise ValueError(f"the failure must be in (0, 0.5], not {failure}")
    needed = (1.0 - 2.0 * failure) * (math.log1p(-failure) - math.log(failure))
    return needed / ((2.0 * p - 1.0) * math.log(p / (1.0 - p)))


def votes_over_wald(votes: int, decided: int, p: float, failure: float) -> float:
    """Return the votes used to decide so many steps, over Wald's lower bound for the failure that was allowed.

    Raises:
        ValueError: as ``wald_votes``, or nothing was decided.
    """
    if decided < 1:
        raise ValueError(f"at least one step must be decided, not {decided}")
    return votes / (decided * wald_votes(p, failure))
