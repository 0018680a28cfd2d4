"""Which wrong bodies count as planted bugs: those that satisfy what is shown, and that the hidden judge finds wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.bugs.bodies import reference_body
from benchmarks.bugs.planted import Planted
from benchmarks.quality.loading import BENCHMARKS
from benchmarks.quality.own_judge import OwnJudge
from benchmarks.quality.records import Verdict
from benchmarks.quality.workloads import Part, Portion, portions

from swarmwright.spec.values import Given, Spec, Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.mutation import Mutant, mutants
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.static import find_flag
from swarmwright.verify.values import Candidate, InputSet

_MUTANTS = 60
_TRIED = 16
_ENOUGH = 2
_CPU_S = 0.5
_HANGS_CPU_S = 0.1
_AT_ONCE = 20

Tell = Callable[[str], None]
"""Hears a line for the person who waits."""


class Chooser:
    """Tells what a specification's visible part says of a body, and what the hidden judge says of it."""

    def __init__(self, part: Part, spec: Spec, examiner: Examiner, judge: OwnJudge) -> None:
        """Use ``open``."""
        self.part = part
        self.spec = spec
        self._examiner = examiner
        self._judge = judge

    @classmethod
    async def open(cls, part: Part, portion: Portion, sandbox: Sandbox) -> Chooser:
        """Start what is needed for the Units of a portion."""
        judge = OwnJudge(BENCHMARKS / "judges" / part.name, sandbox)
        return cls(part, portion.spec, await Examiner.open(portion.spec, sandbox), judge)

    async def close(self) -> None:
        """End all processes."""
        await self._judge.close()
        await self._examiner.close()

    async def objection(self, unit: Unit, body: str) -> str:
        """Return what speaks against a body in all that the specification shows; "": nothing.

        That is: red flags, examples, and contracts and types on the examples' inputs.
        """
        flag = find_flag(self.spec, unit, body)
        if flag is not None:
            return f"{flag[0]}: {flag[1]}"
        drawn = await self._examiner.draw(unit.id, count=1)
        shown = InputSet(unit.id, 0, drawn.calls[: len(unit.examples)])
        found = await self._examiner.examine(Candidate(unit.id, body), shown, {}, cpu_s=_CPU_S)
        return found.flag or (str(found.counterexample) if found.counterexample else "")

    async def hangs(self, unit: Unit, body: str) -> bool:
        """Tell whether a body is late on a hidden input: every check finds that, and judging it takes minutes."""
        candidate = Candidate(unit.id, body)
        calls = self._judge.calls_of(unit)
        for first in range(0, len(calls), _AT_ONCE):
            some = calls[first : first + _AT_ONCE]
            outcomes = await self._examiner.outcomes(candidate, some, {}, cpu_s=_HANGS_CPU_S)
            if any(outcome.kind in ("timeout", "died") for outcome in outcomes):
                return True
        return False

    async def judge(self, unit: Unit, bodies: Mapping[str, str]) -> Mapping[str, Verdict]:
        """Return hidden verdicts."""
        return await self._judge.judge(unit, self.spec, bodies)


def references(part: Part, judges: Path) -> dict[str, str]:
    """Return the reference of every Unit of a part as a body that stands alone, by Unit id."""
    found = {}
    for module in part.spec.modules:
        units = [item for item in module.items if isinstance(item, Unit)]
        if units:
            source = (judges / f"{module.name.rpartition('.')[2]}.py").read_text(encoding="utf-8")
            given = {name for item in module.items if isinstance(item, Given) for name in item.binds}
            found.update({str(unit.id): reference_body(source, unit.name, given) for unit in units})
    return found


async def mutated(
    part: Part, bodies: Mapping[str, str], sandbox: Sandbox, *, seed: int, tell: Tell
) -> dict[str, list[tuple[Mutant, Verdict]]]:
    """Return, for each Unit of a part, the mutants of its reference that count as planted bugs, in a seeded order."""
    found: dict[str, list[tuple[Mutant, Verdict]]] = {}
    for portion in portions(part):
        chooser = await Chooser.open(part, portion, sandbox)
        try:
            for unit in portion.spec.units():
                found[str(unit.id)] = await _wrong_mutants(chooser, unit, bodies[unit.id], seed)
                tell(f"{unit.id}: {len(found[str(unit.id)])} mutants pass what is shown and are wrong")
        finally:
            await chooser.close()
    return found


async def _wrong_mutants(chooser: Chooser, unit: Unit, body: str, seed: int) -> list[tuple[Mutant, Verdict]]:
    order = list(mutants(body, limit=_MUTANTS))
    random.Random(f"{seed}/{unit.id}").shuffle(order)
    found: list[tuple[Mutant, Verdict]] = []
    for one in order[:_TRIED]:
        if await chooser.objection(unit, one.body) or await chooser.hangs(unit, one.body):
            continue
        verdict = (await chooser.judge(unit, {"mutant": one.body}))["mutant"]
        if not verdict.right:
            found.append((one, verdict))
        if len(found) == _ENOUGH:
            break
    return found


def spread(
    found: Mapping[str, Sequence[tuple[Mutant, Verdict]]], parts: Mapping[str, str], *, count: int, seed: int
) -> list[Planted]:
    """Choose ``count`` mutants: one a Unit before a second one, and of each Unit the kind chosen least so far."""
    left = {unit: list(some) for unit, some in found.items() if some}
    kinds: Counter[str] = Counter()
    chosen: list[Planted] = []
    while left and len(chosen) < count:
        units = sorted(left)
        random.Random(f"{seed}/{len(chosen)}").shuffle(units)
        for unit in units[: count - len(chosen)]:
            mutant, verdict = min(left[unit], key=lambda pair: kinds[pair[0].kind])
            left[unit].remove((mutant, verdict))
            kinds[mutant.kind] += 1
            name = f"{unit.replace('.', '_')}_{sum(one.unit == unit for one in chosen)}"
            wrong = f"{mutant.what}: {verdict.call} gives {verdict.got}, not {verdict.want}"
            wrong = " ".join(wrong.replace("\\", "/").replace('"', "'").split())[:200]
            chosen.append(Planted(name, parts[unit], unit, "mutation", mutant.kind, wrong, mutant.body))
        left = {unit: some for unit, some in left.items() if some}
    return chosen


def parameters_of(part: Part, unit: str) -> str:
    """Return the names of a Unit's parameters as a function's head has them."""
    return ", ".join(parameter.name for parameter in part.spec.unit(unit).parameters)
