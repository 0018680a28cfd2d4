"""What one step of the interpreter may take for ever over is kept small where bodies are tried."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import Any

import pytest

from swarmwright.colony.doubts import Doubts
from swarmwright.colony.inside.growth import BOUNDED, KNOWN, grows, kept_small
from swarmwright.colony.inside.memory import is_nearly_full
from swarmwright.colony.inside.patience import Patience
from swarmwright.colony.inside.problem import Problem
from swarmwright.colony.inside.trying import Trier
from swarmwright.verify.inside.loading import TooSlow


def small(text: str, **names: Any) -> Any:
    tree = kept_small(ast.parse(f"found = {text}"))
    known = {**BOUNDED, **KNOWN, **names}
    exec(compile(tree, "<small>", "exec"), known)
    return known["found"]


@pytest.mark.parametrize(("text", "value"), [("a ** b", 3**4), ("a << b", 48), ("a ** 2 << 1", 18), ("-a ** b", -81)])
def test_small_ones_are_what_they_were(text: str, value: int) -> None:
    assert small(text, a=3, b=4) == value
    assert small("x ** y", x=4.0, y=0.5) == 2.0


@pytest.mark.parametrize("text", ["a ** b", "a << b", "a ** a ** a"])
def test_huge_ones_overflow(text: str) -> None:
    with pytest.raises(OverflowError):
        small(text, a=10**6, b=10**9)


def test_a_range_that_nothing_goes_through_in_time_is_too_slow() -> None:
    assert list(small("range(5, 0, -2)")) == [5, 3, 1]
    assert list(small("range(0)")) == []
    with pytest.raises(TooSlow):
        small("range(10 ** 12)")
    with pytest.raises(TooSlow):
        small("range(10 ** 12, 0, -1)")


def test_only_powers_and_shifts_ask_for_it() -> None:
    assert grows("return a ** b")
    assert not grows("return a * b")


ENDLESS = (
    "return sum(range(10 ** 13))",
    "return list(range(10 ** 13))[0]",
    "return max(range(10 ** 13)) + n",
    "return (n + 7) ** (10 ** n) ** n",
    "return 1 << 10 ** n",
)


@pytest.mark.parametrize("body", ENDLESS)
def test_no_body_holds_a_search_up(body: str) -> None:
    problem = Problem(parameters=(("n", ("int",)),), goal=("int",), inputs=((12,),), wanted=(5,), more=())
    trier = Trier(problem, None, {}, Patience(), Doubts(parameters=("n",)))
    assert trier.behaviour_of(body) is None


def test_a_process_with_much_memory_left_is_not_full() -> None:
    assert not is_nearly_full()


@pytest.mark.parametrize(("taken_mb", "said"), [(0, "False"), (480, "True")])
def test_a_process_is_full_before_its_limit(taken_mb: int, said: str) -> None:
    program = (
        "import mmap, resource\n"
        "from swarmwright.colony.inside.memory import is_nearly_full\n"
        f"taken = mmap.mmap(-1, {taken_mb} << 20) if {taken_mb} else None\n"
        "now = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        f"limit = now - ({taken_mb} << 20) + (512 << 20)\n"
        "resource.setrlimit(resource.RLIMIT_AS, (limit, limit))\n"
        "print(is_nearly_full())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == said
