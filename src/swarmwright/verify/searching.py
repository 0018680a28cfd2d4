"""CrossHair at work on a winner: broken postconditions, and differences from other candidates; all replayed."""

from __future__ import annotations

import ast
import asyncio

import msgspec

from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.contest import Contest, Effort, Findings, first_split, outcomes_of, smallest_split
from swarmwright.verify.examine import Examiner
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.symbolic import Search, search_contracts, search_difference
from swarmwright.verify.values import Call, Candidate, CheckResult, InputSet, Separation, Verdict

EXPLORABLE = frozenset({"int", "bool"})
"""Annotations of parameters that CrossHair has a chance to explore to the end."""
FOUND_A_DIFFERENCE = "found a difference"
POSTCONDITIONS = "CrossHair: postconditions"

MOST_RIVALS_SEARCHED = 2
"""A search for a smaller difference is made beside so many rivals."""


class Beside(msgspec.Struct, frozen=True):
    """The winner beside its rivals: an input for each that tells them apart, and what looked for it."""

    separations: tuple[Separation, ...]
    checks: tuple[CheckResult, ...]


class SymbolicSearch:
    """Searches around the winners of one specification."""

    def __init__(self, spec: Spec, sandbox: Sandbox, examiner: Examiner, effort: Effort) -> None:
        """Take what all winners share."""
        self._spec = spec
        self._sandbox = sandbox
        self._examiner = examiner
        self._effort = effort

    async def search(self, contest: Contest) -> Findings:
        """Search for a broken postcondition, and for a difference from a twin; both at once, each on a core."""
        twin = next((t for t in contest.twins if ast.dump(ast.parse(t)) != ast.dump(ast.parse(contest.winner))), None)
        broken, different = await asyncio.gather(self._broken(contest), self._unlike(contest, twin))
        checks: list[CheckResult] = []
        if broken is not None:
            checks.append(CheckResult(POSTCONDITIONS, broken.verdict, detail=broken.detail))
            if broken.suggestions and await self._replays_badly(contest, broken.suggestions):
                return [CheckResult(POSTCONDITIONS, Verdict.REFUTED, detail=broken.detail)], broken.suggestions
        if twin is not None:
            calls = await self._examiner.valid(contest.unit.id, different) if different else ()
            more = calls if await self._split(contest, twin, calls) else ()
            detail = FOUND_A_DIFFERENCE if more else "found no difference from a candidate that agrees"
            checks.append(CheckResult("CrossHair: diffbehavior", Verdict.UNKNOWN, detail=detail))
            return checks, more
        return checks, ()

    async def _broken(self, contest: Contest) -> Search | None:
        """Look for an input that breaks a postcondition; None where there is none to break."""
        bodies = {**contest.callees, contest.unit.id: contest.winner}
        missing = [name for name in contest.unit.checked_with if name not in bodies]
        if missing or not any(contract.kind == "ensure" for contract in contest.unit.contracts):
            return None
        return await search_contracts(
            self._sandbox, self._spec, contest.unit, bodies, search_s=self._seconds(contest.unit)
        )

    async def _unlike(self, contest: Contest, twin: str | None) -> tuple[Call, ...]:
        """Look for inputs on which another candidate of the same behaviour differs after all."""
        if twin is None:
            return ()
        return await search_difference(
            self._sandbox,
            self._spec,
            contest.unit,
            contest.winner,
            twin,
            contest.callees,
            search_s=self._effort.difference_s,
        )

    async def beside_rivals(self, contest: Contest) -> Beside:
        """Show, for each rival behaviour, the smallest input on which it differs from the winner.

        Rivals that satisfy the specification differ on the epoch's inputs; a search may find a smaller one.
        """
        calls = contest.inputs.calls
        mine = await outcomes_of(self._examiner, contest, contest.winner, calls) if contest.rivals else ()
        checks: list[CheckResult] = []
        shown: list[Separation] = []
        for number, rival in enumerate(contest.rivals):
            theirs = await outcomes_of(self._examiner, contest, rival, calls)
            split = smallest_split(self._examiner, contest.unit.id, calls, mine, theirs)
            split = split or first_split(self._examiner, contest.unit.id, calls, mine, theirs)
            if number < MOST_RIVALS_SEARCHED:
                found = await self._difference(contest, rival, self._effort.rival_s)
                smaller = await self._split(contest, rival, found)
                said = (
                    f"replayed: {smaller.call} gives {smaller.left}, not {smaller.right}" if smaller else "found none"
                )
                checks.append(CheckResult("CrossHair: diffbehavior, a rival", Verdict.UNKNOWN, detail=said))
                if smaller is not None and (split is None or len(smaller.call) < len(split[1].call)):
                    shown.append(smaller)
                    continue
            if split is not None:
                shown.append(split[1])
        return Beside(tuple(shown), tuple(checks))

    async def _difference(self, contest: Contest, other: str, search_s: float) -> tuple[Call, ...]:
        """Return the valid inputs that CrossHair suggests as a difference; each is still to be replayed."""
        found = await search_difference(
            self._sandbox, self._spec, contest.unit, contest.winner, other, contest.callees, search_s=search_s
        )
        return await self._examiner.valid(contest.unit.id, found) if found else ()

    def _seconds(self, unit: Unit) -> float:
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

    async def _split(self, contest: Contest, other: str, calls: tuple[Call, ...]) -> Separation | None:
        """Replay suggested inputs in plain CPython; return the smallest on which the two really differ."""
        if not calls:
            return None
        mine = await outcomes_of(self._examiner, contest, contest.winner, calls)
        theirs = await outcomes_of(self._examiner, contest, other, calls)
        split = smallest_split(self._examiner, contest.unit.id, calls, mine, theirs)
        return split[1] if split else None
