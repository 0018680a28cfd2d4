"""Hidden judge of benchmarks/colony/sealed/compositions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def gold_grams(rock_kg: int, grams_per_ton: int) -> int:
    return rock_kg * grams_per_ton // 1000


def is_worth_hauling(rock_kg: int, grams_per_ton: int, haulage: int) -> bool:
    return 50 * gold_grams(rock_kg, grams_per_ton) > haulage


def mine_profit(carts: list[tuple[int, int]], haulage: int) -> int:
    return sum(
        50 * gold_grams(rock, grams) - haulage for rock, grams in carts if is_worth_hauling(rock, grams, haulage)
    )


def most_alike(dice: list[int]) -> int:
    return max(dice.count(die) for die in dice)


def is_full_house(dice: list[int]) -> bool:
    return most_alike(dice) == 3 and len(set(dice)) == 2


def throw_points(dice: list[int]) -> int:
    if most_alike(dice) == 5:
        return 50
    return 25 if is_full_house(dice) else sum(dice)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20290617)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _cart(rng: random.Random) -> tuple[int, int]:
    return rng.choice([100 * rng.randint(0, 40), rng.randint(0, 4000), 1000]), rng.randint(0, 15)


def _draw_rock(rng: random.Random) -> Arguments:
    return _cart(rng)


def _draw_hauling(rng: random.Random) -> Arguments:
    rock, grams = _cart(rng)
    worth = rock * grams // 1000 * 50
    return (
        rock,
        grams,
        max(0, rng.choice([worth, worth - 1, worth + 1, rng.randint(0, 900), worth - rng.randint(1, 200)])),
    )


def _draw_mine(rng: random.Random) -> Arguments:
    return [_cart(rng) for _ in range(rng.randint(1, 5))], rng.choice([rng.randint(0, 600), 100, 200])


def _five(rng: random.Random) -> list[int]:
    one, other = rng.randint(1, 6), rng.randint(1, 6)
    dice = rng.choice(
        [
            [one] * 5,
            [one] * 3 + [other] * 2,
            [one] * 3 + [other] * 2,
            [one] * 4 + [other],
            [rng.randint(1, 6) for _ in range(5)],
        ]
    )
    return rng.sample(dice, 5)


def _draw_five(rng: random.Random) -> Arguments:
    return (_five(rng),)


def _draw_some(rng: random.Random) -> Arguments:
    return (rng.choice([_five(rng), [rng.randint(1, 6) for _ in range(rng.randint(1, 8))]]),)


INPUTS: dict[str, list[Arguments]] = {
    "gold_grams": _inputs([(rock, grams) for rock in (0, 1, 999, 1000, 2500) for grams in (0, 1, 7)], _draw_rock, 180),
    "is_worth_hauling": _inputs([(1000, 4, haulage) for haulage in (0, 1, 199, 200, 201)] + [(0, 5, 0), (100, 5, 0)], _draw_hauling, 220),
    "mine_profit": _inputs(
        [([], 0), ([], 9), ([(1000, 4)], 0), ([(1000, 4)], 200), ([(1000, 4)], 199), ([(1000, 4)], 201), ([(1000, 4), (1000, 4)], 150), ([(1000, 1), (1000, 9)], 100)],
        _draw_mine,
        220,
    ),
    "most_alike": _inputs([([1],), ([6, 6],), ([1, 2],), ([2, 1, 1],), ([3, 4, 3, 4],), ([5] * 7,)], _draw_some, 220),
    "is_full_house": _inputs([([1, 1, 1, 2, 2],), ([1, 1, 1, 1, 1],), ([1, 1, 1, 1, 2],), ([1, 1, 2, 2, 3],), ([1, 1, 1, 2, 3],), ([1, 2, 3, 4, 5],)], _draw_five, 240),
    "throw_points": _inputs([([1, 1, 1, 2, 2],), ([6, 6, 6, 6, 6],), ([6, 6, 6, 6, 5],), ([1, 1, 2, 2, 3],), ([1, 1, 1, 2, 3],), ([1, 2, 3, 4, 5],)], _draw_five, 240),
}  # fmt: skip
