"""A job may run before its first time.

Unit: fresh.schedules.next_run
Kind: forgotten clause
"""


def next_run(now, every, offset):
    return offset + ((now - offset) // every + 1) * every
