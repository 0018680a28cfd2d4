"""Small records: rectangles, fractions, clocks, days, students and cards."""

from dataclasses import dataclass

from icontract import ensure, require

CARD_VALUES = {
    "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10, "J": 10, "Q": 10, "K": 10, "A": 11,
}  # fmt: skip


@dataclass(frozen=True)
class Rectangle:
    """A rectangle by its lower left corner, its width and its height."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Ratio:
    """A fraction."""

    numerator: int
    denominator: int


@dataclass(frozen=True)
class Clock:
    """A time of day on a clock whose hours go from 1 to 24: 24:05 is five minutes past midnight."""

    hour: int
    minute: int


@dataclass(frozen=True)
class Day:
    """A day of the calendar."""

    year: int
    month: int
    day: int


@dataclass(frozen=True)
class Student:
    """A student and the points of the student's examination."""

    name: str
    points: int


@require(lambda a, b: a.width >= 1 and a.height >= 1 and b.width >= 1 and b.height >= 1)
def overlap(a: Rectangle, b: Rectangle) -> Rectangle | None:
    """Find the rectangle that two rectangles have in common.

    Rectangles that only touch along an edge or at a corner have that edge or corner in common: it is given as
    a rectangle of width 0, of height 0, or both. If they have no point in common, the result is None.

    >>> overlap(Rectangle(0, 0, 4, 4), Rectangle(2, 1, 5, 2))
    Rectangle(x=2, y=1, width=2, height=2)
    >>> overlap(Rectangle(0, 0, 9, 9), Rectangle(3, 3, 1, 2))
    Rectangle(x=3, y=3, width=1, height=2)
    >>> overlap(Rectangle(0, 0, 1, 1), Rectangle(5, 0, 1, 1)) is None
    True
    """
    ...


@require(lambda a, b: a.denominator >= 1 and b.denominator >= 1)
@ensure(lambda result: result.denominator >= 1)
def add_ratios(a: Ratio, b: Ratio) -> Ratio:
    """Add two fractions with positive denominators.

    The denominator of the sum is the least common multiple of the two denominators. The sum is not reduced
    any further.

    >>> add_ratios(Ratio(1, 2), Ratio(1, 3))
    Ratio(numerator=5, denominator=6)
    >>> add_ratios(Ratio(1, 6), Ratio(1, 6))
    Ratio(numerator=2, denominator=6)
    >>> add_ratios(Ratio(-1, 4), Ratio(1, 2))
    Ratio(numerator=1, denominator=4)
    """
    ...


@require(lambda time: 1 <= time.hour <= 24 and 0 <= time.minute <= 59)
@ensure(lambda result: 1 <= result.hour <= 24 and 0 <= result.minute <= 59)
def add_minutes(time: Clock, minutes: int) -> Clock:
    """Move a time of day on by some minutes, or back if they are negative.

    The hours of this clock go from 1 to 24, there is no hour 0: after 23:59 comes 24:00, and after 24:59
    comes 1:00. A day has 24 hours; which day it is does not matter.

    >>> add_minutes(Clock(9, 50), 25)
    Clock(hour=10, minute=15)
    >>> add_minutes(Clock(23, 30), 120)
    Clock(hour=1, minute=30)
    >>> add_minutes(Clock(3, 10), -20)
    Clock(hour=2, minute=50)
    >>> add_minutes(Clock(7, 0), 0)
    Clock(hour=7, minute=0)
    """
    ...


@require(lambda birth: 1 <= birth.month <= 12 and 1 <= birth.day <= 31)
@require(lambda today: 1 <= today.month <= 12 and 1 <= today.day <= 31)
@require(lambda birth, today: (birth.year, birth.month, birth.day) <= (today.year, today.month, today.day))
@ensure(lambda result: result >= 0)
def full_years(birth: Day, today: Day) -> int:
    """Work out the age in full years.

    A birthday is the day with the month and the day of birth in any later year, be it 29 February, even in a
    year that lacks it. The age is the number of birthdays that lie before today: a birthday that is today does
    not count yet. Days are compared by year, then by month, then by day.

    >>> full_years(Day(1990, 5, 17), Day(2020, 8, 1))
    30
    >>> full_years(Day(1990, 5, 17), Day(2020, 3, 31))
    29
    >>> full_years(Day(2001, 2, 3), Day(2001, 12, 24))
    0
    """
    ...


def best_student(students: list[Student]) -> Student | None:
    """Find the student with the most points.

    Of several with equally many points, it is the one who stands last in the list. If there are no students,
    the result is None.

    >>> best_student([Student("Ada", 7), Student("Bo", 9), Student("Cy", 8)])
    Student(name='Bo', points=9)
    >>> best_student([Student("Ada", 9), Student("Bo", 9), Student("Cy", 8)])
    Student(name='Bo', points=9)
    >>> best_student([]) is None
    True
    """
    ...


@require(lambda cards: all(card in CARD_VALUES for card in cards))
@ensure(lambda result: result >= 0)
def hand_value(cards: list[str]) -> int:
    """Add up the value of a hand in a game of twenty-one.

    `CARD_VALUES` tells what each card counts, an ace ("A") 11. If the sum is more than 21 with every ace as 11,
    all aces of the hand count 1 instead, not only as many as needed.

    >>> hand_value(["A", "K"])
    21
    >>> hand_value(["A", "9", "5"])
    15
    >>> hand_value(["10", "7", "8"])
    25
    >>> hand_value([])
    0
    """
    ...
