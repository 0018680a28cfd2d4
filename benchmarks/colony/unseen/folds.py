"""Folds: trays, counters and throws."""

from icontract import ensure, require


@require(lambda batches, room: room >= 1 and all(batch >= 0 for batch in batches))
def full_trays(batches: list[int], room: int) -> int:
    """Count the full trays of all batches of buns, where a tray has room for so many.

    Buns of different batches never share a tray, and a tray that is not full does not count.

    >>> full_trays([12, 7], 6)
    3
    >>> full_trays([5, 5], 6)
    0
    >>> full_trays([], 4)
    0
    >>> full_trays([8, 4, 3, 9], 4)
    5
    >>> full_trays([0, 3], 1)
    3
    >>> full_trays([10], 10)
    1
    """
    ...


@require(lambda arrivals, served: served >= 0 and all(arrived >= 0 for arrived in arrivals))
@ensure(lambda result: result >= 0)
def still_waiting(arrivals: list[int], served: int) -> int:
    """Count the people who still wait at a counter at the end of the day.

    Nobody waits at first. In each hour that many people arrive as the list says, and then up to so many of those who
    wait are served; the others wait on. What is not needed in one hour cannot be used in a later one.

    >>> still_waiting([5, 4], 3)
    3
    >>> still_waiting([1, 6], 3)
    3
    >>> still_waiting([6, 1], 3)
    1
    >>> still_waiting([9, 0, 0], 4)
    0
    >>> still_waiting([], 2)
    0
    >>> still_waiting([2, 3], 0)
    5
    >>> still_waiting([0, 10, 2, 5], 5)
    2
    """
    ...


@ensure(lambda hits, result: result >= sum(hits))
def streak_points(hits: list[bool]) -> int:
    """Add up the points of a row of throws, where True is a hit and False a miss.

    A hit gives 1 point, a hit right after it gives 2, the next one 3, and so on. A miss gives nothing, and the hit
    after a miss gives 1 point again.

    >>> streak_points([True, True, True])
    6
    >>> streak_points([True, False, True])
    2
    >>> streak_points([True, True, False, True, True])
    6
    >>> streak_points([False, False])
    0
    >>> streak_points([])
    0
    >>> streak_points([False, True, True, False])
    3
    >>> streak_points([True, True, True, True, False, True])
    11
    """
    ...
