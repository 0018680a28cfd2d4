"""Hidden judge of `specs.text`: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def shout(text: str) -> str:
    return text.upper() + "!"


def last_word(text: str) -> str:
    return text.split()[-1]


def slug(title: str) -> str:
    return "-".join(title.lower().split())


def initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.split())


def index_name(name: str) -> str:
    first, second = name.split(" ")
    return f"{second}, {first}"


def extension(file: str) -> str:
    return file.rpartition(".")[2].lower() if "." in file else ""


def longest_word(text: str) -> str:
    return max(text.split(), key=len, default="")


def snake_case(name: str) -> str:
    return "".join("_" + character.lower() if character.isupper() else character for character in name)


def squeeze(text: str) -> str:
    result = ""
    for character in text:
        if not result.endswith(character):
            result += character
    return result


def stands_for(short: str, phrase: str) -> bool:
    return short.lower() == "".join(word[0] for word in phrase.lower().split())


def shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 3] + "..."


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261122)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


WORDS = (
    "a", "be", "cat", "Dog", "HOUSE", "ten", "x-ray", "no.", "What?", "e5", "42", "Queue", "sky", "oven", "ill", "__", "(no)",
    "O'Neill", "zz", "R2D2", "it's",
)  # fmt: skip


def _text(rng: random.Random, alphabet: str, longest: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(0, longest)))


def _word(rng: random.Random) -> str:
    return rng.choice(WORDS) if rng.random() < 0.5 else rng.choice("abXY7") + _text(rng, "aeimnTR-.", 6)


def _spaced(rng: random.Random) -> str:
    """Return some words with one or more spaces between them, and sometimes around them."""
    words = [_word(rng) + " " * rng.choice([1, 1, 1, 2, 3]) for _ in range(rng.randint(0, 6))]
    text = " " * rng.choice([0, 0, 1, 2]) + "".join(words)
    return text if rng.random() < 0.3 else text.rstrip()


def _draw_spaced(rng: random.Random) -> Arguments:
    return (_spaced(rng),)


def _draw_words(rng: random.Random) -> Arguments:
    return (f"{_spaced(rng)} {_word(rng)}" + " " * rng.choice([0, 0, 2]),)


def _draw_file(rng: random.Random) -> Arguments:
    parts = [
        rng.choice(["", "a", "Photo", "TXT", "tar", "Gz", "my file", "x1", "json"]) for _ in range(rng.randint(1, 4))
    ]
    return (".".join(parts),)


def _draw_runs(rng: random.Random) -> Arguments:
    return ("".join(rng.choice("abcA 1-") * rng.choice([1, 1, 2, 3]) for _ in range(rng.randint(0, 8))),)


def _draw_name(rng: random.Random) -> Arguments:
    return (f"{_word(rng)} {_word(rng)}",)


def _draw_short(rng: random.Random) -> Arguments:
    phrase = _spaced(rng)
    fitting = "".join(rng.choice([word[0], word[0].upper(), word[0].lower()]) for word in phrase.split())
    wrong = [
        fitting[::-1],
        fitting[:-1],
        f"{fitting}a",
        phrase[:1],
        fitting[1:],
        _text(rng, "abXY", 3),
        " ".join(fitting),
    ]
    return rng.choice([fitting, fitting, fitting, rng.choice(wrong), rng.choice(wrong)]), phrase


def _draw_shortened(rng: random.Random) -> Arguments:
    text = _text(rng, "abc d.", 16)
    return text, max(3, rng.choice([len(text) + rng.randint(-2, 2), rng.randint(3, 14)]))


INPUTS: dict[str, list[Arguments]] = {
    "shout": _inputs([("",), ("a",), ("A",), ("!",), (" ",), ("a!b",), ("Z z",), ("tab\there",)], _draw_spaced, 160),
    "last_word": _inputs(
        [("a",), (" a",), ("a ",), ("  a  ",), ("a b",), ("a  b",), ("a-b c-d",), (".",), ("x y z ",), ("same same",)],
        _draw_words,
        160,
    ),
    "slug": _inputs(
        [("",), (" ",), ("   ",), ("A",), (" A",), ("A ",), ("A  B",), ("a-B c",), ("- -",), ("AB CD EF",), ("1 2 3",)],
        _draw_spaced,
        160,
    ),
    "initials": _inputs(
        [("",), (" ",), ("a",), ("A",), ("ab cd",), ("Ab cD",), (" ab",), ("ab ",), ("a b c d e f",), ("1a b2",), ("ab-cd e",)],
        _draw_spaced,
        160,
    ),
    "index_name": _inputs(
        [("a b",), ("b a",), ("a a",), ("A b",), ("a, b",), ("x-y z.",), ("1 2",), ("Mary Shelley",), ("Bob the",)],
        _draw_name,
        160,
    ),
    "extension": _inputs(
        [("",), (".",), ("..",), ("a",), ("a.b",), (".b",), ("b.",), ("A.B.C",), ("a..b",), ("a.B c",), ("No Dot",), ("x.tar.",)],
        _draw_file,
        160,
    ),
    "longest_word": _inputs(
        [("",), (" ",), ("a",), (" a ",), ("a b",), ("b a",), ("a bb",), ("bb a",), ("aa bb c",), ("c bb aa",), ("z  yy   xxx",)],
        _draw_spaced,
        160,
    ),
    "snake_case": _inputs(
        [("",), ("a",), ("A",), ("AB",), ("aB",), ("Ab",), ("aBC",), ("a_B",), ("_",), ("a1B2",), ("Z9",), ("Two Words",)],
        lambda rng: (_text(rng, "abcdefABC_1", 12),),
        160,
    ),
    "squeeze": _inputs(
        [("",), ("a",), ("aa",), ("ab",), ("aba",), ("aab",), ("abb",), ("abba",), ("aAa",), ("  ",), ("a a",), ("112233321",)],
        _draw_runs,
        160,
    ),
    "stands_for": _inputs(
        [
            ("", ""), ("", " "), ("a", ""), ("", "a"), ("a", "a"), ("a", "A"), ("A", "a"), ("ab", "a b"), ("ba", "a b"), ("ab", "ab"),
            ("a", "a b"), ("abc", "a b"), ("AB", " a  b "), ("a b", "a b"), ("EU", "european union"), ("eu", "European union"),
            ("wc", "Water closet"), ("wo", "water"), ("1b", "1st Base"), ("-b", "- base"), ("aa", "a b"), (" ", " "),
        ],
        _draw_short,
        200,
    ),
    "shortened": _inputs(
        [
            ("", 3), ("abc", 3), ("abcd", 3), ("abcd", 4), ("abcde", 4), ("ab", 3), ("abcdefgh", 7), ("abcdefgh", 8),
            ("abcdefgh", 9), ("....", 3), ("a" * 50, 20), ("a" * 50, 50), ("a" * 51, 50), ("a b c d", 6),
        ],
        _draw_shortened,
        180,
    ),
}  # fmt: skip
