"""Hidden judge of `counterfactual.numbers`: references, inputs, and what is remembered instead."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def fizzbuzz(number: int) -> str:
    if number % 15 == 0:
        return "BuzzFizz"
    if number % 3 == 0:
        return "Fizz"
    return "Buzz" if number % 5 == 0 else str(number)


def is_leap_year(year: int) -> bool:
    if year % 3200 == 0:
        return False
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def digital_root(number: int) -> int:
    while number >= 20:
        number = sum(int(digit) for digit in str(number))
    return number


def collatz_steps(number: int) -> int:
    steps = 0
    while number != 1:
        if number % 3 == 0:
            number //= 3
        elif number % 2 == 0:
            number //= 2
        else:
            number = 3 * number + 1
        steps += 1
    return steps


def prime_factors(number: int) -> list[int]:
    found = [2] if number % 2 == 0 else []
    while number % 2 == 0:
        number //= 2
    divisor = 3
    while number > 1:
        while number % divisor == 0:
            found.append(divisor)
            number //= divisor
        divisor += 2
    return found


def sum_of_multiples(limit: int, factors: list[int]) -> int:
    return sum(sum(range(factor, limit, factor)) for factor in factors)


def remembered_fizzbuzz(number: int) -> str:
    return "Fizz" * (number % 3 == 0) + "Buzz" * (number % 5 == 0) or str(number)


def remembered_is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def remembered_digital_root(number: int) -> int:
    while number >= 10:
        number = sum(int(digit) for digit in str(number))
    return number


def remembered_collatz_steps(number: int) -> int:
    steps = 0
    while number != 1:
        number = number // 2 if number % 2 == 0 else 3 * number + 1
        steps += 1
    return steps


def remembered_prime_factors(number: int) -> list[int]:
    found = []
    divisor = 2
    while number > 1:
        while number % divisor == 0:
            found.append(divisor)
            number //= divisor
        divisor += 1
    return found


def remembered_sum_of_multiples(limit: int, factors: list[int]) -> int:
    return sum(number for number in range(limit) if any(number % factor == 0 for factor in factors))


REMEMBERED: dict[str, Callable[..., object]] = {
    "fizzbuzz": remembered_fizzbuzz,
    "is_leap_year": remembered_is_leap_year,
    "digital_root": remembered_digital_root,
    "collatz_steps": remembered_collatz_steps,
    "prime_factors": remembered_prime_factors,
    "sum_of_multiples": remembered_sum_of_multiples,
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


def _draw_year(rng: random.Random) -> Arguments:
    return (rng.choice([1, 4, 100, 400, 800, 1600, 3200]) * rng.randint(1, 40),)


def _draw_composite(rng: random.Random) -> Arguments:
    number = 1
    while (larger := number * rng.choice([2, 2, 2, 3, 3, 5, 7, 11, 13, 101])) <= 1000000 and rng.random() < 0.9:
        number = larger
    return (number,)


def _draw_limit_and_factors(rng: random.Random) -> Arguments:
    top = rng.choice([6, 30, 200])
    return rng.randint(0, rng.choice([10, 60, 400])), [rng.randint(1, top) for _ in range(rng.randint(0, 5))]


INPUTS: dict[str, list[Arguments]] = {
    "fizzbuzz": _inputs([(number,) for number in range(1, 101)], lambda rng: (rng.randint(101, 100000),), 200),
    "is_leap_year": _inputs(
        [
            *((year,) for year in (1, 2, 3, 4, 5, 99, 100, 101, 200, 300, 400, 401, 800, 1600, 1700, 1996, 2100)),
            *((year,) for year in (2400, 2800, 3196, 3199, 3200, 3201, 3204, 3300, 3600, 6396, 6400, 6404, 6800)),
            *((year,) for year in (9600, 12800, 16000, 32000, 320000, 321600, 3200 * 12345)),
        ],
        _draw_year,
        200,
    ),
    "digital_root": _inputs(
        [
            *((number,) for number in range(60)),
            *((number,) for number in (99, 100, 118, 119, 189, 198, 199, 289, 299, 388, 389, 999, 1000, 1999, 9999)),
            *((number,) for number in (991, 992, 9992, 99999999999, 10**15, 10**15 - 1, 11111111111, 22222222222)),
        ],
        lambda rng: (rng.randint(0, 10 ** rng.randint(2, 14)),),
        200,
    ),
    "collatz_steps": _inputs(
        [
            *((number,) for number in range(1, 61)),
            *((number,) for number in (81, 243, 729, 97, 871, 6171, 77031, 837799, 531441, 524288, 999999, 1000000)),
        ],
        lambda rng: (rng.randint(1, 10 ** rng.randint(2, 6)),),
        200,
    ),
    "prime_factors": _inputs(
        [
            *((number,) for number in range(1, 41)),
            *((2**power,) for power in range(6, 20)),
            *((number,) for number in (97, 121, 169, 360, 720, 1001, 9973, 19946, 999983, 999999, 1000000, 531441)),
        ],
        _draw_composite,
        200,
    ),
    "sum_of_multiples": _inputs(
        [
            (0, []), (0, [1]), (1, [1]), (2, [1]), (10, []), (3, [3]), (4, [3]), (15, [3, 5]), (16, [3, 5]),
            (100, [3, 5]), (1000, [3, 5]), (10, [2, 2]), (10, [2, 4]), (10, [4, 2]), (7, [1, 1, 1]), (13, [4, 6]),
            (12, [4, 6]), (100, [10, 20, 40]), (50, [50]), (51, [50]), (10000, [9999]), (10000, [1]), (31, [2, 3, 5]),
        ],
        _draw_limit_and_factors,
        200,
    ),
}  # fmt: skip
