"""Numbers: electricity meters, dice, trains, tickets, tides and bottles."""

from icontract import ensure, require


@require(lambda before, after: 0 <= before < 100000 and 0 <= after < 100000)
@ensure(lambda result: 0 <= result < 100000)
def meter_usage(before: int, after: int) -> int:
    """Tell how many units an electricity meter has counted between two readings.

    The meter has 5 digits: after 99999 it goes on with 0. Between two readings it counts less than 100000 units.

    >>> meter_usage(1200, 1530)
    330
    >>> meter_usage(99990, 25)
    35
    >>> meter_usage(500, 500)
    0
    >>> meter_usage(0, 99999)
    99999
    >>> meter_usage(80000, 100)
    20100
    >>> meter_usage(42317, 45002)
    2685
    """
    ...


@require(lambda dice, sides: dice >= 0 and sides >= 1)
@ensure(lambda dice, result: result >= dice)
def average_total(dice: int, sides: int) -> float:
    """Tell which total some dice show on average, where each die has so many sides, numbered from 1 on.

    One die shows on average half of what its lowest and its highest number are together.

    >>> average_total(1, 6)
    3.5
    >>> average_total(2, 6)
    7.0
    >>> average_total(3, 4)
    7.5
    >>> average_total(0, 6)
    0.0
    >>> average_total(5, 1)
    5.0
    >>> average_total(2, 20)
    21.0
    """
    ...


@require(lambda first, every, minute: first >= 0 and every >= 1 and minute >= 0)
@ensure(lambda result: result >= 0)
def trains_left_by(first: int, every: int, minute: int) -> int:
    """Count the trains that have left a station by a minute of the day, those that leave in this very minute included.

    The first train leaves at the minute `first`, and after it one leaves every `every` minutes.

    >>> trains_left_by(300, 20, 300)
    1
    >>> trains_left_by(300, 20, 299)
    0
    >>> trains_left_by(300, 20, 345)
    3
    >>> trains_left_by(0, 30, 60)
    3
    >>> trains_left_by(400, 10, 100)
    0
    >>> trains_left_by(285, 15, 600)
    22
    >>> trains_left_by(350, 60, 409)
    1
    """
    ...


@require(lambda number: number >= 10)
def is_valid_ticket(number: int) -> bool:
    """Tell whether the number of a ticket is valid.

    It is if its last digit is the remainder that the digits before it, read as one number, leave when divided by 7.

    >>> is_valid_ticket(11)
    True
    >>> is_valid_ticket(12)
    False
    >>> is_valid_ticket(70)
    True
    >>> is_valid_ticket(77)
    False
    >>> is_valid_ticket(1002)
    True
    >>> is_valid_ticket(1003)
    False
    >>> is_valid_ticket(45676)
    False
    >>> is_valid_ticket(45673)
    True
    """
    ...


@require(lambda hours, rise_cm: hours >= 0 and rise_cm >= 0)
@ensure(lambda low_cm, rise_cm, result: low_cm <= result <= low_cm + 6 * rise_cm)
def water_level(hours: int, low_cm: int, rise_cm: int) -> int:
    """Tell how high the water of a harbour stands so many hours after a low tide, in centimetres.

    At low tide it stands at `low_cm`. It rises by `rise_cm` in each of the next 6 hours, then it falls as fast for 6
    hours, and then it begins to rise again.

    >>> water_level(0, 50, 40)
    50
    >>> water_level(2, 50, 40)
    130
    >>> water_level(6, 50, 40)
    290
    >>> water_level(9, 50, 40)
    170
    >>> water_level(12, 30, 25)
    30
    >>> water_level(13, 30, 25)
    55
    >>> water_level(20, -10, 35)
    130
    """
    ...


@require(lambda bottles, empties: bottles >= 0 and empties >= 2)
@ensure(lambda bottles, result: result >= bottles)
def bottles_in_all(bottles: int, empties: int) -> int:
    """Count the bottles that somebody drinks in all who buys some and always exchanges the empty ones.

    The shop gives one full bottle for so many empty ones. Whatever was got that way is drunk and exchanged too, until
    too few empty bottles are left.

    >>> bottles_in_all(9, 3)
    13
    >>> bottles_in_all(2, 3)
    2
    >>> bottles_in_all(3, 3)
    4
    >>> bottles_in_all(0, 5)
    0
    >>> bottles_in_all(15, 4)
    19
    >>> bottles_in_all(10, 2)
    19
    >>> bottles_in_all(24, 10)
    26
    """
    ...
