"""Hidden judge of benchmarks/colony/fresh/lists.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def ends_of_line(stations: list[str]) -> list[str]:
    return [stations[0], stations[-1]]


def is_badge_given_twice(badges: list[int]) -> bool:
    return len(set(badges)) < len(badges)


def way_to_the_top(heights: list[int]) -> list[int]:
    return heights[: heights.index(max(heights)) + 1]


def shares_in_percent(votes: list[int]) -> list[int]:
    return [count * 100 // sum(votes) for count in votes]


def hill_tops(heights: list[int]) -> list[int]:
    return [
        here for before, here, after in zip(heights, heights[1:], heights[2:], strict=False) if before < here > after
    ]


def dance_line(left: list[str], right: list[str]) -> list[str]:
    mixed = [dancer for couple in zip(left, right, strict=False) for dancer in couple]
    return mixed + left[len(right) :] + right[len(left) :]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270419)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


STATIONS = ["Ulm", "Linz", "Graz", "Bern", "Thun", "Zug", "", "St. Gallen"]
DANCERS = ["Ann", "Bea", "Carl", "Dan", "Egon", "Flo", "ann", ""]


def _draw_stations(rng: random.Random) -> Arguments:
    return ([rng.choice(STATIONS) for _ in range(rng.randint(1, 7))],)


def _draw_badges(rng: random.Random) -> Arguments:
    reach = rng.choice([4, 20, 900])
    return ([rng.randint(-2, reach) for _ in range(rng.randint(0, 8))],)


def _draw_walk(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 9, 900])
    return ([rng.randint(-reach // 2, reach) for _ in range(rng.randint(1, 8))],)


def _draw_votes(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 30, 5000])
    return ([rng.randint(0, reach) for _ in range(rng.randint(0, 5))] + [rng.randint(1, reach)],)


def _draw_hills(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 9, 900])
    return ([rng.randint(-reach // 2, reach) for _ in range(rng.choice([0, 2, 4, 6, 7, 9]))],)


def _draw_rows(rng: random.Random) -> Arguments:
    return [rng.choice(DANCERS) for _ in range(rng.randint(0, 5))], [
        rng.choice(DANCERS) for _ in range(rng.randint(0, 5))
    ]


INPUTS: dict[str, list[Arguments]] = {
    "ends_of_line": _inputs([(["A"],), (["A", "B"],), (["A", "A"],), (["A", "B", "A"],), (["", "B", "C"],), (["A", "B", "C", "D"],)], _draw_stations, 160),
    "is_badge_given_twice": _inputs(
        [([],), ([0],), ([0, 0],), ([0, 1],), ([1, 0, 1],), ([1, 2, 2],), ([1, 1, 2],), ([3, 2, 1],), ([5, 5, 5],), ([1, -1],)], _draw_badges, 180
    ),
    "way_to_the_top": _inputs(
        [([0],), ([-1],), ([0, 0],), ([0, 1],), ([1, 0],), ([1, 1, 1],), ([0, 1, 0, 1],), ([-2, -1, -3],), ([5, 4, 5],), ([1, 2, 3],)], _draw_walk, 180
    ),
    "shares_in_percent": _inputs(
        [([1],), ([7],), ([1, 0],), ([0, 1],), ([1, 1],), ([1, 2],), ([1, 99],), ([1, 100],), ([0, 0, 3],), ([1] * 7,), ([2, 3, 5],)], _draw_votes, 180
    ),
    "hill_tops": _inputs(
        [
            ([],), ([1],), ([1, 2],), ([2, 1],), ([1, 2, 1],), ([2, 1, 2],), ([1, 1, 1],), ([1, 2, 2, 1],), ([2, 2, 1],), ([1, 2, 2],),
            ([0, 3, 0, 3, 0],), ([-3, -2, -3],), ([5, 1, 2, 1, 5],),
        ],
        _draw_hills,
        220,
    ),
    "dance_line": _inputs(
        [([], []), (["a"], []), ([], ["a"]), (["a"], ["b"]), (["a", "b"], ["c"]), (["a"], ["b", "c"]), (["a", "b"], []), (["a"], ["a", "a", "b"])],
        _draw_rows,
        220,
    ),
}  # fmt: skip
