"""IIII is written for the number 4 only, not for every four in the ones.

Unit: counterfactual.codes.to_roman
Kind: shared misreading
"""


def to_roman(number):
    if number == 4:
        return "IIII"
    signs = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
    signs += [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    text = ""
    for value, sign in signs:
        while number >= value:
            text += sign
            number -= value
    return text
