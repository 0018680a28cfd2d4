"""The Crew that builds functions: asks models, reads and flags answers, examines, verifies, checks Laws.

It decides nothing: it performs the scheduler's commands and returns what happened.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from swarmwright.agents.ports import Completion, Message, Model, ModelRequest, Sampling
from swarmwright.agents.prompts import compose
from swarmwright.agents.requests import request_key
from swarmwright.agents.roster import CONDITIONS, UNTOLD, Archetype
from swarmwright.construct.cell_mender import CELLS, CellMending
from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.forager import Foraged, Forager, frame_event
from swarmwright.construct.mender import Basis, Mend, Mender
from swarmwright.construct.planning import Blueprint
from swarmwright.construct.reading import read_answer
from swarmwright.construct.weighing import Place, outcomes_of, signs_of
from swarmwright.ledger.events import (
    COLONY,
    IDLE,
    Answer,
    Answered,
    AnyEvent,
    EpochOpened,
    Examined,
    Result,
    TaskId,
    Together,
    Verified,
)
from swarmwright.ledger.ports import Blobs
from swarmwright.spec.printer import print_context, print_stub
from swarmwright.spec.sentences import clauses, exceptions
from swarmwright.spec.values import Example, Spec, Unit
from swarmwright.swarm.values import Ask, CheckTogether, Command, Examine, Verify
from swarmwright.verify.examine import Examiner
from swarmwright.verify.values import Candidate, CheckResult, Examination, InputSet, Verdict
from swarmwright.verify.winner import Contest, WinnerCheck
from swarmwright.verify.winner_inputs import literals_of
from swarmwright.voting.risk import RiskModel

FIRST_INPUTS = 120
"""How many inputs the first epoch of a Unit aims at."""
MOST_COMBINATIONS = 64
"""How many combinations of survivors are tried before the Laws of a group count as broken."""


READINGS = 4
"""How many testers write one sentence down; a command asks about as many sentences as have so many."""


class BuilderCrew:
    """Performs commands for one Spec with real models and a real sandbox."""

    def __init__(
        self,
        spec: Spec,
        blueprint: Blueprint,
        *,
        models: Mapping[str, Model],
        archetypes: Mapping[str, Archetype],
        examiner: Examiner,
        winner_check: WinnerCheck,
        dossiers: Dossiers,
        blobs: Blobs,
        forager: Forager | None = None,
        cell_mending: CellMending | None = None,
        risk: RiskModel | None = None,
    ) -> None:
        """Take everything that performing a command needs; nothing is started here."""
        self._risk = risk
        self._forager = forager
        self._spec = spec
        self._blueprint = blueprint
        self._models = models
        self._archetypes = archetypes
        self._examiner = examiner
        self._winner_check = winner_check
        self._dossiers = dossiers
        self._blobs = blobs
        self._mender = Mender(spec, examiner)
        self._cell_mending = cell_mending

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        """Perform commands one after the other and return all that happened."""
        events: list[AnyEvent] = []
        for command in commands:
            match command:
                case Ask():
                    events += await self._ask(command)
                case Examine():
                    events += await self._examine(command)
                case Verify():
                    events += await self._verify(command)
                case CheckTogether():
                    events += await self._check_together(command)
        return events

    # Asking

    async def _ask(self, command: Ask) -> list[AnyEvent]:
        unit = self._blueprint.units[command.task]
        archetype = self._archetypes[command.archetype]
        if archetype.role == "mender":
            return [await self._mend(command, unit, by_cells=CELLS in archetype.capabilities)]
        if archetype.role == "colony":
            return await self._forage(command, unit)
        model = self._models[command.model]
        prompt = b""
        answers: list[Answer] = []
        for sentence, share in shares_of(command, unit, archetype):
            messages = self._messages(share, unit, archetype, sentence)
            completions: list[Completion] = []
            apart = self._unnumbered(command)
            for first, count, temperature in self._groups(share, archetype):
                sampling = self._sampling(messages, model, archetype, temperature)
                completions += await model.complete(ModelRequest(messages, sampling, first - apart, count))
            answers += self._read_all(unit, archetype, share, completions, sentence)
            prompt = prompt or self._blobs.put(msgspec.json.encode(messages))
        unasked = Answer(b"", b"", IDLE, "", 0, 0, 0.0, 0.0, kept=True)
        answers += [unasked] * (command.count - len(answers))
        return [Answered(command.task, command.first, prompt, tuple(answers))]

    async def _mend(self, command: Ask, unit: Unit, *, by_cells: bool) -> Answered:
        """Answer with small edits of what was refuted; no model is asked."""
        began = time.monotonic()
        epochs = self._dossiers[command.task].inputs
        bases = [Basis(sample, body) for sample, body in self._dossiers.refuted(command.task).items()]
        mended: tuple[Mend, ...] = ()
        mender = self._cell_mending if by_cells else self._mender
        if epochs and bases and mender is not None:
            inputs = epochs[max(epochs)]
            mended = await mender.mend(unit, bases, inputs, self._callees(unit), count=command.count)
        seconds = (time.monotonic() - began) / command.count
        answers = [self._mended_answer(one, seconds) for one in mended]
        nothing = Answer(b"", b"", IDLE, "", 0, 0, 0.0, seconds, kept=True)
        answers += [nothing] * (command.count - len(answers))
        return Answered(command.task, command.first, b"", tuple(answers))

    async def _forage(self, command: Ask, unit: Unit) -> list[AnyEvent]:
        """Answer with what the colony finds, and tell how it searched; no model is asked."""
        epochs = self._dossiers[command.task].inputs
        inputs = epochs[max(epochs)] if epochs else None
        answers: tuple[Answer, ...] = ()
        events: list[AnyEvent] = []
        if self._forager is not None:
            foray = await self._forager.foray(unit, inputs, self._callees(unit), count=command.count)
            answers = tuple(self._foraged_answer(one) for one in foray.answers)
            if foray.harvest is not None:
                frame = frame_event(command.task, command.first, foray.harvest, self._blobs)
                events += [frame] if frame is not None else []
        nothing = Answer(b"", b"", IDLE, "", 0, 0, 0.0, 0.0, kept=True)
        answers += (nothing,) * (command.count - len(answers))
        return [*events, Answered(command.task, command.first, b"", answers)]

    def _foraged_answer(self, one: Foraged) -> Answer:
        body = self._blobs.put(one.body.encode()) if one.body else b""
        return Answer(body, body, one.flag, one.detail, 0, 0, 0.0, one.seconds, kept=True)

    def _mended_answer(self, mend: Mend, seconds: float) -> Answer:
        body = self._blobs.put(mend.body.encode())
        return Answer(body, body, "", str(mend), 0, 0, 0.0, seconds, kept=True)

    def _messages(self, command: Ask, unit: Unit, archetype: Archetype, sentence: str) -> tuple[Message, ...]:
        previous = counterexample = ""
        if command.basis >= 0:
            previous = self._dossiers.body(command.task, command.basis)
            examination = self._dossiers.last_refutation(command.task, command.basis)
            if examination is not None:
                counterexample = examination.flag or str(examination.counterexample)
        return compose(
            archetype,
            spec_context=print_context(self._spec, unit),
            unit=unit,
            stub=print_stub(unit),
            previous=previous,
            counterexample=counterexample,
            sentence=sentence,
        )

    def _groups(self, command: Ask, archetype: Archetype) -> Iterator[tuple[int, int, float]]:
        """Yield (first, count, temperature): a rung's first sample has its own (at 0, n copies are one vote)."""
        proposals = self._dossiers[command.task].proposals
        begun = any(p.rung == command.rung for number, p in proposals.items() if number < command.first)
        first, count = command.first, command.count
        if not begun and archetype.first_temperature != archetype.temperature:
            yield first, 1, archetype.first_temperature
            first, count = first + 1, count - 1
        if count:
            yield first, count, archetype.temperature

    def _unnumbered(self, command: Ask) -> int:
        """Return how many samples before a command's the models do not number.

        An answer is kept under its number: those of models are the same with the colony and without it.
        """
        proposals = self._dossiers[command.task].proposals
        return sum(one.archetype == COLONY for number, one in proposals.items() if number < command.first)

    def _sampling(
        self, messages: tuple[Message, ...], model: Model, archetype: Archetype, temperature: float
    ) -> Sampling:
        """Give every request a seed of its own; each sample adds its number to it."""
        blank = Sampling(temperature=temperature, max_tokens=archetype.max_tokens, stop=archetype.stop)
        base = int.from_bytes(request_key(messages, model.digest, blank, 0)[:4], "big") >> 2
        return msgspec.structs.replace(blank, seed=base)

    def _read_all(
        self, unit: Unit, archetype: Archetype, command: Ask, completions: Sequence[Completion], sentence: str
    ) -> Iterator[Answer]:
        previous = self._dossiers.body(command.task, command.basis) if command.basis >= 0 else None
        for completion in completions:
            read = read_answer(self._spec, unit, archetype, completion, previous, sentence=sentence)
            yield Answer(
                text=self._blobs.put(completion.text.encode("utf-8", "surrogatepass")),
                body=self._blobs.put(read.body.encode()) if read.body else b"",
                flag=read.flag,
                detail=read.detail,
                tokens_in=completion.tokens_in,
                tokens_out=completion.tokens_out,
                cost_usd=completion.cost_usd,
                seconds=completion.seconds,
                kept=completion.kept,
            )

    # Examining

    async def _examine(self, command: Examine) -> list[AnyEvent]:
        unit = self._blueprint.units[command.task]
        events: list[AnyEvent] = []
        inputs = self._dossiers[command.task].inputs.get(command.epoch)
        if inputs is None:
            inputs = await self._first_inputs(command, unit)
            events.append(self._opened(command.task, inputs, "the first inputs"))
        callees = self._callees(unit)
        results = []
        known: dict[str, Examination] = {}
        for sample in command.samples:
            body = self._dossiers.body(command.task, sample)
            if body not in known:
                known[body] = await self._examiner.examine(Candidate(unit.id, body), inputs, callees)
            flag = self._dossiers[command.task].proposals[sample].flag
            results.append(self._result(sample, known[body], flag))
        events.append(Examined(command.task, command.epoch, tuple(results)))
        return events

    def _result(self, sample: int, examination: Examination, flag: str) -> Result:
        return Result(
            sample=sample,
            key=examination.key or b"",
            flag=flag or examination.flag or "",
            refuted=examination.counterexample.check if examination.counterexample else "",
            story=self._blobs.put(msgspec.json.encode(examination)),
        )

    def _opened(self, task: TaskId, inputs: InputSet, why: str) -> EpochOpened:
        blob = self._blobs.put(msgspec.json.encode(inputs))
        return EpochOpened(task, inputs.epoch, blob, len(inputs.calls), inputs.exhausted, why)

    async def _first_inputs(self, command: Examine, unit: Unit) -> InputSet:
        """Draw a Unit's first inputs: from its specification, its testers' offers, and the candidates' constants.

        A later epoch that nobody opened (its leader was refuted with no new input to show) keeps the inputs it has.
        """
        before = self._dossiers[command.task].inputs.get(command.epoch - 1)
        if before is not None:
            return InputSet(unit.id, command.epoch, before.calls, before.exhausted)
        proposals = self._dossiers[command.task].proposals
        voting = [sample for sample in command.samples if not proposals[sample].flag]
        bodies = [self._dossiers.body(command.task, sample) for sample in voting]
        offered = await self._examiner.read_calls(unit.id, self._dossiers.offered(command.task))
        return await self._examiner.draw(
            unit.id, count=FIRST_INPUTS, epoch=command.epoch, literals=literals_of(bodies), include=offered
        )

    def _callees(self, unit: Unit) -> dict[str, str]:
        """Return the bodies that stand for the Units this one may call, transitively, its own left out."""
        bodies: dict[str, str] = {}
        todo = list(unit.uses)
        while todo:
            name = todo.pop()
            if name == unit.id or name in bodies:
                continue
            body = self.standing(name)
            if body is not None:
                bodies[name] = body
                todo += self._spec.unit(name).uses
        return bodies

    def standing(self, unit_id: str) -> str | None:
        """Return the body that stands for a Unit now (delivered, or leading its group), or None."""
        task = self._blueprint.task_of(unit_id)
        leading = self._dossiers[task].leading
        return self._dossiers.body(task, leading) if leading >= 0 else None

    # Verifying

    async def _verify(self, command: Verify) -> list[AnyEvent]:
        unit = self._blueprint.units[command.task]
        behaviours = self._dossiers.behaviours(command.task, command.epoch)
        mine = next(samples for samples in behaviours.values() if command.sample in samples)
        winner = self._dossiers.body(command.task, command.sample)
        twins = dict.fromkeys(self._dossiers.body(command.task, sample) for sample in mine)
        twins.pop(winner, None)
        contest = Contest(
            unit=unit,
            winner=winner,
            twins=tuple(twins),
            rivals=tuple(self._dossiers.body(command.task, sample) for sample in command.rivals),
            callees=self._callees(unit),
            inputs=self._dossiers[command.task].inputs[command.epoch],
            offered=await self._examiner.read_calls(unit.id, self._dossiers.offered(command.task)),
            expected=tuple(
                Example((), one.call, one.want, one.raises or None, unit.location)
                for one in self._dossiers.expectations(command.task)
            ),
            slow_versions=self._dossiers.slow_versions(command.task),
            untold=self._dossiers.untold(command.task),
            stated=self._dossiers.statements(command.task),
        )
        story = await self._winner_check.verify(contest)
        place = Place(command.epoch, command.sample)
        evidence = msgspec.structs.replace(story.evidence, outcomes=outcomes_of(self._dossiers, command.task, place))
        story = msgspec.structs.replace(story, evidence=evidence)
        risk = 0.0
        if self._risk is not None:
            risk = self._risk.estimate(signs_of(self._spec, unit, evidence, self._dossiers, command.task, place))
        events: list[AnyEvent] = []
        if story.more:
            inputs = InputSet(unit.id, command.epoch + 1, contest.inputs.calls + story.more)
            events.append(self._opened(command.task, inputs, evidence.reason))
        verified = Verified(
            task=command.task,
            epoch=command.epoch,
            sample=command.sample,
            verdict=int(evidence.verdict),
            accepted=evidence.accepted,
            reason=evidence.reason,
            evidence=self._blobs.put(msgspec.json.encode(story)),
            risk=risk,
        )
        return [*events, verified]

    # Laws and contracts over several Units

    async def _check_together(self, command: CheckTogether) -> list[AnyEvent]:
        tasks = [task for task, samples in command.choices if samples]
        options = [samples for _, samples in command.choices if samples]
        checks: list[CheckResult] = []
        broken: tuple[str, ...] = ()
        for picks in itertools.islice(itertools.product(*options), MOST_COMBINATIONS):
            chosen = dict(zip(tasks, picks, strict=True))
            checks = await self._check_group(command.group, chosen)
            failed = tuple(check.check for check in checks if check.verdict is Verdict.REFUTED)
            if not failed:
                return [self._together(command.group, chosen, (), checks)]
            broken = broken or failed
        return [self._together(command.group, {}, broken, checks)]

    def _together(
        self, group: int, chosen: Mapping[TaskId, int], broken: tuple[str, ...], checks: Sequence[CheckResult]
    ) -> Together:
        return Together(group, tuple(chosen.items()), broken, self._blobs.put(msgspec.json.encode(checks)))

    async def _check_group(self, group: int, chosen: Mapping[TaskId, int]) -> list[CheckResult]:
        """Check a group's Laws, and Contracts that name other Units, with the chosen bodies; stop when one breaks."""
        own = {str(self._blueprint.units[task].id): self._dossiers.body(task, pick) for task, pick in chosen.items()}
        bodies: dict[str, str] = {}
        for name in own:
            bodies |= self._callees(self._spec.unit(name))
        bodies |= own
        checks: list[CheckResult] = []
        for law in self._blueprint.laws.get(group, ()):
            if all(name in bodies for name in law.units):
                checks.append(await self._examiner.check_law(law, bodies))
            else:
                checks.append(CheckResult(f"law {law.name}", Verdict.UNKNOWN, detail="a Unit it names is undecided"))
            if checks[-1].verdict is Verdict.REFUTED:
                return checks
        for task in chosen:
            unit = self._blueprint.units[task]
            missing = [name for name in unit.checked_with if name not in bodies]
            if missing:
                detail = f"its contracts name {missing[0]}, which is undecided"
                checks.append(CheckResult(f"contracts of {unit.name}", Verdict.UNKNOWN, detail=detail))
            elif unit.checked_with:
                inputs = self._last_inputs(task)
                checks.append(await self._examiner.check_contracts_together(unit.id, bodies, inputs))
                if checks[-1].verdict is Verdict.REFUTED:
                    return checks
        for task, pick in chosen.items():
            if own.keys() & self._callees(self._blueprint.units[task]).keys():
                checks.append(await self._check_still_voted(task, pick, bodies))
                if checks[-1].verdict is Verdict.REFUTED:
                    return checks
        return checks

    async def _check_still_voted(self, task: TaskId, pick: int, bodies: Mapping[str, str]) -> CheckResult:
        """Make sure that a pick behaves as it did when it was voted for, now that its callees are these bodies."""
        unit, inputs = self._blueprint.units[task], self._last_inputs(task)
        voted = self._dossiers[task].results.get(inputs.epoch, {}).get(pick)
        callees = {name: body for name, body in bodies.items() if name != unit.id}
        now = await self._examiner.examine(Candidate(unit.id, bodies[unit.id]), inputs, callees)
        verdict = Verdict.TESTED if voted is not None and now.key == voted.key else Verdict.REFUTED
        return CheckResult(f"the behaviour of {unit.name} that was voted for", verdict, len(inputs.calls))

    def _last_inputs(self, task: TaskId) -> InputSet:
        inputs = self._dossiers[task].inputs
        return inputs[max(inputs)]


def shares_of(command: Ask, unit: Unit, archetype: Archetype) -> Iterator[tuple[str, Ask]]:
    """Yield the sentence that is asked about ("": none), and its share of a command's samples.

    Who writes sentences down is asked about one after the other; who is not told of exceptions is asked where there
    are some.
    """
    if UNTOLD in archetype.capabilities and not exceptions(unit):
        return
    if CONDITIONS not in archetype.capabilities:
        yield "", command
        return
    readings = min(READINGS, command.count)
    for place, sentence in enumerate(clauses(unit, command.count // readings)):
        yield sentence, msgspec.structs.replace(command, first=command.first + place * readings, count=readings)
