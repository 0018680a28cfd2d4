"""Compositions: the ballots of an election, and the takings of a car park."""

from icontract import ensure, require


@require(lambda ballots: all(ballot.isascii() for ballot in ballots))
@ensure(lambda ballots, result: len(result) <= len(ballots))
def valid_names(ballots: list[str]) -> list[str]:
    """List the names on the valid ballots in their order, in small letters and without spaces around them.

    A ballot is not valid if nothing but spaces is written on it, or nothing at all.

    >>> valid_names(["Ada", "ben"])
    ['ada', 'ben']
    >>> valid_names([" Ada ", "BEN", ""])
    ['ada', 'ben']
    >>> valid_names(["", "   "])
    []
    >>> valid_names([])
    []
    >>> valid_names(["Mary Ann", " ", "ada", "Ada"])
    ['mary ann', 'ada', 'ada']
    """
    ...


@require(lambda ballots, name: name.isascii() and all(ballot.isascii() for ballot in ballots))
@ensure(lambda ballots, result: 0 <= result <= len(ballots))
def votes_for(ballots: list[str], name: str) -> int:
    """Count the valid ballots with a name, as `valid_names` lists them; capital and small letters are the same.

    The name itself is given without spaces around it.

    Uses: valid_names

    >>> votes_for(["Ada", "ben", "ada "], "Ada")
    2
    >>> votes_for(["Ada", "ben", "ada "], "BEN")
    1
    >>> votes_for(["Ada", ""], "Cleo")
    0
    >>> votes_for([], "Ada")
    0
    >>> votes_for([" CLEO", "cleo", "Cleopatra", "Cleo"], "cleo")
    3
    """
    ...


@require(lambda ballots, name: name.isascii() and all(ballot.isascii() for ballot in ballots))
def has_majority(ballots: list[str], name: str) -> bool:
    """Tell whether more than half of the valid ballots have a name, as `votes_for` counts and `valid_names` lists them.

    Uses: votes_for, valid_names

    >>> has_majority(["Ada", "ada", "Ben"], "Ada")
    True
    >>> has_majority(["Ada", "Ben"], "Ada")
    False
    >>> has_majority(["Ada", "", " "], "ada")
    True
    >>> has_majority(["Ada", "Ben", "Cleo", "ben"], "Ben")
    False
    >>> has_majority([], "Ada")
    False
    >>> has_majority(["BEN", " ben", "Cleo", "", "Ben"], "Ben")
    True
    >>> has_majority(["Ben"], "Ada")
    False
    """
    ...


@require(lambda minutes: minutes >= 0)
@ensure(lambda minutes, result: 60 * result >= minutes)
def begun_hours(minutes: int) -> int:
    """Count the hours that were begun in so many minutes.

    >>> begun_hours(60)
    1
    >>> begun_hours(61)
    2
    >>> begun_hours(1)
    1
    >>> begun_hours(0)
    0
    >>> begun_hours(150)
    3
    >>> begun_hours(480)
    8
    """
    ...


@require(lambda minutes, per_hour: minutes >= 0 and per_hour >= 1)
@ensure(lambda result: 0 <= result <= 2000)
def parking_fee(minutes: int, per_hour: int) -> int:
    """Find the fee for a car that was parked for so many minutes, in cents.

    Up to 15 minutes are free. Otherwise each hour that was begun, as `begun_hours` counts, costs `per_hour`, but no fee
    is higher than 2000.

    Uses: begun_hours

    >>> parking_fee(50, 150)
    150
    >>> parking_fee(61, 150)
    300
    >>> parking_fee(15, 200)
    0
    >>> parking_fee(16, 200)
    200
    >>> parking_fee(0, 300)
    0
    >>> parking_fee(1200, 150)
    2000
    >>> parking_fee(600, 190)
    1900
    """
    ...


@require(lambda stays: all(0 <= arrived <= left for arrived, left in stays))
@require(lambda per_hour: per_hour >= 1)
@ensure(lambda stays, result: 0 <= result <= 2000 * len(stays))
def takings(stays: list[tuple[int, int]], per_hour: int) -> int:
    """Add up the fees of all stays in a car park, each given by the minutes at which the car arrived and left.

    `parking_fee` tells what a stay costs.

    Uses: parking_fee

    >>> takings([(0, 60), (30, 100)], 100)
    300
    >>> takings([(500, 510)], 250)
    0
    >>> takings([], 100)
    0
    >>> takings([(480, 1440), (600, 630)], 180)
    2180
    >>> takings([(10, 130)], 250)
    500
    >>> takings([(0, 5), (100, 116), (200, 321)], 120)
    480
    """
    ...
