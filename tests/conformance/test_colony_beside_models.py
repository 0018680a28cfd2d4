"""The colony in a build with models: its samples are numbered apart, and what it finds joins the votes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Completion, ModelRequest
from swarmwright.agents.replay import RecordedModel
from swarmwright.agents.roster import load_archetypes
from swarmwright.colony.efforts import Foraging
from swarmwright.config.settings import COLONY, SIMULATED
from swarmwright.construct.pipeline import Built, Materials, build
from swarmwright.ledger.events import Answered, Asked
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.simulate.model import SimulatedModel
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.finds import Weights
from swarmwright.swarm.values import Policy, Rung, StopSignal
from swarmwright.verify.winner import Effort
from swarmwright.watch.report import UnitReport, build_report

pytestmark = pytest.mark.sandbox

SPEC = '''
def spread(xs: list[int]) -> int:
    """Return how far the largest number of a list is from the smallest; of an empty list 0.

    >>> spread([3, 9, 4])
    6
    >>> spread([5])
    0
    >>> spread([-2, 40, 7, 11])
    42
    >>> spread([8, -8])
    16
    >>> spread([100, 3, 50, 90])
    97
    >>> spread([])
    0
    """
    ...


def code(text: str) -> str:
    """Return a text with a star around every vowel that stands beside another one, and the rest left out.

    >>> code("book")
    '*o**o*'
    >>> code("tin")
    ''
    >>> code("quiet")
    '*u**i**e*'
    """
    ...
'''
SPREAD = "return max(xs) - min(xs) if xs else 0\n"
CODE = (
    "vowels = 'aeiou'\n"
    "beside = [text[max(0, i - 1):i] + text[i + 1:i + 2] for i in range(len(text))]\n"
    "return ''.join('*' + c + '*' for c, b in zip(text, beside) if c in vowels and any(o in vowels for o in b))\n"
)
SAMPLES = Rung("coder-plain", SIMULATED, 3)
MODEL_LADDER = (SAMPLES, Rung("coder-examples-first", SIMULATED, 2, when="split", most=4))


class Noting:
    """A Model that notes which samples were asked of it; it writes the given bodies."""

    def __init__(self, solutions: Mapping[str, str]) -> None:
        self.model = SimulatedModel(solutions, seed=3, accuracy=1.0, flag_rate=0.0)
        self.name = self.family = SIMULATED
        self.digest = "noting"
        self.concurrency = 4
        self.asked: list[int] = []

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        self.asked += range(request.first, request.first + request.count)
        return await self.model.complete(request)

    async def close(self) -> None:
        """Nothing to release."""


class Kept:
    """Answers that are kept in memory."""

    def __init__(self) -> None:
        self.found: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        return self.found.get(key)

    def put(self, items: object) -> None:
        self.found.update(items)  # type: ignore[call-overload]

    def close(self) -> None:
        """Nothing to release."""


class Ended:
    """A build that ended: what was delivered, what was asked, and its report."""

    def __init__(self, spec: Spec, solutions: Mapping[str, str], kept: Kept, *, colony: bool) -> None:
        self.model = Noting(solutions)
        self.ledger = MemoryLedger()
        ladder = (msgspec.structs.replace(COLONY, count=4), *MODEL_LADDER) if colony else MODEL_LADDER
        parts = Materials(
            spec=spec,
            models={SIMULATED: RecordedModel(self.model, kept)},
            archetypes=load_archetypes(),
            sandbox=open_sandbox(),
            ledger=self.ledger,
            policy=Policy(ladder, weights=Weights() if colony else None),
            effort=Effort(inputs=60, mutants=2, symbolic_s=0.5, glance_s=0.5, difference_s=0.5),
            budget=Budget(),
            options={},
            clock=LoopClock(),
            foraging=Foraging(agents=60_000, seconds=60.0),
        )
        self.built: Built = asyncio.run(build(parts, observer=None, stop=StopSignal()))
        self.events = tuple(self.ledger.replay())
        report = build_report(fold(self.events), self.ledger.blobs, spec=spec)
        self.units: dict[str, UnitReport] = {unit.unit: unit for unit in report.units}


def spec_in(folder: Path) -> Spec:
    file = folder / "m.py"
    file.write_text(SPEC, encoding="utf-8")
    return read_spec(file)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Ended]:
    """The same specification with the model alone, then with both on the same kept answers."""
    spec, kept = spec_in(tmp_path_factory.mktemp("beside")), Kept()
    solutions = {"spread": SPREAD, "code": CODE}
    return Ended(spec, solutions, kept, colony=False), Ended(spec, solutions, kept, colony=True)


def test_answers_that_were_kept_without_the_colony_serve_with_it(pair: tuple[Ended, Ended]) -> None:
    alone, both = pair
    assert len(alone.model.asked) == 6
    assert both.model.asked == []


def test_the_colony_is_asked_first_and_its_answers_are_no_purchase(pair: tuple[Ended, Ended]) -> None:
    _, both = pair
    asked = [event for event in both.events if isinstance(event, Asked)]
    first = {task: next(event for event in asked if event.task == task) for task in {event.task for event in asked}}
    assert {(event.archetype, event.model, event.first) for event in first.values()} == {("colony", "", 0)}
    answers = [answer for event in both.events if isinstance(event, Answered) for answer in event.answers]
    assert not any(answer.tokens_in + answer.tokens_out for answer in answers if answer.text == b"")


def test_one_answer_of_the_model_confirms_what_was_found(pair: tuple[Ended, Ended]) -> None:
    alone, both = pair
    assert set(both.built.delivered) == set(alone.built.delivered) == {"m.spread", "m.code"}
    spread = both.units["m.spread"]
    assert (alone.units["m.spread"].votes, spread.votes, spread.margin) == (3, 2, 3)
    assert spread.reason.startswith("found by search, where nothing else as small satisfies")
    assert (both.units["m.code"].votes, both.units["m.code"].margin) == (3, 3)


def test_what_the_model_fails_at_is_delivered_where_it_was_separated(tmp_path: Path) -> None:
    wrong = {"spread": "return len(xs)\n", "code": CODE}
    ended = Ended(spec_in(tmp_path), wrong, Kept(), colony=True)
    assert set(ended.built.delivered) == {"m.spread", "m.code"}
    spread = ended.units["m.spread"]
    assert (spread.votes, spread.margin) == (1, 1)
    assert "max(xs)" in ended.built.delivered["m.spread"]
