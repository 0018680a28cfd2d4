"""The parent's side of the judge: a warm session that is started again where it died."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from swarmwright.errors import SandboxDiedError
from swarmwright.spec.printer import print_module
from swarmwright.spec.values import Example, Spec, Unit
from swarmwright.verify.execution import Executor
from swarmwright.verify.ports import Limits, Sandbox, Session
from swarmwright.verify.values import Call, Outcome

MODULE = "swarmwright.verify.inside.judge"
_LIMITS = Limits(wall_s=24 * 3600.0, cpu_s=24 * 3600.0, memory_bytes=2 << 30)
_ROUNDS = 120
_MOST_ANSWERS = 20_000
_AFTER = "_swarmwright_after_"
_KEPT_TEXTS = 256
_IN_PLACE = re.compile(r"\bin[ -]place\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(not|never|no|nothing|without|rather than|instead of)\b[^.;]*$|n't\b[^.;]*$", re.IGNORECASE)


def is_in_place(unit: Unit) -> bool:
    """Tell whether a Unit is meant to change its arguments: it returns nothing, or its prose says so, not denied."""
    return unit.returns == "None" or any(not _DENIAL.search(before) for before in _IN_PLACE.split(unit.prose)[:-1])


def to_call(data: Sequence[Any]) -> Call:
    """Return the judge's ``[unit, args, kwargs]`` as a Call."""
    return Call(data[0], tuple(data[1]), tuple((name, value) for name, value in data[2]))


def from_call(call: Call) -> list[Any]:
    """Return a Call as the judge reads it."""
    return [call.unit, list(call.args), [list(pair) for pair in call.kwargs]]


def from_outcome(outcome: Outcome) -> dict[str, Any]:
    """Return an Outcome as the judge reads it."""
    return {"kind": outcome.kind, "value": outcome.value, "error": outcome.error, "detail": outcome.detail}


def from_example(example: Example) -> dict[str, Any]:
    """Return an Example as the judge reads it."""
    return {"setup": list(example.setup), "source": example.source, "want": example.want, "raises": example.raises}


def load_request(spec: Spec) -> dict[str, Any]:
    """Return the judge's first request: everything it has to know of a specification."""
    units = spec.units()
    return {
        "op": "load",
        "modules": {module.name: module.source for module in spec.modules},
        "units": [unit.id for unit in units],
        "laws": [law.id for law in spec.laws()],
        "conditions": {unit.id: [c.condition for c in unit.contracts if c.kind == "require"] for unit in units},
        "in_place": [unit.id for unit in units if is_in_place(unit)],
    }


class LoadFailure(msgspec.Struct, frozen=True):
    """Why and where the specification does not import."""

    message: str
    module: str
    line: int


class Judging:
    """One specification in a judge, and the candidate process that answers for its Units."""

    def __init__(self, spec: Spec, sandbox: Sandbox, executor: Executor) -> None:
        """Use ``open``; the judge is started by the first question."""
        self._spec = spec
        self._sandbox = sandbox
        self._executor = executor
        self._session: Session | None = None
        self._lock = asyncio.Lock()
        self._texts: dict[bytes, str] = {}
        self.failure: LoadFailure | None = None
        self.in_place = frozenset(unit.id for unit in spec.units() if is_in_place(unit))

    async def start(self) -> None:
        """Start the judge and load the specification; where that fails, ``failure`` says why."""
        self._session = await self._sandbox.start(MODULE, limits=_LIMITS, hash_seed=0)
        reply = await self._session.request(load_request(self._spec), timeout_s=60.0)
        if "error" in reply:
            self.failure = LoadFailure(reply["error"], reply.get("module", ""), reply.get("line", 1))

    async def close(self) -> None:
        """End the judge."""
        async with self._lock:
            await self._end()

    async def _end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def ask(self, op: str, *, timeout_s: float = 60.0, **fields: Any) -> dict[str, Any]:
        """Return the judge's reply; one with ``error`` where it cannot answer (or died over the question)."""
        async with self._lock:
            if self._session is None:
                await self.start()
            if self.failure is not None or self._session is None:
                return {"error": self.failure.message if self.failure else "the judge is closed"}
            try:
                return await self._session.request({"op": op, **fields}, timeout_s=timeout_s)
            except SandboxDiedError as error:
                await self._end()
                return {"error": f"the judge ended over this question: {error}"}
            except BaseException:
                # A question that was broken off would leave its reply in the pipe for the next one.
                await self._end()
                raise

    async def settle(self, op: str, bodies: Mapping[str, str], *, cpu_s: float = 2.0, **fields: Any) -> dict[str, Any]:
        """Ask, have the calls it needs made with these bodies, and ask again until nothing is needed.

        Where the rounds do not end, the last reply is returned, its unanswered parts still saying "needs".
        """
        answers: dict[bytes, tuple[Any, Any]] = {}
        reply: dict[str, Any] = {}
        for _ in range(_ROUNDS):
            reply = await self.ask(op, answers=list(answers.values()), **fields)
            wanted = [to_call(need) for need in reply.get("needs", ())]
            new = [call for call in wanted if call.unit in bodies and msgspec.json.encode(call) not in answers]
            if not new or len(answers) > _MOST_ANSWERS:
                return reply
            for call, outcome in zip(new, await self.run(bodies, new, cpu_s=cpu_s), strict=True):
                answers[msgspec.json.encode(call)] = (from_call(call), from_outcome(outcome))
        return reply

    async def run(
        self, bodies: Mapping[str, str], calls: Sequence[Call], *, seed_index: int = 0, cpu_s: float = 2.0
    ) -> tuple[Outcome, ...]:
        """Make calls with these bodies; a Unit that works in place answers with (result, arguments afterwards)."""
        if not calls:
            return ()
        redirected = [self._redirect(call) for call in calls]
        outcomes = await self._executor.run(self.modules(bodies), redirected, seed_index=seed_index, cpu_s=cpu_s)
        return tuple(
            msgspec.structs.replace(outcome, changed=False) if call.unit in self.in_place else outcome
            for call, outcome in zip(calls, outcomes, strict=True)
        )

    def _redirect(self, call: Call) -> Call:
        if call.unit not in self.in_place:
            return call
        module, _, name = call.unit.rpartition(".")
        return Call(f"{module}.{_AFTER}{name}", call.args, call.kwargs)

    def modules(self, bodies: Mapping[str, str]) -> dict[str, str]:
        """Return what the candidate process loads: every module bare, with these bodies."""
        printed = {}
        for module in self._spec.modules:
            own = {unit: body for unit, body in bodies.items() if unit.rpartition(".")[0] == module.name}
            key = hashlib.sha256(msgspec.json.encode([module.name, sorted(own.items())])).digest()
            if key not in self._texts:
                if len(self._texts) >= _KEPT_TEXTS:
                    self._texts.pop(next(iter(self._texts)))
                self._texts[key] = print_module(module, own, view="bare") + self._wrappers(module.name)
            printed[module.name] = self._texts[key]
        return printed

    def _wrappers(self, module: str) -> str:
        """Return functions that call the Units working in place and hand back their arguments too."""
        names = sorted(unit.rpartition(".")[2] for unit in self.in_place if unit.rpartition(".")[0] == module)
        return "".join(
            f"\n\ndef {_AFTER}{name}(*args, **kwargs):\n"
            f"    result = {name}(*args, **kwargs)\n"
            f"    return result, (*args, *kwargs.values())\n"
            for name in names
        )
