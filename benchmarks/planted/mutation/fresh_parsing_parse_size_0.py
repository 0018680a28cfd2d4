"""`'b'` became `''`: parse_size('10B') gives None, not 10

Unit: fresh.parsing.parse_size
Kind: string
"""


def parse_size(text):
    _DIGITS = set("0123456789")
    _UNITS = {"": 1, "": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "kib": 1024, "mib": 1024**2, "gib": 1024**3}
    text = text.strip(" ")
    digits = 0
    while digits < len(text) and text[digits] in _DIGITS:
        digits += 1
    unit = text[digits:].strip(" ").lower()
    if not digits or unit not in _UNITS:
        return None
    return int(text[:digits]) * _UNITS[unit]
