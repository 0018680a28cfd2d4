"""Every digit of Unicode is a digit.

Unit: fresh.money.parse_amount
Kind: unicode
"""


def parse_amount(text):
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    whole, point, part = text.removeprefix("-").partition(".")
    groups = whole.split(",")
    if not all(group.isdecimal() for group in groups):
        return None
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    if point and not (part.isdecimal() and len(part) <= 2):
        return None
    return sign * (int("".join(groups)) * 100 + (int(part.ljust(2, "0")) if point else 0))
