"""Folds over the Events of a run: what status, reports, cost and explanations read, live or long after."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from swarmwright.ledger.events import (
    IDLE,
    Abandoned,
    Answered,
    AnyEvent,
    Asked,
    BlobId,
    CallFailed,
    Decided,
    EpochOpened,
    Examined,
    Noted,
    Recalled,
    Reserved,
    RunClosed,
    RunOpened,
    RunResumed,
    Searched,
    Speculated,
    TaskId,
    TaskOpened,
    Together,
    Verified,
    Voted,
)

TaskStage = Literal["waiting", "asking", "examining", "verifying", "delivered", "undecided"]


class Totals(msgspec.Struct):
    """What a run has come to so far.

    ``answers`` counts samples that were answered, ``kept`` those of them that were not bought now, ``failed``
    samples that could not be had, ``asked_again`` calls that were lost in flight and repeated. ``flags`` counts
    red flags by reason, among the answers and the examinations.
    """

    events: int = 0
    tasks: int = 0
    answers: int = 0
    kept: int = 0
    failed: int = 0
    asked_again: int = 0
    votes: int = 0
    refuted: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float = 0.0
    delivered: int = 0
    undecided: int = 0
    flags: Counter[str] = msgspec.field(default_factory=Counter)

    def on(self, event: AnyEvent) -> None:
        """Take one more event into account."""
        self.take((event,))

    def take(self, events: Sequence[AnyEvent]) -> None:
        """Take more events into account."""
        self.events += len(events)
        for event in events:
            # In the order of how many there are: a long run is mostly votes, and what asks for them.
            kind = type(event)
            if kind is Voted:
                self._on_voted(event)  # type: ignore[arg-type]
            elif kind is Decided:
                if event.delivered:  # type: ignore[union-attr]
                    self.delivered += 1
                else:
                    self.undecided += 1
            elif kind is TaskOpened:
                self.tasks += 1
            elif kind is not Asked:
                self._on_rare(event)

    def _on_rare(self, event: AnyEvent) -> None:
        match event:
            case Answered():
                self._on_answered(event)
            case Examined():
                for result in event.results:
                    # With a flag beside these it is an answer that was flagged, and counted, before.
                    self.flags.update([result.flag] if result.flag and not (result.key or result.refuted) else ())
                    self.refuted += bool(result.refuted)
                    self.votes += bool(result.key and not result.flag)
            case CallFailed():
                self.failed += event.count
            case RunResumed():
                self.asked_again += event.asked_again
            case _:
                pass

    def _spend(self, cost_usd: float) -> None:
        # One price that is no number must not make every later total no number.
        if math.isfinite(cost_usd):
            self.cost_usd += cost_usd

    def _on_voted(self, event: Voted) -> None:
        keys = event.keys
        flagged = keys.count(b"")
        self.answers += len(keys)
        self.kept += event.kept
        self.votes += len(keys) - flagged
        self.tokens_out += event.tokens
        if event.cost_usd:
            self._spend(event.cost_usd)
        if flagged:
            self.flags["flagged"] += flagged

    def _on_answered(self, event: Answered) -> None:
        for answer in event.answers:
            if answer.flag == IDLE:
                continue
            self.answers += 1
            # What no model was asked for was not kept from earlier either.
            self.kept += answer.kept and bool(event.prompt)
            self.tokens_in += answer.tokens_in
            self.tokens_out += answer.tokens_out
            self._spend(answer.cost_usd)
            if answer.flag:
                self.flags[answer.flag] += 1


class Sample(msgspec.Struct):
    """One sample of a Task: who gave it, what was read from it, and what examining it showed last.

    ``flag`` and ``detail`` say why it was discarded, ``refuted`` names the check that refuted it, ``key`` is its
    vote in epoch ``epoch`` (-1: not examined). ``prompt``, ``text``, ``body`` and ``story`` are blobs (empty: none).
    """

    number: int
    rung: int = -1
    archetype: str = ""
    model: str = ""
    flag: str = ""
    detail: str = ""
    refuted: str = ""
    key: bytes = b""
    epoch: int = -1
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0
    kept: bool = False
    answered: bool = False
    failed: str = ""
    prompt: bytes = b""
    text: bytes = b""
    body: bytes = b""
    story: bytes = b""


class TaskState(msgspec.Struct):
    """Everything known of one Task. ``keys`` counts the votes of Tasks that are voted on in bulk (``Voted``)."""

    id: TaskId
    name: str = ""
    needs: tuple[TaskId, ...] = ()
    group: int = 0
    asked: list[Asked] = msgspec.field(default_factory=list)
    samples: dict[int, Sample] = msgspec.field(default_factory=dict)
    epochs: list[EpochOpened] = msgspec.field(default_factory=list)
    searched: list[Searched] = msgspec.field(default_factory=list)
    verified: list[Verified] = msgspec.field(default_factory=list)
    together: list[Together] = msgspec.field(default_factory=list)
    keys: Counter[bytes] = msgspec.field(default_factory=Counter)
    decided: Decided | None = None

    @property
    def stage(self) -> TaskStage:
        """How far it has come, in one word."""
        if self.decided is not None:
            return "delivered" if self.decided.delivered else "undecided"
        if self.epochs and any(one.epoch == self.epochs[-1].epoch for one in self.verified):
            return "verifying"
        if any(sample.epoch >= 0 for sample in self.samples.values()):
            return "examining"
        return "asking" if self.asked or self.keys else "waiting"

    @property
    def rungs(self) -> tuple[int, ...]:
        """The rungs of the ladder that were taken, in order."""
        return tuple(dict.fromkeys(asked.rung for asked in self.asked))

    def votes(self) -> Counter[bytes]:
        """Return the votes for each key, as last examined, samples that do not vote left out."""
        votes = Counter(self.keys)
        votes.update(sample.key for sample in self.samples.values() if sample.key and not sample.flag)
        return votes

    def sample(self, number: int) -> Sample:
        """Return the sample of that number, entering it where it is new."""
        return self.samples.setdefault(number, Sample(number))

    def winner(self) -> Sample | None:
        """Return the sample that was delivered, if one was (None too where votes came in bulk)."""
        return self.samples.get(self.decided.sample) if self.decided and self.decided.delivered else None


class RunState(msgspec.Struct):
    """A run, as its events tell it. ``tasks`` are in the order in which they became known."""

    spec_name: str = ""
    spec_digest: str = ""
    options: dict[str, str] = msgspec.field(default_factory=dict)
    opened_at: float = 0.0
    units: tuple[str, ...] = ()
    resumed_at: list[float] = msgspec.field(default_factory=list)
    closed: RunClosed | None = None
    tasks: dict[TaskId, TaskState] = msgspec.field(default_factory=dict)
    reserved: dict[int, Reserved] = msgspec.field(default_factory=dict)
    notes: list[Noted] = msgspec.field(default_factory=list)
    totals: Totals = msgspec.field(default_factory=Totals)

    def task(self, task: TaskId) -> TaskState:
        """Return the Task of that id, entering it where it is new."""
        found = self.tasks.get(task)
        if found is None:
            found = self.tasks[task] = TaskState(task)
        return found

    def all_tasks(self) -> list[TaskState]:
        """Return every Task, those that nobody began too, in the order of the specification where it is known."""
        known = {task.name: task for task in self.tasks.values()}
        if not known.keys() <= set(self.units):
            return list(self.tasks.values())
        return [known.get(name) or TaskState(TaskId(b""), name=name) for name in self.units]

    def named(self, name: str) -> TaskState:
        """Return the Task of that name (the last one, where several bear it).

        Raises:
            KeyError: no Task bears it.
        """
        for task in reversed(self.tasks.values()):
            if task.name == name:
                return task
        raise KeyError(name)

    def of_stage(self, stage: TaskStage) -> tuple[TaskState, ...]:
        """Return the Tasks that have come that far and no further."""
        return tuple(task for task in self.tasks.values() if task.stage == stage)

    def on(self, event: AnyEvent) -> None:
        """Take one more event into account; events must come in the ledger's order."""
        self.totals.on(event)
        match event:
            case Asked() | Answered() | CallFailed() | Examined() | Voted():
                _on_samples(self.task(event.task), event)
            case TaskOpened():
                task = self.task(event.task)
                task.name, task.needs, task.group = event.name, event.needs, event.group
            case EpochOpened():
                self.task(event.task).epochs.append(event)
            case Searched():
                self.task(event.task).searched.append(event)
            case Verified():
                self.task(event.task).verified.append(event)
            case Together():
                for picked, _ in event.picks:
                    self.task(picked).together.append(event)
            case Decided():
                self.task(event.task).decided = event
            case Recalled():
                # Its votes are those of its source, and are counted there.
                self.task(event.task)
            case Speculated():
                self.task(event.task)
            case Abandoned():
                # What it was opened upon did not come true; its answers stay in the totals.
                self.tasks.pop(event.task, None)
            case _:
                self._on_run(event)

    def _on_run(self, event: AnyEvent) -> None:
        match event:
            case RunOpened():
                self.spec_name, self.spec_digest = event.spec_name, event.spec_digest
                self.options, self.opened_at, self.units = dict(event.options), event.at, event.units
            case RunResumed():
                self.resumed_at.append(event.at)
                self.closed = None
            case RunClosed():
                self.closed = event
            case Reserved():
                self.reserved[event.block] = event
            case Noted():
                self.notes.append(event)
            case _:
                raise TypeError(f"no such event: {event!r}")

    def blobs(self) -> set[BlobId]:
        """Return the ids of all blobs that the samples, epochs and evidence refer to."""
        found: set[bytes] = set()
        for task in self.tasks.values():
            found.update(epoch.inputs for epoch in task.epochs)
            for one in task.searched:
                found.update((one.grammar, one.modules, one.request))
                found.update(survivor.body for survivor in one.survivors)
            found.update(one.evidence for one in task.verified)
            found.update(one.evidence for one in task.together)
            for sample in task.samples.values():
                found.update((sample.prompt, sample.text, sample.body, sample.story))
        return {BlobId(blob) for blob in found if blob}


def _on_samples(task: TaskState, event: Asked | Answered | CallFailed | Examined | Voted) -> None:
    match event:
        case Asked():
            task.asked.append(event)
            for number in range(event.first, event.first + event.count):
                sample = task.sample(number)
                sample.rung, sample.archetype, sample.model = event.rung, event.archetype, event.model
        case Answered():
            _on_answers(task, event)
        case CallFailed():
            for number in range(event.first, event.first + event.count):
                task.sample(number).failed = event.reason
        case Examined():
            _on_results(task, event)
        case Voted():
            task.keys.update(key for key in event.keys if key)


def _on_answers(task: TaskState, event: Answered) -> None:
    for number, answer in enumerate(event.answers, start=event.first):
        sample = task.sample(number)
        sample.answered, sample.failed, sample.prompt = True, "", event.prompt
        sample.text, sample.body = answer.text, answer.body
        sample.flag, sample.detail = answer.flag, answer.detail
        sample.tokens_in, sample.tokens_out = answer.tokens_in, answer.tokens_out
        sample.cost_usd, sample.seconds, sample.kept = answer.cost_usd, answer.seconds, answer.kept


def _on_results(task: TaskState, event: Examined) -> None:
    for result in event.results:
        sample = task.sample(result.sample)
        sample.epoch, sample.key, sample.refuted = event.epoch, result.key, result.refuted
        sample.flag = result.flag
        sample.story = result.story or sample.story


def fold(events: Iterable[AnyEvent]) -> RunState:
    """Return the state of the run that these events, in the ledger's order, tell of."""
    state = RunState()
    for event in events:
        state.on(event)
    return state
