"""20 itself is not reduced.

Unit: counterfactual.numbers.digital_root
Kind: boundary
"""


def digital_root(number):
    while number > 20:
        number = sum(int(digit) for digit in str(number))
    return number
