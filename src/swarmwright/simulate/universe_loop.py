"""An event loop without a machine below it: a seed picks which ready callback runs next, and time is made up.

asyncio promises to run callbacks in the order in which they became ready. Between tasks that wait for a network that
order means nothing, so what holds in every order that a seed can pick holds in every order that can come. (The idea of
simulating a whole program in one process with a seed is FoundationDB's.)
"""

from __future__ import annotations

import asyncio
import heapq
import random
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any, Literal, TypeVar

import msgspec

T = TypeVar("T")
Order = Literal["any", "first", "last"]


class Tempo(msgspec.Struct, frozen=True):
    """How the loop goes about its callbacks.

    ``order`` is which ready callback is next: any, as the seed picks; the one that became ready first, as asyncio
    does; or nearly always the last, which starves the others. A callback takes up to ``callback_s`` seconds; with
    probability ``stall_chance`` the machine stands still for up to ``stall_s`` seconds before one.
    """

    order: Order = "any"
    callback_s: float = 0.0
    stall_chance: float = 0.0
    stall_s: float = 0.0


class Killed(BaseException):
    """The simulated process was killed between two callbacks, or within one."""


class StuckError(RuntimeError):
    """Every task waits for something that nobody will do, or the callbacks never end."""


class SeededLoop(asyncio.AbstractEventLoop):
    """One start of a simulated process. Its time goes on from ``now``; it has no threads, sockets or signals.

    ``callbacks`` counts what ran. ``before`` is called before each callback with its number (from 1), for what comes
    from outside: a person who presses stop, or the end, which it announces by raising `Killed`. ``is_dead`` is asked
    after each callback, for a death within one; then `Killed` is raised out of `run`. ``overlaps`` counts
    callbacks that were picked while others were ready, ``stalls`` how often the machine stood still.
    ``surprises`` are errors that no task caught.
    """

    def __init__(
        self,
        rng: random.Random,
        *,
        tempo: Tempo | None = None,
        now: float = 0.0,
        is_dead: Callable[[], bool] = lambda: False,
        before: Callable[[int], object] | None = None,
        most: int = 1_000_000,
    ) -> None:
        """Take the generator that picks; more than ``most`` callbacks are taken for an endless loop."""
        self._random = rng.random
        self._tempo = tempo or Tempo()
        self._now = now
        self._is_dead = is_dead
        self._before = before
        self._most = most
        self._ready: list[asyncio.Handle] = []
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._timer_number = 0
        self._tasks: list[asyncio.Task[Any]] = []
        self._is_running = False
        self.callbacks = 0
        self.overlaps = 0
        self.stalls = 0
        self.surprises: list[str] = []

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        """Run to the end and return the result; raise what the coroutine raised.

        Whatever happens, every task is cancelled and finished afterwards, first come, first served: that is tidying
        up, and who simulates a death must see to it that nothing which it does counts.

        Raises:
            Killed: the process died.
            StuckError: nothing can run any more, or callbacks never end.
        """
        task: asyncio.Task[T] = self.create_task(main)
        asyncio._set_running_loop(self)
        self._is_running = True
        try:
            while not task.done():
                self._once()
            return task.result()
        finally:
            try:
                self._tidy()
            finally:
                self._is_running = False
                asyncio._set_running_loop(None)

    def advance(self, seconds: float) -> None:
        """Let time pass within a callback, as a disk does that is waited for."""
        self._now += seconds

    def _once(self) -> None:
        """Run one callback; where none is ready, let time pass until one is."""
        ready = self._ready
        if not ready:
            self._await_timer()
        if self._timers:
            self._wake()
        self.callbacks += 1
        if self.callbacks > self._most:
            raise StuckError(f"the callbacks did not end: {self._most:,} ran")
        if self._before is not None:
            self._before(self.callbacks)
        tempo = self._tempo
        if tempo.callback_s:
            self._now += tempo.callback_s * self._random()
        if tempo.stall_chance and self._random() < tempo.stall_chance:
            self._now += tempo.stall_s * self._random()
            self.stalls += 1
        handle = self._pick()
        if not handle.cancelled():
            handle._run()
        if self._is_dead():
            raise Killed

    def _await_timer(self) -> None:
        while self._timers and self._timers[0][2].cancelled():
            heapq.heappop(self._timers)
        if not self._timers:
            raise StuckError("every task waits for something that nobody will do")
        self._now = max(self._now, self._timers[0][0])

    def _wake(self) -> None:
        """Make ready what is due."""
        timers = self._timers
        while timers and timers[0][0] <= self._now:
            self._ready.append(heapq.heappop(timers)[2])

    def _pick(self) -> asyncio.Handle:
        ready = self._ready
        many = len(ready)
        if many == 1:
            return ready.pop()
        self.overlaps += 1
        order = self._tempo.order
        if order == "first":
            return ready.pop(0)
        # Always the last would be no schedule: a task that keeps waking itself would run for ever.
        if order == "last" and self._random() < 0.8:
            return ready.pop()
        return ready.pop(int(self._random() * many))

    def _tidy(self) -> None:
        """Cancel what is left and let it end; time stands still."""
        for _ in range(100):
            left = [task for task in self._tasks if not task.done()]
            if not left:
                break
            for task in left:
                task.cancel()
            while self._ready:
                handle = self._ready.pop(0)
                if not handle.cancelled():
                    handle._run()
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.exception()
        self._tasks.clear()
        self._timers.clear()

    # What asyncio asks of a loop

    def time(self) -> float:
        """Return made-up seconds."""
        return self._now

    def get_debug(self) -> bool:
        """Return False."""
        return False

    def is_running(self) -> bool:
        """Tell whether `run` is under way."""
        return self._is_running

    def is_closed(self) -> bool:
        """Return False: there is nothing to close."""
        return False

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Make a callback ready."""
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Make a callback ready after so many made-up seconds."""
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Make a callback ready at that made-up time."""
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        self._timer_number += 1
        heapq.heappush(self._timers, (when, self._timer_number, handle))
        return handle

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Nothing to do: cancelled timers are passed over when they are due."""

    def create_future(self) -> asyncio.Future[Any]:
        """Return a future of this loop."""
        return asyncio.Future(loop=self)

    def create_task(self, coro: Any, **options: Any) -> asyncio.Task[Any]:
        """Return a task of this loop."""
        task: asyncio.Task[Any] = asyncio.Task(coro, loop=self, **options)
        if len(self._tasks) > 64:
            self._tasks = [known for known in self._tasks if not known.done()]
        self._tasks.append(task)
        return task

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Note what nobody caught; a universe takes it for a finding."""
        error = context.get("exception")
        self.surprises.append(f"{context.get('message')}: {type(error).__name__}: {error}")
