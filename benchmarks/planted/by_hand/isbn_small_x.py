"""A small x is taken for a capital one.

Unit: counterfactual.codes.isbn10_valid
Kind: case
"""


def isbn10_valid(text):
    signs = text.replace("-", "").upper()
    if len(signs) != 10:
        return False
    total = 0
    for place, sign in enumerate(signs):
        if sign == "X":
            value = 10
        elif sign in "0123456789":
            value = int(sign)
        else:
            return False
        total += value * (10 - place)
    return total % 11 == 0
