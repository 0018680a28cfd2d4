"""Texts for people: sorting, tables, slugs, outlines and article numbers."""

from icontract import ensure, require


@require(lambda names: all(name.isascii() for name in names))
@ensure(lambda names, result: sorted(result) == sorted(names))
def natural_sorted(names: list[str]) -> list[str]:
    """Sort file names as people expect it: `img2` before `img10`.

    Each name is divided into runs of digits and runs of other characters, as long as possible. Names are compared
    run by run from the left: two runs of digits by their value as numbers, two other runs as texts in small
    letters, by the codes of their characters. A run of digits comes before any other run. If one name has
    no more runs and they were equal so far, it comes first. Names that are equal in this keep their order.

    >>> natural_sorted(["img10", "img2", "img1"])
    ['img1', 'img2', 'img10']
    >>> natural_sorted(["b", "A", "a1", "7up"])
    ['7up', 'A', 'a1', 'b']
    >>> natural_sorted([])
    []
    """
    ...


@require(lambda rows: all(cell.isprintable() for row in rows for cell in row))
def to_table(rows: list[list[str]]) -> str:
    r"""Write rows of cells as a table of plain text, one line for each row.

    A row with fewer cells than the longest row is filled up with empty cells at its end. Each column is as wide
    as its longest cell, by the number of characters. Shorter cells are filled up with spaces: a cell of nothing
    but the digits 0 to 9, at least one, on its left side, any other cell on its right side. Between two
    columns stand two spaces. At last, the spaces at the end of each line are removed. Between the
    lines stands a newline, and none after the last. Without rows the table is empty.

    >>> to_table([["name", "count"], ["pen", "12"]])
    'name  count\npen      12'
    >>> to_table([["a", "b"], ["ccc"]])
    'a    b\nccc'
    >>> to_table([])
    ''
    """
    ...


@require(lambda title: title.isascii())
@ensure(lambda taken, result: result not in taken)
def unique_slug(title: str, taken: list[str]) -> str:
    """Make the slug of a title, for its web address, that is not taken yet.

    The title is written in small letters. Every longest run of characters that are neither a letter from a to z
    nor a digit becomes one hyphen, and hyphens at the two ends are dropped. If nothing is left, the
    slug is `untitled`. If the slug is taken, a hyphen and a number is put behind it: 2, or, if that is
    taken too, 3, and so on, until it is not taken.

    >>> unique_slug("Hello, World!", [])
    'hello-world'
    >>> unique_slug("Hello", ["hello"])
    'hello-2'
    >>> unique_slug("Hello", ["hello", "hello-2", "world"])
    'hello-3'
    """
    ...


@require(lambda width: width >= 1)
@ensure(lambda width, result: len(result) <= width)
def shorten_middle(text: str, width: int) -> str:
    """Shorten a text to `width` characters by leaving out its middle.

    A text of at most `width` characters stays as it is. Of a longer one, as many characters are kept as there is
    room for beside the one character `…` that stands for what is left out: half of them from the beginning
    and half from the end. If their number is odd, one more is kept from the beginning than from the end.

    >>> shorten_middle("abcdefghij", 5)
    'ab…ij'
    >>> shorten_middle("abcdefghij", 6)
    'abc…ij'
    >>> shorten_middle("abc", 3)
    'abc'
    """
    ...


@require(lambda levels: all(1 <= level <= before + 1 for before, level in zip([0, *levels], levels, strict=False)))
@ensure(lambda levels, result: len(result) == len(levels))
def outline_numbers(levels: list[int]) -> list[str]:
    """Number the headings of a document, given how deep each one is: 1 for the topmost level.

    A heading's number has one part for each level down to its own, with points in between. The last part counts
    the headings of this level, from 1, since the last heading of a higher level (nearer the top); the parts
    before it are those of the heading that it stands under.

    >>> outline_numbers([1, 2, 2, 1])
    ['1', '1.1', '1.2', '2']
    >>> outline_numbers([1, 2, 3, 2, 3])
    ['1', '1.1', '1.1.1', '1.2', '1.2.1']
    >>> outline_numbers([])
    []
    """
    ...


def has_valid_check_digit(code: str) -> bool:
    """Tell whether the number of an article, as it is printed below a bar code, is valid.

    It is if it consists of 8, 12, 13 or 14 of the digits 0 to 9 and of nothing else, and if the following
    sum can be divided by 10: counted from the right, the first digit once, the second three times, the third
    once, the fourth three times, and so on.

    >>> has_valid_check_digit("4006381333931")
    True
    >>> has_valid_check_digit("4006381333932")
    False
    >>> has_valid_check_digit("73513537")
    True
    >>> has_valid_check_digit("735135370")
    False
    """
    ...
