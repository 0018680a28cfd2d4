"""The smallest input on which two candidates differ: found among inputs drawn for both, then shrunk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from swarmwright.verify.describing import describe_call, describe_outcome
from swarmwright.verify.examine import Examiner
from swarmwright.verify.shrinking import size_of, smaller
from swarmwright.verify.values import Call, Candidate, Outcome, Separation
from swarmwright.verify.winner_inputs import literals_of

_BATCH = 100
_CPU_S = 0.5
"""Processor time for a call; whoever needs more shows no answer there, and is not tried again."""
_STEP = 60
"""How many smaller versions are tried at once."""
_MOST_SHRUNK = 1500


class Pair(msgspec.Struct, frozen=True):
    """Two candidates of one Unit, and the bodies of the Units they may call, by id."""

    left: Candidate
    right: Candidate
    callees: Mapping[str, str]


async def separate(
    examiner: Examiner, pair: Pair, *, tries: int, seed: int, known: Sequence[Call] = ()
) -> tuple[Call, Separation] | None:
    """Look for a valid input on which two candidates differ, as small as can be found.

    No input one step smaller (see ``shrinking``) separates them, unless there were too many to try.

    Args:
        examiner: of their specification.
        pair: the candidates.
        tries: how many inputs to draw at most, the candidates' own constants among them.
        seed: where to start; another one tries other inputs.
        known: valid inputs to try first; where one of them separates, nothing is drawn.
    """
    found = await _smallest(examiner, pair, known) or await _drawn(examiner, pair, tries, seed)
    return await shrink(examiner, pair, found[0]) if found is not None else None


async def shrink(examiner: Examiner, pair: Pair, call: Call) -> tuple[Call, Separation] | None:
    """Return a smaller input that separates the candidates, or this one; None where it does not separate them."""
    best = await _smallest(examiner, pair, [call])
    tried = 0
    while best is not None and tried < _MOST_SHRUNK:
        options = smaller(best[0])[: _MOST_SHRUNK - tried]
        tried += len(options)
        for start in range(0, len(options), _STEP):
            valid = await examiner.valid(pair.left.unit, options[start : start + _STEP], typed=True)
            less = await _smallest(examiner, pair, valid)
            if less is not None:
                best = less
                break
        else:
            break
    return best


async def _drawn(examiner: Examiner, pair: Pair, tries: int, seed: int) -> tuple[Call, Separation] | None:
    unit = pair.left.unit
    literals = literals_of((pair.left.body, pair.right.body))
    seen: set[bytes] = set()
    for batch in range(-(-tries // _BATCH)):
        drawn = await examiner.draw(unit, count=min(tries, _BATCH), seed=seed + batch + 1, literals=literals)
        new = {msgspec.json.encode(call): call for call in drawn.calls}
        found = await _smallest(examiner, pair, [call for key, call in new.items() if key not in seen])
        if found is not None:
            return found
        if drawn.exhausted:
            return None
        seen |= new.keys()
    return None


async def _smallest(examiner: Examiner, pair: Pair, calls: Sequence[Call]) -> tuple[Call, Separation] | None:
    """Return the smallest of the calls that separates the candidates, and how."""
    if not calls:
        return None
    left = await examiner.outcomes(pair.left, calls, pair.callees, cpu_s=_CPU_S)
    right = await examiner.outcomes(pair.right, calls, pair.callees, cpu_s=_CPU_S)
    split = [
        (size_of(call), call, one, other)
        for call, one, other in zip(calls, left, right, strict=True)
        if is_plain(one) and is_plain(other) and not examiner.same(pair.left.unit, one, other)
    ]
    if not split:
        return None
    _, call, one, other = min(split, key=lambda found: found[0])
    return call, Separation(describe_call(call), describe_outcome(one), describe_outcome(other))


def is_plain(outcome: Outcome) -> bool:
    """Tell whether a call came to a result or an error: only these can be shown as an answer."""
    return outcome.kind in ("value", "raise")
