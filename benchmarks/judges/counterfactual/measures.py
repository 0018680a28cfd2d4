"""Hidden judge of `counterfactual.measures`: references, inputs, and what is remembered instead."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def median(values: list[float]) -> float:
    return sorted(values)[(len(values) - 1) // 2]


def round_to(value: int, step: int) -> int:
    below, rest = divmod(abs(value), step)
    rounded = (below + (2 * rest > step)) * step
    return rounded if value >= 0 else -rounded


def grade(points: int) -> str:
    for limit, letter in ((180, "A"), (160, "B"), (140, "C"), (120, "D")):
        if points > limit:
            return letter
    return "F"


def income_tax(income: int) -> int:
    free = 10000 if income <= 40000 else 0
    low = max(0, min(income, 40000) - free)
    high = max(0, income - 40000)
    return (20 * low + 40 * high) // 100


def edit_distance(source: str, target: str) -> int:
    return _edits(source, target, removal=2)


def _edits(source: str, target: str, removal: int) -> int:
    row = list(range(len(target) + 1))
    for number, old in enumerate(source, 1):
        above, row = row, [number * removal]
        for place, new in enumerate(target, 1):
            row.append(min(above[place - 1] + (old != new), above[place] + removal, row[place - 1] + 1))
    return row[-1]


def moving_average(values: list[int], window: int) -> list[float]:
    averages = []
    for end in range(1, len(values) + 1):
        seen = values[max(0, end - window) : end]
        averages.append(sum(seen) / len(seen))
    return averages


def remembered_median(values: list[float]) -> float:
    return statistics.median(values)


def remembered_round_to(value: int, step: int) -> int:
    return (2 * value + step) // (2 * step) * step


def remembered_grade(points: int) -> str:
    for limit, letter in ((180, "A"), (160, "B"), (140, "C"), (120, "D")):
        if points >= limit:
            return letter
    return "F"


def remembered_income_tax(income: int) -> int:
    return (20 * max(0, min(income, 40000) - 10000) + 40 * max(0, income - 40000)) // 100


def remembered_edit_distance(source: str, target: str) -> int:
    return _edits(source, target, removal=1)


def remembered_moving_average(values: list[int], window: int) -> list[float]:
    ends = range(window, len(values) + 1)
    return [sum(values[end - window : end]) / window for end in ends]


REMEMBERED: dict[str, Callable[..., object]] = {
    "median": remembered_median,
    "round_to": remembered_round_to,
    "grade": remembered_grade,
    "income_tax": remembered_income_tax,
    "edit_distance": remembered_edit_distance,
    "moving_average": remembered_moving_average,
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


def _draw_floats(rng: random.Random) -> Arguments:
    top = rng.choice([4, 40, 4000])
    return ([rng.randint(-top, top) / rng.choice([1, 2, 4]) for _ in range(rng.randint(1, 9))],)


def _draw_value_and_step(rng: random.Random) -> Arguments:
    step = rng.choice([1, 2, 3, 4, 5, 6, 7, 10, 12, 15, 20, 50, 100, 1000])
    if rng.random() < 0.5:
        return rng.randint(-20, 20) * step + rng.choice([-1, 1]) * (step // 2), step
    return rng.randint(-40 * step, 40 * step), step


def _draw_two_texts(rng: random.Random) -> Arguments:
    source = "".join(rng.choice("abc") for _ in range(rng.randint(0, 9)))
    if rng.random() < 0.4:
        return source, "".join(rng.choice("abc") for _ in range(rng.randint(0, 9)))
    # Mostly what is left after taking out: there the price of taking out shows.
    return source, "".join(letter for letter in source if rng.random() < 0.7) + rng.choice(["", "", "d"])


def _draw_values_and_window(rng: random.Random) -> Arguments:
    return [rng.randint(-50, 50) for _ in range(rng.randint(0, 9))], rng.randint(1, 11)


INPUTS: dict[str, list[Arguments]] = {
    "median": _inputs(
        [
            ([1.0],), ([2.0, 1.0],), ([1.0, 2.0],), ([1.0, 1.0],), ([1.0, 2.0, 3.0, 4.0],), ([4.0, 3.0, 2.0, 1.0],),
            ([0.0],), ([-1.0, 1.0],), ([1.0, -1.0],), ([-3.0, -2.0],), ([-5.0, -1.0, 2.0, 8.0],),
            ([2.5, 2.5, 2.5, 9.0],),
            ([1.0, 9.0, 9.0, 9.0],), ([1.0, 1.0, 9.0, 9.0],), ([9.0, 1.0, 9.0, 1.0],), ([1e300, -1e300],),
            ([0.1, 0.2],),
            ([3.0, 1.0, 2.0, 5.0, 4.0, 6.0],), ([10.0, 2.0, 33.0, 4.0],), ([1.5, 2.5, 3.5],),
        ],
        _draw_floats,
        220,
    ),
    "round_to": _inputs(
        [
            *((value, 10) for value in range(-31, 32)),
            *((value, 5) for value in range(-13, 14)),
            *((value, 2) for value in range(-5, 6)),
            *((value, 1) for value in (-3, -1, 0, 1, 3)),
            *((value, 3) for value in range(-7, 8)),
            (50, 100), (150, 100), (-150, 100), (151, 100), (-151, 100), (149, 100), (4, 100), (-4, 100),
            (500, 1000), (10**15 + 5, 10), (-(10**15) - 5, 10), (7, 7), (0, 9),
        ],
        _draw_value_and_step,
        300,
    ),
    "grade": _inputs(
        [(limit + near,) for near in (0, 1, -1) for limit in (180, 160, 140, 120, 1, 199)],
        lambda rng: (rng.randint(0, 200),),
        201,
    ),
    "income_tax": _inputs(
        [
            *((income,) for income in (0, 1, 4, 5, 9999, 10000, 10001, 10004, 10005, 10009, 10010, 39999, 40000)),
            *((income,) for income in (40001, 40002, 40003, 40004, 40005, 40010, 50000, 49999, 100000, 10000000, 9999999, 15)),
        ],
        lambda rng: (rng.randint(0, rng.choice([12000, 41000, 45000, 200000, 10000000])),),
        220,
    ),
    "edit_distance": _inputs(
        [
            ("", ""), ("a", ""), ("", "a"), ("abc", ""), ("abc", "ab"), ("abc", "bc"), ("abc", "b"), ("abc", "c"),
            ("a", "b"), ("ab", "b"), ("ab", "ba"), ("flaw", "lawn"), ("lawn", "flaw"), ("sitting", "kitten"),
            ("kitten", "sit"), ("sunday", "saturday"), ("saturday", "sunday"), ("intention", "execution"),
            ("aaaa", "aa"), ("aa", "aaaa"), ("abcd", "d"), ("abcd", "a"), ("A", "a"), ("é", "e"), ("a b", "ab"),
            ("x" * 60, "x" * 59), ("x" * 60, "y" * 60), ("x" * 60, ""), ("", "y" * 60), ("ab" * 20, "ba" * 20),
        ],
        _draw_two_texts,
        220,
    ),
    "moving_average": _inputs(
        [
            ([], 1), ([], 5), ([7], 1), ([7], 2), ([7], 100), ([1, 2], 1), ([1, 2], 2), ([1, 2], 3), ([1, 2, 3], 2),
            ([1, 2, 3, 4, 5], 3), ([1, 2, 3, 4, 5], 5), ([1, 2, 3, 4, 5], 6), ([0, 0, 0], 2), ([-1, 1, -1, 1], 2),
            ([-3, -5, -10], 3), ([10, 20, 60, 30], 4), ([1, 1, 2], 3), ([2, 1], 2), ([5, 5, 5, 5, 5], 2),
        ],
        _draw_values_and_window,
        220,
    ),
}  # fmt: skip
