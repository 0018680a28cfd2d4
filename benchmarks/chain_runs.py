"""Recorded runs of long tasks: keep one from its folder, and run it again without any model.

    python benchmarks/chain_runs.py keep run/hanoi benchmarks/recordings/hanoi12.jsonl.xz
    python benchmarks/chain_runs.py replay benchmarks/recordings/hanoi12.jsonl.xz [--steps 500]

A recording holds, for each sample of each step, what the model answered and a hash of what it was asked. The replay
goes through the real scheduler, runner and crew: a prompt that is not the one that was asked then, or a sample that
was never asked, ends it. Answers are read, flagged and voted on anew.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import lzma
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Completion, Message, ModelRequest
from swarmwright.chain.asking import QuestionCrew
from swarmwright.chain.loading import load_task
from swarmwright.chain.stories import read_story
from swarmwright.config.running import StepSettings, policy_of
from swarmwright.errors import EndpointError
from swarmwright.ledger.events import RunOpened, RunResumed, Voted
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.plan.questions import MOST_SAMPLES
from swarmwright.plan.steps import Chain, ChainSteps
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import Lane

ROOT = Path(__file__).resolve().parent.parent
HASH_BYTES = 5
DEFAULT = ROOT / "benchmarks" / "recordings" / "hanoi12.jsonl.xz"


def prompt_hash(messages: Sequence[Message]) -> str:
    """Return a short hash of what is asked."""
    plain = "\0".join(message.content for message in messages)
    return hashlib.blake2b(plain.encode(), digest_size=HASH_BYTES).hexdigest()


def keep(folder: Path, task: str) -> list[str]:
    """Return the lines of the recording of a run that asked every step afresh."""
    ledger = open_ledger(folder / "run.ledger", create=False, readonly=True)
    header: dict[str, Any] = {"task": task}
    steps: dict[int, dict[int, tuple[str, str]]] = {}
    try:
        for event in ledger.replay():
            if isinstance(event, RunOpened):
                header |= {"options": event.options, "digest": event.spec_digest, "resumed": 0}
            elif isinstance(event, RunResumed):
                header["resumed"] += 1
            elif isinstance(event, Voted):
                answers = steps.setdefault(int.from_bytes(event.task[8:], "big"), {})
                for told in read_story(ledger.blobs.get(event.story)):
                    begun = (Message("assistant", told.begun),) if told.begun else ()
                    answers[told.sample] = (prompt_hash((Message("user", told.prompt), *begun)), told.text)
    finally:
        ledger.close()
    lines = [json.dumps(header)]
    for _, answers in sorted(steps.items()):
        lines.append(json.dumps([answers[sample] for sample in sorted(answers)], separators=(",", ":")))
    return lines


class KeptModel:
    """Answers as the model did then, and nothing else."""

    family = "recorded"
    concurrency = 1

    def __init__(self, name: str, digest: str, steps: Sequence[Sequence[Sequence[str]]]) -> None:
        """Take the answers of each step in the order of samples, each with the hash of its prompt."""
        self.name = name
        self.digest = digest
        self._steps = steps
        self.given = 0

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return the recorded answers.

        Raises:
            EndpointError: something else is asked than was asked then.
        """
        found = []
        for number in range(request.first, request.first + request.count):
            step, sample = divmod(number, MOST_SAMPLES)
            answers = self._steps[step] if step < len(self._steps) else ()
            if sample >= len(answers) or answers[sample][0] != prompt_hash(request.messages):
                raise EndpointError(f"sample {sample} of step {step} was not asked so when this was recorded")
            self.given += 1
            found.append(Completion(answers[sample][1], number, "stop", 0, 0, 0.0, 0.0, kept=True))
        return tuple(found)

    async def close(self) -> None:
        """Do nothing."""


class Replayed:
    """What a replay came to: steps decided and wrong, answers given, distinct questions, races longer than k."""

    def __init__(self, chain: Chain, answers: Sequence[Any]) -> None:
        """Compare the answers with the truth of the chain, which nobody else asks for."""
        self.steps = len(answers)
        self.wrong = 0
        self.questions: set[bytes] = set()
        state = chain.first()
        for answer in answers:
            question = chain.question(state)
            if question is not None:
                self.questions.add(question.content)
            self.wrong += answer != chain.truth(state)
            state = chain.after(state, answer)
        self.result = chain.result(state)
        self.given = 0
        self.disputed = 0


def replay(file: Path, steps: int | None = None) -> Replayed:
    """Run a recording again, or its first steps."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        header, *recorded = map(json.loads, lines)
    options: Mapping[str, str] = header["options"]
    arguments = [word for name, value in options.items() if name.startswith("--") for word in (name, value)]
    loaded = load_task(ROOT / header["task"], arguments)
    assert isinstance(loaded.task, Chain)
    (name, digest), *_ = [(n.removeprefix("model "), d) for n, d in options.items() if n.startswith("model ")]
    settings = StepSettings(k=int(options["k"]), most=int(options["most"]), models=(name,), reuse=False)
    answers: list[Any] = []
    chain = ChainSteps(loaded.task, b"replayed", sink=lambda _, __, answer: answers.append(json.loads(answer)))
    kept = recorded if steps is None else recorded[:steps]
    model = KeptModel(name, digest, kept)
    ledger = MemoryLedger()
    crew = QuestionCrew(chain.open, models={name: model}, blobs=ledger.blobs)

    async def go() -> None:
        await run(
            Scheduler(chain, policy_of(settings)),
            crew,
            ledger,
            lanes=lambda _: Lane("recorded"),
            budget=Budget(),
            clock=LoopClock(),
        )

    asyncio.run(go())
    seen = Replayed(loaded.task, answers)
    seen.given = model.given
    seen.disputed = sum(len({tuple(answer) for answer in step}) > settings.k for step in kept)
    return seen


def main(arguments: Sequence[str]) -> int:
    """Keep or replay, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command")
    keeping = commands.add_parser("keep")
    keeping.add_argument("folder", type=Path)
    keeping.add_argument("file", type=Path)
    keeping.add_argument("--task", default="examples/hanoi.py")
    playing = commands.add_parser("replay")
    playing.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    playing.add_argument("--steps", type=int)
    chosen = parser.parse_args(arguments or ["replay"])
    if chosen.command == "keep":
        lines = keep(chosen.folder, chosen.task)
        chosen.file.write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode(), preset=9))
        print(f"{len(lines) - 1:,} steps, {chosen.file.stat().st_size:,} bytes")
        return 0
    seen = replay(chosen.file, chosen.steps)
    print(
        f"{seen.result}: {seen.steps:,} steps decided, {seen.wrong} wrong; {seen.given:,} recorded answers to "
        f"{len(seen.questions)} distinct questions, {seen.disputed} steps that took more than k answers"
    )
    return 1 if seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
