"""Hidden judge of benchmarks/colony/latest/records.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Team:
    name: str
    won: int
    drawn: int
    lost: int
    scored: int
    conceded: int


@dataclass(frozen=True)
class Track:
    title: str
    artist: str
    length_s: int


@dataclass(frozen=True)
class Station:
    name: str
    winds: list[int]


@dataclass(frozen=True)
class Stay:
    plate: str
    arrived: int
    left: int | None


@dataclass(frozen=True)
class Note:
    octave: int
    step: int


def matches_played(team: Team) -> int:
    return team.won + team.drawn + team.lost


def cover_line(track: Track) -> str:
    return f'{track.artist}: "{track.title}"'


def stormy_stations(stations: list[Station], limit: int) -> list[str]:
    return [station.name for station in stations if any(wind > limit for wind in station.winds)]


def minutes_parked(stay: Stay, now: int) -> int:
    return (now if stay.left is None else stay.left) - stay.arrived


def league_table(teams: list[Team]) -> list[str]:
    ranked = sorted(teams, key=lambda team: (-3 * team.won - team.drawn, team.conceded - team.scored, team.name))
    return [team.name for team in ranked]


def transposed(note: Note, steps: int) -> Note:
    octaves, step = divmod(note.step + steps, 12)
    return Note(note.octave + octaves, step)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20280304)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


CLUBS = ["Bees", "Cats", "Elks", "Foxes", "Owls", "Reds"]
WORDS = ["Air", "Blue", "Moon", "Ella", "So What", "Bach", "No. 5", "", "a"]


def _team(rng: random.Random, name: str, reach: int) -> Team:
    won, drawn, lost, scored, conceded = (rng.randint(0, reach) for _ in range(5))
    return Team(name, won, drawn, lost, scored, conceded)


def _draw_team(rng: random.Random) -> Arguments:
    return (_team(rng, rng.choice(CLUBS), rng.choice([3, 30])),)


def _draw_track(rng: random.Random) -> Arguments:
    return (Track(rng.choice(WORDS), rng.choice(WORDS), rng.randint(0, 600)),)


def _draw_winds(rng: random.Random) -> Arguments:
    names = ["Cape", "Dale", "Peak", "Bay"]
    limit = rng.randint(0, 100)
    winds = [0, limit, limit + 1, max(0, limit - 1), rng.randint(0, 120), rng.randint(0, limit)]
    stations = [
        Station(rng.choice(names), [rng.choice(winds) for _ in range(rng.randint(0, 3))])
        for _ in range(rng.randint(0, 4))
    ]
    return stations, limit


def _draw_stay(rng: random.Random) -> Arguments:
    arrived = rng.randint(0, 900)
    left = arrived + rng.randint(0, rng.choice([5, 300]))
    return Stay(rng.choice(["A 1", "B 22"]), arrived, rng.choice([None, left])), left + rng.randint(0, 200)


def _draw_league(rng: random.Random) -> Arguments:
    reach = rng.choice([1, 3, 9])
    return ([_team(rng, name, reach) for name in rng.sample(CLUBS, rng.randint(0, 5))],)


def _draw_note(rng: random.Random) -> Arguments:
    return Note(rng.randint(0, 8), rng.randint(0, 11)), rng.choice([rng.randint(-12, 12), rng.randint(-50, 50)])


INPUTS: dict[str, list[Arguments]] = {
    "matches_played": _inputs(
        [(Team("Reds", won, drawn, lost, 5, 3),) for won in (0, 1, 7) for drawn in (0, 2) for lost in (0, 4)], _draw_team, 160
    ),
    "cover_line": _inputs([(Track(title, "Bach", 60),) for title in WORDS], _draw_track, 160),
    "stormy_stations": _inputs(
        [([], 5), ([Station("Cape", [])], 0), ([Station("Cape", [0])], 0), ([Station("Cape", [1])], 0)]
        + [([Station("Dale", [6]), Station("Dale", [5, 7])], limit) for limit in (4, 5, 6, 7)],
        _draw_winds,
        220,
    ),
    "minutes_parked": _inputs(
        [(Stay("A 1", arrived, left), 40) for arrived in (0, 10, 40) for left in (None, 40)]
        + [(Stay("A 1", 5, left), 30) for left in (None, 5, 6, 20, 30)],
        _draw_stay,
        200,
    ),
    "league_table": _inputs(
        [
            ([],), ([Team("Reds", 0, 0, 0, 0, 0)],),
            ([Team("Reds", 0, 0, 0, 0, 0), Team("Owls", 0, 0, 0, 0, 0)],),
            ([Team("Reds", 1, 0, 0, 0, 0), Team("Owls", 0, 3, 0, 0, 0)],),
            ([Team("Reds", 1, 0, 0, 0, 0), Team("Owls", 0, 2, 0, 9, 0)],),
            ([Team("Owls", 0, 0, 0, 4, 3), Team("Reds", 0, 0, 0, 2, 0)],),
            ([Team("Owls", 0, 0, 0, 0, 2), Team("Reds", 0, 0, 0, 1, 2)],),
        ],
        _draw_league,
        240,
    ),
    "transposed": _inputs(
        [(Note(3, step), steps) for step in (0, 5, 11) for steps in (-25, -12, -6, -1, 0, 1, 7, 12, 13)], _draw_note, 200
    ),
}  # fmt: skip
