"""Lists: sports tables, recipes, scales, picture puzzles and rainfall."""

from icontract import ensure, require


@require(lambda scored, conceded: len(scored) == len(conceded) and all(goals >= 0 for goals in scored + conceded))
def goal_difference(scored: list[int], conceded: list[int]) -> int:
    """Find the goal difference of a team: all goals that it scored less all those that it conceded, match by match.

    >>> goal_difference([2, 1, 3], [0, 1, 1])
    4
    >>> goal_difference([0, 1], [3, 2])
    -4
    >>> goal_difference([], [])
    0
    >>> goal_difference([5], [5])
    0
    >>> goal_difference([1, 0, 0, 2], [0, 4, 0, 1])
    -2
    """
    ...


@ensure(lambda ours, result: len(result) <= len(ours))
def shared_ingredients(ours: list[str], theirs: list[str]) -> list[str]:
    """List those of our ingredients that their recipe needs too, in the order of our recipe.

    >>> shared_ingredients(["flour", "egg", "milk"], ["milk", "flour"])
    ['flour', 'milk']
    >>> shared_ingredients(["rice"], ["egg", "oil"])
    []
    >>> shared_ingredients([], ["salt"])
    []
    >>> shared_ingredients(["salt"], [])
    []
    >>> shared_ingredients(["oil", "salt", "basil"], ["basil", "oil", "salt", "nuts"])
    ['oil', 'salt', 'basil']
    >>> shared_ingredients(["sugar", "butter", "sugar"], ["sugar"])
    ['sugar', 'sugar']
    """
    ...


def is_rising(notes: list[int]) -> bool:
    """Tell whether a melody only rises: each of its notes is higher than the one before it.

    A melody of no note or of one note rises.

    >>> is_rising([60, 62, 64])
    True
    >>> is_rising([60, 64, 62])
    False
    >>> is_rising([60, 60, 61])
    False
    >>> is_rising([])
    True
    >>> is_rising([72])
    True
    >>> is_rising([50, 49])
    False
    >>> is_rising([48, 55, 60, 67])
    True
    """
    ...


@require(lambda row: set(row) <= set("x."))
@ensure(lambda result: all(length >= 1 for length in result))
def clues(row: str) -> list[int]:
    """List the clues of a row of a picture puzzle: how long each unbroken run of filled squares is, from the left.

    A filled square is written as "x" and an empty one as ".".

    >>> clues("xx.x")
    [2, 1]
    >>> clues("..xxx..")
    [3]
    >>> clues("....")
    []
    >>> clues("")
    []
    >>> clues("x..x.xx.")
    [1, 1, 2]
    >>> clues("xxxxx")
    [5]
    """
    ...


@require(lambda days: days >= 1)
@ensure(lambda rain, days, result: len(result) == max(0, len(rain) - days + 1))
def rain_totals(rain: list[int], days: int) -> list[int]:
    """Add up the rain of each so many days that follow each other, beginning with the first days of the list.

    If the list is shorter than that, there is no total.

    >>> rain_totals([1, 2, 3, 4], 2)
    [3, 5, 7]
    >>> rain_totals([5, 0, 2, 8], 3)
    [7, 10]
    >>> rain_totals([4, 6], 2)
    [10]
    >>> rain_totals([4, 6], 3)
    []
    >>> rain_totals([], 1)
    []
    >>> rain_totals([7, 0, 3], 1)
    [7, 0, 3]
    """
    ...


@ensure(lambda points, result: len(result) == len(points))
def table_places(points: list[int]) -> list[int]:
    """Tell for each team which place it has in the table, given the points of the teams; the most points are place 1.

    Teams with equally many points share a place, and the places right behind a shared one are left out.

    >>> table_places([10, 30, 20])
    [3, 1, 2]
    >>> table_places([7, 9, 9, 4])
    [3, 1, 1, 4]
    >>> table_places([])
    []
    >>> table_places([5])
    [1]
    >>> table_places([3, 3, 3])
    [1, 1, 1]
    >>> table_places([12, 8, 0, 8, 15])
    [2, 3, 5, 3, 1]
    """
    ...
