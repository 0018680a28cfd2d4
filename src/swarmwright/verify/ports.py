"""The sandbox as ``verify`` sees it: sessions that answer requests, and jobs that run to their end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """What a sandboxed process may use; times in seconds, sizes in bytes."""

    wall_s: float = 120.0
    cpu_s: float = 60.0
    memory_bytes: int = 1 << 30
    file_bytes: int = 16 << 20
    output_bytes: int = 16 << 20
    processes: int = 32


class Job(msgspec.Struct, frozen=True):
    """A program to run once in a fresh sandbox.

    ``arguments`` follow the Python interpreter (``("-m", "pytest", "-q")``); ``files`` are written into the
    sandbox's own working folder beforehand, paths relative to it; ``collect`` are files of that folder to
    return.
    """

    arguments: tuple[str, ...]
    files: Mapping[str, bytes] = {}
    collect: tuple[str, ...] = ()
    limits: Limits = Limits()
    hash_seed: int = 0
    stdin: bytes = b""


class JobResult(msgspec.Struct, frozen=True):
    """How a Job ended; output beyond the limit is cut. ``exit_code`` is -signal where a signal ended it."""

    exit_code: int
    stdout: bytes
    stderr: bytes
    timed_out: bool
    files: Mapping[str, bytes] = {}


class Session(Protocol):
    """A warm sandboxed process that answers one request at a time with one reply (both JSON objects)."""

    async def request(self, message: Mapping[str, Any], *, timeout_s: float) -> dict[str, Any]:
        """Send a message and return the reply.

        Raises:
            SandboxDiedError: it ended, broke the protocol or did not answer in time; it is dead then.
        """
        ...

    async def close(self) -> None:
        """End the process and everything it started."""
        ...


class Sandbox(Protocol):
    """A way to isolate generated code: no network, no home, no writes outside its own folder, limits."""

    @property
    def name(self) -> str:
        """The tier's name: ``bubblewrap``, ``unshare`` or ``weak``."""
        ...

    async def start(self, module: str, *, limits: Limits, hash_seed: int = 0, options: Sequence[str] = ()) -> Session:
        """Start ``python -m module options`` as a warm session (``swarmwright.verify.inside.*``)."""
        ...

    async def run(self, job: Job) -> JobResult:
        """Run a Job in a fresh sandbox and return how it ended."""
        ...
