"""How strong the checks are: the winner is broken on purpose, to learn whether they could have caught an error."""

from __future__ import annotations

import time

import msgspec

from swarmwright.spec.values import Spec
from swarmwright.verify.contest import Contest, Effort, outcomes_of, smallest_split
from swarmwright.verify.examine import Examiner
from swarmwright.verify.mutation import mutants
from swarmwright.verify.values import Candidate, CheckResult, Separation, Verdict

MUTANTS_UNNOTICED = 3
"""So many mutants that behave differently, and none breaks an example or contract: no error would be noticed."""
UNNOTICED = "errors that would be noticed"
FEWEST_MUTANTS = 8
"""So many mutants are tried however long it takes: how strong the checks are must not depend on a busy machine."""
MOST_QUESTIONS = 5
"""Inputs that the specification leaves open are kept up to so many."""
_MUTANT_CPU_S = 0.2
_SAYINGS = ("example", "postcondition")


class Strength(msgspec.Struct, frozen=True):
    """How many mutants there were, were killed, or survived although a valid input shows them different.

    ``questions`` are such inputs, with the winner's answer and the mutant's: the specification decides neither.
    """

    killed: int
    different: int
    total: int
    questions: tuple[Separation, ...]
    checks: tuple[CheckResult, ...]


async def measure_strength(examiner: Examiner, spec: Spec, contest: Contest, effort: Effort) -> Strength:
    """Break the winner on purpose: could the checks have caught an error here at all?"""
    began = time.monotonic()
    unit = contest.unit
    baseline = await outcomes_of(examiner, contest, contest.winner, contest.inputs.calls)
    killed = different = total = noticed = 0
    alive: list[str] = []
    questions: dict[str, Separation] = {}
    for mutant in mutants(contest.winner, limit=effort.mutants):
        if total >= FEWEST_MUTANTS and time.monotonic() - began > effort.mutation_s:
            break
        total += 1
        # A mutant that hangs is a killed one, at a fifth of a second and not of eight.
        examination = await examiner.examine(
            Candidate(unit.id, mutant.body), contest.inputs, contest.callees, cpu_s=_MUTANT_CPU_S
        )
        if examination.key is None:
            killed += 1
            found = examination.counterexample
            noticed += found is not None and found.check in _SAYINGS
            continue
        split = smallest_split(examiner, unit.id, contest.inputs.calls, baseline, examination.outcomes)
        if split is not None:
            different += 1
            alive.append(f"line {mutant.line}: {mutant.what} (differs on {split[1].call})")
            questions.setdefault(split[1].call, split[1])
    score = f"{killed} of {killed + different} mutants that behave differently were killed"
    detail = "; ".join([score, *alive[:3]])
    checks = [CheckResult("mutation", Verdict.UNKNOWN, total, time.monotonic() - began, detail)]
    together = unit.checked_with or any(unit.id in law.units for law in spec.laws())
    if not (noticed or together) and different >= MUTANTS_UNNOTICED:
        detail = f"{different} changed versions of the function pass every example and contract, and none fails one"
        checks.append(CheckResult(UNNOTICED, Verdict.UNKNOWN, detail=detail))
    return Strength(killed, different, total, tuple(questions.values())[:MOST_QUESTIONS], tuple(checks))
