"""Drives a scheduler on this machine: replays its ledger, performs what is open, commits in groups.

The run may be ahead of the disk by one window; what it does meanwhile stays inside the process. So a crash loses at
most the calls in flight and that window, which are asked again, and never a decision that anyone was told of.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Sequence

from swarmwright.agents.clock import Clock
from swarmwright.errors import (
    EndpointError,
    ModelError,
    StorageFullError,
    SwarmwrightError,
)
from swarmwright.ledger.events import (
    AnyEvent,
    CallFailed,
    Recalled,
    Reserved,
    RunClosed,
    RunResumed,
    TaskId,
)
from swarmwright.ledger.ports import Ledger
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.flights import Failures, Flight, asked_of, calm_collector, singles
from swarmwright.swarm.replay import Reader, Replay
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.traffic import Road, Traffic
from swarmwright.swarm.values import Ask, Command, Crew, ExitReason, Lane, Recall, StopSignal, Wishes

AtOnce = Callable[[Sequence[Command]], Sequence[AnyEvent] | None]
"""Performs commands without waiting, or returns None."""
Wished = Callable[[], Wishes]
"""Returns what a person wishes of the run now; called a few times a second."""
INSTANT = 256
"""Asks that are performed at once together."""
TURNS = 3
"""Turns of the event loop between two windows of work that needs no waiting: a signal takes so many to be heard."""
LOOK_S = 0.25
"""Seconds between two looks at what a person wishes."""
WINDOW_S = 0.02
"""Seconds for which events may wait for their commit."""
WINDOW_EVENTS = 8192
"""Events that are committed at once though the window is not over."""


async def run(
    scheduler: Scheduler,
    crew: Crew,
    ledger: Ledger,
    *,
    lanes: Callable[[Command], Lane],
    budget: Budget,
    clock: Clock,
    stop: StopSignal | None = None,
    absorb: Reader | None = None,
    observer: Reader | None = None,
    at_once: AtOnce | None = None,
    single: bool = False,
    wished: Wished | None = None,
    patience: int = 3,
    tries: int = 2,
) -> ExitReason:
    """Replay the ledger through a fresh scheduler and drive it until all is decided or something ends the run.

    ``lanes`` says where each command goes. ``absorb`` is called with every Event once, replayed or new, in order and
    before anything that follows from it is performed: what the Crew itself must remember. It may be ahead of the
    disk, so what it hears must not leave the process. ``observer`` is called with new Events when they are durable.
    ``at_once`` performs what needs no waiting (answers that are known already), and returns None for all else.
    With ``single`` every sample is a call of its own, and counts (for guesses) when it arrives.
    ``wished`` says what a person wishes while the run goes: a pause, other limits, fewer at once.
    ``patience`` is how many calls may fail in a row, with none that succeeds between, before the endpoint is taken
    for dead; those calls are not held against their Tasks. ``tries`` is how often one Ask may fail, others having had
    answers each time, before its samples are given up.

    Raises:
        LedgerMismatchError: the ledger tells of another Process or Policy.
        SwarmwrightError: what the Crew raised, except ModelErrors; everything before it is committed.
    """
    stop = stop or StopSignal()
    going = _Run(
        scheduler, crew, ledger, lanes, budget, clock, stop, absorb, observer, at_once, wished,
        single=single, patience=patience, tries=tries,
    )  # fmt: skip
    with calm_collector():
        return await going.to_end()


class _Run:
    """One start of a run, until its end."""

    def __init__(
        self,
        scheduler: Scheduler,
        crew: Crew,
        ledger: Ledger,
        lanes: Callable[[Command], Lane],
        budget: Budget,
        clock: Clock,
        stop: StopSignal,
        absorb: Reader | None,
        observer: Reader | None,
        at_once: AtOnce | None,
        wished: Wished | None,
        *,
        single: bool,
        patience: int,
        tries: int,
    ) -> None:
        self.scheduler = scheduler
        self.crew = crew
        self.ledger = ledger
        self.traffic = Traffic(lanes)
        self.budget = budget
        self.clock = clock
        self.stop = stop
        self.absorb = absorb
        self.observer = observer
        self.bell = asyncio.Event()
        self.inbox: deque[Flight] = deque()
        self.flights: set[Flight] = set()
        self.unpublished: list[AnyEvent] = []
        self.dirty = 0
        self.dirty_since = 0.0
        self.began = clock.monotonic()
        self.ending: ExitReason | None = None
        self.detail = ""
        self.refusal: ExitReason | None = None
        self.failures = Failures(patience, tries)
        self.at_once = at_once
        self.single = single
        self.instant: list[Command] = []
        self.wished = wished
        self.wishes = Wishes()
        self.next_look = 0.0

    async def to_end(self) -> ExitReason:
        """Run, and leave nothing in flight and nothing uncommitted that could be."""
        self.stop.listen(self._on_press)
        try:
            closed_before = self._resume()
            await self._drive()
            reason = self._reason()
            if not (closed_before and not self.dirty and not self.unpublished):
                self._note([RunClosed(reason.name, self.detail or reason.sentence, self.clock.wall())])
            self._commit()
            return reason
        except StorageFullError:
            return ExitReason.STORAGE_FULL
        except BaseException:
            await self._cancel_all()
            with contextlib.suppress(StorageFullError):
                self._commit()
            raise
        finally:
            self.stop.forget(self._on_press)
            await self._cancel_all()

    # Resuming

    def _resume(self) -> bool:
        """Replay the ledger, note the new start, and queue what is open; tell whether it was closed and complete."""
        replay = Replay(self.scheduler, self.remember)
        replay.read(self.ledger)
        commands = self.scheduler.open_commands()
        if self.single:
            commands = list(singles(commands))
        if replay.started and not (replay.closed and not commands):
            again = sum(1 for command in commands if isinstance(command, Ask) and replay.was_asked(command))
            self._note([RunResumed(self.clock.wall(), again)])
        if replay.owed:
            self._note(list(replay.owed.values()))
        self._put(commands)
        return replay.closed and not commands

    # Driving

    async def _drive(self) -> None:
        """Start what may start, wait, take what came, until nothing is in flight."""
        while True:
            if self.ending is None:
                self._check_limits()
            if self.wished is not None and self.ending is None:
                self._obey(self.wished)
            if self.ending is None and not self.wishes.paused and not self._pump():
                # Much was done at once: see to the disk, and let others have their turn, before more of it.
                self._commit()
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                continue
            if self.wishes.paused and self.ending is None and not self.flights:
                self._commit()
                await self.clock.sleep(LOOK_S)
                continue
            if not self.flights:
                return
            await self._wait()
            while self.inbox:
                self._land(self.inbox.popleft())
            if self._is_window_over():
                self._commit()

    def _obey(self, wished: Wished) -> None:
        """Look, once in a while, whether a person wishes something else than before."""
        if self._now() < self.next_look:
            return
        self.next_look = self._now() + LOOK_S
        wishes = wished()
        if wishes == self.wishes:
            return
        self.wishes = wishes
        self.traffic.widest = wishes.width
        counted = self.budget.is_limited
        self.budget.limit(calls=wishes.calls, tokens=wishes.tokens, usd=wishes.usd)
        if self.budget.is_limited and not counted:
            self._count_from_the_ledger()
            self.traffic.put(self.instant)
            self.instant = []
        self.traffic.asking = True
        self.refusal = None

    def _count_from_the_ledger(self) -> None:
        """Tell a budget, which had nothing to watch so far, of all that was spent and is being spent."""
        self._commit()
        self.budget.begin_anew()
        for event in self.ledger.replay():
            self.budget.on(event)
        for flight in self.flights:
            for ask in flight.batch:
                if isinstance(ask, Ask):
                    self.budget.take_off(ask)

    def _is_window_over(self) -> bool:
        return self.dirty >= WINDOW_EVENTS or (self.dirty > 0 and self._now() - self.dirty_since >= WINDOW_S)

    def _check_limits(self) -> None:
        if self.stop.presses:
            self.ending = ExitReason.INTERRUPTED
        elif self.budget.seconds is not None and self._now() - self.began >= self.budget.seconds:
            self.ending = ExitReason.BUDGET_SECONDS

    def _pump(self) -> bool:
        """Start every batch that has a lane, and the budget for it; return False where a window is over first."""
        while True:
            if self.instant:
                self._perform_instantly()
                if self._is_window_over():
                    return False
                continue
            taken = self.traffic.take()
            if taken is None:
                return True
            road, batch = taken
            if isinstance(batch[0], Ask):
                batch = self._admit(road, batch)
            if not batch:
                self.traffic.done(road)
                continue
            events = self._perform_at_once(batch)
            if events is None:
                self._launch(road, batch)
                continue
            self._arrive(road, batch)
            self._succeed(events, batch)
            if self._is_window_over():
                return False

    def _perform_instantly(self) -> None:
        """Perform what needs neither waiting nor a budget nor a lane; what needs waiting takes the road."""
        batch, self.instant = self.instant[:INSTANT], self.instant[INSTANT:]
        events = None if self.at_once is None else self.at_once(batch)
        if events is None:
            self.traffic.put(batch)
        else:
            self._succeed([*asked_of(batch), *events], batch)

    def _put(self, commands: Sequence[Command]) -> None:
        """Let new commands wait for their turn."""
        if self.at_once is None or self.single or self.budget.is_limited:
            self.traffic.put(singles(commands) if self.single else commands)
            return
        for command in commands:
            if type(command) is Ask:
                self.instant.append(command)
            else:
                self.traffic.put([command])

    def _perform_at_once(self, batch: Sequence[Command]) -> Sequence[AnyEvent] | None:
        if isinstance(batch[0], Recall):
            return [Recalled(recall.task, recall.source) for recall in batch if isinstance(recall, Recall)]
        return None if self.at_once is None else self.at_once(batch)

    def _admit(self, road: Road, batch: list[Command]) -> list[Command]:
        """Return the Asks there is a budget for, noted as asked; the others wait until something is settled."""
        if not self.budget.is_limited:
            self._note(asked_of(batch))
            return batch
        admitted: list[Command] = []
        for ask in batch:
            assert isinstance(ask, Ask)
            answer = self.budget.admit(ask)
            while isinstance(answer, Reserved):
                self._note([answer])
                self._commit()
                answer = self.budget.admit(ask)
            if answer is not None:
                self.refusal = answer
                self.traffic.asking = False
                self.traffic.put_back(road, batch[len(admitted) :])
                break
            admitted.append(ask)
        self._note(asked_of(admitted))
        return admitted

    def _launch(self, road: Road, batch: list[Command]) -> None:
        flight = Flight(road, batch)
        self.flights.add(flight)
        flight.task = asyncio.get_running_loop().create_task(self._perform(flight))

    async def _perform(self, flight: Flight) -> None:
        flight.begun = True
        try:
            flight.events = await self.crew.perform(flight.batch)
        except BaseException as error:
            flight.error = error
            if isinstance(error, asyncio.CancelledError):
                raise
        finally:
            self.inbox.append(flight)
            self.bell.set()

    async def _wait(self) -> None:
        """Wait until something landed or a person presses stop; commit what waits if that takes long."""
        if self.inbox:
            return
        self.bell.clear()
        looks = self.wished is not None and self.ending is None
        if self.dirty or looks:
            try:
                async with asyncio.timeout(WINDOW_S if self.dirty else LOOK_S):
                    await self.bell.wait()
                return
            except TimeoutError:
                self._commit()
        if not looks:
            await self.bell.wait()

    def _land(self, flight: Flight) -> None:
        """Take what came of a batch."""
        self.flights.discard(flight)
        self._arrive(flight.road, flight.batch)
        error = flight.error
        if error is None:
            self._succeed(flight.events, flight.batch)
        elif isinstance(error, ModelError):
            asks = [command for command in flight.batch if isinstance(command, Ask) and command.model]
            self._fail([ask for ask in asks if ask.task not in flight.gone], error)
        elif not isinstance(error, asyncio.CancelledError):
            raise error

    def _arrive(self, road: Road, batch: Sequence[Command]) -> None:
        """Free the road and the budget that a batch took up."""
        self.traffic.done(road)
        if type(batch[0]) is Ask:
            if not self.budget.is_limited:
                self.traffic.asking = True
                return
            for ask in batch:
                if isinstance(ask, Ask) and ask.model:
                    self.budget.settle(ask)
                    self.traffic.asking = True

    def _succeed(self, events: Sequence[AnyEvent], batch: Sequence[Command]) -> None:
        if type(batch[0]) is Ask and any(ask.model for ask in batch):  # type: ignore[union-attr]
            self.failures.succeed()
        self._take(events)

    def _take(self, events: Sequence[AnyEvent]) -> None:
        """Note Events, and do what follows from them."""
        try:
            step = self.scheduler.on(events)
        except BaseException:
            # What follows may be the user's code; what was paid for is kept all the same.
            self._note(events)
            raise
        self._note([*events, *step.events])
        if step.dropped:
            self._drop(step.dropped)
        self._put(step.commands)

    def _drop(self, tasks: Sequence[TaskId]) -> None:
        """Do not begin, and do not wait for, what nobody needs any more."""
        gone = frozenset(tasks)
        self.traffic.drop(gone)
        for flight in self.flights:
            flight.gone |= gone
            if flight.task is not None and all(getattr(command, "task", None) in gone for command in flight.batch):
                flight.task.cancel()
                self._give_up(flight)

    def _fail(self, asks: Sequence[Ask], error: ModelError) -> None:
        """Ask again, unless others had answers each time (the samples failed) or nobody has (the endpoint is dead)."""
        fallen = self.failures.fail(asks, for_good=not isinstance(error, EndpointError))
        if fallen.dead:
            self.ending = self.ending or ExitReason.ENDPOINT_DEAD
            self.detail = self.detail or str(error)
            return
        self.traffic.put(fallen.again)
        if fallen.given_up:
            self._take([CallFailed(ask.task, ask.first, ask.count, str(error)) for ask in fallen.given_up])

    # The ledger

    def _note(self, events: Sequence[AnyEvent]) -> None:
        """Put new Events into the open window, and tell those inside the process."""
        if not events:
            return
        if not self.dirty:
            self.dirty_since = self._now()
        self.dirty += len(events)
        self.ledger.append(events)
        if self.observer is not None:
            self.unpublished += events
        self.remember(events)

    def remember(self, events: Sequence[AnyEvent]) -> None:
        """Tell those inside the process of Events, replayed or new."""
        if self.absorb is not None:
            self.absorb(events)
        if self.budget.is_limited:
            for event in events:
                self.budget.on(event)

    def _commit(self) -> None:
        """Make the open window durable, and only then tell the observer."""
        if not self.dirty:
            return
        self.ledger.commit()
        self.dirty = 0
        if self.observer is not None:
            published, self.unpublished = self.unpublished, []
            self.observer(published)

    # Ending

    def _on_press(self) -> None:
        if self.stop.presses > 1:
            for flight in self.flights:
                if flight.task is not None:
                    flight.task.cancel()
                    self._give_up(flight)
        self.bell.set()

    def _give_up(self, flight: Flight) -> None:
        """Land a cancelled flight that has not begun: a task that is cancelled before its first step never runs."""
        if not flight.begun:
            flight.begun = True
            flight.error = asyncio.CancelledError()
            self.inbox.append(flight)

    async def _cancel_all(self) -> None:
        tasks = [flight.task for flight in self.flights if flight.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.flights.clear()

    def _reason(self) -> ExitReason:
        """Say why nothing is in flight any more."""
        if not self.scheduler.open_commands():
            tally = self.scheduler.tally()
            if tally.opened > tally.delivered + tally.undecided:
                raise SwarmwrightError("Some tasks are neither decided nor worked on. This is a bug; please report it.")
            self.detail = f"{tally.delivered} delivered, {tally.undecided} undecided"
            return ExitReason.SOME_UNDECIDED if tally.undecided else ExitReason.ALL_DELIVERED
        if self.ending is not None:
            return self.ending
        if self.refusal is not None and not self.traffic.asking:
            return self.refusal
        raise SwarmwrightError("The crew left a command without an answer. This is a bug; please report it.")

    def _now(self) -> float:
        return self.clock.monotonic()
