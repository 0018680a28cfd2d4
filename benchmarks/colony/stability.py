"""Stability: on how many single examples the colony's bodies hang, and how often they are wrong.

Every unit of the sets is searched by itself, with the references of the functions that it uses, and the first body of
each is shown to the hidden judge. The budget is in agents, so that the figures do not depend on the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
from benchmarks.quality.loading import BENCHMARKS, FORAGED
from benchmarks.quality.own_judge import OwnJudge
from benchmarks.quality.workloads import read_part

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.colony import Colony, Harvest
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.pool import Room
from swarmwright.construct.forager import flag_of
from swarmwright.errors import UsageError
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner

SETS = ("colony", "held-out", "unseen", "fresh", "later")
_SECONDS = 600.0
_INPUTS = 120
_MOST = 4


class Row(msgspec.Struct, frozen=True):
    """The first body of one unit: what is known of it, and whether the hidden judge finds it right.

    ``sure`` is one that is separated, alone and far from chance; ``votes`` says whether it may vote by today's rules.
    """

    unit: str
    examples: int
    support: int
    bits: float
    sure: bool
    doubt: str
    votes: bool
    right: bool


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command ``stability``."""
    parser.add_argument("--agents", type=int, default=1_500_000, help="agents of one search")
    parser.add_argument("--sets", default=",".join(SETS), help="the sets, comma between")
    parser.add_argument("--processes", type=int, default=2, help="searches side by side")
    parser.add_argument("--out", type=Path, help="where the rows are kept, as lines of JSON")


async def measure(options: argparse.Namespace) -> str:
    """Search, judge, and return the table.

    Raises:
        UsageError: no set has such a name.
    """
    names = [name.strip() for name in options.sets.split(",") if name.strip()]
    if unknown := [name for name in names if name not in FORAGED]:
        raise UsageError(f"There is no set {unknown[0]!r}; there are {', '.join(FORAGED)}.")
    rows: list[Row] = []
    for name in names:
        rows += await _measured(name, options.agents, options.processes)
    if options.out is not None:
        options.out.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return table(rows)


async def _measured(name: str, agents: int, processes: int) -> list[Row]:
    specs, judges = (BENCHMARKS / "colony" / folder for folder in FORAGED[name])
    spec, sandbox = read_part(specs), open_sandbox()
    examiner, colony = await Examiner.open(spec, sandbox), Colony(spec, sandbox, room=Room(processes))
    judge, gate = OwnJudge(judges, sandbox), asyncio.Semaphore(processes)

    async def one(unit: Unit) -> Row | None:
        async with gate:
            row = await _row(unit, spec, examiner, colony, judge, agents)
            print(name, unit.name, "nothing" if row is None else row.support, file=sys.stderr, flush=True)
            return row

    try:
        return [row for row in await asyncio.gather(*map(one, spec.units())) if row is not None]
    finally:
        await judge.close()
        await colony.close()
        await examiner.close()


async def _row(unit: Unit, spec: Spec, examiner: Examiner, colony: Colony, judge: OwnJudge, agents: int) -> Row | None:
    inputs, used = await examiner.draw(unit.id, count=_INPUTS), judge.used(unit, spec)
    scoring = await examiner.scoring(unit.id, inputs, used)
    effort = Foraging(agents=agents, seconds=_SECONDS)
    harvest = await colony.search(unit, scoring.examples, inputs.calls, used, effort)
    if not harvest.solutions:
        return None
    verdict = (await judge.judge(unit, spec, {"it": harvest.solutions[0].body}))["it"]
    return _described(unit, harvest, right=verdict.right)


def _described(unit: Unit, harvest: Harvest, *, right: bool) -> Row:
    first, alone = harvest.solutions[0], len(harvest.solutions) == 1
    return Row(
        unit=unit.id,
        examples=harvest.examples,
        support=first.support,
        bits=first.bits,
        sure=harvest.separated and not harvest.overshadowed and alone and first.solid,
        doubt=first.doubt,
        votes=alone and not first.doubt and not flag_of(harvest),
        right=right,
    )


def table(rows: Sequence[Row]) -> str:
    """Return how many first bodies are right and wrong, by the number of single examples that they hang on."""
    found = Counter((min(row.support, _MOST), row.sure, row.right) for row in rows if not row.doubt)
    votes = Counter(row.right for row in rows if row.votes)
    lines = [
        "| examples that it hangs on | separated, alone, far from chance: right / wrong | others: right / wrong |",
        "|---:|---|---|",
    ]
    for support in range(_MOST + 1):
        cells = [f"{found[support, sure, True]} / {found[support, sure, False]}" for sure in (True, False)]
        lines.append(f"| {support if support < _MOST else f'{_MOST} or more'} | {' | '.join(cells)} |")
    doubtful = sum(bool(row.doubt) for row in rows)
    lines.append("")
    lines.append(f"{len(rows)} first bodies, {doubtful} of them doubtful by their text and left out above.")
    lines.append(f"By the rules of now {votes[True] + votes[False]} may vote; {votes[False]} of them are wrong.")
    return "\n".join(lines)
