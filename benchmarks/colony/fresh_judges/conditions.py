"""Hidden judge of benchmarks/colony/fresh/conditions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def syrup_millilitres(kilograms: int, is_adult: bool) -> float:
    return 20.0 if is_adult else kilograms / 2


def lamp_is_on(lux: int, is_moving: bool, is_forced: bool) -> bool:
    return is_forced or (is_moving and lux < 40)


def battery_sign(percent: int, is_plugged: bool) -> str:
    if is_plugged and percent < 100:
        return "plug"
    return "low" if percent < 20 else "ok"


def hammer_price(highest: int, second: int, limit: int) -> int | None:
    return None if highest < limit else max(second, limit)


def triangle_kind(a: int, b: int, c: int) -> str:
    if a == b == c:
        return "equilateral"
    return "isosceles" if a in (b, c) or b == c else "scalene"


def income_tax(income: int) -> int:
    if income <= 1000:
        return 0
    if income <= 5000:
        return (income - 1000) // 5
    return 800 + (income - 5000) // 2


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270419)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_patient(rng: random.Random) -> Arguments:
    return rng.randint(1, rng.choice([30, 120])), rng.random() < 0.3


def _draw_lamp(rng: random.Random) -> Arguments:
    return (
        rng.choice([rng.randint(0, 39), rng.randint(0, 39), rng.randint(0, 300)]),
        rng.random() < 0.8,
        rng.random() < 0.3,
    )


def _draw_battery(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 100), rng.randint(0, 40), rng.randint(95, 100)]), rng.random() < 0.35


def _draw_auction(rng: random.Random) -> Arguments:
    highest = rng.randint(0, rng.choice([9, 100, 5000]))
    second = rng.choice([rng.randint(0, highest), highest, highest // 2])
    return (
        highest,
        second,
        rng.choice([rng.randint(0, highest), rng.randint(second, highest), highest, highest + rng.randint(1, 20)]),
    )


def _draw_triangle(rng: random.Random) -> Arguments:
    while True:
        one, two, three = (rng.randint(1, rng.choice([6, 60])) for _ in range(3))
        sides = rng.choice([[one] * 3, [one, one, three], [one, two, three], [one, two, three]])
        rng.shuffle(sides)
        if 2 * max(sides) < sum(sides):
            return tuple(sides)


def _draw_income(rng: random.Random) -> Arguments:
    return (
        rng.choice([rng.randint(0, 1200), rng.randint(900, 5100), rng.randint(900, 5100), rng.randint(4900, 30000)]),
    )


INPUTS: dict[str, list[Arguments]] = {
    "syrup_millilitres": _inputs([(kilograms, is_adult) for kilograms in (1, 2, 39, 40, 41, 90) for is_adult in (False, True)], _draw_patient, 180),
    "lamp_is_on": _inputs(
        [(lux, moving, forced) for lux in (0, 1, 38, 39, 40, 41, 999) for moving in (False, True) for forced in (False, True)], _draw_lamp, 200
    ),
    "battery_sign": _inputs([(percent, plugged) for percent in (0, 1, 18, 19, 20, 21, 98, 99, 100) for plugged in (False, True)], _draw_battery, 150),
    "hammer_price": _inputs(
        [(highest, second, limit) for highest in (0, 5, 6) for second in (0, 4, 5, 6) if second <= highest for limit in (0, 4, 5, 6, 7)],
        _draw_auction,
        220,
    ),
    "triangle_kind": _inputs(
        [(a, b, c) for a in range(1, 6) for b in range(1, 6) for c in range(1, 6) if 2 * max(a, b, c) < a + b + c], _draw_triangle, 240
    ),
    "income_tax": _inputs(
        [(income,) for income in (0, 1, 999, 1000, 1001, 1004, 1005, 1006, 4995, 4999, 5000, 5001, 5002, 5003, 6000, 10000, 10001)],
        _draw_income,
        220,
    ),
}  # fmt: skip
