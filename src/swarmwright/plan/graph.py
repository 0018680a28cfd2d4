"""A Plan: Tasks that need one another, as a directed graph without cycles. A Process."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from swarmwright.ledger.events import Decided, TaskId
from swarmwright.plan.values import Task

Node = TypeVar("Node", bound=Hashable)


class Plan:
    """Gives out each Task once: when all it needs is decided.

    A need of the same group counts as met as soon as it leads, since none of a group is decided before all lead.
    """

    def __init__(self, tasks: Iterable[Task]) -> None:
        """Take the Tasks in the order in which they should be worked on.

        Raises:
            ValueError: two Tasks have the same id, one needs a Task that is not here, or Tasks wait for one another
                (directly, or through groups that are decided together).
        """
        self._tasks: dict[TaskId, Task] = {}
        self._groups: dict[int, list[TaskId]] = {}
        for task in tasks:
            if task.id in self._tasks:
                raise ValueError(f"two tasks have the id of {task.name}")
            self._tasks[task.id] = task
            if task.group:
                self._groups.setdefault(task.group, []).append(task.id)
        self._waiting = {task.id: set(task.needs) for task in self._tasks.values() if task.needs}
        self._needed_by: dict[TaskId, list[TaskId]] = {}
        for name, needs in self._waiting.items():
            for need in needs:
                if need not in self._tasks:
                    raise ValueError(f"{self._tasks[name].name} needs a task that is not in the plan")
                self._needed_by.setdefault(need, []).append(name)
        self._refuse_cycles()

    def __len__(self) -> int:
        """Return how many Tasks there are."""
        return len(self._tasks)

    def start(self) -> Sequence[Task]:
        """Return the Tasks that need nothing."""
        return [task for task in self._tasks.values() if not task.needs]

    def on_leading(self, task: TaskId) -> Sequence[Task]:
        """Return the Tasks of the same group for which this was the last need."""
        group = self._tasks[task].group
        followers = self._needed_by.get(task, ()) if group else ()
        return self._release(task, [name for name in followers if self._tasks[name].group == group])

    def on_decided(
        self,
        decided: Decided,
        key: Hashable,  # noqa: ARG002
        votes: Sequence[Hashable | None] = (),  # noqa: ARG002
    ) -> Sequence[Task]:
        """Return the Tasks for which this was the last need, delivered or not.

        A Task whose needs are all decided, and some undecided, can never be ready; it is returned as well, once all
        are known, so that its reason names them all whatever their order.
        """
        followers = self._needed_by.pop(decided.task, ())
        return self._release(decided.task, followers) if followers else ()

    def go_ahead(self, task: TaskId, key: Hashable) -> Sequence[Task]:  # noqa: ARG002
        """Return nothing: what a Task is does not depend on how others are decided."""
        return ()

    def on_abandoned(self, task: TaskId) -> None:
        """Do nothing: no Task of a Plan is speculative."""

    def members(self, group: int) -> Sequence[TaskId]:
        """Return the Tasks of a group, in the Plan's order."""
        return self._groups.get(group, [])

    def _release(self, need: TaskId, followers: Iterable[TaskId]) -> list[Task]:
        released = []
        for name in followers:
            needs = self._waiting.get(name)
            if needs is not None:
                needs.discard(need)
                if not needs:
                    del self._waiting[name]
                    released.append(self._tasks[name])
        return released

    def _refuse_cycles(self) -> None:
        stuck: set[Hashable] = {*stuck_nodes(self._waiting)}
        if not stuck:
            stuck = stuck_nodes(self._group_edges())
        if stuck:
            names = [task.name for task in self._tasks.values() if task.id in stuck or (task.group or None) in stuck]
            more = f" and {len(names) - 5} more" if len(names) > 5 else ""
            raise ValueError(f"these tasks wait for one another: {', '.join(names[:5])}{more}")

    def _group_edges(self) -> dict[Hashable, set[Hashable]]:
        """Return who waits for whose decision, each group being one node."""
        node: dict[TaskId, Hashable] = {name: task.group or name for name, task in self._tasks.items()}
        edges: dict[Hashable, set[Hashable]] = {}
        for name, needs in self._waiting.items():
            edges.setdefault(node[name], set()).update(node[need] for need in needs)
        for one, waits in edges.items():
            waits.discard(one)
        return edges


def stuck_nodes(edges: Mapping[Node, Iterable[Node]]) -> set[Node]:
    """Return the nodes that never become free: those on a cycle of needs, or behind one (Kahn's algorithm)."""
    waits = {node: len(set(needs)) for node, needs in edges.items()}
    behind: dict[Node, list[Node]] = {}
    for node, needs in edges.items():
        for need in set(needs):
            behind.setdefault(need, []).append(node)
    free = deque(node for node in {*behind, *waits} if not waits.get(node))
    while free:
        for node in behind.get(free.popleft(), ()):
            waits[node] -= 1
            if not waits[node]:
                free.append(node)
    return {node for node, count in waits.items() if count}
