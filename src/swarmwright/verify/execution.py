"""The Executor: sends candidates and calls to warm candidate processes and returns what the calls did."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Self

from swarmwright.errors import SandboxDiedError
from swarmwright.verify.encoding import describe, is_opaque, is_well_formed
from swarmwright.verify.ports import Limits, Sandbox, Session
from swarmwright.verify.values import Call, Outcome

CANDIDATE = "swarmwright.verify.inside.candidate"
HASH_SEEDS = (0, 20011)
"""Two processes that hash text differently: what depends on the order of a set differs between them."""
BATCH = 250
MAX_RESULT_BYTES = 200_000
MEMORY_BYTES = 512 << 20
LIMITS = Limits(memory_bytes=MEMORY_BYTES + (256 << 20), file_bytes=1 << 20, output_bytes=64 << 20)


class Executor:
    """Runs candidates' functions on encoded arguments, in sandboxed processes that serve many candidates."""

    def __init__(self, sandbox: Sandbox, *, memory_bytes: int = MEMORY_BYTES) -> None:
        """Use that sandbox; processes start when they are first needed (or with ``open``)."""
        self._sandbox = sandbox
        self._memory_bytes = memory_bytes
        self._sessions: list[Session | None] = [None] * len(HASH_SEEDS)
        self._locks = [asyncio.Lock() for _ in HASH_SEEDS]

    @classmethod
    async def open(cls, sandbox: Sandbox, *, memory_bytes: int = MEMORY_BYTES) -> Self:
        """Start both processes.

        Args:
            sandbox: where candidates run.
            memory_bytes: address space of a candidate's process.

        Raises:
            SandboxDiedError: a process does not come up.
        """
        executor = cls(sandbox, memory_bytes=memory_bytes)
        try:
            await asyncio.gather(*(executor._ping(index) for index in range(len(HASH_SEEDS))))
        except BaseException:
            await executor.close()
            raise
        return executor

    async def _ping(self, index: int) -> None:
        async with self._locks[index]:
            session = await self._session(index)
            await session.request({"op": "ping"}, timeout_s=60.0)

    async def _session(self, index: int) -> Session:
        session = self._sessions[index]
        if session is None:
            session = await self._sandbox.start(CANDIDATE, limits=LIMITS, hash_seed=HASH_SEEDS[index])
            self._sessions[index] = session
        return session

    async def run(
        self, modules: Mapping[str, str], calls: Sequence[Call], *, seed_index: int = 0, cpu_s: float = 2.0
    ) -> tuple[Outcome, ...]:
        """Perform the calls, in order, on the given modules and return one Outcome each.

        Whatever the modules' code does ends in an Outcome: all are "died" where it cannot be loaded (the first
        line of ``detail`` says why). After three calls that hang or die the remaining ones are not tried.

        Args:
            modules: sources by dotted name.
            calls: whose ``unit`` is the dotted name of a function in one of the modules.
            seed_index: which of the two processes (0 or 1), each with its own hash seed.
            cpu_s: processor time a call may use, in seconds.

        Raises:
            SandboxDiedError: the sandbox itself cannot be started.
        """
        outcomes: list[Outcome] = []
        for first in range(0, len(calls), BATCH):
            batch = calls[first : first + BATCH]
            outcomes += await self._run_batch(modules, batch, seed_index, cpu_s)
        return tuple(outcomes)

    async def _run_batch(
        self, modules: Mapping[str, str], calls: Sequence[Call], seed_index: int, cpu_s: float
    ) -> list[Outcome]:
        total_cpu_s = max(20.0, 8 * cpu_s)
        request = {
            "op": "run",
            "modules": dict(modules),
            "calls": [[call.unit, call.args, call.kwargs] for call in calls],
            "cpu_s": cpu_s,
            "total_cpu_s": total_cpu_s,
            "memory_bytes": self._memory_bytes,
            "max_bytes": MAX_RESULT_BYTES,
        }
        async with self._locks[seed_index]:
            for _ in range(2):
                session = await self._session(seed_index)
                try:
                    reply = await session.request(request, timeout_s=60.0 + 10 * total_cpu_s)
                except SandboxDiedError as error:
                    self._sessions[seed_index] = None
                    detail = str(error)
                except BaseException:
                    self._sessions[seed_index] = None
                    await session.close()
                    raise
                else:
                    return read_outcomes(reply, len(calls))
        return [Outcome(kind="died", detail=f"the sandboxed process ended: {detail}")] * len(calls)

    async def close(self) -> None:
        """End both processes."""
        sessions = [session for session in self._sessions if session is not None]
        self._sessions = [None] * len(HASH_SEEDS)
        await asyncio.gather(*(session.close() for session in sessions))


def read_outcomes(reply: Mapping[str, Any], count: int) -> list[Outcome]:
    """Return the Outcomes of a reply; what is malformed is opaque, what is missing has died."""
    raw = reply.get("outcomes")
    outcomes = [_read_outcome(item) for item in raw[:count]] if isinstance(raw, list) else []
    missing = Outcome(kind="died", detail="the sandboxed process gave no answer")
    return outcomes + [missing] * (count - len(outcomes))


def _read_outcome(item: Any) -> Outcome:
    match item:
        case [
            "value" | "raise" | "timeout" | "opaque" | "died" as kind,
            value,
            str(error),
            bool(changed),
            cpu,
            str(detail),
        ]:
            if kind == "value" and not is_well_formed(value):
                return Outcome(kind="opaque", changed=changed, detail="malformed data")
            if kind == "value" and is_opaque(value):
                return Outcome(kind="opaque", value=value, changed=changed, detail=describe(value)[:200])
            return Outcome(kind=kind, value=value, error=error, changed=changed, cpu_ms=float(cpu), detail=detail)
    return Outcome(kind="died", detail="the sandboxed process gave no proper answer")
