"""The model port: one suite for the adapter on every fake endpoint, the recorder, and the simulated model."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from model_port import CHECKS

from swarmwright.adapters.openai import BreakerSettings, Endpoint, OpenAIModel, Retries
from swarmwright.agents.ports import Model
from swarmwright.agents.replay import RecordedModel
from swarmwright.simulate.clock import JumpingClock
from swarmwright.simulate.endpoints import (
    Busy,
    Careless,
    FakeEndpoint,
    Garbage,
    Habit,
    OneAnswer,
    OneCounted,
    Plain,
    Strict,
)
from swarmwright.simulate.model import SimulatedModel

Subject = Callable[[], AbstractAsyncContextManager[Model]]


class KeptInMemory:
    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        return self.kept.get(key)

    def put(self, items: Sequence[tuple[bytes, bytes]]) -> None:
        self.kept.update(items)

    def close(self) -> None:
        """Nothing to release."""


def on(habit: Callable[[], Habit], **settings: object) -> Subject:
    @asynccontextmanager
    async def subject() -> AsyncIterator[Model]:
        async with FakeEndpoint(habit()) as server:
            endpoint = Endpoint("fake", server.base_url, "fake", concurrency=4, timeout_s=20.0, **settings)
            model = OpenAIModel(
                endpoint,
                clock=JumpingClock(),
                rng=random.Random(1),
                retries=Retries(attempts=40),
                breaker=BreakerSettings(failures=1000),
            )
            try:
                yield model
            finally:
                await model.close()

    return subject


@asynccontextmanager
async def simulated() -> AsyncIterator[Model]:
    yield SimulatedModel({"fake": "return value + 1\n"}, seed=3, latency_s=(0.0, 2.0), clock=JumpingClock())


@asynccontextmanager
async def recorded() -> AsyncIterator[Model]:
    async with simulated() as model:
        yield RecordedModel(model, KeptInMemory())


@asynccontextmanager
async def recorded_twice() -> AsyncIterator[Model]:
    store = KeptInMemory()
    async with simulated() as model:
        yield RecordedModel(RecordedModel(model, store), store)


SUBJECTS: dict[str, Subject] = {
    "plain": on(Plain),
    "plain, at most three at once": on(Plain, max_n=3),
    "plain, paced": on(Plain, requests_per_minute=60, tokens_per_minute=6000),
    "one answer": on(OneAnswer),
    "strict": on(Strict),
    "busy": on(Busy),
    "garbage": on(Garbage),
    "careless": on(Careless),
    "one counted": on(OneCounted),
    "simulated": simulated,
    "recorded": recorded,
    "recorded twice": recorded_twice,
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_model(subject: Subject, check: Callable[[Model], Awaitable[None]]) -> None:
    async def main() -> None:
        async with subject() as model:
            await check(model)

    asyncio.run(main())
