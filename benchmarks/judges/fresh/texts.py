"""Hidden judge of benchmarks/specs/fresh/texts.py: references and inputs."""

import itertools
import random
from collections.abc import Callable
from typing import Any

MOST = 220
_DIGITS = set("0123456789")
_PLAIN = set("abcdefghijklmnopqrstuvwxyz0123456789")


def natural_sorted(names: list[str]) -> list[str]:
    def key(name: str) -> list[tuple[int, int, str]]:
        runs = []
        for is_number, characters in itertools.groupby(name.lower(), key=_DIGITS.__contains__):
            run = "".join(characters)
            runs.append((0, int(run), "") if is_number else (1, 0, run))
        return runs

    return sorted(names, key=key)


def to_table(rows: list[list[str]]) -> str:
    count = max((len(row) for row in rows), default=0)
    full = [row + [""] * (count - len(row)) for row in rows]
    widths = [max(len(row[column]) for row in full) for column in range(count)]
    lines = []
    for row in full:
        cells = []
        for cell, width in zip(row, widths, strict=True):
            is_number = cell != "" and set(cell) <= _DIGITS
            fill = " " * (width - len(cell))
            cells.append(fill + cell if is_number else cell + fill)
        lines.append("  ".join(cells).rstrip(" "))
    return "\n".join(lines)


def unique_slug(title: str, taken: list[str]) -> str:
    letters = "".join(character if character in _PLAIN else " " for character in title.lower())
    slug = "-".join(letters.split()) or "untitled"
    if slug not in taken:
        return slug
    return next(f"{slug}-{number}" for number in itertools.count(2) if f"{slug}-{number}" not in taken)


def shorten_middle(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    end = (width - 1) // 2
    front = width - 1 - end
    return text[:front] + "…" + text[len(text) - end :]


def outline_numbers(levels: list[int]) -> list[str]:
    numbers: list[int] = []
    written = []
    for level in levels:
        numbers = [*numbers, 0][:level]
        numbers[-1] += 1
        written.append(".".join(map(str, numbers)))
    return written


def has_valid_check_digit(code: str) -> bool:
    if len(code) not in (8, 12, 13, 14) or not set(code) <= _DIGITS:
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code))) % 10 == 0


def _filled(
    seed: int, first: list[tuple[Any, ...]], make: Callable[[random.Random], tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    rng = random.Random(seed)
    found = {repr(entry): entry for entry in first}
    for _ in range(20_000):
        if len(found) >= MOST:
            break
        entry = make(rng)
        found.setdefault(repr(entry), entry)
    return list(found.values())


def _names(rng: random.Random) -> tuple[Any, ...]:
    pieces = rng.choice(
        [
            ["a", "1", "2", "10", "B"],
            ["img", "IMG", "01", "1", "9", "10", "-"],
            ["v", "1", ".", "10", "2", ""],
            ["x", "_", "A", " ", "0", "00"],
        ]
    )
    return (["".join(rng.choice(pieces) for _ in range(rng.randint(1, 4))) for _ in range(rng.randint(2, 6))],)


def _rows(rng: random.Random) -> tuple[Any, ...]:
    cells = [
        "",
        "a",
        "pen",
        "name",
        "1",
        "12",
        "1234",
        "-1",
        "1.5",
        "12a",
        " x",
        "x ",
        "größe",
        "٣",
        "007",
        "two words",
    ]
    return ([[rng.choice(cells) for _ in range(rng.choice([0, 1, 2, 2, 3, 3]))] for _ in range(rng.randint(1, 4))],)


def _title(rng: random.Random) -> tuple[Any, ...]:
    words = ["Hello", "world", "2", "A", "it's", "C++", "--", "_", "100%", "", "!"]
    title = rng.choice([" ", "-", " - ", "_", ""]).join(rng.choice(words) for _ in range(rng.randint(0, 3)))
    slug = unique_slug(title, [])
    taken = [slug] * rng.choice([0, 1, 1]) + [f"{slug}-{number}" for number in range(1, 6) if rng.random() < 0.55]
    taken += rng.choice([[], [slug.upper()], ["hello"], [f"{slug}-2-2"], [""]])
    rng.shuffle(taken)
    return (title, taken)


def _levels(rng: random.Random) -> tuple[Any, ...]:
    levels = [1]
    for _ in range(rng.randint(1, 14)):
        levels.append(rng.randint(1, min(levels[-1] + 1, rng.choice([2, 3, 5]))))
    return (levels,)


def _code(rng: random.Random) -> tuple[Any, ...]:
    body = "".join(rng.choice("0123456789") for _ in range(rng.choice([7, 7, 11, 11, 12, 12, 12, 13, 13, 9, 10, 14])))
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(body)))
    check = -total % 10
    if rng.random() < 0.35:
        check = (check + rng.randint(1, 9)) % 10
    code = f"{body}{check}"
    change = rng.random()
    if change < 0.05:
        return (code[:3] + "-" + code[3:],)
    if change < 0.1:
        return (rng.choice([" ", "\n"]) + code,)
    return (code[1] + code[0] + code[2:] if change < 0.2 else code,)


INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "natural_sorted": _filled(
        901,
        [
            ([],),
            (["a"],),
            (["img10", "img2"],),
            (["img02", "img2", "img1"],),
            (["img2", "img02", "img1"],),
            (["a", "A"],),
            (["A", "a"],),
            (["b", "A", "a1", "7up"],),
            (["a", "1"],),
            (["1", "a"],),
            (["a1", "a"],),
            (["a", ""],),
            (["1", ""],),
            (["a-1", "a1", "a_1"],),
            (["a1b", "a1", "a1a"],),
            (["a1b2", "a1b10", "a01b3"],),
            (["10", "9", "1"],),
            (["010", "10", "9"],),
            (["v1.10.0", "v1.9.9", "v1.9.10"],),
            (["B1", "a2", "b0", "A10"],),
            (["_a", "a", "Z"],),
            (["_a", "Z_", "[b", "Zz"],),
            (["a b", "ab", "a  b"],),
            (["aB", "Ab", "ab", "AB"],),
            (["x100000000000000000001", "x100000000000000000000"],),
            (["-1", "-2", "1"],),
            (["1.5", "1.10"],),
            (["ab1", "a1"],),
            (["ab", "a1"],),
            (["a1", "a1", "a01", "a1"],),
        ],
        _names,
    ),
    "to_table": _filled(
        902,
        [
            ([],),
            ([[]],),
            ([[], []],),
            ([[], ["a"]],),
            ([["a"], []],),
            ([[""]],),
            ([["", ""], ["", ""]],),
            ([["", "a"], ["", "bb"]],),
            ([["a", ""], ["bb", ""]],),
            ([["a"]],),
            ([["1"], ["22"]],),
            ([["1"], ["name"]],),
            ([["a", "1"], ["b", "10"], ["c", "100"]],),
            ([["a", "-1"], ["b", "10"]],),
            ([["a", "1.5"], ["b", "10"]],),
            ([["a", "1a"], ["b", "1000"]],),
            ([["1", "a"], ["22", "b"]],),
            ([["a ", "b"], ["a", "b"]],),
            ([["a", "b "], ["a", "bbb"]],),
            ([[" a", "b"], ["a", "b"]],),
            ([["a", "b", "c"], ["dddd"]],),
            ([["dddd"], ["a", "b", "c"]],),
            ([["1"], ["a", "100"], ["a", "1", "x"]],),
            ([["٣", "x"], ["abc", "y"]],),
            ([["²", "x"], ["abc", "y"]],),
            ([["größe", "1"], ["x", "22"]],),
            ([["00", "x"], ["000", "y"]],),
        ],
        _rows,
    ),
    "unique_slug": _filled(
        903,
        [
            ("", []),
            ("", ["untitled"]),
            ("", ["untitled", "untitled-2"]),
            ("!!!", []),
            ("---", ["-"]),
            ("Untitled", ["untitled"]),
            ("Hello", []),
            ("Hello", ["hello"]),
            ("Hello", ["Hello"]),
            ("Hello", ["hello-2"]),
            ("Hello", ["hello", "hello-3"]),
            ("Hello", ["hello-2", "hello"]),
            ("Hello", ["hello", "hello-1"]),
            ("Hello", ["hello", "hello-2", "hello-3", "hello-4"]),
            ("Hello", ["hello", "hello"]),
            ("Hello 2", []),
            ("Hello 2", ["hello-2"]),
            ("Hello 2", ["hello-2", "hello-2-2"]),
            ("Hello", ["hello", *(f"hello-{number}" for number in range(2, 12))]),
            ("  a  b  ", []),
            ("a--b", []),
            ("a - b", []),
            ("a_b", []),
            ("-a-", []),
            ("it's 100% C++", []),
            ("A\tB\nC", []),
            ("ABC", ["abc-2", "abc"]),
            ("1", ["1"]),
            ("a.b.c", ["a-b-c"]),
        ],
        _title,
    ),
    "shorten_middle": _filled(
        904,
        [(text, width) for text in ("", "a", "ab", "abc", "abcd", "abcde", "abcdefghij") for width in range(1, 12)]
        + [("a…b…c", width) for width in range(1, 6)]
        + [
            ("größer als", 5),
            ("  a  b  ", 5),
            ("line\nbreak", 6),
            ("x" * 200, 100),
            ("x" * 200, 199),
            ("x" * 200, 200),
        ],
        lambda rng: ("".join(rng.choice("abcdefgh 12") for _ in range(rng.randint(2, 25))), rng.randint(1, 22)),
    ),
    "outline_numbers": _filled(
        905,
        [
            (levels,)
            for levels in [
                *(
                    [],
                    [1],
                    [1, 1],
                    [1, 2],
                    [1, 1, 1],
                    [1, 2, 2],
                    [1, 2, 1],
                    [1, 2, 1, 2],
                    [1, 2, 3],
                    [1, 2, 3, 1],
                    [1, 2, 3, 2],
                ),
                *([1, 2, 3, 2, 3], [1, 2, 3, 3, 2, 3], [1, 2, 3, 1, 2, 3], [1, 2, 2, 1, 2, 2], [1, 1, 2, 2, 3, 1, 2]),
                *([1, 2, 3, 4, 5], [1, 2, 3, 4, 2, 3, 4], [1, 2, 3, 4, 1, 2], [1] * 12, [1, *[2] * 11, 1, 2]),
            ]
        ],
        _levels,
    ),
    "has_valid_check_digit": _filled(
        906,
        [
            (code,)
            for code in [
                *("", "0", "00000000", "000000000", "0000000000", "00000000000", "000000000000", "0000000000000"),
                *("00000000000000", "000000000000000", "4006381333931", "4006381333932", "4006381333913", "73513537"),
                *("73513536", "036000291452", "036000291453", "10614141000415", "10614141000416", "735135370"),
                *(
                    " 73513537",
                    "73513537 ",
                    "7351-3537",
                    "7351 3537",
                    "7351353٧",
                    "٧٣٥١٣٥٣٧",
                    "7351353a",
                    "-7351353",
                    "+7351353",
                ),
                *(
                    "00000001",
                    "00000010",
                    "00000100",
                    "00000017",
                    "00000031",
                    "10000007",
                    "10000009",
                    "100000000007",
                    "1000000000009",
                ),
                *("73513537\n", "0.000000", "0x000000", "0000000²"),
            ]
        ],
        _code,
    ),
}
