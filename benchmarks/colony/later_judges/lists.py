"""Hidden judge of benchmarks/colony/later/lists.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def newest_lines(lines: list[str], count: int) -> list[str]:
    return lines[::-1][:count]


def cheapest_three_total(prices: list[int]) -> int:
    return sum(sorted(prices)[:3])


def missing_numbers(numbers: list[int]) -> list[int]:
    return [number for number in range(min(numbers), max(numbers)) if number not in numbers]


def column_totals(rows: list[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def fixtures(teams: list[str]) -> list[tuple[str, str]]:
    return [(team, other) for place, team in enumerate(teams) for other in teams[place + 1 :]]


def outliers(values: list[int], most: int) -> list[int]:
    average = sum(values) // len(values)
    return [value for value in values if abs(value - average) > most]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270611)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


WORDS = ["boot", "login", "logout", "warn", "error", "", "disk full", "retry", "done"]
TEAMS = ["Reds", "Blues", "Greens", "Hawks", "Owls", "Bears", "Z"]


def _draw_lines(rng: random.Random) -> Arguments:
    return [rng.choice(WORDS) for _ in range(rng.randint(0, 7))], rng.randint(0, rng.choice([3, 8]))


def _draw_prices(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 20, 900])
    return ([rng.randint(0, reach) for _ in range(rng.randint(0, 8))],)


def _draw_numbers(rng: random.Random) -> Arguments:
    start = rng.choice([-3, 0, 1, 1000])
    numbers = [rng.randint(start, start + rng.choice([4, 9, 15])) for _ in range(rng.randint(1, 8))]
    return (sorted(numbers) if rng.random() < 0.4 else numbers,)


def _draw_rows(rng: random.Random) -> Arguments:
    width = rng.randint(0, 5) or rng.randint(1, 3)
    return ([[rng.randint(-9, 30) for _ in range(width)] for _ in range(rng.randint(1, 5))],)


def _draw_teams(rng: random.Random) -> Arguments:
    return (rng.sample(TEAMS, rng.randint(0, 6)),)


def _draw_values(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 20, 100])
    values = [rng.randint(-reach, reach) for _ in range(rng.randint(1, 7))]
    return values, rng.choice([rng.randint(0, reach), abs(rng.choice(values) - sum(values) // len(values)), reach // 3])


INPUTS: dict[str, list[Arguments]] = {
    "newest_lines": _inputs(
        [([], 0), ([], 2), (["a"], 0), (["a"], 1), (["a"], 2), (["a", "b"], 0), (["a", "b"], 1), (["a", "b"], 2), (["a", "b"], 3), (["a", "a", "b"], 2)], _draw_lines, 180
    ),
    "cheapest_three_total": _inputs([([],), ([0],), ([4],), ([4, 2],), ([1, 2, 3],), ([3, 2, 1, 0],), ([5, 5, 5, 5],), ([9, 1, 9, 1, 9, 1],)], _draw_prices, 180),
    "missing_numbers": _inputs([([0],), ([1, 1],), ([1, 3],), ([3, 1],), ([0, 5],), ([-2, 2],), ([5, 4, 3],), ([10, 10, 12],)], _draw_numbers, 200),
    "column_totals": _inputs([([[]],), ([[], [], []],), ([[0]],), ([[1], [-1]],), ([[1, 2, 3]],), ([[1, 2], [3, 4], [5, 6]],)], _draw_rows, 180),
    "fixtures": _inputs([([],), (["A"],), (["A", "B"],), (["B", "A"],), (["A", "A"],), (["A", "B", "A"],)], _draw_teams, 200),
    "outliers": _inputs(
        [([0], 0), ([5], 3), ([1, 2], 0), ([1, 2], 1), ([2, 1], 0), ([0, 3], 1), ([0, 3], 2), ([-1, 0], 0), ([-5, 0], 2), ([9, 9, 0], 3), ([9, 9, 0], 6), ([1, 1, 1, 100], 24)],
        _draw_values,
        240,
    ),
}  # fmt: skip
