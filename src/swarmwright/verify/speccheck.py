"""Lint that needs the specification to run: in the judge, never here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from swarmwright.spec.values import Contract, Diagnostic, Example, Location, Spec, Unit
from swarmwright.verify.describing import describe_call
from swarmwright.verify.encoding import describe
from swarmwright.verify.judging import Judging, from_example, to_call


async def examine_specification(
    spec: Spec, judging: Judging, *, tries: int, only: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return the findings (about these Units, where ``only`` names any), in the order of their places."""
    await judging.ask("survey", unit="", examples=[])
    if judging.failure is not None:
        return (_does_not_import(spec, judging),)
    found: list[Diagnostic] = []
    for unit in (unit for unit in spec.units() if not only or unit.id in only):
        surveyed = await _survey(judging, unit)
        found += _broken_examples(unit, surveyed)
        found += _contradictions(surveyed)
        found += await _inputs(judging, unit, surveyed, tries)
    return tuple(sorted(found, key=lambda d: (d.location.file, d.location.line, d.location.column, d.code)))


def _does_not_import(spec: Spec, judging: Judging) -> Diagnostic:
    failure = judging.failure
    assert failure is not None
    names = {module.name: module.origin for module in spec.modules}
    return Diagnostic(
        Location(names.get(failure.module, failure.module), failure.line, 1),
        "error",
        "spec-does-not-import",
        f"the specification cannot be imported: {failure.message}",
        "Mend the given code, or install what it imports",
    )


async def _survey(judging: Judging, unit: Unit) -> list[tuple[Example, dict[str, Any]]]:
    examples = [from_example(example) for example in unit.examples]
    reply = await judging.ask("survey", unit=unit.id, examples=examples)
    return list(zip(unit.examples, reply.get("examples", ()), strict=False))


def _broken_examples(unit: Unit, surveyed: list[tuple[Example, dict[str, Any]]]) -> list[Diagnostic]:
    found = []
    for example, said in surveyed:
        kind, which = "require", said["precondition"]
        if which is None or example.raises is not None:
            kind, which = "ensure", said["postcondition"]
        if which is not None:
            message = f"the example `{example.source.strip()}` breaks the contract `{_contract(unit, kind, which)}`"
            remedy = "Change the example or the contract: no function can satisfy both"
            found.append(Diagnostic(example.location, "error", "example-breaks-contract", message, remedy))
    return found


def _contract(unit: Unit, kind: str, which: int) -> str:
    contracts: list[Contract] = [contract for contract in unit.contracts if contract.kind == kind]
    return " ".join(contracts[which].condition.split()) if which < len(contracts) else kind


def _contradictions(surveyed: list[tuple[Example, dict[str, Any]]]) -> list[Diagnostic]:
    first: dict[bytes, tuple[Example, str]] = {}
    found = []
    for example, said in surveyed:
        if said["call"] is None:
            continue
        result = _result(example, said)
        if result is None:
            continue
        earlier, other = first.setdefault(msgspec.json.encode(said["call"]), (example, result))
        if other != result:
            call = describe_call(to_call(said["call"]))
            message = f"the examples say that `{call}` gives {other} (line {earlier.location.line}) and {result}"
            found.append(
                Diagnostic(example.location, "error", "contradicting-examples", message, "Remove the wrong one")
            )
    return found


def _result(example: Example, said: dict[str, Any]) -> str | None:
    if example.raises is not None:
        return f"{example.raises} raised"
    return None if said["wanted"] is None else describe(said["wanted"][0])


async def _inputs(
    judging: Judging, unit: Unit, surveyed: list[tuple[Example, dict[str, Any]]], tries: int
) -> list[Diagnostic]:
    calls = [said["call"] for _, said in surveyed if said["call"] and said["precondition"] is None]
    count = max(1, min(10, tries))
    reply = await judging.ask("draw", target=unit.id, count=count, seed=tries, examples=calls)
    if "error" in reply:
        message = f"no inputs can be made for {unit.name}: {reply['error']}"
        remedy = "Use types whose values are plain data"
        return [Diagnostic(unit.location, "error", "no-inputs", message, remedy)]
    if reply["calls"]:
        return []
    message = f"no valid input of {unit.name} was found in {tries} tries"
    remedy = "Check that its preconditions can be satisfied, or add an example that satisfies them"
    return [Diagnostic(unit.location, "warning", "no-valid-input", message, remedy)]
