"""The trace of a search: a running digest over every agent it kept, by which two searches are known to be the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from swarmwright.colony.inside.bank import Bank
    from swarmwright.colony.inside.kinds import Kind

DIGEST_BYTES = 32


class Trace:
    """Takes in what was added to a search's banks, cost by cost: kind, step and parts of every agent, in their order.

    The same problem, productions, weights and budget of agents have the same trace, in any process and at any time.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._hash = hashlib.blake2b(digest_size=DIGEST_BYTES)
        self._taken: dict[tuple[Bank, Kind], int] = {}
        self.levels = 0

    def take(self, banks: Iterable[Bank]) -> None:
        """Take in all agents that are new since the last time, with how many were tried; that is one level more."""
        self.levels += 1
        self._hash.update(b"level %d" % self.levels)
        for number, bank in enumerate(banks):
            self._hash.update(b"\n%d %d %d" % (number, bank.cost, bank.tried))
            for kind, rows in bank.rows.items():
                first, last = self._taken.get((bank, kind), 0), len(rows.step)
                if first == last:
                    continue
                self._taken[bank, kind] = last
                self._hash.update(f"\n{kind!r} {first} {last}\n".encode())
                for column in (rows.step, rows.a, rows.b, rows.c):
                    self._hash.update(column[first:last].tobytes())

    @property
    def digest(self) -> bytes:
        """The digest so far, 32 bytes (BLAKE2b)."""
        return self._hash.digest()
