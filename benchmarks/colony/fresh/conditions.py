"""Conditions: syrup, lamps, batteries, auctions, triangles and taxes."""

from icontract import ensure, require


@require(lambda kilograms: kilograms >= 1)
@ensure(lambda result: result > 0)
def syrup_millilitres(kilograms: int, is_adult: bool) -> float:
    """Find how many millilitres of syrup somebody takes.

    An adult takes 20 millilitres, whatever the weight. A child takes half a millilitre for each kilogram it weighs.

    >>> syrup_millilitres(30, False)
    15.0
    >>> syrup_millilitres(25, False)
    12.5
    >>> syrup_millilitres(80, True)
    20.0
    >>> syrup_millilitres(44, True)
    20.0
    >>> syrup_millilitres(50, False)
    25.0
    >>> syrup_millilitres(7, False)
    3.5
    """
    ...


@require(lambda lux: lux >= 0)
def lamp_is_on(lux: int, is_moving: bool, is_forced: bool) -> bool:
    """Decide whether the lamp at a door shines.

    It does if it is forced to, or if something moves while it is darker than 40 lux.

    >>> lamp_is_on(10, True, False)
    True
    >>> lamp_is_on(10, False, False)
    False
    >>> lamp_is_on(300, True, False)
    False
    >>> lamp_is_on(40, True, False)
    False
    >>> lamp_is_on(39, True, False)
    True
    >>> lamp_is_on(300, False, True)
    True
    >>> lamp_is_on(500, True, True)
    True
    >>> lamp_is_on(0, False, True)
    True
    """
    ...


@require(lambda percent: 0 <= percent <= 100)
@ensure(lambda result: result in ("plug", "low", "ok"))
def battery_sign(percent: int, is_plugged: bool) -> str:
    """Choose the sign that stands for the state of a battery.

    It is "plug" while the battery is plugged in and not yet at 100 percent. Otherwise it is "low" below 20 percent, and
    "ok" from 20 percent on.

    >>> battery_sign(50, True)
    'plug'
    >>> battery_sign(5, True)
    'plug'
    >>> battery_sign(100, True)
    'ok'
    >>> battery_sign(99, True)
    'plug'
    >>> battery_sign(19, False)
    'low'
    >>> battery_sign(20, False)
    'ok'
    >>> battery_sign(0, False)
    'low'
    >>> battery_sign(75, False)
    'ok'
    """
    ...


@require(lambda highest, second, limit: highest >= second >= 0 and limit >= 0)
@ensure(lambda highest, limit, result: (result is None) == (highest < limit))
@ensure(lambda highest, limit, result: result is None or limit <= result <= highest)
def hammer_price(highest: int, second: int, limit: int) -> int | None:
    """Find the price at which a thing is sold, given the highest and the second highest offer for it.

    If even the highest offer is below the seller's limit, nothing is sold and the result is None. Otherwise the buyer
    pays as much as the second highest offer, but at least the limit.

    >>> hammer_price(90, 70, 50)
    70
    >>> hammer_price(90, 40, 50)
    50
    >>> hammer_price(45, 40, 50) is None
    True
    >>> hammer_price(50, 10, 50)
    50
    >>> hammer_price(80, 80, 20)
    80
    >>> hammer_price(0, 0, 0)
    0
    >>> hammer_price(30, 0, 31) is None
    True
    """
    ...


@require(lambda a, b, c: a >= 1 and b >= 1 and c >= 1)
@require(lambda a, b, c: a + b > c and a + c > b and b + c > a)
@ensure(lambda result: result in ("equilateral", "isosceles", "scalene"))
def triangle_kind(a: int, b: int, c: int) -> str:
    """Name the kind of a triangle by its three sides.

    With three equal sides it is "equilateral", with just two equal ones "isosceles", and with none "scalene".

    >>> triangle_kind(5, 5, 5)
    'equilateral'
    >>> triangle_kind(5, 5, 8)
    'isosceles'
    >>> triangle_kind(5, 8, 5)
    'isosceles'
    >>> triangle_kind(8, 5, 5)
    'isosceles'
    >>> triangle_kind(3, 4, 5)
    'scalene'
    >>> triangle_kind(5, 8, 8)
    'isosceles'
    >>> triangle_kind(1, 1, 1)
    'equilateral'
    >>> triangle_kind(9, 7, 6)
    'scalene'
    """
    ...


@require(lambda income: income >= 0)
@ensure(lambda income, result: 0 <= result <= income)
def income_tax(income: int) -> int:
    """Find the tax on an income, both in whole coins.

    Of the first 1000 coins no tax is taken. Of what is above 1000 and up to 5000 coins a fifth is taken, and of what is
    above 5000 coins the half. The part of the one and that of the other are each rounded down.

    >>> income_tax(800)
    0
    >>> income_tax(1000)
    0
    >>> income_tax(1500)
    100
    >>> income_tax(1009)
    1
    >>> income_tax(5000)
    800
    >>> income_tax(5002)
    801
    >>> income_tax(7000)
    1800
    >>> income_tax(0)
    0
    >>> income_tax(12003)
    4301
    """
    ...
