"""Patience: limits of time on code that a search calls, and which calls exceeded them.

A clock says something else each time. So calls are numbered, and those that were given up are part of what a search
is a function of: in a repetition they are given up at once, and all others are waited for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator

from swarmwright.verify.inside.loading import TooSlow, time_limit

_LONGER = 100
"""How many times its limit a call may take in a repetition where it kept the limit before."""


class Patience:
    """Numbers the calls that a search limits in time; ``lapsed`` are the numbers of those that took too long."""

    def __init__(self, known: Collection[int] | None = None) -> None:
        """Take the calls that took too long in the search that is repeated; None where a clock is to tell."""
        self._known = None if known is None else frozenset(known)
        self._count = 0
        self.lapsed: list[int] = []

    @contextlib.contextmanager
    def limit(self, cpu_s: float) -> Iterator[None]:
        """Limit the block's processor time.

        Args:
            cpu_s: seconds.

        Raises:
            TooSlow: it took longer.
        """
        number = self._count
        self._count += 1
        if self._known is not None:
            cpu_s *= _LONGER
        try:
            if self._known is not None and number in self._known:
                raise TooSlow
            with time_limit(cpu_s):
                yield
        except TooSlow:
            self.lapsed.append(number)
            raise
