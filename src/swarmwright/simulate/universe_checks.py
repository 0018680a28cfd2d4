"""What must hold in every universe, checked by accounts of its own: nothing here asks the scheduler or the budget.

Two kinds of checks: those at every instant (`Watch`: what is told is durable, spending, pace), and those over the whole
ledger afterwards (`Account`: one decision a step, its margin over distinct durable votes, no step before its inputs).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import msgspec

from swarmwright.ledger.events import (
    Abandoned,
    Answered,
    AnyEvent,
    Asked,
    CallFailed,
    Decided,
    Recalled,
    Reserved,
    RunClosed,
    Speculated,
    TaskId,
    TaskOpened,
    Voted,
)
from swarmwright.simulate.universe_crew import Endpoint
from swarmwright.simulate.universe_disk import SimulatedDisk
from swarmwright.simulate.universe_scene import Scene

_BURST_S = 6.0
"""An endpoint lets through at once what flows in during this time: a minute sees at most 110 % of its rate."""
_ROUNDING = 1e-6


class BrokenError(AssertionError):
    """An invariant does not hold; ``law`` names it."""

    def __init__(self, law: str, what: str) -> None:
        """Take the law's name and what was seen."""
        super().__init__(f"{law}: {what}")
        self.law = law


class Level:
    """How much of a rate is left: refills by the second, and must never be drawn below zero."""

    def __init__(self, per_minute: float) -> None:
        """Take the rate (0: no limit)."""
        self._rate = per_minute / 60.0
        self._capacity = max(1.0, self._rate * _BURST_S)
        self._level = self._capacity
        self._since = 0.0

    def draw(self, amount: float, now: float) -> bool:
        """Take that much; tell whether it was there."""
        if not self._rate:
            return True
        self._level = min(self._capacity, self._level + (now - self._since) * self._rate) - amount
        self._since = now
        return self._level >= -_ROUNDING


class Watch:
    """Checks one universe at every instant, over all its processes."""

    def __init__(self, scene: Scene, disk: SimulatedDisk, endpoint: Endpoint) -> None:
        """Take what outlives the processes."""
        self._scene = scene
        self._disk = disk
        self._endpoint = endpoint
        self.told: list[AnyEvent] = []
        self._kept: list[AnyEvent] = []
        self._cursor = 0
        self._folded = 0
        self._ceiling = (0.0, 0.0)
        self.limits: tuple[float | None, float | None] = (None, None)
        self._requests = Level(0)
        self._paused_until = 0.0
        self.broken: BrokenError | None = None

    def begin(self, calls: int | None, tokens: int | None) -> None:
        """Note that a process starts, with that budget; all that was durable must be there.

        Raises:
            BrokenError: something durable was lost or changed.
        """
        durable = self._disk.durable
        if durable[: len(self._kept)] != self._kept:
            raise BrokenError("durable", "what had been promised to be durable was lost or changed")
        self._cursor = len(durable)
        self.limits = (calls, tokens)
        self._requests = Level(self._scene.requests_per_minute)
        self._paused_until = 0.0

    def hear(self, events: Sequence[AnyEvent]) -> None:
        """Take what the observer is told: the durable Events of this start, in order.

        Raises:
            BrokenError: something is told that is not durable, or not next.
        """
        durable = self._disk.durable[self._cursor : self._cursor + len(events)]
        if list(events) != durable:
            self._broke("published", f"{len(events)} events were told, and not these are durable next")
        self._cursor += len(events)
        self.told += events

    def pause(self, until: float) -> None:
        """Note that the endpoint wants no request until then."""
        self._paused_until = max(self._paused_until, until)

    def sent(self, now: float) -> None:
        """Check a request that the endpoint has just taken.

        Raises:
            BrokenError: it was too much, not reserved, or too soon.
        """
        calls, tokens = self._endpoint.calls, self._endpoint.tokens
        limit_calls, limit_tokens = self.limits
        if limit_calls is not None and calls > limit_calls:
            self._broke("budget", f"{calls} calls are billed, and {limit_calls} were allowed")
        if limit_tokens is not None and tokens > limit_tokens:
            self._broke("budget", f"{tokens} tokens are billed, and {limit_tokens} were allowed")
        self._fold_reservations()
        if limit_calls is not None and calls > self._ceiling[0]:
            self._broke("reserved", f"{calls} calls are billed, and {self._ceiling[0]:g} durably reserved")
        if limit_tokens is not None and tokens > self._ceiling[1]:
            self._broke("reserved", f"{tokens} tokens are billed, and {self._ceiling[1]:g} durably reserved")
        if now < self._paused_until - _ROUNDING:
            self._broke("pace", f"a request {self._paused_until - now:.3f} s before a pause was over")
        if not self._requests.draw(1.0, now):
            self._broke("pace", f"more than {self._scene.requests_per_minute} requests a minute at {now:.3f} s")

    def _broke(self, law: str, what: str) -> None:
        """Remember what is broken, since the process may die before anyone hears of it; raise it."""
        self.broken = self.broken or BrokenError(law, what)
        raise self.broken

    def _fold_reservations(self) -> None:
        """Add up what is durably reserved; a run that closed in order gave back what was not billed."""
        durable = self._disk.durable
        for event in durable[self._folded :]:
            if isinstance(event, Reserved):
                self._ceiling = (self._ceiling[0] + event.calls, self._ceiling[1] + event.tokens)
        self._folded = len(durable)

    def end(self) -> None:
        """Note that a process ended: what a durable RunClosed gave back is reserved no longer.

        Raises:
            BrokenError: the process broke a law before.
        """
        if self.broken is not None:
            raise self.broken
        durable = self._disk.durable
        closed = len(durable) > len(self._kept) and isinstance(durable[-1], RunClosed)
        self._kept += durable[len(self._kept) :]
        self._fold_reservations()
        if closed:
            billed = (self._endpoint.calls, self._endpoint.tokens)
            self._ceiling = (min(self._ceiling[0], billed[0]), min(self._ceiling[1], billed[1]))


class Account:
    """A whole ledger, read step by step with the rules written anew.

    ``margins`` gives the k that each step needs (0: the Policy's). Steps of kind "units" are verified and examined,
    and their margins are not counted again.
    """

    def __init__(self, scene: Scene, margins: Mapping[TaskId, int]) -> None:
        """Take the scene and the margins."""
        self._scene = scene
        self._margins = margins
        self.opened: dict[TaskId, TaskOpened] = {}
        self.decided: dict[TaskId, Decided] = {}
        self.keys: dict[TaskId, bytes] = {}
        self._slots: dict[TaskId, dict[int, bytes | None]] = {}
        self._asked: dict[TaskId, set[int]] = {}
        self._source: dict[TaskId, TaskId] = {}
        self._done: dict[int, TaskId] = {}
        self.guessed: dict[TaskId, Speculated] = {}
        self.abandoned: set[TaskId] = set()
        self.has_failed = False

    def read(self, events: Sequence[AnyEvent]) -> None:
        """Read the ledger.

        Raises:
            BrokenError: an invariant does not hold.
        """
        for event in events:
            match event:
                case TaskOpened():
                    self._open(event)
                case Asked():
                    self._ask(event)
                case Voted():
                    self._vote(event.task, dict(enumerate(event.keys, event.first)))
                case Answered():
                    self._vote(event.task, dict.fromkeys(range(event.first, event.first + len(event.answers)), b""))
                case CallFailed():
                    self.has_failed = True
                    failed = dict.fromkeys(range(event.first, event.first + event.count), b"")
                    self._vote(event.task, failed)
                case Speculated():
                    self._require_open(event.parent)
                    self.guessed[event.task] = event
                case Abandoned():
                    if event.task in self.decided or event.task not in self.guessed:
                        raise BrokenError("abandoned", f"step {number_of(event.task)} was abandoned wrongly")
                    self.abandoned.add(event.task)
                case Recalled():
                    self._require_open(event.task)
                    if event.source not in self.decided:
                        raise BrokenError("inputs", "a step was recalled from one that is not decided")
                    self._source[event.task] = event.source
                case Decided():
                    self._decide(event)

    def decisions(self) -> dict[object, Decided]:
        """Return all decisions; those of a chain by step, since a step opened on a guess has an id of its own."""
        if self._scene.kind != "chain":
            return {task: decided for task, decided in self.decided.items()}  # noqa: C416
        nobody = TaskId(b"")
        return {
            number_of(task): msgspec.structs.replace(decided, task=nobody) for task, decided in self.decided.items()
        }

    def answers(self) -> dict[int, bytes]:
        """Return the answer of every delivered step, by its number."""
        return {number_of(task): self.keys[task] for task, decided in self.decided.items() if decided.delivered}

    def _open(self, event: TaskOpened) -> None:
        if event.task in self.opened:
            raise BrokenError("opened", f"step {number_of(event.task)} was opened twice")
        self.opened[event.task] = event
        if event.task not in self.guessed:
            self._require_inputs(event)

    def _require_inputs(self, event: TaskOpened) -> None:
        """Demand that what a step needs is decided: before it is opened, or decided where a guess opened it."""
        number, decided = number_of(event.task), self.decided
        needs = event.needs if not event.group else ()
        is_first = self._scene.kind != "chain" or not number
        if any(need not in decided for need in needs) or not (is_first or number - 1 in self._done):
            raise BrokenError("inputs", f"step {number} was begun before what it needs was decided")
        guess = self.guessed.get(event.task)
        if guess is not None and self.keys.get(guess.parent) != guess.key:
            raise BrokenError("guess", f"step {number} was decided on a guess that was wrong")

    def _require_open(self, task: TaskId) -> None:
        if task not in self.opened:
            raise BrokenError("opened", "something happened to a step that was not opened")

    def _ask(self, event: Asked) -> None:
        """Note what is asked; what is durably answered must not be bought again, nor a decided step asked."""
        self._require_open(event.task)
        samples = range(event.first, event.first + event.count)
        # A late answer can resolve a call that is asked again already: that one is bought for nothing.
        if not self._scene.faults.late:
            if event.task in self.decided or event.task in self.abandoned:
                raise BrokenError("bought", f"step {number_of(event.task)} was asked when nobody needed it")
            if not self._slots.get(event.task, {}).keys().isdisjoint(samples):
                raise BrokenError("bought", f"step {number_of(event.task)} was asked for what was answered before")
        self._asked.setdefault(event.task, set()).update(samples)

    def _vote(self, task: TaskId, keys: Mapping[int, bytes]) -> None:
        """Count votes on samples that were asked, the first on each."""
        self._require_open(task)
        if not self._asked.get(task, set()).issuperset(keys):
            raise BrokenError("asked", f"step {number_of(task)} has answers that nobody asked for")
        slots = self._slots.setdefault(task, {})
        for sample, key in keys.items():
            slots.setdefault(sample, key or None)

    def _decide(self, event: Decided) -> None:
        number = number_of(event.task)
        if event.task in self.decided or (self._scene.kind == "chain" and number in self._done):
            raise BrokenError("once", f"step {number} was decided twice")
        if event.task in self.abandoned:
            raise BrokenError("abandoned", f"step {number} was decided after it was abandoned")
        self._require_open(event.task)
        self._require_inputs(self.opened[event.task])
        self.decided[event.task] = event
        self._done[number] = event.task
        source = self._source.get(event.task)
        if source is not None:
            if msgspec.structs.replace(event, task=source) != self.decided[source]:
                raise BrokenError("recalled", "a recalled step was not decided as its source")
            if event.delivered:
                self.keys[event.task] = self.keys[source]
        elif event.delivered and self._scene.kind != "units":
            self._require_margin(event)

    def _require_margin(self, event: Decided) -> None:
        """Count the votes that are durable before the decision."""
        slots = self._slots.get(event.task, {})
        leader = slots.get(event.sample)
        counts: dict[Hashable, int] = {}
        for key in slots.values():
            if key is not None:
                counts[key] = counts.get(key, 0) + 1
        votes = counts.pop(leader, 0) if leader is not None else 0
        policy = self._scene.policy
        against = sum(counts.values()) if policy.margin == "all" else max(counts.values(), default=0)
        k = self._margins.get(event.task, 0) or policy.k
        needed = k + policy.k_spread * len(counts)
        if leader is None or votes - against < needed or (event.votes, event.margin) != (votes, votes - against):
            raise BrokenError(
                "margin",
                f"step {number_of(event.task)} was decided with {event.votes} votes and a margin of {event.margin}; "
                f"durable are {votes} votes and {votes - against}, and {needed} are needed",
            )
        self.keys[event.task] = leader


def number_of(task: TaskId) -> int:
    """Return a step's number (of kind "units": of no meaning)."""
    return int.from_bytes(task[8:], "big")
