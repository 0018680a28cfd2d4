"""Hidden judge of benchmarks/colony/fresh/folds.py: references and inputs."""

import itertools
import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def total_miss(guesses: list[int], answer: int) -> int:
    return sum(abs(guess - answer) for guess in guesses)


def letters_to_paint(signs: list[str]) -> int:
    return sum(len(sign) - sign.count(" ") for sign in signs)


def record_after_each(distances: list[int]) -> list[int]:
    return list(itertools.accumulate(distances, max))


def loud_falls(height: int, least: int) -> int:
    falls = 0
    while height >= least:
        falls += 1
        height = height * 2 // 3
    return falls


def filled_readings(readings: list[int | None]) -> list[int]:
    last = 0
    filled = []
    for reading in readings:
        if reading is not None:
            last = reading
        filled.append(last)
    return filled


def deepest_nesting(text: str) -> int:
    depth = 0
    deepest = 0
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        deepest = max(deepest, depth)
    return deepest


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270419)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_guesses(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 20, 500])
    return [rng.randint(-reach, reach) for _ in range(rng.randint(0, 6))], rng.randint(-reach, reach)


def _draw_signs(rng: random.Random) -> Arguments:
    words = ["EXIT", "NO", "ENTRY", "BAR", "TO THE", "A 1", "", " ", "Pier!", "x"]
    return (
        [
            rng.choice(["", " "]).join(rng.choice(words) for _ in range(rng.randint(0, 3)))
            for _ in range(rng.randint(0, 5))
        ],
    )


def _draw_distances(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 9, 90])
    return ([rng.randint(0, reach) for _ in range(rng.choice([0, 2, 3, 4, 6, 8]))],)


def _draw_ball(rng: random.Random) -> Arguments:
    height = rng.randint(0, rng.choice([9, 60, 5000]))
    return height, rng.randint(1, max(1, rng.choice([3, height // 4, height, height + 2])))


def _draw_readings(rng: random.Random) -> Arguments:
    share = rng.choice([0.2, 0.5, 0.8])
    return ([None if rng.random() < share else rng.randint(-9, 40) for _ in range(rng.choice([1, 3, 4, 5, 6, 8]))],)


def _draw_brackets(rng: random.Random) -> Arguments:
    text, depth = "", 0
    for _ in range(rng.randint(0, 14)):
        sign = rng.choice("((()))" + rng.choice(["x", "a+ ", "[1]"]))
        if sign != ")" or depth > 0:
            text += sign
            depth += (sign == "(") - (sign == ")")
    return (text + ")" * rng.choice([depth, depth, 0]),)


INPUTS: dict[str, list[Arguments]] = {
    "total_miss": _inputs([([], 0), ([0], 0), ([1], 0), ([0], 1), ([-1], 1), ([1, -1], 0), ([4, 6], 5), ([5, 5, 5], 5), ([9], -9)], _draw_guesses, 180),
    "letters_to_paint": _inputs(
        [([],), ([""],), ([" "],), (["a"],), (["a b"],), ([" a"],), (["a "],), (["a", "b"],), (["a a", "a"],), (["  ", "ab  c"],)], _draw_signs, 180
    ),
    "record_after_each": _inputs(
        [([],), ([0],), ([1, 0],), ([0, 1],), ([1, 1],), ([3, 2, 1],), ([1, 2, 3],), ([2, 1, 3],), ([2, 3, 1],), ([0, 5, 0, 6, 0],)],
        _draw_distances,
        200,
    ),
    "loud_falls": _inputs([(height, least) for height in (0, 1, 2, 3, 4, 6, 9) for least in (1, 2, 3, 4, 6, 9)], _draw_ball, 220),
    "filled_readings": _inputs(
        [
            ([],), ([None],), ([0],), ([1],), ([None, 1],), ([1, None],), ([0, None],), ([5, 0, None],), ([None, None, 2, None],),
            ([3, None, None, 4],), ([-1, None],),
        ],
        _draw_readings,
        220,
    ),
    "deepest_nesting": _inputs(
        [
            ("",), ("a",), ("(",), ("((",), ("()",), ("()()",), ("(())",), ("(()())",), ("()(",), ("(()",), ("(()(",), ("((())",),
            ("[(])",), ("a(b)c",), ("((a)(b(c)))",), ("()" * 6,), ("(" * 6,),
        ],
        _draw_brackets,
        220,
    ),
}  # fmt: skip
