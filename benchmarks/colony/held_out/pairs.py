"""Pairs and dictionaries: spans, walks, prices and counts."""

from icontract import ensure, require


@require(lambda span: span[0] <= span[1])
@ensure(lambda result: result >= 1)
def days_of_journey(span: tuple[int, int]) -> int:
    """Count the days of a journey, given the numbers of its first and its last day. Both of them count.

    >>> days_of_journey((3, 7))
    5
    >>> days_of_journey((4, 4))
    1
    >>> days_of_journey((10, 11))
    2
    >>> days_of_journey((-2, 1))
    4
    >>> days_of_journey((0, 30))
    31
    """
    ...


@ensure(lambda result: result >= 0)
def walking_distance(start: tuple[int, int], goal: tuple[int, int]) -> int:
    """Count the blocks to walk between two corners of a town whose streets form a grid.

    A corner is the number of its street and the number of its avenue. One walks along streets and avenues only,
    never across a block.

    >>> walking_distance((0, 0), (3, 4))
    7
    >>> walking_distance((5, 2), (1, 2))
    4
    >>> walking_distance((2, 9), (4, 3))
    8
    >>> walking_distance((6, 1), (6, 1))
    0
    >>> walking_distance((-1, 3), (2, -2))
    8
    >>> walking_distance((8, 7), (5, 9))
    5
    """
    ...


@require(lambda prices: all(price >= 0 for price in prices.values()))
def basket_total(prices: dict[str, int], basket: set[str]) -> int:
    """Add up the prices of the goods in a basket. Goods that have no price cost nothing.

    >>> basket_total({"pen": 3, "ink": 8, "pad": 5}, {"pen", "pad"})
    8
    >>> basket_total({"pen": 3, "ink": 8}, {"ink"})
    8
    >>> basket_total({"pen": 3, "ink": 8}, {"ink", "cup"})
    8
    >>> basket_total({"pen": 3}, set())
    0
    >>> basket_total({}, {"pen"})
    0
    >>> basket_total({"pen": 3, "ink": 8, "pad": 5}, {"pen", "ink", "pad"})
    16
    """
    ...


@ensure(lambda stock, result: set(result) <= set(stock))
def to_order(stock: dict[str, int], least: int) -> list[str]:
    """List the goods of which there are fewer than `least` in stock, in alphabetical order.

    >>> to_order({"tea": 2, "salt": 9, "milk": 0}, 5)
    ['milk', 'tea']
    >>> to_order({"tea": 5, "salt": 4}, 5)
    ['salt']
    >>> to_order({"tea": 7}, 3)
    []
    >>> to_order({}, 10)
    []
    >>> to_order({"rum": 1, "ale": 1, "gin": 1}, 2)
    ['ale', 'gin', 'rum']
    """
    ...


@ensure(lambda first, second, result: set(result) == set(first) | set(second))
def merged_votes(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    """Add the votes of two polling stations, name by name. Whoever stands in one of them only keeps those votes.

    >>> merged_votes({"Ann": 3, "Bob": 1}, {"Ann": 2, "Bob": 5})
    {'Ann': 5, 'Bob': 6}
    >>> merged_votes({"Ann": 3}, {"Cid": 4})
    {'Ann': 3, 'Cid': 4}
    >>> merged_votes({"Ann": 1, "Bob": 2}, {"Bob": 7})
    {'Ann': 1, 'Bob': 9}
    >>> merged_votes({}, {"Dee": 6})
    {'Dee': 6}
    >>> merged_votes({"Dee": 0}, {})
    {'Dee': 0}
    >>> merged_votes({}, {})
    {}
    """
    ...
