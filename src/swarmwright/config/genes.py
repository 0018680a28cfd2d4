"""Genes of the user's: where they lie, what a build takes from them, and what it leaves behind."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import platformdirs

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.colony.experience import productions_in
from swarmwright.colony.expressions import Seen
from swarmwright.colony.genes import GENE, mine
from swarmwright.colony.grammar import Production, load_grammar
from swarmwright.colony.keeping import (
    Genome,
    Lesson,
    grammar_with,
    held,
    learned,
    load_genome,
    save_genome,
    weights_of_uses,
)
from swarmwright.colony.observer import Observer
from swarmwright.config.settings import Config
from swarmwright.construct.packaging import LEDGER_NAME
from swarmwright.errors import LedgerEmptyError
from swarmwright.ledger.events import RunOpened
from swarmwright.ledger.folds import RunState, TaskState
from swarmwright.ledger.ports import Blobs
from swarmwright.spec.values import Spec
from swarmwright.swarm.values import Rung
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.values import InputSet
from swarmwright.watch.report import read_blob, text_of

FOLDER_ENV = "SWARMWRIGHT_GENES"
OPTION = "genes"
"""The option of a run under which its ledger keeps what it inherited: a run that goes on takes no newer genes."""


class Inherited(msgspec.Struct, frozen=True):
    """What a build takes from those before it: genes, and what is added to the costs of productions by name."""

    genes: tuple[Production, ...] = ()
    weights: Mapping[str, int] = {}

    def grammar(self, folders: Sequence[Path]) -> tuple[Production, ...]:
        """Return the grammar with these genes and weights.

        Raises:
            ConfigError: a folder of productions is faulty.
        """
        grammar = grammar_with(Genome(self.genes), folders)
        return tuple(
            msgspec.structs.replace(one, cost=max(1, one.cost + self.weights[one.name]))
            if one.name in self.weights
            else one
            for one in grammar
        )


def genes_folder(folder: str = "") -> Path:
    """Return where genes are kept: the folder of the settings, of ``SWARMWRIGHT_GENES``, or in the user's data."""
    chosen = folder or os.environ.get(FOLDER_ENV, "")
    return Path(chosen) if chosen else platformdirs.user_data_path("swarmwright") / "genes"


def inherit(config: Config, ladder: Sequence[Rung], out: Path | None = None) -> Inherited:
    """Return what a build takes: what its ledger says where it goes on, else what is kept now.

    Args:
        config: the settings.
        ladder: its rungs; without a colony nothing is taken.
        out: the folder that is built into.

    Raises:
        ConfigError: the genes' folder holds faulty files.
    """
    if not (config.genes and any(rung.searches for rung in ladder)):
        return Inherited()
    if out is not None and not config.fresh and (before := _of_ledger(out / LEDGER_NAME)) is not None:
        return before
    genome = load_genome(genes_folder(config.genes_folder))
    return Inherited(genome.genes, weights_of_uses(genome, load_grammar([Path(one) for one in config.productions])))


def _of_ledger(file: Path) -> Inherited | None:
    if not file.exists():
        return None
    try:
        ledger = open_ledger(file, create=False, readonly=True)
    except LedgerEmptyError:
        return None
    try:
        first = next(iter(ledger.replay()), None)
    finally:
        ledger.close()
    if not isinstance(first, RunOpened):
        return None
    text = first.options.get(OPTION, "")
    return msgspec.json.decode(text, type=Inherited) if text else Inherited()


def option_of(inherited: Inherited) -> dict[str, str]:
    """Return what a run's options say of what it inherited; nothing where that is nothing."""
    return {OPTION: msgspec.json.encode(inherited).decode()} if inherited != Inherited() else {}


async def leave(
    config: Config, inherited: Inherited, spec: Spec, state: RunState, blobs: Blobs, sandbox: Sandbox
) -> tuple[str, ...]:
    """Keep what a finished build's bodies share, and what they are made of; return the names of the genes found.

    Raises:
        ConfigError: the genes' folder cannot be written to, or holds faulty files.
    """
    tasks = [task for task in state.all_tasks() if task.decided is not None]
    bodies = {task.name: text_of(winner.body, blobs) for task in tasks if (winner := task.winner()) is not None}
    if not bodies:
        return ()
    grammar = inherited.grammar([Path(one) for one in config.productions])
    seen = await _observed(spec, tasks, bodies, blobs, sandbox)
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    genes = mine(seen, grammar)
    solved = Counter(name for task in tasks for name in _genes_in(task))
    asked = sum(any(sample.archetype == "colony" for sample in task.samples.values()) for task in tasks)
    lesson = Lesson(
        genes=genes,
        made_of=tuple(tuple(productions_in(body, grammar)) for body in bodies.values()),
        offered={gene.name: asked for gene in inherited.genes},
        solved={gene.name: solved[gene.name] for gene in inherited.genes if solved[gene.name]},
        day=day,
    )
    folder = genes_folder(config.genes_folder)
    with held(folder):
        save_genome(folder, learned(load_genome(folder), lesson))
    return tuple(gene.production.name for gene in genes)


async def _observed(
    spec: Spec, tasks: Sequence[TaskState], bodies: Mapping[str, str], blobs: Blobs, sandbox: Sandbox
) -> list[Seen]:
    observer = Observer(spec, sandbox)
    found = []
    try:
        for task in tasks:
            inputs = read_blob(task.epochs[-1].inputs, blobs, InputSet) if task.epochs else None
            if task.name in bodies and inputs is not None:
                unit = spec.unit(task.name)
                found.append(await observer.observe(unit, bodies[task.name], inputs.calls, bodies))
    finally:
        await observer.close()
    return found


def _genes_in(task: TaskState) -> set[str]:
    """Return the names of genes in what the colony says of its solutions."""
    words = {word.strip(",.") for sample in task.samples.values() for word in sample.detail.split()}
    return {word for word in words if word.startswith(GENE)}
