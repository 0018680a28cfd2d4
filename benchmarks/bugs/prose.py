"""What the prose alone says of planted and right bodies: the checks that hold it against a body, without a pipeline.

It takes a minute where the trials take an hour, so rules are compared by it first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from benchmarks.bugs.planted import Planted
from benchmarks.bugs.stated import recorded_statements
from benchmarks.bugs.table import label_of
from benchmarks.bugs.trials import Company
from benchmarks.quality.workloads import Workload, portions

from swarmwright.agents.roster import load_archetypes
from swarmwright.config.settings import LARGE
from swarmwright.spec.values import Unit
from swarmwright.verify.clauses import limits_in, overlooked
from swarmwright.verify.contest import Contest
from swarmwright.verify.examine import Examiner
from swarmwright.verify.limits import try_limits
from swarmwright.verify.mentions import unused_numbers
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.sentences import SENTENCES, hear_sentences
from swarmwright.verify.values import Stated, Verdict
from swarmwright.verify.winner_inputs import literals_of

CHECKS = ("numbers of the prose", "clauses of the prose", "limits of the prose", SENTENCES)
_INPUTS = 8
_TRIED = 120


class Noticed(msgspec.Struct, frozen=True):
    """Which of ``CHECKS`` spoke against a body."""

    planted: Planted
    by: tuple[str, ...]


async def read_all(
    workload: Workload, planted: Sequence[Planted], sandbox: Sandbox, company: Company | None = None
) -> tuple[Noticed, ...]:
    """Return what the checks of the prose say of each body; sentences only in company that wrote some down."""
    found: list[Noticed] = []
    testers = load_archetypes()["tester-conditions"]
    for part in workload.parts:
        mine = [one for one in planted if one.part == part.name]
        for portion in portions(part, units=sorted({one.unit for one in mine}), size=30):
            examiner = await Examiner.open(portion.spec, sandbox)
            try:
                units: Mapping[str, Unit] = {unit.id: unit for unit in portion.spec.units()}
                for one in mine:
                    if one.unit in units:
                        unit = units[one.unit]
                        numbers = unused_numbers(portion.spec, unit, (one.body,))
                        clauses = overlooked(portion.spec, unit, (one.body,))
                        stated: tuple[Stated, ...] = ()
                        if company is not None:
                            asked = (portion.spec, unit, testers, company.digests[LARGE], company.answers)
                            stated = tuple(recorded_statements(*asked))
                        limits = await _limits(examiner, unit, one.body)
                        broken = await _sentences(examiner, unit, one.body, stated)
                        said = (bool(numbers), bool(clauses), limits, broken)
                        found.append(Noticed(one, tuple(c for c, yes in zip(CHECKS, said, strict=True) if yes)))
            finally:
                await examiner.close()
    return tuple(found)


async def _limits(examiner: Examiner, unit: Unit, body: str) -> bool:
    if not limits_in(" ".join(unit.prose.split())):
        return False
    inputs = await examiner.draw(unit.id, count=_INPUTS)
    checks = await try_limits(examiner, Contest(unit, body, (), (), {}, inputs))
    return any(check.verdict is Verdict.UNKNOWN for check in checks)


async def _sentences(examiner: Examiner, unit: Unit, body: str, stated: tuple[Stated, ...]) -> bool:
    if not stated:
        return False
    inputs = await examiner.draw(unit.id, count=_TRIED, literals=literals_of([body]))
    checks = await hear_sentences(examiner, Contest(unit, body, (), (), {}, inputs, stated=stated))
    return any(check.verdict is Verdict.UNKNOWN for check in checks)


def describe_noticed(found: Iterable[Noticed]) -> str:
    """Return the counts as Markdown, by half and check, and by any of them."""
    everything = list(found)
    lines = ["| planted | of | " + " | ".join(CHECKS) + " | any |", "|---" * (len(CHECKS) + 3) + "|"]
    labels = [label_of(one.planted.half, held_out=one.planted.is_held_out) for one in everything]
    for label in sorted(set(labels)):
        some = [one for one, other in zip(everything, labels, strict=True) if other == label]
        counts = [str(sum(check in one.by for one in some)) for check in CHECKS]
        lines.append(f"| {label} | {len(some)} | {' | '.join(counts)} | {sum(bool(one.by) for one in some)} |")
    return "\n".join([*lines, ""])
