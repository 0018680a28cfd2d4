"""Hidden judge of the group `scores`: references and inputs."""

import random
from typing import Any

Arguments = tuple[Any, ...]


def on_scale(score: int) -> int:
    return max(0, min(score, 100))


def missing_points(score: int) -> int:
    return 100 - max(0, min(score, 100))


def on_scale_all(scores: list[int]) -> list[int]:
    return [max(0, min(score, 100)) for score in scores]


def total_score(scores: list[int]) -> int:
    return sum(max(0, min(score, 100)) for score in scores)


def with_bonus(score: int, bonus: int) -> int:
    return max(0, min(score + bonus, 100))


def _score(draw: random.Random) -> int:
    return draw.choice((draw.randint(0, 100), draw.randint(-40, 160), draw.choice((-1, 0, 1, 99, 100, 101))))


def _lists() -> list[Arguments]:
    draw = random.Random(31)
    rows = [[_score(draw) for _ in range(draw.randint(0, 6))] for _ in range(180)]
    return [(row,) for row in {repr(row): row for row in rows}.values()]


def _pairs() -> list[Arguments]:
    draw = random.Random(37)
    return sorted({(_score(draw), draw.choice((draw.randint(-60, 60), 0, 1, -1))) for _ in range(200)})


_SCORES = [*range(-25, 128), -1000, 500, 1000]

INPUTS: dict[str, list[Arguments]] = {
    "on_scale": [(score,) for score in (*range(-70, 0, 3), *range(101), *range(101, 200, 3))],
    "missing_points": [(score,) for score in _SCORES],
    "on_scale_all": _lists(),
    "total_score": _lists(),
    "with_bonus": _pairs(),
}
