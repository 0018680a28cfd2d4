"""The Towers of Hanoi, cut until the questions repeat: one small question a move.

    swarmwright run examples/hanoi.py --disks 20

Every other move takes the smallest disk to the next peg in turn: which peg comes next? The moves between are made by
the two other pegs: which of their top disks is smaller? The state says the rest (an empty peg holds its floor, which
is larger than every disk). So a million moves rest on some hundred questions.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from swarmwright import Chain, Phrasing, Question

PEGS = "ABC"
PAIRS = ((4, 9), (12, 3), (7, 15), (20, 18))


class State(NamedTuple):
    """How many moves were made, and the disks on each peg, the lowest first."""

    moves: int
    pegs: tuple[tuple[int, ...], ...]


class Hanoi(Chain):
    """All disks from peg A to peg C, never a larger one on a smaller one."""

    def __init__(self, disks: int = 3) -> None:
        if not 1 <= disks <= 30:
            raise ValueError("disks must be from 1 to 30")
        self.disks = disks
        self.turn = PEGS if disks % 2 == 0 else PEGS[::-1]

    def first(self) -> State:
        return State(0, (tuple(range(self.disks, 0, -1)), (), ()))

    def steps(self) -> int:
        return 2**self.disks - 1

    def question(self, state: State) -> Question | None:
        if len(state.pegs[2]) == self.disks:
            return None
        if state.moves % 2 == 0:
            return next_peg(self.turn, PEGS[peg_of_smallest(state)])
        one, other = self.others(state)
        return smaller(self.top(state, one), self.top(state, other))

    def after(self, state: State, answer: int | str) -> State:
        start = peg_of_smallest(state)
        if state.moves % 2 == 0:
            end = PEGS.index(str(answer))
        else:
            one, other = self.others(state)
            start, end = (one, other) if answer == self.top(state, one) else (other, one)
        return State(state.moves + 1, move(state.pegs, start, end))

    def truth(self, state: State) -> int | str:
        if state.moves % 2 == 0:
            return self.turn[(self.turn.index(PEGS[peg_of_smallest(state)]) + 1) % 3]
        return min(self.top(state, peg) for peg in self.others(state))

    def result(self, state: State) -> str:
        a, b, c = map(len, state.pegs)
        return f"after {state.moves:,} moves {a} disks on A, {b} on B, {c} on C"

    def others(self, state: State) -> tuple[int, int]:
        """Return the two pegs that do not hold the smallest disk."""
        start = peg_of_smallest(state)
        return (1, 2) if start == 0 else (0, 2) if start == 1 else (0, 1)

    def top(self, state: State, peg: int) -> int:
        """Return a peg's top disk, or the floor."""
        return state.pegs[peg][-1] if state.pegs[peg] else self.disks + 1


def peg_of_smallest(state: State) -> int:
    """Return the peg that holds disk 1."""
    return next(peg for peg, disks in enumerate(state.pegs) if disks and disks[-1] == 1)


def move(pegs: tuple[tuple[int, ...], ...], start: int, end: int) -> tuple[tuple[int, ...], ...]:
    """Return the pegs after the top disk of one went to another."""
    moved = [*pegs]
    moved[start], moved[end] = pegs[start][:-1], (*pegs[end], pegs[start][-1])
    return tuple(moved)


@cache
def smaller(a: int, b: int) -> Question:
    """Ask which of two numbers is smaller: as a minimum, a maximum, a comparison... they err on different pairs."""

    def one_of(text: str) -> int | None:
        number = int(text)
        return number if number in (a, b) else None

    def the_other(text: str) -> int | None:
        number = one_of(text)
        return None if number is None else a + b - number

    def truth(yes: int, no: int, text: str) -> int:
        return {"True": yes, "False": no}[text.strip()]

    return Question(
        kind="smaller",
        phrasings=(
            session("min({a}, {b})", min, a, b, one_of),
            session("max({a}, {b})", max, a, b, the_other),
            session("{a} > {b}", lambda x, y: x > y, a, b, lambda text: truth(b, a, text)),
            session("min([{b}, {a}])", min, a, b, one_of),
            session("max([{b}, {a}])", max, a, b, the_other),
            session("{b} > {a}", lambda x, y: y > x, a, b, lambda text: truth(a, b, text)),
        ),
    )


def session(call, result, a, b, read) -> Phrasing:
    """Return a Python session with four worked lines, ready for the answer to the fifth."""
    lines = [f">>> {call.format(a=x, b=y)}\n{result(x, y)}\n" for x, y in PAIRS]
    return Phrasing("You are a Python interpreter.", "".join(lines) + f">>> {call.format(a=a, b=b)}\n", read)


@cache
def next_peg(turn: str, peg: str) -> Question:
    """Ask which peg comes next when three take turns."""
    round_trip = f"{turn}{turn}{turn}"

    def one_of(text: str) -> str | None:
        name = text.strip().strip("'\".")
        return name if name in PEGS and len(name) == 1 else None

    pairs = "".join(f"after {one} comes {other}\n" for one, other in zip(round_trip, round_trip[1:4], strict=False))
    listed = " ".join(round_trip)
    table = {one: other for one, other in zip(turn, turn[1:] + turn[0], strict=True)}
    return Question(
        kind="next peg",
        phrasings=(
            Phrasing(f"The pegs take turns in this order: {listed}", f"{pairs}after {peg} comes", one_of),
            Phrasing("You are a Python interpreter.", f">>> following = {table}\n>>> following['{peg}']\n", one_of),
            Phrasing(f"Three pegs stand in a circle: {listed} and so on.", f"{pairs}The peg after {peg} is", one_of),
        ),
    )
