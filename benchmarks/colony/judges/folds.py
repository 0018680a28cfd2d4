"""Hidden judge of the family `folds`: references and inputs."""

import itertools
import math
import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def from_digits(digits: list[int]) -> int:
    number = 0
    for digit in digits:
        number = number * 10 + digit
    return number


def alternating_sum(numbers: list[int]) -> int:
    return sum(numbers[::2]) - sum(numbers[1::2])


def left_after(stock: int, orders: list[int]) -> list[int]:
    left = []
    for order in orders:
        if order <= stock:
            stock -= order
        left.append(stock)
    return left


def weighted_sum(marks: list[int], weights: list[int]) -> int:
    return sum(mark * weight for mark, weight in zip(marks, weights, strict=True))


def doublings(amount: int, goal: int) -> int:
    count = 0
    while amount < goal:
        amount *= 2
        count += 1
    return count


def count_changes(states: list[str]) -> int:
    return sum(before != after for before, after in itertools.pairwise(states))


def product_of_nonzero(factors: list[int]) -> int:
    return math.prod(factor for factor in factors if factor != 0)


def read_until_end(lines: list[str]) -> list[str]:
    return list(itertools.takewhile(lambda line: line != "END", lines))


def steepest_fall(prices: list[int]) -> int:
    return max(0, max((high - low for high, low in itertools.combinations(prices, 2)), default=0))


def days_until_full(amounts: list[int], capacity: int) -> int | None:
    stored = 0
    for day, amount in enumerate(amounts, 1):
        stored += amount
        if stored >= capacity:
            return day
    return None


def tank_level(changes: list[int], capacity: int) -> int:
    level = 0
    for change in changes:
        level = max(0, min(capacity, level + change))
    return level


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270313)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _ints(rng: random.Random, low: int, high: int, most: int) -> list[int]:
    return [rng.randint(low, high) for _ in range(rng.randint(0, most))]


def _draw_digits(rng: random.Random) -> Arguments:
    return (_ints(rng, 0, rng.choice([1, 9, 9]), 6),)


def _draw_numbers(rng: random.Random) -> Arguments:
    return (_ints(rng, -30, 30, 7),)


def _draw_orders(rng: random.Random) -> Arguments:
    return rng.randint(0, 60), _ints(rng, 0, rng.choice([9, 30, 70]), 6)


def _draw_marks(rng: random.Random) -> Arguments:
    marks = _ints(rng, -9, 15, 6)
    return marks, [rng.randint(-4, 10) for _ in marks]


def _draw_growth(rng: random.Random) -> Arguments:
    amount = rng.randint(1, 30)
    exact = amount * 2 ** rng.randint(0, 9)
    return amount, rng.choice([exact, exact + 1, exact - 1, rng.randint(-5, 5000)])


def _draw_states(rng: random.Random) -> Arguments:
    pool = rng.choice([["on", "off"], ["red", "green", "Red", ""], ["a", "a", "a", "b"]])
    return ([rng.choice(pool) for _ in range(rng.randint(0, 9))],)


def _draw_factors(rng: random.Random) -> Arguments:
    return ([rng.choice([0, 1, rng.randint(-9, 9), rng.randint(-9, 9)]) for _ in range(rng.randint(0, 6))],)


def _draw_lines(rng: random.Random) -> Arguments:
    pool = ["one", "two", "", "end", "END ", "THE END", "END", "END"][: rng.choice([6, 7, 8])]
    return ([rng.choice(pool) for _ in range(rng.randint(0, 7))],)


def _draw_prices(rng: random.Random) -> Arguments:
    prices = _ints(rng, rng.choice([-9, 0]), rng.choice([4, 60]), 8)
    return (sorted(prices) if rng.random() < 0.1 else prices,)


def _draw_filling(rng: random.Random) -> Arguments:
    amounts = _ints(rng, 0, rng.choice([1, 3, 40]), 8)
    filled = sum(amounts[: rng.randint(0, 8)])
    return amounts, max(1, rng.choice([filled, filled + 1, filled - 1, rng.randint(1, 100)]))


def _draw_tank(rng: random.Random) -> Arguments:
    capacity = rng.randint(0, 30)
    return [rng.randint(-capacity - 3, capacity + 3) for _ in range(rng.randint(0, 7))], capacity


INPUTS: dict[str, list[Arguments]] = {
    "from_digits": _inputs([([],), ([0],), ([0, 0],), ([0, 1],), ([1, 0],), ([9, 9, 9],), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 0],)], _draw_digits, 180),
    "alternating_sum": _inputs([([],), ([0],), ([-1],), ([1, 1],), ([1, 2],), ([1, 2, 3],), ([1, 2, 3, 4],), ([-1, -2, -3],)], _draw_numbers, 180),
    "left_after": _inputs(
        [(0, []), (7, []), (0, [0]), (0, [1]), (7, [0]), (5, [5]), (5, [6]), (5, [6, 5]), (5, [5, 1]), (9, [2, 3]), (9, [8, 2, 1]), (9, [8, 1, 1])],
        _draw_orders,
        200,
    ),
    "weighted_sum": _inputs(
        [([], []), ([0], [5]), ([5], [0]), ([2], [3]), ([1, 2], [3, 4]), ([2, 1], [3, 4]), ([-1, 1], [1, 1]), ([1, 2, 3], [0, 0, 0])], _draw_marks, 180
    ),
    "doublings": _inputs(
        [(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 1), (3, -9), (3, 6), (3, 7), (100, 1), (1, 2**40), (1, 2**40 + 1), (10**9, 10**12)], _draw_growth, 200
    ),
    "count_changes": _inputs(
        [([],), (["a"],), ([""],), (["a", "a"],), (["a", "b"],), (["a", "b", "a"],), (["a", "b", "b"],), (["a", "a", "b"],), (["", "a", ""],), (["on", "On"],)],
        _draw_states,
        180,
    ),
    "product_of_nonzero": _inputs(
        [([],), ([0],), ([1],), ([-1],), ([0, 0, 0],), ([0, 5],), ([5, 0],), ([-2, -3],), ([-2, 3],), ([-2, 0, 3],), ([2] * 40,)], _draw_factors, 180
    ),
    "read_until_end": _inputs(
        [
            ([],), (["END"],), (["END", "END"],), (["a"],), (["a", "END"],), (["END", "a"],), (["a", "b"],), (["end"],), (["ENDING"],), (["a", "END", "b"],),
            (["END", "a", "END"],), (["a", "a", "END", "a"],),
        ],
        _draw_lines,
        200,
    ),
    "steepest_fall": _inputs(
        [([],), ([1],), ([1, 1],), ([1, 2],), ([2, 1],), ([-1, -3],), ([3, 1, 2],), ([3, 1, 2, 0],), ([3, 5, 1],), ([5, 3, 9, 8],), ([5, 1, 9, 4],), ([5, 1, 9, 6],)],
        _draw_prices,
        200,
    ),
    "days_until_full": _inputs(
        [
            ([], 1), ([], 9), ([0], 1), ([1], 1), ([2], 1), ([1], 2), ([0, 1], 1), ([1, 0], 1), ([1, 1], 2), ([1, 1], 3), ([0, 0, 0], 1), ([3, 0, 0, 1], 4),
            ([2, 9, 1], 2), ([2, 9, 1], 3), ([2, 9, 1], 12), ([2, 9, 1], 13),
        ],
        _draw_filling,
        220,
    ),
    "tank_level": _inputs(
        [
            ([], 0), ([], 5), ([1], 0), ([-1], 0), ([-1], 5), ([5], 5), ([6], 5), ([4], 5), ([6, -1], 5), ([-1, 6], 5), ([-1, 1], 5), ([5, -5], 5), ([5, -6, 1], 5),
            ([3, -5, 4, 9, -1], 6), ([-9, -9, 2], 3), ([9, 9, -2], 3),
        ],
        _draw_tank,
        220,
    ),
}  # fmt: skip
