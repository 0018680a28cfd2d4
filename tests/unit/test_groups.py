from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.plan.graph import Plan
from swarmwright.plan.groups import close_groups, knots
from swarmwright.simulate.world import make_task


def test_what_lies_between_the_members_of_a_group_joins_it() -> None:
    needs = {"f": [], "h": ["f"], "g": ["h"], "user": ["g"], "alone": []}
    assert close_groups(needs, {"f": 1, "g": 1}) == {"f": 1, "g": 1, "h": 1}


def test_groups_that_wait_for_one_another_become_one() -> None:
    needs = {"a": ["d"], "b": [], "c": ["b"], "d": []}
    assert close_groups(needs, {"a": 2, "b": 2, "c": 5, "d": 5}) == dict.fromkeys("abcd", 2)


def test_groups_that_wait_one_way_stay_apart() -> None:
    needs = {"a": [], "b": ["a"], "c": ["b"], "d": []}
    assert close_groups(needs, {"a": 1, "b": 1, "c": 2, "d": 2}) == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_a_long_chain_does_not_recurse() -> None:
    size = 20_000
    assert len(knots({number: [number + 1] for number in range(size)})) == size + 1


@given(st.data())
@settings(deadline=None)
def test_closed_groups_always_make_a_plan(data) -> None:
    count = data.draw(st.integers(1, 9))
    needs = {n: data.draw(st.lists(st.integers(0, n - 1), max_size=3, unique=True)) if n else [] for n in range(count)}
    groups = {n: group for n in range(count) if (group := data.draw(st.integers(0, 3)))}
    closed = close_groups(needs, groups)
    Plan([make_task(n, needs[n], group=closed.get(n, 0)) for n in range(count)])
    assert all(closed[a] == closed[b] for a in groups for b in groups if groups[a] == groups[b])
