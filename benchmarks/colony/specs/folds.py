"""Folds: values that run along a list, counters that are carried on, and searches that stop early."""

from icontract import ensure, require


@require(lambda digits: all(0 <= digit <= 9 for digit in digits))
@ensure(lambda result: result >= 0)
def from_digits(digits: list[int]) -> int:
    """Put the digits of a number together, the first digit first; without any digits the number is 0.

    Zeros at the front make no difference. Each digit is from 0 to 9.

    >>> from_digits([4, 2])
    42
    >>> from_digits([1, 9, 0, 5])
    1905
    >>> from_digits([7])
    7
    >>> from_digits([0, 0, 3])
    3
    >>> from_digits([6, 0, 0])
    600
    >>> from_digits([])
    0
    """
    ...


def alternating_sum(numbers: list[int]) -> int:
    """Add the first number, subtract the second, add the third, and so on in turns; of no numbers the sum is 0.

    >>> alternating_sum([10, 3])
    7
    >>> alternating_sum([1, 2, 3, 4, 5])
    3
    >>> alternating_sum([8])
    8
    >>> alternating_sum([0, 5, 1])
    -4
    >>> alternating_sum([-2, -6, 4, 9])
    -1
    >>> alternating_sum([])
    0
    """
    ...


@require(lambda stock, orders: stock >= 0 and all(order >= 0 for order in orders))
@ensure(lambda orders, result: len(result) == len(orders))
def left_after(stock: int, orders: list[int]) -> list[int]:
    """List how many pieces are left after each order, of those in the stock at the start.

    Each order takes its pieces if as many are left, and otherwise takes none. Orders are served one after the
    other. How many there are at the start is not listed.

    >>> left_after(10, [3, 2])
    [7, 5]
    >>> left_after(10, [6, 5, 4])
    [4, 4, 0]
    >>> left_after(8, [9, 1])
    [8, 7]
    >>> left_after(0, [1, 0])
    [0, 0]
    >>> left_after(20, [5, 5, 11, 10, 1])
    [15, 10, 10, 0, 0]
    >>> left_after(7, [7])
    [0]
    >>> left_after(55, [])
    []
    """
    ...


@require(lambda marks, weights: len(marks) == len(weights))
def weighted_sum(marks: list[int], weights: list[int]) -> int:
    """Add up marks, each of them times the weight that stands at its place in the other list.

    The two lists are of equal length; of no marks the sum is 0.

    >>> weighted_sum([1, 2], [10, 100])
    210
    >>> weighted_sum([3, 4, 5], [1, 0, 2])
    13
    >>> weighted_sum([7], [6])
    42
    >>> weighted_sum([5, -5], [2, 3])
    -5
    >>> weighted_sum([9, 1, 1, 2], [0, 4, 4, -1])
    6
    >>> weighted_sum([], [])
    0
    """
    ...


@require(lambda amount: amount >= 1)
@ensure(lambda amount, goal, result: result >= 0 and amount * 2**result >= goal)
def doublings(amount: int, goal: int) -> int:
    """Count how often an amount must be doubled, each double again, before it is at least as much as a goal.

    >>> doublings(1, 8)
    3
    >>> doublings(3, 10)
    2
    >>> doublings(5, 5)
    0
    >>> doublings(7, 2)
    0
    >>> doublings(10, 11)
    1
    >>> doublings(1, 1000)
    10
    >>> doublings(6, 96)
    4
    >>> doublings(2, -3)
    0
    """
    ...


@ensure(lambda states, result: 0 <= result <= max(0, len(states) - 1))
def count_changes(states: list[str]) -> int:
    """Count how often the state changes: how many states are not equal to the one just before them.

    >>> count_changes(["on", "off", "on"])
    2
    >>> count_changes(["red", "red", "green", "green", "green", "red"])
    2
    >>> count_changes(["idle", "idle", "idle"])
    0
    >>> count_changes(["a", "b", "c", "a", "A"])
    4
    >>> count_changes(["on"])
    0
    >>> count_changes(["off", "on"])
    1
    >>> count_changes([])
    0
    """
    ...


@ensure(lambda result: result != 0)
def product_of_nonzero(factors: list[int]) -> int:
    """Multiply the numbers that are not 0; if there are none, the product is 1.

    >>> product_of_nonzero([2, 3, 4])
    24
    >>> product_of_nonzero([5, 0, 2, 0])
    10
    >>> product_of_nonzero([-3, 7])
    -21
    >>> product_of_nonzero([-1, 0, -6])
    6
    >>> product_of_nonzero([0, 0])
    1
    >>> product_of_nonzero([9])
    9
    >>> product_of_nonzero([])
    1
    """
    ...


@ensure(lambda lines, result: result == lines[: len(result)])
@ensure(lambda result: "END" not in result)
def read_until_end(lines: list[str]) -> list[str]:
    """List the lines that stand before the first line "END"; if there is no such line, list all of them.

    >>> read_until_end(["one", "two", "END", "three"])
    ['one', 'two']
    >>> read_until_end(["a", "END", "b", "END", "c"])
    ['a']
    >>> read_until_end(["x", "y", "z"])
    ['x', 'y', 'z']
    >>> read_until_end(["END", "after"])
    []
    >>> read_until_end(["the END", "end", "", "END"])
    ['the END', 'end', '']
    >>> read_until_end(["last"])
    ['last']
    >>> read_until_end([])
    []
    """
    ...


@ensure(lambda result: result >= 0)
def steepest_fall(prices: list[int]) -> int:
    """Find the greatest loss that was possible: how much a price is at most below one that stands before it.

    There may be other prices between the two. If no price is below one before it, the result is 0.

    >>> steepest_fall([5, 3, 8, 1])
    7
    >>> steepest_fall([9, 6, 7, 2, 8])
    7
    >>> steepest_fall([10, 4, 12, 9])
    6
    >>> steepest_fall([1, 2, 3])
    0
    >>> steepest_fall([-1, -5, 0, -2])
    4
    >>> steepest_fall([6])
    0
    >>> steepest_fall([4, 4, 3])
    1
    >>> steepest_fall([])
    0
    """
    ...


@require(lambda capacity: capacity >= 1)
@require(lambda amounts: all(amount >= 0 for amount in amounts))
@ensure(lambda amounts, result: result is None or 1 <= result <= len(amounts))
def days_until_full(amounts: list[int], capacity: int) -> int | None:
    """Count the days until a store is full: until what came in, added up from the first day, reaches the capacity.

    There is one amount for each day, and the day on which the capacity is reached or exceeded counts. If it never
    is, the result is None.

    >>> days_until_full([3, 4, 5], 7)
    2
    >>> days_until_full([3, 4, 5], 8)
    3
    >>> days_until_full([10, 1], 6)
    1
    >>> days_until_full([0, 2, 0, 0, 2, 9], 4)
    5
    >>> days_until_full([1, 1, 1], 4) is None
    True
    >>> days_until_full([5, 5], 10)
    2
    >>> days_until_full([], 1) is None
    True
    """
    ...


@require(lambda capacity: capacity >= 0)
@ensure(lambda capacity, result: 0 <= result <= capacity)
def tank_level(changes: list[int], capacity: int) -> int:
    """Tell how many litres are in a tank in the end that is empty in the beginning and goes through some changes.

    Each change adds litres, or takes some if it is negative. What would rise above the capacity runs over, so that
    the tank is just full then; and no more can be taken than there is, so that it is empty then.

    >>> tank_level([5, 3], 10)
    8
    >>> tank_level([5, 7, -2], 10)
    8
    >>> tank_level([4, -9, 6], 20)
    6
    >>> tank_level([-3, 2, 1], 5)
    3
    >>> tank_level([15, -15, 15], 12)
    12
    >>> tank_level([9, -4, -1], 30)
    4
    >>> tank_level([2, -6], 8)
    0
    >>> tank_level([], 9)
    0
    """
    ...
