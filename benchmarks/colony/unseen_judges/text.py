"""Hidden judge of benchmarks/colony/unseen/text.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def stage_line(role: str, words: str) -> str:
    return role.upper() + ": " + words


def there_and_back(route: str) -> str:
    stops = route.split("-")
    return "-".join(stops + stops[-2::-1]) if len(stops) > 1 else route


def names_in_brackets(text: str) -> str:
    return " ".join("[" + word + "]" if word[0].isupper() else word for word in text.split())


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261207)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


ROLES = ["Hamlet", "ghost", "First Lord", "KING", "Boy 2", "", "mac-Duff", "o'Neil"]
WORDS = [
    "ask",
    "Ann",
    "about",
    "it",
    "Bob",
    "USA",
    "iPod",
    "7",
    "Up",
    "a",
    "B",
    "(Cid)",
    "[Dee]",
    "x-Ray",
    "no.",
    "Eve,",
    "c",
]


def _draw_line(rng: random.Random) -> Arguments:
    return rng.choice(ROLES), " ".join(rng.choice(WORDS) for _ in range(rng.randint(0, 5)))


def _draw_route(rng: random.Random) -> Arguments:
    stops = rng.choice([["Rome", "Pisa", "Genoa", "Bari"], ["a", "b", "c"], ["New York", "Oslo", "Ur"]])
    return ("-".join(rng.choice(stops) for _ in range(rng.randint(1, 6))),)


def _draw_words(rng: random.Random) -> Arguments:
    spaces = rng.choice([[" "], [" ", "  ", "   "]])
    text = "".join(rng.choice(WORDS) + rng.choice(spaces) for _ in range(rng.randint(0, 7)))
    return (rng.choice([text, text.strip(), " " + text]),)


INPUTS: dict[str, list[Arguments]] = {
    "stage_line": _inputs([("", ""), ("a", ""), ("", "a"), ("A", "A"), (" a ", " a "), ("a:", ": b")], _draw_line, 160),
    "there_and_back": _inputs(
        [("a",), ("a-b",), ("ab",), ("a-a-b",), ("a b-c d",), ("one-two-three-four-five",)], _draw_route, 180
    ),
    "names_in_brackets": _inputs(
        [("",), (" ",), ("A",), ("a",), ("A B",), ("a  B",), ("Ab aB AB ab",), (" A ",), ("1A A1",)], _draw_words, 200
    ),
}
