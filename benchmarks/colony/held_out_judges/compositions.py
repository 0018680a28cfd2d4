"""Hidden judge of benchmarks/colony/held_out/compositions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def tidy(text: str) -> str:
    return " ".join(text.split())


def is_vowel(letter: str) -> bool:
    return letter.lower() in {"a", "e", "i", "o", "u"}


def swing(temperatures: list[int]) -> int:
    return max(temperatures) - min(temperatures)


def is_steadier(here: list[int], there: list[int]) -> bool:
    return swing(here) < swing(there)


def wildest_week(weeks: list[list[int]]) -> list[int] | None:
    return max(weeks, key=swing) if weeks else None


def without_vowels(text: str) -> str:
    return "".join(letter for letter in text if not is_vowel(letter))


def guest_list(names: list[str]) -> str:
    return "; ".join(sorted({tidy(name).upper() for name in names if tidy(name)}))


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _week(rng: random.Random) -> list[int]:
    reach = rng.choice([1, 4, 12])
    usual = rng.choice([0, rng.randint(-20, 30)])
    return [usual + rng.randint(-reach, reach) for _ in range(rng.choice([1, 2, 3, 7]))]


def _draw_text(rng: random.Random) -> Arguments:
    return ("".join(rng.choice("aeiouAEIOUbcdxyzBCYZ  -19.") for _ in range(rng.randint(0, 14))),)


def _draw_names(rng: random.Random) -> Arguments:
    pool = rng.sample(
        ["ann", "Ann", " ANN", "bob", "Bo", "eve  ray", "Eve Ray ", "", "  ", "O'Neil", "al-x"], rng.randint(1, 7)
    )
    return ([rng.choice(pool) for _ in range(rng.randint(0, 6))],)


INPUTS: dict[str, list[Arguments]] = {
    "swing": _inputs(
        [([0],), ([-1],), ([0, 1],), ([1, 0],), ([-1, 1],), ([-1, -1],), ([1, 5, 2],), ([5, 1, 2],), ([2, 1, 5],)],
        lambda rng: (_week(rng),),
        160,
    ),
    "is_steadier": _inputs(
        [
            ([0], [0]), ([0], [0, 1]), ([0, 1], [0]), ([0, 1], [1, 0]), ([0, 2], [5, 6]), ([5, 6], [0, 2]), ([9, 9], [1, 2]),
            ([1, 2, 3], [1, 3]), ([-4, -1], [1, 3]), ([1, 3], [-4, -1]), ([0, 0, 5], [0, 5, 5]),
        ],
        lambda rng: (_week(rng), _week(rng)),
        200,
    ),
    "wildest_week": _inputs(
        [([[0]],), ([[0], [1]],), ([[1], [0]],), ([[0, 1], [5, 6]],), ([[5, 6], [0, 1]],), ([[9], [1, 2]],), ([[1, 2], [9]],)],
        lambda rng: ([_week(rng) for _ in range(rng.randint(0, 5))],),
        180,
    ),
    "without_vowels": _inputs(
        [("a",), ("b",), ("A",), ("ab",), ("ba",), ("yes",), ("AEIOU",), (" a ",), ("a a",), ("queue",)], _draw_text, 160
    ),
    "guest_list": _inputs(
        [
            ([""],), (["a"],), (["b", "a"],), (["a b", "a  b"],), (["a", "A"],), ([" ", " a"],), (["a", "a a", "ab"],),
            (["a; b"],), (["ann lee", "ann", "annie"],), (["c", "b", "a", "b", "c"],),
        ],
        _draw_names,
        180,
    ),
}  # fmt: skip
