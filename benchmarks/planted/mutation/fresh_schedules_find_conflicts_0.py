"""`<` became `<=`: find_conflicts([(10, 20), (0, 10)]) gives [(0, 1)], not []

Unit: fresh.schedules.find_conflicts
Kind: comparison
"""


def find_conflicts(meetings):
    return [
        (one, two)
        for one in range(len(meetings))
        for two in range(one + 1, len(meetings))
        if meetings[one][0] <= meetings[two][1] and meetings[two][0] < meetings[one][1]
    ]
