"""What is under way: batches that are being performed, calls that failed, and a collector that keeps out of the way."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from swarmwright.ledger.events import AnyEvent, Asked, TaskId
from swarmwright.swarm.traffic import Road
from swarmwright.swarm.values import Ask, Command


class Flight:
    """A batch that is being performed, and what came of it."""

    __slots__ = ("batch", "begun", "error", "events", "gone", "road", "task")

    def __init__(self, road: Road, batch: list[Command]) -> None:
        """Take the batch and the road that it takes up."""
        self.road = road
        self.batch = batch
        self.events: Sequence[AnyEvent] = ()
        self.error: BaseException | None = None
        self.begun = False
        self.gone: frozenset[TaskId] = frozenset()
        self.task: asyncio.Task[None] | None = None


class Fallen(NamedTuple):
    """What is to be done about Asks that failed: give these up, ask those again; or the endpoint is ``dead``."""

    given_up: list[Ask]
    again: list[Ask]
    dead: bool = False


class Failures:
    """Counts calls that failed, and tells an endpoint that is away from samples that cannot be had."""

    def __init__(self, patience: int, tries: int) -> None:
        """Take how many calls may fail in a row, and how often one Ask may while others have answers."""
        self._patience = patience
        self._tries = tries
        self._successes = 0
        self._streak = 0
        self._seen: dict[tuple[TaskId, int], tuple[int, int]] = {}

    def succeed(self) -> None:
        """Note that a call had an answer."""
        self._successes += 1
        self._streak = 0

    def fail(self, asks: Sequence[Ask], *, for_good: bool) -> Fallen:
        """Note that a call failed; ``for_good`` where it was refused and not just missed."""
        self._streak += 1
        if self._streak >= self._patience or (for_good and not self._successes):
            return Fallen([], [], dead=True)
        fallen = Fallen([], [])
        for ask in asks:
            times, before = self._seen.get((ask.task, ask.first), (0, self._successes))
            times += times == 0 or before < self._successes
            self._seen[ask.task, ask.first] = (times, self._successes)
            (fallen.given_up if for_good or times >= self._tries else fallen.again).append(ask)
        return fallen


def asked_of(batch: Sequence[Command]) -> list[AnyEvent]:
    """Return the Events that say what a batch asks."""
    return [Asked(a.task, a.rung, a.archetype, a.model, a.first, a.count) for a in batch if type(a) is Ask]


def singles(commands: Sequence[Command]) -> Iterator[Command]:
    """Yield commands with every Ask cut into single samples, each of which arrives on its own."""
    for command in commands:
        if isinstance(command, Ask):
            for sample in range(command.first, command.first + command.count):
                yield msgspec.structs.replace(command, first=sample, count=1)
        else:
            yield command


@contextlib.contextmanager
def calm_collector() -> Iterator[None]:
    """Keep the cycle collector from walking through what lives as long as the run."""
    threshold = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()
