"""Inputs that nobody has seen: drawn anew with the candidates' own constants, and integers that floats do not hold."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import msgspec

from swarmwright.spec.values import Unit
from swarmwright.verify.contest import Contest, Findings, first_split, outcomes_of
from swarmwright.verify.encoding import encode
from swarmwright.verify.examine import Examiner
from swarmwright.verify.values import Call, Candidate, CheckResult, InputSet, Verdict

FRESH = "fresh inputs"
LARGE = "large numbers"
_LARGE_CPU_S = 0.2
_LARGE_INTEGERS = (2**53 + 1, 10**18 - 1, -(10**17) - 3)


async def try_fresh_inputs(examiner: Examiner, contest: Contest, *, count: int) -> Findings:
    """Examine the winner and its twins on inputs nobody has seen, drawn with the candidates' own constants."""
    if contest.inputs.exhausted:
        return [CheckResult(FRESH, Verdict.TESTED, 0, detail="the epoch holds every input there is")], ()
    new = await _draw_new(examiner, contest, count)
    if not new:
        return [CheckResult(FRESH, Verdict.TESTED, 0, detail="no input was left to try")], ()
    fresh = InputSet(contest.unit.id, contest.inputs.epoch + 1, new)
    examination = await examiner.examine(Candidate(contest.unit.id, contest.winner), fresh, contest.callees)
    if examination.key is None:
        found = examination.counterexample
        detail = examination.flag or str(found)
        return [CheckResult(FRESH, Verdict.REFUTED, len(new), detail=detail, counterexample=found)], new
    for twin in contest.twins:
        outcomes = await outcomes_of(examiner, contest, twin, new)
        split = first_split(examiner, contest.unit.id, new, examination.outcomes, outcomes)
        if split is not None:
            shown = split[1]
            detail = f"a candidate that agreed so far gives {shown.right} for {shown.call}, not {shown.left}"
            return [CheckResult(FRESH, Verdict.UNKNOWN, len(new), detail=detail)], new
    return [CheckResult(FRESH, Verdict.TESTED, len(new))], ()


async def _draw_new(examiner: Examiner, contest: Contest, count: int) -> tuple[Call, ...]:
    drawn = await examiner.draw(
        contest.unit.id,
        count=count,
        epoch=contest.inputs.epoch + 1,
        seed=contest.inputs.epoch + 1,
        literals=literals_of((contest.winner, *contest.twins, *contest.rivals)),
        include=contest.offered,
    )
    seen = {msgspec.json.encode(call) for call in contest.inputs.calls}
    return tuple(call for call in drawn.calls if msgspec.json.encode(call) not in seen)


async def try_large_numbers(examiner: Examiner, contest: Contest) -> Findings:
    """Try integers beyond what floats hold exactly; a call that takes long there says nothing and is left out."""
    unit = contest.unit
    calls = await examiner.valid(unit.id, large_calls(unit, contest.inputs.calls))
    mine = await outcomes_of(examiner, contest, contest.winner, calls, cpu_s=_LARGE_CPU_S)
    done = [(call, outcome) for call, outcome in zip(calls, mine, strict=True) if outcome.kind == "value"]
    if not done:
        return [], ()
    calls = tuple(call for call, _ in done)
    inputs = InputSet(unit.id, contest.inputs.epoch + 1, calls)
    examination = await examiner.examine(Candidate(unit.id, contest.winner), inputs, contest.callees)
    found = examination.counterexample
    if found is not None:
        return [CheckResult(LARGE, Verdict.REFUTED, len(calls), detail=str(found), counterexample=found)], calls
    for twin in contest.twins:
        other = await outcomes_of(examiner, contest, twin, calls, cpu_s=_LARGE_CPU_S)
        pairs = [(call, a, b) for (call, a), b in zip(done, other, strict=True) if b.kind == "value"]
        split = first_split(examiner, unit.id, *zip(*pairs, strict=True)) if pairs else None
        if split is not None:
            detail = f"a candidate that agreed so far gives {split[1].right} for {split[1].call}"
            return [CheckResult(LARGE, Verdict.UNKNOWN, len(calls), detail=detail)], (split[0],)
    return [CheckResult(LARGE, Verdict.TESTED, len(calls))], ()


def large_calls(unit: Unit, calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return calls like the first one, with one parameter declared int after another at a very large number."""
    return with_integers(unit, calls[:1], _LARGE_INTEGERS)


def with_integers(unit: Unit, calls: Sequence[Call], numbers: Sequence[int]) -> tuple[Call, ...]:
    """Return each call with one parameter declared int after another at each of the numbers."""
    made: list[Call] = []
    for call in calls:
        for place, (_, parameter) in enumerate(zip(call.args, unit.parameters, strict=False)):
            if parameter.annotation == "int" and parameter.kind in ("positional_only", "positional_or_keyword"):
                for number in numbers:
                    args = (*call.args[:place], encode(number), *call.args[place + 1 :])
                    made.append(msgspec.structs.replace(call, args=args))
    return tuple(made)


def literals_of(bodies: Sequence[str]) -> tuple[str, ...]:
    """Return the source of every number and short text that the bodies mention, in order, once each."""
    found: dict[str, None] = {}
    for body in bodies:
        for node in ast.walk(ast.parse(body)):
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str | bytes):
                text = repr(node.value)
                if len(text) <= 40:
                    found.setdefault(text)
    return tuple(found)
