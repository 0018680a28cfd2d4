"""The scheduler told what happened, one event at a time."""

from __future__ import annotations

from swarmwright.ledger.events import (
    Answer,
    Answered,
    CallFailed,
    Decided,
    EpochOpened,
    Examined,
    Result,
    Together,
    Verified,
    Voted,
)
from swarmwright.plan.graph import Plan
from swarmwright.simulate.world import make_id, make_task
from swarmwright.swarm.majority import Majority
from swarmwright.swarm.reasons import SPARSE
from swarmwright.swarm.scheduler import Scheduler, Step
from swarmwright.swarm.values import Ask, CheckTogether, Examine, Policy, Rung, Verify

A, B = make_id(0), make_id(1)
SAMPLE = Rung("coder", "m", 3, most=9)
REPAIR = Rung("repairer", "m", 2, kind="repair", when="refuted")


def begin(*rungs: Rung, tasks=None, **policy) -> Scheduler:
    scheduler = Scheduler(Plan(tasks or [make_task(0)]), Policy(rungs or (SAMPLE,), **policy))
    scheduler.start()
    return scheduler


def voted(keys: str, first: int = 0, task=A) -> Voted:
    """A letter is a vote key, a dot a red flag."""
    return Voted(task, first, tuple(b"" if key == "." else key.encode() for key in keys), 0, 0.0)


def answered(bodies: str, first: int = 0) -> Answered:
    answers = [
        Answer(b"", b"" if body == "." else body.encode(), "unfinished" * (body == "."), "", 0, 0, 0.0, 0.0, False)
        for body in bodies
    ]
    return Answered(A, first, b"", tuple(answers))


def examined(keys: str, first: int = 0, epoch: int = 0) -> Examined:
    """A letter is a vote key, an exclamation mark a refutation, a dot a red flag."""
    results = []
    for number, key in enumerate(keys, first):
        vote = b"" if key in "!." else key.encode()
        results.append(Result(number, vote, "too slow" * (key == "."), "example" * (key == "!"), b""))
    return Examined(A, epoch, tuple(results))


def verified(
    sample: int,
    *,
    accepted: bool = True,
    verdict: int = 2,
    epoch: int = 0,
    reason: str = "",
    task=A,
    risk: float = 0.0,
) -> Verified:
    return Verified(task, epoch, sample, verdict, accepted, reason, b"", risk)


def decision(step: Step) -> Decided:
    (event,) = [event for event in step.events if isinstance(event, Decided)]
    return event


def test_the_first_rung_is_asked_whole() -> None:
    step = Scheduler(Plan([make_task(0)]), Policy((SAMPLE,))).start()
    assert step.commands == [Ask(A, 0, "coder", "m", 0, 3)]
    assert [type(event).__name__ for event in step.events] == ["TaskOpened"]


def test_the_way_to_a_delivery() -> None:
    scheduler = begin()
    assert scheduler.on([answered("xy.")]).commands == [Examine(A, 0, (0, 1))]
    assert scheduler.on([examined("aa")]).commands == [Ask(A, 0, "coder", "m", 3, 1)]
    assert scheduler.on([answered("x", 3)]).commands == [Examine(A, 0, (3,))]
    assert scheduler.on([examined("a", 3)]).commands == [Verify(A, 0, 0, ())]
    decided = decision(scheduler.on([verified(0)]))
    assert decided == Decided(A, True, 0, 3, 3, 2, "ahead by 3 with 3 votes, and verified")
    assert scheduler.open_commands() == []
    assert scheduler.tally() == (1, 1, 0)


def test_a_rival_costs_a_greater_margin_over_all() -> None:
    scheduler = begin(k_spread=1)
    # 2 to 1 is a margin of 1; a rival makes it 4 that are needed.
    assert scheduler.on([voted("aab")]).commands == [Ask(A, 0, "coder", "m", 3, 3)]
    assert scheduler.on([voted("aaa", 3)]).commands == [Verify(A, 0, 0, (2,))]


def test_a_leader_must_lead_among_those_who_read_apart_too() -> None:
    apart = Rung("nameless", "m", 2, apart=True)
    rungs = (apart, Rung("coder", "m", 6, when="split"), Rung("other", "m", 2, when="split"))
    scheduler = begin(*rungs)
    scheduler.on([voted("ab")])
    # Seven to one, and of the two that read apart one is against it.
    assert scheduler.on([voted("aaaaaa", 2)]).commands == [Ask(A, 2, "other", "m", 8, 2)]
    decided = decision(scheduler.on([voted("aa", 8)]))
    assert decided.reason.startswith("those who were asked apart, without the function's name, found another")
    scheduler = begin(*rungs)
    scheduler.on([voted("a.")])
    assert scheduler.on([voted("aaaaaa", 2)]).commands == [Verify(A, 0, 0, ())]


def test_who_reads_apart_and_has_no_vote_doubts_nothing() -> None:
    scheduler = begin(Rung("nameless", "m", 1, apart=True), Rung("coder", "m", 3, when="split"))
    scheduler.on([voted(".")])
    assert scheduler.on([voted("aaa", 1)]).commands == [Verify(A, 0, 1, ())]


def test_witnesses_of_a_winner_are_heard_once_before_it_is_verified() -> None:
    witnesses = Rung("tester", "m", 2, when="won")
    scheduler = begin(Rung("coder", "m", 3), witnesses, Rung("other", "m", 3), tasks=[make_task(0, special=True)])
    assert scheduler.on([voted("aaa")]).commands == [Ask(A, 1, "tester", "m", 3, 2)]
    assert scheduler.on([answered("..", 3)]).commands == [Verify(A, 0, 0, ())]
    thin = verified(0, accepted=False, reason="thin evidence")
    assert scheduler.on([thin]).commands == [Ask(A, 2, "other", "m", 5, 3)]
    assert decision(scheduler.on([voted("aaa", 5)])).reason == "thin evidence"


def test_all_witnesses_are_heard_one_after_the_other() -> None:
    first, second = Rung("oracle", "m", 1, when="won"), Rung("tester", "m", 2, when="won")
    scheduler = begin(Rung("coder", "m", 3), first, second, tasks=[make_task(0, special=True)])
    assert scheduler.on([voted("aaa")]).commands == [Ask(A, 1, "oracle", "m", 3, 1)]
    assert scheduler.on([answered(".", 3)]).commands == [Ask(A, 2, "tester", "m", 4, 2)]
    assert scheduler.on([answered("..", 4)]).commands == [Verify(A, 0, 0, ())]


def test_witnesses_that_cannot_be_had_stop_nobody() -> None:
    scheduler = begin(Rung("coder", "m", 3), Rung("tester", "m", 2, when="won"), tasks=[make_task(0, special=True)])
    scheduler.on([voted("aaa")])
    assert scheduler.on([CallFailed(A, 3, 2, "down")]).commands == [Verify(A, 0, 0, ())]


def test_only_of_special_tasks_witnesses_are_heard() -> None:
    scheduler = begin(Rung("coder", "m", 3), Rung("tester", "m", 2, when="won"))
    assert scheduler.on([voted("aaa")]).commands == [Verify(A, 0, 0, ())]


def test_witnesses_may_vote_and_doubt() -> None:
    apart = Rung("nameless", "m", 2, when="won", apart=True)
    rungs = (Rung("coder", "m", 7), apart, Rung("tester", "m", 1, when="won"))
    scheduler = begin(*rungs, tasks=[make_task(0, special=True)])
    assert scheduler.on([voted("aaaaaaa")]).commands == [Ask(A, 1, "nameless", "m", 7, 2)]
    assert "asked apart" in decision(scheduler.on([voted("ab", 7)])).reason
    scheduler = begin(*rungs, tasks=[make_task(0, special=True)])
    scheduler.on([voted("aaaaaaa")])
    assert scheduler.on([voted("a.", 7)]).commands == [Ask(A, 2, "tester", "m", 9, 1)]


def test_thin_evidence_costs_a_greater_margin() -> None:
    scheduler = begin(tasks=[make_task(0, thinness=2)])
    assert scheduler.on([voted("aaa")]).commands == [Ask(A, 0, "coder", "m", 3, 2)]


def test_a_broad_majority_needs_no_more_than_k() -> None:
    eight = Rung("coder", "m", 8)
    for majority in (None, Majority()):
        scheduler = begin(eight, tasks=[make_task(0, thinness=2)], majority=majority)
        scheduler.on([answered("aaaaaabc")])
        step = scheduler.on([examined("aaaaaabc")])
        if majority is None:
            assert decision(step).reason.endswith("with 6 to 1 to 1 votes; a margin of 7 was needed")
        else:
            assert step.commands == [Verify(A, 0, 0, (6, 7))]


def test_a_lead_that_few_proposals_share_is_not_delivered() -> None:
    many = Rung("coder", "m", 16)
    scheduler = begin(many, majority=Majority())
    scheduler.on([answered("aaa" + "x" * 13)])
    step = scheduler.on([examined("aaa" + "!" * 13)])
    assert decision(step).reason == SPARSE
    scheduler = begin(many, majority=Majority())
    scheduler.on([answered("aaa" + "x" * 12 + ".")])
    step = scheduler.on([examined("aaa" + "!" * 12)])
    assert step.commands == [Verify(A, 0, 0, ())]


def test_makers_rule_counts_over_the_second_alone() -> None:
    scheduler = begin(k=1, k_spread=0, margin="second")
    assert scheduler.on([voted("aab")]).commands == [Verify(A, 0, 0, (2,))]


def test_what_cannot_be_reached_any_more_is_not_asked_for() -> None:
    scheduler = begin(Rung("coder", "m", 3, most=4))
    decided = decision(scheduler.on([voted("aab")]))
    assert not decided.delivered
    assert decided.reason == "2 behaviours satisfy the specification, with 2 to 1 votes; a margin of 4 was needed"


def test_too_few_votes_say_how_many_were_needed() -> None:
    assert decision(begin(Rung("coder", "m", 2)).on([voted("aa")])).reason == "2 of 3 votes needed"


def test_unreadable_proposals_climb_the_ladder_and_say_so() -> None:
    scheduler = begin(Rung("coder", "m", 2, most=9), Rung("steps", "m", 2, when="split"))
    assert scheduler.on([answered("..")]).commands == [Ask(A, 1, "steps", "m", 2, 2)]
    decided = decision(scheduler.on([answered("..", 2)]))
    assert decided.reason == "no proposal was readable (4 red-flagged, most often: unfinished)"


def test_repair_starts_from_the_proposal_that_got_furthest() -> None:
    scheduler = begin(Rung("coder", "m", 3), REPAIR, Rung("large", "big", 3, when="split"))
    scheduler.on([answered("xyz")])
    assert scheduler.on([examined("!!!")]).commands == [Ask(A, 1, "repairer", "m", 3, 2, basis=0)]
    scheduler.on([answered("uv", 3)])
    decided = scheduler.on([examined("!!", 3)])
    assert decided.commands == [Ask(A, 2, "large", "big", 5, 3)]


def test_repairs_alone_do_not_win() -> None:
    scheduler = begin(SAMPLE, REPAIR, Rung("other", "m", 2, when="split"), k=2)
    scheduler.on([answered("xyz"), examined("!!!")])
    scheduler.on([answered("vw", 3)])
    # Two repaired proposals agree, and k is two; but nobody was right at once.
    assert scheduler.on([examined("aa", 3)]).commands == [Ask(A, 2, "other", "m", 5, 2)]
    scheduler.on([answered("uv", 5)])
    assert scheduler.on([examined("a!", 5)]).commands == [Verify(A, 0, 3, ())]


def test_repairs_alone_leave_a_task_undecided() -> None:
    scheduler = begin(SAMPLE, REPAIR, k=2)
    scheduler.on([answered("xyz"), examined("!!!")])
    scheduler.on([answered("vw", 3)])
    decided = decision(scheduler.on([examined("aa", 3)]))
    assert decided.reason == "only repaired proposals support the winner, and none that was right at once"


def test_no_repair_is_bought_that_cannot_help() -> None:
    for keys, helps in (("ab!", False), ("aa!", True)):
        scheduler = begin(Rung("coder", "m", 3), REPAIR)
        scheduler.on([answered("xyz")])
        step = scheduler.on([examined(keys)])
        assert [ask.rung for ask in step.commands if isinstance(ask, Ask)] == [1] * helps


def test_nothing_refuted_nothing_to_repair() -> None:
    scheduler = begin(Rung("coder", "m", 1), REPAIR, Rung("large", "big", 2, when="split"))
    assert scheduler.on([voted("a")]).commands == [Ask(A, 2, "large", "big", 1, 2)]


def test_a_refuted_winner_opens_an_epoch_in_which_all_votes_are_counted_anew() -> None:
    scheduler = begin()
    scheduler.on([answered("xyz")])
    assert scheduler.on([examined("aaa")]).commands == [Verify(A, 0, 0, ())]
    step = scheduler.on([verified(0, accepted=False, verdict=0)])
    assert step.commands == [Examine(A, 1, (0, 1, 2))]
    assert scheduler.on([examined("aaa", epoch=0)]) == Step([], [])
    opened = EpochOpened(A, 1, b"", 60, False, "a counterexample")
    assert scheduler.on([opened, examined("!bb", epoch=1)]).commands == [Ask(A, 0, "coder", "m", 3, 1)]


def test_separating_inputs_open_an_epoch_too() -> None:
    scheduler = begin()
    scheduler.on([voted("aaa")])
    step = scheduler.on([EpochOpened(A, 1, b"", 60, False, ""), verified(0, accepted=False, verdict=1)])
    assert step.commands == [Examine(A, 1, (0, 1, 2))]


def test_a_winner_refuted_on_what_no_input_shows_is_dismissed_with_its_copies() -> None:
    scheduler = begin()
    scheduler.on([answered("xxy"), EpochOpened(A, 0, b"", 50, False, ""), examined("aaa")])
    scheduler.on([verified(0, accepted=False, verdict=0)])
    same_inputs = EpochOpened(A, 1, b"", 50, False, "")
    assert scheduler.on([same_inputs, examined("aaa", epoch=1)]).commands == [Ask(A, 0, "coder", "m", 3, 2)]
    scheduler.on([answered("zz", 3)])
    assert scheduler.on([examined("aa", 3, epoch=1)]).commands == [Verify(A, 1, 2, ())]


def test_rounds_are_bounded() -> None:
    scheduler = begin(rounds=2)
    scheduler.on([voted("aaa")])
    scheduler.on([verified(0, accepted=False, verdict=0)])
    scheduler.on([examined("aaa", epoch=1)])
    decided = decision(scheduler.on([verified(0, accepted=False, verdict=0, epoch=1)]))
    assert decided.reason == "after 2 rounds of new inputs a winner still failed"


def test_a_winner_that_does_not_meet_the_policy_gives_way_to_another_text_then_the_next_rung() -> None:
    scheduler = begin(Rung("coder", "m", 3), Rung("split-only", "m", 1, when="split"), Rung("large", "big", 1))
    scheduler.on([answered("xxy")])
    scheduler.on([examined("aaa")])
    weak = {"accepted": False, "verdict": 2, "reason": "bounded evidence was demanded"}
    assert scheduler.on([verified(0, **weak)]).commands == [Verify(A, 0, 2, ())]
    assert scheduler.on([verified(2, **weak)]).commands == [Ask(A, 2, "large", "big", 3, 1)]
    scheduler.on([answered("y", 3)])
    assert decision(scheduler.on([examined("a", 3)])).reason == "bounded evidence was demanded"


def test_a_winner_that_is_too_risky_needs_more_votes_and_is_then_weighed_again() -> None:
    scheduler = begin(Rung("coder", "m", 3), Rung("other", "m", 1, when="split"), max_risk=0.05)
    assert scheduler.on([voted("aaa")]).commands == [Verify(A, 0, 0, ())]
    assert scheduler.on([verified(0, risk=0.2)]).commands == [Ask(A, 1, "other", "m", 3, 1)]
    assert scheduler.on([voted("a", 3)]).commands == [Verify(A, 0, 0, ())]
    assert decision(scheduler.on([verified(0, risk=0.05)])).delivered


def test_a_winner_that_stays_too_risky_is_undecided_and_says_so() -> None:
    scheduler = begin(Rung("coder", "m", 3), Rung("other", "m", 1, when="split"), max_risk=0.05)
    scheduler.on([voted("aaa"), verified(0, risk=0.2)])
    # No new vote: the same votes are not weighed twice.
    decided = decision(scheduler.on([voted(".", 3)]))
    assert not decided.delivered
    assert decided.reason == "its estimated risk of being wrong is 20.0%, and 5.0% is allowed"


def test_accepted_without_having_been_tested_is_not_accepted() -> None:
    scheduler = begin()
    scheduler.on([voted("aaa")])
    assert not decision(scheduler.on([verified(0, accepted=True, verdict=1)])).delivered


def test_failed_calls_are_no_votes_and_no_flags() -> None:
    scheduler = begin(Rung("coder", "m", 3, most=9), Rung("large", "big", 3))
    assert scheduler.on([CallFailed(A, 0, 3, "down")]).commands == [Ask(A, 1, "large", "big", 3, 3)]
    decided = decision(scheduler.on([CallFailed(A, 3, 3, "down")]))
    assert decided.reason == "the model could not be asked: down"


def test_a_partly_failed_call_is_made_up_for() -> None:
    scheduler = begin()
    assert scheduler.on([CallFailed(A, 1, 2, "down")]) == Step([], [])
    assert scheduler.on([voted("a")]).commands == [Ask(A, 0, "coder", "m", 3, 2)]


def test_work_left_open_leaves_out_what_is_answered() -> None:
    scheduler = begin(Rung("coder", "m", 4))
    scheduler.on([voted("a", 1)])
    assert scheduler.open_commands() == [Ask(A, 0, "coder", "m", 0, 1), Ask(A, 0, "coder", "m", 2, 2)]


def test_a_task_depends_on_what_it_needs() -> None:
    scheduler = begin(Rung("coder", "m", 1), tasks=[make_task(0), make_task(1, [0])], k=2)
    step = scheduler.on([voted("a")])
    assert [event.reason for event in step.events if isinstance(event, Decided)] == [
        "1 of 2 votes needed",
        "depends on task 0",
    ]
    assert step.commands == []


def pair(**policy) -> Scheduler:
    """Two Tasks of one group that both have votes aab... and lead."""
    tasks = [make_task(0, group=1), make_task(1, group=1)]
    scheduler = begin(Rung("coder", "m", 6), tasks=tasks, k=1, k_spread=0, **policy)
    scheduler.on([voted("aaaabb"), voted("aaaabb", task=B)])
    assert scheduler.on([verified(0)]) == Step([], [])
    return scheduler


def test_a_group_is_delivered_together_when_its_laws_hold() -> None:
    scheduler = pair()
    assert scheduler.on([verified(0, task=B)]).commands == [CheckTogether(1, ((A, (0, 4)), (B, (0, 4))))]
    step = scheduler.on([Together(1, ((A, 0), (B, 0)), (), b"")])
    assert [event.task for event in step.events] == [A, B]
    assert all(event.delivered for event in step.events)


def test_a_group_whose_laws_cannot_hold_is_undecided() -> None:
    scheduler = pair()
    scheduler.on([verified(0, task=B)])
    step = scheduler.on([Together(1, (), ("law law_round_trip",), b"")])
    assert {event.reason for event in step.events} == {"no combination of survivors keeps law law_round_trip"}


def test_a_stand_in_is_verified_before_it_is_delivered() -> None:
    scheduler = pair()
    scheduler.on([verified(0, task=B)])
    assert scheduler.on([Together(1, ((A, 0), (B, 4)), (), b"")]).commands == [Verify(B, 0, 4, (0,))]
    step = scheduler.on([verified(4, task=B)])
    assert [(event.task, event.sample) for event in step.events] == [(A, 0), (B, 4)]


def test_a_stand_in_that_fails_is_chosen_no_more() -> None:
    scheduler = pair()
    scheduler.on([verified(0, task=B)])
    scheduler.on([Together(1, ((A, 0), (B, 4)), (), b"")])
    step = scheduler.on([verified(4, task=B, accepted=False, verdict=1)])
    assert step.commands == [CheckTogether(1, ((A, (0, 4)), (B, (0,))))]


def test_picks_that_were_not_offered_are_no_answer() -> None:
    scheduler = pair()
    scheduler.on([verified(0, task=B)])
    assert scheduler.on([Together(1, ((A, 3), (B, 0)), (), b"")]) == Step([], [])
    assert len(scheduler.open_commands()) == 1


def test_a_lone_voice_does_not_stand_in() -> None:
    tasks = [make_task(0, group=1)]
    scheduler = begin(Rung("coder", "m", 4), tasks=tasks, k=1, k_spread=0, pick_votes=2)
    scheduler.on([voted("aaab")])
    assert scheduler.on([verified(0)]).commands == [CheckTogether(1, ((A, (0,)),))]


def test_a_partner_that_is_undecided_leaves_the_rest_to_be_checked_alone() -> None:
    tasks = [make_task(0, group=1), make_task(1, group=1)]
    scheduler = begin(Rung("coder", "m", 1), tasks=tasks, k=1)
    scheduler.on([voted("a"), voted(".", task=B)])
    assert scheduler.on([verified(0)]).commands == [CheckTogether(1, ((A, (0,)),))]
    assert decision(scheduler.on([Together(1, ((A, 0),), (), b"")])).delivered


def test_a_mate_goes_ahead_on_a_lead() -> None:
    tasks = [make_task(0, group=1), make_task(1, [0], group=1)]
    scheduler = begin(Rung("coder", "m", 1), tasks=tasks, k=1)
    scheduler.on([voted("a")])
    assert scheduler.on([verified(0)]).commands == [Ask(B, 0, "coder", "m", 0, 1)]


def test_a_window_bounds_what_is_open() -> None:
    scheduler = Scheduler(
        Plan([make_task(number) for number in range(5)]), Policy((Rung("coder", "m", 1),), k=1, window=2)
    )
    assert len(scheduler.start().commands) == 2
    scheduler.on([voted("a")])
    assert len(scheduler.on([verified(0)]).commands) == 1


def test_events_of_strangers_change_nothing() -> None:
    assert begin().on([voted("aaa", task=make_id(9)), Together(7, (), (), b"")]) == Step([], [])


def test_a_ladder_without_a_first_rung_decides_at_once() -> None:
    step = Scheduler(Plan([make_task(0)]), Policy((REPAIR,))).start()
    assert decision(step).reason == "the ladder has no rung that can be asked first"
