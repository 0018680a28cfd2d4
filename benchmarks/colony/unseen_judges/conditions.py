"""Hidden judge of benchmarks/colony/unseen/conditions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def toll_is_due(kilograms: int, is_resident: bool) -> bool:
    return kilograms > 1200 and not is_resident


def parcel_price(grams: int) -> int:
    return 3 if grams <= 500 else 3 + (grams - 500) // 100


def thermostat_mode(degrees: int, wanted: int, is_away: bool) -> str:
    if is_away:
        return "off"
    if degrees < wanted - 1:
        return "heat"
    return "cool" if degrees > wanted + 3 else "off"


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261207)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_vehicle(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 3000), rng.randint(1190, 1210), rng.randint(1201, 4000)]), rng.random() < 0.35


def _draw_grams(rng: random.Random) -> Arguments:
    return (
        rng.choice([rng.randint(1, 620), rng.randint(500, 5000), 100 * rng.randint(5, 60) + rng.choice([-1, 0, 1])]),
    )


def _draw_room(rng: random.Random) -> Arguments:
    wanted = rng.randint(-5, 30)
    return wanted + rng.choice([rng.randint(-3, 5), rng.randint(-20, 20)]), wanted, rng.random() < 0.2


INPUTS: dict[str, list[Arguments]] = {
    "toll_is_due": _inputs(
        [(kilograms, home) for kilograms in (0, 1, 1199, 1200, 1201, 1202, 9999) for home in (False, True)],
        _draw_vehicle,
        180,
    ),
    "parcel_price": _inputs(
        [(grams,) for grams in (1, 99, 100, 400, 499, 500, 501, 599, 600, 601, 699, 700)], _draw_grams, 180
    ),
    "thermostat_mode": _inputs(
        [(20 + more, 20, away) for more in (-9, -2, -1, 0, 1, 2, 3, 4, 9) for away in (False, True)], _draw_room, 220
    ),
}
