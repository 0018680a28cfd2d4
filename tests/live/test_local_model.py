"""The real local model behind the real client: the port's own suite, begun answers, and the end of the child."""

from __future__ import annotations

import asyncio
import os
import select
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from swarmwright.adapters.hub import fetch, find_model
from swarmwright.adapters.llamacpp import LocalServer, start_local
from swarmwright.adapters.openai import Endpoint, OpenAIModel
from swarmwright.agents.answers import ReadBody, read_body
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import ModelRequest, Sampling
from swarmwright.agents.prompts import compose
from swarmwright.agents.roster import load_archetypes
from swarmwright.errors import EndpointError
from swarmwright.spec.values import Example, Location, Parameter, Unit

pytestmark = [pytest.mark.live, pytest.mark.slow]

HERE = Location("m.py", 1, 1)
STUB = '''def largest(xs: list[int]) -> int:
    """Return the largest number of a list, or 0 where it is empty.

    >>> largest([3, 9, 4])
    9
    """
    ...
'''
UNIT = Unit(
    module="m", name="largest", parameters=(Parameter("xs", "list[int]", "positional_or_keyword", None),),
    returns="int", docstring="", prose="", examples=(Example((), "largest([3, 9, 4])\n", "9\n", None, HERE),),
    contracts=(), decorators=(), uses=(), checked_with=(), evidence="standard",
    head="def largest(xs: list[int]) -> int:", source=STUB, location=HERE,
)  # fmt: skip
SLOTS = 4


@pytest.fixture(scope="module")
def small_model() -> Path:
    return fetch(find_model("qwen2.5-coder-0.5b"))


def with_model(path: Path, use: Callable[[OpenAIModel, LocalServer], Awaitable[None]]) -> None:
    async def run() -> None:
        async with await start_local(path, slots=SLOTS, context=1024) as server:
            endpoint = Endpoint(
                "local", server.base_url, "local", key=server.key, timeout_s=600.0, max_n=server.slots, concurrency=1
            )
            model = OpenAIModel(endpoint, clock=LoopClock())
            try:
                await server.check_health()
                await use(model, server)
            finally:
                await model.close()
        with pytest.raises(EndpointError, match="ended"):
            await server.check_health()

    asyncio.run(run())


def test_bodies_are_asked_for_in_one_request_and_can_be_read(small_model: Path) -> None:
    async def use(model: OpenAIModel, _: LocalServer) -> None:
        plain = load_archetypes()["coder-plain"]
        messages = compose(plain, spec_context="", unit=UNIT, stub=STUB)
        sampling = Sampling(temperature=0.7, max_tokens=128, stop=plain.stop, seed=5)
        answers = await model.complete(ModelRequest(messages, sampling, 0, SLOTS))
        assert [answer.sample for answer in answers] == [0, 1, 2, 3]
        read = [read_body(answer.text, UNIT, truncated=answer.finish == "length") for answer in answers]
        bodies = [each.body for each in read if isinstance(each, ReadBody)]
        assert len(bodies) >= SLOTS - 1, read
        assert all("def largest" not in answer.text and "9\n" not in answer.text for answer in answers)
        assert model.capabilities.prefill == "echo"
        again = await model.complete(ModelRequest(messages, sampling, 0, SLOTS))
        assert [answer.sample for answer in again] == [0, 1, 2, 3]

    with_model(small_model, use)


CRASHING = """
import asyncio, os, pathlib, signal, sys
from swarmwright.adapters.llamacpp import start_local

async def main():
    server = await start_local(pathlib.Path(sys.argv[1]), slots=1, context=256)
    print(server.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def test_the_server_dies_with_us_even_on_kill_9(small_model: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", CRASHING, str(small_model)], capture_output=True, text=True, timeout=300, check=False
    )
    assert killed.returncode == -9, killed.stderr
    child = int(killed.stdout)
    if hasattr(os, "pidfd_open"):
        try:
            descriptor = os.pidfd_open(child)
        except ProcessLookupError:
            return
        with os.fdopen(descriptor):
            ended, _, _ = select.select([descriptor], [], [], 30)
            assert ended, "the server still runs"
