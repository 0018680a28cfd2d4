"""Made-up time: an event loop that skips every wait, and a clock for tests that talk to real sockets."""

from __future__ import annotations

import asyncio
import math
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

EPOCH_S = 1_700_000_000.0
"""Unix seconds at which made-up time begins."""
RESOLUTION_S = 1e-6
"""Timers this close together fire together; floats late in a long run are no finer than that."""
PATIENCE_S = 5.0
"""Real seconds to wait for a thread when no task has anything to wait for but it."""


class _SkippingSelector(selectors.DefaultSelector):
    """Turns the time that the loop would wait into time that has passed."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; where nothing is, let ``timeout`` seconds pass without waiting."""
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is None:
            ready = super().select(PATIENCE_S)
            if not ready:
                raise RuntimeError("the made-up world is stuck: every task waits for something that nobody will do")
            return ready
        # At least one representable step, else a tiny timeout late in a long run would never pass.
        self.now = max(self.now + timeout, math.nextafter(self.now, math.inf))
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to the next timer as soon as no task can run.

    Time starts at 0 and does not pass while tasks run, so a run with the same inputs has one trace.
    Threads and sockets are served, but time does not wait for them.
    """

    def __init__(self) -> None:
        self._skipping = _SkippingSelector()
        super().__init__(self._skipping)
        # The loop fires what is due before now + resolution: with the machine's own nanosecond nothing
        # would ever be due once a float of seconds is coarser than that.
        self._clock_resolution = RESOLUTION_S

    def time(self) -> float:
        """Return the made-up seconds since the loop was made."""
        return self._skipping.now


class VirtualClock:
    """The Clock of a `VirtualLoop` (of any running loop, but its wall clock starts at `EPOCH_S`)."""

    def monotonic(self) -> float:
        """Return the running loop's time in seconds."""
        return asyncio.get_running_loop().time()

    def wall(self) -> float:
        """Return made-up Unix seconds."""
        return EPOCH_S + self.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Sleep in made-up time."""
        await asyncio.sleep(max(0.0, seconds))


class JumpingClock:
    """A Clock whose sleepers come back at once, having moved it forward.

    For code that speaks to real sockets: made-up time must not pass there while a reply is under way.
    ``slept_s`` lists what was slept, in order.
    """

    def __init__(self) -> None:
        self.slept_s: list[float] = []
        self._now = 0.0

    def monotonic(self) -> float:
        """Return the seconds that were slept or advanced so far."""
        return self._now

    def wall(self) -> float:
        """Return made-up Unix seconds."""
        return EPOCH_S + self._now

    def advance(self, seconds: float) -> None:
        """Let time pass without anyone sleeping."""
        self._now += max(0.0, seconds)

    async def sleep(self, seconds: float) -> None:
        """Note the sleep, move on by it, and let the others run once."""
        self.slept_s.append(seconds)
        self.advance(seconds)
        await asyncio.sleep(0)


def run_virtual(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in made-up time and return its result.

    Raises:
        RuntimeError: every task waits for something that nobody will do.
    """
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)
