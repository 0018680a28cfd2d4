"""Hidden judge of benchmarks/specs/fresh/schedules.py: references and inputs."""

import random
from collections.abc import Callable
from typing import Any

MOST = 220
_DAY = 1440
_WEEK = 7 * _DAY


def next_run(now: int, every: int, offset: int) -> int:
    if now < offset:
        return offset
    return offset + ((now - offset) // every + 1) * every


def find_conflicts(meetings: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [
        (one, two)
        for one in range(len(meetings))
        for two in range(one + 1, len(meetings))
        if meetings[one][0] < meetings[two][1] and meetings[two][0] < meetings[one][1]
    ]


def business_minutes(start: int, end: int) -> int:
    total = 0
    for midnight in range(0, max(end, 0), _DAY):
        if midnight // _DAY % 7 < 5:
            total += max(0, min(end, midnight + 17 * 60) - max(start, midnight + 9 * 60))
    return total


def cron_minutes(field: str) -> list[int]:
    minutes: set[int] = set()
    for part in field.split(","):
        named, _, step = part.partition("/")
        first, dash, last = named.partition("-")
        if named == "*":
            span = range(60)
        elif dash:
            span = range(int(first), int(last) + 1)
        else:
            span = range(int(first), int(first) + 1)
        minutes.update(span[:: int(step or "1")])
    return sorted(minutes)


def first_free_slot(busy: list[tuple[int, int]], length: int, opens: int, closes: int) -> int | None:
    for start in sorted([opens, *(end for _, end in busy)]):
        fits = opens <= start and start + length <= closes
        if fits and all(start + length <= taken or end <= start for taken, end in busy):
            return start
    return None


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


def _spans(rng: random.Random, count: int, most: int) -> list[tuple[int, int]]:
    spans = []
    for _ in range(count):
        start = rng.randint(-2, most)
        spans.append((start, start + rng.randint(1, rng.choice([2, 5, most]))))
    return spans


def _run(rng: random.Random) -> tuple[Any, ...]:
    every, offset = rng.choice([1, 2, 5, 7, 15, 60, 1440]), rng.choice([0, 0, 1, 15, 59, 60, -3, -100, 1000])
    near = offset + every * rng.randint(-3, 6) + rng.choice([-1, 0, 0, 1])
    return (rng.choice([near, near, rng.randint(-200, 3000)]), every, offset)


def _work(rng: random.Random) -> tuple[Any, ...]:
    def moment() -> int:
        edges = [0, 1, 539, 540, 541, 1019, 1020, 1021, 1439, rng.randrange(_DAY), rng.randrange(_DAY)]
        return rng.randrange(3) * _WEEK + rng.randrange(7) * _DAY + rng.choice(edges)

    start, end = moment(), moment()
    return (start, end) if rng.random() < 0.15 else (min(start, end), max(start, end))


def _cron(rng: random.Random) -> tuple[Any, ...]:
    def part() -> str:
        numbers = [0, 1, 5, 9, 10, 29, 30, 31, 58, 59, rng.randrange(60), rng.randrange(60)]
        step = rng.choice(["", f"/{rng.choice([1, 2, 3, 7, 10, 15, 29, 30, 59, 60, 61, 99])}"])
        one, two = rng.choice(numbers), rng.choice(numbers)
        if rng.random() < 0.85:
            one, two = min(one, two), max(one, two)
        return rng.choice([str(one), f"{one}-{two}{step}", f"{one}-{two}{step}", f"*{step}" if step else str(two)])

    return (",".join(part() for _ in range(rng.choice([1, 1, 2, 3, 5]))),)


def _slot(rng: random.Random) -> tuple[Any, ...]:
    opens = rng.randint(0, 6)
    closes = opens + rng.choice([-1, 0, 1, 5, 12, 20, 20])
    return (_spans(rng, rng.randrange(6), 20), rng.choice([1, 1, 2, 3, 5, 8]), opens, closes)


_CRONS = [
    *["*", "0", "59", "5", "*/1", "*/2", "*/7", "*/29", "*/30", "*/59", "*/60", "*/61", "*/99", "0-0", "0-59", "59-59"],
    *["0-59/1", "0-59/15", "5-59/15", "3-10/2", "4-10/3", "10-12/99", "10-5", "10-5/2", "59-0", "30,5,10-12", "5,5,5"],
    *["1-3,2-4", "*,5", "*/20,*/30", "10-5,7", "10-5,20-10", "0-10/5,10-20/5", "1-10/4,59"],
    *["50-59/3", "0,59", "59,0", "1,2,3,4,5", "9-10", "9-11", "0-1/1", "0-1/2", "*/10,5-59/10"],
]

INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "next_run": _filled(
        501,
        [
            (now, every, offset)
            for now in (-11, -10, -1, 0, 1, 9, 10, 11, 20)
            for every in (1, 10)
            for offset in (-10, -1, 0, 1, 10, 15)
        ],
        _run,
    ),
    "find_conflicts": _filled(
        502,
        [
            ([],),
            ([(0, 1)],),
            ([(0, 10), (10, 20)],),
            ([(10, 20), (0, 10)],),
            ([(0, 10), (9, 20)],),
            ([(9, 20), (0, 10)],),
            ([(0, 10), (0, 10)],),
            ([(0, 10), (2, 3)],),
            ([(2, 3), (0, 10)],),
            ([(0, 1), (1, 2), (2, 3)],),
            ([(0, 5), (4, 9), (8, 12)],),
            ([(0, 100), (1, 2), (3, 4), (3, 5)],),
            ([(5, 6), (0, 10), (4, 8)],),
            ([(-5, 0), (-1, 3)],),
            ([(3, 4)] * 4,),
        ],
        lambda rng: (_spans(rng, rng.randint(2, 7), rng.choice([6, 15, 60])),),
    ),
    "business_minutes": _filled(
        503,
        [
            (start, end)
            for start in (0, 539, 540, 541, 1019, 1020, 1021, 1440)
            for end in (0, 540, 541, 1019, 1020, 1021, 1440, 1980, 1981)
        ]
        + [
            (5 * _DAY, 7 * _DAY),
            (5 * _DAY - 1, 7 * _DAY + 541),
            (4 * _DAY + 600, 7 * _DAY + 600),
            (4 * _DAY, 5 * _DAY),
            (5 * _DAY + 600, 5 * _DAY + 700),
            (6 * _DAY + 600, 6 * _DAY + 700),
            (0, _WEEK),
            (_WEEK, 2 * _WEEK),
            (0, 100_000),
            (99_999, 100_000),
            (100_000, 0),
            (200_000, 100_000),
            (600, -5),
        ],
        _work,
    ),
    "cron_minutes": _filled(504, [(field,) for field in _CRONS], _cron),
    "first_free_slot": _filled(
        505,
        [
            ([], 60, 0, 60),
            ([], 61, 0, 60),
            ([], 1, 0, 0),
            ([], 1, 5, 0),
            ([(0, 10)], 10, 0, 20),
            ([(0, 10)], 11, 0, 20),
            ([(10, 20)], 10, 0, 20),
            ([(9, 20)], 10, 0, 20),
            ([(5, 10)], 5, 0, 20),
            ([(5, 10)], 6, 0, 20),
            ([(5, 10), (10, 15)], 5, 0, 20),
            ([(10, 15), (5, 10)], 6, 0, 20),
            ([(0, 20), (2, 3)], 1, 0, 21),
            ([(2, 3), (0, 20)], 1, 0, 21),
            ([(0, 20)], 1, 0, 20),
            ([(-10, 5)], 3, 0, 20),
            ([(-10, -5)], 3, 0, 20),
            ([(30, 40)], 3, 0, 20),
            ([(15, 40)], 5, 0, 20),
            ([(15, 40)], 15, 0, 20),
            ([(15, 40)], 16, 0, 20),
            ([(10, 20), (0, 12)], 5, 0, 25),
            ([(10, 20), (0, 12)], 6, 0, 25),
            ([(0, 5), (6, 10)], 1, 0, 20),
            ([(0, 5), (6, 10)], 2, 0, 20),
            ([(-20, -15)], 2, -30, -10),
        ],
        _slot,
    ),
}
