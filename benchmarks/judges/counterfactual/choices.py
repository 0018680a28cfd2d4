"""Hidden judge of `counterfactual.choices`: references, inputs, and what is remembered instead."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]

CLOSED_BY = {")": "(", "]": "[", "}": "{"}


def change(amount: int) -> dict[int, int]:
    used: dict[int, int] = {}
    for coin in (50, 20, 10, 5, 2, 1):
        count = min(amount // coin, 1) if coin == 20 else amount // coin
        amount -= coin * count
        if count:
            used[coin] = count
    return used


def winner(board: list[str]) -> str | None:
    return _first_with_a_line([*board, *_columns(board)])


def _columns(board: list[str]) -> list[str]:
    return ["".join(row[place] for row in board) for place in range(3)]


def _first_with_a_line(lines: list[str]) -> str | None:
    for player in "XO":
        if player * 3 in lines:
            return player
    return None


def is_balanced(text: str) -> bool:
    return _is_balanced(text, most=3)


def _is_balanced(text: str, most: float) -> bool:
    still_open: list[str] = []
    for character in text:
        if character in "([{":
            still_open.append(character)
            if len(still_open) > most:
                return False
        elif character in CLOSED_BY and (not still_open or still_open.pop() != CLOSED_BY[character]):
            return False
    return not still_open


def two_sum(numbers: list[int], target: int) -> tuple[int, int] | None:
    return _two_sum(numbers, target, apart=2)


def _two_sum(numbers: list[int], target: int, apart: int) -> tuple[int, int] | None:
    for first in range(len(numbers)):
        for second in range(first + apart, len(numbers)):
            if numbers[first] + numbers[second] == target:
                return first, second
    return None


def triangle_kind(a: int, b: int, c: int) -> str:
    if max(a, b, c) * 2 > a + b + c:
        return "none"
    return {1: "equilateral", 2: "isosceles", 3: "scalene"}[len({a, b, c})]


def ranks(scores: list[int]) -> list[int]:
    return [sum(other >= score for other in scores) for score in scores]


def remembered_change(amount: int) -> dict[int, int]:
    used: dict[int, int] = {}
    for coin in (50, 20, 10, 5, 2, 1):
        count, amount = divmod(amount, coin)
        if count:
            used[coin] = count
    return used


def remembered_winner(board: list[str]) -> str | None:
    diagonals = [
        "".join(board[place][place] for place in range(3)),
        "".join(board[place][2 - place] for place in range(3)),
    ]
    return _first_with_a_line([*board, *_columns(board), *diagonals])


def remembered_is_balanced(text: str) -> bool:
    return _is_balanced(text, most=len(text))


def remembered_two_sum(numbers: list[int], target: int) -> tuple[int, int] | None:
    return _two_sum(numbers, target, apart=1)


def remembered_triangle_kind(a: int, b: int, c: int) -> str:
    return "none" if max(a, b, c) * 2 == a + b + c else triangle_kind(a, b, c)


def remembered_ranks(scores: list[int]) -> list[int]:
    return [1 + sum(other > score for other in scores) for score in scores]


REMEMBERED: dict[str, Callable[..., object]] = {
    "change": remembered_change,
    "winner": remembered_winner,
    "is_balanced": remembered_is_balanced,
    "two_sum": remembered_two_sum,
    "triangle_kind": remembered_triangle_kind,
    "ranks": remembered_ranks,
}


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_board(rng: random.Random) -> Arguments:
    squares = [rng.choice("XO.") for _ in range(9)]
    player = rng.choice("XO")
    lines = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6), ()]
    for place in rng.choice(lines):
        squares[place] = player
    return (["".join(squares[start : start + 3]) for start in (0, 3, 6)],)


def _draw_brackets(rng: random.Random) -> Arguments:
    written: list[str] = []
    still_open: list[str] = []
    most = rng.randint(1, 5)
    for _ in range(rng.randint(0, 14)):
        if rng.random() < 0.5 and len(still_open) < most:
            still_open.append(rng.choice(["()", "[]", "{}"]))
            written.append(still_open[-1][0])
        elif still_open:
            written.append(still_open.pop()[1])
    written += [pair[1] for pair in reversed(still_open)]
    if written and rng.random() < 0.3:
        written[rng.randrange(len(written))] = rng.choice("()[]{}x")
    return ("".join(written),)


def _draw_numbers_and_target(rng: random.Random) -> Arguments:
    numbers = [rng.randint(-8, 12) for _ in range(rng.randint(0, 8))]
    if len(numbers) >= 2 and rng.random() < 0.7:
        place = rng.randrange(len(numbers) - 1)
        return numbers, numbers[place] + numbers[min(place + rng.choice([1, 1, 2, 3]), len(numbers) - 1)]
    return numbers, rng.randint(-16, 24)


def _draw_sides(rng: random.Random) -> Arguments:
    a, b = rng.randint(1, 30), rng.randint(1, 30)
    sides = [a, b, rng.choice([a, b, a + b, a + b - 1, a + b + 1, rng.randint(1, 30)])]
    rng.shuffle(sides)
    return sides[0], sides[1], sides[2]


def _draw_scores(rng: random.Random) -> Arguments:
    top = rng.choice([2, 5, 100])
    return ([rng.randint(-1, top) for _ in range(rng.randint(0, 9))],)


INPUTS: dict[str, list[Arguments]] = {
    "change": _inputs(
        [
            *((amount,) for amount in range(100)),
            *((amount,) for amount in (100, 139, 140, 141, 149, 150, 189, 190, 199, 240, 990, 999, 1000, 99999, 100000)),
        ],
        lambda rng: (rng.randint(100, rng.choice([300, 3000, 100000])),),
        220,
    ),
    "winner": _inputs(
        [
            (["X..", ".X.", "..X"],), (["O..", ".O.", "..O"],), (["..X", ".X.", "X.."],), (["..O", ".O.", "O.."],),
            (["XXX", "...", "..."],), (["...", "OOO", "..."],), (["...", "...", "XXX"],), (["X..", "X..", "X.."],),
            ([".O.", ".O.", ".O."],), (["..X", "..X", "..X"],), (["XXX", "OOO", "..."],), (["OOO", "XXX", "..."],),
            (["OX.", "OX.", "OX."],), (["XO.", "XO.", "XO."],), (["XXX", "XXX", "XXX"],), (["OOO", "OOO", "OOO"],),
            (["XX.", "OO.", "..."],), (["XOX", "OXO", "OXO"],), (["XOX", "OXO", "XOX"],), (["OOX", "OXX", "XOO"],),
            (["OXX", "XOX", "OOO"],), (["XX.", "XX.", "..."],), (["O.X", "OX.", "X.O"],), (["XOO", "OXO", "OOX"],),
        ],
        _draw_board,
        240,
    ),
    "is_balanced": _inputs(
        [
            ("",), ("()",), ("(())",), ("((()))",), ("(((())))",), ("((((()))))",), ("([{}])",), ("([{()}])",), ("[[[[]]]]",),
            ("{{{{}}}}",), ("((()))()",), ("((()()()))",), ("(((()",), ("((()",), ("()()()()",), ("()[]{}()[]",), ("((()))((()))",),
            ("((()))(((())))",), (")",), ("]",), ("}",), ("(",), ("[",), ("{",), (")(",), ("(]",), ("([)]",), ("{[}]",), ("())",),
            ("(()",), ("x",), ("a(b)c",), ("a(b[c{d}e]f)g",), ("a(b[c{d(e)}])",), ("<<<<>>>>",), ("<(>)",), ("(é)",), ("\n(\n)",),
            ("((((",), ("))))",), ("([{(",), ("((( )))",), ("((([])))",), ("([{}{}])([{}])",), ("({[]}())",), ("({[]}([()]))",),
        ],
        _draw_brackets,
        260,
    ),
    "two_sum": _inputs(
        [
            ([], 5), ([5], 5), ([5], 10), ([1, 2], 3), ([1, 2, 3], 3), ([1, 2, 3], 4), ([1, 2, 3], 5), ([2, 7, 11, 15], 9),
            ([2, 7, 11, 15], 13), ([2, 7, 2, 7], 9), ([7, 2, 7, 2], 9), ([0, 0], 0), ([0, 0, 0], 0), ([0, 0, 0, 0], 0),
            ([3, 3], 6), ([3, 1, 3], 6), ([3, 3, 3], 6), ([-1, 4, 1], 0), ([-1, 1], 0), ([1, 5, 5, 1], 6), ([1, 5, 1, 5], 6),
            ([4, 1, 2, 3, 0], 4), ([1, 2, 3, 4, 5, 6], 7), ([1, 2, 3, 4, 5, 6], 11), ([5, 5, 1, 5], 10), ([2, 4, 6], 8),
            ([4, 0, 4], 8), ([4, 4, 0], 8), ([10**12, 0, 1], 10**12 + 1), ([1, 3, 2, 2, 3, 1], 4),
        ],
        _draw_numbers_and_target,
        240,
    ),
    "triangle_kind": _inputs(
        [
            *((a, b, c) for a in range(1, 5) for b in range(1, 5) for c in range(1, 5)),
            (2, 3, 5), (5, 3, 2), (3, 5, 2), (3, 3, 6), (6, 3, 3), (3, 6, 3), (3, 3, 7), (7, 3, 3), (3, 7, 3), (3, 3, 5),
            (3, 4, 5), (100, 1, 1), (1, 100, 100), (10**9, 10**9, 2 * 10**9), (10**9, 10**9, 2 * 10**9 + 1), (7, 10, 17),
        ],
        _draw_sides,
        240,
    ),
    "ranks": _inputs(
        [
            ([],), ([0],), ([5, 5],), ([5, 5, 5],), ([1, 2],), ([2, 1],), ([1, 1, 2],), ([1, 2, 2],), ([2, 2, 1],), ([2, 1, 2],),
            ([3, 1, 3, 2, 3],), ([1, 1, 2, 2],), ([2, 2, 1, 1],), ([-1, 0, -1],), ([100, 90, 90, 80],), ([80, 90, 90, 100],),
            ([7, 7, 7, 1],), ([1, 7, 7, 7],), ([0, 0, 0, 0, 0, 1],), ([5, 4, 3, 2, 1],), ([1, 2, 3, 4, 5],),
        ],
        _draw_scores,
        220,
    ),
}  # fmt: skip
