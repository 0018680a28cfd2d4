"""Words: counting, rewriting and comparing them."""

import re

from icontract import ensure, require


@require(lambda text: text.isascii())
@ensure(lambda text, result: 0 <= result <= len(text))
def count_vowels(text: str) -> int:
    """Count the vowels in a text.

    The letters a, e, i, o and u are vowels, small or capital. A y, small or capital, counts as a vowel unless
    the character directly before it is one of a, e, i, o and u, small or capital; a y at the very beginning of
    the text counts.

    >>> count_vowels("banana")
    3
    >>> count_vowels("Monday")
    2
    >>> count_vowels("rhythm")
    1
    >>> count_vowels("")
    0
    """
    ...


@require(lambda text: text.isascii() and text.isprintable())
@ensure(lambda text, result: result.lower() == text.lower())
def title_case(text: str) -> str:
    """Write a text like the title of a book.

    Words are the pieces between spaces. The first character of each word becomes a capital letter, all its
    others become small. The little words a, an, and, of and the are written in small letters throughout,
    wherever they stand, also as the first word. The spaces stay as they are.

    >>> title_case("war and peace")
    'War and Peace'
    >>> title_case("THE LORD OF THE RINGS")
    'the Lord of the Rings'
    >>> title_case("don't  panic")
    "Don't  Panic"
    >>> title_case("")
    ''
    """
    ...


@require(lambda word: re.fullmatch("[a-z]+", word) is not None)
@ensure(lambda word, result: len(result) == len(word) + 2)
def pig_latin(word: str) -> str:
    """Translate a word of small letters into pig Latin.

    The vowels are a, e, i, o and u. If the word begins with other letters, all letters before its first vowel
    move to the end, and "ay" is put behind them. If it begins with a vowel, nothing moves, and "ay" is put in
    front of the word. If it has no vowel at all, nothing moves, and "ay" is put behind it.

    >>> pig_latin("pig")
    'igpay'
    >>> pig_latin("string")
    'ingstray'
    >>> pig_latin("apple")
    'ayapple'
    >>> pig_latin("rhythm")
    'rhythmay'
    """
    ...


@require(lambda text: text.isascii())
def is_palindrome(text: str) -> bool:
    """Tell whether a text reads the same from both ends.

    Only letters and digits are looked at, and capital and small letters are the same. A text with fewer than
    three letters and digits is too short to be a palindrome.

    >>> is_palindrome("Never odd or even")
    True
    >>> is_palindrome("12321")
    True
    >>> is_palindrome("hello")
    False
    >>> is_palindrome("A man, a plan.")
    False
    """
    ...


@require(lambda name: re.fullmatch("[A-Za-z][A-Za-z0-9]*", name) is not None)
@ensure(lambda result: result == result.lower())
def snake_case(name: str) -> str:
    """Turn a name such as `orderTotal` into one with underscores and small letters only.

    An underscore is put in front of every capital letter, and in front of the first digit of every run of
    digits; but none at the very beginning of the name. Then all letters become small.

    >>> snake_case("orderTotal")
    'order_total'
    >>> snake_case("OrderTotal")
    'order_total'
    >>> snake_case("parseURL")
    'parse_u_r_l'
    >>> snake_case("x")
    'x'
    """
    ...


@require(lambda text: re.fullmatch("[A-Za-z ]*", text) is not None)
@ensure(lambda result: all(count >= 1 for count in result.values()))
def word_counts(text: str) -> dict[str, int]:
    """Count how often each word occurs in a text of letters and spaces, not telling singular from plural.

    Words stand between spaces and are counted in small letters. A word of two or more letters that ends in s
    is counted without this last s.

    >>> word_counts("the cat and the hat")
    {'the': 2, 'cat': 1, 'and': 1, 'hat': 1}
    >>> word_counts("Cats and cat")
    {'cat': 2, 'and': 1}
    >>> word_counts("one")
    {'one': 1}
    >>> word_counts("")
    {}
    """
    ...
