"""A ledger on a made-up disk: a commit is durable when the disk has synced, and death may come at any moment of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from swarmwright.errors import LedgerError, StorageFullError
from swarmwright.ledger.events import AnyEvent
from swarmwright.ledger.memory import MemoryBlobs
from swarmwright.simulate.universe_loop import Killed

Moment = Literal["append", "appended", "commit", "written", "synced"]
MOMENTS: tuple[Moment, ...] = ("append", "appended", "commit", "written", "synced")
"""When a death can come: before or after an append, before a commit is written, before or after its sync."""


class DiskWorld(msgspec.Struct, frozen=True):
    """How the disk is: a sync takes from ``sync_s[0]`` to ``sync_s[1]`` seconds; a write finds it full by chance."""

    sync_s: tuple[float, float] = (0.0, 0.0)
    full_chance: float = 0.0


class SimulatedDisk:
    """What outlives the process: the durable Events of one run, in order, across all its starts.

    ``durable`` are those that every sync so far has promised. A frame that was written and not synced when the
    process died is there afterwards or is not, by chance: whole, since a torn one does not count (that the real
    ledger drops torn frames is tested with real files). ``happened`` counts rare things by name.
    """

    def __init__(self, rng: random.Random, world: DiskWorld | None = None) -> None:
        """Take the generator of chances and how the disk is."""
        self.rng = rng
        self.world = world or DiskWorld()
        self.durable: list[AnyEvent] = []
        self.blobs = MemoryBlobs()
        self.happened: Counter[str] = Counter()

    def mount(self, wait: Callable[[float], None], *, dies_in: int = 0, dies_at: Moment = "append") -> DiskLedger:
        """Return the ledger of a new process, which dies at that moment of its ``dies_in``-th call of its kind.

        Args:
            wait: lets made-up seconds pass.
            dies_in: which append or commit, from 1; 0 for none.
            dies_at: the moment of it.
        """
        return DiskLedger(self, wait, dies_in, dies_at)

    def sync(self, frame: Sequence[AnyEvent]) -> None:
        """Make a written frame durable."""
        self.durable.extend(frame)

    def lose_power(self, frame: Sequence[AnyEvent]) -> None:
        """Keep or lose a frame that was written and not synced."""
        if frame and self.rng.random() < 0.5:
            self.durable.extend(frame)
            self.happened["a frame survived without its sync"] += 1
        elif frame:
            self.happened["a written frame was lost"] += 1


class DiskLedger:
    """The Ledger of one process on a `SimulatedDisk`. After its death nothing works.

    What a full disk does not take stays in the window, and the next commit tries again, as the real one does.
    """

    def __init__(self, disk: SimulatedDisk, wait: Callable[[float], None], dies_in: int, dies_at: Moment) -> None:
        self._disk = disk
        self._wait = wait
        self._left = dies_in
        self._moment: Moment = dies_at
        self._window: list[AnyEvent] = []
        self._closed = False
        self.is_dead = False

    @property
    def blobs(self) -> MemoryBlobs:
        """The blobs that the events refer to."""
        return self._disk.blobs

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Add events to the open window, or die."""
        self._refuse()
        dies = self._is_last("append", "appended")
        if dies and self._moment == "append":
            self.die()
        self._window.extend(events)
        if dies:
            self.die()

    def commit(self) -> None:
        """Make the window durable, or die on the way, or find the disk full."""
        self._refuse()
        if not self._window:
            return
        dies = self._is_last("commit", "written", "synced")
        if dies and self._moment == "commit":
            self.die()
        disk, world = self._disk, self._disk.world
        if world.full_chance and disk.rng.random() < world.full_chance:
            disk.happened["the disk was full"] += 1
            raise StorageFullError
        frame, self._window = self._window, []
        low, high = world.sync_s
        if high:
            self._wait(low + (high - low) * disk.rng.random())
        if dies and self._moment == "written":
            disk.lose_power(frame)
            self.die()
        disk.sync(frame)
        if dies:
            disk.happened["a death between a sync and its telling"] += 1
            self.die()

    def replay(self) -> Iterator[AnyEvent]:
        """Yield every event that is durable now, in order."""
        self._refuse()
        yield from self._disk.durable[:]

    def close(self) -> None:
        """Commit; afterwards nothing can be done with it."""
        self.commit()
        self._closed = True

    def cut(self) -> None:
        """End, whatever the window holds."""
        if self._window and not self.is_dead:
            self._disk.happened["a death between append and commit"] += 1
        self.is_dead = True

    def die(self) -> None:
        """Kill the process here.

        Raises:
            Killed: always.
        """
        self.cut()
        raise Killed

    def _is_last(self, *moments: Moment) -> bool:
        """Count a call of the kind that the death waits for; tell whether this is the one."""
        if not self._left or self._moment not in moments:
            return False
        self._left -= 1
        return not self._left

    def _refuse(self) -> None:
        if self.is_dead:
            raise Killed
        if self._closed:
            raise LedgerError("The ledger is closed.")
