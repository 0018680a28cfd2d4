"""Hidden judge of benchmarks/colony/unseen/pairs.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def with_margin(span: tuple[int, int], margin: int) -> tuple[int, int]:
    return span[0] - margin, span[1] + margin


def mirrored_at_wall(point: tuple[int, int], wall: int) -> tuple[int, int]:
    return 2 * wall - point[0], point[1]


def rounds_won(rounds: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(home > guests for home, guests in rounds), sum(home < guests for home, guests in rounds)


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261207)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_span(rng: random.Random) -> Arguments:
    start = rng.randint(-50, 50)
    return (start, start + rng.choice([0, rng.randint(0, 5), rng.randint(0, 90)])), rng.randint(0, rng.choice([3, 40]))


def _draw_point(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 20, 200])
    return (rng.randint(-reach, reach), rng.randint(-reach, reach)), rng.randint(-reach, reach)


def _draw_rounds(rng: random.Random) -> Arguments:
    reach = rng.choice([1, 3, 11])
    return ([(rng.randint(0, reach), rng.randint(0, reach)) for _ in range(rng.randint(0, 8))],)


INPUTS: dict[str, list[Arguments]] = {
    "with_margin": _inputs(
        [((0, 0), 0), ((0, 0), 1), ((1, 2), 0), ((1, 2), 1), ((-4, 4), 4), ((-1, 0), 7)], _draw_span, 160
    ),
    "mirrored_at_wall": _inputs(
        [((right, height), wall) for right in (-2, 0, 3) for height in (0, 5) for wall in (-1, 0, 3)], _draw_point, 180
    ),
    "rounds_won": _inputs(
        [([],), ([(0, 0)],), ([(1, 0)],), ([(0, 1)],), ([(1, 0)] * 4,), ([(0, 1)] * 3,), ([(2, 2)] * 3,)],
        _draw_rounds,
        200,
    ),
}
