"""A Crew without models and sandboxes: a made-up world in which every Task has one right answer.

What becomes of a sample is a function of (seed, Task, sample number) alone, so a run in any order, or resumed, sees
the same world.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

from swarmwright.agents.clock import Clock
from swarmwright.errors import EndpointError
from swarmwright.ledger.events import (
    Answer,
    Answered,
    AnyEvent,
    EpochOpened,
    Examined,
    Result,
    TaskId,
    Together,
    Verified,
    Voted,
)
from swarmwright.swarm.values import Ask, CheckTogether, Command, Examine, Verify
from swarmwright.verify.values import Verdict

RIGHT = b"right"
"""The vote key of every right answer."""
_BLOCK = 8
_UNIT = 1 << 21


class SimulatedCrew:
    """Performs commands in the made-up world.

    A sample is red-flagged with probability ``flag_rate``; of the others, ``accuracy`` are right. Of the wrong ones
    ``correlated`` share one misreading (one vote key), the rest err each in its own way. ``caught_early`` of the
    wrong keys are refuted when examined, ``caught_late`` of the remaining when verified, ``caught_together`` of those
    that then remain by the Laws of their group; the last remainder passes for right. With ``votes`` an Ask is
    answered by Voted; without, by Answered, and keys come with Examined.
    An Ask takes a time in ``latency_s`` (from, to), and fails while the clock is in one of ``outages`` (from, to).
    ``performed`` counts commands by kind, ``asked`` samples.
    """

    def __init__(
        self,
        seed: int,
        *,
        accuracy: float = 0.9,
        correlated: float = 0.3,
        flag_rate: float = 0.05,
        caught_early: float = 0.5,
        caught_late: float = 0.5,
        caught_together: float = 0.5,
        votes: bool = True,
        tokens_per_sample: int = 100,
        latency_s: tuple[float, float] = (0.0, 0.0),
        outages: Sequence[tuple[float, float]] = (),
        clock: Clock | None = None,
    ) -> None:
        """Make the world of that seed; a clock is needed where there is latency or outage.

        Raises:
            ValueError: latency or outages without a clock.
        """
        if clock is None and (outages or max(latency_s) > 0):
            raise ValueError("latency and outages need a clock")
        self._key = seed.to_bytes(8, "big", signed=True)
        self._flagged = int(flag_rate * _UNIT)
        self._right = int(accuracy * _UNIT)
        self._correlated = int(correlated * _UNIT)
        self._caught_early = caught_early
        self._caught_late = caught_late
        self._caught_together = caught_together
        self._votes = votes
        self._tokens = tokens_per_sample
        self._latency_s = latency_s
        self._outages = outages
        self._clock = clock
        self._block: tuple[TaskId, int, bytes] = (TaskId(b""), -1, b"")
        self.performed: dict[str, int] = {}
        self.asked = 0

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        """Perform commands of one kind; raise ``EndpointError`` in an outage."""
        kind = type(commands[0]).__name__
        self.performed[kind] = self.performed.get(kind, 0) + len(commands)
        events: list[AnyEvent] = []
        if kind == "Ask":
            await self._let_time_pass(commands)
            answer = self._vote if self._votes else self._answer
            for command in commands:
                assert isinstance(command, Ask)
                self.asked += command.count
                events.append(answer(command))
            return events
        for command in commands:
            if isinstance(command, Examine):
                events += self._examine(command)
            elif isinstance(command, Verify):
                events.append(self._verify(command))
            elif isinstance(command, CheckTogether):
                events.append(self._check_together(command))
        return events

    def key(self, task: TaskId, sample: int) -> bytes:
        """Return what that sample answers: RIGHT, a wrong key, or nothing where it is red-flagged."""
        number, place = divmod(sample, _BLOCK)
        if self._block[0] != task or self._block[1] != number:
            digest = hashlib.blake2b(task + number.to_bytes(4, "big"), key=self._key, digest_size=64).digest()
            self._block = (task, number, digest)
        chance = int.from_bytes(self._block[2][place * 8 : place * 8 + 8], "big")
        if chance % _UNIT < self._flagged:
            return b""
        chance >>= 21
        if chance % _UNIT < self._right:
            return RIGHT
        chance >>= 21
        return b"misread" if chance % _UNIT < self._correlated else b"noise %d" % sample

    def caught(self, task: TaskId, key: bytes) -> Literal["early", "late", "together", "never"]:
        """Return when a key turns out to be wrong."""
        if key == RIGHT:
            return "never"
        digest = hashlib.blake2b(task + key, key=self._key, digest_size=12).digest()
        early, late, together = (int.from_bytes(digest[at : at + 4], "big") / 2**32 for at in (0, 4, 8))
        if early < self._caught_early:
            return "early"
        if late < self._caught_late:
            return "late"
        return "together" if together < self._caught_together else "never"

    async def _let_time_pass(self, commands: Sequence[Command]) -> None:
        """Wait as long as the slowest of the Asks takes, and fail where an outage begins before that."""
        clock = self._clock
        if clock is None:
            return
        low, high = self._latency_s
        slowest = 0.0
        for command in commands:
            assert isinstance(command, Ask)
            digest = hashlib.blake2b(command.task + b"%d" % command.first, key=self._key, digest_size=8).digest()
            slowest = max(slowest, low + (high - low) * int.from_bytes(digest, "big") / 2**64)
        began = clock.monotonic()
        await clock.sleep(slowest)
        if any(start <= clock.monotonic() and began < end for start, end in self._outages):
            raise EndpointError("the simulated endpoint is down")

    def _vote(self, command: Ask) -> Voted:
        task, first = command.task, command.first
        keys = tuple([self.key(task, sample) for sample in range(first, first + command.count)])
        return Voted(task, first, keys, self._tokens * command.count, 0.0)

    def _answer(self, command: Ask) -> Answered:
        answers = []
        for sample in range(command.first, command.first + command.count):
            key = self.key(command.task, sample)
            flag = "" if key else "not parseable"
            answers.append(Answer(b"", key, flag, "", 0, self._tokens, 0.0, 0.0, False))
        return Answered(command.task, command.first, b"", tuple(answers))

    def _examine(self, command: Examine) -> list[AnyEvent]:
        results = []
        for sample in command.samples:
            key = self.key(command.task, sample)
            caught = self.caught(command.task, key)
            wrong = caught == "early" or (caught == "late" and command.epoch > 0)
            results.append(Result(sample, b"" if wrong else key, "", "postcondition" if wrong else "", b""))
        opened = EpochOpened(command.task, command.epoch, b"", 50 * (command.epoch + 1), False, "simulated")
        return [opened, Examined(command.task, command.epoch, tuple(results))]

    def _verify(self, command: Verify) -> Verified:
        key = self.key(command.task, command.sample)
        if self.caught(command.task, key) in ("together", "never"):
            return Verified(command.task, command.epoch, command.sample, int(Verdict.TESTED), True, "", b"")
        reason = "the simulated check found a counterexample"
        return Verified(command.task, command.epoch, command.sample, int(Verdict.REFUTED), False, reason, b"")

    def _check_together(self, command: CheckTogether) -> Together:
        picks: list[tuple[TaskId, int]] = []
        for task, samples in command.choices:
            keeping = [sample for sample in samples if self.caught(task, self.key(task, sample)) != "together"]
            if not keeping:
                return Together(command.group, (), ("law law_simulated",), b"")
            picks.append((task, keeping[0]))
        return Together(command.group, tuple(picks), (), b"")
