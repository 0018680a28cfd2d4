"""The hidden judge of our own measuring set: a reference and inputs for each Unit, compared in the product's own way.

A judge module is a file of ours, beside the specification and never shown to it: for each Unit a reference function
of the same name, and ``INPUTS``, the argument tuples to try. It is executed here; bodies only ever run in the sandbox.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.bugs.bodies import reference_body
from benchmarks.quality.records import Verdict

from swarmwright.errors import UsageError
from swarmwright.spec.printer import print_module
from swarmwright.spec.values import Given, Spec, Unit
from swarmwright.verify.describing import describe_call, describe_outcome
from swarmwright.verify.encoding import encode, is_opaque
from swarmwright.verify.execution import Executor
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.records import Records, records_of
from swarmwright.verify.shapes import Shapes
from swarmwright.verify.signatures import same
from swarmwright.verify.values import Call, Outcome

CPU_S = 2.0
"""Processor time that a call may use, as in the pipeline; twice that where it is tried again."""
LATE = ("timeout", "died")
"""What a busy machine may make of a call that is right."""
TRIES = 3
"""How often a call that gave nothing is tried again before it counts as late."""
MOST_LATE = 20
"""Calls of one body that may be late the first time."""


class OwnJudge:
    """Judges bodies by the references of a folder of judge modules."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        """Take the folder; modules are read when they are needed."""
        self._folder = folder
        self._executor = Executor(sandbox)
        self._modules: dict[str, ModuleType] = {}
        self._wanted: dict[str, tuple[tuple[Call, ...], tuple[Outcome, ...]]] = {}

    async def judge(self, unit: Unit, spec: Spec, bodies: Mapping[str, str]) -> Mapping[str, Verdict]:
        """Return a verdict for each body.

        Raises:
            UsageError: the judge's file is missing or faulty.
        """
        calls, wanted = self._expected(unit)
        records = records_of(spec)
        others = {m.name: print_module(m, {}, view="bare") for m in spec.modules if m.name != unit.module}
        verdicts = {}
        used = self.used(unit, spec)
        for key, body in bodies.items():
            own = print_module(spec.module(unit.module), {**used, unit.id: body}, view="bare")
            modules = {**others, unit.module: own}
            outcomes = await self._executor.run(modules, calls, cpu_s=CPU_S)
            verdict = compare(unit, calls, outcomes, wanted, records)
            if verdict.reason in LATE:
                verdict = compare(unit, calls, await self._patiently(modules, calls), wanted, records)
            verdicts[key] = verdict
        return verdicts

    def used(self, unit: Unit, spec: Spec) -> dict[str, str]:
        """Return the references' bodies for the Units of the same module that a Unit uses, and those that these use."""
        module = spec.module(unit.module)
        given = {name for item in module.items if isinstance(item, Given) for name in item.binds}
        given |= {one.name for one in spec.units() if one.module == unit.module}
        source = self._path(unit.module).read_text(encoding="utf-8")
        found: dict[str, str] = {}
        todo = list(unit.uses)
        while todo:
            name = todo.pop()
            other = spec.unit(name)
            if name not in found and name != unit.id and other.module == unit.module:
                found[name] = reference_body(source, other.name, given)
                todo += other.uses
        return found

    async def _patiently(self, modules: Mapping[str, str], calls: tuple[Call, ...]) -> tuple[Outcome, ...]:
        """Make the calls; one that gave nothing is made again on its own before that is held against a body.

        On a busy machine a call may be late that is quick, and after three late ones the rest are not tried at all.
        """
        outcomes: list[Outcome] = []
        for _ in range(MOST_LATE):
            outcomes += await self._executor.run(modules, calls[len(outcomes) :], cpu_s=CPU_S)
            late = next((place for place, one in enumerate(outcomes) if one.kind in LATE), None)
            if late is None:
                break
            again = await self._alone(modules, calls[late])
            if again.kind in LATE:
                break
            outcomes[late:] = [again]
        lost = Outcome("timeout", detail="not tried, since calls before it were late")
        return (*outcomes, *[lost] * (len(calls) - len(outcomes)))

    async def _alone(self, modules: Mapping[str, str], call: Call) -> Outcome:
        for _ in range(TRIES):
            (outcome,) = await self._executor.run(modules, [call], cpu_s=2 * CPU_S)
            if outcome.kind not in LATE:
                break
        return outcome

    def calls_of(self, unit: Unit) -> tuple[Call, ...]:
        """Return the hidden inputs of a Unit."""
        return self._expected(unit)[0]

    def expected(self, unit: Unit) -> tuple[tuple[Call, object], ...]:
        """Return the hidden inputs of a Unit with the values that its reference gives, encoded."""
        calls, outcomes = self._expected(unit)
        pairs = zip(calls, outcomes, strict=True)
        return tuple((call, outcome.value) for call, outcome in pairs if outcome.kind == "value")

    async def close(self) -> None:
        """End the processes."""
        await self._executor.close()

    def _expected(self, unit: Unit) -> tuple[tuple[Call, ...], tuple[Outcome, ...]]:
        if unit.id not in self._wanted:
            module = self._module(unit.module)
            inputs = getattr(module, "INPUTS", {}).get(unit.name)
            reference = getattr(module, unit.name, None)
            if not inputs or reference is None:
                raise UsageError(f"{self._folder}: nothing judges {unit.id} (a reference and INPUTS are needed).")
            shapes = Shapes([module])
            calls = tuple(Call(unit.id, tuple(encode(value, shapes=shapes) for value in args)) for args in inputs)
            bad = next((args for args, call in zip(inputs, calls, strict=True) if any(map(is_opaque, call.args))), None)
            if bad is not None:
                raise UsageError(f"{self._folder}: an input of {unit.id} cannot be sent: {bad!r}.")
            self._wanted[unit.id] = calls, tuple(_expected_outcome(reference, args, shapes) for args in inputs)
        return self._wanted[unit.id]

    def _module(self, name: str) -> ModuleType:
        if name not in self._modules:
            self._modules[name] = load_judge(self._path(name), name)
        return self._modules[name]

    def _path(self, name: str) -> Path:
        return self._folder / f"{name.rpartition('.')[2]}.py"


def load_judge(path: Path, name: str) -> ModuleType:
    """Execute a judge module under the name of the module it judges, so that its classes have the same names.

    Raises:
        UsageError: it is missing, or does not run.
    """
    module = ModuleType(name)
    before = sys.modules.get(name)
    # Dataclasses look their own module up while they are made.
    sys.modules[name] = module
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True), vars(module))
    except OSError:
        raise UsageError(f"{path}: there is no hidden judge for {name}.") from None
    except Exception as error:
        raise UsageError(f"{path}: the hidden judge does not run ({type(error).__name__}: {error}).") from error
    finally:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
    return module


def _expected_outcome(reference: Any, args: tuple[Any, ...], shapes: Shapes) -> Outcome:
    try:
        value = reference(*_copied(args))
    except Exception as error:
        return Outcome("raise", error=type(error).__name__)
    return Outcome("value", value=encode(value, shapes=shapes))


def _copied(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return containers anew, so that a reference that works in place cannot change what is sent later."""
    return tuple(_copy(value) for value in args)


def _copy(value: Any) -> Any:
    match value:
        case list() | set() | tuple() if type(value) in (list, set, tuple):
            return type(value)(map(_copy, value))
        case dict() if type(value) is dict:
            return {key: _copy(item) for key, item in value.items()}
    return value


def compare(
    unit: Unit, calls: tuple[Call, ...], outcomes: tuple[Outcome, ...], wanted: tuple[Outcome, ...], records: Records
) -> Verdict:
    """Return the verdict over all inputs: values count, what a call did to its arguments does not."""
    returns = unit.returns or "Any"
    for call, got, want in zip(calls, outcomes, wanted, strict=True):
        plain = Outcome(got.kind, got.value, got.error)
        if not same(plain, want, returns, records):
            reason = "wrong value" if got.kind in ("value", "raise") else got.kind
            return Verdict(False, describe_call(call), describe_outcome(got), describe_outcome(want), reason)
    return Verdict(True)
