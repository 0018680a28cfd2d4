"""Hidden judge of the group `spans`: references and inputs."""

import random
from collections.abc import Callable
from typing import Any

Arguments = tuple[Any, ...]


def spread(values: list[int]) -> int:
    return max(values) - min(values)


def is_calm(values: list[int], most: int) -> bool:
    return max(values) - min(values) <= most


def spreads(rows: list[list[int]]) -> list[int]:
    return [max(row) - min(row) for row in rows]


def is_wilder(first: list[int], second: list[int]) -> bool:
    return max(first) - min(first) > max(second) - min(second)


def calm_rows(rows: list[list[int]], most: int) -> int:
    return sum(max(row) - min(row) <= most for row in rows)


def _row(draw: random.Random) -> list[int]:
    middle, width = draw.randint(-60, 60), draw.choice((0, 3, 10, 40))
    return [middle + draw.randint(-width, width) for _ in range(draw.randint(1, 6))]


def _rows(draw: random.Random) -> list[list[int]]:
    return [_row(draw) for _ in range(draw.randint(0, 5))]


def _distinct(make: Callable[[random.Random], Arguments], count: int = 160) -> list[Arguments]:
    draw = random.Random(29)
    found: dict[str, Arguments] = {}
    while len(found) < count:
        arguments = make(draw)
        found[repr(arguments)] = arguments
    return list(found.values())


def _limited(draw: random.Random) -> Arguments:
    row = _row(draw)
    return row, max(0, spread(row) + draw.choice((-1, 0, 0, 1, draw.randint(-20, 20))))


def _limited_rows(draw: random.Random) -> Arguments:
    rows = _rows(draw)
    near = [spread(row) for row in rows] or [0]
    return rows, max(0, draw.choice(near) + draw.choice((-1, 0, 1, 5)))


INPUTS: dict[str, list[Arguments]] = {
    "spread": _distinct(lambda draw: (_row(draw),)),
    "is_calm": _distinct(_limited),
    "spreads": _distinct(lambda draw: (_rows(draw),)),
    "is_wilder": _distinct(lambda draw: (_row(draw), _row(draw))),
    "calm_rows": _distinct(_limited_rows),
}
