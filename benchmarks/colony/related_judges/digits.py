"""Hidden judge of the group `digits`: references and inputs."""

import random
from typing import Any

Arguments = tuple[Any, ...]


def digit_sum(number: int) -> int:
    return sum(int(digit) for digit in str(number))


def check_digit(number: int) -> int:
    return -sum(int(digit) for digit in str(number)) % 10


def is_fair(number: int) -> bool:
    return number % sum(int(digit) for digit in str(number)) == 0


def digit_sums(numbers: list[int]) -> list[int]:
    return [sum(int(digit) for digit in str(number)) for number in numbers]


def heaviest(numbers: list[int]) -> int:
    return max(sum(int(digit) for digit in str(number)) for number in numbers)


def _number(draw: random.Random) -> int:
    return draw.choice((draw.randint(0, 99), draw.randint(0, 9999), draw.randint(0, 10**7), 10 ** draw.randint(0, 6)))


def _lists(least: int) -> list[Arguments]:
    draw = random.Random(23)
    rows = [[_number(draw) for _ in range(draw.randint(least, 6))] for _ in range(200)]
    return [(row,) for row in {repr(row): row for row in rows}.values()]


_NUMBERS = sorted({*range(10), *(_number(random.Random(seed)) for seed in range(220))})

INPUTS: dict[str, list[Arguments]] = {
    "digit_sum": [(number,) for number in _NUMBERS],
    "check_digit": [(number,) for number in _NUMBERS],
    "is_fair": [(number,) for number in _NUMBERS if number > 0],
    "digit_sums": _lists(0),
    "heaviest": _lists(1),
}
