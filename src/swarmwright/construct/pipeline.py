"""The main job: a Spec, a Crew's tools and a ledger in; decided Tasks, and the bodies that stand, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from swarmwright.agents.clock import Clock
from swarmwright.agents.ports import Model
from swarmwright.agents.roster import Archetype
from swarmwright.colony.colony import Colony
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import Production
from swarmwright.colony.menders import CellMender
from swarmwright.colony.pool import Room
from swarmwright.construct.cell_mender import CellMending
from swarmwright.construct.crew import BuilderCrew
from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.forager import Forager
from swarmwright.construct.planning import Blueprint, plan_tasks
from swarmwright.construct.spreading import SpreadingColony
from swarmwright.errors import LedgerMismatchError, LedgerVersionError, SpecError
from swarmwright.ledger.events import FORMAT, AnyEvent, RunOpened
from swarmwright.ledger.ports import Ledger
from swarmwright.plan.graph import Plan
from swarmwright.spec.lint import check_spec
from swarmwright.spec.values import Diagnostic, Spec
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import Wished, run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Ask, Command, ExitReason, Lane, Policy, StopSignal
from swarmwright.verify.examine import Examiner
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.winner import Effort, WinnerCheck
from swarmwright.voting.risk import RiskModel

CORES = "cores"
"""Lanes that compete for this machine's cores take turns under this name."""
_EXAMINED_AT_ONCE = 2


class Materials(msgspec.Struct, frozen=True):
    """What a build is made with.

    ``local`` names the models that run on this machine's own cores, of which ``cores`` may be used; ``risk`` estimates
    how likely a winner is wrong (None: nobody does); ``foraging`` says how far the colony goes, where there is one,
    ``room`` how many processes it has,
    ``grammar`` what its agents know (None: our own productions), and ``epidemic`` whether blocks of delivered bodies
    spread to searches that come later.
    """

    spec: Spec
    models: Mapping[str, Model]
    archetypes: Mapping[str, Archetype]
    sandbox: Sandbox
    ledger: Ledger
    policy: Policy
    effort: Effort
    budget: Budget
    options: Mapping[str, str]
    clock: Clock
    local: frozenset[str] = frozenset()
    cores: int = 1
    foraging: Foraging = Foraging()
    room: Room = Room()
    grammar: tuple[Production, ...] | None = None
    epidemic: bool = False
    risk: RiskModel | None = None


class Built(msgspec.Struct, frozen=True):
    """How a build ended: the bodies that were delivered, and why each other Unit is undecided."""

    exit_reason: ExitReason
    delivered: Mapping[str, str]
    undecided: Mapping[str, str]


Observer = Callable[[Sequence[AnyEvent]], None]


async def build(
    materials: Materials, *, observer: Observer | None, stop: StopSignal, wished: Wished | None = None
) -> Built:
    """Build every Unit of a Spec, resuming what the ledger already holds.

    Raises:
        SpecError: lint found errors (no model was asked).
        LedgerMismatchError: the ledger is of another specification or other options.
    """
    spec, ledger = materials.spec, materials.ledger
    examiner = await Examiner.open(spec, materials.sandbox)
    try:
        require_clean((*check_spec(spec), *await examiner.check_specification()))
        open_run(ledger, spec, materials.options, materials.clock)
        blueprint = plan_tasks(spec)
        dossiers = Dossiers(ledger.blobs)
        winner_check = WinnerCheck(spec, materials.sandbox, examiner, effort=materials.effort)
        colony = _colony(materials, blueprint, dossiers)
        cells = CellMender(spec, materials.sandbox, materials.grammar)
        try:
            crew = BuilderCrew(
                spec,
                blueprint,
                models=materials.models,
                archetypes=materials.archetypes,
                examiner=examiner,
                winner_check=winner_check,
                dossiers=dossiers,
                blobs=ledger.blobs,
                forager=Forager(spec, examiner, colony, materials.foraging),
                cell_mending=CellMending(spec, examiner, cells),
                risk=materials.risk,
            )
            reason = await run(
                Scheduler(Plan(blueprint.tasks), materials.policy),
                crew,
                ledger,
                lanes=lane_chooser(materials),
                budget=materials.budget,
                clock=materials.clock,
                stop=stop,
                absorb=_absorber(dossiers, colony),
                observer=observer,
                wished=wished,
            )
        finally:
            await cells.close()
            await colony.close()
            await winner_check.close()
    finally:
        await examiner.close()
    return settle(blueprint, dossiers, reason)


def _colony(materials: Materials, blueprint: Blueprint, dossiers: Dossiers) -> Colony:
    """Return the colony of a build: what solved one Unit spreads to others where that is wanted."""
    if not materials.epidemic:
        return Colony(materials.spec, materials.sandbox, materials.grammar, room=materials.room)
    return SpreadingColony(
        materials.spec,
        materials.sandbox,
        materials.grammar,
        room=materials.room,
        units=blueprint.units,
        dossiers=dossiers,
    )


def _absorber(dossiers: Dossiers, colony: Colony) -> Callable[[Iterable[AnyEvent]], None]:
    """Return what hears of every event: who knows all Tasks, and a colony in which blocks spread."""

    def absorb(events: Iterable[AnyEvent]) -> None:
        heard = tuple(events)
        dossiers.absorb(heard)
        if isinstance(colony, SpreadingColony):
            colony.absorb(heard)

    return absorb


def require_clean(diagnostics: Sequence[Diagnostic]) -> None:
    """Stop where lint found errors.

    Raises:
        SpecError: one line for each error.
    """
    errors = sorted((d for d in diagnostics if d.severity == "error"), key=lambda d: (d.location.file, d.location.line))
    if errors:
        raise SpecError("\n".join(str(diagnostic) for diagnostic in errors))


def open_run(ledger: Ledger, spec: Spec, options: Mapping[str, str], clock: Clock) -> None:
    """Begin the ledger, or make sure that it is the one of this specification and these options.

    Raises:
        LedgerVersionError: it was written by another version.
        LedgerMismatchError: it belongs to another specification, or other options than these.
    """
    first = next(iter(ledger.replay()), None)
    if first is None:
        names = tuple(str(unit.id) for unit in spec.units())
        ledger.append([RunOpened(FORMAT, spec.name, spec.digest, dict(options), clock.wall(), names)])
        ledger.commit()
        return
    require_same_run(first, spec, options)


def require_same_run(first: AnyEvent, spec: Spec, options: Mapping[str, str]) -> None:
    """Make sure that a ledger with this first event is the one of this specification and these options.

    Raises:
        LedgerVersionError: it was written by another version.
        LedgerMismatchError: it belongs to another specification, or other options than these.
    """
    if not isinstance(first, RunOpened) or first.format != FORMAT:
        raise LedgerVersionError("The output folder's ledger is of another version. Build into another folder")
    if first.spec_digest != spec.digest:
        raise LedgerMismatchError(
            f"The output folder holds a build of another state of {first.spec_name}. "
            "Build into another folder, or add --fresh to start anew"
        )
    require_same_options(first, options)


def require_same_options(first: RunOpened, options: Mapping[str, str]) -> None:
    """Make sure that a run was begun with these options.

    Raises:
        LedgerMismatchError: it was begun with others.
    """
    changed = sorted(k for k in {*first.options, *options} if first.options.get(k) != options.get(k))
    if changed:
        raise LedgerMismatchError(
            f"The run in the output folder was begun with other options ({', '.join(changed)}). "
            "Use the same ones to go on, or add --fresh to start anew"
        )


def lane_chooser(materials: Materials) -> Callable[[Command], Lane]:
    """Return the road of each command: one a model, one for everything that is examined.

    An Ask that names no model is work like an examination, but the colony has processes of its own. A local model's
    threads spin, so it and the rest take turns on the cores.
    """
    shared = CORES if materials.local else ""
    # One Task's checks wait for one another; two at a time fill two cores, and share two sandboxed processes.
    work = Lane("examine", width=min(materials.cores, _EXAMINED_AT_ONCE), exclusive=shared)
    colony = Lane("colony", width=materials.room.width, exclusive=shared)
    lanes = {
        name: Lane(
            f"model {name}",
            width=1 if name in materials.local else model.concurrency,
            exclusive=CORES if name in materials.local else "",
        )
        for name, model in materials.models.items()
    }

    def choose(command: Command) -> Lane:
        if not isinstance(command, Ask):
            return work
        if command.model:
            return lanes[command.model]
        return colony if materials.archetypes[command.archetype].role == "colony" else work

    return choose


def settle(blueprint: Blueprint, dossiers: Dossiers, reason: ExitReason) -> Built:
    """Collect what was delivered, and the reason of every Unit that was not."""
    delivered: dict[str, str] = {}
    undecided: dict[str, str] = {}
    for task, unit in blueprint.units.items():
        dossier = dossiers[task]
        if dossier.delivered:
            delivered[unit.id] = dossiers.body(task, dossier.leading)
        else:
            undecided[unit.id] = dossier.reason or f"not decided: {reason.sentence}"
    return Built(reason, delivered, undecided)
