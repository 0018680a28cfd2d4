"""Names as people type them: with capitals anywhere and too many spaces."""

from icontract import require


def tidy_name(name: str) -> str:
    """Put one space between the words of a name, none around them, and make all letters small.

    >>> tidy_name("Ada  Lovelace")
    'ada lovelace'
    >>> tidy_name("  GRACE hopper ")
    'grace hopper'
    >>> tidy_name("Alan M.   Turing")
    'alan m. turing'
    >>> tidy_name("Plato")
    'plato'
    >>> tidy_name("   ")
    ''
    """
    ...


def is_same_name(first: str, second: str) -> bool:
    """Tell whether two names are the same once the words of each have one space between them and small letters.

    >>> is_same_name("Ada  Lovelace", "ada lovelace")
    True
    >>> is_same_name("Ada Lovelace", "Ada Byron")
    False
    >>> is_same_name(" PLATO ", "Plato")
    True
    >>> is_same_name("Ann Lee", "AnnLee")
    False
    >>> is_same_name("bob", "Bob Ray")
    False
    >>> is_same_name("x  Y z", "X y  Z")
    True
    >>> is_same_name("", "  ")
    True
    """
    ...


def tidy_names(names: list[str]) -> list[str]:
    """Tidy every name of a list: one space between its words, none around them, small letters.

    >>> tidy_names(["Ada  Lovelace", " Plato"])
    ['ada lovelace', 'plato']
    >>> tidy_names(["GRACE  Hopper "])
    ['grace hopper']
    >>> tidy_names([])
    []
    >>> tidy_names(["b  C", "", "A"])
    ['b c', '', 'a']
    >>> tidy_names([" x ", "x"])
    ['x', 'x']
    """
    ...


def distinct_names(names: list[str]) -> int:
    """Count the different names of a list; names that differ only in spaces between words or in capitals are one.

    >>> distinct_names(["Ada  Lovelace", "ada lovelace", "Plato"])
    2
    >>> distinct_names(["Bob", " BOB", "bob "])
    1
    >>> distinct_names([])
    0
    >>> distinct_names(["a b", "A  B", "ab", "c"])
    3
    >>> distinct_names(["x", "y"])
    2
    """
    ...


@require(lambda names: len(names) > 0)
def first_in_order(names: list[str]) -> str:
    """Return the name that comes first in the alphabet, of names with one space between words and small letters.

    >>> first_in_order(["Plato", "  ada  Lovelace"])
    'ada lovelace'
    >>> first_in_order(["bob", "Bob  A", "carl"])
    'bob'
    >>> first_in_order(["X  Y"])
    'x y'
    >>> first_in_order(["Zoe", "MIA ", "noa  lee"])
    'mia'
    >>> first_in_order(["b c", "B  a", "b"])
    'b'
    """
    ...
