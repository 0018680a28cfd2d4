"""Time as a port: whoever waits or measures is handed a Clock, so that a made-up world can turn it."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Where time comes from."""

    def monotonic(self) -> float:
        """Return seconds since some fixed moment; never goes back."""
        ...

    def wall(self) -> float:
        """Return Unix seconds, as calendars and HTTP dates count them."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Come back after that many seconds (at once for zero or less, yet letting others run)."""
        ...


class LoopClock:
    """The time of the running event loop: the machine's own, or a made-up one where the loop is made up."""

    def monotonic(self) -> float:
        """Return the running loop's time in seconds; needs a running loop."""
        return asyncio.get_running_loop().time()

    def wall(self) -> float:
        """Return Unix seconds."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Sleep in the running loop."""
        await asyncio.sleep(max(0.0, seconds))
