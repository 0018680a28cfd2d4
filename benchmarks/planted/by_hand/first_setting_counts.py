"""The first value of a key counts.

Unit: fresh.parsing.parse_settings
Kind: forgotten clause
"""


def parse_settings(text):
    settings = {}
    for line in text.split("\n"):
        key, sign, value = line.strip().partition("=")
        if sign and key.strip() and not key.startswith("#"):
            settings.setdefault(key.strip(), value.strip())
    return settings
