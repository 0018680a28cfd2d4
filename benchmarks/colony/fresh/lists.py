"""Lists: railway lines, badges, walks and dances."""

from icontract import ensure, require


@require(lambda stations: len(stations) >= 1)
@ensure(lambda result: len(result) == 2)
def ends_of_line(stations: list[str]) -> list[str]:
    """Name the two ends of a railway line: its first and its last station.

    A line of a single station begins and ends there, so that it is named twice.

    >>> ends_of_line(["Ulm", "Linz", "Graz"])
    ['Ulm', 'Graz']
    >>> ends_of_line(["Bern", "Thun"])
    ['Bern', 'Thun']
    >>> ends_of_line(["Zug"])
    ['Zug', 'Zug']
    >>> ends_of_line(["Chur", "Aarau", "Brig", "Visp", "Basel"])
    ['Chur', 'Basel']
    >>> ends_of_line(["Loop", "Mill", "Loop"])
    ['Loop', 'Loop']
    """
    ...


def is_badge_given_twice(badges: list[int]) -> bool:
    """Tell whether at least one number of a badge occurs more than once in a list.

    >>> is_badge_given_twice([4, 7, 4])
    True
    >>> is_badge_given_twice([4, 7, 9])
    False
    >>> is_badge_given_twice([])
    False
    >>> is_badge_given_twice([5])
    False
    >>> is_badge_given_twice([8, 8])
    True
    >>> is_badge_given_twice([1, 2, 3, 0, 2])
    True
    """
    ...


@require(lambda heights: len(heights) >= 1)
@ensure(lambda heights, result: result[-1] == max(heights))
def way_to_the_top(heights: list[int]) -> list[int]:
    """Keep the part of a walk that leads to its highest point: all heights up to that one, itself included.

    If several points are the highest, the way ends at the first of them.

    >>> way_to_the_top([2, 5, 9, 4])
    [2, 5, 9]
    >>> way_to_the_top([7, 3, 1])
    [7]
    >>> way_to_the_top([1, 6, 2, 6, 3])
    [1, 6]
    >>> way_to_the_top([3, 2, 8])
    [3, 2, 8]
    >>> way_to_the_top([0])
    [0]
    >>> way_to_the_top([-5, -2, -9])
    [-5, -2]
    """
    ...


@require(lambda votes: all(count >= 0 for count in votes) and sum(votes) >= 1)
@ensure(lambda votes, result: len(result) == len(votes) and sum(result) <= 100)
def shares_in_percent(votes: list[int]) -> list[int]:
    """Tell how many percent of all votes each party got, rounded down to whole percent.

    >>> shares_in_percent([1, 3])
    [25, 75]
    >>> shares_in_percent([1, 1, 1])
    [33, 33, 33]
    >>> shares_in_percent([8])
    [100]
    >>> shares_in_percent([0, 5, 3])
    [0, 62, 37]
    >>> shares_in_percent([120, 60, 20])
    [60, 30, 10]
    """
    ...


@ensure(lambda heights, result: all(top in heights for top in result))
def hill_tops(heights: list[int]) -> list[int]:
    """List the heights of the hill tops of a walk, in their order.

    A hill top is higher than the point right before it and higher than the point right after it. The first and the last
    point of the walk are no hill tops.

    >>> hill_tops([1, 4, 2, 6, 3])
    [4, 6]
    >>> hill_tops([1, 2, 3])
    []
    >>> hill_tops([9, 5, 2, 7])
    []
    >>> hill_tops([1, 5, 5, 2])
    []
    >>> hill_tops([])
    []
    >>> hill_tops([0, 7, 0, 7, 0])
    [7, 7]
    >>> hill_tops([-4, -1, -3])
    [-1]
    >>> hill_tops([6, 8])
    []
    """
    ...


@ensure(lambda left, right, result: sorted(result) == sorted(left + right))
def dance_line(left: list[str], right: list[str]) -> list[str]:
    """Mix two rows of dancers into one line: one from the left, one from the right, and so on, in their order.

    When one row is used up, the rest of the other one follows in its order.

    >>> dance_line(["Ann", "Bea"], ["Carl", "Dan"])
    ['Ann', 'Carl', 'Bea', 'Dan']
    >>> dance_line(["Ann", "Bea", "Cleo", "Dora"], ["Egon"])
    ['Ann', 'Egon', 'Bea', 'Cleo', 'Dora']
    >>> dance_line(["Ann"], ["Carl", "Dan", "Emil"])
    ['Ann', 'Carl', 'Dan', 'Emil']
    >>> dance_line([], ["Carl", "Dan"])
    ['Carl', 'Dan']
    >>> dance_line(["Bea", "Ann"], [])
    ['Bea', 'Ann']
    >>> dance_line([], [])
    []
    """
    ...
