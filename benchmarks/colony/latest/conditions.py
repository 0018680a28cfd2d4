"""Conditions: parking, pianos, table tennis, holidays, votes and ranks."""

from icontract import ensure, require


@require(lambda minutes: minutes >= 0)
def may_stay(minutes: int, has_permit: bool) -> bool:
    """Decide whether a car may stay in a street for so many minutes: with a permit always, else at most 120 minutes.

    >>> may_stay(60, False)
    True
    >>> may_stay(120, False)
    True
    >>> may_stay(121, False)
    False
    >>> may_stay(600, True)
    True
    >>> may_stay(600, False)
    False
    >>> may_stay(10, True)
    True
    """
    ...


@require(lambda key: key >= 0)
def is_black_key(key: int) -> bool:
    """Tell whether a key of a keyboard is black, where the keys are numbered from 0 on.

    The keys repeat after each 12 of them, and of the first 12 the keys 1, 3, 6, 8 and 10 are black.

    >>> is_black_key(0)
    False
    >>> is_black_key(1)
    True
    >>> is_black_key(6)
    True
    >>> is_black_key(11)
    False
    >>> is_black_key(15)
    True
    >>> is_black_key(60)
    False
    >>> is_black_key(70)
    True
    >>> is_black_key(5)
    False
    """
    ...


@require(lambda ours, theirs: ours >= 0 and theirs >= 0)
def is_set_over(ours: int, theirs: int) -> bool:
    """Tell whether a set of table tennis is over: one of the players has at least 11 points and at least 2 more.

    >>> is_set_over(11, 5)
    True
    >>> is_set_over(7, 11)
    True
    >>> is_set_over(11, 10)
    False
    >>> is_set_over(10, 8)
    False
    >>> is_set_over(12, 14)
    True
    >>> is_set_over(15, 15)
    False
    >>> is_set_over(0, 0)
    False
    >>> is_set_over(11, 9)
    True
    """
    ...


@require(lambda age, years: 16 <= age <= 70 and 0 <= years <= age - 15)
@ensure(lambda result: result >= 25)
def leave_days(age: int, years: int) -> int:
    """Count the days of leave that somebody has in a year, given the age and the years in the company.

    Everybody has 25 days. Those who are 50 or older have 3 more, and those who have been there for 10 years or longer
    have 2 more.

    >>> leave_days(30, 4)
    25
    >>> leave_days(30, 10)
    27
    >>> leave_days(50, 2)
    28
    >>> leave_days(55, 20)
    30
    >>> leave_days(49, 9)
    25
    >>> leave_days(42, 15)
    27
    >>> leave_days(61, 9)
    28
    """
    ...


@require(lambda yes, no, members: yes >= 0 and no >= 0 and yes + no <= members)
@ensure(lambda result: result in ("invalid", "accepted", "rejected"))
def vote_result(yes: int, no: int, members: int) -> str:
    """Tell how the vote of a club ended, given the votes for and against a motion and the number of its members.

    If fewer than half of the members voted, it is "invalid". Otherwise the motion is "accepted" if more members voted
    for it than against it, and else "rejected".

    >>> vote_result(6, 3, 10)
    'accepted'
    >>> vote_result(3, 6, 10)
    'rejected'
    >>> vote_result(3, 1, 10)
    'invalid'
    >>> vote_result(4, 4, 10)
    'rejected'
    >>> vote_result(3, 2, 10)
    'accepted'
    >>> vote_result(0, 2, 7)
    'invalid'
    >>> vote_result(20, 1, 30)
    'accepted'
    >>> vote_result(0, 0, 0)
    'rejected'
    """
    ...


@require(lambda place: place >= 1)
@ensure(lambda place, result: result.startswith(str(place)))
def ordinal(place: int) -> str:
    """Write a place in a race as an ordinal: the number with "st", "nd", "rd" or "th" behind it.

    Numbers that end with 1, 2 or 3 get "st", "nd" or "rd", in this order, except that those which end with 11, 12 or 13
    get "th", as all others do.

    >>> ordinal(1)
    '1st'
    >>> ordinal(2)
    '2nd'
    >>> ordinal(3)
    '3rd'
    >>> ordinal(4)
    '4th'
    >>> ordinal(11)
    '11th'
    >>> ordinal(13)
    '13th'
    >>> ordinal(22)
    '22nd'
    >>> ordinal(101)
    '101st'
    >>> ordinal(112)
    '112th'
    """
    ...
