"""Planted bugs before the real pipeline: how many are stopped, and how many right functions are stopped with them.

    python -m benchmarks.bugs [--out DIR] [--replay RECORDINGS] [--only test|seen] [--limit N]
    python -m benchmarks.bugs choose        (plants the half made by mutation anew)
    python -m benchmarks.bugs prose         (only what is read in the prose, without the pipeline: a minute)
    python -m benchmarks.bugs report --out DIR

No model is started: the planted bodies are proposed by scripted ones, alone or among recorded answers.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bugs.choosing import mutated, parameters_of, references, spread
from benchmarks.bugs.planted import FOLDER, Planted, read_planted, text_of
from benchmarks.bugs.prose import describe_noticed, read_all
from benchmarks.bugs.table import describe, read_results, write_results
from benchmarks.bugs.trials import Company, Trials, right_bodies
from benchmarks.quality.loading import BENCHMARKS, load_own
from benchmarks.quality.recordings import open_recordings

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.errors import SwarmwrightError

SEED = 20261121
BY_MUTATION = 50
RIGHT = 100


def parse_arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.bugs", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=("run", "choose", "prose", "report"), default="run")
    parser.add_argument("--out", type=Path, default=Path("build/bugs"), help="where results and the table go")
    parser.add_argument("--replay", type=Path, help="recorded answers of real models, among which the bugs are put")
    parser.add_argument("--only", choices=("seen", "test"), help="only one half of the bugs, split by a hash")
    parser.add_argument("--units", default="", help="only the planted bodies of these, with commas between")
    parser.add_argument("--texts", type=int, default=1, help="propose each body in so many different texts")
    parser.add_argument("--limit", type=int, default=0, help="only the first so many of each half")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parse_arguments(words)
    code = 0
    try:
        if options.command == "choose":
            asyncio.run(choose())
        elif options.command == "run":
            asyncio.run(run(options))
        elif options.command == "prose":
            asyncio.run(prose(options.replay))
        if options.command in ("run", "report"):
            text = describe(read_results(options.out))
            (options.out / "table.md").write_text(text, encoding="utf-8")
            print(text)
    except* SwarmwrightError as group:
        trouble: BaseException = group
        while isinstance(trouble, BaseExceptionGroup):
            trouble = trouble.exceptions[0]
        print(trouble, file=sys.stderr)
        code = trouble.exit_code if isinstance(trouble, SwarmwrightError) else 1
    return code


async def choose() -> None:
    """Choose the bugs made by mutation, and write them in the place of those that were there."""
    found, parts, names = {}, {}, {}
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:8.1f} s  {line}", file=sys.stderr, flush=True)

    for part in load_own().parts:
        bodies = references(part, BENCHMARKS / "judges" / part.name)
        for unit, some in (await mutated(part, bodies, open_sandbox(), seed=SEED, tell=tell)).items():
            found[unit], parts[unit], names[unit] = some, part.name, parameters_of(part, unit)
    folder = FOLDER / "mutation"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.py"):
        old.unlink()
    for planted in spread(found, parts, count=BY_MUTATION, seed=SEED):
        (folder / f"{planted.name}.py").write_text(text_of(planted, names[planted.unit]), encoding="utf-8")


async def prose(recordings: Path | None) -> None:
    """Print what the checks of the prose say of all bodies; of sentences, what recorded testers wrote down."""
    workload = load_own()
    everything = [*read_planted(), *right_bodies(workload, count=RIGHT)]
    company = Company(open_recordings(recordings, create=False)) if recordings else None
    print(describe_noticed(await read_all(workload, everything, open_sandbox(), company)))


async def run(options: argparse.Namespace) -> None:
    """Put planted and right bodies before the pipeline, and keep what became of each as soon as it is known."""
    workload = load_own()
    wanted = {name for name in options.units.split(",") if name}
    everything: list[Planted] = [*read_planted(), *right_bodies(workload, count=RIGHT)]
    if options.only:
        test = options.only == "test"
        everything = [one for one in everything if one.half != "by_hand" or one.is_held_out == test]
    if wanted:
        everything = [one for one in everything if one.unit in wanted]
    if options.limit:
        halves = {one.half: [other for other in everything if other.half == one.half] for one in everything}
        everything = [one for some in halves.values() for one in some[: options.limit]]
    company = Company(open_recordings(options.replay, create=False)) if options.replay else None
    trials = Trials(workload, open_sandbox(), company, texts=options.texts)
    options.out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:8.1f} s  {line}", file=sys.stderr, flush=True)

    results = []
    async for some in trials.run(everything, tell):
        results += some
        write_results(results, options.out)


if __name__ == "__main__":
    sys.exit(main())
