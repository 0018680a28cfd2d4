"""The planted bugs are what they claim to be, and the trial that they are put to tells them from right bodies."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from benchmarks.bugs.__main__ import main
from benchmarks.bugs.bodies import reference_body, texts_of
from benchmarks.bugs.choosing import Chooser
from benchmarks.bugs.company import PROPOSED, Planter
from benchmarks.bugs.planted import Planted, read_planted, read_text, text_of
from benchmarks.bugs.table import Result, describe, read_results, write_results
from benchmarks.bugs.trials import Trials, rounds
from benchmarks.quality.loading import load_own
from benchmarks.quality.workloads import Part, Workload, portions

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.agents.ports import Completion, Message, ModelRequest, Sampling
from swarmwright.agents.requests import request_key
from swarmwright.errors import UsageError
from swarmwright.ledger.memory import MemoryAnswers
from swarmwright.spec.reader import read_sources
from swarmwright.verify.static import find_flag

SPEC = '''
def loud(n: int) -> str:
    """Say "loud" for 20 or more, and "low" for less.

    >>> loud(3)
    'low'
    >>> loud(77)
    'loud'
    >>> loud(0)
    'low'
    """
    ...


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
'''


def planted(body: str, unit: str = "small.things.loud") -> Planted:
    return Planted("one", "small", unit, "by_hand", "boundary", "It is wrong.", body)


def small() -> Workload:
    spec = read_sources("small", {"small/__init__.py": '"""Small."""\n', "small/things.py": f'"""Things."""\n{SPEC}'})
    return Workload("small", (Part("small", spec, lambda _sandbox: pytest.fail("nobody judges here")),))


def test_every_planted_bug_is_read_and_spread() -> None:
    bugs = read_planted()
    assert len({bug.name for bug in bugs}) == len(bugs)
    by_hand = [bug for bug in bugs if bug.half == "by_hand"]
    assert len(by_hand) >= 50
    assert len({bug.unit for bug in by_hand}) >= 40
    assert len({bug.kind for bug in by_hand}) >= 10
    held_out = sum(bug.is_held_out for bug in by_hand)
    assert 0.35 <= held_out / len(by_hand) <= 0.65


@pytest.mark.sandbox
@pytest.mark.parametrize("part", load_own().parts, ids=lambda part: part.name)
def test_every_planted_bug_passes_what_is_shown_and_fails_what_is_hidden(part: Part) -> None:
    bugs = [bug for bug in read_planted() if bug.part == part.name]

    async def faults() -> list[str]:
        found = []
        for portion in portions(part, units=[bug.unit for bug in bugs], size=30):
            chooser = await Chooser.open(part, portion, open_sandbox())
            try:
                for unit in portion.spec.units():
                    mine = {bug.name: bug.body for bug in bugs if bug.unit == unit.id}
                    objections = {name: await chooser.objection(unit, body) for name, body in mine.items()}
                    found += [f"{name}: {said}" for name, said in objections.items() if said]
                    # What hangs is wrong; judging it on every input would take minutes.
                    late = {name for name, body in mine.items() if await chooser.hangs(unit, body)}
                    quick = {name: body for name, body in mine.items() if name not in late}
                    verdicts = await chooser.judge(unit, quick)
                    found += [f"{name}: it is right" for name, verdict in verdicts.items() if verdict.right]
            finally:
                await chooser.close()
        return found

    assert asyncio.run(faults()) == []


def test_a_file_is_read_as_it_was_written() -> None:
    bug = planted("if n > 20:\n    return 'loud'\nreturn 'low'")
    assert read_text(text_of(bug, "n"), "one", "by_hand") == bug


@pytest.mark.parametrize("text", ['"""Only words."""\n', '"""No unit."""\n\ndef f(x):\n    return x\n', "x = 1\n"])
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "by_hand").mkdir()
    (tmp_path / "by_hand" / "broken.py").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="broken"):
        read_planted(tmp_path)


def test_a_reference_takes_its_helpers_along() -> None:
    source = "import math\nLIMIT = 3\n\ndef _root(x: float) -> float:\n    return math.sqrt(x) + LIMIT\n\n"
    source += "def f(x: float) -> float:\n    return _root(x)\n"
    body = reference_body(source, "f", ())
    names: dict[str, object] = {}
    exec("def g(x):\n" + "".join(f"    {line}\n" for line in body.split("\n")), names)
    assert names["g"](4.0) == 5.0  # type: ignore[operator]
    assert "LIMIT = 3" not in reference_body(source, "f", ("LIMIT",))


def test_other_texts_behave_alike() -> None:
    body = "total = 0\nfor item in items:\n    total += item\nitems = list(items)\nreturn total + len(items)"
    texts = texts_of(body)
    assert len({ast.dump(ast.parse(text)) for text in texts}) >= 4
    for text in texts:
        names: dict[str, object] = {}
        exec("def g(items):\n" + "".join(f"    {line}\n" for line in text.split("\n")), names)
        assert names["g"]((1, 2, 3)) == 9  # type: ignore[operator]
    spec = small().parts[0].spec
    assert find_flag(spec, spec.unit("small.things.twice"), texts_of("return n * 2")[-1]) is None


def request(first: int, count: int, temperature: float = 0.0) -> ModelRequest:
    messages = (Message("system", "Help."), Message("user", "def loud(n: int) -> str:"))
    return ModelRequest(messages, Sampling(temperature=temperature), first, count)


def test_the_planter_gives_recorded_answers_first_and_then_what_is_planted() -> None:
    async def ask() -> list[str]:
        planter = Planter("m", {"loud": ("return 1",)})
        return [one.text.strip() for one in await planter.complete(request(0, 7))]

    assert asyncio.run(ask()) == ["return 1"] * PROPOSED + ["", ""]


def test_recorded_answers_are_found_under_any_number_and_given_once() -> None:
    answers = MemoryAnswers()
    asked = request(0, 2)
    key = request_key(asked.messages, "digest", asked.sampling, 7)
    answers.put([(key, msgspec.msgpack.encode(Completion("return 'kept'", 7, "stop", 1, 1, 0.0, 1.0)))])

    async def ask() -> tuple[list[str], dict[str, int]]:
        planter = Planter("m", {"loud": ("return 1",)}, "digest", answers)
        said = [one.text.strip() for one in await planter.complete(asked)]
        return said, planter.replayed

    assert asyncio.run(ask()) == (["return 'kept'", "return 1"], {"loud": 1})


@pytest.mark.sandbox
def test_a_trial_stops_a_misread_limit_and_lets_right_bodies_pass() -> None:
    bug = planted("return 'loud' if n > 20 else 'low'")
    right = planted("return 2 * n", "small.things.twice")

    async def results() -> dict[str, Result]:
        found: Sequence[Result] = [r async for some in Trials(small()).run([bug, right], lambda _: None) for r in some]
        return {result.unit.rpartition(".")[2]: result for result in found}

    found = asyncio.run(results())
    assert (found["loud"].fate, found["loud"].by) == ("thin", "clauses of the prose")
    assert found["twice"].fate == "delivered"


def test_rounds_hold_one_body_for_each_unit() -> None:
    one, other, third = planted("return 'a'"), planted("return 'b'"), planted("return 1", "small.things.twice")
    assert rounds([one, other, third]) == [("small", [one, third]), ("small", [other])]


def test_the_table_has_both_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = (
        Result("a", "u", "by_hand", "tie", False, 0, "thin", "clauses of the prose"),
        Result("b", "v", "mutation", "comparison", False, 0, "delivered"),
        Result("c", "u", "right", "reference", False, 0, "delivered"),
    )
    write_results(results, tmp_path)
    assert read_results(tmp_path) == results
    assert main(["report", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip() == describe(results).strip()
    assert "| **all bugs** | 2 | 0 | 0 | 1 | 1 | 1 (1 to 99 %) |" in describe(results)
    assert "| **right bodies** | 1 | 0 | 0 | 0 | 1 | 0 (0 to 98 %) |" in describe(results)
    assert "| thin: clauses of the prose | 1 | 0 |" in describe(results)


def test_a_folder_without_results_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--out", str(tmp_path)]) == 2
    assert "holds no results.json" in capsys.readouterr().err
