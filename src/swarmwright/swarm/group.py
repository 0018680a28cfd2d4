"""Tasks that are checked together before any of them is delivered. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from swarmwright.ledger.events import TaskId, Together
from swarmwright.swarm.case import Case
from swarmwright.swarm.values import CheckTogether


class Group:
    """Who of a group leads, who is gone (decided), and for which picks its Laws were found to hold."""

    __slots__ = ("command", "gone", "kept", "leads", "members", "number", "stood")

    def __init__(self, number: int, members: Sequence[TaskId]) -> None:
        """Start with nobody leading; ``members`` are all Tasks of the group, opened or not."""
        self.number = number
        self.members = tuple(members)
        self.leads: dict[TaskId, Case] = {}
        self.gone: set[TaskId] = set()
        self.kept: dict[TaskId, int] = {}
        self.stood: set[TaskId] = set()
        self.command: CheckTogether | None = None

    def lead(self, case: Case) -> None:
        """Note that a Case has a verified winner."""
        self.leads[case.task.id] = case

    def leave(self, task: TaskId) -> None:
        """Note that a Task was decided."""
        self.leads.pop(task, None)
        self.gone.add(task)

    def is_complete(self) -> bool:
        """Tell whether every Task that is not gone leads, and none is being checked."""
        waits = self.command is None and bool(self.leads)
        return waits and all(task in self.leads or task in self.gone for task in self.members)

    def is_kept(self) -> bool:
        """Tell whether the Laws were found to hold for exactly the samples that lead now."""
        return self.kept == {task: case.lead for task, case in self.leads.items()}

    def cases(self) -> list[Case]:
        """Return the leading Cases in the order of the members."""
        return [self.leads[task] for task in self.members if task in self.leads]

    def check(self) -> CheckTogether:
        """Return the command that checks those who lead."""
        choices = tuple((case.task.id, case.choices()) for case in self.cases())
        self.command = CheckTogether(self.number, choices)
        return self.command

    def take(self, event: Together) -> bool:
        """Take the check's answer; return False, and change nothing, where it is not one to the open command."""
        if self.command is None:
            return False
        choices = dict(self.command.choices)
        picks = dict(event.picks)
        if not event.broken and any(pick not in choices.get(task, ()) for task, pick in picks.items()):
            return False
        self.command = None
        self.kept = {} if event.broken else {task: picks.get(task, samples[0]) for task, samples in choices.items()}
        self.stood.clear()
        return True

    def next_stand_in(self) -> tuple[Case, int] | None:
        """Return the next Case that another survivor must stand in for, with its sample; None where none must.

        One after the other, in the order of the members: so what becomes of the group never depends on which
        verification ended first.
        """
        if self.kept.keys() != self.leads.keys():
            return None
        for case in self.cases():
            task = case.task.id
            if case.lead != self.kept[task]:
                if task in self.stood:
                    return None
                self.stood.add(task)
                del self.leads[task]
                return case, self.kept[task]
        return None
