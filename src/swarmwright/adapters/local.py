"""A local model as a Model: its server is started with the first request, and again if it died."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from swarmwright.adapters.capabilities import Capabilities
from swarmwright.adapters.llamacpp import LocalServer, start_local
from swarmwright.adapters.openai import Endpoint, OpenAIModel
from swarmwright.agents.clock import Clock
from swarmwright.agents.ports import Completion, ModelRequest


class LocalModel:
    """One GGUF file behind llama.cpp's server on loopback, through the same client as any endpoint."""

    def __init__(
        self,
        name: str,
        path: Path,
        *,
        digest: str,
        family: str,
        slots: int,
        threads: int,
        clock: Clock,
        note: Callable[[str, str], None] = lambda _topic, _text: None,
    ) -> None:
        """Take what the server will need; nothing is started yet."""
        self.name = name
        self.digest = digest
        self.family = family
        self.concurrency = 1
        self._path = path
        self._slots = slots
        self._threads = threads
        self._clock = clock
        self._note = note
        self._server: LocalServer | None = None
        self._client: OpenAIModel | None = None
        self._starting = asyncio.Lock()

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return completions as the Model port says, starting the server if need be.

        Raises:
            ModelFileError: llama.cpp is missing or cannot load the file.
            EndpointError: the server does not answer.
        """
        client = await self._ready()
        return await client.complete(request)

    async def close(self) -> None:
        """End the server."""
        if self._client is not None:
            await self._client.close()
        if self._server is not None:
            await self._server.close()
        self._client = self._server = None

    async def _ready(self) -> OpenAIModel:
        async with self._starting:
            if self._server is not None and not self._server.alive:
                await self.close()
            if self._client is None:
                self._server = await start_local(self._path, slots=self._slots, threads=self._threads)
                known = Capabilities(most_choices=self._slots, prefill="echo", usage="one")
                self._client = OpenAIModel(
                    self._endpoint(self._server), capabilities=known, clock=self._clock, note=self._note
                )
            return self._client

    def _endpoint(self, server: LocalServer) -> Endpoint:
        return Endpoint(
            name=self.name,
            base_url=server.base_url,
            model=self.name,
            key=server.key,
            concurrency=self.concurrency,
            timeout_s=600.0,
            family=self.family,
            digest=self.digest,
            max_n=server.slots,
        )
