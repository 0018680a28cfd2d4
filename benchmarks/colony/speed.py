"""Agents a second and bytes a distinct agent, beside a plain loop that does the same with nothing but dicts.

Each search runs in a process of its own, so that none is reckoned the memory of another. Seconds are those of the
processor, so that what else runs on the machine counts little.
"""

from __future__ import annotations

import itertools
import multiprocessing
import operator
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.columns import Columns, Leaf
from swarmwright.colony.inside.kinds import INT, Kind
from swarmwright.colony.inside.problem import Problem
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.steps import steps_for

INPUTS = ((3, 14, 2), (0, 5, -7), (12, 1, 9), (-4, 6, 30), (25, 25, 1))
NEVER = (999_983, 1, 2, 3, 4)
NAMES = "abc"
LITERALS = ((INT, "0", 2), (INT, "1", 2), (INT, "2", 3), (INT, "10", 4))
ARITHMETIC = ("add", "subtract", "multiply", "floor-divide", "remainder", "smaller", "larger")
_FEW = 3_000_000
_PLAIN_S = 5.0


class Measured(NamedTuple):
    """What one search came to: agents tried and kept, seconds of the processor, bytes that the kept ones took."""

    name: str
    tried: int
    distinct: int
    seconds: float
    memory_bytes: int


Part = Callable[[int, float], Measured]


def measure(agents: int, seconds: float) -> Iterator[Measured]:
    """Yield the figures of the plain loop, of the colony's objects and of its columns, in this order.

    Args:
        agents: distinct agents to stop at; a search goes on to the end of what it has begun.
        seconds: and at the latest after so many seconds.
    """
    for part in (plain, arithmetic, whole_grammar, columns_of_arithmetic, columns_of_all):
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool.submit(part, agents, seconds).result()


def plain(agents: int, seconds: float) -> Measured:
    """Search sums, differences and products bottom-up as anybody would write it first: one call for each input."""
    functions: list[Callable[[int, int], int]] = [operator.add, operator.sub, operator.mul]
    levels = [[tuple(row[place] for row in INPUTS) for place in range(3)]]
    seen = {value: str(place) for place, value in enumerate(levels[0])}
    tried = 0
    before, began = _memory_bytes(), time.process_time()
    until = began + min(seconds, _PLAIN_S)
    while time.process_time() < until and len(seen) < agents:
        known = list(itertools.chain.from_iterable(levels))
        new = []
        for one, other in itertools.product(known, levels[-1]):
            for function in functions:
                value = tuple(function(a, b) for a, b in zip(one, other, strict=True))
                tried += 1
                if value not in seen:
                    seen[value] = f"({seen[one]},{seen[other]})"
                    new.append(value)
            if tried % 3000 == 0 and (time.process_time() > until or len(seen) >= agents):
                break
        levels.append(new)
    return Measured("plain loop", tried, len(seen), time.process_time() - began, _memory_bytes() - before)


def arithmetic(agents: int, seconds: float) -> Measured:
    """Search with objects and the steps of arithmetic alone."""
    return _objects("objects, arithmetic", ARITHMETIC, min(agents, _FEW), seconds)


def whole_grammar(agents: int, seconds: float) -> Measured:
    """Search with objects and everything that the colony knows."""
    return _objects("objects, whole grammar", (), agents, seconds)


def columns_of_arithmetic(agents: int, seconds: float) -> Measured:
    """Search with columns and the steps of arithmetic alone."""
    return _columns("columns, arithmetic", ARITHMETIC, agents, seconds)


def columns_of_all(agents: int, seconds: float) -> Measured:
    """Search with columns and everything over whole numbers and conditions."""
    return _columns("columns, numbers and conditions", (), agents, seconds)


def _objects(name: str, only: tuple[str, ...], agents: int, seconds: float) -> Measured:
    grammar = [one for one in load_grammar() if not only or one.name in only]
    kinds: tuple[tuple[str, Kind], ...] = tuple((one, INT) for one in NAMES)
    problem = Problem(kinds, INT, INPUTS, NEVER, literals=LITERALS)
    effort = Foraging(agents=1 << 60, seconds=seconds, live=agents, columns=False)
    before, began = _memory_bytes(), time.process_time()
    search = Search(problem, grammar, effort, lambda *_: False)
    search.run()
    return Measured(name, search.tried, search.live, time.process_time() - began, _memory_bytes() - before)


def _columns(name: str, only: tuple[str, ...], agents: int, seconds: float) -> Measured:
    grammar = [one for one in load_grammar() if not only or one.name in only]
    leaves = [Leaf(2, INT, tuple(row[place] for row in INPUTS), one) for place, one in enumerate(NAMES)]
    leaves += [Leaf(cost, kind, (int(source),) * len(INPUTS), source) for kind, source, cost in LITERALS]
    before, began = _memory_bytes(), time.process_time()
    until = began + seconds

    def tick(_: int) -> bool:
        return columns.live >= agents or time.process_time() > until

    columns = Columns(len(INPUTS), steps_for(grammar, [INT], INT), leaves, tick, lambda *_: None)
    while columns.grow():
        pass
    return Measured(name, columns.tried, columns.live, time.process_time() - began, _memory_bytes() - before)


def _memory_bytes() -> int:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def report(agents: int, seconds: float) -> Iterator[str]:
    """Yield the lines of a table of all figures, each search compared with the plain loop, as they come."""
    yield f"{len(INPUTS)} inputs of three whole numbers, one core; seconds of the processor"
    yield ""
    yield "| search | agents tried | distinct | seconds | agents a second | to the plain loop | bytes each |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    known = 0.0
    for one in measure(agents, seconds):
        rate = one.tried / one.seconds
        known = known or rate
        yield (
            f"| {one.name} | {one.tried:,} | {one.distinct:,} | {one.seconds:.1f} | {rate:,.0f} | {rate / known:.2f} "
            f"| {one.memory_bytes / max(one.distinct, 1):,.0f} |"
        )
