"""Hidden judge of benchmarks/colony/held_out/pairs.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]

GOODS = ["pen", "ink", "pad", "cup", "tea", "salt", "Ale", ""]


def days_of_journey(span: tuple[int, int]) -> int:
    return span[1] - span[0] + 1


def walking_distance(start: tuple[int, int], goal: tuple[int, int]) -> int:
    return abs(start[0] - goal[0]) + abs(start[1] - goal[1])


def basket_total(prices: dict[str, int], basket: set[str]) -> int:
    return sum(prices.get(name, 0) for name in basket)


def to_order(stock: dict[str, int], least: int) -> list[str]:
    return sorted(name for name, count in stock.items() if count < least)


def merged_votes(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {name: first.get(name, 0) + second.get(name, 0) for name in {**first, **second}}


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    # The order of a set is another one in each process.
    found = {_key(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(_key(arguments), arguments)
    return list(found.values())


def _key(arguments: Arguments) -> str:
    return repr([sorted(value) if isinstance(value, set) else value for value in arguments])


def _counts(rng: random.Random, most: int) -> dict[str, int]:
    names = rng.sample(GOODS, rng.randint(0, most))
    reach = rng.choice([2, 9, 500])
    return {name: rng.randint(0, reach) for name in names}


def _draw_span(rng: random.Random) -> Arguments:
    first = rng.randint(-50, 400)
    return ((first, first + rng.choice([0, 1, 7, rng.randint(0, 300)])),)


def _draw_corners(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 9, 60])
    return tuple((rng.randint(-reach, reach), rng.randint(-reach, reach)) for _ in range(2))


def _draw_basket(rng: random.Random) -> Arguments:
    return _counts(rng, 6), set(rng.sample(GOODS, rng.randint(0, 6)))


def _draw_stock(rng: random.Random) -> Arguments:
    stock = _counts(rng, 7)
    return stock, rng.choice([0, 1, rng.randint(0, 10), rng.randint(0, 600), *stock.values()])


def _draw_votes(rng: random.Random) -> Arguments:
    return _counts(rng, 5), _counts(rng, 5)


INPUTS: dict[str, list[Arguments]] = {
    "days_of_journey": _inputs([((0, 0),), ((-1, 0),), ((-9, -3),), ((1, 365),), ((-5, 5),)], _draw_span, 160),
    "walking_distance": _inputs(
        [((0, 0), (0, 0)), ((0, 1), (1, 0)), ((1, 1), (-1, -1)), ((5, 0), (0, 0)), ((0, 0), (0, -5)), ((1, 9), (9, 1))],
        _draw_corners,
        180,
    ),
    "basket_total": _inputs(
        [({}, set()), ({"": 4}, {""}), ({"a": 0}, {"a"}), ({"a": 2, "b": 2}, {"a", "b"}), ({"a": 2}, {"A"})],
        _draw_basket,
        180,
    ),
    "to_order": _inputs(
        [
            ({}, 0),
            ({"a": 0}, 0),
            ({"a": 0}, 1),
            ({"b": 3, "a": 2, "c": 1}, 3),
            ({"b": -1, "a": -2}, 0),
            ({"b": 1, "B": 1}, 2),
        ],
        _draw_stock,
        180,
    ),
    "merged_votes": _inputs(
        [({}, {"a": 0}), ({"a": 1}, {"a": 1}), ({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({"a": 5}, {"b": 5, "c": 5})],
        _draw_votes,
        180,
    ),
}
