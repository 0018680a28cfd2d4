"""Hidden judge of benchmarks/colony/sealed/pairs.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def stay_price(stay: tuple[int, int], per_night: int) -> int:
    return (stay[1] - stay[0]) * per_night


def tons_free(capacity: int, cargo: dict[str, int]) -> int:
    return capacity - sum(cargo.values())


def heavy_users(usage: dict[str, int], limit: int) -> dict[str, int]:
    return {flat: used for flat, used in usage.items() if used > limit}


def time_of_high_water(tides: list[tuple[str, int]]) -> str:
    return max(tides, key=lambda tide: tide[1])[0]


def can_be_sewn(needed: dict[str, int], stock: dict[str, int]) -> bool:
    return all(stock.get(material, 0) >= count for material, count in needed.items())


def rooms_free_on(bookings: list[tuple[int, int]], rooms: int, day: int) -> int:
    return rooms - sum(arrival <= day < departure for arrival, departure in bookings)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20290617)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


MATERIALS = ["button", "zip", "lace", "cloth", "hook"]


def _draw_stay(rng: random.Random) -> Arguments:
    arrival = rng.randint(0, 300)
    return (arrival, arrival + rng.randint(0, rng.choice([3, 20]))), rng.choice([rng.randint(0, 200), 80, 95])


def _draw_cargo(rng: random.Random) -> Arguments:
    cargo = {
        kind: rng.randint(0, 400) for kind in rng.sample(["coal", "ore", "cars", "wood", "mail"], rng.randint(1, 5))
    }
    return sum(cargo.values()) + rng.choice([0, rng.randint(0, 50), rng.randint(0, 900)]), cargo


def _draw_usage(rng: random.Random) -> Arguments:
    limit = rng.randint(0, 300)
    flats = rng.sample(["1A", "1B", "2A", "2B", "3C", "4D"], rng.randint(0, 5))
    return {flat: rng.choice([limit, limit + 1, rng.randint(0, 500)]) for flat in flats}, limit


def _draw_tides(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 60, 400])
    times = sorted(rng.sample(range(1440), rng.randint(1, 6)))
    return ([(f"{time // 60:02d}:{time % 60:02d}", rng.randint(-reach // 3, reach)) for time in times],)


def _draw_dress(rng: random.Random) -> Arguments:
    needed = {material: rng.randint(0, 5) for material in rng.sample(MATERIALS, rng.randint(0, 4))}
    stock = {
        material: max(0, count + rng.choice([-1, 0, 0, 1, 3]))
        for material, count in needed.items()
        if rng.random() < 0.9
    }
    stock.update({material: rng.randint(0, 5) for material in rng.sample(MATERIALS, rng.randint(0, 1))})
    return needed, stock


def _draw_rooms(rng: random.Random) -> Arguments:
    day = rng.randint(0, 20)
    bookings = []
    for _ in range(rng.randint(0, 6)):
        arrival = rng.choice([day, max(0, day - rng.randint(0, 5)), rng.randint(0, 20)])
        bookings.append((arrival, rng.choice([max(day, arrival + 1), arrival + rng.randint(1, 6)])))
    bookings = [(arrival, max(departure, arrival + 1)) for arrival, departure in bookings]
    return bookings, len(bookings) + rng.randint(0, 5), day


INPUTS: dict[str, list[Arguments]] = {
    "stay_price": _inputs([((first, first + nights), 70) for first in (0, 5) for nights in (0, 1, 2, 14)], _draw_stay, 160),
    "tons_free": _inputs([(0, {}), (10, {}), (10, {"ore": 10}), (10, {"ore": 0}), (10, {"ore": 3, "mail": 3})], _draw_cargo, 160),
    "heavy_users": _inputs(
        [({}, 0), ({"1A": 0}, 0), ({"1A": 1}, 0), ({"1A": 5, "1B": 6}, 5), ({"2B": 9, "1A": 8}, 7), ({"1A": 3}, 4)], _draw_usage, 200
    ),
    "time_of_high_water": _inputs(
        [([("00:00", 0)],), ([("01:00", 1), ("02:00", 1)],), ([("01:00", 1), ("02:00", 2)],), ([("01:00", -2), ("02:00", -1)],)],
        _draw_tides,
        200,
    ),
    "can_be_sewn": _inputs(
        [({}, {}), ({"zip": 1}, {}), ({"zip": 0}, {}), ({}, {"zip": 1}), ({"zip": 1}, {"zip": 1}), ({"zip": 2}, {"zip": 1}), ({"zip": 1}, {"lace": 4})],
        _draw_dress,
        240,
    ),
    "rooms_free_on": _inputs(
        [([], 0, 0), ([], 3, 5)] + [([(2, 5)], 4, day) for day in range(7)] + [([(2, 5), (5, 6)], 4, day) for day in range(8)], _draw_rooms, 220
    ),
}  # fmt: skip
