"""Lists: searching, cutting, joining and reading them."""

from icontract import ensure, require


@require(lambda items: items == sorted(items))
@ensure(lambda items, result: -1 <= result < len(items))
def binary_search(items: list[int], wanted: int) -> int:
    """Find the place of a number in a sorted list, counted from 0.

    If the number occurs several times, the result is the place where it stands last. If it does not occur, the
    result is -1. Takes time in proportion to the logarithm of the length.

    >>> binary_search([1, 3, 5, 7], 5)
    2
    >>> binary_search([1, 3, 5, 7], 4)
    -1
    >>> binary_search([2], 2)
    0
    >>> binary_search([], 1)
    -1
    """
    ...


@require(lambda size: size >= 1)
@ensure(lambda items, result: [item for piece in result for item in piece] == items)
def chunk(items: list[int], size: int) -> list[list[int]]:
    """Cut a list into pieces of a given size, in order.

    If the items do not come out even, the first piece is the one that is shorter. There are no empty pieces.

    >>> chunk([1, 2, 3, 4], 2)
    [[1, 2], [3, 4]]
    >>> chunk([1, 2, 3, 4, 5], 2)
    [[1], [2, 3], [4, 5]]
    >>> chunk([1, 2], 5)
    [[1, 2]]
    >>> chunk([], 3)
    []
    """
    ...


@ensure(lambda items, result: set(result) == set(items))
@ensure(lambda result: len(result) == len(set(result)))
def dedupe(items: list[str]) -> list[str]:
    """Remove the repetitions from a list.

    Of equal items only the last one is kept. Those that are kept stay in the order in which they stand.

    >>> dedupe(["a", "b", "a", "c"])
    ['b', 'a', 'c']
    >>> dedupe(["x", "x", "x"])
    ['x']
    >>> dedupe(["b", "a"])
    ['b', 'a']
    >>> dedupe([])
    []
    """
    ...


@ensure(lambda left, right, result: len(result) == max(len(left), len(right)))
def pair_up(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """Pair the items of two lists: the first with the first, the second with the second, and so on.

    The shorter list is made as long as the other by repeating its own last item. An empty list is filled up
    with zeros.

    >>> pair_up([1, 2], [3, 4])
    [(1, 3), (2, 4)]
    >>> pair_up([1, 2, 3], [9])
    [(1, 9), (2, 9), (3, 9)]
    >>> pair_up([5], [6, 7])
    [(5, 6), (5, 7)]
    >>> pair_up([], [])
    []
    """
    ...


@require(lambda intervals: all(start < end for start, end in intervals))
@ensure(lambda result: result == sorted(result))
def merge_intervals(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge intervals that overlap, and list what comes out from left to right.

    Each interval is a start and an end. Two intervals overlap if they have more than a single point in common;
    they are replaced by the one that reaches from the smaller start to the greater end, until no two overlap
    any more. Intervals that only touch, the end of one being the start of the other, are not merged.

    >>> merge_intervals([(1, 4), (2, 6)])
    [(1, 6)]
    >>> merge_intervals([(7, 9), (1, 3)])
    [(1, 3), (7, 9)]
    >>> merge_intervals([(1, 10), (2, 3), (9, 12)])
    [(1, 12)]
    >>> merge_intervals([])
    []
    """
    ...


@require(lambda rows: all(len(row) == len(rows[0]) for row in rows))
@ensure(lambda rows, result: sorted(result) == sorted(value for row in rows for value in row))
def spiral(rows: list[list[int]]) -> list[int]:
    """Read a table of numbers along a spiral that winds inwards against the clock.

    It begins in the upper left corner and goes down the first column, then to the right along the last row, up
    the last column and back to the left along the first row; then on in the same way around what has not been
    read, until everything has been read once. All rows are of equal length.

    >>> spiral([[1, 2], [3, 4]])
    [1, 3, 4, 2]
    >>> spiral([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    [1, 4, 7, 8, 9, 6, 3, 2, 5]
    >>> spiral([[1, 2, 3]])
    [1, 2, 3]
    >>> spiral([])
    []
    """
    ...
