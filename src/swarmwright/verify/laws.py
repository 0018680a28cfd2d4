"""What is checked of results and of several Units together: types, postconditions, Laws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from swarmwright.spec.values import Law, Unit
from swarmwright.verify.describing import describe_call, describe_outcome, smallest
from swarmwright.verify.judging import Judging, from_call, from_outcome, to_call
from swarmwright.verify.values import (
    Call,
    CheckResult,
    Counterexample,
    InputSet,
    Outcome,
    Verdict,
)

_DRAWN_PER_WANTED = 2
_LAW_BATCH = 50


def judged(
    unit: Unit,
    calls: Sequence[Call],
    outcomes: Sequence[Outcome],
    results: Sequence[Mapping[str, Any]],
    name: str = "type and postconditions",
) -> CheckResult:
    """Turn what the judge said of each case into a check's result.

    Args:
        unit: whose results were judged.
        calls: the inputs.
        outcomes: what the candidate gave.
        results: the judge's words, one a call.
        name: the check's name.
    """
    wrong = [(call, n) for n, (call, r) in enumerate(zip(calls, results, strict=True)) if r["status"] in _WRONG]
    if wrong:
        number = smallest(wrong)
        found = _broken(unit, calls[number], outcomes[number], results[number])
        return CheckResult(name, Verdict.REFUTED, len(calls), counterexample=found)
    unknown = [str(result.get("detail", "")) for result in results if result["status"] == "unknown"]
    unknown += ["calls that did not come to an end" for result in results if result["status"] == "needs"]
    if unknown:
        return CheckResult(name, Verdict.UNKNOWN, len(calls), detail=f"{len(unknown)} undecided: {unknown[0]}")
    return CheckResult(name, Verdict.TESTED, len(calls))


_WRONG = ("type", "broken")


def _broken(unit: Unit, call: Call, outcome: Outcome, result: Mapping[str, Any]) -> Counterexample:
    if result["status"] == "type":
        expected = f"the result must be of type {unit.returns}"
        return Counterexample("type", describe_call(call), describe_outcome(outcome), expected)
    ensures = [contract for contract in unit.contracts if contract.kind == "ensure"]
    which = int(result["which"])
    source = ensures[which].condition if which < len(ensures) else "a postcondition"
    expected = f"the result must satisfy: {' '.join(source.split())}"
    if result.get("detail"):
        expected += f" ({result['detail']})"
    return Counterexample("postcondition", describe_call(call), describe_outcome(outcome), expected)


async def contracts_together(
    judging: Judging, unit: Unit, bodies: Mapping[str, str], inputs: InputSet, outcomes: Sequence[Outcome]
) -> CheckResult:
    """Judge a Unit's results by all its postconditions, with bodies for the Units that they call."""
    name = f"contracts of {unit.name} with {', '.join(u.rpartition('.')[2] for u in unit.checked_with) or 'itself'}"
    cases = [(from_call(c), from_outcome(o)) for c, o in zip(inputs.calls, outcomes, strict=True)]
    reply = await judging.settle("judge", bodies, unit=unit.id, cases=cases, allowed=sorted(bodies))
    if "error" in reply:
        return CheckResult(name, Verdict.UNKNOWN, len(cases), detail=reply["error"])
    return judged(unit, inputs.calls, outcomes, reply["results"], name)


async def law_check(
    judging: Judging,
    law: Law,
    bodies: Mapping[str, str],
    shown: Mapping[str, Sequence[Any]],
    *,
    count: int,
    seed: int,
) -> CheckResult:
    """Evaluate a Law on generated arguments.

    Args:
        judging: the judge.
        law: the Law.
        bodies: a body for every Unit it reaches.
        shown: encoded calls of the Units' examples, by Unit id.
        count: how many valid arguments are wanted.
        seed: for the draw.
    """
    name = f"law {law.name}"
    drawn = await judging.ask("draw", target=law.id, count=count * _DRAWN_PER_WANTED, seed=seed, shown=dict(shown))
    if "error" in drawn:
        return CheckResult(name, Verdict.UNKNOWN, detail=drawn["error"])
    held = 0
    unknown: list[str] = []
    for first in range(0, len(drawn["calls"]), _LAW_BATCH):
        calls = drawn["calls"][first : first + _LAW_BATCH]
        reply = await judging.settle("laws", bodies, law=law.id, calls=calls)
        if "error" in reply:
            return CheckResult(name, Verdict.UNKNOWN, held, detail=reply["error"])
        results = reply["results"]
        wrong = [(to_call(call), n) for n, call in enumerate(calls) if results[n]["status"] == "broken"]
        if wrong:
            number = smallest(wrong)
            found = _law_broken(law, to_call(calls[number]), results[number])
            return CheckResult(name, Verdict.REFUTED, held + len(calls), counterexample=found)
        held += sum(result["status"] == "held" for result in results)
        unknown += [str(r.get("detail") or r["status"]) for r in results if r["status"] in ("unknown", "needs")]
        if held >= count:
            break
    if unknown:
        return CheckResult(name, Verdict.UNKNOWN, held, detail=f"{len(unknown)} undecided: {unknown[0]}")
    if not held:
        return CheckResult(name, Verdict.UNKNOWN, detail="no arguments within the preconditions were found")
    return CheckResult(name, Verdict.TESTED, held)


def _law_broken(law: Law, call: Call, result: Mapping[str, Any]) -> Counterexample:
    steps = [
        f"{describe_call(to_call(made))} gave {describe_outcome(_outcome(outcome))}"
        for made, outcome in result.get("trace", ())
    ]
    observed = str(result["detail"]) + (f" (where {'; '.join(steps)})" if steps else "")
    return Counterexample(f"law {law.name}", describe_call(call), observed, "the law must hold for all inputs")


def _outcome(data: Mapping[str, Any]) -> Outcome:
    return Outcome(data["kind"], value=data.get("value"), error=data.get("error", ""), detail=data.get("detail", ""))
