"""Trading: many searches are open at once in few processes, and go on slice by slice, as a market decides."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from swarmwright.colony.market import Market, Signs
from swarmwright.colony.pool import Pool
from swarmwright.errors import SandboxDiedError
from swarmwright.verify.ports import Session

_SLICE_S = 3600.0
_NO_CLOCK_S = 1e9
SPENT = "the colony's budget for all units is spent"


class _Lot:
    """One search that wants slices: its request, who waits for its answer, and the process that it is open in."""

    def __init__(self, number: int, request: Mapping[str, Any]) -> None:
        effort = {**request["effort"], "seconds": _NO_CLOCK_S}
        self.number = number
        self.name = str(number)
        self.request = {**request, "effort": effort, "number": number}
        self.most = int(effort["agents"])
        self.answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.home: Session | None = None
        self.spent = 0
        self.is_busy = False


class Trader:
    """Searches for whoever asks, in as many processes as there are, within one budget of agents for all.

    Which search has how many slices depends on who is open at the same time; each search by itself can be done again
    all the same, since its record says how far it came.
    """

    def __init__(self, pool: Pool, processes: int, agents: int) -> None:
        """Take the processes, how many there are, and the budget."""
        self._pool = pool
        self._processes = processes
        self._market = Market(agents)
        self._numbers = itertools.count(1)
        self._lots: dict[str, _Lot] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._now: dict[str, asyncio.Task[dict[str, Any]]] = {}

    async def search(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a search came to when it ended or nobody could pay for more of it.

        Raises:
            SandboxDiedError: its process ended.
        """
        lot = _Lot(next(self._numbers), request)
        self._lots[lot.name] = lot
        self._market.enter(lot.name)
        if len(self._workers) < self._processes:
            self._workers.add(asyncio.create_task(self._work()))
        try:
            return await lot.answer
        finally:
            self._forget(lot)
            if lot.name in self._now:
                # Nobody waits for this slice any more; its process ends, and what else is open there begins anew.
                self._now[lot.name].cancel()

    async def close(self) -> None:
        """End all work."""
        for worker in tuple(self._workers):
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    def _forget(self, lot: _Lot) -> None:
        self._market.leave(lot.name)
        self._lots.pop(lot.name, None)

    async def _work(self) -> None:
        """Work with one process after the other until nobody wants anything."""
        try:
            while any(lot.home is None and not lot.is_busy for lot in self._lots.values()):
                await self._work_in_one()
        except Exception as error:
            for lot in self._lots.values():
                if not lot.answer.done():
                    lot.answer.set_exception(error)
        finally:
            # Without a pause since the last look: whoever comes now finds a place for a worker.
            self._workers.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    async def _work_in_one(self) -> None:
        """Work with one process until it ends, or is no longer wanted.

        Raises:
            SandboxError: none can be started.
        """
        has_begun = False
        try:
            async with self._pool.lease() as session:
                has_begun = True
                try:
                    await self._serve(session)
                finally:
                    self._release(session)
        except SandboxDiedError:
            if not has_begun:
                raise

    def _release(self, session: Session) -> None:
        """Let the searches of a process that has ended begin anew in another."""
        for lot in self._lots.values():
            if lot.home is session:
                lot.home, lot.spent = None, 0
                self._market.leave(lot.name)
                self._market.enter(lot.name)

    async def _serve(self, session: Session) -> None:
        """Give a process its slices until no search is open that it could go on with."""
        while mine := {lot.name: lot for lot in self._lots.values() if lot.home in (None, session) and not lot.is_busy}:
            name = self._market.next(mine)
            lot = mine[name] if name is not None else next(iter(mine.values()))
            lot.is_busy = True
            self._now[lot.name] = task = asyncio.create_task(self._slice(session, lot, is_paid=name is not None))
            try:
                reply = await asyncio.shield(task)
            except asyncio.CancelledError:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                if lot.answer.cancelled():
                    raise SandboxDiedError("A search was given up") from None
                raise
            except SandboxDiedError as error:
                self._forget(lot)
                if not lot.answer.done():
                    lot.answer.set_exception(error)
                raise
            finally:
                lot.is_busy = False
                self._now.pop(lot.name, None)
            if reply and not lot.answer.done():
                self._forget(lot)
                lot.answer.set_result(reply)

    async def _slice(self, session: Session, lot: _Lot, *, is_paid: bool) -> dict[str, Any]:
        """Let a search make one slice, or end it; return its answer at its end, nothing before."""
        if lot.home is None:
            if not is_paid:
                return {"reason": SPENT}
            lot.home = session
            stand = await session.request(lot.request, timeout_s=_SLICE_S)
            if stand.get("reason"):
                return stand
        if not is_paid:
            return await self._end(session, lot)
        most = min(lot.most, lot.spent + self._market.left)
        stand = await session.request({"again": lot.number, "agents": most}, timeout_s=_SLICE_S)
        if stand.get("reason"):
            return stand
        signs = msgspec.convert(stand, Signs)
        lot.spent = signs.spent
        if lot.name in self._lots:
            self._market.settle(lot.name, signs)
        return await self._end(session, lot) if signs.ended else {}

    async def _end(self, session: Session, lot: _Lot) -> dict[str, Any]:
        return await session.request({"again": lot.number, "agents": 0}, timeout_s=_SLICE_S)
