"""Inputs made by moving values about inside others: one constant planted, two places made equal, the rest made plain.

What depends on an exact sum, a tie or a value at a limit hardly ever comes of drawing every part by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from swarmwright.verify.inside.taste import Taste

_MOST_LEAVES = 60
_PLANTED_LEAVES = 5
_PLANTED_CONSTANTS = 12
_PLAIN_INTEGERS = (1, 1, 1, 0, 2)
_PLAIN_FLOATS = (1.0, 1.0, 0.0, 2.0)

Path = tuple[Any, ...]


def leaves(value: Any, path: Path = (), depth: int = 5) -> Iterator[tuple[Path, Any]]:
    """Yield every number and text inside a value, with the way to it (a mapping's keys are no leaves)."""
    if isinstance(value, bool) or depth < 0:
        return
    if isinstance(value, int | float | str):
        yield path, value
    elif type(value) in (list, tuple):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index), depth - 1)
    elif type(value) is dict:
        for key, item in value.items():
            yield from leaves(item, (*path, key), depth - 1)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.init:
                yield from leaves(getattr(value, field.name), (*path, field.name), depth - 1)


def replaced(value: Any, path: Path, new: Any) -> Any:
    """Return the value with ``new`` at the end of the path; nothing that was given is changed.

    Raises:
        Exception: whatever a class of the specification raises when it refuses the new field.
    """
    if not path:
        return new
    step, rest = path[0], path[1:]
    if type(value) is dict:
        return {key: replaced(item, rest, new) if key == step else item for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(replaced(item, rest, new) if n == step else item for n, item in enumerate(value))
    return dataclasses.replace(value, **{step: replaced(getattr(value, step), rest, new)})


def planted(base: Mapping[str, Any], random: Random, taste: Taste) -> dict[str, Any]:
    """Return the arguments with one leaf at (or one beside) a constant that was seen, half the time all else plain."""
    made: Any = dict(base)
    if random.random() < 0.5:
        made = {name: _shortened(value) for name, value in made.items()}
    places = list(leaves(made))[:_MOST_LEAVES]
    if not places:
        return dict(made)
    chosen = random.randrange(len(places))
    plain = random.random() < 0.5
    for number, (path, old) in enumerate(places):
        if number == chosen:
            made = replaced(made, path, _constant(old, random, taste))
        elif plain and isinstance(old, int | float):
            made = replaced(made, path, random.choice(_PLAIN_INTEGERS if isinstance(old, int) else _PLAIN_FLOATS))
    return dict(made)


def all_planted(base: Mapping[str, Any], taste: Taste) -> Iterator[dict[str, Any]]:
    """Yield the arguments with every constant in every place of its type; all other numbers are one, lists short."""
    made: Any = {name: _shortened(value) for name, value in base.items()}
    places = list(leaves(made))[:_PLANTED_LEAVES]
    for path, old in places:
        if isinstance(old, int | float):
            made = replaced(made, path, type(old)(1))
    for constant in list(taste.constants)[:_PLANTED_CONSTANTS]:
        for path, old in places:
            if isinstance(old, str) == isinstance(constant, str) and isinstance(old, type(constant) | float):
                yield replaced(made, path, float(constant) if isinstance(old, float) else constant)


def equalised(base: Mapping[str, Any], random: Random) -> dict[str, Any]:
    """Return the arguments with one leaf copied to another place of its type: ties, equal bounds, sums of zero."""
    made: Any = dict(base)
    places = list(leaves(made))[:_MOST_LEAVES]
    if not places:
        return dict(made)
    path, value = random.choice(places)
    others = [other for other, old in places if type(old) is type(value) and other != path and old != value]
    if others:
        if isinstance(value, int | float) and random.random() < 0.2:
            value = -value
        made = replaced(made, random.choice(others), value)
    return dict(made)


def _shortened(value: Any) -> Any:
    if type(value) is list:
        return value[:1]
    return dict(list(value.items())[:1]) if type(value) is dict else value


def _constant(old: Any, random: Random, taste: Taste) -> Any:
    if isinstance(old, str):
        return random.choice([one for one in taste.constants if isinstance(one, str)] or list(taste.texts) or [old])
    numbers: list[Any] = [*taste.integers, *(taste.floats if isinstance(old, float) else ())]
    number = random.choice(numbers or [0]) + random.choice((0, 0, 0, 1, -1))
    return float(number) if isinstance(old, float) and abs(number) < 1e15 else number
