"""Compositions: the carts of a gold mine, and a game of five dice."""

from icontract import ensure, require


@require(lambda rock_kg, grams_per_ton: rock_kg >= 0 and grams_per_ton >= 0)
@ensure(lambda result: result >= 0)
def gold_grams(rock_kg: int, grams_per_ton: int) -> int:
    """Tell how many grams of gold are in so many kilograms of rock, rounded down; a ton is 1000 kilograms.

    >>> gold_grams(1000, 8)
    8
    >>> gold_grams(2500, 4)
    10
    >>> gold_grams(500, 5)
    2
    >>> gold_grams(0, 9)
    0
    >>> gold_grams(1600, 0)
    0
    >>> gold_grams(3200, 12)
    38
    """
    ...


@require(lambda rock_kg, grams_per_ton, haulage: rock_kg >= 0 and grams_per_ton >= 0 and haulage >= 0)
def is_worth_hauling(rock_kg: int, grams_per_ton: int, haulage: int) -> bool:
    """Tell whether a cart of rock is worth hauling: its gold, at 50 for each gram, brings more than the haulage costs.

    `gold_grams` tells how much gold there is.

    Uses: gold_grams

    >>> is_worth_hauling(1000, 8, 300)
    True
    >>> is_worth_hauling(1000, 8, 400)
    False
    >>> is_worth_hauling(1000, 8, 500)
    False
    >>> is_worth_hauling(0, 20, 0)
    False
    >>> is_worth_hauling(2500, 4, 499)
    True
    >>> is_worth_hauling(500, 5, 110)
    False
    """
    ...


@require(lambda carts: all(rock_kg >= 0 and grams >= 0 for rock_kg, grams in carts))
@require(lambda haulage: haulage >= 0)
@ensure(lambda result: result >= 0)
def mine_profit(carts: list[tuple[int, int]], haulage: int) -> int:
    """Find the profit of a mine from some carts, each given by its kilograms of rock and the grams of gold in a ton.

    Only the carts that are worth it are hauled, as `is_worth_hauling` tells. Each of them brings 50 for each gram of
    gold, as `gold_grams` tells, less the haulage.

    Uses: gold_grams, is_worth_hauling

    >>> mine_profit([(1000, 8)], 300)
    100
    >>> mine_profit([(1000, 8), (1000, 2)], 300)
    100
    >>> mine_profit([(2000, 5), (1000, 9)], 200)
    550
    >>> mine_profit([], 100)
    0
    >>> mine_profit([(1000, 1), (500, 3)], 250)
    0
    >>> mine_profit([(3000, 4), (800, 2), (1500, 10)], 150)
    1050
    """
    ...


@require(lambda dice: len(dice) >= 1 and all(1 <= die <= 6 for die in dice))
@ensure(lambda dice, result: 1 <= result <= len(dice))
def most_alike(dice: list[int]) -> int:
    """Tell how many of some dice show the number that the most of them show.

    >>> most_alike([2, 5, 2, 6, 1])
    2
    >>> most_alike([4, 4, 4, 4, 4])
    5
    >>> most_alike([1, 2, 3, 4, 6])
    1
    >>> most_alike([3])
    1
    >>> most_alike([6, 1, 6, 1, 6])
    3
    >>> most_alike([5, 5, 2, 5, 5, 2])
    4
    """
    ...


@require(lambda dice: len(dice) == 5 and all(1 <= die <= 6 for die in dice))
def is_full_house(dice: list[int]) -> bool:
    """Tell whether five dice are a full house: 3 of them show one number, and the other 2 show another one.

    `most_alike` tells how many show the same number.

    Uses: most_alike

    >>> is_full_house([2, 2, 3, 3, 3])
    True
    >>> is_full_house([2, 2, 2, 3, 4])
    False
    >>> is_full_house([6, 1, 6, 1, 6])
    True
    >>> is_full_house([5, 5, 5, 5, 5])
    False
    >>> is_full_house([4, 4, 4, 4, 1])
    False
    >>> is_full_house([1, 1, 2, 2, 3])
    False
    """
    ...


@require(lambda dice: len(dice) == 5 and all(1 <= die <= 6 for die in dice))
@ensure(lambda result: 5 <= result <= 50)
def throw_points(dice: list[int]) -> int:
    """Tell how many points a throw of five dice is worth.

    It is 50 if all of them are equal, as `most_alike` tells, and 25 for a full house, as `is_full_house` tells. Any
    other throw is worth the sum of the dice.

    Uses: most_alike, is_full_house

    >>> throw_points([3, 3, 3, 3, 3])
    50
    >>> throw_points([2, 2, 3, 3, 3])
    25
    >>> throw_points([1, 2, 3, 4, 6])
    16
    >>> throw_points([6, 6, 6, 6, 5])
    29
    >>> throw_points([6, 5, 6, 5, 6])
    25
    >>> throw_points([1, 1, 1, 1, 1])
    50
    >>> throw_points([4, 4, 4, 1, 2])
    15
    """
    ...
