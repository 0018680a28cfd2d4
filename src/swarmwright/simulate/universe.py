"""Whole universes from a seed: the real scheduler, runner and budget, killed and resumed until the task is done.

A universe is lived twice: once undisturbed, and once with everything that its scene holds: deaths at any callback or
moment of the disk, outages, late and double answers, a full disk, an impatient person, budgets that run out. Then the
two are compared. Nothing but the seed decides what happens, so a failing seed fails again.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from swarmwright.agents.clock import Clock
from swarmwright.errors import StorageFullError
from swarmwright.ledger.events import (
    AnyEvent,
    Asked,
    CallFailed,
    EpochOpened,
    Recalled,
    Reserved,
    RunResumed,
    TaskId,
    TaskOpened,
)
from swarmwright.plan.graph import Plan
from swarmwright.plan.steps import BagSteps, ChainSteps, GraphSteps
from swarmwright.plan.values import Process
from swarmwright.simulate.clock import VirtualClock
from swarmwright.simulate.universe_checks import Account, BrokenError, Watch
from swarmwright.simulate.universe_crew import BrokenCrewError, Endpoint, Gate, UniverseCrew
from swarmwright.simulate.universe_disk import MOMENTS, DiskLedger, DiskWorld, Moment, SimulatedDisk
from swarmwright.simulate.universe_loop import Killed, SeededLoop, Tempo
from swarmwright.simulate.universe_scene import (
    TOKENS_PER_SAMPLE,
    Faults,
    Heap,
    Scene,
    Walk,
    Web,
    draw_scene,
)
from swarmwright.simulate.world import make_task
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Ask, Command, ExitReason, Lane, Policy, StopSignal

MOST_STARTS = 40
"""A universe whose task is not done after so many starts does not get on."""
MOST_CALLBACKS = 200_000
"""A start that takes more callbacks does not end."""
RUN_NAME = b"universe"
_STEPS = (ChainSteps, BagSteps, GraphSteps)
_DONE = (ExitReason.ALL_DELIVERED, ExitReason.SOME_UNDECIDED)

Sink = Callable[[int, str, bytes], None]


class Parts(msgspec.Struct, frozen=True):
    """What a universe is built of; tests put broken parts in."""

    scheduler: Callable[[Process, Policy], Scheduler] = Scheduler
    disk: Callable[[random.Random, DiskWorld], SimulatedDisk] = SimulatedDisk
    budget: Callable[..., Budget] = Budget
    gate: Callable[[float, float, Clock], Gate] | None = None
    steps: Callable[[Scene, Sink], Process] | None = None


class Death(NamedTuple):
    """When a process dies: before that callback (0: not there), or at that moment of an append or commit."""

    callback: int = 0
    call: int = 0
    moment: Moment = "append"


class Fate(msgspec.Struct, frozen=True):
    """What became of a universe.

    ``digest`` is that of its ledger: the same seed has the same. ``happened`` counts rare things by name,
    ``compared`` says whether it had to end as if undisturbed.
    """

    scene: Scene
    starts: int
    callbacks: int
    seconds: float
    events: int
    digest: str
    happened: Counter[str]
    compared: bool


class UniverseError(AssertionError):
    """A universe broke a law; the seed replays it."""

    def __init__(self, seed: int, law: str, error: BaseException) -> None:
        """Take the seed, the law and what was seen."""
        super().__init__(f"universe {seed}: {type(error).__name__}: {error}")
        self.seed = seed
        self.law = law


def live(seed: int, parts: Parts | None = None, *, deaths: int = 3) -> Fate:
    """Live the universe of that seed and check every law.

    Raises:
        UniverseError: a law was broken, or something was raised that nothing in this universe explains.
    """
    scene = draw_scene(seed, deaths)
    try:
        calm = _Universe(peaceful(scene), parts or Parts())
        peace = calm.to_end()
        return _Universe(scene, parts or Parts(), calm.callbacks).to_fate(calm, peace)
    except BrokenError as error:
        raise UniverseError(seed, error.law, error) from error
    except (Exception, Killed) as error:
        raise UniverseError(seed, "surprise", error) from error


def peaceful(scene: Scene) -> Scene:
    """Return the same scene with nothing that goes wrong and nothing that is short."""
    tempo, disk, policy = Tempo("first"), DiskWorld(), msgspec.structs.replace(scene.policy, ahead=0)
    return msgspec.structs.replace(
        scene,
        policy=policy,
        faults=Faults(),
        deaths=0,
        calls=None,
        tokens=None,
        requests_per_minute=0,
        tokens_per_minute=0,
        disk=disk,
        tempo=tempo,
    )


class _Universe:
    """All starts of one run, and what outlives them. ``length`` is how many callbacks the undisturbed run took."""

    def __init__(self, scene: Scene, parts: Parts, length: int = 0) -> None:
        self.scene = scene
        self.parts = parts
        self.length = length
        self.rng = random.Random(scene.seed * 2 + 1)  # noqa: S311
        self.disk = parts.disk(self.rng, scene.disk)
        self.happened = self.disk.happened
        self.endpoint = Endpoint(scene, self.rng, self.happened)
        self.watch = Watch(scene, self.disk, self.endpoint)
        self.margins: dict[TaskId, int] = {}
        self.calls = scene.calls
        self.tokens = scene.tokens
        self.now = 0.0
        self.starts = 0
        self.callbacks = 0
        self.died = 0
        self.result = ""
        self.sunk: dict[int, bytes] = {}

    def to_end(self) -> Account:
        """Start again until the task is done; read the ledger."""
        while self.start(self._next_death()) not in _DONE:
            if self.starts > MOST_STARTS:
                raise BrokenError("progress", f"not done after {self.starts} starts")
        account = Account(self.scene, self.margins)
        account.read(self.disk.durable)
        if self.scene.kind != "units" and account.answers() != self.sunk:
            raise BrokenError("answers", "the answers handed out are not those of the ledger")
        return account

    def to_fate(self, calm: _Universe, peace: Account) -> Fate:
        """Live to the end, and once more to see that nothing is left to do; compare with the undisturbed run."""
        account = self.to_end()
        before = (len(self.disk.durable), self.endpoint.sent, self.result)
        reason = self.start(Death())
        if reason not in _DONE or (len(self.disk.durable), self.endpoint.sent, self.result) != before:
            raise BrokenError("replay", "a run that was done went on when it was started again")
        compared = not account.has_failed and not self.scene.faults.fickle
        if compared and (account.decisions() != peace.decisions() or self.result != calm.result):
            raise BrokenError("same", "the result is not that of the undisturbed run")
        self._count(account, peace)
        return Fate(
            scene=self.scene,
            starts=self.starts,
            callbacks=self.callbacks,
            seconds=self.now,
            events=before[0],
            digest=hashlib.sha256(msgspec.msgpack.encode(self.disk.durable)).hexdigest()[:16],
            happened=self.happened,
            compared=compared,
        )

    # One start

    def start(self, death: Death) -> ExitReason | None:
        """Let one process run; return why it ended, or None where it died or broke."""
        self.starts += 1
        if self.starts > MOST_STARTS // 2:
            # Whoever lives that long has seen enough of what is short.
            self.calls = self.tokens = None
        self.watch.begin(self.calls, self.tokens)
        self.sunk.clear()
        stop = StopSignal()
        presses = self._presses()

        def before(number: int) -> None:
            if number == death.callback:
                ledger.die()
            if number in presses:
                stop.press()

        ledger = self.disk.mount(lambda seconds: loop.advance(seconds), dies_in=death.call, dies_at=death.moment)
        loop = SeededLoop(  # type: ignore[abstract]
            self.rng,
            tempo=self.scene.tempo,
            now=self.now,
            is_dead=lambda: ledger.is_dead,
            before=before,
            most=MOST_CALLBACKS,
        )
        try:
            return self._until_closed(ledger, loop, stop)
        except Killed:
            self.died += 1
            return None
        finally:
            self._after(ledger, loop)

    def _until_closed(self, ledger: DiskLedger, loop: SeededLoop, stop: StopSignal) -> ExitReason | None:
        """Run, and release the ledger as the command line does, which commits what is left."""
        reason = None
        with contextlib.suppress(BrokenCrewError, StorageFullError):
            try:
                reason = self._ended(loop.run(self._main(ledger, stop)))
            finally:
                if not ledger.is_dead:
                    ledger.close()
        return reason

    async def _main(self, ledger: DiskLedger, stop: StopSignal) -> ExitReason:
        """Run as the product does: fresh steps, scheduler, budget and crew over what the disk holds."""
        scene, parts, clock = self.scene, self.parts, VirtualClock()
        steps = (parts.steps or steps_of)(scene, self._sink)
        gate = None
        if parts.gate is not None and (scene.requests_per_minute or scene.tokens_per_minute):
            gate = parts.gate(scene.requests_per_minute, scene.tokens_per_minute, clock)
        crew = UniverseCrew(
            self.endpoint,
            steps.open if isinstance(steps, _STEPS) else {},
            gate=gate,
            on_send=lambda: self.watch.sent(clock.monotonic()),
            on_pause=lambda seconds: self.watch.pause(clock.monotonic() + seconds),
        )

        def absorb(events: Sequence[AnyEvent]) -> None:
            crew.absorb(events)
            self._learn_margins(steps, events)

        try:
            return await run(
                parts.scheduler(steps, scene.policy),
                crew,
                ledger,
                lanes=self._lane_of,
                budget=parts.budget(
                    calls=self.calls, tokens=self.tokens, tokens_per_sample=TOKENS_PER_SAMPLE, blocks=scene.blocks
                ),
                clock=clock,
                stop=stop,
                absorb=absorb,
                observer=self.watch.hear,
                at_once=crew.at_once,
                single=scene.policy.ahead > 0,
            )
        finally:
            self.result = steps.result() if isinstance(steps, _STEPS) else ""

    def _ended(self, reason: ExitReason) -> ExitReason:
        """Do what a person does who wants the run to go on: give more of what was short."""
        self.happened[f"ended: {reason.name}"] += 1
        if reason is ExitReason.BUDGET_CALLS and self.calls is not None:
            self.calls += 1 + self.calls // 2
        elif reason is ExitReason.BUDGET_TOKENS and self.tokens is not None:
            self.tokens += TOKENS_PER_SAMPLE * 4 + self.tokens // 2
        return reason

    def _after(self, ledger: DiskLedger, loop: SeededLoop) -> None:
        ledger.cut()
        self.now = loop.time() + self.rng.random() * 100.0
        self.callbacks += loop.callbacks
        self.happened["tasks in another order"] += loop.overlaps
        self.happened["the machine stood still"] += loop.stalls
        if loop.surprises:
            raise BrokenError("surprise", loop.surprises[0])
        self.watch.end()

    # What is drawn for a start

    def _next_death(self) -> Death:
        """Draw when the next process dies, early ones oftener: what is left to do grows less."""
        rng = self.rng
        if self.died >= self.scene.deaths or self.starts > MOST_STARTS // 2:
            return Death()
        share = rng.random() ** 2
        if rng.random() < 0.5:
            return Death(callback=1 + int(share * self.length))
        return Death(call=1 + int(share * self.length / 4), moment=rng.choice(MOMENTS))

    def _presses(self) -> tuple[int, ...]:
        """Draw when a person presses stop, and how often."""
        rng = self.rng
        if not self.scene.faults.impatient or rng.random() >= self.scene.faults.impatient:
            return ()
        first = 1 + int(rng.random() * self.length)
        return (first,) if rng.random() < 0.4 else (first, first + 1 + int(rng.random() * 6))

    def _lane_of(self, command: Command) -> Lane:
        scene = self.scene
        if isinstance(command, Ask):
            return Lane(command.model, scene.width, scene.batch, "models" if scene.exclusive else "")
        return Lane("others", scene.width, scene.batch)

    # What is learned from the processes

    def _sink(self, number: int, name: str, key: bytes) -> None:  # noqa: ARG002
        if number in self.sunk:
            raise BrokenError("answers", f"the answer of step {number} was handed out twice")
        self.sunk[number] = key

    def _learn_margins(self, steps: Process, events: Sequence[AnyEvent]) -> None:
        """Note what margin each new step needs, by its question."""
        if not isinstance(steps, _STEPS):
            return
        for event in events:
            if isinstance(event, TaskOpened) and (step := steps.open.get(event.task)) is not None:
                odd = step.question.kind == "odd"
                self.margins[event.task] = 1 if step.question.perfect else self.scene.kinds[odd]

    def _count(self, account: Account, peace: Account) -> None:
        """Count what can be seen in the ledger."""
        happened = self.happened
        happened["a death"] += self.died
        happened["three deaths"] += self.died >= 3
        happened["a step was undecided"] += any(not decided.delivered for decided in account.decided.values())
        happened["a step was begun on a guess"] += len(account.guessed)
        happened["a guess was abandoned"] += len(account.abandoned)
        happened["compared with the undisturbed run"] += not account.has_failed and not self.scene.faults.fickle
        happened["an answer differs from the undisturbed run"] += account.decisions() != peace.decisions()
        for event in self.disk.durable:
            if isinstance(event, RunResumed):
                happened["a resume"] += 1
                happened["a call in flight was asked again"] += event.asked_again > 0
            elif isinstance(event, Recalled):
                happened["a recall"] += 1
            elif isinstance(event, CallFailed):
                happened["samples could not be had"] += 1
            elif isinstance(event, Reserved):
                happened["a reservation"] += 1
            elif isinstance(event, Asked):
                happened["a second model was asked"] += event.rung > 0
            elif isinstance(event, EpochOpened):
                happened["another epoch"] += event.epoch > 0


class FixedMargins:
    """A margin for each kind of step, whatever the votes."""

    def __init__(self, margins: Mapping[str, int]) -> None:
        """Take the margins by kind."""
        self._margins = margins

    def k(self, kind: str) -> int:
        """Return the margin of a kind."""
        return self._margins[kind]

    def take(self, kind: str, votes: Sequence[Hashable | None], winner: Hashable) -> None:
        """Learn nothing."""


def steps_of(scene: Scene, sink: Sink) -> Process:
    """Return a scene's task as a Process: steps of a long task, or units that need one another and their groups."""
    margins = FixedMargins({"even": scene.kinds[0], "odd": scene.kinds[1]})
    if scene.kind == "chain":
        return ChainSteps(Walk(scene), RUN_NAME, reuse=scene.reuse, sizer=margins, sink=sink)
    if scene.kind == "bag":
        window = scene.policy.window
        return BagSteps(Heap(scene), RUN_NAME, window=window, reuse=scene.reuse, sizer=margins, sink=sink)
    if scene.kind == "graph":
        return GraphSteps(Web(scene), RUN_NAME, reuse=scene.reuse, sizer=margins, sink=sink)
    rng = random.Random(scene.seed + 2)  # noqa: S311
    tasks = []
    for number in range(scene.size):
        needs = sorted(rng.sample(range(number), min(number, rng.choice((0, 0, 1, 2)))))
        tasks.append(make_task(number, needs, group=1 + number // 4 if number % 8 < 4 else 0))
    return Plan(tasks)
