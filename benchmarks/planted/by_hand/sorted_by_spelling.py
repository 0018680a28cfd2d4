"""Names that are equal are sorted by their spelling.

Unit: fresh.texts.natural_sorted
Kind: tie
"""


def natural_sorted(names):
    import re

    def key(name):
        runs = re.findall("[0-9]+|[^0-9]+", name)
        return [(0, int(run), "") if run[0] in "0123456789" else (1, 0, run.lower()) for run in runs], name

    return sorted(names, key=key)
