"""Numbers that are judged by their digits."""

from icontract import require


@require(lambda number: number >= 0)
def digit_sum(number: int) -> int:
    """Add up the digits of a number.

    >>> digit_sum(123)
    6
    >>> digit_sum(0)
    0
    >>> digit_sum(9)
    9
    >>> digit_sum(5050)
    10
    >>> digit_sum(999)
    27
    """
    ...


@require(lambda number: number >= 0)
def check_digit(number: int) -> int:
    """Return the digit that must be added to the sum of a number's digits to reach a multiple of 10.

    >>> check_digit(123)
    4
    >>> check_digit(0)
    0
    >>> check_digit(55)
    0
    >>> check_digit(9)
    1
    >>> check_digit(999)
    3
    >>> check_digit(70)
    3
    """
    ...


@require(lambda number: number > 0)
def is_fair(number: int) -> bool:
    """Tell whether a number can be divided by the sum of its digits without a rest.

    >>> is_fair(18)
    True
    >>> is_fair(19)
    False
    >>> is_fair(7)
    True
    >>> is_fair(111)
    True
    >>> is_fair(25)
    False
    >>> is_fair(200)
    True
    >>> is_fair(101)
    False
    """
    ...


@require(lambda numbers: all(number >= 0 for number in numbers))
def digit_sums(numbers: list[int]) -> list[int]:
    """List the sums of the digits of numbers.

    >>> digit_sums([12, 30, 7])
    [3, 3, 7]
    >>> digit_sums([])
    []
    >>> digit_sums([999])
    [27]
    >>> digit_sums([0, 45])
    [0, 9]
    >>> digit_sums([101, 1000, 88])
    [2, 1, 16]
    """
    ...


@require(lambda numbers: len(numbers) > 0 and all(number >= 0 for number in numbers))
def heaviest(numbers: list[int]) -> int:
    """Return the largest sum of digits that a number of the list has.

    >>> heaviest([12, 30, 7])
    7
    >>> heaviest([100])
    1
    >>> heaviest([99, 100, 1000])
    18
    >>> heaviest([0])
    0
    >>> heaviest([45, 81, 260])
    9
    >>> heaviest([10, 930, 41])
    12
    """
    ...
