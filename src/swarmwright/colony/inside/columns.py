"""Columns: agents over whole numbers and conditions in numpy's arrays, for a few dozen bytes and nanoseconds each.

An agent is its step and the rows of its parts. What it gives on each input is computed when it is made, to tell whether
it behaves like an earlier one, and forgotten; it is computed again for a whole cost when agents of that cost become
parts. Agents that fail on some input are not kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from swarmwright.colony.inside.keys import Factors, Found, Keys, Marks, Table
from swarmwright.colony.inside.kinds import BOOL, INT, Kind
from swarmwright.colony.inside.steps import LARGEST, Step
from swarmwright.colony.inside.vectors import Array, Vector, vector_of

_BATCH = 1 << 16
_WIDE = 1 << 15
_SMALL = 1 << 11
"""Of fewer candidates all inputs are computed at once: then it is the number of instructions that takes the time."""
CACHED_BYTES = 1 << 28
"""What values may take that are kept for the next cost; beyond it they are computed anew each time."""


class Leaf(NamedTuple):
    """An agent without parts: its cost, kind, what it gives on each input, and what it is."""

    cost: int
    kind: Kind
    values: tuple[Any, ...]
    what: Any


class Formula(NamedTuple):
    """An agent as a tree: a step and its parts, or (without a step) what a leaf is."""

    step: Step | None
    parts: tuple[Formula, ...]
    what: Any
    rank: int
    """How many agents of its kind come before it."""


class _Segment(NamedTuple):
    """Rows that one step made of parts of the same costs."""

    first: int
    step: int
    costs: tuple[int, ...]
    parts: tuple[NDArray[np.uint32], ...]


class _Level:
    """The agents of one kind and cost."""

    __slots__ = ("before", "count", "keys", "segments", "values")

    def __init__(self, before: int) -> None:
        self.before = before
        self.count = 0
        self.segments: list[_Segment] = []
        self.values: Array | None = None
        self.keys: NDArray[np.int64] | None = None


class _Batch(NamedTuple):
    """Candidates: rows of the outer part times rows of the inner one, and a third part's single row."""

    outer: int
    rows: Array
    row_keys: NDArray[np.int64]
    first_row: int
    columns: Array
    column_keys: NDArray[np.int64]
    first_column: int
    once: bool
    third: Array | None
    third_row: int


Sink = Callable[[Kind, int, int, Array], None]
"""Told of new agents: their kind, cost, first row among those of that cost, and values, inputs first."""


class Columns:
    """The bank of such agents.

    ``tried`` counts agents that were computed, ``live`` those that behave like no cheaper one; ``cost`` is the cost up
    to which all were made.
    """

    def __init__(
        self, inputs: int, steps: Sequence[Step], leaves: Sequence[Leaf], tick: Callable[[int], bool], sink: Sink
    ) -> None:
        """Take the number of inputs (20 at most: there are marks for every condition), the steps, and the leaves.

        ``tick`` is told of agents and says whether to stop, ``sink`` is told of new ones. Steps that numpy cannot
        compute are left out.
        """
        known = [(step, vector_of(step.production, step.takes, step.gives)) for step in steps]
        self.steps = [step for step, vector in known if vector is not None]
        self._vectors = [vector for _, vector in known if vector is not None]
        self.inputs = inputs
        self.cost = -1
        self.tried = 0
        self._leaves = [one for one in leaves if one.kind == BOOL or all(abs(value) <= LARGEST for value in one.values)]
        self._tick = tick
        self._sink = sink
        self._factors = Factors(inputs)
        self._seen: dict[Kind, Table] = {INT: Table(), BOOL: Marks(inputs)}
        self._levels: dict[Kind, list[_Level]] = {INT: [], BOOL: []}
        self._open: dict[Kind, _Level] = {}
        self._cached = 0
        self.cached_bytes = CACHED_BYTES
        self._share = np.zeros((1, 1), np.int64)

    @property
    def live(self) -> int:
        """How many agents behave like no cheaper one."""
        return sum(table.count for table in self._seen.values())

    def count(self, kind: Kind, cost: int) -> int:
        """Return how many agents of a kind and cost there are."""
        return self._levels[kind][cost].count if 0 <= cost < len(self._levels[kind]) else 0

    # Growing

    def grow(self) -> bool:
        """Make all agents of the next cost; tell whether that came to its end."""
        cost = self.cost + 1
        self._open = {kind: _Level(self._seen[kind].count) for kind in self._levels}
        self._plant(cost)
        with np.errstate(all="ignore"):
            ended = all(
                self._apply(place, cost - step.cost) for place, step in enumerate(self.steps) if step.cost < cost
            )
        for kind, level in self._open.items():
            self._levels[kind].append(level)
        if ended:
            self.cost = cost
        return ended

    def _plant(self, cost: int) -> None:
        for place, leaf in enumerate(self._leaves):
            if leaf.cost == cost:
                self.tried += 1
                values = self._column(leaf)
                keys = self._keys_of(leaf.kind, values).view(np.uint64)
                found = self._seen[leaf.kind].find(keys)
                if not found.known[0]:
                    self._open[leaf.kind].segments.append(_Segment(self._open[leaf.kind].count, -1 - place, (), ()))
                    self._keep(leaf.kind, values, keys, found)

    def _column(self, leaf: Leaf) -> Array:
        return np.array(leaf.values, np.bool_ if leaf.kind == BOOL else np.int64).reshape(-1, 1)

    def _apply(self, place: int, rest: int) -> bool:
        """Apply a step to all parts whose costs sum up to ``rest``; tell whether that came to its end."""
        step = self.steps[place]
        for costs in _sums(rest, len(step.takes)):
            levels = [self._level(kind, cost) for kind, cost in zip(step.takes, costs, strict=True)]
            if any(level is None or not level.count for level in levels):
                continue
            same = len(costs) == 2 and step.takes[0] == step.takes[1] and step.production.commutes
            if same and costs[0] > costs[1]:
                continue
            made = [level for level in levels if level is not None]
            if not self._meet(place, costs, made, once=same and costs[0] == costs[1]):
                return False
        return True

    def _level(self, kind: Kind, cost: int) -> _Level | None:
        levels = self._levels[kind]
        return levels[cost] if 0 <= cost < len(levels) else None

    def _meet(self, place: int, costs: tuple[int, ...], levels: Sequence[_Level], *, once: bool) -> bool:
        """Try all parts of these levels."""
        seen = self._seen[self.steps[place].gives]
        made: list[tuple[Array, ...]] = []
        first = self._open[self.steps[place].gives].count
        ended = True
        for batch in self._batches(place, costs, levels, once=once):
            if isinstance(seen, Marks) and seen.is_full:
                break
            count = _pairs(batch)
            if count and not self._tick(count):
                self.tried += count
                made.extend(self._tried(place, costs, batch, seen))
            elif count:
                ended = False
                break
        if made:
            parts = tuple(np.concatenate(some) for some in zip(*made, strict=True))
            self._open[self.steps[place].gives].segments.append(_Segment(first, place, costs, parts))
        return ended

    def _batches(self, place: int, costs: tuple[int, ...], levels: Sequence[_Level], *, once: bool) -> Iterator[_Batch]:
        takes = self.steps[place].takes
        # The longer side is the inner one, for numpy's sake.
        outer = 0 if len(levels) > 1 and levels[0].count <= levels[1].count else 1
        inner = 1 - outer if len(levels) > 1 else 0
        none = np.empty((self.inputs, 1), np.int64), np.zeros(1, np.int64)
        thirds = range(levels[2].count) if len(levels) > 2 else (-1,)
        for first in range(0, levels[inner].count, _WIDE):
            last = min(first + _WIDE, levels[inner].count)
            columns, column_keys = self._block(takes[inner], costs[inner], first, last)
            count = levels[outer].count if len(levels) > 1 else 1
            some = max(1, _BATCH // (last - first))
            for third in thirds:
                value = self._block(takes[2], costs[2], third, third + 1)[0] if third >= 0 else None
                for row in range(0, count, some):
                    end = min(row + some, count)
                    rows, row_keys = self._block(takes[outer], costs[outer], row, end) if len(levels) > 1 else none
                    yield _Batch(outer, rows, row_keys, row, columns, column_keys, first, once, value, third)

    # Trying

    def _tried(
        self, place: int, costs: tuple[int, ...], batch: _Batch, seen: Table
    ) -> Iterator[tuple[NDArray[np.uint32], ...]]:
        """Yield the parts' rows of candidates that behave like nothing before, after they were kept."""
        vector, gives = self._vectors[place], self.steps[place].gives
        keys = self._quick(vector, gives, batch).reshape(-1).view(np.uint64)
        found = seen.find(keys)
        fresh = np.flatnonzero(~found.known)
        width = batch.columns.shape[1]
        if batch.once and len(fresh):
            fresh = fresh[fresh // width + batch.first_row <= fresh % width + batch.first_column]
        while len(fresh):
            own = keys.take(fresh)
            leads = seen.first_of(own)
            first = (leads == np.arange(len(leads))).nonzero()[0]
            chosen = fresh.take(first)
            values, good = self._exact(vector, batch, chosen)
            if good.all():
                self._keep(gives, values, own.take(first), found.take(chosen))
                yield self._rows(batch, chosen)[: len(costs)]
                return
            if good.any():
                kept = chosen.compress(good)
                self._keep(gives, values[:, good], keys.take(kept), found.take(kept))
                yield self._rows(batch, kept)[: len(costs)]
            # One that fails may have hidden another that wraps around to the same, and does not.
            failed = np.zeros(len(leads), np.bool_)
            failed[first] = ~good
            others = failed.take(leads)
            others[first] = False
            fresh = fresh.compress(others)

    def _quick(self, vector: Vector, gives: Kind, batch: _Batch) -> NDArray[np.int64]:
        """Return the keys of all candidates; where one fails or is too large, anything."""
        if vector.affine is not None and batch.third is None:
            one, other = self._factored(vector, batch)
            return one + other
        if vector.choice is not None and batch.third is not None and vector.choice[2] == 2:
            taken = np.flatnonzero(batch.third[:, 0])
            left = np.flatnonzero(~batch.third[:, 0])
            row_places, column_places = (taken, left) if vector.choice[0] == batch.outer else (left, taken)
            rows = self._factors.keys(batch.rows, row_places.tolist())[:, None]
            if batch.first_row == 0:
                self._share = self._factors.keys(batch.columns, column_places.tolist(), start=False)[None, :]
            return rows + self._share
        shape = (batch.rows.shape[1], batch.columns.shape[1])
        if shape[0] * shape[1] <= _SMALL:
            return self._keys_of(gives, vector.run(_spread(batch, slice(None)), None))
        found = np.zeros(shape, np.int64)
        if gives == INT:
            found += self._factors.start
        for place in range(self.inputs):
            value = vector.run(_spread(batch, place), None)
            if gives == INT:
                found += np.multiply(value, self._factors.of[place : place + 1])
            else:
                found |= np.left_shift(value, place, dtype=np.int64)
        return found

    def _factored(self, vector: Vector, batch: _Batch) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the keys of rows and of columns, times what a sum takes them, so that they add up to its own."""
        assert vector.affine is not None
        times = vector.affine.times
        inner = 1 - batch.outer if len(times) > 1 else 0
        start = self._factors.start
        constant = start * (1 - sum(times)) + self._factors.of.sum(keepdims=True) * np.int64(vector.affine.constant)
        one = batch.row_keys * np.int64(times[batch.outer]) if len(times) > 1 else np.zeros(1, np.int64)
        return (one + constant)[:, None], (batch.column_keys * np.int64(times[inner]))[None, :]

    def _exact(self, vector: Vector, batch: _Batch, chosen: NDArray[np.int64]) -> tuple[Array, NDArray[np.bool_]]:
        """Return what candidates give, and which of them are sound on every input."""
        row, column = _split(chosen, batch)
        parts = [batch.rows.take(row, axis=1), batch.columns.take(column, axis=1)]
        if batch.outer == 1:
            parts.reverse()
        if batch.third is not None:
            parts.append(np.broadcast_to(batch.third, (self.inputs, len(chosen))))
        holds = np.ones((self.inputs, len(chosen)), np.bool_)
        values = vector.run(parts, holds)
        good: NDArray[np.bool_] = np.logical_and.reduce(holds, axis=0)
        return np.broadcast_to(values, holds.shape), good

    def _rows(self, batch: _Batch, kept: NDArray[np.int64]) -> tuple[NDArray[np.uint32], ...]:
        row, column = _split(kept, batch)
        found = [(row + batch.first_row).astype(np.uint32), (column + batch.first_column).astype(np.uint32)]
        if batch.outer == 1:
            found.reverse()
        if batch.third is not None:
            found.append(np.full(len(kept), batch.third_row, np.uint32))
        return tuple(found)

    def _keep(self, kind: Kind, values: Array, keys: Keys, found: Found) -> None:
        level = self._open[kind]
        self._seen[kind].add(keys, found)
        self._sink(kind, len(self._levels[kind]), level.count, values)
        level.count += len(keys)

    # What agents give

    def _keys_of(self, kind: Kind, values: Array) -> NDArray[np.int64]:
        if kind == INT:
            return self._factors.keys(values)
        found = np.zeros(values.shape[1:], np.int64)
        for place in range(self.inputs):
            found |= np.left_shift(values[place], place, dtype=np.int64)
        return found

    def _block(self, kind: Kind, cost: int, first: int, last: int) -> tuple[Array, NDArray[np.int64]]:
        """Return values and keys of some agents of a cost; they are kept where there is room."""
        level = self._levels[kind][cost]
        if level.values is None and self._cached + level.count * (self.inputs + 1) * 8 <= self.cached_bytes:
            self._cached += level.count * (self.inputs + 1) * 8
            level.values = self.values(kind, cost, np.arange(level.count))
            level.keys = self._keys_of(kind, level.values)
        if level.values is not None and level.keys is not None:
            return level.values[:, first:last], level.keys[first:last]
        values = self.values(kind, cost, np.arange(first, last))
        return values, self._keys_of(kind, values)

    def values(self, kind: Kind, cost: int, rows: NDArray[Any]) -> Array:
        """Return what agents of a cost give, inputs first."""
        level = self._levels[kind][cost]
        if level.values is not None:
            return level.values[:, rows]
        found: Array = np.empty((self.inputs, len(rows)), np.bool_ if kind == BOOL else np.int64)
        of = np.searchsorted([segment.first for segment in level.segments], rows, side="right") - 1
        for place in np.unique(of):
            here = np.flatnonzero(of == place)
            segment = level.segments[place]
            if segment.step < 0:
                found[:, here] = self._column(self._leaves[-1 - segment.step])
                continue
            own = rows[here] - segment.first
            takes = self.steps[segment.step].takes
            parts = [
                self.values(kind_of, cost_of, some[own])
                for kind_of, cost_of, some in zip(takes, segment.costs, segment.parts, strict=True)
            ]
            with np.errstate(all="ignore"):
                found[:, here] = self._vectors[segment.step].run(parts, None)
        return found

    def rank(self, kind: Kind, cost: int, row: int) -> int:
        """Return how many agents of its kind come before an agent."""
        return self._levels[kind][cost].before + row

    def place(self, kind: Kind, rank: int) -> tuple[int, int]:
        """Return the cost and row of the agent that has so many before it."""
        cost = bisect_right([level.before for level in self._levels[kind]], rank) - 1
        return cost, rank - self._levels[kind][cost].before

    def formula(self, kind: Kind, cost: int, row: int) -> Formula:
        """Return an agent as a tree."""
        level = self._levels[kind][cost]
        segment = level.segments[bisect_right([one.first for one in level.segments], row) - 1]
        rank = level.before + row
        if segment.step < 0:
            return Formula(None, (), self._leaves[-1 - segment.step].what, rank)
        step = self.steps[segment.step]
        parts = zip(step.takes, segment.costs, segment.parts, strict=True)
        own = row - segment.first
        return Formula(step, tuple(self.formula(one, at, int(some[own])) for one, at, some in parts), None, rank)


def _spread(batch: _Batch, place: int | slice) -> list[Array]:
    """Return the parts on one input (or on all), so that numpy joins each row with each column."""
    parts = [batch.rows[place][..., :, None], batch.columns[place][..., None, :]]
    if batch.outer == 1:
        parts.reverse()
    if batch.third is not None:
        parts.append(batch.third[place][..., None])
    return parts


def _split(chosen: NDArray[np.int64], batch: _Batch) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows and the columns of candidates."""
    width = batch.columns.shape[1]
    row = chosen // width
    return row, chosen - row * width


def _pairs(batch: _Batch) -> int:
    """Return how many candidates there are; of parts that may change places each pair counts once."""
    rows, columns = int(batch.rows.shape[1]), int(batch.columns.shape[1])
    if not batch.once:
        return rows * columns
    last = batch.first_column + columns
    return sum(max(0, last - max(row, batch.first_column)) for row in range(batch.first_row, batch.first_row + rows))


def _sums(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to share a cost among parts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _sums(total - first, parts - 1):
            yield (first, *rest)
