"""Hidden judge of benchmarks/colony/sealed/text.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def postal_code(code: str) -> str:
    return f"{code[:-3]} {code[-3:]}".upper()


def count_blank_fields(line: str) -> int:
    return line.split(";").count("")


def in_groups_of_four(number: str) -> str:
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def count_lines_naming(text: str, name: str) -> int:
    return sum(name.lower() in line.lower() for line in text.split("\n"))


def joined_in_words(things: list[str]) -> str:
    if len(things) < 2:
        return "".join(things)
    return ", ".join(things[:-1]) + " and " + things[-1]


def shared_start(first: str, second: str) -> str:
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return first[:length]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20290617)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_postal(rng: random.Random) -> Arguments:
    letters, digits = "ABCDEGHKLMNPRSTWabehknorsw", "0123456789"
    front = rng.choice(letters) + rng.choice(["", rng.choice(letters)]) + rng.choice(digits)
    return (
        front + rng.choice(["", rng.choice(digits)]) + rng.choice(digits) + rng.choice(letters) + rng.choice(letters),
    )


def _draw_fields(rng: random.Random) -> Arguments:
    fields = ["", "", "vase", "1820", "clay", " ", "a,b"]
    return (";".join(rng.choice(fields) for _ in range(rng.randint(1, 6))),)


def _draw_account(rng: random.Random) -> Arguments:
    return ("".join(rng.choice("0123456789ABDEFG") for _ in range(rng.randint(1, 24))),)


def _draw_letter(rng: random.Random) -> Arguments:
    words = ["Ann", "ann", "Anna", "JOANN", "Tom", "TOM", "tomorrow", "we", "sail", "an", "to", ""]
    lines = [" ".join(rng.choice(words) for _ in range(rng.randint(0, 3))) for _ in range(rng.randint(1, 5))]
    return "\n".join(lines), rng.choice(["Ann", "Tom", "TOM", "ann", "we"])


def _draw_things(rng: random.Random) -> Arguments:
    return ([rng.choice(["rose", "lily", "old rake", "hoe", "fern", "x"]) for _ in range(rng.randint(0, 6))],)


def _draw_keys(rng: random.Random) -> Arguments:
    letters = rng.choice(["ab", "menu.", "aA"])
    start = "".join(rng.choice(letters) for _ in range(rng.randint(0, 6)))
    first, second = ("".join(rng.choice(letters) for _ in range(rng.randint(0, 5))) for _ in range(2))
    return start + first, start + second


INPUTS: dict[str, list[Arguments]] = {
    "postal_code": _inputs([(code,) for code in ("m11ae", "SW1A1AA", "W1A0AX", "ec1a1bb", "L18JQ")], _draw_postal, 160),
    "count_blank_fields": _inputs(
        [(line,) for line in ("", ";", ";;", "a", "a;", ";a", "a;b", "a;;b", " ", " ;", "; ;")], _draw_fields, 200
    ),
    "in_groups_of_four": _inputs([("ABCDEFGHIJKLMNOPQ"[:length],) for length in range(18)], _draw_account, 180),
    "count_lines_naming": _inputs(
        [(text, "Ann") for text in ("", "\n", "Ann", "ann\nANN", "Joanna", "A nn", "Ann Ann", "An\nn", "\nAnn\n")],
        _draw_letter,
        220,
    ),
    "joined_in_words": _inputs(
        [([],), (["a"],), (["a", "b"],), (["a", "b", "c"],), (["a", "a"],), ([", ", " and "],), (["b", "a", "b", "a"],)],
        _draw_things,
        180,
    ),
    "shared_start": _inputs(
        [("", ""), ("a", ""), ("", "a"), ("a", "a"), ("a", "b"), ("ab", "a"), ("a", "ab"), ("ab", "bb"), ("abc", "axc"), ("A", "a")],
        _draw_keys,
        220,
    ),
}  # fmt: skip
