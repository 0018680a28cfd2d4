"""Small parsers: settings, durations, sizes, queries, lines of CSV, byte ranges."""

import re

from icontract import require

CSV_LINE = re.compile(r'([^",\r\n]*|"([^"\r\n]|"")*")(,([^",\r\n]*|"([^"\r\n]|"")*"))*')


@require(lambda text: all(character == "\n" or character.isprintable() for character in text))
def parse_settings(text: str) -> dict[str, str]:
    """Read settings, one `key = value` in each line.

    Spaces around lines, keys and values do not matter. The first equals sign of a line ends its key. Lines
    that are empty, that begin with `#`, that have no equals sign, or whose key is empty are passed over. Where
    a key comes more than once, its last value counts.

    >>> parse_settings("host = example.org\\nport=80")
    {'host': 'example.org', 'port': '80'}
    >>> parse_settings("# a comment\\n\\nurl = http://example.org/?a=1")
    {'url': 'http://example.org/?a=1'}
    >>> parse_settings("debug")
    {}
    """
    ...


def parse_duration(text: str) -> int | None:
    """Read a duration such as `1h30m` and return it in seconds.

    It is made of one or more parts with nothing between them. A part is one or more of the digits 0 to 9,
    then one of the letters d, h, m, s, for days, hours, minutes and seconds. Each letter comes at most once,
    and they come in the order d, h, m, s. A number may begin with zeros, and may be larger than the unit above would
    allow, as in `90m`. Anything else gives None, the empty text too.

    >>> parse_duration("1h30m")
    5400
    >>> parse_duration("90s")
    90
    >>> parse_duration("2d1s")
    172801
    >>> parse_duration("30m1h") is None
    True
    >>> parse_duration("15") is None
    True
    """
    ...


@require(lambda text: text.isascii() and text.isprintable())
def parse_size(text: str) -> int | None:
    """Read a size such as `10 MB` and return it in bytes.

    It is one or more digits, then any number of spaces or none, then a unit or none. Without a unit the number
    counts bytes. The units are B; KB, MB and GB, each 1000 times the one before; and KiB, MiB and GiB,
    for 1024 bytes, 1024 KiB and 1024 MiB. Capital and small letters mean the same in units. Spaces at either
    end of the text do not matter. Anything else gives None.

    >>> parse_size("10MB")
    10000000
    >>> parse_size("4 KiB")
    4096
    >>> parse_size("512")
    512
    >>> parse_size("1.5GB") is None
    True
    """
    ...


def parse_query(query: str) -> dict[str, list[str]]:
    """Read the query of a web address, such as `?tag=a&tag=b`: for each name its values, in their order.

    One question mark at the very beginning is not part of it. The parameters stand between `&` characters;
    empty ones are passed over. In each, the first equals sign ends the name, and all behind it is the
    value; without an equals sign, all of it is the name and the value is empty. Nothing is decoded.

    >>> parse_query("?tag=a&tag=b&page=2")
    {'tag': ['a', 'b'], 'page': ['2']}
    >>> parse_query("q=1%2B1=2&&debug")
    {'q': ['1%2B1=2'], 'debug': ['']}
    >>> parse_query("")
    {}
    """
    ...


@require(lambda line: CSV_LINE.fullmatch(line))
def split_csv_line(line: str) -> list[str]:
    """Split one line of CSV into its fields.

    Fields are separated by commas. A field that begins with a double quote goes on to its closing quote, which
    is the next double quote that is not doubled; commas in between belong to the field, two
    double quotes in a row stand for one, and the outer quotes are left out. Spaces are kept as they are.
    A line has one field more than it has separating commas, so the empty line has one field, an empty one.

    >>> split_csv_line("a,b,,c")
    ['a', 'b', '', 'c']
    >>> split_csv_line('1,"Smith, Ann",x')
    ['1', 'Smith, Ann', 'x']
    >>> split_csv_line('"a ""b"" c",d')
    ['a "b" c', 'd']
    """
    ...


@require(lambda size: size >= 0)
def parse_byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Read which bytes of a file of `size` bytes a header such as `bytes=0-99` asks for.

    The result is the positions of the first and the last byte, counted from 0. The forms are `bytes=A-B`, from
    A to B; `bytes=A-`, from A to the end of the file; and `bytes=-N`, the last N bytes. A, B and N are one or
    more of the digits 0 to 9. What lies beyond the end of the file is cut off: B becomes the last byte, and N
    larger than the file means the whole file. The result is None if the header has any other form, if B is
    less than A, or if no byte of the file is left.

    >>> parse_byte_range("bytes=0-99", 1000)
    (0, 99)
    >>> parse_byte_range("bytes=900-", 1000)
    (900, 999)
    >>> parse_byte_range("bytes=-5", 1000)
    (995, 999)
    >>> parse_byte_range("bytes=1000-1001", 1000) is None
    True
    >>> parse_byte_range("items=0-1", 1000) is None
    True
    """
    ...
