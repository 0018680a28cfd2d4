"""Putting a package's files into its output folder: formatted, one by one and atomically, ours alone."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from swarmwright.errors import OutputFolderError, StorageFullError, SwarmwrightError
from swarmwright.verify.certificates import EVIDENCE_NAME, MANIFEST_NAME, manifest_text

LEDGER_NAME = "run.ledger"
"""The file that marks an output folder as ours."""
LEDGER_FILES = (LEDGER_NAME, f"{LEDGER_NAME}.lock", f"{LEDGER_NAME}-wal")
"""The ledger, its seal, and what SQLite leaves beside it while somebody reads."""
_FORMAT_TIMEOUT_S = 60.0
_FORMAT = ("--isolated", "--no-cache", "--quiet", "--line-length=100", "--target-version=py311")


class _Evidence(msgspec.Struct):
    """The part of ``evidence.json`` that says what was written: path to SHA-256."""

    files: dict[str, str] = {}


def require_usable(folder: Path) -> None:
    """Check that a build may write into the folder.

    Raises:
        OutputFolderError: it is a file, or holds something and is not one of ours.
    """
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise OutputFolderError(f"{folder} is a file; name a folder with --out.")
        if any(folder.iterdir()) and not (folder / LEDGER_NAME).is_file():
            raise OutputFolderError(
                f"{folder} is not empty and was not made by swarmwright; name another folder with --out or empty it."
            )
    except PermissionError as error:
        raise OutputFolderError(
            f"{folder} cannot be read ({error.strerror}); name another folder with --out."
        ) from None


def format_files(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with every Python file outside ``spec/`` formatted and its imports sorted by ruff.

    The text is only parsed, never executed. What ruff cannot parse is returned as it is.

    Raises:
        SwarmwrightError: ruff cannot be started.
    """
    mine = {path: text for path, text in files.items() if path.endswith(".py") and not path.startswith("spec/")}
    with tempfile.TemporaryDirectory(prefix="swarmwright-") as name:
        folder = Path(name)
        for path, text in mine.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        _ruff(folder, "check", *_FORMAT[:3], _FORMAT[4], "--select=I,F401", "--fix", "--exit-zero")
        _ruff(folder, "format", *_FORMAT)
        return {**files, **{path: (folder / path).read_text(encoding="utf-8") for path in mine}}


def _ruff(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "ruff", *arguments, "."]
    try:
        subprocess.run(
            command, cwd=folder, capture_output=True, timeout=_FORMAT_TIMEOUT_S, check=False, start_new_session=True
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SwarmwrightError(f"The package could not be formatted with ruff ({error}); reinstall ruff.") from None


def digests(files: Mapping[str, str]) -> dict[str, str]:
    """Return the SHA-256 of each file's bytes, as ``evidence.json`` records it."""
    return {path: hashlib.sha256(text.encode()).hexdigest() for path, text in sorted(files.items())}


def digests_in(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of those files' bytes as they lie in the folder now; what is missing is left out."""
    found = {path: _digest(folder / path) for path in paths}
    return {path: digest for path, digest in found.items() if digest is not None}


def write_package(files: Mapping[str, str], folder: Path) -> None:
    """Write the files below the folder, each atomically, the evidence last.

    Files of an earlier build that are not wanted any more are removed if their bytes are still the ones that were
    written; a file that somebody changed since is kept beside the new one as ``NAME.edited``.

    Raises:
        OutputFolderError: the folder is not empty and not ours, or cannot be written.
        StorageFullError: the disk is full; files that were there before are whole.
    """
    require_usable(folder)
    before = written_before(folder)
    last = (EVIDENCE_NAME,)
    with _explaining(folder):
        for path in sorted(files, key=lambda name: (name in last, name)):
            _keep_edited(folder / path, before.get(path), files[path])
            _replace(folder / path, files[path].encode())
        for path, digest in before.items():
            if path not in files and _digest(folder / path) == digest:
                (folder / path).unlink()


def seal_package(folder: Path) -> None:
    """Write the manifest of everything that was delivered: what the evidence lists, itself, and the closed ledger.

    Raises:
        OutputFolderError: the folder cannot be written.
        StorageFullError: the disk is full.
    """
    known = written_before(folder) | digests_in(folder, (EVIDENCE_NAME, *LEDGER_FILES))
    with _explaining(folder):
        _replace(folder / MANIFEST_NAME, manifest_text(known).encode())


@contextlib.contextmanager
def _explaining(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFullError(f"The disk is full at {folder}; free some space and run the same command.") from None
        raise OutputFolderError(f"{folder} cannot be written ({error.strerror}); name another with --out.") from None


def written_before(folder: Path) -> dict[str, str]:
    """Return what an earlier build says it wrote into the folder: path to SHA-256, paths inside it only."""
    try:
        evidence = msgspec.json.decode((folder / EVIDENCE_NAME).read_bytes(), type=_Evidence)
    except (OSError, msgspec.MsgspecError):
        return {}
    root = folder.resolve()
    return {path: digest for path, digest in evidence.files.items() if (folder / path).resolve().is_relative_to(root)}


def _keep_edited(target: Path, written: str | None, text: str) -> None:
    there = _digest(target)
    if written is not None and there is not None and there not in (written, hashlib.sha256(text.encode()).hexdigest()):
        target.replace(target.with_name(target.name + ".edited"))


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
