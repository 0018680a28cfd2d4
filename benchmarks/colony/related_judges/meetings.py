"""Hidden judge of the group `meetings`: references and inputs."""

import random
from collections.abc import Callable
from typing import Any

Arguments = tuple[Any, ...]
Span = tuple[int, int]


def shared_time(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def shares_enough(one: Span, other: Span, least: int) -> bool:
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) >= least


def free_time(day: Span, meeting: Span) -> int:
    return day[1] - day[0] - max(0, min(day[1], meeting[1]) - max(day[0], meeting[0]))


def times_in_day(day: Span, meetings: list[Span]) -> list[int]:
    return [max(0, min(day[1], end) - max(day[0], begin)) for begin, end in meetings]


def total_in_day(day: Span, meetings: list[Span]) -> int:
    return sum(max(0, min(day[1], end) - max(day[0], begin)) for begin, end in meetings)


def _span(draw: random.Random) -> Span:
    begin = draw.randint(0, 80)
    return begin, begin + draw.choice((0, 1, 5, 10, 30, 60))


def _meetings(draw: random.Random) -> list[Span]:
    return [_span(draw) for _ in range(draw.randint(0, 5))]


def _distinct(make: Callable[[random.Random], Arguments], count: int = 170) -> list[Arguments]:
    draw = random.Random(41)
    found: dict[str, Arguments] = {}
    while len(found) < count:
        arguments = make(draw)
        found[repr(arguments)] = arguments
    return list(found.values())


def _limited(draw: random.Random) -> Arguments:
    one, other = _span(draw), _span(draw)
    return one, other, max(0, shared_time(one, other) + draw.choice((-1, 0, 1, 1, 6)))


INPUTS: dict[str, list[Arguments]] = {
    "shared_time": _distinct(lambda draw: (_span(draw), _span(draw))),
    "shares_enough": _distinct(_limited),
    "free_time": _distinct(lambda draw: (_span(draw), _span(draw))),
    "times_in_day": _distinct(lambda draw: (_span(draw), _meetings(draw))),
    "total_in_day": _distinct(lambda draw: (_span(draw), _meetings(draw))),
}
