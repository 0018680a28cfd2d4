"""Recorded completions: replayed without a model, exported without a prompt, and tests read from models' text."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import msgspec
import pytest
from benchmarks.quality.agreement import read_tests
from benchmarks.quality.codegen import (
    Entry,
    RecordedSamples,
    answers_of_tests,
    continued,
    cut_at,
    find_entry,
    read_entries,
)
from benchmarks.quality.recordings import ReplayedModel, open_recordings, read_compact, read_into, write_compact

from swarmwright.agents.ports import Message, Model, ModelRequest, Sampling
from swarmwright.agents.replay import RecordedModel
from swarmwright.errors import UsageError

ENTRIES = (
    Entry('def twice(n):\n    """Return n doubled."""\n', ("    return 2 * n\n", "    return n + n\n")),
    Entry('def twice(text):\n    """Say the text again."""\n', ("    return text + text\n",)),
    Entry('def half(n):\n    """Return half of n."""\n', ("    return n / 2\n\nassert half(2) == 1\n",)),
)


def samples(limit: int = 10, name: str = "old") -> RecordedSamples:
    return RecordedSamples(name, ENTRIES, samples=limit)


def asking(stub: str, first: int = 0, count: int = 1, stop: tuple[str, ...] = ()) -> ModelRequest:
    return ModelRequest((Message("user", f"Complete:\n{stub}"),), Sampling(stop=stop), first, count)


def texts(model: Model, request: ModelRequest) -> list[str]:
    return [completion.text for completion in asyncio.run(model.complete(request))]


TWICE = 'def twice(n: int) -> int:\n    """Return n doubled."""\n'


# Models


def test_recorded_samples_come_in_order_and_then_nothing_more() -> None:
    model = samples()
    assert texts(model, asking(TWICE, 3, 2)) == ["    return 2 * n\n", "    return n + n\n"]
    assert texts(model, asking(TWICE, 4, 2)) == ["    return n + n\n", ""]
    assert model.missing == 1


def test_no_more_samples_are_given_than_were_allowed() -> None:
    assert texts(samples(1), asking(TWICE, 0, 2)) == ["    return 2 * n\n", ""]


def test_functions_of_one_name_are_told_apart_by_their_words() -> None:
    stub = 'def twice(text: str) -> str:\n    """Say the text again."""\n'
    assert texts(samples(), asking(stub)) == ["    return text + text\n"]
    assert find_entry(ENTRIES[:2], stub) == ENTRIES[1]


def test_a_function_nobody_recorded_has_no_answer() -> None:
    model = samples()
    assert texts(model, asking("def other(n): ...")) == [""]
    assert model.missing == 1


def test_samples_are_cut_where_the_endpoint_would_have_stopped() -> None:
    assert texts(samples(), asking("def half(n): ...", stop=("\nassert",))) == ["    return n / 2\n"]
    assert cut_at("abc", ("", "x")) == "abc"


def test_a_sample_that_repeats_the_docstring_begins_after_it() -> None:
    entry = Entry('def f(n):\n    """Return n.\n    Not more.\n    """\n', ())
    assert continued(entry, '\n    Not more.\n    """\n    return n\n') == "    return n\n"
    own = '    """Mine."""\n    return n\n'
    assert continued(entry, own) == own
    assert continued(entry, 'x = """y"""\n') == 'x = """y"""\n'


def test_blocks_of_tests_become_answers() -> None:
    blocks = tuple(f"half({n}) == {n / 2}" if n % 2 else "\n" for n in range(12))
    (entry,) = answers_of_tests([Entry(ENTRIES[2].prompt, blocks)])
    assert len(entry.samples) == 2
    assert entry.samples[0].splitlines()[0] == "assert half(1) == 0.5"
    assert len(read_tests(entry.samples, "half")) == 6


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"{}\n"), gzip.compress(b"\xff\n"), None])
def test_data_that_are_missing_or_broken_are_refused_in_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "data.jsonl.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=r"data\.jsonl\.gz"):
        read_entries(path)


# Record, export, import, replay


def record(store: Path) -> list[str]:
    answers = open_recordings(store, create=True)
    try:
        return texts(RecordedModel(samples(), answers), asking(TWICE, 0, 2))
    finally:
        answers.close()


def test_what_was_recorded_is_replayed_and_the_rest_is_empty_and_nobody_is_asked(tmp_path: Path) -> None:
    bought = record(tmp_path / "a.sqlite")
    answers = open_recordings(tmp_path / "a.sqlite", create=False)
    nobody = RecordedSamples("old", (), samples=10)
    model = ReplayedModel(nobody, answers)
    assert texts(model, asking(TWICE, 0, 3)) == [*bought, ""]
    assert (model.missing, nobody.missing, len(answers.used)) == (1, 0, 2)
    answers.close()


def test_a_compact_recording_holds_hashes_and_answers_and_gives_them_again(tmp_path: Path) -> None:
    bought = record(tmp_path / "a.sqlite")
    compact = tmp_path / "a.jsonl.xz"
    assert write_compact(tmp_path / "a.sqlite", compact) == 2
    assert read_into(compact, tmp_path / "b.sqlite") == 2
    assert write_compact(tmp_path / "b.sqlite", tmp_path / "b.jsonl.xz") == 2
    assert (tmp_path / "b.jsonl.xz").read_bytes() == compact.read_bytes()
    for source in (compact, tmp_path / "b.sqlite"):
        answers = open_recordings(source, create=False)
        assert texts(ReplayedModel(RecordedSamples("old", (), samples=10), answers), asking(TWICE, 0, 2)) == bought
        answers.close()
    assert not any(b"doubled" in value for _, value in read_compact(compact))


def test_only_the_answers_that_a_run_used_are_exported(tmp_path: Path) -> None:
    record(tmp_path / "a.sqlite")
    answers = open_recordings(tmp_path / "a.sqlite", create=False)
    texts(ReplayedModel(samples(), answers), asking(TWICE))
    answers.close()
    assert write_compact(tmp_path / "a.sqlite", tmp_path / "a.jsonl.xz", only=answers.used) == 1


def test_recordings_that_cannot_be_used_are_refused_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "x.jsonl.xz"
    broken.write_bytes(b"nothing of the kind")
    with pytest.raises(UsageError, match="no compact recording"):
        open_recordings(broken, create=False)
    with pytest.raises(UsageError, match="record into a SQLite file"):
        open_recordings(broken, create=True)
    with pytest.raises(UsageError, match="no such recording"):
        open_recordings(tmp_path / "none.sqlite", create=False)
    with pytest.raises(UsageError, match="no such recording"):
        write_compact(tmp_path / "none.sqlite", broken)
    with pytest.raises(UsageError, match="ends in"):
        write_compact(tmp_path / "none.sqlite", tmp_path / "x.json")
    (tmp_path / "text.sqlite").write_text("not a database at all", encoding="utf-8")
    with pytest.raises(UsageError, match="no store of answers"):
        write_compact(tmp_path / "text.sqlite", broken)


# Tests that models wrote


@pytest.mark.parametrize(
    ("text", "arguments", "want"),
    [
        ("assert f(1, [2]) == 3", ("1", "[2]"), "3"),
        ("assert f('a') == 'b', \"a message\"", ("'a'",), "'b'"),
        ("assert f(1) is None", ("1",), "None"),
        ("assert f(-1)", ("-1",), "True"),
        ("assert not f(-1)", ("-1",), "False"),
        ("assert \n    f([],\n      2) == {1: 2}, 'm'\nassert ", ("[]", "2"), "{1: 2}"),
        (">>> f(2)\n4\n", ("2",), "4"),
    ],
)
def test_calls_with_plain_results_are_read_as_tests(text: str, arguments: tuple[str, ...], want: str) -> None:
    (test,) = read_tests([text], "f")
    assert (test.arguments, test.want) == (arguments, want)


@pytest.mark.parametrize(
    "text",
    ["assert f(x) == 1", "assert f(1) == g(2)", "f(1)", "assert f(1) > 2", "assert f(n=1) == 2", "assert g.f(1) == 2",
     "assert f(1) == __import__('os')", "assert f(", ">>> f(1)\n<object>\n", "assert off(1) == 2"],
)  # fmt: skip
def test_nothing_else_is_a_test(text: str) -> None:
    assert read_tests([text], "f") == ()


def test_a_test_counts_once_and_there_is_an_end() -> None:
    assert len(read_tests(["assert f(1) == 2\n" * 3, "assert f(1) == 2"], "f")) == 1
    assert len(read_tests(["".join(f"assert f({n}) == {n}\n" for n in range(500))], "f")) == 100


def test_answers_of_another_version_are_no_answers(tmp_path: Path) -> None:
    answers = open_recordings(tmp_path / "a.sqlite", create=True)
    answers.put([(b"k" * 32, msgspec.msgpack.encode(["of", "another", "version"]))])
    answers.close()
    with pytest.raises(UsageError, match="another version"):
        write_compact(tmp_path / "a.sqlite", tmp_path / "a.jsonl.xz")
