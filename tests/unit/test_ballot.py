from __future__ import annotations

import pytest

from swarmwright.voting.ballot import OPEN, Ballot, Standing, first_ahead_by, first_to, stand


def test_standing_counts_leader_rivals_and_margins() -> None:
    standing = stand(["a", "b", "a", None, "c", "a"])
    assert standing == Standing("a", votes=3, second=1, others=2, rivals=2)
    assert (standing.margin_over_second, standing.margin_over_all) == (2, 1)


def test_no_votes_no_leader() -> None:
    assert stand([None, None]) == Standing()


def test_of_equals_the_first_seen_leads() -> None:
    assert stand(["b", "a", "a", "b"]).leader == "b"


def test_votes_wait_for_lower_samples() -> None:
    ballot = Ballot()
    ballot.extend(3)
    assert ballot.resolve(2, "b")
    assert ballot.resolve(1, "b")
    assert ballot.standing() == Standing()
    assert ballot.resolve(0, None)
    assert ballot.standing() == Standing("b", 2)


def test_a_sample_is_resolved_once_and_only_if_asked() -> None:
    ballot = Ballot()
    ballot.extend(1)
    assert ballot.resolve(0, "a")
    assert not ballot.resolve(0, "b")
    assert not ballot.resolve(1, "b")
    assert not ballot.resolve(-1, "b")
    assert ballot.slots == ["a"]


def test_reopening_keeps_what_has_no_vote() -> None:
    ballot = Ballot()
    ballot.extend(3)
    for sample, key in enumerate(["a", None, "b"]):
        ballot.resolve(sample, key)
    assert ballot.reopen() == (0, 2)
    assert ballot.slots == [OPEN, None, OPEN]


def test_tally_is_ordered_by_votes_then_by_first_seen() -> None:
    ballot = Ballot()
    ballot.extend(4)
    for sample, key in enumerate(["c", "a", "b", "b"]):
        ballot.resolve(sample, key)
    assert list(ballot.tally().items()) == [("b", 2), ("c", 1), ("a", 1)]


def test_first_ahead_by_is_not_first_to() -> None:
    votes = ["a", "b", "a", "a", "b", "b", "b", "b", "b"]
    assert first_to(votes, 3) == ("a", 4)
    assert first_ahead_by(votes, 3) == ("b", 9)


def test_flags_count_as_samples_but_not_as_votes() -> None:
    assert first_ahead_by([None, "a", None, "a"], 2) == ("a", 4)


def test_nobody_wins_a_split_race() -> None:
    assert first_ahead_by(["a", "b"] * 10, 2) is None
    assert first_to([], 1) is None


@pytest.mark.parametrize("race", [first_ahead_by, first_to])
def test_k_must_be_at_least_one(race) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        race(["a"], 0)
