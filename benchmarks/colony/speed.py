"""Agents a second and bytes a distinct agent, beside a plain loop that does the same with nothing but dicts."""

from __future__ import annotations

import itertools
import operator
import resource
import time
from collections.abc import Callable
from typing import NamedTuple

from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.kinds import INT, Kind
from swarmwright.colony.inside.problem import Effort, Problem
from swarmwright.colony.inside.search import Search

INPUTS = ((3, 14, 2), (0, 5, -7), (12, 1, 9), (-4, 6, 30), (25, 25, 1))
NEVER = (999_983, 1, 2, 3, 4)
_PLAIN_S = 5.0


class Measured(NamedTuple):
    """What one search came to: agents tried and kept, seconds, bytes that the kept ones took."""

    name: str
    tried: int
    distinct: int
    seconds: float
    memory_bytes: int


def measure(agents: int, seconds: float) -> list[Measured]:
    """Return the plain loop's figures, the colony's with arithmetic alone, and the colony's with its whole grammar."""
    arithmetic = ("add", "subtract", "multiply", "floor-divide", "remainder", "smaller", "larger")
    found = [_plain()]
    found.append(_colony("colony, arithmetic", arithmetic, min(agents, 3_000_000), seconds))
    found.append(_colony("colony, whole grammar", (), agents, seconds))
    return found


def _colony(name: str, only: tuple[str, ...], agents: int, seconds: float) -> Measured:
    grammar = [one for one in load_grammar() if not only or one.name in only]
    kinds: tuple[tuple[str, Kind], ...] = (("a", INT), ("b", INT), ("c", INT))
    literals = ((INT, "0", 2), (INT, "1", 2), (INT, "2", 3), (INT, "10", 4))
    problem = Problem(kinds, INT, INPUTS, NEVER, literals=literals)
    before = _memory_bytes()
    began = time.monotonic()
    search = Search(problem, grammar, Effort(agents=1 << 60, seconds=seconds, live=agents), lambda *_: False)
    search.run()
    took = time.monotonic() - began
    return Measured(name, search.tried, search.live, took, max(0, _memory_bytes() - before))


def _memory_bytes() -> int:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _plain() -> Measured:
    """Search sums, differences and products bottom-up as anybody would write it first: one call for each input."""
    functions: list[Callable[[int, int], int]] = [operator.add, operator.sub, operator.mul]
    levels = [[tuple(row[place] for row in INPUTS) for place in range(3)]]
    seen = {value: str(place) for place, value in enumerate(levels[0])}
    tried = 0
    before = _memory_bytes()
    began = time.monotonic()
    while time.monotonic() - began < _PLAIN_S:
        known = list(itertools.chain.from_iterable(levels))
        new = []
        for one, other in itertools.product(known, levels[-1]):
            for function in functions:
                value = tuple(function(a, b) for a, b in zip(one, other, strict=True))
                tried += 1
                if value not in seen:
                    seen[value] = f"({seen[one]},{seen[other]})"
                    new.append(value)
            if tried % 3000 == 0 and time.monotonic() - began > _PLAIN_S:
                break
        levels.append(new)
    return Measured("plain loop", tried, len(seen), time.monotonic() - began, max(0, _memory_bytes() - before))


def describe(found: list[Measured]) -> str:
    """Return the figures as a table, with the ratio to the plain loop."""
    plain = found[0].tried / found[0].seconds
    lines = [f"{len(INPUTS)} inputs of three whole numbers, one core", ""]
    lines.append("| search | agents tried | distinct | seconds | agents a second | to the plain loop | bytes each |")
    lines.append("|---|---:|---:|---:|---:|---:|---:|")
    for one in found:
        rate = one.tried / one.seconds
        lines.append(
            f"| {one.name} | {one.tried:,} | {one.distinct:,} | {one.seconds:.1f} | {rate:,.0f} | {rate / plain:.2f} "
            f"| {one.memory_bytes / max(one.distinct, 1):,.0f} |"
        )
    return "\n".join(lines)
