"""Whether the exceptions of the prose left any trace in a winner, or it is what everybody remembers anyway.

A version that was written from the name and the first sentence alone shows what the model remembers of such a function.
A winner that does the same on all inputs may be right: but nothing shows that anybody read what makes the function
special, and no vote can, since all voters remember alike.
"""

from __future__ import annotations

from swarmwright.spec.sentences import exceptions
from swarmwright.verify.contest import PLAIN, Contest, outcomes_of
from swarmwright.verify.examine import Examiner
from swarmwright.verify.values import CheckResult, Verdict

TRACES = "traces of exceptions"
_MOST_INPUTS = 150


async def look_for_traces(examiner: Examiner, contest: Contest) -> list[CheckResult]:
    """Compare a winner with versions that do not know the exceptions; none where there are none of either.

    A Unit whose evidence may be ``tested`` needs no trace: whoever wrote that has agreed to trust the votes.
    """
    said = exceptions(contest.unit)
    if not contest.untold or not said:
        return []
    calls = contest.inputs.calls[:_MOST_INPUTS]
    mine = await outcomes_of(examiner, contest, contest.winner, calls)
    for body in contest.untold:
        theirs = await outcomes_of(examiner, contest, body, calls)
        pairs = list(zip(mine, theirs, strict=True))
        if all(b.kind in PLAIN and examiner.same(contest.unit.id, a, b) for a, b in pairs):
            verdict = Verdict.TESTED if contest.unit.evidence == "tested" else Verdict.UNKNOWN
            detail = (
                f"the prose says {said[0]!r}, and a version written from the first sentence alone does the "
                "same everywhere: nothing shows that it was read. An example in which it matters would settle it "
                "(or 'Evidence: tested' in the docstring, to trust the votes)"
            )
            return [CheckResult(TRACES, verdict, len(calls), detail=detail)]
    return [CheckResult(TRACES, Verdict.TESTED, len(calls), detail="a version that does not know them differs")]
