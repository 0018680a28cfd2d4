"""What a ledger tells of a long task: how far it is, what is undecided, and one step's whole story."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from swarmwright.chain.stories import Told, write_story
from swarmwright.errors import LedgerCorruptError, UsageError
from swarmwright.ledger.events import (
    FORMAT,
    AnyEvent,
    Asked,
    CallFailed,
    Decided,
    Noted,
    Recalled,
    RunClosed,
    RunOpened,
    RunResumed,
    TaskId,
    TaskOpened,
    Voted,
)
from swarmwright.ledger.memory import MemoryBlobs
from swarmwright.watch.steps import PLAIN_EVERY_S, StepsTerminal
from swarmwright.watch.steps_report import (
    Stuck,
    ending,
    find_step,
    fold_steps,
    is_long_task,
    status_lines,
    stuck_lines,
    tell_step,
)

OPENED = RunOpened(FORMAT, "Walk", "d", {"k": "2", "most": "6", "reuse": "True", "model m": "x", "--n": "4"}, 0.0)


def task(number: int) -> TaskId:
    return TaskId(b"run name" + number.to_bytes(8, "big"))


def opened(number: int, name: str = "", *needs: int) -> TaskOpened:
    return TaskOpened(task(number), name, tuple(map(task, needs)), 0)


def asked(number: int, first: int = 0, count: int = 2) -> Asked:
    return Asked(task(number), 0, "step", "m", first, count)


def voted(number: int, *keys: bytes, first: int = 0, story: bytes = b"") -> Voted:
    return Voted(task(number), first, keys, 10 * len(keys), 0.0, 0, story)


def decided(number: int, reason: str = "ahead by 2 with 2 votes", *, delivered: bool = True) -> Decided:
    return Decided(task(number), delivered, 0 if delivered else -1, 2, 2, 0, reason)


def one_step(number: int, key: bytes = b"7", name: str = "") -> list[AnyEvent]:
    return [opened(number, name), asked(number), voted(number, key, key), decided(number)]


def split(number: int) -> list[AnyEvent]:
    votes = voted(number, b"1", b"2", b"", b"1")
    return [opened(number), asked(number, 0, 4), votes, decided(number, "outvoted", delivered=False)]


def told(sample: int, text: str, flag: str = "", detail: str = "", *, kept: bool = False) -> Told:
    return Told(sample, "m", "How many?\nSay it.", "There are", text, flag, detail, 8, 2, 0.5, kept)


def test_a_long_task_is_told_from_a_build_by_its_first_event() -> None:
    assert is_long_task(OPENED)
    build = RunOpened(FORMAT, "sums", "d", {"k": "2", "rounds": "3"}, 0.0, ("sums.double",))
    assert not is_long_task(build)
    assert not is_long_task(None)
    assert not is_long_task(Noted("a", "b"))


def test_only_open_steps_are_remembered() -> None:
    state = fold_steps([OPENED, *one_step(0), *one_step(1), opened(2), asked(2)])
    assert state.going == 1
    assert (state.totals.delivered, state.totals.votes, state.recalled) == (2, 4, 0)


def test_status_says_what_the_run_is_and_how_far() -> None:
    again = [opened(1), Recalled(task(1), task(0)), decided(1)]
    lines = status_lines(fold_steps([OPENED, *one_step(0), *again, RunResumed(1.0, 2), opened(2)]))
    assert lines[0].startswith("Walk --n 4: asks m, k 2, at most 6 samples")
    assert lines[0].endswith("decided once, started 2 times.")
    assert lines[1] == "2 steps decided: 1 by votes of their own, 1 as the same question was decided before."
    assert lines[2].startswith("2 answers: 2 votes, 0 flagged; 2 bought, 0 kept from before; 20 tokens; 2 calls lost")
    assert lines[3] == "1 step is begun and not decided."


def test_undecided_steps_are_told_with_their_votes() -> None:
    events = [OPENED, *split(0), opened(1), decided(1, "depends on 0", delivered=False)]
    state = fold_steps(events)
    assert state.stuck == [Stuck(0, "", "outvoted", (("1", 2), ("2", 1)), 1)]
    lines = status_lines(state)
    assert "Step 0 is undecided: no answer came far enough ahead of the others." in lines
    assert "  votes: 2 for 1, 1 for 2; 1 flagged" in lines
    assert "2 steps are undecided in all, those included that need the answer of another." in lines


def test_of_many_undecided_steps_only_the_first_are_told() -> None:
    state = fold_steps([OPENED, *(event for number in range(50) for event in split(number))])
    assert [stuck.number for stuck in state.stuck] == [0, 1, 2]
    assert any(line.startswith("50 steps are undecided") for line in status_lines(state))


@pytest.mark.parametrize(
    ("stuck", "said"),
    [
        (Stuck(1, "", "x", (), 1), "Step 1 is undecided: none of its 1 answer could be read and passed the check."),
        (Stuck(1200, "sum", "lost", (), 0), "Step 1,200 (sum) is undecided: lost."),
        (Stuck(1, "", "2 of 3 votes needed", (("4", 2),), 4), "Step 1 is undecided: 2 of 3 votes needed."),
    ],
)
def test_the_reason_of_an_undecided_step(stuck: Stuck, said: str) -> None:
    assert next(stuck_lines(stuck)) == said


def test_of_a_long_question_the_end_is_shown() -> None:
    lines = list(stuck_lines(Stuck(1, "", "x", (), 1, "examples " * 100 + "\n\n4 + 5 =")))
    assert lines[1].startswith("  asked: ... ")
    assert lines[1].endswith("examples 4 + 5 =")


def test_a_step_is_told_with_all_that_was_asked_and_answered() -> None:
    blobs = MemoryBlobs()
    first = blobs.put(write_story([told(0, " 7\n"), told(1, "seven", "unreadable", "ValueError: seven", kept=True)]))
    events = [
        OPENED,
        *one_step(0),
        opened(1, "the sum"),
        asked(1, 0, 2),
        voted(1, b"7", b"", story=first),
        asked(1, 2, 2),
        CallFailed(task(1), 2, 1, "away"),
        voted(1, b"7", first=3),
        decided(1),
    ]
    for which in ("1", "the sum"):
        assert tell_step(lambda: events, which, blobs).split("\n") == [
            "Step 1 (the sum): decided as 7, ahead by 2 with 2 votes",
            "",
            "Sample 0: m",
            "    How many?",
            "    Say it.",
            "  begun for the model",
            "    There are",
            "  answered: ' 7\\n' (10 tokens, 0.50 s)",
            "  votes for 7",
            "",
            "Sample 1: m",
            "  asked as before",
            "  answered: 'seven' (10 tokens, kept from before)",
            "  red flag: unreadable: ValueError: seven",
            "",
            "Sample 2: m",
            "  could not be had: away",
            "",
            "Sample 3: m",
            "  votes for 7",
            "",
            "Votes: 2 for 7; 1 flagged",
        ]


def test_a_step_on_its_way_is_told_as_far_as_it_is() -> None:
    lines = tell_step(lambda: [OPENED, opened(0), asked(0)], "0", MemoryBlobs())
    assert lines.startswith("Step 0: not decided yet\n")
    assert lines.count("not answered yet") == 2
    assert tell_step(lambda: [OPENED, opened(0)], "0", MemoryBlobs()) == "Step 0: not decided yet"


def test_a_step_that_was_decided_as_another_tells_that_one_s_story() -> None:
    events = [OPENED, *one_step(3, b'"B"'), opened(1500), Recalled(task(1500), task(3)), decided(1500)]
    lines = tell_step(lambda: events, "1,500", MemoryBlobs()).split("\n")
    assert lines[0] == "Step 1,500: decided, ahead by 2 with 2 votes"
    assert lines[1] == "It asks what step 3 asked, and was decided likewise."
    assert lines[3] == 'Step 3: decided as "B", ahead by 2 with 2 votes'


def test_the_ledger_is_read_no_further_than_the_step_s_end() -> None:
    def replay():
        yield OPENED
        yield from one_step(0)
        raise AssertionError("read on")

    assert find_step(replay, "0").decided is not None


@pytest.mark.parametrize("which", ["7", "-1", "x", "1.5", "", "²"])
def test_a_step_that_is_not_there(which: str) -> None:
    with pytest.raises(UsageError, match="steps 0 to 1 were begun"):
        tell_step(lambda: [OPENED, *one_step(0), *one_step(1)], which, MemoryBlobs())
    with pytest.raises(UsageError, match="no step was begun yet"):
        tell_step(lambda: [OPENED], which, MemoryBlobs())


def test_a_story_that_is_lost_or_none_at_all() -> None:
    blobs = MemoryBlobs()
    lost = [OPENED, opened(0), asked(0), voted(0, b"7", b"7", story=b"\x00" * 32), decided(0)]
    assert "  votes for 7" in tell_step(lambda: lost, "0", blobs)
    wrong = [OPENED, opened(0), asked(0), voted(0, b"7", b"7", story=blobs.put(b"no story")), decided(0)]
    with pytest.raises(LedgerCorruptError, match="cannot be read"):
        tell_step(lambda: wrong, "0", blobs)


def test_ends_of_long_tasks_speak_of_steps() -> None:
    assert ending(RunClosed("ALL_DELIVERED", "3 delivered, 0 undecided", 0.0)) == "every step is decided."
    assert ending(RunClosed("INTERRUPTED", "Interrupted; go on.", 0.0)) == "Interrupted; go on."


# In the terminal


class Watch:
    """A terminal without a terminal, and a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.paper = io.StringIO()
        self.terminal = StepsTerminal(console=Console(file=self.paper, width=300), clock=lambda: self.now)


def test_where_there_is_no_terminal_a_line_is_printed_now_and_then() -> None:
    watch = Watch()
    watch.terminal.total = 100
    with watch.terminal:
        watch.terminal(one_step(0))
        assert watch.paper.getvalue() == ""
        watch.now = PLAIN_EVERY_S
        watch.terminal(one_step(1))
        watch.terminal(one_step(2))
    assert watch.paper.getvalue() == (
        "2 of 100 steps decided; 4 votes, 0 answers flagged; 0.1 steps a second, about 24 min 30 s left\n"
    )


def test_a_start_that_goes_on_counts_what_was_decided_before() -> None:
    watch = Watch()
    watch.terminal.total = 10
    watch.terminal.resumed(1)
    watch.terminal.resumed(8)
    watch.terminal([RunResumed(0.0, 0), *one_step(8), Noted("endpoint", "slow")])
    watch.now = 2.0
    said = watch.paper.getvalue().splitlines()
    assert said == ["Going on after 8 decided steps.", "endpoint: slow"]
    assert str(watch.terminal.picture()).startswith("9 of 10 steps decided (1 of them now); ")
    assert str(watch.terminal.picture()).endswith("0.5 steps a second, about 2 s left")
    watch.terminal([RunResumed(0.0, 1)])
    assert watch.paper.getvalue().endswith("Going on after 8 decided steps; 1 call in flight then asked again.\n")


def test_what_is_fetched_is_shown_until_something_happens() -> None:
    watch = Watch()
    watch.terminal.fetching("m", 5_000_000, 10_000_000)
    assert str(watch.terminal.picture()) == "fetching m: 5 of 10 MB"
    watch.terminal(split(0))
    assert "0 steps decided, 1 undecided; 3 votes, 1 answers flagged" in str(watch.terminal.picture())
