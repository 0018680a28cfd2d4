"""Limits that the prose names, tried from both sides: does what the winner gives change where the prose says it does?

"More than 180" parts 180 from 181, "at least 180" parts 179 from 180. Where a whole number is stepped across such a
limit, all else held fast, and the result changes on the other side of it and nowhere near besides, the limit was most
likely misread. It is no refutation: the prose may speak of something else.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

import msgspec

from swarmwright.spec.values import Unit
from swarmwright.verify.clauses import Limit, limits_in, number_of
from swarmwright.verify.contest import PLAIN, Contest, outcomes_of
from swarmwright.verify.describing import describe_call, describe_outcome
from swarmwright.verify.encoding import encode
from swarmwright.verify.examine import Examiner
from swarmwright.verify.values import Call, CheckResult, Outcome, Verdict

LIMITS = "limits of the prose"
_MOST_BASES = 4
_MOST_LIMITS = 10
_STEPS = (-2, -1, 0, 1, 2)
_CPU_S = 0.2


async def try_limits(examiner: Examiner, contest: Contest) -> list[CheckResult]:
    """Step the winner's whole numbers across each limit of the prose; an UNKNOWN check where one seems misread."""
    unit = contest.unit
    rows = list(_rows(unit, contest.inputs.calls))
    calls = _distinct(rows)
    if not calls:
        return []
    valid = await examiner.valid(unit.id, calls)
    outcomes = await outcomes_of(examiner, contest, contest.winner, valid, cpu_s=_CPU_S)
    given = {_key(call): outcome for call, outcome in zip(valid, outcomes, strict=True) if outcome.kind in PLAIN}
    for limit, row in rows:
        seen = [given[_key(call)] for call in row if _key(call) in given]
        if len(seen) == len(row) and _is_beside(examiner, unit.id, limit, seen):
            at, like = row[2], row[3] if limit.side == "below" else row[1]
            said = describe_outcome(given[_key(at)])
            if _names(said, limit):
                # Clamped to the limit, it is the same on both sides by right.
                continue
            detail = f"the prose says {limit.said!r}, and {describe_call(at)} gives {said} like {describe_call(like)}"
            return [CheckResult(LIMITS, Verdict.UNKNOWN, len(valid), detail=detail)]
    return [CheckResult(LIMITS, Verdict.TESTED, len(valid))]


def _rows(unit: Unit, calls: Sequence[Call]) -> Iterator[tuple[Limit, tuple[Call, ...]]]:
    """Yield, for each limit and each whole number of a few calls, the calls on the way across the limit."""
    limits = [limit for limit in limits_in(" ".join(unit.prose.split())) if number_of(limit.amount) is not None]
    for limit in limits[:_MOST_LIMITS]:
        number = number_of(limit.amount)
        if number is None or number != int(number):
            continue
        if any(other.amount == limit.amount and other.side != limit.side for other in limits):
            continue
        for call in calls[:_MOST_BASES]:
            for place, (_, parameter) in enumerate(zip(call.args, unit.parameters, strict=False)):
                if parameter.annotation == "int":
                    yield limit, tuple(_with(call, place, int(number) + step) for step in _STEPS)


def _names(said: str, limit: Limit) -> bool:
    return re.search(rf"(?<![\w.]){number_of(limit.amount):.0f}(?![\w.])", said) is not None


def _with(call: Call, place: int, number: int) -> Call:
    return msgspec.structs.replace(call, args=(*call.args[:place], encode(number), *call.args[place + 1 :]))


def _key(call: Call) -> bytes:
    return msgspec.json.encode(call)


def _distinct(rows: Sequence[tuple[Limit, tuple[Call, ...]]]) -> tuple[Call, ...]:
    return tuple({_key(call): call for _, row in rows for call in row}.values())


def _is_beside(examiner: Examiner, unit_id: str, limit: Limit, seen: Sequence[Outcome]) -> bool:
    """Tell whether the result changes once on the way, and on the wrong side of the limit."""
    changes = [not examiner.same(unit_id, one, other) for one, other in itertools.pairwise(seen)]
    # Between the limit and the number above it for "more than"; between the number below it and the limit otherwise.
    wrong = 1 if limit.side == "below" else 2
    return changes[wrong] and sum(changes) == 1
