"""Every agent of the colony does, in plain Python, what the search says it does; and the same search is the same."""

from __future__ import annotations

import copy
import dataclasses
import functools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.bank import Agent
from swarmwright.colony.inside.kinds import BOOL, FLOAT, INT, STR, Kind, Row, inward, outward
from swarmwright.colony.inside.problem import Helper, Problem, Record
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.steps import FAILED
from swarmwright.colony.inside.writing import Writer


@dataclasses.dataclass(frozen=True)
class Point:
    """A given dataclass."""

    x: int
    name: str


POINT: Kind = ("record", "Point")
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    INT: st.integers(-20, 20),
    BOOL: st.booleans(),
    FLOAT: st.integers(-40, 40).map(lambda n: n / 4),
    STR: st.text("ab -1", max_size=6),
    ("list", INT): st.lists(st.integers(-9, 9), max_size=4),
    ("list", STR): st.lists(st.text("xy ", max_size=3), max_size=3),
    ("dict", STR, INT): st.dictionaries(st.text("pq", max_size=2), st.integers(0, 5), max_size=3),
    ("tuple", INT, STR): st.tuples(st.integers(-5, 5), st.text("rs", max_size=2)),
    ("set", INT): st.sets(st.integers(0, 6), max_size=3),
    ("optional", INT): st.none() | st.integers(-5, 5),
    ("list", ("tuple", INT, INT)): st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=3),
    POINT: st.builds(Point, st.integers(-5, 5), st.text("uv", max_size=2)),
}
GOALS: list[Kind] = [INT, BOOL, STR, FLOAT, ("list", INT), ("list", STR), ("dict", STR, INT), ("set", INT), POINT]
LITERALS = (
    (INT, "0", 2),
    (INT, "1", 2),
    (STR, "''", 3),
    (STR, "'a'", 3),
    (FLOAT, "0.5", 3),
    (("list", INT), "[]", 3),
    (("set", INT), "set()", 3),
    (("dict", STR, INT), "{}", 3),
)


def twice(text: str) -> str:
    return text + text


@functools.cache
def grammar() -> Any:
    return load_grammar()


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    kinds = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=2))
    rows = draw(st.lists(st.tuples(*(VALUES[kind] for kind in kinds)), min_size=2, max_size=4))
    goal = draw(st.sampled_from(GOALS))
    return Problem(
        parameters=tuple((f"p{place}", kind) for place, kind in enumerate(kinds)),
        goal=goal,
        inputs=tuple(tuple(inward(value) for value in row) for row in rows),
        wanted=tuple(inward(draw(VALUES[goal])) for _ in rows[:2]),
        literals=LITERALS,
        helpers=(Helper("twice", (STR,), STR, twice),) if STR in kinds else (),
        records={"Point": Record("Point", (("x", INT), ("name", STR)), Point)} if POINT in (*kinds, goal) else {},
    )


def searched(problem: Problem, agents: int = 12_000) -> Search:
    search = Search(problem, grammar(), Foraging(agents=agents, seconds=1e9), lambda *_: False)
    search.run()
    return search


def computed(search: Search, agent: Agent, arguments: Sequence[Any]) -> Any:
    problem = search.problem
    names = [name for name, _ in problem.parameters]
    kinds = [kind for _, kind in problem.parameters]
    lines = Writer(search.bank, problem.names).statements(agent)
    namespace: dict[str, Any] = {"twice": twice, "Point": Point}
    exec("\n".join([f"def f({', '.join(names)}):", *(f"    {line}" for line in lines)]), namespace)
    return namespace["f"](*[outward(value, kind) for value, kind in zip(copy.deepcopy(arguments), kinds, strict=True)])


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), st.data())
def test_every_agent_gives_in_plain_python_what_it_claims(problem: Problem, data: st.DataObject) -> None:
    search = searched(problem)
    kinds = [kind for kind, rows in search.bank.rows.items() if rows.values]
    for _ in range(60):
        kind = data.draw(st.sampled_from(kinds))
        row = data.draw(st.integers(0, len(search.bank.rows[kind].values) - 1))
        agent = Agent(kind, row)
        for arguments, claimed in zip(problem.inputs, search.bank.rows[kind].values[row], strict=True):
            if claimed is FAILED:
                continue
            assert inward(computed(search, agent, arguments)) == claimed, Writer(search.bank, ()).statements(agent)


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_the_same_problem_is_searched_in_the_same_way(problem: Problem) -> None:
    one, other = searched(problem), searched(problem)
    assert (one.tried, one.live, one.complete) == (other.tried, other.live, other.complete)
    for kind, rows in one.bank.rows.items():
        assert list(rows.step) == list(other.bank.rows[kind].step)
        assert list(rows.a) == list(other.bank.rows[kind].a)


@pytest.mark.parametrize("goal", GOALS)
def test_agents_of_a_kind_give_values_of_that_kind(goal: Kind) -> None:
    inputs = ((3, "ab c"), (-4, ""), (0, "xyz"))
    record = {"Point": Record("Point", (("x", INT), ("name", STR)), Point)}
    wanted = {INT: 97, BOOL: True, STR: "97", FLOAT: 9.7, ("list", INT): (97,), ("list", STR): ("97",)}
    other: Any = {("dict", STR, INT): Row(a=97), ("set", INT): frozenset((97,)), POINT: Point(97, "")}
    problem = Problem(
        (("n", INT), ("text", STR)), goal, inputs, ((wanted | other)[goal],), literals=LITERALS, records=record
    )
    names = {"int": int, "bool": bool, "str": str, "float": float, "list": tuple, "set": frozenset, "tuple": tuple}
    search = searched(problem, 40_000)
    for kind, rows in search.bank.rows.items():
        expected = names.get(kind[0])
        if expected is not None:
            # The sum of no numbers is 0, also where they would be fractions.
            allowed = (expected, int) if expected is float else (expected,)
            assert all(type(one) in allowed for value in rows.values for one in value if one is not FAILED), kind
