"""The ledger and the stores in memory: fakes that pass the suite of the real ones, for simulation and tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from swarmwright.errors import LedgerError
from swarmwright.ledger.events import AnyEvent, BlobId


class MemoryBlobs:
    """Content-addressed bytes in a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[bytes, bytes] = {}

    def put(self, content: bytes) -> BlobId:
        """Keep the bytes and return their SHA-256."""
        blob = BlobId(hashlib.sha256(content).digest())
        self._kept.setdefault(blob, content)
        return blob

    def get(self, blob: bytes) -> bytes:
        """Return the bytes of that SHA-256; raise ``KeyError`` where they are not kept."""
        return self._kept[blob]


class MemoryLedger:
    """A ledger that lasts as long as the process. ``crash`` shows what a real one would have kept."""

    def __init__(self, events: Sequence[AnyEvent] = (), blobs: MemoryBlobs | None = None) -> None:
        self._committed: list[AnyEvent] = list(events)
        self._window: list[AnyEvent] = []
        self._blobs = blobs or MemoryBlobs()
        self._closed = False
        self.commits = 0

    @property
    def blobs(self) -> MemoryBlobs:
        """The blobs that the events refer to."""
        return self._blobs

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Add events to the open window."""
        self._refuse_closed()
        self._window.extend(events)

    def commit(self) -> None:
        """Move the window to what is committed."""
        self._refuse_closed()
        if self._window:
            self._committed.extend(self._window)
            self._window.clear()
            self.commits += 1

    def replay(self) -> Iterator[AnyEvent]:
        """Yield every event that is committed now, in order."""
        self._refuse_closed()
        yield from self._committed[:]

    def crash(self) -> MemoryLedger:
        """Return a ledger that holds what was committed; this one is closed, its open window is lost."""
        self._closed = True
        return MemoryLedger(self._committed, self._blobs)

    def close(self) -> None:
        """Commit; nothing can be done with it afterwards. Closing twice does nothing."""
        if not self._closed:
            self.commit()
            self._closed = True

    def _refuse_closed(self) -> None:
        if self._closed:
            raise LedgerError("The ledger is closed.")


class MemoryAnswers:
    """Kept completions in a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under the key, or None."""
        return self._kept.get(key)

    def put(self, items: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep all items; the first that was kept under a key stays."""
        for key, value in items:
            self._kept.setdefault(key, value)

    def close(self) -> None:
        """Nothing to release."""
