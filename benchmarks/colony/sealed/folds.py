"""Folds: honey, wells, trains, guests, identity numbers and a queue."""

from icontract import ensure, require


@require(lambda harvests, jar_grams: all(grams >= 0 for grams in harvests) and jar_grams >= 1)
@ensure(lambda result: result >= 0)
def jars_filled(harvests: list[int], jar_grams: int) -> int:
    """Count the jars that are filled with the honey of all hives together, given the grams from each hive.

    Each jar holds `jar_grams`; what is left and does not fill a jar is not counted.

    >>> jars_filled([700, 800], 500)
    3
    >>> jars_filled([400, 400, 400], 500)
    2
    >>> jars_filled([], 250)
    0
    >>> jars_filled([499], 500)
    0
    >>> jars_filled([1200, 0, 2300], 250)
    14
    """
    ...


@require(lambda depths: len(depths) >= 1 and all(depth >= 0 for depth in depths))
@ensure(lambda depths, result: min(depths) <= result <= max(depths))
def average_depth(depths: list[int]) -> int:
    """Find the average depth of some wells in whole metres, rounded down.

    >>> average_depth([10, 20])
    15
    >>> average_depth([7])
    7
    >>> average_depth([3, 4])
    3
    >>> average_depth([12, 30, 9, 25])
    19
    >>> average_depth([0, 0, 8])
    2
    """
    ...


@require(lambda wagons, gap_m: len(wagons) >= 1 and all(length >= 1 for length in wagons) and gap_m >= 0)
@ensure(lambda wagons, result: result >= sum(wagons))
def train_metres(wagons: list[int], gap_m: int) -> int:
    """Tell how long a train is, given the lengths of its wagons and the gap between each two neighbouring wagons.

    >>> train_metres([20, 25, 20], 1)
    67
    >>> train_metres([18], 2)
    18
    >>> train_metres([20, 20], 3)
    43
    >>> train_metres([15, 16, 17, 18], 0)
    66
    >>> train_metres([10, 10, 10, 10, 12], 2)
    60
    """
    ...


@ensure(lambda changes, result: result >= 0 and result >= sum(changes))
def most_guests(changes: list[int]) -> int:
    """Tell how many guests were in a museum at most, when it was fullest.

    In the morning it is empty. Each change tells how many guests came, or how many left if it is negative.

    >>> most_guests([5, 3, -4, 2])
    8
    >>> most_guests([2, -2, 3])
    3
    >>> most_guests([])
    0
    >>> most_guests([4, -1, 6, -9, 5])
    9
    >>> most_guests([10, -10])
    10
    >>> most_guests([1, 1, 1, -2, 2])
    3
    """
    ...


@require(lambda digits: all(0 <= digit <= 9 for digit in digits))
@ensure(lambda result: 0 <= result <= 10)
def identity_remainder(digits: list[int]) -> int:
    """Find the remainder by which an identity number is checked, given its digits.

    The last digit counts twice, the one before it 3 times, the one before that 4 times, and so on. The sum of all of
    that is divided by 11, and the remainder is the result.

    >>> identity_remainder([1])
    2
    >>> identity_remainder([1, 0])
    3
    >>> identity_remainder([4, 7])
    4
    >>> identity_remainder([])
    0
    >>> identity_remainder([3, 1, 2])
    8
    >>> identity_remainder([0, 0, 9])
    7
    >>> identity_remainder([8, 2, 5, 1, 6])
    5
    """
    ...


@require(lambda arrivals: all(minute >= 0 for minute in arrivals) and arrivals == sorted(arrivals))
@require(lambda minutes_each: minutes_each >= 1)
@ensure(lambda arrivals, minutes_each, result: result >= len(arrivals) * minutes_each)
def last_served_at(arrivals: list[int], minutes_each: int) -> int:
    """Tell at which minute the last customer has been served at the only counter of a shop that opens at minute 0.

    The customers arrive at the given minutes and are served in this order, `minutes_each` each. Who arrives while
    another one is served waits. Without customers it is minute 0.

    >>> last_served_at([0, 1, 2], 5)
    15
    >>> last_served_at([10], 4)
    14
    >>> last_served_at([0, 20], 5)
    25
    >>> last_served_at([], 3)
    0
    >>> last_served_at([5, 6, 30, 31], 10)
    50
    >>> last_served_at([2, 5, 8], 3)
    11
    >>> last_served_at([3, 4, 4, 60], 7)
    67
    """
    ...
