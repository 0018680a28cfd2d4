"""The race of vote keys, counted in the order of sample numbers. Pure; knows no agent.

A vote is any hashable key; ``None`` is a sample that ended without a vote (flagged, refuted, failed). The rule
"first to be ahead by k" is that of MAKER (Meyerson et al. 2025, arXiv 2511.09030, section 3.2).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Final

import msgspec


class _Open:
    """The type of OPEN: a sample that is asked for and not yet resolved."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "OPEN"


OPEN: Final = _Open()
"""Stands in a Ballot's slot until the sample is resolved; counting stops before it."""


class Standing(msgspec.Struct, frozen=True, gc=False):
    """How a race stands: the leading key with its votes, and what stands against it.

    Of keys with equally many votes the one that was seen first leads. ``second`` are the votes of the strongest
    rival, ``others`` those of all rivals together, ``rivals`` how many rival keys there are.
    """

    leader: Hashable = None
    votes: int = 0
    second: int = 0
    others: int = 0
    rivals: int = 0

    @property
    def margin_over_second(self) -> int:
        """Votes by which the leader is ahead of its strongest rival."""
        return self.votes - self.second

    @property
    def margin_over_all(self) -> int:
        """Votes by which the leader is ahead of all rivals together (negative: they outnumber it)."""
        return self.votes - self.others


def tally(votes: Iterable[Hashable | None]) -> dict[Hashable, int]:
    """Return the votes of each key, keys in the order in which they were first seen."""
    counts: dict[Hashable, int] = {}
    for vote in votes:
        if vote is not None:
            counts[vote] = counts.get(vote, 0) + 1
    return counts


def stand(votes: Iterable[Hashable | None]) -> Standing:
    """Return how the race stands when all these votes are counted."""
    counts = tally(votes)
    if len(counts) < 2:
        for only, count in counts.items():
            return Standing(only, count)
        return Standing()
    leader = max(counts, key=counts.__getitem__)
    lead = counts.pop(leader)
    return Standing(leader, lead, max(counts.values()), sum(counts.values()), len(counts))


def first_ahead_by(votes: Iterable[Hashable | None], k: int) -> tuple[Hashable, int] | None:
    """Return the first key that is ahead of every other by ``k``, and after how many samples; None if none is.

    Raises:
        ValueError: ``k`` is less than 1.
    """
    _require_votes(k)
    for number, vote, counts in _counting(votes):
        mine = counts[vote]
        if mine >= k and all(mine - count >= k for key, count in counts.items() if key != vote):
            return vote, number
    return None


def first_to(votes: Iterable[Hashable | None], k: int) -> tuple[Hashable, int] | None:
    """Return the first key with ``k`` votes, and after how many samples; None if none has.

    Raises:
        ValueError: ``k`` is less than 1.
    """
    _require_votes(k)
    return next(((vote, number) for number, vote, counts in _counting(votes) if counts[vote] == k), None)


def _require_votes(k: int) -> None:
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")


def _counting(votes: Iterable[Hashable | None]) -> Iterator[tuple[int, Hashable, dict[Hashable, int]]]:
    """Yield, after each vote, how many samples there were, the vote, and the counts so far."""
    counts: dict[Hashable, int] = {}
    for number, vote in enumerate(votes, 1):
        if vote is not None:
            counts[vote] = counts.get(vote, 0) + 1
            yield number, vote, counts


class Ballot:
    """The samples of one race, resolved in any order and counted in that of their numbers.

    ``slots[i]`` is what became of sample i: a key, ``None`` (no vote) or OPEN. A sample counts when all lower ones
    are resolved, so a standing never depends on which answer came first.
    """

    __slots__ = ("slots",)

    def __init__(self) -> None:
        """Start a race without samples."""
        self.slots: list[Hashable | None] = []

    def extend(self, count: int) -> int:
        """Add ``count`` open samples; return the number of the first of them."""
        first = len(self.slots)
        self.slots += [OPEN] * count
        return first

    def is_open(self, sample: int) -> bool:
        """Tell whether the sample was asked for and is not resolved."""
        return 0 <= sample < len(self.slots) and self.slots[sample] is OPEN

    def resolve(self, sample: int, key: Hashable | None) -> bool:
        """Resolve an open sample; return False, and change nothing, where it is not open."""
        if not self.is_open(sample):
            return False
        self.slots[sample] = key
        return True

    def reopen(self) -> tuple[int, ...]:
        """Open every sample that had a vote, for a new epoch; return their numbers."""
        voters = tuple(self.voters())
        for sample in voters:
            self.slots[sample] = OPEN
        return voters

    def withdraw(self, sample: int) -> None:
        """Take a resolved sample's vote away."""
        self.slots[sample] = None

    def voters(self, key: Hashable | None = None) -> Iterable[int]:
        """Yield the numbers of the samples that voted (for ``key``, where one is given), in order."""
        for number, slot in enumerate(self.slots):
            if slot is not None and slot is not OPEN and (key is None or slot == key):
                yield number

    def counted(self) -> list[Hashable | None]:
        """Return the resolved samples that have no open one before them."""
        slots = self.slots
        return slots[: slots.index(OPEN)] if OPEN in slots else slots

    def standing(self) -> Standing:
        """Return how the race stands."""
        slots = self.slots
        # Most races are unanimous, and this is the innermost loop of a run.
        if slots and (first := slots[0]) is not None and first is not OPEN and slots.count(first) == len(slots):
            return Standing(first, len(slots))
        return stand(self.counted())

    def front(self) -> Hashable | None:
        """Return the key with the most votes of all that arrived, in whatever order; of equals the first by number.

        For guesses only: it is no standing, since samples below may still be open.
        """
        counts = tally(slot for slot in self.slots if slot is not OPEN)
        return max(counts, key=counts.__getitem__) if counts else None

    def tally(self) -> dict[Hashable, int]:
        """Return the counted votes of each key, most votes first, earlier seen first among equals."""
        counts = tally(self.counted())
        return dict(sorted(counts.items(), key=lambda item: -item[1]))
