"""`flag.is_on` was dropped from a condition: is_enabled(Flag(is_on=False, percent=50, always=(), never=()), 'ann', 49) gives True, not False

Unit: fresh.traffic.is_enabled
Kind: logic
"""


def is_enabled(flag, user, bucket):
    if user in flag.never:
        return False
    return user in flag.always or bucket < flag.percent
