from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.voting.ballot import Ballot, first_ahead_by, first_to, stand

VOTES = st.lists(st.one_of(st.none(), st.sampled_from("abc")), max_size=30)


@given(VOTES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_answers_never_changes_the_standing(votes, rng) -> None:
    ballot = Ballot()
    ballot.extend(len(votes))
    order = list(range(len(votes)))
    rng.shuffle(order)
    resolved: set[int] = set()
    for sample in order:
        assert ballot.resolve(sample, votes[sample])
        resolved.add(sample)
        counted = next((n for n in range(len(votes)) if n not in resolved), len(votes))
        assert ballot.standing() == stand(votes[:counted])
    assert ballot.standing() == stand(votes)


@given(VOTES)
@settings(deadline=None)
def test_standing_agrees_with_counting(votes) -> None:
    standing = stand(votes)
    cast = [vote for vote in votes if vote is not None]
    assert standing.votes + standing.others == len(cast)
    assert standing.votes == max((cast.count(key) for key in cast), default=0)
    assert standing.rivals == max(0, len(set(cast)) - 1)
    assert standing.margin_over_all <= standing.margin_over_second
    assert (standing.leader is None) == (not cast)


@given(VOTES, st.integers(1, 5))
@settings(deadline=None)
def test_a_race_is_won_at_the_first_prefix_with_the_margin(votes, k) -> None:
    won = next((n for n in range(len(votes) + 1) if stand(votes[:n]).margin_over_second >= k), None)
    race = first_ahead_by(votes, k)
    if won is None:
        assert race is None
    else:
        assert race == (stand(votes[:won]).leader, won)
        reached = first_to(votes, k)
        assert reached is not None
        assert reached[1] <= won
