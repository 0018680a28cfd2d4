"""Hidden judge of `counterfactual.codes`: references, inputs, and what is remembered instead."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]

SMALL = "abcdefghijklmnopqrstuvwxyz"
TENS_AND_MORE = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
]  # fmt: skip


def to_roman(number: int) -> str:
    return _roman(number, [*TENS_AND_MORE, (9, "IX"), (5, "V"), (1, "I")])


def _roman(number: int, signs: list[tuple[int, str]]) -> str:
    written = ""
    for value, sign in signs:
        written += sign * (number // value)
        number %= value
    return written


def caesar(text: str, shift: int) -> str:
    return "".join(_moved(character, shift, -shift) for character in text)


def _moved(character: str, small_shift: int, capital_shift: int) -> str:
    if character in SMALL:
        return SMALL[(SMALL.index(character) + small_shift) % 26]
    capitals = SMALL.upper()
    if character in capitals:
        return capitals[(capitals.index(character) + capital_shift) % 26]
    return character


def luhn_valid(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        total += int(digit) * 2 % 10 if place % 2 == 1 else int(digit)
    return total % 10 == 0


def isbn10_valid(text: str) -> bool:
    signs = text.replace("-", "")
    if len(signs) != 10 or any(sign not in "0123456789X" for sign in signs):
        return False
    values = [10 if sign == "X" else int(sign) for sign in signs]
    return sum(value * weight for value, weight in zip(values, range(10, 0, -1), strict=True)) % 11 == 0


def run_lengths(text: str) -> list[tuple[str, int]]:
    found = []
    for character, count in remembered_run_lengths(text):
        left = count
        while left > 9:
            found.append((character, 9))
            left -= 9
        found.append((character, left))
    return found


def compress(text: str) -> str:
    runs = remembered_run_lengths(text)
    return "".join(f"{letter}{count}" if count >= 3 else letter * count for letter, count in runs)


def remembered_to_roman(number: int) -> str:
    return _roman(number, [*TENS_AND_MORE, (9, "IX"), (5, "V"), (4, "IV"), (1, "I")])


def remembered_caesar(text: str, shift: int) -> str:
    return "".join(_moved(character, shift, shift) for character in text)


def remembered_luhn_valid(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * 2
        total += (doubled - 9 if doubled > 9 else doubled) if place % 2 == 1 else int(digit)
    return total % 10 == 0


def remembered_isbn10_valid(text: str) -> bool:
    return isbn10_valid(text) and "X" not in text.replace("-", "")[:9]


def remembered_run_lengths(text: str) -> list[tuple[str, int]]:
    return [(character, len(list(run))) for character, run in itertools.groupby(text)]


def remembered_compress(text: str) -> str:
    return "".join(f"{letter}{count}" if count >= 2 else letter for letter, count in remembered_run_lengths(text))


REMEMBERED: dict[str, Callable[..., object]] = {
    "to_roman": remembered_to_roman,
    "caesar": remembered_caesar,
    "luhn_valid": remembered_luhn_valid,
    "isbn10_valid": remembered_isbn10_valid,
    "run_lengths": remembered_run_lengths,
    "compress": remembered_compress,
}


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_text_and_shift(rng: random.Random) -> Arguments:
    letters = "".join(rng.choice("abcxyzmnABCXYZMN ,.!059éßÄ") for _ in range(rng.randint(0, 14)))
    return letters, rng.choice([rng.randint(-30, 30), rng.randint(-1000, 1000)])


def _draw_card(rng: random.Random) -> Arguments:
    digits = "".join(rng.choice("0123456789") for _ in range(rng.randint(0, 15)))
    # Random numbers are hardly ever valid: half of them get the last digit that makes them so.
    if rng.random() < 0.5:
        return (next(digits + last for last in "0123456789" if luhn_valid(digits + last)),)
    return (digits + rng.choice("0123456789"),)


def _draw_isbn(rng: random.Random) -> Arguments:
    signs = "".join(rng.choice("0123456789X" if rng.random() < 0.2 else "0123456789") for _ in range(9))
    last = next(sign for sign in "0123456789X" if isbn10_valid(signs + sign))
    chosen = last if rng.random() < 0.7 else rng.choice("0123456789X")
    written = [signs[:1], signs[1:4], signs[4:], chosen]
    return (("-" if rng.random() < 0.6 else "").join(written),)


def _draw_runs(rng: random.Random) -> Arguments:
    lengths = [1, 1, 2, 3, 8, 9, 10, 11, 18, 19, 27, 28]
    return ("".join(rng.choice("abA 1é") * rng.choice(lengths) for _ in range(rng.randint(1, 6))),)


def _draw_letters(rng: random.Random) -> Arguments:
    lengths = [1, 1, 2, 2, 3, 4, 9, 10, 12]
    return ("".join(rng.choice("abcAZ") * rng.choice(lengths) for _ in range(rng.randint(1, 7))),)


INPUTS: dict[str, list[Arguments]] = {
    "to_roman": _inputs(
        [
            *((number,) for number in range(1, 101)),
            *((number,) for number in (104, 140, 144, 400, 404, 444, 494, 499, 900, 904, 944, 949, 999, 1000, 1004)),
            *((number,) for number in (1494, 1944, 1994, 1999, 2014, 2024, 2026, 2444, 3444, 3494, 3904, 3994, 3999)),
        ],
        lambda rng: (rng.randint(1, 3999),),
        250,
    ),
    "caesar": _inputs(
        [
            ("", 0), ("", 5), ("a", 0), ("a", 1), ("a", -1), ("z", 1), ("A", 1), ("A", -1), ("Z", 1), ("Z", -1),
            ("aA", 13), ("zZ", 26), ("zZ", 27), ("aA", -27), ("aZ", 52), ("mM", 1000000), ("Hello, World!", -3),
            (SMALL, 3), (SMALL.upper(), 3), ("12 34", 5), ("é É ß", 1), ("\n\t", 4), ("Zebra", 25), ("@[`{", 1),
        ],
        _draw_text_and_shift,
        220,
    ),
    "luhn_valid": _inputs(
        [
            *((f"{number}",) for number in range(100)),
            *((number,) for number in ("00", "000", "0000", "4539319503436467", "8273123273520569", "059", "091")),
            *((number,) for number in ("55", "5050", "9999", "18181818", "79927398713", "4111111111111111", "0" * 30)),
        ],
        _draw_card,
        260,
    ),
    "isbn10_valid": _inputs(
        [
            ("",), ("-",), ("X",), ("0000000000",), ("0-0-0-0-0-0-0-0-0-0",), ("----------",), ("XXXXXXXXXX",),
            ("000000000X",), ("X00000000X",), ("X000000001",), ("0X00000009",), ("00000000X9",), ("3598215088",),
            ("3-598-21507-X",), ("3-598-21507-x",), ("x000000001",), ("3-598-21507",), ("3-598-21508-88",),
            ("359821507",), ("00000000000",), ("3-598-P1581-X",), ("3 598 21508 8",), ("359821508A",), ("0X00000009 ",),
            ("-3598215088",), ("3598215088-",), ("3--598215088",), ("98245726788",), ("12345678901",), ("３598215088",),
            ("X-X-X-X-X-X-X-X-X-X",), ("0000X00005",), ("0000X00006",), ("1X00000000",), ("2X0000000X",),
            ("²000000000",),
        ],
        _draw_isbn,
        240,
    ),
    "run_lengths": _inputs(
        [
            *(("a" * count,) for count in range(1, 40)),
            ("ab",), ("aab",), ("a" * 9 + "b",), ("a" * 10 + "b",), ("b" + "a" * 10,), ("a" * 18 + "b" * 19,),
            ("a" * 10 + "b" + "a" * 10,), (" " * 12,), ("\n" * 11,), ("é" * 10,), ("1" * 10 + "2",), ("aA" * 10,),
            ("x" * 90,), ("x" * 91,), ("0" * 100,),
        ],
        _draw_runs,
        220,
    ),
    "compress": _inputs(
        [
            *(("a" * count,) for count in range(25)),
            ("ab",), ("aab",), ("aabb",), ("aaabbb",), ("aaabb",), ("aabbb",), ("aAa",), ("AAaa",), ("AAAaaa",),
            ("abcabc",),
            ("a" * 100,), ("aabaab",), ("z" * 3 + "Z" * 2,), ("xxyxx",), ("xxxyxxx",), ("Mississippi",), ("zzz",),
        ],
        _draw_letters,
        220,
    ),
}  # fmt: skip
