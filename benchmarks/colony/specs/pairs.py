"""Pairs and dictionaries: prices, sizes, stocks, settings, meetings and rights."""

from icontract import ensure, require


@require(lambda prices: all(price >= 0 for price in prices.values()))
@require(lambda count: count >= 0)
@ensure(lambda result: result >= 0)
def price_of(prices: dict[str, int], item: str, count: int) -> int:
    """Work out what some pieces of an item cost: its price times how many pieces there are.

    An item that is not in the price list costs 0.

    >>> price_of({"pen": 150, "ink": 700}, "pen", 2)
    300
    >>> price_of({"pen": 150, "ink": 700}, "ink", 3)
    2100
    >>> price_of({"pen": 150}, "cup", 4)
    0
    >>> price_of({"cup": 450, "pen": 20}, "cup", 1)
    450
    >>> price_of({"cup": 450}, "cup", 0)
    0
    >>> price_of({}, "ink", 5)
    0
    """
    ...


@require(lambda size: size[0] >= 0 and size[1] >= 0)
@ensure(lambda result: result >= 0)
def frame_length(size: tuple[int, int]) -> int:
    """Work out how long the frame around a picture is, given the picture's width and height: all four sides.

    >>> frame_length((3, 5))
    16
    >>> frame_length((7, 7))
    28
    >>> frame_length((0, 30))
    60
    >>> frame_length((10, 1))
    22
    >>> frame_length((0, 0))
    0
    """
    ...


@require(lambda codes: len(set(codes.values())) == len(codes))
@ensure(lambda codes, result: len(result) == len(codes))
@ensure(lambda codes, result: all(codes[name] == code for code, name in result.items()))
def names_by_code(codes: dict[str, int]) -> dict[int, str]:
    """Turn a table from names to codes round: the result leads from each code to its name.

    No two names have the same code.

    >>> names_by_code({"red": 1, "blue": 2})
    {1: 'red', 2: 'blue'}
    >>> names_by_code({"ok": 200, "gone": 410, "teapot": 418})
    {200: 'ok', 410: 'gone', 418: 'teapot'}
    >>> names_by_code({"": -1})
    {-1: ''}
    >>> names_by_code({"zero": 0, "ten": 10})
    {0: 'zero', 10: 'ten'}
    >>> names_by_code({})
    {}
    """
    ...


def booked_on(entries: list[tuple[str, int]], account: str) -> int:
    """Add up the amounts that were booked on one account.

    Each entry is the name of an account and an amount, which is negative where money was taken.

    >>> booked_on([("rent", 500), ("food", 80), ("rent", -20)], "rent")
    480
    >>> booked_on([("rent", 500), ("food", 80), ("rent", -20)], "food")
    80
    >>> booked_on([("rent", 500), ("food", 80)], "fun")
    0
    >>> booked_on([("fun", -5), ("fun", -7), ("food", 3)], "fun")
    -12
    >>> booked_on([("food", 9), ("food", 9), ("food", 9)], "food")
    27
    >>> booked_on([], "food")
    0
    """
    ...


@ensure(lambda needed, result: 0 <= result <= len(needed))
def missing_rights(granted: dict[str, set[str]], user: str, needed: set[str]) -> int:
    """Count the rights that a user needs and was not granted.

    A user who does not stand in the table was granted none.

    >>> missing_rights({"ann": {"read", "write"}}, "ann", {"read", "delete"})
    1
    >>> missing_rights({"ann": {"read", "write"}}, "ann", {"write"})
    0
    >>> missing_rights({"ann": {"read"}, "bob": set()}, "bob", {"read", "write"})
    2
    >>> missing_rights({"ann": {"read"}}, "eve", {"read", "write", "delete"})
    3
    >>> missing_rights({"bob": {"delete"}, "ann": {"read", "delete", "write"}}, "bob", {"read", "write", "delete"})
    2
    >>> missing_rights({"bob": {"read"}}, "bob", set())
    0
    >>> missing_rights({}, "ann", {"read"})
    1
    """
    ...


@ensure(lambda names, result: len(result) <= len(names))
def pick_settings(settings: dict[str, str], names: list[str]) -> list[str]:
    """List the values of the settings with the given names, in the order of the names.

    Names that are not among the settings are left out; a name that is given twice is listed twice.

    >>> pick_settings({"host": "a.org", "port": "80", "user": "ann"}, ["port", "host"])
    ['80', 'a.org']
    >>> pick_settings({"host": "a.org", "port": "80"}, ["mode", "port", "user"])
    ['80']
    >>> pick_settings({"user": "bob"}, ["user", "user"])
    ['bob', 'bob']
    >>> pick_settings({"mode": "", "port": "22"}, ["mode"])
    ['']
    >>> pick_settings({"port": "80"}, ["host"])
    []
    >>> pick_settings({}, ["host", "port"])
    []
    >>> pick_settings({"host": "a.org"}, [])
    []
    """
    ...


@ensure(lambda stock, result: set(result) == set(stock))
def stock_after(stock: dict[str, int], sold: dict[str, int]) -> dict[str, int]:
    """Tell how many pieces of each item are in the stock after a day: what was there less what was sold of it.

    Of an item that is not among those sold, nothing was sold. Items that are not in the stock are left out, and
    the number of pieces is negative where more were sold than there were.

    >>> stock_after({"pen": 10, "ink": 4}, {"ink": 3})
    {'pen': 10, 'ink': 1}
    >>> stock_after({"cup": 6, "bag": 8}, {"bag": 8, "cup": 2})
    {'cup': 4, 'bag': 0}
    >>> stock_after({"pen": 1}, {"pen": 3})
    {'pen': -2}
    >>> stock_after({"pen": 5}, {"cup": 5})
    {'pen': 5}
    >>> stock_after({"ink": 7, "pen": 0}, {})
    {'ink': 7, 'pen': 0}
    >>> stock_after({}, {"bag": 2})
    {}
    """
    ...


def halfway(start: tuple[int, int], goal: tuple[int, int]) -> tuple[float, float]:
    """Find the point halfway between two points of the plane, each given by its two coordinates.

    Each coordinate of it is half the sum of the two points' coordinates.

    >>> halfway((0, 0), (4, 6))
    (2.0, 3.0)
    >>> halfway((1, 2), (2, 2))
    (1.5, 2.0)
    >>> halfway((-3, 5), (3, -4))
    (0.0, 0.5)
    >>> halfway((7, -7), (7, -7))
    (7.0, -7.0)
    >>> halfway((10, 1), (-1, 8))
    (4.5, 4.5)
    """
    ...


@require(lambda first: first[0] <= first[1])
@require(lambda second: second[0] <= second[1])
@ensure(lambda result: result >= 0)
def shared_minutes(first: tuple[int, int], second: tuple[int, int]) -> int:
    """Tell for how many minutes two meetings take place at the same time.

    A meeting is given by the minute at which it starts and the minute at which it ends. If one ends before the
    other starts, or just then, the result is 0.

    >>> shared_minutes((10, 50), (30, 90))
    20
    >>> shared_minutes((60, 120), (0, 75))
    15
    >>> shared_minutes((0, 100), (20, 30))
    10
    >>> shared_minutes((5, 9), (1, 30))
    4
    >>> shared_minutes((0, 30), (30, 60))
    0
    >>> shared_minutes((90, 95), (10, 20))
    0
    >>> shared_minutes((1, 3), (8, 12))
    0
    >>> shared_minutes((15, 45), (15, 45))
    30
    """
    ...


@require(lambda visits: len(visits) >= 1)
@ensure(lambda visits, result: visits[result] == max(visits.values()))
def most_visited(visits: dict[str, int]) -> str:
    """Name the page with the most visits; of several with equally many, the one that comes first in the alphabet.

    >>> most_visited({"home": 12, "about": 3, "shop": 40})
    'shop'
    >>> most_visited({"shop": 7, "blog": 7, "jobs": 2})
    'blog'
    >>> most_visited({"about": 5, "home": 9, "faq": 9})
    'faq'
    >>> most_visited({"about": 1, "blog": 0})
    'about'
    >>> most_visited({"help": 0})
    'help'
    >>> most_visited({"z": 4, "y": 4, "x": 4})
    'x'
    """
    ...


@require(lambda words: all(word != "" for word in words))
@ensure(lambda words, result: sum(len(group) for group in result.values()) == len(words))
def group_by_initial(words: list[str]) -> dict[str, list[str]]:
    """Group words by their first letter: each first letter with the list of its words, in the order of the list.

    Capital and small letters are different, and a word that occurs twice is listed twice.

    >>> group_by_initial(["apple", "bean", "avocado"])
    {'a': ['apple', 'avocado'], 'b': ['bean']}
    >>> group_by_initial(["Bob", "bob", "Bill"])
    {'B': ['Bob', 'Bill'], 'b': ['bob']}
    >>> group_by_initial(["tea", "tea"])
    {'t': ['tea', 'tea']}
    >>> group_by_initial(["x", "yes", "xylem", "zoo", "yak"])
    {'x': ['x', 'xylem'], 'y': ['yes', 'yak'], 'z': ['zoo']}
    >>> group_by_initial(["plum", "fig", "pear", "peach"])
    {'p': ['plum', 'pear', 'peach'], 'f': ['fig']}
    >>> group_by_initial([])
    {}
    """
    ...
