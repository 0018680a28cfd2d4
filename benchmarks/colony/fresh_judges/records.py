"""Hidden judge of benchmarks/colony/fresh/records.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Battery:
    name: str
    charge: int
    capacity: int


@dataclass(frozen=True)
class Fruit:
    name: str
    first_month: int
    last_month: int


@dataclass(frozen=True)
class Bag:
    owner: str
    kilograms: int
    is_checked: bool


@dataclass(frozen=True)
class Recipe:
    name: str
    people: int
    flour: int


@dataclass(frozen=True)
class Rider:
    name: str
    points: int
    faults: int


@dataclass(frozen=True)
class Tool:
    name: str
    drawer: int


def charged_percent(battery: Battery) -> int:
    return 100 * battery.charge // battery.capacity


def is_harvested_in(fruit: Fruit, month: int) -> bool:
    return fruit.first_month <= month <= fruit.last_month


def may_board(bags: list[Bag]) -> bool:
    return all(bag.is_checked or bag.kilograms <= 8 for bag in bags)


def recipe_for(recipe: Recipe, guests: int) -> Recipe:
    return Recipe(recipe.name, guests, recipe.flour * guests // recipe.people)


def order_of_riders(riders: list[Rider]) -> list[str]:
    return [rider.name for rider in sorted(riders, key=lambda rider: (-rider.points, rider.faults))]


def after_clearing(tools: list[Tool], cleared: int, other: int) -> list[Tool]:
    return [Tool(tool.name, other) if tool.drawer == cleared else tool for tool in tools]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270419)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


NAMES = ["Pam", "Rob", "Sue", "Zoe", "Amy", "Lou", "Bo", ""]


def _draw_battery(rng: random.Random) -> Arguments:
    capacity = rng.choice([rng.randint(1, 9), rng.randint(1, 400), 100 * rng.randint(1, 50)])
    return (Battery(rng.choice(["phone", "lamp", ""]), rng.randint(0, capacity), capacity),)


def _draw_harvest(rng: random.Random) -> Arguments:
    first = rng.randint(1, 12)
    return Fruit(rng.choice(["plum", "cherry", "fig"]), first, rng.randint(first, 12)), rng.randint(1, 12)


def _draw_bags(rng: random.Random) -> Arguments:
    heaviest = rng.choice([9, 12, 30])
    share = rng.choice([0.3, 0.6, 0.9])
    return (
        [
            Bag(rng.choice(NAMES), rng.choice([8, 9, rng.randint(0, heaviest)]), rng.random() < share)
            for _ in range(rng.randint(0, 4))
        ],
    )


def _draw_recipe(rng: random.Random) -> Arguments:
    flour = rng.choice([rng.randint(0, 900), 50 * rng.randint(0, 20)])
    return Recipe(rng.choice(["bread", "pizza", "cake"]), rng.randint(1, 12), flour), rng.randint(1, 15)


def _draw_riders(rng: random.Random) -> Arguments:
    reach = rng.choice([1, 3, 30])
    return (
        [Rider(name, rng.randint(0, reach), rng.randint(0, reach)) for name in rng.sample(NAMES, rng.randint(0, 6))],
    )


def _draw_tools(rng: random.Random) -> Arguments:
    names = ["saw", "file", "axe", "bolt", "drill"]
    tools = [Tool(rng.choice(names), rng.randint(1, 4)) for _ in range(rng.randint(0, 6))]
    return tools, rng.randint(1, 5), rng.randint(1, 6)


SAW, AXE, NUT = Tool("saw", 1), Tool("axe", 2), Tool("nut", 3)

INPUTS: dict[str, list[Arguments]] = {
    "charged_percent": _inputs(
        [(Battery("", charge, capacity),) for charge, capacity in ((0, 1), (1, 1), (1, 2), (1, 3), (2, 3), (99, 100), (1, 101), (199, 200), (999, 1000))],
        _draw_battery,
        160,
    ),
    "is_harvested_in": _inputs(
        [(Fruit("pear", first, last), month) for first, last in ((1, 1), (1, 12), (5, 7), (12, 12)) for month in (1, 4, 5, 6, 7, 8, 12)],
        _draw_harvest,
        200,
    ),
    "may_board": _inputs(
        [([],)]
        + [([Bag("A", kilograms, is_checked)],) for kilograms in (0, 7, 8, 9, 30) for is_checked in (False, True)]
        + [([Bag("A", one, True), Bag("B", two, False)],) for one in (8, 9) for two in (8, 9)]
        + [([Bag("A", one, False), Bag("B", two, True)],) for one in (8, 9) for two in (8, 9)],
        _draw_bags,
        220,
    ),
    "recipe_for": _inputs(
        [(Recipe("pie", people, flour), guests) for people in (1, 2, 3) for flour in (0, 1, 100) for guests in (1, 2, 5)], _draw_recipe, 180
    ),
    "order_of_riders": _inputs(
        [
            ([],), ([Rider("A", 0, 0)],), ([Rider("A", 0, 0), Rider("B", 0, 0)],), ([Rider("B", 0, 0), Rider("A", 0, 0)],),
            ([Rider("A", 1, 0), Rider("B", 2, 0)],), ([Rider("A", 1, 1), Rider("B", 1, 0)],), ([Rider("A", 1, 0), Rider("B", 1, 1)],),
            ([Rider("A", 2, 9), Rider("B", 1, 0)],), ([Rider("A", 1, 9), Rider("B", 2, 9), Rider("C", 1, 3)],), ([Rider("C", -1, 0), Rider("B", 0, 5)],),
        ],
        _draw_riders,
        220,
    ),
    "after_clearing": _inputs(
        [
            ([], 1, 2), ([SAW], 1, 2), ([SAW], 2, 1), ([SAW], 1, 1), ([SAW, AXE], 1, 2), ([SAW, AXE], 2, 1), ([SAW, AXE, NUT], 2, 9),
            ([SAW, SAW], 1, 3), ([NUT, AXE, NUT], 3, 2), ([NUT, AXE, SAW], 4, 1),
        ],
        _draw_tools,
        220,
    ),
}  # fmt: skip
