"""Text: file names, invoices, DNA, listings and packed letters."""

from icontract import ensure, require


@require(lambda name: len(name) >= 1)
def without_extension(name: str) -> str:
    """Return the name of a file without its extension, that is without its last dot and all that stands behind it.

    A name without a dot stays as it is.

    >>> without_extension("letter.txt")
    'letter'
    >>> without_extension("backup.tar.gz")
    'backup.tar'
    >>> without_extension("Makefile")
    'Makefile'
    >>> without_extension("photo 12.jpeg")
    'photo 12'
    >>> without_extension("draft.")
    'draft'
    >>> without_extension(".profile")
    ''
    """
    ...


@require(lambda year, number: 2000 <= year <= 2099 and 1 <= number <= 99999)
@ensure(lambda result: len(result) >= 9)
def invoice_number(year: int, number: int) -> str:
    """Write the number of an invoice: its year, a hyphen, and its running number with zeros in front up to 4 digits.

    A running number of more than 4 digits is written as it is.

    >>> invoice_number(2024, 7)
    '2024-0007'
    >>> invoice_number(2023, 315)
    '2023-0315'
    >>> invoice_number(2024, 1234)
    '2024-1234'
    >>> invoice_number(2019, 40)
    '2019-0040'
    >>> invoice_number(2025, 12345)
    '2025-12345'
    """
    ...


@require(lambda strand: set(strand) <= set("ACGT"))
@ensure(lambda strand, result: len(result) == len(strand))
def opposite_strand(strand: str) -> str:
    """Write the opposite strand of a piece of DNA: read backwards, with each letter replaced by its partner.

    A and T are partners, and so are C and G.

    >>> opposite_strand("A")
    'T'
    >>> opposite_strand("ACG")
    'CGT'
    >>> opposite_strand("TTGC")
    'GCAA'
    >>> opposite_strand("")
    ''
    >>> opposite_strand("GATTACA")
    'TGTAATC'
    >>> opposite_strand("ACGT")
    'ACGT'
    """
    ...


@require(lambda strand: len(strand) >= 1 and set(strand) <= set("ACGT"))
@ensure(lambda result: 0 <= result <= 100)
def gc_percent(strand: str) -> int:
    """Tell how many percent of the letters of a piece of DNA are G or C, rounded down.

    >>> gc_percent("GATC")
    50
    >>> gc_percent("GGCC")
    100
    >>> gc_percent("ATTA")
    0
    >>> gc_percent("GAT")
    33
    >>> gc_percent("CGA")
    66
    >>> gc_percent("C")
    100
    >>> gc_percent("ACATTTTG")
    25
    """
    ...


def numbered_lines(text: str) -> str:
    r"""Put before each line of a text its number, counted from 1, a colon and a space.

    Lines are separated by "\n", in the text and in the result. An empty text is one empty line.

    >>> numbered_lines("flour\nsugar")
    '1: flour\n2: sugar'
    >>> numbered_lines("salt")
    '1: salt'
    >>> numbered_lines("")
    '1: '
    >>> numbered_lines("a\n\nb")
    '1: a\n2: \n3: b'
    >>> numbered_lines("first line\nsecond line\n")
    '1: first line\n2: second line\n3: '
    """
    ...


@require(lambda text: text.isalpha() or text == "")
@ensure(lambda text, result: len(result) <= 2 * len(text))
def packed(text: str) -> str:
    """Pack a text of letters: write each run of equal letters as the length of the run and then the letter.

    >>> packed("aaab")
    '3a1b'
    >>> packed("abc")
    '1a1b1c'
    >>> packed("zzzz")
    '4z'
    >>> packed("")
    ''
    >>> packed("aabbaa")
    '2a2b2a'
    >>> packed("Wwww")
    '1W3w'
    >>> packed("xxxxxxxxxxxxy")
    '12x1y'
    """
    ...
