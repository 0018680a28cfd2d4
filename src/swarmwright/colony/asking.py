"""Asking a sandboxed process about a Unit: what it is sent, and a process that is there when it is asked."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Mapping
from typing import Any

from swarmwright.spec.printer import View, print_module
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.encoding import encode
from swarmwright.verify.ports import Limits, Sandbox, Session
from swarmwright.verify.values import Call


def modules_of(spec: Spec, bodies: Mapping[str, str], view: View = "delivered") -> dict[str, str]:
    """Return the source of every module by its name, with these bodies by the ids of their Units."""
    return {module.name: print_module(module, bodies, view=view) for module in spec.modules}


def arguments_of(call: Call, unit: Unit) -> list[Any] | None:
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


class Waiting:
    """A process that is started by the first request and by the first after a failure; it answers one at a time."""

    def __init__(self, sandbox: Sandbox, module: str, limits: Limits) -> None:
        """Take where it runs, the module it runs, and what it may use."""
        self._sandbox = sandbox
        self._module = module
        self._limits = limits
        self._session: Session | None = None
        self._lock = asyncio.Lock()

    async def request(self, message: Mapping[str, Any], *, timeout_s: float) -> dict[str, Any]:
        """Send a message and return the reply.

        Raises:
            SandboxDiedError: the process ended or did not answer in time; the next request starts another.
        """
        async with self._lock:
            if self._session is None:
                self._session = await self._sandbox.start(self._module, limits=self._limits)
            try:
                return await self._session.request(message, timeout_s=timeout_s)
            except BaseException:
                # A question that was broken off would leave its reply in the pipe for the next one.
                await self._end()
                raise

    async def close(self) -> None:
        """End the process."""
        async with self._lock:
            await self._end()

    async def _end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()
