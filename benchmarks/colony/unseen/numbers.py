"""Numbers: rails, ferries and dials."""

from icontract import ensure, require


@require(lambda length, gap: length >= 0 and gap >= 1)
@ensure(lambda result: result >= 1)
def sleepers_under_rail(length: int, gap: int) -> int:
    """Count the sleepers under a rail: one lies at its start, and then one after each whole gap.

    A rest at the end that is shorter than a gap has no sleeper of its own.

    >>> sleepers_under_rail(12, 4)
    4
    >>> sleepers_under_rail(15, 4)
    4
    >>> sleepers_under_rail(0, 5)
    1
    >>> sleepers_under_rail(5, 5)
    2
    >>> sleepers_under_rail(4, 5)
    1
    >>> sleepers_under_rail(20, 3)
    7
    """
    ...


@require(lambda cars, room, crossing: cars >= 1 and room >= 1 and crossing >= 0)
def ferry_minutes(cars: int, room: int, crossing: int) -> int:
    """Reckon after how many minutes the last of some cars is over the river.

    The ferry waits where the cars are and has room for so many of them at once. Each crossing takes so many minutes,
    there or back. It goes over as full as it can, comes back as long as cars are left, and does not come back after
    its last load.

    >>> ferry_minutes(4, 4, 10)
    10
    >>> ferry_minutes(5, 4, 10)
    30
    >>> ferry_minutes(8, 4, 10)
    30
    >>> ferry_minutes(9, 4, 7)
    35
    >>> ferry_minutes(1, 6, 12)
    12
    >>> ferry_minutes(3, 1, 2)
    10
    >>> ferry_minutes(3, 2, 0)
    0
    """
    ...


@require(lambda start, end, size: 0 <= start < size and 0 <= end < size)
@ensure(lambda start, end, size, result: (start + result) % size == end)
def dial_turn(start: int, end: int, size: int) -> int:
    """Find the shortest turn of a dial from one of its marks to another.

    The marks are numbered from 0 to one less than the size of the dial, and 0 follows the last of them. A turn forward
    is a positive number of marks, a turn back a negative one. If both ways are equally long, the turn is forward.

    >>> dial_turn(1, 4, 12)
    3
    >>> dial_turn(4, 1, 12)
    -3
    >>> dial_turn(11, 2, 12)
    3
    >>> dial_turn(2, 11, 12)
    -3
    >>> dial_turn(0, 6, 12)
    6
    >>> dial_turn(9, 3, 12)
    6
    >>> dial_turn(0, 3, 5)
    -2
    >>> dial_turn(7, 7, 10)
    0
    >>> dial_turn(0, 7, 12)
    -5
    """
    ...
