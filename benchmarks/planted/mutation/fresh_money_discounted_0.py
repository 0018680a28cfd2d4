"""`2` became `3`: discounted(1, 50) gives 0, not 1

Unit: fresh.money.discounted
Kind: constant
"""


def discounted(price_cents, percent):
    from math import floor
    from fractions import Fraction

    return floor(Fraction(price_cents * (100 - percent), 100) + Fraction(1, 3))
