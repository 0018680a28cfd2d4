"""Hidden judge of benchmarks/colony/held_out/folds.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def final_level(changes: list[int]) -> int:
    level = 0
    for change in changes:
        level = max(0, level + change)
    return level


def value_of_digits(digits: list[int], base: int) -> int:
    value = 0
    for digit in digits:
        value = value * base + digit
    return value


def balances(opening: int, changes: list[int]) -> list[int]:
    found = []
    for change in changes:
        opening += change
        found.append(opening)
    return found


def register_sizes(names: list[str]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for name in names:
        page = name[0].upper()
        sizes[page] = sizes.get(page, 0) + 1
    return sizes


def longest_streak(days: list[bool]) -> int:
    longest = streak = 0
    for day in days:
        streak = streak + 1 if day else 0
        longest = max(longest, streak)
    return longest


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _changes(rng: random.Random) -> list[int]:
    reach = rng.choice([2, 9, 100])
    return [rng.randint(-reach, reach) for _ in range(rng.randint(0, 9))]


def _draw_digits(rng: random.Random) -> Arguments:
    base = rng.choice([2, 3, 8, 10, 16, 60, rng.randint(2, 100)])
    return [rng.randrange(base) for _ in range(rng.randint(0, 8))], base


def _draw_names(rng: random.Random) -> Arguments:
    pool = rng.sample(["Ann", "al", "Bob", "bo", "cid", "Z", "z", "Eve", "7up", " x", "Al", "Cleo"], rng.randint(1, 6))
    return ([rng.choice(pool) for _ in range(rng.randint(0, 9))],)


def _draw_days(rng: random.Random) -> Arguments:
    share = rng.choice([0.2, 0.5, 0.8, 0.9])
    return ([rng.random() < share for _ in range(rng.randint(0, 14))],)


INPUTS: dict[str, list[Arguments]] = {
    "final_level": _inputs(
        [([0],), ([1],), ([-1],), ([3, -3, 2],), ([3, -4, 2],), ([3, 2, -4],), ([-1, -1, 5, -2, -9, 1],), ([9, -1, -1],)],
        lambda rng: (_changes(rng),),
        200,
    ),
    "value_of_digits": _inputs(
        [([0], 2), ([1], 2), ([0, 0, 0], 9), ([1] * 20, 2), ([9] * 12, 10), ([1, 0, 0, 0], 60), ([0, 1, 0], 7), ([], 2)],
        _draw_digits,
        180,
    ),
    "balances": _inputs(
        [(0, []), (0, [0]), (5, [-5]), (5, [-5, -5]), (-1, [1, -1, 1]), (1, [1, 2, 4, 8, 16])],
        lambda rng: (rng.choice([0, rng.randint(-50, 200)]), _changes(rng)),
        180,
    ),
    "register_sizes": _inputs(
        [(["a"],), (["A"],), (["a", "A"],), (["ab", "ba"],), (["aa", "aa"],), (["9"],), ([" b", "b"],), (["Xa", "xA", "ax"],)],
        _draw_names,
        180,
    ),
    "longest_streak": _inputs(
        [
            ([True],), ([False],), ([True, True],), ([True, False],), ([False, True],), ([True, True, False],),
            ([True, False, True, True],), ([True] * 9,), ([False] * 5,), ([True] * 3 + [False] + [True] * 3,),
        ],
        _draw_days,
        200,
    ),
}  # fmt: skip
