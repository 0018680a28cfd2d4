"""Half a cent is rounded to the even cent.

Unit: fresh.money.discounted
Kind: wrong rounding
"""


def discounted(price_cents, percent):
    return round(price_cents * (100 - percent) / 100)
