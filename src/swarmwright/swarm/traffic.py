"""Which commands may start now: lanes with their widths, batches, and cores that only one lane may use. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable

from swarmwright.swarm.values import Ask, CheckTogether, Command, Examine, Lane, Recall, Verify

_ORDER: tuple[type[Command], ...] = (Recall, CheckTogether, Verify, Examine, Ask)
"""Work that was begun is finished before new work is asked for."""


class Road:
    """A Lane with its waiting commands, by kind, and how many batches are under way."""

    __slots__ = ("busy", "lane", "queues")

    def __init__(self, lane: Lane) -> None:
        """Start empty."""
        self.lane = lane
        self.queues: dict[type[Command], deque[Command]] = {kind: deque() for kind in _ORDER}
        self.busy = 0

    def rank(self, asking: bool) -> int:
        """Return the place in the order of the first kind that waits; past the end where none may start."""
        for place, kind in enumerate(_ORDER):
            if self.queues[kind] and (asking or kind is not Ask):
                return place
        return len(_ORDER)

    def pop(self, asking: bool) -> list[Command]:
        """Take the next batch of one kind."""
        queue = self.queues[_ORDER[self.rank(asking)]]
        if len(queue) <= self.lane.batch:
            batch = list(queue)
            queue.clear()
            return batch
        return [queue.popleft() for _ in range(self.lane.batch)]


class Traffic:
    """All Roads. While ``asking`` is false no Ask starts."""

    def __init__(self, lane_of: Callable[[Command], Lane]) -> None:
        """Route commands by ``lane_of``; lanes with the same name are one."""
        self._lane_of = lane_of
        self._roads: dict[str, Road] = {}
        self._turn: dict[str, Road] = {}
        self._last_asked: dict[str, Road] = {}
        self.asking = True
        self.widest: int | None = None

    def put(self, commands: Iterable[Command]) -> None:
        """Let commands wait for their turn."""
        for command in commands:
            lane = self._lane_of(command)
            road = self._roads.get(lane.name)
            if road is None:
                road = self._roads[lane.name] = Road(lane)
            road.queues[type(command)].append(command)

    def put_back(self, road: Road, commands: Iterable[Command]) -> None:
        """Put commands back at the head of their queue, in their order."""
        for command in reversed(list(commands)):
            road.queues[type(command)].appendleft(command)

    def take(self) -> tuple[Road, list[Command]] | None:
        """Return the next batch that may start, and count it as under way; None where none may."""
        for road in self._roads.values():
            width = road.lane.width if self.widest is None else min(self.widest, road.lane.width)
            if road.busy < width and road.rank(self.asking) < len(_ORDER) and self._has_turn(road):
                road.busy += 1
                batch = road.pop(self.asking)
                if road.lane.exclusive and isinstance(batch[0], Ask) and batch[0].model:
                    self._last_asked[road.lane.exclusive] = road
                return road, batch
        return None

    def drop(self, tasks: Container[object]) -> None:
        """Forget the commands that wait for these Tasks."""
        for road in self._roads.values():
            for kind, queue in road.queues.items():
                if any(getattr(command, "task", None) in tasks for command in queue):
                    road.queues[kind] = deque(c for c in queue if getattr(c, "task", None) not in tasks)

    def done(self, road: Road) -> None:
        """Note that a batch of that road is no longer under way."""
        road.busy -= 1

    def waiting(self) -> int:
        """Return how many commands wait."""
        return sum(len(queue) for road in self._roads.values() for queue in road.queues.values())

    def _has_turn(self, road: Road) -> bool:
        """Tell whether the road may use what it shares; the turn passes on when the road that has it is drained."""
        name = road.lane.exclusive
        if not name:
            return True
        holder = self._turn.get(name)
        if holder is None or (not holder.busy and holder.rank(self.asking) == len(_ORDER)):
            holder = self._turn[name] = self._next(name)
        return holder is road

    def _next(self, name: str) -> Road:
        """Choose who has the turn: begun work first, then the model asked last, then the longest queue."""
        sharing = [road for road in self._roads.values() if road.lane.exclusive == name]
        last = self._last_asked.get(name)

        def preference(road: Road) -> tuple[bool, bool, int]:
            return (
                road.rank(self.asking) >= _ORDER.index(Ask),
                road is not last or road.rank(self.asking) == len(_ORDER),
                -sum(map(len, road.queues.values())) if road.rank(self.asking) < len(_ORDER) else 0,
            )

        return min(sharing, key=preference)
