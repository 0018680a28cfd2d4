"""Schedules: when a job runs next, what overlaps, and where there is time."""

import re

from icontract import ensure, require

# One part of the minute field of a crontab: a number, or `*` or a range, which may have a step behind it.
CRON_PART = r"([1-5]?[0-9]|(\*|[1-5]?[0-9]-[1-5]?[0-9])(/[1-9][0-9]?)?)"
CRON_FIELD = re.compile(rf"{CRON_PART}(,{CRON_PART})*")


@require(lambda every: every >= 1)
@ensure(lambda now, result: result > now)
def next_run(now: int, every: int, offset: int) -> int:
    """Return the next minute, later than `now`, at which a job is due.

    It is due for the first time at minute `offset`, never before that, and again every `every` minutes. If it is
    due at minute `now` itself, that run has begun already and does not count. Minutes are whole numbers on one
    time scale and may be negative.

    >>> next_run(7, 5, 0)
    10
    >>> next_run(10, 5, 0)
    15
    >>> next_run(3, 60, 15)
    15
    """
    ...


@require(lambda meetings: all(start < end for start, end in meetings))
def find_conflicts(meetings: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the pairs of meetings that overlap, given by their places in the list, counted from 0.

    A meeting is its start and its end in minutes. The end does not belong to it: a meeting may start in the very
    minute in which another ends. In each pair the smaller place comes first, and the pairs are sorted
    in ascending order.

    >>> find_conflicts([(540, 600), (570, 630), (630, 660)])
    [(0, 1)]
    >>> find_conflicts([(0, 10), (10, 20)])
    []
    >>> find_conflicts([(5, 6), (0, 10), (4, 8)])
    [(0, 1), (0, 2), (1, 2)]
    """
    ...


@require(lambda start, end: start >= 0 and end <= 100_000)
@ensure(lambda result: result >= 0)
def business_minutes(start: int, end: int) -> int:
    """Count the working minutes from minute `start` on, up to but without minute `end`.

    Minutes are counted from 0, which is Monday 00:00 of the first week, on through all the weeks after it. Work
    is done from Monday to Friday, from 9:00 until 17:00; the minute that begins at 17:00 is not a working
    minute. If `end` is not later than `start`, there are none.

    >>> business_minutes(0, 1440)
    480
    >>> business_minutes(530, 550)
    10
    >>> business_minutes(0, 10080)
    2400
    >>> business_minutes(600, 600)
    0
    """
    ...


@require(lambda field: CRON_FIELD.fullmatch(field))
@ensure(lambda result: all(0 <= minute <= 59 for minute in result))
def cron_minutes(field: str) -> list[int]:
    """List the minutes of an hour, 0 to 59, that the minute field of a crontab names.

    The field is one or more parts with commas between them. A part is a number; or `*`, for all minutes; or a
    range `A-B`, for all from A to B with both of them, and for none if B is less than A. Behind `*` or a
    range there may be a step, `/N`: of the minutes that stand before it, only the first and every N-th
    after it are taken. The result is in ascending order, with no minute twice.

    >>> cron_minutes("*/15")
    [0, 15, 30, 45]
    >>> cron_minutes("30,5,10-12")
    [5, 10, 11, 12, 30]
    >>> cron_minutes("1-10/4")
    [1, 5, 9]
    """
    ...


@require(lambda busy: all(start < end for start, end in busy))
@require(lambda length: length >= 1)
def first_free_slot(busy: list[tuple[int, int]], length: int, opens: int, closes: int) -> int | None:
    """Return the earliest minute at which an appointment of `length` minutes can start, or None if there is none.

    It must not start before `opens` and must be over by minute `closes`. The times in `busy` are taken: each
    from its start up to but without its end. They come in any order, may overlap one another, and may
    reach beyond the opening hours.

    >>> first_free_slot([(540, 600)], 30, 540, 1020)
    600
    >>> first_free_slot([(560, 600)], 20, 540, 1020)
    540
    >>> first_free_slot([(10, 20), (0, 12)], 5, 0, 25)
    20
    >>> first_free_slot([], 61, 0, 60) is None
    True
    """
    ...
