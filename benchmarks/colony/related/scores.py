"""Scores that count from 0 to 100: what lies outside is taken for the nearer end."""


def on_scale(score: int) -> int:
    """Return a score within 0 to 100: below that it counts as 0, above it as 100.

    >>> on_scale(57)
    57
    >>> on_scale(-8)
    0
    >>> on_scale(130)
    100
    >>> on_scale(0)
    0
    >>> on_scale(100)
    100
    >>> on_scale(3)
    3
    """
    ...


def missing_points(score: int) -> int:
    """Tell how many points a score lacks to 100; below 0 it counts as 0, above 100 as 100.

    >>> missing_points(57)
    43
    >>> missing_points(-8)
    100
    >>> missing_points(130)
    0
    >>> missing_points(99)
    1
    >>> missing_points(0)
    100
    >>> missing_points(20)
    80
    """
    ...


def on_scale_all(scores: list[int]) -> list[int]:
    """Return every score within 0 to 100: below that it counts as 0, above it as 100.

    >>> on_scale_all([57, -8, 130])
    [57, 0, 100]
    >>> on_scale_all([])
    []
    >>> on_scale_all([0, 100, 101])
    [0, 100, 100]
    >>> on_scale_all([-1])
    [0]
    >>> on_scale_all([45, 260, 12, -30])
    [45, 100, 12, 0]
    """
    ...


def total_score(scores: list[int]) -> int:
    """Add up scores, each within 0 to 100: below that it counts as 0, above it as 100.

    >>> total_score([57, -8, 130])
    157
    >>> total_score([])
    0
    >>> total_score([20, 30])
    50
    >>> total_score([-5, -6])
    0
    >>> total_score([101, 100, 150, 1])
    301
    """
    ...


def with_bonus(score: int, bonus: int) -> int:
    """Return a score with its bonus, within 0 to 100: below that it counts as 0, above it as 100.

    >>> with_bonus(57, 10)
    67
    >>> with_bonus(95, 10)
    100
    >>> with_bonus(-20, 5)
    0
    >>> with_bonus(40, -50)
    0
    >>> with_bonus(0, 3)
    3
    >>> with_bonus(60, 40)
    100
    """
    ...
