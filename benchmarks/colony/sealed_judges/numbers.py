"""Hidden judge of benchmarks/colony/sealed/numbers.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def meter_usage(before: int, after: int) -> int:
    return (after - before) % 100000


def average_total(dice: int, sides: int) -> float:
    return dice * (sides + 1) / 2


def trains_left_by(first: int, every: int, minute: int) -> int:
    return max(0, (minute - first) // every + 1)


def is_valid_ticket(number: int) -> bool:
    return number % 10 == number // 10 % 7


def water_level(hours: int, low_cm: int, rise_cm: int) -> int:
    return low_cm + rise_cm * min(hours % 12, 12 - hours % 12)


def bottles_in_all(bottles: int, empties: int) -> int:
    drunk = empty = bottles
    while empty >= empties:
        drunk += 1
        empty -= empties - 1
    return drunk


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20290617)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_meter(rng: random.Random) -> Arguments:
    before = rng.choice([rng.randint(0, 99999), rng.randint(99000, 99999), rng.randint(0, 500)])
    return before, rng.choice([rng.randint(0, 99999), (before + rng.randint(0, 3000)) % 100000])


def _draw_dice(rng: random.Random) -> Arguments:
    return rng.randint(0, 12), rng.choice([rng.randint(1, 30), 4, 6, 8, 20])


def _draw_trains(rng: random.Random) -> Arguments:
    first, every = rng.randint(0, 600), rng.choice([rng.randint(1, 90), 10, 20, 60])
    minute = rng.choice(
        [rng.randint(0, 1439), first + every * rng.randint(0, 9), first + every * rng.randint(1, 9) - 1]
    )
    return first, every, minute


def _draw_ticket(rng: random.Random) -> Arguments:
    front = rng.randint(1, rng.choice([9, 99, 9999, 999999]))
    return (10 * front + rng.choice([front % 7, rng.randint(0, 9)]),)


def _draw_tide(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 12), rng.randint(0, 60)]), rng.randint(-80, 300), rng.randint(0, 80)


def _draw_bottles(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 20), rng.randint(0, 150)]), rng.choice([2, 3, 4, rng.randint(2, 12)])


INPUTS: dict[str, list[Arguments]] = {
    "meter_usage": _inputs(
        [(before, after) for before in (0, 1, 50000, 99999) for after in (0, 1, 50000, 99999)], _draw_meter, 200
    ),
    "average_total": _inputs([(dice, sides) for dice in (0, 1, 2, 3) for sides in (1, 2, 6, 7)], _draw_dice, 160),
    "trains_left_by": _inputs(
        [(first, every, minute) for first in (0, 30) for every in (1, 10) for minute in (0, 9, 10, 29, 30, 31, 40, 50)],
        _draw_trains,
        220,
    ),
    "is_valid_ticket": _inputs([(number,) for number in range(10, 40)], _draw_ticket, 220),
    "water_level": _inputs([(hours, 50, 30) for hours in range(27)] + [(6, 0, 0), (3, -20, 10)], _draw_tide, 200),
    "bottles_in_all": _inputs(
        [(bottles, empties) for bottles in (0, 1, 2, 3, 4, 9, 10) for empties in (2, 3, 4, 10)], _draw_bottles, 200
    ),
}
