"""``status``, ``explain`` and ``ledger``: looking at runs, finished, running or interrupted. Nothing is changed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from swarmwright.adapters.sqlite import has_writer, open_ledger, verify_ledger
from swarmwright.config.explaining import explain_cells
from swarmwright.config.repeating import explain_agents
from swarmwright.construct.packaging import LEDGER_NAME
from swarmwright.errors import LedgerCorruptError, SwarmwrightError, UsageError
from swarmwright.ledger.folds import RunState, fold
from swarmwright.ledger.ports import Blobs, Ledger
from swarmwright.watch.report import build_report
from swarmwright.watch.steps_report import ending, fold_steps, is_long_task, status_lines, tell_step
from swarmwright.watch.story import colony_line, find_task, tell
from swarmwright.watch.terminal import closing_table

ledger_app = typer.Typer(help="Look at a run's ledger.", no_args_is_help=True)
RUNS = (Path("build"), Path("run"))


def ledger_of(path: Path) -> Path:
    """Return the ledger in a folder, or the ledger itself.

    Raises:
        UsageError: there is none.
    """
    file = path / LEDGER_NAME if path.is_dir() else path
    if not file.is_file():
        raise UsageError(f"{path} holds no run ({LEDGER_NAME} is missing); name the folder given as --out.")
    return file


@contextlib.contextmanager
def open_to_look(path: Path) -> Iterator[Ledger]:
    """Open the ledger of a run, to be read only.

    Raises:
        UsageError: there is no run.
        LedgerError: its ledger cannot be read.
    """
    ledger = open_ledger(ledger_of(path), create=False, readonly=True)
    try:
        yield ledger
    finally:
        ledger.close()


def read_run(path: Path) -> tuple[RunState, Blobs]:
    """Return what the run in a folder has come to, and its blobs.

    Raises:
        UsageError: there is no run.
        LedgerError: its ledger cannot be read.
    """
    ledger = open_ledger(ledger_of(path), create=False, readonly=True)
    return fold(ledger.replay()), ledger.blobs


def read_state(path: Path) -> RunState | None:
    """Return what the run in a folder has come to, leaving its ledger closed; None where none can be read."""
    try:
        ledger = open_ledger(ledger_of(path), create=False, readonly=True)
    except SwarmwrightError:
        return None
    try:
        return fold(ledger.replay())
    except SwarmwrightError:
        return None
    finally:
        ledger.close()


def only_run(below: Sequence[Path] = RUNS) -> Path:
    """Return the only run below ``build/`` and ``run/``.

    Raises:
        UsageError: there is none, or there are several.
    """
    found = sorted(file.parent for folder in below for file in folder.glob(f"*/{LEDGER_NAME}"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"There is no run below {_listed(below)} here; name its folder with --run.")
    raise UsageError(f"There are several runs here ({', '.join(map(str, found))}); name one with --run.")


def _listed(folders: Sequence[Path]) -> str:
    return " or ".join(f"{folder}/" for folder in folders)


def status(folder: Annotated[Path, typer.Argument(help="The folder that was built into, or run in.")]) -> None:
    """Say how far a run has come."""
    with open_to_look(folder) as run:
        if is_long_task(next(iter(run.replay()), None)):
            steps = fold_steps(run.replay())
            end = ending(steps.closed) if steps.closed else ""
            typer.echo("\n".join(status_lines(steps)))
        else:
            state = fold(run.replay())
            end = state.closed.detail or state.closed.exit_reason if state.closed else ""
            Console().print(closing_table(build_report(state, run.blobs)))
            if work := colony_line(state):
                typer.echo(work)
    if has_writer(ledger_of(folder)):
        typer.echo("The run is going on.")
    elif not end:
        typer.echo("The run was broken off before it could say why; the same command goes on with it.")
    else:
        typer.echo(f"Ended: {end}")


def explain(
    unit: Annotated[str, typer.Argument(help="A unit's name, or as much of its end as is needed; a step's number.")],
    behind: Annotated[
        str | None, typer.Argument(metavar="[UNIT]", help="Given, it is the unit, and the folder stands before it.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option("--run", help="The folder of the run; else the only one in build/ and run/.")
    ] = None,
    agents: Annotated[
        bool, typer.Option("--agents", help="Do the colony's search again and show the agents of what it found.")
    ] = False,
    cells: Annotated[
        bool, typer.Option("--cells", help="Of a delivered unit: whose each token is, and the check that kept it.")
    ] = False,
) -> None:
    """Tell the whole story of one unit or step: prompts, answers, red flags, counterexamples, votes, decision."""
    if behind is not None:
        if run is not None:
            raise UsageError("The folder is named twice: before the unit, and with --run.")
        unit, run = behind, Path(unit)
    if agents:
        typer.echo(asyncio.run(explain_agents(ledger_of(run or only_run()), unit)))
        return
    if cells:
        typer.echo(asyncio.run(explain_cells(ledger_of(run or only_run()), unit)))
        return
    with open_to_look(run or only_run()) as ledger:
        if is_long_task(next(iter(ledger.replay()), None)):
            typer.echo(tell_step(ledger.replay, unit, ledger.blobs))
        else:
            state = fold(ledger.replay())
            typer.echo(tell(state, find_task(state, unit), ledger.blobs))


@ledger_app.command("verify")
def verify(path: Annotated[Path, typer.Argument(help="A run's folder, or its ledger.")]) -> None:
    """Check every frame, blob and table of a ledger; a changed byte is found."""
    report = verify_ledger(ledger_of(path))
    counts = f"{report.frames} frames, {report.events} events and {report.blobs} blobs"
    if not report.sound:
        raise LedgerCorruptError(f"{path}: {report.fault}; sound before it: {counts}.")
    typer.echo(f"{path}: {counts}, all as they were written.")


@ledger_app.callback()
def ledger() -> None:
    """Look at a run's ledger."""
