"""The ledger and the stores as the swarm sees them: append, commit, replay; put, get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from swarmwright.ledger.events import AnyEvent, BlobId


class Blobs(Protocol):
    """Content-addressed bytes, stored once."""

    def put(self, content: bytes) -> BlobId:
        """Keep the bytes (durable with the ledger's next commit) and return their SHA-256."""
        ...

    def get(self, blob: bytes) -> bytes:
        """Return the bytes of that SHA-256; raise ``KeyError`` where they are not kept."""
        ...


class Ledger(Protocol):
    """The append-only, hash-chained list of Events of one run."""

    @property
    def blobs(self) -> Blobs:
        """The blobs that the events refer to."""
        ...

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Add events to the open window; nothing is durable yet."""
        ...

    def commit(self) -> None:
        """Make every appended event and blob durable, as one frame; does nothing where there is none.

        Raises:
            StorageFullError: the disk is full; what was committed before is safe.
        """
        ...

    def replay(self) -> Iterator[AnyEvent]:
        """Yield every committed event in order, checking the chain.

        Raises:
            LedgerCorruptError: a frame's bytes or its place in the chain are not what was written.
        """
        ...

    def close(self) -> None:
        """Commit and release the file."""
        ...


class Answers(Protocol):
    """Completions that were paid for, kept by request key across runs; one sample number is in each key."""

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under the key, or None."""
        ...

    def put(self, items: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep all items durably before returning."""
        ...

    def close(self) -> None:
        """Release the file."""
        ...
