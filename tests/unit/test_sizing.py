from __future__ import annotations

import math

import pytest

from swarmwright.voting.sizing import expected_cost_usd, expected_votes, k_min, run_success, step_success


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
