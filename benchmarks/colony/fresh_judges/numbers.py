"""Hidden judge of benchmarks/colony/fresh/numbers.py: references and inputs."""

import math
import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def handshakes(guests: int) -> int:
    return guests * (guests - 1) // 2


def square_fence(area: int) -> int:
    return 4 * math.isqrt(area)


def hour_hand_degrees(hour: int, minute: int) -> float:
    return hour % 12 * 30 + minute / 2


def stopping_metres(speed: int) -> int:
    tenth = speed // 10
    return 3 * tenth + tenth**2


def leap_years_up_to(year: int) -> int:
    return year // 4 - year // 100 + year // 400


def mirrored_number(number: int) -> int:
    mirrored = int(str(abs(number))[::-1])
    return -mirrored if number < 0 else mirrored


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270419)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_guests(rng: random.Random) -> Arguments:
    return (rng.choice([rng.randint(0, 60), rng.randint(0, 3000)]),)


def _draw_area(rng: random.Random) -> Arguments:
    return (rng.randint(0, rng.choice([60, 4000])) ** 2,)


def _draw_time(rng: random.Random) -> Arguments:
    return rng.randint(0, 23), rng.choice([rng.randint(0, 59), 0, 1, 59])


def _draw_speed(rng: random.Random) -> Arguments:
    return (rng.choice([rng.randint(0, 150), 10 * rng.randint(0, 30), rng.randint(0, 900)]),)


def _draw_year(rng: random.Random) -> Arguments:
    near = 100 * rng.randint(1, 40) + rng.randint(-5, 5)
    return (rng.choice([rng.randint(1, 500), rng.randint(1, 4000), near, near]),)


def _draw_number(rng: random.Random) -> Arguments:
    number = rng.randint(0, 10 ** rng.randint(1, 7)) * 10 ** rng.choice([0, 0, 0, 1, 3])
    return (rng.choice([number, -number]),)


INPUTS: dict[str, list[Arguments]] = {
    "handshakes": _inputs([(guests,) for guests in range(9)], _draw_guests, 150),
    "square_fence": _inputs([(side**2,) for side in range(12)], _draw_area, 150),
    "hour_hand_degrees": _inputs([(hour, minute) for hour in (0, 1, 11, 12, 13, 23) for minute in (0, 1, 2, 30, 59)], _draw_time, 200),
    "stopping_metres": _inputs([(speed,) for speed in (0, 1, 9, 10, 11, 19, 20, 29, 30, 99, 100, 101, 200)], _draw_speed, 180),
    "leap_years_up_to": _inputs(
        [(year,) for year in (1, 2, 3, 4, 5, 7, 8, 96, 99, 100, 101, 104, 199, 200, 300, 396, 399, 400, 401, 404, 500, 800, 1900, 2000)],
        _draw_year,
        220,
    ),
    "mirrored_number": _inputs(
        [(number,) for number in (0, 1, -1, 9, -9, 10, -10, 11, -11, 12, -12, 100, 101, -120, 1000, 1001, -2050, 123321)],
        _draw_number,
        200,
    ),
}  # fmt: skip
