from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swarmwright.voting.collisions import Collisions, agreement_of
from swarmwright.voting.intervals import beta_quantile
from swarmwright.voting.posterior import Posterior
from swarmwright.voting.sizing import expected_votes, k_min

RACES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6)


# The posterior


def test_labelled_votes_are_a_beta_posterior() -> None:
    assert Posterior(99, 1).lower(0.05) == pytest.approx(beta_quantile(0.05, 99.5, 1.5))
    assert Posterior().with_votes(60, 1).with_votes(39, 0) == Posterior(99, 1)


def test_k_follows_from_the_lower_end_and_grows_with_the_steps_left() -> None:
    seen = Posterior(9_978, 22)
    assert seen.k_for(2**20 - 1, 0.95) == k_min(seen.lower(), 2**20 - 1, 0.95)
    ks = [seen.k_for(10**power, 0.95) or 0 for power in range(0, 12, 2)]
    assert ks == sorted(ks)
    assert ks[-1] > ks[0]


def test_too_few_votes_say_nothing() -> None:
    assert Posterior().k_for(100, 0.9) is None
    assert Posterior(1, 1).k_for(100, 0.9) is None


@given(RACES)
def test_the_order_of_races_does_not_matter(races: list[tuple[int, int]]) -> None:
    forward, backward = Posterior(), Posterior()
    for race in races:
        forward = forward.with_race(*race)
    for race in reversed(races):
        backward = backward.with_race(*race)
    assert forward == backward


def test_races_with_a_margin_of_one_teach_nothing() -> None:
    one, many = Posterior().with_race(1, 0), Posterior().with_race(1, 0, times=100_000)
    assert one.lower() == pytest.approx(many.lower(), rel=1e-6)
    assert many.lower() < 0.6
    # Where all winners are taken for right the same votes look like proof.
    assert Posterior(100_000, 0).lower() > 0.9999


@pytest.mark.parametrize(("p", "k"), [(0.6, 3), (0.9, 2), (0.9978, 3)])
def test_the_length_of_races_tells_the_accuracy(p: float, k: int) -> None:
    races = 100_000
    against = round(races * (expected_votes(p, k) - k) / 2)
    seen = Posterior().with_race(k, 0, times=races).with_race(against, against, times=0)
    seen = Posterior(0, 0, seen.voted + 2 * against, seen.races)
    assert seen.lower(0.5) == pytest.approx(p, abs=0.002)
    assert seen.lower(0.05) < p < seen.lower(0.95)


def test_labelled_votes_and_races_come_together() -> None:
    races = Posterior().with_race(3, 0, times=50).with_race(4, 1, times=2)
    assert races.races == ((3, 52),)
    assert races.with_votes(500, 0).lower() > races.lower()
    assert races.with_votes(0, 20).lower() < races.lower()


@pytest.mark.parametrize(
    "call",
    [
        lambda: Posterior().with_votes(-1, 0),
        lambda: Posterior().with_race(1, -1),
        lambda: Posterior().lower(0.0),
        lambda: Posterior(10).k_for(0, 0.9),
        lambda: Collisions(agreement=0.0),
        lambda: Collisions(alpha=1.0),
        lambda: Collisions().with_unanimous(1, -1),
        lambda: agreement_of([1]),
    ],
)
def test_impossible_counts_are_refused(call) -> None:
    with pytest.raises(ValueError, match="must"):
        call()


# Collisions


def test_votes_are_sorted_by_what_their_step_had_seen() -> None:
    seen = Collisions().with_step(["a", None, "b", "a", "b", "c", "a", "a"], "a")
    # Fresh: a, b (wrong). After it: a, b (repeated), c, a, a.
    assert (seen.fresh, seen.first, seen.later, seen.repeated) == (2, 1, 5, 1)
    assert Collisions().with_unanimous(2, 6) == Collisions().with_step("aaa", "a").with_step("bbb", "b")


def test_one_repetition_is_no_alarm_and_many_among_rare_errors_are() -> None:
    seen = Collisions().with_unanimous(10_000, 30_000)
    once = seen.with_step("abbaaaa", "a")
    assert not once.alarmed
    for _ in range(8):
        once = once.with_step("abbaaaa", "a")
    assert once.alarmed
    assert once.evidence > -math.log(once.alpha)
    # It does not fall silent again.
    assert once.with_unanimous(10**9, 3 * 10**9).with_step("abaaaa", "a").alarmed


def test_frequent_errors_that_repeat_as_often_are_what_k_is_sized_for() -> None:
    rng = random.Random(5)
    seen = Collisions()
    for _ in range(3_000):
        votes = [rng.random() < 0.3 for _ in range(6)]
        seen = seen.with_step(votes, winner=False)
    assert not seen.alarmed
    assert seen.repeated > 1_000
    assert seen.evidence < 0


def test_a_known_variety_notices_agreement_earlier() -> None:
    rng = random.Random(5)
    plain, varied = Collisions(), Collisions(agreement=0.2)
    for _ in range(2_000):
        votes = [rng.random() < 0.3 for _ in range(6)]
        plain, varied = plain.with_step(votes, winner=False), varied.with_step(votes, winner=False)
    assert varied.alarmed
    assert not plain.alarmed


def test_agreement_is_simpsons_index() -> None:
    assert agreement_of([10, 0, 0]) == 1.0
    assert agreement_of([1, 1, 1, 1]) == 0.0
    assert agreement_of([5, 5]) == pytest.approx(40 / 90)
