"""Keys of columns: one 64-bit number for what an agent gives on all inputs, and tables of those that were seen.

The key of whole numbers is linear, ``k0 + sum(k[i] * v[i])`` modulo 2**64 with random odd ``k``, so that the key of a
sum follows from those of its parts (universal hashing after Dietzfelbinger et al., "A Reliable Randomized Algorithm for
the Closest-Pair Problem", 1997). Two different columns have the same key with a chance of about 2**-64, or 2**(t-64)
where all their differences are multiples of 2**t; then the dearer one of both is lost, and nothing worse happens.
"""

from __future__ import annotations

import contextlib
import mmap
import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from swarmwright.colony.inside.vectors import Array

Keys = NDArray[np.uint64]
_FIRST_SLOTS = 1 << 12
_FULLEST = 0.6
_CHUNK = 1 << 18
_HUGE = 1 << 19
"""From so many slots on, large pages spare the look-ups most of their misses."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_OWNER_BITS = 17


class Factors:
    """What whole numbers on each input are multiplied by for their key."""

    def __init__(self, inputs: int, seed: int = 0) -> None:
        """Take the number of inputs."""
        source = random.Random(seed)  # noqa: S311
        drawn = [source.getrandbits(64) | 1 for _ in range(inputs + 1)]
        self.of = np.array(drawn[1:], np.uint64).view(np.int64)
        self.start = np.array(drawn[:1], np.uint64).view(np.int64)

    def keys(self, values: Array, places: Sequence[int] | None = None, *, start: bool = True) -> NDArray[np.int64]:
        """Return the keys of columns, or their share that comes from some of the inputs.

        Args:
            values: whole numbers, inputs first.
            places: the inputs; all where none are given.
            start: whether the constant belongs to it.
        """
        found = np.zeros(values.shape[1:], np.int64)
        if start:
            found += self.start.reshape((1,) * found.ndim)
        more = np.empty_like(found)
        for place in range(len(self.of)) if places is None else places:
            found += np.multiply(values[place], self.of[place : place + 1], out=more)
        return found


class Found(NamedTuple):
    """Which keys are in a table of so many slots, and the slots that are free for those that are not."""

    known: NDArray[np.bool_]
    places: NDArray[np.int64]
    slots: int = 0

    def take(self, rows: NDArray[np.int64]) -> Found:
        """Return the same for some of the keys."""
        return Found(self.known.take(rows), self.places.take(rows), self.slots)


class Table:
    """A set of keys by open addressing; what it doubles from is given back piece by piece."""

    def __init__(self) -> None:
        self.count = 0
        self._make(_FIRST_SLOTS)
        self._owners = np.empty(1 << _OWNER_BITS, np.int64)

    def _make(self, slots: int) -> None:
        self._memory = mmap.mmap(-1, slots * 8)
        if slots >= _HUGE:
            with contextlib.suppress(AttributeError, OSError, ValueError):
                self._memory.madvise(mmap.MADV_HUGEPAGE)
        self._slots: Keys = np.frombuffer(self._memory, np.uint64)
        self._last = np.int64(slots - 1)
        self._shift = np.uint64(64 - slots.bit_length() + 1)

    def _places(self, keys: Keys) -> NDArray[np.int64]:
        return (_mixed(keys) >> self._shift).view(np.int64)

    def find(self, keys: Keys) -> Found:
        """Look keys up."""
        places = self._places(keys)
        there = self._slots.take(places)
        known = there == keys
        # What is neither found nor met an empty slot goes on to the next one.
        rest = (~known & (there != 0)).nonzero()[0]
        where, wanted, far = places.take(rest), keys.take(rest), 0
        while len(rest):
            # One slot further, then two, then three: so all slots are met, and what collides once soon parts.
            far += 1
            where += far
            where &= self._last
            there = self._slots.take(where)
            hit = there == wanted
            known[rest.compress(hit)] = True
            free = there == 0
            places[rest.compress(free)] = where.compress(free)
            on = (~(free | hit)).nonzero()[0]
            rest, where, wanted = rest.take(on), where.take(on), wanted.take(on)
        return Found(known, places, len(self._slots))

    def add(self, keys: Keys, found: Found) -> None:
        """Take in keys that differ and are not in it yet, as a look-up found."""
        while self.count + len(keys) > _FULLEST * len(self._slots):
            self._double()
        self.count += len(keys)
        if len(self._slots) == found.slots:
            places = found.places
            free = (self._slots.take(places) == 0).nonzero()[0]
            self._slots[places.take(free)] = keys.take(free)
            keys = keys.compress(self._slots.take(places) != keys)
        self._put(keys)

    def _put(self, keys: Keys) -> None:
        where, far = self._places(keys), 0
        while len(keys):
            free = (self._slots.take(where) == 0).nonzero()[0]
            self._slots[where.take(free)] = keys.take(free)
            # Where two want the same slot, one of them got it.
            on = (self._slots.take(where) != keys).nonzero()[0]
            keys, where = keys.take(on), where.take(on)
            far += 1
            where += far
            where &= self._last

    def _double(self) -> None:
        memory, slots = self._memory, self._slots
        self._make(2 * len(slots))
        for first in range(0, len(slots), _CHUNK):
            some = slots[first : first + _CHUNK]
            self._put(some[some != 0])
            if len(slots) > _CHUNK:
                with contextlib.suppress(AttributeError, OSError, ValueError):
                    memory.madvise(mmap.MADV_DONTNEED, first * 8, _CHUNK * 8)

    def first_of(self, keys: Keys) -> NDArray[np.int64]:
        """Return for each key the place where it stands first."""
        slots = (_mixed(keys) >> np.uint64(64 - _OWNER_BITS)).view(np.int64)
        found = np.arange(len(keys))
        pending, mine = found, slots
        while len(pending):
            # Of several values for one place the last is kept, so the first must come last.
            self._owners[mine[::-1]] = pending[::-1]
            owner = self._owners.take(mine)
            same = keys.take(owner) == keys.take(pending)
            found[pending.compress(same)] = owner.compress(same)
            pending = pending.compress(~same)
            mine = slots.take(pending)
        return found


class Marks(Table):
    """The same for keys that are small numbers: one byte for each that there can be."""

    def __init__(self, bits: int) -> None:
        """Take how many bits a key has."""
        self.count = 0
        self._known = np.zeros(1 << bits, np.bool_)

    @property
    def is_full(self) -> bool:
        """Whether there is no other key."""
        return self.count == len(self._known)

    def find(self, keys: Keys) -> Found:
        """Look keys up."""
        places = keys.view(np.int64)
        return Found(self._known.take(places), places)

    def add(self, keys: Keys, found: Found) -> None:  # noqa: ARG002
        """Take in keys that differ and are not in it yet."""
        self.count += len(keys)
        self._known[keys.view(np.int64)] = True

    def first_of(self, keys: Keys) -> NDArray[np.int64]:
        """Return for each key the place where it stands first."""
        _, first, number = np.unique(keys, return_index=True, return_inverse=True)
        found: NDArray[np.int64] = first[number]
        return found


def _mixed(keys: Keys) -> Keys:
    found = keys >> _HALF
    found ^= keys
    found *= _SPREAD
    return found
