"""Numbers: thermometers, bars of music, libraries, tournaments, divisors and ovens."""

from icontract import ensure, require


@require(lambda celsius: celsius >= -273)
def fahrenheit(celsius: int) -> int:
    """Convert a temperature from whole degrees Celsius to whole degrees Fahrenheit, rounded down.

    The degrees Fahrenheit are nine fifths of the degrees Celsius, and 32 more.

    >>> fahrenheit(0)
    32
    >>> fahrenheit(100)
    212
    >>> fahrenheit(37)
    98
    >>> fahrenheit(-40)
    -40
    >>> fahrenheit(21)
    69
    >>> fahrenheit(-1)
    30
    """
    ...


@require(lambda seconds, beats_per_minute, beats_per_bar: seconds >= 0 and beats_per_minute >= 1 and beats_per_bar >= 1)
@ensure(lambda result: result >= 0)
def full_bars(seconds: int, beats_per_minute: int, beats_per_bar: int) -> int:
    """Count the full bars of music that are played in some seconds, at so many beats a minute and so many to a bar.

    >>> full_bars(60, 120, 4)
    30
    >>> full_bars(10, 90, 3)
    5
    >>> full_bars(7, 100, 4)
    2
    >>> full_bars(0, 120, 4)
    0
    >>> full_bars(1, 60, 2)
    0
    >>> full_bars(45, 80, 1)
    60
    """
    ...


@require(lambda days_late, per_day, price: days_late >= 0 and per_day >= 1 and price >= 0)
@ensure(lambda price, result: 0 <= result <= price)
def overdue_fine(days_late: int, per_day: int, price: int) -> int:
    """Reckon the fine for a book that is brought back late, in cents.

    The first 3 days late are free, and each further one costs `per_day`. The fine is never more than the price of the
    book.

    >>> overdue_fine(5, 20, 1500)
    40
    >>> overdue_fine(3, 20, 1500)
    0
    >>> overdue_fine(1, 50, 900)
    0
    >>> overdue_fine(0, 20, 1500)
    0
    >>> overdue_fine(4, 25, 800)
    25
    >>> overdue_fine(60, 20, 1000)
    1000
    >>> overdue_fine(13, 100, 999)
    999
    """
    ...


@require(lambda teams: teams >= 1)
@ensure(lambda result: result >= 0)
def knockout_rounds(teams: int) -> int:
    """Count the rounds of a knockout tournament until only one team is left.

    In each round the teams meet in pairs, and one team of each pair goes on. If their number is odd, the team without
    an opponent goes on as well.

    >>> knockout_rounds(8)
    3
    >>> knockout_rounds(1)
    0
    >>> knockout_rounds(2)
    1
    >>> knockout_rounds(5)
    3
    >>> knockout_rounds(16)
    4
    >>> knockout_rounds(17)
    5
    >>> knockout_rounds(3)
    2
    """
    ...


@require(lambda number: number >= 1)
def is_abundant(number: int) -> bool:
    """Tell whether a number is abundant: its divisors that are smaller than itself add up to more than the number.

    >>> is_abundant(12)
    True
    >>> is_abundant(6)
    False
    >>> is_abundant(1)
    False
    >>> is_abundant(18)
    True
    >>> is_abundant(16)
    False
    >>> is_abundant(20)
    True
    >>> is_abundant(13)
    False
    """
    ...


@require(lambda start, grams: 0 <= start < 1440 and grams >= 1)
@ensure(lambda result: 0 <= result < 1440)
def served_at(start: int, grams: int) -> int:
    """Tell when a roast can be served that is put into the oven at a minute of the day, counted from 0 at midnight.

    It stays in the oven 20 minutes for each 500 grams, where what is left over counts as 500 grams too, and then it
    rests for 15 minutes. If it gets later than midnight, the minute is one of the next day, counted from 0 again.

    >>> served_at(600, 1000)
    655
    >>> served_at(600, 1001)
    675
    >>> served_at(720, 300)
    755
    >>> served_at(0, 500)
    35
    >>> served_at(1400, 2000)
    55
    >>> served_at(1100, 2750)
    1235
    >>> served_at(1405, 400)
    0
    """
    ...
