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
"""A search for a smaller difference is made beside so many rivals, at the same time."""
_LONG_CALL = 32


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
        broken, different = await asyncio.gather(
            self._broken(contest), self._unlike(contest, twin, self._effort.difference_s)
        )
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

    async def _unlike(self, contest: Contest, other: str | None, search_s: float) -> tuple[Call, ...]:
        """Look for inputs on which another candidate differs; each is still to be replayed."""
        if other is None:
            return ()
        return await search_difference(
            self._sandbox, self._spec, contest.unit, contest.winner, other, contest.callees, search_s=search_s
        )

    async def beside_rivals(self, contest: Contest) -> Beside:
        """Show, for each rival behaviour, the smallest input on which it differs from the winner.

        Rivals that satisfy the specification differ on the epoch's inputs. Where the smallest of those is long, a
        search may find a smaller one; what it finds is replayed.
        """
        known = await self._known_splits(contest)
        long = [rival for rival, split in known.items() if split is None or len(split.call) > _LONG_CALL]
        searched = long[:MOST_RIVALS_SEARCHED]
        found = await asyncio.gather(*(self._unlike(contest, rival, self._effort.rival_s) for rival in searched))
        checks: list[CheckResult] = []
        for rival, calls in zip(searched, found, strict=True):
            valid = await self._examiner.valid(contest.unit.id, calls) if calls else ()
            new, old = await self._split(contest, rival, valid), known[rival]
            said = f"replayed: {new.call} gives {new.left}, not {new.right}" if new else "found no input"
            checks.append(CheckResult("CrossHair: diffbehavior, a rival", Verdict.UNKNOWN, detail=said))
            if new is not None and (old is None or len(new.call) < len(old.call)):
                known[rival] = new
        return Beside(tuple(split for split in known.values() if split is not None), tuple(checks))

    async def _known_splits(self, contest: Contest) -> dict[str, Separation | None]:
        """Return, for each rival, the smallest input of the epoch on which it differs from the winner."""
        unit_id, calls = contest.unit.id, contest.inputs.calls
        known: dict[str, Separation | None] = {}
        mine = await outcomes_of(self._examiner, contest, contest.winner, calls) if contest.rivals else ()
        for rival in contest.rivals:
            theirs = await outcomes_of(self._examiner, contest, rival, calls)
            split = smallest_split(self._examiner, unit_id, calls, mine, theirs)
            split = split or first_split(self._examiner, unit_id, calls, mine, theirs)
            known[rival] = split[1] if split else None
        return known

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
