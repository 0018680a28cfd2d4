"""What the adapter makes of each habit: errors to our tree, capabilities learned once, costs, time-outs."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from model_port import BEGUN, request

from swarmwright.adapters.openai import BreakerSettings, Capabilities, Endpoint, OpenAIModel, Retries
from swarmwright.errors import ConfigError, EndpointError, EndpointRefusedError, KeyMissingError
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


class World:
    """A fake endpoint, a model on it, and all that it said."""

    def __init__(self, server: FakeEndpoint, **settings: object) -> None:
        more = {key: settings.pop(key) for key in ("capabilities", "retries", "breaker") if key in settings}
        self.server, self.clock, self.notes = server, JumpingClock(), []
        endpoint = Endpoint(**({"name": "fake", "base_url": server.base_url, "model": "fake"} | settings))
        self.model = OpenAIModel(
            endpoint, clock=self.clock, rng=random.Random(5), note=lambda _, text: self.notes.append(text), **more
        )


def run(habit: Habit, check: Callable[[World], Awaitable[None]], **settings: object) -> None:
    async def main() -> None:
        async with FakeEndpoint(habit) as server:
            world = World(server, **settings)
            try:
                await check(world)
            finally:
                await world.model.close()

    asyncio.run(main())


def test_one_request_asks_for_several_and_counts_each() -> None:
    async def check(world: World) -> None:
        answers = await world.model.complete(request(8, 4))
        assert [asked.n for asked in world.server.seen] == [4]
        assert world.server.seen[0].seed == 7 + 8
        assert [f"value + {(15 + i) % 10}" in answer.text for i, answer in enumerate(answers)] == [True] * 4
        assert answers[0].tokens_in > 0
        assert [answer.tokens_in for answer in answers[1:]] == [0, 0, 0]
        assert sum(answer.tokens_out for answer in answers) == sum(len(answer.text) // 3 for answer in answers)
        assert answers[1].cost_usd == pytest.approx(answers[1].tokens_out * 2.0 / 1e6)
        assert answers[0].cost_usd == pytest.approx((answers[0].tokens_in * 1.0 + answers[0].tokens_out * 2.0) / 1e6)

    run(Plain(), check, price_in_per_million_usd=1.0, price_out_per_million_usd=2.0)


def test_connections_are_kept() -> None:
    async def check(world: World) -> None:
        for sample in range(10):
            await world.model.complete(request(sample))
        assert world.server.connections == 1
        assert len(world.server.seen) == 10

    run(Plain(), check)


def test_an_ignored_n_becomes_parallel_requests_and_is_said_once() -> None:
    async def check(world: World) -> None:
        await world.model.complete(request(0, 4))
        await world.model.complete(request(4, 4))
        assert [asked.n for asked in world.server.seen] == [4, *[None] * 7]
        assert sorted(asked.seed for asked in world.server.seen[4:]) == [11, 12, 13, 14]
        assert world.model.capabilities.most_choices == 1
        assert sum("parallel" in note for note in world.notes) == 1

    run(OneAnswer(), check)


def test_refused_parameters_are_left_out_and_never_sent_again() -> None:
    async def check(world: World) -> None:
        (answer,) = await world.model.complete(request(0, 1, begun=True, stop=tuple("abcdefg")))
        assert answer.reasoning == "The user wants a function."
        known = world.model.capabilities
        assert known.limit_name == "max_completion_tokens"
        assert not known.temperature
        assert known.most_stops == 4
        assert known.prefill == "none"
        sent = len(world.server.seen)
        await world.model.complete(request(1, 1, begun=True))
        last = world.server.seen[-1]
        assert len(world.server.seen) == sent + 1
        assert (last.temperature, last.max_tokens, last.max_completion_tokens) == (None, None, 64)
        assert BEGUN in last.messages[-1]["content"]
        assert last.messages[-1]["role"] == "user"

    run(Strict(), check)


def test_what_was_learned_can_be_kept() -> None:
    saved = msgspec.json.encode(Capabilities(most_choices=1, temperature=False, limit_name="max_completion_tokens"))

    async def check(world: World) -> None:
        await world.model.complete(request(0, 3))
        assert len(world.server.seen) == 3
        assert world.notes == ["fake sends its reasoning along: it is split off"]

    run(Strict(), check, capabilities=msgspec.json.decode(saved, type=Capabilities))


def test_retry_after_is_honoured_in_seconds_and_as_a_date() -> None:
    async def check(world: World) -> None:
        await world.model.complete(request(0))
        # 14 Nov 2023 22:14:00 is 40 s after made-up time begins.
        assert world.clock.slept_s[0] >= 7
        assert world.clock.monotonic() >= 40
        assert world.clock.monotonic() < 45

    run(Busy(), check)


def test_a_pause_that_is_too_long_is_an_error_at_once() -> None:
    async def check(world: World) -> None:
        with pytest.raises(EndpointError, match="asks to wait 7 s"):
            await world.model.complete(request(0))
        assert len(world.server.seen) == 1

    run(Busy(), check, retries=Retries(longest_s=5.0))


@pytest.mark.parametrize("kind", [*Garbage.KINDS[:-1], "not text", "nothing"])
def test_garbage_is_retried_and_then_an_error(kind: str) -> None:
    async def check(world: World) -> None:
        with pytest.raises(EndpointError, match=r"tried 3 times") as caught:
            await world.model.complete(request(0))
        assert len(world.server.seen) == 3
        assert len(str(caught.value)) < 300
        if kind == "html":
            assert "<!DOCTYPE html><html><body>Please log in" in str(caught.value)

    run(Garbage([kind]), check, retries=Retries(attempts=3))


def test_garbage_then_an_answer_is_an_answer() -> None:
    async def check(world: World) -> None:
        (answer,) = await world.model.complete(request(0))
        assert "return value" in answer.text
        assert len(world.server.seen) == 3

    run(Garbage(["html", "reset", "fine"]), check)


def test_silence_is_a_timeout() -> None:
    async def check(world: World) -> None:
        with pytest.raises(EndpointError, match=r"no answer within 0\.05 s"):
            await world.model.complete(request(0))

    run(Garbage(["hang"]), check, timeout_s=0.05, retries=Retries(attempts=2))


def test_nobody_listens() -> None:
    async def check(world: World) -> None:
        await world.server.__aexit__(None, None, None)
        with pytest.raises(EndpointError, match="no connection to http"):
            await world.model.complete(request(0))

    run(Plain(), check, retries=Retries(attempts=2))


def test_a_dead_endpoint_opens_the_breaker_and_a_probe_closes_it() -> None:
    async def check(world: World) -> None:
        with pytest.raises(EndpointError, match="failed 3 times in a row"):
            await world.model.complete(request(0))
        assert len(world.server.seen) == 3
        with pytest.raises(EndpointError, match="nothing is sent to it"):
            await world.model.complete(request(1))
        assert len(world.server.seen) == 3
        assert any("keeps failing" in note for note in world.notes)
        world.clock.advance(1000)
        await world.model.complete(request(2))
        await world.model.complete(request(3))
        assert len(world.server.seen) == 5

    run(
        Garbage(["html", "html", "html", "fine", "fine"]),
        check,
        retries=Retries(attempts=9, cap_s=0.001),
        breaker=BreakerSettings(failures=3, cool_s=100.0),
    )


def test_a_wrong_key_is_refused_and_never_shown() -> None:
    async def check(world: World) -> None:
        with pytest.raises(EndpointRefusedError, match="key was not accepted") as caught:
            await world.model.complete(request(0))
        assert "sk-very-secret" not in str(caught.value)
        assert "***" in str(caught.value)
        assert len(world.server.seen) == 1

    run(Plain(key="right"), check, key="sk-very-secret")


def test_the_right_key_is_sent() -> None:
    async def check(world: World) -> None:
        assert len(await world.model.complete(request(0))) == 1

    run(Plain(key="right"), check, key="right")


def test_a_missing_key_says_which_variable() -> None:
    async def check(world: World) -> None:
        with pytest.raises(KeyMissingError, match="SWARMWRIGHT_TEST_NO_SUCH_KEY"):
            await world.model.complete(request(0))
        assert world.server.seen == []

    run(Plain(), check, key_env="SWARMWRIGHT_TEST_NO_SUCH_KEY")


def test_an_unknown_model_is_refused() -> None:
    async def check(world: World) -> None:
        with pytest.raises(EndpointRefusedError, match="other does not exist"):
            await world.model.complete(request(0))
        assert len(world.server.seen) == 1

    run(Plain(), check, model="other")


def test_a_count_of_one_answer_is_not_taken_for_all() -> None:
    async def check(world: World) -> None:
        answers = await world.model.complete(request(0, 4))
        assert world.model.capabilities.usage == "one"
        counts = [answer.tokens_out for answer in answers]
        assert max(counts) - min(counts) <= 1
        assert counts[0] == len(answers[0].text) // 3

    run(OneCounted(4), check)


def test_more_than_the_slots_is_asked_in_parts() -> None:
    async def check(world: World) -> None:
        await world.model.complete(request(0, 8))
        assert [asked.n for asked in world.server.seen] == [8, 4, 4]

    run(OneCounted(4), check)


def test_uncounted_tokens_are_estimated_and_marked() -> None:
    async def check(world: World) -> None:
        answers = await world.model.complete(request(0, 3))
        assert all(answer.estimated for answer in answers)
        assert [answer.tokens_out for answer in answers] == [-(-len(answer.text) // 4) for answer in answers]
        assert answers[0].tokens_in > 0
        assert [answer.finish for answer in answers] == ["other"] * 3

    run(Careless(), check)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("base_url", "ftp://host/v1"),
        ("base_url", "localhost:8000"),
        ("base_url", "http://host:99999/v1"),
        ("base_url", ""),
        ("concurrency", 0),
        ("timeout_s", 0.0),
        ("timeout_s", float("nan")),
        ("max_n", -1),
        ("price_in_per_million_usd", -1.0),
        ("requests_per_minute", float("nan")),
    ],
)
def test_endpoints_that_cannot_work_are_refused(field: str, value: object) -> None:
    with pytest.raises(ConfigError, match="mine"):
        Endpoint(**({"name": "mine", "base_url": "http://localhost/v1", "model": "m"} | {field: value}))


def test_an_endpoint_never_shows_its_key() -> None:
    assert "sk-1" not in repr(Endpoint("a", "https://host/v1/", "m", key="sk-1"))
    assert Endpoint("a", "https://host/v1/chat/completions/", "m").chat_url == "https://host/v1/chat/completions"
