"""The mender on a real sandbox: what it mends, what it must leave contested, and what its bodies are worth as votes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
from test_crew import Divided, built_of, materials, read

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.config.settings import MENDING, SIMULATED
from swarmwright.construct.mender import Basis, Mend, Mender, MendingEffort
from swarmwright.ledger.events import IDLE, MENDER, Answered
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.reasons import ONLY_REPAIRS
from swarmwright.swarm.values import Policy, Rung
from swarmwright.verify.examine import Examiner
from swarmwright.verify.values import Candidate
from swarmwright.watch.report import build_report
from swarmwright.watch.story import find_task, tell

pytestmark = pytest.mark.sandbox

SPEC = '''
import icontract


def grade(points: int) -> str:
    """Return "merit" from 72 points on, "pass" from 45 on, else "fail".

    >>> grade(45)
    'pass'
    >>> grade(44)
    'fail'
    >>> grade(72)
    'merit'
    >>> grade(71)
    'pass'
    """
    ...


def vowels(text: str) -> int:
    """Return how many vowels text has; "y" counts as one, and upper case is as lower case.

    >>> vowels("Yes")
    2
    >>> vowels("AxyZ")
    2
    """
    ...


def mean(xs: list[float]) -> float:
    """Return the mean of xs; of an empty list 0.0.

    >>> mean([1.0, 2.0])
    1.5
    >>> mean([])
    0.0
    """
    ...


def windows(xs: list[int], size: int) -> list[int]:
    """Return the sums of all runs of size neighbours in xs; size is at least 1.

    >>> windows([1, 2, 3], 2)
    [3, 5]
    >>> windows([1, 2, 3], 1)
    [1, 2, 3]
    >>> windows([1], 2)
    []
    """
    ...


def boxes(items: int) -> int:
    """Return how many boxes of 7 items are needed, the last one perhaps not full.

    >>> boxes(14)
    2
    >>> boxes(15)
    3
    >>> boxes(0)
    0
    >>> boxes(6)
    1
    """
    ...


def initials(name: str) -> str:
    """Return the first letters of the words of name, in upper case.

    >>> initials("ada lovelace")
    'AL'
    >>> initials("X")
    'X'
    """
    ...


def scaled(xs: list[int], factor: int, offset: int) -> list[int]:
    """Return each of xs times factor, plus offset.

    >>> scaled([1, 2], 10, 3)
    [13, 23]
    >>> scaled([], 1, 1)
    []
    >>> scaled([4], 0, 9)
    [9]
    """
    ...


def leap(year: int) -> bool:
    """Return whether a year is long: every 4th is, but no 128th.

    >>> leap(4)
    True
    >>> leap(128)
    False
    >>> leap(100)
    True
    >>> leap(7)
    False
    """
    ...


def reduced(price: float) -> float:
    """Return a price less 15 percent.

    >>> reduced(100.0)
    85.0
    >>> reduced(40.0)
    34.0
    """
    ...


def inside(n: int, low: int, high: int) -> bool:
    """Return whether n lies between low and high, both of them included.

    >>> inside(1, 1, 3)
    True
    >>> inside(3, 1, 3)
    True
    >>> inside(2, 1, 3)
    True
    >>> inside(4, 1, 3)
    False
    >>> inside(0, 1, 3)
    False
    """
    ...


def left(stock: int, sold: int) -> int:
    """Return what is left of a stock, never less than 0.

    >>> left(5, 3)
    2
    >>> left(3, 5)
    0
    >>> left(4, 4)
    0
    """
    ...


@icontract.ensure(lambda xs, result: sorted(result) == sorted(xs))
@icontract.ensure(lambda result: all(a >= b for a, b in zip(result, result[1:])))
def falling(xs: list[int]) -> list[int]:
    """Return xs from the greatest to the least.

    >>> falling([2])
    [2]
    """
    ...


def keep(xs: list[int]) -> None:
    """Remove in place what is less than zero.

    >>> xs = [1, 0, -2]
    >>> keep(xs)
    >>> xs
    [1, 0]
    """
    ...


@icontract.require(lambda n: 0 <= n <= 40)
def powers(n: int) -> int:
    """Return two to the n-th, for n not negative, by calling itself; 1 for 0.

    >>> powers(0)
    1
    >>> powers(5)
    32
    >>> powers(1)
    2
    """
    ...


def tall(cm: int) -> bool:
    """Return whether that is tall: more than 160, or by some more than 190.

    >>> tall(200)
    True
    >>> tall(150)
    False
    """
    ...


def apart(a: int, b: int) -> int:
    """Return how far a and b are apart.

    >>> apart(1, 3)
    2
    """
    ...


def halves(n: int) -> int:
    """Return half of n.

    >>> halves(7)
    4
    """
    ...


def larger(a: int, b: int) -> int:
    """Return the larger one.

    >>> larger(3, 2)
    3
    """
    ...


def primes(n: int) -> list[int]:
    """Return the primes up to n.

    >>> primes(10)
    [2, 3, 5, 7]
    >>> primes(20)
    [2, 3, 5, 7, 11, 13, 17, 19]
    """
    ...


def code(word: str) -> int:
    """Return the secret code of a word.

    >>> code("alpha")
    311
    >>> code("beta")
    742
    >>> code("gamma")
    95
    """
    ...
'''
MENDABLE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "grade": (
        (
            "if points >= 80:\n    return 'merit'\nif points >= 50:\n    return 'pass'\nreturn 'fail'",
            "return 'merit' if points > 72 else 'pass' if points > 45 else 'fail'",
        ),
        "return 'merit' if points >= 72 else 'pass' if points >= 45 else 'fail'",
    ),
    "vowels": (
        ("return sum(c in 'aeiou' for c in text.lower())", "return sum(c in 'aeiouy' for c in text)"),
        "return sum(c in 'aeiouy' for c in text.lower())",
    ),
    "mean": (("return sum(xs) / len(xs)",), "return sum(xs) / len(xs) if xs else 0.0"),
    "windows": (
        (
            "return [sum(xs[i:i + size]) for i in range(len(xs) - size)]",
            "out = []\ni = 0\nwhile i < len(xs) - size:\n    out.append(sum(xs[i:i + size]))\n    i += 1\nreturn out",
        ),
        "return [sum(xs[i:i + size]) for i in range(len(xs) - size + 1)]",
    ),
    "boxes": (("return items // 7",), "return -(-items // 7)"),
    "initials": (
        ("return ''.join(word[0] for word in name.split())",),
        "return ''.join(word[0] for word in name.split()).upper()",
    ),
    "scaled": (("return [x * factor + factor for x in xs]",), "return [x * factor + offset for x in xs]"),
    "leap": (("return year % 4 == 0 and year % 100 != 0",), "return year % 4 == 0 and year % 128 != 0"),
    "reduced": (("return price * 0.9",), "return price * 0.85"),
    "inside": (("return low < n < high",), "return low <= n <= high"),
    "left": (("return stock - sold",), "return max(stock - sold, 0)"),
    "falling": (("return sorted(xs)",), "return sorted(xs, reverse=True)"),
    "keep": (("xs[:] = [x for x in xs if x > 0]",), "xs[:] = [x for x in xs if x >= 0]"),
    "powers": (("if n == 0:\n    return 0\nreturn 2 * powers(n - 1)",), "return 2 ** n"),
}
"""Near misses, and what is meant."""
OPEN: Mapping[str, str] = {
    "tall": "return cm > 200",
    "apart": "return a - b",
    "halves": "return n // 2",
    "larger": "return min(a, b)",
}
"""What the examples leave open once they are satisfied."""
BEYOND: Mapping[str, str] = {
    "primes": "return [n]",
    "code": "return 311 if word == 'alpha' else len(word)",
}
"""What no small edit satisfies, unless the examples are learned by heart."""


class Bench:
    """Everything mended once, and the behaviour of what is meant."""

    def __init__(self, folder: Path) -> None:
        self.spec = read(folder, SPEC)
        self.mended: dict[str, tuple[Mend, ...]] = {}
        self.meant: dict[str, bytes | None] = {}
        self.again: tuple[Mend, ...] = ()
        self.few: tuple[Mend, ...] = ()
        asyncio.run(self._run())

    async def _run(self) -> None:
        examiner = await Examiner.open(self.spec, open_sandbox())
        try:
            for name, (bodies, meant) in MENDABLE.items():
                self.mended[name] = await self._mend(examiner, name, bodies)
                inputs = await examiner.draw(f"m.{name}", count=60)
                self.meant[name] = (await examiner.examine(Candidate(f"m.{name}", meant), inputs, {})).key
            for name, body in {**OPEN, **BEYOND}.items():
                self.mended[name] = await self._mend(examiner, name, [body])
            self.again = await self._mend(examiner, "leap", MENDABLE["leap"][0])
            self.few = await self._mend(examiner, "grade", MENDABLE["grade"][0], MendingEffort(variants=9))
        finally:
            await examiner.close()

    async def _mend(
        self, examiner: Examiner, name: str, bodies: Sequence[str], effort: MendingEffort | None = None
    ) -> tuple[Mend, ...]:
        inputs = await examiner.draw(f"m.{name}", count=60)
        mender = Mender(self.spec, examiner, effort or MendingEffort(seconds=120.0))
        # Who says the same in another layout, or twice, is one basis.
        bases = [Basis(number, body) for number, body in enumerate(bodies)]
        bases += [Basis(len(bases) + basis.sample, f"# again\n{basis.body}") for basis in bases]
        return await mender.mend(self.spec.unit(f"m.{name}"), bases, inputs, {}, count=6)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("mender"))


@pytest.mark.parametrize("name", MENDABLE)
def test_a_near_miss_is_mended_into_what_is_meant(bench: Bench, name: str) -> None:
    assert bench.meant[name] is not None
    right = [one for one in bench.mended[name] if one.key == bench.meant[name]]
    assert [one.sample for one in right] == list(range(len(MENDABLE[name][0])))
    assert all(one.edits for one in right)


@pytest.mark.parametrize("name", ["grade", "mean", "windows", "scaled", "falling", "inside", "keep"])
def test_where_the_examples_decide_there_is_no_rival(bench: Bench, name: str) -> None:
    assert {one.key for one in bench.mended[name]} == {bench.meant[name]}


@pytest.mark.parametrize("name", OPEN)
def test_what_the_examples_leave_open_shows_as_rivals_of_one_vote_each(bench: Bench, name: str) -> None:
    keys = [one.key for one in bench.mended[name]]
    assert len(keys) == len(set(keys)) > 1


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_no_small_edit_away_is_not_learned_by_heart(bench: Bench, name: str) -> None:
    assert bench.mended[name] == ()


def test_the_same_question_has_the_same_answer(bench: Bench) -> None:
    assert bench.again == bench.mended["leap"] != ()


def test_counts_bound_the_search(bench: Bench) -> None:
    assert bench.few == ()


def test_a_mend_says_what_was_done_to_which_sample(bench: Bench) -> None:
    assert str(bench.mended["leap"][0]) == "sample 0 with small edits: `100` became `128`"


LONG = '''
def long(year: int) -> bool:
    """Return whether a year is long: every 4th is, but no 128th.

    >>> long(4)
    True
    >>> long(128)
    False
    >>> long(100)
    True
    >>> long(7)
    False
    """
    ...
'''
ASKED = (Rung("coder-plain", SIMULATED, 3), MENDING)
MISSES = (
    "return year % 4 == 0 and year % 100 != 0\n",
    "if year % 100 == 0:\n    return False\nreturn year % 4 == 0\n",
    "return not year % 4 and bool(year % 100)\n",
)


def test_three_refuted_proposals_that_lead_to_the_same_cost_nothing_more_and_do_not_win_alone(tmp_path: Path) -> None:
    spec, ledger = read(tmp_path, LONG), MemoryLedger()
    model = Divided({}, "long", MISSES)
    parts = msgspec.structs.replace(
        materials(spec, model, ledger), policy=Policy(ASKED), budget=Budget(calls=2, tokens=10_000)
    )
    built = built_of(parts)
    # Three agree, and three are enough; but nobody was right at once, and they may share what they got wrong.
    assert built.undecided == {"m.long": ONLY_REPAIRS}
    assert model.asked == 3
    state = fold(ledger.replay())
    unit = build_report(state, ledger.blobs, spec=spec).units[0]
    assert unit.behaviours[0].models == (MENDER,)
    assert unit.models == (SIMULATED,)
    assert unit.votes == 3
    assert IDLE not in unit.flags
    assert state.totals.kept == 0
    story = tell(state, find_task(state, "long"), ledger.blobs)
    for sample in range(3):
        assert f"sample {sample} with small edits: `100` became `128`" in story
    before = tuple(ledger.replay())
    assert built_of(parts) == built
    assert tuple(ledger.replay()) == before


def test_one_refuted_proposal_however_often_it_was_given_is_one_vote(tmp_path: Path) -> None:
    spec, ledger = read(tmp_path, LONG), MemoryLedger()
    parts = materials(spec, Divided({}, "long", MISSES[:1]), ledger)
    built = built_of(msgspec.structs.replace(parts, policy=Policy(ASKED)))
    assert built.delivered == {}
    unit = build_report(fold(ledger.replay()), ledger.blobs, spec=spec).units[0]
    assert {behaviour.votes for behaviour in unit.behaviours} == {1}
    answers = [event.answers for event in ledger.replay() if isinstance(event, Answered)][-1]
    assert len(answers) == MENDING.count
    assert answers[-1].flag == IDLE
