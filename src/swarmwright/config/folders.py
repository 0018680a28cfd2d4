"""The folder of a run: made or found, an earlier run of ours put away, its ledger opened."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.adapters.sqlite_files import has_writer
from swarmwright.construct.packaging import LEDGER_NAME
from swarmwright.errors import LedgerError, OutputFolderError, StorageFullError
from swarmwright.ledger.ports import Ledger


def open_folder(out: Path, *, fresh: bool, also: Sequence[str] = ()) -> Ledger:
    """Open the ledger of a folder; with ``fresh`` an earlier run of ours is put away first.

    Args:
        out: the folder; it is made where it is not there.
        fresh: begin anew.
        also: names of further files that belong to a run and go with it.

    Raises:
        LedgerError: another process is writing there, or the ledger cannot be used.
        OutputFolderError: the folder cannot be used.
        StorageFullError: the disk is full.
    """
    if fresh and has_writer(out / LEDGER_NAME):
        raise LedgerError(f"Another process is running in {out}; stop it first, or name another folder with --out.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        if fresh:
            for file in (*out.glob(f"{LEDGER_NAME}*"), *(out / name for name in also)):
                file.unlink(missing_ok=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageFullError(f"The disk is full at {out}; free some space and run the same command.") from None
        raise OutputFolderError(f"{out} cannot be used ({error.strerror}); name another folder with --out.") from None
    return open_ledger(out / LEDGER_NAME)
