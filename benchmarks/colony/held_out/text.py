"""Text: names, indentation, masks, letters and acronyms."""

from icontract import ensure, require


@require(lambda full_name: full_name.isascii() and full_name.isprintable() and full_name.strip() != "")
def surname_label(full_name: str) -> str:
    """Write the last word of a full name in capital letters. Words are separated by spaces.

    >>> surname_label("Ada Lovelace")
    'LOVELACE'
    >>> surname_label("Johann Sebastian Bach")
    'BACH'
    >>> surname_label("plato")
    'PLATO'
    >>> surname_label("  Grace  Hopper ")
    'HOPPER'
    >>> surname_label("X Y")
    'Y'
    """
    ...


@require(lambda line: line.isascii() and line.isprintable())
@ensure(lambda line, result: 0 <= result <= len(line))
def indent_width(line: str) -> int:
    """Count the spaces at the beginning of a line. In a line of nothing but spaces all of them count.

    >>> indent_width("    return 1")
    4
    >>> indent_width("x = 2")
    0
    >>> indent_width("  a b  ")
    2
    >>> indent_width("   ")
    3
    >>> indent_width("")
    0
    >>> indent_width("end ")
    0
    """
    ...


@require(lambda number, shown: 1 <= shown <= len(number))
@require(lambda number: number.isascii())
@ensure(lambda number, result: len(result) == len(number))
def masked(number: str, shown: int) -> str:
    """Hide a card number: only its last `shown` characters stay, each one before them becomes `*`.

    >>> masked("12345678", 4)
    '****5678'
    >>> masked("12345678", 2)
    '******78'
    >>> masked("4321", 4)
    '4321'
    >>> masked("7", 1)
    '7'
    >>> masked("AB-90", 1)
    '****0'
    """
    ...


@require(lambda first, second: first.isascii() and second.isascii())
def is_anagram(first: str, second: str) -> bool:
    """Tell whether two words consist of the same letters, each as often, in whatever order.

    Capital and small letters are the same.

    >>> is_anagram("listen", "silent")
    True
    >>> is_anagram("Dusty", "study")
    True
    >>> is_anagram("hello", "world")
    False
    >>> is_anagram("aab", "abb")
    False
    >>> is_anagram("abc", "ab")
    False
    >>> is_anagram("", "")
    True
    >>> is_anagram("Same", "sAME")
    True
    """
    ...


@require(lambda title: all(letter.isascii() and (letter.isalpha() or letter == " ") for letter in title))
def acronym(title: str) -> str:
    """Make the acronym of a title: the first letters of its words, as capital letters, one behind the other.

    Words are separated by spaces. Words of fewer than 4 letters are left out.

    >>> acronym("world health organization")
    'WHO'
    >>> acronym("Bank of the West")
    'BW'
    >>> acronym("League for Open Maps")
    'LOM'
    >>> acronym("an old cat")
    ''
    >>> acronym("")
    ''
    >>> acronym("  deep   blue sea ")
    'DB'
    """
    ...
