"""The risk of a winner: the fit finds what was planted, the bounds are the exact ones."""

import random

import pytest

from swarmwright.voting.intervals import upper_bound
from swarmwright.voting.risk import RiskModel, Signs, cross_validated, features_of, fit, reach_of


def _planted(count: int, seed: int) -> list[tuple[Signs, bool, str]]:
    """Winners that are the likelier wrong the fewer their votes and the more their dissent."""
    random_ = random.Random(seed)
    cases = []
    for number in range(count):
        signs = Signs(
            votes=random_.randint(1, 20),
            others=random_.randint(0, 10),
            refuted=random_.randint(0, 20),
            examples=random_.randint(1, 9),
            killed=random_.randint(0, 20),
            different=random_.randint(0, 5),
            outcomes=random_.randint(1, 50),
        )
        dissent = features_of(signs)["dissent"]
        wrong = random_.random() < min(0.95, 0.9 * dissent + 0.3 / signs.votes)
        cases.append((signs, wrong, f"p{number % 10}"))
    return cases


def test_the_fit_finds_what_makes_winners_wrong() -> None:
    model = fit([(signs, wrong) for signs, wrong, _ in _planted(800, 1)])
    assert model.weights["dissent"] > 1.0
    assert model.weights["votes"] < 0.0
    assert abs(model.weights["contracts"]) < 0.3
    assert model.estimate(Signs(votes=20)) < 0.25 < 0.6 < model.estimate(Signs(votes=2, others=10))


def test_cross_validated_estimates_are_calibrated_on_what_they_never_saw() -> None:
    cases = _planted(500, 2)
    estimates = cross_validated(cases)
    low = [wrong for estimate, (_, wrong, _) in zip(estimates, cases, strict=True) if estimate < 0.2]
    high = [wrong for estimate, (_, wrong, _) in zip(estimates, cases, strict=True) if estimate > 0.5]
    assert sum(low) / len(low) < 0.2 < 0.5 < sum(high) / len(high)
    curve = reach_of(estimates, [wrong for _, wrong, _ in cases])
    assert curve[-1].delivered == len(cases)
    assert [step.risk for step in curve] == sorted(step.risk for step in curve)


def test_nothing_can_be_fitted_on_winners_that_are_all_right() -> None:
    with pytest.raises(ValueError, match="nothing can be fitted on 2 cases of which 0 are wrong"):
        fit([(Signs(3), False), (Signs(4), False)])


@pytest.mark.parametrize(
    ("wrong", "of", "bound"), [(0, 60, 0.0487), (1, 60, 0.0766), (0, 14, 0.1926), (3, 3, 1.0), (0, 1, 0.95)]
)
def test_the_bound_is_clopper_and_pearsons(wrong: int, of: int, bound: float) -> None:
    assert upper_bound(wrong, of) == pytest.approx(bound, abs=1e-4)


def test_what_the_runs_support_is_the_best_bound_along_the_curve() -> None:
    curve = reach_of([0.01] * 60 + [0.5], [False] * 60 + [True])
    model = RiskModel(0.0, {}, curve)
    assert model.least_supported() == pytest.approx(0.0487, abs=1e-4)
    assert RiskModel(0.0, {}).least_supported() == 1.0


def test_signs_of_nothing_are_of_the_order_of_one() -> None:
    for value in features_of(Signs(votes=0)).values():
        assert 0.0 <= abs(value) <= 1.0
