"""Hidden judge of benchmarks/colony/latest/pairs.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def in_ounces(weight: tuple[int, int]) -> int:
    return weight[0] * 16 + weight[1]


def unrated(titles: list[str], ratings: dict[str, int]) -> list[str]:
    return [title for title in titles if title not in ratings]


def colour_code(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def seat_name(seat: tuple[int, int]) -> str:
    return str(seat[0]) + "ABCDEFGHIJ"[seat[1]]


def minutes_worked(entries: list[tuple[str, int, int]]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for person, start, end in entries:
        totals[person] = totals.get(person, 0) + end - start
    return totals


def elected(votes: dict[str, int]) -> str | None:
    for name, count in votes.items():
        if 2 * count > sum(votes.values()):
            return name
    return None


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20280304)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


TITLES = ["Dune", "Emma", "Faust", "Hamlet", "Medea", "Ulysses"]
NAMES = ["Ada", "Ben", "Cleo", "Dora", "Emil"]


def _draw_weight(rng: random.Random) -> Arguments:
    return ((rng.choice([rng.randint(0, 12), rng.randint(0, 300)]), rng.randint(0, 15)),)


def _draw_ratings(rng: random.Random) -> Arguments:
    rated = {title: rng.randint(0, 5) for title in rng.sample(TITLES, rng.randint(0, 5))}
    return [rng.choice(TITLES) for _ in range(rng.randint(0, 5))], rated


def _draw_colour(rng: random.Random) -> Arguments:
    red, green, blue = (rng.choice([rng.randint(0, 20), rng.randint(0, 255)]) for _ in range(3))
    return ((red, green, blue),)


def _draw_seat(rng: random.Random) -> Arguments:
    return ((rng.randint(1, 60), rng.randint(0, 9)),)


def _draw_entries(rng: random.Random) -> Arguments:
    people = NAMES[: rng.choice([1, 2, 5])]
    entries = []
    for _ in range(rng.randint(0, 5)):
        start = rng.randint(0, 900)
        entries.append((rng.choice(people), start, start + rng.choice([0, rng.randint(1, 90), rng.randint(1, 500)])))
    return (entries,)


def _draw_votes(rng: random.Random) -> Arguments:
    people = rng.sample(NAMES, rng.randint(0, 4))
    votes = {name: rng.randint(0, rng.choice([2, 20])) for name in people}
    if people and rng.random() < 0.5:
        name = rng.choice(people)
        votes[name] = max(0, sum(votes.values()) - votes[name] + rng.randint(-1, 2))
    return (votes,)


INPUTS: dict[str, list[Arguments]] = {
    "in_ounces": _inputs([((pounds, ounces),) for pounds in (0, 1, 2, 99) for ounces in (0, 1, 15)], _draw_weight, 150),
    "unrated": _inputs(
        [([], {}), (["Dune"], {}), ([], {"Dune": 1}), (["Dune"], {"Dune": 0}), (["Dune", "Dune"], {"Emma": 2})],
        _draw_ratings,
        200,
    ),
    "colour_code": _inputs(
        [((red, green, blue),) for red in (0, 10, 255) for green in (9, 16) for blue in (0, 15, 160)], _draw_colour, 160
    ),
    "seat_name": _inputs([((row, place),) for row in (1, 9, 10, 60) for place in range(10)], _draw_seat, 150),
    "minutes_worked": _inputs(
        [
            ([],),
            ([("Ada", 0, 0)],),
            ([("Ada", 0, 5), ("Ada", 5, 9)],),
            ([("Ben", 3, 9), ("Ada", 3, 4), ("Ben", 9, 10)],),
        ],
        _draw_entries,
        180,
    ),
    "elected": _inputs(
        [
            ({},),
            ({"Ada": 0},),
            ({"Ada": 1},),
            ({"Ada": 1, "Ben": 1},),
            ({"Ada": 1, "Ben": 2},),
            ({"Ada": 2, "Ben": 1, "Cleo": 1},),
        ]
        + [({"Ada": ada, "Ben": 3, "Cleo": 2},) for ada in (3, 4, 5, 6, 7)],
        _draw_votes,
        220,
    ),
}
