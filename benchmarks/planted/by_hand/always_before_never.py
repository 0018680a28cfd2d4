"""`always` is asked before `never`.

Unit: fresh.traffic.is_enabled
Kind: order of operations
"""


def is_enabled(flag, user, bucket):
    if user in flag.always:
        return True
    if user in flag.never:
        return False
    return flag.is_on and bucket < flag.percent
