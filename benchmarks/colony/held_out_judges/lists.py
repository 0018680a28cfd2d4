"""Hidden judge of benchmarks/colony/held_out/lists.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]

NAMES = ["Ann", "Bob", "Cid", "Dee", "Eve", "Fay"]


def next_order(players: list[str], turns: int) -> list[str]:
    return players[turns:] + players[:turns]


def jury_total(marks: list[int]) -> int:
    return sum(marks) - max(marks) - min(marks)


def positions_of(items: list[str], wanted: str) -> list[int]:
    return [position for position, item in enumerate(items, 1) if item == wanted]


def count_rises(values: list[int]) -> int:
    return sum(values[place] > values[place - 1] for place in range(1, len(values)))


def runner_up(scores: list[int]) -> int | None:
    different = sorted(set(scores))
    return different[-2] if len(different) >= 2 else None


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _integers(rng: random.Random, least: int, most: int) -> list[int]:
    reach = rng.choice([1, 3, 10, 100])
    return [rng.randint(rng.choice([0, -reach]), reach) for _ in range(rng.randint(least, most))]


def _draw_players(rng: random.Random) -> Arguments:
    players = [rng.choice(NAMES) for _ in range(rng.randint(0, 7))]
    return players, rng.randint(0, len(players))


def _draw_items(rng: random.Random) -> Arguments:
    pool = rng.sample(["tea", "milk", "rum", "Tea", "te", ""], rng.randint(1, 4))
    return [rng.choice(pool) for _ in range(rng.randint(0, 8))], rng.choice([*pool, "tea"])


INPUTS: dict[str, list[Arguments]] = {
    "next_order": _inputs(
        [([], 0), (["Ann"], 0), (["Ann"], 1), (["Ann", "Bob"], 1), (NAMES, 5), (NAMES, 6)], _draw_players, 160
    ),
    "jury_total": _inputs(
        [([0, 0],), ([1, 1],), ([-3, 4],), ([1, 1, 9],), ([1, 9, 9],), ([-2, -5, -9],), ([0, 10, 10, 0, 5],)],
        lambda rng: (_integers(rng, 2, 9),),
        160,
    ),
    "positions_of": _inputs(
        [([], ""), ([""], ""), (["a"], "a"), (["a"], "b"), (["ab", "a"], "a"), (["a", "b", "a", "a"], "a")],
        _draw_items,
        180,
    ),
    "count_rises": _inputs(
        [([1, 2],), ([2, 1],), ([1, 1],), ([0, 1, 0],), ([1, 0, 1],), (list(range(20)),), ([-1, 0],), ([0, -1],)],
        lambda rng: (_integers(rng, 0, 9),),
        180,
    ),
    "runner_up": _inputs(
        [([0],), ([0, 0],), ([0, 1],), ([1, 0],), ([0, -1],), ([1, 1, 2, 2],), ([2, 2, 1, 1],), ([4, 4, 4, 4],)],
        lambda rng: (_integers(rng, 0, 7),),
        180,
    ),
}
