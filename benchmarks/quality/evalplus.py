"""The hidden judge of HumanEval: inputs that the specification never showed, by the rules of EvalPlus.

What is expected is not stored in the data: it is what the reference solution returns for the same inputs. Reference and
bodies run in one sandboxed Job per problem, so that neither can touch the machine; see ``hidden_runner``.

    python -m benchmarks.quality.evalplus --data DIR

checks the judge itself: every reference passes, and a function that does nothing passes nowhere.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
from benchmarks.quality.humaneval import data_file, read_lines

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.errors import SandboxError, SwarmwrightError, UsageError
from swarmwright.verify.ports import Job, JobResult, Limits, Sandbox

LEAST_S = 1.0
FACTOR = 4.0
"""A call may use so many times the reference's processor time, at least ``LEAST_S``."""
TOTAL_S = 60.0
"""Processor time of all calls of one body together."""
REFERENCE_S = 120.0
SLOWEST_S = 1200.0
"""Time on the wall that a body may take on a very busy machine; what bounds it is processor time."""
MEMORY_BYTES = 1 << 30
BATCH = 100
"""Bodies in one Job."""
FAULTY_INPUTS = {8: (446, 595)}
"""Places among the added inputs (``plus_input``) that have the wrong types, by problem."""
_RUNNER = Path(__file__).with_name("hidden_runner.py")


class Problem(msgspec.Struct, frozen=True):
    """What the builder must not see. ``inputs`` are argument lists as JSON text, the basic ones first.

    ``oracle`` is "zero" where a result is right if a polynomial is zero there, else "equal".
    """

    task_id: str
    entry_point: str
    reference: str
    inputs: tuple[msgspec.Raw, ...]
    atol: float
    oracle: Literal["equal", "zero"] = "equal"


class Judgement(msgspec.Struct, frozen=True):
    """The verdict on one body; the texts are of the first input on which it is wrong (empty where it passed).

    ``reason`` is "wrong value", "raised", "time-out", "died" or "unusable".
    """

    passed: bool
    input_repr: str = ""
    got: str = ""
    want: str = ""
    reason: str = ""


class _Row(msgspec.Struct):
    task_id: str
    prompt: str
    entry_point: str
    canonical_solution: str
    base_input: list[Any]
    plus_input: list[Any] | dict[str, Any]
    atol: float = 0.0


def load_problems(data: Path | None) -> dict[str, Problem]:
    """Read the hidden side of the problems, by task id.

    Raises:
        UsageError: the data are missing or malformed.
    """
    path = data_file(data)
    try:
        # Infinities are no JSON for msgspec, but they stand in the data.
        rows = [msgspec.convert(json.loads(line), _Row) for line in read_lines(path)]
        return {row.task_id: _problem(row) for row in rows}
    except (ValueError, msgspec.MsgspecError) as error:
        raise UsageError(f"{path}: a line has no hidden inputs as HumanEval+ has them ({error}).") from None


def _problem(row: _Row) -> Problem:
    number = int(row.task_id.rpartition("/")[2])
    plus = list(row.plus_input) if isinstance(row.plus_input, list) else []
    faulty = FAULTY_INPUTS.get(number, ())
    inputs = [*row.base_input, *(value for place, value in enumerate(plus) if place not in faulty)]
    return Problem(
        row.task_id,
        row.entry_point,
        row.prompt + row.canonical_solution,
        tuple(msgspec.Raw(json.dumps(value).encode()) for value in inputs),
        row.atol,
        "zero" if row.entry_point == "find_zero" else "equal",
    )


async def judge_bodies(
    problem: Problem, bodies: Mapping[str, str], sandbox: Sandbox | None = None, *, least_s: float = LEAST_S
) -> dict[str, Judgement]:
    """Return a judgement of each body: the source of a whole module that holds the function, by any key.

    What the reference returns is computed once for up to a hundred bodies; equal sources are judged once.

    Args:
        problem: the hidden side of a problem.
        bodies: sources of modules.
        sandbox: where they run; the best there is if none is given.
        least_s: processor time that any call may use, in seconds, however fast the reference is.

    Raises:
        SandboxError: the sandbox failed, or the reference itself does not run on the inputs.
    """
    box = sandbox or open_sandbox()
    sources = list(dict.fromkeys(bodies.values()))
    found: dict[str, Judgement] = {}
    for first in range(0, len(sources), BATCH):
        found.update(await _judge_batch(problem, sources[first : first + BATCH], box, least_s))
    return {key: found[source] for key, source in bodies.items()}


async def judge(problem: Problem, source: str, sandbox: Sandbox | None = None) -> Judgement:
    """Return the judgement of one body.

    Raises:
        SandboxError: as for ``judge_bodies``.
    """
    return (await judge_bodies(problem, {"": source}, sandbox))[""]


async def _judge_batch(problem: Problem, sources: list[str], sandbox: Sandbox, least_s: float) -> dict[str, Judgement]:
    limits = Limits(
        wall_s=SLOWEST_S * (1 + len(sources)),
        cpu_s=REFERENCE_S + TOTAL_S * len(sources),
        memory_bytes=MEMORY_BYTES,
    )
    files = {"problem.json": _message(problem, sources, least_s), "hidden_runner.py": _RUNNER.read_bytes()}
    job = Job(("hidden_runner.py",), files=files, collect=("verdicts.json",), limits=limits)
    reply = _reply(problem, await sandbox.run(job))
    return {source: Judgement(*reply[str(place)]) for place, source in enumerate(sources)}


def _message(problem: Problem, sources: Iterable[str], least_s: float) -> bytes:
    head = {
        "entry_point": problem.entry_point,
        "reference": problem.reference,
        "atol": problem.atol,
        "oracle": problem.oracle,
        "least_s": least_s,
        "factor": FACTOR,
        "total_s": TOTAL_S,
        "reference_s": REFERENCE_S,
        "bodies": {str(place): source for place, source in enumerate(sources)},
    }
    inputs = b",".join(bytes(value) for value in problem.inputs)
    return json.dumps(head).encode()[:-1] + b', "inputs": [' + inputs + b"]}"


def _reply(problem: Problem, result: JobResult) -> dict[str, list[Any]]:
    content = result.files.get("verdicts.json")
    if content is None:
        said = result.stderr.decode(errors="replace").strip().splitlines()
        why = "it took too long" if result.timed_out else (said[-1][:300] if said else f"status {result.exit_code}")
        raise SandboxError(f"{problem.task_id} could not be judged: {why}")
    reply: dict[str, Any] = json.loads(content)
    if "fault" in reply:
        raise SandboxError(f"{problem.task_id}: the reference itself fails: {reply['fault']}")
    verdicts: dict[str, list[Any]] = reply["verdicts"]
    return verdicts


async def check_judge(problems: Iterable[Problem], sandbox: Sandbox) -> tuple[str, ...]:
    """Return what is wrong with the judge or the data: a sentence for each problem that has a fault."""
    faults = []
    for problem in problems:
        idle = f"def {problem.entry_point}(*arguments):\n    return None\n"
        try:
            found = await judge_bodies(problem, {"reference": problem.reference, "idle": idle}, sandbox)
        except SandboxError as error:
            faults.append(str(error))
            continue
        if not found["reference"].passed:
            faults.append(f"{problem.task_id}: its own reference fails: {found['reference']}")
        if found["idle"].passed:
            faults.append(f"{problem.task_id}: a function that does nothing passes")
    return tuple(faults)


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.evalplus", description=check_judge.__doc__)
    parser.add_argument("--data", type=Path, help="the folder of the data")
    chosen = parser.parse_args(arguments)
    try:
        problems = load_problems(chosen.data)
        faults = asyncio.run(check_judge(problems.values(), open_sandbox()))
    except SwarmwrightError as error:
        print(error, file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    print(f"{len(problems)} problems, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
