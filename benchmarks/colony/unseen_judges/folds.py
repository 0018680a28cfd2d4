"""Hidden judge of benchmarks/colony/unseen/folds.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def full_trays(batches: list[int], room: int) -> int:
    return sum(batch // room for batch in batches)


def still_waiting(arrivals: list[int], served: int) -> int:
    waiting = 0
    for arrived in arrivals:
        waiting = max(0, waiting + arrived - served)
    return waiting


def streak_points(hits: list[bool]) -> int:
    total = 0
    streak = 0
    for hit in hits:
        streak = streak + 1 if hit else 0
        total += streak
    return total


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261207)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_batches(rng: random.Random) -> Arguments:
    reach = rng.choice([4, 12, 90])
    return [rng.randint(0, reach) for _ in range(rng.randint(0, 6))], rng.randint(1, rng.choice([3, 10]))


def _draw_arrivals(rng: random.Random) -> Arguments:
    served = rng.randint(0, rng.choice([3, 12]))
    return [rng.randint(0, 2 * served + 2) for _ in range(rng.randint(0, 8))], served


def _draw_hits(rng: random.Random) -> Arguments:
    share = rng.choice([0.3, 0.6, 0.85])
    return ([rng.random() < share for _ in range(rng.randint(0, 12))],)


INPUTS: dict[str, list[Arguments]] = {
    "full_trays": _inputs(
        [([], 1), ([0], 1), ([1], 1), ([1], 2), ([1, 1], 2), ([2, 1], 2), ([5, 5, 5], 4), ([6, 9, 3], 3)],
        _draw_batches,
        180,
    ),
    "still_waiting": _inputs(
        [
            ([], 0),
            ([0], 0),
            ([1], 0),
            ([1], 1),
            ([0, 2], 1),
            ([2, 0], 1),
            ([0, 0, 5], 2),
            ([5, 0, 0], 2),
            ([5, 0, 5], 4),
        ],
        _draw_arrivals,
        200,
    ),
    "streak_points": _inputs(
        [([],), ([True],), ([False],), ([True] * 7,), ([False] * 4,), ([True, False] * 3,), ([True, True, False] * 3,)],
        _draw_hits,
        220,
    ),
}
