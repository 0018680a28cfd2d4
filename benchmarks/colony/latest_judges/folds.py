"""Hidden judge of benchmarks/colony/latest/folds.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def pages_left(pages: int, read: list[int]) -> int:
    return max(0, pages - sum(read))


def heating_degrees(temperatures: list[int]) -> int:
    return sum(max(0, 18 - temperature) for temperature in temperatures)


def squared_error(forecast: list[int], measured: list[int]) -> int:
    return sum((guess - truth) ** 2 for guess, truth in zip(forecast, measured, strict=True))


def points_left(start: int, throws: list[int]) -> int:
    for points in throws:
        if points <= start:
            start -= points
    return start


def book_check_digit(digits: list[int]) -> int:
    return -(sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10


def end_of_walk(moves: str) -> tuple[int, int]:
    return moves.count("E") - moves.count("W"), moves.count("N") - moves.count("S")


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20280304)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_reading(rng: random.Random) -> Arguments:
    read = [rng.randint(0, 60) for _ in range(rng.randint(0, 6))]
    return rng.choice([rng.randint(0, 400), sum(read) + rng.randint(0, 90), max(0, sum(read) - 1), sum(read)]), read


def _draw_temperatures(rng: random.Random) -> Arguments:
    return ([rng.choice([rng.randint(-15, 35), rng.randint(16, 20)]) for _ in range(rng.randint(1, 7))],)


def _draw_forecast(rng: random.Random) -> Arguments:
    measured = [rng.randint(-10, 35) for _ in range(rng.randint(0, 6))]
    reach = rng.choice([1, 3, 12])
    return [truth + rng.randint(-reach, reach) for truth in measured], measured


def _draw_darts(rng: random.Random) -> Arguments:
    throws = [rng.choice([0, rng.randint(1, 60), rng.randint(1, 20), 20]) for _ in range(rng.randint(0, 7))]
    return rng.choice([rng.randint(0, 100), sum(throws), 101, 501, max(throws, default=40)]), throws


def _draw_digits(rng: random.Random) -> Arguments:
    return (rng.choice([[9, 7, 8], [rng.randint(0, 9) for _ in range(3)]]) + [rng.randint(0, 9) for _ in range(9)],)


def _draw_moves(rng: random.Random) -> Arguments:
    letters = rng.choice(["NESW", "NESW", "NE", "SWW", "NNEW"])
    return ("".join(rng.choice(letters) for _ in range(rng.randint(0, 9))),)


INPUTS: dict[str, list[Arguments]] = {
    "pages_left": _inputs(
        [(pages, read) for pages in (0, 1, 5, 6, 100) for read in ([], [0], [5], [2, 3], [100, 1])], _draw_reading, 200
    ),
    "heating_degrees": _inputs(
        [([],), ([18],), ([17],), ([19],), ([0],), ([-1],), ([18, 18],), ([10, 30],), ([30, 10],)], _draw_temperatures, 180
    ),
    "squared_error": _inputs(
        [([], []), ([0], [0]), ([1], [0]), ([0], [1]), ([0], [-3]), ([1, 2], [2, 1]), ([5, 5], [1, 9])], _draw_forecast, 180
    ),
    "points_left": _inputs(
        [(start, throws) for start in (0, 1, 20, 40) for throws in ([], [0], [1], [20], [21, 1], [20, 20], [19, 2, 1])],
        _draw_darts,
        220,
    ),
    "book_check_digit": _inputs(
        [([0] * place + [digit] + [0] * (11 - place),) for place in (0, 1, 10, 11) for digit in (1, 5, 9)] + [([9] * 12,)],
        _draw_digits,
        180,
    ),
    "end_of_walk": _inputs(
        [(moves,) for moves in ("", "N", "E", "S", "W", "NN", "NS", "EW", "EE", "SSW", "NESW", "WWW")], _draw_moves, 200
    ),
}  # fmt: skip
