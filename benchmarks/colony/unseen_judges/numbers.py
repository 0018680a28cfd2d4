"""Hidden judge of benchmarks/colony/unseen/numbers.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def sleepers_under_rail(length: int, gap: int) -> int:
    return length // gap + 1


def ferry_minutes(cars: int, room: int, crossing: int) -> int:
    return ((cars - 1) // room * 2 + 1) * crossing


def dial_turn(start: int, end: int, size: int) -> int:
    forward = (end - start) % size
    return forward if forward * 2 <= size else forward - size


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261207)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_rail(rng: random.Random) -> Arguments:
    gap = rng.choice([1, 2, 3, rng.randint(1, 40)])
    return rng.choice([rng.randint(0, 12), rng.randint(0, 500), gap * rng.randint(0, 20)]), gap


def _draw_ferry(rng: random.Random) -> Arguments:
    room = rng.randint(1, rng.choice([3, 12]))
    return rng.choice([rng.randint(1, 9), rng.randint(1, 90), room * rng.randint(1, 9)]), room, rng.randint(0, 30)


def _draw_dial(rng: random.Random) -> Arguments:
    size = rng.choice([rng.randint(1, 9), rng.randint(1, 60), 12, 100])
    start = rng.randrange(size)
    return start, rng.choice([rng.randrange(size), (start + size // 2) % size, rng.randrange(size)]), size


INPUTS: dict[str, list[Arguments]] = {
    "sleepers_under_rail": _inputs(
        [(length, gap) for length in (0, 1, 5, 6, 7) for gap in (1, 3, 6, 8)], _draw_rail, 160
    ),
    "ferry_minutes": _inputs(
        [(cars, room, crossing) for cars in (1, 2, 4, 5) for room in (1, 2, 5) for crossing in (0, 1, 8)],
        _draw_ferry,
        180,
    ),
    "dial_turn": _inputs(
        [(start, end, size) for size in (1, 2, 3, 4) for start in range(size) for end in range(size)], _draw_dial, 220
    ),
}
