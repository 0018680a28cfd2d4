"""Hidden judge of benchmarks/colony/latest/lists.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

Arguments = tuple[Any, ...]


def goal_difference(scored: list[int], conceded: list[int]) -> int:
    return sum(scored) - sum(conceded)


def shared_ingredients(ours: list[str], theirs: list[str]) -> list[str]:
    return [ingredient for ingredient in ours if ingredient in theirs]


def is_rising(notes: list[int]) -> bool:
    return all(low < high for low, high in pairwise(notes))


def clues(row: str) -> list[int]:
    return [len(run) for run in row.split(".") if run]


def rain_totals(rain: list[int], days: int) -> list[int]:
    return [sum(rain[start : start + days]) for start in range(len(rain) - days + 1)]


def table_places(points: list[int]) -> list[int]:
    return [1 + sum(other > own for other in points) for own in points]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20280304)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


FOODS = ["salt", "egg", "flour", "milk", "oil", "rice", "basil"]


def _draw_goals(rng: random.Random) -> Arguments:
    matches = rng.randint(0, 7)
    return [rng.randint(0, 6) for _ in range(matches)], [rng.randint(0, 6) for _ in range(matches)]


def _draw_foods(rng: random.Random) -> Arguments:
    kinds = FOODS[: rng.choice([3, 7])]
    return [rng.choice(kinds) for _ in range(rng.randint(0, 6))], [rng.choice(kinds) for _ in range(rng.randint(0, 4))]


def _draw_melody(rng: random.Random) -> Arguments:
    notes = [rng.randint(40, 80) for _ in range(rng.randint(0, 6))]
    rising = sorted(set(notes))
    fault = rising[:]
    if fault:
        fault.insert(rng.randint(0, len(fault)), rng.choice(fault))
    return (rng.choice([notes, rising, rising, sorted(notes), fault]),)


def _draw_row(rng: random.Random) -> Arguments:
    return ("".join(rng.choice(rng.choice(["x.", "xxx.", "x..."])) for _ in range(rng.randint(0, 14))),)


def _draw_rain(rng: random.Random) -> Arguments:
    rain = [rng.choice([0, rng.randint(0, 9), rng.randint(0, 60)]) for _ in range(rng.randint(0, 9))]
    return rain, rng.randint(1, rng.choice([2, 4, 8]))


def _draw_points(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 12, 90])
    return ([rng.randint(0, reach) for _ in range(rng.randint(0, 8))],)


INPUTS: dict[str, list[Arguments]] = {
    "goal_difference": _inputs(
        [([], []), ([0], [0]), ([1], [0]), ([0], [1]), ([3, 0], [0, 3]), ([2, 2], [1, 0])], _draw_goals, 180
    ),
    "shared_ingredients": _inputs(
        [
            ([], []),
            (["egg"], []),
            ([], ["egg"]),
            (["egg"], ["egg"]),
            (["egg", "egg"], ["egg"]),
            (["oil"], ["oil", "oil"]),
        ],
        _draw_foods,
        200,
    ),
    "is_rising": _inputs(
        [([],), ([0],), ([1, 2],), ([2, 1],), ([2, 2],), ([1, 2, 2],), ([1, 1, 2],), ([3, 1, 2],), ([-2, -1, 0],)],
        _draw_melody,
        220,
    ),
    "clues": _inputs([(row,) for row in ("", ".", "x", "xx", "x.", ".x", "x.x", "x..x", "..", ".xx.")], _draw_row, 200),
    "rain_totals": _inputs(
        [
            ([], 1),
            ([], 2),
            ([5], 1),
            ([5], 2),
            ([1, 2], 1),
            ([1, 2], 2),
            ([1, 2, 3], 2),
            ([0, 0, 0], 2),
            ([4, 1, 3], 3),
        ],
        _draw_rain,
        220,
    ),
    "table_places": _inputs(
        [([],), ([0],), ([1, 1],), ([1, 2],), ([2, 1],), ([2, 1, 2],), ([1, 2, 1],), ([3, 2, 1],), ([1, 2, 3],)],
        _draw_points,
        200,
    ),
}
