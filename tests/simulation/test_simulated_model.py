"""The simulated model errs as often as it is told to, and the same whatever the order of asking."""

from __future__ import annotations

import ast
import asyncio
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.agents.ports import Completion, Message, ModelRequest, Sampling
from swarmwright.errors import ConfigError, EndpointError
from swarmwright.simulate.clock import VirtualClock, run_virtual
from swarmwright.simulate.model import SimulatedModel
from swarmwright.simulate.solutions import parsed_body, solutions_from, wrong_bodies

BODY = "total = 0\nfor item in items:\n    if item > 3 and item != 7:\n        total += item * 2\nreturn total\n"
SOLUTIONS = {f"unit_{number}": BODY for number in range(20)}
SAMPLES = 200


def ask(unit: str, first: int = 0, count: int = 1, *, begun: bool = True) -> ModelRequest:
    head = f"def {unit}(items: dict[str, int]) -> int:"
    messages = (Message("user", f"def other(x):\n    ...\n\n{head}\n    ..."),)
    return ModelRequest((*messages, Message("assistant", f"{head}\n")) if begun else messages, Sampling(), first, count)


def sort(answers: list[Completion]) -> tuple[int, list[str], int]:
    """Return how many are right, the wrong bodies, and how many nobody would accept."""
    right, wrong, flagged = 0, [], 0
    accepted = {ast.dump(ast.Module(parsed_body(body), [])): body for body in (BODY, *wrong_bodies(BODY))}
    for answer in answers:
        try:
            tree = ast.parse(f"def f(items):\n{answer.text}").body[0]
            body = accepted.get(ast.dump(ast.Module(tree.body, [])))
        except SyntaxError:
            body = None
        if body is None:
            flagged += 1
        elif body == BODY:
            right += 1
        else:
            wrong.append(body)
    return right, wrong, flagged


def assert_share(seen: int, of: int, share: float) -> None:
    """Fail where so far a share has a chance of less than one in ten million (normal bound, 5.3 sigma)."""
    assert abs(seen - of * share) <= 5.3 * math.sqrt(of * share * (1 - share)) + 1


@pytest.mark.parametrize(("accuracy", "flag_rate"), [(0.8, 0.05), (0.3, 0.5), (1.0, 0.0), (0.0, 0.1)])
def test_shares_are_as_set(accuracy: float, flag_rate: float) -> None:
    model = SimulatedModel(SOLUTIONS, seed=11, accuracy=accuracy, flag_rate=flag_rate)

    async def main() -> list[Completion]:
        return [answer for unit in SOLUTIONS for answer in await model.complete(ask(unit, 0, SAMPLES))]

    right, wrong, flagged = sort(asyncio.run(main()))
    total = SAMPLES * len(SOLUTIONS)
    assert right + len(wrong) + flagged == total
    assert_share(flagged, total, flag_rate)
    assert_share(right, total, (1 - flag_rate) * accuracy)


@pytest.mark.parametrize("correlated", [0.0, 0.3, 1.0])
def test_wrong_answers_agree_as_often_as_set(correlated: float) -> None:
    model = SimulatedModel(SOLUTIONS, seed=5, accuracy=0.0, correlated=correlated, flag_rate=0.0)

    async def main() -> None:
        for unit in SOLUTIONS:
            _, wrong, flagged = sort(list(await model.complete(ask(unit, 0, SAMPLES))))
            assert flagged == 0
            counts = sorted((wrong.count(body) for body in set(wrong)), reverse=True)
            if correlated:
                assert_share(counts[0], SAMPLES, correlated)
            else:
                assert counts[0] < SAMPLES / 2

    asyncio.run(main())


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(12)), st.integers(1, 5))
def test_answers_depend_on_no_order_and_no_grouping(order: list[int], size: int) -> None:
    async def main() -> None:
        whole = await SimulatedModel(SOLUTIONS, seed=2).complete(ask("unit_3", 0, 20))
        model = SimulatedModel(SOLUTIONS, seed=2)
        for first in order:
            answers = await model.complete(ask("unit_3", first, size))
            assert [answer.text for answer in answers] == [answer.text for answer in whole[first : first + size]]

    asyncio.run(main())


def test_seeds_names_and_units_differ() -> None:
    async def texts(unit: str, **more: object) -> tuple[str, ...]:
        model = SimulatedModel(SOLUTIONS, accuracy=0.5, **({"seed": 1} | more))
        return tuple(answer.text for answer in await model.complete(ask(unit, 0, 40)))

    async def main() -> None:
        seen = {await texts("unit_1"), await texts("unit_2"), await texts("unit_1", seed=2)}
        assert len(seen | {await texts("unit_1", name="another")}) == 4

    asyncio.run(main())


def test_latency_is_slept_in_made_up_time() -> None:
    async def main() -> tuple[float, float]:
        clock = VirtualClock()
        model = SimulatedModel(SOLUTIONS, seed=1, latency_s=(2.0, 4.0), clock=clock)
        await asyncio.gather(*(model.complete(ask(unit, 0, 8)) for unit in SOLUTIONS))
        before = clock.monotonic()
        await model.complete(ask("unit_0", 9, 1))
        return before, clock.monotonic() - before

    together, alone = run_virtual(main())
    assert 3.0 < together <= 4.0
    assert 2.0 <= alone <= 4.0


def test_outages_fail_the_calls_of_their_window() -> None:
    async def main() -> list[bool]:
        model = SimulatedModel(SOLUTIONS, seed=1, outages=[(1, 3), (4, 5)])
        failed = []
        for _ in range(6):
            try:
                await model.complete(ask("unit_0"))
                failed.append(False)
            except EndpointError:
                failed.append(True)
        return failed

    assert asyncio.run(main()) == [False, True, True, False, True, False]


def test_without_a_beginning_the_whole_function_is_written() -> None:
    model = SimulatedModel(SOLUTIONS, seed=1, accuracy=1.0, flag_rate=0.0)
    (answer,) = asyncio.run(model.complete(ask("unit_4", begun=False)))
    assert answer.text.startswith("```python\ndef unit_4(items: dict[str, int]) -> int:\n    total = 0\n")


def test_an_unknown_function_is_never_answered_right() -> None:
    model = SimulatedModel(SOLUTIONS, seed=1, accuracy=1.0, flag_rate=0.0)
    answers = asyncio.run(model.complete(ask("nobody_knows", 0, 30)))
    assert sort(list(answers))[2] == 30


def test_nonsense_settings_are_refused() -> None:
    for settings_ in ({"accuracy": 1.1}, {"flag_rate": -0.1}, {"latency_s": (2.0, 1.0)}, {"correlated": float("nan")}):
        with pytest.raises(ValueError, match=r"must|shares"):
            SimulatedModel(SOLUTIONS, seed=1, **settings_)


def test_solutions_are_read_as_written(tmp_path: Path) -> None:
    source = '''"""A module."""
import math

def plain(x: int) -> int:
    """Say something.

    >>> plain(1)
    2
    """
    # kept? only from the first statement on
    y = x  # kept
    return y + 1

def one_line(x): return x

def text(x):
    y = """
left
    """
    return y

def unbuilt(x: int) -> int:
    """Later."""
    ...

async def waits():
    return 1

class C:
    def method(self):
        return 1
'''
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "a.py").write_text(source, encoding="utf-8")
    solutions = solutions_from(tmp_path)
    assert set(solutions) == {"plain", "one_line", "text", "waits"}
    assert solutions["plain"] == "y = x  # kept\nreturn y + 1\n"
    assert solutions["one_line"] == "return x\n"
    namespace: dict[str, str] = {}
    exec("def f():\n" + "".join(f"    {line}\n" for line in solutions["text"].splitlines()) + "r = f()", namespace)
    assert "left" in namespace["r"]


@pytest.mark.parametrize("source", ["def f(:\n", "x = 1\n", "def f(): ...\n", "\0"])
def test_solutions_that_cannot_be_read_say_so(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.py").write_text(source, encoding="utf-8")
    with pytest.raises(ConfigError, match="solutions"):
        solutions_from(tmp_path)


def test_two_functions_of_one_name_and_no_file_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f():\n    return 1\n", encoding="utf-8")
    (tmp_path / "b.py").write_text("def f():\n    return 2\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="different function f"):
        solutions_from(tmp_path)
    with pytest.raises(ConfigError, match="absent"):
        solutions_from(tmp_path / "absent.py")


def test_wrong_bodies_differ_in_one_place_and_compile() -> None:
    bodies = wrong_bodies(BODY)
    assert len(bodies) >= 8
    assert len(set(bodies)) == len(bodies)
    original = ast.unparse(ast.Module(parsed_body(BODY), []))
    for body in bodies:
        assert ast.unparse(ast.Module(parsed_body(body), [])) != original
    assert wrong_bodies("return None\n") == ("return 0\n",)
    assert wrong_bodies("pass\n") == ("return None\n",)
    assert wrong_bodies("return (") == ("return None\n",)
