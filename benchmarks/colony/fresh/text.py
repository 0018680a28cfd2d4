"""Text: questions, posters, phone numbers and labels."""

from icontract import ensure, require


def is_question(line: str) -> bool:
    """Tell whether a line ends with a question mark; spaces after the question mark do not count.

    >>> is_question("Who is there?")
    True
    >>> is_question("Nobody.")
    False
    >>> is_question("Really?  ")
    True
    >>> is_question("Who? Me!")
    False
    >>> is_question("?")
    True
    >>> is_question("")
    False
    >>> is_question("Is it so? ")
    True
    """
    ...


def spaced_out(word: str) -> str:
    """Write a word as on a poster: in capital letters, with a space between each two of them.

    >>> spaced_out("sale")
    'S A L E'
    >>> spaced_out("Open")
    'O P E N'
    >>> spaced_out("x")
    'X'
    >>> spaced_out("")
    ''
    >>> spaced_out("7up")
    '7 U P'
    """
    ...


@require(lambda least: least >= 1)
@ensure(lambda text, result: 0 <= result <= len(text))
def count_long_words(text: str, least: int) -> int:
    """Count the words of a text that have at least so many characters.

    Words stand between one or more spaces; there may be spaces at both ends, too.

    >>> count_long_words("the quick brown fox", 4)
    2
    >>> count_long_words("the quick brown fox", 3)
    4
    >>> count_long_words("a  bee  sees  me", 2)
    3
    >>> count_long_words("short words", 6)
    0
    >>> count_long_words("", 1)
    0
    >>> count_long_words("  one two ", 1)
    2
    """
    ...


@require(lambda number: all(sign in "0123456789+- " for sign in number))
@ensure(lambda result: result == "" or result.isdigit())
def dialled(number: str) -> str:
    """Turn a written phone number into the digits that are dialled.

    A plus sign is dialled as 00. Spaces and hyphens are left out.

    >>> dialled("+49 30 1234")
    '0049301234'
    >>> dialled("030-1234")
    '0301234'
    >>> dialled("112")
    '112'
    >>> dialled("+1-555 01-99")
    '0015550199'
    >>> dialled("")
    ''
    >>> dialled(" +8 - 15 ")
    '00815'
    """
    ...


@ensure(lambda word, result: sorted(result) == sorted(word))
def ends_swapped(word: str) -> str:
    """Exchange the first and the last character of a word.

    A word of fewer than two characters stays as it is.

    >>> ends_swapped("lamp")
    'paml'
    >>> ends_swapped("on")
    'no'
    >>> ends_swapped("x")
    'x'
    >>> ends_swapped("")
    ''
    >>> ends_swapped("cat")
    'tac'
    >>> ends_swapped("Bread 1")
    '1read B'
    """
    ...


@require(lambda label: "-" in label and label.isascii() and label.rpartition("-")[2].isdigit())
@ensure(lambda label, result: result.rpartition("-")[0] == label.rpartition("-")[0])
def next_label(label: str) -> str:
    """Raise the number at the end of a label by 1.

    The number stands behind the last hyphen of the label. What stands before it stays as it is; in the result the
    number has no zeros at its front.

    >>> next_label("box-3")
    'box-4'
    >>> next_label("box-9")
    'box-10'
    >>> next_label("top-shelf-41")
    'top-shelf-42'
    >>> next_label("a-1-1")
    'a-1-2'
    >>> next_label("scan-007")
    'scan-8'
    >>> next_label("-0")
    '-1'
    """
    ...
