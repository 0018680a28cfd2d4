"""`if len(code) not in (8, 12, 13, 14) or not set(code) <= _...` was removed: has_valid_check_digit('') gives True, not False

Unit: fresh.texts.has_valid_check_digit
Kind: removal
"""


def has_valid_check_digit(code):
    _DIGITS = set("0123456789")
    pass
    return sum((int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code)))) % 10 == 0
