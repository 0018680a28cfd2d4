"""Conditions: log levels, progress, opening hours, signs, documents and sizes."""

from icontract import ensure, require


@require(lambda level: 0 <= level <= 100)
def is_line_shown(level: int, is_verbose: bool) -> bool:
    """Decide whether a line of a log is shown: from level 30 on, or from level 10 on if the log is verbose.

    >>> is_line_shown(30, False)
    True
    >>> is_line_shown(29, False)
    False
    >>> is_line_shown(20, True)
    True
    >>> is_line_shown(10, True)
    True
    >>> is_line_shown(9, True)
    False
    >>> is_line_shown(20, False)
    False
    >>> is_line_shown(50, True)
    True
    """
    ...


@require(lambda done, total: 0 <= done <= total)
@ensure(lambda result: 0 <= result <= 100)
def completion_percent(done: int, total: int) -> int:
    """Tell how many percent of the steps are done, rounded down; where there are no steps at all it is 100.

    >>> completion_percent(5, 10)
    50
    >>> completion_percent(1, 3)
    33
    >>> completion_percent(0, 8)
    0
    >>> completion_percent(8, 8)
    100
    >>> completion_percent(0, 0)
    100
    >>> completion_percent(2, 3)
    66
    """
    ...


@require(lambda weekday, hour: 1 <= weekday <= 7 and 0 <= hour <= 23)
def is_counter_open(weekday: int, hour: int) -> bool:
    """Tell whether a counter is open in the hour that begins at the given one.

    It is open from 9 to 17 o'clock, on the weekdays from 1 (Monday) to 5 (Friday). At 17 o'clock it closes.

    >>> is_counter_open(1, 9)
    True
    >>> is_counter_open(5, 16)
    True
    >>> is_counter_open(5, 17)
    False
    >>> is_counter_open(3, 8)
    False
    >>> is_counter_open(6, 12)
    False
    >>> is_counter_open(7, 10)
    False
    >>> is_counter_open(2, 23)
    False
    >>> is_counter_open(4, 13)
    True
    """
    ...


@ensure(lambda result: len(result) >= 1)
def signed(amount: int) -> str:
    """Write a change of an amount with its sign: "+" before a positive number, "-" before a negative one, "0" for none.

    >>> signed(5)
    '+5'
    >>> signed(-3)
    '-3'
    >>> signed(0)
    '0'
    >>> signed(120)
    '+120'
    >>> signed(-40)
    '-40'
    >>> signed(1)
    '+1'
    """
    ...


@require(lambda state: state in ("draft", "review", "published"))
@require(lambda approvals, objections: approvals >= 0 and objections >= 0)
@ensure(lambda result: result in ("draft", "review", "published"))
def next_state(state: str, approvals: int, objections: int) -> str:
    """Tell in which state a document is after its reviewers have spoken.

    Only a document in "review" changes: as soon as there is an objection it is a "draft" again, and without objections
    it is "published" if there are at least 2 approvals. In all other cases the state stays as it is.

    >>> next_state("review", 2, 0)
    'published'
    >>> next_state("review", 1, 0)
    'review'
    >>> next_state("review", 0, 1)
    'draft'
    >>> next_state("review", 5, 1)
    'draft'
    >>> next_state("draft", 3, 0)
    'draft'
    >>> next_state("published", 0, 2)
    'published'
    >>> next_state("review", 0, 0)
    'review'
    >>> next_state("review", 7, 0)
    'published'
    >>> next_state("draft", 0, 0)
    'draft'
    """
    ...


@require(lambda size: size >= 0)
@ensure(lambda result: result.endswith("B"))
def size_text(size: int) -> str:
    """Write the size of a file, which is given in bytes, for people to read.

    Below 1000 bytes it is written in "B", from there and below 1000000 bytes in whole "kB" of 1000 bytes, and from
    there on in whole "MB" of 1000000 bytes, both rounded down. A space stands between the number and the unit.

    >>> size_text(0)
    '0 B'
    >>> size_text(999)
    '999 B'
    >>> size_text(1000)
    '1 kB'
    >>> size_text(45678)
    '45 kB'
    >>> size_text(999999)
    '999 kB'
    >>> size_text(1000000)
    '1 MB'
    >>> size_text(1999999)
    '1 MB'
    >>> size_text(5200000000)
    '5200 MB'
    """
    ...
