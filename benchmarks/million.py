"""A million steps without an error, in a made-up world, through the real scheduler, runner and ledger.

    python benchmarks/million.py [--steps-power 14] [--only chain|correlated|bag]

With ``--steps-power 20`` the chain is the whole Towers of Hanoi with 20 disks: 1,048,575 steps, of which each needs
the one before; every step is asked and voted afresh (k = 3, per-step error .0022, red flags 2 %). ``correlated`` is the
same with 5 % of the errors being one and the same, and two outages of the endpoint. The bag is as many independent
questions. Each run, its second start (which replays the finished ledger) and the plain loop of ``plain.py`` with the
same votes has a process of its own. What is right is told by programs that know nothing of swarmwright.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

from plain import BOOKS, ERROR_RATE, EXAMPLES, FLAG_RATE, MODULUS, K, PlainRun, hanoi, remainders, run_plain, settings
from swarmwright.chain.loading import Loaded
from swarmwright.config.running import StepSettings, run_task
from swarmwright.config.settings import Config
from swarmwright.voting.sizing import allowed_failure, step_failure, votes_over_wald

TARGET = 0.95


class Race(NamedTuple):
    """One of the runs: what it is, what was aimed at, and in which world."""

    title: str
    aim: int
    correlated: float = 0.0
    outages: int = 0
    chained: bool = True

    def loaded(self, power: int) -> Loaded:
        return hanoi(power) if self.chained else remainders(power)

    def voting(self) -> StepSettings:
        return settings(correlated=self.correlated, outages=self.outages)


RACES = {
    "chain": Race("strictly sequential", 40_000),
    "correlated": Race("strictly sequential, 5 % of the errors are one and the same, two outages", 40_000, 0.05, 2),
    "bag": Race("independent steps", 100_000, chained=False),
}


class SwarmRun(msgspec.Struct, frozen=True):
    """What a run of swarmwright came to."""

    steps: int
    answers: int
    votes: int
    end: str
    seconds: float
    processor_s: float
    memory_mb: float
    ledger_bytes: int


def run_swarm(race: Race, power: int, folder: Path) -> SwarmRun:
    """Run it, or go on with what is in the folder."""
    loaded = race.loaded(power)
    began, began_processor = time.perf_counter(), time.process_time()
    outcome = asyncio.run(run_task(Config(), loaded, folder, race.voting()))
    seconds, processor_s = time.perf_counter() - began, time.process_time() - began_processor
    return SwarmRun(
        steps=outcome.done,
        answers=outcome.totals.answers,
        votes=outcome.totals.votes,
        end=outcome.exit_reason.sentence,
        seconds=seconds,
        processor_s=processor_s,
        memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        ledger_bytes=(folder / "run.ledger").stat().st_size,
    )


def wrong_steps(race: Race, power: int, folder: Path) -> str:
    """Return how many steps are wrong, as somebody else says who reads the published answers."""
    file = folder / "answers.jsonl"
    if race.chained:
        checker = [sys.executable, str(EXAMPLES / "check_hanoi.py"), str(file), "--disks", str(power)]
        told = subprocess.run(checker, capture_output=True, text=True, check=False)
        # The shortest solution is the only one of its length: who found it made no wrong step.
        return f"{'0' if told.returncode == 0 else 'at least 1'} ({(told.stdout or told.stderr).strip()})"
    answers: dict[int, object] = {}
    lines = 0
    with file.open(encoding="utf-8") as entries:
        for line in entries:
            entry = json.loads(line)
            lines += 1
            # A million entries would be the largest thing in this process; only what is wrong is kept.
            if entry["answer"] != entry["step"] % MODULUS:
                answers[entry["step"]] = entry["answer"]
    missing = 2**power - 1 - lines
    return f"{len(answers) + abs(missing)} ({lines:,} answers compared, {missing} missing)"


def in_child(role: str, name: str, power: int, folder: Path) -> bytes:
    """Do one thing in a process of its own and return what it prints."""
    command = [sys.executable, __file__, "--role", role, "--only", name, "--steps-power", str(power)]
    return subprocess.run([*command, "--folder", str(folder)], stdout=subprocess.PIPE, check=True).stdout


def measure(name: str, power: int, folder: Path) -> None:
    """Run it, replay it, check it, run the plain loops, and print what came of all that."""
    race = RACES[name]
    print(f"{name}: {2**power - 1:,} steps, {race.title}", flush=True)
    ran = msgspec.json.decode(in_child("swarm", name, power, folder), type=SwarmRun)
    _say("ended", ran.end)
    _say("wrong steps", wrong_steps(race, power, folder))
    _say("votes", _votes(ran))
    _say("speed", f"{_speed(ran)}; the aim is {race.aim:,}")
    _say("ledger", f"{ran.ledger_bytes / ran.votes:.1f} bytes a vote ({ran.ledger_bytes / 1e6:.1f} MB)")
    _say("memory", f"{ran.memory_mb:.0f} MB at most")
    again = msgspec.json.decode(in_child("swarm", name, power, folder), type=SwarmRun)
    same = (again.steps, again.votes, again.ledger_bytes) == (ran.steps, ran.votes, ran.ledger_bytes)
    _say("replayed", f"in {again.seconds:.1f} s by the same command, {'nothing' if same else 'SOMETHING'} changed")
    for kind in BOOKS:
        plain = msgspec.json.decode(in_child(kind, name, power, folder), type=PlainRun)
        assert plain.samples == ran.answers, "the plain loop was told other answers"
        ratios = f"x {ran.seconds / plain.seconds:.2f} on the wall, x {ran.processor_s / plain.processor_s:.2f}"
        kept = f"{plain.kept_bytes / ran.votes:.1f} bytes a vote"
        _say(f"plain, {kind}", f"{_speed(plain)}, {kept}; swarmwright takes {ratios} of processor time")


def _say(what: str, told: str) -> None:
    print(f"  {what:15} {told}", flush=True)


def _speed(run: SwarmRun | PlainRun) -> str:
    return f"{run.steps / run.seconds:,.0f} steps a second, {run.steps / run.processor_s:,.0f} of processor time"


def _votes(ran: SwarmRun) -> str:
    right = 1.0 - ERROR_RATE
    failure, allowed = step_failure(right, K), allowed_failure(ran.steps, TARGET)
    own = votes_over_wald(ran.votes, ran.steps, right, failure)
    least = votes_over_wald(ran.votes, ran.steps, right, allowed)
    return (
        f"{ran.votes:,}, and {ran.answers - ran.votes:,} flagged; {ran.votes / ran.steps:.4f} a step: "
        f"x {own:.4f} of Wald's lower bound for a failure of {failure:.1e} a step (k = {K}), "
        f"x {least:.3f} of that for {allowed:.1e} (all steps right with {TARGET:.0%})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps-power", type=int, default=14, help="2 to the power of it, less 1, steps")
    parser.add_argument("--only", choices=RACES)
    parser.add_argument("--role", choices=("swarm", *BOOKS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not 11 <= options.steps_power <= 24:
        parser.error("the power must be from 11 (the outages come with the first 2,000 calls) to 24")
    if options.role is None:
        print(f"per-step error {ERROR_RATE}, red flags {FLAG_RATE:.0%}, first to be ahead by {K}, nothing is reused")
        for name in [options.only] if options.only else RACES:
            with tempfile.TemporaryDirectory() as folder:
                measure(name, options.steps_power, Path(folder))
        return
    race = RACES[options.only]
    if options.role == "swarm":
        done: SwarmRun | PlainRun = run_swarm(race, options.steps_power, options.folder)
    else:
        done = run_plain(race.loaded(options.steps_power), race.voting(), options.role, options.folder)
    print(msgspec.json.encode(done).decode())


if __name__ == "__main__":
    main()
