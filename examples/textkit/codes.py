"""Codes: other ways to write a text or a number, and the way back."""

import re

import icontract

# Every Roman numeral from I to MMMCMXCIX, and the empty text.
ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


@icontract.require(lambda text: text.isascii())
@icontract.ensure(lambda text, result: len(result) == len(text))
def caesar(text: str, shift: int) -> str:
    """Move every letter of the English alphabet `shift` places on, going round from z to a.

    Letters keep their case; every other character stays as it is.
    A negative shift moves back. Shifts of more than 26 go round more than once.

    >>> caesar("Hello, World!", 3)
    'Khoor, Zruog!'
    >>> caesar("xyz XYZ", 3)
    'abc ABC'
    >>> caesar("abc", -1)
    'zab'
    >>> caesar("abc", 27)
    'bcd'
    >>> caesar("Room 101", 1)
    'Sppn 101'
    >>> caesar("", 5)
    ''
    """
    ...


@icontract.ensure(lambda result: all(count >= 1 for _, count in result))
def rle_encode(text: str) -> list[tuple[str, int]]:
    """Encode a text as its runs: pairs of a character and how often it stands there in a row.

    >>> rle_encode("aaab")
    [('a', 3), ('b', 1)]
    >>> rle_encode("abba")
    [('a', 1), ('b', 2), ('a', 1)]
    >>> rle_encode("aA")
    [('a', 1), ('A', 1)]
    >>> rle_encode("z")
    [('z', 1)]
    >>> rle_encode("")
    []
    """
    ...


@icontract.require(lambda runs: all(len(character) == 1 and 1 <= count <= 1000 for character, count in runs))
@icontract.ensure(lambda runs, result: len(result) == sum(count for _, count in runs))
def rle_decode(runs: list[tuple[str, int]]) -> str:
    """Write out runs: each pair is a character and how often to repeat it.

    >>> rle_decode([("a", 3), ("b", 1)])
    'aaab'
    >>> rle_decode([("a", 1), ("a", 2)])
    'aaa'
    >>> rle_decode([(" ", 2)])
    '  '
    >>> rle_decode([])
    ''
    """
    ...


@icontract.require(lambda number: 1 <= number <= 3999)
def to_roman(number: int) -> str:
    """Write a number as a Roman numeral, in capital letters.

    I, V, X, L, C, D and M stand for 1, 5, 10, 50, 100, 500 and 1000. Four and nine of a kind are written
    by subtraction: IV, IX, XL, XC, CD, CM.

    >>> to_roman(1)
    'I'
    >>> to_roman(4)
    'IV'
    >>> to_roman(58)
    'LVIII'
    >>> to_roman(944)
    'CMXLIV'
    >>> to_roman(2026)
    'MMXXVI'
    >>> to_roman(3999)
    'MMMCMXCIX'
    """
    ...


@icontract.require(lambda text: text != "" and ROMAN.fullmatch(text) is not None)
@icontract.ensure(lambda result: 1 <= result <= 3999)
def from_roman(text: str) -> int:
    """Read a Roman numeral, such as `to_roman` writes it.

    I, V, X, L, C, D and M stand for 1, 5, 10, 50, 100, 500 and 1000. A letter that stands before one of
    higher value is subtracted.

    >>> from_roman("I")
    1
    >>> from_roman("IV")
    4
    >>> from_roman("LVIII")
    58
    >>> from_roman("CMXLIV")
    944
    >>> from_roman("MMXXVI")
    2026
    >>> from_roman("MMMCMXCIX")
    3999
    """
    ...


def is_balanced(text: str) -> bool:
    """Tell whether the brackets in a text are balanced.

    They are if every opening bracket is closed later by one of its own kind, `()`, `[]` or `{}`, if
    nothing is closed that was not opened, and if no two pairs cross. Other characters do not matter.

    >>> is_balanced("f(a[0], {1: (2)})")
    True
    >>> is_balanced("([)]")
    False
    >>> is_balanced("(")
    False
    >>> is_balanced(")(")
    False
    >>> is_balanced("no brackets")
    True
    >>> is_balanced("")
    True
    """
    ...


def law_caesar_can_be_undone(text: str, shift: int) -> bool:
    """Moving on and moving back again changes nothing."""
    return not text.isascii() or caesar(caesar(text, shift), -shift) == text


def law_runs_give_the_text_back(text: str) -> bool:
    """What was encoded as runs can be written out again."""
    return rle_decode(rle_encode(text)) == text


def law_roman_numerals_can_be_read_back(number: int) -> bool:
    """Every number from 1 to 3999 is read as it was written."""
    number = number % 3999 + 1
    return from_roman(to_roman(number)) == number
