"""``models`` and ``doctor``: what this machine has, and what it lacks."""

from __future__ import annotations

from typing import Annotated

import typer

from swarmwright import config
from swarmwright.watch.terminal import Terminal

ModelName = Annotated[str, typer.Argument(help="A model's name, as `models list` shows it.")]
models_app = typer.Typer(help="The local models: which there are, fetching one, where it lies.", no_args_is_help=True)


@models_app.command("list")
def models_list() -> None:
    """List the models that can be used without a key."""
    for model in config.models_list():
        where = f"present, {model.path}" if model.present else "not fetched"
        typer.echo(f"{model.name:24} {model.size_bytes / 1e6:7.0f} MB  {where}")


@models_app.command("pull")
def models_pull(name: ModelName) -> None:
    """Fetch a model's file and check it."""
    with Terminal() as terminal:
        path = config.models_pull(name, lambda done, total: terminal.fetching(name, done, total))
    typer.echo(str(path))


@models_app.command("path")
def models_path(name: ModelName) -> None:
    """Print where a model's file lies."""
    typer.echo(str(config.models_path(name)))


def doctor() -> None:
    """Say what this machine has, what is missing, and what would mend it."""
    findings = config.doctor_report()
    for finding in findings:
        mark = "ok     " if finding.ok else "missing"
        typer.echo(f"{mark} {finding.subject}: {finding.detail}")
        if finding.remedy:
            typer.echo(f"        {finding.remedy}")
    needed = [finding.subject for finding in findings if not finding.ok and finding.needed]
    if needed:
        typer.echo(f"Nothing can be built yet: {', '.join(needed)}.")
        raise typer.Exit(1)
