"""A Crew for long tasks in a made-up world: it knows the right answers and errs as often as it is told to."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from swarmwright.agents.clock import Clock
from swarmwright.errors import EndpointError
from swarmwright.ledger.events import AnyEvent, TaskId, Voted
from swarmwright.plan.questions import Question, Reading, encode_answer, read_value
from swarmwright.plan.steps import Open
from swarmwright.swarm.values import Ask, Command

_BLOCK = 8
_EIGHT_NUMBERS = struct.Struct(">8Q").unpack
_UNIT = 1 << 21
_WAYS = 1 << 16


class StepWorld(msgspec.Struct, frozen=True):
    """How the made-up models answer.

    A sample is red-flagged with probability ``flag_rate``; of the others ``error_rate`` are wrong. Of the wrong ones
    ``correlated`` make the one mistake that all make at that step, the rest err each in its own way.
    A call takes between ``latency_s[0]`` and ``latency_s[1]`` seconds, evenly spread, or (``heavy``) with a Pareto
    tail of index 1.5 from the first on. While the clock stands in one of ``outages`` (from, to, in seconds), or
    while the calls are counted in one of ``outage_calls`` (from, to), calls fail.
    """

    seed: int = 0
    error_rate: float = 0.0022
    flag_rate: float = 0.02
    correlated: float = 0.0
    tokens_per_sample: int = 100
    latency_s: tuple[float, float] = (0.0, 0.0)
    heavy: bool = False
    outages: tuple[tuple[float, float], ...] = ()
    outage_calls: tuple[tuple[int, int], ...] = ()


class StepCrew:
    """Performs Asks for open steps. What sample i of a step is depends on (seed, step, i) alone, never on order."""

    def __init__(self, steps: Mapping[TaskId, Open], world: StepWorld, *, clock: Clock | None = None) -> None:
        """Take the open steps (a live view); a clock is needed where there is latency or outage by the clock.

        Raises:
            ValueError: latency or outages without a clock.
        """
        if clock is None and (world.outages or max(world.latency_s) > 0):
            raise ValueError("latency and outages need a clock")
        self._steps = steps
        self._world = world
        self._clock = clock
        self._key = world.seed.to_bytes(8, "big", signed=True)
        self._flagged = int(world.flag_rate * _UNIT)
        self._wrong = int(world.error_rate * _UNIT)
        self._correlated = int(world.correlated * _UNIT)
        self._waits = clock is not None and (max(world.latency_s) > 0 or bool(world.outages))
        self.calls = 0
        self.asked = 0
        self.wrong = 0

    def at_once(self, commands: Sequence[Command]) -> Sequence[AnyEvent] | None:
        """Answer without waiting; None where the world has latency, or an outage begins."""
        if self._waits or self._is_out(len(commands)):
            return None
        return self._answer(commands)

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        """Answer; raise ``EndpointError`` in an outage."""
        if self._is_out(len(commands)):
            self.calls += len(commands)
            raise EndpointError("the simulated endpoint is down")
        if self._clock is not None and self._waits:
            await self._wait(self._clock, commands)
        return self._answer(commands)

    def _answer(self, commands: Sequence[Command]) -> list[AnyEvent]:
        self.calls += len(commands)
        events: list[AnyEvent] = []
        tokens = self._world.tokens_per_sample
        for ask in commands:
            assert isinstance(ask, Ask)
            self.asked += ask.count
            step = self._steps[ask.task]
            keys = self._votes(step, ask, encode_answer(step.truth()))
            events.append(Voted(ask.task, ask.first, keys, tokens * ask.count, 0.0))
        return events

    def _votes(self, step: Open, ask: Ask, right: bytes) -> tuple[bytes, ...]:
        if step.question.check is not None:
            right = judged(step.question, right).key
        keys = []
        block = -1
        chances: tuple[int, ...] = ()
        for sample in range(ask.first, ask.first + ask.count):
            if sample // _BLOCK != block:
                block = sample // _BLOCK
                chances = self._chances(ask.task, block)
            chance = chances[sample % _BLOCK]
            if chance % _UNIT < self._flagged:
                keys.append(b"")
            elif (chance >> 21) % _UNIT >= self._wrong:
                keys.append(right)
            else:
                self.wrong += 1
                way = 0 if (chance >> 42) % _UNIT < self._correlated else 1 + sample % _WAYS
                keys.append(judged(step.question, wrong_answer(right, way)).key)
        return tuple(keys)

    def _chances(self, task: TaskId, block: int) -> tuple[int, ...]:
        """Return 64 random bits for each of the eight samples of a block."""
        plain = hashlib.blake2b(task + block.to_bytes(4, "big"), key=self._key, digest_size=64).digest()
        return _EIGHT_NUMBERS(plain)

    def _is_out(self, calls: int) -> bool:
        return any(start <= self.calls + calls - 1 and self.calls < end for start, end in self._world.outage_calls)

    async def _wait(self, clock: Clock, commands: Sequence[Command]) -> None:
        slowest = 0.0
        low, high = self._world.latency_s
        for ask in commands:
            assert isinstance(ask, Ask)
            for sample in range(ask.first, ask.first + ask.count):
                digest = hashlib.blake2b(ask.task + b"%d" % sample, key=self._key, digest_size=8).digest()
                share = int.from_bytes(digest, "big") / 2**64
                took = low * (1.0 - share) ** (-1 / 1.5) if self._world.heavy else low + (high - low) * share
                slowest = max(slowest, min(took, high))
        began = clock.monotonic()
        await clock.sleep(slowest)
        if any(start <= clock.monotonic() and began < end for start, end in self._world.outages):
            raise EndpointError("the simulated endpoint is down")


def wrong_answer(right: bytes, way: int) -> bytes:
    """Return a wrong vote key near the right one: one number in it is moved, or a text or truth turned.

    Args:
        right: the right key.
        way: which mistake; 0 is the one that all make.
    """
    return encode_answer(_changed(msgspec.json.decode(right), way))


def _changed(value: Any, way: int) -> Any:
    """Change one plain value a little; other ways change it otherwise."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1 + way
        case float():
            return value + 1.0 + way
        case str():
            return f"{value}?{way or ''}"
        case [*items] if items:
            place = way % len(items)
            return [*items[:place], _changed(items[place], way // len(items)), *items[place + 1 :]]
        case dict() if value:
            name = sorted(value)[way % len(value)]
            return {**value, name: _changed(value[name], way // len(value))}
    return way


def judged(question: Question, key: bytes) -> Reading:
    """Return what a well-formed answer with that key counts as, once the question's check has seen it."""
    return Reading(key) if question.check is None else read_value(question, msgspec.json.decode(key))
