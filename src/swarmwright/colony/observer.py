"""The observer: tells what kinds the expressions of a body give on its Unit's inputs, from a sandboxed process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from swarmwright.colony.asking import Waiting, arguments_of, modules_of
from swarmwright.colony.expressions import Seen, instrument, parse_body, places
from swarmwright.errors import SandboxDiedError
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.ports import Limits, Sandbox
from swarmwright.verify.values import Call

MODULE = "swarmwright.colony.inside.observing"
_LIMITS = Limits(wall_s=24 * 3600.0, cpu_s=24 * 3600.0, memory_bytes=2 << 30)
_TIMEOUT_S = 60.0
_MOST_CALLS = 40


class Observer:
    """Observes bodies of one specification; its process is started when it is first asked."""

    def __init__(self, spec: Spec, sandbox: Sandbox) -> None:
        """Take the specification and where to run."""
        self._spec = spec
        self._process = Waiting(sandbox, MODULE, _LIMITS)
        self._known: dict[tuple[str, str], Seen] = {}

    async def close(self) -> None:
        """End the process."""
        await self._process.close()

    async def observe(self, unit: Unit, body: str, inputs: Sequence[Call], callees: Mapping[str, str]) -> Seen:
        """Return a body with the kinds of what its expressions give; without kinds where it cannot be run.

        Args:
            unit: the Unit.
            body: one that satisfies its specification.
            inputs: valid calls.
            callees: bodies of the Units it may call, by id.
        """
        key = (unit.id, body)
        if key not in self._known:
            self._known[key] = await self._observed(unit, body, inputs, callees)
        return self._known[key]

    async def _observed(self, unit: Unit, body: str, inputs: Sequence[Call], callees: Mapping[str, str]) -> Seen:
        names = tuple(parameter.name for parameter in unit.parameters)
        tree = parse_body(body)
        if tree is None:
            return Seen(unit.id, body, names, ())
        request = {
            "modules": modules_of(self._spec, {**callees, unit.id: instrument(body)}, "bare"),
            "module": unit.module,
            "unit": unit.name,
            "inputs": [row for call in inputs[:_MOST_CALLS] if (row := arguments_of(call, unit)) is not None],
            "count": len(list(places(tree))),
        }
        try:
            reply = await self._process.request(request, timeout_s=_TIMEOUT_S)
        except SandboxDiedError:
            return Seen(unit.id, body, names, ())
        return Seen(unit.id, body, names, tuple(map(str, reply.get("kinds", ()))))
