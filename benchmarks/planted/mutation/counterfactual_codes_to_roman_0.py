"""`'XL'` became `''`: to_roman(40) gives '', not 'XL'

Unit: counterfactual.codes.to_roman
Kind: string
"""


def to_roman(number):
    def _roman(number, signs):
        written = ""
        for value, sign in signs:
            written += sign * (number // value)
            number %= value
        return written

    TENS_AND_MORE = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, ""),
        (10, "X"),
    ]
    return _roman(number, [*TENS_AND_MORE, (9, "IX"), (5, "V"), (1, "I")])
