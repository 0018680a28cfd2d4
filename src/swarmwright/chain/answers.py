"""The file of decided answers, one line of JSON a step; whole or not there, and never ahead of the ledger."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from swarmwright.errors import OutputFolderError, StorageFullError
from swarmwright.plan.questions import encode_answer

ANSWERS_NAME = "answers.jsonl"


class AnswersFile:
    """Takes decided answers in the order of decisions, and becomes ``answers.jsonl`` when it is published.

    Whoever publishes has committed the ledger before: until then the lines stand in a file of another name, which
    the next start begins anew from the ledger.
    """

    def __init__(self, folder: Path) -> None:
        """Begin the file.

        Raises:
            OutputFolderError: the folder cannot be written.
        """
        self.folder = folder
        self._path = folder / ANSWERS_NAME
        self._draft = folder / f"{ANSWERS_NAME}.part"
        try:
            self._file = self._draft.open("wb")
        except OSError as error:
            raise OutputFolderError(f"{self._draft} cannot be written ({error.strerror}).") from None
        self.lines = 0

    def __call__(self, number: int, name: str, answer: bytes) -> None:
        """Take one answer, as JSON."""
        self.lines += 1
        named = b',"name":%b' % encode_answer(name) if name else b""
        self._write(b'{"step":%d%b,"answer":%b}\n' % (number, named, answer))

    def publish(self) -> Path:
        """Make it ``answers.jsonl``, durably; return its path.

        Raises:
            StorageFullError: the disk is full; the run's ledger is safe.
        """
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._draft.replace(self._path)
        except OSError as error:
            raise self._explained(error) from None
        return self._path

    def _write(self, line: bytes) -> None:
        try:
            self._file.write(line)
        except OSError as error:
            raise self._explained(error) from None

    def _explained(self, error: OSError) -> Exception:
        if error.errno == errno.ENOSPC:
            return StorageFullError(f"The disk is full at {self._draft}; free some space and run the same command.")
        return OutputFolderError(f"{self._draft} cannot be written ({error.strerror}).")

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file; what was not published is removed."""
        with contextlib.suppress(OSError):  # A full disk refuses the rest once more.
            self._file.close()
        self._draft.unlink(missing_ok=True)
