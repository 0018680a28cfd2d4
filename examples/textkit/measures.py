"""Measures: how far, how many, how much."""

import icontract


@icontract.ensure(lambda a, b, result: (result == 0) == (a == b))
@icontract.ensure(lambda a, b, result: abs(len(a) - len(b)) <= result <= max(len(a), len(b)))
def edit_distance(a: str, b: str) -> int:
    """Count the fewest edits that turn one text into another.

    An edit inserts one character, removes one, or replaces one by another (the Levenshtein distance).
    Takes time in proportion to the product of the two lengths.

    >>> edit_distance("kitten", "sitting")
    3
    >>> edit_distance("flaw", "lawn")
    2
    >>> edit_distance("ab", "ba")
    2
    >>> edit_distance("", "abc")
    3
    >>> edit_distance("same", "same")
    0
    """
    ...


@icontract.require(lambda choices: len(choices) >= 1)
@icontract.ensure(lambda choices, result: result in choices)
def closest(word: str, choices: list[str]) -> str:
    """Find the choice with the smallest edit distance to the word; of several, the first in the list.

    Uses: edit_distance

    >>> closest("aple", ["banana", "apple", "maple"])
    'apple'
    >>> closest("cat", ["dog", "cut", "hat"])
    'cut'
    >>> closest("xyz", ["a", "b"])
    'a'
    >>> closest("", ["abc", "de"])
    'de'
    >>> closest("only", ["one"])
    'one'
    """
    ...


@icontract.require(lambda number: number >= 0)
def ordinal(number: int) -> str:
    """Write a number as an English ordinal: its digits and the ending st, nd, rd or th.

    Numbers that end in 1, 2 or 3 take st, nd and rd, except those that end in 11, 12 or 13. These and
    all others take th.

    >>> ordinal(1)
    '1st'
    >>> ordinal(0)
    '0th'
    >>> ordinal(12)
    '12th'
    >>> ordinal(22)
    '22nd'
    >>> ordinal(103)
    '103rd'
    >>> ordinal(111)
    '111th'
    """
    ...


@icontract.ensure(lambda result: 0 <= result <= 100)
@icontract.ensure(lambda value, result: result == value or (value < 0 and result == 0) or (value > 100 and result == 100))
def clamp_percent(value: int) -> int:
    """Bring a number into the range from 0 to 100: what lies outside becomes the nearest end.

    >>> clamp_percent(42)
    42
    >>> clamp_percent(-5)
    0
    >>> clamp_percent(250)
    100
    >>> clamp_percent(0)
    0
    >>> clamp_percent(100)
    100
    """
    ...


@icontract.require(lambda minutes: minutes >= 0)
@icontract.ensure(lambda result: result % 15 == 0)
@icontract.ensure(lambda minutes, result: minutes <= result < minutes + 15)
def quarter_hours(minutes: int) -> int:
    """Round a time in minutes up to full quarters of an hour, as for a bill; the result is in minutes too.

    >>> quarter_hours(1)
    15
    >>> quarter_hours(15)
    15
    >>> quarter_hours(16)
    30
    >>> quarter_hours(0)
    0
    >>> quarter_hours(119)
    120
    """
    ...


def law_edit_distance_is_symmetric(a: str, b: str) -> bool:
    """It is as far from one text to the other as it is back."""
    return edit_distance(a, b) == edit_distance(b, a)
