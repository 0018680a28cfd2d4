"""The bench as it is run: a small workload through the real pipeline, recorded, judged and replayed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from benchmarks.quality.__main__ import main, read_used
from benchmarks.quality.codegen import Entry, RecordedSamples
from benchmarks.quality.judging import judge_all
from benchmarks.quality.own_judge import OwnJudge, load_judge
from benchmarks.quality.recordings import ReplayedModel, open_recordings
from benchmarks.quality.records import FORMAT, Matrix, UnitRecord, write_matrix
from benchmarks.quality.running import Setup, run_portions, scripted_setup
from benchmarks.quality.workloads import Part, narrowed, portions

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.agents.ports import Model
from swarmwright.agents.replay import RecordedModel
from swarmwright.config.settings import Config
from swarmwright.errors import UsageError
from swarmwright.spec.reader import read_sources, read_spec
from swarmwright.spec.values import Spec
from swarmwright.swarm.values import Rung, StopSignal
from swarmwright.verify.ports import Job, JobResult, Limits, Session

SPEC = '''
"""Small things."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A place."""

    x: int
    y: int


def twice(n: int) -> int:
    """Return n times two.

    >>> twice(0)
    0
    >>> twice(1)
    2
    >>> twice(21)
    42
    """
    ...


def lost(n: int) -> int:
    """Return n to the power of three.

    >>> lost(1)
    1
    >>> lost(2)
    8
    """
    ...


def mirror(point: Point) -> Point:
    """Return the point with its two numbers exchanged, and the new x doubled where it is more than five.

    >>> mirror(Point(1, 2))
    Point(x=2, y=1)
    >>> mirror(Point(3, 4))
    Point(x=4, y=3)
    >>> mirror(Point(0, 0))
    Point(x=0, y=0)
    """
    ...
'''
JUDGE = """
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    x: int
    y: int


def twice(n):
    return n + n


def lost(n):
    return n**3


def mirror(point):
    return Point(point.y * 2 if point.y > 5 else point.y, point.x)


INPUTS = {
    "twice": [(n,) for n in range(-5, 6)],
    "lost": [(n,) for n in range(-5, 6)],
    "mirror": [(Point(n, 7 - n),) for n in range(8)],
}
"""
ANSWERS = {
    "twice": ("    return n * 2\n", "    return n + n\n", "    return 2 * n\n", "    return n * 2 if n else 0\n"),
    "lost": ("    return n * 2\n", "    return n + 1\n"),
    "mirror": (
        "    return Point(point.y, point.x)\n",
        "    return Point(y=point.x, x=point.y)\n",
        "    return point\n",
    ),
}
LADDER = (Rung("coder-plain", "script", 3, most=4),)


def script(answers: dict[str, tuple[str, ...]] | None = None) -> RecordedSamples:
    entries = [Entry(f"def {name}(", texts) for name, texts in (ANSWERS if answers is None else answers).items()]
    return RecordedSamples("script", entries, samples=8)


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Part:
    folder = tmp_path_factory.mktemp("workload")
    (folder / "small").mkdir()
    (folder / "small" / "__init__.py").write_text('"""Small."""\n', encoding="utf-8")
    (folder / "small" / "things.py").write_text(SPEC, encoding="utf-8")
    (folder / "judges").mkdir()
    (folder / "judges" / "things.py").write_text(JUDGE, encoding="utf-8")
    return Part("small", read_spec(folder / "small"), partial(OwnJudge, folder / "judges"))


def setup(model: Model) -> Setup:
    config = Config(inputs=60, mutants=4, symbolic_s=0.5)
    return scripted_setup(config, LADDER, {"script": model})


def run(part: Part, model: Model, units: tuple[str, ...] = ()) -> tuple[UnitRecord, ...]:
    async def all_of_it() -> tuple[UnitRecord, ...]:
        made = setup(model)
        cut = list(portions(part, units=units))
        records = await run_portions(made, cut, jobs=2, tell=lambda _: None, stop=StopSignal())
        return await judge_all([part], records, made.sandbox, jobs=1, tell=lambda _: None)

    return asyncio.run(all_of_it())


@pytest.fixture(scope="module")
def live(part: Part, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[UnitRecord, ...]]:
    store = tmp_path_factory.mktemp("recordings") / "small.sqlite"
    answers = open_recordings(store, create=True)
    try:
        return store, run(part, RecordedModel(script(), answers))
    finally:
        answers.close()


def by_name(records: tuple[UnitRecord, ...]) -> dict[str, UnitRecord]:
    return {record.unit.rpartition(".")[2]: record for record in records}


@pytest.mark.sandbox
def test_every_proposal_is_kept_and_judged_by_what_the_swarm_never_saw(
    live: tuple[Path, tuple[UnitRecord, ...]],
) -> None:
    found = by_name(live[1])
    assert list(found) == ["twice", "lost", "mirror"]
    assert found["twice"].delivered >= 0
    assert all(body.right for body in found["twice"].bodies)
    assert not found["lost"].any_right
    assert found["lost"].bodies[0].refuted == "example"
    assert "lost(" in found["lost"].bodies[0].said
    swapped = found["mirror"].bodies[0]
    assert swapped.passes
    assert swapped.verdict is not None
    assert (swapped.verdict.right, swapped.verdict.call) == (False, "mirror(Point(x=0, y=7))")
    assert (swapped.verdict.got, swapped.verdict.want) == ("Point(x=7, y=0)", "Point(x=14, y=0)")
    keys = {body.key for body in found["twice"].bodies}
    assert len(keys) == 1
    assert keys != {""}


@pytest.mark.sandbox
def test_a_replay_without_the_model_comes_to_the_same(part: Part, live: tuple[Path, tuple[UnitRecord, ...]]) -> None:
    store, before = live
    answers = open_recordings(store, create=False)
    model = ReplayedModel(script({}), answers)
    again = run(part, model)
    answers.close()

    def told(records: tuple[UnitRecord, ...]) -> list[object]:
        return [(r.unit, r.delivered, r.reason, r.bodies, [p.tokens_out for p in r.proposals]) for r in records]

    assert told(again) == told(before)
    assert model.missing == 0


@pytest.mark.sandbox
def test_what_was_never_recorded_is_a_failed_call_and_no_vote(part: Part, tmp_path: Path) -> None:
    answers = open_recordings(tmp_path / "empty.sqlite", create=True)
    (record,) = run(part, ReplayedModel(script({}), answers), units=("twice",))
    answers.close()
    assert record.delivered == -1
    assert record.bodies == ()
    assert record.proposals
    assert all(proposal.missing for proposal in record.proposals)


# Cutting


def sources(**modules: str) -> Spec:
    return read_sources("p", {"p/__init__.py": "", **{f"p/{name}.py": text for name, text in modules.items()}})


STUB = '''def {name}(n: int) -> int:
    """Do {name}.

    >>> {name}(1)
    1
    """
    ...


'''


def nothing(_: object) -> OwnJudge:
    raise AssertionError("nobody judges here")


def test_a_portion_holds_whole_modules_and_never_less_than_one() -> None:
    spec = sources(a=STUB.format(name="f") + STUB.format(name="g"), b=STUB.format(name="h"), c=STUB.format(name="i"))
    cut = list(portions(Part("x", spec, nothing), size=2))
    assert [[unit.name for unit in one.spec.units()] for one in cut] == [["f", "g"], ["h", "i"]]


def test_units_are_chosen_by_id_name_module_or_pattern_and_bring_their_callees() -> None:
    caller = STUB.format(name="g").replace("Do g.", "Do g.\n\n    Uses: f")
    law = 'def law_all(n: int) -> bool:\n    """All."""\n    return f(n) == h(n)\n'
    spec = sources(a=STUB.format(name="f") + caller + STUB.format(name="h") + law, b=STUB.format(name="i"))
    part = Part("x", spec, nothing)

    def names(*wanted: str, limit: int = 0) -> list[str]:
        return [unit.name for one in portions(part, units=wanted, limit=limit) for unit in one.spec.units()]

    assert names("p.a.g") == ["f", "g"]
    assert names("h", "b") == ["h", "i"]
    assert names("p.b.*") == ["i"]
    assert names("nobody") == []
    assert names(limit=1) == ["f"]
    (only,) = portions(part, units=("h",))
    assert only.spec.laws() == ()


def test_modules_that_import_each_other_stay_together() -> None:
    spec = sources(a="LIMIT = 3\n\n\n" + STUB.format(name="f"), b="from p.a import LIMIT\n\n\n" + STUB.format(name="g"))
    (whole,) = portions(Part("x", spec, nothing), units=("g",), size=1)
    assert [unit.name for unit in whole.spec.units()] == ["g"]
    assert "LIMIT = 3" in whole.spec.module("p.a").source


def test_a_module_of_which_all_is_wanted_keeps_its_text() -> None:
    spec = sources(a=STUB.format(name="f"))
    assert narrowed(spec.module("p.a"), ["f"]) == STUB.format(name="f")


# The judge


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(None, "no hidden judge"), ("1 / 0", "does not run"), ("def twice(n): return n", "nothing judges"),
     ("def twice(n): return n\nINPUTS = {'twice': [(object(),)]}", "cannot be sent")],
)  # fmt: skip
def test_a_faulty_judge_is_told_in_a_sentence(part: Part, tmp_path: Path, text: str | None, sentence: str) -> None:
    if text is not None:
        (tmp_path / "things.py").write_text(text, encoding="utf-8")
    judge = OwnJudge(tmp_path, open_sandbox())
    with pytest.raises(UsageError, match=sentence):
        asyncio.run(judge.judge(part.spec.unit("small.things.twice"), part.spec, {"a": "return n"}))


@pytest.mark.sandbox
def test_the_judge_takes_errors_time_and_types_as_the_product_does(part: Part, tmp_path: Path) -> None:
    source = "def twice(n):\n    if n < 0:\n        raise ValueError\n    return n + n\n\n\n"
    source += "INPUTS = {'twice': [(3,), (-1,)]}\n"
    (tmp_path / "things.py").write_text(source, encoding="utf-8")
    bodies = {
        "right": "if n < 0:\n    raise ValueError('no')\nreturn 2 * n",
        "other error": "if n < 0:\n    raise KeyError\nreturn 2 * n",
        "other type": "if n < 0:\n    raise ValueError\nreturn 2.0 * n",
        "endless": "while n < 0:\n    pass\nreturn 2 * n",
        "recursive": "return twice(n) if n < 0 else 2 * n",
    }

    async def verdicts() -> dict[str, bool]:
        judge = OwnJudge(tmp_path, open_sandbox())
        try:
            unit = part.spec.unit("small.things.twice")
            return {name: one.right for name, one in (await judge.judge(unit, part.spec, bodies)).items()}
        finally:
            await judge.close()

    assert asyncio.run(verdicts()) == {name: name == "right" for name in bodies}


class BusySandbox:
    """A sandbox on a machine so busy that the first requests time out; after them it doubles numbers."""

    name = "busy"

    def __init__(self, late: int) -> None:
        self.late = late

    async def start(self, module: str, *, limits: Limits, hash_seed: int = 0, options: Sequence[str] = ()) -> Session:
        return self

    async def request(self, message: Mapping[str, Any], *, timeout_s: float) -> dict[str, Any]:
        self.late -= 1
        if self.late >= 0:
            return {"outcomes": [["timeout", None, "", False, 0.0, "it waited"] for _ in message["calls"]]}
        return {"outcomes": [["value", 2 * args[0], "", False, 1.0, ""] for _, args, _ in message["calls"]]}

    async def run(self, job: Job) -> JobResult:
        raise AssertionError("no job is run here")

    async def close(self) -> None:
        pass


@pytest.mark.parametrize(("late", "right"), [(0, True), (1, True), (3, True), (100, False)])
def test_a_call_that_is_late_on_a_busy_machine_is_tried_again_alone(part: Part, late: int, right: bool) -> None:
    judge = OwnJudge(part.open_judge.args[0], BusySandbox(late))  # type: ignore[attr-defined]
    unit = part.spec.unit("small.things.twice")
    verdict = asyncio.run(judge.judge(unit, part.spec, {"a": "return n * 2"}))["a"]
    assert (verdict.right, verdict.reason) == (right, "" if right else "timeout")


def test_a_judge_leaves_no_module_behind(tmp_path: Path) -> None:
    (tmp_path / "things.py").write_text(JUDGE, encoding="utf-8")
    assert load_judge(tmp_path / "things.py", "small.things").__name__ == "small.things"
    assert "small.things" not in sys.modules


# The command


def test_bad_words_end_in_a_sentence_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = tmp_path / "none.sqlite"
    out = ["--out", str(tmp_path / "out")]
    for words, sentence in (
        (["rules", *out], "holds no matrix.json"),
        (["own", "--replay", "--recordings", str(none), *out], "no such recording"),
        (["own", "--replay", "--recordings", str(none), "--units", "no_such_unit", *out], "No unit of own"),
        (["own", "--replay", "--recordings", str(none), "--limit", "-1", *out], "cannot be negative"),
        (["codegen", "--data", str(tmp_path / "no"), *out], "is no folder"),
        (["export", str(none), str(tmp_path / "x.jsonl.xz")], "no such recording"),
        (["import", str(none), str(tmp_path / "x.sqlite")], "cannot be read"),
    ):
        assert main(words) == 2
        said = capsys.readouterr().err
        assert sentence in said
        assert "Traceback" not in said


def test_the_list_of_used_answers_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="used-answers"):
        read_used(tmp_path)
    (tmp_path / "used-answers.txt").write_text("ab\ncd\n", encoding="ascii")
    assert read_used(tmp_path) == {b"\xab", b"\xcd"}


@pytest.mark.sandbox
def test_rules_are_compared_again_from_the_matrix_alone(
    live: tuple[Path, tuple[UnitRecord, ...]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_matrix(Matrix(FORMAT, "small", "live", "[]", live[1]), tmp_path)
    assert main(["rules", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "majority by signature" in said
    assert (tmp_path / "hopeless.md").exists()
    assert (tmp_path / "report.md").read_text(encoding="utf-8").strip() in said
