"""What every Model must do, whatever is behind it. Each check takes a Model and uses only the port."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import msgspec

from swarmwright.agents.ports import Completion, Message, Model, ModelRequest, Sampling

QUESTION = (
    Message("system", "You write Python."),
    Message(
        "user", "Finish this function.\n\ndef fake(value):\n    ...\nUnusual text: žluťoučký \U0001f40e \u2028 </s>"
    ),
)
BEGUN = "```python\ndef fake(value):\n"


def request(first: int = 0, count: int = 1, *, begun: bool = False, **sampling: object) -> ModelRequest:
    messages = (*QUESTION, Message("assistant", BEGUN)) if begun else QUESTION
    settings = msgspec.structs.replace(Sampling(temperature=0.8, max_tokens=64, seed=7), **sampling)
    return ModelRequest(messages, settings, first, count)


def assert_sound(completions: tuple[Completion, ...], asked: ModelRequest) -> None:
    assert [c.sample for c in completions] == list(range(asked.first, asked.first + asked.count))
    for completion in completions:
        assert isinstance(completion.text, str)
        assert "<think>" not in completion.text
        assert completion.finish in ("stop", "length", "other")
        assert completion.tokens_in >= 0
        assert completion.tokens_out >= 0
        assert completion.cost_usd >= 0.0
        assert completion.seconds >= 0.0
        assert not any(stop in completion.text for stop in asked.sampling.stop)


async def check_exactly_count_in_order(model: Model) -> None:
    for first, count in ((0, 1), (1, 3), (4, 9)):
        asked = request(first, count)
        assert_sound(await model.complete(asked), asked)


async def check_nothing_for_nothing(model: Model) -> None:
    assert await model.complete(request(3, 0)) == ()


async def check_a_begun_answer_is_never_repeated(model: Model) -> None:
    asked = request(20, 5, begun=True)
    completions = await model.complete(asked)
    assert_sound(completions, asked)
    assert all("def fake(value)" not in completion.text for completion in completions)


async def check_stop_strings_end_answers(model: Model) -> None:
    asked = request(30, 4, begun=True, stop=("\n```", "\ndef ", "\nclass ", "\n@", "\nprint(", "\nassert"))
    assert_sound(await model.complete(asked), asked)


async def check_many_at_once(model: Model) -> None:
    requests = [request(100 + 3 * number, 3) for number in range(20)]
    for asked, completions in zip(requests, await asyncio.gather(*map(model.complete, requests)), strict=True):
        assert_sound(completions, asked)


async def check_a_cancelled_call_harms_nobody(model: Model) -> None:
    doomed = asyncio.ensure_future(model.complete(request(200, 4)))
    await asyncio.sleep(0)
    doomed.cancel()
    await asyncio.gather(doomed, return_exceptions=True)
    asked = request(210, 2)
    assert_sound(await model.complete(asked), asked)


async def check_it_says_what_it_is(model: Model) -> None:
    before = (model.name, model.digest, model.family)
    assert all(before)
    assert model.concurrency >= 1
    await model.complete(request(300, 1))
    assert (model.name, model.digest, model.family) == before


async def check_closing_twice(model: Model) -> None:
    await model.complete(request(400, 1))
    await model.close()
    await model.close()


CHECKS: tuple[Callable[[Model], Awaitable[None]], ...] = (
    check_exactly_count_in_order,
    check_nothing_for_nothing,
    check_a_begun_answer_is_never_repeated,
    check_stop_strings_end_answers,
    check_many_at_once,
    check_a_cancelled_call_harms_nobody,
    check_it_says_what_it_is,
    check_closing_twice,
)
