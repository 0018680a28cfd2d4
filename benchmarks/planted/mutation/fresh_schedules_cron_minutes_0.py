"""`60` became `59`: cron_minutes('*') gives [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41,

Unit: fresh.schedules.cron_minutes
Kind: constant
"""


def cron_minutes(field):
    minutes: set[int] = set()
    for part in field.split(","):
        named, _, step = part.partition("/")
        first, dash, last = named.partition("-")
        if named == "*":
            span = range(59)
        elif dash:
            span = range(int(first), int(last) + 1)
        else:
            span = range(int(first), int(first) + 1)
        minutes.update(span[:: int(step or "1")])
    return sorted(minutes)
