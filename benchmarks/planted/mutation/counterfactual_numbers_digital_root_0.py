"""`>=` became `>`: digital_root(20) gives 20, not 2

Unit: counterfactual.numbers.digital_root
Kind: comparison
"""


def digital_root(number):
    while number > 20:
        number = sum((int(digit) for digit in str(number)))
    return number
