"""The colony's processes: side by side, ended and started anew; the same search is the same in any of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.colony import Colony, Harvest
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.pool import MODULE, Room
from swarmwright.colony.repeating import Frame, repeat, request_of
from swarmwright.spec.reader import read_spec
from swarmwright.verify.examine import Examiner

pytestmark = pytest.mark.sandbox
T = TypeVar("T")
ALONE = Room()
HEAD = '''"""Small."""

import os
import time


'''
AREA = '''def area(n: int) -> int:
    """Tell how many squares there are, one beside them counted.

    >>> area(3)
    10
    >>> area(0)
    1
    >>> area(-5)
    26
    >>> area(12)
    145
    """
    ...


'''
WORDS = '''def known(text: str, others: set[str]) -> list[str]:
    """List the words of a text that are among the others, the first in the alphabet first.

    >>> known("b a c", {"a", "c", "x"})
    ['a', 'c']
    >>> known("", {"a"})
    []
    >>> known("one two three", {"two", "one", "four"})
    ['one', 'two']
    >>> known("p q r s", {"s", "r"})
    ['r', 's']
    """
    ...


'''
COUNTED = '''def slow(n: int) -> int:
    """A given function that takes its time, now and then too much."""
    began = time.process_time()
    while time.process_time() - began < 0.0049:
        pass
    return n + 7


def later(n: int) -> int:
    """Give the number that is slow twice.

    >>> later(1)
    15
    >>> later(5)
    19
    >>> later(-3)
    11
    """
    ...


'''
DEADLY = '''def ends(n: dict[int, int]) -> dict[int, int]:
    """A given function that ends the whole process."""
    os._exit(3)


def doomed(n: dict[int, int]) -> dict[int, int]:
    """Give what ends gives.

    >>> doomed({2: 9})
    {2: 10}
    >>> doomed({})
    {5: 5}
    """
    ...


'''


class Searched(msgspec.Struct):
    """Searches units of one specification."""

    colony: Colony
    examiner: Examiner
    units: dict[str, object]

    async def of(self, name: str, **limits: float) -> Harvest:
        unit = self.units[name]
        inputs = await self.examiner.draw(unit.id, count=30)  # type: ignore[attr-defined]
        scoring = await self.examiner.scoring(unit.id, inputs, {})  # type: ignore[attr-defined]
        effort = Foraging(**{"seconds": 3600.0, "agents": 50_000, **limits})  # type: ignore[arg-type]
        return await self.colony.search(unit, scoring.examples, inputs.calls, {}, effort)  # type: ignore[arg-type]


def with_colony(folder: Path, source: str, ask: Callable[[Searched], Awaitable[T]], room: Room = ALONE) -> T:
    (folder / "small.py").write_text(HEAD + source)
    spec = read_spec(folder / "small.py")

    async def going() -> T:
        sandbox = open_sandbox()
        examiner = await Examiner.open(spec, sandbox)
        colony = Colony(spec, sandbox, room=room)
        try:
            return await ask(Searched(colony, examiner, {unit.name: unit for unit in spec.units()}))
        finally:
            await colony.close()
            await examiner.close()

    return asyncio.run(going())


def told(harvests: Sequence[Harvest]) -> list[tuple[str, int, int, tuple[str, ...]]]:
    return [(one.trace, one.tried, one.live, tuple(body.body for body in one.solutions)) for one in harvests]


def test_one_process_and_two_come_to_the_same_in_any_order(tmp_path: Path) -> None:
    async def alone(searched: Searched) -> list[Harvest]:
        return [await searched.of("area"), await searched.of("known")]

    async def together(searched: Searched) -> list[Harvest]:
        known, area = await asyncio.gather(searched.of("known"), searched.of("area"))
        return [area, known]

    one, two = (with_colony(tmp_path, AREA + WORDS, ask, room) for ask, room in ((alone, ALONE), (together, Room(2))))
    assert told(one) == told(two)
    assert all(harvest.trace for harvest in one)
    assert "n * n" in one[0].solutions[0].body


def test_other_seeds_of_hashing_change_nothing(tmp_path: Path) -> None:
    async def of_seeds(searched: Searched) -> list[str]:
        harvest = await searched.of("known")
        assert harvest.frame is not None
        found = [harvest.trace]
        for seed in (1, 271):
            session = await open_sandbox().start(MODULE, limits=Room().limits, hash_seed=seed)
            try:
                found.append((await session.request(request_of(harvest.frame), timeout_s=100.0))["trace"])
            finally:
                await session.close()
        return found

    one, *others = with_colony(tmp_path, WORDS, of_seeds)
    assert others == [one, one]


@pytest.mark.parametrize(
    ("source", "name", "limits"),
    [
        (WORDS, "known", {"seconds": 0.3, "agents": 1 << 40, "beyond": 20}),
        (WORDS, "known", {"live": 500, "agents": 1 << 40, "beyond": 20}),
        (COUNTED, "later", {"agents": 3_000}),
    ],
)
def test_what_was_cut_off_is_done_again_agent_for_agent(
    tmp_path: Path, source: str, name: str, limits: dict[str, float]
) -> None:
    async def twice(searched: Searched) -> None:
        harvest = await searched.of(name, **limits)
        assert harvest.frame is not None
        # What takes too much memory ends between two costs, where it is counted.
        assert (harvest.cut > 0) == ("live" not in limits)
        assert not harvest.separated
        again = await repeat(harvest.frame, open_sandbox(), seconds=harvest.seconds)
        assert again.trace == harvest.trace
        assert (again.tried, again.live, again.complete) == (harvest.tried, harvest.live, harvest.complete)

    with_colony(tmp_path, source, twice)


def test_other_agents_have_another_trace(tmp_path: Path) -> None:
    async def two(searched: Searched) -> set[str]:
        return {(await searched.of("area", agents=agents, beyond=20)).trace for agents in (5_000, 40_000)}

    assert len(with_colony(tmp_path, AREA, two)) > 1


def test_the_agents_of_a_body_are_told_of(tmp_path: Path) -> None:
    async def unfolded(searched: Searched) -> None:
        harvest = await searched.of("area")
        assert harvest.frame is not None
        body = harvest.solutions[0].body
        again = await repeat(harvest.frame, open_sandbox(), seconds=1.0, body=body)
        whole, *parts = again.agents
        assert (whole.depth, whole.kind, whole.production) == (0, "int", "add: a + b")
        assert whole.gives == ("10", "1", "26", "145")
        (product,) = [one for one in parts if one.production == "multiply: a * b"]
        assert (product.depth, product.gives) == (1, ("9", "0", "25", "144"))
        assert {one.production for one in parts} == {product.production, "the parameter n", "the constant 1"}
        assert all(one.row >= 0 for one in again.agents)

    with_colony(tmp_path, AREA, unfolded)


def test_a_process_that_dies_is_replaced_and_only_its_unit_says_so(tmp_path: Path) -> None:
    async def both(searched: Searched) -> tuple[Harvest, Harvest, Harvest]:
        doomed, area = await asyncio.gather(searched.of("doomed"), searched.of("area"))
        return doomed, area, await searched.of("area")

    doomed, area, after = with_colony(tmp_path, AREA + DEADLY, both, Room(2))
    assert "process ended" in doomed.reason
    assert doomed.frame is None
    assert told([area]) == told([after])
    assert "n * n" in area.solutions[0].body


def test_a_search_that_is_given_up_leaves_no_process(tmp_path: Path) -> None:
    async def given_up(searched: Searched) -> Harvest:
        task = asyncio.create_task(searched.of("known", seconds=600.0, agents=1 << 40, live=1 << 40))
        while not searched.colony.started:  # noqa: ASYNC110
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        assert searched.colony.started == 0
        return await searched.of("area")

    harvest = with_colony(tmp_path, AREA + WORDS, given_up)
    assert "n * n" in harvest.solutions[0].body


def test_a_record_that_is_none_is_refused() -> None:
    with pytest.raises(Exception, match="record of the search cannot be read"):
        request_of(Frame(b"[]", b"{}", b"not json"))


def traded(folder: Path, source: str, names: Sequence[str], agents: int, processes: int) -> dict[str, Harvest]:
    async def all_of_them(searched: Searched) -> dict[str, Harvest]:
        found = await asyncio.gather(*(searched.of(name, agents=1 << 40) for name in names))
        return dict(zip(names, found, strict=True))

    return with_colony(folder, source, all_of_them, Room(processes, agents_total=agents))


@pytest.mark.parametrize("processes", [1, 2])
def test_searches_that_trade_are_each_done_again_from_their_records(tmp_path: Path, processes: int) -> None:
    found = traded(tmp_path, AREA + WORDS, ("known", "area"), 120_000, processes)
    assert "n * n" in found["area"].solutions[0].body
    assert 0 < sum(one.spent for one in found.values()) < 200_000

    async def again(harvest: Harvest) -> None:
        assert harvest.frame is not None
        assert (await repeat(harvest.frame, open_sandbox(), seconds=1.0)).trace == harvest.trace

    for one in found.values():
        asyncio.run(again(one))


def test_a_budget_that_is_spent_is_said_to_be(tmp_path: Path) -> None:
    found = traded(tmp_path, AREA, ("area",), 100, 1)
    assert "budget for all units is spent" in found["area"].reason


def test_a_search_that_ends_its_process_costs_no_other_its_answer(tmp_path: Path) -> None:
    found = traded(tmp_path, AREA + DEADLY, ("doomed", "area"), 200_000, 1)
    assert "process ended" in found["doomed"].reason
    assert "n * n" in found["area"].solutions[0].body


def test_a_trading_search_that_is_given_up_lets_the_others_go_on(tmp_path: Path) -> None:
    async def one_leaves(searched: Searched) -> Harvest:
        known, area = (asyncio.create_task(searched.of(name, agents=1 << 40)) for name in ("known", "area"))
        while not searched.colony.started:  # noqa: ASYNC110
            await asyncio.sleep(0)
        known.cancel()
        await asyncio.gather(known, return_exceptions=True)
        assert known.cancelled()
        return await area

    harvest = with_colony(tmp_path, AREA + WORDS, one_leaves, Room(1, agents_total=200_000))
    assert "n * n" in harvest.solutions[0].body
