"""Genes and blocks of builds: what bodies share is left for the next build, and spreads within one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.adapters.sqlite import open_ledger
from swarmwright.colony.colony import Harvest
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.epidemic import BLOCK
from swarmwright.colony.expressions import Seen
from swarmwright.colony.keeping import Genome, Use, load_genome, save_genome
from swarmwright.colony.observer import Observer
from swarmwright.config.genes import Inherited, inherit, leave, option_of
from swarmwright.config.settings import COLONY, Config
from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.packaging import LEDGER_NAME
from swarmwright.construct.spreading import SpreadingColony
from swarmwright.ledger.events import (
    FORMAT,
    Answer,
    Answered,
    AnyEvent,
    Asked,
    Decided,
    EpochOpened,
    RunOpened,
    TaskId,
    TaskOpened,
)
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryBlobs
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec
from swarmwright.verify.encoding import encode
from swarmwright.verify.scoring import Probe
from swarmwright.verify.values import Call, InputSet, Outcome

pytestmark = pytest.mark.sandbox
SOURCE = '''"""Small."""


def spread(xs: list[int]) -> int:
    """Tell how far the largest number lies above the smallest.

    >>> spread([3, 9, 4])
    6
    """
    ...


def spreads(rows: list[list[int]]) -> list[int]:
    """Tell for each row how far its largest number lies above its smallest.

    >>> spreads([[3, 9], [5]])
    [6, 0]
    """
    ...
'''
BODIES = {"small.spread": "return max(xs) - min(xs)", "small.spreads": "return [max(x) - min(x) for x in rows]"}
VALUES = {"small.spread": [3, 9, 4], "small.spreads": [[3, 9, 4], [5, 1]]}
ROWS = ([[3, 9], [5]], [[0, 4, 2]], [], [[7, 1], [1, 1], [-2, 6]])
GENE = "max(a) - min(a)"


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    (tmp_path / "small.py").write_text(SOURCE)
    return read_spec(tmp_path / "small.py")


def told(blobs: MemoryBlobs, bodies: Mapping[str, str], detail: str = "") -> list[AnyEvent]:
    """Return what the ledger of a build tells that delivered these bodies."""
    events: list[AnyEvent] = []
    for unit, body in bodies.items():
        task = TaskId(unit.encode().ljust(16)[-16:])
        text = blobs.put(body.encode())
        inputs = InputSet(unit, 0, (Call(unit, (encode(VALUES[unit]),)),))  # type: ignore[arg-type]
        events += [
            TaskOpened(task, unit, (), 0),
            Asked(task, 0, "colony", "", 0, 1),
            Answered(task, 0, b"", (Answer(text, text, "", detail, 0, 0, 0.0, 0.0, kept=True),)),
            EpochOpened(task, 0, blobs.put(msgspec.json.encode(inputs)), 1, False, "the first inputs"),
            Decided(task, True, 0, 1, 1, 2, "verified"),
        ]
    return events


def left(tmp_path: Path, spec: Spec, inherited: Inherited, detail: str = "") -> tuple[str, ...]:
    blobs = MemoryBlobs()
    state = fold(told(blobs, BODIES, detail))
    config = Config(genes=True, genes_folder=str(tmp_path / "genes"))
    return asyncio.run(leave(config, inherited, spec, state, blobs, open_sandbox()))


def test_what_bodies_share_is_left_for_the_next_build(tmp_path: Path, spec: Spec) -> None:
    (name,) = left(tmp_path, spec, Inherited())
    genome = load_genome(tmp_path / "genes")
    assert [gene.python for gene in genome.genes] == [GENE]
    assert genome.bodies == 2
    # The next build knows the gene, so it finds nothing new, and says whether the gene was of use.
    taken = inherit(Config(genes=True, genes_folder=str(tmp_path / "genes")), [COLONY])
    assert taken.genes == genome.genes
    assert left(tmp_path, spec, taken, f"found; trail: {name}, map") == ()
    use = load_genome(tmp_path / "genes").uses[name]
    assert (use.offered, use.solved) == (2, 2)
    assert use.delivered == 2


def test_a_run_that_goes_on_takes_what_it_took_before(tmp_path: Path) -> None:
    genome = Genome((), {"add": Use(delivered=90)}, 100)
    save_genome(tmp_path / "genes", genome)
    config = Config(genes=True, genes_folder=str(tmp_path / "genes"))
    taken = inherit(config, [COLONY], tmp_path)
    assert taken.weights["add"] == -1
    ledger = open_ledger(tmp_path / LEDGER_NAME)
    ledger.append([RunOpened(FORMAT, "small", "digest", option_of(taken), 0.0)])
    ledger.commit()
    ledger.close()
    save_genome(tmp_path / "genes", Genome())
    assert inherit(config, [COLONY], tmp_path) == taken
    assert inherit(config, [COLONY]) == Inherited()


def test_what_solved_one_unit_is_offered_to_the_search_of_another(spec: Spec) -> None:
    blobs = MemoryBlobs()
    dossiers = Dossiers(blobs)
    units = {TaskId(str(unit.id).encode().ljust(16)[-16:]): unit for unit in spec.units()}
    events = told(blobs, {"small.spread": BODIES["small.spread"]})
    dossiers.absorb(events)
    unit = spec.unit("small.spreads")
    wanted = [[max(row) - min(row) for row in rows] for rows in ROWS]
    probes = [
        Probe(Call(unit.id, (encode(rows),)), Outcome("value", value=encode(want)))
        for rows, want in zip(ROWS, wanted, strict=True)
    ]

    async def ask() -> tuple[Harvest, Harvest]:
        colony = SpreadingColony(spec, open_sandbox(), units=units, dossiers=dossiers)
        effort = Foraging(agents=60_000, seconds=600.0, bits=0.0)
        try:
            before = await colony.search(unit, probes, [], {}, effort)
            colony.absorb(events)
            return before, await colony.search(unit, probes, [], {}, effort)
        finally:
            await colony.close()

    before, after = asyncio.run(ask())
    assert before.offered == ()
    (block,) = after.offered
    assert block.startswith(BLOCK)
    (alone,), (helped,) = before.solutions, after.solutions
    assert alone.body == helped.body == BODIES[unit.id]
    # The block is what made the body cheaper, and the search says so: by that it spreads further.
    assert block not in alone.trail
    assert block in helped.trail
    assert helped.cost < alone.cost


def test_an_observer_outlives_bodies_that_are_none_or_never_end(spec: Spec) -> None:
    unit = spec.unit("small.spread")

    async def ask() -> list[Seen]:
        observer = Observer(spec, open_sandbox())
        calls = [Call(unit.id, (encode([3, 1]),))]
        try:
            bodies = ("return (", "while xs:\n    pass\nreturn 1", BODIES[unit.id])
            return [await observer.observe(unit, body, calls, {}) for body in bodies]
        finally:
            await observer.close()

    broken, endless, sound = asyncio.run(ask())
    assert broken.kinds == ()
    assert endless.kinds == ("list[int]", "")
    assert sound.kinds == ("int", "int", "list[int]", "int", "list[int]")
