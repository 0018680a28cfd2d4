"""What a run shows: evidence for machines, for people, and the story of one Unit. Events in, text out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

from swarmwright.errors import UsageError
from swarmwright.ledger.events import (
    Answer,
    Answered,
    AnyEvent,
    Asked,
    CallFailed,
    Decided,
    EpochOpened,
    Examined,
    Noted,
    Result,
    RunClosed,
    RunOpened,
    TaskId,
    TaskOpened,
    Together,
    Verified,
)
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryBlobs
from swarmwright.spec.printer import print_stub
from swarmwright.spec.reader import read_spec
from swarmwright.verify.values import (
    Call,
    CheckResult,
    Counterexample,
    Evidence,
    Examination,
    InputSet,
    Outcome,
    Separation,
    Verdict,
)
from swarmwright.watch.markdown import write_markdown
from swarmwright.watch.report import Report, build_report
from swarmwright.watch.story import find_task, tell

HALF, SPLIT, LATE = (TaskId(bytes([n]) * 16) for n in (1, 2, 3))
RIGHT, WRONG = b"r" * 32, b"w" * 32


class Made:
    """A made-up run of three Units: one delivered, one undecided between two behaviours, one still open."""

    def __init__(self) -> None:
        self.blobs = MemoryBlobs()
        self.events: list[AnyEvent] = [
            RunOpened(1, "pkg", "d" * 64, {"k": "3"}, 1.0),
            TaskOpened(HALF, "pkg.half", (), 0),
            TaskOpened(SPLIT, "pkg.split", (HALF,), 1),
            TaskOpened(LATE, "pkg.other.half_again", (), 1),
            Noted("endpoint", "it ignores `n` | so requests run <side by side>"),
        ]
        self.half()
        self.split()
        self.events.append(RunClosed("SOME_UNDECIDED", "Every task was decided, but some are undecided.", 9.0))

    def put(self, value: object) -> bytes:
        return self.blobs.put(value.encode() if isinstance(value, str) else msgspec.json.encode(value))

    def answer(self, body: str, flag: str = "") -> Answer:
        return Answer(self.put(body), b"" if flag else self.put(body), flag, "", 100, 10, 0.001, 0.5, False)

    def half(self) -> None:
        refuted = Examination(
            counterexample=Counterexample("example", "half(4)", "3", "2 was expected"),
            checks=(CheckResult("examples", Verdict.REFUTED, 2, 0.01),),
        )
        voted = Examination(key=RIGHT, checks=(CheckResult("examples", Verdict.TESTED, 2, 0.01),))
        evidence = Evidence(
            "pkg.half", "", Verdict.BOUNDED, True, "", (CheckResult("symbolic", Verdict.BOUNDED, 0, 8.0),), (), 10, 9, 1
        )
        prompt = self.put([{"role": "user", "content": "Write half."}])
        answers = (self.answer("return n // 2"), self.answer("???", "not parseable"), self.answer("return n - 1"))
        results = (
            Result(0, RIGHT, "", "", self.put(voted)),
            Result(2, b"", "", "example", self.put(refuted)),
        )
        self.events += [
            Asked(HALF, 0, "coder-plain", "small", 0, 3),
            Answered(HALF, 0, prompt, answers),
            EpochOpened(HALF, 0, self.put(InputSet("pkg.half", 0, ())), 60, True, "the first inputs"),
            Examined(HALF, 0, results),
            Verified(HALF, 0, 0, int(Verdict.BOUNDED), True, "", self.put({"evidence": evidence, "more": []})),
            Decided(HALF, True, 0, 3, 3, int(Verdict.BOUNDED), ""),
        ]

    def split(self) -> None:
        calls = (Call("pkg.split", ("a b",)), Call("pkg.split", ("",)))
        left = Examination(key=RIGHT, outcomes=(Outcome("value", ["list", "a", "b"]), Outcome("value", ["list"])))
        right = Examination(
            key=WRONG, outcomes=(Outcome("value", ["list", "a", "b"]), Outcome("raise", error="ValueError"))
        )
        evidence = Evidence(
            "pkg.split", "", Verdict.TESTED, False, "contested", (), (Separation("split('')", "[]", "ValueError"),)
        )
        self.events += [
            Asked(SPLIT, 0, "coder-plain", "small", 0, 2),
            Answered(SPLIT, 0, b"", (self.answer("return text.split()"), self.answer("return text.split(' ')"))),
            CallFailed(SPLIT, 2, 1, "the endpoint is down"),
            EpochOpened(SPLIT, 0, self.put(InputSet("pkg.split", 0, calls)), 2, False, "the first inputs"),
            Examined(SPLIT, 0, (Result(0, RIGHT, "", "", self.put(left)), Result(1, WRONG, "", "", self.put(right)))),
            Verified(SPLIT, 0, 0, int(Verdict.TESTED), False, "contested", self.put({"evidence": evidence})),
            Together(1, ((SPLIT, 0),), ("law law_join",), self.put([CheckResult("law law_join", Verdict.REFUTED, 9)])),
            Decided(SPLIT, False, -1, 1, 0, 1, "2 behaviours | satisfy the specification"),
        ]

    def report(self) -> Report:
        return build_report(fold(self.events), self.blobs, files={"pkg/__init__.py": "0" * 64})


def test_the_report_says_what_each_unit_got() -> None:
    report = Made().report()
    half, split, late = report.units
    assert (half.status, half.verdict, half.votes, half.margin, half.samples) == ("delivered", "BOUNDED", 3, 3, 3)
    assert (half.flags, half.refuted, half.exhausted) == ({"not parseable": 1}, {"example": 1}, True)
    assert [check.check for check in half.checks] == ["examples", "symbolic"]
    assert half.body_sha256 == hashlib.sha256(b"return n // 2").hexdigest()
    assert (split.status, split.votes, split.margin) == ("undecided", 1, 0)
    assert [check.check for check in split.laws] == ["law law_join"]
    assert (late.status, late.samples, late.verdict) == ("open", 0, "UNKNOWN")
    assert report.delivered == ("pkg.half",)
    assert report.undecided == {"pkg.split": "2 behaviours | satisfy the specification"}
    assert not report.complete


def test_an_undecided_unit_carries_the_inputs_that_tell_the_candidates_apart() -> None:
    split = Made().report().units[1]
    assert [(one.call, one.answers) for one in split.distinctions] == [("split('')", ("[]", "raises ValueError"))]
    assert [behaviour.body for behaviour in split.behaviours] == ["return text.split()", "return text.split(' ')"]


def test_the_input_whose_answer_settles_most_is_shown_first() -> None:
    made = Made()
    calls = (Call("pkg.split", ("",)), Call("pkg.split", ("a b",)), Call("pkg.split", ("ab",)))
    answers = {RIGHT: ("1", "1", "7"), WRONG: ("1", "2", "7"), b"o" * 32: ("3", "2", "7")}
    stories = {
        key: made.put(Examination(key=key, outcomes=tuple(Outcome("value", value) for value in values)))
        for key, values in answers.items()
    }
    voted = (RIGHT, RIGHT, WRONG, b"o" * 32)
    results = tuple(Result(number, key, "", "", stories[key]) for number, key in enumerate(voted))
    state = fold(
        [
            TaskOpened(SPLIT, "pkg.split", (), 0),
            Answered(SPLIT, 0, b"", tuple(made.answer("return 1") for _ in voted)),
            EpochOpened(SPLIT, 0, made.put(InputSet("pkg.split", 0, calls)), 3, False, ""),
            Examined(SPLIT, 0, results),
        ]
    )
    (split,) = build_report(state, made.blobs).units
    assert [one.call for one in split.distinctions] == ["split('a b')", "split('')"]
    told = tell(state, find_task(state, "split"), made.blobs)
    assert told.index("split('a b'): '1' | '2' | '2'") < told.index("split(''): '1' | '1' | '3'")


def test_the_report_is_json_that_reads_back() -> None:
    report = Made().report()
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report


def test_stubs_have_a_digest(tmp_path: Path) -> None:
    file = tmp_path / "pkg.py"
    file.write_text(
        'def half(n: int) -> int:\n    """Halve.\n\n    >>> half(2)\n    1\n    """\n    ...\n', encoding="utf-8"
    )
    spec, made = read_spec(file), Made()
    report = build_report(fold(made.events), made.blobs, spec=spec)
    assert report.units[0].stub_sha256 == hashlib.sha256(print_stub(spec.units()[0]).encode()).hexdigest()
    assert report.units[1].stub_sha256 == ""


def test_blobs_that_are_lost_leave_a_report_without_them() -> None:
    made = Made()
    report = build_report(fold(made.events), MemoryBlobs())
    assert [unit.status for unit in report.units] == ["delivered", "undecided", "open"]
    assert report.units[0].checks == ()


def test_evidence_for_people_names_verdicts_costs_and_doubts() -> None:
    text = write_markdown(Made().report())
    assert "**1 of 3 functions delivered.**" in text
    assert "| `pkg.half` | delivered | BOUNDED | 3 (3) | 3 | 60 | 330 |" in text
    assert "2 behaviours \\| satisfy the specification" in text
    assert "| `split('')` | `[]` | `raises ValueError` |" in text
    assert "5 answers (0 kept from earlier, 1 failed, 0 asked again" in text
    assert "it ignores `n` | so requests run &lt;side by side>" in text


@pytest.mark.parametrize(("count", "bound"), [(1, "too few"), (14, "below 21 %"), (300, "below 1 %")])
def test_no_error_in_n_supports_only_three_in_n(count: int, bound: str) -> None:
    report = Made().report()
    one = report.units[0]
    many = msgspec.structs.replace(report, units=(one,) * count, delivered=(one.unit,) * count)
    assert bound in write_markdown(many)


def test_the_story_holds_prompt_proposals_flags_counterexample_votes_and_decision() -> None:
    made = Made()
    state = fold(made.events)
    story = tell(state, find_task(state, "pkg.half"), made.blobs)
    for part in (
        "Prompt for coder-plain (small), rung 1",
        "Write half.",
        "    return n // 2",
        "red flag: not parseable",
        "refuted by example: half(4) gave 3, but 2 was expected",
        "epoch 0: 60 inputs, which is all there are",
        "mutation: 9 of 10 caught, 1 different and not caught",
        "delivered: proposal 0, BOUNDED, 3 votes, 3 ahead",
    ):
        assert part in story, part
    assert story.index("Prompt") < story.index("red flag") < story.index("Votes") < story.index("Decision")


def test_the_story_of_an_undecided_unit_shows_the_doubt() -> None:
    made = Made()
    state = fold(made.events)
    story = tell(state, find_task(state, "split"), made.blobs)
    assert "may call: pkg.half (delivered)" in story
    assert "checked together with: pkg.other.half_again" in story
    assert "split(''): [] | raises ValueError" in story
    assert "could not be had: the endpoint is down" in story
    assert "broken: law law_join" in story


def test_a_story_can_be_told_at_any_moment() -> None:
    made = Made()
    for length in range(2, len(made.events) + 1):
        state = fold(made.events[:length])
        for task in state.tasks.values():
            assert tell(state, task, made.blobs).splitlines()[0].startswith(f"{task.name}: ")
        assert write_markdown(build_report(state, made.blobs))


@pytest.mark.parametrize(
    ("name", "message"),
    [("nothing", "No unit is called 'nothing'.*pkg.half, pkg.other.half_again, pkg.split"), ("alf", "No unit")],
)
def test_a_unit_that_is_not_there_is_named(name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find_task(fold(Made().events), name)


def test_an_ambiguous_name_is_refused() -> None:
    events = [TaskOpened(HALF, "a.one", (), 0), TaskOpened(LATE, "b.one", (), 0)]
    with pytest.raises(UsageError, match=r"Several units are called 'one'.*a\.one, b\.one"):
        find_task(fold(events), "one")
    assert find_task(fold(events), "b.one").id == LATE
