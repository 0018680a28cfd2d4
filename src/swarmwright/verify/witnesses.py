"""Witnesses about a winner: what testers expect of it, and slow versions to compare it with.

They were written from the specification alone, by workers who saw no candidate. Testers are often wrong, so nothing
here refutes: agreement and contradiction are counted, and each contradiction is shown with its input.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from swarmwright.verify.contest import PLAIN, Contest, outcomes_of, smallest_split
from swarmwright.verify.describing import describe_call, describe_outcome
from swarmwright.verify.examine import Examiner
from swarmwright.verify.values import Call, Candidate, CheckResult, InputSet, Outcome, Separation, Verdict

EXPECTED = "testers' expectations"
SLOW = "slow version"
SMALL_INPUTS = 100
"""A slow version meets the smallest inputs of the epoch, and of those that testers offered, up to so many."""
_FEWEST_INPUTS = 5
_MOST_EXPECTED = 60
_MOST_SLOW = 4
_MOST_RIVALS = 4
_MOST_SHOWN = 5
_SLOW_CPU_S = 0.4
_AGAIN_CPU_S = 0.95


class Testimony(msgspec.Struct, frozen=True):
    """What the witnesses said; the fields are those of ``Evidence``."""

    expected_agreed: int = 0
    expected_against: int = 0
    rivals_expected_best: int = 0
    oracles: int = 0
    oracle_inputs: int = 0
    oracle_differs: int = 0
    oracles_for_rival: int = 0
    witnessed: tuple[Separation, ...] = ()
    checks: tuple[CheckResult, ...] = ()


async def hear_witnesses(examiner: Examiner, contest: Contest) -> Testimony:
    """Count what testers and slow versions say for and against a winner."""
    said = await _hear_testers(examiner, contest)
    shown = await _hear_slow_versions(examiner, contest)
    return msgspec.structs.replace(
        shown,
        expected_agreed=said.expected_agreed,
        expected_against=said.expected_against,
        rivals_expected_best=said.rivals_expected_best,
        witnessed=(*shown.witnessed, *said.witnessed)[:_MOST_SHOWN],
        checks=(*said.checks, *shown.checks),
    )


# Testers


async def _hear_testers(examiner: Examiner, contest: Contest) -> Testimony:
    """Run the winner, and a body of each rival behaviour, on what testers expect of valid inputs."""
    expected = (await examiner.read_expected(contest.unit.id, contest.expected))[:_MOST_EXPECTED]
    if not expected:
        return Testimony()
    calls = [call for call, _ in expected]
    mine = await outcomes_of(examiner, contest, contest.winner, calls)
    agreed, against = _count(examiner, contest, expected, mine)
    best = 0
    for rival in contest.rivals[:_MOST_RIVALS]:
        theirs = await outcomes_of(examiner, contest, rival, calls)
        best = max(best, len(_count(examiner, contest, expected, theirs)[0]))
    shown = tuple(
        Separation(describe_call(calls[number]), describe_outcome(mine[number]), describe_outcome(expected[number][1]))
        for number in sorted(against, key=lambda number: len(describe_call(calls[number])))
    )
    detail = f"{len(agreed)} of {len(agreed) + len(against)} are met"
    if contest.rivals:
        detail += f", by the best rival {best}"
    if shown:
        detail += f"; for {shown[0].call} a tester expects {shown[0].right}, not {shown[0].left}"
    verdict = Verdict.UNKNOWN if against or not agreed else Verdict.TESTED
    check = CheckResult(EXPECTED, verdict, len(calls), detail=detail)
    return Testimony(len(agreed), len(against), best, witnessed=shown[:_MOST_SHOWN], checks=(check,))


def _count(
    examiner: Examiner, contest: Contest, expected: Sequence[tuple[Call, Outcome]], given: Sequence[Outcome]
) -> tuple[list[int], list[int]]:
    """Return the numbers of the expectations that are met, and of those that are not."""
    agreed: list[int] = []
    against: list[int] = []
    for number, ((_, wanted), outcome) in enumerate(zip(expected, given, strict=True)):
        if outcome.kind in PLAIN:
            (agreed if examiner.same(contest.unit.id, outcome, wanted) else against).append(number)
    return agreed, against


# Slow versions


class _Comparison(msgspec.Struct, frozen=True):
    """One slow version beside the winner: how many inputs, where they differ, or why it is no witness."""

    inputs: int = 0
    split: Separation | None = None
    for_rival: bool = False
    useless: str = ""


async def _hear_slow_versions(examiner: Examiner, contest: Contest) -> Testimony:
    """Compare the winner with every slow version that satisfies the specification itself, on small inputs."""
    if not contest.slow_versions:
        return Testimony()
    offered = await examiner.valid(contest.unit.id, contest.offered, typed=True) if contest.offered else ()
    distinct = {msgspec.json.encode(call): call for call in (*contest.inputs.calls, *offered)}
    calls = sorted(distinct.values(), key=lambda call: len(describe_call(call)))[:SMALL_INPUTS]
    mine = await outcomes_of(examiner, contest, contest.winner, calls)
    heard = [await _compare(examiner, contest, body, calls, mine) for body in contest.slow_versions[:_MOST_SLOW]]
    usable = [one for one in heard if not one.useless]
    splits = [one.split for one in usable if one.split is not None]
    return Testimony(
        oracles=len(usable),
        oracle_inputs=sum(one.inputs for one in usable),
        oracle_differs=len(splits),
        oracles_for_rival=sum(one.for_rival for one in usable),
        witnessed=tuple(splits)[:_MOST_SHOWN],
        checks=tuple(map(_said, heard)),
    )


async def _compare(
    examiner: Examiner, contest: Contest, body: str, calls: Sequence[Call], mine: Sequence[Outcome]
) -> _Comparison:
    """Examine a slow version as a candidate is, where it is quick enough, and compare it with the winner."""
    unit_id = contest.unit.id
    slow = await outcomes_of(examiner, contest, body, calls, cpu_s=_SLOW_CPU_S)
    done = [number for number, outcome in enumerate(slow) if outcome.kind in PLAIN]
    if len(done) < min(_FEWEST_INPUTS, len(calls)):
        return _Comparison(useless=f"only {len(done)} of {len(calls)} small inputs could be compared")
    some = tuple(calls[number] for number in done)
    inputs = InputSet(unit_id, contest.inputs.epoch, some)
    examination = await examiner.examine(Candidate(unit_id, body), inputs, contest.callees, cpu_s=_AGAIN_CPU_S)
    if examination.key is None:
        return _Comparison(useless=examination.flag or str(examination.counterexample))
    winners = [mine[number] for number in done]
    split = smallest_split(examiner, unit_id, some, winners, examination.outcomes)
    sides = split is not None and await _is_like_a_rival(examiner, contest, some, examination.outcomes)
    return _Comparison(len(some), split[1] if split else None, sides)


async def _is_like_a_rival(
    examiner: Examiner, contest: Contest, calls: Sequence[Call], outcomes: Sequence[Outcome]
) -> bool:
    for rival in contest.rivals[:_MOST_RIVALS]:
        theirs = await outcomes_of(examiner, contest, rival, calls)
        if all(examiner.same(contest.unit.id, one, other) for one, other in zip(outcomes, theirs, strict=True)):
            return True
    return False


def _said(heard: _Comparison) -> CheckResult:
    if heard.useless:
        return CheckResult(SLOW, Verdict.UNKNOWN, detail=f"no witness: {heard.useless}")
    if heard.split is None:
        return CheckResult(SLOW, Verdict.TESTED, heard.inputs, detail="it agrees on all of them")
    detail = f"for {heard.split.call} it gives {heard.split.right}, not {heard.split.left}"
    if heard.for_rival:
        detail += ", as a rival does everywhere"
    return CheckResult(SLOW, Verdict.UNKNOWN, heard.inputs, detail=detail)
