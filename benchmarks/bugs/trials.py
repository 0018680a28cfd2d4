"""A trial: a body is proposed by several samples to the real pipeline, alone or in company, and what comes of it."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence

import msgspec
from benchmarks.bugs.bodies import texts_of
from benchmarks.bugs.choosing import references
from benchmarks.bugs.company import PROPOSED, Planter
from benchmarks.bugs.planted import Planted
from benchmarks.bugs.table import Fate, Result
from benchmarks.quality.loading import BENCHMARKS
from benchmarks.quality.records import Body, UnitRecord
from benchmarks.quality.running import record_of, scripted_setup
from benchmarks.quality.workloads import Portion, Workload, portions

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.config.compose import make_materials
from swarmwright.config.models import Roster, make_models
from swarmwright.config.settings import LARGE, SMALL, Config, ladder_of
from swarmwright.construct.pipeline import build
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.ledger.ports import Answers
from swarmwright.swarm.values import Rung, StopSignal
from swarmwright.verify.contest import Effort
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.winner import is_thin

Tell = Callable[[str], None]

FIRST_SAMPLES = 5
"""How many samples the recorded first rung asked for."""
EFFORT = Effort(mutation_s=60.0, symbolic_s=0.5, glance_s=0.5, difference_s=0.5, rival_s=0.5)
"""As by default, but for the symbolic search, which hardly gets its turn; all mutants are tried, whatever the clock."""


class Company:
    """The recorded answers of real models, and what those were recorded under."""

    def __init__(self, answers: Answers) -> None:
        """Take the store; no model is started."""
        self.answers = answers
        config = Config()
        roster: Roster = make_models(config, ladder_of(config), answers, note=lambda _topic, _text: None)
        self.digests = {name: model.digest for name, model in roster.models.items()}


def right_bodies(workload: Workload, *, count: int) -> tuple[Planted, ...]:
    """Return right bodies: each Unit's reference, and then other texts of them in which the code is nested."""
    bodies = [
        (part.name, unit, body)
        for part in workload.parts
        for unit, body in references(part, BENCHMARKS / "judges" / part.name).items()
    ]
    plain = [Planted(f"{unit}: reference", part, unit, "right", "reference", "", body) for part, unit, body in bodies]
    others = [
        Planted(f"{unit}: rewritten", part, unit, "right", "rewritten", "", texts_of(body)[-1])
        for part, unit, body in bodies
    ]
    return tuple([*plain, *others][:count])


class Trials:
    """Runs trials of planted bodies, many Units at a time."""

    def __init__(
        self, workload: Workload, sandbox: Sandbox | None = None, company: Company | None = None, *, texts: int = 1
    ) -> None:
        """Take the workload and, where there are recorded answers, the company.

        Args:
            workload: whose Units they are bodies of.
            sandbox: where generated code runs.
            company: recorded answers among which the bodies are put (None: they are alone).
            texts: in how many different texts a body is proposed; since all behave alike and votes count behaviours,
                more than one costs time and changes no vote.
        """
        self._texts = texts
        self._parts = {part.name: part for part in workload.parts}
        self._sandbox = sandbox or open_sandbox()
        self._company = company

    async def run(self, planted: Iterable[Planted], tell: Tell) -> AsyncIterator[list[Result]]:
        """Yield the results, some at a time."""
        for part, some in rounds(planted):
            names = [one.unit for one in some]
            for portion in portions(self._parts[part], units=names):
                mine = [one for one in some if one.unit in {unit.id for unit in portion.spec.units()}]
                found = await self._try(portion, mine)
                for result in found:
                    tell(f"{result.half} {result.name}: {result.fate} {result.by}")
                yield found

    async def _try(self, portion: Portion, planted: Sequence[Planted]) -> list[Result]:
        texts = {one.unit.rpartition(".")[2]: texts_of(one.body, self._texts) for one in planted}
        models = self._models(texts)
        ladder = self._ladder()
        setup = scripted_setup(Config(), ladder, dict(models))
        ledger = MemoryLedger()
        materials = make_materials(
            setup.config, portion.spec, ladder, setup.roster, setup.archetypes, self._sandbox, ledger
        )
        materials = msgspec.structs.replace(materials, effort=EFFORT)
        await build(materials, observer=None, stop=StopSignal())
        by_unit = {one.unit: one for one in planted}
        records = [record_of(t, ledger.blobs, portion, ladder) for t in fold(ledger.replay()).all_tasks()]
        replayed: dict[str, int] = {}
        for model in models.values():
            for name, count in model.replayed.items():
                replayed[name] = replayed.get(name, 0) + count
        return [
            judged(by_unit[record.unit], record, texts, replayed.get(record.unit.rpartition(".")[2], 0))
            for record in records
            if record.unit in by_unit
        ]

    def _models(self, texts: Mapping[str, Sequence[str]]) -> dict[str, Planter]:
        company = self._company
        if company is None:
            return {LARGE: Planter(LARGE, texts), SMALL: Planter(SMALL, {})}
        large = Planter(LARGE, texts, company.digests[LARGE], company.answers)
        return {LARGE: large, SMALL: Planter(SMALL, {}, company.digests[SMALL], company.answers)}

    def _ladder(self) -> tuple[Rung, ...]:
        """Return the default ladder; in company its first rung asks for the planted bodies besides its own samples.

        Who plants finds a Unit by its name, so nobody is asked without it.
        """
        rungs = [rung for rung in ladder_of(Config()) if not rung.apart]
        first = next(n for n, rung in enumerate(rungs) if rung.when == "always")
        own = FIRST_SAMPLES if self._company is not None else 0
        rungs[first] = msgspec.structs.replace(rungs[first], count=own + PROPOSED)
        return tuple(rungs)


def rounds(planted: Iterable[Planted]) -> list[tuple[str, list[Planted]]]:
    """Cut planted bodies into rounds of one part with at most one body for each Unit."""
    cut: list[tuple[str, dict[str, Planted]]] = []
    for one in planted:
        place = next((some for part, some in cut if part == one.part and one.unit not in some), None)
        if place is None:
            place = {}
            cut.append((one.part, place))
        place[one.unit] = one
    return [(part, list(some.values())) for part, some in cut]


def judged(planted: Planted, record: UnitRecord, texts: Mapping[str, Sequence[str]], company: int) -> Result:
    """Return what became of a planted body, by what a run showed of its Unit."""
    own = {_tree(text) for text in texts[planted.unit.rpartition(".")[2]]}
    mine = [body for body in record.bodies if _tree(body.text) in own]
    fate, by, detail = _fate(mine, record)
    checks = record.evidence.checks if record.evidence is not None else ()
    return Result(
        name=planted.name,
        unit=planted.unit,
        half=planted.half,
        kind=planted.kind,
        held_out=planted.is_held_out,
        company=company,
        fate=fate,
        by=by,
        detail=detail[:300],
        doubts=tuple(check.check for check in checks if is_thin(check)),
    )


def _fate(mine: Sequence[Body], record: UnitRecord) -> tuple[Fate, str, str]:
    refuted = next((body for body in mine if body.refuted), None)
    if not mine:
        return "unread", "", record.reason
    if all(body.refuted or body.flag for body in mine):
        return "refuted", (refuted.refuted if refuted else mine[0].flag), mine[0].said
    if record.delivered >= 0:
        winner = record.bodies[record.delivered]
        same = any(body.key == winner.key for body in mine if body.passes)
        return ("delivered", "", record.reason) if same else ("contested", "outvoted", record.reason)
    checks = record.evidence.checks if record.evidence is not None else ()
    thin = [check for check in checks if check.detail and f"thin evidence: {check.detail}" == record.reason]
    if thin:
        return "thin", thin[0].check, record.reason
    unsettled = [check for check in checks if record.reason == f"{check.check}: {check.detail}"]
    return "contested", (unsettled[0].check if unsettled else "rival behaviours"), record.reason


def _tree(text: str) -> str:
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        return text
