"""Hidden judge of `counterfactual.sequences`: references, inputs, and what is remembered instead."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def binary_search(items: list[int], wanted: int) -> int:
    return max((place for place, item in enumerate(items) if item == wanted), default=-1)


def chunk(items: list[int], size: int) -> list[list[int]]:
    short = len(items) % size
    pieces = [items[:short]] if short else []
    return pieces + [items[start : start + size] for start in range(short, len(items), size)]


def dedupe(items: list[str]) -> list[str]:
    return [item for place, item in enumerate(items) if item not in items[place + 1 :]]


def pair_up(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    length = max(len(left), len(right))
    return list(zip(_filled_up(left, length), _filled_up(right, length), strict=True))


def _filled_up(items: list[int], length: int) -> list[int]:
    last = items[-1] if items else 0
    return items + [last] * (length - len(items))


def merge_intervals(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def spiral(rows: list[list[int]]) -> list[int]:
    left = [list(row) for row in rows if row]
    read: list[int] = []
    while left:
        read += [row[0] for row in left]
        # What has not been read is turned by a quarter with the clock, so that its next side is the left one.
        left = [list(row) for row in zip(*(row[1:] for row in left[::-1]), strict=True)]
    return read


def remembered_binary_search(items: list[int], wanted: int) -> int:
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == wanted:
            return middle
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1


def remembered_chunk(items: list[int], size: int) -> list[list[int]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def remembered_dedupe(items: list[str]) -> list[str]:
    return list(dict.fromkeys(items))


def remembered_pair_up(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    return list(itertools.zip_longest(left, right, fillvalue=0))


def remembered_merge_intervals(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def remembered_spiral(rows: list[list[int]]) -> list[int]:
    left = [list(row) for row in rows]
    read: list[int] = []
    while left:
        read += left.pop(0)
        left = [list(row) for row in zip(*left, strict=True)][::-1]
    return read


REMEMBERED: dict[str, Callable[..., object]] = {
    "binary_search": remembered_binary_search,
    "chunk": remembered_chunk,
    "dedupe": remembered_dedupe,
    "pair_up": remembered_pair_up,
    "merge_intervals": remembered_merge_intervals,
    "spiral": remembered_spiral,
}


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_search(rng: random.Random) -> Arguments:
    top = rng.choice([2, 5, 30])
    items = sorted(rng.randint(-top, top) for _ in range(rng.randint(0, 14)))
    return items, rng.choice(items) if items and rng.random() < 0.7 else rng.randint(-top - 1, top + 1)


def _draw_items_and_size(rng: random.Random) -> Arguments:
    return [rng.randint(-9, 9) for _ in range(rng.randint(0, 14))], rng.randint(1, 8)


def _draw_repetitions(rng: random.Random) -> Arguments:
    pool = ["a", "b", "A", "ab", "", " ", "é", "c", "d"][: rng.randint(2, 9)]
    return ([rng.choice(pool) for _ in range(rng.randint(0, 9))],)


def _draw_two_lists(rng: random.Random) -> Arguments:
    lengths = rng.choice([(5, 5), (0, 5), (5, 0), (6, 2), (2, 6)])
    left, right = ([rng.randint(-9, 9) for _ in range(rng.randint(0, length))] for length in lengths)
    return left, right


def _draw_intervals(rng: random.Random) -> Arguments:
    top = rng.choice([6, 12, 40])
    starts = [rng.randint(-3, top) for _ in range(rng.randint(0, 7))]
    return ([(start, start + rng.randint(1, 5)) for start in starts],)


def _draw_table(rng: random.Random) -> Arguments:
    width = rng.randint(1, 6)
    return ([[rng.randint(-9, 99) for _ in range(width)] for _ in range(rng.randint(1, 6))],)


def _table(height: int, width: int) -> list[list[int]]:
    return [[row * width + column for column in range(width)] for row in range(height)]


INPUTS: dict[str, list[Arguments]] = {
    "binary_search": _inputs(
        [
            ([], 0), ([1], 0), ([1], 1), ([1], 2), ([1, 1], 1), ([1, 1, 1], 1), ([1, 1, 1, 1], 1), ([1, 1, 2], 1),
            ([1, 2, 2], 2), ([1, 2, 2, 3], 2), ([1, 2, 2, 2, 3], 2), ([0, 1, 1, 1, 1, 1, 2], 1), ([2, 2, 2, 3], 1),
            ([2, 2, 2, 3], 4), ([1, 3, 5], 2), ([1, 3, 5], 1), ([1, 3, 5], 5), ([-3, -3, -1, 0], -3), ([-3, -1, 0, 0], 0),
            ([5] * 10, 5), ([5] * 10 + [6], 5), ([4] + [5] * 10, 5), (list(range(100)), 99), (list(range(100)), 0),
            ([1, 1, 3, 3], 2), ([10**12, 10**12], 10**12),
        ],
        _draw_search,
        240,
    ),
    "chunk": _inputs(
        [
            ([], 1), ([], 5), ([1], 1), ([1], 2), ([1, 2], 1), ([1, 2], 2), ([1, 2], 3), ([1, 2, 3], 2), ([1, 2, 3], 3),
            ([1, 2, 3], 4), ([1, 2, 3, 4, 5], 3), ([1, 2, 3, 4, 5], 4), ([1, 2, 3, 4, 5, 6], 4), ([1, 2, 3, 4, 5, 6, 7], 3),
            ([0, 0, 0], 2), ([7, 7, 7, 7, 7], 2), (list(range(20)), 6), (list(range(20)), 7), ([1, 2, 3], 1000),
        ],
        _draw_items_and_size,
        220,
    ),
    "dedupe": _inputs(
        [
            ([],), (["a"],), (["a", "a"],), (["a", "b"],), (["a", "b", "a"],), (["a", "b", "b"],), (["a", "a", "b"],),
            (["a", "b", "a", "b"],), (["a", "b", "b", "a"],), (["b", "a", "c", "a", "b"],), (["a", "A", "a"],),
            (["", "", "x"],), (["", "x", ""],), ([" ", ""],), (["é", "e", "é"],), (["x", "y", "z", "x"],),
            (["x", "y", "z", "z"],), (["aa", "a", "aa"],), (["a"] * 20,), (["1", "2", "3", "2", "1"],),
        ],
        _draw_repetitions,
        220,
    ),
    "pair_up": _inputs(
        [
            ([], []), ([1], []), ([], [1]), ([1, 2], []), ([], [1, 2, 3]), ([1], [2]), ([1, 2], [3]), ([1], [2, 3, 4]),
            ([1, 2, 3], [9, 8]), ([0], [1, 2]), ([1, 0], [1, 2, 3, 4]), ([5, 6, 7], [1]), ([-1], [1, 2]), ([], [0]),
            ([3, 3], [4]), ([1, 2, 3, 4, 5, 6], [7, 8]), ([1, 2], [1, 2]),
        ],
        _draw_two_lists,
        220,
    ),
    "merge_intervals": _inputs(
        [
            ([],), ([(1, 2)],), ([(1, 2), (2, 3)],), ([(2, 3), (1, 2)],), ([(1, 3), (2, 4)],), ([(1, 2), (3, 4)],),
            ([(1, 2), (1, 2)],), ([(1, 5), (2, 3)],), ([(1, 5), (5, 6), (6, 7)],), ([(1, 3), (3, 5), (2, 4)],),
            ([(1, 3), (3, 5), (1, 5)],), ([(1, 4), (4, 6), (3, 5)],), ([(1, 4), (1, 2)],), ([(1, 2), (1, 4)],),
            ([(1, 4), (3, 4)],), ([(1, 4), (4, 5), (4, 8)],), ([(0, 1), (1, 2), (2, 3), (3, 4)],), ([(-5, -1), (-1, 0)],),
            ([(-5, 0), (-1, 3)],), ([(1, 10), (2, 3), (4, 5), (10, 11)],), ([(5, 6), (3, 4), (1, 2)],),
            ([(1, 10), (2, 3), (3, 4)],), ([(1, 2), (2, 4), (3, 5), (5, 7)],), ([(0, 1000000), (999999, 1000001)],),
        ],
        _draw_intervals,
        240,
    ),
    "spiral": _inputs(
        [
            ([],), ([[]],), ([[], []],), ([[1]],), ([[1], [2]],), ([[1], [2], [3]],), ([[1, 2]],), ([[1, 1], [1, 1]],),
            *((_table(height, width),) for height in range(1, 7) for width in range(1, 7)),
        ],
        _draw_table,
        200,
    ),
}  # fmt: skip
