"""Measures what is delivered, and how much of it is wrong.

    python -m benchmarks.quality own --live --recordings own.sqlite --out build/own
    python -m benchmarks.quality textkit --live --recordings textkit.sqlite --out build/textkit
    python -m benchmarks.quality humaneval --replay --recordings humaneval.jsonl.xz --data DIR --out build/humaneval
    python -m benchmarks.quality codegen --data DIR --out build/codegen [--samples 30]
    python -m benchmarks.quality colony --out build/colony
    python -m benchmarks.quality held-out --out build/held-out
    python -m benchmarks.quality unseen --out build/unseen
    python -m benchmarks.quality fresh --out build/fresh
    python -m benchmarks.quality later --out build/later
    python -m benchmarks.quality latest --out build/latest
    python -m benchmarks.quality sealed --out build/sealed
    python -m benchmarks.quality later --live --recordings later.sqlite --out build/later-beside
    python -m benchmarks.quality rules --out build/own
    python -m benchmarks.quality export own.sqlite own.jsonl.xz [--used build/own]
    python -m benchmarks.quality import own.jsonl.xz own.sqlite

A live run asks the models of the settings and keeps every answer in the recordings; it can be broken off and begun
again. A replay starts no model: an answer that was never recorded is a failed call.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
from benchmarks.quality import codegen
from benchmarks.quality.judging import judge_all
from benchmarks.quality.loading import FORAGED, data_folder, load_colony, load_own, load_textkit
from benchmarks.quality.pages import write_pages
from benchmarks.quality.recordings import NotedAnswers, open_recordings, read_into, write_compact
from benchmarks.quality.records import FORMAT, Matrix, Mode, UnitRecord, read_matrix, write_matrix
from benchmarks.quality.running import Setup, Tell, live_setup, replay_setup, run_portions, scripted_setup
from benchmarks.quality.tables import describe_matrix
from benchmarks.quality.workloads import Portion, Workload, portions

from swarmwright.config.settings import Config, ladder_of, load_config
from swarmwright.errors import SwarmwrightError, UsageError
from swarmwright.swarm.values import StopSignal

USED_NAME = "used-answers.txt"
REPORT_NAME = "report.md"
WORKLOADS = ("own", "textkit", "humaneval", "codegen", *FORAGED)
"""Those in ``FORAGED`` need no model: without recordings the colony builds them alone."""


def parse_arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in WORKLOADS:
        _add_run(commands.add_parser(name, help=f"run the workload {name}"), name)
    rules = commands.add_parser("rules", help="say the figures of an earlier run again, with its pages")
    rules.add_argument("--out", type=Path, required=True)
    export = commands.add_parser("export", help="write a compact recording: hashes and answers only")
    export.add_argument("source", type=Path)
    export.add_argument("target", type=Path)
    export.add_argument("--used", type=Path, help="only the answers that the run in this folder used")
    imported = commands.add_parser("import", help="put a compact recording into a SQLite store")
    imported.add_argument("source", type=Path)
    imported.add_argument("target", type=Path)
    return parser.parse_args(words)


def _add_run(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("--out", type=Path, help="where matrix, report and pages go (default build/quality/NAME)")
    parser.add_argument("--units", default="", help="only these, by id, name, module or pattern, with commas between")
    parser.add_argument("--limit", type=int, default=0, help="only the first so many units of each part")
    parser.add_argument("--jobs", type=int, default=0, help="portions built at once (default: 1 live, 2 replayed)")
    parser.add_argument("--config", type=Path, help="settings as for `swarmwright build`")
    parser.add_argument("--no-judge", action="store_true", help="build and record only")
    if name in ("humaneval", "codegen"):
        parser.add_argument("--data", type=Path, help="the folder of the data that are not ours")
    if name == "codegen":
        parser.add_argument("--samples", type=int, default=30, help="at most so many recorded samples a unit")
        parser.set_defaults(live=False, recordings=None)
        return
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--live", action="store_true", help="ask the models for what is not recorded")
    way.add_argument("--replay", dest="live", action="store_false", help="recorded answers only (the default)")
    parser.add_argument(
        "--recordings",
        type=Path,
        required=name not in FORAGED,
        help="the store of answers (SQLite, or .jsonl.xz)" + ("; without one no model takes part" * (name in FORAGED)),
    )


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parse_arguments(words)
    code = 0
    try:
        _perform(options)
    except* SwarmwrightError as group:
        # Portions are built in a task group; the first trouble is the one to tell.
        trouble: BaseException = group
        while isinstance(trouble, BaseExceptionGroup):
            trouble = trouble.exceptions[0]
        print(trouble, file=sys.stderr)
        code = trouble.exit_code if isinstance(trouble, SwarmwrightError) else 1
    return code


def _perform(options: argparse.Namespace) -> None:
    if options.command == "rules":
        report(read_matrix(options.out), options.out)
    elif options.command == "export":
        only = read_used(options.used) if options.used else None
        count = write_compact(options.source, options.target, only=only)
        print(f"{count} answers in {options.target}, {options.target.stat().st_size / 1000:.0f} kB")
    elif options.command == "import":
        print(f"{read_into(options.source, options.target)} answers read into {options.target}")
    else:
        asyncio.run(run_workload(options))


async def run_workload(options: argparse.Namespace) -> None:
    """Build a workload, judge it, and write and print what it came to."""
    if options.limit < 0 or options.jobs < 0:
        raise UsageError("--limit and --jobs cannot be negative.")
    if options.live and options.recordings is None:
        raise UsageError("--live asks models, and keeps what they say: give --recordings FILE.")
    config = load_config(options.config)
    out = options.out or Path("build/quality") / options.command
    workload = await load_workload(options, out)
    wanted = tuple(name.strip() for name in options.units.split(",") if name.strip())
    cut = [each for part in workload.parts for each in portions(part, units=wanted, limit=options.limit)]
    if not cut:
        raise UsageError(f"No unit of {options.command} is called {options.units!r}.")
    answers = open_recordings(options.recordings, create=options.live) if options.recordings else None
    jobs = options.jobs or (1 if options.live else 2)
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:8.1f} s  {line}", file=sys.stderr, flush=True)

    try:
        setup = make_setup(options, config, answers, tell)
        records = await build_all(setup, cut, jobs, tell, live=options.live)
    finally:
        if answers is not None:
            answers.close()
    if answers is not None:
        write_used(answers, out)
    records = with_tests(workload, records)
    if not options.no_judge:
        records = await judge_all(workload.parts, records, setup.sandbox, jobs=max(jobs, 2), tell=tell)
    mode: Mode = "live" if options.live else "replay"
    ladder = msgspec.json.encode(setup.ladder).decode()
    matrix = Matrix(FORMAT, workload.name, mode, ladder, records)
    write_matrix(matrix, out)
    report(matrix, out, workload.notes)


async def build_all(
    setup: Setup, cut: Sequence[Portion], jobs: int, tell: Tell, *, live: bool
) -> tuple[UnitRecord, ...]:
    """Build all portions; one Ctrl-C ends it after what is in flight, and what was decided is reported."""
    stop = StopSignal()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, stop.press)
    try:
        if live:
            await setup.roster.prepare(None)
        return await run_portions(setup, cut, jobs=jobs, tell=tell, stop=stop)
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        await setup.roster.close()


async def load_workload(options: argparse.Namespace, out: Path) -> Workload:
    """Return the workload that the command names."""
    if options.command == "own":
        return load_own()
    if options.command == "textkit":
        return load_textkit()
    if options.command in FORAGED:
        return load_colony(options.command)
    from benchmarks.quality.problems import load_humaneval

    return await load_humaneval(data_folder(options.data), out, name=options.command)


def with_tests(workload: Workload, records: Sequence[UnitRecord]) -> tuple[UnitRecord, ...]:
    """Give the rules the tests that models wrote beforehand, where there are any, in place of those that were asked."""
    given = ((record, workload.tests.get(record.unit, record.tests)) for record in records)
    return tuple(msgspec.structs.replace(record, tests=tests) for record, tests in given)


def make_setup(options: argparse.Namespace, config: Config, answers: NotedAnswers | None, tell: Tell) -> Setup:
    """Return the models and the sandbox that the command asks for."""
    if options.command == "codegen":
        if options.samples < 1:
            raise UsageError("--samples must be at least 1.")
        ladder = config.ladder or codegen.ladder(options.samples)
        return scripted_setup(config, ladder, codegen.models(data_folder(options.data), options.samples))
    if answers is None:
        return scripted_setup(config, ladder_of(msgspec.structs.replace(config, only=("colony",))), {})
    return live_setup(config, answers, tell) if options.live else replay_setup(config, answers)


def report(matrix: Matrix, out: Path, notes: Sequence[str] = ()) -> None:
    """Write the report and the pages, and print the report."""
    text = describe_matrix(matrix, notes)
    counts = write_pages(matrix, out)
    (out / REPORT_NAME).write_text(text, encoding="utf-8")
    print(text)
    print(", ".join(f"{count} {name}" for name, count in counts.items()), f"(pages in {out})")


def write_used(answers: NotedAnswers, out: Path) -> None:
    """Write the keys of the answers that a run used."""
    out.mkdir(parents=True, exist_ok=True)
    (out / USED_NAME).write_text("".join(f"{key.hex()}\n" for key in sorted(answers.used)), encoding="ascii")


def read_used(out: Path) -> frozenset[bytes]:
    """Return the keys of the answers that a run used.

    Raises:
        UsageError: the folder holds no such list.
    """
    with contextlib.suppress(OSError, ValueError):
        return frozenset(map(bytes.fromhex, (out / USED_NAME).read_text(encoding="ascii").split()))
    raise UsageError(f"{out} holds no readable {USED_NAME}; give the folder that a run wrote with --out.")


if __name__ == "__main__":
    sys.exit(main())
