"""What the folds tell of a run."""

from __future__ import annotations

import math

import pytest

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
    Reserved,
    Result,
    RunClosed,
    RunOpened,
    RunResumed,
    TaskId,
    TaskOpened,
    Together,
    Verified,
    Voted,
)
from swarmwright.ledger.folds import fold

A, B, C = (TaskId(letter * 16) for letter in (b"a", b"b", b"c"))
STORY: list[AnyEvent] = [
    RunOpened(1, "demo", "ff", {"k": "3"}, 10.0),
    Reserved(0, 10, 1000, 0.5),
    TaskOpened(A, "demo.add", (), 0),
    TaskOpened(B, "demo.sub", (A,), 1),
    Asked(A, 0, "coder", "small", 0, 3),
    Answered(
        A,
        0,
        b"P" * 32,
        (
            Answer(b"T" * 32, b"Q" * 32, "", "", 100, 20, 0.25, 1.5, False),
            Answer(b"U" * 32, b"", "not parseable", "line 1", 0, 30, 0.125, 1.0, True),
        ),
    ),
    CallFailed(A, 2, 1, "endpoint down"),
    EpochOpened(A, 0, b"I" * 32, 60, False, "first"),
    Examined(A, 0, (Result(0, b"key", "", "", b"S" * 32),)),
    Asked(A, 1, "repairer", "large", 3, 1),
    Answered(A, 3, b"P" * 32, (Answer(b"V" * 32, b"W" * 32, "", "", 50, 10, 0.5, 2.0, False),)),
    Examined(A, 0, (Result(3, b"", "", "example", b""), Result(0, b"other", "", "", b""))),
    Verified(A, 0, 0, 2, True, "tested", b"E" * 32),
]


def test_a_task_tells_who_was_asked_and_what_came_of_it() -> None:
    task = fold(STORY).named("demo.add")
    assert task.rungs == (0, 1)
    first, flagged, failed, repair = (task.samples[number] for number in range(4))
    assert (first.archetype, first.model, first.key, first.epoch) == ("coder", "small", b"other", 0)
    assert (first.prompt, first.text, first.body, first.story) == (b"P" * 32, b"T" * 32, b"Q" * 32, b"S" * 32)
    assert (flagged.flag, flagged.detail, flagged.kept, flagged.epoch) == ("not parseable", "line 1", True, -1)
    assert (failed.failed, failed.answered) == ("endpoint down", False)
    assert (repair.archetype, repair.rung, repair.refuted) == ("repairer", 1, "example")
    assert task.votes() == {b"other": 1}
    assert task.stage == "verifying"
    assert task.winner() is None


def test_the_stages_of_a_task_follow_one_another() -> None:
    stages = [fold(STORY[:count]).named("demo.add").stage for count in range(3, len(STORY) + 1)]
    assert stages == ["waiting"] * 2 + ["asking"] * 4 + ["examining"] * 4 + ["verifying"]
    assert fold([*STORY, EpochOpened(A, 1, b"J" * 32, 61, False, "again")]).named("demo.add").stage == "examining"
    delivered = fold([*STORY, Decided(A, True, 0, 3, 3, 2, "ahead")]).named("demo.add")
    assert delivered.stage == "delivered"
    winner = delivered.winner()
    assert winner is not None
    assert winner.number == 0
    assert fold([*STORY, Decided(A, False, -1, 0, 0, 1, "split")]).named("demo.add").stage == "undecided"


def test_totals_count_what_was_bought_and_what_was_not() -> None:
    ending = [
        RunResumed(20.0, 4),
        Voted(C, 0, (b"k", b"", b"k"), 90, 0.125),
        Decided(A, True, 0, 3, 3, 2, ""),
        Decided(B, False, -1, 0, 0, 1, ""),
    ]
    totals = fold([*STORY, *ending]).totals
    assert (totals.tasks, totals.answers, totals.kept, totals.failed, totals.asked_again) == (2, 6, 1, 1, 4)
    assert (totals.tokens_in, totals.tokens_out, totals.cost_usd) == (150, 150, 1.0)
    assert (totals.delivered, totals.undecided, totals.refuted, totals.votes) == (1, 1, 1, 4)
    assert totals.flags == {"not parseable": 1, "flagged": 1}
    assert totals.events == len(STORY) + 4


@pytest.mark.parametrize("cost_usd", [math.nan, math.inf, -math.inf])
def test_a_price_that_is_no_number_spoils_no_total(cost_usd: float) -> None:
    state = fold([*STORY, Voted(C, 0, (b"k",), 1, cost_usd)])
    assert state.totals.cost_usd == 0.875


def test_a_run_tells_when_it_began_went_on_and_ended() -> None:
    state = fold([*STORY, Noted("endpoint", "no n"), RunClosed("interrupted", "by hand", 15.0)])
    assert (state.spec_name, state.spec_digest, state.options, state.opened_at) == ("demo", "ff", {"k": "3"}, 10.0)
    assert state.closed is not None
    assert state.closed.exit_reason == "interrupted"
    assert state.notes == [Noted("endpoint", "no n")]
    assert state.reserved[0].tokens == 1000
    state.on(RunResumed(20.0, 1))
    assert state.closed is None
    assert state.resumed_at == [20.0]


def test_tasks_checked_together_all_tell_of_it() -> None:
    together = Together(1, ((A, 0), (B, 2)), ("law_round_trip",), b"L" * 32)
    state = fold([*STORY, together])
    assert state.task(A).together == state.task(B).together == [together]
    assert {b"L" * 32, b"E" * 32, b"I" * 32, b"P" * 32, b"S" * 32} <= state.blobs()
    assert b"" not in state.blobs()


def test_a_name_that_no_task_bears_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        fold(STORY).named("demo.mul")
    assert [task.name for task in fold(STORY).of_stage("waiting")] == ["demo.sub"]
