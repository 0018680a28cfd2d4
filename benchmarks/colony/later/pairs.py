"""Pairs and tables: settings, boxes, header lines, rights, offers and orders."""

from icontract import ensure, require


@require(lambda defaults, name: name in defaults)
def setting_of(settings: dict[str, str], defaults: dict[str, str], name: str) -> str:
    """Look up a setting by its name: what the user has set, or else the default.

    >>> setting_of({"colour": "red"}, {"colour": "grey", "size": "10"}, "colour")
    'red'
    >>> setting_of({"colour": "red"}, {"colour": "grey", "size": "10"}, "size")
    '10'
    >>> setting_of({}, {"colour": "grey"}, "colour")
    'grey'
    >>> setting_of({"font": ""}, {"font": "mono"}, "font")
    ''
    >>> setting_of({"tabs": "4", "font": "serif"}, {"tabs": "8", "font": "mono"}, "font")
    'serif'
    """
    ...


@require(lambda lower_left, upper_right: lower_left[0] <= upper_right[0] and lower_left[1] <= upper_right[1])
@ensure(lambda result: result >= 0)
def box_area(lower_left: tuple[int, int], upper_right: tuple[int, int]) -> int:
    """Find the area of an upright box, given its lower left and its upper right corner.

    >>> box_area((0, 0), (3, 4))
    12
    >>> box_area((1, 2), (3, 7))
    10
    >>> box_area((-2, -2), (2, 2))
    16
    >>> box_area((5, 1), (5, 9))
    0
    >>> box_area((4, 4), (4, 4))
    0
    >>> box_area((10, 0), (11, 20))
    20
    """
    ...


@require(lambda line: ":" in line)
@ensure(lambda result: ":" not in result[0])
def header_field(line: str) -> tuple[str, str]:
    """Split a header line into the name of the field, in small letters, and its value.

    The name stands before the first colon of the line and the value behind it. Spaces around each of them are removed.

    >>> header_field("Host: example.org")
    ('host', 'example.org')
    >>> header_field("Content-Type:text/html")
    ('content-type', 'text/html')
    >>> header_field("Date:  Mon 10:30 ")
    ('date', 'Mon 10:30')
    >>> header_field(" X-Empty :")
    ('x-empty', '')
    >>> header_field("ACCEPT: *")
    ('accept', '*')
    >>> header_field("server: Small Server 2")
    ('server', 'Small Server 2')
    """
    ...


@require(lambda roles, user: user in roles)
@require(lambda roles, rights: all(role in rights for held in roles.values() for role in held))
def may_do(roles: dict[str, list[str]], rights: dict[str, list[str]], user: str, action: str) -> bool:
    """Decide whether a user may do something: at least one role of the user gives the right to do it.

    The first table tells which roles each user holds, the second one which actions each role gives a right to.

    >>> may_do({"ann": ["admin"]}, {"admin": ["read", "write"]}, "ann", "write")
    True
    >>> may_do({"bob": ["guest"]}, {"admin": ["read", "write"], "guest": ["read"]}, "bob", "write")
    False
    >>> may_do({"bob": ["guest", "admin"]}, {"admin": ["write"], "guest": ["read"]}, "bob", "write")
    True
    >>> may_do({"bob": ["guest", "admin"]}, {"admin": ["write"], "guest": ["read"]}, "bob", "read")
    True
    >>> may_do({"cy": []}, {"admin": ["read"]}, "cy", "read")
    False
    >>> may_do({"ann": ["admin"], "cy": ["guest"]}, {"admin": ["drop"], "guest": []}, "cy", "drop")
    False
    """
    ...


@ensure(lambda offers, result: set(result) == {article for article, _ in offers})
@ensure(lambda offers, result: all((article, price) in offers for article, price in result.items()))
def lowest_offers(offers: list[tuple[str, int]]) -> dict[str, int]:
    """Find for each article the lowest price at which it is offered.

    Each offer is an article and a price; an article may be offered several times.

    >>> lowest_offers([("nail", 5), ("screw", 9), ("nail", 3)])
    {'nail': 3, 'screw': 9}
    >>> lowest_offers([("nail", 3), ("nail", 5)])
    {'nail': 3}
    >>> lowest_offers([])
    {}
    >>> lowest_offers([("saw", 20)])
    {'saw': 20}
    >>> lowest_offers([("saw", 7), ("axe", 7), ("saw", 7), ("axe", 0), ("axe", 2)])
    {'saw': 7, 'axe': 0}
    """
    ...


@ensure(lambda orders, result: len(result) <= len(orders))
def priced_orders(orders: list[tuple[str, int]], prices: dict[str, int]) -> list[tuple[str, int]]:
    """Work out what each order costs.

    An order is an article and how many pieces of it are wanted. The result is, in the same order, the article and what
    all of its pieces cost together. Orders of an article that has no price are left out.

    >>> priced_orders([("cup", 2), ("jug", 1)], {"cup": 4, "jug": 15})
    [('cup', 8), ('jug', 15)]
    >>> priced_orders([("cup", 2), ("pan", 3)], {"cup": 4})
    [('cup', 8)]
    >>> priced_orders([("pan", 3)], {})
    []
    >>> priced_orders([], {"cup": 4})
    []
    >>> priced_orders([("jug", 1), ("cup", 10), ("jug", 3)], {"cup": 1, "jug": 20, "pan": 8})
    [('jug', 20), ('cup', 10), ('jug', 60)]
    >>> priced_orders([("cup", 0), ("bag", 6)], {"cup": 9, "bag": 0})
    [('cup', 0), ('bag', 0)]
    """
    ...
