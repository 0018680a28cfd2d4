"""Hidden judge of benchmarks/colony/sealed/lists.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def turned_train(train: list[str]) -> list[str]:
    return train[:1] + train[:0:-1]


def catch_without_extremes(weights: list[int]) -> list[int]:
    return sorted(weights)[1:-1]


def shortest_queue(queues: list[list[str]]) -> int:
    lengths = [len(queue) for queue in queues]
    return lengths.index(min(lengths)) + 1


def dealt(cards: list[str], players: int) -> list[list[str]]:
    return [cards[player::players] for player in range(players)]


def smoothed(levels: list[int]) -> list[int]:
    inner = [sum(levels[place - 1 : place + 2]) // 3 for place in range(1, len(levels) - 1)]
    return [levels[0], *inner, levels[-1]]


def holes_per_layer(depths: list[int], step_m: int, layers: int) -> list[int]:
    return [sum(depth // step_m == layer for depth in depths) for layer in range(layers)]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20290617)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


PEOPLE = ["Ann", "Bob", "Cid", "Dot", "Eve"]
CARDS = ["A", "K", "Q", "J", "10", "9", "8", "7"]


def _draw_train(rng: random.Random) -> Arguments:
    return (
        [rng.choice(["engine", "E103"])]
        + [rng.choice(["mail", "coal", "tank", "A", "B"]) for _ in range(rng.randint(1, 6))],
    )


def _draw_catch(rng: random.Random) -> Arguments:
    reach = rng.choice([4, 900])
    return ([rng.randint(1, reach) for _ in range(rng.randint(2, 8))],)


def _draw_queues(rng: random.Random) -> Arguments:
    return (
        [[rng.choice(PEOPLE) for _ in range(rng.randint(rng.choice([0, 1, 3]), 4))] for _ in range(rng.randint(2, 5))],
    )


def _draw_cards(rng: random.Random) -> Arguments:
    return [rng.choice(CARDS) for _ in range(rng.randint(0, 9))], rng.randint(1, 5)


def _draw_levels(rng: random.Random) -> Arguments:
    reach = rng.choice([6, 60, 300])
    return ([rng.randint(-reach // 3, reach) for _ in range(rng.choice([2, 3, 4, 5, 7, 9]))],)


def _draw_holes(rng: random.Random) -> Arguments:
    step = rng.randint(1, 20)
    depths = [rng.choice([rng.randint(0, 100), step * rng.randint(0, 4)]) for _ in range(rng.randint(0, 8))]
    return depths, step, rng.randint(0, 6)


INPUTS: dict[str, list[Arguments]] = {
    "turned_train": _inputs([(["engine"],), (["A", "B"],), (["A", "B", "C"],), (["A", "A", "B"],)], _draw_train, 180),
    "catch_without_extremes": _inputs(
        [([1, 2],), ([2, 1],), ([1, 1],), ([3, 2, 1],), ([1, 1, 2],), ([2, 2, 1],), ([5, 5, 5, 5],)], _draw_catch, 180
    ),
    "shortest_queue": _inputs(
        [([[]],), ([["Ann"]],), ([[], []],), ([["Ann"], []],), ([[], ["Ann"]],), ([["Ann"], ["Bob", "Cid"], ["Dot"]],)],
        _draw_queues,
        220,
    ),
    "dealt": _inputs([(CARDS[:count], players) for count in (0, 1, 2, 5, 8) for players in (1, 2, 3, 6)], _draw_cards, 200),
    "smoothed": _inputs([([0, 0],), ([0, 1, 0],), ([0, 2, 1],), ([-1, 0, 0],), ([9, 0, 0, 9],), ([1, 2, 3, 4],)], _draw_levels, 200),
    "holes_per_layer": _inputs(
        [([], 1, 0), ([], 1, 2), ([0], 1, 1), ([1], 1, 1), ([0, 1, 2], 1, 2), ([5], 5, 2), ([4, 9], 5, 2), ([99], 5, 3), ([3], 5, 0)],
        _draw_holes,
        220,
    ),
}  # fmt: skip
