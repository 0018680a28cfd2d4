"""`24` was dropped from a condition: add_minutes(Clock(hour=24, minute=0), 0) gives Clock(hour=0, minute=0), not Clock(hour=24, minute=0)

Unit: counterfactual.records.add_minutes
Kind: logic
"""


def add_minutes(time, minutes):
    hour, minute = divmod(time.hour * 60 + time.minute + minutes, 60)
    return Clock(hour % 24, minute)
