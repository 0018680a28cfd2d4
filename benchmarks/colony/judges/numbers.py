"""Hidden judge of `specs.numbers`: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def blank_lines(lines: int, per_page: int) -> int:
    return -lines % per_page


def halve_repeatedly(amount: int, rounds: int) -> int:
    return amount // 2**rounds


def midpoint(left: float, right: float) -> float:
    return (left + right) / 2


def discounted(cents: int, percent: int) -> int:
    return cents - cents * percent // 100


def rounded_to(amount: int, step: int) -> int:
    return (2 * amount + step) // (2 * step) * step


def digit_sum(number: int) -> int:
    return sum(int(digit) for digit in str(abs(number)))


def weekly_pay(hours: int, rate: int) -> int:
    return rate * (hours + max(0, hours - 40))


def square_ends_with_number(number: int) -> bool:
    return str(number * number).endswith(str(number))


def times_divisible(number: int, divisor: int) -> int:
    times = 0
    while number % divisor == 0:
        number //= divisor
        times += 1
    return times


def alternating_digit_sum(number: int) -> int:
    return sum(int(digit) * (-1) ** place for place, digit in enumerate(str(number)))


def sum_of_multiples(limit: int, first: int, second: int) -> int:
    return sum(number for number in range(1, limit + 1) if number % first == 0 or number % second == 0)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261122)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _any_size(rng: random.Random) -> int:
    """Return a whole number of one to nine digits, each length as likely as the others."""
    return rng.randrange(10 ** rng.randint(1, 9))


def _draw_blank_lines(rng: random.Random) -> Arguments:
    per_page = rng.choice([1, 2, 3, 7, 40, rng.randint(1, 90)])
    return rng.choice([per_page * rng.randint(0, 9), rng.randint(0, per_page), rng.randint(0, 1000)]), per_page


def _draw_halves(rng: random.Random) -> Arguments:
    return _any_size(rng), rng.choice([rng.randint(0, 6), rng.randint(0, 30)])


def _draw_midpoint(rng: random.Random) -> Arguments:
    top = rng.choice([4, 40, 4000])
    return rng.randint(-top, top) / 2, rng.randint(-top, top) / 2


def _draw_discounted(rng: random.Random) -> Arguments:
    return rng.randrange(10 ** rng.randint(1, 6)), rng.choice([1, 5, 10, 15, 25, 33, 50, 99, rng.randint(0, 100)])


def _draw_rounded(rng: random.Random) -> Arguments:
    step = rng.choice([2, 3, 5, 10, 25, 60, 100, rng.randint(1, 40)])
    low = step * rng.randint(0, 30)
    return low + rng.choice([step // 2, (step + 1) // 2, max(0, step // 2 - 1), rng.randint(0, step)]), step


def _draw_number(rng: random.Random) -> Arguments:
    return (_any_size(rng) * rng.choice([1, -1]),)


def _draw_week(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 40), rng.randint(38, 60), rng.randint(0, 168)]), rng.randint(0, 60)


def _draw_ending(rng: random.Random) -> Arguments:
    return (rng.choice([_any_size(rng), rng.randint(0, 99) * 100 + rng.choice([25, 76, 1, 0, 5, 6])]),)


def _draw_powers(rng: random.Random) -> Arguments:
    divisor = rng.choice([2, 3, 4, 5, 6, 10, 12, rng.randint(2, 40)])
    return divisor ** rng.randint(0, 6) * rng.randint(1, 60), divisor


def _draw_multiples(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 40), rng.randint(0, 400)]), rng.randint(1, 12), rng.randint(1, 20)


AUTOMORPHIC = (
    1, 5, 6, 25, 76, 376, 625, 9376, 90625, 109376, 890625, 2890625, 7109376, 12890625, 87109376, 212890625,
    787109376, 1787109376, 8212890625, 18212890625, 81787109376, 918212890625, 9918212890625, 40081787109376,
    59918212890625, 259918212890625, 740081787109376, 3740081787109376,
)  # fmt: skip


INPUTS: dict[str, list[Arguments]] = {
    "blank_lines": _inputs(
        [(0, 1), (0, 9), (1, 1), (1, 2), (2, 2), (3, 2), (9, 10), (10, 10), (11, 10), (5, 6), (6, 5), (10**9, 7)],
        _draw_blank_lines,
        200,
    ),
    "halve_repeatedly": _inputs(
        [(0, 0), (1, 0), (1, 1), (0, 60), (2**60, 60), (2**60 - 1, 60), (2**60, 59), (3, 1), (3, 2), (255, 4), (256, 4)],
        _draw_halves,
        200,
    ),
    "midpoint": _inputs(
        [(0.0, 0.0), (1.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-0.5, 0.5), (2.5, 2.5), (1e6, -1e6), (1e6, 1e6), (-3.0, -3.0)],
        _draw_midpoint,
        200,
    ),
    "discounted": _inputs(
        [(0, 0), (0, 100), (1, 0), (1, 1), (1, 99), (1, 100), (100, 1), (101, 1), (199, 1), (99, 99), (10, 15), (10**12, 7)],
        _draw_discounted,
        200,
    ),
    "rounded_to": _inputs(
        [(0, 1), (7, 1), (0, 2), (1, 2), (2, 2), (3, 2), (1, 3), (2, 3), (4, 3), (5, 10), (4, 10), (6, 10), (10**9 + 5, 10), (1, 99)],
        _draw_rounded,
        220,
    ),
    "digit_sum": _inputs(
        [(0,), (1,), (-1,), (10,), (-10,), (11,), (99,), (-99,), (1001,), (10**20,), (10**20 - 1,), (-(10**20) + 1,)],
        _draw_number,
        200,
    ),
    "weekly_pay": _inputs(
        [(0, 0), (40, 0), (41, 0), (40, 1), (41, 1), (42, 1), (39, 1), (168, 100), (80, 9), (20, 9), (1, 40), (0, 40), (100, 40)],
        _draw_week,
        200,
    ),
    "square_ends_with_number": _inputs(
        [*((number,) for number in AUTOMORPHIC), *((number,) for number in range(40)), (625625,), (1376,), (100,), (1000,)],
        _draw_ending,
        150,
    ),
    "times_divisible": _inputs(
        [(1, 2), (2, 2), (3, 2), (4, 2), (2, 4), (8, 4), (16, 4), (2**70, 2), (2**70, 8), (3, 9), (36, 6), (12, 6), (10**9, 10)],
        _draw_powers,
        200,
    ),
    "alternating_digit_sum": _inputs(
        [(0,), (1,), (9,), (10,), (11,), (90,), (99,), (100,), (101,), (909,), (990,), (9090,), (12345,), (54321,), (10**15,)],
        lambda rng: (_any_size(rng),),
        200,
    ),
    "sum_of_multiples": _inputs(
        [
            (0, 2, 3), (1, 1, 1), (1, 2, 2), (2, 2, 3), (3, 2, 3), (6, 2, 3), (5, 2, 3), (6, 3, 2), (12, 12, 4), (12, 4, 12),
            (2000, 100, 100), (2000, 3, 5), (100, 7, 7), (99, 100, 1), (14, 15, 16),
        ],
        _draw_multiples,
        200,
    ),
}  # fmt: skip
