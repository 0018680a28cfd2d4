"""Do simulated ballots do what the sizing formulas say, and would an error of five percent in a formula be seen?

Every comparison is of a mean of independent races against a formula, with a bound of ``SIGMAS`` = 4 standard errors. If
the formulas hold one bound is crossed with a probability of 6e-5, and any of the twenty with 0.0013; with fixed seeds
it is crossed now or never. The number of races is such that the bound is at most 3 % of what is compared, which is
asserted: then a formula that is 5 % off is noticed but for a probability of 0.004.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import pytest

from swarmwright.voting.ballot import Ballot, first_ahead_by
from swarmwright.voting.checkers import Checker
from swarmwright.voting.collisions import Collisions
from swarmwright.voting.correlation import Voter
from swarmwright.voting.pairs import Pairs
from swarmwright.voting.posterior import Posterior
from swarmwright.voting.sizing import expected_votes, k_min, run_success, step_failure, wald_votes

SIGMAS = 4.0
ERROR = 0.05
SHARP = 0.6 * ERROR
MOST = 4_000


def race(rng: random.Random, voter: Voter, k: int, p: float) -> tuple[bool, int]:
    """One race on an item of accuracy p, counted by the product's own rule: whether a wrong key won, after how many."""

    def sample() -> bool | None:
        if rng.random() >= voter.valid:
            return None
        right = rng.random() < p
        accepts = 1.0 - voter.checker.false_reject if right else voter.checker.false_accept
        return right if rng.random() < accepts else None

    # A key that says whether it is right makes all wrong votes agree: the worst case that is sized for.
    found = first_ahead_by((sample() for _ in range(10**9)), k)
    assert found is not None
    return not found[0], found[1]


def item(rng: random.Random, voter: Voter) -> float:
    return rng.betavariate(*voter.shape) if voter.shape else voter.p


def agrees(values: Sequence[float], wanted: float, *, sharp: bool = True) -> None:
    mean = math.fsum(values) / len(values)
    error = math.sqrt(math.fsum((value - mean) ** 2 for value in values)) / len(values)
    bound = SIGMAS * max(error, 1e-12)
    assert not sharp or bound < SHARP * wanted, f"{bound} is no test of {wanted} to five percent"
    assert abs(mean - wanted) < bound, f"{mean} instead of {wanted}, {abs(mean - wanted) / error:.1f} standard errors"


CASES = {
    "plain, one vote": (Voter(0.6), 1, 30_000),
    "plain": (Voter(0.56), 3, 42_000),
    "plain, short races": (Voter(0.63), 2, 56_000),
    "flags": (Voter(0.6, valid=0.6), 2, 44_000),
    "flags and a checker": (Voter(0.5, valid=0.8, checker=Checker(0.6, 0.1)), 2, 44_000),
    "a checker where votes alone are wrong": (Voter(0.3, checker=Checker(0.3, 0.1)), 2, 52_000),
    "correlation": (Voter(0.7, rho=0.2), 3, 72_000),
    "little correlation": (Voter(0.65, rho=0.02), 2, 62_000),
    "correlation, flags and a checker": (Voter(0.5, rho=0.1, valid=0.9, checker=Checker(0.5, 0.1)), 2, 52_000),
}


@pytest.mark.parametrize("name", CASES)
def test_races_fail_as_often_and_cost_as_much_as_the_formulas_say(name: str) -> None:
    voter, k, races = CASES[name]
    rng = random.Random(f"sizing {name}")
    lost, calls = zip(*(race(rng, voter, k, item(rng, voter)) for _ in range(races)), strict=True)
    agrees(lost, voter.failure(k))
    if len(set(calls)) == 1:
        assert calls[0] == voter.calls(k)
    else:
        agrees(calls, voter.calls(k))


def test_a_formula_that_is_five_percent_off_would_be_caught() -> None:
    voter, k, races = CASES["plain"]
    rng = random.Random("sizing off")
    lost = [race(rng, voter, k, 0.6)[0] for _ in range(races)]
    for factor in (1 - ERROR, 1 + ERROR):
        with pytest.raises(AssertionError, match="standard errors"):
            agrees(lost, factor * voter.failure(k), sharp=False)


def test_whole_runs_succeed_as_often_as_predicted() -> None:
    p, steps, runs = 0.9, 40, 4_000
    k = k_min(p, steps, 0.9)
    rng = random.Random("whole runs")
    voter = Voter(p)
    won = [all(not race(rng, voter, k, p)[0] for _ in range(steps)) for _ in range(runs)]
    agrees(won, run_success(p, k, steps))


def test_races_of_two_keys_take_what_walds_bound_says() -> None:
    rng = random.Random("wald")
    voter = Voter(0.65)
    agrees([race(rng, voter, 3, 0.65)[1] for _ in range(20_000)], wald_votes(0.65, step_failure(0.65, 3)))


@pytest.mark.parametrize(("p", "k", "longer"), [(0.6, 2, True), (0.9, 3, False)])
def test_wrong_answers_that_differ_fail_less_often_than_sized_for(p: float, k: int, longer: bool) -> None:
    rng = random.Random("varied")
    races = 20_000
    lost = votes = 0
    for _ in range(races):
        found = first_ahead_by((0 if rng.random() < p else rng.randint(1, 5) for _ in range(10**6)), k)
        assert found is not None
        lost += found[0] != 0
        votes += found[1]
    assert lost / races < 0.7 * step_failure(p, k)
    # Neither more votes nor fewer is the rule: where answers are often wrong a wrong key ends races early.
    assert (votes / races > expected_votes(p, k)) == longer


# The order of arrival


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_arrival_changes_no_decision(seed: int) -> None:
    rng = random.Random(seed)
    votes = [rng.choice(("a", "a", "b", "c", None)) for _ in range(60)]
    by_number = first_ahead_by(votes, 3)
    for _ in range(5):
        ballot = Ballot()
        ballot.extend(len(votes))
        arrivals = list(range(len(votes)))
        rng.shuffle(arrivals)
        decided = None
        for sample in arrivals:
            ballot.resolve(sample, votes[sample])
            now = first_ahead_by(ballot.counted(), 3)
            # Once decided, later arrivals change nothing.
            assert decided is None or now == decided
            decided = decided or now
        assert decided == by_number


# What is learned from a run


def coverage(holds: Callable[[random.Random], bool], of: int, seed: str) -> int:
    rng = random.Random(seed)
    return sum(holds(rng) for _ in range(of))


@pytest.mark.parametrize(("p", "rho", "items"), [(0.8, 0.2, 300), (0.95, 0.3, 500), (0.97, 0.02, 800)])
def test_the_region_of_pairs_holds_the_truth_as_often_as_it_says(p: float, rho: float, items: int) -> None:
    truth = Voter(p, rho)
    wanted = truth.failure(3)

    def holds(rng: random.Random) -> bool:
        right = [sum(rng.random() < mine for _ in range(2)) for mine in (item(rng, truth) for _ in range(items))]
        edge = Pairs(right.count(2), right.count(1), right.count(0)).region()
        found = [Voter(*each).failure(3) for each in edge[::4]]
        return min(found) <= wanted <= max(found)

    # At 95 % fewer than 24 of 30 happen with a probability of 6e-4.
    assert coverage(holds, 30, f"pairs {p} {rho}") >= 24


@pytest.mark.parametrize(("p", "k", "races"), [(0.7, 2, 300), (0.9, 3, 400), (0.99, 2, 1_000)])
def test_the_lower_end_learned_from_races_lies_below_the_truth_as_often_as_it_says(
    p: float, k: int, races: int
) -> None:
    voter = Voter(p)

    def holds(rng: random.Random) -> bool:
        seen = Posterior()
        for _ in range(races):
            _, votes = race(rng, voter, k, p)
            seen = seen.with_race((votes + k) // 2, (votes - k) // 2)
        return seen.lower(0.05) <= p

    # At 95 % fewer than 42 of 50 happen with a probability of 8e-4.
    assert coverage(holds, 50, f"posterior {p}") >= 42


# The alarm


def steps_to_alarm(rng: random.Random, *, error: float, misread: float, at: float, k: int = 3, most: int = MOST) -> int:
    """Return after how many steps the alarm comes (``most``: never); a share ``misread`` of items errs with ``at``."""
    seen = Collisions()
    for number in range(most):
        wrong = at if rng.random() < misread else error
        votes = [rng.random() < wrong]
        while abs(2 * sum(votes) - len(votes)) < k:
            votes.append(rng.random() < wrong)
        winner = 2 * sum(votes) > len(votes)
        seen = seen.with_step(votes, winner) if any(votes) else seen.with_unanimous(1, len(votes))
        if seen.alarmed:
            return number
    return most


@pytest.mark.parametrize("error", [0.01, 0.1, 0.3])
def test_independent_errors_raise_no_alarm(error: float) -> None:
    rng = random.Random(f"quiet {error}")
    alarms = sum(steps_to_alarm(rng, error=error, misread=0.0, at=0.5, most=800) < 800 for _ in range(40))
    # It is at most one in a thousand by construction: more than one of 40 has a probability of 8e-4.
    assert alarms <= 1


@pytest.mark.parametrize(("error", "misread"), [(0.01, 0.01), (0.05, 0.03), (0.002, 0.01)])
def test_items_that_are_misread_raise_the_alarm(error: float, misread: float) -> None:
    rng = random.Random(f"loud {error} {misread}")
    waits = sorted(steps_to_alarm(rng, error=error, misread=misread, at=0.4) for _ in range(15))
    assert waits[len(waits) // 2] < MOST // 2
    assert sum(wait < MOST for wait in waits) >= 12
