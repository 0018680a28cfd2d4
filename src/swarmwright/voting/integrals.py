"""Integrals of functions with one hump whose logarithm is concave: where the hump lies, and what is below it. Pure."""

from __future__ import annotations

import functools
import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable

_NODES = 16
_MOST_PANELS = 300
_DROP = 42.0
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0


@functools.cache
def legendre(count: int) -> tuple[tuple[float, float], ...]:
    """Return the nodes and weights of Gauss and Legendre on [-1, 1] (Newton's method on the polynomial's roots)."""
    rule = []
    for number in range(count):
        x = math.cos(math.pi * (number + 0.75) / (count + 0.5))
        slope = 1.0
        for _ in range(50):
            before, value = 1.0, x
            for degree in range(2, count + 1):
                before, value = value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree
            slope = count * (x * value - before) / (x * x - 1.0)
            change = value / slope
            x -= change
            if abs(change) < 1e-15:
                break
        rule.append((x, 2.0 / ((1.0 - x * x) * slope * slope)))
    return tuple(rule)


def integral(function: Callable[[float], float], edges: Iterable[float], relative: float = 1e-10) -> float:
    """Integrate a smooth, non-negative function from the first edge to the last.

    Each piece between two edges is halved until its halves say what the whole said, to ``relative`` of the total, or
    until that is below the function's own rounding: then the count of pieces ends it.
    """
    marks = sorted(set(edges))
    panels = deque((low, high, _gauss(function, low, high)) for low, high in itertools.pairwise(marks))
    rough = math.fsum(panel[2] for panel in panels)
    done: list[float] = []
    while panels:
        low, high, whole = panels.popleft()
        middle = (low + high) / 2
        left, right = _gauss(function, low, middle), _gauss(function, middle, high)
        if abs(left + right - whole) <= relative * max(rough, left + right) or len(done) + len(panels) > _MOST_PANELS:
            done += (left, right)
        else:
            panels += ((low, middle, left), (middle, high, right))
    return math.fsum(done)


def _gauss(function: Callable[[float], float], low: float, high: float) -> float:
    centre, half = (low + high) / 2, (high - low) / 2
    return half * math.fsum(weight * function(centre + half * x) for x, weight in legendre(_NODES))


def hump(logarithm: Callable[[float], float], highest: float = math.inf) -> tuple[float, float, float]:
    """Return where a concave function has its mode, and where it has fallen by 42 (a factor of 1e-18) on either side.

    Args:
        logarithm: a concave function on the real line, or on that up to ``highest``, that falls to both sides.
        highest: the right end of its domain.

    Returns:
        The lower end, the mode, the upper end.
    """
    start = min(0.0, highest)
    left = _downhill(logarithm, start, -1.0, 0.0, -math.inf)
    right = _downhill(logarithm, start, 1.0, 0.0, highest)
    mode = _highest_point(logarithm, left, right)
    return (
        _downhill(logarithm, mode, -1.0, _DROP, -math.inf),
        mode,
        _downhill(logarithm, mode, 1.0, _DROP, highest),
    )


def _downhill(logarithm: Callable[[float], float], start: float, direction: float, drop: float, limit: float) -> float:
    """Return a point that lies lower by more than ``drop`` than every one passed on the way, in doubling steps."""
    # Looking for the mode, a first step inside the rounding error would turn back at once.
    top, step = logarithm(start), 1e-6 if drop else 0.05
    near, here = start, start
    while (limit - here) * direction > 0.0:
        near, here = here, min(start + step, limit) if direction > 0 else start - step
        value = logarithm(here)
        if value < top - drop:
            return _crossing(logarithm, near, here, top - drop) if drop else here
        if not drop:
            top = max(top, value)
        step *= 2.0
    return here


def _crossing(logarithm: Callable[[float], float], inside: float, outside: float, level: float) -> float:
    for _ in range(12):
        middle = (inside + outside) / 2
        if logarithm(middle) < level:
            outside = middle
        else:
            inside = middle
    return outside


def _highest_point(logarithm: Callable[[float], float], low: float, high: float) -> float:
    span = high - low
    one, two = high - _GOLDEN * span, low + _GOLDEN * span
    value_one, value_two = logarithm(one), logarithm(two)
    for _ in range(80):
        if value_one < value_two:
            low, one, value_one = one, two, value_two
            two = low + _GOLDEN * (high - low)
            value_two = logarithm(two)
        else:
            high, two, value_two = two, one, value_one
            one = high - _GOLDEN * (high - low)
            value_one = logarithm(one)
        if high - low <= 1e-9 * max(1.0, abs(low)):
            break
    # Up to a wall the highest point may be the wall itself.
    return max((low, (low + high) / 2, high), key=logarithm)
