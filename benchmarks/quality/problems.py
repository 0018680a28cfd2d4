"""HumanEval as a workload: its prompts as a specification, EvalPlus's hidden inputs as the judge."""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from benchmarks.quality import codegen
from benchmarks.quality.evalplus import Judgement, Problem, judge_bodies, load_problems
from benchmarks.quality.humaneval import PACKAGE, convert_checked, load_prompts
from benchmarks.quality.records import Verdict
from benchmarks.quality.workloads import Part, Workload

from swarmwright.spec.printer import print_module
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.ports import Sandbox

_CONVERTER = ("blocks", "guessing", "humaneval", "literals", "shown")
"""Modules that decide what a prompt becomes."""


async def load_humaneval(data: Path, out: Path, *, name: str) -> Workload:
    """Return HumanEval as a workload; its specification is written to ``out/specs`` first.

    Args:
        data: the folder of the data.
        out: the folder of the run.
        name: what the workload is called; ``codegen`` brings CodeT's recorded tests with it.

    Raises:
        UsageError: the data are missing or malformed.
        SandboxUnavailableError: the prompts' given code cannot be run safely here.
    """
    notes = await _written_specification(data, out / "specs")
    spec = read_spec(out / "specs" / PACKAGE)
    tests = recorded_tests(spec, data) if name == "codegen" else {}
    part = Part("humaneval", spec, functools.partial(EvalPlusJudge, data))
    return Workload(name, (part,), tuple(notes.splitlines()), tests)


class _Written(msgspec.Struct):
    """What lies beside a specification that was written: from what it was made, and what its making came to."""

    origin: str
    sources: str
    notes: str


async def _written_specification(data: Path, folder: Path) -> str:
    """Convert the prompts, unless the very same conversion lies in the folder; return what it came to.

    Linting the whole package in the sandbox takes longer than many a replay.
    """
    prompts = load_prompts(data)
    converter = b"".join(Path(__file__).with_name(f"{name}.py").read_bytes() for name in _CONVERTER)
    origin = hashlib.sha256(msgspec.json.encode(prompts) + converter).hexdigest()
    note = folder / "written.json"
    with contextlib.suppress(OSError, UnicodeDecodeError, msgspec.MsgspecError):
        written = msgspec.json.decode(note.read_bytes(), type=_Written)
        if written.origin == origin and written.sources == _digest(folder / PACKAGE):
            return written.notes
    conversion = await convert_checked(prompts, folder)
    notes = conversion.summary()
    note.write_bytes(msgspec.json.encode(_Written(origin, _digest(folder / PACKAGE), notes)))
    return notes


def _digest(package: Path) -> str:
    files = sorted(package.glob("*.py"))
    content = msgspec.json.encode([(path.name, path.read_text(encoding="utf-8")) for path in files])
    return hashlib.sha256(content).hexdigest()


def recorded_tests(spec: Spec, data: Path) -> dict[str, tuple[str, ...]]:
    """Return CodeT's recorded blocks of tests by Unit id.

    Raises:
        UsageError: the data are missing or malformed.
    """
    entries: dict[str, list[codegen.Entry]] = {}
    for entry in codegen.read_entries(data / "codet" / codegen.TESTS_FILE):
        entries.setdefault(entry.name, []).append(entry)
    found = {}
    for unit in spec.units():
        if unit.name in entries:
            entry = codegen.find_entry(entries[unit.name], f"{unit.head}\n{unit.docstring}")
            found[str(unit.id)] = tuple(f"assert {block.strip()}" for block in entry.samples if block.strip())
    return found


class EvalPlusJudge:
    """Judges HumanEval's functions by hidden inputs; the data are read with the first question."""

    def __init__(self, data: Path, sandbox: Sandbox) -> None:
        """Take the folder of the data and where bodies run."""
        self._data = data
        self._sandbox = sandbox

    async def judge(self, unit: Unit, spec: Spec, bodies: Mapping[str, str]) -> Mapping[str, Verdict]:
        """Return a verdict for each body.

        Raises:
            UsageError: the data are missing or malformed.
            SandboxError: the sandbox failed.
        """
        problem = _problems(self._data)[f"HumanEval/{int(unit.module.rpartition('.p')[2])}"]
        module = spec.module(unit.module)
        sources = {key: print_module(module, {unit.id: body}, view="bare") for key, body in bodies.items()}
        found = await judge_bodies(problem, sources, self._sandbox)
        return {key: _verdict(judgement) for key, judgement in found.items()}

    async def close(self) -> None:
        """Nothing is kept open between questions."""


@functools.cache
def _problems(data: Path) -> dict[str, Problem]:
    return load_problems(data)


def _verdict(found: Judgement) -> Verdict:
    return Verdict(found.passed, found.input_repr, found.got, found.want, found.reason)
