"""What is recorded, and what must hold of every image: a ledger and a store of answers, written in a child process.

Run as a program (``python disk_stories.py STORY FOLDER ...``) it is that child. Everything it writes follows from
numbers, so that who checks an image knows what was appended without being told.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import msgspec
from disk_images import Image, Moment
from disk_trace import write_folder

from swarmwright.adapters.sqlite import open_answers, open_ledger, verify_ledger
from swarmwright.errors import LedgerEmptyError, LedgerError
from swarmwright.ledger.events import AnyEvent, Decided, Noted, TaskId, TaskOpened, Voted

LEDGER = "out/run.ledger"
ANSWERS = "cache/swarm/answers.db"
CHECKPOINT_PAGES = 14
AFTER = Noted("after", "the crash")


class Broken(Exception):
    """An image does not hold what was promised."""


class Batch(msgspec.Struct, frozen=True):
    """One commit: its events and the blobs that come with it."""

    events: tuple[AnyEvent, ...]
    blobs: tuple[bytes, ...]


@cache
def batch(number: int) -> Batch:
    """Return what the commit number (from 0) holds: votes and decisions in bulk and singly, blobs of many sizes."""
    dice = random.Random(number)
    events: list[AnyEvent] = [Noted("commit", str(number))]
    for _ in range(dice.randrange(4)):
        task, other = TaskId(dice.randbytes(16)), TaskId(dice.randbytes(16))
        events += [
            Voted(task, 0, (dice.randbytes(16),) * 3, 30, 0.1),
            Decided(task, True, 0, 3, 3, 2, "ahead"),
            TaskOpened(other, f"unit {number}", (), 0),
            Decided(other, False, -1, 0, 0, 1, "undecided"),
        ]
    return Batch(tuple(events), tuple(dice.randbytes(dice.choice((3, 300, 6000))) for _ in range(dice.randrange(3))))


def sums(count: int) -> list[int]:
    """Return how many events there are after 0, 1, ... ``count`` commits."""
    found = [0]
    for number in range(count):
        found.append(found[-1] + len(batch(number).events))
    return found


@cache
def kept(number: int) -> tuple[tuple[bytes, bytes], ...]:
    """Return the items of put number (from 0); each repeats a key of the put before with another value."""
    dice = random.Random(f"answers {number}")
    items = [(b"key %d.%d" % (number, i), dice.randbytes(dice.choice((5, 700, 5000)))) for i in range(3)]
    if number:
        items.append((b"key %d.0" % (number - 1), b"too late"))
    return tuple(items)


def say(text: str) -> None:
    os.write(1, f"mark {text}\n".encode())


def write_ledger(root: Path, commits: int, options: Sequence[str]) -> None:
    """Open (or go on with) a ledger, commit so many batches and close it, saying what is promised at each return.

    What a replay gave is a promise, too ("opened"): the run goes on from it.
    """
    path = root / LEDGER
    path.parent.mkdir(exist_ok=True)
    ledger = open_ledger(path)
    number = sums(10_000).index(len(list(ledger.replay())))
    connection = ledger._connection
    connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    for pragma in _pragmas(options):
        connection.execute(pragma)
    say(f"opened {number}")
    for index in range(number, number + commits):
        ledger.append(batch(index).events)
        for blob in batch(index).blobs:
            ledger.blobs.put(blob)
        say(f"offered {index + 1}")
        ledger.commit()
        say(f"promised {index + 1}")
    if "leave" in options:
        os._exit(0)
    reader = open_ledger(path, readonly=True) if "reader" in options else None
    ledger.close()
    if reader is not None:
        reader.close()


def _pragmas(options: Sequence[str]) -> list[str]:
    return [f"PRAGMA {option}" for option in options if "=" in option]


def write_answers(root: Path, puts: int, options: Sequence[str]) -> None:
    """Open (or go on with) a store of answers and put so many batches, saying what is promised at each return."""
    answers = open_answers(root / ANSWERS)
    number = next(index for index in range(10_000) if answers.get(kept(index)[0][0]) is None)
    answers._connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    for pragma in _pragmas(options):
        answers._connection.execute(pragma)
    say(f"opened {number}")
    for index in range(number, number + puts):
        say(f"offered {index + 1}")
        answers.put(kept(index))
        say(f"promised {index + 1}")
    if "leave" in options:
        os._exit(0)
    answers.close()


def check_ledger(root: Path) -> int:
    """Open what a crash left as the next run does, and return how many commits it holds (-1: no ledger yet).

    Raises:
        Broken: it cannot be read, checked, written on and opened again, or holds what was never offered.
    """
    path = root / LEDGER
    found = _read_only(path)
    path.parent.mkdir(exist_ok=True)
    with closing(open_ledger(path)) as ledger:
        events = list(ledger.replay())
        if found >= 0 and len(events) != sums(found)[-1]:
            raise Broken(f"a reader saw {found} commits and a writer {len(events)} events")
        commits = _commits(events)
        for number in range(commits):
            for blob in batch(number).blobs:
                if ledger.blobs.get(hashlib.sha256(blob).digest()) != blob:
                    raise Broken(f"a blob of commit {number} is another")
        ledger.append([AFTER])
        ledger.blobs.put(b"after the crash")
        ledger.commit()
    report = verify_ledger(path)
    if not report.sound or report.events != len(events) + 1:
        raise Broken(f"after going on: {report}")
    with closing(open_ledger(path, create=False)) as again:
        if list(again.replay()) != [*events, AFTER]:
            raise Broken("what was appended after the crash is not there")
    return commits if found >= 0 else -1


def _read_only(path: Path) -> int:
    """Look at the ledger as ``status`` and ``ledger verify`` do, before a writer has opened it."""
    try:
        report = verify_ledger(path)
    except LedgerEmptyError:
        return -1
    except LedgerError:
        if path.exists():
            raise
        return -1
    if not report.sound:
        raise Broken(f"a crash is taken for damage: {report.fault}")
    with closing(open_ledger(path, readonly=True)) as reader:
        return _commits(list(reader.replay()))


def _commits(events: Sequence[AnyEvent]) -> int:
    ends = sums(len(events))
    if len(events) not in ends:
        raise Broken(f"{len(events)} events are no whole number of commits")
    commits = ends.index(len(events))
    if list(events) != [event for number in range(commits) for event in batch(number).events]:
        raise Broken("the events are not those that were offered")
    return commits


def check_answers(root: Path) -> int:
    """Open what a crash left of a store of answers, and return how many puts it holds.

    Raises:
        Broken: a put is there in part, or with other bytes, or nothing can be put after it.
    """
    with closing(open_answers(root / ANSWERS)) as answers:
        puts = 0
        while all(answers.get(key) == value for key, value in kept(puts)[:3]):
            puts += 1
        for number in range(puts, puts + 5):
            if any(answers.get(key) is not None for key, _ in kept(number)[:3]):
                raise Broken(f"put {number} is there in part, or without put {puts}")
        answers.put([(b"after", b"the crash")])
    with closing(open_answers(root / ANSWERS)) as again:
        if again.get(b"after") != b"the crash" or (puts and again.get(kept(puts - 1)[0][0]) != kept(puts - 1)[0][1]):
            raise Broken("what was put is not there when it is opened again")
    return puts


class Story(msgspec.Struct, frozen=True):
    """Something to record, and the check of what a crash leaves of it."""

    name: str
    check: Callable[[Path], int]

    def command(self, root: Path, count: int, *options: str) -> list[str]:
        """Return the arguments of Python that go on with the story.

        ``options``: "leave" ends the process without closing, "reader" closes while somebody reads, and
        ``NAME=VALUE`` is a pragma of the writer's connection.
        """
        return [__file__, self.name, str(root), str(count), *options]


STORIES = {"ledger": Story("ledger", check_ledger), "answers": Story("answers", check_answers)}


def promised(marks: Sequence[str]) -> tuple[int, int]:
    """Return how many commits must be there and how many may be, by what the child had said."""
    said = [mark.split() for mark in marks]
    return (
        max((int(number) for kind, number in said if kind != "offered"), default=-1),
        max((int(number) for _, number in said), default=0),
    )


class Survey:
    """Checks images, each content once, and keeps the faults: what a crash would have cost."""

    def __init__(self, story: Story, folder: Path) -> None:
        self._story = story
        self._folder = folder
        self._found: dict[bytes, int | str] = {}
        self.images = 0
        self.faults: list[str] = []

    @property
    def distinct(self) -> int:
        """How many different contents there were."""
        return len(self._found)

    def look(self, moment: Moment, candidates: Iterable[Image]) -> None:
        """Check every image that a crash at that moment may leave."""
        least, most = promised(moment.marks)
        for image in candidates:
            self.images += 1
            digest = image.digest()
            if digest not in self._found:
                self._found[digest] = self._check(image)
            found = self._found[digest]
            if isinstance(found, str) or not least <= found <= most:
                what = found if isinstance(found, str) else f"{found} commits are there"
                self.faults.append(f"operation {moment.number}, {image.how}: {what}; promised {least}, offered {most}")

    def _check(self, image: Image) -> int | str:
        write_folder(image.contents, self._folder)
        try:
            return self._story.check(self._folder)
        except Exception as error:  # Whatever it is, it is not what a crash may do.
            return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    {"ledger": write_ledger, "answers": write_answers}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
