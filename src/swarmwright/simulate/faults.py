"""What can go wrong around a run: a process that dies at any moment, a disk that fills up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from swarmwright.errors import StorageFullError
from swarmwright.ledger.events import AnyEvent
from swarmwright.ledger.memory import MemoryBlobs, MemoryLedger


class Crash(BaseException):
    """The simulated process was killed."""


class MortalLedger:
    """A ledger in memory whose process is killed at the ``dies_at``-th append or commit (counted together, from 1).

    From then on nothing works but ``survivor``: the ledger as a new process would find it. With ``fills_at`` the
    disk is full from that append or commit on: commits raise ``StorageFullError``.
    """

    def __init__(self, ledger: MemoryLedger, *, dies_at: int = 0, fills_at: int = 0) -> None:
        """Wrap a ledger; 0 means never."""
        self._ledger = ledger
        self._dies_at = dies_at
        self._fills_at = fills_at
        self._steps = 0
        self._dead = False

    @property
    def blobs(self) -> MemoryBlobs:
        """The blobs that the events refer to."""
        return self._ledger.blobs

    @property
    def is_dead(self) -> bool:
        """Whether the process was killed."""
        return self._dead

    def survivor(self) -> MemoryLedger:
        """Return what was committed, as a new ledger."""
        return self._ledger.crash()

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Add events to the open window, or die."""
        self._live()
        self._ledger.append(events)

    def commit(self) -> None:
        """Make the window durable, or die, or find the disk full."""
        self._live()
        if self._fills_at and self._steps >= self._fills_at:
            raise StorageFullError
        self._ledger.commit()

    def replay(self) -> Iterator[AnyEvent]:
        """Yield every committed event."""
        return self._ledger.replay()

    def close(self) -> None:
        """Commit and release."""
        self._live()
        self._ledger.close()

    def _live(self) -> None:
        self._steps += 1
        if self._dead or self._steps == self._dies_at:
            self._dead = True
            raise Crash
