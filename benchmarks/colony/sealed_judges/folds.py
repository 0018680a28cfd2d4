"""Hidden judge of benchmarks/colony/sealed/folds.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any

Arguments = tuple[Any, ...]


def jars_filled(harvests: list[int], jar_grams: int) -> int:
    return sum(harvests) // jar_grams


def average_depth(depths: list[int]) -> int:
    return sum(depths) // len(depths)


def train_metres(wagons: list[int], gap_m: int) -> int:
    return sum(wagons) + gap_m * (len(wagons) - 1)


def most_guests(changes: list[int]) -> int:
    return max(accumulate(changes, initial=0))


def identity_remainder(digits: list[int]) -> int:
    return sum(weight * digit for weight, digit in enumerate(reversed(digits), 2)) % 11


def last_served_at(arrivals: list[int], minutes_each: int) -> int:
    now = 0
    for arrival in arrivals:
        now = max(now, arrival) + minutes_each
    return now


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20290617)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_harvests(rng: random.Random) -> Arguments:
    jar = rng.choice([250, 500, rng.randint(1, 600)])
    return [rng.choice([jar, rng.randint(0, 900), rng.randint(0, 3000)]) for _ in range(rng.randint(0, 6))], jar


def _draw_depths(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 40, 200])
    return ([rng.randint(0, reach) for _ in range(rng.randint(1, 7))],)


def _draw_wagons(rng: random.Random) -> Arguments:
    return [rng.randint(5, 30) for _ in range(rng.randint(1, 8))], rng.randint(0, 5)


def _draw_changes(rng: random.Random) -> Arguments:
    inside, changes = 0, []
    for _ in range(rng.randint(0, 8)):
        change = rng.choice([rng.randint(1, 9), rng.randint(-inside, inside)])
        inside += change
        changes.append(change)
    return (changes,)


def _draw_identity(rng: random.Random) -> Arguments:
    return ([rng.randint(0, 9) for _ in range(rng.randint(1, 10))],)


def _draw_customers(rng: random.Random) -> Arguments:
    each = rng.randint(1, 12)
    return sorted(rng.randint(0, rng.choice([10, 60, 200])) for _ in range(rng.randint(0, 7))), each


INPUTS: dict[str, list[Arguments]] = {
    "jars_filled": _inputs(
        [(harvests, jar) for harvests in ([], [0], [5], [3, 3], [4, 4, 4], [10, 1]) for jar in (1, 4, 5, 6)], _draw_harvests, 180
    ),
    "average_depth": _inputs([([0],), ([5],), ([0, 1],), ([1, 2, 2],), ([9, 0, 0],), ([4, 4, 4],)], _draw_depths, 180),
    "train_metres": _inputs([(wagons, gap) for wagons in ([1], [9], [1, 2], [3, 3, 3]) for gap in (0, 1, 2, 7)], _draw_wagons, 180),
    "most_guests": _inputs([([],), ([0],), ([3],), ([3, -3],), ([3, -3, 4],), ([1, 2, -1],), ([5, -2, 1, 1],), ([2, -2, 2, -2],)], _draw_changes, 200),
    "identity_remainder": _inputs([([],)] + [([0] * place + [digit],) for place in (0, 1, 2) for digit in (1, 5, 9)] + [([digit, 0, 0],) for digit in (1, 5, 9)], _draw_identity, 180),
    "last_served_at": _inputs(
        [(arrivals, each) for arrivals in ([], [0], [5], [0, 0], [0, 3], [0, 4], [1, 9], [2, 3, 30]) for each in (1, 3, 4)], _draw_customers, 200
    ),
}  # fmt: skip
