"""Runs the real build pipeline over a workload and keeps what every Unit showed. Knows nothing of hidden judges."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
from benchmarks.quality.recordings import ReplayedModel
from benchmarks.quality.records import Body, Kind, Proposal, UnitRecord
from benchmarks.quality.workloads import Portion

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.agents.ports import Model
from swarmwright.agents.roster import Archetype, load_archetypes
from swarmwright.config.compose import make_materials
from swarmwright.config.models import Roster, make_models
from swarmwright.config.settings import Config, ladder_of
from swarmwright.construct.pipeline import build
from swarmwright.errors import ConfigError, ModelError
from swarmwright.ledger.events import IDLE, OFFERED, AnyEvent, Decided, TaskOpened
from swarmwright.ledger.folds import Sample, TaskState, fold
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.ledger.ports import Answers, Blobs
from swarmwright.spec.printer import print_stub
from swarmwright.swarm.values import ExitReason, Rung, StopSignal
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.values import Examination
from swarmwright.watch.report import last_evidence, read_blob, report_unit, text_of

Tell = Callable[[str], None]
"""Hears a line for the person who waits."""

FINISHED = (ExitReason.ALL_DELIVERED, ExitReason.SOME_UNDECIDED)
_MISSING = "not recorded"


class Setup(msgspec.Struct, frozen=True):
    """What all builds of a run share."""

    config: Config
    ladder: tuple[Rung, ...]
    roster: Roster
    archetypes: Mapping[str, Archetype]
    sandbox: Sandbox


def live_setup(config: Config, answers: Answers, tell: Tell) -> Setup:
    """Return a set-up with the models of the settings; what is recorded already is not asked again."""
    ladder = ladder_of(config)
    roster = make_models(config, ladder, answers, note=lambda topic, text: tell(f"{topic}: {text}"))
    return _setup(config, ladder, roster)


def replay_setup(config: Config, answers: Answers) -> Setup:
    """Return a set-up whose models only replay; nothing is started, fetched or asked."""
    ladder = ladder_of(config)
    roster = make_models(config, ladder, answers, note=lambda _topic, _text: None)
    behind: Mapping[str, Model] = dict(roster.models)
    return scripted_setup(config, ladder, {name: ReplayedModel(model, answers) for name, model in behind.items()})


def scripted_setup(config: Config, ladder: tuple[Rung, ...], models: Mapping[str, Model]) -> Setup:
    """Return a set-up with these models, none of which needs this machine's cores."""
    roster = Roster(config, _NoAnswers(), note=lambda _topic, _text: None)
    roster.models.update(models)
    return _setup(msgspec.structs.replace(config, ladder=ladder), ladder, roster)


def _setup(config: Config, ladder: tuple[Rung, ...], roster: Roster) -> Setup:
    archetypes = load_archetypes([Path(folder) for folder in config.archetypes])
    for rung in ladder:
        if (rung.model and rung.model not in roster.models) or rung.archetype not in archetypes:
            known = f"models {', '.join(roster.models)}; archetypes {', '.join(archetypes)}"
            raise ConfigError(f"The ladder names {rung.archetype!r} of {rung.model!r}; known here are {known}.")
    return Setup(config, ladder, roster, archetypes, open_sandbox(allow_weak=config.allow_weak_sandbox))


class _NoAnswers:
    """A store for a roster that makes no models of its own."""

    def get(self, key: bytes) -> bytes | None:  # noqa: ARG002
        return None

    def put(self, items: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """Nothing to release."""


async def run_portions(
    setup: Setup, portions: Sequence[Portion], *, jobs: int, tell: Tell, stop: StopSignal
) -> tuple[UnitRecord, ...]:
    """Build portions, ``jobs`` at a time, and return the records of their Units in the portions' order.

    Raises:
        ModelError: a model could not be asked at all.
        SwarmwrightError: whatever else ends a build.
    """
    gate = asyncio.Semaphore(jobs)

    async def one(portion: Portion) -> tuple[UnitRecord, ...]:
        async with gate:
            return () if stop.presses else await build_portion(setup, portion, tell=tell, stop=stop)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(portion)) for portion in portions]
    return tuple(record for task in tasks for record in task.result())


async def build_portion(setup: Setup, portion: Portion, *, tell: Tell, stop: StopSignal) -> tuple[UnitRecord, ...]:
    """Build one portion and return what its Units showed (nothing of those that an interruption left open)."""
    ledger = MemoryLedger()
    materials = make_materials(
        setup.config, portion.spec, setup.ladder, setup.roster, setup.archetypes, setup.sandbox, ledger
    )
    built = await build(materials, observer=teller(tell), stop=stop)
    state = fold(ledger.replay())
    if built.exit_reason is ExitReason.ENDPOINT_DEAD:
        raise ModelError(state.closed.detail if state.closed else built.exit_reason.sentence)
    return tuple(
        record_of(task, ledger.blobs, portion, setup.ladder)
        for task in state.all_tasks()
        if task.decided is not None or built.exit_reason in FINISHED
    )


def teller(tell: Tell) -> Callable[[Sequence[AnyEvent]], None]:
    """Return an observer that says a line for each decided Unit."""
    names: dict[bytes, str] = {}

    def observe(events: Sequence[AnyEvent]) -> None:
        for event in events:
            if isinstance(event, TaskOpened):
                names[event.task] = event.name
            elif isinstance(event, Decided):
                what = "delivered" if event.delivered else f"undecided: {event.reason}"
                tell(f"{names.get(event.task, '?')}: {what}")

    return observe


def record_of(task: TaskState, blobs: Blobs, portion: Portion, ladder: Sequence[Rung]) -> UnitRecord:
    """Return what a run showed of one Unit, without any hidden verdict."""
    unit = portion.spec.unit(task.name)
    samples = [sample for _, sample in sorted(task.samples.items()) if sample.answered or sample.failed]
    places: dict[str, int] = {}
    first: dict[str, Sample] = {}
    for sample in samples:
        text = text_of(sample.body, blobs) if sample.flag != OFFERED else ""
        if text and (text not in first or (first[text].flag and not sample.flag)):
            first[text] = sample
            places.setdefault(text, len(places))
    proposals = tuple(
        _proposal(sample, places.get(text_of(sample.body, blobs), -1), blobs, ladder) for sample in samples
    )
    winner = task.winner()
    return UnitRecord(
        part=portion.part,
        unit=unit.id,
        stub=print_stub(unit),
        returns=unit.returns or "Any",
        examples=len(unit.examples),
        delivered=places.get(text_of(winner.body, blobs), -1) if winner else -1,
        reason=task.decided.reason if task.decided else "not decided",
        proposals=proposals,
        bodies=tuple(_body(text, first[text], blobs) for text in places),
        report=report_unit(task, blobs),
        evidence=last_evidence(task, blobs),
        tests=tuple(text_of(sample.text, blobs) for sample in samples if sample.flag == OFFERED),
    )


def _proposal(sample: Sample, body: int, blobs: Blobs, ladder: Sequence[Rung]) -> Proposal:
    kind: Kind = "witness" if sample.flag in (OFFERED, IDLE) else "sample"
    if kind != "witness" or sample.flag == IDLE:
        repairs = 0 <= sample.rung < len(ladder) and ladder[sample.rung].kind == "repair"
        kind = "repair" if repairs else kind
    empty = sample.kept and not sample.tokens_out and not text_of(sample.text, blobs)
    missing = bool(sample.failed) or (bool(sample.model) and empty and sample.flag != IDLE)
    return Proposal(
        sample=sample.number,
        kind=kind,
        archetype=sample.archetype,
        model=sample.model,
        body=-1 if kind == "witness" else body,
        flag=_MISSING if missing else sample.flag,
        tokens_in=sample.tokens_in,
        tokens_out=sample.tokens_out,
        missing=missing,
    )


def _body(text: str, sample: Sample, blobs: Blobs) -> Body:
    story = read_blob(sample.story, blobs, Examination)
    said = sample.detail
    if story is not None and story.counterexample is not None:
        said = str(story.counterexample)
    elif story is not None and story.flag:
        said = "; ".join(check.detail for check in story.checks if check.detail) or story.flag
    return Body(text=text, key=sample.key.hex(), refuted=sample.refuted, flag=sample.flag, said=said)
