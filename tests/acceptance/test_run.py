"""``run``, ``status`` and ``explain`` of long tasks, in the made-up world, as their users see them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.cli import app
from swarmwright.errors import SwarmwrightError
from swarmwright.ledger.events import AnyEvent, Asked, Decided, RunResumed

from .conftest import Desk

TASK = '''
"""Count to the end by ones."""

from pathlib import Path

from swarmwright import Chain, Phrasing, Question


class Count(Chain):
    def __init__(self, end: int = 60, alike: int = 10, shout: int = -1):
        self.end, self.alike, self.shout = end, alike, shout

    def first(self):
        return 0

    def steps(self):
        return self.end

    def question(self, state):
        if state >= self.end:
            return None
        if state == self.shout and not Path("go").exists():
            print("here", flush=True)
            while not Path("go").exists():
                pass
        return Question((Phrasing(f"What comes after {state % self.alike}?", "It is", int),), kind="next")

    def after(self, state, answer):
        return state + answer - state % self.alike

    def truth(self, state):
        return state % self.alike + 1

    def result(self, state):
        return f"counted to {state}"
'''
SPLIT = ("--error-rate", "0.6", "--correlated", "1", "--k", "6", "--most", "9", "--flag-rate", "0.1")


class Result:
    """What a command said, and its exit code."""

    def __init__(self, code: int, said: str) -> None:
        self.code, self.said = code, said


class Bench:
    """A folder with a long task, and the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "count.py"
        self.file.write_text(TASK, encoding="utf-8")
        self.out = folder / "out"
        self.environment = {"SWARMWRIGHT_CACHE": str(folder / "cache"), "NO_COLOR": "1", "COLUMNS": "200"}

    def call(self, *words: object) -> Result:
        """Call the program; an error of ours is its sentence and exit code, every other one fails the test."""
        result = CliRunner().invoke(app, [str(word) for word in words], env=self.environment)
        if isinstance(result.exception, SwarmwrightError):
            sentence = str(result.exception)
            assert "\n" not in sentence
            return Result(result.exception.exit_code, f"{result.output}{sentence}")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Result(result.exit_code, result.output)

    def run(self, *words: object, out: Path | None = None) -> Result:
        return self.call("run", self.file, "--simulate", "--no-progress", "--out", out or self.out, *words)

    def events(self, out: Path | None = None) -> list[AnyEvent]:
        ledger = open_ledger((out or self.out) / "run.ledger", create=False, readonly=True)
        try:
            return list(ledger.replay())
        finally:
            ledger.close()

    def answers(self, out: Path | None = None) -> list[object]:
        lines = ((out or self.out) / "answers.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


RIGHT = [{"step": step, "answer": step % 10 + 1} for step in range(60)]


def asked(events: list[AnyEvent]) -> int:
    return sum(isinstance(event, Asked) for event in events)


# To the end, and again


def test_a_run_says_what_it_came_to(bench: Bench) -> None:
    result = bench.run("--no-reuse")
    assert result.code == 0, result.said
    assert result.said.startswith("counted to 60.\n60 of 60 steps decided.\n")
    assert "Every step is decided." in result.said
    assert "delivered" not in result.said
    assert str(bench.out / "answers.jsonl") in result.said
    assert bench.answers() == RIGHT


def test_what_comes_again_is_asked_once(bench: Bench) -> None:
    result = bench.run()
    assert (
        "60 of 60 steps decided: 10 by votes of their own, 50 as the same question was decided before." in result.said
    )
    assert bench.answers() == RIGHT


def test_a_finished_run_asks_nothing_again_and_changes_nothing(bench: Bench) -> None:
    first = bench.run()
    events, answers = bench.events(), bench.answers()
    again = bench.run()
    assert again.code == 0
    assert again.said.splitlines()[:3] == first.said.splitlines()[:3]
    assert f"Nothing was left to do in {bench.out}; --fresh runs it anew." in again.said
    assert "Nothing was left" not in first.said
    assert bench.events() == events
    assert bench.answers() == answers


def test_fresh_begins_anew(bench: Bench) -> None:
    bench.run()
    before = bench.events()[0]
    result = bench.run("--fresh", "--k", "4")
    assert result.code == 0, result.said
    assert bench.events()[0] != before
    assert bench.answers() == RIGHT


def test_without_a_folder_it_is_named_after_the_file(bench: Bench, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    result = desk.run("run", "count.py", "--simulate", "--end", "3")
    assert result.returncode == 0, result.stderr
    assert "counted to 3." in result.stdout
    assert (tmp_path / "run" / "count" / "answers.jsonl").is_file()
    assert desk.run("explain", "2").stdout.startswith("Step 2: decided as 3, ahead by 3 with 3 votes")


# Paused and gone on with


def test_a_budget_of_calls_pauses_and_more_goes_on(bench: Bench) -> None:
    whole = bench.folder / "whole"
    assert bench.run("--no-reuse", out=whole).code == 0
    paused = bench.run("--no-reuse", "--max-calls", "20")
    assert paused.code == 3
    assert "The budget of calls is spent; give more and run the same command to go on." in paused.said
    assert asked(bench.events()) <= 20
    done = len(bench.answers())
    assert f"stopped after {done} steps at: counted to {done}." in paused.said
    assert 0 < done < 60
    more = bench.run("--no-reuse", "--max-calls", "1000")
    assert more.code == 0
    assert f"Going on after {done} decided steps" in more.said
    assert bench.answers() == bench.answers(whole) == RIGHT
    assert asked(bench.events()) == asked(bench.events(whole))


def test_a_budget_of_time_pauses_and_more_goes_on(bench: Bench) -> None:
    paused = bench.run("--max-seconds", "0.000001")
    assert paused.code == 3
    assert "The time allowed is over" in paused.said
    assert bench.run("--max-seconds", "1000").code == 0
    assert bench.answers() == RIGHT


@pytest.mark.parametrize("presses", [1, 2])
def test_an_interrupted_run_goes_on(tmp_path: Path, presses: int) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "count.py").write_text(TASK, encoding="utf-8")
    words = ("run", "count.py", "--simulate", "--out", "out", "--no-progress", "--end", "3000", "--no-reuse")
    process = desk.start(*words, "--shout", "500")
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    for _ in range(presses):
        os.killpg(process.pid, signal.SIGINT)
    (tmp_path / "go").touch()
    stdout, stderr = process.communicate()
    assert process.returncode == 130, stderr
    assert "Interrupted; what was done is saved, and the same command goes on from there." in stdout
    assert "Traceback" not in stderr
    assert "Ended: Interrupted" in desk.run("status", "out").stdout
    again = desk.run(*words, "--shout", "500")
    assert again.returncode == 0, again.stderr
    assert "Going on after" in again.stderr
    assert "counted to 3000." in again.stdout
    answers = (tmp_path / "out" / "answers.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in answers] == list(range(3000))
    assert desk.run("ledger", "verify", "out").returncode == 0


def test_outages_are_waited_out(bench: Bench) -> None:
    result = bench.run("--no-reuse", "--outages", "2", "--end", "2500")
    assert result.code == 0, result.said
    assert "counted to 2500." in result.said


# Other runs in the folder


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--k", "4"), "(k)"),
        (("--most", "20"), "(most)"),
        (("--no-reuse",), "(reuse)"),
        (("--error-rate", "0.1", "--seed", "3"), "(world)"),
        (("--end", "61"), "(--end)"),
    ],
)
def test_other_options_are_refused(bench: Bench, words: tuple[str, ...], named: str) -> None:
    bench.run()
    events = bench.events()
    result = bench.run(*words)
    assert result.code == 2
    assert f"begun with other options {named}" in result.said
    assert "--fresh" in result.said
    assert bench.events() == events
    assert bench.answers() == RIGHT


def test_another_state_of_the_file_is_refused(bench: Bench) -> None:
    bench.run()
    bench.file.write_text(TASK + "\n# changed\n", encoding="utf-8")
    result = bench.run()
    assert result.code == 2
    assert "another state of its file (Count)" in result.said
    assert bench.run("--fresh").code == 0


def test_a_ledger_of_another_version_is_refused(bench: Bench) -> None:
    bench.run()
    with sqlite3.connect(bench.out / "run.ledger") as connection:
        connection.execute("PRAGMA user_version=999")
    connection.close()
    result = bench.run()
    assert result.code == 2
    assert "has format 999" in result.said


def test_a_folder_that_is_not_ours_is_left_alone(bench: Bench) -> None:
    bench.out.mkdir()
    (bench.out / "letters.txt").write_text("mine")
    for words in ((), ("--fresh",)):
        result = bench.run(*words)
        assert result.code == 2
        assert "was not made by swarmwright" in result.said
    assert os.listdir(bench.out) == ["letters.txt"]


def test_builds_and_long_tasks_keep_out_of_each_other_s_folders(bench: Bench) -> None:
    desk = Desk(bench.folder)
    bench.run()
    events = bench.events()
    built = bench.call("build", desk.spec, "--out", bench.out, "--config", desk.config)
    assert built.code == 2
    assert "another state of Count" in built.said
    assert bench.call("clarify", bench.out).code != 0
    assert bench.call("verify", bench.out).code == 2
    assert bench.events() == events


# What cannot be decided


def test_an_undecided_step_says_where_and_why(bench: Bench) -> None:
    result = bench.run(*SPLIT)
    assert result.code == 3
    done = len(bench.answers())
    lines = result.said.splitlines()
    assert lines[0].startswith(f"stopped after {done} steps at: counted to ")
    place = next(place for place, line in enumerate(lines) if line.startswith(f"Step {done} is undecided: "))
    assert lines[place] == f"Step {done} is undecided: no answer came far enough ahead of the others."
    assert lines[place + 1].startswith("  asked: What comes after ")
    assert lines[place + 1].endswith("? It is")
    assert lines[place + 2].startswith("  votes: ")
    assert f"swarmwright explain {done} --run {bench.out}" in lines[place + 3]
    assert "Not every step could be decided" in result.said
    (undecided,) = [e for e in bench.events() if isinstance(e, Decided) and not e.delivered]
    assert int.from_bytes(undecided.task[8:], "big") == done
    told = bench.call("explain", done, "--run", bench.out)
    assert told.said.startswith(f"Step {done}: undecided: ")
    assert lines[place + 2].removeprefix("  votes: ") in told.said.splitlines()[-1]


def test_a_run_that_ended_undecided_stays_so(bench: Bench) -> None:
    first = bench.run(*SPLIT)
    again = bench.run(*SPLIT)
    assert again.code == 3
    assert "Nothing was left to do" in again.said
    assert [line for line in first.said.splitlines() if "undecided" in line] == [
        line for line in again.said.splitlines() if "undecided" in line
    ]


def test_answers_that_nobody_can_read_are_the_reason(bench: Bench) -> None:
    result = bench.run("--flag-rate", "1")
    assert result.code == 3
    assert "Step 0 is undecided: none of its 24 answers could be read and passed the check." in result.said


def test_an_error_of_the_author_names_its_line(bench: Bench) -> None:
    bench.file.write_text(TASK.replace("return state + answer", "return 0 // (state - 7) + state + answer"))
    result = bench.run()
    assert result.code == 2
    line = next(n for n, text in enumerate(bench.file.read_text().splitlines(), 1) if "0 //" in text)
    assert f"{bench.file}:{line}: Count failed in after: ZeroDivisionError: " in result.said
    assert "decided steps)" in result.said
    assert bench.call("ledger", "verify", bench.out).code == 0
    assert "broken off" in bench.call("status", bench.out).said
    again = bench.run()
    assert again.code == 2
    assert result.said in again.said
    bench.file.write_text(TASK)
    assert bench.run().code == 2
    assert bench.run("--fresh").code == 0


def test_a_task_that_does_not_know_the_truth_cannot_be_simulated(bench: Bench) -> None:
    bench.file.write_text(TASK.replace("def truth", "def trust"))
    result = bench.run()
    assert result.code == 2
    assert "Count has no truth(); only a run with a model can do without" in result.said


# Wrong input


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--end", "x"), "--end: 'x' is no int."),
        (("--end",), "--end: it needs a value"),
        (("--ends", "3"), "--ends: neither swarmwright run nor"),
        (("more",), "more: neither"),
        (("--k", "0"), "k must be at least 1"),
        (("--k", "25"), "k is 25 and at most 24"),
        (("--most", "65"), "may be asked 64 times"),
        (("--error-rate", "2"), "must be shares from 0 to 1"),
        (("--error-rate", "nan"), "must be shares from 0 to 1"),
        (("--correlated", "-0.1"), "must be shares from 0 to 1"),
        (("--outages", "-1"), "not negative"),
        (("--seed", "99999999999999999999"), "must fit into 64 bits"),
        (("--max-calls", "0"), "budget.calls is 0"),
        (("--max-seconds", "nan"), "budget.seconds is nan"),
        (("--max-cost", "-1"), "budget.usd is -1"),
        (("--config", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_wrong_options_are_one_sentence_and_leave_nothing(bench: Bench, words: tuple[str, ...], said: str) -> None:
    result = bench.run(*words)
    assert result.code == 2
    assert said in result.said
    assert not bench.out.exists()


def test_wrong_files_are_one_sentence(bench: Bench) -> None:
    desk = Desk(bench.folder)
    bench.file.write_text("class Count(:\n", encoding="utf-8")
    for file, said in (("nothing.py", "cannot be read"), (".", "cannot be read"), ("count.py", "count.py:1: ")):
        result = desk.run("run", file, "--simulate", "--out", "out")
        assert result.returncode == 2
        assert result.stderr.startswith("swarmwright: ")
        assert said in result.stderr
        assert result.stderr.count("\n") == 1
    assert not bench.out.exists()


def test_an_unknown_model_is_one_sentence(bench: Bench) -> None:
    result = bench.call("run", bench.file, "--out", bench.out, "--model", "nosuch")
    assert result.code == 2
    assert "No model is called 'nosuch'" in result.said


def test_options_behind_two_dashes_are_the_task_s(bench: Bench) -> None:
    bench.file.write_text(
        TASK.replace("end: int = 60", "seed: int = 60")
        .replace("self.end, self", "self.end, self")
        .replace("= end, alike", "= seed, alike"),
        encoding="utf-8",
    )
    result = bench.run("--seed", "3", "--", "--seed", "5")
    assert result.code == 0, result.said
    assert "counted to 5." in result.said


# Looking at it


def test_status_and_explain_of_a_long_task(bench: Bench) -> None:
    bench.run("--max-calls", "4")
    paused = bench.call("status", bench.out).said
    assert "1 step is begun and not decided." in paused
    assert "Ended: The budget of calls is spent" in paused
    bench.run()
    status = bench.call("status", bench.out).said.splitlines()
    assert status[0].startswith("Count: in a made-up world, k 3, at most 24 samples")
    assert status[0].endswith("started 2 times.")
    assert status[1] == "60 steps decided: 10 by votes of their own, 50 as the same question was decided before."
    assert status[-1] == "Ended: every step is decided."
    told = bench.call("explain", "3", "--run", bench.out).said
    assert told.startswith("Step 3: decided as 4, ahead by 3 with 3 votes\n")
    assert "Sample 0: simulated\n  votes for 4\n" in told
    assert "Votes: 3 for 4" in told
    later = bench.call("explain", "43", "--run", bench.out).said
    assert "It asks what step 3 asked, and was decided likewise.\n\nStep 3: decided as 4" in later
    missing = bench.call("explain", "60", "--run", bench.out)
    assert missing.code == 2
    assert "There is no step '60' in the run; steps 0 to 59 were begun." in missing.said
    assert bench.call("ledger", "verify", bench.out).code == 0


def test_a_start_that_had_nothing_in_flight_says_so(bench: Bench) -> None:
    bench.run("--max-calls", "4")
    bench.run()
    (resumed,) = [event for event in bench.events() if isinstance(event, RunResumed)]
    assert resumed.asked_again == 0


# What a review found


def test_starting_anew_leaves_a_run_alone_that_goes_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "count.py").write_text(TASK, encoding="utf-8")
    words = ("run", "count.py", "--simulate", "--out", "out", "--no-progress", "--end", "900", "--no-reuse")
    process = desk.start(*words, "--shout", "500")
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    second = desk.run(*words, "--shout", "500", "--fresh")
    assert second.returncode == 1
    assert "Another process is running in out" in second.stderr
    (tmp_path / "go").touch()
    stdout, stderr = process.communicate()
    assert process.returncode == 0, stderr
    assert "counted to 900." in stdout


def test_a_task_that_never_gives_way_can_be_stopped(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "count.py").write_text(TASK, encoding="utf-8")
    process = desk.start("run", "count.py", "--simulate", "--out", "out", "--no-progress", "--shout", "30")
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    while process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    process.communicate()
    assert process.returncode in (-signal.SIGINT, 130)


def test_starting_anew_takes_the_old_answers_away(bench: Bench) -> None:
    assert bench.run().code == 0
    assert bench.run("--fresh", "--max-calls", "3", "--no-reuse").code == 3
    assert len(bench.answers()) < 60


def test_a_result_that_cannot_be_said_costs_no_answers(bench: Bench) -> None:
    bench.file.write_text(TASK.replace('return f"counted to {state}"', "return [][state]"), encoding="utf-8")
    result = bench.run()
    assert result.code == 2
    assert "Count failed in result: IndexError" in result.said
    assert bench.answers() == RIGHT


def test_guesses_do_not_confuse_status_and_explain(bench: Bench) -> None:
    done = bench.run("--no-reuse", "--ahead", "6", "--error-rate", "0.3", "--correlated", "0.5")
    assert done.code == 0, done.said
    assert bench.answers() == RIGHT
    assert "begun and not decided" not in bench.call("status", bench.out).said
    for step in range(0, 60, 7):
        assert f"Step {step}: decided as {step % 10 + 1}" in bench.call("explain", bench.out, step).said


def test_nobody_steers_a_run_that_is_over(bench: Bench) -> None:
    assert bench.run().code == 0
    paused = bench.call("pause", bench.out)
    assert paused.code == 2
    assert "No run goes on" in paused.said
    assert not (bench.out / "wishes.json").exists()


def test_steps_that_an_undecided_one_leaves_undecided_are_not_counted_as_decided(bench: Bench) -> None:
    bench.file.write_text(BAG, encoding="utf-8")
    result = bench.run("--error-rate", "0.9", "--correlated", "1", "--flag-rate", "0.5", "--k", "8", "--most", "9")
    assert result.code == 3
    assert "-" not in next(line for line in result.said.splitlines() if "decided:" in line or "decided." in line)


def test_what_stands_beside_the_file_can_be_imported(bench: Bench) -> None:
    (bench.folder / "numbers_beside.py").write_text("END = 7\n", encoding="utf-8")
    bench.file.write_text(f"from numbers_beside import END\n{TASK}".replace("= 60", "= END"), encoding="utf-8")
    assert "counted to 7." in bench.run().said


def test_the_made_up_world_tries_the_check_on_right_answers(bench: Bench) -> None:
    checked = TASK.replace('kind="next")', 'kind="next", check=lambda answer: answer > 99)')
    bench.file.write_text(checked, encoding="utf-8")
    result = bench.run()
    assert result.code == 3
    assert "Step 0 is undecided" in result.said


PROGRAM = """
import sys
from pathlib import Path

from swarmwright import Chain, Phrasing, Question, StepSettings, SwarmwrightError, run_long_task
from swarmwright.simulate.steps import StepWorld


class Three(Chain):
    def __init__(self, end):
        self.end = end

    def first(self):
        return 0

    def question(self, state):
        return None if state == self.end else Question((Phrasing(f"after {state}?", read=int),))

    def after(self, state, answer):
        return answer

    def truth(self, state):
        return state + 1


settings = StepSettings(world=StepWorld(seed=3))
for end in (9, 9, 8):
    try:
        outcome = run_long_task(Three(end), Path("out"), settings)
        print(outcome.exit_reason.name, outcome.done, outcome.result)
    except SwarmwrightError as error:
        print(error)
"""


def test_a_program_runs_a_long_task_by_a_function(bench: Bench) -> None:
    program = bench.folder / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, **bench.environment}
    done = subprocess.run(
        [sys.executable, str(program)], cwd=bench.folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    assert first == second == "ALL_DELIVERED 9 9"
    assert "other options (--end)" in third


BAG = """
from swarmwright import Bag, Phrasing, Question


class Same(Bag):
    def questions(self):
        for _ in range(10):
            yield Question((Phrasing("How much is one and one?", read=int),))

    def truth(self, number):
        return 2
"""
