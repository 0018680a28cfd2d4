"""Hidden judge of benchmarks/colony/latest/conditions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def may_stay(minutes: int, has_permit: bool) -> bool:
    return has_permit or minutes <= 120


def is_black_key(key: int) -> bool:
    return key % 12 in (1, 3, 6, 8, 10)


def is_set_over(ours: int, theirs: int) -> bool:
    return max(ours, theirs) >= 11 and abs(ours - theirs) >= 2


def leave_days(age: int, years: int) -> int:
    return 25 + (3 if age >= 50 else 0) + (2 if years >= 10 else 0)


def vote_result(yes: int, no: int, members: int) -> str:
    if 2 * (yes + no) < members:
        return "invalid"
    return "accepted" if yes > no else "rejected"


def ordinal(place: int) -> str:
    if place % 100 in (11, 12, 13):
        return f"{place}th"
    return f"{place}" + {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20280304)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_street(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(80, 140), rng.randint(0, 250), rng.randint(0, 120)]), rng.random() < 0.25


def _draw_key(rng: random.Random) -> Arguments:
    return (rng.choice([rng.randint(0, 127), rng.randint(0, 2000)]),)


def _draw_score(rng: random.Random) -> Arguments:
    ours = rng.choice([rng.randint(0, 11), rng.randint(9, 25), 11])
    theirs = rng.choice([max(0, ours + rng.randint(-3, 3)), rng.randint(0, 11)])
    return rng.choice([(ours, theirs), (theirs, ours)])


def _draw_employee(rng: random.Random) -> Arguments:
    age = rng.choice([rng.randint(16, 70), rng.randint(45, 55)])
    return age, rng.choice([rng.randint(0, age - 15), min(age - 15, rng.randint(7, 13))])


def _draw_vote(rng: random.Random) -> Arguments:
    yes, no = rng.randint(0, 15), rng.randint(0, 15)
    votes = yes + no
    return yes, no, votes + rng.choice([0, votes, votes + 1, max(0, votes - 1), rng.randint(0, 60)])


def _draw_place(rng: random.Random) -> Arguments:
    return (rng.choice([rng.randint(1, 130), 100 * rng.randint(0, 30) + rng.randint(1, 25)]),)


INPUTS: dict[str, list[Arguments]] = {
    "may_stay": _inputs(
        [(minutes, permit) for minutes in (0, 1, 60, 119, 120, 121, 122, 500) for permit in (False, True)], _draw_street, 200
    ),
    "is_black_key": _inputs([(key,) for key in range(38)], _draw_key, 160),
    "is_set_over": _inputs(
        [(ours, theirs) for ours in (0, 8, 9, 10, 11, 12) for theirs in (0, 8, 9, 10, 11, 12, 13)], _draw_score, 220
    ),
    "leave_days": _inputs(
        [(age, years) for age in (30, 49, 50, 51, 70) for years in (0, 9, 10, 11, 15)], _draw_employee, 200
    ),
    "vote_result": _inputs(
        [(yes, no, members) for yes in (0, 2, 3) for no in (0, 2, 3) for members in (6, 7, 10, 11)] + [(0, 0, 0), (0, 0, 1), (1, 0, 2)],
        _draw_vote,
        240,
    ),
    "ordinal": _inputs([(place,) for place in range(1, 31)] + [(place,) for place in (100, 101, 111, 113, 122, 1011)], _draw_place, 200),
}  # fmt: skip
