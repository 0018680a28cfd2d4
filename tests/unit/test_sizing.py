from __future__ import annotations

import math
from fractions import Fraction

import pytest

from swarmwright.voting.sizing import (
    allowed_failure,
    any_fails,
    expected_calls,
    expected_cost_usd,
    expected_votes,
    expected_wrong,
    k_min,
    run_failure,
    run_success,
    step_failure,
    step_success,
    votes_over_wald,
    wald_votes,
)
from swarmwright.voting.worlds import STEPS, TARGET, WORLDS, World, find_world


def test_one_vote_is_as_good_as_its_voter() -> None:
    assert step_success(0.8, 1) == pytest.approx(0.8)
    assert expected_votes(0.8, 1) == pytest.approx(1.0)


def test_the_papers_million_steps_need_k_of_three_or_four() -> None:
    # 2 ** 20 - 1 steps, the paper's Towers of Hanoi with 20 disks; at 99.8 % right per vote k = 3 suffices.
    assert k_min(0.998, 2**20 - 1, 0.95) == 3
    assert k_min(0.99, 2**20 - 1, 0.95) == 4


def test_k_min_is_the_least_that_reaches_the_target() -> None:
    for p in (0.55, 0.6, 0.75, 0.9, 0.99, 0.9999):
        for steps in (1, 10, 1_000, 1_000_000):
            for target in (0.5, 0.9, 0.999):
                k = k_min(p, steps, target)
                assert run_success(p, k, steps) >= target
                assert k == 1 or run_success(p, k - 1, steps) < target


def test_a_perfect_voter_needs_one_vote_a_margin() -> None:
    assert k_min(1.0, 10**9, 0.999) == 1
    assert expected_votes(1.0, 3) == pytest.approx(3.0)
    assert run_success(1.0, 1, 10**9) == 1.0


def test_expected_votes_come_close_to_the_papers_approximation() -> None:
    assert expected_votes(0.9, 5) == pytest.approx(5 / 0.8, rel=1e-3)


def test_cost_grows_with_flags() -> None:
    clean = expected_cost_usd(0.9, 3, 1000, 0.001)
    assert clean == pytest.approx(1000 * expected_votes(0.9, 3) * 0.001)
    assert expected_cost_usd(0.9, 3, 1000, 0.001, readable=0.5) == pytest.approx(2 * clean)


@pytest.mark.parametrize(
    "call",
    [
        lambda: step_success(0.5, 3),
        lambda: step_success(1.1, 3),
        lambda: step_success(math.nan, 3),
        lambda: step_success(0.9, 0),
        lambda: run_success(0.9, 3, -1),
        lambda: k_min(0.9, 0, 0.9),
        lambda: k_min(0.9, 10, 1.0),
        lambda: k_min(0.4, 10, 0.9),
        lambda: expected_votes(0.2, 1),
        lambda: expected_cost_usd(0.9, 3, 1, 1.0, readable=0.0),
    ],
)
def test_impossible_numbers_are_refused(call) -> None:
    with pytest.raises(ValueError, match="must"):
        call()


# Without cancellation


@pytest.mark.parametrize("k", [1, 3, 10, 100])
@pytest.mark.parametrize("p", [0.5000001, 0.75, 0.995, 0.9999999])
def test_a_failure_is_as_precise_as_exact_fractions_say(p: float, k: int) -> None:
    exact = 1 / (1 + (Fraction(p) / (1 - Fraction(p))) ** k)
    assert step_failure(p, k) == pytest.approx(float(exact), rel=1e-12, abs=0.0)
    assert run_failure(p, k, 1) == pytest.approx(float(exact), rel=1e-12, abs=0.0)


def test_failures_stay_visible_beside_successes_that_round_to_one() -> None:
    assert run_success(0.999, 8, 10**9) == pytest.approx(1.0)
    assert run_failure(0.999, 8, 10**9) == pytest.approx(10**9 * (1 / 999) ** 8, rel=1e-9)
    assert step_failure(1.0, 3) == 0.0
    assert step_failure(0.0, 3) == 1.0
    assert step_failure(0.5, 77) == 0.5
    assert step_failure(0.4, 5) > 0.4


def test_four_votes_ahead_are_not_enough_for_a_billion_steps_and_ten_are() -> None:
    assert expected_wrong(0.995, 4, 10**9) == pytest.approx(0.6377, abs=1e-4)
    assert run_failure(0.995, 4, 10**9) == pytest.approx(0.4715, abs=1e-4)
    assert run_failure(0.995, 10, 10**9) == pytest.approx(1.027e-14, rel=1e-3)
    assert run_failure(0.995, 9, 10**9) > 1e-12 > run_failure(0.995, 10, 10**9)
    assert k_min(0.995, 10**9, 1 - 1e-12) == 10


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_the_published_k_of_every_world_comes_out_of_our_formula(world: World) -> None:
    assert k_min(world.p, STEPS, TARGET) == world.k
    assert find_world(world.name.upper()) is world


def test_a_world_that_nobody_published_is_refused() -> None:
    with pytest.raises(ValueError, match="no world is named nowhere; there are gpt"):
        find_world("nowhere")


def test_calls_grow_with_flags() -> None:
    assert expected_calls(0.9, 3, 1000) == pytest.approx(1000 * expected_votes(0.9, 3))
    assert expected_calls(0.9, 3, 1000, valid=0.8) == pytest.approx(1250 * expected_votes(0.9, 3))


# Wald


@pytest.mark.parametrize(("p", "k"), [(0.55, 1), (0.7, 4), (0.9978, 3)])
def test_a_race_between_two_keys_needs_exactly_walds_bound_for_the_failure_it_has(p: float, k: int) -> None:
    assert wald_votes(p, step_failure(p, k)) == pytest.approx(expected_votes(p, k), rel=1e-12)


def test_against_the_failure_that_is_allowed_a_whole_k_needs_a_little_more() -> None:
    allowed = allowed_failure(STEPS, TARGET)
    votes = expected_votes(0.9978, 3)
    ratio = votes_over_wald(round(1000 * votes), 1000, 0.9978, allowed)
    assert ratio == pytest.approx(3 / 2.7518, rel=1e-3)
    assert wald_votes(0.9978, allowed) < votes


@pytest.mark.parametrize(
    "call",
    [
        lambda: step_failure(-0.1, 3),
        lambda: step_failure(math.nan, 3),
        lambda: step_failure(0.9, 0),
        lambda: expected_wrong(0.9, 3, -1),
        lambda: expected_calls(0.9, 3, 10, valid=0.0),
        lambda: expected_calls(0.9, 3, -1),
        lambda: any_fails(1.1, 3),
        lambda: allowed_failure(10**19, 0.9),
        lambda: wald_votes(1.0, 0.1),
        lambda: wald_votes(0.9, 0.6),
        lambda: votes_over_wald(3, 0, 0.9, 0.1),
    ],
)
def test_impossible_numbers_are_refused_here_too(call) -> None:
    with pytest.raises(ValueError, match="must"):
        call()
