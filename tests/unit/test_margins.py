from __future__ import annotations

import random

from swarmwright.chain.margins import FIRST_LOOK, Margins

RIGHT = b"right"


def vote(rng: random.Random, p: float, k: int, *, shared: float = 1.0) -> list[bytes | None]:
    """One race to be ahead by k between the right answer and wrong ones."""
    votes: list[bytes | None] = []
    while True:
        wrong = b"same" if rng.random() < shared else b"%d" % len(votes)
        votes.append(RIGHT if rng.random() < p else wrong)
        counts = {key: votes.count(key) for key in set(votes)}
        best = max(counts, key=counts.__getitem__)
        if counts[best] - max((n for key, n in counts.items() if key != best), default=0) >= k:
            return votes


def winner_of(votes: list[bytes | None]) -> bytes | None:
    return max(set(votes), key=votes.count)


def run(margins: Margins, kind: str, p: float, steps: int, seed: int = 1) -> None:
    rng = random.Random(seed)
    for _ in range(steps):
        votes = vote(rng, p, margins.k(kind))
        margins.take(kind, votes, winner_of(votes))


def test_without_a_target_the_margin_stays() -> None:
    margins = Margins(3, most=24)
    run(margins, "easy", 0.99, 500)
    assert margins.margins() == {"easy": 3}
    assert margins.alarms == []


def test_hard_kinds_get_more_and_easy_ones_less() -> None:
    margins = Margins(3, most=48, target=0.95)
    margins.total = 2_000
    run(margins, "easy", 0.9995, 1_000)
    run(margins, "hard", 0.8, 1_000)
    assert margins.k("easy") == 2
    assert margins.k("hard") >= 6
    assert margins.k("never seen") == 3


def test_nothing_changes_before_the_first_look() -> None:
    margins = Margins(3, most=48, target=0.95)
    margins.total = 100_000
    run(margins, "hard", 0.7, FIRST_LOOK - 1)
    assert margins.k("hard") == 3
    run(margins, "hard", 0.7, 1, seed=2)
    assert margins.k("hard") > 3


def test_a_margin_never_asks_for_more_than_can_be_asked() -> None:
    margins = Margins(3, most=10, target=0.999)
    margins.total = 10**6
    run(margins, "hopeless", 0.55, 200)
    assert margins.k("hopeless") <= 5
    assert len(margins.alarms) == 1
    assert "target cannot be met for 'hopeless'" in margins.alarms[0]


def test_wrong_answers_that_agree_raise_an_alarm_and_the_margin() -> None:
    margins = Margins(3, most=48)
    rng = random.Random(3)
    for step in range(3_000):
        misread = step % 25 == 0
        votes = vote(rng, 0.6 if misread else 0.999, margins.k("kind"))
        margins.take("kind", votes, winner_of(votes))
    assert len(margins.alarms) == 1
    assert "'kind'" in margins.alarms[0]
    assert margins.k("kind") == 6


def test_independent_errors_raise_none() -> None:
    margins = Margins(3, most=48)
    rng = random.Random(4)
    for _ in range(3_000):
        votes = vote(rng, 0.97, 3, shared=0.3)
        margins.take("kind", votes, winner_of(votes))
    assert margins.alarms == []


def test_the_same_steps_lead_to_the_same_margins() -> None:
    one, other = Margins(3, most=48, target=0.9), Margins(3, most=48, target=0.9)
    one.total = other.total = 5_000
    run(one, "kind", 0.9, 700)
    run(other, "kind", 0.9, 700)
    assert one.margins() == other.margins()
