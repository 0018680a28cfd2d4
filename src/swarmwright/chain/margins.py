"""The margin k of each kind of step, as the votes of the run so far ask for; and the alarm where wrong answers agree.

A fold over decided steps in their order, so a resumed run comes to the same margins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from swarmwright.voting.collisions import Collisions
from swarmwright.voting.posterior import Posterior

FIRST_LOOK = 32
"""Decided steps of a kind before its k is looked at again; after that each time they have doubled."""
LEAST = 2
"""No kind goes below this margin: with 1 the first answer is taken, and nothing is learned."""


class _Kind:
    """What is known of one kind of step."""

    __slots__ = ("collisions", "k", "next_look", "races", "steps", "unanimous", "unanimous_votes", "warned")

    def __init__(self, k: int) -> None:
        self.k = k
        self.steps = 0
        self.next_look = FIRST_LOOK
        self.races: Counter[tuple[int, int]] = Counter()
        self.collisions = Collisions()
        self.warned = False
        self.unanimous = 0
        self.unanimous_votes = 0


class Margins:
    """Says how many votes an answer must be ahead by, for each kind of step.

    With a ``target`` (the probability that all steps are right) k follows from the accuracy that the votes so far
    show, at the lower end of what they allow; without, it is ``k``. Where wrong answers of one kind agree more often
    than independent ones would, its k is doubled, once. Never more than ``most`` samples allow.
    """

    def __init__(self, k: int, *, most: int, target: float = 0.0) -> None:
        """Take the margin to begin with and the samples of one step at most; ``total`` is set where it is known."""
        self._begin = k
        self._highest = max(k, most // 2)
        self._target = target
        self._decided = 0
        self.total: int | None = None
        self._kinds: dict[str, _Kind] = {}
        self.alarms: list[str] = []

    def k(self, kind: str) -> int:
        """Return the margin for a step of that kind."""
        known = self._kinds.get(kind)
        return self._begin if known is None else known.k

    def margins(self) -> dict[str, int]:
        """Return the margin of every kind that was decided so far."""
        return {kind: known.k for kind, known in self._kinds.items()}

    def take(self, kind: str, votes: Sequence[Hashable | None], winner: Hashable) -> None:
        """Take a decided step into account: its votes in the order of sample numbers (None: no vote)."""
        known = self._kinds.get(kind)
        if known is None:
            known = self._kinds[kind] = _Kind(self._begin)
        known.steps += 1
        self._decided += 1
        counted = len(votes) - votes.count(None)
        own = votes.count(winner)
        known.races[own, counted - own] += 1
        if own == counted:
            known.unanimous += 1
            known.unanimous_votes += counted
        elif not known.collisions.alarmed:
            self._look_for_collisions(kind, known, votes, winner)
        if self._target and known.steps >= known.next_look:
            known.next_look *= 2
            self._size(kind, known)

    def _look_for_collisions(self, kind: str, known: _Kind, votes: Sequence[Hashable | None], winner: Hashable) -> None:
        seen = known.collisions.with_unanimous(known.unanimous, known.unanimous_votes)
        known.unanimous = known.unanimous_votes = 0
        known.collisions = seen.with_step(votes, winner)
        if known.collisions.alarmed:
            known.k = min(self._highest, 2 * known.k)
            self.alarms.append(
                f"wrong answers to {kind!r} questions agree more often than chance allows "
                f"({known.collisions.repeated} of {known.collisions.later} votes repeat one): "
                f"they need to be {known.k} votes ahead from now on"
            )

    def _warn(self, kind: str, known: _Kind, k: int | None) -> None:
        """Say once of a kind that its target will be missed."""
        if known.warned:
            return
        known.warned = True
        wanted = "its votes do not even show an accuracy above one half" if k is None else f"they would need k = {k}"
        self.alarms.append(
            f"the target cannot be met for {kind!r} questions: {wanted}, and their k is {known.k} "
            f"(--most bounds it by {self._highest})"
        )

    def _size(self, kind: str, known: _Kind) -> None:
        posterior = Posterior()
        for (own, others), times in sorted(known.races.items()):
            posterior = posterior.with_race(own, others, times)
        # Where nobody knows how long the task is, it is taken to be as long again.
        left = self._decided if self.total is None else self.total - self._decided
        if left < FIRST_LOOK:
            return
        k = posterior.k_for(left, self._target)
        if k is None or k > self._highest:
            known.k = max(known.k, self._highest if k is not None else known.k)
            self._warn(kind, known, k)
        else:
            least = 2 * self._begin if known.collisions.alarmed else LEAST
            known.k = min(self._highest, max(least, k))
