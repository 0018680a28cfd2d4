"""Counting and dividing whole numbers."""

from icontract import ensure, require


@require(lambda number: number >= 1)
def fizzbuzz(number: int) -> str:
    """Say what a player says for a number in a game of Fizz Buzz.

    A multiple of 3 is "Fizz" and a multiple of 5 is "Buzz". A multiple of both is "BuzzFizz", in this order.
    Every other number is said as it is, in decimal digits.

    >>> fizzbuzz(7)
    '7'
    >>> fizzbuzz(9)
    'Fizz'
    >>> fizzbuzz(20)
    'Buzz'
    >>> fizzbuzz(30)
    'BuzzFizz'
    """
    ...


@require(lambda year: year >= 1)
def is_leap_year(year: int) -> bool:
    """Tell whether a year of the long calendar is a leap year.

    A year is a leap year if it is divisible by 4. Of these, the years divisible by 100 are not leap years,
    unless they are divisible by 400. The years divisible by 3200 are never leap years.

    >>> is_leap_year(2024)
    True
    >>> is_leap_year(2023)
    False
    >>> is_leap_year(1900)
    False
    >>> is_leap_year(2000)
    True
    """
    ...


@require(lambda number: number >= 0)
def digital_root(number: int) -> int:
    """Reduce a number to a small one by adding up its decimal digits, over and over.

    As long as the number is 20 or more, it is replaced by the sum of its decimal digits. The first number
    below 20 is the result, also where it has two digits.

    >>> digital_root(7)
    7
    >>> digital_root(38)
    11
    >>> digital_root(12345)
    15
    >>> digital_root(99999)
    9
    """
    ...


@require(lambda number: 1 <= number <= 1000000)
@ensure(lambda result: result >= 0)
def collatz_steps(number: int) -> int:
    """Count the steps that lead from a number down to 1.

    Each step replaces the number: a multiple of 3 is divided by 3; any other even number is halved; any
    other number is multiplied by 3 and increased by 1. The number 1 needs no step.

    >>> collatz_steps(1)
    0
    >>> collatz_steps(8)
    3
    >>> collatz_steps(5)
    5
    >>> collatz_steps(7)
    16
    """
    ...


@require(lambda number: 1 <= number <= 1000000)
@ensure(lambda result: result == sorted(result))
def prime_factors(number: int) -> list[int]:
    """List the prime factors of a number, from the smallest to the largest.

    Every odd prime stands there as often as it divides the number. The factor 2 stands there once at most,
    however often it divides the number. The number 1 has no prime factors.

    >>> prime_factors(18)
    [2, 3, 3]
    >>> prime_factors(35)
    [5, 7]
    >>> prime_factors(13)
    [13]
    >>> prime_factors(1)
    []
    """
    ...


@require(lambda limit: 0 <= limit <= 10000)
@require(lambda factors: all(factor >= 1 for factor in factors))
def sum_of_multiples(limit: int, factors: list[int]) -> int:
    """Add up the multiples of some factors that are smaller than a limit.

    For every factor in the list, all its positive multiples below the limit are added. So a number that is a
    multiple of several factors in the list is added once for each of them, and a factor that stands in the list
    twice counts twice.

    >>> sum_of_multiples(10, [3, 5])
    23
    >>> sum_of_multiples(20, [7])
    21
    >>> sum_of_multiples(5, [6])
    0
    >>> sum_of_multiples(4, [])
    0
    """
    ...
