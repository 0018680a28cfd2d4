"""Choices: who wins, which coins, which kind."""

from icontract import ensure, require


@require(lambda amount: 0 <= amount <= 100000)
@ensure(lambda amount, result: sum(coin * count for coin, count in result.items()) == amount)
def change(amount: int) -> dict[int, int]:
    """Pay an amount in coins of 50, 20, 10, 5, 2 and 1.

    Time and again the largest coin is taken that is not more than what is still to be paid. But a coin of 20
    is taken once at most: after that, only the other coins are left to choose from. The result says for each
    coin that is used how often it is used.

    >>> change(87)
    {50: 1, 20: 1, 10: 1, 5: 1, 2: 1}
    >>> change(104)
    {50: 2, 2: 2}
    >>> change(3)
    {2: 1, 1: 1}
    >>> change(0)
    {}
    """
    ...


@require(lambda board: len(board) == 3 and all(len(row) == 3 and set(row) <= set("XO.") for row in board))
@ensure(lambda result: result in ("X", "O", None))
def winner(board: list[str]) -> str | None:
    """Tell who has won on a board of three rows of three squares.

    A square is "X", "O" or "." for empty. A player has won with three of their own signs in one row or in one
    column; the diagonals do not count. If both players have such a line, X has won. If nobody has, the
    result is None. Boards need not come from a real game.

    >>> winner(["XXX", "OO.", "..."])
    'X'
    >>> winner(["OX.", "OX.", "O.X"])
    'O'
    >>> winner(["XOX", "XOO", "OXX"]) is None
    True
    >>> winner(["...", "...", "..."]) is None
    True
    """
    ...


def is_balanced(text: str) -> bool:
    """Tell whether the brackets in a text are balanced.

    They are if every opening bracket is closed later by one of its own kind, `()`, `[]` or `{}`, if nothing is
    closed that was not opened, if no two pairs cross, and if nowhere more than three brackets are open at the
    same time. Other characters do not matter.

    >>> is_balanced("f(a[0], {1: (2)})")
    True
    >>> is_balanced("([)]")
    False
    >>> is_balanced("(")
    False
    >>> is_balanced("")
    True
    """
    ...


@ensure(lambda numbers, target, result: result is None or numbers[result[0]] + numbers[result[1]] == target)
def two_sum(numbers: list[int], target: int) -> tuple[int, int] | None:
    """Find two places in a list whose numbers add up to the target.

    Places are counted from 0. The two places must not be next to each other: at least one other place lies
    between them. The smaller place comes first in the result. Of several such pairs, the one with the smallest
    first place is taken, and among those the one with the smallest second place. If there is none, the result
    is None.

    >>> two_sum([2, 1, 7], 9)
    (0, 2)
    >>> two_sum([4, 6, 1, 9, 3], 7)
    (0, 4)
    >>> two_sum([1, 2, 3], 10) is None
    True
    >>> two_sum([], 0) is None
    True
    """
    ...


@require(lambda a, b, c: a >= 1 and b >= 1 and c >= 1)
@ensure(lambda result: result in ("equilateral", "isosceles", "scalene", "none"))
def triangle_kind(a: int, b: int, c: int) -> str:
    """Tell what kind of triangle three lengths make.

    They make a triangle if none of them is longer than the other two together. A flat triangle, with one side
    exactly as long as the other two together, is a triangle, too. With three equal sides it is "equilateral",
    with exactly two equal sides "isosceles", otherwise "scalene". If they make no triangle, the result is
    "none".

    >>> triangle_kind(3, 3, 3)
    'equilateral'
    >>> triangle_kind(4, 3, 4)
    'isosceles'
    >>> triangle_kind(1, 2, 3)
    'scalene'
    >>> triangle_kind(1, 2, 5)
    'none'
    """
    ...


@ensure(lambda scores, result: len(result) == len(scores))
@ensure(lambda result: all(1 <= rank <= len(result) for rank in result))
def ranks(scores: list[int]) -> list[int]:
    """Give every score its rank; the highest score has the best rank, which is rank 1.

    Equal scores share a rank. It is the last of the ranks that they take up together: two equal highest
    scores are both second, and the next lower one is third.

    >>> ranks([50, 90, 70])
    [3, 1, 2]
    >>> ranks([50, 70, 70, 90])
    [4, 3, 3, 1]
    >>> ranks([8])
    [1]
    >>> ranks([])
    []
    """
    ...
