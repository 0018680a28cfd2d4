"""``explain --cells``: each cell of a delivered body, the agent it came from, and the check that kept it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.adapters.sqlite import open_ledger
from swarmwright.colony.cells import Cell, cells_of
from swarmwright.colony.grammar import load_grammar
from swarmwright.config.clarify import find_specification
from swarmwright.construct.cell_story import is_new, production_of, tell_cells
from swarmwright.construct.dossier import Dossiers, Proposal
from swarmwright.errors import UsageError
from swarmwright.ledger.events import COLONY, TaskId
from swarmwright.ledger.folds import RunState, TaskState, fold
from swarmwright.ledger.ports import Blobs
from swarmwright.verify.examine import Examiner
from swarmwright.verify.rewriting import parse
from swarmwright.watch.report import text_of
from swarmwright.watch.steps_report import is_long_task
from swarmwright.watch.story import find_task

_PARENT = re.compile(r"\bsample (\d+)\b")


async def explain_cells(file: Path, name: str, *, allow_weak: bool = False) -> str:
    """Return a line for each cell of a delivered Unit's body.

    Args:
        file: the ledger of the run.
        name: the Unit, or as much of its end as is needed.
        allow_weak: whether the weak sandbox is allowed.

    Raises:
        UsageError: there is no such Unit, it was not delivered, or its specification is not here.
        LedgerError: the ledger cannot be read.
        SandboxUnavailableError: this machine cannot isolate generated code.
    """
    ledger = open_ledger(file, create=False, readonly=True)
    try:
        events = list(ledger.replay())
        if is_long_task(next(iter(events), None)):
            raise UsageError("The run is a long task: steps have no cells, only units that were built have.")
        state = fold(events)
        task = find_task(state, name)
        if task.decided is None or not task.decided.delivered:
            raise UsageError(f"{task.name} was not delivered, so it has no cells to tell of.")
        dossiers = Dossiers(ledger.blobs)
        dossiers.absorb(events)
        spec, _ = find_specification(file.parent, None, state)
        unit = spec.unit(task.name)
        body = dossiers.body(task.id, task.decided.sample)
        inputs = dossiers[task.id].inputs
        callees = {unit_id: text for unit_id, text in _delivered(state, ledger.blobs).items() if unit_id != unit.id}
        examiner = await Examiner.open(spec, open_sandbox(allow_weak=allow_weak))
        try:
            origin = origin_of(dossiers, task.id, task.decided.sample)
            told = await tell_cells(examiner, unit, body, inputs[max(inputs)], callees, origin)
        finally:
            await examiner.close()
    finally:
        ledger.close()
    kept = sum(bool(one.noticed) for one in told)
    head = f"{task.name}: {len(told)} cells of proposal {task.decided.sample}; for {kept} of them a change is noticed"
    return "\n".join([head, "", *(f"    {line}" for line in body.splitlines()), "", *map(str, told)])


def _delivered(state: RunState, blobs: Blobs) -> dict[str, str]:
    found: dict[str, str] = {}
    for task in state.all_tasks():
        winner = _winner(task)
        if winner is not None:
            found[task.name] = text_of(winner, blobs)
    return found


def _winner(task: TaskState) -> bytes | None:
    winner = task.winner()
    return winner.body if winner is not None else None


def origin_of(dossiers: Dossiers, task: TaskId, sample: int) -> Callable[[Cell], str]:
    """Return what says whose a cell of that sample is."""
    proposal = dossiers[task].proposals[sample]
    if proposal.archetype == COLONY:
        # Many productions are written alike; those that led to the body say which it was.
        trail = set(re.findall(r"[a-z][a-z0-9-]*", proposal.detail.rpartition("trail:")[2]))
        grammar = sorted(load_grammar(), key=lambda one: one.name not in trail)
        return lambda cell: f"the colony: {production_of(cell.spot.node, grammar) or _leaf(cell)}"
    parent = _PARENT.search(proposal.detail) if proposal.is_mended else None
    if parent is None:
        return lambda _cell: _proposer(sample, proposal)
    number = int(parent[1])
    theirs = origin_of(dossiers, task, number)
    cells = cells_of(parse(dossiers.body(task, number)))
    return lambda cell: _mended(sample, proposal) if is_new(cell, cells) else theirs(cell)


def _leaf(cell: Cell) -> str:
    article = "an" if cell.kind[0] in "aeiou" else "a"
    return f"{article} {cell.kind} without a production of its own"


def _proposer(sample: int, proposal: Proposal) -> str:
    return f"proposal {sample} ({proposal.archetype}, {proposal.model or 'no model'})"


def _mended(sample: int, proposal: Proposal) -> str:
    return f"proposal {sample} ({proposal.archetype}): {proposal.detail}"
