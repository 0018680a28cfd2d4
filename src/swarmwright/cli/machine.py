"""``models`` and ``doctor``: what this machine has, and what it lacks."""

from __future__ import annotations

from typing import Annotated

import typer

from swarmwright.adapters import hub
from swarmwright.errors import ModelFileError
from swarmwright.watch.terminal import Terminal

ModelName = Annotated[str, typer.Argument(help="A model's name, as `models list` shows it.")]
models_app = typer.Typer(help="The local models: which there are, fetching one, where it lies.", no_args_is_help=True)


@models_app.command("list")
def models_list() -> None:
    """List the models that can be used without a key."""
    for model in hub.models_list():
        here = {"yes": "here", "partly": "partly here", "no": "not here"}.get(model.present, model.present)
        typer.echo(
            f"{model.name:24} {model.bytes_all / 1e6:7.0f} MB  {here}{f', {model.origin}' if model.origin else ''}"
        )


@models_app.command("pull")
def models_pull(name: ModelName) -> None:
    """Fetch a model's file and check it."""
    model = hub.find_model(name)
    with Terminal() as terminal:
        path = hub.fetch(model, lambda done, total: terminal.fetching(name, done, total))
    typer.echo(str(path))


@models_app.command("path")
def models_path(name: ModelName) -> None:
    """Print where a model's file lies.

    Raises:
        ModelFileError: it was not fetched yet.
    """
    path = hub.model_path(hub.find_model(name))
    if not path.is_file():
        raise ModelFileError(f"{name} is not here yet; `swarmwright models pull {name}` fetches it to {path}.")
    typer.echo(str(path))


def doctor() -> None:
    """Say what this machine has, what is missing, and what would mend it."""
    # It probes what only a build needs, so it loads all of that.
    from swarmwright import config

    findings = config.doctor_report()
    for finding in findings:
        mark = "ok     " if finding.ok else "missing"
        typer.echo(f"{mark} {finding.subject}: {finding.detail}")
        if finding.remedy and not finding.ok:
            typer.echo(f"        {finding.remedy}")
    needed = [finding.subject for finding in findings if not finding.ok and finding.needed]
    if needed:
        typer.echo(f"Nothing can be built yet: {', '.join(needed)}.")
        raise typer.Exit(1)
