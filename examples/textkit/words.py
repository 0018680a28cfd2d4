"""Words: wrapping, naming, counting and hiding them."""

import icontract


@icontract.require(lambda text: text.isascii())
def slugify(text: str) -> str:
    """Turn a title into the part of a web address that names a page.

    Letters become lower case. Every run of characters that are neither letters nor digits becomes one
    hyphen, except at the beginning and at the end, where it is dropped.

    >>> slugify("Hello, World!")
    'hello-world'
    >>> slugify("C3PO & R2-D2")
    'c3po-r2-d2'
    >>> slugify("  --Already  slugged-- ")
    'already-slugged'
    >>> slugify("snake_case")
    'snake-case'
    >>> slugify("?!")
    ''
    >>> slugify("")
    ''
    """
    ...


@icontract.require(lambda width: width >= 1)
@icontract.ensure(lambda text, result: " ".join(result).split() == text.split(), "no word is lost, added or moved")
@icontract.ensure(lambda width, result: all(len(line) <= width or " " not in line for line in result))
def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` characters.

    Words are what `text.split()` gives. Each line takes as many words as fit, joined by single spaces.
    A word that is longer than `width` is not cut: it stands alone on a line of its own.

    >>> wrap("the quick brown fox", 10)
    ['the quick', 'brown fox']
    >>> wrap("ab cd", 5)
    ['ab cd']
    >>> wrap("ab cd", 4)
    ['ab', 'cd']
    >>> wrap("an extraordinary day", 5)
    ['an', 'extraordinary', 'day']
    >>> wrap("  spaced   out ", 20)
    ['spaced out']
    >>> wrap("", 10)
    []
    """
    ...


@icontract.require(lambda text: text.isascii() and text == " ".join(text.split()), "words with one space between them")
@icontract.ensure(lambda text, result: result.lower() == text.lower(), "only the case changes")
def title_case(text: str) -> str:
    """Capitalise every word: its first character in upper case, all others in lower case.

    Words are separated by single spaces and by nothing else.

    >>> title_case("the QUICK brown fox")
    'The Quick Brown Fox'
    >>> title_case("it's 3RD place")
    "It's 3rd Place"
    >>> title_case("well-known facts")
    'Well-known Facts'
    >>> title_case("x")
    'X'
    >>> title_case("")
    ''
    """
    ...


@icontract.require(lambda text: text.isascii())
def count_words(text: str) -> dict[str, int]:
    """Count how often each word occurs.

    Words are separated by white space; punctuation belongs to the word it touches. Upper and lower case make
    no difference: the keys are in lower case.

    >>> count_words("The cat and the hat")
    {'the': 2, 'cat': 1, 'and': 1, 'hat': 1}
    >>> count_words("don't stop, DON'T!")
    {"don't": 1, 'stop,': 1, "don't!": 1}
    >>> count_words("  one\\ttwo one ")
    {'one': 2, 'two': 1}
    >>> count_words("")
    {}
    """
    ...


@icontract.require(lambda visible: visible >= 1)
@icontract.ensure(lambda secret, result: len(result) == len(secret))
def mask(secret: str, visible: int) -> str:
    """Show only the last `visible` characters of a secret; each character before them becomes a star.

    If the secret has `visible` characters or fewer, all of it is shown.

    >>> mask("4111111111111111", 4)
    '************1111'
    >>> mask("abc", 1)
    '**c'
    >>> mask("door code", 2)
    '*******de'
    >>> mask("abc", 3)
    'abc'
    >>> mask("abc", 7)
    'abc'
    >>> mask("", 2)
    ''
    """
    ...
