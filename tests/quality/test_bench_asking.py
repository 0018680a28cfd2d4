"""What questions are worth: a reference answers, the answers are written, and it is built again."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
from benchmarks.quality.asking import Course, References, describe, run_course
from benchmarks.quality.codegen import Entry, RecordedSamples
from benchmarks.quality.judging import judge_all
from benchmarks.quality.own_judge import OwnJudge
from benchmarks.quality.running import scripted_setup
from benchmarks.quality.workloads import Part, portions

from swarmwright.config.settings import Config
from swarmwright.spec.reader import read_sources
from swarmwright.swarm.values import Rung
from swarmwright.verify.execution import Executor

pytestmark = pytest.mark.sandbox

SPEC = '''
def grade(points: int) -> str:
    """Say whether so many points are enough: about fifty are.

    >>> grade(10)
    'fail'
    >>> grade(90)
    'pass'
    >>> grade(0)
    'fail'
    """
    ...
'''
JUDGE = """
def grade(points):
    return "pass" if points >= 50 else "fail"


INPUTS = {"grade": [(n,) for n in range(100)]}
"""
BODIES = tuple(f"    return 'pass' if points {sign} else 'fail'\n" for sign in (">= 50", "> 50", ">= 50", "> 50"))
CONFIG = Config(inputs=10, mutants=1, symbolic_s=0.1)


def course_of(folder: Path) -> Course:
    """Build the specification with a model that wavers, and ask once."""
    (folder / "small").mkdir()
    (folder / "small" / "small.py").write_text(JUDGE, encoding="utf-8")
    spec = read_sources("small", {"small/__init__.py": SPEC})
    part = Part("small", spec, partial(OwnJudge, folder / "small"))
    model = RecordedSamples("script", [Entry("def grade(", BODIES * 3)], samples=12)
    setup = scripted_setup(CONFIG, (Rung("coder-plain", "script", 4, most=12),), {"script": model})
    (portion,) = portions(part)

    async def run() -> Course:
        executor = Executor(setup.sandbox)
        try:
            references = References(executor, lambda _unit, _part: JUDGE)
            course = await run_course(setup, portion, references, rounds=1, tell=lambda _line: None)
        finally:
            await executor.close()
            await setup.roster.close()
        flat = [record for records in course.records for record in records]
        judged = await judge_all([part], flat, setup.sandbox, jobs=1, tell=lambda _line: None)
        return Course(tuple((record,) for record in judged), course.asked)

    return asyncio.run(run())


def test_one_answer_turns_a_contested_unit_into_a_delivered_one(tmp_path: Path) -> None:
    course = course_of(tmp_path)
    (before,), (after,) = course.records
    assert before.delivered < 0
    (asked,) = course.asked
    assert (asked.source, asked.answer) == ("grade(50)", "'pass'")
    assert after.examples == before.examples + 1
    assert after.delivered >= 0
    assert after.bodies[after.delivered].right
    text = describe([course], 1)
    assert "| 0 | 0 | 0 | 0 of 1 | 0 |" in text
    assert "| 1 | 1 | 1 | 1 of 1 | 0 |" in text
    assert "- `grade(50)` -> `'pass'`: right" in text
