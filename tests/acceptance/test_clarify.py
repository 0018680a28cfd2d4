"""``clarify``: a build leaves two behaviours, a person says which is meant, and the next build delivers."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from swarmwright.spec.reader import read_spec

from .conftest import COMMAND, Desk

SPEC = '''"""Marks."""

import icontract


@icontract.ensure(lambda result: result in ("pass", "fail"))
def grade(points: int) -> str:
    """Say whether so many points are enough: about fifty are.

    >>> grade(10)
    'fail'
    >>> grade(90)
    'pass'
    >>> grade(0)
    'fail'
    """
    ...


def shout(text: str) -> str:
    """Return the text in capitals with an exclamation mark at its end.

    >>> shout("hi")
    'HI!'
    >>> shout("")
    '!'
    >>> shout("a b")
    'A B!'
    """
    ...
'''
SOLUTIONS = """
def grade(points: int) -> str:
    return "pass" if points >= 50 else "fail"


def shout(text: str) -> str:
    return text.upper() + "!"
"""


class MarksDesk(Desk):
    """A desk at which the model wavers between two behaviours of ``grade``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, accuracy=0.5, correlated=1.0)
        self.spec = folder / "marks.py"
        self.spec.write_text(SPEC, encoding="utf-8")
        (folder / "solutions.py").write_text(SOLUTIONS, encoding="utf-8")

    def clarify(self, *more: str | Path) -> subprocess.CompletedProcess[str]:
        return self.run("clarify", self.out, *more)

    def answers(self, text: str) -> Path:
        file = self.folder / "answers.toml"
        file.write_text(text, encoding="utf-8")
        return file

    def typed(self, words: Sequence[str | Path], lines: Sequence[str]) -> tuple[int, str]:
        """Run a command in a terminal, with everything that is typed there typed ahead."""
        ours, theirs = pty.openpty()
        os.write(ours, "".join(f"{line}\n" for line in lines).encode())
        process = subprocess.Popen(
            [*COMMAND, *map(str, words)],
            cwd=self.folder,
            env=self.environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        said = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:
                break
            if not more:
                break
            said += more
        os.close(ours)
        return process.wait(), said.decode()


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> MarksDesk:
    """A desk at which ``grade`` was left undecided between two behaviours."""
    desk = MarksDesk(tmp_path_factory.mktemp("torn"))
    result = desk.build()
    assert result.returncode == 3, result.stdout + result.stderr
    assert "behaviours satisfy the specification" in result.stdout
    return desk


@pytest.fixture
def marks(torn: MarksDesk) -> MarksDesk:
    """The same desk, its specification as it was."""
    torn.spec.write_text(SPEC, encoding="utf-8")
    return torn


def question_of(desk: MarksDesk) -> dict[str, object]:
    result = desk.clarify("--json")
    assert result.returncode == 3, result.stdout + result.stderr
    (question,) = json.loads(result.stdout)["questions"]
    assert isinstance(question, dict)
    return question


def test_the_questions_are_printed_where_nobody_can_answer(marks: MarksDesk) -> None:
    result = marks.clarify()
    assert result.returncode == 3, result.stdout + result.stderr
    for part in (
        "Question 1 of 1: marks.grade",
        "about fifty are",
        "What must this give?   grade(5",
        "votes, simulated",
    ):
        assert part in result.stdout
    assert "[[answers]]" in result.stdout
    assert marks.spec.read_text(encoding="utf-8") == SPEC


def test_the_smallest_input_that_tells_them_apart_is_asked_about(marks: MarksDesk) -> None:
    question = question_of(marks)
    assert question["unit"] == "marks.grade"
    assert question["call"] == "grade(50)"
    answers = question["answers"]
    assert isinstance(answers, list)
    assert {answer["answer"] for answer in answers} == {"'pass'", "'fail'"}
    assert question["bits"] and 0 < float(str(question["bits"])) <= 1


def test_an_answer_becomes_an_example_and_the_next_build_delivers(marks: MarksDesk) -> None:
    file = marks.answers('[[answers]]\nunit = "grade"\ncall = "grade( 50)"\nresult = "\'pass\'"\n')
    result = marks.clarify("--answers", file)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Written into marks.py: 1 example." in result.stdout
    assert "swarmwright build marks.py" in result.stdout
    after = marks.spec.read_text(encoding="utf-8")
    assert after == SPEC.replace(
        "    >>> grade(0)\n    'fail'\n", "    >>> grade(0)\n    'fail'\n    >>> grade(50)\n    'pass'\n"
    )
    # What was answered is not asked again, although the run does not know of it.
    again = marks.clarify("--spec", marks.spec)
    assert "grade(" not in again.stdout
    assert "was changed since this run" in again.stdout
    out = marks.folder / "delivered"
    built = marks.build(out)
    assert built.returncode == 0, built.stdout + built.stderr
    evidence = json.loads((out / "evidence.json").read_text(encoding="utf-8"))
    assert evidence["delivered"] == ["marks.grade", "marks.shout"]
    kept = evidence["costs"]["kept"]
    assert kept > 0, "the answers for what was not changed are not bought again"
    nothing = marks.run("clarify", out)
    assert nothing.returncode == 0, nothing.stdout + nothing.stderr
    assert "nothing to ask" in nothing.stdout


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[[answers]]\nunit = "grade"\ncall = "grade(50)"\nresult = "\'maybe\'"', "breaks the contract"),
        ('[[answers]]\nunit = "grad"\ncall = "grad(1)"\nresult = 1', "No unit of the specification is called 'grad'"),
        ("[[answers", "is not TOML"),
        ("answers = []", "holds no answer"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_a_sentence(marks: MarksDesk, text: str, reason: str) -> None:
    result = marks.clarify("--answers", marks.answers(text))
    assert result.returncode == 2, result.stdout + result.stderr
    assert reason in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert marks.spec.read_text(encoding="utf-8") == SPEC


def test_in_a_terminal_each_question_is_asked(marks: MarksDesk) -> None:
    code, said = marks.typed(("clarify", marks.out), ["7", "nonsense", "4", "'maybe'", "1"])
    assert code == 0, said
    assert "a number from 1 to 4" in said
    assert "breaks the contract" in said
    assert "Written into marks.py" in said
    added = read_spec(marks.spec).unit("marks.grade").examples[-1]
    assert (added.source, added.want) in {("grade(50)", "'pass'"), ("grade(50)", "'fail'")}


@pytest.mark.parametrize("typed", ["s", "\x04"])
def test_nobody_has_to_answer(marks: MarksDesk, typed: str) -> None:
    code, said = marks.typed(("clarify", marks.out), [typed])
    assert code == 3, said
    assert marks.spec.read_text(encoding="utf-8") == SPEC


def test_an_error_can_be_the_answer(marks: MarksDesk) -> None:
    code, said = marks.typed(("clarify", marks.out), ["3", "ValueError"])
    assert code == 0, said
    assert read_spec(marks.spec).unit("marks.grade").examples[-1].raises == "ValueError"


def test_where_the_specification_is_not_found_it_must_be_named(marks: MarksDesk, tmp_path: Path) -> None:
    marks.spec.write_text(SPEC + "\n# changed\n", encoding="utf-8")
    shown = marks.clarify()
    assert shown.returncode == 3, "the copy in the folder does for reading"
    file = marks.answers('[[answers]]\nunit = "grade"\ncall = "grade(50)"\nresult = "\'pass\'"\n')
    result = marks.clarify("--answers", file)
    assert result.returncode == 2
    assert "name it with --spec" in result.stderr
    other = tmp_path / "other.py"
    other.write_text(
        'def other(n: int) -> int:\n    """Other.\n\n    >>> other(1)\n    1\n    """\n    ...\n', encoding="utf-8"
    )
    result = marks.clarify("--spec", other)
    assert result.returncode == 2
    assert "is not what was built" in result.stderr
    for words in (("clarify", tmp_path), ("clarify", tmp_path / "nothing")):
        missing = marks.run(*words)
        assert missing.returncode == 2
        assert "holds no run" in missing.stderr
