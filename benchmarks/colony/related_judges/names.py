"""Hidden judge of the group `names`: references and inputs."""

import random
from typing import Any

Arguments = tuple[Any, ...]


def tidy_name(name: str) -> str:
    return " ".join(name.split()).lower()


def is_same_name(first: str, second: str) -> bool:
    return " ".join(first.split()).lower() == " ".join(second.split()).lower()


def tidy_names(names: list[str]) -> list[str]:
    return [" ".join(name.split()).lower() for name in names]


def distinct_names(names: list[str]) -> int:
    return len({" ".join(name.split()).lower() for name in names})


def first_in_order(names: list[str]) -> str:
    return min(" ".join(name.split()).lower() for name in names)


def _name(draw: random.Random) -> str:
    words = draw.choices(
        ["Ada", "bob", "LEE", "Mc Gee", "o'Hara", "von", "X", "zoe", "Jean-Luc", "ann"], k=draw.randint(1, 3)
    )
    spaces = [" " * draw.choice((1, 1, 2, 3)) for _ in words]
    text = "".join(word + space for word, space in zip(words, spaces, strict=True))
    return draw.choice(("", " ", "  ")) + (text if draw.random() < 0.6 else text.strip())


def _retyped(name: str, draw: random.Random) -> str:
    text = (" " * draw.randint(1, 2)).join(name.split())
    return draw.choice((text.upper(), text.lower(), f" {text}", text.title()))


def _names(draw: random.Random, least: int = 0) -> list[str]:
    names = [_name(draw) for _ in range(draw.randint(least, 4))]
    names += [_retyped(draw.choice(names), draw) for _ in range(draw.randint(0, 2)) if names]
    return draw.sample(names, len(names))


def _distinct(make: Any, count: int = 160) -> list[Arguments]:
    draw = random.Random(17)
    found: dict[str, Arguments] = {}
    while len(found) < count:
        arguments = make(draw)
        found[repr(arguments)] = arguments
    return list(found.values())


def _pair(draw: random.Random) -> Arguments:
    first = _name(draw)
    return (first, _retyped(first, draw)) if draw.random() < 0.5 else (first, _name(draw))


INPUTS: dict[str, list[Arguments]] = {
    "tidy_name": [("",), (" ",), *_distinct(lambda draw: (_name(draw),))],
    "is_same_name": [("", ""), ("a", ""), *_distinct(_pair)],
    "tidy_names": _distinct(lambda draw: (_names(draw),)),
    "distinct_names": _distinct(lambda draw: (_names(draw),)),
    "first_in_order": _distinct(lambda draw: (_names(draw, 1),)),
}
