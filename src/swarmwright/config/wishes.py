"""What a person wishes of a run that goes on: written into the run's folder by one process, read there by another."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from swarmwright.adapters.sqlite_files import has_writer
from swarmwright.construct.packaging import LEDGER_NAME
from swarmwright.errors import OutputFolderError
from swarmwright.swarm.values import Wishes

WISHES_NAME = "wishes.json"


class WishesFile:
    """The wishes in a run's folder. Call it for those of now; what cannot be read changes nothing."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; wishes that were meant for an earlier start are forgotten."""
        self._path = folder / WISHES_NAME
        self._seen = 0
        self._wishes = Wishes()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def __call__(self) -> Wishes:
        """Return the wishes of now."""
        try:
            changed = self._path.stat().st_mtime_ns
            if changed != self._seen:
                self._wishes = msgspec.json.decode(self._path.read_bytes(), type=Wishes)
                self._seen = changed
        except FileNotFoundError:
            self._seen, self._wishes = 0, Wishes()
        except (OSError, msgspec.MsgspecError):
            pass
        return self._wishes

    def forget(self) -> None:
        """Take the file away: the run is over."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def wish(folder: Path, **changed: object) -> Wishes:
    """Change some wishes of the run in a folder, and return them all.

    Raises:
        OutputFolderError: the folder holds no run, or cannot be written.
    """
    if not (folder / LEDGER_NAME).is_file():
        raise OutputFolderError(f"{folder} holds no run of swarmwright.")
    if not has_writer(folder / LEDGER_NAME):
        raise OutputFolderError(f"No run goes on in {folder}.")
    path = folder / WISHES_NAME
    try:
        before = msgspec.json.decode(path.read_bytes(), type=Wishes)
    except (OSError, msgspec.MsgspecError):
        before = Wishes()
    wishes: Wishes = msgspec.structs.replace(before, **changed)
    draft = path.with_suffix(".part")
    try:
        draft.write_bytes(msgspec.json.encode(wishes))
        draft.replace(path)
    except OSError as error:
        raise OutputFolderError(f"{path} cannot be written ({error.strerror}).") from None
    return wishes
