"""Pairs and tables: weights, ratings, colours, seats, time sheets and elections."""

from icontract import ensure, require


@require(lambda weight: weight[0] >= 0 and 0 <= weight[1] < 16)
@ensure(lambda result: result >= 0)
def in_ounces(weight: tuple[int, int]) -> int:
    """Convert a weight that is given in pounds and ounces to ounces alone; a pound has 16 ounces.

    >>> in_ounces((1, 0))
    16
    >>> in_ounces((2, 5))
    37
    >>> in_ounces((0, 9))
    9
    >>> in_ounces((0, 0))
    0
    >>> in_ounces((10, 15))
    175
    """
    ...


@ensure(lambda titles, result: len(result) <= len(titles))
def unrated(titles: list[str], ratings: dict[str, int]) -> list[str]:
    """List the titles that have no rating yet, in their order.

    >>> unrated(["Dune", "Emma", "Ulysses"], {"Emma": 4})
    ['Dune', 'Ulysses']
    >>> unrated(["Dune"], {"Dune": 5})
    []
    >>> unrated(["Emma", "Dune"], {})
    ['Emma', 'Dune']
    >>> unrated([], {"Dune": 3})
    []
    >>> unrated(["Hamlet", "Faust", "Medea"], {"Medea": 0, "Hamlet": 2, "Dune": 1})
    ['Faust']
    """
    ...


@require(lambda colour: all(0 <= part <= 255 for part in colour))
@ensure(lambda result: len(result) == 7)
def colour_code(colour: tuple[int, int, int]) -> str:
    """Write a colour, given by its red, green and blue part, as on a web page.

    That is a "#" and then each part as two hexadecimal digits, with small letters.

    >>> colour_code((255, 0, 0))
    '#ff0000'
    >>> colour_code((0, 128, 255))
    '#0080ff'
    >>> colour_code((0, 0, 0))
    '#000000'
    >>> colour_code((255, 255, 255))
    '#ffffff'
    >>> colour_code((1, 15, 16))
    '#010f10'
    >>> colour_code((18, 171, 90))
    '#12ab5a'
    """
    ...


@require(lambda seat: 1 <= seat[0] <= 60 and 0 <= seat[1] <= 9)
@ensure(lambda result: 2 <= len(result) <= 3)
def seat_name(seat: tuple[int, int]) -> str:
    """Name a seat of a plane, given by its row and its place in the row.

    The name is the number of the row and the letter of the place: place 0 is "A", place 1 is "B", and so on.

    >>> seat_name((1, 0))
    '1A'
    >>> seat_name((12, 2))
    '12C'
    >>> seat_name((30, 5))
    '30F'
    >>> seat_name((7, 1))
    '7B'
    >>> seat_name((60, 9))
    '60J'
    """
    ...


@require(lambda entries: all(0 <= start <= end for _, start, end in entries))
@ensure(lambda entries, result: set(result) == {person for person, _, _ in entries})
def minutes_worked(entries: list[tuple[str, int, int]]) -> dict[str, int]:
    """Add up for each person on a time sheet how many minutes the person worked.

    An entry holds the name of the person, and the minutes at which the work started and ended.

    >>> minutes_worked([("Ada", 480, 600), ("Ben", 500, 530)])
    {'Ada': 120, 'Ben': 30}
    >>> minutes_worked([("Ada", 480, 600), ("Ada", 660, 720)])
    {'Ada': 180}
    >>> minutes_worked([])
    {}
    >>> minutes_worked([("Cleo", 540, 540)])
    {'Cleo': 0}
    >>> minutes_worked([("Ben", 0, 60), ("Ada", 10, 20), ("Ben", 100, 145)])
    {'Ben': 105, 'Ada': 10}
    """
    ...


@require(lambda votes: all(count >= 0 for count in votes.values()))
@ensure(lambda votes, result: result is None or result in votes)
def elected(votes: dict[str, int]) -> str | None:
    """Name the candidate who is elected: the one who got more than half of all votes; if nobody did, it is None.

    >>> elected({"Ada": 6, "Ben": 3})
    'Ada'
    >>> elected({"Ada": 5, "Ben": 5}) is None
    True
    >>> elected({"Ada": 40, "Ben": 35, "Cleo": 25}) is None
    True
    >>> elected({"Ada": 2, "Ben": 3, "Cleo": 10})
    'Cleo'
    >>> elected({}) is None
    True
    >>> elected({"Ben": 1})
    'Ben'
    >>> elected({"Ada": 0, "Ben": 0}) is None
    True
    """
    ...
