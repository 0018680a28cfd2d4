"""Measures: averages, distances, grades and taxes."""

from icontract import ensure, require


@require(lambda values: len(values) >= 1 and all(value == value for value in values))
@ensure(lambda values, result: result in values)
def median(values: list[float]) -> float:
    """Find the middle value of some values, when they are sorted.

    Of an even number of values, the result is the lower one of the two in the middle. The values are given in
    any order.

    >>> median([3.0, 1.0, 2.0])
    2.0
    >>> median([7.5])
    7.5
    >>> median([5.0, 1.0, 5.0, 9.0, 2.0])
    5.0
    """
    ...


@require(lambda step: step >= 1)
@ensure(lambda step, result: result % step == 0)
def round_to(value: int, step: int) -> int:
    """Round a number to the nearest multiple of a step.

    A number exactly halfway between two multiples is rounded to the one that is nearer to zero.

    >>> round_to(17, 10)
    20
    >>> round_to(25, 10)
    20
    >>> round_to(-12, 5)
    -10
    >>> round_to(4, 1)
    4
    """
    ...


@require(lambda points: 0 <= points <= 200)
def grade(points: int) -> str:
    """Turn the points of an examination, 0 to 200, into a grade.

    More than 180 points are an "A", more than 160 a "B", more than 140 a "C", more than 120 a "D", and
    everything else is an "F".

    >>> grade(190)
    'A'
    >>> grade(165)
    'B'
    >>> grade(121)
    'D'
    >>> grade(12)
    'F'
    """
    ...


@require(lambda income: 0 <= income <= 10000000)
@ensure(lambda income, result: 0 <= result <= income)
def income_tax(income: int) -> int:
    """Work out the tax on a yearly income, in whole coins.

    The first 10000 are free of tax. The part of the income above 10000 and up to 40000 is taxed with 20
    percent, the part above 40000 with 40 percent. An income of more than 40000 loses the free part: its first
    10000 are taxed with 20 percent as well. A fraction of a coin in the sum is dropped.

    >>> income_tax(8000)
    0
    >>> income_tax(20000)
    2000
    >>> income_tax(15003)
    1000
    >>> income_tax(40000)
    6000
    """
    ...


@require(lambda source, target: len(source) <= 60 and len(target) <= 60)
def edit_distance(source: str, target: str) -> int:
    """Find the price of the cheapest way to turn the source into the target.

    Putting in a character costs 1. Replacing a character by another one costs 1. Taking out a character costs 2.
    A character that stays costs nothing.

    >>> edit_distance("kitten", "sitting")
    3
    >>> edit_distance("", "abc")
    3
    >>> edit_distance("book", "back")
    2
    >>> edit_distance("same", "same")
    0
    """
    ...


@require(lambda window: window >= 1)
@ensure(lambda values, result: len(result) == len(values))
def moving_average(values: list[int], window: int) -> list[float]:
    """Smooth a list of values by averaging over a window that moves along.

    For each value there is one average: that of the value itself and the `window - 1` values before it. Near
    the beginning, where there are fewer values before it, it is the average of as many as there are.

    >>> moving_average([1, 2, 3, 4], 2)
    [1.0, 1.5, 2.5, 3.5]
    >>> moving_average([3, 5, 10], 3)
    [3.0, 4.0, 6.0]
    >>> moving_average([4, 4], 1)
    [4.0, 4.0]
    >>> moving_average([], 3)
    []
    """
    ...
