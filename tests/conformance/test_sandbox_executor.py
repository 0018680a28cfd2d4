"""The Executor on real sandboxes: honest candidates get honest outcomes, whatever stood beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from swarmwright.adapters.sandbox import TIERS, open_sandbox
from swarmwright.errors import SandboxUnavailableError
from swarmwright.verify.encoding import encode
from swarmwright.verify.execution import Executor, read_outcomes
from swarmwright.verify.values import Call, Outcome

pytestmark = pytest.mark.sandbox


class Lab:
    """One Executor and the event loop it lives in, for all tests of a tier."""

    def __init__(self, tier: str, runner: asyncio.Runner) -> None:
        self.runner = runner
        self.executor = runner.run(Executor.open(open_sandbox(tier=tier, allow_weak=True)))

    def use(self, work: Callable[[Executor], Awaitable[Any]]) -> Any:
        async def main() -> Any:
            return await work(self.executor)

        return self.runner.run(main())

    def call(self, source: str, *arguments: object, **more: Any) -> tuple[Outcome, ...]:
        calls = [Call("m.f", (encode(argument),)) for argument in arguments]
        return self.use(lambda executor: executor.run({"m": source}, calls, **more))


@pytest.fixture(scope="module", params=TIERS)
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    with asyncio.Runner() as runner:
        try:
            lab = Lab(request.param, runner)
        except SandboxUnavailableError as error:
            pytest.skip(str(error))
        yield lab
        runner.run(lab.executor.close())


def test_values_errors_and_changes_are_told(lab: Lab) -> None:
    source = "def f(x):\n    if x == [1]:\n        x.append(2)\n    return [len(x), 10 // len(x)]\n"
    first, second, third = lab.call(source, [1, 2], [], [1])
    assert (first.kind, first.value, first.changed) == ("value", ["list", 2, 5], False)
    assert (second.kind, second.error) == ("raise", "ZeroDivisionError")
    assert (third.kind, third.value, third.changed) == ("value", ["list", 2, 5], True)
    assert all(outcome.cpu_ms >= 0 for outcome in (first, second, third))


def test_packages_dataclasses_and_keywords(lab: Lab) -> None:
    modules = {
        "shop": "",
        "shop.goods": (
            "import dataclasses, enum\nclass Size(enum.Enum):\n    S = 1\n    L = 2\n"
            "@dataclasses.dataclass(frozen=True)\nclass Item:\n    name: str\n    size: Size = Size.S\n"
            "class SoldOut(ValueError):\n    pass\n"
        ),
        "shop.till": (
            "from .goods import Item, Size, SoldOut\nimport shop.goods\n"
            "def larger(item: Item, *, times: int = 1) -> Item:\n"
            "    if item.size is Size.L:\n        raise SoldOut(item.name)\n"
            "    return Item(item.name * times, Size.L)\n"
        ),
    }
    item = ["dataclass", "shop.goods.Item", ["name", "hat"], ["size", ["enum", "shop.goods.Size", "S", 1]]]
    large = ["dataclass", "shop.goods.Item", ["name", "hathat"], ["size", ["enum", "shop.goods.Size", "L", 2]]]

    async def work(executor: Executor) -> tuple[Outcome, ...]:
        calls = [Call("shop.till.larger", (item,), (("times", 2),)), Call("shop.till.larger", (large,))]
        return await executor.run(modules, calls)

    first, second = lab.use(work)
    assert (first.kind, first.value) == ("value", large)
    assert (second.kind, second.error, second.detail) == ("raise", "SoldOut", "hathat")


def test_a_module_may_be_named_like_one_of_the_standard_library(lab: Lab) -> None:
    async def work(executor: Executor) -> tuple[Outcome, ...]:
        return await executor.run({"textwrap": "def f(x):\n    return x\n"}, [Call("textwrap.f", (1,))])

    assert lab.use(work)[0].value == 1


def test_the_calls_after_a_death_or_a_time_out_go_on(lab: Lab) -> None:
    source = (
        "import os\ndef f(x):\n    if x == 1:\n        os._exit(0)\n    while x == 3:\n        pass\n    return x\n"
    )
    outcomes = lab.call(source, 0, 1, 2, 3, 4, cpu_s=0.2)
    assert [outcome.kind for outcome in outcomes] == ["value", "died", "value", "timeout", "value"]


def test_after_three_failures_the_rest_is_not_tried(lab: Lab) -> None:
    outcomes = lab.call("def f(x):\n    while True:\n        pass\n", *range(50), cpu_s=0.1)
    assert {outcome.kind for outcome in outcomes} == {"timeout"}
    assert "not tried" in outcomes[-1].detail


def test_what_cannot_be_loaded_is_told(lab: Lab) -> None:
    for source, word in (
        ("def f(x)", "SyntaxError"),
        ("import no_such", "ModuleNotFoundError"),
        ("1 / 0", "ZeroDivision"),
    ):
        outcomes = lab.call(source, 1, 2)
        assert [outcome.kind for outcome in outcomes] == ["died", "died"]
        assert word in outcomes[0].detail


def test_a_call_that_cannot_be_made_is_told(lab: Lab) -> None:
    async def work(executor: Executor) -> tuple[Outcome, ...]:
        calls = [Call("m.g", (1,)), Call("n.f", (1,)), Call("m.f", (["opaque", "x"],)), Call("m.f", (1,))]
        return await executor.run({"m": "def f(x):\n    return x\n"}, calls)

    assert [outcome.kind for outcome in lab.use(work)] == ["died", "died", "died", "value"]


def test_candidates_share_no_state(lab: Lab) -> None:
    source = "import sys\ndef f(x):\n    sys.seen = getattr(sys, 'seen', 0) + 1\n    return sys.seen\n"

    async def work(executor: Executor) -> list[Any]:
        return [(await executor.run({"m": source}, [Call("m.f", (1,))]))[0].value for _ in range(3)]

    assert lab.use(work) == [1, 1, 1]


def test_randomness_and_hash_order_show(lab: Lab) -> None:
    async def work(executor: Executor) -> Any:
        random = "import random\ndef f(x):\n    return random.random()\n"
        order = "def f(x):\n    return [w for w in set(x)]\n"
        words = encode([f"word{number}" for number in range(30)])
        drawn = [await executor.run({"m": random}, [Call("m.f", (1,))]) for _ in range(2)]
        orders = [await executor.run({"m": order}, [Call("m.f", (words,))], seed_index=index) for index in (0, 1, 0)]
        return [o[0].value for o in drawn], [o[0].value for o in orders]

    drawn, orders = lab.use(work)
    assert drawn[0] != drawn[1]
    assert orders[0] != orders[1]
    assert orders[0] == orders[2]


def test_many_calls_are_sent_in_batches_and_come_back_in_order(lab: Lab) -> None:
    outcomes = lab.call("def f(x):\n    return x * x\n", *range(1000))
    assert [outcome.value for outcome in outcomes] == [number * number for number in range(1000)]
    assert lab.call("def f(x):\n    return x\n") == ()


def test_large_results_together_are_cut_and_not_fatal(lab: Lab) -> None:
    outcomes = lab.call("def f(x):\n    return 'y' * 150_000\n", *range(120))
    kinds = [outcome.kind for outcome in outcomes]
    assert kinds[0] == "value"
    assert set(kinds) <= {"value", "opaque"}
    assert "opaque" in kinds


def test_runs_at_once_do_not_mix(lab: Lab) -> None:
    async def work(executor: Executor) -> list[Any]:
        runs = [
            executor.run({"m": f"def f(x):\n    return x + {n}\n"}, [Call("m.f", (1,))], seed_index=n % 2)
            for n in range(6)
        ]
        return [outcomes[0].value for outcomes in await asyncio.gather(*runs)]

    assert lab.use(work) == [1, 2, 3, 4, 5, 6]


def test_a_dead_session_is_started_again(lab: Lab) -> None:
    async def work(executor: Executor) -> tuple[Outcome, ...]:
        source = {"m": "def f(x):\n    return x\n"}
        await executor.run(source, [Call("m.f", (1,))])
        for session in executor._sessions:
            assert session is not None
            await session.close()
        return await executor.run(source, [Call("m.f", (1,))])

    assert lab.use(work)[0].value == 1


def test_malformed_replies_are_outcomes() -> None:
    assert [o.kind for o in read_outcomes({}, 2)] == ["died", "died"]
    raw = [["value", ["nonsense"], "", False, 0.0, ""], ["value", ["opaque", "x"], "", False, 0.0, ""], ["value"], 5]
    assert [o.kind for o in read_outcomes({"outcomes": raw}, 4)] == ["opaque", "opaque", "died", "died"]
    extra = [["value", 1, "", False, 0.0, ""]] * 3
    assert len(read_outcomes({"outcomes": extra}, 1)) == 1
