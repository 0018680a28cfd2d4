"""Hidden judge of benchmarks/colony/held_out/text.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]

WORDS = ["a", "of", "the", "Old", "open", "Tree", "MAPS", "union", "Council", "xyz", "I", "north", "reSearch", "Bach"]


def surname_label(full_name: str) -> str:
    return full_name.split()[-1].upper()


def indent_width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def masked(number: str, shown: int) -> str:
    return "*" * (len(number) - shown) + number[-shown:]


def is_anagram(first: str, second: str) -> bool:
    return sorted(first.lower()) == sorted(second.lower())


def acronym(title: str) -> str:
    return "".join(word[0].upper() for word in title.split() if len(word) >= 4)


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _words(rng: random.Random, least: int, most: int) -> str:
    gap = rng.choice([" ", " ", "  "])
    text = gap.join(rng.choice(WORDS) for _ in range(rng.randint(least, most)))
    return " " * rng.choice([0, 0, 0, 1, 3]) + text + " " * rng.choice([0, 0, 0, 1])


def _draw_name(rng: random.Random) -> Arguments:
    return (_words(rng, 1, 4).replace("xyz", rng.choice(["O'Neil", "Smith-Jones", "van"])),)


def _draw_line(rng: random.Random) -> Arguments:
    return (
        " " * rng.randint(0, 9)
        + rng.choice(["", "x", "return 1", "a  b", "# no ", "if x:  "])
        + " " * rng.randint(0, 2),
    )


def _draw_number(rng: random.Random) -> Arguments:
    number = "".join(rng.choice("0123456789-AB") for _ in range(rng.randint(1, 16)))
    return number, rng.choice([1, len(number), min(4, len(number)), rng.randint(1, len(number))])


def _draw_words(rng: random.Random) -> Arguments:
    letters = [rng.choice("abcABC") for _ in range(rng.randint(0, 7))]
    other = rng.sample(letters, len(letters))
    if other and rng.random() < 0.5:
        other[rng.randrange(len(other))] = rng.choice("abcDd")
    if rng.random() < 0.2:
        other.append(rng.choice(["a", "B", *letters]))
    return "".join(letters), "".join(other).swapcase() if rng.random() < 0.5 else "".join(other)


INPUTS: dict[str, list[Arguments]] = {
    "surname_label": _inputs(
        [("x",), (" x ",), ("ada lovelace",), ("J. R. R. Tolkien",), ("Ludwig van Beethoven",), ("A B C D E",)],
        _draw_name,
        160,
    ),
    "indent_width": _inputs(
        [("",), (" ",), ("a",), (" a",), ("a ",), ("a  b",), (" " * 40,), (" " * 40 + "x",)], _draw_line, 160
    ),
    "masked": _inputs(
        [("1", 1), ("12", 1), ("12", 2), ("****", 2), ("0000 1111", 4), ("9" * 30, 29)], _draw_number, 160
    ),
    "is_anagram": _inputs(
        [
            ("", "a"),
            ("a", ""),
            ("a", "A"),
            ("ab", "ba"),
            ("ab", "aab"),
            ("aabb", "abab"),
            ("abc", "abd"),
            ("tab", "bat"),
        ],
        _draw_words,
        200,
    ),
    "acronym": _inputs(
        [(" ",), ("tree",), ("the",), ("Trees",), ("one two",), ("Four",), ("abc abcd abcde",), ("zebra apple mango",)],
        lambda rng: (_words(rng, 0, 6),),
        180,
    ),
}
