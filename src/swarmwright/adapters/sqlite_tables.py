"""The tables of a ledger's file: what follows from the events, and reading rows that may have been damaged."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from swarmwright.adapters.sqlite_files import explaining
from swarmwright.errors import LedgerCorruptError
from swarmwright.ledger.events import Abandoned, AnyEvent, BlobId, Decided, Recalled, TaskOpened, Voted
from swarmwright.ledger.folds import Totals
from swarmwright.ledger.frames import Frame, encode_frame

INSERT_BLOB = "INSERT INTO blobs (id, crc, body) VALUES (?, ?, ?)"
INSERT_FRAME = "INSERT INTO frames (number, events, link, body) VALUES (?, ?, ?, ?)"
INSERT_DECISION = (
    "INSERT INTO decisions (task, name, delivered, sample, votes, margin, verdict, reason) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
REPLACE_TOTALS = (
    "INSERT OR REPLACE INTO totals (rowid, frame, link, events, tasks, answers, kept, failed, asked_again, votes, "
    "refuted, flagged, tokens_in, tokens_out, cost_usd, delivered, undecided) "
    "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
SELECT_DECISIONS = "SELECT task, name, delivered, sample, votes, margin, verdict, reason FROM decisions ORDER BY rowid"
SELECT_TOTALS = (
    "SELECT frame, link, events, tasks, answers, kept, failed, asked_again, votes, "
    "refuted, flagged, tokens_in, tokens_out, cost_usd, delivered, undecided FROM totals"
)
_SELECT_FRAMES = (
    "SELECT number, events, link, body FROM frames WHERE number > ? AND number <= ? ORDER BY number LIMIT ?"
)
_BATCH = 16
Row = tuple[Any, ...]


class Sealed(msgspec.Struct, frozen=True):
    """A commit that is ready to be written: the frame and the rows that belong to it."""

    frame: Frame
    blobs: tuple[tuple[BlobId, int, bytes], ...]
    decisions: tuple[Row, ...]
    totals: Row


class Derived:
    """What follows from the events so far: the chain's end, the totals, the names of open Tasks."""

    def __init__(self) -> None:
        self.number = 0
        self.link = b""
        self.totals = Totals()
        self._names: dict[bytes, str] = {}
        self._bulk: set[bytes] = set()

    def take(self, events: Sequence[AnyEvent]) -> list[Row]:
        """Take events into account and return the rows of the decisions among them."""
        self.totals.take(events)
        rows: list[Row] = []
        bulk = self._bulk
        for event in events:
            kind = type(event)
            if kind is Voted or kind is Recalled:
                bulk.add(event.task)  # type: ignore[union-attr]
            elif kind is TaskOpened:
                self._names[event.task] = event.name  # type: ignore[union-attr]
            elif kind is Decided:
                rows += self._decide(event)  # type: ignore[arg-type]
            elif kind is Abandoned:
                self._names.pop(event.task, None)  # type: ignore[union-attr]
                bulk.discard(event.task)  # type: ignore[union-attr]
        return rows

    def _decide(self, event: Decided) -> list[Row]:
        name = self._names.pop(event.task, "")
        if event.task in self._bulk:
            self._bulk.discard(event.task)
            return []
        # The columns are the fields of Decided, in its order, with the name after the task.
        task, delivered, *rest = msgspec.structs.astuple(event)
        return [(task, name, int(delivered), *rest)]

    def totals_row(self) -> Row:
        """Return the row of ``totals``, in the order of its columns."""
        t = self.totals
        return (
            *(self.number, self.link, t.events, t.tasks, t.answers, t.kept, t.failed, t.asked_again, t.votes),
            *(t.refuted, sum(t.flags.values()), t.tokens_in, t.tokens_out, t.cost_usd, t.delivered, t.undecided),
        )

    def seal(self, events: Sequence[AnyEvent], blobs: dict[BlobId, bytes]) -> Sealed:
        """Make the next frame of these events and blobs, and take it into account."""
        frame = encode_frame(events, number=self.number + 1, before=self.link, blobs=tuple(blobs))
        decisions = tuple(self.take(events))
        self.number, self.link = frame.number, frame.link
        stored = tuple((blob, zlib.crc32(body), body) for blob, body in blobs.items())
        return Sealed(frame, stored, decisions, self.totals_row())


def read_frames(path: Path, connection: sqlite3.Connection) -> Iterator[Frame]:
    """Yield the frames that are committed when this begins, a few at a time, holding no transaction open."""
    with explaining(path):
        (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM frames").fetchone()
    seen = 0
    while seen < last:
        with explaining(path):
            rows = connection.execute(
                _SELECT_FRAMES,
                (seen, last, _BATCH),
            ).fetchall()
        if not rows:
            raise LedgerCorruptError(f"Frame {seen + 1} is missing.")
        for number, events, link, body in rows:
            if not (isinstance(events, int) and isinstance(link, bytes) and isinstance(body, bytes)):
                raise LedgerCorruptError(f"Frame {number} was changed: its columns have other types.")
            yield Frame(number, events, link, body)
        seen = rows[-1][0]


def read_blob(blob: bytes, crc: object, body: object) -> bytes:
    """Return the content of a blob from the columns of its row.

    Raises:
        LedgerCorruptError: it is not what was written.
    """
    try:
        if isinstance(body, bytes) and crc == zlib.crc32(body):
            content = zlib.decompress(body)
            if hashlib.sha256(content).digest() == blob:
                return content
    except zlib.error:
        pass
    raise LedgerCorruptError(f"The blob {blob.hex()} was changed.")


def read_run_id(connection: sqlite3.Connection) -> bytes:
    """Return the run's id from the header; raise ``LedgerCorruptError`` where there is not exactly one."""
    rows = connection.execute("SELECT run_id FROM header").fetchall()
    if len(rows) != 1 or not isinstance(rows[0][0], bytes):
        raise LedgerCorruptError("The ledger's header was changed.")
    return rows[0][0]
