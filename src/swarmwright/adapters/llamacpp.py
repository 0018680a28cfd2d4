"""The local model: llama.cpp's own server, started by us on loopback as a child that dies with us."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import secrets
import sys
from pathlib import Path
from typing import Self

import msgspec

from swarmwright.adapters.llamacpp_server import Ready, ServerOptions
from swarmwright.errors import EndpointError, ModelFileError

START_TIMEOUT_S = 180.0
"""How long loading a model may take before it counts as failed (a cold disk reads a gigabyte)."""
_STOP_TIMEOUT_S = 5.0
_QUIET = 1


def is_installed() -> bool:
    """Say whether the llama.cpp wheels are there, without importing them."""
    return importlib.util.find_spec("xllamacpp") is not None


class LocalServer:
    """A running server. Use as an async context manager, or call ``close``; it also dies with this process."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, key: str, options: ServerOptions) -> None:
        """Take the child and what it said; ``start_local`` makes these."""
        self._process = process
        self.port = port
        self.key = key
        self.slots = options.slots
        self.path = Path(options.path)

    @property
    def base_url(self) -> str:
        """Where an OpenAI-compatible client finds it."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.returncode is None

    async def check_health(self) -> None:
        """Ask the server whether it can answer.

        Raises:
            EndpointError: the child has ended, or does not answer within five seconds.
        """
        if not self.alive:
            code = self._process.returncode
            raise EndpointError(f"The local model server ended (exit status {code}); start the command again.")
        try:
            async with asyncio.timeout(5):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                status = await reader.readline()
                writer.close()
        except (OSError, TimeoutError) as error:
            raise EndpointError("The local model server does not answer; start the command again.") from error
        if b" 200 " not in status:
            raise EndpointError(f"The local model server is not healthy: {status.decode('ascii', 'replace').strip()}.")

    async def close(self) -> None:
        """End the child; safe to call twice."""
        await _end(self._process)

    async def __aenter__(self) -> Self:
        """Return the server itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the child."""
        await self.close()


async def start_local(
    path: Path,
    *,
    slots: int = 8,
    threads: int = 0,
    context: int = 2048,
    batch: int = 512,
    timeout_s: float = START_TIMEOUT_S,
) -> LocalServer:
    """Start llama.cpp's server on a model file and wait until it is ready.

    Args:
        path: the GGUF file.
        slots: how many answers may be written at once (the largest ``n`` of a request).
        threads: how many threads compute; 0 for one for each core we may use.
        context: tokens of prompt and answer together, for one slot.
        batch: how many prompt tokens are read at once.
        timeout_s: how long loading may take.

    Raises:
        ModelFileError: the wheels are missing, or the file cannot be loaded.
    """
    if not is_installed():
        raise ModelFileError("The local model needs llama.cpp: pip install 'swarmwright[local]'.")
    if not await asyncio.to_thread(path.is_file):
        raise ModelFileError(f"{path}: there is no such model file; fetch it with 'swarmwright models pull'.")
    key = secrets.token_urlsafe(24)
    options = ServerOptions(
        path=str(path), key=key, slots=slots, threads=threads or usable_cores(), context=context, batch=batch,
        poll=0, unified=True, verbosity=_QUIET,
    )  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "swarmwright.adapters.llamacpp_server",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env=_environment(), start_new_session=True,
    )  # fmt: skip
    try:
        ready = await asyncio.wait_for(_introduce(process, options), timeout_s)
    except BaseException as error:
        await _end(process)
        if isinstance(error, TimeoutError):
            raise ModelFileError(f"{path}: loading took longer than {timeout_s:.0f} s.") from error
        raise
    if not ready.port:
        await _end(process)
        raise ModelFileError(f"{path}: llama.cpp cannot load it: {ready.error or 'it ended without a word'}.")
    return LocalServer(process, ready.port, key, options)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


async def _introduce(process: asyncio.subprocess.Process, options: ServerOptions) -> Ready:
    """Hand the options over and read the one line the child says."""
    if process.stdin is None or process.stdout is None:
        raise ModelFileError("The local model server has no pipes.")
    try:
        process.stdin.write(msgspec.json.encode(options) + b"\n")
        await process.stdin.drain()
        return msgspec.json.decode(await process.stdout.readline() or b"{}", type=Ready)
    except (BrokenPipeError, ConnectionResetError, msgspec.DecodeError) as error:
        return Ready(error=f"{type(error).__name__}: {error}")


def _environment() -> dict[str, str]:
    # Waiting threads must soon sleep: OpenMP's default is to spin long, and one other busy process on the same cores
    # then makes every token some thirty times slower. To sleep at once costs a quarter of the speed of a quiet machine.
    return {**os.environ, "GOMP_SPINCOUNT": "1000", "PYTHONUNBUFFERED": "1"}


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), _STOP_TIMEOUT_S)
    except TimeoutError:
        process.kill()
        await process.wait()
