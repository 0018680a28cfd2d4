"""Compositions: a game with words, and days of work."""

from icontract import ensure, require


@require(lambda word: word == "" or (word.isascii() and word.isalpha() and word.islower()))
@ensure(lambda word, result: result >= len(word))
def word_score(word: str) -> int:
    """Tell how many points a word of small letters is worth: 1 for each letter, and 2 more for each "z".

    >>> word_score("cat")
    3
    >>> word_score("zoo")
    5
    >>> word_score("puzzle")
    10
    >>> word_score("a")
    1
    >>> word_score("")
    0
    >>> word_score("size")
    6
    """
    ...


@require(lambda words: all(word.isascii() and word.isalpha() and word.islower() for word in words))
@ensure(lambda result: result >= 0)
def game_total(words: list[str]) -> int:
    """Add up the scores of the words that somebody laid; a word that was laid several times counts once.

    Uses: word_score

    >>> game_total(["cat", "zoo"])
    8
    >>> game_total(["cat", "cat"])
    3
    >>> game_total([])
    0
    >>> game_total(["zip", "a", "zip", "zip"])
    6
    >>> game_total(["fizz"])
    8
    >>> game_total(["at", "ta", "at", "lazy"])
    10
    """
    ...


@require(lambda hands: len(hands) >= 1)
@require(
    lambda hands: all(
        word.isascii() and word.isalpha() and word.islower() for hand in hands.values() for word in hand
    )
)
@ensure(lambda hands, result: result in hands)
def leading_player(hands: dict[str, list[str]]) -> str:
    """Name the player whose words have the greatest sum of scores; each word counts as often as it was laid.

    Of several players with the same sum it is the one who stands first in the table.

    Uses: word_score

    >>> leading_player({"Ann": ["cat", "dog"], "Bob": ["zoo", "zip"]})
    'Bob'
    >>> leading_player({"Ann": ["rhinos"], "Bob": ["jazz"]})
    'Bob'
    >>> leading_player({"Dan": ["at", "ox"], "Cid": ["an", "by"]})
    'Dan'
    >>> leading_player({"Eve": []})
    'Eve'
    >>> leading_player({"Flo": [], "Gus": ["ink"], "Hal": ["in", "in"]})
    'Hal'
    >>> leading_player({"Ida": ["elephants"], "Jo": ["zzz", "b"], "Kai": ["a", "b", "c", "d"]})
    'Jo'
    """
    ...


@require(lambda day: day >= 0)
def is_weekend(day: int) -> bool:
    """Tell whether a day is at the weekend: the sixth or the seventh day of its week.

    Days are counted from 0, which is the first day of a week of 7 days.

    >>> is_weekend(0)
    False
    >>> is_weekend(4)
    False
    >>> is_weekend(5)
    True
    >>> is_weekend(6)
    True
    >>> is_weekend(7)
    False
    >>> is_weekend(20)
    True
    >>> is_weekend(11)
    False
    """
    ...


@require(lambda first, last: 0 <= first <= last <= 2000)
@ensure(lambda first, last, result: 0 <= result <= last - first + 1)
def working_days(first: int, last: int) -> int:
    """Count the days from the first to the last one, both included, that are not at the weekend.

    Uses: is_weekend

    >>> working_days(0, 6)
    5
    >>> working_days(0, 4)
    5
    >>> working_days(4, 7)
    2
    >>> working_days(5, 6)
    0
    >>> working_days(3, 3)
    1
    >>> working_days(6, 6)
    0
    >>> working_days(2, 14)
    9
    """
    ...


@require(lambda start, work: start >= 0 and 0 <= work <= 200)
@ensure(lambda start, work, result: result >= start + work)
def finished_on(start: int, work: int) -> int:
    """Find the day on which a piece of work is finished that takes so many days.

    The work begins on the day after the start, and nobody works on a day at the weekend. The result is the last day of
    the work. A piece of work that takes no days is finished on the day of the start.

    Uses: is_weekend

    >>> finished_on(0, 3)
    3
    >>> finished_on(0, 5)
    7
    >>> finished_on(4, 1)
    7
    >>> finished_on(5, 2)
    8
    >>> finished_on(3, 0)
    3
    >>> finished_on(6, 0)
    6
    >>> finished_on(2, 10)
    16
    >>> finished_on(6, 5)
    11
    """
    ...
