"""Text: plays, routes and names."""

from icontract import require


def stage_line(role: str, words: str) -> str:
    """Write a line of a play: the role in capitals, a colon and a space, and the words as they are.

    >>> stage_line("Hamlet", "To be.")
    'HAMLET: To be.'
    >>> stage_line("ghost", "Mark me!")
    'GHOST: Mark me!'
    >>> stage_line("First Lord", "ay")
    'FIRST LORD: ay'
    >>> stage_line("Fool", "")
    'FOOL: '
    >>> stage_line("", "Thunder")
    ': Thunder'
    """
    ...


@require(lambda route: route != "")
def there_and_back(route: str) -> str:
    """Extend a route, whose stops stand between hyphens, by the way back to its first stop.

    The last stop, where the way turns, is not repeated. A route of one stop stays as it is.

    >>> there_and_back("Rome-Pisa-Genoa")
    'Rome-Pisa-Genoa-Pisa-Rome'
    >>> there_and_back("Oslo-Bergen")
    'Oslo-Bergen-Oslo'
    >>> there_and_back("Paris")
    'Paris'
    >>> there_and_back("a-b-c-d")
    'a-b-c-d-c-b-a'
    >>> there_and_back("x-x")
    'x-x-x'
    """
    ...


def names_in_brackets(text: str) -> str:
    """Put each word that begins with a capital letter into square brackets.

    Words stand between spaces. In the result one space stands between two words, and none before the first or after
    the last. Every other word is as it was.

    >>> names_in_brackets("ask Ann about it")
    'ask [Ann] about it'
    >>> names_in_brackets("Bob met Cid")
    '[Bob] met [Cid]'
    >>> names_in_brackets("no names here")
    'no names here'
    >>> names_in_brackets("")
    ''
    >>> names_in_brackets("  an  iPod of USA ")
    'an iPod of [USA]'
    >>> names_in_brackets("7 Up")
    '7 [Up]'
    """
    ...
