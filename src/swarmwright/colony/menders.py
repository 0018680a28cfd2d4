"""Mending by cells as the crew sees it: a refuted body goes in, bodies that pass everything come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from swarmwright.colony.asking import Waiting, modules_of
from swarmwright.colony.efforts import CellEffort
from swarmwright.colony.grammar import Production, load_grammar
from swarmwright.colony.literals import literals_of
from swarmwright.errors import SandboxDiedError
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.hints import hints_of
from swarmwright.verify.ports import Limits, Sandbox
from swarmwright.verify.scoring import Probe
from swarmwright.verify.values import Call

MODULE = "swarmwright.colony.inside.mending"
_LIMITS = Limits(wall_s=24 * 3600.0, cpu_s=24 * 3600.0, memory_bytes=1 << 30)
_GRACE_S = 120.0
"""A busy machine gives a process less than a core."""
_MOST_INPUTS = 60


class CellMend(msgspec.Struct, frozen=True):
    """A body with a replaced cell: what was done in words, the cost, the cell's kind and line, and the agent's trail.

    ``kind`` is "edit" (``line`` 0) where it was a small edit and no agent.
    """

    body: str
    what: str
    cost: int
    kind: str
    line: int
    trail: tuple[str, ...]


class CellMended(msgspec.Struct, frozen=True):
    """What mending one body came to.

    Attributes:
        found: a body for each behaviour that passes everything, the cheapest first.
        runs: calls that were made.
        agents: agents that were computed.
        complete: whether everything was tried that the counts allow; where not, rivals may have been missed.
        cpu_s: processor time that it took, in seconds.
        reason: why nothing was tried ("": it was).
    """

    found: tuple[CellMend, ...] = ()
    runs: int = 0
    agents: int = 0
    complete: bool = False
    cpu_s: float = 0.0
    reason: str = ""


class CellMender:
    """Mends bodies of one specification's Units in a sandboxed process that is started when it is first asked."""

    def __init__(self, spec: Spec, sandbox: Sandbox, grammar: Sequence[Production] | None = None) -> None:
        """Take what is wanted and where to run; ``grammar`` is ours where none is given."""
        self._spec = spec
        self._grammar = grammar
        self._process = Waiting(sandbox, MODULE, _LIMITS)

    async def close(self) -> None:
        """End the process."""
        await self._process.close()

    async def mend(
        self,
        unit: Unit,
        body: str,
        examples: Sequence[Probe],
        inputs: Sequence[Call],
        callees: Mapping[str, str],
        effort: CellEffort | None = None,
    ) -> CellMended:
        """Return what one refuted body can be mended into.

        Args:
            unit: the Unit.
            body: the body as a model wrote it.
            examples: its Examples that are plain calls, each with what it gives.
            inputs: further valid calls.
            callees: bodies of the Units it may call, by id.
            effort: how far to go.
        """
        effort = effort or CellEffort()
        if not examples:
            return CellMended(reason="mending by cells needs examples that are plain calls")
        request = self._request(unit, body, examples, inputs, callees, effort)
        try:
            reply = await self._process.request(request, timeout_s=effort.cpu_s + _GRACE_S)
        except SandboxDiedError as error:
            return CellMended(reason=f"the mending process ended: {error}")
        if reply.get("reason") or "error" in reply:
            return CellMended(reason=str(reply.get("reason") or reply["error"]))
        return msgspec.convert(reply["mended"][0], CellMended)

    def _request(
        self,
        unit: Unit,
        body: str,
        examples: Sequence[Probe],
        inputs: Sequence[Call],
        callees: Mapping[str, str],
        effort: CellEffort,
    ) -> dict[str, Any]:
        if self._grammar is None:
            self._grammar = load_grammar()
        shown = {msgspec.json.encode((probe.call.args, probe.call.kwargs)) for probe in examples}
        fresh = [one for one in inputs if msgspec.json.encode((one.args, one.kwargs)) not in shown]
        return {
            "modules": modules_of(self._spec, callees),
            "unit": msgspec.to_builtins(unit),
            "hints": msgspec.to_builtins(hints_of(self._spec, unit)),
            "literals": [list(pair) for pair in literals_of(self._spec, unit)],
            "grammar": msgspec.to_builtins(self._grammar),
            "examples": [_example(probe) for probe in examples],
            "inputs": [_call(call) for call in fresh[:_MOST_INPUTS]],
            "bodies": [body],
            "effort": msgspec.to_builtins(effort),
        }


def _call(call: Call) -> dict[str, Any]:
    return {"args": list(call.args), "kwargs": [list(pair) for pair in call.kwargs]}


def _example(probe: Probe) -> dict[str, Any]:
    wanted = probe.wanted
    if wanted is None:
        return _call(probe.call)
    if wanted.kind == "value":
        return _call(probe.call) | {"wanted": [wanted.value]}
    return _call(probe.call) | {"raises": wanted.error}
