"""The Towers of Hanoi, cut until the questions repeat: one small question a move.

    swarmwright run examples/hanoi.py --disks 20

Every other move takes the smallest disk to the next peg in turn: which peg comes next? The moves between are made by
the two other pegs: which of their top disks is smaller? The state says the rest (an empty peg holds its floor, which
is larger than every disk). So a million moves rest on some hundred questions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from swarmwright import Chain, Phrasing, Question

PEGS = "ABC"
OTHERS = ((1, 2), (0, 2), (0, 1))
"""The two pegs that do not hold disk 1, by the one that does."""
SHOWN = ((34, 39), (48, 35), (32, 43), (50, 47), (37, 36), (45, 33))
"""Worked lines for the model; none of them is ever asked, since there are at most 30 disks."""


class State(NamedTuple):
    """How many moves were made, the peg that holds disk 1, and the disks on each peg, the lowest first."""

    moves: int
    small: int
    pegs: tuple[tuple[int, ...], ...]


class Hanoi(Chain):
    """All disks from peg A to peg C, never a larger one on a smaller one."""

    def __init__(self, disks: int = 3) -> None:
        if not 1 <= disks <= 30:
            raise ValueError("disks must be from 1 to 30")
        self.disks = disks
        self.turn = PEGS if disks % 2 == 0 else PEGS[::-1]

    def first(self) -> State:
        return State(0, 0, (tuple(range(self.disks, 0, -1)), (), ()))

    def steps(self) -> int:
        return 2**self.disks - 1

    def question(self, state: State) -> Question | None:
        if len(state.pegs[2]) == self.disks:
            return None
        if state.moves % 2 == 0:
            return next_peg(self.turn, PEGS[state.small])
        one, other = OTHERS[state.small]
        return smaller(self.top(state, one), self.top(state, other))

    def after(self, state: State, answer: int | str) -> State:
        if state.moves % 2 == 0:
            end = PEGS.index(str(answer))
            return State(state.moves + 1, end, move(state.pegs, state.small, end))
        one, other = OTHERS[state.small]
        start, end = (one, other) if answer == self.top(state, one) else (other, one)
        return State(state.moves + 1, state.small, move(state.pegs, start, end))

    def truth(self, state: State) -> int | str:
        if state.moves % 2 == 0:
            return self.turn[(self.turn.index(PEGS[state.small]) + 1) % 3]
        one, other = OTHERS[state.small]
        return min(self.top(state, one), self.top(state, other))

    def result(self, state: State) -> str:
        a, b, c = map(len, state.pegs)
        return f"after {state.moves:,} moves {a} disks on A, {b} on B, {c} on C"

    def top(self, state: State, peg: int) -> int:
        """Return a peg's top disk, or the floor."""
        disks = state.pegs[peg]
        return disks[-1] if disks else self.disks + 1


def move(pegs: tuple[tuple[int, ...], ...], start: int, end: int) -> tuple[tuple[int, ...], ...]:
    """Return the pegs after the top disk of one went to another."""
    moved = [*pegs]
    moved[start], moved[end] = pegs[start][:-1], (*pegs[end], pegs[start][-1])
    return tuple(moved)


@cache
def smaller(a: int, b: int) -> Question:
    """Ask which of two numbers is smaller, in ways that err on different pairs."""

    def one_of(text: str) -> int | None:
        number = int(text)
        return number if number in (a, b) else None

    def true(yes: int, no: int) -> Callable[[str], int]:
        return lambda text: {"True": yes, "False": no}[text.strip()]

    return Question(
        kind="smaller",
        phrasings=(
            session("Evaluate comparisons as Python does.", "{a} > {b}", lambda x, y: x > y, a, b, true(b, a)),
            session("Say which is smaller, as Python does.", "{b} < {a}", lambda x, y: y < x, a, b, true(b, a)),
            session("Sort numbers as Python does.", "sorted([{a}, {b}])[0]", min, a, b, one_of),
            session("Sort them, smallest first, as Python does.", "sorted([{b}, {a}])[0]", min, a, b, one_of),
            session("Compare two numbers as Python does.", "{a} < {b}", lambda x, y: x < y, a, b, true(a, b)),
            session("Say which is larger, as Python does.", "{b} > {a}", lambda x, y: y > x, a, b, true(a, b)),
        ),
        max_tokens=8,
    )


def session(
    told: str, call: str, result: Callable[[int, int], object], a: int, b: int, read: Callable[[str], object]
) -> Phrasing:
    """Return a Python session with worked lines, ready for the answer to the last."""
    lines = [f">>> {call.format(a=x, b=y)}\n{result(x, y)}\n" for x, y in SHOWN]
    return Phrasing(told, "".join(lines) + f">>> {call.format(a=a, b=b)}\n", read)


@cache
def next_peg(turn: str, peg: str) -> Question:
    """Ask which peg comes next when three take turns."""

    def one_of(text: str) -> str | None:
        name = text.strip().strip("'\".")
        return name if len(name) == 1 and name in PEGS else None

    place = turn.index(peg)
    so_far = turn + turn + turn[: place + 1]
    following = {one: other for one, other in zip(turn, turn[1:] + turn[0], strict=True)}
    return Question(
        kind="next peg",
        phrasings=(
            Phrasing("Three pegs take turns. Go on with the list.", f"{', '.join(so_far)},", one_of),
            Phrasing("Look keys up as Python does.", f">>> following = {following}\n>>> following['{peg}']\n", one_of),
            Phrasing("Go on with the arrows, round and round.", f"{' -> '.join(so_far)} ->", one_of),
        ),
        max_tokens=8,
        stop=("\n", ",", "-"),
    )
