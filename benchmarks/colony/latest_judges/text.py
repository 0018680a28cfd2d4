"""Hidden judge of benchmarks/colony/latest/text.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

Arguments = tuple[Any, ...]


def without_extension(name: str) -> str:
    return name.rsplit(".", 1)[0]


def invoice_number(year: int, number: int) -> str:
    return f"{year}-{number:04d}"


def opposite_strand(strand: str) -> str:
    return "".join({"A": "T", "T": "A", "C": "G", "G": "C"}[letter] for letter in reversed(strand))


def gc_percent(strand: str) -> int:
    return 100 * (strand.count("G") + strand.count("C")) // len(strand)


def numbered_lines(text: str) -> str:
    return "\n".join(f"{number}: {line}" for number, line in enumerate(text.split("\n"), 1))


def packed(text: str) -> str:
    return "".join(f"{len(list(run))}{letter}" for letter, run in groupby(text))


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20280304)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_file(rng: random.Random) -> Arguments:
    parts = [rng.choice(["a", "notes", "x 1", "", "tar", "GZ", "my-file", "2024"]) for _ in range(rng.randint(1, 4))]
    return (rng.choice(["", ".", "b/"]) + ".".join(parts) + rng.choice(["", "", "c"]) or "z",)


def _draw_invoice(rng: random.Random) -> Arguments:
    return rng.randint(2000, 2099), rng.randint(1, 10 ** rng.randint(1, 5) - 1)


def _draw_strand(rng: random.Random) -> Arguments:
    letters = rng.choice(["ACGT", "ACGT", "AT", "GC", "AAAG", "TCCC"])
    return ("".join(rng.choice(letters) for _ in range(rng.randint(1, rng.choice([4, 12])))),)


def _draw_listing(rng: random.Random) -> Arguments:
    lines = ["salt", "", "two eggs", " rice", "a: b", "1", "milk "]
    return ("\n".join(rng.choice(lines) for _ in range(rng.choice([1, 2, 3, 4, 6, 12]))),)


def _draw_runs(rng: random.Random) -> Arguments:
    runs = [rng.choice("abAzQ") * rng.choice([1, 1, 2, 3, 4, 11]) for _ in range(rng.randint(1, 5))]
    return ("".join(runs),)


INPUTS: dict[str, list[Arguments]] = {
    "without_extension": _inputs(
        [(name,) for name in (".", "..", "a", "a.", ".a", "a.b", "a.b.c", "a..b", "Makefile", "x y.z")], _draw_file, 180
    ),
    "invoice_number": _inputs(
        [
            (year, number)
            for year in (2000, 2024, 2099)
            for number in (1, 9, 10, 99, 100, 999, 1000, 9999, 10000, 99999)
        ],
        _draw_invoice,
        160,
    ),
    "opposite_strand": _inputs(
        [(strand,) for strand in ("", "A", "C", "G", "T", "AT", "CG", "AC", "GA", "TTT", "AACC")], _draw_strand, 200
    ),
    "gc_percent": _inputs(
        [(strand,) for strand in ("A", "C", "G", "T", "AC", "GT", "CG", "ATG", "CCA", "GGT", "ATTTTTG")],
        _draw_strand,
        200,
    ),
    "numbered_lines": _inputs(
        [(text,) for text in ("", "\n", "a", "a\n", "\na", "a\nb", "a\n\nb")], _draw_listing, 180
    ),
    "packed": _inputs(
        [(text,) for text in ("", "a", "aa", "ab", "aab", "abb", "aba", "aA", "aabbcc", "x" * 10, "y" * 100)],
        _draw_runs,
        200,
    ),
}
