"""A scarce budget of agents for many units: the market against an equal split and against turns.

Searches do not touch one another, so each is made once, level by level, and what every slice took and showed is kept;
who would have had which slice is then reckoned exactly. A unit is solved where its search came to its end within what
it was given, and the only body that may vote is right.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.quality.loading import BENCHMARKS
from benchmarks.quality.own_judge import OwnJudge

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.colony import Colony
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.market import Market, Signs
from swarmwright.construct.forager import Forager
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner

SPECS = BENCHMARKS / "colony" / "specs"
JUDGES = BENCHMARKS / "colony" / "judges"
_SECONDS = 1e6
_SLICE_S = 3600.0
_ANSWERS = 8


class Course(msgspec.Struct, frozen=True):
    """The course of one search: how it stood after each slice, and whether it delivered, and rightly, at its end."""

    unit: str
    slices: tuple[Signs, ...]
    delivered: bool
    right: bool


class Outcome(msgspec.Struct, frozen=True):
    """What a way of giving out the budget came to."""

    way: str
    solved: int
    wrong: int
    spent: int


class _Sliced(Colony):
    """A colony whose searches go slice by slice, and keep how they stood."""

    def __init__(self, *words: Any) -> None:
        super().__init__(*words)
        self.signs: list[Signs] = []

    async def _ask(self, request: Mapping[str, Any], effort: Foraging) -> dict[str, Any]:
        self.signs = []
        async with self._pool.lease() as session:
            stand = await session.request({**request, "number": 1}, timeout_s=_SLICE_S)
            while not stand.get("reason") and not stand["ended"]:
                stand = await session.request({"again": 1, "agents": effort.agents}, timeout_s=_SLICE_S)
                if not stand.get("reason"):
                    self.signs.append(msgspec.convert(stand, Signs))
            if stand.get("reason"):
                return stand
            return await session.request({"again": 1, "agents": 0}, timeout_s=_SLICE_S)


async def courses(spec: Spec, judges: Path, agents: int, patterns: Sequence[str]) -> list[Course]:
    """Search every unit that calls no other for at most so many agents, and return how that went."""
    sandbox = open_sandbox()
    examiner, judge, colony = await Examiner.open(spec, sandbox), OwnJudge(judges, sandbox), _Sliced(spec, sandbox)
    forager = Forager(spec, examiner, colony, Foraging(agents=agents, seconds=_SECONDS))
    found = []
    try:
        for unit in spec.units():
            if unit.uses or not any(fnmatch.fnmatchcase(unit.id, one) for one in patterns):
                continue
            found.append(await _course(unit, spec, forager, judge, colony))
            last = found[-1]
            print(
                f"  {unit.id}: {len(last.slices)} slices, {'right' if last.right else last.delivered}", file=sys.stderr
            )
    finally:
        await colony.close()
        await judge.close()
        await examiner.close()
    return found


async def _course(unit: Unit, spec: Spec, forager: Forager, judge: OwnJudge, colony: _Sliced) -> Course:
    answers = (await forager.foray(unit, None, {}, count=_ANSWERS)).answers
    voting = [one.body for one in answers if one.body and not one.flag]
    body = voting[0] if len(voting) == 1 else ""
    verdicts = await judge.judge(unit, spec, {body: body}) if body else {}
    return Course(unit.id, tuple(colony.signs), bool(body), bool(body) and verdicts[body].right)


def share(found: Sequence[Course], agents: int, way: str) -> Outcome:
    """Return what comes of a budget that is given out in one way.

    Args:
        found: how each search goes if it is let.
        agents: the whole budget.
        way: ``equal`` (the same for everyone), ``turns`` (the cheapest next slice first), or ``market``.
    """
    given = {"equal": _equal, "turns": _turns, "market": _market}[way](found, agents)
    ended = [one for one in found if one.slices and given[one.unit] >= len(one.slices)]
    spent = sum(one.slices[given[one.unit] - 1].spent for one in found if given[one.unit])
    return Outcome(
        way,
        sum(one.right for one in ended),
        sum(one.delivered and not one.right for one in ended),
        spent,
    )


def _equal(found: Sequence[Course], agents: int) -> dict[str, int]:
    each = agents // max(1, len(found))
    return {one.unit: sum(1 for signs in one.slices if signs.spent <= each) for one in found}


def _turns(found: Sequence[Course], agents: int) -> dict[str, int]:
    return _sold(found, agents, guided=False)


def _market(found: Sequence[Course], agents: int) -> dict[str, int]:
    return _sold(found, agents, guided=True)


def _sold(found: Sequence[Course], agents: int, *, guided: bool) -> dict[str, int]:
    """Sell slice after slice; what a slice really takes may be more than it was said to, and ends the budget."""
    market = Market(agents)
    given = {one.unit: 0 for one in found}
    slices = {one.unit: one.slices for one in found}
    for one in found:
        if one.slices:
            market.enter(one.unit)
    while (name := market.next() if guided else market.cheapest()) is not None:
        signs = slices[name][given[name]]
        before = slices[name][given[name] - 1].spent if given[name] else 0
        if signs.spent - before > market.left:
            # It is cut off within the slice, and has spent all there was.
            break
        market.settle(name, signs)
        given[name] += 1
        if given[name] == len(slices[name]):
            market.leave(name)
    return given


def describe(found: Sequence[Course], budgets: Sequence[int]) -> str:
    """Return a table: for each budget (agents a unit on average) what each way solves and spends."""
    lines = [
        f"{len(found)} units",
        "",
        "| agents a unit | way | solved | wrong | agents spent |",
        "|---:|---|---:|---:|---:|",
    ]
    for budget in budgets:
        for way in ("equal", "turns", "market"):
            one = share(found, budget * len(found), way)
            lines.append(f"| {budget:,} | {way} | {one.solved} | {one.wrong} | {one.spent:,} |")
    return "\n".join(lines)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    parser.add_argument("--agents", type=int, default=3_600_000, help="the most agents for one unit")
    parser.add_argument("--units", default="*", help="patterns of unit ids, comma between")
    parser.add_argument(
        "--kept", type=Path, help="a file to keep the courses in; where it exists they are read from it"
    )


async def measure(options: argparse.Namespace) -> str:
    """Return the table."""
    if options.kept is not None and options.kept.exists():
        found = msgspec.json.decode(options.kept.read_bytes(), type=list[Course])
    else:
        patterns = [one.strip() for one in options.units.split(",")]
        found = await courses(read_spec(SPECS), JUDGES, options.agents, patterns)
        if options.kept is not None:
            options.kept.write_bytes(msgspec.json.encode(found))
    return describe(found, [options.agents // part for part in (24, 12, 6, 4)])
