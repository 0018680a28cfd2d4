"""Hidden judge of benchmarks/colony/sealed/records.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Wagon:
    empty_kg: int
    load_kg: int
    axles: int


@dataclass(frozen=True)
class Rope:
    name: str
    holds_kg: int


@dataclass(frozen=True)
class Exhibit:
    title: str
    year: int


@dataclass(frozen=True)
class Parcel:
    town: str
    grams: int
    fragile: bool


@dataclass(frozen=True)
class Counter:
    waiting: list[str]
    served: int


@dataclass(frozen=True)
class Booking:
    room: int
    arrival: int
    departure: int


def axle_load(wagon: Wagon) -> int:
    return (wagon.empty_kg + wagon.load_kg) // wagon.axles


def holds_climbers(rope: Rope, climbers: int) -> bool:
    return 90 * climbers <= rope.holds_kg


def is_from_century(exhibit: Exhibit, century: int) -> bool:
    return (exhibit.year + 99) // 100 == century


def fragile_grams(parcels: list[Parcel], town: str) -> int:
    return sum(parcel.grams for parcel in parcels if parcel.fragile and parcel.town == town)


def after_serving(counter: Counter) -> Counter:
    return Counter(counter.waiting[1:], counter.served + 1) if counter.waiting else counter


def do_clash(first: Booking, second: Booking) -> bool:
    return first.room == second.room and first.arrival < second.departure and second.arrival < first.departure


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20290617)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_wagon(rng: random.Random) -> Arguments:
    return (
        Wagon(rng.randint(0, 20000), rng.choice([0, rng.randint(0, 60000)]), rng.choice([2, 4, rng.randint(1, 8)])),
    )


def _draw_rope(rng: random.Random) -> Arguments:
    climbers = rng.randint(0, 7)
    holds = max(0, 90 * climbers + rng.choice([-1, 0, 1, rng.randint(-90, 90), rng.randint(-300, 300)]))
    return Rope(rng.choice(["blue", "red", "old"]), holds), climbers


def _draw_exhibit(rng: random.Random) -> Arguments:
    century = rng.randint(1, 21)
    year = 100 * century - rng.choice(
        [0, 99, 100, 1, -1, 98, rng.randint(0, 99), rng.randint(0, 99), rng.randint(-150, 250)]
    )
    return Exhibit(rng.choice(["Vase", "Coin", "Clock"]), max(1, year)), century


def _draw_parcels(rng: random.Random) -> Arguments:
    towns = ["Oslo", "Rome", "Bern"][: rng.choice([1, 2, 3])]
    parcels = [Parcel(rng.choice(towns), rng.randint(0, 900), rng.random() < 0.6) for _ in range(rng.randint(1, 6))]
    return parcels, rng.choice(towns)


def _draw_counter(rng: random.Random) -> Arguments:
    people = [rng.choice(["Ann", "Bob", "Cid", "Dot", "Eve"]) for _ in range(rng.choice([0, 1, 2, 3, 4, 5]))]
    return (Counter(people, rng.randint(0, 40)),)


def _draw_clash(rng: random.Random) -> Arguments:
    arrival = rng.randint(0, 20)
    departure = arrival + rng.randint(1, 6)
    other = rng.choice([departure, departure - 1, arrival, rng.randint(0, 25), max(0, arrival - 2)])
    room = rng.randint(1, 9)
    first = Booking(room, arrival, departure)
    second = Booking(rng.choice([room, room, room, room + 1]), other, other + rng.choice([1, 2, rng.randint(1, 8)]))
    return rng.choice([(first, second), (second, first)])


INPUTS: dict[str, list[Arguments]] = {
    "axle_load": _inputs([(Wagon(empty, load, axles),) for empty in (0, 7) for load in (0, 8) for axles in (1, 2, 4)], _draw_wagon, 160),
    "holds_climbers": _inputs(
        [(Rope("blue", holds), climbers) for holds in (0, 89, 90, 91, 179, 180, 181) for climbers in (0, 1, 2, 3)], _draw_rope, 200
    ),
    "is_from_century": _inputs(
        [(Exhibit("Vase", year), century) for year in (1, 100, 101, 1800, 1801, 1900, 1901, 2000) for century in (1, 2, 18, 19, 20)],
        _draw_exhibit,
        260,
    ),
    "fragile_grams": _inputs(
        [([], "Oslo")] + [([Parcel(town, 5, fragile), Parcel("Rome", 7, True)], "Oslo") for town in ("Oslo", "Rome") for fragile in (True, False)],
        _draw_parcels,
        220,
    ),
    "after_serving": _inputs(
        [(Counter(waiting, served),) for waiting in ([], ["Ann"], ["Ann", "Bob"], ["Bob", "Bob"]) for served in (0, 1, 9)],
        _draw_counter,
        200,
    ),
    "do_clash": _inputs(
        [(Booking(5, 3, 6), Booking(room, arrival, arrival + nights)) for room in (5, 6) for arrival in range(8) for nights in (1, 3)],
        _draw_clash,
        260,
    ),
}  # fmt: skip
