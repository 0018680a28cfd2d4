"""What every store of kept answers must do, asked of the one in memory and the one on disk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from swarmwright.adapters.sqlite import open_answers, open_ledger
from swarmwright.errors import LedgerCorruptError, LedgerError, LedgerVersionError
from swarmwright.ledger.memory import MemoryAnswers
from swarmwright.ledger.ports import Answers


@pytest.fixture(params=["memory", "sqlite"])
def answers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Answers]:
    store: Answers = MemoryAnswers() if request.param == "memory" else open_answers(tmp_path / "deep" / "answers.db")
    yield store
    store.close()


def test_what_was_put_is_there(answers: Answers) -> None:
    assert answers.get(b"a") is None
    answers.put([(b"a", b"1"), (b"b", b""), (b"", b"empty key"), (b"\0\xff" * 16, b"\xff" * 100_000)])
    assert answers.get(b"a") == b"1"
    assert answers.get(b"b") == b""
    assert answers.get(b"") == b"empty key"
    assert answers.get(b"\0\xff" * 16) == b"\xff" * 100_000
    assert answers.get(b"c") is None


def test_the_first_answer_under_a_key_stays(answers: Answers) -> None:
    answers.put([(b"a", b"first")])
    answers.put([(b"a", b"second"), (b"b", b"one"), (b"b", b"two")])
    assert (answers.get(b"a"), answers.get(b"b")) == (b"first", b"one")


def test_putting_nothing_is_nothing(answers: Answers) -> None:
    answers.put([])


def test_answers_last_and_two_stores_of_one_file_see_each_other(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    one, two = open_answers(path), open_answers(path)
    one.put([(b"a", b"1")])
    assert two.get(b"a") == b"1"
    two.put([(b"b", b"2")])
    assert one.get(b"b") == b"2"
    one.close()
    two.close()
    two.close()
    again = open_answers(path)
    assert again.get(b"b") == b"2"
    again.close()


WRITER = """
import sys
from pathlib import Path
from swarmwright.adapters.sqlite import open_answers
path, name = Path(sys.argv[1]), sys.argv[2].encode()
store = open_answers(path)
for number in range(100):
    store.put([(b"%s %d" % (name, number), name), (b"shared %d" % number, name)])
store.close()
"""


def test_processes_may_write_at_once_into_a_store_that_none_of_them_made(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    names = ["one", "two", "three"]
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in names]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    store = open_answers(path)
    for number in range(100):
        assert [store.get(b"%s %d" % (name.encode(), number)) for name in names] == [b"one", b"two", b"three"]
        assert store.get(b"shared %d" % number) in (b"one", b"two", b"three")
    store.close()


def test_a_damaged_answer_is_not_kept_and_can_be_bought_again(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    store = open_answers(path)
    store.put([(b"a", b"right")])
    store.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE answers SET value = ?", (b"wrong",))
    raw.commit()
    raw.close()
    store = open_answers(path)
    assert store.get(b"a") is None
    store.put([(b"a", b"right")])
    assert store.get(b"a") == b"right"
    store.close()


def test_what_is_no_store_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("my notes\n" * 1000)
    with pytest.raises(LedgerCorruptError, match=r"notes\.txt"):
        open_answers(text)
    assert text.read_text() == "my notes\n" * 1000
    ledger = tmp_path / "run.ledger"
    open_ledger(ledger).close()
    with pytest.raises(LedgerCorruptError, match="not a store of answers"):
        open_answers(ledger)
    with pytest.raises(LedgerError):
        open_answers(text / "below" / "answers.db")
    with pytest.raises(LedgerError):
        open_answers(tmp_path)


def test_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    open_answers(path).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version=99")
    raw.close()
    with pytest.raises(LedgerVersionError, match="format 99"):
        open_answers(path)
