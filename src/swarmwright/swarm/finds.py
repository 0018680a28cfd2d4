"""What was found without a model, beside the votes of models: another family, whose errors are its own. Pure.

A search errs where the specification shows too little, a model where it remembers another function: that both propose
the same wrong behaviour is less likely than that two samples of one model do. So a find counts for more than a sample.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import msgspec

from swarmwright.ledger.events import LIKELY_CHANCE, UNSEPARATED, UNSTABLE, Result
from swarmwright.voting.ballot import OPEN, Standing, stand, tally

DOUBTFUL = frozenset({LIKELY_CHANCE, UNSEPARATED, UNSTABLE})
"""Flags of finds that do not vote by themselves, and still tell something where a model finds the same."""


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many votes of a model a find counts where a model proposed the same behaviour.

    Alone a find that votes is one vote, so that a model's majority outvotes one that is wrong: where a function lies
    beyond what is searched, the cheapest program that fits all examples may be far from it.

    A find that votes also *opposes* a leader that behaves otherwise: both satisfy the specification, and only an
    example tells which is meant. Where finds differ among each other they oppose nobody.

    Attributes:
        separated: a find that votes, where all finds that vote behave like it.
        agreeing: a find that does not vote by itself (0: it counts for nothing).
        opposing: whether finds oppose.
    """

    separated: int = 2
    agreeing: int = 1
    opposing: bool = True


class Finds:
    """The finds of one Task: which samples they are, and how those behave that do not vote."""

    __slots__ = ("_doubtful", "_keys", "_samples", "_weights")

    def __init__(self, weights: Weights) -> None:
        """Start without any."""
        self._weights = weights
        self._samples: frozenset[int] = frozenset()
        self._doubtful: tuple[int, ...] = ()
        self._keys: dict[int, Hashable] = {}

    def ask(self, first: int, count: int) -> None:
        """Note that these samples are asked of who searches."""
        self._samples |= frozenset(range(first, first + count))

    def doubt(self, sample: int, flag: str) -> None:
        """Note a flagged sample; it is examined beside those of models where its flag leaves room for it."""
        if sample in self._samples and flag in DOUBTFUL and sample not in self._doubtful:
            self._doubtful = (*self._doubtful, sample)

    def beside(self, held: Sequence[int]) -> tuple[int, ...]:
        """Return the doubtful samples that are to be examined beside these, in this epoch for the first time."""
        if self._samples.issuperset(held):
            return ()
        return tuple(sample for sample in self._doubtful if sample not in self._keys)

    def take(self, result: Result) -> None:
        """Note how a doubtful sample behaves (no key: it was refuted)."""
        if result.sample in self._doubtful:
            self._keys[result.sample] = result.key or None

    def reopen(self) -> None:
        """Forget behaviours: a new epoch has new inputs."""
        self._keys = {}

    def standing(self, counted: Sequence[Hashable | None]) -> Standing:
        """Return how the race stands where every behaviour's finds count as the weights say."""
        weights = self._weights
        more: list[Hashable] = []
        found = self._found(counted)
        agreed = set(self._keys.values())
        for key, votes in tally(counted).items():
            if votes == found.get(key, 0):
                continue
            if key in found:
                more += [key] * (weights.separated - 1) * (len(found) == 1)
            elif key in agreed:
                more += [key] * weights.agreeing
        return stand([*counted, *more])

    def oppose(self, leader: Hashable, counted: Sequence[Hashable | None]) -> bool:
        """Tell whether all finds that vote behave alike, and not like the leader."""
        found = self._found(counted)
        return self._weights.opposing and len(found) == 1 and leader not in found

    def is_alone(self, standing: Standing, counted: Sequence[Hashable | None]) -> bool:
        """Tell whether the only behaviour that is left was found, and nobody else proposed it."""
        return not standing.rivals and 0 < standing.votes == self._found(counted).get(standing.leader, 0)

    def confirming(self, needed: int) -> int:
        """Return how many votes of a model for a find that votes would make up the margin needed."""
        return max(1, needed - self._weights.separated)

    def _found(self, counted: Sequence[Hashable | None]) -> dict[Hashable, int]:
        return tally(counted[sample] for sample in self._samples if sample < len(counted))

    def supports(self, key: Hashable, slots: Sequence[Hashable | None]) -> str:
        """Say in a few words how finds support a behaviour ("": not at all)."""
        if any(slots[sample] == key and key is not OPEN for sample in self._samples):
            return "found by search, where nothing else as small satisfies the specification"
        return "found by search as well" if key in self._keys.values() else ""
