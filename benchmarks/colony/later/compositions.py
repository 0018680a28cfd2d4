"""Compositions: addresses of visitors, and a game on squared paper."""

from icontract import ensure, require


@require(lambda text: text.isascii())
def is_octet(text: str) -> bool:
    """Tell whether a text is one part of a network address: nothing but digits, of a number of at most 255.

    >>> is_octet("0")
    True
    >>> is_octet("255")
    True
    >>> is_octet("256")
    False
    >>> is_octet("1a")
    False
    >>> is_octet("")
    False
    >>> is_octet("-1")
    False
    >>> is_octet("42")
    True
    """
    ...


@require(lambda text: text.isascii())
def is_address(text: str) -> bool:
    """Tell whether a text is a network address: exactly 4 parts that `is_octet` accepts, with a dot between them.

    Uses: is_octet

    >>> is_address("192.168.0.1")
    True
    >>> is_address("10.0.0.255")
    True
    >>> is_address("10.0.0.256")
    False
    >>> is_address("10.0.0")
    False
    >>> is_address("1.2.3.4.5")
    False
    >>> is_address("a.b.c.d")
    False
    >>> is_address("")
    False
    >>> is_address("8.8.8.8")
    True
    >>> is_address("1..2.3")
    False
    """
    ...


@require(lambda lines: all(line.isascii() for line in lines))
@ensure(lambda lines, result: len(result) <= len(lines))
def visitors(lines: list[str]) -> list[str]:
    """List the network addresses with which lines of an access log begin, each of them once, in alphabetical order.

    What stands before the first space of a line, or the whole line if there is no space, is looked at. Lines that do
    not begin with an address, as `is_address` tells, are left out.

    Uses: is_address

    >>> visitors(["10.0.0.7 GET /", "10.0.0.2 GET /a"])
    ['10.0.0.2', '10.0.0.7']
    >>> visitors(["10.0.0.7 GET /", "10.0.0.7 GET /b"])
    ['10.0.0.7']
    >>> visitors(["server started", "8.8.8.8 GET /"])
    ['8.8.8.8']
    >>> visitors([])
    []
    >>> visitors(["", "localhost GET /", "10.0.0 GET /"])
    []
    >>> visitors(["9.9.9.9", "4.4.4.4 GET /", "10.1.1.1 POST /x 9.9.9.8", "error 7.7.7.7", "5.5.5.5"])
    ['10.1.1.1', '4.4.4.4', '5.5.5.5', '9.9.9.9']
    """
    ...


def are_neighbours(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two squares touch each other, at a side or at a corner; a square does not touch itself.

    A square is given by its column and its row.

    >>> are_neighbours((2, 2), (3, 2))
    True
    >>> are_neighbours((2, 2), (1, 3))
    True
    >>> are_neighbours((2, 2), (2, 2))
    False
    >>> are_neighbours((2, 2), (4, 2))
    False
    >>> are_neighbours((2, 2), (3, 0))
    False
    >>> are_neighbours((2, 2), (1, 4))
    False
    >>> are_neighbours((0, 0), (-1, -1))
    True
    >>> are_neighbours((5, 1), (5, 0))
    True
    """
    ...


@require(lambda living: len(set(living)) == len(living))
@ensure(lambda result: 0 <= result <= 8)
def neighbour_count(square: tuple[int, int], living: list[tuple[int, int]]) -> int:
    """Count how many of the living squares are neighbours of a square, as `are_neighbours` tells.

    The square itself may be among them, but it does not count.

    Uses: are_neighbours

    >>> neighbour_count((1, 1), [(0, 0), (1, 2), (5, 5)])
    2
    >>> neighbour_count((1, 1), [(1, 1)])
    0
    >>> neighbour_count((1, 1), [])
    0
    >>> neighbour_count((0, 0), [(-1, 0), (0, 0), (1, 0)])
    2
    >>> neighbour_count((3, 3), [(1, 3), (3, 5), (2, 2)])
    1
    >>> neighbour_count((1, 1), [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)])
    8
    """
    ...


@require(lambda living: len(set(living)) == len(living))
def lives_next(square: tuple[int, int], living: list[tuple[int, int]]) -> bool:
    """Tell whether a square lives in the next round.

    It does if exactly 3 of its neighbours live now, and also if it lives now itself and exactly 2 of them do.

    Uses: neighbour_count

    >>> lives_next((0, 0), [(1, 0), (0, 1), (1, 1)])
    True
    >>> lives_next((0, 0), [(0, 0), (1, 0), (0, 1), (1, 1)])
    True
    >>> lives_next((0, 0), [(1, 0), (0, 1)])
    False
    >>> lives_next((0, 0), [(0, 0), (1, 0), (0, 1)])
    True
    >>> lives_next((0, 0), [(0, 0), (1, 0)])
    False
    >>> lives_next((4, 4), [(4, 4), (3, 3), (3, 4), (3, 5), (5, 4)])
    False
    >>> lives_next((4, 4), [])
    False
    >>> lives_next((4, 4), [(3, 3), (3, 4), (5, 5), (0, 0), (9, 9)])
    True
    """
    ...
