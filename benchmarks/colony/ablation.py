"""What each mechanism of the colony is worth: units solved and agents spent with it and without it.

Budgets are in agents, so that the figures are the same on any machine. Each mechanism is measured where it should win:

    prose     the open set            special productions that the prose has no words for are dearer
    trails    the open set            productions of what is right on some examples become cheaper
    columns   the open set            numpy's arrays go ahead where all is whole numbers
    epidemic  related units           building blocks of delivered bodies spread to units that are searched later
    genes     a second build          what the bodies of a first build share is known to the second
    counts    a second build          productions that the bodies of a first build use are cheaper
    seeding   recorded proposals      productions that a model's proposals use (refuted ones, too) are cheaper
"""

from __future__ import annotations

import argparse
import asyncio
import fnmatch
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.bugs.bodies import reference_body
from benchmarks.quality.loading import BENCHMARKS
from benchmarks.quality.own_judge import OwnJudge
from benchmarks.quality.records import read_matrix

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.colony import Colony, Harvest
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.epidemic import Epidemic
from swarmwright.colony.experience import weights_from
from swarmwright.colony.expressions import Seen
from swarmwright.colony.genes import mine
from swarmwright.colony.grammar import Production, load_grammar
from swarmwright.colony.observer import Observer
from swarmwright.construct.forager import Forager
from swarmwright.errors import UsageError
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.ports import Sandbox

_SECONDS = 3600.0
"""A limit that no search meets: the agents end it."""
_INPUTS = 120
_ANSWERS = 8
SWITCHES = {"prose": "reading", "trails": "trails", "columns": "columns"}
"""Mechanisms that are one field of how far a search goes, each with its name."""
MECHANISMS = (*SWITCHES, "epidemic", "genes", "counts", "seeding")
SOLVED = "solved"
"""The first build of genes and counts is taken to have solved all its units, as one with good models does."""
OPEN = "open"
"""Genes and counts are measured on the open set too, which is half of it built first: 170 searches more."""


class Searched(msgspec.Struct, frozen=True):
    """What the search of one Unit came to. A body is ``delivered`` where it alone would vote; ``right`` says whether it
    is, ``found`` whether any body was right; ``helped`` names offered productions that it was made with.
    """

    unit: str
    agents: int
    body: str
    right: bool
    found: bool
    helped: tuple[str, ...] = ()

    @property
    def delivered(self) -> bool:
        """Whether one body alone would vote."""
        return bool(self.body)


class Ablated(msgspec.Struct, frozen=True):
    """A workload without a mechanism and with it."""

    mechanism: str
    workload: str
    without: tuple[Searched, ...]
    given: tuple[Searched, ...]


class _Fed(Colony):
    """A colony that is told what spreads to a search, and remembers what it came to."""

    def __init__(self, spec: Spec, sandbox: Sandbox) -> None:
        super().__init__(spec, sandbox)
        self.extra: tuple[Production, ...] = ()
        self.added: Mapping[str, int] = {}
        self.harvest = Harvest()

    async def search(self, *args: Any, **kwargs: Any) -> Harvest:
        kwargs |= {"spread": self.extra, "weights": self.added}
        self.harvest = await super().search(*args, **kwargs)
        return self.harvest


class Bench:
    """One specification with its hidden judge, for as many searches as are wanted."""

    def __init__(self, specs: Path, judges: Path, foraging: Foraging, tell: Callable[[str], None]) -> None:
        """Read the specification; nothing is started before ``__aenter__``."""
        self.spec = read_spec(specs)
        self._foraging = foraging
        self._tell = tell
        self._sandbox = open_sandbox()
        self._judges = judges
        self._judge = OwnJudge(judges, self._sandbox)
        self._observer = Observer(self.spec, self._sandbox)

    async def __aenter__(self) -> Bench:
        self._examiner = await Examiner.open(self.spec, self._sandbox)
        self._colony = _Fed(self.spec, self._sandbox)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._colony.close()
        await self._observer.close()
        await self._judge.close()
        await self._examiner.close()

    def units(self, patterns: Collection[str] = ("*",)) -> tuple[Unit, ...]:
        """Return the Units whose ids fit one of the patterns."""
        return tuple(one for one in self.spec.units() if any(fnmatch.fnmatchcase(one.id, text) for text in patterns))

    async def search(
        self,
        unit: Unit,
        bodies: Mapping[str, str],
        *,
        extra: Sequence[Production] = (),
        weights: Mapping[str, int] | None = None,
        foraging: Foraging | None = None,
    ) -> Searched:
        """Search one Unit, as far as always or as ``foraging`` says, and judge what came of it."""
        self._colony.extra, self._colony.added, self._colony.harvest = tuple(extra), weights or {}, Harvest()
        forager = Forager(self.spec, self._examiner, self._colony, foraging or self._foraging)
        callees: dict[str, str] = {used: bodies[used] for used in unit.uses if used in bodies}
        answers = (await forager.foray(unit, None, callees, count=_ANSWERS)).answers
        said = {one.body: not one.flag for one in answers if one.body}
        verdicts = await self._judge.judge(unit, self.spec, {body: body for body in said}) if said else {}
        voting = [body for body, votes in said.items() if votes]
        body = voting[0] if len(voting) == 1 else ""
        offered = {one.name for one in extra}
        trail = next((one.trail for one in self._colony.harvest.solutions if one.body == body), ())
        found = Searched(
            unit.id,
            self._colony.harvest.tried,
            body,
            bool(body) and verdicts[body].right,
            any(verdict.right for verdict in verdicts.values()),
            tuple(sorted(offered & set(trail))),
        )
        mark = "." if not found.delivered else "right" if found.right else "WRONG"
        self._tell(f"  {unit.id}: {mark}{' (found)' if found.found else ''} {found.agents:,} {' '.join(found.helped)}")
        return found

    async def observed(self, bodies: Mapping[str, str]) -> list[Seen]:
        """Return bodies, by their Units' ids, with the kinds that their expressions give."""
        return [await self._seen(self.spec.unit(unit), bodies) for unit in bodies]

    def references(self, units: Sequence[Unit]) -> dict[str, str]:
        """Return the judge's own bodies of Units: what a build delivered that solved all of them."""
        names = {one.name for one in self.spec.units()}
        found: dict[str, str] = {}
        for unit in units:
            source = (self._judges / f"{unit.module.rpartition('.')[2]}.py").read_text(encoding="utf-8")
            given = {name for item in self.spec.module(unit.module).items for name in getattr(item, "binds", ())}
            found[unit.id] = reference_body(source, unit.name, given | names)
        return found

    async def _seen(self, unit: Unit, bodies: Mapping[str, str]) -> Seen:
        inputs = await self._examiner.draw(unit.id, count=_INPUTS)
        callees: dict[str, str] = {used: bodies[used] for used in unit.uses if used in bodies}
        return await self._observer.observe(unit, bodies[unit.id], inputs.calls, callees)

    async def plain(
        self,
        units: Sequence[Unit],
        *,
        extra: Sequence[Production] = (),
        weights: Callable[[Unit], Mapping[str, int]] = lambda _: {},
        foraging: Foraging | None = None,
    ) -> tuple[Searched, ...]:
        """Search Units one after the other, each by itself."""
        found: list[Searched] = []
        bodies: dict[str, str] = {}
        for unit in units:
            one = await self.search(unit, bodies, extra=extra, weights=weights(unit), foraging=foraging)
            bodies |= {one.unit: one.body} if one.delivered else {}
            found.append(one)
        return tuple(found)

    async def infected(self, units: Sequence[Unit]) -> tuple[Searched, ...]:
        """Search Units one after the other; blocks spread, and what is undecided is asked once more at the end."""
        epidemic = Epidemic(load_grammar())
        found: dict[str, Searched] = {}
        bodies: dict[str, str] = {}
        offered: dict[str, frozenset[str]] = {}
        for wave in range(2):
            for unit in units:
                extra = epidemic.offer(unit)
                names = frozenset(one.name for one in extra)
                if wave and (found[unit.id].delivered or names <= offered[unit.id]):
                    continue
                offered[unit.id] = names
                one = await self.search(unit, bodies, extra=extra)
                epidemic.searched(names, one.helped)
                spent = found[unit.id].agents if wave else 0
                found[unit.id] = msgspec.structs.replace(one, agents=one.agents + spent)
                if one.delivered:
                    bodies[unit.id] = one.body
                    epidemic.delivered(await self._seen(unit, bodies))
        return tuple(found.values())


async def ablate(
    names: Collection[str],
    foraging: Foraging,
    tell: Callable[[str], None],
    proposals: Path | None = None,
    patterns: Collection[str] = ("*",),
) -> list[Ablated]:
    """Measure mechanisms, each on its workloads.

    Args:
        names: of mechanisms.
        foraging: how far each search goes; its seconds are not heeded.
        tell: hears a line for each search.
        proposals: the folder of a recorded run over our own set, with what a model proposed.
        patterns: only Units whose ids fit one of these.

    Raises:
        UsageError: the proposals cannot be read.
    """
    foraging = msgspec.structs.replace(foraging, seconds=_SECONDS)
    colony = BENCHMARKS / "colony"
    found: list[Ablated] = []
    opened = partial(Bench, foraging=foraging, tell=tell)
    for name in [one for one in SWITCHES if one in names]:
        async with opened(colony / "specs", colony / "judges") as bench:
            units = bench.units(patterns)
            off, on = (msgspec.structs.replace(foraging, **{SWITCHES[name]: given}) for given in (False, True))
            without = await bench.plain(units, foraging=off)
            found.append(Ablated(name, "open", without, await bench.plain(units, foraging=on)))
    if "epidemic" in names or {"genes", "counts"} & set(names):
        async with opened(colony / "related", colony / "related_judges") as bench:
            found += await _related(bench, names, bench.units(patterns))
    if OPEN in names:
        async with opened(colony / "specs", colony / "judges") as bench:
            units = bench.units(patterns)
            found += await _second_build(bench, names, "open, other half", units[::2], units[1::2])
    if "seeding" in names:
        assert proposals is not None
        recorded = {one.unit: [body.text for body in one.bodies] for one in read_matrix(proposals).units}
        specs, judges = BENCHMARKS / "specs" / "counterfactual", BENCHMARKS / "judges" / "counterfactual"
        async with opened(specs, judges) as bench:
            chosen = [unit for unit in bench.units(patterns) if recorded.get(unit.id)]
            without = await bench.plain(chosen)
            given = await bench.plain(chosen, weights=lambda unit: weights_from(recorded[unit.id]))
            found.append(Ablated("seeding", "counterfactual", without, given))
    return found


async def _related(bench: Bench, names: Collection[str], units: Sequence[Unit]) -> list[Ablated]:
    found = []
    without: tuple[Searched, ...] = ()
    if "epidemic" in names or SOLVED not in names:
        without = await bench.plain(units)
    if "epidemic" in names:
        found.append(Ablated("epidemic", "related", without, await bench.infected(units)))
    if {"genes", "counts"} & set(names):
        first = _first_of_modules(units, 3)
        second = [unit for unit in units if unit not in first]
        found += await _second_build(bench, names, "related, other units", first, second, without)
    return found


def _first_of_modules(units: Sequence[Unit], count: int) -> list[Unit]:
    seen: dict[str, int] = {}
    kept = []
    for unit in units:
        seen[unit.module] = seen.get(unit.module, 0) + 1
        if seen[unit.module] <= count:
            kept.append(unit)
    return kept


async def _second_build(
    bench: Bench,
    names: Collection[str],
    workload: str,
    first: Sequence[Unit],
    second: Sequence[Unit],
    known: Sequence[Searched] = (),
) -> list[Ablated]:
    """Measure what a first build is worth to a second one; ``known`` are searches that were made already."""
    before = {one.unit: one for one in known}
    if SOLVED in names:
        bodies = bench.references(first)
        workload += ", all of the first solved"
    else:
        built = [before[unit.id] for unit in first] if known else await bench.plain(first)
        bodies = {one.unit: one.body for one in built if one.delivered}
    without = tuple(before[unit.id] for unit in second) if known else await bench.plain(second)
    seen = await bench.observed(bodies)
    found = []
    if "genes" in names:
        genes = [gene.production for gene in mine(seen, load_grammar())]
        found.append(Ablated("genes", workload, without, await bench.plain(second, extra=genes)))
    if "counts" in names:
        weights = weights_from([one.body for one in seen])
        found.append(Ablated("counts", workload, without, await bench.plain(second, weights=lambda _: weights)))
    return found


def table(rows: Sequence[Ablated]) -> str:
    """Return the figures as a table."""
    lines = [
        "| mechanism | workload | units | delivered right | delivered wrong | right body found | million agents |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        pairs = [
            (sum(one.right for one in row.without), sum(one.right for one in row.given)),
            (sum(one.delivered and not one.right for one in row.without), _wrong(row.given)),
            (sum(one.found for one in row.without), sum(one.found for one in row.given)),
        ]
        agents = [sum(one.agents for one in side) / 1e6 for side in (row.without, row.given)]
        cells = [f"{one} -> {other}" for one, other in pairs] + [f"{agents[0]:.1f} -> {agents[1]:.1f}"]
        lines.append(f"| {row.mechanism} | {row.workload} | {len(row.given)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _wrong(side: Sequence[Searched]) -> int:
    return sum(one.delivered and not one.right for one in side)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--only", default=",".join(MECHANISMS), help=f"mechanisms, comma between; and {OPEN}, {SOLVED}")
    parser.add_argument("--agents", type=int, default=1_000_000, help="agents for each search")
    parser.add_argument("--units", default="*", help="only units whose ids fit one of these patterns, comma between")
    parser.add_argument("--proposals", type=Path, help="a run of `benchmarks.quality own`, for seeding")


def measure(options: argparse.Namespace) -> str:
    """Measure what the options name and return the table.

    Raises:
        UsageError: a mechanism is not known, or seeding has no proposals.
    """
    names = tuple(name.strip() for name in options.only.split(",") if name.strip())
    if unknown := [name for name in names if name not in (*MECHANISMS, OPEN, SOLVED)]:
        raise UsageError(
            f"{unknown[0]}: there is no such mechanism; there are {', '.join((*MECHANISMS, OPEN, SOLVED))}."
        )
    if "seeding" in names and options.proposals is None:
        raise UsageError("seeding needs --proposals, the folder of a run of `python -m benchmarks.quality own`.")

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    patterns = tuple(one.strip() for one in options.units.split(","))
    return table(asyncio.run(ablate(names, Foraging(agents=options.agents), tell, options.proposals, patterns)))
