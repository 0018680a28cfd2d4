"""What is seen in a terminal: live, plain, and when it ends. Time is a number that the test moves."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from swarmwright.ledger.events import Answer, Answered, Asked, Decided, Noted, RunResumed, TaskId, TaskOpened
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryBlobs
from swarmwright.watch.report import build_report
from swarmwright.watch.terminal import Terminal, closing_table, duration

ONE, TWO = TaskId(b"1" * 16), TaskId(b"2" * 16)
ANSWER = Answer(b"", b"", "", "", 100, 60, 0.0, 1.0, False)


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def watched(**options: object) -> tuple[Terminal, io.StringIO, Time]:
    text, time = io.StringIO(), Time()
    console = Console(file=text, width=100, force_terminal=False)
    return Terminal(console=console, clock=time, **options), text, time  # type: ignore[arg-type]


def seen(terminal: Terminal) -> str:
    console = Console(file=io.StringIO(), width=100, force_terminal=False)
    with console.capture() as capture:
        console.print(terminal.picture())
    return capture.get()


def test_plain_lines_where_there_is_no_terminal() -> None:
    terminal, text, _ = watched(total=2)
    with terminal:
        terminal([TaskOpened(ONE, "pkg.one", (), 0), Decided(ONE, True, 0, 4, 3, 2, "")])
        terminal([TaskOpened(TWO, "pkg.two", (), 0), Decided(TWO, False, -1, 0, 0, 1, "no proposal [was] readable")])
        terminal([Noted("endpoint", "it ignores n"), RunResumed(1.0, 3), RunResumed(1.0, 0)])
    assert text.getvalue().splitlines() == [
        "[1/2] pkg.one: delivered, 4 votes, 3 ahead",
        "[2/2] pkg.two: undecided: no proposal [was] readable",
        "note: endpoint: it ignores n",
        "resumed: 2 of 2 were decided before; asked again, as they were in flight: 3",
        "resumed: 2 of 2 were decided before",
    ]


def test_the_live_picture_says_what_is_done_what_is_doing_and_how_long_it_takes() -> None:
    terminal, _, time = watched(total=4)
    terminal([TaskOpened(ONE, "pkg.one", (), 0), TaskOpened(TWO, "pkg.two", (), 0)])
    terminal([Asked(TWO, 1, "coder-plain", "small", 0, 2), Answered(TWO, 0, b"", (ANSWER, ANSWER))])
    time.now += 30
    terminal([Decided(ONE, True, 0, 4, 3, 2, "")])
    text = seen(terminal)
    assert "1 delivered  0 undecided  3 to go   30 s, about 1 min 30 s left" in text
    assert "2 answers (0 kept)" in text
    assert all(line.rstrip() == "━" * 40 for line in text.splitlines() if "━" in line), "the bar has a line of its own"
    assert "4 tokens/s" in text
    assert "pkg.two: asking models (rung 2), votes: none yet" in text


def test_tokens_a_second_forget_what_is_long_ago_and_what_was_kept() -> None:
    terminal, _, time = watched()
    kept = Answer(b"", b"", "", "", 100, 600, 0.0, 1.0, True)
    terminal([Answered(ONE, 0, b"", (ANSWER, kept))])
    time.now += 10
    assert terminal.tokens_per_second() == pytest.approx(6.0)
    time.now += 60
    assert terminal.tokens_per_second() == 0.0


def test_no_time_left_is_told_before_anything_was_decided() -> None:
    terminal, _, _ = watched(total=3)
    assert terminal.seconds_left() is None
    assert "left" not in seen(terminal)


def test_fetching_a_model_is_shown_by_tenths() -> None:
    terminal, text, _ = watched()
    for done in range(0, 101, 2):
        terminal.fetching("small", done * 10_000_000, 1_000_000_000)
    lines = text.getvalue().splitlines()
    assert lines[0] == "fetching small: 0 % of 1000 MB"
    assert len(lines) == 11
    terminal.fetching("small", 500_000_000, 1_000_000_000)
    assert "fetching small: 500 of 1000 MB" in seen(terminal)


def test_a_live_terminal_is_left_as_it_was() -> None:
    text = io.StringIO()
    console = Console(file=text, width=80, force_terminal=True)
    with pytest.raises(KeyboardInterrupt), Terminal(console=console) as terminal:
        terminal([TaskOpened(ONE, "pkg.one", (), 0)])
        raise KeyboardInterrupt
    assert text.getvalue().rstrip().count("\x1b[?25l") == text.getvalue().count("\x1b[?25h")


@pytest.mark.parametrize(
    ("seconds", "text"), [(-1, "0 s"), (59.9, "59 s"), (60, "1 min 00 s"), (3599, "59 min 59 s"), (7320, "2 h 02 min")]
)
def test_durations_are_for_people(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_closing_table_has_one_line_a_unit() -> None:
    events = [
        TaskOpened(ONE, "pkg.one", (), 0),
        TaskOpened(TWO, "pkg.two", (), 0),
        Decided(ONE, True, 0, 4, 3, 2, ""),
        Decided(TWO, False, -1, 1, 1, 1, "2 of [3] votes needed"),
    ]
    console = Console(file=io.StringIO(), width=120, force_terminal=False)
    with console.capture() as capture:
        console.print(closing_table(build_report(fold(events), MemoryBlobs())))
    lines = [line.split() for line in capture.get().splitlines()]
    assert ["pkg.one", "TESTED", "4:3", "0", "0", "0"] in lines
    assert ["pkg.two", "undecided", "0:0", "0", "0", "0"] in lines
    assert "  pkg.two: undecided: 2 of [3] votes needed" in [line.rstrip() for line in capture.get().splitlines()]
    assert capture.get().splitlines()[-1] == "1 of 2 delivered, 1 undecided; 0 answers (0 kept), 0 tokens."


def test_the_closing_table_can_be_read_in_eighty_columns() -> None:
    name = "a_package.with_modules.and_a_very_long_function_name_at_the_end_of_it"
    answer = Answer(b"", b"", "", "", 1_234_567, 60, 0.125, 1.0, False)
    events = [
        TaskOpened(ONE, name, (), 0),
        Answered(ONE, 0, b"", (answer,)),
        Decided(ONE, False, -1, 1, 1, 1, "the examples contradict what most of the proposals do, " * 3),
    ]
    console = Console(file=io.StringIO(), width=80, force_terminal=False)
    with console.capture() as capture:
        console.print(closing_table(build_report(fold(events), MemoryBlobs())))
    text = capture.get()
    assert "…" not in text
    header = next(line for line in text.splitlines() if line.startswith("unit"))
    assert header.split() == ["unit", "verdict", "votes:margin", "answers", "checks", "tokens", "cost"]
    assert "1234627" in text
    assert "$0.1250" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_resumed_run_goes_on_counting_from_what_was_done() -> None:
    terminal, text, time = watched(total=4)
    opened = [TaskOpened(TaskId(bytes([n]) * 16), f"pkg.f{n}", (), 0) for n in range(4)]
    terminal.resume(fold([*opened, Decided(opened[0].task, True, 0, 4, 3, 2, "")]))
    assert "1 delivered  0 undecided  3 to go" in seen(terminal)
    assert terminal.seconds_left() is None
    time.now += 10
    terminal([Decided(opened[1].task, True, 0, 4, 3, 2, "")])
    assert text.getvalue() == "[2/4] pkg.f1: delivered, 4 votes, 3 ahead\n"
    assert terminal.seconds_left() == pytest.approx(20.0)
