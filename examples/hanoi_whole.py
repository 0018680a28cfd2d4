"""The Towers of Hanoi as in "Solving a Million-Step LLM Task with Zero Errors" (arXiv 2511.09030): the whole state in
each prompt, and the move and the whole next state as the answer.

    swarmwright run examples/hanoi_whole.py --disks 5

The engine makes the move itself and compares: an answer whose next state is not what its move leads to is refuted.
That is no perfect check (other moves are legal, too), so the answers that are left vote.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import NamedTuple

from swarmwright import Chain, Phrasing, Question

Pegs = tuple[tuple[int, ...], ...]

RULES = """The Towers of Hanoi: three pegs numbered 0, 1, 2. Disks are numbered; 1 is the smallest. A peg is listed from
its bottom disk to its top disk. Only the top disk of a peg moves, and never onto a smaller disk.
Follow this strategy:
- If the previous move did not move disk 1, move disk 1 one peg further: 0 to 1, 1 to 2, 2 to 0.
- If the previous move moved disk 1, make the only legal move that does not move disk 1.
"""
SHOWN = (
    (((4, 3, 2, 1), (), ()), None, (1, 0, 1)),
    (((4, 3, 2), (1,), ()), 1, (2, 0, 2)),
    (((4, 3), (1,), (2,)), 2, (1, 1, 2)),
    (((4,), (3,), (2, 1)), 3, (1, 2, 0)),
)


class State(NamedTuple):
    """How many moves were made, the disks on each peg (the lowest first), and the disk that moved last."""

    moves: int
    pegs: Pegs
    moved: int | None


class WholeHanoi(Chain):
    """All disks from peg 0 to another peg: to 1 where their number is odd, to 2 where it is even."""

    def __init__(self, disks: int = 3) -> None:
        if not 1 <= disks <= 30:
            raise ValueError("disks must be from 1 to 30")
        self.disks = disks

    def first(self) -> State:
        return State(0, (tuple(range(self.disks, 0, -1)), (), ()), None)

    def steps(self) -> int:
        return 2**self.disks - 1

    def question(self, state: State) -> Question | None:
        if self.disks in (len(state.pegs[1]), len(state.pegs[2])):
            return None
        return next_move(state.pegs, state.moved)

    def after(self, state: State, answer: dict[str, list]) -> State:
        disk, start, end = answer["move"]
        return State(state.moves + 1, moved(state.pegs, start, end), disk)

    def truth(self, state: State) -> dict[str, object]:
        step = right_move(state.pegs, state.moved)
        return {"move": list(step), "state": moved(state.pegs, *step[1:])}

    def result(self, state: State) -> str:
        return f"after {state.moves:,} moves {', '.join(f'{len(p)} disks on {n}' for n, p in enumerate(state.pegs))}"


def moved(pegs: Pegs, start: int, end: int) -> Pegs:
    """Return the pegs after the top disk of one went to another."""
    disks = [*pegs]
    disks[start], disks[end] = pegs[start][:-1], (*pegs[end], pegs[start][-1])
    return tuple(disks)


def is_legal(pegs: Pegs, disk: int, start: int, end: int) -> bool:
    """Tell whether a move is allowed."""
    on_top = start in (0, 1, 2) and pegs[start][-1:] == (disk,)
    return on_top and end in (0, 1, 2) and end != start and (not pegs[end] or pegs[end][-1] > disk)


def right_move(pegs: Pegs, last: int | None) -> tuple[int, int, int]:
    """Return the strategy's move as (disk, from, to)."""
    small = next(peg for peg in range(3) if pegs[peg][-1:] == (1,))
    if last != 1:
        return 1, small, (small + 1) % 3
    one, other = (peg for peg in range(3) if peg != small)
    start, end = (one, other) if is_legal(pegs, (pegs[one] or (0,))[-1], one, other) else (other, one)
    return pegs[start][-1], start, end


def written(pegs: Pegs) -> str:
    """Return pegs as a list of lists."""
    return json.dumps([list(peg) for peg in pegs])


@cache
def next_move(pegs: Pegs, last: int | None) -> Question:
    """Ask for the move and the state that it leads to."""

    def read(text: str) -> dict[str, object] | None:
        found = re.match(r"\s*\[?(\d+), *(\d+), *(\d+)\]?\s+next state: *(\[\[.*\]\])\s*$", text)
        return None if found is None else {"move": [int(found[n]) for n in (1, 2, 3)], "state": json.loads(found[4])}

    def check(answer: dict[str, list]) -> bool:
        disk, start, end = answer["move"]
        return is_legal(pegs, disk, start, end) and answer["state"] == json.loads(written(moved(pegs, start, end)))

    def shown(pegs: Pegs, last: int | None) -> str:
        return f"state: {written(pegs)}\nprevious move moved disk: {last or 'none'}\nmove [disk, from, to]:"

    examples = "".join(
        f"{shown(pegs, last)} {list(step)}\nnext state: {written(moved(pegs, *step[1:]))}\n\n"
        for pegs, last, step in SHOWN
    )
    return Question(
        kind="move",
        phrasings=(Phrasing(f"{RULES}\nGo on in this form:\n\n{examples}", shown(pegs, last), read),),
        check=check,
        max_tokens=40 + 8 * sum(map(len, pegs)),
        temperature=0.2,
        stop=("\n\n",),
    )
