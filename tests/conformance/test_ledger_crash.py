"""The ledger on disk: crashes, torn files, full disks, other versions, one writer and many readers."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from swarmwright.adapters.sqlite import open_ledger, verify_ledger
from swarmwright.errors import LedgerCorruptError, LedgerError, LedgerVersionError, StorageFullError
from swarmwright.ledger.events import FORMAT, AnyEvent, Decided, Noted, TaskId, TaskOpened, Voted

WRITER = """
import sys
from pathlib import Path
from swarmwright.adapters.sqlite import open_ledger
from swarmwright.ledger.events import Noted
ledger = open_ledger(Path(sys.argv[1]))
number = sum(1 for _ in ledger.replay())
while True:
    ledger.append([Noted("n", str(number))])
    ledger.blobs.put(b"%d " % number * 500)
    ledger.commit()
    print(number, flush=True)
    number += 1
"""


def numbers(path: Path) -> list[int]:
    ledger = open_ledger(path, readonly=True)
    try:
        found = [int(event.text) for event in ledger.replay() if isinstance(event, Noted)]
        for number in found:
            ledger.blobs.get(hashlib.sha256(b"%d " % number * 500).digest())
        return found
    finally:
        ledger.close()


def start_writer(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)


def kill(writer: subprocess.Popen[str]) -> list[int]:
    """Kill a writer and return the numbers that it said were committed."""
    writer.send_signal(signal.SIGKILL)
    out, _ = writer.communicate()
    # The kill may cut the last line; a whole line ends with a newline.
    return [int(line) for line in out.splitlines(keepends=True) if line.endswith("\n")]


def test_what_a_killed_writer_said_was_committed_is_there(tmp_path: Path) -> None:
    path = tmp_path / "run.ledger"
    dice = random.Random(7)
    said = 0
    for _ in range(6):
        writer = start_writer(path)
        assert writer.stdout is not None
        for _ in range(dice.randrange(1, 60)):
            said = max(said, int(writer.stdout.readline()) + 1)
        said = max([said, *(number + 1 for number in kill(writer))])
        found = numbers(path)
        assert found == list(range(len(found)))
        # One commit may have been made and not said.
        assert said <= len(found) <= said + 1
        said = len(found)
        report = verify_ledger(path)
        assert report.sound, report.fault
        assert report.frames == report.blobs == len(found)


def test_a_writer_killed_while_it_begins_leaves_nothing_that_cannot_be_opened(tmp_path: Path) -> None:
    for number in range(8):
        path = tmp_path / f"{number}.ledger"
        writer = start_writer(path)
        while not path.exists() and writer.poll() is None:
            pass
        kill(writer)
        ledger = open_ledger(path)
        assert [event for event in ledger.replay() if not isinstance(event, Noted)] == []
        ledger.append([Noted("after", "-1")])
        ledger.close()
        assert verify_ledger(path).sound


def test_readers_see_whole_commits_while_a_writer_writes_and_a_second_writer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.ledger"
    writer = start_writer(path)
    try:
        assert writer.stdout is not None
        for _ in range(20):
            said = int(writer.stdout.readline())
            found = numbers(path)
            assert found == list(range(len(found)))
            assert len(found) > said
            assert verify_ledger(path).sound
        with pytest.raises(LedgerError, match="Another process is writing"):
            open_ledger(path)
    finally:
        kill(writer)
    open_ledger(path).close()


def test_one_process_cannot_write_twice_either(tmp_path: Path) -> None:
    first = open_ledger(tmp_path / "run.ledger")
    with pytest.raises(LedgerError, match="Another process is writing"):
        open_ledger(tmp_path / "run.ledger")
    first.close()
    open_ledger(tmp_path / "run.ledger").close()


def torn_run(folder: Path) -> tuple[Path, list[AnyEvent]]:
    """Leave a run as a power cut would: a database and a long log beside it, partly copied back."""
    path = folder / "run.ledger"
    ledger = open_ledger(path)
    events: list[AnyEvent] = []
    dice = random.Random(3)
    for number in range(60):
        task = TaskId(dice.randbytes(16))
        batch: list[AnyEvent] = [
            TaskOpened(task, f"unit {number}", (), 0),
            Voted(task, 0, (dice.randbytes(16),) * 3, 30, 0.1),
            Noted("text", dice.randbytes(1500).hex()),
        ]
        other = TaskId(dice.randbytes(16))
        batch += [Decided(task, True, 0, 3, 3, 2, "ahead"), Decided(other, False, -1, 0, 0, 1, "undecided")]
        ledger.append(batch)
        ledger.blobs.put(dice.randbytes(700))
        ledger.commit()
        events += batch
        if number == 30:
            side = sqlite3.connect(path)
            side.execute("PRAGMA wal_checkpoint(PASSIVE)")
            side.close()
    image = folder / "image"
    image.mkdir()
    for ending in ("", "-wal"):
        shutil.copyfile(path.with_name(path.name + ending), image / f"run.ledger{ending}")
    ledger.close()
    return image, events


def open_torn(image: Path, events: list[AnyEvent]) -> bool:
    """Open a torn image; return whether it opened. What it then holds must be a beginning of what was committed."""
    (image / "run.ledger-shm").unlink(missing_ok=True)
    try:
        ledger = open_ledger(image / "run.ledger")
    except LedgerCorruptError:
        return False
    try:
        found = list(ledger.replay())
    except LedgerCorruptError:
        return False
    finally:
        ledger.close()
    assert found == events[: len(found)]
    assert len(found) % 5 == 0
    report = verify_ledger(image / "run.ledger")
    assert report.sound or "blob" in report.fault or "decisions" in report.fault or "damaged" in report.fault
    return True


@pytest.mark.parametrize("ending", ["", "-wal"])
@pytest.mark.parametrize("how", ["cut", "flip", "zeros", "gone"])
def test_a_torn_file_gives_a_beginning_of_the_truth_or_is_refused(tmp_path: Path, ending: str, how: str) -> None:
    image, events = torn_run(tmp_path)
    assert open_torn(_copy(image, tmp_path / "whole"), events)
    victim = image / f"run.ledger{ending}"
    whole = victim.read_bytes()
    dice = random.Random(f"{ending} {how}")
    opened = 0
    for turn in range(1 if how == "gone" else 40):
        copy = _copy(image, tmp_path / f"torn{turn}")
        offset = dice.randrange(len(whole)) if turn > 10 else min(turn * 10, len(whole) - 1)
        torn = {
            "cut": whole[:offset],
            "flip": whole[:offset] + bytes([whole[offset] ^ (1 << dice.randrange(8))]) + whole[offset + 1 :],
            "zeros": whole[:offset] + bytes(len(whole[offset : offset + 4096])) + whole[offset + 4096 :],
            "gone": b"",
        }[how]
        (copy / victim.name).write_bytes(torn)
        opened += open_torn(copy, events)
        shutil.rmtree(copy)
    if ending == "-wal":
        assert opened > 0


def _copy(image: Path, to: Path) -> Path:
    return Path(shutil.copytree(image, to))


def test_a_full_disk_is_said_and_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "run.ledger"
    ledger = open_ledger(path)
    kept = [Noted("n", "first")]
    ledger.append(kept)
    ledger.commit()
    # SQLite raises the very error of a full disk when a file may not grow.
    ledger._connection.execute("PRAGMA max_page_count = 12")
    rest = [Noted("n", random.Random(1).randbytes(60_000).hex())]
    ledger.append(rest)
    blob = ledger.blobs.put(b"a blob")
    for _ in range(2):
        with pytest.raises(StorageFullError, match="safe"):
            ledger.commit()
        assert list(ledger.replay()) == kept
    assert ledger.blobs.get(blob) == b"a blob"
    ledger._connection.execute("PRAGMA max_page_count = 100000")
    ledger.append([Noted("n", "last")])
    ledger.commit()
    assert list(ledger.replay()) == [*kept, *rest, Noted("n", "last")]
    ledger.close()
    assert verify_ledger(path).sound


def test_closing_on_a_full_disk_says_so_and_releases_the_file(tmp_path: Path) -> None:
    path = tmp_path / "run.ledger"
    ledger = open_ledger(path)
    ledger._connection.execute("PRAGMA max_page_count = 12")
    ledger.append([Noted("n", random.Random(1).randbytes(60_000).hex())])
    with pytest.raises(StorageFullError):
        ledger.close()
    again = open_ledger(path)
    assert list(again.replay()) == []
    again.close()


def rewrite(path: Path, statement: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()


def small_run(path: Path) -> Path:
    ledger = open_ledger(path)
    for number in range(3):
        task = TaskId(bytes([number]) * 16)
        ledger.append([TaskOpened(task, f"u{number}", (), 0), Decided(task, True, 0, 3, 3, 2, "ahead")])
        ledger.blobs.put(b"text %d " % number * 30)
        ledger.commit()
    ledger.close()
    return path


@pytest.mark.parametrize(
    ("statement", "frame", "said"),
    [
        ("UPDATE frames SET body = substr(body, 1, length(body) - 1) || x'00' WHERE number = 2", 2, "Frame 2"),
        ("UPDATE frames SET link = zeroblob(32) WHERE number = 1", 1, "Frame 1"),
        ("UPDATE frames SET events = 3 WHERE number = 3", 3, "Frame 3"),
        ("UPDATE frames SET body = 'text' WHERE number = 3", 3, "Frame 3"),
        ("UPDATE frames SET events = 'x' WHERE number = 3", 3, "Frame 3"),
        ("DELETE FROM frames WHERE number = 2", 2, "Frame 2 is missing"),
        ("DELETE FROM frames WHERE number = 3", 2, "decisions|totals|blobs"),
        ("UPDATE header SET run_id = zeroblob(16)", 1, "Frame 1"),
        ("DELETE FROM header", 0, "header"),
        ("UPDATE blobs SET body = x'00' WHERE rowid = 2", 2, "blob"),
        ("UPDATE blobs SET crc = crc + 1 WHERE rowid = 3", 3, "blob"),
        ("DELETE FROM blobs WHERE rowid = 1", 1, "missing"),
        ("INSERT INTO blobs VALUES (x'00', 0, x'00')", 0, "no frame brought"),
        ("UPDATE decisions SET delivered = 0 WHERE name = 'u1'", 3, "decisions"),
        ("UPDATE decisions SET reason = 'ahe4d' WHERE name = 'u1'", 3, "decisions"),
        ("DELETE FROM decisions WHERE name = 'u2'", 3, "decisions"),
        ("UPDATE totals SET delivered = 2", 3, "totals"),
        ("UPDATE totals SET cost_usd = 1e-9", 3, "totals"),
        ("DELETE FROM totals", 3, "totals"),
        ("INSERT INTO totals SELECT * FROM totals", 3, "totals"),
    ],
)
def test_checking_names_the_first_fault(tmp_path: Path, statement: str, frame: int, said: str) -> None:
    path = small_run(tmp_path / "run.ledger")
    sound = verify_ledger(path)
    assert (sound.frames, sound.events, sound.blobs, sound.sound, sound.fault) == (3, 6, 3, True, "")
    rewrite(path, statement)
    if "header" in said:
        with pytest.raises(LedgerCorruptError, match=said):
            verify_ledger(path)
        return
    report = verify_ledger(path)
    assert not report.sound
    if "|" not in said:
        assert report.fault_frame == frame
        assert said in report.fault
    else:
        assert any(word in report.fault for word in said.split("|"))


def test_a_run_whose_last_frames_were_cut_off_is_not_written_on(tmp_path: Path) -> None:
    path = small_run(tmp_path / "run.ledger")
    rewrite(path, "DELETE FROM frames WHERE number = 3")
    with pytest.raises(LedgerCorruptError, match="it was cut"):
        open_ledger(path)


def test_another_version_is_refused_in_one_sentence_and_left_as_it_was(tmp_path: Path) -> None:
    path = small_run(tmp_path / "run.ledger")
    rewrite(path, "PRAGMA user_version = 7")
    before = path.read_bytes()
    for readonly in (False, True):
        with pytest.raises(LedgerVersionError, match=f"format 7 and this program reads format {FORMAT}") as caught:
            open_ledger(path, readonly=readonly)
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("readonly", [False, True])
def test_what_is_no_ledger_is_refused_and_left_as_it_was(tmp_path: Path, readonly: bool) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("my notes\n" * 1000)
    foreign = tmp_path / "foreign.db"
    rewrite(foreign, "CREATE TABLE mine (x)")
    for path in (text, foreign):
        before = path.read_bytes()
        with pytest.raises(LedgerCorruptError, match="not a ledger"):
            open_ledger(path, readonly=readonly)
        assert path.read_bytes() == before


def test_where_there_is_nothing_it_is_said(tmp_path: Path) -> None:
    for readonly in (False, True):
        with pytest.raises(LedgerError, match="no ledger at"):
            open_ledger(tmp_path / "none.ledger", create=False, readonly=readonly)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError):
        open_ledger(tmp_path / "no" / "folder" / "run.ledger")
    with pytest.raises(LedgerError):
        open_ledger(tmp_path)
    (tmp_path / "empty.ledger").touch()
    with pytest.raises(LedgerError, match="empty"):
        open_ledger(tmp_path / "empty.ledger", readonly=True)
    ledger = open_ledger(tmp_path / "empty.ledger")
    assert list(ledger.replay()) == []
    ledger.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    reader = open_ledger(small_run(tmp_path / "run.ledger"), readonly=True)
    with pytest.raises(LedgerError, match="reading only"):
        reader.append([Noted("a", "b")])
    with pytest.raises(LedgerError, match="reading only"):
        reader.blobs.put(b"x")
    reader.commit()
    reader.close()


def test_a_finished_run_is_one_file_that_can_be_read_from_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "a folder % with ? and # in it"
    folder.mkdir()
    path = small_run(folder / "run.ledger")
    (folder / "run.ledger.lock").unlink()
    assert [one.name for one in folder.iterdir()] == ["run.ledger"]
    path.chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert verify_ledger(path).sound
        assert sorted(os.listdir(folder)) == ["run.ledger"]
    finally:
        folder.chmod(stat.S_IRWXU)


def test_one_task_cannot_be_decided_twice(tmp_path: Path) -> None:
    path = small_run(tmp_path / "run.ledger")
    ledger = open_ledger(path)
    ledger.append([Decided(TaskId(b"\0" * 16), False, -1, 0, 0, 0, "again")])
    with pytest.raises(LedgerError, match="contradicts"):
        ledger.commit()
    with pytest.raises(LedgerError, match="contradicts"):
        ledger.close()
    assert verify_ledger(path).sound


def test_tasks_that_are_voted_on_in_bulk_have_no_row_and_count_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "run.ledger"
    ledger = open_ledger(path)
    task = TaskId(b"b" * 16)
    ledger.append([Voted(task, 0, (b"k",) * 3, 30, 0.5), Decided(task, True, 0, 3, 3, 2, "ahead")])
    ledger.close()
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT count(*) FROM decisions").fetchone() == (0,)
    assert raw.execute("SELECT votes, delivered, tokens_out, cost_usd FROM totals").fetchone() == (3, 1, 30, 0.5)
    raw.close()
    assert verify_ledger(path).sound
