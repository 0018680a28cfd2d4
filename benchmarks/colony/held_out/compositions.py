"""Compositions: functions that call given ones, or one another."""

from icontract import ensure, require


def tidy(text: str) -> str:
    """Drop the spaces at both ends of a text, and leave one of several between its words."""
    return " ".join(text.split())


def is_vowel(letter: str) -> bool:
    """Tell whether a character is one of the letters a, e, i, o and u, be it small or capital."""
    return letter.lower() in {"a", "e", "i", "o", "u"}


@require(lambda temperatures: len(temperatures) >= 1)
@ensure(lambda result: result >= 0)
def swing(temperatures: list[int]) -> int:
    """Tell by how many degrees the highest of some temperatures is above the lowest one.

    >>> swing([12, 20, 15])
    8
    >>> swing([-3, 4])
    7
    >>> swing([18])
    0
    >>> swing([5, 5, 5])
    0
    >>> swing([-9, -2, -4])
    7
    """
    ...


@require(lambda here, there: len(here) >= 1 and len(there) >= 1)
def is_steadier(here: list[int], there: list[int]) -> bool:
    """Tell whether the swing of the temperatures here is less than the swing of those there.

    Uses: swing

    >>> is_steadier([12, 15], [10, 20])
    True
    >>> is_steadier([10, 20, 14], [3, 5])
    False
    >>> is_steadier([1, 4], [7, 10])
    False
    >>> is_steadier([30], [-1, 0])
    True
    >>> is_steadier([-5, 5], [0, 0])
    False
    >>> is_steadier([8, 8], [2])
    False
    """
    ...


@require(lambda weeks: all(len(week) >= 1 for week in weeks))
@ensure(lambda weeks, result: result is None or result in weeks)
def wildest_week(weeks: list[list[int]]) -> list[int] | None:
    """Find the week, given by its temperatures, that has the greatest swing.

    Of several with the same swing, it is the one that stands first in the list. Without weeks, the result is None.

    Uses: swing

    >>> wildest_week([[12, 15], [3, 9, 5], [20]])
    [3, 9, 5]
    >>> wildest_week([[1, 2], [9, 8]])
    [1, 2]
    >>> wildest_week([[30, 31], [7, 5, 6]])
    [7, 5, 6]
    >>> wildest_week([[4], [6]])
    [4]
    >>> wildest_week([[-8, 1], [40, 35]])
    [-8, 1]
    >>> wildest_week([]) is None
    True
    """
    ...


@require(lambda text: text.isascii())
@ensure(lambda text, result: len(result) <= len(text))
def without_vowels(text: str) -> str:
    """Leave out the vowels of a text; `is_vowel` tells which characters they are.

    >>> without_vowels("banana")
    'bnn'
    >>> without_vowels("Open Air")
    'pn r'
    >>> without_vowels("rhythm")
    'rhythm'
    >>> without_vowels("aEiOu")
    ''
    >>> without_vowels("")
    ''
    >>> without_vowels("x-ray 1")
    'x-ry 1'
    """
    ...


@require(lambda names: all(name.isascii() and name.isprintable() for name in names))
def guest_list(names: list[str]) -> str:
    """Write a list of guests: the names, made tidy by `tidy` and in capital letters, in alphabetical order.

    Each of them is written only once, names of nothing but spaces are left out, and between two names stands `; `.

    >>> guest_list(["bob", "Ann"])
    'ANN; BOB'
    >>> guest_list([" eve  ray ", "Al"])
    'AL; EVE RAY'
    >>> guest_list(["Cid", "cid ", "CID"])
    'CID'
    >>> guest_list(["dee", "  ", "", "ann"])
    'ANN; DEE'
    >>> guest_list([])
    ''
    >>> guest_list([" "])
    ''
    >>> guest_list(["zoe", "mia", "zoe", "Kim"])
    'KIM; MIA; ZOE'
    """
    ...
