"""Sentences of the prose that testers wrote down as conditions, tried on what a winner does.

Testers are often wrong. A condition that the specification's own examples break is dropped, and so is one that most
inputs break; a reading that leaves nothing does not count. What is left weighs where most readings of a sentence agree
on an input. It refutes nothing: it is a reason to distrust agreement, since samples of one model share what they
remember of a well-known function.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from swarmwright.verify.contest import Contest, outcomes_of
from swarmwright.verify.describing import describe_call, describe_outcome
from swarmwright.verify.examine import Examiner
from swarmwright.verify.values import Call, CheckResult, Outcome, Stated, Verdict

SENTENCES = "sentences of the prose"
AGREEING = 2
"""A lone reading weighs nothing, even where it is the only one that left something."""
_MOST_INPUTS = 150
_MOST_BROKEN = 0.5
"""A condition that a greater share of the inputs breaks was misunderstood, not violated."""


class Breach(msgspec.Struct, frozen=True):
    """An input on which a winner breaks what testers read in a sentence: how many did, and one of their conditions."""

    sentence: str
    readings: int
    condition: str
    call: Call
    outcome: Outcome
    testers: int


async def hear_sentences(examiner: Examiner, contest: Contest) -> list[CheckResult]:
    """Return one check for all sentences that were written down; none where nothing could be tried."""
    unit_id = contest.unit.id
    shown = await examiner.shown(unit_id)
    if not contest.stated or not shown or examiner.is_in_place(unit_id):
        return []
    calls = _distinct((*shown, *contest.inputs.calls))[:_MOST_INPUTS]
    outcomes = await outcomes_of(examiner, contest, contest.winner, calls)
    broken = await _broken(examiner, contest, len(shown), calls, outcomes)
    found = _breaches(contest.stated, broken, calls, outcomes)
    breaches = [one for one in found if one.testers >= AGREEING and 2 * one.testers > one.readings]
    if breaches:
        worst = max(breaches, key=lambda one: one.testers / one.readings)
        return [CheckResult(SENTENCES, Verdict.UNKNOWN, len(calls), detail=_said(worst))]
    if not broken:
        return []
    return [CheckResult(SENTENCES, Verdict.TESTED, len(calls), detail=f"{len(broken)} conditions that testers wrote")]


def _distinct(calls: Sequence[Call]) -> list[Call]:
    return list({msgspec.json.encode(call): call for call in calls}.values())


async def _broken(
    examiner: Examiner, contest: Contest, shown: int, calls: Sequence[Call], outcomes: Sequence[Outcome]
) -> dict[str, frozenset[int]]:
    """Return the conditions that the examples keep, each with the inputs that break it."""
    conditions = list(dict.fromkeys(condition for one in contest.stated for condition in one.conditions))
    truths = await examiner.holds(contest.unit.id, conditions, calls, outcomes)
    found: dict[str, frozenset[int]] = {}
    for condition, said in zip(conditions, truths, strict=True):
        given = [number for number in range(shown) if outcomes[number].kind == "value"]
        if not given or not all(said[number] for number in given):
            continue
        against = frozenset(number for number, one in enumerate(said) if one is False)
        if len(against) <= _MOST_BROKEN * len(calls):
            found[condition] = against
    return found


def _breaches(
    stated: Sequence[Stated], broken: dict[str, frozenset[int]], calls: Sequence[Call], outcomes: Sequence[Outcome]
) -> Iterator[Breach]:
    """Yield for each sentence the input that most of its useful readings find broken, the shortest of those."""
    readings: dict[str, list[Stated]] = defaultdict(list)
    for one in stated:
        if any(condition in broken for condition in one.conditions):
            readings[one.sentence].append(one)
    for sentence, those in readings.items():
        testers: dict[int, int] = defaultdict(int)
        for one in those:
            for number in frozenset().union(*(broken.get(c, frozenset()) for c in one.conditions)):
                testers[number] += 1
        if testers:
            worst = min(testers, key=lambda number: (-testers[number], len(describe_call(calls[number]))))
            said = next(c for one in those for c in one.conditions if worst in broken.get(c, frozenset()))
            yield Breach(sentence, len(those), said, calls[worst], outcomes[worst], testers[worst])


def _said(breach: Breach) -> str:
    return (
        f"the prose says {breach.sentence!r}, which testers wrote down as `{breach.condition}` or the like; "
        f"{describe_call(breach.call)} gives {describe_outcome(breach.outcome)} "
        f"({breach.testers} of {breach.readings} readings are against it). An example would settle it"
    )
