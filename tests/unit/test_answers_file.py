"""The file of decided answers: whole when it is published, and not there before."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from swarmwright.chain.answers import ANSWERS_NAME, AnswersFile
from swarmwright.errors import OutputFolderError, StorageFullError, SwarmwrightError


def test_each_answer_is_a_line_in_the_order_of_decisions(tmp_path: Path) -> None:
    with AnswersFile(tmp_path) as written:
        written(0, "", b"12")
        written(2, 'a "named" step\n\u2028', b'{"move":[1,2]}')
        written(1, "", '"žluťoučký"'.encode())
        assert written.lines == 3
        path = written.publish()
    assert path == tmp_path / ANSWERS_NAME
    lines = path.read_bytes().split(b"\n")
    assert [json.loads(line) for line in lines[:-1]] == [
        {"step": 0, "answer": 12},
        {"step": 2, "name": 'a "named" step\n\u2028', "answer": {"move": [1, 2]}},
        {"step": 1, "answer": "žluťoučký"},
    ]
    assert lines[-1] == b""
    assert os.listdir(tmp_path) == [ANSWERS_NAME]


def test_nothing_is_there_before_it_is_published(tmp_path: Path) -> None:
    with AnswersFile(tmp_path) as written:
        written(0, "", b"1")
        assert not (tmp_path / ANSWERS_NAME).exists()
    assert os.listdir(tmp_path) == []


def test_what_was_published_before_stays_until_the_next_is_whole(tmp_path: Path) -> None:
    with AnswersFile(tmp_path) as written:
        written(0, "", b"1")
        written.publish()
    with pytest.raises(KeyError), AnswersFile(tmp_path) as written:
        written(0, "", b"2")
        raise KeyError("the run failed")
    assert (tmp_path / ANSWERS_NAME).read_text() == '{"step":0,"answer":1}\n'
    with AnswersFile(tmp_path) as written:
        written.publish()
    assert (tmp_path / ANSWERS_NAME).read_text() == ""


def test_what_a_crash_left_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / f"{ANSWERS_NAME}.part").write_text('{"step":0,"answer":"from bef')
    with AnswersFile(tmp_path) as written:
        written(0, "", b"1")
        assert written.publish().read_text() == '{"step":0,"answer":1}\n'


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputFolderError, match="cannot be written"):
        AnswersFile(tmp_path / "nowhere")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ANSWERS_NAME).mkdir()
    with AnswersFile(tmp_path) as written, pytest.raises(SwarmwrightError, match="cannot be written"):
        written.publish()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said_to_be_full(tmp_path: Path) -> None:
    (tmp_path / f"{ANSWERS_NAME}.part").symlink_to("/dev/full")
    with pytest.raises(StorageFullError, match="The disk is full"), AnswersFile(tmp_path) as written:
        for number in range(10_000):
            written(number, "", b'"an answer"')
        written.publish()
