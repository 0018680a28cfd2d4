"""A pool of the colony's processes: each is started when there is work and none is idle, and ended when it fails."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

import msgspec

from swarmwright.verify.ports import Limits, Sandbox, Session

MODULE = "swarmwright.colony.inside.driver"
_ALL_DAY_S = 24 * 3600.0
_AGENT_BYTES = 450
"""What is reckoned for one distinct agent; whole numbers take less, texts more."""
_BESIDE_BYTES = 1 << 30
"""What a process may take beside its agents: the interpreter, the specification's code, what is between two counts."""


class Room(msgspec.Struct, frozen=True):
    """How many processes the colony may have, and how many bytes the agents of each may take.

    With ``agents_total`` that many agents are all there are for all Units, and a market gives them out;
    ``open_at_once`` searches are then open side by side.
    """

    processes: int = 1
    memory_bytes: int = 2 << 30
    agents_total: int = 0
    open_at_once: int = 64

    @property
    def width(self) -> int:
        """How many Units may be asked for at a time."""
        return self.open_at_once if self.agents_total else self.processes

    @property
    def agents(self) -> int:
        """How many distinct agents a search may keep."""
        shared = -(-self.width // self.processes)
        return self.memory_bytes // (_AGENT_BYTES * shared)

    @property
    def limits(self) -> Limits:
        """The limits of a process; its time is limited request by request."""
        return Limits(wall_s=_ALL_DAY_S, cpu_s=_ALL_DAY_S, memory_bytes=2 * self.memory_bytes + _BESIDE_BYTES)


class Pool:
    """Sandboxed processes, all alike; each does one thing at a time."""

    def __init__(self, sandbox: Sandbox, room: Room) -> None:
        """Take where they run, how many there may be and what each may use; none is started yet."""
        self._sandbox = sandbox
        self._limits = room.limits
        self._places = asyncio.Semaphore(room.processes)
        self._idle: list[Session] = []
        self._busy: set[Session] = set()

    @property
    def started(self) -> int:
        """How many processes there are now."""
        return len(self._idle) + len(self._busy)

    @contextlib.asynccontextmanager
    async def lease(self) -> AsyncIterator[Session]:
        """Give out a process for a while; it is ended where what it was used for fails or is given up.

        Raises:
            SandboxError: it cannot be started.
        """
        async with self._places:
            session = self._idle.pop() if self._idle else await self._sandbox.start(MODULE, limits=self._limits)
            self._busy.add(session)
            try:
                yield session
            except BaseException:
                # It may still be at work on what nobody waits for.
                await session.close()
                raise
            else:
                self._idle.append(session)
            finally:
                self._busy.discard(session)

    async def ask(self, message: Mapping[str, Any], *, timeout_s: float) -> dict[str, Any]:
        """Send a message to whichever process is idle first and return the reply.

        Raises:
            SandboxDiedError: the process ended or did not answer in time; the next request starts another.
        """
        async with self.lease() as session:
            return await session.request(message, timeout_s=timeout_s)

    async def close(self) -> None:
        """End all processes, those at work too."""
        idle, self._idle = self._idle, []
        for session in (*idle, *self._busy):
            await session.close()
