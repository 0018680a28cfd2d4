"""The models of a universe: an endpoint that outlives the processes and bills them, and the crew of one process."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from swarmwright.errors import EndpointError, EndpointRefusedError, SwarmwrightError
from swarmwright.ledger.events import Answered, AnyEvent, Decided, TaskId, Voted
from swarmwright.plan.questions import encode_answer
from swarmwright.plan.steps import Open
from swarmwright.simulate.clock import VirtualClock
from swarmwright.simulate.crew import SimulatedCrew
from swarmwright.simulate.steps import judged, wrong_answer
from swarmwright.simulate.universe_scene import TOKENS_PER_SAMPLE, Scene
from swarmwright.swarm.values import Ask, Command

_UNIT = 1 << 21


class Gate(Protocol):
    """Lets requests through at the pace an endpoint allows."""

    async def admit(self, tokens: float) -> None:
        """Come back when a request of about that many tokens may be sent."""
        ...

    def correct(self, estimated: float, used: float) -> None:
        """Replace an estimate by what was used."""
        ...

    def pause(self, seconds: float) -> None:
        """Admit nobody for that long."""
        ...


class BrokenCrewError(SwarmwrightError):
    """The simulated crew failed."""


class Call(msgspec.Struct):
    """One request to the endpoint: what was asked, and what it is billed with (tokens; 0 calls where it failed)."""

    ask: Ask
    tokens: int
    calls: int = 1


class Endpoint:
    """Who answers, counts and bills. What sample i of a step is depends on (seed, step, i), unless it is fickle.

    ``calls`` and ``tokens`` are what was billed so far: a request counts from the moment it is sent, with the most it
    can cost; when its answer is taken, with what it cost; a request that failed costs nothing, one that nobody waited
    for costs the most. ``sent`` counts requests.
    """

    def __init__(self, scene: Scene, rng: random.Random, happened: Counter[str]) -> None:
        """Take the scene, the generator of chances, and where rare things are counted."""
        self.scene = scene
        self.rng = rng
        self.happened = happened
        self.sent = 0
        self.calls = 0
        self.tokens = 0
        self._attempts: Counter[tuple[TaskId, int]] = Counter()
        self._key = scene.seed.to_bytes(8, "big", signed=True)
        self.units = SimulatedCrew(
            scene.seed, accuracy=1 - scene.wrong, correlated=scene.correlated, flag_rate=scene.flagged, votes=False
        )

    def send(self, ask: Ask) -> Call:
        """Take a request."""
        call = Call(ask, TOKENS_PER_SAMPLE * ask.count)
        self.sent += 1
        self.calls += 1
        self.tokens += call.tokens
        return call

    def refund(self, call: Call) -> None:
        """Take nothing for a request."""
        self.calls -= call.calls
        self.tokens -= call.tokens

    def is_down(self) -> bool:
        """Tell whether the request sent last falls into an outage."""
        return any(first <= self.sent - 1 < end for first, end in self.scene.faults.outages)

    def vote(self, call: Call, step: Open) -> list[Voted]:
        """Return the votes on a step, and settle the bill."""
        ask, faults = call.ask, self.scene.faults
        right = encode_answer(step.truth())
        # Not by the Task's id: a step that was opened on a guess has another, and is asked the same.
        base = step.question.content + (b"" if self.scene.reuse else b"%d of " % step.number)
        keys = [self._key_of(base, ask, sample, step, right) for sample in range(ask.first, ask.first + ask.count)]
        cost = ask.count * (TOKENS_PER_SAMPLE - (ask.first * 7) % 50)
        self.tokens += cost - call.tokens
        if faults.apart and ask.count > 1 and self.rng.random() < faults.apart:
            self.happened["answers of one call came apart"] += 1
            cut = self.rng.randrange(1, ask.count)
            parts = [(ask.first, keys[:cut], cost), (ask.first + cut, keys[cut:], 0)]
            self.rng.shuffle(parts)
            # One request, so one of the events counts as bought.
            return [Voted(ask.task, at, tuple(part), paid, 0.0, 0 if paid else len(part)) for at, part, paid in parts]
        return [Voted(ask.task, ask.first, tuple(keys), cost, 0.0)]

    def _key_of(self, base: bytes, ask: Ask, sample: int, step: Open, right: bytes) -> bytes:
        scene = self.scene
        name = base + b"%d" % sample
        if scene.faults.fickle:
            self._attempts[ask.task, sample] += 1
            name += b" %d" % self._attempts[ask.task, sample]
        chance = int.from_bytes(hashlib.blake2b(name, key=self._key, digest_size=8).digest(), "big")
        if chance % _UNIT < scene.flagged * _UNIT:
            self.happened["a red flag"] += 1
            return b""
        chance >>= 21
        if chance % _UNIT >= scene.wrong * _UNIT:
            return right
        chance >>= 21
        way = 0 if chance % _UNIT < scene.correlated * _UNIT else 1 + sample
        return judged(step.question, wrong_answer(right, way)).key


class UniverseCrew:
    """The Crew of one process."""

    def __init__(
        self,
        endpoint: Endpoint,
        steps: Mapping[TaskId, Open],
        *,
        gate: Gate | None,
        on_send: Callable[[], object],
        on_pause: Callable[[float], object],
    ) -> None:
        """Take the endpoint, the open steps (a live view), and who is told of requests and pauses.

        ``on_send`` is called when the endpoint has taken a request, and may refuse it by raising.
        """
        self._endpoint = endpoint
        self._scene = endpoint.scene
        self._rng = endpoint.rng
        self._happened = endpoint.happened
        self._steps = steps
        self._gate = gate
        self._on_send = on_send
        self._on_pause = on_pause
        self._clock = VirtualClock()
        self._late: list[Voted] = []
        self._spare: list[Voted] = []
        self._voted: set[TaskId] = set()
        self._decided: set[TaskId] = set()

    def absorb(self, events: Sequence[AnyEvent]) -> None:
        """Remember which steps have votes and which are decided."""
        for event in events:
            if isinstance(event, Voted | Answered):
                self._voted.add(event.task)
            elif isinstance(event, Decided):
                self._decided.add(event.task)

    def at_once(self, commands: Sequence[Command]) -> Sequence[AnyEvent] | None:
        """Answer without waiting, by chance, and not in an outage."""
        scene = self._scene
        if scene.kind == "units" or not scene.at_once or self._rng.random() >= scene.at_once:
            return None
        sent = self._endpoint.sent
        if any(first < sent + len(commands) and sent < end for first, end in scene.faults.outages):
            return None
        self._happened["answered at once"] += 1
        return self._answers([self._send(command) for command in commands if isinstance(command, Ask)])

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        """Ask the endpoint; raise ``EndpointError``, ``EndpointRefusedError`` or worse where it goes wrong."""
        asks = [command for command in commands if isinstance(command, Ask)]
        if not asks:
            await self._take_time()
            return await self._endpoint.units.perform(commands)
        calls: list[Call] = []
        is_down = False
        for ask in asks:
            if self._gate is not None:
                await self._gate.admit(TOKENS_PER_SAMPLE * ask.count)
            calls.append(self._send(ask))
            is_down = is_down or self._endpoint.is_down()
        await self._take_time()
        if is_down:
            self._fail(calls)
        self._misfortune(calls)
        if self._scene.kind == "units":
            return await self._bodies(calls, asks)
        return self._answers(calls)

    def _send(self, ask: Ask) -> Call:
        call = self._endpoint.send(ask)
        self._on_send()
        return call

    async def _take_time(self) -> None:
        low, high = self._scene.latency_s
        share = self._rng.random()
        took = min(high, low * (1.0 - share) ** (-1 / 1.5)) if self._scene.heavy else low + (high - low) * share
        if self._scene.grid_s:
            took = round(took / self._scene.grid_s) * self._scene.grid_s
        await self._clock.sleep(took)

    def _fail(self, calls: Sequence[Call]) -> None:
        """Fail as an endpoint does that is down; what it had begun may come late."""
        for call in calls:
            self._endpoint.refund(call)
            if call.ask.task in self._voted:
                self._happened["an outage during a vote"] += 1
            step = self._steps.get(call.ask.task)
            if step is not None and self._rng.random() < self._scene.faults.late:
                free = Call(call.ask, 0, 0)
                votes = self._endpoint.vote(free, step)
                self._endpoint.tokens -= sum(vote.tokens for vote in votes)
                self._late += [_unpaid(vote) for vote in votes]
        raise EndpointError("the simulated endpoint is down")

    def _misfortune(self, calls: Sequence[Call]) -> None:
        faults, rng = self._scene.faults, self._rng
        if faults.refused and rng.random() < faults.refused:
            for call in calls:
                self._endpoint.refund(call)
            self._happened["a call was refused for good"] += 1
            raise EndpointRefusedError("the simulated endpoint refuses this")
        if faults.broken and rng.random() < faults.broken:
            self._happened["the crew broke"] += 1
            raise BrokenCrewError
        if self._gate is not None and faults.slow_down and rng.random() < faults.slow_down:
            pause_s = rng.choice((1.0, 20.0, 90.0))
            self._gate.pause(pause_s)
            self._on_pause(pause_s)
            self._happened["the endpoint asked for a pause"] += 1

    async def _bodies(self, calls: Sequence[Call], asks: Sequence[Ask]) -> Sequence[AnyEvent]:
        """Return answers that are still to be examined; each costs the most."""
        for call in calls:
            self._correct(call, call.tokens)
        return await self._endpoint.units.perform(asks)

    def _correct(self, call: Call, used: int) -> None:
        if self._gate is not None:
            self._gate.correct(TOKENS_PER_SAMPLE * call.ask.count, used)

    def _answers(self, calls: Sequence[Call]) -> list[AnyEvent]:
        """Return the votes of these calls, and what else comes with them."""
        events: list[Voted] = []
        for call in calls:
            step = self._steps.get(call.ask.task)
            if step is None:
                # A late answer has decided the step: this call was asked for nothing.
                self._happened["asked in vain"] += 1
                events.append(Voted(call.ask.task, call.ask.first, (b"",) * call.ask.count, call.tokens, 0.0))
                continue
            votes = self._endpoint.vote(call, step)
            self._correct(call, sum(vote.tokens for vote in votes))
            events += votes
        return [*self._stray(), *events, *self._repeated(events)]

    def _stray(self) -> list[Voted]:
        """Return some of the answers that nobody waits for any more."""
        late = [vote for vote in self._late if self._rng.random() < 0.4]
        self._late = [vote for vote in self._late if vote not in late]
        for vote in late:
            self._happened["a late answer"] += 1
            if vote.task in self._decided:
                self._happened["a late vote on a decided step"] += 1
        return late

    def _repeated(self, events: Sequence[Voted]) -> list[Voted]:
        """Return answers that come a second time: of this call, and of an earlier one."""
        faults, rng = self._scene.faults, self._rng
        if not faults.twice or not events:
            return []
        spare, self._spare = self._spare, []
        twice = [_unpaid(event) for event in events if rng.random() < faults.twice]
        self._spare = [_unpaid(event) for event in events if rng.random() < faults.twice]
        for vote in spare:
            if vote.task in self._decided:
                self._happened["a duplicate on a decided step"] += 1
        if twice or spare:
            self._happened["a duplicate"] += 1
        return [*twice, *spare]


def _unpaid(vote: Voted) -> Voted:
    return msgspec.structs.replace(vote, tokens=0, kept=len(vote.keys))
