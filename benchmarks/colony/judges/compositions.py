"""Hidden judge of the family `compositions`: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def is_vowel(letter: str) -> bool:
    return letter in tuple("aeiouAEIOU")


def letters_only(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalpha())


def is_prime(number: int) -> bool:
    return number >= 2 and all(number % divisor for divisor in range(2, number))


def to_minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def to_clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def shift_letter(letter: str, steps: int) -> str:
    return chr((ord(letter) - ord("a") + steps) % 26 + ord("a"))


def vowel_count(text: str) -> int:
    return sum(is_vowel(character) for character in text)


def reads_both_ways(text: str) -> bool:
    letters = letters_only(text)
    return letters == letters[::-1]


def word_lengths(text: str) -> list[int]:
    return [len(word) for word in text.split()]


def file_name(title: str) -> str:
    return title.strip().lower().replace(" ", "_") + ".txt"


def length_spread(text: str) -> int:
    lengths = word_lengths(text)
    return max(lengths) - min(lengths)


def primes_between(low: int, high: int) -> list[int]:
    return [number for number in range(low, high + 1) if is_prime(number)]


def abbreviate(name: str) -> str:
    words = name.split()
    return f"{words[0][0]}. {words[-1]}"


def total_time(clocks: list[str]) -> str:
    return to_clock(sum(to_minutes(clock) for clock in clocks))


def encipher(text: str, steps: int) -> str:
    return "".join(shift_letter(character, steps) if character.isalpha() else character for character in text)


def column_total(rows: list[str], column: int) -> int:
    return sum(int(row.split(",")[column]) for row in rows)


def align_right(words: list[str]) -> list[str]:
    width = max(map(len, words), default=0)
    return [word.rjust(width) for word in words]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270314)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


WORDS = [
    "a",
    "I",
    "to",
    "Me",
    "fox",
    "Sky",
    "queue",
    "don't",
    "Rhythm",
    "42",
    "UNDO",
    "level",
    "ok,",
    "extraordinary",
    "x-y",
]
NAMES = ["Ada", "Bo", "grace", "O'Neil", "Lovelace", "von", "X", "Brewster", "D.", "Li", "Hopper"]
TURNS = ["level", "Madam", "ab", "Aba", "noon", "xyz", "x", "Was it a cat I saw?", "12", "never", "odd or even"]


def _characters(rng: random.Random, pool: str, most: int) -> str:
    return "".join(rng.choice(pool) for _ in range(rng.randint(0, most)))


def _spaced(rng: random.Random, words: list[str]) -> str:
    """Return the words with one space between them or with more, and sometimes with some around them."""
    text = "".join(word + rng.choice([" ", " ", " ", "  "]) for word in words).rstrip()
    return rng.choice(["", "", " "]) + text + rng.choice(["", "", "  "])


def _draw_text(rng: random.Random) -> Arguments:
    return (_characters(rng, "aeiouAEIOUbcdyYZ x!1", 14),)


def _draw_turn(rng: random.Random) -> Arguments:
    half = _characters(rng, "abcAB ,1", 4)
    return (
        rng.choice(
            [half + half[::-1], half + "x" + half[::-1].upper(), half + rng.choice(TURNS), rng.choice(TURNS), half]
        ),
    )


def _draw_words(rng: random.Random) -> Arguments:
    return (_spaced(rng, [rng.choice(WORDS) for _ in range(rng.randint(0, 6))]),)


def _draw_some_words(rng: random.Random) -> Arguments:
    return (_spaced(rng, [rng.choice(WORDS) for _ in range(rng.randint(1, 5))]),)


def _draw_range(rng: random.Random) -> Arguments:
    low = rng.randint(0, 120)
    return low, low + rng.choice([0, 1, rng.randint(2, 40)])


def _draw_name(rng: random.Random) -> Arguments:
    return (_spaced(rng, [rng.choice(NAMES) for _ in range(rng.randint(2, 5))]),)


def _draw_clocks(rng: random.Random) -> Arguments:
    times = [
        (rng.choice([0, 1, rng.randint(0, 30)]), rng.choice([0, 5, 30, 59, rng.randint(0, 59)]))
        for _ in range(rng.randint(0, 5))
    ]
    return ([f"{hours}:{minutes:02}" for hours, minutes in times],)


def _draw_message(rng: random.Random) -> Arguments:
    return _characters(rng, "abcdefghijklmnopqrstuvwxyzaz  ,!1", 12), rng.choice(
        [0, 1, 25, 26, -1, rng.randint(-60, 60)]
    )


def _draw_table(rng: random.Random) -> Arguments:
    width = rng.randint(1, 4)
    rows = [
        ",".join(
            str(rng.choice([rng.randint(-9, 9), rng.randint(0, 300)])) for _ in range(width + rng.choice([0, 0, 1]))
        )
        for _ in range(rng.randint(0, 5))
    ]
    return rows, rng.randint(0, width - 1)


def _draw_column(rng: random.Random) -> Arguments:
    return ([rng.choice([*WORDS[:10], "", " b", "c "]) for _ in range(rng.randint(0, 5))],)


INPUTS: dict[str, list[Arguments]] = {
    "vowel_count": _inputs([("",), ("a",), ("b",), ("U",), ("y",), (" ",), ("aa",), ("Ab",), ("Programming is fun",), ("HELLO World 123",)], _draw_text, 180),
    "reads_both_ways": _inputs(
        [("",), ("a",), ("aa",), ("ab",), ("aA",), ("a b",), ("a b a",), ("a!",), ("!a b",), ("12",), ("abca",), ("abba",), ("1ab2a",), ("Never odd or even",)],
        _draw_turn,
        200,
    ),
    "word_lengths": _inputs([("",), (" ",), ("a",), (" a",), ("a ",), ("a b",), ("a  b",), ("ab\tc\nd",), ("abc de",)], _draw_words, 180),
    "file_name": _inputs([("a",), ("A",), (" a",), ("a ",), ("a b",), ("a  b",), ("A.txt",), ("a_b",), ("Tax 2027",)], _draw_some_words, 180),
    "length_spread": _inputs([("a",), (" a ",), ("a b",), ("a bc",), ("bc a",), ("a\tbcd",), ("abc ab a",), ("abcdef  abcdef",)], _draw_some_words, 180),
    "primes_between": _inputs(
        [(0, 0), (0, 1), (1, 1), (0, 2), (2, 2), (1, 3), (4, 4), (3, 4), (4, 5), (9, 9), (0, 60), (113, 127), (114, 126), (49, 49)], _draw_range, 180
    ),
    "abbreviate": _inputs([("A B",), ("a b",), ("A  B",), (" A B",), ("A B ",), ("A B C",), ("Ab Cd Ef Gh",), ("Ab\tCd",), ("1st Last",)], _draw_name, 180),
    "total_time": _inputs(
        [([],), (["0:00"],), (["0:01"],), (["0:59", "0:01"],), (["0:59", "0:02"],), (["23:59", "0:01"],), (["12:00", "12:00"],), (["100:30", "0:30"],)],
        _draw_clocks,
        180,
    ),
    "encipher": _inputs(
        [("", 0), ("", 3), ("a", 0), ("a", 1), ("z", 1), ("a", -1), ("z", 26), ("a", 27), ("a", -27), (" ", 5), ("a b", 5), ("1,2", 9), ("the quick brown fox", 13)],
        _draw_message,
        200,
    ),
    "column_total": _inputs(
        [([], 0), ([], 2), (["0"], 0), (["5"], 0), (["-5"], 0), (["1,2"], 0), (["1,2"], 1), (["1,2", "3"], 0), (["12,34", "56,78"], 1), (["007,08"], 1)],
        _draw_table,
        200,
    ),
    "align_right": _inputs(
        [([],), ([""],), (["", ""],), (["a"],), (["a", ""],), (["a", "b"],), (["a", "bc"],), (["bc", "a"],), ([" a", "b"],), (["a ", "b"],)], _draw_column, 180
    ),
}  # fmt: skip
