"""Checking a ledger: every frame, blob and derived table."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from swarmwright.adapters.sqlite_files import explaining
from swarmwright.adapters.sqlite_tables import (
    SELECT_DECISIONS,
    SELECT_TOTALS,
    Derived,
    Row,
    read_blob,
    read_frames,
)
from swarmwright.errors import LedgerCorruptError, LedgerError
from swarmwright.ledger.frames import first_link, read_chain


class LedgerReport(msgspec.Struct, frozen=True):
    """What checking a ledger showed: what was found sound and, where something is not, the first fault.

    ``fault_frame`` is the number of the frame that the fault is in, or belongs to (0: the file as a whole).
    """

    frames: int
    events: int
    blobs: int
    fault_frame: int | None = None
    fault: str = ""

    @property
    def sound(self) -> bool:
        """Whether every byte that matters is the one that was written."""
        return self.fault_frame is None


class Checker:
    """Checks one snapshot of a ledger, part by part, counting what was found sound."""

    def __init__(self, path: Path, connection: sqlite3.Connection, run_id: bytes) -> None:
        self._path = path
        self._connection = connection
        self._run_id = run_id
        self._derived = Derived()
        self._derived.link = first_link(run_id)
        self._home: dict[bytes, int] = {}
        self._decisions: list[Row] = []
        self._frame = 0
        self._blobs = 0

    def report(self) -> LedgerReport:
        """Return what is sound, up to the first fault."""
        fault: str | None = None
        try:
            with explaining(self._path):
                for part in (self._check_frames, self._check_blobs, self._check_tables, self._check_file):
                    part()
        except LedgerError as error:
            fault = str(error)
        d = self._derived
        frame = self._frame if fault is not None else None
        return LedgerReport(d.number, d.totals.events, self._blobs, frame, fault or "")

    def _check_frames(self) -> None:
        self._frame = 1
        for frame, content in read_chain(read_frames(self._path, self._connection), self._run_id):
            self._decisions.extend(self._derived.take(content.events))
            self._derived.number, self._derived.link = frame.number, frame.link
            self._home.update(dict.fromkeys(content.blobs, frame.number))
            self._frame = frame.number + 1

    def _check_blobs(self) -> None:
        for blob, number in self._home.items():
            self._frame = number
            row = self._connection.execute("SELECT crc, body FROM blobs WHERE id = ?", (blob,)).fetchone()
            if row is None:
                raise LedgerCorruptError(f"The blob {blob.hex()} of frame {number} is missing.")
            read_blob(blob, *row)
            self._blobs += 1
        self._frame = 0
        if self._connection.execute("SELECT count(*) FROM blobs").fetchone() != (len(self._home),):
            raise LedgerCorruptError("There are blobs that no frame brought.")

    def _check_tables(self) -> None:
        self._frame = self._derived.number
        kept = self._connection.execute(SELECT_DECISIONS).fetchall()
        if kept != self._decisions:
            raise LedgerCorruptError("The table of decisions does not follow from the events.")
        totals = self._connection.execute(SELECT_TOTALS).fetchall()
        if totals != ([self._derived.totals_row()] if self._derived.number else []):
            raise LedgerCorruptError("The table of totals does not follow from the events.")

    def _check_file(self) -> None:
        self._frame = 0
        (said,) = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise LedgerCorruptError(f"The file is damaged: {said}.")
