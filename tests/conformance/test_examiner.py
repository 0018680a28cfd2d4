"""The Examiner on a real sandbox: what it refutes, flags, and gives a vote key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.errors import SpecError
from swarmwright.spec.reader import read_spec
from swarmwright.verify.examine import Examiner
from swarmwright.verify.separating import Pair, separate
from swarmwright.verify.values import Call, Candidate, Examination, InputSet, Verdict

pytestmark = pytest.mark.sandbox

T = TypeVar("T")

SPEC = '''
"""A specification."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import icontract


@dataclass
class Basket:
    items: list[str]


def rotate(xs: list[int], k: int) -> list[int]:
    """Move the first k items to the end.

    >>> rotate([1, 2, 3], 1)
    [2, 3, 1]
    >>> rotate([], 5)
    []
    """
    ...


@icontract.require(lambda n: n >= 0)
@icontract.ensure(lambda n, result: result * result <= n < (result + 1) * (result + 1))
def root(n: int) -> int:
    """Whole square root.

    >>> root(16)
    4
    """
    ...


@icontract.ensure(lambda s, result: decode(result) == s)
def encode(s: str) -> list[tuple[str, int]]:
    """Run lengths.

    >>> encode("aab")
    [('a', 2), ('b', 1)]
    """
    ...


@icontract.require(lambda runs: all(len(c) == 1 and n > 0 for c, n in runs))
def decode(runs: list[tuple[str, int]]) -> str:
    """Text again.

    >>> decode([("a", 2)])
    'aa'
    """
    ...


def sort(xs: list[int]) -> None:
    """Sort in place.

    >>> xs = [2, 1]
    >>> sort(xs)
    >>> xs
    [1, 2]
    """
    ...


def subsets(xs: list[int]) -> list[list[int]]:
    """All sublists.

    >>> subsets([1])
    [[], [1]]
    """
    ...


def add(basket: Basket, item: str) -> Basket:
    """Return a basket with one more item.

    >>> add(Basket([]), "a")
    Basket(items=['a'])
    """
    ...


def parse(text: str) -> int:
    """Read a number, or raise ValueError.

    >>> parse("12")
    12
    >>> parse("x")
    Traceback (most recent call last):
    ValueError: no number
    """
    ...


def twice(xs: list[int]) -> list[int]:
    """Rotate by one, two times.

    Uses: rotate

    >>> twice([1, 2, 3])
    [3, 1, 2]
    """
    ...


def evens(n: int) -> Iterator[int]:
    """Yield even numbers below n.

    >>> list(evens(5))
    [0, 2, 4]
    """
    ...


def apply(f: Callable[[int], int]) -> int:
    """Cannot be sent.

    >>> apply(abs)
    1
    """
    ...


def law_back(s: str) -> bool:
    """There and back."""
    return decode(encode(s)) == s


def law_root(n: int) -> bool:
    """The root of a square."""
    return root(n * n) == abs(n)
'''

ROTATE = "if not xs:\n    return []\nk %= len(xs)\nreturn xs[k:] + xs[:k]"
ROOT = "import math\nreturn math.isqrt(n)"
ENCODE = "import itertools\nreturn [(c, len(list(g))) for c, g in itertools.groupby(s)]"
DECODE = "return ''.join(c * n for c, n in runs)"
SUBSETS = "out = [[]]\nfor x in xs:\n    out += [part + [x] for part in out]\nreturn out"
EXPONENTIAL = "def f(n):\n    return 1 if n < 2 else f(n - 1) + f(n - 2)\nf(len(xs))\n" + ROTATE

RANDOM = "import random\n" + ROTATE.replace("k %=", "k += random.randrange(9) if len(xs) > 3 else 0\nk %=")
HASHED = "seen = sorted(set(s), key=hash)\n" + ENCODE.replace(
    "return", "return [(c, 1) for c in seen] if len(seen) > 3 else"
)


class Bench:
    """An Examiner, its inputs, and the loop they live in."""

    def __init__(self, path: Path) -> None:
        self.runner = asyncio.Runner()
        self.spec = read_spec(path)
        self.examiner = self.run(Examiner.open, self.spec, open_sandbox())
        self.inputs: dict[str, InputSet] = {}

    def run(self, function: Callable[..., Awaitable[T]], *args: Any, **kwargs: Any) -> T:
        async def call() -> T:
            return await function(*args, **kwargs)

        return self.runner.run(call())

    def draw(self, name: str) -> InputSet:
        if name not in self.inputs:
            self.inputs[name] = self.run(self.examiner.draw, f"bench.{name}")
        return self.inputs[name]

    def examine(self, name: str, body: str, **callees: str) -> Examination:
        candidate = Candidate(f"bench.{name}", body)
        named = {f"bench.{callee}": text for callee, text in callees.items()}
        return self.run(self.examiner.examine, candidate, self.draw(name), named)

    def close(self) -> None:
        self.run(self.examiner.close)
        self.runner.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path = tmp_path_factory.mktemp("spec") / "bench.py"
    path.write_text(SPEC)
    made = Bench(path)
    yield made
    made.close()


def refuted(examination: Examination) -> str:
    assert examination.counterexample is not None, examination
    assert examination.key is None
    assert examination.flag is None
    assert examination.checks[-1].verdict is Verdict.REFUTED
    return examination.counterexample.check


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("rotate", ROTATE),
        ("root", ROOT),
        ("encode", ENCODE),
        ("decode", DECODE),
        ("sort", "xs.sort()"),
        ("subsets", SUBSETS),
        ("add", "return Basket([*basket.items, item])"),
        ("parse", "return int(text)"),
        ("evens", "yield from range(0, n, 2)"),
    ],
)
def test_a_right_candidate_gets_a_key_and_the_same_one_again(bench: Bench, name: str, body: str) -> None:
    first, again = bench.examine(name, body), bench.examine(name, f"# again\n{body}")
    assert first.key is not None, first
    assert first.key == again.key
    assert all(check.verdict >= Verdict.TESTED for check in first.checks), first.checks
    assert len(first.outcomes) == len(bench.draw(name).calls) >= 100


@pytest.mark.parametrize(
    ("name", "body", "check"),
    [
        ("rotate", "return xs[k:] + xs[:k + 1]", "example"),
        ("rotate", "return tuple(xs[k:] + xs[:k])", "example"),
        ("rotate", "xs.sort()\nreturn [2, 3, 1] if k == 1 else []", "arguments changed"),
        ("rotate", ROTATE.replace("return xs[k:]", "return None if len(xs) == 4 else xs[k:]"), "type"),
        ("rotate", ROTATE.replace("return xs[k:]", "if len(xs) == 4:\n    return missing\nreturn xs[k:]"), "crash"),
        ("rotate", ROTATE + "\nraise NotImplementedError", "ok"),
        ("root", "return round(n ** 0.5)", "postcondition"),
        ("root", "return n // 4", "postcondition"),
        ("root", "import math\nr = math.isqrt(n)\nreturn float(r) if n > 50 else r", "type"),
        ("sort", "xs.reverse()\nif len(xs) == 3:\n    return xs", "type"),
        ("add", "basket.items.append(item)\nreturn basket", "arguments changed"),
        ("parse", "return int(text) if text.isdigit() else 0", "example"),
        ("parse", "try:\n    return int(text)\nexcept ValueError:\n    raise KeyError(text)", "example"),
        ("encode", "return [(c, s.count(c)) for c in {c: 0 for c in s}] or [s.x]", "crash"),
        ("rotate", RANDOM, "not repeatable"),
        ("encode", ENCODE + "\n", "ok"),
        ("encode", HASHED, "not repeatable"),
    ],
)  # fmt: skip
def test_a_wrong_candidate_is_refuted_by_the_cheapest_check(bench: Bench, name: str, body: str, check: str) -> None:
    examination = bench.examine(name, body)
    if check == "ok":
        assert examination.key is not None
    else:
        assert refuted(examination) == check


def test_counterexamples_read_like_python(bench: Bench) -> None:
    wrong = bench.examine("rotate", "return xs[k:] + xs[:k + 1]").counterexample
    assert str(wrong) == "rotate([1, 2, 3], 1) gave [2, 3, 1, 2], but the example says [2, 3, 1]"
    broken = bench.examine("root", "return n // 4").counterexample
    assert broken is not None
    assert broken.call.startswith("root(")
    assert "result * result <= n" in broken.expected
    added = bench.examine("add", "return Basket(basket.items)").counterexample
    assert added is not None
    assert added.observed == "Basket(items=[])"


@pytest.mark.parametrize(
    ("name", "body", "flag"),
    [
        ("rotate", "while True:\n    pass", "too slow"),
        ("rotate", EXPONENTIAL, "too slow"),
        ("rotate", "import os\nos._exit(0)", "died"),
        ("rotate", "class L(list):\n    pass\nreturn L(xs[k:] + xs[:k])", "unencodable"),
        ("rotate", "return (", "died"),
    ],
)
def test_what_cannot_be_judged_is_flagged(bench: Bench, name: str, body: str, flag: str) -> None:
    try:
        examination = bench.examine(name, body)
    except ValueError:
        assert body == "return ("
        return
    assert examination.flag == flag
    assert examination.key is None


def test_results_that_grow_are_no_sign_of_a_slow_candidate(bench: Bench) -> None:
    assert bench.examine("subsets", SUBSETS).flag is None


def test_behaviours_that_differ_get_different_keys(bench: Bench) -> None:
    other = "return xs[k:] + xs[:k]"
    assert bench.examine("rotate", ROTATE).key != bench.examine("rotate", other).key
    assert bench.examine("sort", "xs.sort()").key != bench.examine("sort", "xs.reverse()").key


def test_a_caller_is_examined_with_its_callee(bench: Bench) -> None:
    assert bench.examine("twice", "return rotate(rotate(xs, 1), 1)", rotate=ROTATE).key is not None
    assert refuted(bench.examine("twice", "return rotate(rotate(xs, 1), 1)", rotate="return xs")) == "example"


def test_separate_finds_a_small_difference_or_none(bench: Bench) -> None:
    left, right = Candidate("bench.rotate", ROTATE), Candidate("bench.rotate", "return xs[k:] + xs[:k]")
    found = bench.run(separate, bench.examiner, Pair(left, right, {}), tries=300, seed=0)
    assert found is not None
    call, separation = found
    assert separation.call == bench.examiner.describe_call(call)
    assert separation.left != separation.right
    assert len(separation.call) < 30
    same = Candidate("bench.rotate", "k = k % len(xs) if xs else 0\nreturn xs[k:] + xs[:k]")
    assert bench.run(separate, bench.examiner, Pair(left, same, {}), tries=150, seed=0) is None


def test_laws_hold_or_break_with_the_steps_shown(bench: Bench) -> None:
    back, root = bench.spec.laws()
    bodies = {"bench.encode": ENCODE, "bench.decode": DECODE, "bench.root": ROOT}
    held = bench.run(bench.examiner.check_law, back, bodies)
    assert held.verdict is Verdict.TESTED
    assert held.inputs >= 90
    assert bench.run(bench.examiner.check_law, root, bodies).verdict is Verdict.TESTED
    wrong = bench.run(bench.examiner.check_law, back, {**bodies, "bench.decode": "return ''.join(c for c, n in runs)"})
    assert wrong.verdict is Verdict.REFUTED
    assert wrong.counterexample is not None
    assert "decode(" in wrong.counterexample.observed
    missing = bench.run(bench.examiner.check_law, back, {"bench.encode": ENCODE})
    assert missing.verdict is Verdict.UNKNOWN


def test_contracts_that_name_other_units_are_checked_together(bench: Bench) -> None:
    check = bench.examiner.check_contracts_together
    bodies = {"bench.encode": ENCODE, "bench.decode": DECODE}
    assert bench.run(check, "bench.encode", bodies, bench.draw("encode")).verdict is Verdict.TESTED
    lossy = {**bodies, "bench.encode": "return [(c, 1) for c in s] if len(s) > 3 else " + ENCODE.split("return ")[1]}
    lossy["bench.encode"] = "import itertools\n" + lossy["bench.encode"].replace("(c, 1) for c in s", "(s[0], len(s))")
    result = bench.run(check, "bench.encode", lossy, bench.draw("encode"))
    assert result.verdict is Verdict.REFUTED


def test_draws_are_the_same_in_another_examiner(bench: Bench) -> None:
    async def again() -> InputSet:
        other = await Examiner.open(bench.spec, open_sandbox())
        try:
            return await other.draw("bench.rotate")
        finally:
            await other.close()

    assert bench.run(again) == bench.draw("rotate")


def test_calls_are_read_and_validated(bench: Bench) -> None:
    texts = ["root(9)", "root(-1)", "root(", "print(1)"]
    calls = bench.run(bench.examiner.read_calls, "bench.root", texts)
    assert [bench.examiner.describe_call(call) for call in calls] == ["root(9)", "root(-1)"]
    assert bench.run(bench.examiner.valid, "bench.root", calls) == (Call("bench.root", (9,)),)


def test_a_parameter_without_values_is_said(bench: Bench) -> None:
    with pytest.raises(SpecError, match="Callable"):
        bench.draw("apply")


BAD_SPEC = '''
import icontract

@icontract.require(lambda n: n > 5)
def f(n: int) -> int:
    """F.

    >>> f(3)
    1
    """
    ...

@icontract.ensure(lambda result: result > 0)
def g(n: int) -> int:
    """G.

    >>> g(1)
    -1
    >>> g(2)
    1
    >>> g(1 + 1)
    2
    """
    ...

@icontract.require(lambda n: n > 5 and n < 3)
def h(n: int) -> int:
    """H."""
    ...
'''


def checked(path: Path, bench: Bench) -> list[tuple[str, str, int]]:
    async def check() -> list[tuple[str, str, int]]:
        examiner = await Examiner.open(read_spec(path), open_sandbox())
        try:
            return [(d.severity, d.code, d.location.line) for d in await examiner.check_specification()]
        finally:
            await examiner.close()

    return bench.run(check)


def test_the_specification_is_checked_by_running_it(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text(BAD_SPEC)
    assert checked(path, bench) == [
        ("error", "example-breaks-contract", 8),
        ("error", "example-breaks-contract", 17),
        ("error", "contradicting-examples", 21),
        ("warning", "no-valid-input", 27),
    ]


def test_a_specification_that_does_not_import_is_one_finding(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "broken.py"
    path.write_text('X = 1\nY = X / 0\n\ndef f(n: int) -> int:\n    """F."""\n    ...\n')
    assert checked(path, bench) == [("error", "spec-does-not-import", 2)]
