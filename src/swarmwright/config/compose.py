"""Names every concrete class: from a Config and a specification to a verified package in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from swarmwright.adapters.llamacpp import usable_cores
from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.adapters.sqlite import open_answers, open_ledger
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Model
from swarmwright.agents.roster import Archetype, load_archetypes
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import Production
from swarmwright.colony.pool import Room
from swarmwright.config.delivery import context_of, deliver
from swarmwright.config.folders import open_folder
from swarmwright.config.genes import Inherited, inherit, leave, option_of
from swarmwright.config.models import Roster, answers_path, make_models
from swarmwright.config.records import check_records, find_finished
from swarmwright.config.risk import risk_model
from swarmwright.config.settings import Config, ladder_of, votes_needed, weights_of
from swarmwright.config.wishes import WishesFile
from swarmwright.construct.packaging import LEDGER_NAME, require_usable, seal_package
from swarmwright.construct.pipeline import Materials, build, require_clean, require_same_run
from swarmwright.construct.recheck import recheck
from swarmwright.errors import ConfigError, LedgerEmptyError
from swarmwright.ledger.events import AnyEvent, Noted
from swarmwright.ledger.folds import RunState, fold
from swarmwright.ledger.ports import Ledger
from swarmwright.spec.lint import check_spec
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Diagnostic, Spec
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.values import ExitReason, Policy, Rung, StopSignal
from swarmwright.verify.examine import Examiner
from swarmwright.verify.kernel import Recheck, failed
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.winner import Effort

FINISHED = (ExitReason.ALL_DELIVERED, ExitReason.SOME_UNDECIDED)
Observer = Callable[[Sequence[AnyEvent]], None]
Progress = Callable[[str, int, int], None]
"""Called with a model's name, bytes fetched so far, and bytes in all."""


class BuildOutcome(msgspec.Struct, frozen=True):
    """How a build ended, everything its ledger tells, and what the package's own tests said (if it was written).

    ``finished_before`` says that nothing was left to do.
    """

    exit_reason: ExitReason
    state: RunState
    tests: Recheck | None = None
    finished_before: bool = False

    @property
    def exit_code(self) -> int:
        """The command's exit code: that of the Exit reason, or 1 where the package's own tests failed."""
        failed = self.tests is not None and self.tests.status == "fails"
        return 1 if failed else self.exit_reason.exit_code


async def run_build(
    config: Config,
    spec_path: Path,
    out: Path,
    *,
    observer: Observer | None = None,
    stop: StopSignal | None = None,
    progress: Progress | None = None,
) -> BuildOutcome:
    """Build a specification into a folder, going on where an earlier run of the same build ended.

    Raises:
        SwarmwrightError: whatever can be named (a bad specification, no sandbox, an unusable folder or ledger...).
    """
    spec = read_spec(spec_path)
    require_clean(check_spec(spec))
    archetypes = load_archetypes([Path(folder) for folder in config.archetypes])
    ladder = ladder_of(config)
    _require_archetypes(ladder, archetypes)
    require_usable(out)
    inherited = inherit(config, ladder, out)
    answers = open_answers(answers_path())
    notes: list[AnyEvent] = []
    roster = make_models(config, ladder, answers, note=lambda topic, text: notes.append(Noted(topic, text)))
    try:
        if not config.fresh:
            options = _options(config, ladder, roster.models, inherited)
            if (done := find_finished(out, spec, options)) is not None:
                return BuildOutcome(done.exit_reason, done.state, done.tests, finished_before=True)
            _require_ours(out / LEDGER_NAME, spec, options)
        sandbox = open_sandbox(allow_weak=config.allow_weak_sandbox, tier=config.sandbox or None)
        await roster.prepare(progress)
        ledger = open_folder(out, fresh=config.fresh)
        try:
            materials = make_materials(config, spec, ladder, roster, archetypes, sandbox, ledger, inherited)
            wishes = WishesFile(out)
            built = await build(materials, observer=observer, stop=stop or StopSignal(), wished=wishes)
            wishes.forget()
            if notes:
                ledger.append(notes)
                ledger.commit()
            context = context_of(roster.models)
            tests = await deliver(spec, built, ledger, out, sandbox=sandbox, context=context)
            state = fold(ledger.replay())
            if config.genes and built.exit_reason in FINISHED:
                await leave(config, inherited, spec, state, ledger.blobs, sandbox)
        finally:
            ledger.close()
        if tests is not None:
            seal_package(out)
        return BuildOutcome(built.exit_reason, state, tests)
    finally:
        await roster.close()
        answers.close()


async def run_lint(spec_path: Path, *, allow_weak: bool = False) -> tuple[Diagnostic, ...]:
    """Return everything lint finds, static and dynamic, in the order of the files.

    Raises:
        SpecError: the specification cannot be read at all.
        SandboxUnavailableError: the given code cannot be run safely here.
    """
    spec = read_spec(spec_path)
    found = list(check_spec(spec))
    if not any(diagnostic.severity == "error" for diagnostic in found):
        examiner = await Examiner.open(spec, open_sandbox(allow_weak=allow_weak))
        try:
            found += await examiner.check_specification()
        finally:
            await examiner.close()
    return tuple(sorted(found, key=lambda d: (d.location.file, d.location.line, d.location.column)))


class VerifyOutcome(msgspec.Struct, frozen=True):
    """What checking a delivered package again showed."""

    checks: tuple[Recheck, ...]


async def run_verify(folder: Path, *, allow_weak: bool = False) -> VerifyOutcome:
    """Check a delivered package again without any model: its bytes and records, then (if these hold) what it does.

    Raises:
        OutputFolderError: the folder holds no delivered package of this version.
        SandboxUnavailableError: its code cannot be run safely here.
    """
    found = check_records(folder)
    if failed(found):
        why = "nothing of it was run: it is not what was delivered"
        return VerifyOutcome((*found, Recheck("package", "skipped", why)))
    return VerifyOutcome((*found, *await recheck(folder, open_sandbox(allow_weak=allow_weak))))


def _require_archetypes(ladder: Sequence[Rung], archetypes: Mapping[str, Archetype]) -> None:
    for rung in ladder:
        if rung.archetype not in archetypes:
            known = ", ".join(sorted(archetypes))
            raise ConfigError(f"The ladder names the archetype {rung.archetype!r}, which is not known. Known: {known}.")
        if archetypes[rung.archetype].asks_model != bool(rung.model):
            wrong = "asks no model: leave its model empty" if rung.model else "needs the name of a model"
            raise ConfigError(f"The ladder's rung of {rung.archetype!r} {wrong}.")


def _require_ours(file: Path, spec: Spec, options: Mapping[str, str]) -> None:
    """Refuse a ledger that is of another build before it is opened for writing, which would take its seal away."""
    if not file.exists():
        return
    try:
        ledger = open_ledger(file, create=False, readonly=True)
    except LedgerEmptyError:
        return
    try:
        if (first := next(iter(ledger.replay()), None)) is not None:
            require_same_run(first, spec, options)
    finally:
        ledger.close()


def make_materials(
    config: Config,
    spec: Spec,
    ladder: tuple[Rung, ...],
    roster: Roster,
    archetypes: Mapping[str, Archetype],
    sandbox: Sandbox,
    ledger: Ledger,
    inherited: Inherited | None = None,
) -> Materials:
    """Return what a build of these settings is made with; the one place where settings become a build's policy."""
    budget = config.budget
    k, k_spread = votes_needed(config, ladder)
    weights = weights_of(config, ladder)
    foraging = Foraging(seconds=config.colony_s)
    if weights is not None:
        foraging = msgspec.structs.replace(foraging, agents=config.colony_agents)
    return Materials(
        spec=spec,
        models=roster.models,
        archetypes=archetypes,
        sandbox=sandbox,
        ledger=ledger,
        policy=Policy(
            ladder=ladder,
            k=k,
            k_spread=k_spread,
            max_risk=config.max_risk,
            majority=config.majority,
            weights=weights,
        ),
        risk=risk_model(config),
        foraging=foraging,
        room=Room(config.colony_processes or usable_cores(), config.colony_memory_mb << 20, config.colony_agents_total),
        grammar=_grammar(config, ladder, inherited),
        epidemic=config.epidemic,
        effort=Effort(inputs=config.inputs, mutants=config.mutants, symbolic_s=config.symbolic_s),
        budget=Budget(
            calls=budget.calls,
            tokens=budget.tokens,
            seconds=budget.seconds,
            usd=budget.usd,
            usd_per_sample=roster.usd_per_sample,
        ),
        options=_options(config, ladder, roster.models, inherited),
        clock=LoopClock(),
        local=roster.local,
        cores=config.threads or usable_cores(),
    )


def _grammar(
    config: Config, ladder: Sequence[Rung], inherited: Inherited | None = None
) -> tuple[Production, ...] | None:
    """Return what the colony's agents know, where the ladder has one."""
    if not any(rung.searches for rung in ladder):
        return None
    return (inherited or Inherited()).grammar([Path(folder) for folder in config.productions])


def _options(
    config: Config, ladder: Sequence[Rung], models: Mapping[str, Model], inherited: Inherited | None = None
) -> dict[str, str]:
    """Return what makes a run the same run: everything that changes decisions, and nothing else (no budget)."""
    options = {
        "ladder": msgspec.json.encode(ladder).decode(),
        "k": str(config.k),
        "k_spread": str(config.k_spread),
        "inputs": str(config.inputs),
        "mutants": str(config.mutants),
        "symbolic_s": f"{config.symbolic_s:g}",
        "max_risk": f"{config.max_risk:g}",
        "majority": msgspec.json.encode(config.majority).decode(),
    }
    weights = weights_of(config, ladder)
    if weights is not None:
        options["colony_agents"] = str(config.colony_agents)
        options["weights"] = msgspec.json.encode(weights).decode()
    if any(rung.searches for rung in ladder):
        options["colony_s"] = f"{config.colony_s:g}"
        options["colony_memory_mb"] = str(config.colony_memory_mb)
        options["colony_agents_total"] = str(config.colony_agents_total)
        options["grammar"] = hashlib.sha256(msgspec.json.encode(_grammar(config, ladder, inherited))).hexdigest()
        options |= option_of(inherited or Inherited())
        options |= {"epidemic": "yes"} if config.epidemic else {}
    return options | {f"model {name}": model.digest for name, model in sorted(models.items())}
