from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.voting.checkers import Checker
from swarmwright.voting.correlation import Voter, least_k
from swarmwright.voting.integrals import hump, integral, legendre
from swarmwright.voting.intervals import beta_below, beta_quantile, clopper_pearson, log_beta
from swarmwright.voting.pairs import Pairs
from swarmwright.voting.sizing import allowed_failure, k_min, step_failure

SHARES = st.floats(0.02, 0.98)


# The beta function


@given(st.floats(1e-3, 50), st.floats(1e-3, 50))
def test_the_beta_function_is_that_of_gamma(a: float, b: float) -> None:
    plain = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    assert log_beta(a, b) == pytest.approx(plain, rel=1e-10, abs=1e-10)


def test_the_beta_function_keeps_its_digits_where_one_argument_is_large() -> None:
    # B(1, n) = 1 / n and B(2, n) = 1 / (n (n + 1)).
    for n in (25.0, 1e6, 1e12):
        assert log_beta(n, 1.0) == pytest.approx(-math.log(n), rel=1e-13)
        assert log_beta(2.0, n) == pytest.approx(-math.log(n) - math.log(n + 1), rel=1e-13)


@pytest.mark.parametrize(("hits", "of", "share"), [(3, 7, 0.3), (990, 1000, 0.98), (1, 40, 0.001)])
def test_the_incomplete_beta_function_is_a_binomial_tail(hits: int, of: int, share: float) -> None:
    tail = math.fsum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits, of + 1))
    assert beta_below(share, hits, of - hits + 1) == pytest.approx(tail, rel=1e-11)


@given(st.floats(0.001, 0.999), st.floats(0.05, 200), st.floats(0.05, 200))
@settings(deadline=None, max_examples=50)
def test_a_quantile_undoes_the_distribution(below: float, a: float, b: float) -> None:
    x = beta_quantile(below, a, b)
    # So near to 1 no number stands for the quantile; there the next one is all that can be asked.
    if 1e-250 < x < 1 - 1e-9:
        assert beta_below(x, a, b) == pytest.approx(below, rel=1e-6)


def test_an_interval_of_a_million_answers_is_close_to_the_normal_one() -> None:
    low, high = clopper_pearson(997_800, 1_000_000)
    spread = 1.959964 * math.sqrt(0.9978 * 0.0022 / 1e6)
    assert (low, high) == pytest.approx((0.9978 - spread, 0.9978 + spread), abs=2e-6)


@pytest.mark.parametrize(
    "call", [lambda: log_beta(0, 1), lambda: beta_below(math.nan, 1, 1), lambda: beta_quantile(1, 1, 1)]
)
def test_what_has_no_distribution_is_refused(call) -> None:
    with pytest.raises(ValueError, match=r"argument|number|between"):
        call()


# Integrals


def test_gauss_and_legendre_are_exact_for_polynomials() -> None:
    rule = legendre(8)
    for power in range(16):
        wanted = 0.0 if power % 2 else 2.0 / (power + 1)
        assert sum(weight * x**power for x, weight in rule) == pytest.approx(wanted, abs=1e-14)


@pytest.mark.parametrize(("centre", "width"), [(0.0, 1.0), (300.0, 1e-4), (-7.0, 50.0)])
def test_a_hump_is_found_wherever_it_is(centre: float, width: float) -> None:
    def logarithm(x: float) -> float:
        return -(((x - centre) / width) ** 2) / 2

    lower, mode, upper = hump(logarithm)
    assert mode == pytest.approx(centre, abs=width)
    area = integral(lambda x: math.exp(logarithm(x)), (lower, mode, upper))
    assert area == pytest.approx(width * math.sqrt(2 * math.pi), rel=1e-9)


# Items that differ


@given(SHARES, st.floats(1e-4, 0.9))
@settings(deadline=None, max_examples=40)
def test_one_vote_is_right_with_the_mean_accuracy(p: float, rho: float) -> None:
    voter = Voter(p, rho)
    assert voter.failure(1) == pytest.approx(1 - p, rel=1e-7)
    assert voter.calls(1) == pytest.approx(1.0)


@given(st.floats(0.3, 0.99), st.floats(1e-3, 0.9))
@settings(deadline=None, max_examples=40)
def test_the_floor_is_the_share_of_items_at_one_half_and_below(p: float, rho: float) -> None:
    voter = Voter(p, rho)
    a, b = voter.shape or (0.0, 0.0)
    assert voter.floor() == pytest.approx(beta_below(0.5, a, b), rel=1e-6, abs=1e-300)
    assert voter.failure(20_000) == pytest.approx(voter.floor(), rel=0.02, abs=1e-300)


def test_two_votes_ahead_on_uniform_items_are_an_integral_that_can_be_done_by_hand() -> None:
    # Beta(1, 1): the mean of q^2 / (p^2 + q^2) is one half; Beta(2, 1): it is the integral of 2 p q^2 / (p^2 + q^2).
    assert Voter(0.5, 1 / 3).failure(2) == pytest.approx(0.5, rel=1e-9)
    steps = 200_000
    by_hand = statistics.fmean(
        2 * p * (1 - p) ** 2 / (p**2 + (1 - p) ** 2) for p in ((i + 0.5) / steps for i in range(steps))
    )
    assert Voter(2 / 3, 1 / 4).failure(2) == pytest.approx(by_hand, rel=1e-8)


@pytest.mark.parametrize("p", [0.6, 0.9978])
@pytest.mark.parametrize("k", [1, 3, 12])
def test_without_correlation_it_is_the_plain_formula_and_it_is_reached_smoothly(p: float, k: int) -> None:
    assert Voter(p).failure(k) == step_failure(p, k)
    assert Voter(p, 1e-9).failure(k) == pytest.approx(step_failure(p, k), rel=1e-4)
    assert Voter(p, 1e-13).failure(k) == step_failure(p, k)


def test_items_that_are_always_right_or_always_wrong_cannot_be_voted_on() -> None:
    assert Voter(0.9, 1.0).failure(50) == pytest.approx(0.1)
    assert Voter(0.9, 1.0).k_for(10, 0.95) is None
    assert Voter(0.999, 1.0).k_for(10, 0.95) == 1


@given(st.floats(0.2, 0.99), st.floats(1e-3, 0.6), st.floats(0.01, 1.0), st.integers(1, 500))
@settings(deadline=None, max_examples=40)
def test_the_least_k_by_halving_is_the_least_k_by_counting(p: float, rho: float, accept: float, steps: int) -> None:
    voter = Voter(p, rho, 1.0, Checker(accept, 0.0))
    allowed = allowed_failure(steps, 0.9)
    counted = next((k for k in range(1, 30) if voter.failure(k) <= allowed), None)
    found = voter.k_for(steps, 0.9)
    assert found == counted or (counted is None and (found is None or found >= 30))


def test_a_little_correlation_makes_a_million_steps_impossible() -> None:
    assert Voter(0.98, 0.0).k_for(2**20 - 1, 0.95) == k_min(0.98, 2**20 - 1, 0.95)
    assert Voter(0.98, 0.01).k_for(2**20 - 1, 0.95) is not None
    assert Voter(0.98, 0.05).k_for(2**20 - 1, 0.95) is None
    assert Voter(0.5).k_for(10, 0.5) is None


def test_a_k_that_nobody_could_pay_is_none() -> None:
    assert least_k(lambda k: 1.0 / k, 0.0, 1e-9) is None
    assert least_k(lambda k: 1.0 / k, 0.0, 0.01) == 100


# Checkers


def test_a_perfect_checker_needs_one_good_answer() -> None:
    voter = Voter(0.2, 0.0, 0.9, Checker(0.0, 0.1))
    assert voter.k_for(10**9, 0.999999) == 1
    assert voter.calls(1) == pytest.approx(1 / (0.9 * 0.2 * 0.9))


def test_a_check_is_bayes_and_lifts_what_votes_could_not() -> None:
    checker = Checker(0.1, 0.2)
    assert checker.accuracy(0.4) == pytest.approx(0.32 / (0.32 + 0.06))
    assert checker.passing(0.4) == pytest.approx(0.38)
    assert checker.accuracy(checker.break_even) == pytest.approx(0.5)
    assert Voter(0.4).k_for(100, 0.95) is None
    assert Voter(0.4, 0.0, 1.0, checker).k_for(100, 0.95) == k_min(0.32 / 0.38, 100, 0.95)


def test_no_check_changes_nothing() -> None:
    assert Checker().accuracy(0.7) == pytest.approx(0.7)
    assert Checker().passing(0.7) == 1.0
    assert Checker().shift == 0.0


def test_rare_right_answers_on_hard_items_can_cost_without_bound() -> None:
    assert Voter(0.3, 0.5, 1.0, Checker(0.0)).calls(1) == math.inf
    assert Voter(0.9, 1.0, 1.0, Checker(0.0)).calls(1) == math.inf
    # The mean of 1 / p over Beta(9, 1) is 9 / 8.
    assert Voter(0.9, 1 / 11, 1.0, Checker(0.0)).calls(2) == pytest.approx(2 * 9 / 8)


@pytest.mark.parametrize(
    "call",
    [
        lambda: Checker(1.2, 0.0),
        lambda: Checker(0.0, 1.0),
        lambda: Checker(0.9, 0.5),
        lambda: Checker(math.nan),
        lambda: Voter(1.1),
        lambda: Voter(0.9, -0.1),
        lambda: Voter(0.9, 0.1, 0.0),
        lambda: Voter(0.9).failure(0),
        lambda: Voter(0.9, 0.1).calls(0),
        lambda: Pairs(0, 0, 0),
        lambda: Pairs(3, -1, 0),
        lambda: Pairs(3, 1, 0).region(1.0),
    ],
)
def test_impossible_voters_are_refused(call) -> None:
    with pytest.raises(ValueError, match="must"):
        call()


# Pairs


@given(st.floats(0.55, 0.98), st.floats(0.05, 0.9))
def test_pairs_as_the_model_expects_them_give_its_parameters_back(p: float, rho: float) -> None:
    items = 10**9
    both, one = p * p + rho * p * (1 - p), 2 * p * (1 - p) * (1 - rho)
    pairs = Pairs(round(items * both), round(items * one), items - round(items * both) - round(items * one))
    assert pairs.fit() == pytest.approx((p, rho), abs=1e-6)


@pytest.mark.parametrize("counts", [(960, 30, 10), (1000, 0, 0), (900, 0, 100), (99, 1, 0), (0, 0, 3), (50, 50, 0)])
def test_the_region_of_any_counts_lies_in_the_model_and_holds_the_best_fit(counts: tuple[int, int, int]) -> None:
    pairs = Pairs(*counts)
    edge = pairs.region()
    assert all(0 <= p <= 1 and 0 <= rho <= 1 for p, rho in edge)
    p, rho = pairs.fit()
    assert min(e[0] for e in edge) <= p <= max(e[0] for e in edge)
    assert min(e[1] for e in edge) <= rho <= max(e[1] for e in edge)
    assert pairs.items == sum(counts)
    assert pairs.agreeing == counts[0] + counts[2]


def test_no_error_in_a_thousand_pairs_still_leaves_room_for_some() -> None:
    lowest = min(p for p, _ in Pairs(1000, 0, 0).region())
    assert lowest == pytest.approx(1 - 3.0 / 1000, abs=2e-4)
