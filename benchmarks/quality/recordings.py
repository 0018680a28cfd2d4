"""Recorded completions: a store of kept answers, its compact form for the repository, and models that only replay."""

from __future__ import annotations

import base64
import binascii
import lzma
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from swarmwright.adapters.sqlite import open_answers
from swarmwright.agents.ports import Completion, Model, ModelRequest
from swarmwright.agents.replay import RecordedModel
from swarmwright.errors import EndpointError, UsageError
from swarmwright.ledger.memory import MemoryAnswers
from swarmwright.ledger.ports import Answers

COMPACT = ".jsonl.xz"
"""The ending of a compact recording; anything else is a SQLite store."""


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One answer of a compact recording. ``key`` is the request's hash in base64; no prompt is kept anywhere."""

    key: str
    text: str
    finish: Literal["stop", "length", "other"]
    tokens_in: int
    tokens_out: int
    seconds: float


class NotedAnswers:
    """A store that remembers which of its keys were asked for and found."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.used: set[bytes] = set()

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under the key, or None."""
        found = self._answers.get(key)
        if found is not None:
            self.used.add(key)
        return found

    def put(self, items: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep all items."""
        self._answers.put(items)
        self.used.update(key for key, _ in items)

    def close(self) -> None:
        """Release the store."""
        self._answers.close()


class ReplayedModel:
    """A model whose answers are the recorded ones; it never asks anybody.

    Where nothing is recorded the answer is empty, which no reader accepts and no vote counts; ``missing`` counts
    such samples. An error instead would end the run, since nobody could be asked again.
    """

    def __init__(self, model: Model, answers: Answers) -> None:
        """Take the model whose name and digest the answers were kept under, and the store."""
        self._recorded = RecordedModel(model, answers, replay_only=True)
        self.missing = 0

    @property
    def name(self) -> str:
        """The name of the model that was recorded."""
        return self._recorded.name

    @property
    def digest(self) -> str:
        """Its digest."""
        return self._recorded.digest

    @property
    def family(self) -> str:
        """Its family."""
        return self._recorded.family

    @property
    def concurrency(self) -> int:
        """Reading is not rationed."""
        return 8

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return the recorded completions, empty ones for what was never recorded."""
        return tuple([await self._one(request, request.first + place) for place in range(request.count)])

    async def _one(self, request: ModelRequest, sample: int) -> Completion:
        try:
            (completion,) = await self._recorded.complete(msgspec.structs.replace(request, first=sample, count=1))
        except EndpointError:
            self.missing += 1
            return missing_answer(sample)
        return completion

    async def close(self) -> None:
        """Nothing to release: the model behind was never started."""


def missing_answer(sample: int) -> Completion:
    """Return the empty answer that stands for a sample of which nothing is recorded."""
    return Completion("", sample, "other", 0, 0, 0.0, 0.0, kept=True)


def open_recordings(path: Path, *, create: bool) -> NotedAnswers:
    """Open a store of answers: a SQLite file, or a compact recording (held in memory, so for replay only).

    Raises:
        UsageError: there is none and none may be made, or it cannot be read.
    """
    if path.name.endswith(COMPACT):
        if create:
            raise UsageError(f"{path} is a compact recording; record into a SQLite file and `export` it afterwards.")
        answers = MemoryAnswers()
        answers.put(list(read_compact(path)))
        return NotedAnswers(answers)
    if not create and not path.is_file():
        raise UsageError(f"{path}: there is no such recording; make one with --live --recordings {path}.")
    return NotedAnswers(open_answers(path))


def read_compact(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield the key and the encoded Completion of each answer of a compact recording.

    Raises:
        UsageError: it is not there, or is not what ``write_compact`` wrote.
    """
    try:
        text = lzma.decompress(path.read_bytes())
        for row in text.splitlines():
            line = msgspec.json.decode(row, type=Line)
            key = base64.b64decode(line.key, validate=True)
            yield key, msgspec.msgpack.encode(_completion(line))
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from None
    except (lzma.LZMAError, EOFError, binascii.Error, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise UsageError(f"{path} is no compact recording ({error}).") from None


def _completion(line: Line) -> Completion:
    return Completion(line.text, 0, line.finish, line.tokens_in, line.tokens_out, 0.0, line.seconds)


def write_compact(store: Path, target: Path, *, only: Collection[bytes] | None = None) -> int:
    """Write a SQLite store of answers as a compact recording, and return how many answers it holds.

    Only hashes and answers are written. The same answers always give the same bytes.

    Args:
        store: the SQLite file.
        target: the file to write; its name must end in ``COMPACT``.
        only: leave every other key out.

    Raises:
        UsageError: the names are not as they should be, or the store cannot be read.
    """
    if not target.name.endswith(COMPACT):
        raise UsageError(f"{target}: the name of a compact recording ends in {COMPACT}.")
    lines = []
    for key, value in read_store(store):
        if only is None or key in only:
            found = _decoded(value, store)
            encoded = base64.b64encode(key).decode()
            seconds = round(found.seconds, 2)
            lines.append(Line(encoded, found.text, found.finish, found.tokens_in, found.tokens_out, seconds))
    # Like beside like compresses best.
    lines.sort(key=lambda line: (line.text, line.key))
    target.parent.mkdir(parents=True, exist_ok=True)
    text = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    target.write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    return len(lines)


def _decoded(value: bytes, store: Path) -> Completion:
    try:
        return msgspec.msgpack.decode(value, type=Completion)
    except msgspec.DecodeError as error:
        raise UsageError(f"{store} holds an answer of another version ({error}); record anew.") from None


def read_store(store: Path) -> list[tuple[bytes, bytes]]:
    """Return the key and the encoded Completion of each answer of a SQLite store.

    Raises:
        UsageError: it is not there, or is none.
    """
    if not store.is_file():
        raise UsageError(f"{store}: there is no such recording.")
    try:
        connection = sqlite3.connect(f"{store.resolve().as_uri()}?mode=ro", uri=True)
        try:
            return list(connection.execute("SELECT key, value FROM answers ORDER BY key"))
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UsageError(f"{store} is no store of answers ({error}).") from None


def read_into(compact: Path, store: Path) -> int:
    """Put the answers of a compact recording into a SQLite store (made where there is none); return how many."""
    items = list(read_compact(compact))
    answers = open_answers(store)
    try:
        answers.put(items)
    finally:
        answers.close()
    return len(items)
