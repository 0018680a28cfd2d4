"""The clock goes round once at most.

Unit: counterfactual.records.add_minutes
Kind: boundary
"""


def add_minutes(time, minutes):
    total = time.hour * 60 + time.minute + minutes
    hour, minute = total // 60, total % 60
    if hour > 24:
        hour -= 24
    elif hour < 1:
        hour += 24
    return Clock(hour, minute)
