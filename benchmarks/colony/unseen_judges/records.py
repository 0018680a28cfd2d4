"""Hidden judge of benchmarks/colony/unseen/records.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Crate:
    label: str
    bottles: int
    bottle_grams: int
    own_grams: int


@dataclass(frozen=True)
class Alarm:
    name: str
    minute: int
    is_set: bool


@dataclass(frozen=True)
class Plant:
    name: str
    watered: int
    days: int


def crate_grams(crate: Crate) -> int:
    return crate.bottles * crate.bottle_grams + crate.own_grams


def snoozed(alarm: Alarm, minutes: int) -> Alarm:
    return Alarm(alarm.name, (alarm.minute + minutes) % 1440, True)


def thirsty_plants(plants: list[Plant], today: int) -> list[str]:
    return sorted(plant.name for plant in plants if today - plant.watered >= plant.days)


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261207)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_crate(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 30, 1500])
    return (Crate(rng.choice(["juice", "milk", ""]), rng.randint(0, 24), rng.randint(0, reach), rng.randint(0, reach)),)


def _draw_alarm(rng: random.Random) -> Arguments:
    minute = rng.choice([rng.randint(0, 1439), rng.randint(1420, 1439)])
    minutes = rng.choice([rng.randint(0, 30), rng.randint(0, 30), rng.randint(0, 5000)])
    return Alarm(rng.choice(["wake", "tea", "Bus", ""]), minute, rng.random() < 0.5), minutes


def _draw_plants(rng: random.Random) -> Arguments:
    today = rng.randint(0, 20)
    plants = [
        Plant(rng.choice(["rose", "fern", "aloe", "ivy", "fig", "moss"]), today - rng.randint(-1, 9), rng.randint(1, 9))
        for _ in range(rng.randint(0, 6))
    ]
    return plants, today


IVY, FIG = Plant("ivy", 4, 3), Plant("fig", 6, 1)

INPUTS: dict[str, list[Arguments]] = {
    "crate_grams": _inputs([(Crate("", bottles, each, own),) for bottles in (0, 1, 2) for each in (0, 1, 5) for own in (0, 1, 7)], _draw_crate, 160),
    "snoozed": _inputs(
        [(Alarm("a", minute, is_set), minutes) for minute in (0, 1, 1439) for is_set in (False, True) for minutes in (0, 1, 1439, 1440, 1441)],
        _draw_alarm,
        180,
    ),
    "thirsty_plants": _inputs(
        [
            ([], 0), ([IVY], 6), ([IVY], 7), ([IVY], 8), ([IVY, FIG], 6), ([IVY, FIG], 7), ([FIG, IVY], 7), ([IVY, IVY], 9),
            ([FIG, IVY, FIG], 9), ([FIG], 5), ([Plant("b", 0, 1), Plant("bb", 0, 1), Plant("a", 0, 1)], 1),
        ],
        _draw_plants,
        200,
    ),
}  # fmt: skip
