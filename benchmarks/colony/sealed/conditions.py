"""Conditions: sewing, gardening, dice, sluices, late trains and electricity meters."""

from icontract import ensure, require


@require(lambda left_mm, right_mm: left_mm >= 0 and right_mm >= 0)
def is_hem_even(left_mm: int, right_mm: int) -> bool:
    """Tell whether a hem is even: its widths at the left and at the right differ by at most 2 millimetres.

    >>> is_hem_even(20, 21)
    True
    >>> is_hem_even(20, 25)
    False
    >>> is_hem_even(18, 16)
    True
    >>> is_hem_even(18, 15)
    False
    >>> is_hem_even(30, 32)
    True
    >>> is_hem_even(12, 12)
    True
    """
    ...


@require(lambda square_metres: square_metres >= 0)
@ensure(lambda result: result >= 0)
def fertilizer_grams(square_metres: int, is_sandy: bool) -> int:
    """Tell how many grams of fertilizer a bed needs: 50 for each square metre of sandy soil, 30 of any other soil.

    >>> fertilizer_grams(10, True)
    500
    >>> fertilizer_grams(10, False)
    300
    >>> fertilizer_grams(0, True)
    0
    >>> fertilizer_grams(7, False)
    210
    >>> fertilizer_grams(3, True)
    150
    """
    ...


@require(lambda first, second: 1 <= first <= 20 and 1 <= second <= 20)
@ensure(lambda result: 3 <= result <= 80)
def squares_to_move(first: int, second: int) -> int:
    """Tell by how many squares a player moves after a throw of two dice that have 20 sides each.

    It is by the sum of the dice, and by twice as many if both show the same number.

    >>> squares_to_move(3, 4)
    7
    >>> squares_to_move(2, 2)
    8
    >>> squares_to_move(6, 1)
    7
    >>> squares_to_move(6, 6)
    24
    >>> squares_to_move(1, 2)
    3
    >>> squares_to_move(20, 13)
    33
    >>> squares_to_move(1, 1)
    4
    """
    ...


@require(lambda level_cm, hour: level_cm >= 0 and 0 <= hour <= 23)
def is_sluice_shut(level_cm: int, hour: int) -> bool:
    """Tell whether a sluice is shut: at night, and in the day if the water stands higher than 320 centimetres.

    The night begins at hour 22 and ends when hour 6 begins.

    >>> is_sluice_shut(350, 12)
    True
    >>> is_sluice_shut(320, 12)
    False
    >>> is_sluice_shut(200, 23)
    True
    >>> is_sluice_shut(200, 22)
    True
    >>> is_sluice_shut(200, 21)
    False
    >>> is_sluice_shut(150, 5)
    True
    >>> is_sluice_shut(150, 6)
    False
    >>> is_sluice_shut(321, 6)
    True
    """
    ...


@require(lambda minutes_late, price: minutes_late >= 0 and price >= 0)
@ensure(lambda price, result: 0 <= 2 * result <= price)
def train_refund(minutes_late: int, price: int) -> int:
    """Tell how much of the price of a ticket is paid back for a late train, in cents and rounded down.

    From 120 minutes on it is half of the price, from 60 minutes on a quarter of it, and nothing below that.

    >>> train_refund(130, 4000)
    2000
    >>> train_refund(75, 4000)
    1000
    >>> train_refund(20, 4000)
    0
    >>> train_refund(120, 2550)
    1275
    >>> train_refund(119, 2550)
    637
    >>> train_refund(60, 1000)
    250
    >>> train_refund(59, 1000)
    0
    """
    ...


@require(lambda last, now, limit: last >= 0 and now >= 0 and limit >= 1)
@ensure(lambda result: result in ("wrong", "unused", "high", "normal"))
def reading_kind(last: int, now: int, limit: int) -> str:
    """Judge a new reading of an electricity meter by the last one.

    It is "wrong" if it is lower than the last one, "unused" if it is the same, "high" if it is more than `limit` above
    the last one, and else "normal".

    >>> reading_kind(1000, 1200, 500)
    'normal'
    >>> reading_kind(1000, 900, 500)
    'wrong'
    >>> reading_kind(1000, 1000, 500)
    'unused'
    >>> reading_kind(1000, 1501, 500)
    'high'
    >>> reading_kind(1000, 1500, 500)
    'normal'
    >>> reading_kind(0, 0, 20)
    'unused'
    >>> reading_kind(340, 365, 20)
    'high'
    """
    ...
