"""Verifying a leader harder than anyone before it: the order of the steps, and what all of them together support.

Nothing here affirms more than TESTED, but for CrossHair's bounded search. A finding never repairs: it comes back as
inputs for the next epoch, where every candidate meets it.
"""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Sequence

import msgspec

from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.clauses import overlooked, unseen_texts
from swarmwright.verify.contest import Contest, Effort, Findings
from swarmwright.verify.examine import Examiner
from swarmwright.verify.limits import LIMITS, try_limits
from swarmwright.verify.mentions import unused_numbers
from swarmwright.verify.plausibility import find_unspoken
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.reviewers import SPEED, TypeReviewer, review_security, review_speed
from swarmwright.verify.searching import FOUND_A_DIFFERENCE, POSTCONDITIONS, SymbolicSearch
from swarmwright.verify.sentences import SENTENCES, hear_sentences
from swarmwright.verify.strength import UNNOTICED, measure_strength
from swarmwright.verify.traces import TRACES, look_for_traces
from swarmwright.verify.values import Call, Candidate, CheckResult, Evidence, Verdict
from swarmwright.verify.winner_inputs import FRESH, LARGE, try_fresh_inputs, try_large_numbers
from swarmwright.verify.witnesses import hear_witnesses

__all__ = ["INPUTS_NEEDED", "Contest", "Effort", "WinnerCheck", "WinnerStory", "is_thin", "judge_checks"]

INPUTS_NEEDED = 50
"""Valid inputs that TESTED needs, where the domain has as many."""
_UNJUDGED = "specification judged in full"
_PROSE = "numbers of the prose"
_CLAUSES = "clauses of the prose"
_UNSPOKEN = "errors that nobody spoke of"


class WinnerStory(msgspec.Struct, frozen=True):
    """What verifying a winner showed, and the inputs that every candidate must meet in the next epoch."""

    evidence: Evidence
    more: tuple[Call, ...] = ()


class WinnerCheck:
    """Verifies leaders of one specification; keeps a warm type checker in the sandbox."""

    def __init__(self, spec: Spec, sandbox: Sandbox, examiner: Examiner, *, effort: Effort | None = None) -> None:
        """Take what all leaders share."""
        self._spec = spec
        self._examiner = examiner
        self._effort = effort or Effort()
        self._types = TypeReviewer(spec, sandbox)
        self._symbolic = SymbolicSearch(spec, sandbox, examiner, self._effort)

    async def close(self) -> None:
        """End the type checker's process."""
        await self._types.close()

    async def verify(self, contest: Contest) -> WinnerStory:
        """Check a leader from cheap to dear and stop at the first refutation or separation."""
        checks: list[CheckResult] = []
        for step in (
            self._whole_specification,
            functools.partial(try_fresh_inputs, self._examiner, count=self._effort.inputs),
            functools.partial(try_large_numbers, self._examiner),
            functools.partial(review_security, self._spec),
            self._symbolic.search,
        ):
            began = time.monotonic()
            found, more = await step(contest)
            checks += [msgspec.structs.replace(check, seconds=_since(began, check)) for check in found]
            if more or any(check.verdict is Verdict.REFUTED for check in found):
                return WinnerStory(_evidence(contest, checks), more)
        return WinnerStory(await self._unrefuted(contest, checks))

    async def _unrefuted(self, contest: Contest, checks: list[CheckResult]) -> Evidence:
        """Complete the evidence on a winner that nothing refuted: what reviewers see and witnesses say, and how strong.

        Nothing of this refutes; it weighs.
        """
        checks.append(await self._types.review(contest))
        checks += await review_speed(self._examiner, contest)
        checks += await hear_sentences(self._examiner, contest)
        checks += await look_for_traces(self._examiner, contest)
        heard = await hear_witnesses(self._examiner, contest)
        strength = await measure_strength(self._examiner, self._spec, contest, self._effort)
        beside = await self._symbolic.beside_rivals(contest)
        checks += [*heard.checks, *strength.checks, *beside.checks]
        return msgspec.structs.replace(
            _evidence(contest, checks),
            separations=beside.separations,
            mutants=strength.total,
            mutants_killed=strength.killed,
            mutants_different=strength.different,
            questions=strength.questions,
            expected_agreed=heard.expected_agreed,
            expected_against=heard.expected_against,
            rivals_expected_best=heard.rivals_expected_best,
            oracles=heard.oracles,
            oracle_inputs=heard.oracle_inputs,
            oracle_differs=heard.oracle_differs,
            oracles_for_rival=heard.oracles_for_rival,
            witnessed=heard.witnessed,
        )

    async def _whole_specification(self, contest: Contest) -> Findings:
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
        bodies = (contest.winner, *contest.callees.values())
        numbers = unused_numbers(self._spec, unit, bodies)
        if numbers:
            named = ", ".join(f"{number:g}" for number in numbers)
            detail = f"the specification's prose names {named}, and nothing of the kind stands in the function"
            checks.append(CheckResult(_PROSE, Verdict.UNKNOWN, detail=detail))
        results = msgspec.json.encode([outcome.value for outcome in examination.outcomes]).decode()
        clauses = overlooked(self._spec, unit, bodies) + unseen_texts(self._spec, unit, bodies, results)
        checks += [CheckResult(_CLAUSES, Verdict.UNKNOWN, detail=sentence) for sentence in clauses]
        checks += await try_limits(self._examiner, contest)
        unspoken = find_unspoken(unit, examination.outcomes)
        if unspoken is not None:
            call = self._examiner.describe_call(contest.inputs.calls[unspoken])
            detail = f"{call} raises {examination.outcomes[unspoken].error}, of which the specification says nothing"
            checks.append(CheckResult(_UNSPOKEN, Verdict.UNKNOWN, detail=detail))
        return checks, ()


def _evidence(contest: Contest, checks: Sequence[CheckResult]) -> Evidence:
    verdict, reason = judge_checks(contest, checks)
    return Evidence(
        unit=contest.unit.id,
        body_sha256=hashlib.sha256(contest.winner.encode()).hexdigest(),
        verdict=verdict,
        accepted=not reason,
        reason=reason or "every check that applies was passed",
        checks=tuple(checks),
    )


def judge_checks(contest: Contest, checks: Sequence[CheckResult]) -> tuple[Verdict, str]:
    """Return the verdict all checks together support, and why that is not enough (empty: it is).

    TESTED needs 50 valid inputs, or all there are; a Unit that demands BOUNDED needs CrossHair's confirmation.
    """
    refuted = next((check for check in checks if check.verdict is Verdict.REFUTED), None)
    if refuted is not None:
        return Verdict.REFUTED, f"{refuted.check}: {refuted.detail}"
    split = next((c for c in checks if c.check in (FRESH, LARGE) and c.verdict is Verdict.UNKNOWN), None)
    split = split or next((c for c in checks if c.detail == FOUND_A_DIFFERENCE), None)
    if split is not None:
        return Verdict.UNKNOWN, f"{split.check}: {split.detail}"
    unjudged = next((check for check in checks if check.check == _UNJUDGED), None)
    if unjudged is not None:
        return Verdict.UNKNOWN, f"a part of the specification could not be judged: {unjudged.detail}"
    inputs = len(contest.inputs.calls) + sum(check.inputs for check in checks if check.check == FRESH)
    if inputs < INPUTS_NEEDED and not contest.inputs.exhausted:
        return Verdict.UNKNOWN, f"only {inputs} valid inputs were found and {INPUTS_NEEDED} are needed"
    bounded = any(c.check == POSTCONDITIONS and c.verdict is Verdict.BOUNDED for c in checks)
    verdict = Verdict.BOUNDED if bounded or contest.inputs.exhausted else Verdict.TESTED
    if contest.unit.evidence == "bounded" and verdict < Verdict.BOUNDED:
        return verdict, "the specification demands BOUNDED and the symbolic search could not confirm it"
    slow = next((c for c in checks if c.check == SPEED and c.verdict is Verdict.UNKNOWN), None)
    if slow is not None:
        return verdict, f"too slow: {slow.detail}"
    thin = next((check for check in checks if is_thin(check)), None)
    if thin is not None:
        return verdict, f"thin evidence: {thin.detail}"
    return verdict, ""


def is_thin(check: CheckResult) -> bool:
    """Tell whether a check that refuted nothing gives a reason to distrust the winner all the same."""
    if check.check in (LIMITS, SENTENCES, TRACES):
        return check.verdict is Verdict.UNKNOWN
    return check.check in (_PROSE, _CLAUSES, UNNOTICED, _UNSPOKEN)


def _is_for_later(unit: Unit, check: CheckResult) -> bool:
    """Tell whether what a check could not judge needs other Units, and something was judged without them."""
    if unit.checked_with:
        return True
    needing = check.detail.partition(" need another Unit")[0]
    return check.check == "examples" and needing.isdigit() and int(needing) < check.inputs


def _since(began: float, check: CheckResult) -> float:
    return check.seconds or time.monotonic() - began
