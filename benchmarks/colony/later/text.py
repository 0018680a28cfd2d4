"""Text: fields, paths, addresses, article codes, names in code and tables of contents."""

from icontract import ensure, require


@ensure(lambda value, result: len(result) >= len(value) + 2)
def quoted_field(value: str) -> str:
    """Write a value as a quoted field of a table file.

    The value is put between two double quotation marks, and each double quotation mark inside of it is doubled.

    >>> quoted_field('apple')
    '"apple"'
    >>> quoted_field('a, b')
    '"a, b"'
    >>> quoted_field('say "hi" now')
    '"say ""hi"" now"'
    >>> quoted_field('')
    '""'
    >>> quoted_field('5" pipe')
    '"5"" pipe"'
    >>> quoted_field(' x')
    '" x"'
    """
    ...


@require(lambda path: path.strip("/") != "" and "//" not in path)
@ensure(lambda result: result >= 1)
def path_depth(path: str) -> int:
    """Count the names in a path; the names are separated by slashes.

    A slash at the beginning or at the end of the path does not count.

    >>> path_depth("etc")
    1
    >>> path_depth("src/app/main.py")
    3
    >>> path_depth("/usr/lib")
    2
    >>> path_depth("docs/")
    1
    >>> path_depth("/var/log/app/")
    3
    >>> path_depth("a/b/c/d/e")
    5
    """
    ...


@require(lambda address: address.count("://") == 1)
@ensure(lambda result: "/" not in result)
def host_of(address: str) -> str:
    """Return the host of a web address: what stands behind "://", up to the next slash or else to the end.

    A port, if there is one, belongs to it.

    >>> host_of("https://example.org/index.html")
    'example.org'
    >>> host_of("https://example.org")
    'example.org'
    >>> host_of("ftp://files.example.net/pub/a/b.zip")
    'files.example.net'
    >>> host_of("http://localhost:8000/status")
    'localhost:8000'
    >>> host_of("http://a.test/")
    'a.test'
    >>> host_of("file:///etc/hosts")
    ''
    """
    ...


@require(lambda text: text.isascii())
def is_article_code(text: str) -> bool:
    """Tell whether a text is the code of an article: 2 capital letters, and then digits only, at least one of them.

    >>> is_article_code("AB123")
    True
    >>> is_article_code("XZ7")
    True
    >>> is_article_code("Ab123")
    False
    >>> is_article_code("A1234")
    False
    >>> is_article_code("ABC12")
    False
    >>> is_article_code("QR")
    False
    >>> is_article_code("KL 55")
    False
    >>> is_article_code("7812")
    False
    >>> is_article_code("")
    False
    """
    ...


@require(lambda name: name.isascii() and all(part.isalpha() and part.islower() for part in name.split("_")))
@ensure(lambda result: "_" not in result)
def camel_case(name: str) -> str:
    """Rewrite a name of small letters with underscores in it without the underscores.

    Each part of the name but the first begins with a capital letter then.

    >>> camel_case("unit_price")
    'unitPrice'
    >>> camel_case("total")
    'total'
    >>> camel_case("first_day_of_week")
    'firstDayOfWeek'
    >>> camel_case("x_y")
    'xY'
    >>> camel_case("is_a_leaf")
    'isALeaf'
    >>> camel_case("n")
    'n'
    """
    ...


@require(lambda title, page, width: page >= 1 and width >= len(title) + len(str(page)))
@ensure(lambda width, result: len(result) == width)
def contents_line(title: str, page: int, width: int) -> str:
    """Write a line of a table of contents: a title, then dots, then the number of the page.

    There are as many dots as it takes to make the line `width` characters long.

    >>> contents_line("Preface", 3, 12)
    'Preface....3'
    >>> contents_line("Index", 120, 12)
    'Index....120'
    >>> contents_line("Notes", 9, 6)
    'Notes9'
    >>> contents_line("", 1, 3)
    '..1'
    >>> contents_line("How to begin", 10, 20)
    'How to begin......10'
    >>> contents_line("A", 5, 3)
    'A.5'
    """
    ...
