"""How likely a winner is wrong, judged by what stands behind it: a logistic model fitted on recorded runs. Pure.

The estimate ranks winners and says roughly how often winners like this one were wrong. It is no proof, and it is only
as good as the runs it was fitted on; what those can support at all is said by ``RiskModel.least_supported``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from swarmwright.voting.intervals import upper_bound

_NEWTON_STEPS = 50
_ENOUGH = 1e-9


class Signs(msgspec.Struct, frozen=True):
    """What stands behind a winner, in counts.

    ``votes`` are the proposals that behave like it, ``others`` those that satisfy the specification too and behave
    otherwise, ``refuted`` those that break it or were red-flagged. ``families`` are the models or methods among its
    supporters. ``killed`` and ``different`` are mutants of it that some check noticed, and that none did although
    they behave differently. ``agreed`` and ``against`` are expectations of independent testers; ``slow_agrees``
    and ``slow_differs`` are independent slow versions. ``outcomes`` is how many different results it gave.
    """

    votes: int
    others: int = 0
    refuted: int = 0
    families: int = 1
    examples: int = 0
    contracts: int = 0
    killed: int = 0
    different: int = 0
    agreed: int = 0
    against: int = 0
    slow_agrees: int = 0
    slow_differs: int = 0
    outcomes: int = 0


def features_of(signs: Signs) -> dict[str, float]:
    """Return what the logistic model sees of the signs; each is of the order of one."""
    survivors = signs.votes + signs.others
    mutants = signs.killed + signs.different
    expected = signs.agreed + signs.against
    return {
        "votes": math.log2(1 + signs.votes),
        "dissent": signs.others / survivors if survivors else 1.0,
        "refuted": signs.refuted / (survivors + signs.refuted) if survivors + signs.refuted else 1.0,
        "single family": float(signs.families <= 1),
        "examples": math.log2(1 + signs.examples),
        "contracts": float(signs.contracts > 0),
        "unnoticed mutants": (signs.different + 1) / (mutants + 2),
        "expectations against": (signs.against + 0.5) / (expected + 1) if expected else 0.5,
        "slow version": float(signs.slow_differs > 0) - float(signs.slow_agrees > 0),
        "few outcomes": 1.0 / max(signs.outcomes, 1),
    }


class Reach(msgspec.Struct, frozen=True):
    """What delivering everything with an estimate up to ``risk`` came to, each unit judged by a fit without it."""

    risk: float
    delivered: int
    wrong: int


class RiskModel(msgspec.Struct, frozen=True):
    """A fitted model. ``reach`` is the cross-validated curve of yield against risk, by rising risk."""

    intercept: float
    weights: dict[str, float]
    reach: tuple[Reach, ...] = ()
    source: str = ""

    def estimate(self, signs: Signs) -> float:
        """Return the estimated probability that a winner with these signs is wrong."""
        total = self.intercept
        for name, value in features_of(signs).items():
            total += self.weights.get(name, 0.0) * value
        return _logistic(total)

    def least_supported(self) -> float:
        """Return the smallest share of wrong deliveries that the fitted runs can support at 95 %.

        It is the least upper bound (Clopper and Pearson, one-sided) along the curve; 1.0 without any.
        """
        bounds = [upper_bound(step.wrong, step.delivered) for step in self.reach if step.delivered]
        return min(bounds, default=1.0)


def fit(cases: Sequence[tuple[Signs, bool]], *, ridge: float = 1.0, source: str = "") -> RiskModel:
    """Fit a logistic model with a ridge penalty by Newton's method.

    Args:
        cases: the signs of winners, and whether each was wrong.
        ridge: the penalty on the squared weights (not on the intercept); more makes a flatter model.
        source: what it was fitted on, in words.

    Raises:
        ValueError: there are no cases, or none of them, or all of them, are wrong.
    """
    wrong = sum(bad for _, bad in cases)
    if not 0 < wrong < len(cases):
        raise ValueError(f"nothing can be fitted on {len(cases)} cases of which {wrong} are wrong")
    names = list(features_of(cases[0][0]))
    rows = [[1.0, *features_of(signs).values()] for signs, _ in cases]
    targets = [float(bad) for _, bad in cases]
    weights = [math.log(wrong / (len(cases) - wrong)), *([0.0] * len(names))]
    for _ in range(_NEWTON_STEPS):
        step = _newton_step(rows, targets, weights, ridge)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _ENOUGH:
            break
    return RiskModel(weights[0], dict(zip(names, weights[1:], strict=True)), source=source)


def cross_validated(cases: Sequence[tuple[Signs, bool, str]], *, ridge: float = 1.0) -> tuple[float, ...]:
    """Return for each case its estimate under a fit on all cases of other groups (the third item: the problem)."""
    estimates = []
    fitted: dict[str, RiskModel] = {}
    for signs, _, group in cases:
        if group not in fitted:
            fitted[group] = fit([(s, bad) for s, bad, other in cases if other != group], ridge=ridge)
        estimates.append(fitted[group].estimate(signs))
    return tuple(estimates)


def reach_of(estimates: Sequence[float], wrong: Sequence[bool]) -> tuple[Reach, ...]:
    """Return the curve of what is delivered, and how much of it is wrong, as the allowed risk rises."""
    curve: list[Reach] = []
    bad = 0
    for delivered, (risk, is_wrong) in enumerate(sorted(zip(estimates, wrong, strict=True)), 1):
        bad += is_wrong
        curve.append(Reach(risk, delivered, bad))
    return tuple(curve)


def _newton_step(
    rows: Sequence[Sequence[float]], targets: Sequence[float], weights: Sequence[float], ridge: float
) -> list[float]:
    size = len(weights)
    gradient = [0.0] + [ridge * weight for weight in weights[1:]]
    hessian = [[ridge if i == j and i else 0.0 for j in range(size)] for i in range(size)]
    hessian[0][0] += _ENOUGH
    for row, target in zip(rows, targets, strict=True):
        p = _logistic(math.fsum(w * x for w, x in zip(weights, row, strict=True)))
        for i, x in enumerate(row):
            gradient[i] += (p - target) * x
            scaled = p * (1.0 - p) * x
            for j in range(size):
                hessian[i][j] += scaled * row[j]
    return _solved(hessian, gradient)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a positive definite system by elimination with pivoting."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda r: abs(rows[r][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for below in range(column + 1, size):
            factor = rows[below][column] / rows[column][column]
            rows[below] = [b - factor * a for a, b in zip(rows[column], rows[below], strict=True)]
    solution = [0.0] * size
    for at in reversed(range(size)):
        known = math.fsum(rows[at][j] * solution[j] for j in range(at + 1, size))
        solution[at] = (rows[at][size] - known) / rows[at][at]
    return solution


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))
