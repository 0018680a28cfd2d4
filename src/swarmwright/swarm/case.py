"""One Task on its way to a decision: asked, examined, counted, verified, and up the ladder. Pure.

At any time a Case has one open command or none. An event that does not belong to the open command changes nothing:
it is a duplicate, or late.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import groupby
from typing import Any, Final, Literal

import msgspec

from swarmwright.ledger.events import Answered, CallFailed, Decided, Examined, Verified, Voted
from swarmwright.plan.values import Task
from swarmwright.swarm.finds import Finds
from swarmwright.swarm.ladder import applies, is_in_vain
from swarmwright.swarm.majority import is_doubted
from swarmwright.swarm.reasons import (
    DOUBTED,
    lacks,
    outright,
    outvoted,
    risky,
    unreachable,
    verified,
    without_votes,
)
from swarmwright.swarm.values import Ask, Examine, Policy, Rung, Verify
from swarmwright.verify.values import Verdict
from swarmwright.voting.ballot import OPEN, Ballot, Standing

LEADING: Final = "leading"
"""What a Case returns when it has a verified winner and waits for its group."""

_EMPTY: Mapping[Any, Any] = {}
_NOBODY: frozenset[int] = frozenset()
_NO_VOTES = Standing()
# What most Tasks never have trouble with is shared by all and replaced, never changed: a million Cases are made.

CaseCommand = Ask | Examine | Verify
Move = CaseCommand | Decided | Literal["leading"] | None
"""What follows from an event: a new command, the decision, LEADING, or nothing yet."""


class Case:
    """The state machine of one Task.

    ``lead`` is the verified sample that would be delivered (-1: none); ``margin`` the leader's, as the policy counts.
    """

    __slots__ = (
        "announced",
        "apart",
        "asked",
        "ballot",
        "barred",
        "bodies",
        "command",
        "epoch",
        "failure",
        "finds",
        "flags",
        "futile",
        "heard",
        "held",
        "inputs",
        "k",
        "lead",
        "margin",
        "needed",
        "policy",
        "refuted",
        "repaired",
        "repairs",
        "rung",
        "rung_first",
        "standing",
        "suspect",
        "task",
        "tried",
        "unmet",
        "verdict",
        "weighed",
    )

    def __init__(self, task: Task, policy: Policy) -> None:
        """Take the Task up; ``open`` gives its first command."""
        self.task = task
        self.policy = policy
        self.ballot = Ballot()
        self.command: CaseCommand | None = None
        self.rung = 0
        self.rung_first = 0
        self.asked = 0
        self.epoch = 0
        self.announced = -1
        self.inputs = 0
        self.futile = False
        self.heard = 0
        self.suspect = -1
        self.held: tuple[int, ...] = ()
        self.bodies: Mapping[int, bytes] = _EMPTY
        self.refuted: Mapping[int, int] = _EMPTY
        self.repaired: frozenset[int] = _NOBODY
        self.repairs: frozenset[int] = _NOBODY
        self.apart: frozenset[int] = _NOBODY
        self.flags: Mapping[str, int] = _EMPTY
        self.finds: Finds | None = None
        self.failure = ""
        self.tried: tuple[int, ...] = ()
        self.unmet = ""
        self.barred: frozenset[int] = _NOBODY
        self.standing = _NO_VOTES
        self.weighed: Standing | None = None
        self.margin = 0
        self.needed = self.k = task.k or policy.k
        self.needed += task.thinness
        self.lead = -1
        self.verdict = 0

    def open(self) -> Move:
        """Return the first command."""
        ladder = self.policy.ladder
        for number, rung in enumerate(ladder):
            if self._applies(rung, split=False) or (rung.when == "split" and rung.kind == "sample"):
                return self._ask(number, self.task.k or rung.count)
        return self.undecided("the ladder has no rung that can be asked first")

    # Events

    def voted(self, event: Voted) -> Move:
        """Count answers whose vote keys are known at once."""
        if type(self.command) is not Ask:
            return None
        slots = self.ballot.slots
        number = event.first
        size = len(slots)
        for key in event.keys:
            if 0 <= number < size and slots[number] is OPEN and not (self.held and number in self.held):
                if key:
                    slots[number] = key
                else:
                    slots[number] = None
                    self._flag("red-flagged")
            number += 1
        return self._when_answered()

    def answered(self, event: Answered) -> Move:
        """Hold readable answers for examination; resolve flagged ones."""
        if type(self.command) is not Ask:
            return None
        for number, answer in enumerate(event.answers, event.first):
            if not self.ballot.is_open(number) or number in self.held:
                continue
            if answer.flag:
                self.ballot.resolve(number, None)
                self._flag(answer.flag)
                if self.finds is not None:
                    self.finds.doubt(number, answer.flag)
            else:
                self.held = (*self.held, number)
                self.bodies = {**self.bodies, number: answer.body}
        return self._when_answered()

    def failed(self, event: CallFailed) -> Move:
        """Resolve samples that could not be had."""
        if type(self.command) is not Ask:
            return None
        for number in range(event.first, event.first + event.count):
            if number not in self.held and self.ballot.resolve(number, None):
                self.failure = event.reason
        return self._when_answered()

    def examined(self, event: Examined) -> Move:
        """Take the examined samples' votes; count when all are in."""
        if type(self.command) is not Examine or event.epoch != self.epoch:
            return None
        for result in event.results:
            number = result.sample
            if number not in self.held:
                if self.finds is not None:
                    self.finds.take(result)
                continue
            self.held = tuple(held for held in self.held if held != number)
            if result.refuted:
                self.refuted = {**self.refuted, number: self.epoch}
                self.ballot.resolve(number, None)
            elif result.flag or not result.key:
                self._flag(result.flag or "no signature")
                self.ballot.resolve(number, None)
            else:
                self.ballot.resolve(number, result.key)
        if self.held:
            return None
        if self.futile:
            self._dismiss(self.suspect)
        return self._count()

    def verified(self, event: Verified) -> Move:
        """Deliver the verified leader, or open the next epoch, or look for another winner."""
        command = self.command
        if type(command) is not Verify or command.epoch != event.epoch or command.sample != event.sample:
            return None
        if event.accepted and event.verdict >= Verdict.TESTED:
            return self._win(event) if event.risk <= self.policy.max_risk else self._too_risky(event)
        if event.verdict == Verdict.REFUTED or self.announced > self.epoch:
            self.suspect = event.sample
            return self._open_epoch()
        self.unmet = event.reason or "the winner could not be verified"
        self.tried = (*self.tried, event.sample)
        if self.lead >= 0:
            self.barred |= {event.sample}
            self.command = None
            return LEADING
        return self._count()

    def announce(self, epoch: int, inputs: int) -> None:
        """Note that the inputs of an epoch are fixed, and how many they are."""
        if epoch > self.announced:
            self.futile = epoch > 0 and inputs <= self.inputs
            self.announced = epoch
            self.inputs = inputs

    def open_work(self) -> list[CaseCommand]:
        """Return the open command, cut down to the samples that are still missing."""
        command = self.command
        if type(command) is Examine:
            return [self._examine()]
        if type(command) is not Ask:
            return [] if command is None else [command]
        if not self.held and self.ballot.slots.count(OPEN) == command.count:
            return [command]
        asks: list[CaseCommand] = []
        missing = (number for number in range(command.first, command.first + command.count) if self.is_missing(number))
        for _, run in groupby(enumerate(missing), lambda pair: pair[1] - pair[0]):
            samples = [number for _, number in run]
            asks.append(msgspec.structs.replace(command, first=samples[0], count=len(samples)))
        return asks

    def is_missing(self, sample: int) -> bool:
        """Tell whether that sample was asked for and nothing came of it yet."""
        return self.ballot.is_open(sample) and sample not in self.held

    # The group

    def choices(self) -> tuple[int, ...]:
        """Return the samples that may stand for this Task in its group, the verified leader first."""
        slots = self.ballot.slots
        picks = [self.lead]
        for key, votes in self.ballot.tally().items():
            sample = next(iter(self.ballot.voters(key)))
            if key != slots[self.lead] and votes >= self.policy.pick_votes and sample not in self.barred:
                picks.append(sample)
        return tuple(picks)

    def stand_in(self, sample: int) -> Move:
        """Verify another survivor because the group's Laws hold with it and not with the leader."""
        return self._verify(sample)

    # Ends

    def delivered(self) -> Decided:
        """Return the decision to deliver the verified leader."""
        self.command = None
        standing = self.standing
        own = self.ballot.slots[self.lead]
        votes = self.ballot.slots.count(own)
        if own == standing.leader:
            margin = self.margin
            reason = verified(margin, votes) if self.policy.verify else outright(margin, votes)
            if self.finds is not None and (also := self.finds.supports(own, self.ballot.slots)):
                reason = f"{also}; {reason}"
        else:
            margin = votes + votes - standing.votes - standing.others
            reason = f"the laws of its group hold with it, and not with the leader; {votes} votes, and verified"
        return Decided(self.task.id, True, self.lead, votes, margin, self.verdict, reason)

    def undecided(self, reason: str) -> Decided:
        """Return the decision that nothing can be delivered, with the reason."""
        self.command = None
        standing = self.standing
        return Decided(self.task.id, False, -1, standing.votes, self.margin, int(Verdict.UNKNOWN), reason)

    # Steps between

    def _when_answered(self) -> Move:
        """Go on when every sample of the open Ask is answered, flagged or failed."""
        waiting = self.ballot.slots.count(OPEN)
        if waiting:
            if waiting > len(self.held):
                return None
            self.held = tuple(sorted(self.held))
            self.command = self._examine()
            return self.command
        return self._count()

    def _examine(self) -> Examine:
        """Return the command to examine what is held, and finds that do not vote beside it."""
        beside = self.finds.beside(self.held) if self.finds is not None else ()
        return Examine(self.task.id, self.epoch, (*self.held, *beside))

    def _count(self) -> Move:
        """Count the votes; verify the winner, or ask for what is missing."""
        policy = self.policy
        ballot, finds = self.ballot, self.finds
        self.standing = standing = ballot.standing() if finds is None else finds.standing(ballot.counted())
        self.margin = standing.votes - (standing.others if policy.margin == "all" else standing.second)
        self.needed = self.k
        # Most Tasks never have either, and a million of them come by here.
        repairs = len(self.repairs.intersection(self.ballot.voters(standing.leader))) if self.repairs else 0
        refuted = len(self.refuted.keys() - self.repairs) if self.refuted else 0
        majority = policy.majority
        if majority is None or not majority.is_broad(standing, repairs=repairs, refuted=refuted):
            self.needed += self.task.thinness + policy.k_spread * standing.rivals
        missing = self.needed - self.margin
        if missing > 0:
            return self._ask_more(missing)
        if standing == self.weighed:
            return self._climb(split=True)
        opposed = finds is not None and finds.oppose(standing.leader, ballot.counted())
        if lacking := lacks(standing, majority, repairs=repairs, refuted=refuted, opposed=opposed):
            self.unmet = lacking
            return self._climb(split=True)
        return self._judge(standing.leader)

    def _judge(self, leader: Hashable) -> Move:
        """Hear witnesses of a behaviour that won, and verify it."""
        if self.apart and is_doubted(leader, self.apart, self.ballot.slots):
            self.unmet = DOUBTED
            return self._climb(split=True)
        if (witnesses := self._hear()) is not None:
            return witnesses
        sample = self._untried(leader)
        if not self.policy.verify:
            self.lead = sample
            return self.delivered()
        return self._verify(sample) if sample >= 0 else self._climb(split=False)

    def _hear(self) -> Move:
        """Ask the next witnesses about a leader, each once; the rung that is asked next stays what it was."""
        if not self.task.special:
            return None
        ladder = self.policy.ladder
        for number in range(self.heard, len(ladder)):
            rung = ladder[number]
            if rung.when == "won":
                self.heard = number + 1
                first = self.ballot.extend(rung.count)
                if rung.apart:
                    self.apart |= frozenset(range(first, first + rung.count))
                self.command = Ask(self.task.id, number, rung.archetype, rung.model, first, rung.count)
                return self.command
        self.heard = len(ladder)
        return None

    def _untried(self, key: Hashable) -> int:
        """Return the lowest sample of that behaviour whose text was not verified in vain this epoch, or -1."""
        if not self.tried:
            return self.ballot.slots.index(key)
        if len(self.tried) >= self.policy.rounds:
            return -1
        texts = {self.bodies.get(sample, b"") for sample in self.tried}
        for sample in self.ballot.voters(key):
            if sample not in self.tried and self.bodies.get(sample, b"") not in texts:
                return sample
        return -1

    def _verify(self, sample: int) -> Verify:
        slots = self.ballot.slots
        rivals: tuple[int, ...] = ()
        if self.standing.rivals:
            own = slots[sample]
            rivals = tuple(slots.index(key) for key in self.ballot.tally() if key != own)
        command = self.command = Verify(self.task.id, self.epoch, sample, rivals)
        return command

    def _too_risky(self, event: Verified) -> Move:
        """Ask on: the same winner may be delivered with more votes behind it, never with the same ones."""
        self.unmet = risky(event.risk, self.policy.max_risk)
        if self.lead >= 0:
            self.barred |= {event.sample}
            self.command = None
            return LEADING
        self.weighed = self.standing
        return self._climb(split=True)

    def _win(self, event: Verified) -> Move:
        self.lead = event.sample
        self.verdict = event.verdict
        self.command = None
        return LEADING if self.task.group else self.delivered()

    def _open_epoch(self) -> Move:
        """Run every survivor on more inputs, the leader too: what refuted it is among them."""
        self.lead = -1
        self.tried = ()
        self.barred = _NOBODY
        if self.epoch + 1 >= self.policy.rounds:
            return self.undecided(f"after {self.policy.rounds} rounds of new inputs a winner still failed")
        self.epoch += 1
        self.held = self.ballot.reopen()
        if self.finds is not None:
            self.finds.reopen()
        command = self.command = self._examine()
        return command

    def _dismiss(self, sample: int) -> None:
        """Refute a winner, and its copies, that was refuted on what no input shows: it would win and fail for ever."""
        text = self.bodies.get(sample, b"")
        for voter in list(self.ballot.voters()):
            if voter == sample or (text and self.bodies.get(voter) == text):
                self.ballot.withdraw(voter)
                self.refuted = {**self.refuted, voter: self.epoch}
        self.futile = False

    # The ladder

    def _ask_more(self, missing: int) -> Move:
        """Ask the same rung for the votes that are missing, or climb."""
        rung = self.policy.ladder[self.rung]
        reachable = missing <= max(rung.most, rung.count) - self.asked
        slots = self.ballot.slots
        if self.finds is not None and self.asked < rung.count:
            return self._ask(self.rung, rung.count - self.asked)
        barren = all(slot is None for slot in slots[self.rung_first :])
        if reachable and not barren and rung.kind == "sample":
            return self._ask(self.rung, missing)
        higher = self._higher(split=True)
        finds = self.finds
        lone = finds if finds is not None and finds.is_alone(self.standing, slots) else None
        if higher >= 0:
            count = self.policy.ladder[higher].count
            return self._ask(higher, min(count, lone.confirming(self.needed)) if lone is not None else count)
        if reachable and rung.kind == "sample" and not self.failure:
            return self._ask(self.rung, missing)
        if lone is not None and not self.task.thinness:
            return self._judge(self.standing.leader)
        return self.undecided(self._why())

    def _climb(self, *, split: bool) -> Move:
        """Ask the next rung although the vote is won: its winner does not meet the policy."""
        higher = self._higher(split=split)
        if higher >= 0:
            return self._ask(higher, self.policy.ladder[higher].count)
        return self.undecided(self.unmet)

    def _higher(self, *, split: bool) -> int:
        """Return the next rung that applies, or -1."""
        ladder = self.policy.ladder
        for number in range(self.rung + 1, len(ladder)):
            vain = is_in_vain(ladder[number:], margin=self.margin, k=self.k)
            if not vain and self._applies(ladder[number], split=split):
                return number
        return -1

    def _applies(self, rung: Rung, *, split: bool) -> bool:
        return applies(rung, split=split, refuted=bool(self.refuted), thin=self.task.thinness > 0)

    def _ask(self, number: int, count: int) -> Ask:
        if number != self.rung:
            self.rung, self.rung_first, self.asked = number, len(self.ballot.slots), 0
        rung = self.policy.ladder[number]
        # Who asks no model sees every refuted Proposal, and takes none from the repairers.
        basis = self._basis() if rung.kind == "repair" and rung.model else -1
        self.asked += count
        first = self.ballot.extend(count)
        if rung.kind == "repair":
            self.repairs |= frozenset(range(first, first + count))
        if rung.apart:
            self.apart |= frozenset(range(first, first + count))
        if self.policy.weights is not None and rung.searches:
            self.finds = self.finds or Finds(self.policy.weights)
            self.finds.ask(first, count)
        self.failure = ""
        command = self.command = Ask(self.task.id, number, rung.archetype, rung.model, first, count, basis)
        return command

    def _basis(self) -> int:
        """Return the refuted sample that got furthest, of those not repaired yet where there are any."""
        fresh = [sample for sample in self.refuted if sample not in self.repaired] or list(self.refuted)
        basis = max(fresh, key=lambda sample: (self.refuted[sample], -sample))
        self.repaired |= {basis}
        return basis

    def _flag(self, flag: str) -> None:
        self.flags = {**self.flags, flag: self.flags.get(flag, 0) + 1}

    def _why(self) -> str:
        """Say in one sentence what was missing."""
        if self.standing.votes:
            return outvoted(self.ballot.tally(), self.standing, self.needed)
        alone = self.failure and not self.flags and not self.refuted
        return unreachable(self.failure) if alone else without_votes(len(self.refuted), self.flags)
