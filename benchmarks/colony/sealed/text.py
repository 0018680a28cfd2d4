"""Text: postal codes, catalogues, account numbers, letters, lists in words and keys."""

from icontract import ensure, require


@require(lambda code: code.isascii() and code.isalnum() and 5 <= len(code) <= 7)
@ensure(lambda code, result: len(result) == len(code) + 1)
def postal_code(code: str) -> str:
    """Write a British postal code as the post wants it: in capital letters, with a space before its last 3 characters.

    >>> postal_code("SW1A1AA")
    'SW1A 1AA'
    >>> postal_code("m11ae")
    'M1 1AE'
    >>> postal_code("cr26xh")
    'CR2 6XH'
    >>> postal_code("Dn551pt")
    'DN55 1PT'
    >>> postal_code("B338TH")
    'B33 8TH'
    """
    ...


@ensure(lambda line, result: 0 <= result <= len(line) + 1)
def count_blank_fields(line: str) -> int:
    """Count the fields of a line of a museum's catalogue in which nothing stands at all.

    The fields are separated by semicolons. An empty line is one field.

    >>> count_blank_fields("vase;;1820")
    1
    >>> count_blank_fields("vase;clay;1820")
    0
    >>> count_blank_fields(";;")
    3
    >>> count_blank_fields("")
    1
    >>> count_blank_fields("coin;;;gold;")
    3
    >>> count_blank_fields("mask; ;wood")
    0
    """
    ...


@require(lambda number: " " not in number)
@ensure(lambda number, result: result.replace(" ", "") == number)
def in_groups_of_four(number: str) -> str:
    """Write an account number in groups of 4 characters with a space between them; the last group may be shorter.

    >>> in_groups_of_four("DE89370400440532")
    'DE89 3704 0044 0532'
    >>> in_groups_of_four("GB29NWBK60")
    'GB29 NWBK 60'
    >>> in_groups_of_four("1234")
    '1234'
    >>> in_groups_of_four("12345")
    '1234 5'
    >>> in_groups_of_four("")
    ''
    >>> in_groups_of_four("FR7")
    'FR7'
    """
    ...


@require(lambda text, name: text.isascii() and name.isascii() and len(name) >= 1 and "\n" not in name)
@ensure(lambda text, result: 0 <= result <= text.count("\n") + 1)
def count_lines_naming(text: str, name: str) -> int:
    r"""Count the lines of a letter in which a name occurs, also inside of a word; capital and small letters are equal.

    The lines are separated by "\n".

    >>> count_lines_naming("Dear Ann,\nhow is Tom?\nYour Bob", "Tom")
    1
    >>> count_lines_naming("Tom met tom\nand TOM left", "tom")
    2
    >>> count_lines_naming("Tomorrow\nwe sail\nwith Tom", "TOM")
    2
    >>> count_lines_naming("we sail", "Ann")
    0
    >>> count_lines_naming("", "Ann")
    0
    >>> count_lines_naming("ann\n\nann and Ann\nBob\nJoanna", "Ann")
    3
    """
    ...


@require(lambda things: all(len(thing) >= 1 for thing in things))
@ensure(lambda things, result: all(thing in result for thing in things))
def joined_in_words(things: list[str]) -> str:
    """Join things as in a sentence: with " and " before the last one, and with a comma and a space between the others.

    A single thing stands alone, and of no things at all the text is empty.

    >>> joined_in_words(["rose", "lily", "tulip"])
    'rose, lily and tulip'
    >>> joined_in_words(["rose", "lily"])
    'rose and lily'
    >>> joined_in_words(["rose"])
    'rose'
    >>> joined_in_words([])
    ''
    >>> joined_in_words(["spade", "rake", "hoe", "old gloves"])
    'spade, rake, hoe and old gloves'
    >>> joined_in_words(["fern", "fern"])
    'fern and fern'
    """
    ...


@ensure(lambda first, second, result: first.startswith(result) and second.startswith(result))
def shared_start(first: str, second: str) -> str:
    """Return the longest text with which two keys of a translation file both begin.

    >>> shared_start("menu.file.open", "menu.file.save")
    'menu.file.'
    >>> shared_start("menu", "menu.help")
    'menu'
    >>> shared_start("title", "footer")
    ''
    >>> shared_start("", "menu")
    ''
    >>> shared_start("error", "error")
    'error'
    >>> shared_start("Menu", "menu")
    ''
    >>> shared_start("page.one", "pane.one")
    'pa'
    """
    ...
