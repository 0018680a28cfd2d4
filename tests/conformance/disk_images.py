"""What may lie on a disk after a crash: images rebuilt from a recorded Trace.

The model of the disk is stricter than the file systems we know:

- A file's content is durable up to its last ``fsync`` or ``fdatasync``, a folder's names up to the ``fsync`` of that
  folder. A new file that is synced is there only if its folder was synced, too; the same holds for its folder.
- Of what was done after, any part may have reached the disk, in any order: whole operations, and of a write each of its
  512-byte sectors by itself. Names that were made or taken away in a folder are single operations.
- A write that was under way may have been cut at any byte, and what it was about to write may be zeros or garbage.
- Bytes that no write touched stay what they were (SQLite calls it powersafe overwrite), and what was synced stays.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Container, Iterator, Sequence

import msgspec
from disk_trace import Change, Disk, Link, Mark, Sync, Trace, Write

SECTOR = 512


class Moment(msgspec.Struct, frozen=True):
    """One moment of a trace: after how many operations, what is durable, what may be, what was said so far."""

    number: int
    durable: Disk
    pending: tuple[Change, ...]
    marks: tuple[str, ...]


class Image(msgspec.Struct, frozen=True):
    """One possible content of the disk, and how it came about."""

    how: str
    contents: dict[str, bytes | None]

    def digest(self) -> bytes:
        sha = hashlib.sha256()
        for name, content in self.contents.items():
            sha.update(f"{name}\0{-1 if content is None else len(content)}\0".encode())
            sha.update(content or b"")
        return sha.digest()


def moments(trace: Trace, *, unsynced: Container[int] = ()) -> Iterator[Moment]:
    """Yield the state of the disk before the first operation and after each.

    Args:
        trace: What was recorded.
        unsynced: Files and folders whose syncs do not count, to show what a program that forgets them would leave.
    """
    durable = trace.start.copy()
    pending: list[Change] = []
    marks = list(trace.said)
    for folder in trace.view.folders:
        durable.folders.setdefault(folder, {})
    yield Moment(0, durable.copy(), (), tuple(marks))
    for number, op in enumerate(trace.ops, start=1):
        if isinstance(op, Mark):
            marks.append(op.text)
        elif not isinstance(op, Sync):
            pending.append(op)
        elif op.node not in unsynced:
            for change in pending:
                if _place(change) == op.node:
                    durable.apply(change)
            pending = [change for change in pending if _place(change) != op.node]
        yield Moment(number, durable.copy(), tuple(pending), tuple(marks))


def _place(change: Change) -> int:
    return change.folder if isinstance(change, Link) else change.node


def rebuild(moment: Moment, kept: Sequence[Change], how: str) -> Image:
    """Return the image in which these changes reached the disk and no others."""
    disk = moment.durable.copy()
    for change in kept:
        disk.apply(change)
    return Image(how, disk.contents())


def images(moment: Moment, dice: random.Random, *, subsets: int = 6) -> Iterator[Image]:
    """Yield images that a crash at that moment may leave (the same content may come several times).

    All lost; all kept; every prefix; the last write cut at each sector from either side, once at any byte, zeroed and
    garbage; everything pending zeroed and garbage; each single operation missing and each alone kept; each file alone
    kept and alone lost; ``subsets`` random choices of operations and sectors.
    """
    pending = moment.pending
    yield rebuild(moment, (), "all lost")
    if not pending:
        return
    yield rebuild(moment, pending, "all kept")
    for length in range(1, len(pending)):
        yield rebuild(moment, pending[:length], f"the first {length} of {len(pending)}")
        yield rebuild(moment, pending[length:], f"all but the first {length} of {len(pending)}")
    yield from _torn(moment, dice)
    for fill in ("zeros", "garbage"):
        yield rebuild(moment, [_filled(change, fill, dice) for change in pending], f"{fill} for all")
    for left_out in range(len(pending)):
        yield rebuild(moment, [*pending[:left_out], *pending[left_out + 1 :]], f"without number {left_out}")
        yield rebuild(moment, [pending[left_out]], f"only number {left_out}")
    for place in sorted({_place(change) for change in pending}):
        yield rebuild(moment, [one for one in pending if _place(one) == place], f"only what {place} got")
        yield rebuild(moment, [one for one in pending if _place(one) != place], f"without what {place} got")
    for turn in range(subsets):
        yield rebuild(moment, list(_subset(pending, dice)), f"random subset {turn}")


def _torn(moment: Moment, dice: random.Random) -> Iterator[Image]:
    *before, last = moment.pending
    if not isinstance(last, Write):
        return
    data, size = last.data, len(last.data)
    edges = [*range(SECTOR - last.offset % SECTOR, size, SECTOR)]
    if size > 1:
        edges.append(dice.randrange(1, size))
    for edge in edges:
        head, tail = Write(last.node, last.offset, data[:edge]), Write(last.node, last.offset + edge, data[edge:])
        yield rebuild(moment, [*before, head], f"the last write cut at byte {edge}")
        yield rebuild(moment, [*before, tail], f"the last write without its first {edge} bytes")
        for fill in ("zeros", "garbage"):
            yield rebuild(moment, [*before, head, _filled(tail, fill, dice)], f"the last write {fill} from byte {edge}")
    for fill in ("zeros", "garbage"):
        yield rebuild(moment, [*before, _filled(last, fill, dice)], f"the last write {fill}")


def _filled(change: Change, fill: str, dice: random.Random) -> Change:
    if not isinstance(change, Write):
        return change
    size = len(change.data)
    return Write(change.node, change.offset, bytes(size) if fill == "zeros" else dice.randbytes(size))


def _subset(pending: Sequence[Change], dice: random.Random) -> Iterator[Change]:
    share = dice.choice((0.1, 0.5, 0.9))
    for change in pending:
        if not isinstance(change, Write):
            if dice.random() < share:
                yield change
            continue
        start = 0
        while start < len(change.data):
            end = min(len(change.data), start + SECTOR - (change.offset + start) % SECTOR)
            if dice.random() < share:
                yield Write(change.node, change.offset + start, change.data[start:end])
            elif dice.random() < 0.1:
                yield _filled(Write(change.node, change.offset + start, change.data[start:end]), "garbage", dice)
            start = end
