"""`-` became `+`: next_run(-10, 1, -10) gives -29, not -9

Unit: fresh.schedules.next_run
Kind: arithmetic
"""


def next_run(now, every, offset):
    if now < offset:
        return offset
    return offset + ((now + offset) // every + 1) * every
