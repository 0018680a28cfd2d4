"""Folds: levels, digits, balances, registers and streaks, gathered step by step."""

from icontract import ensure, require


@ensure(lambda result: result >= 0)
def final_level(changes: list[int]) -> int:
    """Tell how much water is in a barrel after some changes, one after the other.

    The barrel is empty at first. A positive change is poured in. A negative one is taken out, but never more than there
    is: then the barrel is empty, and the next change starts from 0.

    >>> final_level([5, 3])
    8
    >>> final_level([5, -2])
    3
    >>> final_level([2, -6, 4])
    4
    >>> final_level([-3, 7])
    7
    >>> final_level([4, -9])
    0
    >>> final_level([])
    0
    >>> final_level([1, -2, 3, -4, 5])
    5
    """
    ...


@require(lambda base: base >= 2)
@require(lambda digits, base: all(0 <= digit < base for digit in digits))
@ensure(lambda result: result >= 0)
def value_of_digits(digits: list[int], base: int) -> int:
    """Work out the number that is written with these digits, the highest one first, to a base. No digits mean 0.

    >>> value_of_digits([1, 2, 3], 10)
    123
    >>> value_of_digits([1, 0, 1], 2)
    5
    >>> value_of_digits([15, 15], 16)
    255
    >>> value_of_digits([0, 7], 8)
    7
    >>> value_of_digits([], 10)
    0
    >>> value_of_digits([2, 0, 0], 3)
    18
    """
    ...


@ensure(lambda changes, result: len(result) == len(changes))
def balances(opening: int, changes: list[int]) -> list[int]:
    """List the balance of an account after each of its changes; before the first one it is the opening balance.

    >>> balances(100, [20, -50, 5])
    [120, 70, 75]
    >>> balances(0, [1, 1, 1])
    [1, 2, 3]
    >>> balances(10, [-30])
    [-20]
    >>> balances(7, [])
    []
    >>> balances(-4, [4, 0, 9])
    [0, 0, 9]
    """
    ...


@require(lambda names: all(name != "" and name.isascii() for name in names))
@ensure(lambda names, result: sum(result.values()) == len(names))
def register_sizes(names: list[str]) -> dict[str, int]:
    """Count for each page of an address book how many of the names stand on it.

    A name stands on the page of its first character, written as a capital letter. Pages without names are left out.

    >>> register_sizes(["Ann", "bob", "Al"])
    {'A': 2, 'B': 1}
    >>> register_sizes(["cid", "Cid", "Cleo"])
    {'C': 3}
    >>> register_sizes(["Zoe"])
    {'Z': 1}
    >>> register_sizes([])
    {}
    >>> register_sizes(["Dee", "eve", "dan", "Eli", "di"])
    {'D': 3, 'E': 2}
    """
    ...


@ensure(lambda days, result: 0 <= result <= len(days))
def longest_streak(days: list[bool]) -> int:
    """Find the greatest number of True values that follow each other without a False in between.

    >>> longest_streak([True, True, False, True])
    2
    >>> longest_streak([False, True, True, True])
    3
    >>> longest_streak([True, False, True, False])
    1
    >>> longest_streak([False, False])
    0
    >>> longest_streak([])
    0
    >>> longest_streak([True, True, False, True, True, True, True, False])
    4
    """
    ...
