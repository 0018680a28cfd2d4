"""Hidden judge of `counterfactual.records`: references, inputs, and what is remembered instead."""

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Arguments = tuple[Any, ...]

CARD_VALUES = {
    "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10, "J": 10, "Q": 10, "K": 10, "A": 11,
}  # fmt: skip


@dataclass(frozen=True)
class Rectangle:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Ratio:
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Clock:
    hour: int
    minute: int


@dataclass(frozen=True)
class Day:
    year: int
    month: int
    day: int


@dataclass(frozen=True)
class Student:
    name: str
    points: int


def overlap(a: Rectangle, b: Rectangle) -> Rectangle | None:
    left, right = max(a.x, b.x), min(a.x + a.width, b.x + b.width)
    bottom, top = max(a.y, b.y), min(a.y + a.height, b.y + b.height)
    if left > right or bottom > top:
        return None
    return Rectangle(left, bottom, right - left, top - bottom)


def add_ratios(a: Ratio, b: Ratio) -> Ratio:
    common = math.lcm(a.denominator, b.denominator)
    return Ratio(a.numerator * (common // a.denominator) + b.numerator * (common // b.denominator), common)


def add_minutes(time: Clock, minutes: int) -> Clock:
    hour, minute = divmod(time.hour * 60 + time.minute + minutes, 60)
    return Clock(hour % 24 or 24, minute)


def full_years(birth: Day, today: Day) -> int:
    now = (today.year, today.month, today.day)
    return sum((year, birth.month, birth.day) < now for year in range(birth.year + 1, today.year + 1))


def best_student(students: list[Student]) -> Student | None:
    best = None
    for student in students:
        if best is None or student.points >= best.points:
            best = student
    return best


def hand_value(cards: list[str]) -> int:
    value = sum(CARD_VALUES[card] for card in cards)
    return value if value <= 21 else value - 10 * cards.count("A")


def remembered_overlap(a: Rectangle, b: Rectangle) -> Rectangle | None:
    common = overlap(a, b)
    return common if common and common.width > 0 and common.height > 0 else None


def remembered_add_ratios(a: Ratio, b: Ratio) -> Ratio:
    numerator = a.numerator * b.denominator + b.numerator * a.denominator
    divisor = math.gcd(numerator, a.denominator * b.denominator)
    return Ratio(numerator // divisor, a.denominator * b.denominator // divisor)


def remembered_add_minutes(time: Clock, minutes: int) -> Clock:
    total = (time.hour * 60 + time.minute + minutes) % 1440
    return Clock(total // 60, total % 60)


def remembered_full_years(birth: Day, today: Day) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def remembered_best_student(students: list[Student]) -> Student | None:
    return max(students, key=lambda student: student.points, default=None)


def remembered_hand_value(cards: list[str]) -> int:
    value = sum(CARD_VALUES[card] for card in cards)
    aces = cards.count("A")
    while value > 21 and aces:
        value -= 10
        aces -= 1
    return value


REMEMBERED: dict[str, Callable[..., object]] = {
    "overlap": remembered_overlap,
    "add_ratios": remembered_add_ratios,
    "add_minutes": remembered_add_minutes,
    "full_years": remembered_full_years,
    "best_student": remembered_best_student,
    "hand_value": remembered_hand_value,
}


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_rectangles(rng: random.Random) -> Arguments:
    a = Rectangle(rng.randint(-5, 5), rng.randint(-5, 5), rng.randint(1, 5), rng.randint(1, 5))
    width, height = rng.randint(1, 5), rng.randint(1, 5)
    x = rng.choice([a.x + a.width, a.x - width, rng.randint(-7, 9)])
    y = rng.choice([a.y + a.height, a.y - height, rng.randint(-7, 9), rng.randint(-7, 9)])
    return a, Rectangle(x, y, width, height)


def _draw_ratios(rng: random.Random) -> Arguments:
    return tuple(Ratio(rng.randint(-12, 12), rng.choice([1, 2, 3, 4, 6, 8, 9, 10, 12])) for _ in range(2))


def _draw_clock_and_minutes(rng: random.Random) -> Arguments:
    time = Clock(rng.randint(1, 24), rng.choice([0, 1, 30, 59, rng.randint(0, 59)]))
    # Half of the times end up in the hour after midnight, the one that is 24 here.
    if rng.random() < 0.5:
        return time, rng.randint(-3, 3) * 1440 + rng.randint(0, 59) - time.hour * 60 - time.minute
    return time, rng.randint(-5000, 5000)


def _draw_days(rng: random.Random) -> Arguments:
    birth = Day(rng.randint(1930, 2020), rng.randint(1, 12), rng.randint(1, 28))
    later = birth.year + rng.randint(1, 90)
    if rng.random() < 0.5:
        return birth, Day(later, birth.month, max(1, birth.day + rng.choice([-1, 0, 0, 1])))
    return birth, Day(later, rng.randint(1, 12), rng.randint(1, 28))


def _draw_students(rng: random.Random) -> Arguments:
    top = rng.choice([1, 3, 20])
    return ([Student(rng.choice(["Ada", "Bo", "Cy", "Di"]), rng.randint(-1, top)) for _ in range(rng.randint(0, 6))],)


def _draw_cards(rng: random.Random) -> Arguments:
    pool = ["A", "A", "A", *CARD_VALUES] if rng.random() < 0.7 else list(CARD_VALUES)
    return ([rng.choice(pool) for _ in range(rng.randint(0, 6))],)


UNIT_SQUARE = Rectangle(0, 0, 1, 1)
BORN = Day(1990, 5, 17)
LEAP_BORN = Day(2000, 2, 29)


INPUTS: dict[str, list[Arguments]] = {
    "overlap": _inputs(
        [
            (UNIT_SQUARE, UNIT_SQUARE), (UNIT_SQUARE, Rectangle(1, 0, 1, 1)), (UNIT_SQUARE, Rectangle(0, 1, 1, 1)),
            (UNIT_SQUARE, Rectangle(1, 1, 1, 1)), (UNIT_SQUARE, Rectangle(-1, 0, 1, 1)), (UNIT_SQUARE, Rectangle(0, -1, 1, 1)),
            (UNIT_SQUARE, Rectangle(-1, -1, 1, 1)), (UNIT_SQUARE, Rectangle(-1, 1, 1, 1)), (UNIT_SQUARE, Rectangle(2, 0, 1, 1)),
            (UNIT_SQUARE, Rectangle(0, 2, 1, 1)), (UNIT_SQUARE, Rectangle(2, 2, 1, 1)), (UNIT_SQUARE, Rectangle(1, 2, 1, 1)),
            (Rectangle(0, 0, 4, 4), Rectangle(4, 1, 2, 2)), (Rectangle(0, 0, 4, 4), Rectangle(1, 4, 2, 2)),
            (Rectangle(0, 0, 4, 4), Rectangle(1, 1, 2, 2)), (Rectangle(1, 1, 2, 2), Rectangle(0, 0, 4, 4)),
            (Rectangle(0, 0, 4, 4), Rectangle(3, 3, 4, 4)), (Rectangle(0, 0, 4, 1), Rectangle(1, -3, 1, 9)),
            (Rectangle(0, 0, 4, 4), Rectangle(4, 5, 2, 2)), (Rectangle(-5, -5, 5, 5), Rectangle(0, 0, 3, 3)),
            (Rectangle(-5, -5, 5, 5), Rectangle(-2, 0, 4, 3)), (Rectangle(0, 0, 4, 4), Rectangle(0, 0, 4, 2)),
        ],
        _draw_rectangles,
        240,
    ),
    "add_ratios": _inputs(
        [
            (Ratio(0, 1), Ratio(0, 1)), (Ratio(0, 4), Ratio(0, 6)), (Ratio(1, 1), Ratio(1, 1)), (Ratio(1, 2), Ratio(1, 2)),
            (Ratio(1, 2), Ratio(-1, 2)), (Ratio(1, 3), Ratio(2, 3)), (Ratio(1, 4), Ratio(1, 6)), (Ratio(3, 4), Ratio(5, 6)),
            (Ratio(2, 4), Ratio(0, 1)), (Ratio(2, 4), Ratio(2, 4)), (Ratio(1, 10), Ratio(1, 15)), (Ratio(-1, 6), Ratio(-1, 3)),
            (Ratio(1, 12), Ratio(1, 4)), (Ratio(5, 1), Ratio(1, 5)), (Ratio(7, 8), Ratio(1, 8)), (Ratio(1, 6), Ratio(1, 10)),
            (Ratio(10**9, 10**9), Ratio(1, 10**9)), (Ratio(-3, 9), Ratio(1, 3)), (Ratio(6, 9), Ratio(1, 6)),
        ],
        _draw_ratios,
        220,
    ),
    "add_minutes": _inputs(
        [
            *((Clock(hour, minute), 0) for hour in (1, 12, 23, 24) for minute in (0, 5, 59)),
            *((Clock(23, 59), minutes) for minutes in (1, 2, 60, 61, 62, -1, 1440, 1441, -1440, -1439)),
            *((Clock(24, 0), minutes) for minutes in (1, 59, 60, 61, -1, -60, 1440, -1440, 720, -720)),
            *((Clock(1, 0), minutes) for minutes in (-1, -59, -60, -61, 1, 59, 60, 1379, 1380, 1381, 1440, 14400)),
            (Clock(24, 59), 1), (Clock(24, 30), 30), (Clock(12, 0), 720), (Clock(12, 0), -720), (Clock(12, 15), 705),
            (Clock(13, 37), 10**9), (Clock(13, 37), -(10**9)),
        ],
        _draw_clock_and_minutes,
        240,
    ),
    "full_years": _inputs(
        [
            (BORN, BORN), (BORN, Day(1990, 5, 18)), (BORN, Day(1990, 12, 31)), (BORN, Day(1991, 5, 16)), (BORN, Day(1991, 5, 17)),
            (BORN, Day(1991, 5, 18)), (BORN, Day(1992, 5, 17)), (BORN, Day(1992, 5, 18)), (BORN, Day(1991, 4, 30)),
            (BORN, Day(1991, 6, 1)), (BORN, Day(2020, 5, 17)), (BORN, Day(2020, 5, 16)), (BORN, Day(2020, 5, 18)),
            (BORN, Day(2020, 4, 18)), (BORN, Day(2020, 6, 16)), (BORN, Day(1991, 1, 1)),
            (LEAP_BORN, LEAP_BORN), (LEAP_BORN, Day(2001, 2, 28)), (LEAP_BORN, Day(2001, 3, 1)), (LEAP_BORN, Day(2004, 2, 29)),
            (LEAP_BORN, Day(2004, 3, 1)), (LEAP_BORN, Day(2004, 2, 28)), (LEAP_BORN, Day(2000, 3, 1)),
            (Day(2000, 12, 31), Day(2001, 1, 1)), (Day(2000, 12, 31), Day(2001, 12, 31)), (Day(2000, 12, 31), Day(2002, 1, 1)),
            (Day(2000, 1, 1), Day(2000, 12, 31)), (Day(2000, 1, 1), Day(2001, 1, 1)), (Day(2000, 1, 1), Day(2001, 1, 2)),
        ],
        _draw_days,
        240,
    ),
    "best_student": _inputs(
        [
            ([],), ([Student("Ada", 0)],), ([Student("Ada", -5)],), ([Student("Ada", -5), Student("Bo", -5)],),
            ([Student("Ada", 1), Student("Bo", 1)],), ([Student("Bo", 1), Student("Ada", 1)],),
            ([Student("Ada", 2), Student("Bo", 1)],), ([Student("Ada", 1), Student("Bo", 2)],),
            ([Student("Ada", 3), Student("Bo", 1), Student("Cy", 3)],), ([Student("Ada", 3), Student("Bo", 3), Student("Cy", 1)],),
            ([Student("Zoe", 3), Student("Bo", 3), Student("Ada", 3)],), ([Student("", 3), Student("", 3)],),
            ([Student("Ada", 0), Student("Bo", -1), Student("Cy", 0), Student("Di", -1)],),
        ],
        _draw_students,
        220,
    ),
    "hand_value": _inputs(
        [
            ([],), (["A"],), (["A", "A"],), (["A", "A", "A"],), (["A", "A", "9"],), (["A", "A", "10"],), (["A", "A", "8"],),
            (["A", "A", "A", "A"],), (["A", "10"],), (["A", "K", "Q"],), (["A", "5", "5"],), (["A", "5", "6"],),
            (["A", "9", "A"],), (["A", "2", "8"],), (["A", "2", "9"],), (["K", "Q", "J"],), (["7", "7", "7"],), (["2"],),
            (["9", "A"],), (["10", "10", "A"],), (["10", "10", "A", "A"],), (["K", "Q"],), (["K", "Q", "2"],), (["A"] * 22,),
            (["3", "A", "A", "6"],),
        ],
        _draw_cards,
        240,
    ),
}  # fmt: skip
