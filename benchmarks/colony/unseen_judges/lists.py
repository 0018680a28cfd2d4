"""Hidden judge of benchmarks/colony/unseen/lists.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

Arguments = tuple[Any, ...]


def closed_outline(points: list[str]) -> list[str]:
    return points + points[:1]


def driven_since_start(readings: list[int]) -> list[int]:
    return [reading - readings[0] for reading in readings[1:]]


def long_breaks(days: list[int], most: int) -> list[int]:
    return [after - before for before, after in pairwise(days) if after - before > most]


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261207)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_outline(rng: random.Random) -> Arguments:
    names = rng.choice([["A", "B"], list("ABCDEFG"), ["x1", "", "y 2", "Z"]])
    return ([rng.choice(names) for _ in range(rng.randint(0, 7))],)


def _draw_readings(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 60, 9000])
    readings = [rng.randint(-reach // 3, reach) for _ in range(rng.randint(1, 7))]
    return (sorted(readings) if rng.random() < 0.5 else readings,)


def _draw_visits(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 9, 30])
    days = [rng.randint(-20, 40)]
    for _ in range(rng.randint(0, 7)):
        days.append(days[-1] + rng.randint(0, reach))
    return days, rng.choice([0, rng.randint(0, reach), reach // 2, reach // 3])


INPUTS: dict[str, list[Arguments]] = {
    "closed_outline": _inputs([([],), (["A"],), (["A", "A"],), (["A", "B", "A"],), ([""],), (["", "B"],)], _draw_outline, 160),
    "driven_since_start": _inputs([([0],), ([5],), ([0, 0],), ([5, 5, 5],), ([-3, 3],), ([3, -3],), ([0, 1, 2],)], _draw_readings, 180),
    "long_breaks": _inputs(
        [
            ([], 0), ([], 4), ([1], 0), ([1, 1], 0), ([1, 2], 0), ([1, 2], 1), ([0, 5, 10], 4), ([0, 5, 10], 5),
            ([0, 1, 3, 6], 1), ([0, 1, 3, 6], 2), ([0, 9, 10, 30], 8),
        ],
        _draw_visits,
        220,
    ),
}  # fmt: skip
