"""Hidden judge of benchmarks/colony/latest/compositions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def valid_names(ballots: list[str]) -> list[str]:
    return [ballot.strip(" ").lower() for ballot in ballots if ballot.strip(" ")]


def votes_for(ballots: list[str], name: str) -> int:
    return valid_names(ballots).count(name.lower())


def has_majority(ballots: list[str], name: str) -> bool:
    return 2 * votes_for(ballots, name) > len(valid_names(ballots))


def begun_hours(minutes: int) -> int:
    return (minutes + 59) // 60


def parking_fee(minutes: int, per_hour: int) -> int:
    return 0 if minutes <= 15 else min(begun_hours(minutes) * per_hour, 2000)


def takings(stays: list[tuple[int, int]], per_hour: int) -> int:
    return sum(parking_fee(left - arrived, per_hour) for arrived, left in stays)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20280304)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


NAMES = ["Ada", "Ben", "Cleo", "Mary Ann"]


def _ballots(rng: random.Random, names: list[str], most: int) -> list[str]:
    ballots = []
    for _ in range(rng.randint(0, most)):
        name = rng.choice([*names, *names, *names, ""])
        name = rng.choice([name, name.upper(), name.lower()])
        ballots.append(rng.choice(["", "", " ", "  "]) + name + rng.choice(["", "", " "]))
    return ballots


def _draw_ballots(rng: random.Random) -> Arguments:
    return (_ballots(rng, NAMES, 6),)


def _draw_election(rng: random.Random) -> Arguments:
    names = NAMES[: rng.choice([1, 2, 2, 4])]
    name = rng.choice(names)
    return _ballots(rng, names, 7), rng.choice([name, name.upper(), name.lower()])


def _draw_minutes(rng: random.Random) -> Arguments:
    return (rng.choice([60 * rng.randint(0, 30) + rng.choice([0, 1, 59]), rng.randint(0, 3000)]),)


def _minutes(rng: random.Random) -> int:
    return rng.choice([rng.randint(0, 20), rng.randint(10, 400), 60 * rng.randint(1, 12), rng.randint(0, 2000)])


def _draw_fee(rng: random.Random) -> Arguments:
    return _minutes(rng), rng.choice([rng.randint(1, 400), 100, 150, 250])


def _draw_stays(rng: random.Random) -> Arguments:
    stays = []
    for _ in range(rng.randint(0, 4)):
        arrived = rng.randint(0, 1200)
        stays.append((arrived, arrived + _minutes(rng)))
    return stays, rng.choice([rng.randint(1, 400), 100, 150])


INPUTS: dict[str, list[Arguments]] = {
    "valid_names": _inputs(
        [([],), ([""],), ([" "],), (["a"],), ([" a "],), (["A"],), (["a", "", "a"],), (["a  b"],), (["b", "A"],)],
        _draw_ballots,
        180,
    ),
    "votes_for": _inputs(
        [([], "Ada"), (["Ada"], "ada"), (["ada"], "ADA"), ([" "], "Ada"), (["Adam"], "Ada"), (["Ben", "Ada "], "Ada")],
        _draw_election,
        200,
    ),
    "has_majority": _inputs(
        [([], "Ada"), (["Ada"], "Ada"), (["Ada", "Ben"], "Ada"), (["Ada", ""], "Ada"), (["Ada", "ada", "Ben"], "ADA"), (["", " "], "Ada")],
        _draw_election,
        220,
    ),
    "begun_hours": _inputs([(minutes,) for minutes in (0, 1, 30, 59, 60, 61, 119, 120, 121, 1440)], _draw_minutes, 160),
    "parking_fee": _inputs(
        [(minutes, rate) for minutes in (0, 14, 15, 16, 59, 60, 61, 600, 601) for rate in (1, 200, 2000, 2001)], _draw_fee, 220
    ),
    "takings": _inputs(
        [([], 100), ([(0, 15)], 100), ([(0, 16)], 100), ([(5, 65)], 100), ([(5, 66)], 100), ([(0, 1440)], 100), ([(0, 1440), (1, 1439)], 90)],
        _draw_stays,
        200,
    ),
}  # fmt: skip
