"""Pairs: spans, mirrors and rounds."""

from icontract import ensure, require


@require(lambda span, margin: span[0] <= span[1] and margin >= 0)
@ensure(lambda result: result[0] <= result[1])
def with_margin(span: tuple[int, int], margin: int) -> tuple[int, int]:
    """Widen a span by a margin on both sides: it begins so much earlier and ends so much later.

    >>> with_margin((10, 20), 3)
    (7, 23)
    >>> with_margin((5, 5), 2)
    (3, 7)
    >>> with_margin((4, 9), 0)
    (4, 9)
    >>> with_margin((1, 6), 10)
    (-9, 16)
    >>> with_margin((-8, -2), 1)
    (-9, -1)
    """
    ...


def mirrored_at_wall(point: tuple[int, int], wall: int) -> tuple[int, int]:
    """Mirror a point, given as its way to the right and its height, at an upright wall.

    The mirrored point has the same height and stands as far on the other side of the wall.

    >>> mirrored_at_wall((2, 7), 5)
    (8, 7)
    >>> mirrored_at_wall((8, 7), 5)
    (2, 7)
    >>> mirrored_at_wall((4, -1), 4)
    (4, -1)
    >>> mirrored_at_wall((3, 0), 0)
    (-3, 0)
    >>> mirrored_at_wall((1, 6), -2)
    (-5, 6)
    >>> mirrored_at_wall((0, 9), 10)
    (20, 9)
    """
    ...


@ensure(lambda rounds, result: result[0] + result[1] <= len(rounds))
def rounds_won(rounds: list[tuple[int, int]]) -> tuple[int, int]:
    """Count how many rounds the home side won and how many the guests won.

    Each round is the points of the home side and then those of the guests; who has more points wins the round, and a
    round with equal points is won by nobody.

    >>> rounds_won([(11, 7), (9, 11), (11, 4)])
    (2, 1)
    >>> rounds_won([(5, 5), (6, 2)])
    (1, 0)
    >>> rounds_won([(1, 3), (0, 2), (4, 4)])
    (0, 2)
    >>> rounds_won([])
    (0, 0)
    >>> rounds_won([(7, 7)])
    (0, 0)
    >>> rounds_won([(2, 1), (1, 2), (3, 0), (8, 9), (5, 6)])
    (2, 3)
    """
    ...
