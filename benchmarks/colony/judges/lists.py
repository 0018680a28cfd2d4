"""Hidden judge of `specs.lists`: references and inputs."""

import itertools
import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def middle_reading(readings: list[float]) -> float:
    return sorted(readings)[len(readings) // 2]


def place_of_fastest(times: list[int]) -> int:
    return times.index(min(times))


def high_scores(scores: list[int]) -> list[int]:
    return sorted(set(scores), reverse=True)


def let_in(queue: list[str], place: int, name: str) -> list[str]:
    return [*queue[:place], name, *queue[place:]]


def changes(levels: list[int]) -> list[int]:
    return [after - before for before, after in itertools.pairwise(levels)]


def better_of_two(monday: list[int], tuesday: list[int]) -> list[int]:
    return [max(both) for both in zip(monday, tuesday, strict=True)]


def most_voted(votes: list[str]) -> str:
    return max(votes, key=votes.count)


def above_average(numbers: list[int]) -> list[int]:
    return [number for number in numbers if number * len(numbers) > sum(numbers)]


def pages(items: list[int], size: int) -> list[list[int]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def first_repeated(codes: list[int]) -> int | None:
    seen = set()
    for code in codes:
        if code in seen:
            return code
        seen.add(code)
    return None


def split_by_sign(amounts: list[int]) -> tuple[list[int], list[int]]:
    return [amount for amount in amounts if amount < 0], [amount for amount in amounts if amount >= 0]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261122)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _whole(rng: random.Random, fewest: int = 0) -> list[int]:
    """Return whole numbers that are sometimes near each other, so that some are equal."""
    low, high = rng.choice([(0, 3), (-3, 3), (-50, 50), (0, 1000), (-9, -1)])
    return [rng.randint(low, high) for _ in range(rng.randint(fewest, 9))]


def _draw_numbers(rng: random.Random) -> Arguments:
    return (_whole(rng),)


def _draw_some_numbers(rng: random.Random) -> Arguments:
    return (_whole(rng, fewest=1),)


def _draw_readings(rng: random.Random) -> Arguments:
    numbers = _whole(rng, fewest=1)
    return ([number / 4 for number in numbers[: (len(numbers) - 1) // 2 * 2 + 1]],)


def _draw_queue(rng: random.Random) -> Arguments:
    queue = [rng.choice(["ann", "bob", "cy", "di", "eve", "", "Zoe"]) for _ in range(rng.randint(0, 8))]
    return queue, rng.randint(0, len(queue)), rng.choice(["ann", "fay", "gus", ""])


def _draw_two_days(rng: random.Random) -> Arguments:
    monday = _whole(rng)
    return monday, [rng.choice([number, number + rng.randint(-9, 9), rng.randint(-9, 9)]) for number in monday]


def _draw_votes(rng: random.Random) -> Arguments:
    names = rng.sample(["tea", "milk", "cola", "water", "a", "z"], rng.randint(1, 5))
    return ([rng.choice(names) for _ in range(rng.randint(1, 9))],)


def _draw_pages(rng: random.Random) -> Arguments:
    return _whole(rng), rng.choice([1, 2, 2, 3, 3, 4, 5, rng.randint(1, 12)])


def _draw_codes(rng: random.Random) -> Arguments:
    codes = rng.sample(range(-2, 12), rng.randint(0, 8))
    for _ in range(rng.randint(0, 3)):
        if codes:
            codes.insert(rng.randint(0, len(codes)), rng.choice(codes))
    return (codes,)


INPUTS: dict[str, list[Arguments]] = {
    "middle_reading": _inputs(
        [
            ([0.0],), ([-1.0],), ([1.0, 2.0, 3.0],), ([2.0, 1.0, 3.0],), ([3.0, 1.0, 2.0],), ([1.0, 1.0, 2.0],), ([2.0, 1.0, 2.0],),
            ([1e6, -1e6, 0.25],), ([5.0, 4.0, 3.0, 2.0, 1.0],), ([0.0, 0.0, 0.0, 9.0, 9.0],), ([10.0, 9.0, 100.0],),
        ],
        _draw_readings,
        160,
    ),
    "place_of_fastest": _inputs(
        [([0],), ([1, 1],), ([1, 0],), ([0, 1],), ([2, 1, 1],), ([1, 2, 1],), ([3, 2, 1],), ([-1, -2, -1],), ([5, 5, 5, 4],)],
        _draw_some_numbers,
        160,
    ),
    "high_scores": _inputs(
        [([],), ([0],), ([1, 1],), ([1, 2],), ([2, 1],), ([-1, -2, -1],), ([1, 10, 2],), ([0, 0, 1],), ([3, 1, 3, 1, 2],)],
        _draw_numbers,
        160,
    ),
    "let_in": _inputs(
        [([], 0, "a"), (["a"], 0, "b"), (["a"], 1, "b"), (["a", "b"], 1, "a"), (["b", "b", "b"], 2, "c"), (["a", "b"], 2, "")],
        _draw_queue,
        160,
    ),
    "changes": _inputs(
        [([],), ([1],), ([1, 1],), ([1, 2],), ([2, 1],), ([0, -1, 1],), ([5, 5, 5, 5],), ([-3, -1, -2],), ([0, 1, 4, 9, 16],)],
        _draw_numbers,
        160,
    ),
    "better_of_two": _inputs(
        [
            ([], []), ([0], [5]), ([5], [0]), ([5], [5]), ([1, 4], [3, 2]), ([2, 1], [3, 4]), ([-1, 1], [1, -1]), ([-3], [-2]),
            ([9, 8, 7, 6], [1, 2, 3, 4]), ([1000, 1], [0, 1]),
        ],
        _draw_two_days,
        160,
    ),
    "most_voted": _inputs(
        [
            (["a"],), (["a", "b"],), (["b", "a"],), (["a", "b", "b"],), (["b", "b", "a"],), (["a", "b", "b", "a"],),
            (["b", "a", "a", "b"],), (["z", "a", "a", "z", "m"],), (["m", "z", "a", "a", "z"],), (["", "a", ""],), (["x"] * 9,),
        ],
        _draw_votes,
        160,
    ),
    "above_average": _inputs(
        [
            ([],), ([0],), ([1],), ([0, 0],), ([0, 1],), ([1, 0],), ([1, 2, 3],), ([3, 2, 1],), ([0, 0, 1],), ([-1, 0, 1],),
            ([2, 2, 3],), ([-3, -1],), ([1, 1, 2, 2],), ([100, 1, 1],), ([3, 3, 4, 4, 3],), ([1, 2, 2],),
        ],
        _draw_numbers,
        180,
    ),
    "pages": _inputs(
        [([], 1), ([1], 1), ([1], 2), ([1, 2], 1), ([1, 2], 2), ([1, 2, 3], 2), ([0, 0, 0, 0], 2), ([1, 2, 3, 4, 5, 6, 7], 3)],
        _draw_pages,
        160,
    ),
    "first_repeated": _inputs(
        [
            ([],), ([0],), ([0, 0],), ([0, 1],), ([1, 0, 1, 0],), ([1, 0, 0, 1],), ([1, 2, 3, 3, 2, 1],), ([3, 3, 1, 1],),
            ([1, 3, 1, 3, 3],), ([-1, -1],), ([2, 1, 3, 1, 2],), ([5, 4, 5, 4, 4],),
        ],
        _draw_codes,
        180,
    ),
    "split_by_sign": _inputs(
        [([],), ([0],), ([1],), ([-1],), ([0, -1],), ([-1, 0],), ([1, -1],), ([-2, -1],), ([2, 1],), ([0, 0, -5, 5],), ([3, -3, 3],)],
        _draw_numbers,
        160,
    ),
}  # fmt: skip
