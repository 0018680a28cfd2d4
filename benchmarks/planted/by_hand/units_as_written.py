"""Units are read in the spelling of the prose only.

Unit: fresh.parsing.parse_size
Kind: case
"""


def parse_size(text):
    units = {"": 1, "B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3}
    units.update({"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3})
    text = text.strip()
    digits = ""
    while text and text[0] in "0123456789":
        digits += text[0]
        text = text[1:]
    unit = text.strip()
    if not digits or unit not in units:
        return None
    return int(digits) * units[unit]
