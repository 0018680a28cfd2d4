"""Hidden judge of benchmarks/colony/fresh/compositions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def word_score(word: str) -> int:
    return len(word) + 2 * word.count("z")


def game_total(words: list[str]) -> int:
    return sum(word_score(word) for word in set(words))


def leading_player(hands: dict[str, list[str]]) -> str:
    return max(hands, key=lambda player: sum(word_score(word) for word in hands[player]))


def is_weekend(day: int) -> bool:
    return day % 7 >= 5


def working_days(first: int, last: int) -> int:
    return sum(not is_weekend(day) for day in range(first, last + 1))


def finished_on(start: int, work: int) -> int:
    day = start
    while work > 0:
        day += 1
        if not is_weekend(day):
            work -= 1
    return day


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270419)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


WORDS = ["a", "at", "ox", "zoo", "zip", "cat", "jazz", "lazy", "fizz", "size", "rhinos", "puzzle", "zzz", "elephants"]
PLAYERS = ["Ann", "Bob", "Cid", "Dan", "Eve", "flo"]


def _draw_word(rng: random.Random) -> Arguments:
    letters = rng.choice(["az", "abcz", "abcdefghijklmnopqrstuvwxyz"])
    return ("".join(rng.choice(letters) for _ in range(rng.randint(0, 9))),)


def _draw_laid(rng: random.Random) -> Arguments:
    laid = rng.sample(WORDS, rng.randint(1, 6))
    return ([rng.choice(laid) for _ in range(rng.randint(0, 7))],)


def _draw_hands(rng: random.Random) -> Arguments:
    words = rng.choice([WORDS, WORDS[:6], ["at", "ox", "a", "zed"]])
    players = rng.sample(PLAYERS, rng.randint(1, 5))
    return ({player: [rng.choice(words) for _ in range(rng.randint(0, 4))] for player in players},)


def _draw_day(rng: random.Random) -> Arguments:
    return (rng.choice([rng.randint(0, 60), 7 * rng.randint(0, 300) + rng.randint(4, 7)]),)


def _draw_days(rng: random.Random) -> Arguments:
    first = rng.randint(0, rng.choice([13, 400]))
    return first, first + rng.randint(0, rng.choice([6, 20, 90]))


def _draw_work(rng: random.Random) -> Arguments:
    return rng.randint(0, rng.choice([6, 13, 400])), rng.randint(0, rng.choice([5, 12, 60]))


INPUTS: dict[str, list[Arguments]] = {
    "word_score": _inputs([("",), ("a",), ("z",), ("zz",), ("az",), ("za",), ("zaz",), ("abc",), ("zzzz",)], _draw_word, 180),
    "game_total": _inputs(
        [([],), (["a"],), (["z"],), (["a", "a"],), (["z", "z"],), (["a", "z"],), (["a", "b"],), (["ab", "ba", "ab"],), (["z", "zz", "zzz", "z"],)],
        _draw_laid,
        180,
    ),
    "leading_player": _inputs(
        [
            ({"A": []},), ({"A": [], "B": []},), ({"B": [], "A": []},), ({"A": ["a"], "B": ["b"]},), ({"B": ["a"], "A": ["b"]},),
            ({"A": ["a"], "B": ["ab"]},), ({"A": ["abc"], "B": ["z"]},), ({"A": ["ab"], "B": ["z"]},), ({"A": ["abcd"], "B": ["z"]},),
            ({"A": ["a", "b"], "B": ["abc"]},), ({"A": ["a", "a"], "B": ["b"]},), ({"C": ["b"], "A": ["a", "a"], "B": ["cd"]},),
        ],
        _draw_hands,
        220,
    ),
    "is_weekend": _inputs([(day,) for day in range(15)], _draw_day, 160),
    "working_days": _inputs([(first, last) for first in range(8) for last in range(first, 9)], _draw_days, 220),
    "finished_on": _inputs([(start, work) for start in range(7) for work in (0, 1, 2, 5, 6)], _draw_work, 220),
}  # fmt: skip
