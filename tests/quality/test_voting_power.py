"""Does voting do what the theory says? Frequencies against the gambler's ruin, with bounds of five standard errors."""

from __future__ import annotations

import math
import random

import pytest

from swarmwright.simulate.crew import RIGHT, SimulatedCrew
from swarmwright.simulate.world import make_id, make_task, simulate
from swarmwright.swarm.values import Policy, Rung
from swarmwright.voting.ballot import first_ahead_by
from swarmwright.voting.sizing import expected_votes, step_success

SIGMAS = 5.0


@pytest.mark.parametrize(("p", "k"), [(0.6, 1), (0.6, 3), (0.7, 2), (0.8, 3), (0.9, 2)])
def test_races_are_lost_as_often_and_last_as_long_as_the_gamblers_ruin_says(p: float, k: int) -> None:
    rng = random.Random(f"{p} {k}")
    races = 8_000
    wins, lengths = 0, []
    for _ in range(races):
        winner, samples = first_ahead_by(iter(lambda: rng.random() < p, None), k)
        wins += winner is True
        lengths.append(samples)
    success = step_success(p, k)
    assert abs(wins / races - success) < SIGMAS * math.sqrt(success * (1 - success) / races)
    mean = sum(lengths) / races
    spread = math.sqrt(sum((length - mean) ** 2 for length in lengths) / races)
    assert abs(mean - expected_votes(p, k)) <= SIGMAS * spread / math.sqrt(races) + 1e-9


@pytest.mark.parametrize(("p", "k"), [(0.7, 2), (0.8, 3)])
def test_the_whole_engine_delivers_wrong_as_often_as_the_theory_says(p: float, k: int) -> None:
    # The worst case of the theory: all wrong votes agree, and no check ever catches one.
    tasks = [make_task(number) for number in range(4_000)]
    crew = SimulatedCrew(
        7, accuracy=p, correlated=1.0, flag_rate=0.0, caught_early=0.0, caught_late=0.0, caught_together=0.0
    )
    policy = Policy((Rung("coder", "m", k, most=400),), k=k, k_spread=0, margin="second")
    history = simulate(tasks, crew, policy=policy)
    decisions = history.decisions().values()
    assert all(decision.delivered for decision in decisions)
    right = sum(crew.key(decision.task, decision.sample) == RIGHT for decision in decisions)
    success = step_success(p, k)
    assert abs(right / len(tasks) - success) < SIGMAS * math.sqrt(success * (1 - success) / len(tasks))
    # Only the missing votes are asked for, so an early lead is never asked past its margin.
    assert crew.asked / len(tasks) == pytest.approx(expected_votes(p, k), rel=0.06)


def test_the_made_up_world_keeps_its_rates() -> None:
    crew = SimulatedCrew(3, accuracy=0.8, correlated=0.25, flag_rate=0.1)
    keys = [crew.key(make_id(number), sample) for number in range(3_000) for sample in range(10)]
    shares = {
        "flagged": (sum(not key for key in keys) / len(keys), 0.1),
        "right": (sum(key == RIGHT for key in keys) / len(keys), 0.9 * 0.8),
        "misread": (sum(key == b"misread" for key in keys) / len(keys), 0.9 * 0.2 * 0.25),
    }
    for name, (seen, wanted) in shares.items():
        assert abs(seen - wanted) < SIGMAS * math.sqrt(wanted * (1 - wanted) / len(keys)), name


def test_checks_and_a_strict_policy_keep_wrong_deliveries_rare() -> None:
    # 55 % right, most errors one shared misreading: votes cannot tell; three of four are caught by a check.
    tasks = [make_task(number) for number in range(2_000)]
    world = {"accuracy": 0.55, "correlated": 0.8, "flag_rate": 0.05}
    policy = Policy((Rung("coder", "m", 3, most=24),), k=3, k_spread=1)

    def wrong(**checks: float) -> tuple[int, int]:
        crew = SimulatedCrew(11, votes=False, **world, **checks)
        decisions = simulate(tasks, crew, policy=policy).decisions().values()
        delivered = [decision for decision in decisions if decision.delivered]
        return sum(crew.key(d.task, d.sample) != RIGHT for d in delivered), len(delivered)

    unchecked, _unchecked_delivered = wrong(caught_early=0.0, caught_late=0.0)
    checked, delivered = wrong(caught_early=0.5, caught_late=0.5)
    assert unchecked > 100
    assert checked <= 0.4 * unchecked
    assert delivered >= 0.7 * len(tasks)
