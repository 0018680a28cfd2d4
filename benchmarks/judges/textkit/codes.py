"""Hidden judge of examples/textkit/codes.py: references and inputs."""

import random
import re
from typing import Any

ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
STEPS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X")]
STEPS += [(9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
COUNT = 200


def caesar(text: str, shift: int) -> str:
    moved = []
    for character in text:
        if "a" <= character <= "z":
            character = chr((ord(character) - ord("a") + shift) % 26 + ord("a"))
        elif "A" <= character <= "Z":
            character = chr((ord(character) - ord("A") + shift) % 26 + ord("A"))
        moved.append(character)
    return "".join(moved)


def rle_encode(text: str) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for character in text:
        if runs and runs[-1][0] == character:
            runs[-1] = (character, runs[-1][1] + 1)
        else:
            runs.append((character, 1))
    return runs


def rle_decode(runs: list[tuple[str, int]]) -> str:
    return "".join(character * count for character, count in runs)


def to_roman(number: int) -> str:
    written = ""
    for value, letters in STEPS:
        while number >= value:
            written += letters
            number -= value
    return written


def from_roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    numbers = [values[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(numbers, [*numbers[1:], 0], strict=True))


def is_balanced(text: str) -> bool:
    opened = []
    for character in text:
        if character in "([{":
            opened.append(character)
        elif character in ")]}" and (not opened or opened.pop() + character not in ("()", "[]", "{}")):
            return False
    return not opened


def _inputs() -> dict[str, list[tuple[Any, ...]]]:
    draw = random.Random(20)
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in ("caesar", "rle_encode", "rle_decode")}
    found["is_balanced"] = [("",), ("((()))",), ("(()",), ("())",), ("{[()]}",), ("}{",)]
    for _ in range(COUNT):
        plain = "".join(draw.choice("abcxyzABCXYZ09 !-") for _ in range(draw.randrange(0, 14)))
        found["caesar"].append((plain, draw.choice((0, 1, 2, 3, 13, 25, 26, 27, 52, 53, -1, -25, -26, -27, -60, 1000))))
        found["rle_encode"].append(("".join(draw.choice("aabAé ") for _ in range(draw.randrange(0, 12))),))
        runs = [(draw.choice("abc é"), draw.randrange(1, 6)) for _ in range(draw.randrange(0, 6))]
        found["rle_decode"].append((runs,))
        brackets = "".join(draw.choice("()[]{}x") for _ in range(draw.randrange(0, 9)))
        opened = "".join(draw.choice("([{") for _ in range(draw.randrange(1, 5)))
        closed = "".join({"(": ")", "[": "]", "{": "}"}[one] for one in reversed(opened))
        found["is_balanced"] += [(brackets,), (opened + closed,), (opened + closed[::-1],)]
    numbers = [*range(1, 120), *(draw.randrange(120, 4000) for _ in range(COUNT)), 3999, 400, 900, 444, 999]
    found["to_roman"] = [(number,) for number in numbers]
    found["from_roman"] = [(to_roman(number),) for number in numbers]
    return found


INPUTS = _inputs()
