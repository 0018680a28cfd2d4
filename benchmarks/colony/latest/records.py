"""Records: teams, tracks, weather stations, parking and notes."""

from dataclasses import dataclass

from icontract import ensure, require


@dataclass(frozen=True)
class Team:
    """A team of a league, how many matches it won, drew and lost, and the goals that it scored and conceded."""

    name: str
    won: int
    drawn: int
    lost: int
    scored: int
    conceded: int


@dataclass(frozen=True)
class Track:
    """A piece of music on a record."""

    title: str
    artist: str
    length_s: int


@dataclass(frozen=True)
class Station:
    """A weather station and the wind speeds that it measured, in kilometres per hour."""

    name: str
    winds: list[int]


@dataclass(frozen=True)
class Stay:
    """The stay of a car in a car park; the minute at which it left is None as long as it is there."""

    plate: str
    arrived: int
    left: int | None


@dataclass(frozen=True)
class Note:
    """A note by its octave and by its step in the octave, from 0 to 11."""

    octave: int
    step: int


@require(lambda team: min(team.won, team.drawn, team.lost, team.scored, team.conceded) >= 0)
@ensure(lambda result: result >= 0)
def matches_played(team: Team) -> int:
    """Count the matches that a team has played: those that it won, those that it drew and those that it lost.

    >>> matches_played(Team("Reds", 3, 1, 2, 10, 8))
    6
    >>> matches_played(Team("Blues", 0, 0, 0, 0, 0))
    0
    >>> matches_played(Team("Greens", 0, 4, 0, 3, 3))
    4
    >>> matches_played(Team("Owls", 10, 5, 7, 31, 20))
    22
    >>> matches_played(Team("Foxes", 1, 0, 1, 2, 9))
    2
    """
    ...


@require(lambda track: track.length_s >= 0)
def cover_line(track: Track) -> str:
    """Write the line of the cover that stands for a track: its artist, a colon and a space, and its title in quotes.

    >>> cover_line(Track("Blue Moon", "Ella", 190))
    'Ella: "Blue Moon"'
    >>> cover_line(Track("Air", "Bach", 300))
    'Bach: "Air"'
    >>> cover_line(Track("", "Nobody", 0))
    'Nobody: ""'
    >>> cover_line(Track("So What", "Miles Davis", 562))
    'Miles Davis: "So What"'
    >>> cover_line(Track("Ave Maria", "", 240))
    ': "Ave Maria"'
    """
    ...


@require(lambda stations, limit: limit >= 0 and all(wind >= 0 for station in stations for wind in station.winds))
@ensure(lambda stations, result: len(result) <= len(stations))
def stormy_stations(stations: list[Station], limit: int) -> list[str]:
    """List the names of the stations that measured at least one wind speed above a limit, in the order of the stations.

    >>> stormy_stations([Station("Cape", [40, 90]), Station("Dale", [20, 30])], 75)
    ['Cape']
    >>> stormy_stations([Station("Cape", [75]), Station("Dale", [76])], 75)
    ['Dale']
    >>> stormy_stations([Station("Peak", [])], 50)
    []
    >>> stormy_stations([], 60)
    []
    >>> stormy_stations([Station("Peak", [61, 80]), Station("Bay", [10]), Station("Isle", [0, 65])], 60)
    ['Peak', 'Isle']
    """
    ...


@require(lambda stay, now: 0 <= stay.arrived <= now and (stay.left is None or stay.arrived <= stay.left <= now))
@ensure(lambda result: result >= 0)
def minutes_parked(stay: Stay, now: int) -> int:
    """Tell for how many minutes a car was in the car park: until it left, or until now if it has not left yet.

    >>> minutes_parked(Stay("AB 12", 100, 160), 500)
    60
    >>> minutes_parked(Stay("AB 12", 100, None), 500)
    400
    >>> minutes_parked(Stay("XY 9", 30, 30), 30)
    0
    >>> minutes_parked(Stay("XY 9", 30, None), 30)
    0
    >>> minutes_parked(Stay("K 777", 0, None), 45)
    45
    >>> minutes_parked(Stay("K 777", 0, 20), 45)
    20
    """
    ...


@require(lambda teams: all(min(team.won, team.drawn, team.scored, team.conceded) >= 0 for team in teams))
@require(lambda teams: len({team.name for team in teams}) == len(teams))
@ensure(lambda teams, result: sorted(result) == sorted(team.name for team in teams))
def league_table(teams: list[Team]) -> list[str]:
    """List the names of the teams of a league, the best one first.

    A team gets 3 points for each match that it won and 1 for each one that it drew, and more points are better. Of
    teams with equally many points the one with the greater difference of scored and conceded goals is better, and of
    those that are still equal the one whose name comes first in the alphabet.

    >>> league_table([Team("Reds", 1, 1, 0, 3, 2), Team("Blues", 2, 0, 0, 4, 1)])
    ['Blues', 'Reds']
    >>> league_table([Team("Reds", 1, 0, 1, 2, 2), Team("Owls", 0, 3, 0, 5, 5), Team("Cats", 1, 0, 0, 4, 1)])
    ['Cats', 'Owls', 'Reds']
    >>> league_table([Team("Owls", 0, 4, 0, 1, 1), Team("Cats", 1, 0, 3, 9, 9)])
    ['Owls', 'Cats']
    >>> league_table([])
    []
    >>> league_table([Team("Elks", 2, 2, 2, 8, 8)])
    ['Elks']
    >>> league_table([Team("Reds", 1, 0, 0, 5, 4), Team("Owls", 1, 0, 0, 3, 0), Team("Bees", 0, 0, 2, 9, 12)])
    ['Owls', 'Reds', 'Bees']
    """
    ...


@require(lambda note: 0 <= note.step <= 11)
@ensure(lambda result: 0 <= result.step <= 11)
def transposed(note: Note, steps: int) -> Note:
    """Transpose a note by some steps: up by a positive number of them, and down by a negative one.

    An octave has 12 steps; behind its step 11 the next octave begins with step 0.

    >>> transposed(Note(4, 0), 5)
    Note(octave=4, step=5)
    >>> transposed(Note(4, 9), 5)
    Note(octave=5, step=2)
    >>> transposed(Note(4, 2), -3)
    Note(octave=3, step=11)
    >>> transposed(Note(3, 7), 0)
    Note(octave=3, step=7)
    >>> transposed(Note(2, 11), 1)
    Note(octave=3, step=0)
    >>> transposed(Note(5, 4), -24)
    Note(octave=3, step=4)
    """
    ...
