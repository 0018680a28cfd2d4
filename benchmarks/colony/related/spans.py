"""How far measurements lie apart."""

from icontract import require


@require(lambda values: len(values) > 0)
def spread(values: list[int]) -> int:
    """Tell how far the largest value lies above the smallest.

    >>> spread([3, 9, 4])
    6
    >>> spread([5])
    0
    >>> spread([-2, 2])
    4
    >>> spread([10, 7, 7, 1])
    9
    >>> spread([0, -8, -3])
    8
    """
    ...


@require(lambda values, most: len(values) > 0 and most >= 0)
def is_calm(values: list[int], most: int) -> bool:
    """Tell whether the largest value lies at most so far above the smallest.

    >>> is_calm([3, 9, 4], 6)
    True
    >>> is_calm([3, 9, 4], 5)
    False
    >>> is_calm([5], 0)
    True
    >>> is_calm([-2, 2], 3)
    False
    >>> is_calm([10, 12, 11], 4)
    True
    >>> is_calm([1, 2], 0)
    False
    >>> is_calm([-7, -1, -3], 7)
    True
    """
    ...


@require(lambda rows: all(len(row) > 0 for row in rows))
def spreads(rows: list[list[int]]) -> list[int]:
    """Tell for each row how far its largest value lies above its smallest.

    >>> spreads([[3, 9, 4], [5]])
    [6, 0]
    >>> spreads([])
    []
    >>> spreads([[-2, 2], [1, 1], [10, 0]])
    [4, 0, 10]
    >>> spreads([[7, 8, 6]])
    [2]
    >>> spreads([[0, -5], [4, 1, 9]])
    [5, 8]
    """
    ...


@require(lambda first, second: len(first) > 0 and len(second) > 0)
def is_wilder(first: list[int], second: list[int]) -> bool:
    """Tell whether the values of the first row lie farther apart (largest and smallest) than those of the second.

    >>> is_wilder([3, 9, 4], [1, 2])
    True
    >>> is_wilder([1, 2], [3, 9, 4])
    False
    >>> is_wilder([5], [8])
    False
    >>> is_wilder([0, 3], [10, 13])
    False
    >>> is_wilder([-4, 4], [20, 25, 21])
    True
    >>> is_wilder([100, 101], [-1, 2, 9])
    False
    """
    ...


@require(lambda rows, most: all(len(row) > 0 for row in rows) and most >= 0)
def calm_rows(rows: list[list[int]], most: int) -> int:
    """Count the rows whose largest value lies at most so far above their smallest.

    >>> calm_rows([[3, 9, 4], [5], [1, 3]], 2)
    2
    >>> calm_rows([[3, 9, 4]], 5)
    0
    >>> calm_rows([], 3)
    0
    >>> calm_rows([[3, 9], [0, 6], [1, 8]], 6)
    2
    >>> calm_rows([[-2, 2], [4, 4]], 0)
    1
    >>> calm_rows([[1, 2], [2, 4], [5, 8], [0, 9]], 3)
    3
    """
    ...
