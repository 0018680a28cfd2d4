"""Lists: outlines, odometers and visits."""

from icontract import ensure, require


@ensure(lambda points, result: result[: len(points)] == points)
def closed_outline(points: list[str]) -> list[str]:
    """Close an outline: after its points comes the first of them once more.

    An outline without points stays empty.

    >>> closed_outline(["A", "B", "C"])
    ['A', 'B', 'C', 'A']
    >>> closed_outline(["P", "Q"])
    ['P', 'Q', 'P']
    >>> closed_outline(["X"])
    ['X', 'X']
    >>> closed_outline([])
    []
    >>> closed_outline(["M", "N", "N", "M"])
    ['M', 'N', 'N', 'M', 'M']
    """
    ...


@require(lambda readings: len(readings) >= 1)
@ensure(lambda readings, result: len(result) == len(readings) - 1)
def driven_since_start(readings: list[int]) -> list[int]:
    """Tell for each reading of an odometer after the first by how much it is above the first.

    >>> driven_since_start([100, 130, 175])
    [30, 75]
    >>> driven_since_start([50])
    []
    >>> driven_since_start([0, 8, 8, 20])
    [8, 8, 20]
    >>> driven_since_start([9, 9])
    [0]
    >>> driven_since_start([40, 35, 60])
    [-5, 20]
    """
    ...


@require(lambda most: most >= 0)
@require(lambda days: all(before <= after for before, after in zip(days, days[1:])))
@ensure(lambda most, result: all(pause > most for pause in result))
def long_breaks(days: list[int], most: int) -> list[int]:
    """List the breaks between visits that are longer than allowed, in their order.

    The days of the visits are given in ascending order; a break is the number of days from one visit to the next.
    Breaks of just the most days that are allowed are not listed.

    >>> long_breaks([1, 4, 14, 20], 5)
    [10, 6]
    >>> long_breaks([1, 4, 14, 20], 6)
    [10]
    >>> long_breaks([2, 3, 5], 7)
    []
    >>> long_breaks([], 3)
    []
    >>> long_breaks([8], 0)
    []
    >>> long_breaks([3, 3, 4, 9], 0)
    [1, 5]
    >>> long_breaks([-10, 0, 10], 9)
    [10, 10]
    """
    ...
