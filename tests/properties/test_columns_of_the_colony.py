"""Agents in columns give in plain Python what they claim, none is lost, and the same search is the same."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swarmwright.colony.grammar import NAMES, Production, load_grammar
from swarmwright.colony.inside.columns import Columns, Formula, Leaf
from swarmwright.colony.inside.keys import Factors, Table
from swarmwright.colony.inside.kinds import BOOL, INT, Kind
from swarmwright.colony.inside.steps import LARGEST, Step, steps_for
from swarmwright.colony.inside.vectors import vector_of

NUMBERS = st.integers(-30, 30) | st.sampled_from(
    [0, 1, -1, (1 << 31) + 11, 5 - (1 << 40), LARGEST // 3, -(LARGEST // 5)]
)
"""Large ones are no powers of two: where all differences are, keys may be the same, as the module says."""


def _power(base: int, exponent: int) -> int:
    if not 0 <= exponent <= 62 or abs(base) > 1 << 20:
        raise ValueError
    return int(base**exponent)


@functools.cache
def steps(goal: Kind = INT) -> tuple[Step, ...]:
    found = steps_for(load_grammar(), [INT, BOOL], goal)
    return tuple(step for step in found if vector_of(step.production, step.takes, step.gives) is not None)


@st.composite
def leaves(draw: st.DrawFn) -> list[Leaf]:
    inputs = draw(st.integers(1, 6))
    found = [
        Leaf(2, INT, tuple(draw(st.lists(NUMBERS, min_size=inputs, max_size=inputs))), f"p{place}")
        for place in range(draw(st.integers(1, 3)))
    ]
    if draw(st.booleans()):
        found.append(Leaf(2, BOOL, tuple(draw(st.lists(st.booleans(), min_size=inputs, max_size=inputs))), "q"))
    return [*found, Leaf(2, INT, (1,) * inputs, "1"), Leaf(4, INT, (10,) * inputs, "10")]


class Watched:
    """Columns, and everything that they told of."""

    def __init__(self, given_leaves: Sequence[Leaf], agents: int = 40_000, only: Sequence[Step] = ()) -> None:
        self.told: list[tuple[Kind, int, int, Any]] = []
        self._left = agents
        self.leaves = list(given_leaves)
        inputs = len(self.leaves[0].values)
        self.columns = Columns(inputs, only or steps(), self.leaves, self._tick, self._note)

    def _tick(self, count: int) -> bool:
        self._left -= count
        return self._left < 0

    def _note(self, kind: Kind, cost: int, first: int, values: Any) -> None:
        self.told.append((kind, cost, first, values.copy()))

    def run(self, most: int = 99) -> Watched:
        while self.columns.cost < most and self.columns.grow():
            pass
        return self

    @property
    def rows(self) -> dict[tuple[Kind, int, int], tuple[Any, ...]]:
        return {
            (kind, cost, first + place): tuple(values[:, place].tolist())
            for kind, cost, first, values in self.told
            for place in range(values.shape[1])
        }


@functools.cache
def compiled(text: str) -> Any:
    return compile(text, "<production>", "eval")


def code(production: Production) -> Any:
    return compiled(production.inner or production.python)


def computed(formula: Formula, place: int, given_leaves: Sequence[Leaf]) -> Any:
    if formula.step is None:
        return next(leaf.values[place] for leaf in given_leaves if leaf.what == formula.what)
    parts = [computed(part, place, given_leaves) for part in formula.parts]
    return eval(code(formula.step.production), {"_power": _power}, dict(zip(NAMES, parts, strict=False)))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(leaves(), st.data())
def test_every_agent_gives_in_plain_python_what_it_claims(given_leaves: list[Leaf], data: st.DataObject) -> None:
    watched = Watched(given_leaves).run()
    rows = watched.rows
    assert len(rows) == watched.columns.live
    assert len({(kind, column) for (kind, _, _), column in rows.items()}) == len(rows)
    for key in data.draw(st.lists(st.sampled_from(sorted(rows)), min_size=1, max_size=60)):
        formula = watched.columns.formula(*key)
        claimed = rows[key]
        assert [computed(formula, place, given_leaves) for place in range(len(claimed))] == list(claimed), formula
        again = watched.columns.values(key[0], key[1], np.array([key[2]]))
        assert tuple(again[:, 0].tolist()) == claimed


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(leaves())
def test_the_same_problem_is_searched_in_the_same_way(given_leaves: list[Leaf]) -> None:
    one, other = Watched(given_leaves).run(), Watched(given_leaves).run()
    assert one.columns.tried == other.columns.tried
    assert one.rows == other.rows
    assert all(one.columns.formula(*key) == other.columns.formula(*key) for key in list(one.rows)[-20:])


def plainly(given_leaves: Sequence[Leaf], only: Sequence[Step], most: int) -> dict[tuple[Kind, tuple[Any, ...]], int]:
    """Search in plain Python: what can be given at all, with the least cost of each."""
    inputs = len(given_leaves[0].values)
    found: dict[tuple[Kind, tuple[Any, ...]], int] = {}
    for cost in range(most + 1):
        known = list(found.items())
        new = {(leaf.kind, leaf.values) for leaf in given_leaves if leaf.cost == cost}
        for step in only:
            for parts in _parts(known, step, cost - step.cost):
                column = []
                try:
                    for place in range(inputs):
                        named = {name: values[place] for name, values in zip(NAMES, parts, strict=False)}
                        column.append(eval(code(step.production), {"_power": _power}, named))
                except (ArithmeticError, ValueError):
                    continue
                if all(abs(value) <= LARGEST for value in column):
                    new.add((step.gives, tuple(column)))
        for one in new:
            found.setdefault(one, cost)
    return found


def _parts(known: Sequence[Any], step: Step, rest: int) -> Iterator[tuple[Any, ...]]:
    for costs in itertools.product(range(rest + 1), repeat=len(step.takes)):
        if sum(costs) == rest:
            pairs = zip(step.takes, costs, strict=True)
            yield from itertools.product(
                *([column for (kind, column), at in known if (kind, at) == one] for one in pairs)
            )


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(leaves())
def test_no_behaviour_is_lost(given_leaves: list[Leaf]) -> None:
    watched = Watched(given_leaves).run(9)
    found = {(kind, column): cost for (kind, cost, _), column in watched.rows.items()}
    assert found == plainly(given_leaves, steps(), 9)


def test_no_behaviour_is_lost_where_candidates_fail_and_wrap_around() -> None:
    names = ("multiply", "floor-divide", "power", "subtract", "choose", "less")
    only = [step for step in steps() if step.production.name in names]
    given_leaves = [
        Leaf(2, INT, (0, 7, -3, LARGEST), "a"),
        Leaf(2, INT, (1 << 31, 0, -(1 << 31), 2), "b"),
        Leaf(2, INT, (3, 3, 3, 3), "3"),
    ]
    watched = Watched(given_leaves, only=only).run(11)
    found = {(kind, column): cost for (kind, cost, _), column in watched.rows.items()}
    assert found == plainly(given_leaves, only, 11)


def test_values_are_computed_anew_where_there_is_no_room_to_keep_them() -> None:
    given_leaves = [Leaf(2, INT, (3, 0, 12), "a"), Leaf(2, INT, (14, 5, 1), "b"), Leaf(2, INT, (2, 2, 2), "2")]
    roomy = Watched(given_leaves, agents=40_000)
    narrow = Watched(given_leaves, agents=40_000)
    narrow.columns.cached_bytes = 2_000
    assert roomy.run().rows == narrow.run().rows


def _own(python: str, takes: tuple[str, ...], gives: str) -> Step:
    kinds = {"int": INT, "bool": BOOL}
    production = Production("own", python, takes, gives)
    return Step(production, tuple(kinds[one] for one in takes), kinds[gives], 2)


@pytest.mark.parametrize(
    "python",
    [
        "(a + b - 1) // b",
        "2 * a - 3 * b + 1",
        "a - a * 2 if a > b else min(a, b, 0)",
        "int(b != 0 and a % b == 0)",
        "int(b == 0 or a // b > 1)",
        "abs(a) + -b",
    ],
)
def test_a_production_of_the_users_own_is_computed_like_any_other(python: str) -> None:
    only = [_own(python, ("int", "int"), "int")]
    given_leaves = [Leaf(2, INT, (0, 7, -3, 9), "a"), Leaf(2, INT, (4, 0, -5, 3), "b"), Leaf(3, INT, (1,) * 4, "1")]
    watched = Watched(given_leaves, only=only).run(10)
    found = {(kind, column): cost for (kind, cost, _), column in watched.rows.items()}
    assert found == plainly(given_leaves, only, 10)


@pytest.mark.parametrize("python", ["len(a)", "a.bit_length()", "a / 2", "a if a else 1", "[a][0]", "a & 1", "not a"])
def test_what_numpy_cannot_compute_is_left_to_the_objects(python: str) -> None:
    step = _own(python, ("int",), "int")
    assert vector_of(step.production, step.takes, step.gives) is None


@settings(deadline=None, max_examples=20)
@given(st.lists(st.lists(st.integers(0, 1 << 64 - 1), max_size=4_000), max_size=6), st.integers(0, 3))
def test_a_table_knows_what_was_added(lots: list[list[int]], shift: int) -> None:
    table = Table()
    known: set[int] = set()
    for lot in [*lots, list(range(1, 9_000))]:
        keys = np.array([(one << shift) % (1 << 64) | 1 for one in lot], np.uint64)
        found = table.find(keys)
        assert found.known.tolist() == [int(one) in known for one in keys]
        leads = table.first_of(keys)
        assert [int(keys[one]) for one in leads] == keys.tolist()
        assert all(keys.tolist().index(int(keys[one])) == one for one in leads[:50])
        fresh = np.flatnonzero((leads == np.arange(len(keys))) & ~found.known)
        table.add(keys[fresh], found.take(fresh))
        known |= {int(one) for one in keys}
        assert table.count == len(known)


def test_the_key_of_a_sum_follows_from_its_parts() -> None:
    factors = Factors(3)
    one, other = np.array([[1], [-5], [1 << 60]]), np.array([[7], [0], [-3]])
    together = factors.keys(one) + factors.keys(other) - factors.start
    assert factors.keys(one + other) == together
