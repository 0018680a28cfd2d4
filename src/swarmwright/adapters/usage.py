"""Tokens of each answer, from whatever an endpoint counted."""

from __future__ import annotations

import itertools
import math
from typing import Literal

from swarmwright.adapters.wire import CHARACTERS_PER_TOKEN, Answered

TYPICAL_TOKENS_A_CHARACTER = 0.3
"""Of code in a modern vocabulary; only tells apart counts that differ by a factor of two and more."""


def what_is_counted(answered: Answered, most_tokens: int) -> Literal["unknown", "all", "one", "none"]:
    """Say what ``completion_tokens`` of a reply with several choices counts.

    Args:
        answered: the reply.
        most_tokens: the limit each choice was given.
    """
    if answered.tokens_out is None:
        return "none"
    choices = answered.choices
    if len(choices) < 2:
        return "unknown"
    if answered.tokens_out > most_tokens:
        return "all"
    if answered.timed:
        return "one"
    total = sum(choice.size for choice in choices)
    if total == 0 or choices[0].size == 0:
        return "unknown"
    # Two readings of one number: the one whose tokens a character are nearer to what is typical.
    as_all = abs(math.log(answered.tokens_out / total / TYPICAL_TOKENS_A_CHARACTER))
    as_one = abs(math.log(answered.tokens_out / choices[0].size / TYPICAL_TOKENS_A_CHARACTER))
    return "one" if as_one < as_all else "all"


def tokens_out(answered: Answered, counts: Literal["unknown", "all", "one", "none"]) -> tuple[tuple[int, ...], bool]:
    """Return the tokens of each choice, and whether they are estimates.

    A count of all choices is shared out by length (its sum is kept exactly); a count of one is the first
    choice's, and gives the rate for the others.
    """
    sizes = [choice.size for choice in answered.choices]
    counted = answered.tokens_out
    if counted is None:
        return tuple(math.ceil(size / CHARACTERS_PER_TOKEN) for size in sizes), True
    if len(sizes) == 1:
        return (counted,), False
    if counts == "one":
        rate = counted / sizes[0] if sizes[0] else 1 / CHARACTERS_PER_TOKEN
        return (counted, *(max(1, round(size * rate)) for size in sizes[1:])), True
    return _shared(counted, sizes), True


def _shared(total: int, sizes: list[int]) -> tuple[int, ...]:
    whole = sum(sizes) or len(sizes)
    weights = sizes if sum(sizes) else [1] * len(sizes)
    ends, passed = [0], 0
    for weight in weights:
        passed += weight
        ends.append(total * passed // whole)
    return tuple(after - before for before, after in itertools.pairwise(ends))
