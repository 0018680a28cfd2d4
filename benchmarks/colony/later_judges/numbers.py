"""Hidden judge of benchmarks/colony/later/numbers.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def prorated_cents(monthly_cents: int, days_used: int, days_in_month: int) -> int:
    return monthly_cents * days_used // days_in_month


def cell_number(row: int, column: int, columns: int) -> int:
    return (row - 1) * columns + column


def calendar_row(day: int, first_weekday: int) -> int:
    return (day + first_weekday - 1) // 7 + 1


def net_cents(gross_cents: int, percent: int) -> int:
    return gross_cents - gross_cents * percent // (100 + percent)


def minutes_elapsed(start: int, end: int) -> int:
    return (end // 100 - start // 100) * 60 + end % 100 - start % 100


def months_to_pay_off(debt: int, percent: int, payment: int) -> int:
    months = 0
    while debt > 0:
        debt += debt * percent // 100 - payment
        months += 1
    return months


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270611)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_subscription(rng: random.Random) -> Arguments:
    days = rng.randint(28, 31)
    return rng.choice([rng.randint(0, 99), rng.randint(0, 9999), 100 * rng.randint(1, 90)]), rng.randint(0, days), days


def _draw_cell(rng: random.Random) -> Arguments:
    columns = rng.randint(1, rng.choice([3, 12, 200]))
    return rng.randint(1, rng.choice([3, 12, 200])), rng.randint(1, columns), columns


def _draw_day(rng: random.Random) -> Arguments:
    return rng.randint(1, 31), rng.randint(0, 6)


def _draw_price(rng: random.Random) -> Arguments:
    return rng.randint(0, rng.choice([99, 999, 50000])), rng.choice([5, 7, 19, 20, rng.randint(0, 100)])


def _clock(minutes: int) -> int:
    return minutes // 60 * 100 + minutes % 60


def _draw_clocks(rng: random.Random) -> Arguments:
    start = rng.randint(0, 1439)
    return _clock(start), _clock(rng.randint(start, min(1439, start + rng.choice([59, 200, 1439]))))


def _draw_debt(rng: random.Random) -> Arguments:
    debt = rng.randint(0, rng.choice([90, 1000, 90000]))
    percent = rng.randint(0, rng.choice([0, 5, 20]))
    interest = debt * percent // 100
    return (
        debt,
        percent,
        interest
        + rng.choice([debt // rng.randint(2, 24) + 1, debt // rng.randint(2, 6) + 1, debt + rng.randint(0, 9) or 1]),
    )


INPUTS: dict[str, list[Arguments]] = {
    "prorated_cents": _inputs(
        [(monthly, used, days) for monthly in (0, 1, 29, 31, 100, 3000) for used in (0, 1, 14, 28) for days in (28, 29, 31)],
        _draw_subscription,
        200,
    ),
    "cell_number": _inputs(
        [(row, column, columns) for row in (1, 2, 5) for columns in (1, 2, 7) for column in {1, columns}], _draw_cell, 180
    ),
    "calendar_row": [(day, first) for day in range(1, 32) for first in range(7)],
    "net_cents": _inputs([(gross, percent) for gross in (0, 1, 2, 107, 119, 120, 121, 1000) for percent in (0, 1, 7, 20, 100)], _draw_price, 200),
    "minutes_elapsed": _inputs(
        [(0, 0), (0, 59), (0, 100), (59, 100), (159, 200), (958, 1001), (1000, 1000), (1200, 1259), (1259, 1300), (5, 2355), (0, 2359), (2359, 2359), (130, 330), (145, 215)],
        _draw_clocks,
        200,
    ),
    "months_to_pay_off": _inputs(
        [(0, 0, 1), (0, 20, 5), (1, 0, 1), (1, 20, 1), (2, 0, 1), (10, 0, 3), (9, 0, 3), (100, 1, 2), (100, 20, 21), (100, 20, 120), (100, 20, 119), (100, 20, 60), (99, 1, 33)],
        _draw_debt,
        200,
    ),
}  # fmt: skip
