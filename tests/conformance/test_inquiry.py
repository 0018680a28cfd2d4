"""From what a run knows to questions, on a real sandbox: rivals, mutants, unspoken errors, and what cannot be asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.inquiry import CHANGED, Inquirer, Inquiry
from swarmwright.construct.planning import plan_tasks
from swarmwright.construct.questions import Answer
from swarmwright.construct.replies import Interpreter, Reply, answered, doctest_of, unit_named
from swarmwright.errors import UsageError
from swarmwright.ledger.events import Answer as ModelAnswer
from swarmwright.ledger.events import Answered, AnyEvent, Asked, Decided, EpochOpened, Examined, Result
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.spec.reader import read_sources
from swarmwright.verify.examine import Examiner
from swarmwright.verify.judging import is_in_place
from swarmwright.verify.values import Candidate, Outcome

pytestmark = pytest.mark.sandbox

SPEC = '''
"""A specification."""

import dataclasses
import decimal

import icontract


@dataclasses.dataclass
class Point:
    """A point."""

    x: int
    y: int = 0


class Lost(Exception):
    """Nobody knows where."""


def largest(xs: list[int], start: int) -> int:
    """Return the largest number of a list from a place on.

    >>> largest([3, 1], 0)
    3
    """
    ...


def second(xs: list[int]) -> int:
    """Return the second number of a list.

    >>> second([3, 1])
    1
    """
    ...


def price(cents: int) -> int:
    """Return the price with the fee.

    >>> price(0)
    0
    >>> price(300)
    310
    """
    ...


def receipt(cents: int) -> str:
    """Return a line of a receipt.

    Uses: price

    >>> receipt(0)
    '0'
    """
    ...


def move(point: Point) -> Point:
    """Return the point next to it.

    >>> move(Point(1, 1))
    Point(x=2, y=1)
    """
    ...


def half(number: decimal.Decimal) -> decimal.Decimal:
    """Return half of it.

    >>> half(decimal.Decimal(2))
    Decimal('1')
    """
    ...


def tidy(words: list[str]) -> None:
    """Sort words in place.

    >>> words = ["b", "a"]
    >>> tidy(words)
    >>> words
    ['a', 'b']
    """
    ...
'''
BODIES = {
    "largest": [
        "return max(xs[start:])\n",
        "return max(xs[start:], default=0)\n",
        "return max(xs[start:], default=0)\n",
    ],
    "second": ["return xs[1]\n"],
    "price": ["return cents + (10 if cents > 99 else 0)\n"] * 3,
    "receipt": [],
    "move": ["return Point(point.x + 1, point.y)\n", "return Point(point.x + point.y, point.y)\n"],
    "half": ["return number / 2\n", "return number // 2\n"],
    "tidy": ["words.sort()\n", "words.sort(key=str.lower)\n"],
}


class Desk:
    """A run that ended with these bodies for each function, all undecided, and who asks about it."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self.spec = read_sources("m", {"m/__init__.py": SPEC})
        self.runner = runner
        self.examiner = runner.run(Examiner.open(self.spec, open_sandbox()))
        self.blueprint = plan_tasks(self.spec)
        self.blobs = MemoryLedger().blobs
        self.dossiers = Dossiers(self.blobs)
        for name, bodies in BODIES.items():
            self.dossiers.absorb(runner.run(self.events(f"m.{name}", bodies)))
        self.interpreter = Interpreter(self.spec, self.examiner)

    async def events(self, unit: str, bodies: Sequence[str]) -> list[AnyEvent]:
        task = self.blueprint.task_of(unit)
        if not bodies:
            return [Decided(task, False, -1, 0, 0, 0, "depends on m.price")]
        inputs = await self.examiner.draw(unit, count=60)
        answers, results = [], []
        for number, body in enumerate(bodies):
            seen = await self.examiner.examine(Candidate(unit, body), inputs, {})
            story = self.blobs.put(msgspec.json.encode(seen))
            answers.append(ModelAnswer(b"", self.blobs.put(body.encode()), "", "", 1, 1, 0.0, 0.0, False))
            refuted = seen.counterexample.check if seen.counterexample else ""
            results.append(Result(number, seen.key or b"", seen.flag or "", refuted, story))
        return [
            Asked(task, 0, "coder", "small", 0, len(bodies)),
            Answered(task, 0, b"", tuple(answers)),
            EpochOpened(task, 0, self.blobs.put(msgspec.json.encode(inputs)), len(inputs.calls), False, "first"),
            Examined(task, 0, tuple(results)),
            Decided(task, False, -1, 0, 0, 0, "thin evidence"),
        ]

    def inquire(self, most: int = 20, per_unit: int = 1) -> Inquiry:
        inquirer = Inquirer(self.spec, self.blueprint, self.dossiers, self.examiner)
        return self.runner.run(inquirer.inquire(most=most, per_unit=per_unit))

    def read(self, unit: str, call: str, result: str | float | None = None, raises: str | None = None) -> Answer:
        return self.runner.run(self.interpreter.read(Reply(unit, call, result, raises)))


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with asyncio.Runner() as runner:
        desk = Desk(runner)
        yield desk
        runner.run(desk.examiner.close())


@pytest.fixture(scope="module")
def inquiry(desk: Desk) -> Inquiry:
    return desk.inquire()


def test_where_two_behaviours_differ_the_smallest_input_is_asked_about(inquiry: Inquiry) -> None:
    asked = {question.unit: question for question in inquiry.questions}
    largest = asked["m.largest"]
    assert largest.source == "largest([], 0)"
    assert [(choice.text, choice.votes, choice.models) for choice in largest.choices] == [
        ("0", 2, ("small",)),
        ("raises ValueError", 1, ("small",)),
    ]
    move = asked["m.move"]
    assert move.source == "move(Point(x=0, y=0))"
    assert move.why == "thin evidence"


def test_an_error_that_nobody_spoke_of_is_a_question(inquiry: Inquiry) -> None:
    (second,) = (question for question in inquiry.questions if question.unit == "m.second")
    assert second.source in ("second([])", "second([0])")
    assert [choice.text for choice in second.choices] == ["raises IndexError"]


def test_a_lone_behaviour_is_asked_about_where_a_changed_version_differs(inquiry: Inquiry) -> None:
    (price,) = (question for question in inquiry.questions if question.unit == "m.price")
    first, *others = price.choices
    assert (first.votes, first.note) == (3, "")
    assert others
    assert all((other.votes, other.note) == (0, CHANGED) for other in others)
    assert len(price.source) <= len("price(100)")
    assert price.waiting == 1


def test_what_cannot_be_asked_about_is_said(inquiry: Inquiry) -> None:
    silent = {silence.unit: silence.reason for silence in inquiry.silences}
    assert silent["m.receipt"] == "depends on m.price"
    # Decimal is not a name of that module: the question cannot be written there as we would write it.
    assert "m.half" in silent


def test_contested_units_come_first_and_no_more_is_asked_than_is_wanted(desk: Desk, inquiry: Inquiry) -> None:
    assert len(desk.inquire(most=2).questions) == 2
    worths = [question.worth for question in inquiry.questions]
    assert worths == sorted(worths, reverse=True)
    assert len({question.unit for question in inquiry.questions}) == len(inquiry.questions)


def test_what_works_in_place_is_asked_about_as_it_is_afterwards(desk: Desk, inquiry: Inquiry) -> None:
    (tidy,) = (question for question in inquiry.questions if question.unit == "m.tidy")
    assert tidy.source.startswith("tidy([")
    unit = unit_named(desk.spec, "tidy")
    assert is_in_place(unit)
    after = answered(desk.spec, [Answer("m.tidy", tidy.call, tidy.choices[0].outcome)]).unit("m.tidy")
    assert len(after.examples) > len(unit.examples)
    assert after.examples[-1].source == "words"


def test_delivered_units_are_asked_about_only_where_that_is_wanted(desk: Desk) -> None:
    task = desk.blueprint.task_of("m.largest")
    dossiers = Dossiers(desk.blobs)
    events = desk.runner.run(desk.events("m.largest", BODIES["largest"]))
    dossiers.absorb([*events[:-1], Decided(task, True, 1, 2, 2, 1, "")])
    inquirer = Inquirer(desk.spec, desk.blueprint, dossiers, desk.examiner)
    assert not desk.runner.run(inquirer.inquire()).questions
    asked = desk.runner.run(inquirer.inquire(delivered=True)).questions
    assert [question.unit for question in asked] == ["m.largest"]


@pytest.mark.parametrize(
    ("unit", "call", "result", "lines"),
    [
        ("price", "price( 7 )", "3+4", (">>> price(7)", "7")),
        ("price", "m.price(7)", 7, (">>> price(7)", "7")),
        ("move", "move(Point(1))", "Point(2)", (">>> move(Point(x=1, y=0))", "Point(x=2, y=0)")),
        (
            "half",
            "half(decimal.Decimal('0.1'))",
            "decimal.Decimal('0.05')",
            (">>> half(decimal.Decimal('0.1'))", "decimal.Decimal('0.05')"),
        ),
        (
            "tidy",
            "tidy(['b', 'B'])",
            "['B', 'b']",
            (">>> words = ['b', 'B']", ">>> tidy(words)", ">>> words", "['B', 'b']"),
        ),
    ],
)
def test_an_answer_is_read_and_written_as_python(
    desk: Desk, unit: str, call: str, result: str | int, lines: tuple[str, ...]
) -> None:
    answer = desk.read(unit, call, result)
    assert doctest_of(unit_named(desk.spec, unit), answer) == lines
    examples = answered(desk.spec, [answer]).unit(f"m.{unit}").examples
    assert len(examples) > len(desk.spec.unit(f"m.{unit}").examples)


def test_an_error_is_read_by_its_name(desk: Desk) -> None:
    for name in ("ValueError", "Lost", "m.Lost", "decimal.InvalidOperation"):
        if name.startswith("decimal"):
            with pytest.raises(UsageError, match="no exception"):
                desk.read("price", "price(-1)", raises=name)
        else:
            answer = desk.read("price", "price(-1)", raises=name)
            assert answer.outcome == Outcome("raise", error=name.rpartition(".")[2])


@pytest.mark.parametrize(
    ("unit", "call", "result", "reason"),
    [
        ("price", "price('a')", None, "needs either"),
        ("price", "price(1)", "'a'", "not of the declared type int"),
        ("price", "price(1)", "None", "not of the declared type int"),
        ("price", "price(1)", "cents", "no Python value"),
        ("price", "price(1)", "object()", "no plain data"),
        ("price", "price(1)", "1 +", "not valid Python"),
        ("price", "price(1)", "__import__('os').getpid", "no Python value"),
        ("price", "price(1); price(2)", "1", "is no call of price"),
        ("price", "print(1)", "1", "is no call of price"),
        ("price", "price()", "1", "is no call of price"),
        ("tidy", "tidy(['a'])", "None", "by hand"),
    ],
)
def test_what_is_no_answer_is_refused(desk: Desk, unit: str, call: str, result: str | None, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        desk.read(unit, call, result)
    assert "\n" not in str(caught.value)
