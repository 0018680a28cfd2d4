"""What a power cut may leave of a ledger: every image that the writes since the last sync allow, and every cut.

``kill -9`` cannot see a missing sync, since the page cache survives it. Here the writes and syncs of a real writer are
recorded (``disk_trace``), what a crash between any two of them may leave is rebuilt (``disk_images``), and each image
is opened, checked and written on (``disk_stories``). A seeded part of the moments is tried; all of them with
``SWARMWRIGHT_IMAGES=all`` (see docs/design/durability.md). Without strace nothing can be recorded: the tests are left
out, and fail where ``SWARMWRIGHT_REQUIRE_STRACE`` is set.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from disk_images import Moment, images, moments, rebuild
from disk_stories import LEDGER, STORIES, Story, Survey, batch, check_ledger
from disk_trace import Link, Mark, Resize, Trace, Write, missing_recorder, record, write_folder

from swarmwright.adapters.sqlite import open_ledger, verify_ledger
from swarmwright.errors import LedgerCorruptError, LedgerEmptyError, LedgerError
from swarmwright.ledger.events import Noted

ALL = os.environ.get("SWARMWRIGHT_IMAGES") == "all"
MEMORY = Path("/dev/shm")
MOMENTS = {"ledger": 12, "answers": 20}


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of images need no disk."""
    where = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="images", dir=where) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def recorder() -> None:
    why = missing_recorder()
    if shutil.which("strace") is None and os.environ.get("SWARMWRIGHT_REQUIRE_STRACE"):
        pytest.fail(why)
    if why:
        pytest.skip(why)


@pytest.fixture(scope="module", params=sorted(STORIES))
def story(request: pytest.FixtureRequest) -> Story:
    return STORIES[request.param]


@pytest.fixture(scope="module")
def trace(recorder: None, place: Path, story: Story) -> Trace:
    """Seven processes after one another on a machine that goes on running; four of them are ended unasked."""
    root = place / f"{story.name}-recorded"
    root.mkdir()
    trace = record(root, story.command(root, 8))
    sync = trace.calls.most_common(1)[0][0]
    record(root, story.command(root, 5, "leave"), before=trace)
    record(root, story.command(root, 9), before=trace, kill=(sync, 3))
    record(root, story.command(root, 9), before=trace, kill=(sync, 1))
    record(root, story.command(root, 3, "reader"), before=trace)
    record(root, story.command(root, 2), before=trace, kill=("unlink", 1))
    return record(root, story.command(root, 2), before=trace)


def chosen(trace: Trace, count: int, unsynced: Collection[int] = ()) -> Iterator[Moment]:
    """Yield so many moments of a trace at random, and each while the file was opened or closed; or all there are."""
    dice = random.Random(len(trace.ops))
    total = len(trace.ops) + 1
    numbers = set(dice.sample(range(total), min(count, total)))
    for moment in moments(trace, unsynced=unsynced):
        committing = moment.marks and moment.marks[-1].startswith("offered")
        if ALL or moment.number in numbers or not committing:
            yield moment


def surveyed(trace: Trace, story: Story, place: Path, count: int) -> Survey:
    survey = Survey(story, place / "image")
    dice = random.Random(story.name)
    for moment in chosen(trace, count):
        survey.look(moment, images(moment, dice))
    return survey


def first_fault(trace: Trace, story: Story, place: Path, unsynced: Collection[int] = ()) -> str:
    survey = Survey(story, place / "image")
    for moment in chosen(trace, 60, unsynced):
        survey.look(moment, (rebuild(moment, (), "all lost"),))
        if survey.faults:
            return survey.faults[0]
    return ""


def test_whatever_a_crash_leaves_holds_what_was_promised_and_can_be_written_on(
    trace: Trace, story: Story, place: Path
) -> None:
    survey = surveyed(trace, story, place, MOMENTS[story.name])
    print(f"{story.name}: {len(trace.ops)} operations, {survey.images} images, {survey.distinct} distinct")
    assert survey.faults == []
    assert survey.distinct > 800


def test_a_crash_while_a_crash_is_being_repaired_loses_nothing_either(trace: Trace, story: Story, place: Path) -> None:
    dice = random.Random(story.name)
    every = list(moments(trace))
    torn = [moment for moment in every if len(moment.pending) > 2]
    halfway = [moment for moment in every if any(name.endswith("-journal") for name in _names(moment))]
    assert torn
    assert halfway
    for moment in [*dice.sample(halfway, 1), *dice.sample(torn, 4 if ALL else 1)]:
        image = dice.choice(list(images(moment, dice)))
        root = place / "repaired"
        write_folder(image.contents, root)
        repaired = record(root, story.command(root, 2), before=Trace(image.contents, moment.marks))
        survey = surveyed(repaired, story, place, 3)
        print(f"{story.name}, repaired: {len(repaired.ops)} operations, {survey.distinct} distinct images")
        assert survey.faults == [], image.how


def _names(moment: Moment) -> list[str]:
    return [name for names in moment.durable.folders.values() for name in names]


def test_the_record_holds_the_moments_that_matter(trace: Trace, story: Story) -> None:
    said = [op.text for op in trace.ops if isinstance(op, Mark)]
    promises = [int(mark.split()[1]) for mark in said if not mark.startswith("offered")]
    assert promises == sorted(promises)
    # One was killed when its commit was written and not synced, and the next read it all the same.
    unsynced = [moment for moment in moments(trace) if moment.number in trace.ends and len(moment.pending) > 3]
    said_then = [(moment.marks[-1], said[len(moment.marks)]) for moment in unsynced]
    assert any(now.replace("offered", "opened") == after for now, after in said_then)
    offered = [moment for moment in moments(trace) if len(moment.pending) > 5]
    assert {type(change) for moment in offered for change in moment.pending} == {Write, Resize, Link}
    pages = [op for op in trace.ops if isinstance(op, Write) and op.offset == 0 and len(op.data) == 4096]
    assert len(pages) > 3  # The first page of the database: there were checkpoints.


@pytest.mark.parametrize("forgotten", ["all syncs", "syncs of files", "syncs of folders"])
def test_a_writer_that_forgets_to_sync_is_found_out(trace: Trace, story: Story, place: Path, forgotten: str) -> None:
    everything = trace.files() | trace.folders()
    unsynced = {"all syncs": everything, "syncs of files": trace.files(), "syncs of folders": trace.folders()}
    assert "promised" in first_fault(trace, story, place, unsynced[forgotten])
    assert first_fault(trace, story, place) == ""


@pytest.mark.parametrize("level", ["OFF", "NORMAL"])
def test_a_connection_that_syncs_too_little_is_found_out(recorder: None, story: Story, place: Path, level: str) -> None:
    root = place / f"{story.name}-{level}"
    root.mkdir()
    trace = record(root, story.command(root, 4, f"synchronous={level}", "leave"))
    survey = Survey(story, place / "image")
    for moment in moments(trace):
        survey.look(moment, (rebuild(moment, (), "all lost"),))
    assert any("commits are there; promised" in fault for fault in survey.faults)


# Cuts: what a damaged copy or a failing disk leaves, and no crash.


COMMITS = tuple([Noted("commit", str(number) * size)] for number, size in enumerate((1, 3000, 9000, 1)))


def _small_ledger(folder: Path) -> list[int]:
    """Write a database and its log beside it, as they are while a writer is at work; return the log's size after each
    commit (the first made the tables)."""
    source = folder / "source" / "run.ledger"
    source.parent.mkdir(parents=True)
    with closing(open_ledger(source)) as ledger:
        log = source.with_name("run.ledger-wal")
        ends = [log.stat().st_size]
        for events in COMMITS:
            ledger.append(events)
            ledger.blobs.put(events[0].text.encode())
            ledger.commit()
            ends.append(log.stat().st_size)
        for file in (source, log):
            shutil.copyfile(file, folder / file.name)
    return ends


def _cuts(size: int, edges: Collection[int], near: range) -> list[int]:
    """Return the lengths to cut to, longest first: every one, or those by the edges, in ``near`` and some others."""
    if ALL:
        return list(range(size - 1, -1, -1))
    chosen = set(random.Random(size).sample(range(size), 300)) | set(near)
    for edge in edges:
        chosen.update(range(edge - 2, edge + 3))
    return sorted((cut for cut in chosen if 0 <= cut < size), reverse=True)


def _committed(path: Path) -> int:
    with closing(open_ledger(path, readonly=True)) as reader:
        events = list(reader.replay())
    assert events == [event for commit in COMMITS for event in commit][: len(events)]
    return len(events)


def test_a_log_cut_at_any_byte_holds_exactly_the_commits_before_the_cut(place: Path) -> None:
    folder = place / "cut-log"
    ends = _small_ledger(folder)
    path, log = folder / "run.ledger", folder / "run.ledger-wal"
    frames = range(32, ends[-1] + 1, 24 + 4096)
    cuts = _cuts(ends[-1], frames, range(ends[-2], ends[-1]))
    print(f"{len(cuts)} cuts of a log of {ends[-1]} bytes")
    for cut in cuts:
        os.truncate(log, cut)
        path.with_name("run.ledger-shm").unlink(missing_ok=True)
        whole = sum(end <= cut for end in ends)
        if whole == 0:
            with pytest.raises(LedgerEmptyError):
                _committed(path)
        else:
            assert _committed(path) == whole - 1
        assert log.stat().st_size == cut


def test_a_ledger_whose_log_was_cut_can_be_written_on(place: Path) -> None:
    folder = place / "cut-log-write"
    ends = _small_ledger(folder)
    whole = {name: (folder / name).read_bytes() for name in ("run.ledger", "run.ledger-wal")}
    cuts = sorted({*ends, *(end - 1 for end in ends), *random.Random(4).sample(range(ends[-1]), 40), 0, 31, 32})
    for cut in cuts:
        contents = {"out": None, LEDGER: whole["run.ledger"], f"{LEDGER}-wal": whole["run.ledger-wal"][:cut]}
        write_folder(contents, place / "image")
        with closing(open_ledger(place / "image" / LEDGER)) as ledger:
            assert len(list(ledger.replay())) == max(0, sum(end <= cut for end in ends) - 1)
            ledger.append(batch(9).events)
        assert verify_ledger(place / "image" / LEDGER).sound


def test_a_database_cut_at_any_byte_is_refused_by_name_or_gives_what_was_committed(place: Path) -> None:
    folder = place / "cut-database"
    folder.mkdir()
    path = folder / "run.ledger"
    with closing(open_ledger(path)) as ledger:
        for events in COMMITS:
            ledger.append(events)
            ledger.blobs.put(events[0].text.encode())
            ledger.commit()
    size = path.stat().st_size
    opened = 0
    cuts = _cuts(size, range(0, size, 512), range(size - 1000, size))
    print(f"{len(cuts)} cuts of a database of {size} bytes")
    for cut in cuts:
        os.truncate(path, cut)
        try:
            opened += _committed(path) == len(COMMITS)
        except (LedgerCorruptError, LedgerEmptyError) as error:
            assert "\n" not in str(error)
            assert isinstance(error, LedgerCorruptError) or cut < 2  # SQLite takes one byte for none.
        else:
            report = verify_ledger(path)
            assert not report.sound
            assert report.fault
        assert path.stat().st_size == cut
    assert opened <= 4096  # A cut inside the last page shows when that page is needed; one before it at once.


# What the images found, told by itself.


def test_a_process_that_was_ended_while_it_closed_leaves_a_ledger_that_can_be_read(recorder: None, place: Path) -> None:
    story, root = STORIES["ledger"], place / "half-closed"
    root.mkdir()
    trace = record(root, story.command(root, 2))
    gone = [
        n for n, op in enumerate(trace.ops) if isinstance(op, Link) and op.name.endswith("-journal") and not op.node
    ]
    half = next(moment for moment in moments(trace) if moment.number == gone[-1])
    image = rebuild(half, half.pending, "all kept")
    assert f"{LEDGER}-journal" in image.contents
    write_folder(image.contents, place / "image")
    report = verify_ledger(place / "image" / LEDGER)
    assert (report.sound, report.frames) == (True, 2)
    assert check_ledger(place / "image") == 2


@pytest.mark.parametrize("seal", [b"", b"0" * 63, bytes(64), random.Random(1).randbytes(64)])
def test_a_seal_that_a_crash_cut_short_accuses_nobody(tmp_path: Path, seal: bytes) -> None:
    path = tmp_path / "run.ledger"
    with closing(open_ledger(path)) as ledger:
        ledger.append(batch(0).events)
    beside = path.with_name("run.ledger.lock")
    whole = beside.read_bytes()
    beside.write_bytes(seal)
    assert verify_ledger(path).sound
    beside.write_bytes(whole[::-1])
    assert not verify_ledger(path).sound


def test_text_of_a_damaged_file_that_sqlite_quotes_is_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "run.ledger"
    open_ledger(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute("UPDATE sqlite_master SET name = CAST(x'8861' AS TEXT), sql = 'CREATE TABLE' WHERE name = 'totals'")
        raw.commit()
    for readonly in (False, True):
        with pytest.raises(LedgerError, match="was damaged"):
            open_ledger(path, readonly=readonly)
