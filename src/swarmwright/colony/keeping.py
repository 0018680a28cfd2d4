"""Keeping genes from one build to the next: productions in a folder of the user's, and how often each was of use.

``genes.toml`` is a file of productions like those of the grammar, so anybody can read, change and share it;
``statistics.json`` says how often each production was offered and used, and which Units a gene is from.
"""

from __future__ import annotations

import ast
import contextlib
import fcntl
import json
import os
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from swarmwright.colony.expressions import BOUND
from swarmwright.colony.genes import Gene
from swarmwright.colony.grammar import NAMES, Production, load_grammar, read_productions
from swarmwright.colony.inward import FUNCTIONS
from swarmwright.errors import ConfigError

GENES_NAME = "genes.toml"
STATISTICS_NAME = "statistics.json"
_LOCK_NAME = ".lock"
FORMAT = 1
_ALLOWED = frozenset((*NAMES, *BOUND, *FUNCTIONS, "_repeat", "_range", "_power", "_row", "_bounded", "_get"))
_FEWEST_OFFERS = 12
"""A gene that was offered so often and never used is of no use."""
_MANY_BODIES = 20
"""After so many bodies it is worth a cost what they are made of."""
_OFTEN = 0.1
"""The share of all bodies that makes a production a likely one."""


class Use(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often a production was of use.

    Attributes:
        offered: searches that knew it.
        solved: searches of which a solution was made with it.
        delivered: delivered bodies that were made with it, or can be read so.
        units: ids of the Units that a gene was mined from (a few).
        since: the day on which it was first kept, ``2026-01-31``.
    """

    offered: int = 0
    solved: int = 0
    delivered: int = 0
    units: tuple[str, ...] = ()
    since: str = ""


class Genome(msgspec.Struct, frozen=True):
    """All genes that are kept, how often each production was of use by name, and how many bodies were learned from."""

    genes: tuple[Production, ...] = ()
    uses: Mapping[str, Use] = {}
    bodies: int = 0


class Lesson(msgspec.Struct, frozen=True):
    """What one build teaches.

    Attributes:
        genes: abstractions that its bodies share.
        made_of: the productions that each delivered body can be read as.
        offered: how many searches each gene was offered to.
        solved: how many of them it took part in a solution of.
        day: when, ``2026-01-31``.
    """

    genes: tuple[Gene, ...]
    made_of: tuple[Collection[str], ...]
    offered: Mapping[str, int]
    solved: Mapping[str, int]
    day: str


class _Statistics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    bodies: int
    uses: dict[str, Use]


def learned(genome: Genome, lesson: Lesson) -> Genome:
    """Return a genome after one more build."""
    uses = dict(genome.uses)
    genes = {gene.name: gene for gene in genome.genes}
    for gene in lesson.genes:
        name = gene.production.name
        genes[name] = gene.production
        old = uses.get(name, Use(since=lesson.day))
        units = tuple(dict.fromkeys((*old.units, *gene.units)))[:8]
        uses[name] = msgspec.structs.replace(old, units=units, since=old.since or lesson.day)
    delivered = Counter(name for names in lesson.made_of for name in set(names))
    for name in {*delivered, *lesson.offered, *lesson.solved}:
        old = uses.get(name, Use(since=lesson.day))
        uses[name] = msgspec.structs.replace(
            old,
            offered=old.offered + lesson.offered.get(name, 0),
            solved=old.solved + lesson.solved.get(name, 0),
            delivered=old.delivered + delivered[name],
        )
    return Genome(tuple(genes.values()), uses, genome.bodies + len(lesson.made_of))


def weights_of_uses(genome: Genome, grammar: Iterable[Production]) -> dict[str, int]:
    """Return what is added to the costs of productions, by name, after the bodies of all builds.

    What stands in one body of ten is cheaper; what stands in none is dearer. After few bodies nothing is said.
    """
    if genome.bodies < _MANY_BODIES:
        return {}
    found = {}
    for production in grammar:
        count = genome.uses.get(production.name, Use()).delivered
        if count >= _OFTEN * genome.bodies:
            found[production.name] = -1
        elif not count:
            found[production.name] = 1
    return found


def idle(genome: Genome) -> tuple[str, ...]:
    """Return the names of genes that were offered often and never used."""
    return tuple(
        gene.name
        for gene in genome.genes
        if (use := genome.uses.get(gene.name, Use())).offered >= _FEWEST_OFFERS and not use.solved
    )


def without(genome: Genome, names: Collection[str]) -> Genome:
    """Return a genome without some genes, and without their statistics."""
    genes = tuple(gene for gene in genome.genes if gene.name not in names)
    return Genome(genes, {name: use for name, use in genome.uses.items() if name not in names}, genome.bodies)


def load_genome(folder: Path) -> Genome:
    """Return what a folder keeps; nothing where there is no such folder.

    Raises:
        ConfigError: a file there cannot be read, or is faulty; the message says which.
    """
    genes = folder / GENES_NAME
    productions = read_productions(genes) if genes.exists() else ()
    for production in productions:
        _require_pure(genes, production)
    statistics = _read_statistics(folder / STATISTICS_NAME)
    return Genome(productions, statistics.uses, statistics.bodies)


def _require_pure(file: Path, production: Production) -> None:
    """Refuse what is more than an expression over its parts and built-in functions."""
    for text in filter(None, (production.python, production.inner)):
        for node in ast.walk(ast.parse(text, mode="eval")):
            name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
            attribute = isinstance(node, ast.Attribute)
            if (attribute and name.startswith("_")) or (isinstance(node, ast.Name) and name not in _ALLOWED):
                raise ConfigError(f"{file}: {production.name}: {text!r} names {name!r}, which no gene may.")


def _read_statistics(file: Path) -> _Statistics:
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_Statistics)
    except FileNotFoundError:
        return _Statistics(FORMAT, 0, {})
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"{file}: cannot be read ({error}); `swarmwright genes prune --all` begins anew.") from None
    if found.format != FORMAT:
        raise ConfigError(f"{file}: is of another version; `swarmwright genes prune --all` begins anew.")
    return found


def save_genome(folder: Path, genome: Genome) -> None:
    """Write a genome, each file whole or not at all.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    statistics = _Statistics(FORMAT, genome.bodies, dict(sorted(genome.uses.items())))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / GENES_NAME, "\n".join(map(toml_of, genome.genes)) or "production = []\n")
        _write(folder / STATISTICS_NAME, msgspec.json.format(msgspec.json.encode(statistics)).decode() + "\n")
    except OSError as error:
        raise ConfigError(f"{folder}: genes cannot be kept there ({error.strerror}).") from None


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other builds from writing to the folder meanwhile.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / _LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ConfigError(f"{folder}: genes cannot be kept there ({error.strerror}).") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def forget_all(folder: Path) -> None:
    """Delete everything that is kept, faulty files too.

    Raises:
        ConfigError: a file cannot be deleted.
    """
    try:
        for name in (GENES_NAME, STATISTICS_NAME):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: genes cannot be deleted there ({error.strerror}).") from None


def _write(file: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as part:
            part.write(text)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def toml_of(production: Production) -> str:
    """Return a production as it stands in a file of productions."""
    lines = ["[[production]]"]
    defaults = msgspec.to_builtins(Production(name="x", python="", takes=(), gives=""))
    for name, value in msgspec.to_builtins(production).items():
        if name in ("name", "python", "takes", "gives", "cost") or value != defaults[name]:
            lines.append(f"{name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value).replace("\x7f", "\\u007f")
        case list() | tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{key} = {_toml(item)}' for key, item in value.items())} }}"
        case _:
            return repr(value)


def grammar_with(genome: Genome, folders: Sequence[Path] = ()) -> tuple[Production, ...]:
    """Return the grammar and the genes; a gene that a production of the same name replaced is left out.

    Raises:
        ConfigError: a folder of productions is faulty.
    """
    grammar = load_grammar(folders)
    names = {production.name for production in grammar}
    return (*grammar, *(gene for gene in genome.genes if gene.name not in names))
