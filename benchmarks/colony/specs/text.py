"""Text: words, capitals, marks, names of files and short forms. Only spaces stand between words."""

from icontract import ensure, require


def shout(text: str) -> str:
    """Write a text in capital letters, with an exclamation mark behind it.

    >>> shout("hello")
    'HELLO!'
    >>> shout("Stop it")
    'STOP IT!'
    >>> shout("YES!")
    'YES!!'
    >>> shout("")
    '!'
    >>> shout("room 7b")
    'ROOM 7B!'
    """
    ...


@require(lambda text: text.isascii() and text.isprintable())
@require(lambda text: text.strip() != "")
@ensure(lambda result: result != "" and " " not in result)
def last_word(text: str) -> str:
    """Give the last word of a text.

    Between two words stand one or more spaces. There may be spaces before the first word and behind the last one,
    too. There is at least one word.

    >>> last_word("the red house")
    'house'
    >>> last_word("one")
    'one'
    >>> last_word("to be, or not.")
    'not.'
    >>> last_word("wait  here  ")
    'here'
    >>> last_word("   alone")
    'alone'
    >>> last_word("A b C")
    'C'
    """
    ...


@require(lambda title: title.isascii() and title.isprintable())
@ensure(lambda result: " " not in result)
def slug(title: str) -> str:
    """Make the last part of a web address from a title: its words in small letters, with a hyphen between two words.

    Between two words of the title stand one or more spaces, and there may be spaces before and behind them. Without
    words the result is empty.

    >>> slug("Hello World")
    'hello-world'
    >>> slug("News")
    'news'
    >>> slug("Ten  Big   Cats")
    'ten-big-cats'
    >>> slug("  what Now? ")
    'what-now?'
    >>> slug("")
    ''
    >>> slug("on-line shop")
    'on-line-shop'
    """
    ...


@require(lambda name: name.isascii() and name.isprintable())
def initials(name: str) -> str:
    """Give the initials of a name: the first character of each word, as a capital letter, and nothing between them.

    Between two words stand one or more spaces. Without words the result is empty.

    >>> initials("Ada Lovelace")
    'AL'
    >>> initials("grace brewster hopper")
    'GBH'
    >>> initials("Plato")
    'P'
    >>> initials("")
    ''
    >>> initials("jean-luc  Picard")
    'JP'
    >>> initials("agent 7")
    'A7'
    """
    ...


@require(lambda name: name.isascii() and name.isprintable())
@require(lambda name: name.count(" ") == 1 and len(name.split()) == 2)
def index_name(name: str) -> str:
    """Write a name as it stands in an index: the second word first, then a comma, a space and the first word.

    The name has two words with one space between them.

    >>> index_name("Ada Lovelace")
    'Lovelace, Ada'
    >>> index_name("grace hopper")
    'hopper, grace'
    >>> index_name("J. Smith-Jones")
    'Smith-Jones, J.'
    >>> index_name("A B")
    'B, A'
    >>> index_name("Queen Anne")
    'Anne, Queen'
    """
    ...


@require(lambda file: file.isascii() and file.isprintable())
def extension(file: str) -> str:
    """Give what stands behind the last dot in the name of a file, in small letters.

    A name without a dot has an empty extension.

    >>> extension("photo.png")
    'png'
    >>> extension("Report.PDF")
    'pdf'
    >>> extension("archive.tar.gz")
    'gz'
    >>> extension("README")
    ''
    >>> extension("notes.")
    ''
    >>> extension(".profile")
    'profile'
    >>> extension("")
    ''
    """
    ...


@require(lambda text: text.isascii() and text.isprintable())
@ensure(lambda text, result: result in text)
def longest_word(text: str) -> str:
    """Find the longest word of a text; of several equally long ones, the first.

    Between two words stand one or more spaces. Without words the result is empty.

    >>> longest_word("the white house")
    'white'
    >>> longest_word("we walked home")
    'walked'
    >>> longest_word("alone")
    'alone'
    >>> longest_word("I am here")
    'here'
    >>> longest_word("")
    ''
    >>> longest_word("one  two six")
    'one'
    >>> longest_word("Zebra ate grass, too")
    'grass,'
    """
    ...


@require(lambda name: name.isascii())
@ensure(lambda result: result == result.lower())
def snake_case(name: str) -> str:
    """Write a name with small letters only: before every capital letter, even the first, an underscore is put.

    The capital letters become small ones; all other characters stay as they are.

    >>> snake_case("maxValue")
    'max_value'
    >>> snake_case("Price")
    '_price'
    >>> snake_case("total")
    'total'
    >>> snake_case("parseXML2")
    'parse_x_m_l2'
    >>> snake_case("my_Name")
    'my__name'
    >>> snake_case("")
    ''
    """
    ...


@ensure(lambda text, result: len(result) <= len(text))
def squeeze(text: str) -> str:
    """Write a run of equal characters only once: two neighbours in the result are never equal.

    >>> squeeze("aaabbc")
    'abc'
    >>> squeeze("hello")
    'helo'
    >>> squeeze("abab")
    'abab'
    >>> squeeze("xx  yy")
    'x y'
    >>> squeeze("aaaa")
    'a'
    >>> squeeze("Aa11a")
    'Aa1a'
    >>> squeeze("")
    ''
    """
    ...


@require(lambda short: short.isascii() and short.isprintable())
@require(lambda phrase: phrase.isascii() and phrase.isprintable())
def stands_for(short: str, phrase: str) -> bool:
    """Tell whether a short form is made of the first characters of the words of a phrase, in their order.

    Capital letters count as small ones. Between two words stand one or more spaces. A phrase without words has only
    the empty short form.

    >>> stands_for("UN", "United Nations")
    True
    >>> stands_for("nasa", "National Aeronautics and Space Administration")
    False
    >>> stands_for("asap", "as soon as possible")
    True
    >>> stands_for("NU", "United Nations")
    False
    >>> stands_for("u", "United Nations")
    False
    >>> stands_for("Diy", "do  it yourself")
    True
    >>> stands_for("", "")
    True
    >>> stands_for("", "word")
    False
    >>> stands_for("x", "X")
    True
    """
    ...


@require(lambda width: width >= 3)
@ensure(lambda width, result: len(result) <= width)
def shortened(text: str, width: int) -> str:
    """Shorten a text to a width.

    A text of at most `width` characters stays as it is. Of a longer one only the beginning is left, with three dots
    behind it, so that there are `width` characters in all.

    >>> shortened("a long story", 8)
    'a lon...'
    >>> shortened("story", 5)
    'story'
    >>> shortened("storys", 5)
    'st...'
    >>> shortened("hi", 10)
    'hi'
    >>> shortened("good morning", 3)
    '...'
    >>> shortened("", 4)
    ''
    >>> shortened("yes", 3)
    'yes'
    """
    ...
