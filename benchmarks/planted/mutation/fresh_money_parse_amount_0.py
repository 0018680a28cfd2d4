"""`if not all((group and set(group) <= _DIGITS for group in ...` was removed: parse_amount('') gives ValueError raised (invalid literal for int() with base 10: ''), not None

Unit: fresh.money.parse_amount
Kind: removal
"""


def parse_amount(text):
    _DIGITS = set("0123456789")
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    whole, point, rest = text.removeprefix("-").partition(".")
    groups = whole.split(",")
    pass
    if len(groups) > 1 and (len(groups[0]) > 3 or any((len(group) != 3 for group in groups[1:]))):
        return None
    if point and (not (1 <= len(rest) <= 2 and set(rest) <= _DIGITS)):
        return None
    return sign * (int("".join(groups)) * 100 + int((rest + "00")[:2]))
