"""Random races with finds: what these may change, and what never."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.ledger.events import LIKELY_CHANCE, Result
from swarmwright.swarm.finds import Finds, Weights
from swarmwright.voting.ballot import stand, tally

KEYS = st.sampled_from([None, b"x", b"y", b"z"])
WEIGHTS = st.builds(Weights, separated=st.integers(1, 4), agreeing=st.integers(0, 3))


@settings(deadline=None, max_examples=300)
@given(found=st.lists(KEYS, max_size=4), doubtful=st.lists(KEYS, max_size=3), models=st.lists(KEYS), weights=WEIGHTS)
def test_finds_strengthen_what_others_propose_and_nothing_else(
    found: list[bytes | None], doubtful: list[bytes | None], models: list[bytes | None], weights: Weights
) -> None:
    finds = Finds(weights)
    finds.ask(0, len(found) + len(doubtful))
    slots = [*found, *[None] * len(doubtful), *models]
    for sample, key in enumerate(doubtful, len(found)):
        finds.doubt(sample, LIKELY_CHANCE)
        finds.take(Result(sample, key or b"", LIKELY_CHANCE, "", b""))
    plain, own, weighed = tally(slots), tally(found), finds.standing(slots)
    assert weighed.rivals == stand(slots).rivals
    assert weighed.votes + weighed.others >= sum(plain.values())
    most = max(weights.separated - 1, weights.agreeing)
    assert weighed.votes <= plain.get(weighed.leader, 0) + most
    if plain.get(weighed.leader, 0) == own.get(weighed.leader, 0):
        assert weighed.votes == plain.get(weighed.leader, 0)
    if finds.is_alone(weighed, slots):
        assert not any(key is not None for key in models)
        assert len(own) == 1


@settings(deadline=None, max_examples=100)
@given(models=st.lists(KEYS), weights=WEIGHTS)
def test_without_finds_a_race_is_as_it_was(models: list[bytes | None], weights: Weights) -> None:
    assert Finds(weights).standing(models) == stand(models)
