"""``genes``: what earlier builds left behind for the next ones, shown and pruned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swarmwright.errors import UsageError

if TYPE_CHECKING:
    from swarmwright.colony.keeping import Genome

Folder = Annotated[
    Path | None, typer.Option("--folder", help="Where the genes are kept, if not in the user's data folder.")
]
Name = Annotated[str, typer.Argument(help="A gene's name, as `genes` shows it.")]
Names = Annotated[list[str] | None, typer.Argument(help="Genes to forget; none: those that were never of use.")]
All = Annotated[bool, typer.Option("--all", help="Forget everything, statistics of productions too.")]
genes_app = typer.Typer(help="What builds left behind for the next ones: expressions that their functions share.")


@genes_app.callback(invoke_without_command=True)
def genes(context: typer.Context, folder: Folder = None) -> None:
    """List the genes that are kept, the most used first."""
    context.obj = _where(folder)
    if context.invoked_subcommand is not None:
        return
    genome = _load(context.obj)
    for name in sorted((gene.name for gene in genome.genes), key=lambda name: _rank(genome, name)):
        gene = next(one for one in genome.genes if one.name == name)
        typer.echo(f"{name:44} {gene.python}")
    typer.echo(f"{len(genome.genes)} genes from {genome.bodies} bodies, kept in {context.obj}")


@genes_app.command("show")
def genes_show(context: typer.Context, name: Name) -> None:
    """Show a gene, and how often it was of use.

    Raises:
        UsageError: there is no such gene.
    """
    from swarmwright.colony.keeping import Use, toml_of

    genome = _load(context.obj)
    gene = next((one for one in genome.genes if one.name == name), None)
    if gene is None:
        raise UsageError(f"{name}: there is no such gene in {context.obj}; `swarmwright genes` lists them.")
    use = genome.uses.get(name, Use())
    typer.echo(toml_of(gene))
    typer.echo(f"known to {use.offered} searches, part of a solution in {use.solved}, of {use.delivered} bodies")
    if use.since:
        typer.echo(f"since {use.since}, from {', '.join(use.units) or 'elsewhere'}")


@genes_app.command("prune")
def genes_prune(context: typer.Context, names: Names = None, everything: All = False) -> None:
    """Forget genes: those that are named, or else those that many searches knew and none needed.

    Raises:
        UsageError: there is no such gene.
    """
    from swarmwright.colony.keeping import forget_all, held, idle, save_genome, without

    if everything:
        forget_all(context.obj)
        typer.echo(f"Nothing is kept in {context.obj} any more.")
        return
    with held(context.obj):
        genome = _load(context.obj)
        known = {gene.name for gene in genome.genes}
        if unknown := [name for name in names or () if name not in known]:
            raise UsageError(f"{unknown[0]}: there is no such gene in {context.obj}; `swarmwright genes` lists them.")
        gone = tuple(names or ()) or idle(genome)
        save_genome(context.obj, without(genome, gone))
    typer.echo(f"{len(gone)} genes forgotten{': ' if gone else ''}{', '.join(gone)}")


def _where(folder: Path | None) -> Path:
    from swarmwright import config

    return config.genes_folder(str(folder) if folder is not None else "")


def _load(folder: Path) -> Genome:
    from swarmwright.colony.keeping import load_genome

    return load_genome(folder)


def _rank(genome: Genome, name: str) -> tuple[int, str]:
    use = genome.uses.get(name)
    return (-(use.solved + use.delivered) if use else 0, name)
