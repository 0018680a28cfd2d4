"""Folds: guesses, signs, throws, balls, gauges and brackets."""

from icontract import ensure, require


@ensure(lambda result: result >= 0)
def total_miss(guesses: list[int], answer: int) -> int:
    """Add up by how much each guess missed the right answer, be it above or below it.

    >>> total_miss([7, 12], 10)
    5
    >>> total_miss([10, 10], 10)
    0
    >>> total_miss([], 4)
    0
    >>> total_miss([3], 8)
    5
    >>> total_miss([-2, 2, 5], 0)
    9
    >>> total_miss([1, 2, 3], -1)
    9
    """
    ...


@ensure(lambda signs, result: 0 <= result <= sum(map(len, signs)))
def letters_to_paint(signs: list[str]) -> int:
    """Count the characters that a painter has to paint on all signs together; spaces need no paint.

    >>> letters_to_paint(["EXIT", "NO ENTRY"])
    11
    >>> letters_to_paint(["BAR"])
    3
    >>> letters_to_paint([])
    0
    >>> letters_to_paint([" ", ""])
    0
    >>> letters_to_paint(["A 1", "A 1", " B"])
    5
    >>> letters_to_paint(["TO THE PIER!"])
    10
    """
    ...


@require(lambda distances: all(distance >= 0 for distance in distances))
@ensure(lambda distances, result: len(result) == len(distances))
def record_after_each(distances: list[int]) -> list[int]:
    """Tell for each throw what the record is right after it: the farthest distance up to and including this throw.

    >>> record_after_each([5, 8, 3])
    [5, 8, 8]
    >>> record_after_each([9, 4, 4, 10])
    [9, 9, 9, 10]
    >>> record_after_each([])
    []
    >>> record_after_each([6])
    [6]
    >>> record_after_each([0, 2, 2, 1, 7, 5])
    [0, 2, 2, 2, 7, 7]
    """
    ...


@require(lambda height, least: height >= 0 and least >= 1)
@ensure(lambda height, result: 0 <= result <= height)
def loud_falls(height: int, least: int) -> int:
    """Count how often a ball falls loudly: from at least the given height.

    The ball is dropped from a height in centimetres. After each fall it comes up again to 2 thirds of the height from
    which it fell, rounded down to whole centimetres, and falls from there.

    >>> loud_falls(27, 8)
    4
    >>> loud_falls(27, 9)
    3
    >>> loud_falls(5, 6)
    0
    >>> loud_falls(5, 5)
    1
    >>> loud_falls(10, 4)
    3
    >>> loud_falls(100, 1)
    11
    >>> loud_falls(0, 1)
    0
    """
    ...


@ensure(lambda readings, result: len(result) == len(readings))
def filled_readings(readings: list[int | None]) -> list[int]:
    """Fill the gaps in the readings of a gauge, where None stands for a reading that failed.

    A failed reading is replaced by the last one before it that did not fail, or by 0 if there is none.

    >>> filled_readings([4, None, 6])
    [4, 4, 6]
    >>> filled_readings([None, 3, None, None])
    [0, 3, 3, 3]
    >>> filled_readings([7, 0, None, -2])
    [7, 0, 0, -2]
    >>> filled_readings([])
    []
    >>> filled_readings([None, None])
    [0, 0]
    >>> filled_readings([1, None, 5, None, 2])
    [1, 1, 5, 5, 2]
    """
    ...


@require(lambda text: all(text[:end].count("(") >= text[:end].count(")") for end in range(len(text) + 1)))
@ensure(lambda text, result: 0 <= result <= text.count("("))
def deepest_nesting(text: str) -> int:
    """Tell how many round brackets are open at the same time where a text is nested most deeply.

    No bracket is closed that was not opened before; brackets may still be open at the end.

    >>> deepest_nesting("f(x)")
    1
    >>> deepest_nesting("a * (b + (c - d))")
    2
    >>> deepest_nesting("(a)(b)(c)")
    1
    >>> deepest_nesting("plain")
    0
    >>> deepest_nesting("")
    0
    >>> deepest_nesting("((x) + (y)) * (((z")
    3
    >>> deepest_nesting("((1)(2(3))) (4)")
    3
    """
    ...
