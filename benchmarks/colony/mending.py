"""Mending by cells, measured on recorded proposals of a model that were refuted.

Every refuted body that a model proposed is mended by itself; what passes the examination is shown to the hidden judge
afterwards. Then the units that stayed undecided are built again from the same recordings, with the rung that mends by
cells: what the rule of votes lets through counts. The problems are split in two halves by the hash of their names.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from benchmarks.quality.__main__ import load_workload
from benchmarks.quality.judging import judge_all
from benchmarks.quality.recordings import open_recordings
from benchmarks.quality.records import UnitRecord, read_matrix
from benchmarks.quality.running import replay_setup, run_portions
from benchmarks.quality.workloads import Part, is_chosen, portions

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.efforts import CellEffort
from swarmwright.colony.menders import CellMended, CellMender
from swarmwright.config.settings import load_config
from swarmwright.construct.crew import FIRST_INPUTS
from swarmwright.spec.values import Spec, Unit
from swarmwright.swarm.values import StopSignal
from swarmwright.verify.examine import Examiner
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.static import find_flag
from swarmwright.verify.values import Candidate, InputSet

Half = Literal["tuning", "last"]
ROWS_NAME = "mending.jsonl"
WITHIN_S = 2.0


class Row(msgspec.Struct, frozen=True):
    """One refuted body: how often it was proposed, what was found, and what the hidden judge says of it in order.

    ``right`` has one entry for each behaviour that passed the examination, the cheapest first; ``was_right`` says that
    the judge finds nothing wrong with the refuted body itself.
    """

    unit: str
    half: Half
    body: int
    samples: int
    refuted: str
    was_right: bool
    right: tuple[bool, ...]
    complete: bool
    cpu_s: float
    reason: str = ""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command ``mending``."""
    parser.add_argument("workload", choices=("own", "humaneval"), help="whose recorded answers")
    parser.add_argument("--run", type=Path, required=True, help="the folder of a run of benchmarks.quality over them")
    parser.add_argument("--recordings", type=Path, help="the recorded answers, to build undecided units with cells")
    parser.add_argument("--data", type=Path, help="the folder of the data that are not ours")
    parser.add_argument("--half", choices=("tuning", "last", "both"), default="both")
    parser.add_argument("--units", default="", help="only these, by name or pattern, with commas between")
    parser.add_argument("--limit", type=int, default=0, help="only the first so many refuted bodies")
    parser.add_argument("--out", type=Path, help="where rows are kept (default build/mending/NAME)")


def half_of(unit: str) -> Half:
    """Return the half that a problem belongs to."""
    return "last" if hashlib.sha256(unit.rpartition(".")[2].encode()).digest()[0] % 2 else "tuning"


async def measure(options: argparse.Namespace) -> str:
    """Mend, judge, build and return the table.

    Raises:
        UsageError: the run, the data or the recordings are missing.
    """
    out = _folder(options)
    matrix = read_matrix(options.run)
    workload = await load_workload(options, out)
    parts = {part.name: part for part in workload.parts}
    wanted = tuple(name.strip() for name in options.units.split(",") if name.strip())
    records = [
        record
        for record in matrix.units
        if record.part in parts
        and options.half in ("both", half_of(record.unit))
        and is_chosen(parts[record.part].spec.unit(record.unit), wanted)
    ]
    sandbox = open_sandbox()
    rows = await _mended(records, parts, sandbox, out / ROWS_NAME, options.limit)
    lines = [*_table(rows)]
    if options.recordings is not None:
        lines += await _built(records, parts, options)
    return "\n".join(lines)


def _folder(options: argparse.Namespace) -> Path:
    out: Path = options.out or Path("build/mending") / options.workload
    out.mkdir(parents=True, exist_ok=True)
    options.command = options.workload
    return out


def _only(part: Part, unit: str) -> Part:
    (portion,) = portions(part, units=(unit,))
    return Part(part.name, portion.spec, part.open_judge)


async def _mended(
    records: Sequence[UnitRecord], parts: Mapping[str, Part], sandbox: Sandbox, file: Path, limit: int
) -> list[Row]:
    rows: list[Row] = []
    began = time.monotonic()
    with file.open("wb") as kept:
        for record in records:
            refuted = refuted_bodies(record)
            if refuted and not (limit and len(rows) >= limit):
                for row in await _mend_unit(record, refuted, parts[record.part], sandbox):
                    rows.append(row)
                    kept.write(msgspec.json.encode(row) + b"\n")
                    kept.flush()
                    print(f"{time.monotonic() - began:8.1f} s  {_line(row)}", file=sys.stderr, flush=True)
    return rows


def refuted_bodies(record: UnitRecord) -> dict[int, int]:
    """Return the bodies that a model proposed and a check refuted, each with the number of its samples."""
    found: dict[int, int] = {}
    for proposal in record.proposals:
        if proposal.model and proposal.body >= 0 and record.bodies[proposal.body].refuted:
            found[proposal.body] = found.get(proposal.body, 0) + 1
    return found


async def _mend_unit(record: UnitRecord, refuted: Mapping[int, int], part: Part, sandbox: Sandbox) -> list[Row]:
    spec = _only(part, record.unit).spec
    unit = spec.unit(record.unit)
    examiner = await Examiner.open(spec, sandbox)
    mender = CellMender(spec, sandbox)
    judge = part.open_judge(sandbox)
    rows = []
    try:
        inputs = await examiner.draw(unit.id, count=FIRST_INPUTS)
        scoring = await examiner.scoring(unit.id, inputs, {})
        for place, samples in refuted.items():
            body = record.bodies[place]
            mended = await mender.mend(unit, body.text, scoring.examples, inputs.calls, {}, CellEffort())
            behaviours: dict[bytes, str] = {}
            for one in mended.found:
                key = await _key(examiner, spec, unit, one.body, inputs)
                if key is not None:
                    behaviours.setdefault(key, one.body)
            asked = {str(number): text for number, text in enumerate(behaviours.values())}
            verdicts = await judge.judge(part.spec.unit(unit.id), part.spec, asked) if asked else {}
            right = tuple(verdicts[number].right for number in asked)
            rows.append(_row(record, place, samples, mended, right))
    finally:
        await judge.close()
        await mender.close()
        await examiner.close()
    return rows


async def _key(examiner: Examiner, spec: Spec, unit: Unit, body: str, inputs: InputSet) -> bytes | None:
    if find_flag(spec, unit, body) is not None:
        return None
    return (await examiner.examine(Candidate(unit.id, body), inputs, {}, cpu_s=0.3)).key


def _row(record: UnitRecord, place: int, samples: int, mended: CellMended, right: tuple[bool, ...]) -> Row:
    body = record.bodies[place]
    return Row(
        unit=record.unit,
        half=half_of(record.unit),
        body=place,
        samples=samples,
        refuted=body.refuted,
        was_right=body.right,
        right=right,
        complete=mended.complete,
        cpu_s=mended.cpu_s,
        reason=mended.reason,
    )


def _line(row: Row) -> str:
    marks = "".join("R" if one else "w" for one in row.right) or "-"
    late = "" if row.complete else " late"
    return f"{row.half:6} {row.unit} #{row.body} ({row.refuted}) {row.cpu_s:.2f} s{late} {marks} {row.reason[:80]}"


def _table(rows: Sequence[Row]) -> list[str]:
    """Return the figures of both halves, for bodies that the hidden judge finds wrong and for all."""
    lines = [
        "| half | refuted bodies | mended within 2 s | one behaviour: right / wrong |"
        " several: first right / any right / none right | median s |",
        "|---|---|---|---|---|---|",
    ]
    for half in ("tuning", "last"):
        some = [row for row in rows if row.half == half]
        if not some:
            continue
        mended = [row for row in some if row.right and row.cpu_s <= WITHIN_S]
        single = [row.right[0] for row in mended if len(row.right) == 1]
        several = [row.right for row in mended if len(row.right) > 1]
        middle = sorted(row.cpu_s for row in some)[len(some) // 2]
        lines.append(
            f"| {half} | {len(some)} | {len(mended)} ({len(mended) / len(some):.0%}) | {sum(single)} / "
            f"{len(single) - sum(single)} | {sum(one[0] for one in several)} / {sum(map(any, several))} / "
            f"{sum(not any(one) for one in several)} | {middle:.2f} |"
        )
    return lines


async def _built(records: Sequence[UnitRecord], parts: Mapping[str, Part], options: argparse.Namespace) -> list[str]:
    """Build the units again that a run left undecided, with the rung that mends by cells behind all others."""
    config = msgspec.structs.replace(load_config(None), cells=True)
    open_units = [record for record in records if record.delivered < 0 and refuted_bodies(record)]
    answers = open_recordings(options.recordings, create=False)
    try:
        setup = replay_setup(config, answers)
        cut = [one for record in open_units for one in portions(parts[record.part], units=(record.unit,))]
        built = await run_portions(setup, cut, jobs=1, tell=_tell, stop=StopSignal())
    finally:
        answers.close()
    done = await judge_all([*parts.values()], built, setup.sandbox, jobs=1, tell=_tell)
    lines = ["", "| half | undecided units built again | delivered now | of these wrong |", "|---|---|---|---|"]
    for half in ("tuning", "last"):
        some = [record for record in done if half_of(record.unit) == half]
        given = [record for record in some if record.delivered >= 0]
        wrong = [record.unit for record in given if not record.bodies[record.delivered].right]
        lines.append(f"| {half} | {len(some)} | {len(given)} | {len(wrong)} {' '.join(wrong)} |")
    return lines


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
