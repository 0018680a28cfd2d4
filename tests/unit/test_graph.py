from __future__ import annotations

import pytest

from swarmwright.ledger.events import Decided, TaskId
from swarmwright.plan.graph import Plan
from swarmwright.simulate.world import make_id, make_task


def decided(task: TaskId, delivered: bool) -> Decided:
    return Decided(task, delivered, 0 if delivered else -1, 3, 3, 2, "")


def names(tasks) -> list[str]:
    return [task.name for task in tasks]


def test_a_task_is_ready_when_all_its_needs_are_decided() -> None:
    plan = Plan([make_task(0), make_task(1), make_task(2, [0, 1])])
    assert names(plan.start()) == ["task 0", "task 1"]
    assert names(plan.on_decided(decided(make_id(0), True), None)) == []
    assert names(plan.on_decided(decided(make_id(1), True), None)) == ["task 2"]


def test_a_task_is_given_out_once() -> None:
    plan = Plan([make_task(0), make_task(1, [0])])
    assert names(plan.on_decided(decided(make_id(0), True), None)) == ["task 1"]
    assert names(plan.on_decided(decided(make_id(0), True), None)) == []


def test_a_task_whose_need_is_undecided_comes_when_all_needs_are_known() -> None:
    plan = Plan([make_task(0), make_task(1), make_task(2, [0, 1])])
    assert names(plan.on_decided(decided(make_id(0), False), None)) == []
    assert names(plan.on_decided(decided(make_id(1), True), None)) == ["task 2"]


def test_leading_is_enough_within_the_group_only() -> None:
    plan = Plan([make_task(0, group=1), make_task(1, [0], group=1), make_task(2, [0])])
    assert names(plan.on_leading(make_id(0))) == ["task 1"]
    assert names(plan.on_leading(make_id(0))) == []
    assert names(plan.on_decided(decided(make_id(0), True), None)) == ["task 2"]
    assert list(plan.members(1)) == [make_id(0), make_id(1)]


def test_a_cycle_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"wait for one another: task 0, task 1$"):
        Plan([make_task(0, [1]), make_task(1, [0]), make_task(2)])


def test_a_cycle_through_a_group_is_refused() -> None:
    # 1 needs 0's decision; 0 is decided only with 2, which needs 1.
    with pytest.raises(ValueError, match="wait for one another"):
        Plan([make_task(0, group=1), make_task(1, [0]), make_task(2, [1], group=1)])


def test_a_task_that_needs_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="task 0"):
        Plan([make_task(0, [0])])


def test_strangers_and_doubles_are_refused() -> None:
    with pytest.raises(ValueError, match="not in the plan"):
        Plan([make_task(1, [0])])
    with pytest.raises(ValueError, match="have the id"):
        Plan([make_task(1), make_task(1)])


def test_a_chain_of_a_hundred_thousand_tasks() -> None:
    size = 100_000
    plan = Plan([make_task(number, [number - 1] if number else ()) for number in range(size)])
    assert len(plan) == size
    ready = list(plan.start())
    seen = 0
    while ready:
        task = ready.pop()
        seen += 1
        ready += plan.on_decided(decided(task.id, True), None)
    assert seen == size
