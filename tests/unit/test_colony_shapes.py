"""Shapes of loops and texts: what stops, what belongs together, what changes while a condition holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.kinds import INT, STR, Kind, inward
from swarmwright.colony.inside.pieces import Joined, cuts_of
from swarmwright.colony.inside.problem import Problem
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.trying import Trier

GRAMMAR = load_grammar()
NUMBERS: Kind = ("list", INT)
TEXTS: Kind = ("list", STR)
NOTHING: Kind = ("optional", INT)
LITERALS = ((INT, "0", 2), (INT, "1", 2), (STR, "''", 3), (NUMBERS, "[]", 3), (NOTHING, "None", 3), (STR, "'-'", 3))


def solved(
    parameters: Sequence[tuple[str, Kind]],
    goal: Kind,
    cases: Sequence[tuple[Sequence[Any], Any]],
    more: Sequence[Sequence[Any]],
    agents: int,
) -> list[str]:
    """Return the bodies found for these examples, the cheapest first."""
    inputs = [tuple(map(inward, arguments)) for arguments in (*(one for one, _ in cases), *more)]
    wanted = tuple(inward(one) for _, one in cases)
    problem = Problem(tuple(parameters), goal, tuple(inputs), wanted, literals=LITERALS)
    trier = Trier(problem, None, {})
    search = Search(problem, GRAMMAR, Foraging(agents=agents, seconds=1e9), trier.accept)
    search.run()
    return [one.body for one in sorted(trier.found.values(), key=lambda one: one.cost)]


@pytest.mark.parametrize(
    ("parameters", "goal", "cases", "more", "body"),
    [
        (
            [("words", TEXTS), ("stop", STR)],
            TEXTS,
            [
                ((["a", "b", "x", "c"], "x"), ["a", "b"]),
                ((["x"], "x"), []),
                ((["p", "q"], "r"), ["p", "q"]),
                ((["u", "v", "w", "v"], "w"), ["u", "v"]),
            ],
            [(["a", "c", "a"], "c")],
            "taken = []\nfor x in words:\n    if x == stop:\n        break\n    taken.append(x)\nreturn taken",
        ),
        (
            [("parts", NUMBERS)],
            NUMBERS,
            [
                (([1, 3],), [-3, -1]),
                (([],), []),
                (([5],), [0]),
                (([2, 0, 4],), [-4, -6, -2]),
                (([10, 20],), [-20, -10]),
            ],
            [([3, 3, 3],), ([1, 2, 3, 4],)],
            "return [x - sum(parts) for x in parts]",
        ),
        (
            [("heights", NUMBERS), ("least", INT)],
            INT,
            [(([4, 9, 2], 4), 2), (([], 3), 0), (([1, 1], 2), 0), (([7, 8, 9, 1], 8), 2), (([-3, 0, 5], -3), 3)],
            [([2, 2, 7], 2), ([1], 0)],
            "return sum((1 for x in heights if least <= x))",
        ),
        (
            [("heights", NUMBERS)],
            NUMBERS,
            [(([1, 5, 2, 8],), [8, 15]), (([1],), []), (([3, 3, 3],), [9]), (([10, 0, 1, 2],), [11, 3]), (([],), [])],
            [([4, 4, 4, 9],), ([0, -1, 7],)],
            "return [x + y + z for x, y, z in zip(heights, heights[1:], heights[2:])]",
        ),
        (
            [("words", TEXTS)],
            ("dict", INT, TEXTS),
            [
                ((["a", "bb", "c"],), {1: ["a", "c"], 2: ["bb"]}),
                (([],), {}),
                ((["xyz", "uv", "abc"],), {3: ["xyz", "abc"], 2: ["uv"]}),
            ],
            [],
            "groups = {}\nfor x in words:\n    groups.setdefault(len(x), []).append(x)\nreturn groups",
        ),
        (
            [("words", TEXTS)],
            ("dict", INT, INT),
            [((["a", "bb", "c"],), {1: 2, 2: 1}), (([],), {}), ((["xyz", "uv", "abc", "q"],), {3: 2, 2: 1, 1: 1})],
            [],
            "counts = {}\nfor x in words:\n    key = len(x)\n    counts[key] = counts.get(key, 0) + 1\nreturn counts",
        ),
        (
            [("words", TEXTS)],
            TEXTS,
            [
                ((["bb", "a", "cc", "ab"],), ["a", "ab", "bb", "cc"]),
                ((["zzz", "y", "x"],), ["x", "y", "zzz"]),
                ((["q", "pp", "o", "nn"],), ["o", "q", "nn", "pp"]),
            ],
            [(["mm", "lll", "k", "jj", "i"],), (["one", "two", "three", "a"],)],
            "return sorted(words, key=lambda x: (len(x), x))",
        ),
        (
            [("xs", NUMBERS)],
            ("list", NUMBERS),
            [(([1, 1, 2],), [[1, 1], [2]]), (([],), []), (([5, 5, 5, 4, 4, 5],), [[5, 5, 5], [4, 4], [5]])],
            [([2, 2, 1, 1, 2],)],
            "runs = []\nfor x in xs:\n    if runs and x == runs[-1][-1]:\n        runs[-1].append(x)\n    else:\n"
            "        runs.append([x])\nreturn runs",
        ),
        (
            [("amount", INT), ("goal", INT)],
            INT,
            [((1, 9), 4), ((3, 12), 2), ((5, 4), 0), ((2, 100), 6), ((7, 8), 1), ((4, 4), 0)],
            [(6, 50), (1, 2)],
            "count = 0\nvalue = amount\nwhile value < goal:\n    value += value\n    count += 1\nreturn count",
        ),
        (
            [("start", INT), ("xs", NUMBERS)],
            NUMBERS,
            [
                ((5, [3, 4, 1]), [2, 2, 1]),
                ((1, [2]), [1]),
                ((9, [9, 1]), [0, 0]),
                ((6, [1, 7, 5]), [5, 5, 0]),
                ((3, []), []),
            ],
            [(10, [4, 4, 4, 1]), (2, [3, 1, 1, 1])],
            "values = []\nresult = start\nfor x in xs:\n    if not result < x:\n        result -= x\n"
            "    values.append(result)\nreturn values",
        ),
        (
            [("xs", NUMBERS), ("k", INT)],
            NOTHING,
            [(([3, 8, 9], 5), 8), (([1, 2], 5), None), (([6, 1], 2), 6), (([0, 4, 5], 3), 4), (([], 3), None)],
            [([5, 1, 7, 2], 4), ([8], 8), ([2, 9, 4, 1], 0)],
            "return next((x for x in xs if k < x), None)",
        ),
    ],
)
def test_shapes_solve_small_units(
    parameters: list[tuple[str, Kind]], goal: Kind, cases: list[tuple[Any, Any]], more: list[Any], body: str
) -> None:
    assert body in solved(parameters, goal, cases, more, 150_000)


def test_two_values_change_while_a_condition_holds() -> None:
    cases = [((12, 18), 6), ((35, 21), 7), ((9, 4), 1), ((100, 75), 25), ((8, 8), 8), ((14, 35), 7), ((36, 90), 18)]
    cases += [((84, 30), 6), ((50, 20), 10)]
    (body, *_) = solved([("a", INT), ("b", INT)], INT, cases, [(48, 36), (17, 51), (1, 30)], 400_000)
    namespace: dict[str, Any] = {}
    exec("def f(a, b):\n" + "\n".join(f"    {line}" for line in body.splitlines()), namespace)
    assert namespace["f"](270, 192) == 6
    assert body.startswith("first, second = ")


def test_texts_are_cut_where_the_fewest_elements_change() -> None:
    texts = [("helloWorld", "hello-world"), ("all", "all"), ("Cost", "-cost"), ("aBC", "a-b-c"), ("", "")]
    (first, *_) = cuts_of([Joined(tuple(text), tuple(text), wanted) for text, wanted in texts])
    assert first[0] == ["h", "e", "l", "l", "o", "-w", "o", "r", "l", "d"]
    assert first[3] == ["a", "-b", "-c"]


def test_texts_of_equal_pieces_are_cut_by_their_width() -> None:
    rows = [Joined(("aaa", "b"), ("aaa", "b"), "a3b1"), Joined(("xx",), ("xx",), "x2")]
    assert next(cuts_of(rows)) == [["a3", "b1"], ["x2"]]


def test_texts_that_equal_elements_would_not_give_are_not_cut() -> None:
    rows = [Joined(("a", "a"), ("a", "a"), "xxy"), Joined(("a",), ("a",), "x")]
    assert list(cuts_of(rows)) == []
