"""A leader and those it is measured against: the values and comparisons that all steps of its verification share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from swarmwright.spec.values import Example, Unit
from swarmwright.verify.describing import describe_outcome, smallest
from swarmwright.verify.examine import CPU_S, Examiner
from swarmwright.verify.values import Call, Candidate, CheckResult, InputSet, Outcome, Separation, Stated

Findings = tuple[list[CheckResult], tuple[Call, ...]]
"""What one step found, and the inputs that every candidate must meet in the next epoch."""

PLAIN = ("value", "raise")
"""The kinds of outcome that can be compared; a time-out is no answer."""


class Effort(msgspec.Struct, frozen=True):
    """How hard to try: fresh inputs, mutants, and seconds.

    ``symbolic_s`` is for all postconditions of a Unit that CrossHair can explore to the end (whole numbers and
    truth values only), or that demands BOUNDED; ``glance_s`` for the others, where it can only hope to refute.
    ``difference_s`` is for a search for a difference from one twin, ``rival_s`` from one rival.
    """

    inputs: int = 300
    mutants: int = 24
    mutation_s: float = 6.0
    symbolic_s: float = 8.0
    glance_s: float = 2.0
    difference_s: float = 2.0
    rival_s: float = 1.5


class Contest(msgspec.Struct, frozen=True):
    """The winner, bodies that behaved the same so far (``twins``), one body of each rival behaviour, and callees.

    The rest comes from witnesses, who saw the specification and no candidate: inputs that testers ``offered``, what
    they ``expected`` of some, ``slow_versions``, versions by those who were ``untold`` of the prose's exceptions, and
    sentences of the prose that they ``stated`` as conditions.
    """

    unit: Unit
    winner: str
    twins: tuple[str, ...]
    rivals: tuple[str, ...]
    callees: Mapping[str, str]
    inputs: InputSet
    offered: tuple[Call, ...] = ()
    expected: tuple[Example, ...] = ()
    slow_versions: tuple[str, ...] = ()
    stated: tuple[Stated, ...] = ()
    untold: tuple[str, ...] = ()


async def outcomes_of(
    examiner: Examiner, contest: Contest, body: str, calls: Sequence[Call], *, cpu_s: float = CPU_S
) -> tuple[Outcome, ...]:
    """Return what a body of the contest's Unit does on the calls, ``cpu_s`` seconds of processor time for each."""
    return await examiner.outcomes(Candidate(contest.unit.id, body), calls, contest.callees, cpu_s=cpu_s)


def first_split(
    examiner: Examiner, unit_id: str, calls: Sequence[Call], left: Sequence[Outcome], right: Sequence[Outcome]
) -> tuple[Call, Separation] | None:
    """Return the first call on which two behaviours differ, and how; a time-out differs from everything."""
    for call, mine, other in zip(calls, left, right, strict=True):
        if not examiner.same(unit_id, mine, other):
            return call, Separation(examiner.describe_call(call), describe_outcome(mine), describe_outcome(other))
    return None


def smallest_split(
    examiner: Examiner, unit_id: str, calls: Sequence[Call], left: Sequence[Outcome], right: Sequence[Outcome]
) -> tuple[Call, Separation] | None:
    """Return the shortest call on which two behaviours give different results or errors, and how."""
    differing = [
        (call, number)
        for number, (call, mine, other) in enumerate(zip(calls, left, right, strict=True))
        if mine.kind in PLAIN and other.kind in PLAIN and not examiner.same(unit_id, mine, other)
    ]
    if not differing:
        return None
    number = smallest(differing)
    shown = (describe_outcome(side[number]) for side in (left, right))
    return calls[number], Separation(examiner.describe_call(calls[number]), *shown)
