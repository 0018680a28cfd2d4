"""Lists: turning, trimming, searching, rises and ranks."""

from icontract import ensure, require


@require(lambda players, turns: 0 <= turns <= len(players))
@ensure(lambda players, result: sorted(result) == sorted(players))
def next_order(players: list[str], turns: int) -> list[str]:
    """Give the order of play after some turns: with each turn the first player goes to the end of the list.

    >>> next_order(["Ann", "Bob", "Cid"], 1)
    ['Bob', 'Cid', 'Ann']
    >>> next_order(["Ann", "Bob", "Cid", "Dee"], 3)
    ['Dee', 'Ann', 'Bob', 'Cid']
    >>> next_order(["Ann", "Bob"], 0)
    ['Ann', 'Bob']
    >>> next_order(["Ann", "Bob"], 2)
    ['Ann', 'Bob']
    >>> next_order([], 0)
    []
    """
    ...


@require(lambda marks: len(marks) >= 2)
def jury_total(marks: list[int]) -> int:
    """Add up the marks of a jury without one highest mark and without one lowest mark.

    If several are highest (or lowest), only one of them is left out.

    >>> jury_total([7, 9, 8])
    8
    >>> jury_total([5, 5, 9, 9])
    14
    >>> jury_total([6, 2])
    0
    >>> jury_total([4, 4, 4])
    4
    >>> jury_total([10, 0, 3, 6, 8])
    17
    >>> jury_total([-1, 0, 5, 2])
    2
    """
    ...


@ensure(lambda items, wanted, result: len(result) == items.count(wanted))
def positions_of(items: list[str], wanted: str) -> list[int]:
    """List the positions at which a word stands in a list, counted from 1, in ascending order.

    >>> positions_of(["tea", "milk", "tea"], "tea")
    [1, 3]
    >>> positions_of(["tea", "milk", "tea"], "milk")
    [2]
    >>> positions_of(["tea", "milk"], "rum")
    []
    >>> positions_of([], "tea")
    []
    >>> positions_of(["x", "x", "x"], "x")
    [1, 2, 3]
    >>> positions_of(["Tea", "tea"], "tea")
    [2]
    """
    ...


@ensure(lambda values, result: 0 <= result <= max(0, len(values) - 1))
def count_rises(values: list[int]) -> int:
    """Count how often a value is greater than the value right before it.

    >>> count_rises([1, 2, 3])
    2
    >>> count_rises([3, 1, 4, 1, 5])
    2
    >>> count_rises([2, 2, 2])
    0
    >>> count_rises([5, 4, 3])
    0
    >>> count_rises([7])
    0
    >>> count_rises([])
    0
    >>> count_rises([-5, -2, -2, 0])
    2
    """
    ...


@ensure(lambda scores, result: result is None or result in scores)
def runner_up(scores: list[int]) -> int | None:
    """Find the second highest score; equal scores are one score.

    If there are fewer than two different scores, there is none: the result is None.

    >>> runner_up([3, 9, 7])
    7
    >>> runner_up([9, 9, 4])
    4
    >>> runner_up([2, 8])
    2
    >>> runner_up([5, 5]) is None
    True
    >>> runner_up([6]) is None
    True
    >>> runner_up([]) is None
    True
    >>> runner_up([-3, -8, -1, -1])
    -3
    """
    ...
