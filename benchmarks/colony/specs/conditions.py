"""Conditions: prices by kind, words by number, steps, marks and defaults."""

from icontract import ensure, require


@require(lambda total: total >= 0)
def delivery_fee(total: int) -> int:
    """Tell what the delivery of an order costs: nothing if the order comes to 50 or more, 8 if it comes to less.

    >>> delivery_fee(30)
    8
    >>> delivery_fee(49)
    8
    >>> delivery_fee(50)
    0
    >>> delivery_fee(120)
    0
    >>> delivery_fee(0)
    8
    >>> delivery_fee(51)
    0
    >>> delivery_fee(8)
    8
    """
    ...


@require(lambda coins: coins >= 0)
@require(lambda people: people >= 0)
@ensure(lambda coins, people, result: 0 <= result * people <= coins)
def fair_share(coins: int, people: int) -> int:
    """Divide coins among people: how many does each of them get, if all get the same and none is cut?

    If there are no people, the share is 0.

    >>> fair_share(10, 3)
    3
    >>> fair_share(12, 4)
    3
    >>> fair_share(5, 0)
    0
    >>> fair_share(2, 7)
    0
    >>> fair_share(0, 0)
    0
    >>> fair_share(100, 1)
    100
    """
    ...


def greeting(name: str) -> str:
    """Greet somebody by name; who gives an empty name is greeted as stranger.

    >>> greeting("Ann")
    'Hello, Ann!'
    >>> greeting("")
    'Hello, stranger!'
    >>> greeting("bob")
    'Hello, bob!'
    >>> greeting("Dr. Who")
    'Hello, Dr. Who!'
    >>> greeting("x")
    'Hello, x!'
    """
    ...


@require(lambda low, high: low <= high)
@ensure(lambda result: result >= 0)
def outside_by(value: int, low: int, high: int) -> int:
    """Tell how far a value lies outside of the range from `low` to `high`.

    Below the range it is how much is missing to `low`, above it how much the value is over `high`. A value in the
    range, its two ends included, is 0 outside.

    >>> outside_by(3, 5, 9)
    2
    >>> outside_by(12, 5, 9)
    3
    >>> outside_by(7, 5, 9)
    0
    >>> outside_by(5, 5, 9)
    0
    >>> outside_by(9, 5, 9)
    0
    >>> outside_by(-4, -1, 6)
    3
    >>> outside_by(0, -8, -8)
    8
    """
    ...


@require(lambda count: count >= 0)
@require(lambda noun: noun != "")
def counted(count: int, noun: str) -> str:
    """Write a count and a noun, with a space between them; the noun gets an "s" at its end unless the count is 1.

    >>> counted(1, "apple")
    '1 apple'
    >>> counted(3, "apple")
    '3 apples'
    >>> counted(0, "file")
    '0 files'
    >>> counted(1, "day")
    '1 day'
    >>> counted(2, "day")
    '2 days'
    >>> counted(11, "bus")
    '11 buss'
    """
    ...


@require(lambda scored: scored >= 0)
@require(lambda conceded: conceded >= 0)
@ensure(lambda result: result in (0, 1, 3))
def match_points(scored: int, conceded: int) -> int:
    """Tell how many points a team gets for a match.

    It gets 3 if it scored more goals than it conceded, 1 if it scored as many as it conceded, and 0 otherwise.

    >>> match_points(2, 1)
    3
    >>> match_points(0, 0)
    1
    >>> match_points(1, 4)
    0
    >>> match_points(5, 0)
    3
    >>> match_points(3, 3)
    1
    >>> match_points(0, 1)
    0
    >>> match_points(7, 6)
    3
    """
    ...


@require(lambda title: title is None or title != "")
def addressed(name: str, title: str | None) -> str:
    """Write the name of a person, with the title and a space before it if there is a title; else only the name.

    >>> addressed("Curie", "Dr.")
    'Dr. Curie'
    >>> addressed("Curie", None)
    'Curie'
    >>> addressed("Ann Lee", "Captain")
    'Captain Ann Lee'
    >>> addressed("Bo", None)
    'Bo'
    >>> addressed("X", "Prof.")
    'Prof. X'
    """
    ...


@require(lambda grams: grams >= 1)
@ensure(lambda result: 5 <= result <= 13)
def shipping_cost(grams: int, express: bool) -> int:
    """Tell what it costs to send a parcel: 5 up to 2000 grams, and 9 if it is heavier; express costs 4 more.

    >>> shipping_cost(500, False)
    5
    >>> shipping_cost(500, True)
    9
    >>> shipping_cost(3000, False)
    9
    >>> shipping_cost(3000, True)
    13
    >>> shipping_cost(2000, False)
    5
    >>> shipping_cost(2001, False)
    9
    >>> shipping_cost(2000, True)
    9
    >>> shipping_cost(2001, True)
    13
    >>> shipping_cost(1, False)
    5
    """
    ...


@require(lambda beat: beat >= 1)
def beat_sound(beat: int) -> str:
    """Tell what is to be heard at a beat, counted from 1.

    Every fourth beat is "tick" and every sixth beat is "tock"; a beat that is both is "boom". At every other beat its
    number is said.

    >>> beat_sound(4)
    'tick'
    >>> beat_sound(6)
    'tock'
    >>> beat_sound(12)
    'boom'
    >>> beat_sound(5)
    '5'
    >>> beat_sound(1)
    '1'
    >>> beat_sound(18)
    'tock'
    >>> beat_sound(20)
    'tick'
    >>> beat_sound(24)
    'boom'
    >>> beat_sound(10)
    '10'
    """
    ...


@require(lambda year: 1 <= year <= 9999)
@ensure(lambda result: result in (28, 29))
def days_in_february(year: int) -> int:
    """Tell how many days February has in a year: 29 in a leap year, 28 in any other.

    A year is a leap year if it can be divided by 4 but not by 100, or if it can be divided by 400.

    >>> days_in_february(2023)
    28
    >>> days_in_february(2024)
    29
    >>> days_in_february(1900)
    28
    >>> days_in_february(2000)
    29
    >>> days_in_february(2100)
    28
    >>> days_in_february(1600)
    29
    >>> days_in_february(1996)
    29
    >>> days_in_february(1998)
    28
    """
    ...


@require(lambda password: password.isascii())
@ensure(lambda result: result in ("weak", "medium", "strong"))
def strength(password: str) -> str:
    """Judge a password by its length and its digits.

    With fewer than 8 characters it is "weak". A longer one, of 8 characters or more, is "strong" if at least one of
    them is a digit from 0 to 9, and "medium" if none is.

    >>> strength("a1b2c3")
    'weak'
    >>> strength("")
    'weak'
    >>> strength("password")
    'medium'
    >>> strength("passw0rd")
    'strong'
    >>> strength("1234567")
    'weak'
    >>> strength("12345678")
    'strong'
    >>> strength("correct horse")
    'medium'
    >>> strength("very long but with 4")
    'strong'
    """
    ...
