"""What questions are worth: a workload is built, a reference answers what `clarify` asks, and it is built again.

    python -m benchmarks.quality.asking codegen --data DIR --samples 30 --rounds 1
    python -m benchmarks.quality.asking own --recordings own.sqlite --live

At most one question is asked of each undecided Unit a round. The reference stands for a person: it answers with the
result, and does not answer where it raises an error of which the specification says nothing (a person would say that
this never happens). Only the answers reach the specification; hidden verdicts are given when everything is built.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from benchmarks.quality.__main__ import load_workload, make_setup
from benchmarks.quality.evalplus import load_problems
from benchmarks.quality.judging import judge_all
from benchmarks.quality.loading import BENCHMARKS, data_folder
from benchmarks.quality.recordings import open_recordings
from benchmarks.quality.records import UnitRecord
from benchmarks.quality.running import Setup, Tell, record_of
from benchmarks.quality.workloads import Portion, portions

from swarmwright.config.compose import make_materials
from swarmwright.config.settings import load_config
from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.inquiry import Inquirer
from swarmwright.construct.pipeline import build
from swarmwright.construct.planning import plan_tasks
from swarmwright.construct.questions import Answer, Question, ask
from swarmwright.construct.replies import answered
from swarmwright.errors import SpecError, SwarmwrightError, UsageError
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.spec.values import Spec, Unit
from swarmwright.swarm.values import StopSignal
from swarmwright.verify.examine import Examiner
from swarmwright.verify.execution import Executor
from swarmwright.verify.values import Outcome
from swarmwright.voting.intervals import clopper_pearson

CPU_S = 2.0


class Asked(msgspec.Struct, frozen=True):
    """One question that was asked, its answer in words ("": none), and after which round."""

    unit: str
    round: int
    source: str
    answer: str


class Course(msgspec.Struct, frozen=True):
    """What became of one portion: its records after each round (the first without any question), and the questions."""

    records: tuple[tuple[UnitRecord, ...], ...]
    asked: tuple[Asked, ...]


class References:
    """Knows what a Unit must do, from the hidden side; it runs in the sandbox like everything else."""

    def __init__(self, executor: Executor, source_of: Callable[[Unit, str], str]) -> None:
        """Take what runs it, and what gives the source of a module with a Unit's reference (of that part)."""
        self._executor = executor
        self._source_of = source_of

    async def outcomes(self, unit: Unit, part: str, questions: Sequence[Question]) -> list[Outcome | None]:
        """Return what the reference says to each question; None where it cannot tell."""
        calls = [question.call for question in questions]
        found = await self._executor.run({unit.module: self._source_of(unit, part)}, calls, cpu_s=CPU_S)
        return [outcome if _is_told(unit, outcome) else None for outcome in found]


def references_of(data: Path | None) -> Callable[[Unit, str], str]:
    """Return what gives the references of HumanEval, by the folder of its data, or of our own set (None)."""
    problems = load_problems(data) if data is not None else {}

    def source_of(unit: Unit, part: str) -> str:
        last = unit.module.rpartition(".")[2]
        if problems:
            return problems[f"HumanEval/{int(last.removeprefix('p'))}"].reference
        return (BENCHMARKS / "judges" / part / f"{last}.py").read_text(encoding="utf-8")

    return source_of


def _is_told(unit: Unit, outcome: Outcome) -> bool:
    spoken = re.search(rf"\b{re.escape(outcome.error)}\b", unit.docstring) if outcome.error else None
    return outcome.kind == "value" or (outcome.kind == "raise" and spoken is not None)


async def run_course(
    setup: Setup, portion: Portion, references: References, *, rounds: int, tell: Tell, delivered: bool = False
) -> Course:
    """Build a portion, ask, write the answers into its specification, and build it again.

    With ``delivered`` questions are asked of delivered Units that have rivals too.
    """
    history: list[tuple[UnitRecord, ...]] = []
    asked: list[Asked] = []
    spec = portion.spec
    for number in range(rounds + 1):
        ledger = MemoryLedger()
        materials = make_materials(
            setup.config, spec, setup.ladder, setup.roster, setup.archetypes, setup.sandbox, ledger
        )
        await build(materials, observer=None, stop=StopSignal())
        events = tuple(ledger.replay())
        now = Portion(portion.part, spec)
        history.append(tuple(record_of(task, ledger.blobs, now, setup.ladder) for task in fold(events).all_tasks()))
        for record in history[-1]:
            tell(f"round {number}, {record.unit}: {'delivered' if record.delivered >= 0 else record.reason}")
        if number == rounds:
            break
        dossiers = Dossiers(ledger.blobs)
        dossiers.absorb(events)
        answers, more = await _ask(setup, now, dossiers, references, number + 1, delivered=delivered)
        asked += more
        if not answers:
            break
        spec = answered(spec, answers)
    return Course(tuple(history), tuple(asked))


async def _ask(
    setup: Setup, portion: Portion, dossiers: Dossiers, references: References, number: int, *, delivered: bool
) -> tuple[tuple[Answer, ...], list[Asked]]:
    spec = portion.spec
    examiner = await Examiner.open(spec, setup.sandbox)
    try:
        inquirer = Inquirer(spec, plan_tasks(spec), dossiers, examiner)
        inquiry = await inquirer.inquire(most=len(spec.units()), delivered=delivered)
    finally:
        await examiner.close()
    asked: list[Asked] = []
    answers: list[Answer] = []
    for question in inquiry.questions:
        (outcome,) = await references.outcomes(spec.unit(question.unit), portion.part, [question])
        found = [answer for answer in _asked(question, outcome) if _said(spec, answer)]
        asked.append(Asked(question.unit, number, question.source, _said(spec, found[0]) if found else ""))
        answers += found
    return tuple(answers), asked


def _asked(question: Question, outcome: Outcome | None) -> tuple[Answer, ...]:
    return ask([question], lambda _call: outcome)


def _said(spec: Spec, answer: Answer) -> str:
    """Return an answer as it stands in the specification; nothing where it cannot be written there."""
    try:
        return answered(spec, [answer]).unit(answer.unit).examples[-1].want
    except (SpecError, UsageError):
        return ""


def describe(courses: Sequence[Course], rounds: int) -> str:
    """Return the table of yield and errors by round, and the questions.

    A Unit of which nothing was asked counts in later rounds as it was.
    """
    lines = ["| questions a unit | asked | answered | delivered | wrong | wrong, 95 % |", "|---|---|---|---|---|---|"]
    for number in range(rounds + 1):
        records = [record for course in courses for record in course.records[min(number, len(course.records) - 1)]]
        done = [record for record in records if record.delivered >= 0]
        wrong = sum(not record.bodies[record.delivered].right for record in done)
        asked = [one for course in courses for one in course.asked if one.round <= number]
        low, high = clopper_pearson(wrong, len(done)) if done else (0.0, 1.0)
        lines.append(
            f"| {number} | {len(asked)} | {sum(bool(one.answer) for one in asked)} | {len(done)} of {len(records)} "
            f"| {wrong} | {low:.1%} to {high:.1%} |"
        )
    lines.append("")
    for course in courses:
        for one in course.asked:
            after = course.records[min(one.round, len(course.records) - 1)]
            record = next(record for record in after if record.unit == one.unit)
            what = (
                "undecided" if record.delivered < 0 else "right" if record.bodies[record.delivered].right else "WRONG"
            )
            lines.append(f"- `{one.source}` -> `{one.answer or 'no answer'}`: {what}")
    return "\n".join(lines) + "\n"


async def measure(options: argparse.Namespace) -> None:
    """Run the courses of a workload, judge what was delivered, and print the table."""
    out = options.out or Path("build/quality") / f"asking-{options.command}"
    workload = await load_workload(options, out)
    names = tuple(name.strip() for name in options.units.split(",") if name.strip())
    cut = [one for part in workload.parts for one in portions(part, units=names, limit=options.limit, size=1)]
    answers = open_recordings(options.recordings, create=options.live) if options.recordings else None
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:8.1f} s  {line}", file=sys.stderr, flush=True)

    setup = make_setup(options, load_config(options.config), answers, tell)
    executor = Executor(setup.sandbox)
    data = None if options.command == "own" else data_folder(options.data)
    references = References(executor, references_of(data))
    gate = asyncio.Semaphore(options.jobs)

    async def one(portion: Portion) -> Course:
        async with gate:
            return await run_course(
                setup, portion, references, rounds=options.rounds, tell=tell, delivered=options.delivered
            )

    try:
        courses = await asyncio.gather(*map(one, cut))
    finally:
        await setup.roster.close()
        await executor.close()
        if answers is not None:
            answers.close()
    flat = [record for course in courses for records in course.records for record in records]
    judged = iter(await judge_all(workload.parts, flat, setup.sandbox, jobs=options.jobs, tell=lambda _line: None))
    done = [Course(tuple(tuple(next(judged) for _ in rows) for rows in c.records), c.asked) for c in courses]
    text = describe(done, options.rounds)
    out.mkdir(parents=True, exist_ok=True)
    (out / "asking.md").write_text(text, encoding="utf-8")
    (out / "courses.json").write_bytes(msgspec.json.encode(done))
    print(text)


def parse_arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.asking",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=("own", "humaneval", "codegen"), help="the workload")
    parser.add_argument("--delivered", action="store_true", help="ask of delivered units with rivals too")
    parser.add_argument("--rounds", type=int, default=1, help="how often questions are asked")
    parser.add_argument("--data", type=Path, help="the folder of the data that are not ours")
    parser.add_argument("--recordings", type=Path, help="the store of answers; none for codegen")
    parser.add_argument("--live", action="store_true", help="ask the models for what is not recorded")
    parser.add_argument("--samples", type=int, default=30, help="at most so many recorded samples a unit (codegen)")
    parser.add_argument("--units", default="", help="only these, by id, name, module or pattern, with commas between")
    parser.add_argument("--limit", type=int, default=0, help="only the first so many units of each part")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(words)
    if options.command != "codegen" and options.recordings is None:
        parser.error("--recordings is needed")
    return options


def main(words: Sequence[str] | None = None) -> int:
    """Measure, and return the exit code."""
    try:
        asyncio.run(measure(parse_arguments(words)))
    except SwarmwrightError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
