"""When a majority is broad, and when a lead is too thin."""

from __future__ import annotations

import pytest

from swarmwright.config.settings import load_config
from swarmwright.errors import ConfigError
from swarmwright.swarm.majority import Majority
from swarmwright.voting.ballot import stand

RULE = Majority()


@pytest.mark.parametrize(
    ("votes", "repairs", "refuted", "broad"),
    [
        ("aaaaa", 0, 0, True),
        ("aaaa", 0, 0, False),
        ("aaaaaa", 1, 0, True),
        ("aaaaa", 1, 0, False),
        ("aaaaaabb", 0, 0, True),
        ("aaaaaabbc", 0, 0, False),
        ("aaaaa", 0, 5, True),
        ("aaaaa", 0, 6, False),
        ("aaaaaaaaaaa", 6, 11, False),
    ],
)
def test_a_majority_is_broad_by_votes_and_by_both_shares(votes: str, repairs: int, refuted: int, broad: bool) -> None:
    assert RULE.is_broad(stand(votes), repairs=repairs, refuted=refuted) is broad


@pytest.mark.parametrize(("votes", "refuted", "sparse"), [("aaa", 12, False), ("aaa", 13, True), ("aab", 7, False)])
def test_a_lead_is_sparse_by_its_share_of_what_could_be_read(votes: str, refuted: int, sparse: bool) -> None:
    assert RULE.is_sparse(stand(votes), refuted=refuted) is sparse


def test_it_is_a_setting() -> None:
    assert load_config(None, {"majority.votes": 7}).majority == Majority(votes=7)
    with pytest.raises(ConfigError, match=r"each share .* between 0 and 1"):
        load_config(None, {"majority.of_read": 1.5})
