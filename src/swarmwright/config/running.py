"""Runs a long task: from its file, a folder and settings to decided answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from swarmwright.adapters.sqlite import open_answers
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Model
from swarmwright.chain.answers import ANSWERS_NAME, AnswersFile
from swarmwright.chain.asking import QuestionCrew
from swarmwright.chain.blaming import blaming
from swarmwright.chain.loading import Loaded, LongTask, as_loaded, load_task, name_of_run
from swarmwright.chain.margins import Margins
from swarmwright.config.folders import open_folder
from swarmwright.config.models import Roster, answers_path
from swarmwright.config.person import PERSON, PersonModel, Reply
from swarmwright.config.settings import LARGE, SIMULATED, Config
from swarmwright.config.wishes import WishesFile
from swarmwright.construct.packaging import require_usable
from swarmwright.construct.pipeline import require_same_options
from swarmwright.errors import ConfigError, LedgerMismatchError, LedgerVersionError, OutputFolderError
from swarmwright.ledger.events import (
    FORMAT,
    AnyEvent,
    Decided,
    Noted,
    Recalled,
    RunClosed,
    RunOpened,
    RunResumed,
    TaskId,
)
from swarmwright.ledger.folds import Totals
from swarmwright.ledger.ports import Ledger
from swarmwright.plan.questions import MOST_SAMPLES
from swarmwright.plan.steps import Bag, BagSteps, Chain, ChainSteps, GraphSteps, Open, Sink, Steps
from swarmwright.simulate.steps import StepCrew, StepWorld
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Command, Crew, ExitReason, Lane, Policy, Rung, StopSignal
from swarmwright.verify.certificates import MANIFEST_NAME
from swarmwright.watch.steps_report import Stuck, fold_steps

Observer = Callable[[Sequence[AnyEvent]], None]
Progress = Callable[[str, int, int], None]
TRIES = 3
"""Calls of one step that may fail while others succeed before it counts as unreachable: an outage is no verdict."""
MOST_AHEAD = 256
"""Steps that may be open on guesses at most."""
SLOTS = 12
"""Prompts whose beginnings the local model keeps read at least: one for each phrasing of the questions of a step."""


class StepSettings(msgspec.Struct, frozen=True):
    """How steps are voted on.

    An answer needs to be ``k`` votes ahead of every other; at most ``most`` samples are asked of one model for one
    step, then the next of ``models`` is asked, and then the step is undecided. With ``reuse`` a question is decided
    once wherever it is asked. In a made-up ``world`` no model is asked. ``window`` bounds how many steps are open at
    once. ``ahead`` is how many steps of a Chain may be open on the strength of guesses about those before them; where
    questions are reused there are none. With a ``target`` (the probability that every step is right) k is only the
    margin to begin with: each kind of step gets the one that its votes so far ask for.
    """

    k: int = 3
    most: int = 24
    models: tuple[str, ...] = (LARGE,)
    reuse: bool = True
    world: StepWorld | None = None
    window: int = 1024
    ahead: int = 0
    target: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be voted on."""
        if self.k < 1 or self.most < self.k or self.most * len(self.models) > MOST_SAMPLES:
            raise ConfigError(
                f"k is {self.k} and at most {self.most} samples are asked: k must be at least 1, "
                f"not above that, and all models together may be asked {MOST_SAMPLES} times for a step"
            )
        if not 0.0 <= self.target < 1.0:
            raise ConfigError(f"target is {self.target:g}: it is a probability below 1 (0: k stays as it is)")
        if not 0 <= self.ahead <= MOST_AHEAD:
            raise ConfigError(f"ahead is {self.ahead}: it counts steps, from 0 to {MOST_AHEAD}")
        if not self.models and self.world is None:
            raise ConfigError("a long task needs at least one model")


class RunOutcome(msgspec.Struct, frozen=True):
    """How a long task's run ended.

    ``done`` steps are decided, of ``total`` where that is known; ``result`` is what the task says of its last state;
    ``totals`` are those of the whole ledger; ``questions`` steps were decided by votes of their own, the others as one
    before; ``answers`` is the file of decided answers; ``seconds`` this start took. ``detail`` says more of the exit
    reason (what the endpoint said); ``stuck`` are the first undecided steps, with what they asked and their votes.
    ``margins`` are those of each kind of step at the end, and ``alarms`` say where wrong answers agreed too often.
    """

    exit_reason: ExitReason
    done: int
    total: int | None
    result: str
    totals: Totals
    questions: int
    answers: Path
    seconds: float
    detail: str = ""
    stuck: tuple[Stuck, ...] = ()
    margins: dict[str, int] = {}
    alarms: tuple[str, ...] = ()


def run_long_task(
    task: LongTask | Path, out: Path, settings: StepSettings | None = None, *, config: Config | None = None
) -> RunOutcome:
    """Run a long task to its end from a program, as ``swarmwright run`` does; going on where an earlier run stopped.

    Args:
        task: a Chain, a Bag or a Graph, or the file of one.
        out: the folder to run in.
        settings: how steps are voted on.
        config: models, budget and the like; the defaults where it is left out.

    Raises:
        SwarmwrightError: whatever can be named.
    """
    loaded = load_task(task) if isinstance(task, Path) else as_loaded(task)
    return asyncio.run(run_task(config or Config(), loaded, out, settings))


async def run_task(
    config: Config,
    task: Loaded | Path,
    out: Path,
    settings: StepSettings | None = None,
    *,
    observer: Observer | None = None,
    stop: StopSignal | None = None,
    progress: Progress | None = None,
    resumed: Callable[[int], None] | None = None,
    reply: Reply | None = None,
) -> RunOutcome:
    """Run a long task in a folder, going on where an earlier run of the same task ended.

    ``observer`` hears of new events when they are durable, ``progress`` of a model that is fetched, ``resumed`` of
    how many steps were decided by earlier starts. ``reply`` answers where ``PERSON`` is one of the models.

    Raises:
        SwarmwrightError: whatever can be named (a file that is no task, an unusable folder or ledger, no model...).
    """
    loaded = load_task(task) if isinstance(task, Path) else task
    settings = settings or StepSettings()
    require_usable(out)
    answers = open_answers(answers_path())
    notes: list[AnyEvent] = []
    wide = msgspec.structs.replace(config, slots=max(config.slots, SLOTS))
    roster = Roster(wide, answers, note=lambda topic, text: notes.append(Noted(topic, text)))
    try:
        if settings.world is None:
            for name in settings.models:
                if name == PERSON:
                    roster.models[name] = PersonModel(reply or (lambda _: None))
                else:
                    roster.add(name)
            await roster.prepare(progress)
        if config.fresh and (out / MANIFEST_NAME).exists():
            raise OutputFolderError(f"{out} holds a delivered package; name another folder with --out.")
        ledger = open_folder(out, fresh=config.fresh, also=(ANSWERS_NAME,))
        try:
            options = options_of(settings, roster.models) | {f"--{k}": v for k, v in loaded.parameters.items()}
            _open_run(ledger, loaded, options)
            with AnswersFile(out) as written:
                outcome = await _run(
                    config, settings, loaded, options, roster, ledger, written, observer, stop, resumed
                )
            if notes:
                ledger.append(notes)
                ledger.commit()
            return outcome
        finally:
            ledger.close()
    finally:
        await roster.close()
        answers.close()


async def _run(
    config: Config,
    settings: StepSettings,
    loaded: Loaded,
    options: Mapping[str, str],
    roster: Roster,
    ledger: Ledger,
    written: AnswersFile,
    observer: Observer | None,
    stop: StopSignal | None,
    resumed: Callable[[int], None] | None,
) -> RunOutcome:
    began = time.monotonic()
    clock = LoopClock()
    hearing = _Hearing(resumed)
    margins = margins_of(settings)
    wishes = WishesFile(written.folder)
    with blaming(loaded.task):
        steps = steps_of(loaded.task, name_of_run(loaded, options), settings, margins, sink=written)
    world = StepCrew(steps.open, settings.world, clock=clock) if settings.world is not None else None
    crew: Crew = world or QuestionCrew(steps.open, models=roster.models, blobs=ledger.blobs, reuse=settings.reuse)
    with blaming(loaded.task, lambda: f" (after {steps.done:,} decided steps)"):
        reason = await run(
            Scheduler(steps, policy_of(settings)),
            crew,
            ledger,
            lanes=lanes_of(settings, roster),
            budget=_budget(config, roster),
            clock=clock,
            stop=stop,
            absorb=hearing,
            observer=observer,
            single=settings.ahead > 0 and not settings.reuse,
            at_once=world.at_once if world is not None else None,
            wished=wishes,
            tries=TRIES,
        )
    wishes.forget()
    answers = written.folder / ANSWERS_NAME
    if reason is not ExitReason.STORAGE_FULL:
        answers = written.publish()
    with blaming(loaded.task, lambda: f" (after {steps.done:,} decided steps; their answers are in {answers})"):
        result = steps.result()
    return RunOutcome(
        exit_reason=reason,
        done=steps.done,
        total=steps.total,
        result=result,
        totals=hearing.totals,
        questions=steps.done - hearing.recalled,
        answers=answers,
        seconds=time.monotonic() - began,
        detail=hearing.detail,
        stuck=_stuck(ledger, steps.stuck),
        margins=margins.margins(),
        alarms=tuple(margins.alarms),
    )


def _budget(config: Config, roster: Roster) -> Budget:
    limits = config.budget
    return Budget(
        calls=limits.calls,
        tokens=limits.tokens,
        seconds=limits.seconds,
        usd=limits.usd,
        usd_per_sample=roster.usd_per_sample,
    )


class _Hearing:
    """Hears every event of a run, replayed or new, and sums up."""

    def __init__(self, resumed: Callable[[int], None] | None) -> None:
        self.totals = Totals()
        self.recalled = 0
        self.detail = ""
        self._recalling: set[TaskId] = set()
        self._resumed = resumed

    def __call__(self, events: Sequence[AnyEvent]) -> None:
        """Take events into account."""
        self.totals.take(events)
        for event in events:
            kind = type(event)
            if kind is Recalled:
                self._recalling.add(event.task)  # type: ignore[union-attr]
            elif kind is Decided and event.task in self._recalling:  # type: ignore[union-attr]
                self._recalling.discard(event.task)  # type: ignore[union-attr]
                self.recalled += event.delivered  # type: ignore[union-attr]
            elif kind is RunResumed and self._resumed is not None:
                self._resumed(self.totals.delivered)
            elif kind is RunClosed:
                self.detail = event.detail  # type: ignore[union-attr]


def _stuck(ledger: Ledger, opened: Mapping[TaskId, Open]) -> tuple[Stuck, ...]:
    """Return the first undecided steps with what they asked; the ledger is read for their votes."""
    if not opened:
        return ()
    first = {step.number: step.question.phrasings[0] for step in opened.values()}
    asked = {number: f"{phrasing.prompt}\n{phrasing.begun}" for number, phrasing in first.items()}
    found = fold_steps(ledger.replay()).stuck
    return tuple(msgspec.structs.replace(stuck, asked=asked.get(stuck.number, "")) for stuck in found)


def make_world(error_rate: float, flag_rate: float, correlated: float, outages: int, seed: int) -> StepWorld:
    """Return the made-up world of these rates, with outages of two calls each, from call 1,000 on.

    Raises:
        ConfigError: a rate is no share, there are fewer than no outages, or the seed is too long.
    """
    if not all(0.0 <= rate <= 1.0 for rate in (error_rate, flag_rate, correlated)) or outages < 0:
        raise ConfigError("the made-up world's rates must be shares from 0 to 1, and its outages not negative")
    if not -(2**63) <= seed < 2**63:
        raise ConfigError(f"the made-up world's seed is {seed}: it must fit into 64 bits")
    away = tuple((number * 1000, number * 1000 + 2) for number in range(1, outages + 1))
    return StepWorld(seed=seed, error_rate=error_rate, flag_rate=flag_rate, correlated=correlated, outage_calls=away)


def steps_of(
    task: LongTask, run_name: bytes, settings: StepSettings, margins: Margins, *, sink: Sink | None = None
) -> Steps:
    """Return a long task as a Process; ``margins`` learns how many steps are left."""
    steps: Steps
    if isinstance(task, Chain):
        steps = ChainSteps(task, run_name, reuse=settings.reuse, sizer=margins, sink=sink)
    elif isinstance(task, Bag):
        steps = BagSteps(task, run_name, window=settings.window, reuse=settings.reuse, sizer=margins, sink=sink)
    else:
        steps = GraphSteps(task, run_name, reuse=settings.reuse, sizer=margins, sink=sink)
    margins.total = steps.total
    return steps


def margins_of(settings: StepSettings) -> Margins:
    """Return the margins of a run that begins."""
    return Margins(settings.k, most=settings.most, target=settings.target)


def policy_of(settings: StepSettings) -> Policy:
    """Return the policy of a step: first to be ahead of every other answer by k, one model after the other."""
    models = (SIMULATED,) if settings.world is not None else settings.models
    whens: tuple[Literal["always"], Literal["split"]] = ("always", "split")
    # A person is asked one answer at a time.
    ladder = tuple(
        Rung("step", model, 1 if model == PERSON else settings.k, when=whens[place > 0], most=settings.most)
        for place, model in enumerate(models)
    )
    return Policy(
        ladder, k=settings.k, k_spread=0, margin="second", verify=False, ahead=settings.ahead, window=settings.window
    )


def lanes_of(settings: StepSettings, roster: Roster) -> Callable[[Command], Lane]:
    """Return the road of each command: one a model."""
    if settings.world is not None:
        lane = Lane("steps", width=64, batch=256)
        return lambda _: lane
    lanes = {name: Lane(name, width=model.concurrency) for name, model in roster.models.items()}
    other = Lane("recall", batch=256)
    return lambda command: lanes.get(getattr(command, "model", ""), other)


def options_of(settings: StepSettings, models: Mapping[str, Model]) -> dict[str, str]:
    """Return what makes a run the same run: everything that changes decisions."""
    options = {"k": str(settings.k), "most": str(settings.most), "reuse": str(settings.reuse)}
    if settings.target:
        options["target"] = f"{settings.target:g}"
    if settings.ahead:
        options["ahead"] = str(settings.ahead)
    if settings.world is not None:
        options["world"] = msgspec.json.encode(settings.world).decode()
    return options | {f"model {name}": model.digest for name, model in models.items()}


def _open_run(ledger: Ledger, loaded: Loaded, options: Mapping[str, str]) -> None:
    """Begin the ledger, or make sure that it is the one of this task and these options."""
    first = next(iter(ledger.replay()), None)
    if first is None:
        ledger.append([RunOpened(FORMAT, loaded.name, loaded.digest, dict(options), LoopClock().wall())])
        ledger.commit()
        return
    if not isinstance(first, RunOpened) or first.format != FORMAT:
        raise LedgerVersionError("The folder's ledger is of another version. Run in another folder")
    if (first.spec_name, first.spec_digest) != (loaded.name, loaded.digest):
        raise LedgerMismatchError(
            f"The folder holds a run of another task, or of another state of its file ({first.spec_name}). "
            "Run in another folder, or add --fresh to start anew"
        )
    require_same_options(first, options)
