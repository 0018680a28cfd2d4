"""How much of a specification many bodies of one Unit satisfy, in few requests for all: a guide, never a verdict.

Many bodies go into one module under names of their own, so that one request tries them all. What is found here is
examined again, one body at a time, before it counts for anything.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from swarmwright.spec.indent import indent_body
from swarmwright.spec.values import Unit
from swarmwright.verify.execution import Executor
from swarmwright.verify.judging import Judging, from_call, from_example, from_outcome, to_call
from swarmwright.verify.plausibility import find_crash
from swarmwright.verify.records import Records
from swarmwright.verify.rewriting import parse
from swarmwright.verify.signatures import same, signature
from swarmwright.verify.values import Call, InputSet, Outcome

CPU_S = 0.03
"""Processor time for one call of a body that is only tried."""
MOST_JUDGED = 24
"""Results of a body that are held against its declared type and postconditions, unless more are asked for."""
_MOST_BODIES = 64
_MOST_CALLS = 240
_PREFIX = "_swarmwright_try_"
_AFTER = "_swarmwright_after_"
_NOT_TRIED = "not tried"
_NOT_LOADED = "the module could not be loaded"
_LATE = ("timeout", "died")


class Probe(msgspec.Struct, frozen=True):
    """A valid call and, where an Example shows it, what it must give."""

    call: Call
    wanted: Outcome | None = None


class Trial(msgspec.Struct, frozen=True):
    """One body, and the probes to try it on."""

    body: str
    probes: tuple[Probe, ...]


class Tried(msgspec.Struct, frozen=True):
    """What came of a Trial: an Outcome a probe, and whether it is as the specification wants it."""

    outcomes: tuple[Outcome, ...]
    passed: tuple[bool, ...]


class Scoring:
    """Tries many bodies of one Unit. ``examples`` are those Examples that are plain calls with plain results.

    ``others`` says how many Examples are not; these are counted by ``other_examples``, one body at a time.
    """

    def __init__(
        self,
        judging: Judging,
        executor: Executor,
        unit: Unit,
        records: Records,
        inputs: InputSet,
        callees: Mapping[str, str],
    ) -> None:
        """Take what ``Examiner.scoring`` gives; ``read_examples`` comes first."""
        self._judging = judging
        self._executor = executor
        self._unit = unit
        self._records = records
        self._callees = dict(callees)
        self._in_place = unit.id in judging.in_place
        declared = unit.returns or "Any"
        self._returns = f"tuple[{declared}, Any]" if self._in_place else declared
        self._indirect: list[dict[str, Any]] = []
        self.examples: tuple[Probe, ...] = ()
        self.inputs = tuple(map(Probe, inputs.calls))

    @property
    def others(self) -> int:
        """How many Examples are no plain calls."""
        return len(self._indirect)

    async def read_examples(self) -> None:
        """Sort the Examples into plain calls and others."""
        sent = [_plain(from_example(example)) for example in self._unit.examples]
        seen = (await self._judging.ask("survey", unit=self._unit.id, examples=sent)).get("examples", ())
        found: list[Probe] = []
        for example, one in zip(sent, seen, strict=False):
            if one["precondition"] is not None:
                continue
            if one["call"] is None or self._in_place or (one["wanted"] is None and not example["raises"]):
                self._indirect.append(example)
            elif example["raises"]:
                wanted = Outcome("raise", error=example["raises"].rpartition(".")[2])
                found.append(Probe(to_call(one["call"]), wanted))
            else:
                found.append(Probe(to_call(one["call"]), Outcome("value", value=one["wanted"][0])))
        self.examples = tuple(found)

    def key(self, outcomes: Sequence[Outcome]) -> bytes:
        """Return what makes two bodies behave alike: the signature of what they gave."""
        return signature(outcomes, self._returns, self._records)

    async def other_examples(self, body: str) -> int:
        """Return how many of the Examples that are no plain calls a body passes."""
        if not self._indirect:
            return 0
        bodies = {**self._callees, self._unit.id: body}
        reply = await self._judging.settle("examples", bodies, cpu_s=CPU_S, unit=self._unit.id, examples=self._indirect)
        return sum(self._is_passed(result) for result in reply.get("results", ()))

    def _is_passed(self, result: Mapping[str, Any]) -> bool:
        if result["status"] != "compare":
            return bool(result["status"] == "passed")
        got, want = (Outcome("value", value=result[name][0]) for name in ("value", "wanted"))
        return same(got, want, self._unit.returns or "Any" if result["call"] else "Any", self._records)

    # Many bodies at once

    async def run(self, trials: Sequence[Trial], *, judged: int = MOST_JUDGED) -> list[Tried]:
        """Return what came of each Trial; a body that hangs or cannot be loaded passes nothing.

        Args:
            trials: bodies and probes.
            judged: how many of a body's results are held against type and postconditions, the first ones.
        """
        tried: list[Tried] = []
        for batch in _batches(trials):
            tried += await self._judged(batch, await self._outcomes(batch), judged)
        return tried

    def begin_with(self, probes: Sequence[Probe]) -> None:
        """Put these inputs before all others, so that they are judged."""
        ordered = {msgspec.json.encode(probe.call): probe for probe in (*probes, *self.inputs)}
        self.inputs = tuple(ordered.values())

    async def _outcomes(self, trials: Sequence[Trial]) -> list[tuple[Outcome, ...]]:
        """Perform the calls of a batch; where bodies before it used up the process, a body is tried again."""
        found: list[tuple[Outcome, ...]] = []
        while len(found) < len(trials):
            left = trials[len(found) :]
            outcomes = await self._perform(left)
            if outcomes[0] and outcomes[0][0].detail.startswith(_NOT_LOADED) and len(left) > 1:
                half = len(left) // 2
                found += [*await self._outcomes(left[:half]), *await self._outcomes(left[half:])]
                break
            cut = next((number for number, some in enumerate(outcomes) if any(map(_is_untried, some))), len(outcomes))
            if cut < len(outcomes) and (cut == 0 or any(map(_is_late, outcomes[cut]))):
                # It was broken off by what it did itself.
                cut += 1
            found += outcomes[:cut]
        return found

    async def _perform(self, trials: Sequence[Trial]) -> list[tuple[Outcome, ...]]:
        modules = dict(self._judging.modules(self._callees))
        written = [self._written(trial.body, number) for number, trial in enumerate(trials)]
        modules[self._unit.module] = "\n\n\n".join([modules[self._unit.module], *written])
        prefix = f"{self._unit.module}.{_AFTER if self._in_place else ''}{_PREFIX}"
        calls = [
            Call(f"{prefix}{number}", probe.call.args, probe.call.kwargs)
            for number, trial in enumerate(trials)
            for probe in trial.probes
        ]
        outcomes = iter(await self._executor.run(modules, calls, cpu_s=CPU_S))
        if self._in_place:
            outcomes = (msgspec.structs.replace(one, changed=False) for one in outcomes)
        return [tuple(next(outcomes) for _ in trial.probes) for trial in trials]

    def _written(self, body: str, number: int) -> str:
        """Return a body as a function under a name of its own."""
        name = f"{_PREFIX}{number}"
        if re.search(rf"\b{re.escape(self._unit.name)}\b", body):
            tree = parse(body)
            for node in ast.walk(tree):
                if isinstance(node, ast.Name) and node.id == self._unit.name:
                    node.id = name
            body = ast.unparse(tree)
        head = re.sub(rf"\bdef\s+{re.escape(self._unit.name)}\b", f"def {name}", self._unit.head, count=1)
        text = "\n".join([*(f"@{one}" for one in self._unit.decorators), head, indent_body(body)])
        if not self._in_place:
            return text
        return (
            f"{text}\n\n\ndef {_AFTER}{name}(*args, **kwargs):\n"
            f"    result = {name}(*args, **kwargs)\n"
            f"    return result, (*args, *kwargs.values())"
        )

    # What is right

    async def _judged(self, trials: Sequence[Trial], outcomes: Sequence[tuple[Outcome, ...]], most: int) -> list[Tried]:
        results = [
            [self._is_right(probe, one) for probe, one in zip(trial.probes, some, strict=True)]
            for trial, some in zip(trials, outcomes, strict=True)
        ]
        cases = [
            (row, column, [from_call(trial.probes[column].call), from_outcome(outcomes[row][column])])
            for row, trial in enumerate(trials)
            for column in [n for n, probe in enumerate(trial.probes) if probe.wanted is None][:most]
            if results[row][column] and outcomes[row][column].kind == "value"
        ]
        for some in _together(cases, alone=self._asks_itself()):
            reply = await self._judging.ask(
                "judge", unit=self._unit.id, cases=[case for _, _, case in some], allowed=[]
            )
            for (row, column, _), said in zip(some, reply.get("results", ()), strict=False):
                results[row][column] = said["status"] not in ("type", "broken")
        return [Tried(some, tuple(right)) for some, right in zip(outcomes, results, strict=True)]

    def _is_right(self, probe: Probe, outcome: Outcome) -> bool:
        if outcome.changed:
            return False
        if probe.wanted is not None:
            return same(outcome, probe.wanted, self._returns, self._records)
        return outcome.kind in ("value", "raise") and find_crash(self._unit, [probe.call], [outcome]) is None

    def _asks_itself(self) -> bool:
        """Tell whether a postcondition calls the Unit, so that answers of several bodies must not be mixed."""
        return any(self._unit.name in one.names or self._unit.name in one.condition for one in self._unit.contracts)


def _is_untried(outcome: Outcome) -> bool:
    return outcome.kind in _LATE and outcome.detail.startswith(_NOT_TRIED)


def _is_late(outcome: Outcome) -> bool:
    return outcome.kind in _LATE and not outcome.detail.startswith(_NOT_TRIED)


def _batches(trials: Sequence[Trial]) -> Iterator[list[Trial]]:
    """Yield the Trials in order, as many together as one request holds."""
    batch: list[Trial] = []
    calls = 0
    for trial in trials:
        if batch and (len(batch) >= _MOST_BODIES or calls + len(trial.probes) > _MOST_CALLS):
            yield batch
            batch, calls = [], 0
        batch.append(trial)
        calls += len(trial.probes)
    if batch:
        yield batch


def _together(cases: Sequence[tuple[int, int, Any]], *, alone: bool) -> Iterator[list[tuple[int, int, Any]]]:
    """Yield cases that may be judged together: those of one body, or (where no answer is asked for) all."""
    rows = dict.fromkeys(row for row, _, _ in cases) if alone else {-1: None}
    for row in rows:
        if some := [case for case in cases if row in (case[0], -1)]:
            yield some


def _plain(example: dict[str, Any]) -> dict[str, Any]:
    """Return an Example that compares a call (``f(x) is None`` with ``True``) as one that shows what the call gives."""
    if example["raises"] or example["want"].strip() != "True":
        return example
    try:
        node = ast.parse(example["source"].strip(), mode="eval").body
    except SyntaxError:
        return example
    match node:
        case ast.Compare(left=ast.Call() as call, ops=[ast.Eq()], comparators=[wanted]):
            return {**example, "source": ast.unparse(call), "want": ast.unparse(wanted)}
        case ast.Compare(
            left=ast.Call() as call, ops=[ast.Is()], comparators=[ast.Constant(value=None | bool()) as wanted]
        ):
            return {**example, "source": ast.unparse(call), "want": ast.unparse(wanted)}
    return example
