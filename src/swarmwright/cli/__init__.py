"""The command line: arguments in, sentences and exit codes out.

Exit codes: 0 all delivered, 3 some undecided, 2 a bad specification or usage, 130 interrupted, 1 any other error
that has a name.
"""

from __future__ import annotations

import os
import sys

import typer

import swarmwright
from swarmwright.cli import building, clarifying, genes, looking, machine, running, sizing, wishing
from swarmwright.errors import SwarmwrightError

__all__ = ["app", "main"]

app = typer.Typer(
    name="swarmwright",
    help="Software built from a million small decisions, each of them checked.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"swarmwright {swarmwright.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Build Python packages from specifications, with the evidence."""


app.command()(building.build)
app.command()(building.verify)
app.command()(building.lint)
app.command()(clarifying.clarify)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(running.run)
app.command()(wishing.pause)
app.command()(wishing.resume)
app.command()(wishing.adjust)
app.command()(looking.status)
app.command()(looking.explain)
app.command("size")(sizing.size_run)
app.add_typer(looking.ledger_app, name="ledger")
app.add_typer(machine.models_app, name="models")
app.add_typer(genes.genes_app, name="genes")
app.command()(machine.doctor)


def main() -> None:
    """Run the command line; an error that has a name is one sentence on standard error, never a traceback."""
    try:
        app()
    except SwarmwrightError as error:
        typer.echo(f"swarmwright: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _let_go_of_output()
        sys.exit(1)
    except OSError as error:
        # Ours name what they were about; this is what the system refused where nobody expected it.
        where = f"{error.filename}: " if error.filename else ""
        _let_go_of_output()
        typer.echo(f"swarmwright: {where}{error.strerror or error}. Mend that and run the same command.", err=True)
        sys.exit(1)


def _let_go_of_output() -> None:
    """Whoever reads our output is gone (as `| head` is), or has no room: nothing more can be said to them."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
