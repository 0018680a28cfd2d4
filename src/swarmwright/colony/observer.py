"""The observer: tells what kinds the expressions of a body give on its Unit's inputs, from a sandboxed process."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from swarmwright.colony.expressions import Seen, instrument, parse_body, places
from swarmwright.errors import SandboxDiedError
from swarmwright.spec.printer import print_module
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.encoding import encode
from swarmwright.verify.ports import Limits, Sandbox, Session
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
        self._sandbox = sandbox
        self._session: Session | None = None
        self._lock = asyncio.Lock()
        self._known: dict[tuple[str, str], Seen] = {}

    async def close(self) -> None:
        """End the process."""
        async with self._lock:
            await self._end()

    async def _end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

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
            "modules": self._modules(unit, instrument(body), callees),
            "module": unit.module,
            "unit": unit.name,
            "inputs": [row for call in inputs[:_MOST_CALLS] if (row := _arguments(call, unit)) is not None],
            "count": len(list(places(tree))),
        }
        async with self._lock:
            try:
                if self._session is None:
                    self._session = await self._sandbox.start(MODULE, limits=_LIMITS)
                reply = await self._session.request(request, timeout_s=_TIMEOUT_S)
            except SandboxDiedError:
                await self._end()
                return Seen(unit.id, body, names, ())
            except BaseException:
                await self._end()
                raise
        return Seen(unit.id, body, names, tuple(map(str, reply.get("kinds", ()))))

    def _modules(self, unit: Unit, body: str, callees: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for module in self._spec.modules:
            own = {name: one for name, one in callees.items() if name.rpartition(".")[0] == module.name}
            if module.name == unit.module:
                own[unit.id] = body
            found[module.name] = print_module(module, own, view="bare")
        return found


def _arguments(call: Call, unit: Unit) -> list[Any] | None:
    """Return a call's arguments in the order of the parameters; None where a default is no plain literal."""
    named = dict(call.kwargs)
    found = list(call.args)
    for parameter in unit.parameters[len(call.args) :]:
        if parameter.name in named:
            found.append(named[parameter.name])
            continue
        try:
            found.append(encode(ast.literal_eval(parameter.default or "")))
        except (ValueError, SyntaxError):
            return None
    return found if len(found) == len(unit.parameters) else None
