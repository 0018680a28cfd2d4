"""Record and replay: bought once, found by sample number, stored before returned."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.agents.ports import Completion, Message, ModelRequest, Sampling
from swarmwright.agents.replay import RecordedModel
from swarmwright.agents.requests import request_key
from swarmwright.errors import EndpointError
from swarmwright.simulate.clock import VirtualClock, run_virtual
from swarmwright.simulate.model import SimulatedModel

MESSAGES = (Message("user", "def f(x):"),)
SOLUTIONS = {"f": "return x + 1 if x > 0 else x - 1\n"}


class Kept:
    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}
        self.puts = 0

    def get(self, key: bytes) -> bytes | None:
        return self.kept.get(key)

    def put(self, items: Sequence[tuple[bytes, bytes]]) -> None:
        self.puts += 1
        self.kept.update(items)

    def close(self) -> None:
        """Nothing to release."""


class Counting(SimulatedModel):
    """The simulated model, noting what is bought."""

    def __init__(self, **more: object) -> None:
        super().__init__(SOLUTIONS, seed=1, clock=VirtualClock(), **more)
        self.bought: list[tuple[int, int]] = []

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        self.bought.append((request.first, request.count))
        return await super().complete(request)


def ask(first: int, count: int, **sampling: object) -> ModelRequest:
    return ModelRequest(MESSAGES, Sampling(temperature=0.8, **sampling), first, count)


def test_only_what_is_missing_is_bought_in_runs_of_neighbours() -> None:
    async def main() -> None:
        model, store = Counting(), Kept()
        recorded = RecordedModel(model, store)
        await recorded.complete(ask(2, 2))
        await recorded.complete(ask(6, 1))
        answers = await recorded.complete(ask(0, 9))
        assert model.bought == [(2, 2), (6, 1), (0, 2), (4, 2), (7, 2)]
        assert [answer.kept for answer in answers] == [i in (2, 3, 6) for i in range(9)]
        assert [answer.sample for answer in answers] == list(range(9))

    asyncio.run(main())


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), max_size=8))
def test_whatever_was_asked_before_no_sample_is_bought_twice_and_all_agree(asked: list[tuple[int, int]]) -> None:
    async def main() -> None:
        model, store = Counting(), Kept()
        recorded = RecordedModel(model, store)
        texts: dict[int, str] = {}
        for first, count in asked:
            for answer in await recorded.complete(ask(first, count)):
                assert texts.setdefault(answer.sample, answer.text) == answer.text
        bought = [sample for first, count in model.bought for sample in range(first, first + count)]
        assert sorted(bought) == sorted(texts)
        replayed = RecordedModel(Counting(), store, replay_only=True)
        for first, count in asked:
            answers = await replayed.complete(ask(first, count))
            assert [answer.text for answer in answers] == [texts[answer.sample] for answer in answers]
            assert all(answer.kept and answer.cost_usd == 0 and answer.seconds == 0 for answer in answers)

    asyncio.run(main())


def test_two_who_ask_at_once_buy_once() -> None:
    async def main() -> None:
        model = Counting(latency_s=(1.0, 5.0))
        recorded = RecordedModel(model, Kept())
        both = await asyncio.gather(recorded.complete(ask(0, 4)), recorded.complete(ask(2, 4)))
        assert model.bought == [(0, 4), (4, 2)]
        assert both[0][2].text == both[1][0].text

    run_virtual(main())


def test_a_buyer_who_is_cancelled_leaves_the_purchase_to_the_next() -> None:
    async def main() -> None:
        model = Counting(latency_s=(1.0, 1.0))
        recorded = RecordedModel(model, Kept())
        doomed = asyncio.ensure_future(recorded.complete(ask(0, 1)))
        waiting = asyncio.ensure_future(recorded.complete(ask(0, 1)))
        await asyncio.sleep(0.5)
        doomed.cancel()
        (answer,) = await waiting
        assert answer.sample == 0
        assert model.bought == [(0, 1), (0, 1)]

    run_virtual(main())


def test_what_was_paid_for_is_stored_though_another_run_fails() -> None:
    async def main() -> None:
        store = Kept()
        await RecordedModel(Counting(), store).complete(ask(2, 1))
        failing = Counting(outages=[(1, 2)])
        with pytest.raises(EndpointError):
            await RecordedModel(failing, store).complete(ask(0, 5))
        assert len(store.kept) == 3
        after = Counting()
        await RecordedModel(after, store).complete(ask(0, 5))
        assert after.bought == [(3, 2)]

    asyncio.run(main())


def test_a_replay_names_the_missing_sample() -> None:
    async def main() -> None:
        with pytest.raises(EndpointError, match="sample 3 of simulated was never recorded"):
            await RecordedModel(Counting(), Kept(), replay_only=True).complete(ask(3, 1))

    asyncio.run(main())


def test_a_damaged_answer_is_bought_again() -> None:
    async def main() -> None:
        model, store = Counting(), Kept()
        recorded = RecordedModel(model, store)
        (before,) = await recorded.complete(ask(0, 1))
        store.kept = {key: content[: len(content) // 2] for key, content in store.kept.items()}
        (after,) = await recorded.complete(ask(0, 1))
        assert after.text == before.text
        assert model.bought == [(0, 1), (0, 1)]

    asyncio.run(main())


def test_the_key_depends_on_everything_but_the_seed() -> None:
    sampling = Sampling(temperature=0.5, stop=("a",))
    base = request_key(MESSAGES, "model", sampling, 0)
    others = [
        request_key((Message("system", "def f(x):"),), "model", sampling, 0),
        request_key((*MESSAGES, Message("assistant", "")), "model", sampling, 0),
        request_key(MESSAGES, "other", sampling, 0),
        request_key(MESSAGES, "model", sampling, 1),
        request_key(MESSAGES, "model", msgspec.structs.replace(sampling, temperature=0.6), 0),
        request_key(MESSAGES, "model", msgspec.structs.replace(sampling, top_p=0.9), 0),
        request_key(MESSAGES, "model", msgspec.structs.replace(sampling, max_tokens=9), 0),
        request_key(MESSAGES, "model", msgspec.structs.replace(sampling, stop=("b",)), 0),
    ]
    assert len({base, *others}) == 9
    assert len(base) == 32
    assert request_key(MESSAGES, "model", msgspec.structs.replace(sampling, seed=99), 0) == base
