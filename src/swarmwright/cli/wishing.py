"""``pause``, ``resume`` and ``adjust``: what a person wishes of a run while it goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swarmwright.cli.building import MaxCalls, MaxCost, MaxTokens
from swarmwright.errors import UsageError

Folder = Annotated[Path, typer.Argument(help="The folder of a run that goes on.")]
AtOnce = Annotated[int | None, typer.Option(help="Have at most this many calls under way at once.")]


def pause(folder: Folder) -> None:
    """Let a run start nothing new until it is resumed; what is in flight is finished and saved."""
    from swarmwright.config.wishes import wish

    wish(folder, paused=True)
    typer.echo(f"Paused; 'swarmwright resume {folder}' lets it go on.")


def resume(folder: Folder) -> None:
    """Let a paused run go on."""
    from swarmwright.config.wishes import wish

    wish(folder, paused=False)
    typer.echo("It goes on.")


def adjust(
    folder: Folder,
    max_calls: MaxCalls = None,
    max_tokens: MaxTokens = None,
    max_cost: MaxCost = None,
    at_once: AtOnce = None,
) -> None:
    """Change a run's limits while it goes on."""
    from swarmwright.config.wishes import wish

    wished = {"calls": max_calls, "tokens": max_tokens, "usd": max_cost, "width": at_once}
    changed = {name: value for name, value in wished.items() if value is not None}
    if not changed:
        raise UsageError("Nothing to change was named: --max-calls, --max-tokens, --max-cost or --at-once.")
    if any(value <= 0 for value in changed.values()):
        raise UsageError("A limit must be more than 0.")
    wish(folder, **changed)
    typer.echo("The run is told; it looks a few times a second.")
