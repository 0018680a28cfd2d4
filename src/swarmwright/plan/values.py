"""Tasks and the Process they come from."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol

import msgspec

from swarmwright.ledger.events import Decided, TaskId


class Task(msgspec.Struct, frozen=True, gc=False):
    """The smallest thing that is decided at once.

    ``needs`` are the Tasks it waits for; ``group`` numbers the Tasks that are checked together before any of
    them is decided (0: on its own). ``thinness`` is how much must be added to k because little evidence
    stands behind the specification of this Task (0: none). Of a ``special`` Task the witnesses of a winner
    are heard: what it is wanted for makes exceptions. ``k`` is the margin that this Task needs in place of the
    Policy's (0: the Policy's). Tasks with the same ``content`` (not empty) ask the same: the first is decided by
    votes, and the others are decided likewise.
    """

    id: TaskId
    name: str
    needs: tuple[TaskId, ...] = ()
    group: int = 0
    thinness: int = 0
    special: bool = False
    k: int = 0
    content: bytes = b""


class Process(Protocol):
    """A source of Tasks: which are ready, and what follows from a decision."""

    def start(self) -> Sequence[Task]:
        """Return the Tasks that are ready at the beginning."""
        ...

    def on_leading(self, task: TaskId) -> Sequence[Task]:
        """Return the Tasks that become ready because ``task`` has a verified winner (not yet decided).

        Only Tasks of the same group may go ahead on the strength of that.
        """
        ...

    def on_decided(self, decided: Decided, key: Hashable, votes: Sequence[Hashable | None] = ()) -> Sequence[Task]:
        """Return the Tasks that become ready, or can never become ready, because of a decision.

        ``key`` is the vote key of what is delivered (None where nothing is), ``votes`` are those of all samples in
        the order of their numbers (none where it was decided as one before).

        Which of the two a Task is can be told from its ``needs``: it can never be ready where one is undecided.
        """
        ...

    def go_ahead(self, task: TaskId, key: Hashable) -> Sequence[Task]:
        """Return the Tasks that would become ready if ``key`` won at an open Task; none where that is not known.

        They are speculative: if that key wins, ``on_decided`` does not return them again; if another does, they are
        abandoned.
        """
        ...

    def on_abandoned(self, task: TaskId) -> None:
        """Forget a speculative Task."""
        ...

    def members(self, group: int) -> Sequence[TaskId]:
        """Return all Tasks of a group, opened or not, in the Process's order."""
        ...
