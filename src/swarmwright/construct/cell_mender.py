"""The mender by cells as the crew asks it: what the colony's process finds is examined as candidates are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from swarmwright.colony.efforts import CellEffort
from swarmwright.colony.menders import CellMend, CellMender
from swarmwright.construct.mender import Basis, Mend, in_turns
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.static import find_flag
from swarmwright.verify.values import Candidate, InputSet

CELLS = "cells"
"""The capability of a mender that takes proposals apart into cells."""
_MOST_BASES = 10
_MOST_EXAMINED = 24
_EXAMINE_CPU_S = 0.3


class CellMending:
    """Mends the refuted proposals of one specification's Units by their cells."""

    def __init__(self, spec: Spec, examiner: Examiner, mender: CellMender, effort: CellEffort | None = None) -> None:
        """Take the specification, what examines, what mends in a process of its own, and how far that goes."""
        self._spec = spec
        self._examiner = examiner
        self._mender = mender
        self._effort = effort or CellEffort()

    async def mend(
        self, unit: Unit, bases: Sequence[Basis], inputs: InputSet, callees: Mapping[str, str], *, count: int
    ) -> tuple[Mend, ...]:
        """Return at most ``count`` mended bodies, at most one for each basis and behaviour.

        A basis that was not tried to the end gives none: its rivals may have been missed. The behaviours with most
        bases come first, and each has its turn before one has its second.

        Args:
            unit: the Unit.
            bases: its refuted proposals; those that say the same count once.
            inputs: the epoch's valid inputs, on which behaviours are told apart.
            callees: bodies of the Units it may call, by id.
            count: the most to return.
        """
        scoring = await self._examiner.scoring(unit.id, inputs, callees)
        found: dict[bytes, list[Mend]] = {}
        keys: dict[str, bytes | None] = {}
        for basis in list({one.body: one for one in reversed(bases)}.values())[::-1][:_MOST_BASES]:
            mended = await self._mender.mend(unit, basis.body, scoring.examples, inputs.calls, callees, self._effort)
            for one in mended.found if mended.complete else ():
                if one.body not in keys and len(keys) < _MOST_EXAMINED:
                    keys[one.body] = await self._key(unit, one.body, inputs, callees)
                key = keys.get(one.body)
                if key is not None and all(other.sample != basis.sample for other in found.get(key, ())):
                    found.setdefault(key, []).append(Mend(basis.sample, one.body, (_said(one),), key))
        return tuple(in_turns(sorted(found.values(), key=len, reverse=True))[:count])

    async def _key(self, unit: Unit, body: str, inputs: InputSet, callees: Mapping[str, str]) -> bytes | None:
        if find_flag(self._spec, unit, body) is not None:
            return None
        seen = await self._examiner.examine(Candidate(unit.id, body), inputs, callees, cpu_s=_EXAMINE_CPU_S)
        return seen.key


def _said(one: CellMend) -> str:
    """Say what was replaced, and by which agent."""
    if not one.line:
        return one.what
    trail = ", ".join(one.trail) or "a name or a literal"
    return f"line {one.line}, {one.kind}: {one.what} (agent: {trail})"
