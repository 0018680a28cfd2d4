"""The Crew and the pipeline that drives it: a simulated model, a real sandbox, a whole build in this process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Completion, Model, ModelRequest
from swarmwright.agents.roster import load_archetypes
from swarmwright.config.settings import SIMULATED, simulated_ladder
from swarmwright.construct.pipeline import Built, Materials, build, lane_chooser, open_run
from swarmwright.errors import LedgerMismatchError, LedgerVersionError, SpecError
from swarmwright.ledger.events import FORMAT, AnyEvent, Asked, Noted, RunOpened, TaskId, Together
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.ledger.ports import Ledger
from swarmwright.simulate.clock import JumpingClock
from swarmwright.simulate.model import SimulatedModel
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.values import Ask, Examine, ExitReason, Policy, Rung, StopSignal
from swarmwright.verify.winner import Effort
from swarmwright.watch.report import UnitReport, build_report, last_evidence
from swarmwright.watch.story import find_task, tell

pytestmark = pytest.mark.sandbox

SPEC = '''
import icontract


def shift(n: int) -> int:
    """Return n plus seven.

    >>> shift(0)
    7
    >>> shift(1)
    8
    >>> shift(-7)
    0
    """
    ...


def twice(n: int) -> int:
    """Return n shifted twice.

    Uses: shift

    >>> twice(0)
    14
    >>> twice(1)
    15
    >>> twice(-14)
    0
    """
    ...


@icontract.ensure(lambda n, result: unsquash(result) == n)
def squash(n: int) -> list[int]:
    """Return n as a list of one number.

    >>> squash(3)
    [3]
    """
    ...


def unsquash(xs: list[int]) -> int:
    """Return the sum of a list.

    >>> unsquash([3])
    3
    >>> unsquash([])
    0
    >>> unsquash([1, 2])
    3
    """
    ...


def grade(points: int) -> str:
    """Return the grade of that many points: "pass" from fifty on, else "fail".

    >>> grade(90)
    'pass'
    >>> grade(10)
    'fail'
    """
    ...


def certificate(points: int) -> str:
    """Return the text of a certificate.

    Uses: grade

    >>> certificate(90)
    'Result: pass'
    >>> certificate(10)
    'Result: fail'
    """
    ...


def climb(n: int) -> int:
    """Return n plus nine.

    >>> climb(0)
    9
    >>> climb(5)
    14
    >>> climb(6)
    15
    """
    ...


def law_climbing_keeps_order(n: int) -> bool:
    """What is greater stays greater."""
    return climb(n) < climb(n + 1)


def law_shifting_keeps_order(n: int) -> bool:
    """What is greater stays greater."""
    return shift(n) < shift(n + 1)
'''
SOLUTIONS = {
    "shift": "return n + 7\n",
    "twice": "return shift(shift(n))\n",
    "squash": "return [n]\n",
    "unsquash": "return sum(xs)\n",
    "certificate": "return 'Result: ' + grade(points)\n",
    # Right by every example, and by no reading of the prose.
    "climb": "return abs(n) + 9\n",
}
# The examples allow every one of them, so behaviours differ and nothing refutes them.
GRADES = tuple(f"return 'pass' if points >= {border} else 'fail'\n" for border in (20, 35, 50, 65, 80))


class Divided:
    """A Model of as many opinions on one function: sample n is answered by the opinion whose turn it is."""

    def __init__(self, solutions: Mapping[str, str], unit: str, opinions: Sequence[str]) -> None:
        self.models = [
            SimulatedModel({**solutions, unit: opinion}, seed=1, accuracy=1.0, flag_rate=0.0) for opinion in opinions
        ]
        self.name = self.family = SIMULATED
        self.digest = "divided"
        self.concurrency = 4
        self.asked = 0

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        answers: list[Completion] = []
        for sample in range(request.first, request.first + request.count):
            self.asked += 1
            one = msgspec.structs.replace(request, first=sample, count=1)
            answers += await self.models[sample % len(self.models)].complete(one)
        return tuple(answers)

    async def close(self) -> None:
        """Nothing to release."""


def read(folder: Path, source: str) -> Spec:
    file = folder / "m.py"
    file.write_text(source, encoding="utf-8")
    return read_spec(file)


def materials(spec: Spec, model: Model, ledger: Ledger) -> Materials:
    return Materials(
        spec=spec,
        models={SIMULATED: model},
        archetypes=load_archetypes(),
        sandbox=open_sandbox(),
        ledger=ledger,
        policy=Policy(simulated_ladder()),
        effort=Effort(inputs=60, mutants=2, symbolic_s=0.5, glance_s=0.5, difference_s=0.5),
        budget=Budget(),
        options={"model": model.digest},
        clock=LoopClock(),
    )


def built_of(parts: Materials, observer: list[AnyEvent] | None = None) -> Built:
    observe = observer.extend if observer is not None else None
    return asyncio.run(build(parts, observer=observe, stop=StopSignal()))


class Ended:
    """A build that ended: what came of it, its ledger, and its evidence."""

    def __init__(self, folder: Path) -> None:
        self.spec = read(folder, SPEC)
        self.ledger = MemoryLedger()
        self.model = Divided(SOLUTIONS, "grade", GRADES)
        self.observed: list[AnyEvent] = []
        self.built = built_of(materials(self.spec, self.model, self.ledger), self.observed)
        self.events = tuple(self.ledger.replay())
        self.report = build_report(fold(self.events), self.ledger.blobs, spec=self.spec)

    def unit(self, name: str) -> UnitReport:
        return next(unit for unit in self.report.units if unit.unit == name)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    return Ended(tmp_path_factory.mktemp("crew"))


def test_what_the_swarm_agrees_on_is_delivered_with_its_callees(ended: Ended) -> None:
    assert ended.built.exit_reason is ExitReason.SOME_UNDECIDED
    assert ended.built.delivered == {
        f"m.{name}": SOLUTIONS[name].strip() for name in ("shift", "twice", "squash", "unsquash")
    }
    for name in ended.built.delivered:
        unit = ended.unit(name)
        assert unit.verdict in ("TESTED", "BOUNDED")
        assert unit.votes == unit.margin >= 3
        assert {"examples", "type and postconditions", "same answer twice"} <= {check.check for check in unit.checks}


def test_what_it_is_divided_on_is_undecided_and_the_inputs_are_shown(ended: Ended) -> None:
    grade = ended.unit("m.grade")
    assert (grade.status, grade.verdict) == ("undecided", "UNKNOWN")
    assert len(grade.behaviours) == len(GRADES)
    assert grade.distinctions
    for distinction in grade.distinctions:
        points = int(distinction.call.removeprefix("grade(").rstrip(")"))
        assert 20 <= points < 80
        assert set(distinction.answers) == {"'pass'", "'fail'"}
    assert json.loads(msgspec.json.encode(ended.report))["undecided"]["m.grade"] == ended.built.undecided["m.grade"]


def test_who_uses_an_undecided_unit_is_undecided_and_nobody_is_asked(ended: Ended) -> None:
    assert "m.grade" in ended.built.undecided["m.certificate"]
    assert "depends on" in ended.built.undecided["m.certificate"]
    assert ended.unit("m.certificate").samples == 0


def test_laws_and_contracts_over_several_units_are_checked_and_can_stop_a_delivery(ended: Ended) -> None:
    shift = {law.check: law for law in ended.unit("m.shift").laws}
    assert shift["law law_shifting_keeps_order"].verdict == "TESTED"
    assert shift["law law_shifting_keeps_order"].inputs > 0
    assert any("contract" in law.check for law in ended.unit("m.squash").laws)
    assert "law_climbing_keeps_order" in ended.built.undecided["m.climb"]
    broken = [event for event in ended.events if isinstance(event, Together) and event.broken]
    assert [event.broken for event in broken] == [("law law_climbing_keeps_order",)]


def test_every_sample_is_asked_for_once_and_the_observer_hears_all(ended: Ended) -> None:
    asked = [(e.task, n) for e in ended.events if isinstance(e, Asked) for n in range(e.first, e.first + e.count)]
    assert len(asked) == len(set(asked)) == ended.model.asked
    assert tuple(ended.observed) == ended.events[1:]


def test_the_same_build_again_changes_nothing(ended: Ended) -> None:
    before = ended.model.asked
    again = built_of(materials(ended.spec, ended.model, ended.ledger))
    assert again == ended.built
    assert ended.model.asked == before
    assert tuple(ended.ledger.replay()) == ended.events


def test_a_specification_that_contradicts_itself_stops_before_any_model_is_asked(tmp_path: Path) -> None:
    source = (
        "import icontract\n\n\n@icontract.ensure(lambda n, result: result > n)\ndef f(n: int) -> int:\n"
        '    """More.\n\n    >>> f(1)\n    1\n    """\n    ...\n'
    )
    ledger, model = MemoryLedger(), Divided({}, "f", ("return n\n",))
    with pytest.raises(SpecError, match=r"m\.py:"):
        built_of(materials(read(tmp_path, source), model, ledger))
    assert model.asked == 0
    assert list(ledger.replay()) == []


ONE = 'def f(n: int) -> int:\n    """The same.\n\n    >>> f(1)\n    1\n    """\n    ...\n'


def test_a_ledger_goes_on_with_its_own_specification_and_options_alone(tmp_path: Path) -> None:
    spec, clock = read(tmp_path, ONE), JumpingClock()
    ledger = MemoryLedger()
    open_run(ledger, spec, {"k": "3"}, clock)
    open_run(ledger, spec, {"k": "3"}, clock)
    assert [type(event) for event in ledger.replay()] == [RunOpened]
    with pytest.raises(LedgerMismatchError, match=r"another state of m\b.*--fresh"):
        open_run(ledger, read(tmp_path, ONE.replace("The same", "Itself")), {"k": "3"}, clock)
    for options in ({"k": "4"}, {}, {"k": "3", "more": ""}):
        with pytest.raises(LedgerMismatchError, match=r"other options \((k|more)\).*--fresh"):
            open_run(ledger, spec, options, clock)


@pytest.mark.parametrize("first", [Noted("a", "b"), RunOpened(FORMAT + 1, "m", "", {}, 0.0)])
def test_a_ledger_of_another_version_is_refused(tmp_path: Path, first: AnyEvent) -> None:
    ledger = MemoryLedger()
    ledger.append([first])
    ledger.commit()
    with pytest.raises(LedgerVersionError):
        open_run(ledger, read(tmp_path, ONE), {}, JumpingClock())


THREE = """def third(n: int) -> int:
    \"\"\"Return n plus three.

    >>> third(0)
    3
    >>> third(1)
    4
    >>> third(-3)
    0
    \"\"\"
    ...
"""


class Spoken(Divided):
    """A Divided model that answers testers' questions with one text."""

    def __init__(self, solutions: Mapping[str, str], unit: str, opinions: Sequence[str], said: str) -> None:
        super().__init__(solutions, unit, opinions)
        self.said = said

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        if "assertions that follow" in request.messages[1].content:
            return tuple(Completion(self.said, request.first + n, "stop", 9, 9, 0.0, 0.0) for n in range(request.count))
        return await super().complete(request)


def test_witnesses_are_asked_do_not_vote_and_stand_in_the_evidence(tmp_path: Path) -> None:
    spec, ledger = read(tmp_path, THREE), MemoryLedger()
    said = "assert third(7) == 10\nassert third(777777) == 780\nassert third(1) == 4\n"
    model = Spoken({}, "third", ("return n + 3\n",), said)
    asked = ("tester-expects", "oracle", "coder-plain")
    parts = materials(spec, model, ledger)
    ladder = tuple(Rung(name, SIMULATED, 3 if name == "coder-plain" else 1) for name in asked)
    built = built_of(msgspec.structs.replace(parts, policy=Policy(ladder)))
    assert built.delivered == {"m.third": "return n + 3"}
    state = fold(ledger.replay())
    evidence = last_evidence(find_task(state, "third"), ledger.blobs)
    assert evidence is not None
    assert (evidence.expected_agreed, evidence.expected_against) == (1, 1)
    assert (evidence.oracles, evidence.oracle_differs) == (1, 0)
    assert evidence.oracle_inputs > 20
    unit = build_report(state, ledger.blobs, spec=spec).units[0]
    assert (unit.votes, unit.samples, unit.offers, unit.flags) == (3, 5, 2, {})
    story = tell(state, find_task(state, "third"), ledger.blobs)
    assert "these are inputs to try, with the results a tester expects; it does not vote" in story
    assert "this is a slow version to compare a winner with; it does not vote" in story
    assert "testers' expectations: UNKNOWN on 2 inputs" in story
    assert "slow version: TESTED" in story
    assert "third(777777): 777780, but by a witness 780" in story


def test_a_local_model_and_the_examination_take_turns_on_the_cores(tmp_path: Path) -> None:
    model = Divided({}, "f", ("return n\n",))
    parts = materials(read(tmp_path, ONE), model, MemoryLedger())
    ask = Ask(TaskId(b"t" * 16), 0, "coder-plain", SIMULATED, 0, 1)
    examine = Examine(ask.task, 0, (0,))
    far = lane_chooser(parts)
    assert (far(ask).width, far(ask).exclusive, far(examine).exclusive) == (4, "", "")
    assert far(examine).width == 1
    assert [lane_chooser(msgspec.structs.replace(parts, cores=cores))(examine).width for cores in (2, 8)] == [2, 2]
    near = lane_chooser(msgspec.structs.replace(parts, local=frozenset({SIMULATED})))
    assert (near(ask).width, near(ask).exclusive) == (1, near(examine).exclusive)
    assert near(ask).exclusive
    assert near(ask).name != near(examine).name
