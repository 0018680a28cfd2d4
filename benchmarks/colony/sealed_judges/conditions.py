"""Hidden judge of benchmarks/colony/sealed/conditions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def is_hem_even(left_mm: int, right_mm: int) -> bool:
    return abs(left_mm - right_mm) <= 2


def fertilizer_grams(square_metres: int, is_sandy: bool) -> int:
    return square_metres * (50 if is_sandy else 30)


def squares_to_move(first: int, second: int) -> int:
    return 4 * first if first == second else first + second


def is_sluice_shut(level_cm: int, hour: int) -> bool:
    return level_cm > 320 or hour >= 22 or hour < 6


def train_refund(minutes_late: int, price: int) -> int:
    if minutes_late >= 120:
        return price // 2
    return price // 4 if minutes_late >= 60 else 0


def reading_kind(last: int, now: int, limit: int) -> str:
    if now < last:
        return "wrong"
    if now == last:
        return "unused"
    return "high" if now - last > limit else "normal"


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20290617)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_hem(rng: random.Random) -> Arguments:
    left = rng.randint(0, 60)
    return left, max(0, left + rng.choice([-3, -2, -1, 0, 1, 2, 3, rng.randint(-20, 20)]))


def _draw_bed(rng: random.Random) -> Arguments:
    return rng.randint(0, 200), rng.random() < 0.5


def _draw_water(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(315, 325), rng.randint(0, 500), rng.randint(0, 320)]), rng.choice(
        [rng.randint(0, 23), rng.randint(6, 21)]
    )


def _draw_late(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 180), rng.randint(55, 65), rng.randint(115, 125)]), rng.randint(0, 9000)


def _draw_reading(rng: random.Random) -> Arguments:
    last, limit = rng.randint(0, 3000), rng.randint(1, 600)
    now = last + rng.choice(
        [0, limit, limit + 1, limit - 1, rng.randint(1, limit), limit + rng.randint(1, 500), -rng.randint(1, 300)]
    )
    return last, max(0, now), limit


INPUTS: dict[str, list[Arguments]] = {
    "is_hem_even": _inputs([(left, right) for left in (0, 3, 10) for right in (0, 1, 2, 3, 5, 6, 8, 12, 13)], _draw_hem, 200),
    "fertilizer_grams": _inputs([(area, sandy) for area in (0, 1, 2, 10) for sandy in (False, True)], _draw_bed, 160),
    "squares_to_move": [(first, second) for first in range(1, 21) for second in range(1, 21) if first % 3 == 1 or second == first or second % 5 == 0],
    "is_sluice_shut": _inputs([(level, hour) for level in (0, 319, 320, 321, 400) for hour in (0, 5, 6, 12, 21, 22, 23)], _draw_water, 260),
    "train_refund": _inputs(
        [(minutes, price) for minutes in (0, 59, 60, 61, 119, 120, 121, 300) for price in (0, 1, 3, 4, 1001)], _draw_late, 240
    ),
    "reading_kind": _inputs(
        [(last, now, limit) for last in (0, 5) for now in (0, 4, 5, 6, 7, 8) for limit in (1, 2)], _draw_reading, 260
    ),
}  # fmt: skip
