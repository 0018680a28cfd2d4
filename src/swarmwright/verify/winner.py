"""Verifying a leader harder than anyone before it: new inputs, twins and rivals, types, security, symbols, mutants.

Nothing here affirms more than TESTED, but for CrossHair's bounded search. A finding never repairs: it comes back as
inputs for the next epoch, where every candidate meets it.
"""

from __future__ import annotations

import ast
import asyncio
import hashlib
import sys
import time
from collections.abc import Mapping, Sequence

import msgspec

from swarmwright.errors import SandboxDiedError
from swarmwright.spec.printer import print_module
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.describing import describe_outcome
from swarmwright.verify.encoding import encode
from swarmwright.verify.examine import Examiner
from swarmwright.verify.mentions import unused_numbers
from swarmwright.verify.mutation import mutants
from swarmwright.verify.plausibility import find_unspoken
from swarmwright.verify.ports import Limits, Sandbox, Session
from swarmwright.verify.symbolic import search_contracts, search_difference
from swarmwright.verify.values import (
    Call,
    Candidate,
    CheckResult,
    Evidence,
    InputSet,
    Outcome,
    Separation,
    Verdict,
)

INPUTS_NEEDED = 50
"""Valid inputs that TESTED needs, where the domain has as many."""
MUTANTS_UNNOTICED = 3
"""So many mutants that behave differently, and none breaks an example or contract: no error would be noticed."""
_MUTANT_CPU_S = 0.2
_UNJUDGED = "specification judged in full"
_PROSE = "numbers of the prose"
_UNNOTICED = "errors that would be noticed"
_LARGE = "large numbers"
_LARGE_CPU_S = 0.2
_LARGE_INTEGERS = (2**53 + 1, 10**18 - 1, -(10**17) - 3)
_UNSPOKEN = "errors that nobody spoke of"
_SAYINGS = ("example", "postcondition")
EXPLORABLE = frozenset({"int", "bool"})
"""Annotations of parameters that CrossHair has a chance to explore to the end."""


class Effort(msgspec.Struct, frozen=True):
    """How hard to try: fresh inputs, mutants, and seconds.

    ``symbolic_s`` is for all postconditions of a Unit that CrossHair can explore to the end (whole numbers and
    truth values only), or that demands BOUNDED; ``glance_s`` for the others, where it can only hope to refute.
    """

    inputs: int = 300
    mutants: int = 24
    mutation_s: float = 3.0
    symbolic_s: float = 8.0
    glance_s: float = 3.0
    difference_s: float = 3.0


class WinnerStory(msgspec.Struct, frozen=True):
    """What verifying a winner showed, and the inputs that every candidate must meet in the next epoch."""

    evidence: Evidence
    more: tuple[Call, ...] = ()


class Contest(msgspec.Struct, frozen=True):
    """The winner, bodies that behaved the same so far (``twins``), one body of each rival behaviour, and callees."""

    unit: Unit
    winner: str
    twins: tuple[str, ...]
    rivals: tuple[str, ...]
    callees: Mapping[str, str]
    inputs: InputSet


class WinnerCheck:
    """Verifies leaders of one specification; keeps a warm type checker in the sandbox."""

    def __init__(self, spec: Spec, sandbox: Sandbox, examiner: Examiner, *, effort: Effort | None = None) -> None:
        """Take what all leaders share."""
        self._spec = spec
        self._sandbox = sandbox
        self._examiner = examiner
        self._effort = effort or Effort()
        self._types: Session | None = None

    async def close(self) -> None:
        """End the type checker's process."""
        if self._types is not None:
            await self._types.close()
            self._types = None

    async def verify(self, contest: Contest) -> WinnerStory:
        """Check a leader from cheap to dear and stop at the first refutation or separation."""
        checks: list[CheckResult] = []
        for step in (
            self._whole_specification,
            self._fresh_inputs,
            self._large_numbers,
            self._security,
            self._symbolic,
        ):
            began = time.monotonic()
            found, more = await step(contest)
            checks += [msgspec.structs.replace(check, seconds=_since(began, check)) for check in found]
            if more or any(check.verdict is Verdict.REFUTED for check in found):
                return WinnerStory(self._evidence(contest, checks, separations=()), more)
        checks.append(await self._typed(contest))
        killed, different, total, mutations = await self._mutation(contest)
        checks += mutations
        evidence = self._evidence(contest, checks, separations=await self._separations(contest))
        return WinnerStory(
            msgspec.structs.replace(evidence, mutants=total, mutants_killed=killed, mutants_different=different)
        )

    def _evidence(
        self, contest: Contest, checks: Sequence[CheckResult], *, separations: tuple[Separation, ...]
    ) -> Evidence:
        verdict, reason = judge_checks(contest, checks)
        return Evidence(
            unit=contest.unit.id,
            body_sha256=hashlib.sha256(contest.winner.encode()).hexdigest(),
            verdict=verdict,
            accepted=not reason,
            reason=reason or "every check that applies was passed",
            checks=tuple(checks),
            separations=separations,
        )

    async def _whole_specification(self, contest: Contest) -> tuple[list[CheckResult], tuple[Call, ...]]:
        """Make sure that every example and contract could be judged, and that no number of the prose is missing."""
        unit = contest.unit
        examination = await self._examiner.examine(Candidate(unit.id, contest.winner), contest.inputs, contest.callees)
        if examination.key is None:
            detail = examination.flag or str(examination.counterexample)
            found = examination.counterexample
            return [CheckResult("epoch's inputs", Verdict.REFUTED, 0, detail=detail, counterexample=found)], ()
        # What names other Units is judged with their bodies, later and together.
        unknown = [c for c in examination.checks if c.verdict is Verdict.UNKNOWN and not _is_for_later(unit, c)]
        checks = [CheckResult(_UNJUDGED, Verdict.UNKNOWN, detail=f"{c.check}: {c.detail}") for c in unknown]
        numbers = unused_numbers(self._spec, unit, (contest.winner, *contest.callees.values()))
        if numbers:
            named = ", ".join(f"{number:g}" for number in numbers)
            detail = f"the specification's prose names {named}, and nothing of the kind stands in the function"
            checks.append(CheckResult(_PROSE, Verdict.UNKNOWN, detail=detail))
        unspoken = find_unspoken(unit, examination.outcomes)
        if unspoken is not None:
            call = self._examiner.describe_call(contest.inputs.calls[unspoken])
            detail = f"{call} raises {examination.outcomes[unspoken].error}, of which the specification says nothing"
            checks.append(CheckResult(_UNSPOKEN, Verdict.UNKNOWN, detail=detail))
        return checks, ()

    async def _fresh_inputs(self, contest: Contest) -> tuple[list[CheckResult], tuple[Call, ...]]:
        """Examine the winner and its twins on inputs nobody has seen, drawn with the candidates' own constants."""
        if contest.inputs.exhausted:
            return [CheckResult("fresh inputs", Verdict.TESTED, 0, detail="the epoch holds every input there is")], ()
        fresh = await self._examiner.draw(
            contest.unit.id,
            count=self._effort.inputs,
            epoch=contest.inputs.epoch + 1,
            seed=contest.inputs.epoch + 1,
            literals=literals_of((contest.winner, *contest.twins, *contest.rivals)),
        )
        seen = {msgspec.json.encode(call) for call in contest.inputs.calls}
        new = tuple(call for call in fresh.calls if msgspec.json.encode(call) not in seen)
        if not new:
            return [CheckResult("fresh inputs", Verdict.TESTED, 0, detail="no input was left to try")], ()
        fresh = InputSet(contest.unit.id, contest.inputs.epoch + 1, new)
        examination = await self._examiner.examine(Candidate(contest.unit.id, contest.winner), fresh, contest.callees)
        if examination.key is None:
            refuted = CheckResult(
                "fresh inputs",
                Verdict.REFUTED,
                len(new),
                detail=examination.flag or str(examination.counterexample),
                counterexample=examination.counterexample,
            )
            return [refuted], new
        for twin in contest.twins:
            outcomes = await self._examiner.outcomes(Candidate(contest.unit.id, twin), new, contest.callees)
            split = self._first_split(contest.unit, new, examination.outcomes, outcomes)
            if split is not None:
                detail = (
                    f"a candidate that agreed so far gives {split[1].right} for {split[1].call}, not {split[1].left}"
                )
                return [CheckResult("fresh inputs", Verdict.UNKNOWN, len(new), detail=detail)], new
        return [CheckResult("fresh inputs", Verdict.TESTED, len(new))], ()

    async def _large_numbers(self, contest: Contest) -> tuple[list[CheckResult], tuple[Call, ...]]:
        """Try integers beyond what floats hold exactly; a call that takes long there says nothing and is left out."""
        unit = contest.unit
        calls = await self._examiner.valid(unit.id, large_calls(unit, contest.inputs.calls))
        mine = await self._examiner.outcomes(
            Candidate(unit.id, contest.winner), calls, contest.callees, cpu_s=_LARGE_CPU_S
        )
        done = [(call, outcome) for call, outcome in zip(calls, mine, strict=True) if outcome.kind == "value"]
        if not done:
            return [], ()
        calls = tuple(call for call, _ in done)
        inputs = InputSet(unit.id, contest.inputs.epoch + 1, calls)
        examination = await self._examiner.examine(Candidate(unit.id, contest.winner), inputs, contest.callees)
        found = examination.counterexample
        if found is not None:
            refuted = CheckResult(_LARGE, Verdict.REFUTED, len(calls), detail=str(found), counterexample=found)
            return [refuted], calls
        for twin in contest.twins:
            other = await self._examiner.outcomes(Candidate(unit.id, twin), calls, contest.callees, cpu_s=_LARGE_CPU_S)
            pairs = [(call, a, b) for (call, a), b in zip(done, other, strict=True) if b.kind == "value"]
            split = self._first_split(unit, *zip(*pairs, strict=True)) if pairs else None
            if split is not None:
                detail = f"a candidate that agreed so far gives {split[1].right} for {split[1].call}"
                return [CheckResult(_LARGE, Verdict.UNKNOWN, len(calls), detail=detail)], (split[0],)
        return [CheckResult(_LARGE, Verdict.TESTED, len(calls))], ()

    def _first_split(
        self, unit: Unit, calls: Sequence[Call], left: Sequence[Outcome], right: Sequence[Outcome]
    ) -> tuple[Call, Separation] | None:
        for call, mine, other in zip(calls, left, right, strict=True):
            if not self._examiner.same(unit.id, mine, other):
                text = self._examiner.describe_call(call)
                return call, Separation(text, describe_outcome(mine), describe_outcome(other))
        return None

    async def _security(self, contest: Contest) -> tuple[list[CheckResult], tuple[Call, ...]]:
        """Let ruff look for undefined names and the security rules; a finding is a refutation of its own kind."""
        source = print_module(
            self._spec.module(contest.unit.module),
            {**contest.callees, contest.unit.id: contest.winner},
            view="bare",
        )
        findings = await ruff_findings(source)
        given = await ruff_findings(print_module(self._spec.module(contest.unit.module), contest.callees, view="bare"))
        new = [finding for finding in findings if finding not in given]
        verdict = Verdict.REFUTED if new else Verdict.TESTED
        return [CheckResult("security and names (ruff F82, S)", verdict, detail="; ".join(new))], ()

    async def _symbolic(self, contest: Contest) -> tuple[list[CheckResult], tuple[Call, ...]]:
        """Search symbolically for a broken postcondition, and for a difference from each twin; replay what is found."""
        bodies = {**contest.callees, contest.unit.id: contest.winner}
        checks: list[CheckResult] = []
        missing = [name for name in contest.unit.checked_with if name not in bodies]
        if any(c.kind == "ensure" for c in contest.unit.contracts) and not missing:
            search = await search_contracts(
                self._sandbox, self._spec, contest.unit, bodies, search_s=self._symbolic_seconds(contest.unit)
            )
            checks.append(CheckResult("CrossHair: postconditions", search.verdict, detail=search.detail))
            if search.suggestions and await self._replays_badly(contest, search.suggestions):
                refuted = CheckResult("CrossHair: postconditions", Verdict.REFUTED, detail=search.detail)
                return [refuted], search.suggestions
        different = [twin for twin in contest.twins if ast.dump(ast.parse(twin)) != ast.dump(ast.parse(contest.winner))]
        for twin in different[:1]:
            found = await search_difference(
                self._sandbox,
                self._spec,
                contest.unit,
                contest.winner,
                twin,
                contest.callees,
                search_s=self._effort.difference_s,
            )
            more = await self._really_differ(contest, twin, found)
            detail = "found no difference from a candidate that agrees" if not more else "found a difference"
            checks.append(CheckResult("CrossHair: diffbehavior", Verdict.UNKNOWN, detail=detail))
            if more:
                return checks, more
        return checks, ()

    def _symbolic_seconds(self, unit: Unit) -> float:
        if unit.evidence == "bounded":
            return 2 * self._effort.symbolic_s
        plain = all(parameter.annotation in EXPLORABLE for parameter in unit.parameters)
        return self._effort.symbolic_s if plain else self._effort.glance_s

    async def _replays_badly(self, contest: Contest, suggestions: tuple[Call, ...]) -> bool:
        valid = await self._examiner.valid(contest.unit.id, suggestions)
        if not valid:
            return False
        inputs = InputSet(contest.unit.id, contest.inputs.epoch + 1, valid)
        examination = await self._examiner.examine(Candidate(contest.unit.id, contest.winner), inputs, contest.callees)
        return examination.key is None

    async def _really_differ(self, contest: Contest, twin: str, calls: tuple[Call, ...]) -> tuple[Call, ...]:
        valid = await self._examiner.valid(contest.unit.id, calls)
        if not valid:
            return ()
        unit = contest.unit
        mine = await self._examiner.outcomes(Candidate(unit.id, contest.winner), valid, contest.callees)
        other = await self._examiner.outcomes(Candidate(unit.id, twin), valid, contest.callees)
        return valid if self._first_split(unit, valid, mine, other) else ()

    async def _typed(self, contest: Contest) -> CheckResult:
        """Let mypy read the module with the winner in it; findings are reported, not held against the behaviour."""
        began = time.monotonic()
        bodies = {**contest.callees, contest.unit.id: contest.winner}
        files = {module.path: print_module(module, bodies, view="bare") for module in self._spec.modules}
        own = self._spec.module(contest.unit.module).path
        try:
            if self._types is None:
                limits = Limits(wall_s=3600, cpu_s=3600, memory_bytes=4 << 30, file_bytes=256 << 20)
                self._types = await self._sandbox.start("swarmwright.verify.inside.types", limits=limits)
            reply = await self._types.request({"files": files, "targets": [own]}, timeout_s=90)
        except SandboxDiedError as error:
            self._types = None
            return CheckResult("types (mypy)", Verdict.UNKNOWN, detail=f"could not be run: {error}")
        lines = _lines_of(files[own], contest.unit.name)
        findings = [
            f"{code}: {message}" for path, line, code, message in reply["findings"] if path == own and line in lines
        ]
        verdict = Verdict.UNKNOWN if findings else Verdict.TESTED
        return CheckResult("types (mypy)", verdict, seconds=time.monotonic() - began, detail="; ".join(findings[:3]))

    async def _mutation(self, contest: Contest) -> tuple[int, int, int, list[CheckResult]]:
        """Break the winner on purpose: could the checks have caught an error here at all?

        Returns killed, survivors shown different by a valid input, all mutants, and the CheckResults.
        """
        began = time.monotonic()
        unit = contest.unit
        baseline = await self._examiner.outcomes(
            Candidate(unit.id, contest.winner), contest.inputs.calls, contest.callees
        )
        killed = different = total = noticed = 0
        alive: list[str] = []
        for mutant in mutants(contest.winner, limit=self._effort.mutants):
            if time.monotonic() - began > self._effort.mutation_s:
                break
            total += 1
            candidate = Candidate(unit.id, mutant.body)
            # A mutant that hangs is a killed one, at a fifth of a second and not of eight.
            examination = await self._examiner.examine(candidate, contest.inputs, contest.callees, cpu_s=_MUTANT_CPU_S)
            if examination.key is None:
                killed += 1
                found = examination.counterexample
                noticed += found is not None and found.check in _SAYINGS
                continue
            split = self._first_split(unit, contest.inputs.calls, baseline, examination.outcomes)
            if split is not None:
                different += 1
                alive.append(f"line {mutant.line}: {mutant.what} (differs on {split[1].call})")
        score = f"{killed} of {killed + different} mutants that behave differently were killed"
        detail = "; ".join([score, *alive[:3]])
        checks = [CheckResult("mutation", Verdict.UNKNOWN, total, time.monotonic() - began, detail)]
        together = unit.checked_with or any(unit.id in law.units for law in self._spec.laws())
        if not (noticed or together) and different >= MUTANTS_UNNOTICED:
            detail = f"{different} changed versions of the function pass every example and contract, and none fails one"
            checks.append(CheckResult(_UNNOTICED, Verdict.UNKNOWN, detail=detail))
        return killed, different, total, checks

    async def _separations(self, contest: Contest) -> tuple[Separation, ...]:
        """Show, for each rival behaviour, an input of the epoch on which it differs from the winner."""
        unit = contest.unit
        mine = await self._examiner.outcomes(Candidate(unit.id, contest.winner), contest.inputs.calls, contest.callees)
        shown = []
        for rival in contest.rivals:
            other = await self._examiner.outcomes(Candidate(unit.id, rival), contest.inputs.calls, contest.callees)
            split = self._first_split(unit, contest.inputs.calls, mine, other)
            if split is not None:
                shown.append(split[1])
        return tuple(shown)


def judge_checks(contest: Contest, checks: Sequence[CheckResult]) -> tuple[Verdict, str]:
    """Return the verdict all checks together support, and why that is not enough (empty: it is).

    TESTED needs 50 valid inputs, or all there are; a Unit that demands BOUNDED needs CrossHair's confirmation.
    """
    refuted = next((check for check in checks if check.verdict is Verdict.REFUTED), None)
    if refuted is not None:
        return Verdict.REFUTED, f"{refuted.check}: {refuted.detail}"
    split = next((c for c in checks if c.check in ("fresh inputs", _LARGE) and c.verdict is Verdict.UNKNOWN), None)
    split = split or next((c for c in checks if c.detail == "found a difference"), None)
    if split is not None:
        return Verdict.UNKNOWN, f"{split.check}: {split.detail}"
    unjudged = next((check for check in checks if check.check == _UNJUDGED), None)
    if unjudged is not None:
        return Verdict.UNKNOWN, f"a part of the specification could not be judged: {unjudged.detail}"
    inputs = len(contest.inputs.calls) + sum(check.inputs for check in checks if check.check == "fresh inputs")
    if inputs < INPUTS_NEEDED and not contest.inputs.exhausted:
        return Verdict.UNKNOWN, f"only {inputs} valid inputs were found and {INPUTS_NEEDED} are needed"
    bounded = any(c.check.startswith("CrossHair: post") and c.verdict is Verdict.BOUNDED for c in checks)
    verdict = Verdict.BOUNDED if bounded or contest.inputs.exhausted else Verdict.TESTED
    if contest.unit.evidence == "bounded" and verdict < Verdict.BOUNDED:
        return verdict, "the specification demands BOUNDED and the symbolic search could not confirm it"
    thin = next((check for check in checks if check.check in (_PROSE, _UNNOTICED, _UNSPOKEN)), None)
    if thin is not None:
        return verdict, f"thin evidence: {thin.detail}"
    return verdict, ""


def _is_for_later(unit: Unit, check: CheckResult) -> bool:
    """Tell whether what a check could not judge needs other Units, and something was judged without them."""
    if unit.checked_with:
        return True
    needing = check.detail.partition(" need another Unit")[0]
    return check.check == "examples" and needing.isdigit() and int(needing) < check.inputs


def large_calls(unit: Unit, calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return calls like the first one, with one parameter declared int after another at a very large number."""
    made: list[Call] = []
    for call in calls[:1]:
        for place, (_, parameter) in enumerate(zip(call.args, unit.parameters, strict=False)):
            if parameter.annotation == "int" and parameter.kind in ("positional_only", "positional_or_keyword"):
                for number in _LARGE_INTEGERS:
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


async def ruff_findings(source: str) -> tuple[str, ...]:
    """Return what ruff finds in the text (it is parsed, never run): undefined names and the security rules."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--select=F82,S",
        "--ignore=S101,S311",
        "--output-format=json",
        "-",
        start_new_session=True,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    stdout, _ = await process.communicate(source.encode())
    try:
        found = msgspec.json.decode(stdout, type=list[_Finding])
    except msgspec.DecodeError:
        return ()
    return tuple(f"{finding.code}: {finding.message}" for finding in found)


class _Finding(msgspec.Struct):
    code: str | None
    message: str


def _lines_of(source: str, name: str) -> range:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return range(0)


def _since(began: float, check: CheckResult) -> float:
    return check.seconds or time.monotonic() - began
