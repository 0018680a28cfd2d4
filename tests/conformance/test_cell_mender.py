"""Mending by cells in the real sandbox: what a rung of it proposes, what it is worth, and what keeps each cell."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest
from test_crew import Divided, built_of, materials, read
from test_mender import LONG, MISSES

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.cells import cells_of
from swarmwright.colony.efforts import CellEffort
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.menders import CellMender
from swarmwright.config.settings import MENDED, SIMULATED, Config, ladder_of
from swarmwright.construct.cell_mender import CellMending
from swarmwright.construct.cell_story import CellTold, is_new, production_of, tell_cells
from swarmwright.construct.mender import Basis
from swarmwright.ledger.events import Answered, Asked
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.swarm.values import Policy, Rung
from swarmwright.verify.examine import Examiner
from swarmwright.verify.rewriting import parse
from swarmwright.watch.report import build_report
from swarmwright.watch.story import find_task, tell

pytestmark = pytest.mark.sandbox

EFFORT = CellEffort(cpu_s=60.0)
MEANT = "return year % 4 == 0 and year % 128 != 0"


def test_two_proposals_are_mended_into_what_is_meant_and_rivals_are_shown(tmp_path: Path) -> None:
    spec = read(tmp_path, LONG)
    unit = spec.unit("m.long")

    async def run() -> tuple[list[int], int, bytes | None]:
        sandbox = open_sandbox()
        examiner = await Examiner.open(spec, sandbox)
        mender = CellMender(spec, sandbox)
        try:
            inputs = await examiner.draw("m.long", count=40)
            bases = [Basis(place, body) for place, body in enumerate(MISSES[:2])]
            mends = await CellMending(spec, examiner, mender, EFFORT).mend(unit, bases, inputs, {}, count=40)
            meant = (await CellMending(spec, examiner, mender)._key(unit, MEANT, inputs, {})) or b""
            return [one.sample for one in mends if one.key == meant], len({one.key for one in mends}), meant
        finally:
            await mender.close()
            await examiner.close()

    samples, behaviours, meant = asyncio.run(run())
    assert meant
    assert sorted(samples) == [0, 1]
    assert behaviours >= 1


def test_mended_proposals_name_their_parent_and_are_never_delivered_alone(tmp_path: Path) -> None:
    spec, ledger = read(tmp_path, LONG), MemoryLedger()
    ladder = (Rung("coder-plain", SIMULATED, 3), MENDED)
    parts = materials(spec, Divided({}, "long", MISSES), ledger)
    built = built_of(msgspec.structs.replace(parts, policy=Policy(ladder)))
    assert built.delivered == {}
    state = fold(ledger.replay())
    unit = build_report(state, ledger.blobs, spec=spec).units[0]
    assert all(behaviour.models == ("mended",) for behaviour in unit.behaviours)
    assert len([event.answers for event in ledger.replay() if isinstance(event, Answered)][-1]) == MENDED.count
    if unit.behaviours:
        assert "sample 0 with small edits: " in tell(state, find_task(state, "long"), ledger.blobs)


def test_it_stands_last_so_that_no_other_sample_has_another_number() -> None:
    plain, cells = ladder_of(Config()), ladder_of(Config(cells=True))
    assert cells == (*plain, MENDED)
    assert ladder_of(Config(only=("coder-plain", "mended"))) == (
        *[r for r in plain if r.archetype == "coder-plain"],
        MENDED,
    )


def test_a_rung_that_mends_asks_no_model(tmp_path: Path) -> None:
    spec, ledger = read(tmp_path, LONG), MemoryLedger()
    model = Divided({}, "long", MISSES[:1])
    parts = materials(spec, model, ledger)
    built_of(msgspec.structs.replace(parts, policy=Policy((Rung("coder-plain", SIMULATED, 2), MENDED))))
    assert model.asked == 2
    assert [event.archetype for event in ledger.replay() if isinstance(event, Asked)][-1] == "mended"


def told_of(folder: Path, body: str) -> tuple[CellTold, ...]:
    spec = read(folder, LONG)

    async def run() -> tuple[CellTold, ...]:
        examiner = await Examiner.open(spec, open_sandbox())
        try:
            inputs = await examiner.draw("m.long", count=30)
            return await tell_cells(examiner, spec.unit("m.long"), body, inputs, {}, lambda cell: f"cell {cell.number}")
        finally:
            await examiner.close()

    return asyncio.run(run())


def test_each_cell_names_the_check_that_kept_it_and_what_nothing_keeps_is_said(tmp_path: Path) -> None:
    told = told_of(tmp_path, "x = 5\nreturn year % 4 == 0 and year % 128 != 0")
    found = {(one.kind, one.text): one for one in told}
    assert found["literal", "128"].noticed.startswith("example: ")
    assert "long(128)" in found["literal", "128"].noticed
    assert found["operator", "and"].noticed
    idle = found["value", "5"]
    assert idle.noticed == ""
    assert str(idle).endswith("`5` became `6`: nothing noticed")
    assert all(one.origin == f"cell {place}" for place, one in enumerate(told))


def test_of_a_mended_body_only_the_replaced_cell_is_new() -> None:
    parent = cells_of(parse("return year % 4 == 0 and year % 100 != 0"))
    new = [cell.text for cell in cells_of(parse(MEANT)) if is_new(cell, parent)]
    assert new == ["128"]
    turned = [cell.text for cell in cells_of(parse("return year % 4 == 0 or year % 100 != 0")) if is_new(cell, parent)]
    assert "or" in turned and "year" not in turned


@pytest.mark.parametrize(("source", "has"), [("len(x)", True), ("x", False), ("f(x, 1)", False)])
def test_the_production_behind_an_expression_is_found_by_its_shape(source: str, has: bool) -> None:
    node = parse(source).body[0].value  # type: ignore[attr-defined]
    assert bool(production_of(node, load_grammar())) is has
