"""Hidden judge of benchmarks/colony/unseen/compositions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def shelf_mark(title: str) -> str:
    return title.strip()[:3].upper()


def marks_in_use(titles: list[str]) -> list[str]:
    return sorted({shelf_mark(title) for title in titles})


def titles_on_shelf(titles: list[str], mark: str) -> str:
    return "; ".join(title.strip() for title in titles if shelf_mark(title) == mark.upper())


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261207)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


TITLES = [
    "Emma",
    "Emmeline",
    "emil",
    "The Trial",
    "the castle",
    "Dune",
    "It",
    "it",
    "Italy",
    "A room",
    "1984",
    "Ulysses",
    "ULYSSES",
]


def _title(rng: random.Random) -> str:
    return rng.choice(["", "", " ", "  "]) + rng.choice(TITLES) + rng.choice(["", "", " ", "  "])


def _draw_title(rng: random.Random) -> Arguments:
    letters = "".join(rng.choice("abC dE-1") for _ in range(rng.randint(0, 6)))
    return (rng.choice([letters, " " + letters, _title(rng)]),)


def _draw_titles(rng: random.Random) -> Arguments:
    return ([_title(rng) for _ in range(rng.randint(0, 6))],)


def _draw_shelf(rng: random.Random) -> Arguments:
    titles = [_title(rng) for _ in range(rng.randint(0, 7))]
    mark = rng.choice([*titles, *titles, _title(rng)]).strip()[:3]
    return titles, rng.choice([mark, mark.upper(), mark.lower()])


INPUTS: dict[str, list[Arguments]] = {
    "shelf_mark": _inputs([("",), (" ",), ("a",), ("ab",), ("abc",), ("abcd",), (" abcd",), ("abcd ",), ("a bcd",), ("ABCD",)], _draw_title, 180),
    "marks_in_use": _inputs([([],), (["a"],), (["b", "a"],), (["a", "A"],), (["abcd", "abce"],), (["z", "abc ", " B"],)], _draw_titles, 180),
    "titles_on_shelf": _inputs(
        [
            ([], ""), ([], "A"), (["a"], "A"), (["A"], "a"), (["abcd"], "abcd"), (["abcd"], "abc"), (["abcd", " ABCE "], "Abc"),
            (["ab", "abc"], "AB"), (["b", "a", "b"], "B"),
        ],
        _draw_shelf,
        200,
    ),
}  # fmt: skip
