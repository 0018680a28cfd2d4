"""The Examiner: tries candidates against everything the specification says, from cheap to dear.

It refutes with a counterexample, discards with a red flag, or gives the execution signature as the vote key. It
never affirms more than TESTED.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from typing import Any, Self

import msgspec

from swarmwright.errors import SpecError
from swarmwright.spec.values import Diagnostic, Example, Law, Spec, Unit
from swarmwright.verify.conditions import calls_inside, try_conditions
from swarmwright.verify.describing import describe_call, describe_outcome, smallest
from swarmwright.verify.encoding import describe, is_opaque
from swarmwright.verify.execution import Executor
from swarmwright.verify.judging import Judging, from_call, from_example, from_outcome, to_call
from swarmwright.verify.laws import contracts_together, judged, law_check
from swarmwright.verify.mentions import mentioned
from swarmwright.verify.plausibility import find_crash
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.records import records_of
from swarmwright.verify.remarks import CHANGED_GIVEN, RETURNED_ARGUMENT
from swarmwright.verify.scoring import Scoring
from swarmwright.verify.signatures import same, signature
from swarmwright.verify.speccheck import examine_specification
from swarmwright.verify.values import (
    Call,
    Candidate,
    CheckResult,
    Counterexample,
    Encoded,
    Examination,
    InputSet,
    Outcome,
    Verdict,
)

CPU_S = 1.0
"""Processor time for a call; one that needs more is tried again with three times that."""
_AGAIN_CPU_S = 3 * CPU_S
_PROBE_SIZES = (4, 8, 16, 32, 64)
_PROBE_CPU_S = 0.6
_MAX_DRAW_S = 60.0


class _Trial(msgspec.Struct):
    """One candidate under examination: what is known of it so far."""

    unit: Unit
    bodies: dict[str, str]
    returns: str
    inputs: InputSet
    cpu_s: float = CPU_S
    outcomes: tuple[Outcome, ...] = ()
    checks: list[CheckResult] = []
    flag: str | None = None


class Examiner:
    """Draws inputs for the Units of one specification and examines candidates on them."""

    def __init__(self, spec: Spec, judging: Judging, executor: Executor, seed: int) -> None:
        """Use ``open``."""
        self._spec = spec
        self._judging = judging
        self._executor = executor
        self._seed = seed
        self._shown: dict[str, list[Any]] = {}
        self._records = records_of(spec)

    @classmethod
    async def open(cls, spec: Spec, sandbox: Sandbox, *, seed: int = 0) -> Self:
        """Start the candidate processes; the judge starts with the first question.

        Args:
            spec: what is wanted.
            sandbox: where everything of the user's and of the candidates' runs.
            seed: the same seed gives the same inputs.
        """
        executor = await Executor.open(sandbox)
        return cls(spec, Judging(spec, sandbox, executor), executor, seed)

    async def close(self) -> None:
        """End all processes."""
        await self._judging.close()
        await self._executor.close()

    async def check_specification(self, tries: int = 200, *, only: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
        """Return what can only be found by running: imports, examples against contracts, unsatisfiable preconditions.

        Args:
            tries: how many inputs to look for before a precondition counts as one that nothing satisfies.
            only: the ids of the Units to look at; all where there are none.
        """
        return await examine_specification(self._spec, self._judging, tries=tries, only=only)

    # Inputs

    async def draw(
        self,
        unit_id: str,
        *,
        count: int = 120,
        epoch: int = 0,
        seed: int = 0,
        literals: Sequence[str] = (),
        include: Sequence[Call] = (),
    ) -> InputSet:
        """Return valid inputs of a Unit: the examples' calls, then ``include``, then about ``count`` in all.

        Args:
            unit_id: the Unit.
            count: how many; fewer where there are no more.
            epoch: the number the set gets.
            seed: another one gives other inputs after the first ones.
            literals: constants of candidates, as Python source, worth trying.
            include: calls that must be in the set (where they satisfy the preconditions).

        Raises:
            SpecError: the specification does not import, or values of a parameter's type cannot be made.
        """
        reply = await self._judging.ask(
            "draw",
            timeout_s=_MAX_DRAW_S,
            target=unit_id,
            count=count,
            seed=self._seed * 100_003 + seed,
            examples=await self._examples_of(unit_id),
            include=[from_call(call) for call in include],
            literals=list(dict.fromkeys((*mentioned(self._spec, self._spec.unit(unit_id)), *literals))),
        )
        if "error" in reply:
            where = self._spec.unit(unit_id).location
            raise SpecError(f"{where}: no inputs can be made for {unit_id}: {reply['error']}")
        return InputSet(unit_id, epoch, tuple(map(to_call, reply["calls"])), bool(reply["exhausted"]))

    async def _examples_of(self, unit_id: str) -> list[Any]:
        if unit_id not in self._shown:
            examples = [from_example(example) for example in self._spec.unit(unit_id).examples]
            reply = await self._judging.ask("survey", unit=unit_id, examples=examples)
            if "error" in reply:
                return []
            self._shown[unit_id] = [e["call"] for e in reply["examples"] if e["call"] and e["precondition"] is None]
        return self._shown[unit_id]

    async def read_calls(self, unit_id: str, texts: Sequence[str]) -> tuple[Call, ...]:
        """Return the calls that Python sources like ``slugify("a b")`` write down; what is none is left out."""
        reply = await self._judging.ask("read", unit=unit_id, texts=list(texts))
        return tuple(map(to_call, reply.get("calls", ())))

    async def read_expected(self, unit_id: str, expected: Sequence[Example]) -> tuple[tuple[Call, Outcome], ...]:
        """Return the valid calls among offered examples, each with what it is said to give.

        Left out are calls that the specification's own examples show, results that are no plain value of the declared
        type or break a postcondition by themselves, and everything of a Unit that works in place.
        """
        if not expected or unit_id in self._judging.in_place:
            return ()
        known = {msgspec.json.encode(call) for call in await self._examples_of(unit_id)}
        reply = await self._judging.ask("survey", unit=unit_id, examples=[from_example(one) for one in expected])
        found: list[tuple[Call, Outcome]] = []
        for one, seen in zip(expected, reply.get("examples", ()), strict=False):
            if seen["call"] is None or msgspec.json.encode(seen["call"]) in known:
                continue
            if one.raises is not None:
                found.append((to_call(seen["call"]), Outcome("raise", error=one.raises)))
            elif seen["wanted"] is not None and not is_opaque(seen["wanted"][0]):
                found.append((to_call(seen["call"]), Outcome("value", value=seen["wanted"][0])))
        valid = await self.valid(unit_id, [call for call, _ in found], typed=True)
        cases = [(from_call(call), from_outcome(outcome)) for call, outcome in found]
        judged = (await self._judging.ask("judge", unit=unit_id, cases=cases, allowed=[])).get("results", ())
        return tuple(
            one
            for one, result in zip(found, judged, strict=False)
            if one[0] in valid and result["status"] not in ("type", "broken")
        )

    async def growing(self, unit_id: str, sizes: Sequence[int]) -> tuple[Call, ...]:
        """Return one valid call for each size that a Unit's parameters allow, growing."""
        reply = await self._judging.ask("series", target=unit_id, sizes=list(sizes), seed=self._seed)
        return tuple(map(to_call, reply.get("calls", ())))

    async def valid(self, unit_id: str, calls: Sequence[Call], *, typed: bool = False) -> tuple[Call, ...]:
        """Return those calls that satisfy every precondition (none where that cannot be told).

        With ``typed`` their arguments must be of the declared types too.
        """
        reply = await self._judging.ask("valid", target=unit_id, calls=[from_call(call) for call in calls], typed=typed)
        verdicts = reply.get("valid", [False] * len(calls))
        return tuple(call for call, right in zip(calls, verdicts, strict=True) if right)

    async def read_example(self, unit_id: str, source: str, want: str) -> tuple[Call | None, Encoded, str]:
        """Read an example that somebody wrote: the call, the result it must have, and what is wrong with that.

        Args:
            unit_id: the Unit.
            source: the call, as Python source.
            want: the result, as a Python expression in the names of the Unit's module.

        Returns:
            The call (None where the source is no plain call of the Unit), the result as tagged data, and in words
            what is wrong with it ("": nothing).
        """
        example: dict[str, Any] = {"setup": [], "source": source, "want": want, "raises": None}
        reply = await self._judging.ask("survey", unit=unit_id, examples=[example])
        if "error" in reply:
            return None, None, str(reply["error"])
        said = reply["examples"][0]
        call = to_call(said["call"]) if said["call"] is not None else None
        if said["wanted"] is None:
            return call, None, "it is no Python value"
        wanted = said["wanted"][0]
        if is_opaque(wanted):
            return call, wanted, f"it is no plain data ({describe(wanted)})"
        if call is None or unit_id in self._judging.in_place:
            return call, wanted, ""
        case = [from_call(call), {"kind": "value", "value": wanted}]
        judged = await self._judging.ask("judge", unit=unit_id, cases=[case], allowed=[])
        wrong = any(result["status"] == "type" for result in judged.get("results", ()))
        return call, wanted, f"it is not of the declared type {self._spec.unit(unit_id).returns}" if wrong else ""

    async def shown(self, unit_id: str) -> tuple[Call, ...]:
        """Return the valid calls that the specification's own examples make, also inside of an expression."""
        whole = map(to_call, await self._examples_of(unit_id))
        inside = await self.read_calls(unit_id, calls_inside(self._spec.unit(unit_id)))
        valid = await self.valid(unit_id, inside, typed=True)
        return tuple({msgspec.json.encode(call): call for call in (*whole, *valid)}.values())

    async def holds(
        self, unit_id: str, conditions: Sequence[str], calls: Sequence[Call], outcomes: Sequence[Outcome]
    ) -> list[tuple[bool | None, ...]]:
        """Tell for each condition whether it is true of each call and its outcome (None: that cannot be told)."""
        modules = self._judging.modules({})
        return await try_conditions(self._executor, modules, self._spec.unit(unit_id), conditions, calls, outcomes)

    def is_in_place(self, unit_id: str) -> bool:
        """Tell whether a Unit is meant to change its arguments, which are then part of its outcome."""
        return unit_id in self._judging.in_place

    def describe_call(self, call: Call) -> str:
        """Return a call as Python source, for people."""
        return describe_call(call)

    # Candidates

    async def outcomes(
        self, candidate: Candidate, calls: Sequence[Call], callees: Mapping[str, str], *, cpu_s: float = CPU_S
    ) -> tuple[Outcome, ...]:
        """Return what a candidate does on the calls; a time-out was tried twice, the second time for longer.

        With less than ``CPU_S`` seconds a call nothing is tried twice. A Unit that works in place gives a tuple: its
        result and its arguments afterwards.
        """
        return await self._timed({**callees, candidate.unit: candidate.body}, calls, cpu_s)

    async def _timed(
        self, bodies: Mapping[str, str], calls: Sequence[Call], cpu_s: float = CPU_S
    ) -> tuple[Outcome, ...]:
        outcomes = list(await self._judging.run(bodies, calls, cpu_s=cpu_s))
        if cpu_s < CPU_S:
            return tuple(outcomes)
        late = [number for number, outcome in enumerate(outcomes) if outcome.kind == "timeout"]
        # The first late one decides for all: where it stays late, the others would only cost as much again.
        for some in (late[:1], late[1:]):
            again = await self._judging.run(bodies, [calls[number] for number in some], cpu_s=_AGAIN_CPU_S)
            for number, outcome in zip(some, again, strict=True):
                outcomes[number] = outcome
            if any(outcome.kind == "timeout" for outcome in again):
                break
        return tuple(outcomes)

    async def examine(
        self, candidate: Candidate, inputs: InputSet, callees: Mapping[str, str], *, cpu_s: float = CPU_S
    ) -> Examination:
        """Try a candidate against the specification on the inputs of an epoch, stopping at the first refutation.

        Args:
            candidate: the proposed body.
            inputs: the epoch's valid inputs.
            callees: bodies of the Units it may call, by id.
            cpu_s: processor time for a call; with less than ``CPU_S`` a late one is not tried again, and growth
                is not probed.
        """
        unit = self._spec.unit(candidate.unit)
        bodies = {**callees, candidate.unit: candidate.body}
        trial = _Trial(unit, bodies, self._returns(unit), inputs, cpu_s)
        for step in (
            self._check_examples,
            self._check_calls,
            self._check_results,
            self._check_arguments,
            self._check_repeats,
            self._check_scaling,
        ):
            began = time.monotonic()
            result = await step(trial)
            if result is not None:
                trial.checks.append(msgspec.structs.replace(result, seconds=time.monotonic() - began))
                if result.counterexample is not None:
                    return Examination(counterexample=result.counterexample, checks=tuple(trial.checks))
            if trial.flag is not None:
                return Examination(flag=trial.flag, checks=tuple(trial.checks), outcomes=trial.outcomes)
        key = signature(trial.outcomes, trial.returns, self._records)
        return Examination(key=key, checks=tuple(trial.checks), outcomes=trial.outcomes)

    def _returns(self, unit: Unit) -> str:
        declared = unit.returns or "Any"
        return f"tuple[{declared}, Any]" if unit.id in self._judging.in_place else declared

    async def _check_examples(self, trial: _Trial) -> CheckResult | None:
        unit = trial.unit
        if not unit.examples:
            return None
        sent = [from_example(example) for example in unit.examples]
        reply = await self._run_examples(trial, sent, trial.cpu_s)
        late = [n for n, result in enumerate(reply.get("results", ())) if result.get("detail") == "timeout"]
        if late and trial.cpu_s >= CPU_S:
            once_more = await self._run_examples(trial, [sent[late[0]]], _AGAIN_CPU_S)
            if once_more.get("results", [{}])[0].get("detail") != "timeout":
                reply = await self._run_examples(trial, sent, _AGAIN_CPU_S)
        if "error" in reply:
            return CheckResult("examples", Verdict.UNKNOWN, detail=reply["error"])
        undecided = 0
        for example, result in zip(unit.examples, reply["results"], strict=True):
            status = result["status"]
            if status == "compare":
                returns = unit.returns or "Any" if result["call"] else "Any"
                got, want = (Outcome("value", value=result[name][0]) for name in ("value", "wanted"))
                status = "passed" if same(got, want, returns, self._records) else "failed"
            if status == "broken":
                trial.flag = _FLAGS.get(result["detail"], "died")
                return CheckResult("examples", Verdict.UNKNOWN, len(sent), detail=result["observed"])
            if status == "failed":
                expected = f"the example says {example.want.strip() or 'nothing'}"
                if example.raises is not None:
                    expected = f"the example says that {example.raises} is raised"
                call = "; ".join([*(s.strip() for s in example.setup), example.source.strip()])
                found = Counterexample("example", call, result["observed"], expected)
                return CheckResult("examples", Verdict.REFUTED, len(sent), counterexample=found)
            undecided += status == "needs"
        if undecided:
            return CheckResult("examples", Verdict.UNKNOWN, len(sent), detail=f"{undecided} need another Unit")
        return CheckResult("examples", Verdict.TESTED, len(sent))

    async def _run_examples(self, trial: _Trial, sent: list[dict[str, Any]], cpu_s: float) -> dict[str, Any]:
        return await self._judging.settle("examples", trial.bodies, cpu_s=cpu_s, unit=trial.unit.id, examples=sent)

    async def _check_calls(self, trial: _Trial) -> CheckResult | None:
        calls = trial.inputs.calls
        trial.outcomes = await self._timed(trial.bodies, calls, trial.cpu_s)
        crash = find_crash(trial.unit, calls, trial.outcomes)
        if crash is not None:
            observed = describe_outcome(trial.outcomes[crash])
            found = Counterexample(
                "crash", describe_call(calls[crash]), observed, "a result is expected for this input"
            )
            return CheckResult("no crash", Verdict.REFUTED, len(calls), counterexample=found)
        return CheckResult("no crash", Verdict.TESTED, len(calls))

    async def _check_results(self, trial: _Trial) -> CheckResult | None:
        cases = [
            (from_call(call), from_outcome(outcome))
            for call, outcome in zip(trial.inputs.calls, trial.outcomes, strict=True)
        ]
        reply = await self._judging.settle(
            "judge", trial.bodies, unit=trial.unit.id, cases=cases, allowed=sorted(trial.bodies)
        )
        if "error" in reply:
            return CheckResult("type and postconditions", Verdict.UNKNOWN, len(cases), detail=reply["error"])
        return judged(trial.unit, trial.inputs.calls, trial.outcomes, reply["results"])

    async def _check_arguments(self, trial: _Trial) -> CheckResult | None:
        pairs = list(zip(trial.inputs.calls, trial.outcomes, strict=True))
        changed = [(call, number) for number, (call, outcome) in enumerate(pairs) if outcome.changed]
        if changed:
            call = describe_call(pairs[smallest(changed)][0])
            found = Counterexample("arguments changed", call, "a changed argument", "arguments must stay as they were")
            return CheckResult("arguments unchanged", Verdict.REFUTED, len(pairs), counterexample=found)
        remarked = [(call, n) for n, (call, outcome) in enumerate(pairs) if _is_held_against(trial.unit, outcome)]
        if remarked:
            number = smallest(remarked)
            call, observed = describe_call(pairs[number][0]), pairs[number][1].detail
            expected = "given constants must stay as they were"
            if observed == RETURNED_ARGUMENT:
                expected = "the specification wants a new value"
            found = Counterexample("aliasing", call, observed, expected)
            return CheckResult("arguments unchanged", Verdict.REFUTED, len(pairs), counterexample=found)
        for outcome in trial.outcomes:
            if outcome.kind in _FLAGS:
                trial.flag = _FLAGS[outcome.kind]
                return CheckResult("arguments unchanged", Verdict.UNKNOWN, len(pairs), detail=outcome.detail)
        return CheckResult("arguments unchanged", Verdict.TESTED, len(pairs))

    async def _check_repeats(self, trial: _Trial) -> CheckResult | None:
        calls = trial.inputs.calls[::-1]
        cpu_s = _AGAIN_CPU_S if trial.cpu_s >= CPU_S else trial.cpu_s
        again = (await self._judging.run(trial.bodies, calls, seed_index=1, cpu_s=cpu_s))[::-1]
        for call, first, second in zip(trial.inputs.calls, trial.outcomes, again, strict=True):
            if second.kind in _FLAGS:
                trial.flag = _FLAGS[second.kind]
                return CheckResult("same answer twice", Verdict.UNKNOWN, len(calls), detail=second.detail)
            if not same(first, second, trial.returns, self._records):
                observed = f"{describe_outcome(first)} and then {describe_outcome(second)}"
                found = Counterexample("not repeatable", describe_call(call), observed, "the answer must be the same")
                return CheckResult("same answer twice", Verdict.REFUTED, len(calls), counterexample=found)
        return CheckResult("same answer twice", Verdict.TESTED, len(calls), detail="other order, other hash seed")

    async def _check_scaling(self, trial: _Trial) -> CheckResult | None:
        if trial.cpu_s < CPU_S:
            return None
        calls = await self.growing(trial.unit.id, _PROBE_SIZES)
        if trial.inputs.exhausted or len(calls) < 2:
            return None
        lengths: list[int] = []
        for some in (calls[:2], calls[2:]):
            if _grows(lengths):
                break
            outcomes = await self._judging.run(trial.bodies, some, cpu_s=_PROBE_CPU_S)
            for call, outcome in zip(some, outcomes, strict=True):
                if outcome.kind in ("timeout", "died") and not _grows(lengths):
                    trial.flag = _FLAGS[outcome.kind]
                    detail = f"{describe_call(call)} took more than {_PROBE_CPU_S} s of processor time"
                    return CheckResult("scaling", Verdict.UNKNOWN, len(calls), detail=detail)
                if outcome.kind not in ("value", "raise"):
                    break
                lengths.append(len(msgspec.json.encode(outcome.value)))
        return CheckResult("scaling", Verdict.TESTED, len(calls))

    # Several candidates, several Units

    async def scoring(self, unit_id: str, inputs: InputSet, callees: Mapping[str, str]) -> Scoring:
        """Return what tells cheaply how much of a specification many bodies satisfy (a guide, never a verdict)."""
        unit = self._spec.unit(unit_id)
        scoring = Scoring(self._judging, self._executor, unit, self._records, inputs, callees)
        await scoring.read_examples()
        return scoring

    def same(self, unit_id: str, left: Outcome, right: Outcome) -> bool:
        """Tell whether two outcomes of a Unit are the same under its declared types; a time-out never is."""
        return same(left, right, self._returns(self._spec.unit(unit_id)), self._records)

    async def check_law(self, law: Law, bodies: Mapping[str, str], *, count: int = 100, seed: int = 0) -> CheckResult:
        """Evaluate a Law on generated arguments with these bodies as its Units."""
        shown: dict[str, list[Any]] = {unit: await self._examples_of(unit) for unit in law.units}
        began = time.monotonic()
        result = await law_check(self._judging, law, bodies, shown, count=count, seed=self._seed * 100_003 + seed)
        return msgspec.structs.replace(result, seconds=time.monotonic() - began)

    async def check_contracts_together(self, unit_id: str, bodies: Mapping[str, str], inputs: InputSet) -> CheckResult:
        """Check a Unit's postconditions that call other Units, with bodies for all of them."""
        began = time.monotonic()
        outcomes = await self._timed(bodies, inputs.calls)
        result = await contracts_together(self._judging, self._spec.unit(unit_id), bodies, inputs, outcomes)
        return msgspec.structs.replace(result, seconds=time.monotonic() - began)


_FLAGS = {"timeout": "too slow", "slow": "too slow", "opaque": "unencodable", "died": "died"}


_NEW = re.compile(r"\b(new|copy|copies)\b", re.IGNORECASE)


def _is_held_against(unit: Unit, outcome: Outcome) -> bool:
    """Tell whether a call changed a given constant, or returned its argument where the prose wants a new value."""
    if outcome.kind != "value":
        return False
    if outcome.detail.startswith(CHANGED_GIVEN):
        return True
    return outcome.detail == RETURNED_ARGUMENT and _NEW.search(unit.prose) is not None


def _grows(lengths: Sequence[int]) -> bool:
    """Tell whether results themselves grow so fast that a slow call at twice the size is no surprise."""
    return len(lengths) >= 2 and lengths[-1] > 1000 and lengths[-1] > 6 * lengths[-2]
