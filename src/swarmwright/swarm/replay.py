"""Resuming: the ledger is replayed through a fresh scheduler, which must come to the same decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from swarmwright.errors import LedgerMismatchError
from swarmwright.ledger.events import (
    Abandoned,
    AnyEvent,
    Asked,
    Decided,
    Noted,
    RunClosed,
    Speculated,
    TaskId,
    TaskOpened,
)
from swarmwright.ledger.ports import Ledger
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Ask

REPLAY_EVENTS = 4096
"""Events that are replayed at a time."""

Reader = Callable[[Sequence[AnyEvent]], None]
"""Someone who hears of Events."""


class Replay:
    """Reads a ledger into a fresh scheduler, and holds what it decides against what was decided before.

    ``owed`` are the scheduler's Events that the ledger does not tell of yet; ``started`` says whether the ledger
    tells of any work; ``closed`` whether the run was closed after all else.
    """

    def __init__(self, scheduler: Scheduler, remember: Reader) -> None:
        """Take a scheduler that was not started, and who else is to hear of every Event."""
        self._scheduler = scheduler
        self._remember = remember
        self.owed: dict[tuple[type, TaskId], AnyEvent] = {}
        self._told: dict[tuple[type, TaskId], AnyEvent] = {}
        self._asked: dict[TaskId, list[Asked]] = {}
        self.started = False
        self.closed = False

    def read(self, ledger: Ledger) -> None:
        """Replay all that is committed.

        Raises:
            LedgerMismatchError: the ledger tells of Tasks or decisions that this scheduler does not come to.
        """
        self._says(self._scheduler.start().events)
        chunk: list[AnyEvent] = []
        for event in ledger.replay():
            chunk.append(event)
            if len(chunk) >= REPLAY_EVENTS:
                self._feed(chunk)
                chunk = []
        self._feed(chunk)
        if self._told:
            raise LedgerMismatchError("The ledger tells of tasks or decisions that these options do not lead to.")

    def was_asked(self, ask: Ask) -> bool:
        """Tell whether the samples had been asked for when the run ended."""
        asked = self._asked.get(ask.task, ())
        return any(one.first <= ask.first < one.first + one.count for one in asked)

    def _feed(self, events: Sequence[AnyEvent]) -> None:
        self._remember(events)
        self._says(self._scheduler.on(events).events)
        for event in events:
            if isinstance(event, TaskOpened | Decided | Speculated | Abandoned):
                self.started = True
                self._match(event, self.owed, self._told)
            elif isinstance(event, Asked):
                self._asked.setdefault(event.task, []).append(event)
            if isinstance(event, Decided | Abandoned):
                self._asked.pop(event.task, None)
            if not isinstance(event, Noted):
                self.closed = isinstance(event, RunClosed)

    def _says(self, events: Sequence[AnyEvent]) -> None:
        for event in events:
            self._match(event, self._told, self.owed)

    def _match(
        self,
        event: AnyEvent,
        others: dict[tuple[type, TaskId], AnyEvent],
        mine: dict[tuple[type, TaskId], AnyEvent],
    ) -> None:
        """Strike an Event out against its like from the other side, or keep it until that comes."""
        assert isinstance(event, TaskOpened | Decided | Speculated | Abandoned)
        key = (type(event), event.task)
        other = others.pop(key, None)
        if other is None:
            mine[key] = event
        elif other != event:
            raise LedgerMismatchError("The ledger tells of decisions that these options would not take.")
