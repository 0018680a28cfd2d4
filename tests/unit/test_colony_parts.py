"""Branches, meetings, products and smaller problems: how agents of the colony are put together beyond trying pairs."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.bank import Agent
from swarmwright.colony.inside.branches import Branches, leaves_of
from swarmwright.colony.inside.children import Child
from swarmwright.colony.inside.kinds import INT, STR, Kind, inward
from swarmwright.colony.inside.problem import Problem, Raises, Record
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.shapes import MAP
from swarmwright.colony.inside.trying import Trier

GRAMMAR = load_grammar()
LITERALS = ((INT, "0", 2), (INT, "1", 2), (STR, "''", 3), (("list", INT), "[]", 3))


@dataclasses.dataclass(frozen=True)
class Size:
    wide: int
    high: int


SIZES = {"Size": Record("Size", (("wide", INT), ("high", INT)), Size)}


def searched(
    parameters: Sequence[tuple[str, Kind]],
    goal: Kind,
    cases: Sequence[tuple[Sequence[Any], Any]],
    more: Sequence[Sequence[Any]] = (),
    agents: int = 400_000,
    literals: Sequence[tuple[Kind, str, int]] = (),
) -> tuple[Search, Trier]:
    """Return a search for these examples that is over, and what tried its solutions."""
    inputs = [tuple(map(inward, arguments)) for arguments, _ in cases]
    extra = [tuple(map(inward, arguments)) for arguments in more]
    wanted = tuple(one if isinstance(one, Raises) else inward(one) for _, one in cases)
    problem = Problem(
        tuple(parameters), goal, (*inputs, *extra), wanted, literals=(*LITERALS, *literals), records=SIZES
    )
    trier = Trier(problem, None, {"Size": Size})
    search = Search(problem, GRAMMAR, Foraging(agents=agents, seconds=1e9), trier.accept)
    search.run()
    return search, trier


def solved(
    parameters: Sequence[tuple[str, Kind]],
    goal: Kind,
    cases: Sequence[tuple[Sequence[Any], Any]],
    more: Sequence[Sequence[Any]] = (),
    agents: int = 400_000,
    literals: Sequence[tuple[Kind, str, int]] = (),
) -> list[str]:
    """Return the bodies found for these examples, the cheapest first."""
    search, trier = searched(parameters, goal, cases, more, agents, literals)
    found = sorted(trier.found.values(), key=lambda one: one.cost)
    return [one.body for one in found if search.is_solid(one.solution)]


TEXTS: Kind = ("list", STR)
NUMBERS: Kind = ("list", INT)


@pytest.mark.parametrize(
    ("parameters", "goal", "cases", "body"),
    [
        (
            [("words", TEXTS)],
            ("list", INT),
            [((["ab", "c"],), [2, 1]), (([],), []), ((["", "xyz"],), [0, 3]), ((["yyyyy"],), [5])],
            "return [len(x) for x in words]",
        ),
        (
            [("xs", NUMBERS)],
            NUMBERS,
            [(([3, -1, 4],), [3, 4]), (([],), []), (([-2, 7],), [7]), (([5, 0, -5],), [5, 0])],
            "return [x for x in xs if x >= 0]",
        ),
        (
            [("a", INT), ("b", INT)],
            ("tuple", INT, INT),
            [((7, 2), (9, 14)), ((1, 5), (6, 5)), ((0, 3), (3, 0)), ((4, 4), (8, 16))],
            "return (a + b, b * a)",
        ),
        (
            [("size", ("record", "Size"))],
            ("record", "Size"),
            [((Size(2, 3),), Size(3, 2)), ((Size(5, 1),), Size(1, 5)), ((Size(4, 9),), Size(9, 4))],
            "return Size(size.high, size.wide)",
        ),
        (
            [("name", STR)],
            STR,
            [(("ann",), "Dear ann,"), (("bo",), "Dear bo,"), (("",), "Dear ,"), (("x y",), "Dear x y,")],
            "return 'Dear ' + (name + ',')",
        ),
        (
            [("steps", NUMBERS)],
            NUMBERS,
            [(([1, 2, 3],), [1, 3, 6]), (([],), []), (([5],), [5]), (([2, -2, 4],), [2, 0, 4])],
            "values = []\nresult = 0\nfor x in steps:\n    result += x\n    values.append(result)\nreturn values",
        ),
    ],
)
def test_small_programs_are_found(
    parameters: list[tuple[str, Kind]], goal: Kind, cases: list[tuple[Any, Any]], body: str
) -> None:
    literals = [(STR, "'Dear '", 3), (STR, "','", 3)] if goal == STR else []
    assert solved(parameters, goal, cases, literals=literals)[0] == body


def test_an_error_that_examples_show_is_raised() -> None:
    cases = [((4, 2), 2), ((9, 3), 3), ((27, 2), 13), ((90, 4), 22), ((5, 0), Raises("ValueError"))]
    bodies = solved([("a", INT), ("b", INT)], INT, cases, [(8, 3), (1, 0)])
    assert "raise ValueError" in bodies[0]
    assert "a // b" in bodies[0]


def test_a_parameter_may_have_the_name_of_what_a_loop_would_bind() -> None:
    cases = [(([1, 2, 3],), [1, 3, 6]), (([],), []), (([5],), [5]), (([2, -2, 4],), [2, 0, 4])]
    (body, *_) = solved([("values", NUMBERS)], NUMBERS, cases)
    assert body.startswith("values2 = []\nresult = 0\nfor x in values:")


def test_a_parameter_hides_a_function_of_its_name() -> None:
    cases = [((3, 5), 5), ((9, 2), 9), ((-4, -8), -4), ((0, 0), 0), ((7, 30), 30)]
    bodies = solved([("max", INT), ("other", INT)], INT, cases)
    assert bodies
    assert all("max(" not in body for body in bodies)


def test_what_three_answers_of_yes_or_no_are_worth() -> None:
    cases = [(([1, 2],), True), (([],), False), (([3],), True)]
    assert solved([("xs", NUMBERS)], ("bool",), cases, agents=60_000) == []


def test_a_result_may_not_hang_on_the_order_of_a_dict() -> None:
    kind: Kind = ("dict", STR, INT)
    cases = [(({"a": 1, "b": 3},), "b"), (({"z": 2},), "z"), (({"q": 1, "m": 4},), "m"), (({"c": 0, "d": 9},), "d")]
    bodies = solved([("counts", kind)], STR, cases, [({"e": 5, "f": 5},), ({"h": 7, "g": 1},)], agents=200_000)
    assert bodies
    for body in bodies:
        namespace: dict[str, Any] = {}
        exec("def f(counts):\n" + "\n".join(f"    {line}" for line in body.splitlines()), namespace)
        assert namespace["f"]({"h": 7, "g": 1}) == namespace["f"]({"g": 1, "h": 7}), body


def test_branches_join_the_cheapest_pieces_first() -> None:
    branches = Branches(4)
    branches.add_term(5, 0b0011, Agent(INT, 0))
    branches.add_term(9, 0b0011, Agent(INT, 1))
    branches.add_term(4, 0b1100, Agent(INT, 2))
    branches.add_condition(3, 0b0011, Agent(INT, 3))
    assert branches.cheapest() == 5 + 4 + 3 + 4
    first = next(iter(branches.decisions(30)))
    assert first.cost == 16
    assert [piece.what.row for piece in leaves_of(first.tree)] == [3, 0, 2]


def test_a_cheap_piece_counts_also_where_a_dearer_one_came_first() -> None:
    branches = Branches(2)
    for row in range(9):
        branches.add_term(10 - row, 0b01, Agent(INT, row))
    branches.add_term(2, 0b10, Agent(INT, 9))
    branches.add_condition(3, 0b01, Agent(INT, 10))
    assert branches.cheapest() == 2 + 2 + 3 + 4
    assert next(iter(branches.decisions(11))).cost == 11
    assert next(iter(branches.decisions(10)), None) is None


def test_examples_support_what_is_dearer_than_what_is_right_without_them() -> None:
    branches = Branches(4)
    branches.add_term(5, 0b0111, Agent(INT, 0))
    branches.add_term(8, 0b1101, Agent(INT, 1))
    branches.add_term(3, 0b0001, Agent(INT, 2))
    each = (0b0001, 0b0010, 0b0100, 0b1000)
    assert [sum(branches.hangs(cost, each)) for cost in (5, 6, 8, 9)] == [0, 1, 1, 2]
    assert branches.hangs(9, each) == (False, True, False, True)
    branches.add_term(4, 0b0011, Agent(INT, 3))
    assert sum(branches.hangs(5, each)) == 0
    # The last two examples are the same one.
    assert branches.hangs(5, (0b0001, 0b0010, 0b1100)) == (False, False, True)
    branches.add_condition(2, 0b0001, Agent(INT, 4))
    branches.add_term(3, 0b1010, Agent(INT, 5))
    assert sum(branches.hangs(13, each)) == 3


def test_without_an_example_what_only_it_shows_of_a_smaller_problem_is_gone() -> None:
    child = Child(None, MAP, "", ("x",), None, shown=(0b0011, 0b0110, 0b1000))  # type: ignore[arg-type]
    assert child.apart((0b001, 0b010, 0b100)) == (0b0001, 0b0100, 0b1000)
    # The first two examples are the same one.
    assert child.apart((0b011, 0b100)) == (0b0111, 0b1000)


def test_branches_that_leave_an_example_out_are_none() -> None:
    branches = Branches(3)
    branches.add_term(2, 0b001, Agent(INT, 0))
    branches.add_condition(2, 0b001, Agent(INT, 1))
    assert branches.cheapest() is None
    assert list(branches.decisions(99)) == []


def test_the_sides_of_conditions_that_nothing_covers_are_named() -> None:
    branches = Branches(3)
    branches.add_term(2, 0b001, Agent(INT, 0))
    branches.add_condition(2, 0b001, Agent(INT, 1))
    assert branches.parts(5) == [0b110]


def test_a_loop_that_plods_through_a_large_number_is_no_solution_while_there_is_another() -> None:
    cases = [((10, 5), 2), ((11, 5), 3), ((14, 5), 3), ((1, 12), 1), ((0, 4), 0), ((7, 1), 7)]
    bodies = solved([("items", INT), ("room", INT)], INT, cases, [(9, 2), (30, 7), (100, 9)])
    assert bodies
    assert all("while " not in body for body in bodies)
