"""Folds: reading, heating, forecasts, darts, book numbers and walks."""

from icontract import ensure, require


@require(lambda pages, read: pages >= 0 and all(count >= 0 for count in read))
@ensure(lambda pages, result: 0 <= result <= pages)
def pages_left(pages: int, read: list[int]) -> int:
    """Count the pages of a book that are left, given how many were read on each day; there are never fewer than 0.

    >>> pages_left(300, [40, 60])
    200
    >>> pages_left(120, [])
    120
    >>> pages_left(90, [30, 30, 30])
    0
    >>> pages_left(50, [30, 30])
    0
    >>> pages_left(10, [0, 3])
    7
    >>> pages_left(0, [5])
    0
    """
    ...


@ensure(lambda result: result >= 0)
def heating_degrees(temperatures: list[int]) -> int:
    """Add up how many degrees each day was colder than 18 degrees; days of 18 degrees or more add nothing.

    >>> heating_degrees([10, 15])
    11
    >>> heating_degrees([18, 25])
    0
    >>> heating_degrees([20, 12, 30])
    6
    >>> heating_degrees([])
    0
    >>> heating_degrees([-5, 0])
    41
    >>> heating_degrees([17, 19, 18])
    1
    """
    ...


@require(lambda forecast, measured: len(forecast) == len(measured))
@ensure(lambda result: result >= 0)
def squared_error(forecast: list[int], measured: list[int]) -> int:
    """Judge a forecast: add up the squares of the differences between what was forecast and what was measured each day.

    >>> squared_error([20, 22], [21, 20])
    5
    >>> squared_error([15, 15, 15], [15, 15, 15])
    0
    >>> squared_error([], [])
    0
    >>> squared_error([3], [7])
    16
    >>> squared_error([-2, 0, 4], [1, 0, 3])
    10
    """
    ...


@require(lambda start, throws: start >= 0 and all(points >= 0 for points in throws))
@ensure(lambda start, result: 0 <= result <= start)
def points_left(start: int, throws: list[int]) -> int:
    """Tell how many points a player of darts has left, who begins with a number of points and must get down to 0.

    The points of each throw are taken away, one throw after the other. A throw that is worth more than the points that
    are left does not count.

    >>> points_left(501, [60, 41])
    400
    >>> points_left(40, [20, 20])
    0
    >>> points_left(30, [25, 10])
    5
    >>> points_left(30, [25, 10, 5])
    0
    >>> points_left(101, [])
    101
    >>> points_left(20, [60, 19, 3, 1])
    0
    >>> points_left(50, [51, 0, 20])
    30
    """
    ...


@require(lambda digits: len(digits) == 12 and all(0 <= digit <= 9 for digit in digits))
@ensure(lambda result: 0 <= result <= 9)
def book_check_digit(digits: list[int]) -> int:
    """Find the check digit of the number of a book, given its first 12 digits.

    The first digit is taken once, the second one 3 times, the third one once, and so on in turns. The check digit is
    what must be added to the sum of them to reach a multiple of 10.

    >>> book_check_digit([9, 7, 8, 0, 3, 0, 6, 4, 0, 6, 1, 5])
    7
    >>> book_check_digit([9, 7, 8, 3, 1, 6, 1, 4, 8, 4, 1, 0])
    0
    >>> book_check_digit([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    0
    >>> book_check_digit([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    9
    >>> book_check_digit([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    7
    >>> book_check_digit([4, 0, 0, 6, 3, 8, 1, 3, 3, 3, 9, 3])
    1
    """
    ...


@require(lambda moves: set(moves) <= set("NESW"))
@ensure(lambda moves, result: abs(result[0]) + abs(result[1]) <= len(moves))
def end_of_walk(moves: str) -> tuple[int, int]:
    """Find where a walk on a board ends that starts at (0, 0): how far to the east and how far to the north.

    Each letter is a step to the north ("N"), east ("E"), south ("S") or west ("W"). West and south of the start the
    numbers are negative.

    >>> end_of_walk("N")
    (0, 1)
    >>> end_of_walk("EEN")
    (2, 1)
    >>> end_of_walk("SW")
    (-1, -1)
    >>> end_of_walk("")
    (0, 0)
    >>> end_of_walk("NESW")
    (0, 0)
    >>> end_of_walk("WWSEWSS")
    (-2, -3)
    """
    ...
