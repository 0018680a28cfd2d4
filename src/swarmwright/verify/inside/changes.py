"""Small changes of values: what is one step away from an example, where wrong functions often differ."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import decimal
import enum
from random import Random
from typing import Any

from swarmwright.verify.inside.taste import Taste

_ALIEN = " .,-_'!?\t0A1zé"


def changed(value: Any, random: Random, taste: Taste, depth: int = 4) -> Any:
    """Return a value one small random step away from ``value``; of the same type (None may stay None)."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, enum.Enum):
        return random.choice(list(type(value)))
    if isinstance(value, int):
        made = random.choice((value + 1, value - 1, -value, value * 2, value // 2, value + 10, value * 10, value % 10))
        # Change upon change would grow without end, and many a right function counts up to its argument.
        return made if abs(made) <= max(abs(value), taste.magnitude) else value - 1
    if isinstance(value, float):
        return random.choice((value + 1, value - 1, -value, value / 2, value + 0.5, float(round(value)), value * 3))
    if isinstance(value, str):
        return _changed_text(value, random, taste)
    if isinstance(value, bytes):
        return bytes(_changed_items(list(value), random, lambda n: (n + 1) % 256))
    if isinstance(value, decimal.Decimal):
        return value + decimal.Decimal(random.choice(("1", "-1", "0.1", "-0.01")))
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=random.choice((1, -1, 7, 30, 365, -365)))
    if isinstance(value, datetime.timedelta):
        return value + datetime.timedelta(seconds=random.choice((1, -1, 60, 3600, 86400)))
    return _changed_compound(value, random, taste, depth)


def _changed_compound(value: Any, random: Random, taste: Taste, depth: int) -> Any:
    if depth == 0:
        return value

    def inner(item: Any) -> Any:
        return changed(item, random, taste, depth - 1)

    if isinstance(value, list):
        return _changed_items(value, random, inner)
    if type(value) is tuple:
        # A tuple's length is usually part of its type: only its items change.
        return tuple(_one_changed(list(value), random, inner))
    if isinstance(value, set | frozenset):
        return type(value)(_changed_items(sorted(value, key=repr), random, inner))
    if type(value) is dict:
        return _changed_mapping(value, random, inner)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*_one_changed(list(value), random, inner))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _changed_record(value, random, inner)
    return copy.copy(value)


def _changed_record(value: Any, random: Random, inner: Any) -> Any:
    names = [field.name for field in dataclasses.fields(value) if field.init]
    if not names:
        return value
    name = random.choice(names)
    return dataclasses.replace(value, **{name: inner(getattr(value, name))})


def _one_changed(items: list[Any], random: Random, inner: Any) -> list[Any]:
    if items:
        place = random.randrange(len(items))
        items[place] = inner(items[place])
    return items


def _changed_items(value: list[Any], random: Random, inner: Any) -> list[Any]:
    items = list(value)
    if not items:
        return items
    place, other = random.randrange(len(items)), random.randrange(len(items))
    step = random.randrange(8)
    if step == 0:
        del items[place]
    elif step == 1:
        items.insert(place, copy.deepcopy(items[other]))
    elif step == 2:
        items[place], items[other] = items[other], items[place]
    elif step == 3:
        items.reverse()
    elif step == 4:
        items = items[:place]
    elif step == 5:
        items = items + copy.deepcopy(items)
    else:
        items[place] = inner(items[place])
    return items


def _changed_mapping(value: dict[Any, Any], random: Random, inner: Any) -> dict[Any, Any]:
    pairs = list(value.items())
    if not pairs:
        return {}
    place = random.randrange(len(pairs))
    step = random.randrange(4)
    if step == 0:
        del pairs[place]
    elif step == 1:
        pairs[place] = (inner(pairs[place][0]), pairs[place][1])
    elif step == 2:
        pairs.reverse()
    else:
        pairs[place] = (pairs[place][0], inner(pairs[place][1]))
    return dict(pairs)


def _changed_text(value: str, random: Random, taste: Taste) -> str:
    if not value:
        return random.choice((" ", "a", *taste.words, *taste.example_characters))
    place, other = sorted((random.randrange(len(value)), random.randrange(len(value))))
    seen = "".join(taste.example_characters) or "ab"
    step = random.randrange(15)
    character = value[place]
    if step == 0:
        return value[:place] + value[place + 1 :]
    if step == 1:
        return value[:place] + character + value[place:]
    if step == 2:
        return value[:place] + value[other] + value[place + 1 : other] + character + value[other + 1 :]
    if step == 3:
        return value[:place] + random.choice(seen) + value[place + 1 :]
    if step == 4:
        return value[:place] + random.choice(seen) + value[place:]
    if step == 5:
        return value[:place] + character.swapcase() + value[place + 1 :]
    if step == 6:
        return random.choice((value.upper(), value.lower(), value.swapcase(), value.title()))
    if step == 7:
        return value[::-1]
    if step == 8:
        return random.choice((value[:place], value[place:], value[:place] + value[other:]))
    if step == 9:
        return random.choice((" " + value, value + " ", f"  {value}  ", value.replace(" ", "  "), value + "\n"))
    if step == 10:
        return value[:place] + random.choice(_ALIEN) + value[place:]
    if step == 11:
        return value + value
    if step in (12, 13):
        return changed_tokens(value, random)
    return value[place:] + value[:place]


def changed_tokens(value: str, random: Random) -> str:
    """Drop, repeat, swap, empty or add one of the parts that a separator of the text divides it into."""
    separators = sorted({character for character in value if not character.isalnum()})
    if not separators:
        return value
    separator = random.choice(separators)
    tokens = value.split(separator)
    place, other = random.randrange(len(tokens)), random.randrange(len(tokens))
    step = random.randrange(6)
    if step == 0:
        del tokens[place]
    elif step == 1:
        tokens.insert(other, tokens[place])
    elif step == 2:
        tokens[place], tokens[other] = tokens[other], tokens[place]
    elif step == 3:
        tokens[place] = ""
    elif step == 4:
        tokens[place] = tokens[other]
    else:
        tokens.append("0" if any(token.isdigit() for token in tokens) else "")
    return separator.join(tokens)
