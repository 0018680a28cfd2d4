"""Hidden judge of benchmarks/colony/fresh/text.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def is_question(line: str) -> bool:
    return line.rstrip(" ").endswith("?")


def spaced_out(word: str) -> str:
    return " ".join(word.upper())


def count_long_words(text: str, least: int) -> int:
    return sum(len(word) >= least for word in text.split())


def dialled(number: str) -> str:
    return number.replace("+", "00").replace(" ", "").replace("-", "")


def ends_swapped(word: str) -> str:
    return word[-1] + word[1:-1] + word[0] if len(word) >= 2 else word


def next_label(label: str) -> str:
    head, hyphen, number = label.rpartition("-")
    return head + hyphen + str(int(number) + 1)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270419)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


LINES = ["Who", "who is there", "Nobody", "What?", "Me", "Is it so", "a", "", "Why? Because", "Oh!", "? yes"]
WORDS = ["a", "I", "we", "bee", "the", "4th", "snow", "fox's", "quick", "winter", "x-rays,", "evening"]


def _draw_line(rng: random.Random) -> Arguments:
    line = rng.choice(["", "", " "]) + rng.choice(LINES) + rng.choice(["?", "?", ".", "!", "", " ?", "?!", "??"])
    return (line + rng.choice(["", "", " ", "   "]),)


def _draw_word(rng: random.Random) -> Arguments:
    letters = rng.choice(["abcde", "AbCdE", "xY1-9", "a b"])
    return ("".join(rng.choice(letters) for _ in range(rng.randint(0, 7))),)


def _draw_words(rng: random.Random) -> Arguments:
    spaces = rng.choice([[" "], [" ", "  ", "   "]])
    text = "".join(rng.choice(WORDS) + rng.choice(spaces) for _ in range(rng.randint(0, 8)))
    return rng.choice([text, text.strip(), " " + text]), rng.randint(1, 7)


def _draw_phone(rng: random.Random) -> Arguments:
    groups = [str(rng.randint(0, 10 ** rng.randint(1, 5))) for _ in range(rng.randint(1, 4))]
    written = groups[0] + "".join(rng.choice([" ", "-", " - ", "  ", ""]) + group for group in groups[1:])
    return (rng.choice(["", "+", "+", " +", "0"]) + written,)


def _draw_label(rng: random.Random) -> Arguments:
    heads = ["box", "Shelf 3", "top-shelf", "a-1", "9-9", "", "-", "x--y", "scan_09", "-3"]
    number = rng.choice([rng.randint(0, 12), rng.randint(90, 110), rng.randint(0, 99999), 9, 99, 999])
    return (rng.choice(heads) + "-" + rng.choice(["", "", "0", "00"]) + str(number),)


INPUTS: dict[str, list[Arguments]] = {
    "is_question": _inputs([("",), (" ",), ("?",), ("? ",), (" ?",), ("??",), ("?.",), (".?",), ("a?b",), ("a ? b",)], _draw_line, 180),
    "spaced_out": _inputs([("",), ("a",), ("A",), ("ab",), ("aB",), ("a b",), ("1",), ("a1-",)], _draw_word, 160),
    "count_long_words": _inputs(
        [("", 1), (" ", 1), ("a", 1), ("a", 2), ("ab", 1), ("ab", 2), ("ab", 3), ("ab cd", 2), ("ab  cd", 2), (" abc d ", 3), ("a b c", 1)],
        _draw_words,
        220,
    ),
    "dialled": _inputs(
        [("",), (" ",), ("-",), ("+",), ("0",), ("+0",), ("1 2",), ("1-2",), ("1 - 2",), ("+1 2-3",), ("00 1",), ("++1",), ("--1",), ("12345",)],
        _draw_phone,
        180,
    ),
    "ends_swapped": _inputs([("",), ("a",), ("ab",), ("aa",), ("abc",), ("aba",), ("abcd",), (" ab",), ("A-b",)], _draw_word, 180),
    "next_label": _inputs(
        [("-0",), ("-9",), ("a-0",), ("a-1",), ("a-9",), ("a-09",), ("a-99",), ("a-099",), ("a--1",), ("1-1-1",), ("9-9",), ("10-10-00",)],
        _draw_label,
        180,
    ),
}  # fmt: skip
