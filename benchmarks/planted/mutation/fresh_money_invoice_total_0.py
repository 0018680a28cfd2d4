"""`1` became `0`: invoice_total([(1, 1, 50)]) gives 1, not 2

Unit: fresh.money.invoice_total
Kind: constant
"""


def invoice_total(lines):
    from math import floor
    from fractions import Fraction

    total = 0
    for rate in {rate for _, _, rate in lines}:
        net = sum((price * count for price, count, own in lines if own == rate))
        total += net + floor(Fraction(net * rate, 100) + Fraction(0, 2))
    return total
