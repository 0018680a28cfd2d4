"""Answers written into a specification's files, on a real sandbox: all or none, checked before a byte is changed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.config.clarify import Clarifier, read_replies
from swarmwright.construct.planning import plan_tasks
from swarmwright.construct.questions import Choice, Question
from swarmwright.construct.replies import Reply
from swarmwright.errors import SpecError, SwarmwrightError, UsageError
from swarmwright.ledger.events import FORMAT, Decided, RunOpened, TaskOpened
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.spec.reader import read_spec
from swarmwright.verify.values import Call, Outcome

GRADES = '''"""Marks: größer ist besser."""

import icontract


@icontract.require(lambda points: points >= 0)
@icontract.ensure(lambda result: result in ("pass", "fail"))
def grade(points: int) -> str:
    """Say whether so many points are enough."""
    ...


def level(points: int) -> int:
    """Return the level.

    Uses: grade

    >>> level(0)
    1
    """
    ...


def report(points: int) -> str:
    """Return a report.

    Uses: level

    >>> report(0)
    'level 1'
    """
    ...
'''
NAMES = '''def shout(text: str) -> str:
    """Return the text in capitals.

    >>> shout("a")
    'A'
    """
    ...
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "marks"
    folder.mkdir()
    (folder / "grades.py").write_bytes(GRADES.replace("\n", "\r\n").encode("utf-8-sig"))
    (folder / "names.py").write_text(NAMES, encoding="utf-8")
    return folder


def ledger_of(folder: Path) -> MemoryLedger:
    """The ledger of a run in which nobody could agree on anything."""
    spec = read_spec(folder)
    ledger = MemoryLedger()
    blueprint = plan_tasks(spec)
    ledger.append([RunOpened(FORMAT, spec.name, spec.digest, {}, 0.0, tuple(u.id for u in spec.units()))])
    for task in blueprint.tasks:
        ledger.append([TaskOpened(task.id, task.name, task.needs, task.group)])
        ledger.append([Decided(task.id, False, -1, 0, 0, 0, "nobody agreed")])
    ledger.commit()
    return ledger


class Desk:
    """A Clarifier in a loop of its own."""

    def __init__(self, runner: asyncio.Runner, folder: Path, ledger: MemoryLedger, named: Path | None) -> None:
        self.runner = runner
        self.clarifier = Clarifier(folder.parent / "out", named, ledger, open_sandbox())

    def write(self, *replies: Reply) -> Sequence[Path]:
        answers = [self.runner.run(self.clarifier.read(reply)) for reply in replies]
        return self.runner.run(self.clarifier.write(answers)).files


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def desk(folder: Path, runner: asyncio.Runner) -> Iterator[Desk]:
    desk = Desk(runner, folder, ledger_of(folder), folder)
    yield desk
    runner.run(desk.clarifier.close())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


PASS = Reply("grade", "grade(50)", "'pass'")
LOUD = Reply("names.shout", "shout('b')", "'B'")


@pytest.mark.sandbox
def test_answers_go_into_the_files_of_their_units_and_nothing_else_changes(desk: Desk, folder: Path) -> None:
    before = contents(folder)
    (folder / "names.py").chmod(0o640)
    files = desk.write(PASS, LOUD, Reply("grade", "grade(49)", "'fail'"))
    assert {file.name for file in files} == {"grades.py", "names.py"}
    after = contents(folder)
    assert set(after) == set(before), "nothing is left lying about"
    old = b'enough."""\r\n'
    new = b"enough.\r\n\r\n    >>> grade(50)\r\n    'pass'\r\n    >>> grade(49)\r\n    'fail'\r\n    \"\"\"\r\n"
    assert after["grades.py"] == before["grades.py"].replace(old, new)
    assert after["names.py"].endswith(b"    'A'\n    >>> shout('b')\n    'B'\n    \"\"\"\n    ...\n")
    assert (folder / "names.py").stat().st_mode & 0o777 == 0o640


@pytest.mark.sandbox
def test_one_after_the_other_is_as_good_as_together(desk: Desk, folder: Path) -> None:
    desk.write(PASS)
    desk.write(Reply("marks.grades.grade", "grade(49)", raises="ValueError"))
    examples = read_spec(folder).unit("marks.grades.grade").examples
    assert [(example.source, example.raises) for example in examples] == [
        ("grade(50)", None),
        ("grade(49)", "ValueError"),
    ]


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        ([LOUD, Reply("grade", "grade(50)", "'maybe'")], "breaks the contract"),
        ([LOUD, Reply("grade", "grade(-1)", "'fail'")], "breaks the contract"),
        ([Reply("shout", "shout('a')", "'B'")], "another result"),
        ([Reply("shout", "shout(text='a')", "'B'")], "another result"),
        ([PASS, Reply("grade", "grade(50)", "'fail'")], "another result"),
        ([PASS, Reply("grade", "grade(50)", raises="ValueError")], "another result"),
    ],
)
def test_what_contradicts_is_refused_and_no_byte_is_changed(
    desk: Desk, folder: Path, replies: list[Reply], reason: str
) -> None:
    before = contents(folder)
    with pytest.raises(UsageError, match=reason) as caught:
        desk.write(*replies)
    assert "nothing was written" in str(caught.value)
    assert contents(folder) == before


@pytest.mark.sandbox
def test_a_file_that_was_changed_meanwhile_is_left_alone(desk: Desk, folder: Path) -> None:
    for content in (GRADES.replace("enough", "sufficient").encode(), b"\xff\xfe"):
        (folder / "grades.py").write_bytes(content)
        with pytest.raises(SpecError, match="changed meanwhile"):
            desk.write(PASS)
        assert (folder / "grades.py").read_bytes() == content
    (folder / "grades.py").unlink()
    with pytest.raises(SpecError, match="cannot be read"):
        desk.write(PASS)


@pytest.mark.sandbox
def test_a_link_stays_a_link(desk: Desk, folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.py"
    (folder / "names.py").rename(real)
    (folder / "names.py").symlink_to(real)
    desk.write(LOUD)
    assert (folder / "names.py").is_symlink()
    assert b"shout('b')" in real.read_bytes()


@pytest.mark.sandbox
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(desk: Desk, folder: Path) -> None:
    folder.chmod(0o500)
    with pytest.raises(SwarmwrightError, match="cannot be written"):
        desk.write(PASS)


@pytest.mark.sandbox
def test_a_choice_of_the_candidates_is_taken_as_it_is(desk: Desk, folder: Path) -> None:
    call = Call("marks.grades.grade", (7,))
    value = Choice(Outcome("value", value="fail"), "'fail'", 2)
    error = Choice(Outcome("raise", error="KeyError"), "raises KeyError", 1)
    question = Question("marks.grades.grade", "", call, "grade(7)", (value, error), 1.0)
    for choice, want in ((value, "'fail'"), (error, "KeyError")):
        answer = desk.runner.run(desk.clarifier.take(question, choice))
        assert (answer.outcome.error or answer.want) == want
    custom = Choice(Outcome("raise", error="ViolationError"), "raises ViolationError", 1)
    with pytest.raises(UsageError, match="no exception"):
        desk.runner.run(desk.clarifier.take(question, custom))


@pytest.mark.sandbox
def test_what_was_changed_since_the_run_is_not_asked_about(folder: Path, runner: asyncio.Runner) -> None:
    ledger = ledger_of(folder)
    desk = Desk(runner, folder, ledger, folder)
    everything = runner.run(desk.clarifier.questions(most=5))
    assert {silence.unit for silence in everything.silences} == {u.id for u in desk.clarifier.spec.units()}
    desk.write(PASS)
    runner.run(desk.clarifier.close())
    later = Desk(runner, folder, ledger, folder)
    assert later.clarifier.changed
    silent = {silence.unit for silence in runner.run(later.clarifier.questions(most=5)).silences}
    # What calls the changed function is another task too; what calls that one is not.
    assert silent == {"marks.grades.report", "marks.names.shout"}
    runner.run(later.clarifier.close())


@pytest.mark.sandbox
def test_another_specification_is_refused(folder: Path, tmp_path: Path, runner: asyncio.Runner) -> None:
    other = tmp_path / "other.py"
    other.write_text(NAMES, encoding="utf-8")
    with pytest.raises(UsageError, match="is not what was built"):
        Desk(runner, folder, ledger_of(folder), other)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[answers", "is not TOML"),
        ("answers = 3", "unit, call, and result"),
        ("", "unit, call, and result"),
        ('[[answers]]\nunit = "f"', "unit, call, and result"),
        ('[[answers]]\nunit = "f"\ncall = "f()"\nresult = [1]', "unit, call, and result"),
        ('[[answers]]\nunit = "f"\ncall = "f()"\nresults = 1', "unknown field"),
    ],
)
def test_an_answers_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=reason) as caught:
        read_replies(file)
    assert "\n" not in str(caught.value)


def test_an_answers_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_replies(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="is not TOML"):
        read_replies(tmp_path / "latin.toml")


def test_an_answers_file_holds_python_and_plain_numbers(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(
        '[[answers]]\nunit = "f"\ncall = "f(1)"\nresult = "[1,\\n2]"\n'
        '[[answers]]\nunit = "f"\ncall = "f(2)"\nresult = true\n'
        '[[answers]]\nunit = "f"\ncall = "f(3)"\nraises = "ValueError"\n',
        encoding="utf-8",
    )
    assert read_replies(file) == (
        Reply("f", "f(1)", "[1,\n2]"),
        Reply("f", "f(2)", True),
        Reply("f", "f(3)", raises="ValueError"),
    )
