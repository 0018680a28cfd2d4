"""Conditions: fees, weather, tickets, settings and bills."""

from icontract import ensure, require


@require(lambda total: total >= 0)
def with_shipping(total: float) -> float:
    """Tell what an order costs with shipping: 4.5 is added to the total, but nothing from a total of 50 on.

    >>> with_shipping(20.0)
    24.5
    >>> with_shipping(50.0)
    50.0
    >>> with_shipping(49.5)
    54.0
    >>> with_shipping(80.25)
    80.25
    >>> with_shipping(0.0)
    4.5
    """
    ...


@ensure(lambda result: result in ("freezing", "mild", "hot"))
def weather_word(celsius: int) -> str:
    """Describe a temperature with a word: below 0 degrees it is `freezing`, from 25 degrees on `hot`, else `mild`.

    >>> weather_word(-1)
    'freezing'
    >>> weather_word(0)
    'mild'
    >>> weather_word(24)
    'mild'
    >>> weather_word(25)
    'hot'
    >>> weather_word(38)
    'hot'
    >>> weather_word(-20)
    'freezing'
    >>> weather_word(12)
    'mild'
    """
    ...


@require(lambda line: line.isascii() and line.isprintable())
def setting_value(line: str) -> str | None:
    """Return the value of a line of settings: what stands behind its first colon, without spaces at its two ends.

    If the line has no colon, the result is None.

    >>> setting_value("name: Ada")
    'Ada'
    >>> setting_value("start:  9:30 ")
    '9:30'
    >>> setting_value("empty:")
    ''
    >>> setting_value("no value") is None
    True
    >>> setting_value("") is None
    True
    >>> setting_value("a:b:c")
    'b:c'
    >>> setting_value(": two words")
    'two words'
    """
    ...


@require(lambda price, age: price >= 0 and age >= 0)
@ensure(lambda price, result: 0 <= result <= price)
def ticket_price(price: int, age: int, is_member: bool) -> int:
    """Work out the price of a ticket in cents.

    Children under 6 go free, members or not. Half the price, rounded down to a whole cent, is paid by
    all others under 18 and by members of any age. Everybody else pays the full price.

    >>> ticket_price(900, 5, False)
    0
    >>> ticket_price(900, 4, True)
    0
    >>> ticket_price(900, 6, False)
    450
    >>> ticket_price(755, 17, False)
    377
    >>> ticket_price(900, 18, False)
    900
    >>> ticket_price(801, 40, True)
    400
    >>> ticket_price(640, 70, False)
    640
    """
    ...


@require(lambda litres: litres >= 0)
@ensure(lambda litres, result: result >= 2 * litres)
def water_bill(litres: int) -> int:
    """Work out a water bill: each of the first 10 litres costs 2, each litre above them costs 5.

    >>> water_bill(0)
    0
    >>> water_bill(3)
    6
    >>> water_bill(10)
    20
    >>> water_bill(11)
    25
    >>> water_bill(14)
    40
    >>> water_bill(30)
    120
    """
    ...
