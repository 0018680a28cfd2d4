"""Frames: a batch of Events as compressed columns, chained by hash to the frame before.

A frame's body is ``zlib(msgpack(...))``. Inside it the events are turned into columns, one a field of each kind
of event, since values of one field resemble each other. Byte strings (Task ids, vote keys) stand once in
a table of the frame, and columns hold the *step* from one entry of the table to the next: whoever writes
``Voted`` and then ``Decided`` for one Task after the other writes a column of ones, which costs nothing.

The chain: ``link[0] = SHA-256(magic, format, run id)`` and
``link[n] = SHA-256(link[n-1], n as 8 bytes big-endian, body[n])`` for n = 1, 2, ...
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args, get_type_hints

import msgspec

from swarmwright.errors import LedgerCorruptError
from swarmwright.ledger.events import FORMAT, AnyEvent, BlobId, Event

MAGIC = b"swarmwright ledger"
_KINDS: tuple[type[Event], ...] = get_args(AnyEvent)
_NUMBER = {kind: number for number, kind in enumerate(_KINDS)}
_LEVEL = 6


class Frame(msgspec.Struct, frozen=True):
    """One committed batch: its number (from 1), how many events, its link in the chain, its body."""

    number: int
    events: int
    link: bytes
    body: bytes


class Content(msgspec.Struct, frozen=True):
    """What a frame's body holds: the events in order, and the ids of blobs that were stored with them."""

    events: tuple[AnyEvent, ...]
    blobs: tuple[BlobId, ...]


class _Body(msgspec.Struct, frozen=True, array_like=True):
    """``order`` names each event's kind by number; ``columns`` holds for each kind that occurs its fields."""

    order: bytes
    blobs: bytes
    sizes: list[int]
    table: bytes
    columns: dict[int, msgspec.Raw]


class _Layout:
    """How one kind of event is laid out in columns."""

    def __init__(self, kind: type[Event]) -> None:
        hints = get_type_hints(kind)
        self.fields = kind.__struct_fields__
        self.single = frozenset(name for name in self.fields if _is_bytes(hints[name]))
        self.several = frozenset(name for name in self.fields if _is_many_bytes(hints[name]))
        stored = [self._stored(name, hints[name]) for name in self.fields]
        self.decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(tuple[tuple(stored)])  # type: ignore[misc]

    def _stored(self, name: str, hint: Any) -> Any:
        if name in self.single:
            return list[int]
        if name in self.several:
            return tuple[list[int], list[int]]
        return list[hint]


def _is_bytes(hint: Any) -> bool:
    return getattr(hint, "__supertype__", hint) is bytes


def _is_many_bytes(hint: Any) -> bool:
    arguments = get_args(hint)
    return len(arguments) == 2 and arguments[1] is Ellipsis and _is_bytes(arguments[0])


_LAYOUTS = tuple(_Layout(kind) for kind in _KINDS)
_ENCODER = msgspec.msgpack.Encoder()
_BODY = msgspec.msgpack.Decoder(_Body)


class _Table:
    """The byte strings of a frame, each stored once, in the order of their first use."""

    def __init__(self) -> None:
        self.entries: dict[bytes, int] = {}

    def steps(self, values: Iterable[bytes]) -> list[int]:
        """Return the steps from entry to entry that spell these values, entering those that are new."""
        entries = self.entries
        steps = []
        before = 0
        for value in values:
            index = entries.get(value)
            if index is None:
                index = entries[value] = len(entries)
            steps.append(index - before)
            before = index
        return steps


def encode_body(events: Sequence[AnyEvent], blobs: Sequence[BlobId] = ()) -> bytes:
    """Return the body of a frame that holds these events and says which blobs came with them."""
    batches: dict[int, list[AnyEvent]] = {}
    order = bytearray()
    for event in events:
        number = _NUMBER[type(event)]
        order.append(number)
        batches.setdefault(number, []).append(event)
    table = _Table()
    columns = {number: msgspec.Raw(_encode_columns(number, batches[number], table)) for number in sorted(batches)}
    sizes = [len(entry) for entry in table.entries]
    body = _Body(bytes(order), b"".join(blobs), sizes, b"".join(table.entries), columns)
    return zlib.compress(_ENCODER.encode(body), _LEVEL)


def _encode_columns(number: int, events: list[AnyEvent], table: _Table) -> bytes:
    layout = _LAYOUTS[number]
    columns: list[Any] = []
    for name, values in zip(layout.fields, zip(*map(msgspec.structs.astuple, events), strict=True), strict=True):
        if name in layout.single:
            columns.append(table.steps(values))
        elif name in layout.several:
            columns.append(([len(value) for value in values], table.steps(key for value in values for key in value)))
        else:
            columns.append(values)
    return _ENCODER.encode(columns)


def decode_body(body: bytes) -> Content:
    """Return what a frame's body holds.

    Raises:
        LedgerCorruptError: these bytes are not the body of a frame.
    """
    try:
        packed = _BODY.decode(_inflate(body))
        entries = _cut(packed.table, packed.sizes)
        streams = {number: _decode_columns(number, raw, entries) for number, raw in packed.columns.items()}
        events = tuple(next(streams[number]) for number in packed.order)
        if any(next(stream, None) is not None for stream in streams.values()):
            raise ValueError("more events than the order names")
        return Content(events, tuple(BlobId(blob) for blob in _cut(packed.blobs, [32] * (len(packed.blobs) // 32))))
    except (msgspec.MsgspecError, zlib.error, ValueError, IndexError, KeyError, StopIteration, RuntimeError) as error:
        raise LedgerCorruptError(f"A frame's body cannot be read ({error}).") from error


def _inflate(body: bytes) -> bytes:
    stream = zlib.decompressobj()
    content = stream.decompress(body)
    if not stream.eof or stream.unused_data:
        raise ValueError("its length is wrong")
    return content


def _cut(joined: bytes, sizes: Iterable[int]) -> list[bytes]:
    pieces = []
    start = 0
    for size in sizes:
        pieces.append(joined[start : start + size])
        start += size
    if start != len(joined):
        raise ValueError("the sizes do not add up")
    return pieces


def _decode_columns(number: int, raw: msgspec.Raw, entries: list[bytes]) -> Iterator[AnyEvent]:
    layout = _LAYOUTS[number]
    columns: list[Iterable[Any]] = []
    for name, column in zip(layout.fields, layout.decoder.decode(raw), strict=True):
        if name in layout.single:
            columns.append(_follow(column, entries))
        elif name in layout.several:
            columns.append(_group(column[0], _follow(column[1], entries)))
        else:
            columns.append(column)
    kind: Any = _KINDS[number]
    return (kind(*row) for row in zip(*columns, strict=True))


def _follow(steps: list[int], entries: list[bytes]) -> list[bytes]:
    values = []
    index = 0
    for step in steps:
        index += step
        if index < 0:
            raise ValueError("a step leaves the table")
        values.append(entries[index])
    return values


def _group(counts: list[int], values: list[bytes]) -> list[tuple[bytes, ...]]:
    groups = []
    start = 0
    for count in counts:
        groups.append(tuple(values[start : start + count]))
        start += count
    if start != len(values):
        raise ValueError("the counts do not add up")
    return groups


def first_link(run_id: bytes, format_: int = FORMAT) -> bytes:
    """Return the chain's beginning: the SHA-256 of the magic, the format (4 bytes big-endian) and the run id."""
    return hashlib.sha256(MAGIC + format_.to_bytes(4, "big") + run_id).digest()


def next_link(before: bytes, number: int, body: bytes) -> bytes:
    """Return the link of frame ``number``, whose predecessor's link is ``before``."""
    return hashlib.sha256(before + number.to_bytes(8, "big") + body).digest()


def encode_frame(events: Sequence[AnyEvent], *, number: int, before: bytes, blobs: Sequence[BlobId] = ()) -> Frame:
    """Return these events as frame ``number`` (from 1), chained to the link ``before``."""
    body = encode_body(events, blobs)
    return Frame(number, len(events), next_link(before, number, body), body)


def decode_frame(frame: Frame, *, number: int, before: bytes) -> Content:
    """Return what a frame holds, after checking that it is frame ``number`` and follows the link ``before``.

    Raises:
        LedgerCorruptError: it is not, or its body is not what was written; the message names the frame.
    """
    if frame.number != number:
        raise LedgerCorruptError(f"Frame {number} is missing (frame {frame.number} is in its place).")
    if next_link(before, number, frame.body) != frame.link:
        raise LedgerCorruptError(f"Frame {number} was changed: its hash is not the one in the chain.")
    content = decode_body(frame.body)
    if len(content.events) != frame.events:
        raise LedgerCorruptError(f"Frame {number} holds {len(content.events)} events and claims {frame.events}.")
    return content


def read_chain(frames: Iterable[Frame], run_id: bytes) -> Iterator[tuple[Frame, Content]]:
    """Yield every frame with what it holds, from the first, checking the chain on the way.

    Raises:
        LedgerCorruptError: naming the first frame that is missing or was changed.
    """
    before = first_link(run_id)
    for number, frame in enumerate(frames, start=1):
        yield frame, decode_frame(frame, number=number, before=before)
        before = frame.link
