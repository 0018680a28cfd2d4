"""Thousands of small universes: the real runner, killed thrice in each, under every schedule that a seed can pick.

A failure names its seed: ``python -m benchmarks.universes --count 1 --seed SEED`` lives that universe again.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec
import pytest

from swarmwright.adapters.pacing import Pacer
from swarmwright.agents.clock import Clock
from swarmwright.errors import EndpointRefusedError
from swarmwright.ledger.events import Abandoned, AnyEvent, Asked, RunResumed, Voted
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.plan.questions import Phrasing, Question
from swarmwright.plan.steps import Chain, ChainSteps
from swarmwright.plan.values import Process, Task
from swarmwright.simulate.clock import VirtualClock
from swarmwright.simulate.universe import Fate, Parts, Sink, UniverseError, live, steps_of
from swarmwright.simulate.universe_disk import DiskWorld, SimulatedDisk
from swarmwright.simulate.universe_loop import Killed, SeededLoop, StuckError, Tempo
from swarmwright.simulate.universe_scene import Scene, draw_scene
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler, Step
from swarmwright.swarm.values import Ask, Command, ExitReason, Lane, Policy, Rung

UNIVERSES = int(os.environ.get("SWARMWRIGHT_UNIVERSES", "1500"))
"""About eight seconds of processor time; more for long runs."""
SOMETIMES = (
    "a call in flight was asked again",
    "a call was refused for good",
    "a death between a sync and its telling",
    "a death between append and commit",
    "a duplicate",
    "a duplicate on a decided step",
    "a frame survived without its sync",
    "a guess was abandoned",
    "a late answer",
    "a late vote on a decided step",
    "a recall",
    "a red flag",
    "a reservation",
    "a second model was asked",
    "a step was begun on a guess",
    "a step was undecided",
    "a written frame was lost",
    "an outage during a vote",
    "another epoch",
    "answered at once",
    "answers of one call came apart",
    "compared with the undisturbed run",
    "ended: BUDGET_CALLS",
    "ended: BUDGET_TOKENS",
    "ended: ENDPOINT_DEAD",
    "ended: INTERRUPTED",
    "ended: STORAGE_FULL",
    "samples could not be had",
    "tasks in another order",
    "the crew broke",
    "the disk was full",
    "the endpoint asked for a pause",
    "the machine stood still",
    "three deaths",
)
WHOLE = Parts(gate=Pacer)


def test_every_law_holds_in_every_universe_and_all_that_is_rare_happened() -> None:
    happened: Counter[str] = Counter()
    for seed in range(UNIVERSES):
        happened.update(thing for thing, times in live(seed, WHOLE).happened.items() if times)
    assert [thing for thing in SOMETIMES if not happened[thing]] == []
    assert happened["three deaths"] > UNIVERSES // 2
    assert happened["compared with the undisturbed run"] > UNIVERSES // 2


def test_a_seed_replays_to_the_last_event() -> None:
    def fates() -> list[Fate]:
        return [live(seed, WHOLE) for seed in range(40)]

    first = fates()
    assert first == fates()
    assert len({fate.digest for fate in first}) > 30


# Broken parts must be found out: each of these is a bug that a real program could have.


class BoastfulDisk(SimulatedDisk):
    """Says that a frame is durable one commit before it is."""

    def __init__(self, rng: random.Random, world: DiskWorld) -> None:
        super().__init__(rng, world)
        self.waiting: Sequence[AnyEvent] = ()

    def sync(self, frame: Sequence[AnyEvent]) -> None:
        super().sync(self.waiting)
        self.waiting = list(frame)


class ForgetfulDisk(SimulatedDisk):
    """Loses the last frame now and then although it was synced: a directory entry that never was."""

    def lose_power(self, frame: Sequence[AnyEvent]) -> None:
        del self.durable[-3:]


class Recounting(Scheduler):
    """Counts an answer that comes twice as the answer of another sample."""

    def on(self, events: Sequence[AnyEvent]) -> Step:
        seen: set[tuple[bytes, int]] = set()
        told: list[AnyEvent] = []
        for event in events:
            if isinstance(event, Voted) and (event.task, event.first) in seen:
                for further in range(event.first + 1, event.first + 9):
                    told.append(msgspec.structs.replace(event, first=further))  # noqa: PERF401
            elif isinstance(event, Voted):
                seen.add((event.task, event.first))
            told.append(event)
        return super().on(told)


class Amnesiac(Budget):
    """Forgets at a resume what was reserved before the crash."""

    def on(self, event: AnyEvent) -> None:
        if not isinstance(event, RunResumed):
            super().on(event)


class Unreserved(Budget):
    """Spends without reserving."""

    def admit(self, ask):
        answer = super().admit(ask)
        while answer is not None and hasattr(answer, "block"):
            super().on(answer)
            answer = super().admit(ask)
        return answer


class Rushing(Pacer):
    """Waits half as long as it must."""

    def __init__(self, requests_per_minute: float, tokens_per_minute: float, clock: Clock) -> None:
        super().__init__(requests_per_minute * 2, tokens_per_minute * 2, clock)


class Eager(ChainSteps):
    """Opens two steps at the start, the second before the first is decided."""

    def start(self) -> Sequence[Task]:
        first = super().start()
        self.done += 1
        second = self._next()
        self.done -= 1
        return [*first, *second]


def lax(process: Process, policy: Policy) -> Scheduler:
    """Demand one vote less than the checker knows is needed, and none of the margin over others."""
    return Scheduler(process, msgspec.structs.replace(policy, k=max(1, policy.k - 1), k_spread=0))


def eager_steps(scene: Scene, sink: Sink) -> Process:
    process = steps_of(scene, sink)
    if isinstance(process, ChainSteps) and not scene.policy.ahead:
        process.__class__ = Eager
    return process


BROKEN: dict[str, tuple[Parts, set[str]]] = {
    "tells before it is durable": (Parts(disk=BoastfulDisk, gate=Pacer), {"published"}),
    "loses what was synced": (Parts(disk=ForgetfulDisk, gate=Pacer), {"durable"}),
    "counts a sample twice": (Parts(scheduler=Recounting, gate=Pacer), {"margin", "surprise", "same"}),
    "too small a margin": (Parts(scheduler=lax, gate=Pacer), {"margin"}),
    "forgets the budget at a crash": (Parts(budget=Amnesiac, gate=Pacer), {"budget", "reserved"}),
    "spends without reserving": (Parts(budget=Unreserved, gate=Pacer), {"reserved"}),
    "too fast": (Parts(gate=Rushing), {"pace"}),
    "begins before its inputs": (Parts(steps=eager_steps, gate=Pacer), {"inputs", "surprise"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_part_is_found_out_by_the_law_it_breaks(name: str) -> None:
    parts, laws = BROKEN[name]
    found: Counter[str] = Counter()
    for seed in range(400):
        try:
            live(seed, parts)
        except UniverseError as error:
            assert f"universe {seed}: " in str(error)
            assert error.seed == seed
            found[error.law] += 1
        if laws & found.keys():
            break
    assert laws & found.keys(), found


# What universes found, made small


class Count(Chain):
    """Steps one, two, three."""

    def first(self) -> int:
        return 0

    def question(self, state: int) -> Question | None:
        return Question((Phrasing(f"After {state}?"),)) if state < 3 else None

    def after(self, state: int, answer: int) -> int:
        return answer


class RefusesSecond:
    """Answers every sample but the second of the first step, which the endpoint refuses."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        (ask,) = commands
        assert isinstance(ask, Ask)
        self.asked.append((ask.task[-1], ask.first))
        if self.asked[-1] == (0, 1):
            raise EndpointRefusedError
        return [Voted(ask.task, ask.first, (b"1",), 1, 0.0)]


def test_what_a_refused_call_ends_is_asked_no_further() -> None:
    crew, ledger = RefusesSecond(), MemoryLedger()
    policy = Policy((Rung("step", "m", 2, most=2),), k=2, k_spread=0, verify=False, ahead=3)
    going = run(
        Scheduler(ChainSteps(Count(), b"counting"), policy),
        crew,
        ledger,
        lanes=lambda _: Lane("one"),
        budget=Budget(),
        clock=VirtualClock(),
        single=True,
    )
    assert SeededLoop(random.Random(1)).run(going) is ExitReason.SOME_UNDECIDED
    kinds = [type(event) for event in ledger.replay()]
    assert Abandoned in kinds
    assert Asked not in kinds[kinds.index(Abandoned) :]
    assert crew.asked == [(0, 0), (0, 1)]


# The loop itself


def test_the_loop_tries_every_order() -> None:
    async def main() -> tuple[int, ...]:
        seen: list[int] = []

        async def note(number: int) -> None:
            seen.append(number)

        await asyncio.gather(*(note(number) for number in range(3)))
        return tuple(seen)

    def run(tempo: Tempo) -> set[tuple[int, ...]]:
        return {SeededLoop(random.Random(seed), tempo=tempo).run(main()) for seed in range(100)}

    assert len(run(Tempo())) == 6
    assert run(Tempo("first")) == {(0, 1, 2)}


def test_the_loop_says_when_nobody_will_do_anything() -> None:
    async def waits() -> None:
        await asyncio.Event().wait()

    async def spins() -> None:
        while True:  # noqa: ASYNC110
            await asyncio.sleep(0)

    with pytest.raises(StuckError, match="nobody will do"):
        SeededLoop(random.Random(1)).run(waits())
    with pytest.raises(StuckError, match="did not end"):
        SeededLoop(random.Random(1), most=100).run(spins())


def test_time_passes_only_where_all_wait_and_in_the_order_of_timers() -> None:
    async def main() -> list[tuple[float, int]]:
        loop, seen = asyncio.get_running_loop(), []

        async def wakes_after(number: int) -> None:
            await asyncio.sleep(number)
            seen.append((loop.time(), number))

        await asyncio.gather(*(wakes_after(number) for number in (3, 1, 2)))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5):
                await asyncio.sleep(10)
        seen.append((loop.time(), 0))
        return seen

    assert SeededLoop(random.Random(2), now=10.0).run(main()) == [(11.0, 1), (12.0, 2), (13.0, 3), (18.0, 0)]


@pytest.mark.parametrize("moment", range(1, 6))
def test_a_death_ends_everything_and_leaves_no_task(moment: int) -> None:
    ended: list[str] = []

    async def works(name: str) -> None:
        try:
            await asyncio.sleep(100)
        finally:
            ended.append(name)

    async def main() -> None:
        await asyncio.gather(works("a"), works("b"))

    def before(number: int) -> None:
        if number == moment:
            raise Killed

    with pytest.raises(Killed):
        SeededLoop(random.Random(3), before=before).run(main())
    assert sorted(ended) in ([], ["a"], ["b"], ["a", "b"])


def test_scenes_differ_and_are_what_their_seed_says() -> None:
    scenes = [draw_scene(seed) for seed in range(200)]
    assert scenes == [draw_scene(seed) for seed in range(200)]
    assert {scene.kind for scene in scenes} == {"chain", "bag", "graph", "units"}
    drawn: list[Callable[[Scene], object]] = [lambda s: s.tempo.order, lambda s: s.policy.k, lambda s: s.reuse]
    assert all(len({draw(scene) for scene in scenes}) > 1 for draw in drawn)
