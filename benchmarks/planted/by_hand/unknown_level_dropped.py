"""Lines of an unknown level are dropped.

Unit: fresh.logs.at_least
Kind: forgotten clause
"""


def at_least(lines, level):
    least = LEVELS.index(level)
    return [line for line in lines if line.level in LEVELS and LEVELS.index(line.level) >= least]
