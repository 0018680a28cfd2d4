"""Hidden judge of `counterfactual.words`: references, inputs, and what is remembered instead."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]

LITTLE_WORDS = ("a", "an", "and", "of", "the")


def count_vowels(text: str) -> int:
    count = 0
    for place, character in enumerate(text.lower()):
        follows_vowel = place > 0 and text[place - 1].lower() in "aeiou"
        count += character in "aeiou" or (character == "y" and not follows_vowel)
    return count


def title_case(text: str) -> str:
    words = [word.lower() for word in text.split(" ")]
    return " ".join(word if word in LITTLE_WORDS else word[:1].upper() + word[1:] for word in words)


def pig_latin(word: str) -> str:
    first = next((place for place, letter in enumerate(word) if letter in "aeiou"), None)
    if first is None:
        return word + "ay"
    return "ay" + word if first == 0 else word[first:] + word[:first] + "ay"


def is_palindrome(text: str) -> bool:
    signs = [character for character in text.lower() if character.isalnum()]
    return len(signs) >= 3 and signs == signs[::-1]


def snake_case(name: str) -> str:
    written = ""
    for place, character in enumerate(name):
        begins_number = character.isdigit() and not name[place - 1].isdigit()
        written += "_" if place > 0 and (character.isupper() or begins_number) else ""
        written += character.lower()
    return written


def word_counts(text: str) -> dict[str, int]:
    words = text.lower().split()
    return dict(Counter(word[:-1] if len(word) >= 2 and word.endswith("s") else word for word in words))


def remembered_count_vowels(text: str) -> int:
    return sum(character in "aeiou" for character in text.lower())


def remembered_title_case(text: str) -> str:
    words = [word.lower() for word in text.split(" ")]
    kept = [word if place and word in LITTLE_WORDS else word.capitalize() for place, word in enumerate(words)]
    return " ".join(kept)


def remembered_pig_latin(word: str) -> str:
    first = next((place for place, letter in enumerate(word) if letter in "aeiou"), len(word))
    return word[first:] + word[:first] + "ay"


def remembered_is_palindrome(text: str) -> bool:
    signs = [character for character in text.lower() if character.isalnum()]
    return signs == signs[::-1]


def remembered_snake_case(name: str) -> str:
    return re.sub("(?<!^)([A-Z])", r"_\1", name).lower()


def remembered_word_counts(text: str) -> dict[str, int]:
    return dict(Counter(text.lower().split()))


REMEMBERED: dict[str, Callable[..., object]] = {
    "count_vowels": remembered_count_vowels,
    "title_case": remembered_title_case,
    "pig_latin": remembered_pig_latin,
    "is_palindrome": remembered_is_palindrome,
    "snake_case": remembered_snake_case,
    "word_counts": remembered_word_counts,
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


def _draw_text_with_y(rng: random.Random) -> Arguments:
    return ("".join(rng.choice("aeiouyyyYYAEbcdr .1") for _ in range(rng.randint(0, 12))),)


def _draw_title(rng: random.Random) -> Arguments:
    pool = [
        "a",
        "an",
        "and",
        "of",
        "the",
        "The",
        "OF",
        "An",
        "moon",
        "SUN",
        "iPhone",
        "theme",
        "3d",
        "o'neill",
        "x",
        "",
    ]
    return (" ".join(rng.choice(pool) for _ in range(rng.randint(1, 6))),)


def _draw_word(rng: random.Random) -> Arguments:
    beginning = "".join(rng.choice("bcdrstyq") for _ in range(rng.choice([0, 0, 1, 1, 2, 3])))
    return (beginning + "".join(rng.choice("aeioubrty") for _ in range(rng.randint(1, 6))),)


def _draw_nearly_palindrome(rng: random.Random) -> Arguments:
    half = "".join(rng.choice("abAB1") for _ in range(rng.randint(0, 5)))
    whole = list(half + rng.choice(["", "", "c", "7", half[:1]]) + half[::-1].swapcase())
    for _ in range(rng.randint(0, 3)):
        whole.insert(rng.randint(0, len(whole)), rng.choice(" ,.-!'?\n_"))
    if rng.random() < 0.25:
        whole.append(rng.choice("ab1"))
    return ("".join(whole),)


def _draw_name(rng: random.Random) -> Arguments:
    pool = ["order", "Order", "URL", "2", "10", "x", "X", "id", "Id", "404", "A1", "b2C"]
    name = "".join(rng.choice(pool) for _ in range(rng.randint(1, 5)))
    return (name if name[0].isalpha() else "v" + name,)


def _draw_words(rng: random.Random) -> Arguments:
    pool = ["cat", "cats", "Cats", "CATS", "s", "S", "ss", "as", "a", "bus", "buses", "glass", "dogs", "dog", "is", "i"]
    return ("".join(rng.choice(pool) + " " * rng.choice([1, 1, 1, 2]) for _ in range(rng.randint(0, 8))),)


INPUTS: dict[str, list[Arguments]] = {
    "count_vowels": _inputs(
        [
            ("",), ("y",), ("Y",), ("yy",), ("yyy",), ("ay",), ("ya",), ("aya",), ("ayya",), ("Ay",), ("aY",), ("OY",),
            ("yes",), ("day",), ("Yoyo",), ("sky",), ("my my",), ("a y",), ("the year",), ("toy yard",), ("happy",),
            ("joyful",), ("AEIOU",), ("aeiou",), ("bcdf",), ("1y2",), ("e\ny",), ("crypt",), ("EYE",), ("eyey",), ("uy",),
            ("iy",), ("ey!y",), ("syzygy",), ("playboy",), ("Why? Yesterday.",),
        ],
        _draw_text_with_y,
        220,
    ),
    "title_case": _inputs(
        [
            ("",), (" ",), ("   ",), ("the",), ("The",), ("THE",), ("a",), ("A",), ("an",), ("of",), ("and",), ("the end",),
            ("THE END",), ("a tale of two cities",), (" the end",), ("of mice and men",), ("end of the",), ("another",),
            ("theory of an atom",), ("anda",), ("the the the",), ("a  b",), (" a b ",), ("the, end",), ("o'neill of x",),
            ("well-known",), ("3D glasses",), ("mcDONALD",), ("(the) book",), ("x",), ("in the house",), ("!the and!",),
        ],
        _draw_title,
        220,
    ),
    "pig_latin": _inputs(
        [
            *((letter,) for letter in "abeiouyqz"),
            ("ab",), ("ba",), ("by",), ("yes",), ("my",), ("quit",), ("queen",), ("square",), ("school",), ("xylophone",),
            ("egg",), ("eat",), ("oo",), ("under",), ("is",), ("ay",), ("way",), ("yay",), ("tsk",), ("three",), ("bcda",),
            ("aeiou",), ("banana",), ("ooze",), ("ayapple",), ("zzz",),
        ],
        _draw_word,
        220,
    ),
    "is_palindrome": _inputs(
        [
            ("",), (" ",), ("a",), ("A",), ("1",), ("aa",), ("aA",), ("11",), ("ab",), ("a a",), ("a,a!",), ("!!!",), ("!a!",),
            (".,.",), ("aba",), ("abA",), ("a.b.a",), ("aaa",), ("a1a",), ("111",), ("121",), ("123",), ("abc",), ("aab",),
            ("abba",), ("abca",), ("Abba!",), ("A man, a plan, a canal: Panama",), ("race a car",), ("0P",), ("0p0",),
            ("Was it a car or a cat I saw?",), ("No 'x' in Nixon",), ("1a2",), ("a_b_a",), ("_a_a",), ("a\nb\na",), ("--a-",),
        ],
        _draw_nearly_palindrome,
        220,
    ),
    "snake_case": _inputs(
        [
            ("x",), ("X",), ("x1",), ("X1",), ("x12",), ("x1y",), ("x1Y",), ("x12Y34",), ("http2Server",), ("HTTP2Server",),
            ("http2server",), ("a1b2c3",), ("version10",), ("Version10Beta2",), ("utf8",), ("UTF8",), ("sha256Sum",),
            ("abc",), ("ABC",), ("aB",), ("Ab",), ("AB",), ("aBC",), ("camelCase",), ("PascalCase",), ("a0",), ("a00",),
            ("x2y3Z",), ("item1Of2",), ("A1B2",), ("B52s",), ("i18n",), ("Z9",), ("no",), ("getHTTPResponseCode404",),
        ],
        _draw_name,
        220,
    ),
    "word_counts": _inputs(
        [
            ("",), (" ",), ("   ",), ("s",), ("S",), ("s s",), ("ss",), ("ss s",), ("as",), ("as a",), ("cats",), ("cat cats",),
            ("cats cat Cats CATS",), ("glass glas gla",), ("bus buses",), ("  a  b  ",), ("is i",), ("sss ss s",), ("a A a",),
            ("this thi",), ("the cats and the dogs",), ("us u US U",), ("dogs dogs dogs",), ("s as ss",), ("Bess Bes Be",),
            ("swiss swis",), ("same sam",), ("class Class classs",), ("boss",), ("a s d f",),
        ],
        _draw_words,
        220,
    ),
}  # fmt: skip
