"""Columns go ahead of a search's objects where all is whole numbers and conditions, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.advance import lead_of
from swarmwright.colony.inside.bank import Ahead
from swarmwright.colony.inside.chance import Solution
from swarmwright.colony.inside.kinds import FLOAT, INT, STR, Kind
from swarmwright.colony.inside.lineage import Lineage
from swarmwright.colony.inside.problem import Problem, Raises
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.trying import Trier

LITERALS = ((INT, "0", 2), (INT, "1", 2), (INT, "2", 3), (INT, "10", 5))


def problem_of(function: Any, rows: list[tuple[int, ...]]) -> Problem:
    wanted = tuple(function(*row) for row in rows)
    return Problem(tuple((name, INT) for name in "abc"), INT, tuple(rows), wanted, literals=LITERALS)


def searched(problem: Problem, effort: Foraging) -> tuple[Search, list[Solution]]:
    """Search on whatever is found."""
    found: list[Solution] = []

    def accept(_: Search, solution: Solution) -> bool:
        found.append(solution)
        return False

    search = Search(problem, load_grammar(), effort, accept, lead=lead_of)
    search.run()
    return search, found


ROWS = [(3, 14, 2), (0, 5, -7), (12, 1, 9), (-4, 6, 30), (25, 25, 1), (7, -9, 4), (100, 31, -6)]


def deep(a: int, b: int, c: int) -> int:
    return abs(a - b) % c


def test_what_columns_find_is_written_and_told_of_like_what_objects_find() -> None:
    problem = problem_of(deep, ROWS)
    search, solutions = searched(problem, Foraging(agents=100_000, seconds=1e9))
    found = [one for one in solutions if isinstance(one.what, Ahead)]
    assert found
    for solution in found[:5]:
        body, trail = Trier(problem, None, {}).write(search, solution)
        namespace: dict[str, Any] = {}
        exec("def f(a, b, c):\n" + "\n".join("    " + line for line in body.splitlines()), namespace)
        assert [namespace["f"](*row) for row in ROWS] == [deep(*row) for row in ROWS]
        nodes = list(Lineage(search).of(solution))
        assert nodes[0]["gives"] == [repr(deep(*row)) for row in ROWS]
        assert nodes[0]["cost"] == solution.cost
        assert len(nodes) == len(trail) + sum(node["production"].startswith("the ") for node in nodes)


def test_columns_can_be_left_out() -> None:
    problem = problem_of(deep, ROWS)
    search, _ = searched(problem, Foraging(agents=60_000, seconds=1e9))
    without, _ = searched(problem, Foraging(agents=60_000, seconds=1e9, columns=False))
    assert search.bank.ahead is not None
    assert without.bank.ahead is None
    assert search.tried > without.tried


def test_the_same_budget_gives_the_same_finds() -> None:
    problem = problem_of(deep, ROWS)
    one, first = searched(problem, Foraging(agents=60_000, seconds=1e9))
    other, second = searched(problem, Foraging(agents=60_000, seconds=1e9))
    assert (one.tried, one.live, one.complete, one.cut) == (other.tried, other.live, other.complete, other.cut)
    assert one.trace.digest == other.trace.digest
    assert repr(first) == repr(second)


@pytest.mark.parametrize(
    ("kinds", "goal", "inputs", "wanted"),
    [
        ((INT, STR), INT, ((1, "a"),), (1,)),
        ((INT,), FLOAT, ((1,),), (1.5,)),
        ((INT,), ("optional", INT), ((1,),), (None,)),
        ((("list", INT),), INT, (((1, 2),),), (1,)),
        ((INT,), INT, ((1 << 70,),), (1,)),
        ((INT,), INT, ((1,),), (1 << 63,)),
        ((INT,), INT, tuple((one,) for one in range(21)), (1,)),
    ],
)
def test_where_there_is_more_than_whole_numbers_objects_are_alone(
    kinds: tuple[Kind, ...], goal: Kind, inputs: Any, wanted: Any
) -> None:
    problem = Problem(tuple(zip("ab", kinds, strict=False)), goal, inputs, wanted, literals=LITERALS)
    search = Search(problem, load_grammar(), Foraging(agents=10, seconds=1e9), lambda *_: False)
    assert lead_of(search) is None


def test_an_example_may_want_an_exception() -> None:
    inputs = ((6, 3), (7, 2), (-9, 4), (5, 0))
    problem = Problem((("a", INT), ("b", INT)), INT, inputs, (2, 3, -3, Raises("ZeroDivisionError")), literals=LITERALS)
    search = Search(problem, load_grammar(), Foraging(agents=20_000, seconds=1e9), lambda *_: False, lead=lead_of)
    search.run()
    assert search.bank.ahead is not None
