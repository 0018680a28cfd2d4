"""Below 0.1.0 every patch fits.

Unit: fresh.versions.satisfies_caret
Kind: forgotten case
"""


def satisfies_caret(version, base):
    one = [int(part) for part in version.split(".")]
    other = [int(part) for part in base.split(".")]
    if one < other:
        return False
    if other[0] > 0:
        return one[0] == other[0]
    return one[:2] == other[:2]
