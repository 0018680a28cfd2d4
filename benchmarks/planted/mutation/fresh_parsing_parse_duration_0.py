"""`number` was dropped from a condition: parse_duration('h') gives ValueError raised (invalid literal for int() with base 10: ''), not None

Unit: fresh.parsing.parse_duration
Kind: logic
"""


def parse_duration(text):
    _DIGITS = set("0123456789")
    _SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    total, number, left = (0, "", "dhms")
    for character in text:
        if character in _DIGITS:
            number += character
        elif character in left:
            total += int(number) * _SECONDS[character]
            left = left[left.index(character) + 1 :]
            number = ""
        else:
            return None
    return total if text and (not number) else None
