"""Hidden judge of `specs.conditions`: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def delivery_fee(total: int) -> int:
    return 0 if total >= 50 else 8


def fair_share(coins: int, people: int) -> int:
    return coins // people if people else 0


def greeting(name: str) -> str:
    return f"Hello, {name or 'stranger'}!"


def outside_by(value: int, low: int, high: int) -> int:
    return max(low - value, 0, value - high)


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def match_points(scored: int, conceded: int) -> int:
    if scored > conceded:
        return 3
    return 1 if scored == conceded else 0


def addressed(name: str, title: str | None) -> str:
    return name if title is None else f"{title} {name}"


def shipping_cost(grams: int, express: bool) -> int:
    return (5 if grams <= 2000 else 9) + (4 if express else 0)


def beat_sound(beat: int) -> str:
    if beat % 12 == 0:
        return "boom"
    if beat % 4 == 0:
        return "tick"
    return "tock" if beat % 6 == 0 else str(beat)


def days_in_february(year: int) -> int:
    return 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28


def strength(password: str) -> str:
    if len(password) < 8:
        return "weak"
    return "strong" if any(character.isdigit() for character in password) else "medium"


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261122)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _text(rng: random.Random, alphabet: str, fewest: int, most: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(fewest, most)))


def _draw_total(rng: random.Random) -> Arguments:
    return (rng.choice([rng.randint(0, 49), rng.randint(40, 60), rng.randint(50, 400)]),)


def _draw_share(rng: random.Random) -> Arguments:
    return rng.randint(0, rng.choice([9, 100, 10000])), rng.choice([0, 1, 2, 3, rng.randint(1, 60)])


def _draw_name(rng: random.Random) -> Arguments:
    return (_text(rng, "abcdeXYZ .-", 1, 10),)


def _draw_range(rng: random.Random) -> Arguments:
    low = rng.randint(-30, 30)
    high = low + rng.choice([0, 1, rng.randint(0, 40)])
    return rng.choice([low, high, low - 1, high + 1, rng.randint(-60, 90), rng.randint(low, high)]), low, high


def _draw_counted(rng: random.Random) -> Arguments:
    noun = rng.choice(["apple", "day", "file", "bus", "s", "red car", "X", "mouse", "tree"])
    return rng.choice([0, 1, 1, 2, 10, 11, 21, 101, rng.randint(0, 5000)]), noun


def _draw_match(rng: random.Random) -> Arguments:
    scored = rng.randint(0, 12)
    return scored, rng.choice([scored, max(0, scored - 1), scored + 1, rng.randint(0, 12)])


def _draw_addressed(rng: random.Random) -> Arguments:
    return _text(rng, "abcXY ", 0, 8), rng.choice([None, None, "Dr.", "Prof.", "Mx", "Sir", " ", "Captain"])


def _draw_parcel(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(1, 2000), rng.randint(1900, 2100), rng.randint(2001, 9000)]), rng.random() < 0.5


def _draw_beat(rng: random.Random) -> Arguments:
    return (rng.choice([12, 4, 6, 1, 1]) * rng.randint(1, 200),)


def _draw_year(rng: random.Random) -> Arguments:
    return (
        min(
            9999,
            rng.choice(
                [rng.randint(1, 99) * 100, rng.randint(1, 24) * 400, rng.randint(1, 2499) * 4, rng.randint(1, 9999)]
            ),
        ),
    )


def _draw_password(rng: random.Random) -> Arguments:
    alphabet = rng.choice(["abcXYZ -!", "abc1", "0123456789", "aB$ 7xyzqw"])
    return (_text(rng, alphabet, *rng.choice([(0, 7), (6, 10), (8, 8), (7, 7), (8, 20)])),)


INPUTS: dict[str, list[Arguments]] = {
    "delivery_fee": _inputs([*((total,) for total in range(40, 61)), (0,), (1,), (8,), (500,), (10**6,)], _draw_total, 130),
    "fair_share": _inputs(
        [*((coins, 0) for coins in (0, 1, 2, 3, 10, 99)), (0, 1), (1, 1), (1, 2), (2, 1), (7, 7), (6, 7), (8, 7), (14, 7), (10**9, 3)],
        _draw_share,
        160,
    ),
    "greeting": _inputs([("",), (" ",), ("stranger",), ("Hello",), ("!",), ("0",), ("None",), ("Ann",), ("a, b",)], _draw_name, 130),
    "outside_by": _inputs(
        [
            (0, 0, 0), (1, 0, 0), (-1, 0, 0), (0, 0, 1), (1, 0, 1), (2, 0, 1), (-1, 0, 1), (5, -5, 4), (-6, -5, 4), (-9, -5, -3),
            (-1, -5, -3), (100, 1, 2), (-100, 1, 2), (3, 1, 9), (0, -1, 1), (0, 3, 9), (0, -9, -3),
        ],
        _draw_range,
        200,
    ),
    "counted": _inputs(
        [(0, "a"), (1, "a"), (2, "a"), (1, "s"), (2, "s"), (10, "x"), (11, "x"), (21, "day"), (1, "two words"), (100, "1")],
        _draw_counted,
        130,
    ),
    "match_points": _inputs(
        [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (3, 2), (2, 3), (10, 9), (9, 10), (10, 10), (100, 99), (99, 100)],
        _draw_match,
        120,
    ),
    "addressed": _inputs(
        [("", None), ("", "Dr."), ("a", None), ("a", "b"), ("None", None), ("None", "None"), ("a b", "c d"), (" a", "Dr."), ("a", " ")],
        _draw_addressed,
        150,
    ),
    "shipping_cost": _inputs(
        [(grams, express) for grams in (1, 2, 5, 9, 1999, 2000, 2001, 2002, 4000, 100000) for express in (False, True)],
        _draw_parcel,
        180,
    ),
    "beat_sound": _inputs([(beat,) for beat in range(1, 61)], _draw_beat, 180),
    "days_in_february": _inputs(
        [*((year,) for year in (1, 2, 3, 4, 8, 100, 200, 300, 400, 500, 800, 1000, 2004, 2200, 2400, 9996, 9999, 9900, 9600))],
        _draw_year,
        220,
    ),
    "strength": _inputs(
        [
            ("",), ("1",), ("a",), ("a" * 7,), ("a" * 8,), ("a" * 9,), ("a" * 6 + "1",), ("a" * 7 + "1",), ("1" + "a" * 7,),
            ("1" + "a" * 6,), ("aaaa1aaaa",), ("1" * 7,), ("1" * 8,), (" " * 8,), ("0" * 20,), ("ABCDEFGH",), ("abcdefg9",),
            ("-1.5e+10x",), ("!!!!!!!!",),
        ],
        _draw_password,
        180,
    ),
}  # fmt: skip
