"""The same searches on one process and on several: whether they are the same, and how long they take."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence

import msgspec
from benchmarks.quality.loading import BENCHMARKS

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.colony import Colony, Harvest
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.pool import Room
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner

SPECS = BENCHMARKS / "colony" / "specs"
_SECONDS = 1e6


class Measured(msgspec.Struct, frozen=True):
    """What so many processes did: seconds, agents, and the trace of each search by its unit."""

    processes: int
    seconds: float
    agents: int
    traces: dict[str, str]


async def _searched(spec: Spec, units: Sequence[Unit], processes: int, agents: int) -> Measured:
    sandbox = open_sandbox()
    examiner, colony = await Examiner.open(spec, sandbox), Colony(spec, sandbox, room=Room(processes))
    traces: dict[str, str] = {}
    try:
        drawn = {unit.id: await examiner.draw(unit.id) for unit in units}
        scored = {unit.id: await examiner.scoring(unit.id, drawn[unit.id], {}) for unit in units}

        async def one(unit: Unit) -> Harvest:
            effort = Foraging(agents=agents, seconds=_SECONDS)
            found = await colony.search(unit, scored[unit.id].examples, drawn[unit.id].calls, {}, effort)
            traces[unit.id] = found.trace
            return found

        began = time.monotonic()
        harvests = await asyncio.gather(*map(one, units))
        return Measured(processes, time.monotonic() - began, sum(one.tried for one in harvests), traces)
    finally:
        await colony.close()
        await examiner.close()


def describe(found: Sequence[Measured]) -> str:
    """Return the figures as a table."""
    first = found[0]
    lines = ["| processes | seconds | agents | agents a second | the same traces |", "|---:|---:|---:|---:|---:|"]
    for one in found:
        same = sum(first.traces[unit] == trace for unit, trace in one.traces.items())
        rate = one.agents / max(one.seconds, 1e-9)
        lines.append(
            f"| {one.processes} | {one.seconds:.1f} | {one.agents:,} | {rate:,.0f} | {same} of {len(first.traces)} |"
        )
    return "\n".join(lines)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    parser.add_argument("--agents", type=int, default=300_000, help="agents for each unit")
    parser.add_argument("--units", type=int, default=12, help="how many units")
    parser.add_argument("--processes", default="1,2", help="numbers of processes, comma between")


async def measure(options: argparse.Namespace) -> str:
    """Return the table."""
    spec = read_spec(SPECS)
    plain = [unit for unit in spec.units() if not unit.uses]
    units = plain[:: max(1, len(plain) // options.units)][: options.units]
    counts = [int(text) for text in options.processes.split(",")]
    return describe([await _searched(spec, units, count, options.agents) for count in counts])
