"""Digits are counted from the left, which is the same for even lengths only.

Unit: counterfactual.codes.luhn_valid
Kind: shared misreading
"""


def luhn_valid(number):
    total = 0
    for place, digit in enumerate(number):
        value = int(digit)
        if place % 2 == 0:
            value = value * 2 % 10
        total += value
    return total % 10 == 0
