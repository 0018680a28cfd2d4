"""One step of a long task on its way to a decision by votes alone: a `Case` under a plain Policy, made lean. Pure.

A million of them are made. Nothing is examined, verified, repaired or weighed: votes come with keys, the first key
that is ahead of every other by k is the decision, and the rungs of the ladder are models asked one after the other.
``tests/properties/test_step_case.py`` holds it against `Case` on random events.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from itertools import groupby

import msgspec

from swarmwright.ledger.events import Answered, CallFailed, Decided, Examined, Verified, Voted
from swarmwright.plan.values import Task
from swarmwright.swarm.case import Move
from swarmwright.swarm.reasons import outright, outvoted, unreachable, without_votes
from swarmwright.swarm.values import Ask, Policy
from swarmwright.verify.values import Verdict
from swarmwright.voting.ballot import OPEN, Ballot, Standing

_reason = lru_cache(maxsize=1024)(outright)
_UNKNOWN = int(Verdict.UNKNOWN)


def is_plain(policy: Policy) -> bool:
    """Tell whether a Policy asks for nothing but votes."""
    return (
        not policy.verify
        and policy.margin == "second"
        and policy.majority is None
        and not policy.k_spread
        and bool(policy.ladder)
        and all(
            rung.kind == "sample" and rung.when in ("always", "split") and bool(rung.model) and not rung.apart
            for rung in policy.ladder
        )
    )


class StepCase:
    """The state machine of one step. At any time it has one open Ask, or none and is decided."""

    __slots__ = ("asked", "ballot", "command", "failure", "flagged", "k", "policy", "rung", "rung_first", "task")

    def __init__(self, task: Task, policy: Policy) -> None:
        """Take the Task up; ``open`` gives its first command."""
        self.task = task
        self.policy = policy
        self.ballot = Ballot()
        self.command: Ask | None = None
        self.rung = 0
        self.rung_first = 0
        self.asked = 0
        self.k = (task.k or policy.k) + task.thinness
        self.flagged = 0
        self.failure = ""

    def open(self) -> Move:
        """Return the first command."""
        return self._ask(0, self.task.k or self.policy.ladder[0].count)

    def voted(self, event: Voted) -> Move:
        """Count answers whose vote keys are known at once."""
        if self.command is None:
            return None
        slots = self.ballot.slots
        number = event.first
        size = len(slots)
        for key in event.keys:
            if 0 <= number < size and slots[number] is OPEN:
                if key:
                    slots[number] = key
                else:
                    slots[number] = None
                    self.flagged += 1
            number += 1
        return None if OPEN in slots else self._count()

    def failed(self, event: CallFailed) -> Move:
        """Resolve samples that could not be had."""
        if self.command is None:
            return None
        for number in range(event.first, event.first + event.count):
            if self.ballot.resolve(number, None):
                self.failure = event.reason
        return None if OPEN in self.ballot.slots else self._count()

    def answered(self, event: Answered) -> Move:  # noqa: ARG002
        """Change nothing: a step's answers come as votes."""
        return None

    def examined(self, event: Examined) -> Move:  # noqa: ARG002
        """Change nothing: nothing is examined."""
        return None

    def verified(self, event: Verified) -> Move:  # noqa: ARG002
        """Change nothing: nothing is verified."""
        return None

    def announce(self, epoch: int, inputs: int) -> None:
        """Change nothing: a step has no inputs."""

    def open_work(self) -> list[Ask]:
        """Return the open Ask, cut down to the samples that are still missing."""
        command = self.command
        if command is None:
            return []
        slots = self.ballot.slots
        missing = [n for n in range(command.first, command.first + command.count) if slots[n] is OPEN]
        if len(missing) == command.count:
            return [command]
        asks = []
        for _, run in groupby(enumerate(missing), lambda pair: pair[1] - pair[0]):
            samples = [number for _, number in run]
            asks.append(msgspec.structs.replace(command, first=samples[0], count=len(samples)))
        return asks

    def undecided(self, reason: str) -> Decided:
        """Return the decision that nothing can be decided, with the reason."""
        self.command = None
        standing = self.ballot.standing()
        margin = standing.margin_over_second
        return Decided(self.task.id, False, -1, standing.votes, margin, _UNKNOWN, reason)

    def _count(self) -> Move:
        """Decide, or ask for the votes that are missing."""
        slots: Sequence[Hashable | None] = self.ballot.slots
        first = slots[0]
        if first is not None and slots.count(first) == len(slots):
            votes = margin = len(slots)
            standing = None
        else:
            standing = self.ballot.standing()
            votes, margin = standing.votes, standing.votes - standing.second
            first = standing.leader
        if margin < self.k:
            return self._ask_more(self.k - margin, standing or Standing(first, votes))
        self.command = None
        return Decided(self.task.id, True, slots.index(first), votes, margin, 0, _reason(margin, votes))

    def _ask_more(self, missing: int, standing: Standing) -> Move:
        """Ask the same model for the votes that are missing, or the next, or give up."""
        ladder = self.policy.ladder
        rung = ladder[self.rung]
        reachable = missing <= max(rung.most, rung.count) - self.asked
        slots = self.ballot.slots
        barren = all(slot is None for slot in slots[self.rung_first :])
        if reachable and not barren:
            return self._ask(self.rung, missing)
        if self.rung + 1 < len(ladder):
            return self._ask(self.rung + 1, ladder[self.rung + 1].count)
        if reachable and not self.failure:
            return self._ask(self.rung, missing)
        return self.undecided(self._why(standing))

    def _ask(self, number: int, count: int) -> Ask:
        slots = self.ballot.slots
        first = len(slots)
        if number != self.rung:
            self.rung = number
            self.rung_first = first
            self.asked = 0
        rung = self.policy.ladder[number]
        self.asked += count
        slots += [OPEN] * count
        self.failure = ""
        command = self.command = Ask(self.task.id, number, rung.archetype, rung.model, first, count)
        return command

    def _why(self, standing: Standing) -> str:
        if standing.votes:
            return outvoted(self.ballot.tally(), standing, self.k)
        if self.failure and not self.flagged:
            return unreachable(self.failure)
        return without_votes(0, {"red-flagged": self.flagged} if self.flagged else {})
