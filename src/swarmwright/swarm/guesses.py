"""Which Tasks were opened on the strength of a guess, and how deep guessing may go. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from swarmwright.ledger.events import Decided, TaskId
from swarmwright.plan.values import Task


class _Held(NamedTuple):
    """A decision that waits for the one it follows from."""

    task: Task
    decided: Decided
    key: Hashable
    votes: Sequence[Hashable | None]


class Guesses:
    """The speculative Tasks: a line of them, each opened as if a certain key had won at the one before.

    The deeper the line, the more is lost when one guess is wrong; so it is as deep as one would expect to lose half a
    step by: ``1 / (2 * share of wrong guesses)``, the share estimated with one right and one wrong guess beforehand.
    """

    def __init__(self, most: int) -> None:
        """Take how many Tasks may be open on guesses at most."""
        self._most = most
        self._parents: dict[TaskId, tuple[TaskId, Hashable]] = {}
        self._children: dict[TaskId, TaskId] = {}
        self._held: dict[TaskId, _Held] = {}
        self._right = 1
        self._wrong = 1

    def child(self, task: TaskId) -> TaskId | None:
        """Return the Task that was opened on a guess about this one."""
        return self._children.get(task)

    def assumed(self, task: TaskId) -> Hashable:
        """Return the key that is assumed to win at a speculative Task's parent."""
        return self._parents[task][1]

    def may_follow(self, task: TaskId) -> bool:
        """Tell whether one more Task may be opened behind this one."""
        deepest = min(self._most, max(1, (self._right + self._wrong) // (2 * self._wrong)))
        depth = 0
        while (entry := self._parents.get(task)) is not None:
            depth += 1
            task = entry[0]
        return depth < deepest

    def note(self, task: TaskId, parent: TaskId, key: Hashable) -> None:
        """Note a Task that is opened as if ``key`` had won at ``parent``."""
        self._parents[task] = (parent, key)
        self._children[parent] = task

    def hold(self, task: Task, decided: Decided, key: Hashable, votes: Sequence[Hashable | None]) -> bool:
        """Keep a speculative Task's decision until its parent is decided; return False where it need not wait."""
        if task.id not in self._parents:
            return False
        self._held[task.id] = _Held(task, decided, key, votes)
        return True

    def confirm(self, task: TaskId) -> _Held | None:
        """Note that the guess was right; return the Task's decision where it waited for that."""
        parent, _ = self._parents.pop(task)
        self._children.pop(parent, None)
        return self._held.pop(task, None)

    def give_up(self, task: TaskId) -> list[tuple[TaskId, bool]]:
        """Forget a Task and all that was opened behind it; return them, and whether each had a decision waiting."""
        gone = []
        following: TaskId | None = task
        while following is not None:
            parent, _ = self._parents.pop(following)
            self._children.pop(parent, None)
            gone.append((following, self._held.pop(following, None) is not None))
            following = self._children.get(following)
        return gone

    def learn(self, *, right: bool) -> None:
        """Count a guess that turned out right or wrong."""
        if right:
            self._right += 1
        else:
            self._wrong += 1
