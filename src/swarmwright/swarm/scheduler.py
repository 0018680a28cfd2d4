"""The scheduler: a pure state machine from Events to commands. No I/O, clock, randomness or files.

``start`` and ``on`` return a Step: the commands that are new, and the Events that are the scheduler's own
(TaskOpened, Decided), which the driver must ledger behind the Events that caused them. Given back to ``on`` they
change nothing. Decisions do not depend on the order in which the Events of different commands arrive, and an Event
that comes twice counts once; so replaying a ledger leaves exactly the work that is open (``open_commands``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

import msgspec

from swarmwright.ledger.events import (
    Abandoned,
    Answered,
    AnyEvent,
    CallFailed,
    Decided,
    EpochOpened,
    Examined,
    Recalled,
    Speculated,
    TaskId,
    TaskOpened,
    Together,
    Verified,
    Voted,
)
from swarmwright.plan.values import Process, Task
from swarmwright.swarm.case import LEADING, Case, Move
from swarmwright.swarm.group import Group
from swarmwright.swarm.guesses import Guesses
from swarmwright.swarm.reasons import depends, lawless
from swarmwright.swarm.step_case import StepCase, is_plain
from swarmwright.swarm.values import Command, Policy, Recall


class Step(NamedTuple):
    """What follows from a batch of Events: new commands, the scheduler's own Events, and Tasks given up.

    Commands for a Task that was given up need not be performed; what comes of them changes nothing.
    """

    commands: list[Command]
    events: list[AnyEvent]
    dropped: tuple[TaskId, ...] = ()


class Tally(NamedTuple):
    """How many Tasks were opened, and how many of them were delivered or are undecided."""

    opened: int
    delivered: int
    undecided: int


class _Content:
    """What was decided, once, of all Tasks that ask the same; ``waiting`` are those opened before that."""

    __slots__ = ("decided", "key", "waiting")

    def __init__(self) -> None:
        self.decided: Decided | None = None
        self.key: Hashable = None
        self.waiting: list[Task] = []


def _kind_of_case(policy: Policy) -> Any:
    return StepCase if is_plain(policy) else Case


class Scheduler:
    """Drives the Tasks of a Process up the ladder of a Policy until each is decided."""

    def __init__(self, process: Process, policy: Policy) -> None:
        """Take the Process, freshly made: a scheduler uses it up."""
        self._process = process
        self._policy = policy
        # Where nothing but votes is asked for, a step has a state machine of its own: millions of them are made.
        self._case = _kind_of_case(policy)
        self._cases: dict[TaskId, Any] = {}
        self._groups: dict[int, Group] = {}
        self._undecided: dict[TaskId, str] = {}
        self._contents: dict[bytes, _Content] = {}
        self._recalling: dict[TaskId, tuple[Task, _Content]] = {}
        self._ready: deque[Task] = deque()
        self._opened = 0
        self._delivered = 0
        self._busy = 0
        self._ended: deque[Decided] = deque()
        self._unsettled: deque[Group] = deque()
        self._guesses = Guesses(policy.ahead)
        self._dropped: tuple[TaskId, ...] = ()
        self._commands: list[Command] = []
        self._events: list[AnyEvent] = []
        self._handlers: dict[type, Callable[[Any], None]] = {
            Answered: self._on_case(self._case.answered),
            CallFailed: self._on_case(self._case.failed),
            Examined: self._on_case(self._case.examined),
            Verified: self._on_case(self._case.verified),
            Voted: self._on_case(self._case.voted),
            Recalled: self._on_recalled,
            EpochOpened: self._on_epoch,
            Together: self._on_together,
        }

    def start(self) -> Step:
        """Open the Tasks that are ready at the beginning. To be called once, before ``on``."""
        self._ready.extend(self._process.start())
        self._drain()
        return self._step()

    def on(self, events: Sequence[AnyEvent]) -> Step:
        """Take note of what happened, in this order, and return what follows."""
        handlers = self._handlers
        for event in events:
            handle = handlers.get(type(event))
            if handle is not None:
                handle(event)
        return self._step()

    def open_commands(self) -> list[Command]:
        """Return the work that was commanded and is not answered, in the order of the Tasks, without what is."""
        commands: list[Command] = [work for case in self._cases.values() for work in case.open_work()]
        commands += [group.command for group in self._groups.values() if group.command is not None]
        commands += [
            Recall(task, content.decided.task)
            for task, (_, content) in self._recalling.items()
            if content.decided is not None
        ]
        return commands

    def tally(self) -> Tally:
        """Return how many Tasks were opened, delivered, and are undecided."""
        return Tally(self._opened, self._delivered, len(self._undecided))

    # Events

    def _on_case(self, take: Callable[[Case, Any], Move]) -> Callable[[Any], None]:
        """Return the handler that gives an Event to its Case and follows the Case's move."""
        cases = self._cases

        def handle(event: Any) -> None:
            case = cases.get(event.task)
            if case is None:
                return
            move = take(case, event)
            if move is None:
                if self._policy.ahead:
                    self._guess(case)
                    self._drain()
                return
            if type(move) is Decided:
                self._busy -= 1
                self._close(move)
                self._drain()
            elif move is LEADING:
                self._busy -= 1
                self._follow(case, move)
                self._drain()
            else:
                self._commands.append(move)  # type: ignore[arg-type]
                if self._policy.ahead:
                    self._guess(case)
                    self._drain()

        return handle

    def _on_recalled(self, event: Recalled) -> None:
        task, content = self._recalling.pop(event.task, (None, None))
        if task is None or content is None or content.decided is None:
            return
        self._busy -= 1
        decided = msgspec.structs.replace(content.decided, task=task.id)
        self._end(task, decided, content.key)
        self._drain()

    def _on_epoch(self, event: EpochOpened) -> None:
        case = self._cases.get(event.task)
        if case is not None:
            case.announce(event.epoch, event.count)

    def _on_together(self, event: Together) -> None:
        group = self._groups.get(event.group)
        if group is None or not group.take(event):
            return
        if event.broken:
            self._ended.extend(case.undecided(lawless(event.broken)) for case in group.cases())
        self._unsettled.append(group)
        self._drain()

    # What follows

    def _follow(self, case: Case, move: Move) -> None:
        """Note a Case's move; ``_drain`` sees to what follows from an end or a lead."""
        if type(move) is Decided:
            self._ended.append(move)
        elif move is LEADING:
            group = self._group(case.task.group)
            group.lead(case)
            self._ready.extend(self._process.on_leading(case.task.id))
            self._unsettled.append(group)
        elif move is not None:
            self._commands.append(move)  # type: ignore[arg-type]

    def _drain(self) -> None:
        """Follow up ends, ready Tasks and complete groups until nothing follows any more."""
        ended, ready, unsettled = self._ended, self._ready, self._unsettled
        while ended or unsettled or (ready and self._busy < self._policy.window):
            if ended:
                self._close(ended.popleft())
            elif ready and self._busy < self._policy.window:
                self._open(ready.popleft())
            else:
                self._settle(unsettled.popleft())

    def _open(self, task: Task) -> None:
        if task.content and not self._is_first(task):
            return
        case = self._cases[task.id] = self._case(task, self._policy)
        self._opened += 1
        self._events.append(TaskOpened(task.id, task.name, task.needs, task.group))
        lost = [self._undecided[need] for need in task.needs if need in self._undecided] if self._undecided else None
        move = case.undecided(depends(lost)) if lost else case.open()
        self._busy += case.command is not None
        self._follow(case, move)

    def _is_first(self, task: Task) -> bool:
        """Tell whether nobody asked the same before; else see to it that the Task is decided likewise."""
        content = self._contents.get(task.content)
        if content is None:
            self._contents[task.content] = _Content()
            return True
        self._opened += 1
        self._events.append(TaskOpened(task.id, task.name, task.needs, task.group))
        if content.decided is None:
            content.waiting.append(task)
        else:
            self._recall(task, content)
        return False

    def _recall(self, task: Task, content: _Content) -> None:
        assert content.decided is not None
        self._busy += 1
        self._recalling[task.id] = (task, content)
        self._commands.append(Recall(task.id, content.decided.task))

    def _close(self, decided: Decided) -> None:
        """End a Task once; Tasks of its group that went ahead on its strength end with it."""
        case = self._cases.pop(decided.task, None)
        if case is None:
            return
        task = case.task
        key = case.ballot.slots[decided.sample] if decided.delivered else None
        votes = case.ballot.slots
        if self._guesses.hold(task, decided, key, votes):
            self._go_ahead(task, key)
            return
        if task.group:
            self._leave_group(case, decided.delivered)
        if task.content:
            content = self._contents[task.content]
            content.decided, content.key = decided, key
            waiting, content.waiting = content.waiting, []
            for other in waiting:
                self._recall(other, content)
        self._end(task, decided, key, votes)

    def _end(self, task: Task, decided: Decided, key: Hashable, votes: Sequence[Hashable | None] = ()) -> None:
        """Note a decision and what becomes ready with it."""
        self._events.append(decided)
        if decided.delivered:
            self._delivered += 1
        else:
            self._undecided[task.id] = task.name
        self._ready.extend(self._process.on_decided(decided, key, votes))
        if self._policy.ahead:
            self._resolve(task.id, key)

    # Going ahead on guesses

    def _guess(self, case: Case) -> None:
        """Go on from the key that most votes so far are for."""
        key = case.ballot.front()
        if key is not None and not case.task.group and not case.task.content:
            self._go_ahead(case.task, key)

    def _go_ahead(self, task: Task, key: Hashable) -> None:
        guesses = self._guesses
        child = guesses.child(task.id)
        if child is not None:
            if guesses.assumed(child) == key:
                return
            self._abandon(child)
        if key is None or not guesses.may_follow(task.id):
            return
        for following in self._process.go_ahead(task.id, key):
            guesses.note(following.id, task.id, key)
            self._events.append(Speculated(following.id, task.id, key if isinstance(key, bytes) else b""))
            self._ready.append(following)

    def _resolve(self, task: TaskId, key: Hashable) -> None:
        """Now that a Task is decided: what was opened on a right guess counts, the rest is given up."""
        child = self._guesses.child(task)
        if child is None:
            return
        if self._guesses.assumed(child) != key:
            self._guesses.learn(right=False)
            self._abandon(child)
            return
        self._guesses.learn(right=True)
        held = self._guesses.confirm(child)
        if held is not None:
            self._end(*held)

    def _abandon(self, task: TaskId) -> None:
        for gone, was_held in self._guesses.give_up(task):
            case = self._cases.pop(gone, None)
            self._opened -= was_held or case is not None
            if case is not None:
                self._busy -= case.command is not None
            self._events.append(Abandoned(gone))
            self._dropped += (gone,)
            self._process.on_abandoned(gone)
            waiting = [ready for ready in self._ready if ready.id != gone]
            self._ready.clear()
            self._ready.extend(waiting)
            self._commands = [command for command in self._commands if getattr(command, "task", None) != gone]

    def _leave_group(self, case: Case, delivered: bool) -> None:
        group = self._group(case.task.group)
        group.leave(case.task.id)
        self._unsettled.append(group)
        if delivered:
            return
        # A Task loses its lead only while all its mates lead: none of them has a command open.
        for task in group.members:
            mate = self._cases.get(task)
            if mate is not None and case.task.id in mate.task.needs:
                self._ended.append(mate.undecided(depends([case.task.name])))

    def _settle(self, group: Group) -> None:
        """Deliver a complete group whose Laws are kept; check one whose Laws are not known to be."""
        if not group.is_complete():
            return
        stand_in = group.next_stand_in()
        if stand_in is not None:
            self._busy += 1
            self._follow(stand_in[0], stand_in[0].stand_in(stand_in[1]))
        elif group.is_kept():
            self._ended.extend(case.delivered() for case in group.cases())
        else:
            self._commands.append(group.check())

    def _group(self, number: int) -> Group:
        group = self._groups.get(number)
        if group is None:
            group = self._groups[number] = Group(number, self._process.members(number))
        return group

    def _step(self) -> Step:
        step = Step(self._commands, self._events, self._dropped)
        self._commands, self._events, self._dropped = [], [], ()
        return step
