"""Numbers: parties, fences, clock hands and calendars."""

from math import isqrt

from icontract import ensure, require


@require(lambda guests: guests >= 0)
@ensure(lambda result: result >= 0)
def handshakes(guests: int) -> int:
    """Count the handshakes at a party where each guest shakes hands once with each other guest.

    >>> handshakes(2)
    1
    >>> handshakes(3)
    3
    >>> handshakes(5)
    10
    >>> handshakes(10)
    45
    >>> handshakes(1)
    0
    >>> handshakes(0)
    0
    """
    ...


@require(lambda area: area >= 0 and isqrt(area) ** 2 == area)
def square_fence(area: int) -> int:
    """Find the metres of fence around a square field, given its area in square metres.

    The sides of the field are whole metres long, so that the area is always the square of a whole number.

    >>> square_fence(9)
    12
    >>> square_fence(25)
    20
    >>> square_fence(100)
    40
    >>> square_fence(1)
    4
    >>> square_fence(0)
    0
    >>> square_fence(144)
    48
    """
    ...


@require(lambda hour, minute: 0 <= hour <= 23 and 0 <= minute <= 59)
@ensure(lambda result: 0 <= result < 360)
def hour_hand_degrees(hour: int, minute: int) -> float:
    """Tell by how many degrees the short hand of a clock is turned away from the 12.

    It turns by 30 degrees in an hour and by half a degree in a minute. At 0 and at 12 o'clock it points to the 12, and
    the afternoon looks like the morning.

    >>> hour_hand_degrees(3, 0)
    90.0
    >>> hour_hand_degrees(3, 30)
    105.0
    >>> hour_hand_degrees(0, 0)
    0.0
    >>> hour_hand_degrees(12, 1)
    0.5
    >>> hour_hand_degrees(15, 45)
    112.5
    >>> hour_hand_degrees(23, 59)
    359.5
    >>> hour_hand_degrees(9, 20)
    280.0
    """
    ...


@require(lambda speed: speed >= 0)
@ensure(lambda result: result >= 0)
def stopping_metres(speed: int) -> int:
    """Estimate after how many metres a car stands still, given its speed in kilometres per hour.

    Take a tenth of the speed, rounded down. Three times this is the way that the car goes before the driver reacts, and
    its square is the way that it goes on the brakes.

    >>> stopping_metres(50)
    40
    >>> stopping_metres(30)
    18
    >>> stopping_metres(100)
    130
    >>> stopping_metres(59)
    40
    >>> stopping_metres(10)
    4
    >>> stopping_metres(9)
    0
    >>> stopping_metres(0)
    0
    """
    ...


@require(lambda year: year >= 1)
@ensure(lambda year, result: 0 <= result <= year // 4)
def leap_years_up_to(year: int) -> int:
    """Count the leap years from year 1 up to a year, that year included.

    Every fourth year is a leap year, but of the years that are multiples of 100 only the multiples of 400 are.

    >>> leap_years_up_to(3)
    0
    >>> leap_years_up_to(4)
    1
    >>> leap_years_up_to(99)
    24
    >>> leap_years_up_to(100)
    24
    >>> leap_years_up_to(200)
    48
    >>> leap_years_up_to(399)
    96
    >>> leap_years_up_to(400)
    97
    >>> leap_years_up_to(2024)
    491
    """
    ...


@ensure(lambda number, result: (result < 0) == (number < 0))
def mirrored_number(number: int) -> int:
    """Write the decimal digits of a number backwards.

    The sign stays. Zeros that come to the front are dropped.

    >>> mirrored_number(123)
    321
    >>> mirrored_number(-45)
    -54
    >>> mirrored_number(7)
    7
    >>> mirrored_number(120)
    21
    >>> mirrored_number(-300)
    -3
    >>> mirrored_number(0)
    0
    >>> mirrored_number(90210)
    1209
    """
    ...
