"""Meetings as pairs of minutes of the day: the first minute, and the first one after it."""

from icontract import require


@require(lambda one, other: one[0] <= one[1] and other[0] <= other[1])
def shared_time(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Tell how many minutes two meetings share; where they do not meet it is 0.

    >>> shared_time((10, 20), (15, 30))
    5
    >>> shared_time((10, 20), (30, 40))
    0
    >>> shared_time((0, 60), (20, 30))
    10
    >>> shared_time((5, 9), (1, 6))
    1
    >>> shared_time((10, 20), (20, 25))
    0
    >>> shared_time((3, 8), (3, 8))
    5
    """
    ...


@require(lambda one, other, least: one[0] <= one[1] and other[0] <= other[1] and least >= 0)
def shares_enough(one: tuple[int, int], other: tuple[int, int], least: int) -> bool:
    """Tell whether two meetings share at least so many minutes; where they do not meet they share 0.

    >>> shares_enough((10, 20), (15, 30), 5)
    True
    >>> shares_enough((10, 20), (15, 30), 6)
    False
    >>> shares_enough((10, 20), (30, 40), 0)
    True
    >>> shares_enough((10, 20), (30, 40), 1)
    False
    >>> shares_enough((0, 60), (20, 30), 8)
    True
    >>> shares_enough((5, 9), (1, 6), 3)
    False
    """
    ...


@require(lambda day, meeting: day[0] <= day[1] and meeting[0] <= meeting[1])
def free_time(day: tuple[int, int], meeting: tuple[int, int]) -> int:
    """Tell how many minutes of the working day are left beside a meeting, which may begin before it or end after it.

    >>> free_time((0, 60), (20, 30))
    50
    >>> free_time((10, 20), (15, 30))
    5
    >>> free_time((10, 20), (30, 40))
    10
    >>> free_time((5, 9), (1, 6))
    3
    >>> free_time((3, 8), (3, 8))
    0
    >>> free_time((100, 200), (0, 120))
    80
    """
    ...


@require(lambda day, meetings: day[0] <= day[1] and all(one[0] <= one[1] for one in meetings))
def times_in_day(day: tuple[int, int], meetings: list[tuple[int, int]]) -> list[int]:
    """List for each meeting how many of its minutes lie within the working day; where none do it is 0.

    >>> times_in_day((0, 60), [(20, 30), (50, 70)])
    [10, 10]
    >>> times_in_day((10, 20), [(30, 40)])
    [0]
    >>> times_in_day((10, 20), [])
    []
    >>> times_in_day((100, 200), [(90, 105), (150, 151), (0, 300)])
    [5, 1, 100]
    >>> times_in_day((5, 9), [(1, 6), (9, 12)])
    [1, 0]
    """
    ...


@require(lambda day, meetings: day[0] <= day[1] and all(one[0] <= one[1] for one in meetings))
def total_in_day(day: tuple[int, int], meetings: list[tuple[int, int]]) -> int:
    """Add up the minutes that each meeting shares with the working day; where one shares none it adds 0.

    >>> total_in_day((0, 60), [(20, 30), (50, 70)])
    20
    >>> total_in_day((10, 20), [(30, 40)])
    0
    >>> total_in_day((10, 20), [])
    0
    >>> total_in_day((100, 200), [(90, 105), (150, 151), (0, 300)])
    106
    >>> total_in_day((5, 9), [(1, 6), (9, 12)])
    1
    """
    ...
