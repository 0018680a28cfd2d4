"""``explain --agents``: a search of the colony is done again, and the agents of what it found are told of."""

from __future__ import annotations

from pathlib import Path

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.adapters.sqlite import open_ledger
from swarmwright.colony.repeating import Frame, repeat
from swarmwright.errors import UsageError
from swarmwright.ledger.events import BlobId, Searched, Survivor
from swarmwright.ledger.folds import TaskState, fold
from swarmwright.ledger.ports import Blobs
from swarmwright.watch.lineage import tell_agents
from swarmwright.watch.story import find_task


async def explain_agents(file: Path, name: str, *, allow_weak: bool = False) -> str:
    """Return the agents of the body that the colony found for a Unit, and whether the search is the recorded one.

    Where the colony's body was delivered it is that one, else the cheapest that survived.

    Args:
        file: the ledger of the run.
        name: the Unit, or as much of its end as is needed.
        allow_weak: whether the weak sandbox is allowed.

    Raises:
        UsageError: there is no such Unit, or the colony searched for nothing there.
        LedgerError: the ledger cannot be read.
        SandboxError: the search could not be done again.
    """
    ledger = open_ledger(file, create=False, readonly=True)
    try:
        task = find_task(fold(ledger.replay()), name)
        searched, survivor = _chosen(task)
        body = ledger.blobs.get(BlobId(survivor.body)).decode() if survivor is not None else ""
        frame = _frame(searched, ledger.blobs)
    finally:
        ledger.close()
    again = await repeat(frame, open_sandbox(allow_weak=allow_weak), seconds=searched.seconds, body=body)
    return f"{task.name}\n{tell_agents(searched, body, again)}"


def _chosen(task: TaskState) -> tuple[Searched, Survivor | None]:
    if not task.searched:
        raise UsageError(f"The colony did not search for {task.name}, so there are no agents to tell of.")
    winner = task.winner()
    for searched in task.searched:
        for survivor in searched.survivors:
            if winner is not None and survivor.body == winner.body:
                return searched, survivor
    last = task.searched[-1]
    return last, last.survivors[0] if last.survivors else None


def _frame(searched: Searched, blobs: Blobs) -> Frame:
    parts = (searched.grammar, searched.modules, searched.request)
    return Frame(*(blobs.get(BlobId(part)) for part in parts))
