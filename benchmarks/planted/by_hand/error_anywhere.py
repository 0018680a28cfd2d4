"""The level is looked for in the whole line.

Unit: fresh.logs.errors_by_hour
Kind: shared misreading
"""


def errors_by_hour(lines):
    counts = {}
    for line in lines:
        if " ERROR " in line or " CRITICAL " in line:
            hour = int(line[11:13])
            counts[hour] = counts.get(hour, 0) + 1
    return counts
