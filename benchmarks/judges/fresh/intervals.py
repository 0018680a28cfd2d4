"""Hidden judge of benchmarks/specs/fresh/intervals.py: references and inputs."""

import random
from collections.abc import Callable
from typing import Any

MOST = 220


def merge_spans(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def subtract_spans(span: tuple[int, int], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    left, place = [], span[0]
    for start, end in merge_spans(taken):
        if place < min(start, span[1]):
            left.append((place, min(start, span[1])))
        place = max(place, end)
    if place < span[1]:
        left.append((place, span[1]))
    return left


def find_gaps(spans: list[tuple[int, int]], shortest: int) -> list[tuple[int, int]]:
    merged = merge_spans(spans)
    gaps = [(merged[place][1], merged[place + 1][0]) for place in range(len(merged) - 1)]
    return [gap for gap in gaps if gap[1] - gap[0] >= shortest]


def busiest(spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    best = None
    for point in sorted(start for start, _ in spans):
        count = sum(start <= point < end for start, end in spans)
        if best is None or count > best[0]:
            best = (count, point)
    return best


def page_ranges(pages: list[int]) -> str:
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    written = []
    for run in runs:
        written += [f"{run[0]}-{run[-1]}"] if len(run) >= 3 else [str(page) for page in run]
    return ", ".join(written)


def _filled(
    seed: int, first: list[tuple[Any, ...]], make: Callable[[random.Random], tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    rng = random.Random(seed)
    found = {repr(entry): entry for entry in first}
    for _ in range(20_000):
        if len(found) >= MOST:
            break
        entry = make(rng)
        found.setdefault(repr(entry), entry)
    return list(found.values())


def _spans(rng: random.Random, fewest: int = 0) -> list[tuple[int, int]]:
    most = rng.choice([6, 12, 30, 10**6])
    spans = []
    for _ in range(rng.randint(fewest, 7)):
        start = rng.randint(-most // 3, most)
        spans.append((start, start + rng.randint(1, rng.choice([1, 3, max(most // 3, 1)]))))
    return spans


def _subtract(rng: random.Random) -> tuple[Any, ...]:
    start = rng.randint(-4, 6)
    taken = []
    for _ in range(rng.randint(1, 6)):
        first = rng.randint(start - 4, start + 22)
        taken.append((first, first + rng.randint(1, rng.choice([1, 2, 3, 6, 12]))))
    return ((start, start + rng.choice([1, 3, 10, 20, 20])), taken)


_LISTS: list[list[tuple[int, int]]] = [
    [],
    [(0, 1)],
    [(0, 1), (0, 1)],
    [(0, 1), (1, 2)],
    [(1, 2), (0, 1)],
    [(0, 1), (2, 3)],
    [(2, 3), (0, 1)],
    [(0, 10), (2, 3)],
    [(2, 3), (0, 10)],
    [(0, 10), (2, 3), (4, 5), (9, 11)],
    [(0, 5), (4, 9), (8, 12), (12, 13), (14, 15)],
    [(0, 3), (0, 5)],
    [(0, 5), (3, 5)],
    [(-5, -2), (-2, 0), (1, 4)],
    [(0, 2), (3, 5), (1, 4)],
    [(10, 20), (0, 5), (5, 10)],
    [(0, 1), (2, 3), (4, 5), (6, 7)],
    [(0, 4), (1, 3), (2, 4), (2, 3)],
    [(5, 6), (5, 8), (1, 3), (2, 3)],
    [(0, 100), (10, 20), (15, 30), (50, 60), (55, 58)],
    [(0, 10), (1, 2), (5, 12), (20, 30), (31, 40)],
]

INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "merge_spans": _filled(601, [(spans,) for spans in _LISTS], lambda rng: (_spans(rng, 2),)),
    "subtract_spans": _filled(
        602,
        [
            ((0, 10), taken)
            for taken in [
                *_LISTS,
                [(0, 10)],
                [(-1, 11)],
                [(0, 9)],
                [(1, 10)],
                [(1, 9)],
                [(-5, 0)],
                [(10, 15)],
                [(-5, 1)],
                [(9, 15)],
                [(0, 5), (5, 10)],
                [(5, 10), (0, 5)],
                [(0, 5), (6, 10)],
                [(3, 4), (3, 4)],
                [(2, 8), (3, 4)],
                [(3, 4), (2, 8)],
                [(-9, -3), (20, 30)],
                [(8, 20), (-5, 2)],
            ]
        ]
        + [((0, 1), [(0, 1)]), ((0, 1), []), ((-5, -1), [(-3, -2)]), ((-5, 5), [(-1, 0), (0, 1)])],
        _subtract,
    ),
    "find_gaps": _filled(
        603,
        [(spans, shortest) for spans in _LISTS for shortest in (1, 2, 3)]
        + [([(0, 3), (8, 9)], shortest) for shortest in (4, 5, 6)],
        lambda rng: (_spans(rng, 2), rng.choice([1, 1, 1, 2, 3, 5])),
    ),
    "busiest": _filled(604, [(spans,) for spans in _LISTS], lambda rng: (_spans(rng, 1),)),
    "page_ranges": _filled(
        605,
        [
            (pages,)
            for pages in [
                *(
                    [],
                    [0],
                    [1],
                    [1, 1],
                    [1, 2],
                    [2, 1],
                    [1, 2, 3],
                    [3, 2, 1],
                    [1, 3],
                    [1, 3, 5],
                    [1, 2, 4],
                    [1, 2, 4, 5],
                ),
                *(
                    [1, 2, 3, 4],
                    [0, 1, 2],
                    [1, 2, 3, 5, 6, 7],
                    [1, 2, 3, 5, 6],
                    [1, 1, 2, 2],
                    [1, 1, 2, 3, 3],
                    [7, 7, 7],
                ),
                *([9, 10, 11], [99, 100, 101], [8, 9, 10, 12], [10, 9, 2, 1], [2, 10, 1], [5, 1, 3, 2, 9, 8, 4]),
                list(range(50)),
                list(range(0, 50, 2)),
            ]
        ],
        lambda rng: ([rng.randint(0, rng.choice([6, 12, 15, 40])) for _ in range(rng.randint(1, 14))],),
    ),
}
