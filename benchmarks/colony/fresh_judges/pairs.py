"""Hidden judge of benchmarks/colony/fresh/pairs.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def fraction_product(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    return left[0] * right[0], left[1] * right[1]


def rank_gap(ranks: dict[str, int], first: str, second: str) -> int:
    return abs(ranks[first] - ranks[second])


def overall_range(days: list[tuple[int, int]]) -> tuple[int, int]:
    return min(low for low, _ in days), max(high for _, high in days)


def translated(text: str, glossary: dict[str, str]) -> str:
    return " ".join(glossary.get(word, word) for word in text.split())


def passed_names(marks: dict[str, list[int]], least: int) -> list[str]:
    return sorted(name for name, given in marks.items() if sum(given) >= least * len(given))


def is_knight_move(start: tuple[int, int], end: tuple[int, int]) -> bool:
    return sorted((abs(start[0] - end[0]), abs(start[1] - end[1]))) == [1, 2]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270419)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


PLAYERS = ["Ida", "Jon", "Kim", "Lea", "Max", "Ned", "Oli"]
GLOSSARY = {
    "red": "rot",
    "cat": "Katze",
    "day": "Tag",
    "no": "nein",
    "a": "ein",
    "rot": "Moder",
    "good": "gut",
    "by": "",
    "milk": "Milch",
}
WORDS = ["red", "cat", "day", "no", "a", "rot", "good", "Red", "wine", "cats", "by", "milk", "it."]


def _draw_fractions(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 12, 99])
    below = [number for number in range(-reach, reach + 1) if number != 0]
    return (rng.randint(-reach, reach), rng.choice(below)), (rng.randint(-reach, reach), rng.choice(below))


def _draw_ranks(rng: random.Random) -> Arguments:
    names = rng.sample(PLAYERS, rng.randint(2, 6))
    ranks = {name: rng.randint(1, rng.choice([5, 60])) for name in names}
    first, second = rng.sample(names, 2)
    return ranks, first, rng.choice([first, second, second, second])


def _draw_days(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 15, 40])
    lows = [rng.randint(-reach, reach) for _ in range(rng.randint(1, 6))]
    return ([(low, low + rng.randint(0, reach)) for low in lows],)


def _draw_translation(rng: random.Random) -> Arguments:
    spaces = rng.choice([[" "], [" ", "  "]])
    text = "".join(rng.choice(WORDS) + rng.choice(spaces) for _ in range(rng.randint(0, 7)))
    known = rng.sample(sorted(GLOSSARY), rng.randint(0, len(GLOSSARY)))
    return rng.choice([text, text.strip(), " " + text]), {word: GLOSSARY[word] for word in known}


def _draw_marks(rng: random.Random) -> Arguments:
    names = rng.sample(PLAYERS, rng.randint(0, 6))
    return {name: [rng.randint(0, 10) for _ in range(rng.randint(1, 4))] for name in names}, rng.randint(2, 8)


def _draw_squares(rng: random.Random) -> Arguments:
    column, row = rng.randint(1, 8), rng.randint(1, 8)
    step = rng.choice([(1, 2), (2, 1), (1, 1), (2, 2), (rng.randint(0, 3), rng.randint(0, 3))])
    end = (column + rng.choice([-1, 1]) * step[0], row + rng.choice([-1, 1]) * step[1])
    return (column, row), rng.choice([end, end, end, (rng.randint(1, 8), rng.randint(1, 8))])


INPUTS: dict[str, list[Arguments]] = {
    "fraction_product": _inputs(
        [((0, 1), (0, 1)), ((1, 1), (1, 1)), ((1, 2), (2, 1)), ((-1, 2), (1, -2)), ((0, 3), (5, 7)), ((2, 4), (3, 6)), ((9, 2), (7, 5))],
        _draw_fractions,
        160,
    ),
    "rank_gap": _inputs(
        [
            ({"A": 1}, "A", "A"), ({"A": 1, "B": 2}, "A", "B"), ({"A": 1, "B": 2}, "B", "A"), ({"A": 3, "B": 3}, "A", "B"),
            ({"B": 9, "A": 1, "C": 5}, "C", "A"), ({"B": 9, "A": 1, "C": 5}, "B", "A"), ({"B": 9, "A": 1, "C": 5}, "A", "B"),
        ],
        _draw_ranks,
        180,
    ),
    "overall_range": _inputs(
        [
            ([(0, 0)],), ([(0, 1)],), ([(-1, 0)],), ([(0, 1), (2, 3)],), ([(2, 3), (0, 1)],), ([(0, 9), (3, 4)],), ([(3, 4), (0, 9)],),
            ([(0, 4), (2, 6)],), ([(-9, -8), (-7, -2)],), ([(1, 2)] * 3,),
        ],
        _draw_days,
        180,
    ),
    "translated": _inputs(
        [
            ("", {}), (" ", {}), ("a", {}), ("a", {"a": "b"}), ("a b", {"a": "b", "b": "a"}), ("a a", {"a": "b"}), ("aa a", {"a": "b"}),
            (" a  b ", {"b": "c"}), ("A", {"a": "b"}), ("x y z", {"y": "w"}),
        ],
        _draw_translation,
        220,
    ),
    "passed_names": _inputs(
        [
            ({}, 0), ({}, 5), ({"A": [5]}, 5), ({"A": [5]}, 6), ({"A": [4, 5]}, 5), ({"A": [5, 5]}, 5), ({"A": [6, 4]}, 5), ({"B": [9], "A": [9]}, 5),
            ({"B": [1], "A": [9]}, 5), ({"B": [9, 1], "A": [9, 0], "C": [10, 0, 5]}, 5), ({"C": [0], "b": [0], "A": [0]}, 0),
        ],
        _draw_marks,
        220,
    ),
    "is_knight_move": _inputs(
        [((4, 4), (4 + right, 4 + up)) for right in (-3, -2, -1, 0, 1, 2, 3) for up in (-3, -2, -1, 0, 1, 2, 3)], _draw_squares, 240
    ),
}  # fmt: skip
