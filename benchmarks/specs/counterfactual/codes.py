"""Codes: secret writing, check digits and shorter forms of a text."""

import re

from icontract import ensure, require


@require(lambda number: 1 <= number <= 3999)
def to_roman(number: int) -> str:
    """Write a number in Roman numerals as on the face of an old clock.

    I, V, X, L, C, D and M stand for 1, 5, 10, 50, 100, 500 and 1000; they are written from the largest to
    the smallest. A four in the ones is written IIII, by addition. All other fours and nines are written by
    subtraction: IX, XL, XC, CD and CM.

    >>> to_roman(3)
    'III'
    >>> to_roman(9)
    'IX'
    >>> to_roman(58)
    'LVIII'
    >>> to_roman(1990)
    'MCMXC'
    """
    ...


@ensure(lambda text, result: len(result) == len(text))
def caesar(text: str, shift: int) -> str:
    """Move the letters of a text along the English alphabet, small and capital letters in opposite directions.

    A small letter from a to z moves `shift` places on, going round from z to a. A capital letter from A to Z
    moves `shift` places back, going round from A to Z. A negative shift turns both directions round. Shifts
    of more than 26 go round more than once. Every other character stays as it is.

    >>> caesar("abz", 1)
    'bca'
    >>> caesar("Hello, World!", 3)
    'Ehoor, Truog!'
    >>> caesar("ABC", 1)
    'ZAB'
    >>> caesar("Room 101", 0)
    'Room 101'
    """
    ...


@require(lambda number: re.fullmatch("[0-9]+", number) is not None)
def luhn_valid(number: str) -> bool:
    """Tell whether the digits of a card number fit together.

    Going from right to left, every second digit is doubled, beginning with the last but one. Of a doubled
    digit only the units count: 7 doubled is 14 and counts as 4. All other digits count as they are. The
    number is valid if the sum of what the digits count is a multiple of 10.

    >>> luhn_valid("18")
    True
    >>> luhn_valid("19")
    False
    >>> luhn_valid("4218")
    True
    >>> luhn_valid("76")
    True
    >>> luhn_valid("75")
    False
    """
    ...


def isbn10_valid(text: str) -> bool:
    """Tell whether a text is a valid book number of ten places.

    Hyphens are left out first. Exactly ten characters must be left, each of them one of the digits 0 to 9 or
    a capital X. An X counts as 10, at whatever place it stands. The first character is multiplied by 10, the
    second by 9, and so on down to the last, which is multiplied by 1; the number is valid if the sum of these
    products is divisible by 11. Any other text is not valid.

    >>> isbn10_valid("3-598-21508-8")
    True
    >>> isbn10_valid("3-598-21508-9")
    False
    >>> isbn10_valid("359821507X")
    True
    >>> isbn10_valid("0-X00-00000-9")
    True
    """
    ...


@ensure(lambda text, result: sum(count for _, count in result) == len(text))
def run_lengths(text: str) -> list[tuple[str, int]]:
    """Encode a text as its runs: pairs of a character and how often it stands there in a row.

    No count is greater than 9: a run of more than nine equal characters is written as several pairs, each
    with the count 9 as long as more than nine are left, and the last with what is left.

    >>> run_lengths("aaab")
    [('a', 3), ('b', 1)]
    >>> run_lengths("abba")
    [('a', 1), ('b', 2), ('a', 1)]
    >>> run_lengths("aA")
    [('a', 1), ('A', 1)]
    >>> run_lengths("")
    []
    """
    ...


@require(lambda text: re.fullmatch("[A-Za-z]*", text) is not None)
@ensure(lambda text, result: len(result) <= len(text))
def compress(text: str) -> str:
    """Shorten a text of letters by writing long runs as a letter and a number.

    A run of three or more equal letters becomes the letter followed by how often it stands there in a row. A
    run of one or two equal letters stays as it is. Small and capital letters are different letters.

    >>> compress("aaab")
    'a3b'
    >>> compress("aabccc")
    'aabc3'
    >>> compress("zzzzzzzzzzzz")
    'z12'
    >>> compress("")
    ''
    """
    ...
