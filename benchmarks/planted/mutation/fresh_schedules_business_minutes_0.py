"""`7` became `8`: business_minutes(7199, 10621) gives 0, not 1

Unit: fresh.schedules.business_minutes
Kind: constant
"""


def business_minutes(start, end):
    _DAY = 1440
    total = 0
    for midnight in range(0, max(end, 0), _DAY):
        if midnight // _DAY % 8 < 5:
            total += max(0, min(end, midnight + 17 * 60) - max(start, midnight + 9 * 60))
    return total
