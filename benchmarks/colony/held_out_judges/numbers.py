"""Hidden judge of benchmarks/colony/held_out/numbers.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def boxes_needed(items: int, per_box: int) -> int:
    return -(-items // per_box)


def fuel_left(tank: float, per_hour: float, hours: float) -> float:
    return max(0.0, tank - per_hour * hours)


def ring_distance(first: int, second: int, size: int) -> int:
    return min((first - second) % size, (second - first) % size)


def odd_digit_sum(number: int) -> int:
    return sum(int(digit) for digit in str(number) if int(digit) % 2 == 1)


def smallest_factor(number: int) -> int:
    return next(factor for factor in range(2, number + 1) if number % factor == 0)


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_boxes(rng: random.Random) -> Arguments:
    per_box = rng.choice([1, 2, 3, 10, rng.randint(1, 40)])
    return max(0, rng.randint(0, 30) * per_box + rng.choice([-1, 0, 1, rng.randint(0, 40)])), per_box


def _draw_fuel(rng: random.Random) -> Arguments:
    # Halves: all results are exact.
    per_hour, hours = rng.randint(0, 20) / 2, rng.randint(0, 16) / 2
    if rng.random() < 0.3:
        return max(0.0, per_hour * hours + rng.choice([-0.5, 0.0, 0.5])), per_hour, hours
    return rng.randint(0, 120) / 2, per_hour, hours


def _draw_seats(rng: random.Random) -> Arguments:
    size = rng.choice([1, 2, 3, 7, 10, 12, rng.randint(1, 60)])
    return rng.randrange(size), rng.randrange(size), size


INPUTS: dict[str, list[Arguments]] = {
    "boxes_needed": _inputs([(0, 1), (1, 1), (0, 9), (10**9 + 1, 10), (10**9, 10)], _draw_boxes, 180),
    "fuel_left": _inputs([(0.0, 0.0, 0.0), (0.0, 3.0, 2.0), (5.0, 0.0, 9.0), (0.5, 0.5, 1.0)], _draw_fuel, 180),
    "ring_distance": _inputs(
        [(0, 0, 1), (0, 1, 2), (1, 0, 2), (0, 2, 3), (2, 0, 3), (0, 99, 100), (0, 50, 100), (49, 99, 100)],
        _draw_seats,
        180,
    ),
    "odd_digit_sum": _inputs(
        [(number,) for number in (*range(30), 100, 135, 248, 1000, 9999, 10**12, 13579, 24680)],
        lambda rng: (rng.randrange(10 ** rng.randint(1, 8)),),
        180,
    ),
    "smallest_factor": _inputs(
        [(number,) for number in (*range(2, 60), 49, 77, 91, 121, 143, 169, 221, 997, 1001)],
        lambda rng: (rng.randint(2, 2000),),
        180,
    ),
}
