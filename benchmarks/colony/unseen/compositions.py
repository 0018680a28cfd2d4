"""Compositions: the marks of books on their shelves."""

from icontract import ensure


@ensure(lambda result: len(result) <= 3)
def shelf_mark(title: str) -> str:
    """Make the mark of a book: the first 3 characters of its title in capitals.

    Spaces before and after the title do not count as parts of it. A shorter title is its own mark, in capitals.

    >>> shelf_mark("Emma")
    'EMM'
    >>> shelf_mark("  the trial ")
    'THE'
    >>> shelf_mark("It ")
    'IT'
    >>> shelf_mark("")
    ''
    >>> shelf_mark(" A room")
    'A R'
    >>> shelf_mark("1984")
    '198'
    """
    ...


@ensure(lambda result: all(before < after for before, after in zip(result, result[1:])))
def marks_in_use(titles: list[str]) -> list[str]:
    """List the marks of books in alphabetical order, each mark once.

    The mark of a book is the first 3 characters of its title in capitals, where spaces before and after the title do
    not count as parts of it.

    >>> marks_in_use(["Ulysses", "Emma"])
    ['EMM', 'ULY']
    >>> marks_in_use(["The Trial", "the castle", "Dune"])
    ['DUN', 'THE']
    >>> marks_in_use([" Emma", "Emmeline "])
    ['EMM']
    >>> marks_in_use([])
    []
    >>> marks_in_use(["It", "Ivanhoe", "it  "])
    ['IT', 'IVA']
    """
    ...


def titles_on_shelf(titles: list[str], mark: str) -> str:
    """Write the titles of the books that have a mark, in their order, with a semicolon and a space between them.

    The mark of a book is the first 3 characters of its title in capitals, where spaces before and after the title do
    not count as parts of it. The mark that is looked for may be written in capitals or not. The titles are written
    without the spaces before and after them.

    >>> titles_on_shelf(["The Trial", "Dune", " the castle"], "THE")
    'The Trial; the castle'
    >>> titles_on_shelf(["The Trial", "Dune ", "The Castle"], "dun")
    'Dune'
    >>> titles_on_shelf(["Emma", "Dune"], "ULY")
    ''
    >>> titles_on_shelf([], "EMM")
    ''
    >>> titles_on_shelf([" It ", "Italy", "it"], "It")
    'It; it'
    >>> titles_on_shelf(["Emma", "Emmeline", "Emil"], "Emm")
    'Emma; Emmeline'
    """
    ...
