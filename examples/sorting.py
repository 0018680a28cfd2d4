"""Sorting by comparisons: each number is put into its place among those before it, by halving.

    swarmwright run examples/sorting.py --numbers 500

Each step asks which of two numbers is smaller; the answer decides what is asked next.
"""

from __future__ import annotations

import random
from functools import cache
from typing import NamedTuple

from swarmwright import Chain, Phrasing, Question

SHOWN = ((417, 92), (38, 305), (771, 768), (6, 19))


class State(NamedTuple):
    """The numbers in order so far, and the range of places in which the next one belongs."""

    ordered: tuple[int, ...]
    low: int
    high: int


class Sorting(Chain):
    """Some numbers from 0 to 999, in an order that the seed says."""

    def __init__(self, numbers: int = 20, seed: int = 0) -> None:
        if not 1 <= numbers <= 1000:
            raise ValueError("numbers must be from 1 to 1000")
        self.given = tuple(random.Random(seed).sample(range(1000), numbers))

    def first(self) -> State:
        return State(self.given[:1], 0, 1)

    def question(self, state: State) -> Question | None:
        if len(state.ordered) == len(self.given):
            return None
        return smaller(self.given[len(state.ordered)], state.ordered[(state.low + state.high) // 2])

    def after(self, state: State, answer: int) -> State:
        number, middle = self.given[len(state.ordered)], (state.low + state.high) // 2
        low, high = (state.low, middle) if answer == number else (middle + 1, state.high)
        if low < high:
            return State(state.ordered, low, high)
        ordered = (*state.ordered[:low], number, *state.ordered[low:])
        return State(ordered, 0, len(ordered))

    def truth(self, state: State) -> int:
        return min(self.given[len(state.ordered)], state.ordered[(state.low + state.high) // 2])

    def result(self, state: State) -> str:
        done = f"{len(state.ordered)} of {len(self.given)} numbers are placed"
        return f"{done}, {'in' if list(state.ordered) == sorted(state.ordered) else 'NOT in'} order"


@cache
def smaller(a: int, b: int) -> Question:
    """Ask which of two numbers is smaller, in several ways."""

    def one_of(text: str) -> int | None:
        return int(text) if int(text) in (a, b) else None

    def the_other(text: str) -> int | None:
        return None if one_of(text) is None else a + b - int(text)

    def session(call, result, read) -> Phrasing:
        lines = [f">>> {call.format(a=x, b=y)}\n{result(x, y)}\n" for x, y in SHOWN]
        return Phrasing("You are a Python interpreter.", "".join(lines) + f">>> {call.format(a=a, b=b)}\n", read)

    return Question(
        kind="smaller",
        phrasings=(
            session("min({a}, {b})", min, one_of),
            session("max({a}, {b})", max, the_other),
            session("{a} > {b}", lambda x, y: x > y, lambda text: {"True": b, "False": a}[text.strip()]),
            session("min([{b}, {a}])", min, one_of),
            session("{b} > {a}", lambda x, y: y > x, lambda text: {"True": a, "False": b}[text.strip()]),
        ),
    )
