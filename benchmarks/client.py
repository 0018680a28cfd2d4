"""Calls a second and core of the model client, beside plain baselines, against a local stub.

    python benchmarks/client.py [--calls 5000] [--at-once 32]

The stub is a process of its own that answers every POST with the same bytes. What is counted is the
client's own processor time, so a busy machine and the stub's share do not matter much.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable

import aiohttp

from swarmwright.adapters.openai import Capabilities, Endpoint, OpenAIModel
from swarmwright.agents.ports import Message, ModelRequest, Sampling

ANSWER = json.dumps(
    {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "stub",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "    return value + 1\n" * 12},
                "finish_reason": "stop",
                "logprobs": None,
            }
        ],
        "usage": {"prompt_tokens": 400, "completion_tokens": 80, "total_tokens": 480},
        "system_fingerprint": "fp",
    }
).encode()
REPLY = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + str(len(ANSWER)).encode() + b"\r\n\r\n"
) + ANSWER
MESSAGES = (Message("system", "You write Python."), Message("user", "def double(value: int) -> int:\n" * 40))


class Stub(asyncio.Protocol):
    """Answers every request with the same bytes; reads no more of it than it must."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (head := self.buffer.find(b"\r\n\r\n")) >= 0:
            place = self.buffer.lower().find(b"content-length:", 0, head)
            length = int(self.buffer[place + 15 : self.buffer.find(b"\r\n", place)])
            if len(self.buffer) < head + 4 + length:
                return
            self.buffer = self.buffer[head + 4 + length :]
            self.transport.write(REPLY)


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Stub, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


async def in_parallel(calls: int, at_once: int, call: Callable[[int], Awaitable[object]]) -> None:
    numbers = iter(range(calls))

    async def puller() -> None:
        for number in numbers:
            await call(number)

    await asyncio.gather(*(puller() for _ in range(at_once)))


async def ours(url: str, calls: int, at_once: int) -> None:
    model = OpenAIModel(Endpoint("stub", url, "stub", concurrency=at_once), capabilities=Capabilities())
    sampling = Sampling(temperature=0.8, max_tokens=200, stop=("\n```", "\ndef "))
    await in_parallel(calls, at_once, lambda number: model.complete(ModelRequest(MESSAGES, sampling, number, 1)))
    await model.close()


def plain_body(number: int) -> dict[str, object]:
    messages = [{"role": message.role, "content": message.content} for message in MESSAGES]
    return {"model": "stub", "messages": messages, "temperature": 0.8, "max_tokens": 200, "seed": number}


async def with_aiohttp_and_json(url: str, calls: int, at_once: int) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def call(number: int) -> str:
            async with session.post(f"{url}/chat/completions", json=plain_body(number)) as reply:
                return str((await reply.json())["choices"][0]["message"]["content"])

        await in_parallel(calls, at_once, call)


async def with_urllib(url: str, calls: int, _at_once: int) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    headers = {"Content-Type": "application/json"}
    for number in range(calls):
        body = json.dumps(plain_body(number)).encode()
        request = urllib.request.Request(f"{url}/chat/completions", body, headers)
        # urllib knows no kept connections; the stub would wait for the next request.
        with opener.open(request, timeout=10) as reply:
            json.loads(reply.read())["choices"][0]["message"]["content"]


def measured(run: Callable[[str, int, int], Awaitable[None]], url: str, calls: int, at_once: int) -> float:
    """Return calls a second of processor time, the better of two runs."""
    best = 0.0
    for _ in range(2):
        began = time.process_time()
        asyncio.run(run(url, calls, at_once))
        best = max(best, calls / (time.process_time() - began))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=5000)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve())
        return
    with subprocess.Popen(
        [sys.executable, __file__, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as stub:
        url = f"http://127.0.0.1:{stub.stdout.readline().strip()}/v1"
        runs = {"swarmwright": ours, "aiohttp and json": with_aiohttp_and_json, "urllib": with_urllib}
        speeds = {name: measured(run, url, options.calls, options.at_once) for name, run in runs.items()}
        stub.stdin.close()
    for name, speed in speeds.items():
        print(f"{name:18} {speed:8,.0f} calls/s/core   swarmwright is x {speeds['swarmwright'] / speed:.2f}")


if __name__ == "__main__":
    main()
