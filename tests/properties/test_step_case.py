"""The lean state machine of a step does what the whole one does under a plain policy, whatever happens."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.ledger.events import AnyEvent, CallFailed, Decided, Voted
from swarmwright.plan.values import Task
from swarmwright.simulate.world import make_id
from swarmwright.swarm.case import Case
from swarmwright.swarm.majority import Majority
from swarmwright.swarm.step_case import StepCase, is_plain
from swarmwright.swarm.values import Ask, Policy, Rung

TASK = make_id(0)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    rungs = []
    for number in range(draw(st.integers(1, 3))):
        count = draw(st.integers(1, 4))
        when: Literal["always", "split"] = draw(st.sampled_from(["always", "split"])) if number else "always"
        most = draw(st.sampled_from([0, count, count + 2, 12]))
        rungs.append(Rung("step", f"model {number}", count, when=when, most=most))
    return Policy(tuple(rungs), k=draw(st.integers(1, 4)), k_spread=0, margin="second", verify=False)


@st.composite
def happenings(draw: st.DrawFn) -> list[AnyEvent]:
    events: list[AnyEvent] = []
    for _ in range(draw(st.integers(1, 14))):
        first = draw(st.integers(0, 12))
        if draw(st.integers(0, 5)) == 0:
            events.append(CallFailed(TASK, first, draw(st.integers(1, 4)), draw(st.sampled_from(["down", "slow"]))))
        else:
            keys = draw(st.lists(st.sampled_from([b"", b"a", b"a", b"a", b"b", b"c"]), min_size=1, max_size=5))
            events.append(Voted(TASK, first, tuple(keys), 1, 0.0))
    return events


def tell(case: Any, event: AnyEvent) -> Any:
    return case.voted(event) if isinstance(event, Voted) else case.failed(event)


@settings(deadline=None, max_examples=400)
@given(
    policy=policies(), events=happenings(), orderly=st.booleans(), k=st.sampled_from([0, 0, 2]), thin=st.integers(0, 1)
)
def test_both_make_the_same_moves(policy: Policy, events: list[AnyEvent], orderly: bool, k: int, thin: int) -> None:
    task = Task(TASK, "a step", k=k, thinness=thin)
    whole, lean = Case(task, policy), StepCase(task, policy)
    move = whole.open()
    assert lean.open() == move
    for event in events:
        if orderly and isinstance(move, Ask):
            # Follow what is asked, so that long races are seen, too.
            keys = event.keys * 4 if isinstance(event, Voted) else (b"",) * 4
            event = Voted(TASK, move.first, keys[: move.count], 1, 0.0)
        seen, own = tell(whole, event), tell(lean, event)
        assert own == seen
        assert lean.open_work() == whole.open_work()
        assert lean.ballot.slots == whole.ballot.slots
        assert lean.ballot.front() == whole.ballot.front()
        move = seen or move
        if isinstance(seen, Decided):
            break


@pytest.mark.parametrize(
    ("policy", "plain"),
    [
        (Policy((Rung("step", "m", 3),), k_spread=0, margin="second", verify=False), True),
        (Policy((Rung("step", "m", 3),), k_spread=0, margin="second"), False),
        (Policy((Rung("step", "m", 3),), k_spread=1, margin="second", verify=False), False),
        (Policy((Rung("step", "m", 3),), k_spread=0, margin="all", verify=False), False),
        (Policy((Rung("step", "m", 3),), k_spread=0, margin="second", verify=False, majority=Majority()), False),
        (Policy((Rung("step", "", 3),), k_spread=0, margin="second", verify=False), False),
        (Policy((Rung("fix", "m", 3, kind="repair"),), k_spread=0, margin="second", verify=False), False),
        (Policy((), k_spread=0, margin="second", verify=False), False),
    ],
)
def test_only_policies_that_ask_for_votes_alone_are_plain(policy: Policy, plain: bool) -> None:
    assert is_plain(policy) is plain
