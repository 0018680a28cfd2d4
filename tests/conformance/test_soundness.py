"""Unsound candidates that satisfy every example, on a real sandbox: each must be refuted, flagged or told apart."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.spec.reader import read_spec
from swarmwright.verify.examine import Examiner
from swarmwright.verify.judging import is_in_place
from swarmwright.verify.separating import Pair, separate
from swarmwright.verify.values import Candidate, Examination, InputSet
from swarmwright.verify.winner_inputs import literals_of

pytestmark = pytest.mark.sandbox

T = TypeVar("T")

SPEC = '''
"""Functions that are easily got wrong."""

from __future__ import annotations

from dataclasses import dataclass

import icontract

WORDS = ["pear", "apple", "fig"]
LIMIT = 4321


@dataclass
class Point:
    x: float
    y: float


@dataclass
class Item:
    price: int
    quantity: int


def known(word: str) -> bool:
    """Tell whether word is among WORDS.

    >>> known("pear")
    True
    """
    ...


def middle(a: Point, b: Point) -> Point:
    """Return the point in the middle.

    >>> middle(Point(0.0, 0.0), Point(2.0, 4.0))
    Point(x=1.0, y=2.0)
    """
    ...


def evens(xs: list[int]) -> list[int]:
    """Return a new list with the even numbers.

    >>> evens([1, 2, 4])
    [2, 4]
    """
    ...


def ordered(xs: list[int]) -> list[int]:
    """Return the numbers in order; do not sort in place.

    >>> ordered([2, 1])
    [1, 2]
    """
    ...


def total(items: list[Item]) -> int:
    """Return the sum of prices times quantities; from 10000 on, 500 less.

    >>> total([Item(150, 2), Item(400, 1)])
    700
    """
    ...


def balance(events: list[tuple[str, int]]) -> int:
    """Apply "in" and "out" events to a balance of 0; an "out" that would make it negative is ignored.

    >>> balance([("in", 10), ("out", 4)])
    6
    """
    ...


def compare(a: str, b: str) -> int:
    """Compare dotted versions and return -1, 0 or 1; missing parts count as zero.

    >>> compare("1.2", "1.10")
    -1
    >>> compare("2.0", "1.9")
    1
    """
    ...


def is_name(text: str) -> bool:
    """Tell whether text has 3 to 12 lower-case ASCII letters and nothing else.

    >>> is_name("bob")
    True
    >>> is_name("b1")
    False
    """
    ...


def over(n: int) -> bool:
    """Tell whether n exceeds LIMIT.

    >>> over(9999)
    True
    >>> over(1)
    False
    """
    ...


def limit() -> int:
    """Return the greatest number that may be asked for, which is 7.

    >>> limit()
    7
    """
    ...


@icontract.require(lambda n: 0 <= n <= limit())
def small(n: int) -> int:
    """Return n plus one.

    >>> small(3)
    4
    """
    ...
'''

BALANCE = """\
total = 0
for kind, n in events:
    if kind == "in":
        total += n
    elif kind == "out" and total - n >= 0:
        total -= n
return total"""
COMPARE = """\
x = [int(part) for part in a.split(".")]
y = [int(part) for part in b.split(".")]
n = max(len(x), len(y))
x += [0] * (n - len(x))
y += [0] * (n - len(y))
return (x > y) - (x < y)"""
TOTAL = "t = sum(i.price * i.quantity for i in items)\nreturn t - 500 if t >= 10000 else t"
NAME = "import re\nreturn re.fullmatch('[a-z]{3,12}', text) is not None"


class Bench:
    """An Examiner and the loop it lives in."""

    def __init__(self, path: Path) -> None:
        self.runner = asyncio.Runner()
        self.spec = read_spec(path)
        self.examiner = self.run(Examiner.open, self.spec, open_sandbox())

    def run(self, function: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
        async def call() -> T:
            return await function(*args, **kwargs)

        return self.runner.run(call())

    def examine(self, name: str, body: str, inputs: InputSet | None = None) -> Examination:
        drawn = inputs or self.run(self.examiner.draw, f"hard.{name}", literals=literals_of((body,)))
        return self.run(self.examiner.examine, Candidate(f"hard.{name}", body), drawn, {})

    def close(self) -> None:
        self.run(self.examiner.close)
        self.runner.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path = tmp_path_factory.mktemp("spec") / "hard.py"
    path.write_text(SPEC)
    made = Bench(path)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "body", "check"),
    [
        ("known", "table = WORDS\ntable.sort()\nreturn word in table", "aliasing"),
        ("evens", "return xs if all(x % 2 == 0 for x in xs) else [x for x in xs if x % 2 == 0]", "aliasing"),
        ("ordered", "xs.sort()\nreturn xs[:]", "arguments changed"),
        ("middle", "a.x = (a.x + b.x) / 2\na.y = (a.y + b.y) / 2\nreturn a", "arguments changed"),
    ],
)
def test_side_effects_are_refuted(bench: Bench, name: str, body: str, check: str) -> None:
    found = bench.examine(name, body).counterexample
    assert found is not None
    assert found.check == check


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("known", "return word in WORDS"),
        ("evens", "return [x for x in xs if x % 2 == 0]"),
        ("ordered", "return sorted(xs)"),
        ("total", TOTAL),
    ],
)
def test_right_candidates_stay(bench: Bench, name: str, body: str) -> None:
    assert bench.examine(name, body).key is not None


def test_a_field_declared_float_may_hold_a_whole_number(bench: Bench) -> None:
    inputs = bench.run(bench.examiner.draw, "hard.middle")
    plain = "return Point((a.x + b.x) / 2, (a.y + b.y) / 2)"
    whole = "p, q = (a.x + b.x) / 2, (a.y + b.y) / 2\nreturn Point(int(p) if p == int(p) else p, q)"
    key = bench.examine("middle", plain, inputs).key
    assert key is not None
    assert bench.examine("middle", whole, inputs).key == key


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("total", TOTAL, TOTAL.replace(">=", ">")),
        ("balance", BALANCE, BALANCE.replace("total - n >= 0", "total - n > 0")),
        ("compare", COMPARE, COMPARE.replace("x += [0] * (n - len(x))\ny += [0] * (n - len(y))\n", "")),
        ("is_name", NAME, "import re\nreturn re.match('^[a-z]{3,12}$', text) is not None"),
        ("over", "return n > LIMIT", "return n >= LIMIT"),
    ],
)
def test_errors_at_one_point_are_told_apart_by_some_input(bench: Bench, name: str, right: str, wrong: str) -> None:
    """The sum, tie, pair, line end or given constant on which alone they differ is tried in one of a few draws."""
    pair = Pair(Candidate(f"hard.{name}", right), Candidate(f"hard.{name}", wrong), {})
    assert bench.run(separate, bench.examiner, pair, tries=400, seed=0) is not None


@pytest.mark.parametrize(
    ("prose", "in_place"),
    [
        ("Sort the list in place and return it.", True),
        ("Return a sorted list. Do not sort in place.", False),
        ("Return the sorted list instead of sorting in-place.", False),
        ("The list isn't changed in place.", False),
        ("Nothing is returned when empty. Sort in place.", True),
        ("Return the numbers in order.", False),
    ],
)
def test_prose_that_denies_a_change_in_place_is_understood(tmp_path: Path, prose: str, in_place: bool) -> None:
    path = tmp_path / "prose.py"
    path.write_text(f'def f(xs: list[int]) -> list[int]:\n    """{prose}"""\n    ...\n')
    assert is_in_place(read_spec(path).units()[0]) is in_place
