"""What a search found, beside the votes of models: what it counts for, and what it never counts for."""

from __future__ import annotations

import pytest

from swarmwright.ledger.events import (
    IDLE,
    LIKELY_CHANCE,
    UNREAD,
    UNSEPARATED,
    UNSTABLE,
    Answer,
    Answered,
    Asked,
    Decided,
    EpochOpened,
    Examined,
    Result,
    Verified,
)
from swarmwright.ledger.folds import Totals, fold
from swarmwright.plan.graph import Plan
from swarmwright.simulate.world import make_id, make_task
from swarmwright.swarm.finds import Finds, Weights
from swarmwright.swarm.reasons import OPPOSED
from swarmwright.swarm.scheduler import Scheduler, Step
from swarmwright.swarm.values import Ask, Examine, Policy, Rung, Verify

A = make_id(0)
SEARCH = Rung("colony", "", 2)
MODEL = Rung("coder", "m", 3)
MORE = Rung("other", "m", 2, when="split", most=4)
WEIGHTS = Weights()


def begin(*rungs: Rung, weights: Weights | None = WEIGHTS, thinness: int = 0, **policy) -> Scheduler:
    task = make_task(0, thinness=thinness)
    scheduler = Scheduler(Plan([task]), Policy(rungs or (SEARCH, MODEL, MORE), weights=weights, **policy))
    scheduler.start()
    return scheduler


def found(*answers: str, first: int = 0) -> Answered:
    """Each answer is a body, a body and a flag with a colon between, or empty: nothing was found."""
    made = []
    for text in answers:
        body, _, flag = text.partition(":")
        flag = flag if body else IDLE
        made.append(Answer(body.encode(), body.encode(), flag, "", 0, 0, 0.0, 0.0, kept=True))
    return Answered(A, first, b"", tuple(made))


def wrote(bodies: str, first: int) -> Answered:
    answers = tuple(Answer(one.encode(), one.encode(), "", "", 5, 5, 0.0, 0.0, kept=False) for one in bodies)
    return Answered(A, first, b"p", answers)


def behaved(keys: dict[int, str], epoch: int = 0, flags: dict[int, str] | None = None) -> Examined:
    flags = flags or {}
    results = [
        Result(number, key.encode(), flags.get(number, ""), "" if key else "example", b"")
        for number, key in keys.items()
    ]
    return Examined(A, epoch, tuple(results))


def accepted(sample: int, epoch: int = 0, *, good: bool = True) -> Verified:
    return Verified(A, epoch, sample, 2, good, "" if good else "thin evidence: so", b"")


def decision(step: Step) -> Decided:
    (event,) = [event for event in step.events if isinstance(event, Decided)]
    return event


def test_one_vote_of_a_model_confirms_what_is_separated() -> None:
    scheduler = begin()
    assert scheduler.on([found("x", "")]).commands == [Examine(A, 0, (0,))]
    assert scheduler.on([behaved({0: "x"})]).commands == [Ask(A, 1, "coder", "m", 2, 1)]
    scheduler.on([wrote("x", 2)])
    assert scheduler.on([behaved({2: "x"})]).commands == [Verify(A, 0, 0, ())]
    decided = decision(scheduler.on([accepted(0)]))
    assert (decided.delivered, decided.sample, decided.votes, decided.margin) == (True, 0, 2, 3)
    assert decided.reason.startswith("found by search, where nothing else as small satisfies the specification")


def test_where_the_first_vote_does_not_confirm_the_rung_is_asked_whole() -> None:
    scheduler = begin()
    scheduler.on([found("x", ""), behaved({0: "x"}), wrote("y", 2)])
    assert scheduler.on([behaved({2: "y"})]).commands == [Ask(A, 1, "coder", "m", 3, 2)]


def test_a_thin_specification_needs_more_votes_of_a_model() -> None:
    scheduler = begin(thinness=1)
    scheduler.on([found("x", "")])
    assert scheduler.on([behaved({0: "x"})]).commands == [Ask(A, 1, "coder", "m", 2, 2)]
    scheduler.on([wrote("xx", 2)])
    assert scheduler.on([behaved({2: "x", 3: "x"})]).commands == [Verify(A, 0, 0, ())]
    assert decision(scheduler.on([accepted(0)])).votes == 3


def test_a_majority_that_a_find_opposes_is_contested() -> None:
    scheduler = begin(SEARCH, Rung("coder", "m", 5))
    scheduler.on([found("x", ""), behaved({0: "x"}), wrote("y", 2), behaved({2: "y"}), wrote("yyyy", 3)])
    decided = decision(scheduler.on([behaved(dict.fromkeys(range(3, 7), "y"))]))
    assert (decided.delivered, decided.reason) == (False, OPPOSED)


def test_a_find_that_is_refuted_opposes_nobody() -> None:
    scheduler = begin(SEARCH, Rung("coder", "m", 5))
    scheduler.on([found("x", ""), behaved({0: ""}), wrote("yyyyy", 2)])
    step = scheduler.on([behaved(dict.fromkeys(range(2, 7), "y"))])
    assert step.commands == [Verify(A, 0, 2, ())]


def test_finds_that_differ_oppose_nobody() -> None:
    finds = Finds(Weights())
    finds.ask(0, 2)
    assert finds.oppose("y", ("x", None, "y", "y"))
    assert not finds.oppose("y", ("x", "z", "y", "y"))
    assert not finds.oppose("x", ("x", None, "x", "y"))
    assert not finds.oppose("y", (None, None, "y", "y"))


def test_where_finds_oppose_nobody_a_majority_outvotes_one() -> None:
    scheduler = begin(SEARCH, Rung("coder", "m", 5), weights=Weights(opposing=False))
    scheduler.on([found("x", ""), behaved({0: "x"}), wrote("y", 2), behaved({2: "y"}), wrote("yyyy", 3)])
    step = scheduler.on([behaved(dict.fromkeys(range(3, 7), "y"))])
    assert step.commands == [Verify(A, 0, 2, (0,))]


def test_what_all_models_fail_at_is_delivered_by_separation() -> None:
    scheduler = begin(SEARCH, MODEL)
    scheduler.on([found("x", ""), behaved({0: "x"}), wrote("y", 2), behaved({2: ""}), wrote("yy", 3)])
    assert scheduler.on([behaved({3: "", 4: ""})]).commands == [Verify(A, 0, 0, ())]
    decided = decision(scheduler.on([accepted(0)]))
    assert (decided.delivered, decided.votes, decided.margin) == (True, 1, 1)


def test_a_thin_specification_is_not_decided_by_separation() -> None:
    scheduler = begin(SEARCH, MODEL, thinness=1)
    scheduler.on([found("x", ""), behaved({0: "x"}), wrote("yy", 2), behaved({2: "", 3: ""}), wrote("y", 4)])
    assert decision(scheduler.on([behaved({4: ""})])).reason == "1 of 4 votes needed"


def test_a_lone_find_that_does_not_verify_is_undecided() -> None:
    scheduler = begin(SEARCH, MODEL)
    scheduler.on([found("x", ""), behaved({0: "x"}), wrote("y", 2), behaved({2: ""}), wrote("yy", 3)])
    scheduler.on([behaved({3: "", 4: ""})])
    assert decision(scheduler.on([accepted(0, good=False)])).reason == "thin evidence: so"


def test_a_find_that_one_model_contests_is_undecided() -> None:
    scheduler = begin(SEARCH, MODEL)
    scheduler.on([found("x", ""), behaved({0: "x"}), wrote("y", 2), behaved({2: "y"}), wrote("zz", 3)])
    decided = decision(scheduler.on([behaved({3: "", 4: ""})]))
    assert not decided.delivered
    assert "2 behaviours satisfy the specification, with 1 to 1 votes" in decided.reason


def test_finds_that_differ_count_for_one_vote_each() -> None:
    scheduler = begin(SEARCH, MODEL)
    scheduler.on([found("x", "z"), behaved({0: "x", 1: "z"}), wrote("xxx", 2)])
    decided = decision(scheduler.on([behaved({2: "x", 3: "x", 4: "x"})]))
    assert (decided.delivered, decided.margin) == (False, 3)


@pytest.mark.parametrize("flag", [LIKELY_CHANCE, UNSEPARATED, UNSTABLE])
def test_a_doubtful_find_is_no_vote_and_strengthens_the_model_that_finds_the_same(flag: str) -> None:
    scheduler = begin()
    assert scheduler.on([found(f"x:{flag}", f"z:{flag}")]).commands == [Ask(A, 1, "coder", "m", 2, 3)]
    assert scheduler.on([wrote("xxw", 2)]).commands == [Examine(A, 0, (2, 3, 4, 0, 1))]
    step = scheduler.on([behaved({2: "x", 3: "x", 4: "", 0: "x", 1: "z"}, flags={0: flag, 1: flag})])
    assert step.commands == [Verify(A, 0, 2, ())]
    decided = decision(scheduler.on([accepted(2)]))
    assert (decided.votes, decided.margin) == (2, 3)
    assert decided.reason.startswith("found by search as well")


def test_doubtful_finds_are_no_rivals_and_no_winners() -> None:
    scheduler = begin(SEARCH, MODEL)
    scheduler.on([found(f"y:{LIKELY_CHANCE}", f"z:{LIKELY_CHANCE}")])
    scheduler.on([wrote("xxw", 2)])
    step = scheduler.on([behaved({2: "x", 3: "x", 4: "", 0: "y", 1: "z"}, flags=dict.fromkeys((0, 1), LIKELY_CHANCE))])
    decided = decision(step)
    assert not decided.delivered
    assert decided.reason == "2 of 3 votes needed"


def test_what_leaves_something_unread_tells_nothing() -> None:
    scheduler = begin(SEARCH, MODEL)
    scheduler.on([found(f"x:{UNREAD}", "")])
    assert scheduler.on([wrote("xxx", 2)]).commands == [Examine(A, 0, (2, 3, 4))]


def test_doubtful_finds_meet_every_new_epoch() -> None:
    scheduler = begin(SEARCH, MODEL, k=2)
    scheduler.on([found(f"x:{LIKELY_CHANCE}", "")])
    scheduler.on([wrote("xxw", 2)])
    flags = {0: LIKELY_CHANCE}
    scheduler.on([behaved({2: "x", 3: "x", 4: "", 0: "x"}, flags=flags)])
    more = [EpochOpened(A, 1, b"", 99, False, "more"), Verified(A, 0, 2, 0, False, "refuted", b"")]
    assert scheduler.on(more).commands == [Examine(A, 1, (2, 3, 0))]
    # On the new inputs the find differs: the votes are those of the model alone.
    step = scheduler.on([behaved({2: "x", 3: "x", 0: "u"}, epoch=1, flags=flags)])
    assert step.commands == [Verify(A, 1, 2, ())]
    assert decision(scheduler.on([accepted(2, epoch=1)])).margin == 2


def test_an_interrupted_examination_asks_for_the_finds_again() -> None:
    scheduler = begin(SEARCH, MODEL)
    scheduler.on([found(f"x:{LIKELY_CHANCE}", ""), wrote("xxw", 2)])
    assert scheduler.open_commands() == [Examine(A, 0, (2, 3, 4, 0))]


def test_without_weights_a_find_is_a_vote_like_any_other() -> None:
    scheduler = begin(weights=None)
    scheduler.on([found("x", "")])
    assert scheduler.on([behaved({0: "x"})]).commands == [Ask(A, 1, "coder", "m", 2, 3)]


def test_the_same_behaviour_is_strengthened_once() -> None:
    finds = Finds(Weights(separated=3, agreeing=1))
    finds.ask(0, 3)
    finds.doubt(1, LIKELY_CHANCE)
    finds.doubt(2, LIKELY_CHANCE)
    finds.take(Result(1, b"x", LIKELY_CHANCE, "", b""))
    finds.take(Result(2, b"x", LIKELY_CHANCE, "", b""))
    assert finds.standing([None, None, None, b"x"]).votes == 2
    assert finds.standing([b"x", None, None, b"x"]).votes == 4
    assert finds.standing([b"x", None, None, None]).votes == 1
    assert finds.standing([None, None, None, b"y"]).votes == 1
    assert finds.standing([None, None, None]).votes == 0


def test_looking_at_a_doubtful_find_is_no_vote_and_no_second_flag() -> None:
    events = [
        Asked(A, 0, "colony", "", 0, 1),
        found(f"x:{LIKELY_CHANCE}"),
        behaved({0: "x"}, flags={0: LIKELY_CHANCE}),
    ]
    totals = Totals()
    totals.take(events)
    assert (totals.votes, dict(totals.flags)) == (0, {LIKELY_CHANCE: 1})
    task = fold(events).task(A)
    assert not task.votes()
    assert task.samples[0].flag == LIKELY_CHANCE
