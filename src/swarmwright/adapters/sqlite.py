"""The ledger of a run, and the store of kept answers, each in one SQLite file.

The file is in WAL mode with ``synchronous=FULL``: a commit that returned is on the disk. One process writes (a
lock on the file beside says so); any number read meanwhile, each seeing whole commits only.
"""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import msgspec

from swarmwright.adapters.sqlite_check import Checker, LedgerReport
from swarmwright.adapters.sqlite_files import (
    breaks_seal,
    connect_answers,
    connect_to_read,
    connect_to_write,
    explain_os,
    explaining,
    has_writer,
    lock_writer,
    open_lock,
    put_away,
    seal,
)
from swarmwright.adapters.sqlite_tables import (
    INSERT_BLOB,
    INSERT_DECISION,
    INSERT_FRAME,
    REPLACE_TOTALS,
    SELECT_TOTALS,
    Derived,
    Row,
    Sealed,
    read_blob,
    read_frames,
    read_run_id,
)
from swarmwright.errors import LedgerCorruptError, LedgerError
from swarmwright.ledger.events import AnyEvent, BlobId
from swarmwright.ledger.frames import Content, Frame, first_link, read_chain

__all__ = [
    "LedgerReport",
    "SqliteAnswers",
    "SqliteBlobs",
    "SqliteLedger",
    "has_writer",
    "open_answers",
    "open_ledger",
    "verify_ledger",
]


def open_ledger(path: Path, *, create: bool = True, readonly: bool = False) -> SqliteLedger:
    """Open the ledger of a run, for writing (checking all of it first) or for reading only.

    Args:
        path: The SQLite file.
        create: Begin a new ledger where there is none. A ledger opened for reading is never created.
        readonly: Read only; possible while another process writes.

    Raises:
        LedgerError: there is none, or another process has it open for writing.
        LedgerVersionError: it was written by another version of the format.
        LedgerCorruptError: it is no ledger, or its bytes are not the ones that were written.
        StorageFullError: the disk is full.
    """
    if readonly:
        return SqliteLedger(path, connect_to_read(path), None)
    lock = lock_writer(path, create=create)
    try:
        return SqliteLedger(path, connect_to_write(path, create=create), lock)
    except BaseException:
        lock.close()
        raise


def verify_ledger(path: Path) -> LedgerReport:
    """Check every frame, blob and derived table of a ledger, without changing it, and report the first fault.

    Raises:
        LedgerError: there is no ledger to check.
        LedgerVersionError: it was written by another version of the format.
        LedgerCorruptError: the file is no ledger at all.
    """
    ledger = open_ledger(path, readonly=True)
    try:
        report = ledger.check()
    finally:
        ledger.close()
    if report.sound and breaks_seal(path):
        fault = "every event is as it was written, but bytes between them are not those of the file that was closed"
        return msgspec.structs.replace(report, fault_frame=0, fault=fault)
    return report


def open_answers(path: Path) -> SqliteAnswers:
    """Open the store of kept answers, making it (and its folder) where there is none.

    Several processes may have it open at once.

    Raises:
        LedgerError: it cannot be made or opened; ``LedgerCorruptError``, ``LedgerVersionError`` and
            ``StorageFullError`` as for a ledger.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain_os(error, path) from error
    # Turning a new file into WAL mode is the one step that two processes must not take at once.
    with open_lock(path) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with explaining(path):
            return SqliteAnswers(path, connect_answers(path))


class SqliteBlobs:
    """The blobs of a ledger; what is put joins the ledger's next commit."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, readonly: bool) -> None:
        self._path = path
        self._connection = connection
        self._readonly = readonly
        self.window: dict[BlobId, bytes] = {}

    def put(self, content: bytes) -> BlobId:
        """Keep the bytes (durable with the ledger's next commit) and return their SHA-256.

        Raises:
            LedgerError: the ledger is open for reading only.
        """
        if self._readonly:
            raise LedgerError(f"The ledger {self._path} is open for reading only.")
        blob = BlobId(hashlib.sha256(content).digest())
        if blob not in self.window and self._stored(blob) is None:
            self.window[blob] = zlib.compress(content)
        return blob

    def get(self, blob: bytes) -> bytes:
        """Return the bytes of that SHA-256.

        Raises:
            KeyError: they are not kept.
            LedgerCorruptError: what is kept has another hash.
        """
        waiting = self.window.get(BlobId(blob))
        if waiting is not None:
            return zlib.decompress(waiting)
        row = self._stored(blob)
        if row is None:
            raise KeyError(blob)
        return read_blob(blob, *row)

    def _stored(self, blob: bytes) -> Row | None:
        with explaining(self._path):
            row: Row | None = self._connection.execute("SELECT crc, body FROM blobs WHERE id = ?", (blob,)).fetchone()
            return row


class SqliteLedger:
    """The append-only, hash-chained list of Events of one run. To be used from one thread at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: IO[bytes] | None) -> None:
        self._path = path
        self._connection = connection
        self._lock = lock
        self._closed = False
        self._window: list[AnyEvent] = []
        self._sealed: Sealed | None = None
        self._derived = Derived()
        self._blobs = SqliteBlobs(path, connection, readonly=lock is None)
        try:
            with explaining(path):
                self._run_id = read_run_id(connection)
                self._derived.link = first_link(self._run_id)
                if lock is not None:
                    self._catch_up()
        except BaseException:
            connection.close()
            raise

    @property
    def blobs(self) -> SqliteBlobs:
        """The blobs that the events refer to."""
        return self._blobs

    @property
    def run_id(self) -> bytes:
        """16 random bytes that tell this run from all others; the chain begins with them."""
        return self._run_id

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Add events to the open window; nothing is durable yet.

        Raises:
            LedgerError: the ledger is closed, or open for reading only.
        """
        self._refuse_closed()
        if self._lock is None:
            raise LedgerError(f"The ledger {self._path} is open for reading only.")
        self._window.extend(events)

    def commit(self) -> None:
        """Make every appended event and blob durable, as one frame; does nothing where there is none.

        What could not be written stays in the window, and the next commit tries again.

        Raises:
            StorageFullError: the disk is full; what was committed before is safe.
            LedgerError: the file cannot be written.
        """
        self._refuse_closed()
        if self._sealed is not None:
            self._write(self._sealed)
        if self._window or self._blobs.window:
            self._sealed = self._derived.seal(self._window, self._blobs.window)
            self._window = []
            self._write(self._sealed)

    def replay(self) -> Iterator[AnyEvent]:
        """Yield every committed event in order, checking the chain.

        Raises:
            LedgerCorruptError: a frame's bytes or its place in the chain are not what was written.
        """
        for _, content in self._chain():
            yield from content.events

    def check(self) -> LedgerReport:
        """Check every frame, blob and derived table as they are now, and report the first fault."""
        self._refuse_closed()
        self._connection.execute("BEGIN")
        try:
            return Checker(self._path, self._connection, self._run_id).report()
        finally:
            self._connection.rollback()

    def close(self) -> None:
        """Commit and release the file. Closing twice does nothing.

        Raises:
            StorageFullError: the last window could not be written; the file is released all the same.
        """
        if self._closed:
            return
        try:
            if self._lock is not None:
                self.commit()
        finally:
            self._closed = True
            put_away(self._connection, whole=self._lock is not None)
            if self._lock is not None:
                seal(self._path, self._lock)
                self._lock.close()

    def _chain(self) -> Iterator[tuple[Frame, Content]]:
        self._refuse_closed()
        return read_chain(read_frames(self._path, self._connection), self._run_id)

    def _catch_up(self) -> None:
        derived = self._derived
        for frame, content in self._chain():
            derived.take(content.events)
            derived.number, derived.link = frame.number, frame.link
        if derived.number and self._connection.execute(SELECT_TOTALS).fetchall() != [derived.totals_row()]:
            raise LedgerCorruptError(
                f"The ledger {self._path} ends at frame {derived.number}, and its totals say otherwise: it was cut."
            )

    def _write(self, sealed: Sealed) -> None:
        connection = self._connection
        with explaining(self._path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                frame = sealed.frame
                connection.executemany(INSERT_BLOB, sealed.blobs)
                connection.execute(
                    INSERT_FRAME,
                    (frame.number, frame.events, frame.link, frame.body),
                )
                connection.executemany(INSERT_DECISION, sealed.decisions)
                connection.execute(REPLACE_TOTALS, sealed.totals)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.rollback()
                raise
        self._sealed = None
        for blob, _, _ in sealed.blobs:
            self._blobs.window.pop(blob, None)

    def _refuse_closed(self) -> None:
        if self._closed:
            raise LedgerError(f"The ledger {self._path} is closed.")


class SqliteAnswers:
    """Completions that were paid for, kept by request key across runs."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under the key, or None. An answer whose bytes were damaged is not kept."""
        with explaining(self._path):
            row = self._connection.execute("SELECT crc, value FROM answers WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            crc, value = row
            if isinstance(value, bytes) and crc == zlib.crc32(key + value):
                return value
            self._connection.execute("DELETE FROM answers WHERE key = ?", (key,))
            return None

    def put(self, items: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep all items durably before returning; the first that was kept under a key stays.

        Raises:
            StorageFullError: the disk is full; none of these items is kept.
        """
        rows = [(key, zlib.crc32(key + value), value) for key, value in items]
        with explaining(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany("INSERT OR IGNORE INTO answers (key, crc, value) VALUES (?, ?, ?)", rows)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise

    def close(self) -> None:
        """Release the file. Closing twice does nothing."""
        put_away(self._connection, whole=False)
