"""The colony beside cvc5's SyGuS solver: the same examples, the same time, judged by the same hidden inputs.

Only Units over int, bool and str without given code can be said to both; why others cannot is counted. cvc5 is given
its own grammar with any constants, and nothing of contracts and prose, which it has no words for. Its seconds are those
of the processor, the colony's those of the clock.
"""

from __future__ import annotations

import contextlib
import importlib.util
import math
import multiprocessing
import resource
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from benchmarks.quality.loading import BENCHMARKS
from benchmarks.quality.own_judge import OwnJudge
from benchmarks.quality.workloads import read_part

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.colony import Colony
from swarmwright.colony.efforts import Foraging
from swarmwright.construct.forager import flag_of
from swarmwright.errors import UsageError
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.scoring import Probe
from swarmwright.verify.values import Call

PLAIN = ("int", "bool", "str")
_MOST_JUDGED = 60
_SLOWEST = 8
"""How many times the time of the processor may pass on a busy machine."""
_FAULT = "cvc5 failed"


class Answer(NamedTuple):
    """What a solver said of a Unit.

    Attributes:
        found: whether it found anything.
        right: whether that is right on hidden inputs.
        seconds: how long it took.
        is_sure: whether nothing else is known that fits (cvc5 never asks).
        fault: why it could not be asked, nothing where it could.
    """

    found: bool
    right: bool
    seconds: float
    is_sure: bool = False
    fault: str = ""


Row = tuple[str, Answer, Answer]


async def compare(seconds: float, wanted: Sequence[str]) -> str:
    """Return a table of both solvers over the Units that both can be asked.

    Raises:
        UsageError: cvc5 is not installed.
    """
    if importlib.util.find_spec("cvc5") is None:
        raise UsageError("cvc5 is needed for this comparison: pip install cvc5")
    folder = BENCHMARKS / "colony"
    spec = read_part(folder / "specs")
    asked = [unit for unit in spec.units() if not wanted or unit.name in wanted]
    reasons = {unit.id: inexpressible(unit) for unit in asked}
    sandbox = open_sandbox()
    examiner, colony = await Examiner.open(spec, sandbox), Colony(spec, sandbox)
    judge = OwnJudge(folder / "judges", sandbox)
    rows: list[Row] = []
    try:
        for unit in [one for one in asked if not reasons[one.id]]:
            row = await _both(unit, spec, examiner, colony, judge, seconds)
            rows.append(row)
    finally:
        await judge.close()
        await colony.close()
        await examiner.close()
    return "\n".join([*_table(rows), *_left_out(reasons.values())])


async def _both(unit: Unit, spec: Spec, examiner: Examiner, colony: Colony, judge: OwnJudge, seconds: float) -> Row:
    inputs = await examiner.draw(unit.id)
    scoring = await examiner.scoring(unit.id, inputs, {})
    harvest = await colony.search(unit, scoring.examples, inputs.calls, {}, Foraging(seconds=seconds))
    ours = Answer(bool(harvest.solutions), False, harvest.seconds)
    if harvest.solutions:
        verdict = (await judge.judge(unit, spec, {"it": harvest.solutions[0].body}))["it"]
        sure = len(harvest.solutions) == 1 and not (harvest.solutions[0].doubt or flag_of(harvest))
        ours = Answer(True, verdict.right, harvest.seconds, sure)
    theirs = _cvc5(unit, scoring.examples, judge.expected(unit), seconds)
    return unit.id.partition(".")[2], ours, theirs


def inexpressible(unit: Unit) -> str:
    """Return why a Unit cannot be said to cvc5; nothing where it can."""
    kinds = [*(parameter.annotation or "" for parameter in unit.parameters), unit.returns or ""]
    others = [kind.partition("[")[0] for kind in kinds if kind not in PLAIN]
    if others:
        return next((kind for kind in ("float", "dict", "list", "tuple", "set") if kind in others), "dataclass or None")
    return "uses other functions" if unit.uses else ""


def _cvc5(unit: Unit, examples: Sequence[Probe], hidden: Sequence[tuple[Call, Any]], seconds: float) -> Answer:
    """Ask cvc5 in a process of its own, with so much time of the processor: its own limit does not always hold."""
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    before = _children_s()
    worker = multiprocessing.get_context("fork").Process(target=_ask, args=(theirs, unit, examples, hidden, seconds))
    worker.start()
    # Else one would wait for what a process that has ended might still say.
    theirs.close()
    found, right, fault = False, False, ""
    with contextlib.suppress(EOFError):
        if ours.poll(seconds * _SLOWEST):
            found, right, fault = ours.recv()
    worker.kill()
    worker.join()
    return Answer(found, right, _children_s() - before, fault=fault)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ask(pipe: Any, unit: Unit, examples: Sequence[Probe], hidden: Sequence[tuple[Call, Any]], seconds: float) -> None:
    limit = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    try:
        pipe.send((*_answered(unit, examples, hidden), ""))
    except Exception as error:
        pipe.send((False, False, f"{_FAULT}: {type(error).__name__}: {error}".splitlines()[0]))


def _answered(unit: Unit, examples: Sequence[Probe], hidden: Sequence[tuple[Call, Any]]) -> tuple[bool, bool]:
    """Return whether cvc5 finds a function for the examples, and whether that is right on hidden inputs."""
    import cvc5
    from cvc5 import Kind

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    solver.setOption("sygus", "true")
    # Without it constants are counted up one by one.
    solver.setOption("sygus-grammar-cons", "any-const")
    texts = "str" in [*(parameter.annotation for parameter in unit.parameters), unit.returns]
    solver.setLogic("SLIA" if texts else "NIA")
    sorts = {"int": manager.getIntegerSort(), "bool": manager.getBooleanSort(), "str": manager.getStringSort()}
    names = [manager.mkVar(sorts[parameter.annotation or "int"], parameter.name) for parameter in unit.parameters]
    function = solver.synthFun("f", names, sorts[unit.returns or "int"])
    for probe in examples:
        if probe.wanted is not None and probe.wanted.kind == "value":
            call = manager.mkTerm(Kind.APPLY_UF, function, *(_term(manager, value) for value in probe.call.args))
            solver.addSygusConstraint(manager.mkTerm(Kind.EQUAL, call, _term(manager, probe.wanted.value)))
    if not solver.checkSynth().hasSolution():
        return False, False
    solution = solver.getSynthSolution(function)
    variables, body = list(solution[0]), solution[1]
    right = True
    for call_made, want in hidden[:_MOST_JUDGED]:
        values = [_term(manager, value) for value in call_made.args]
        right = right and solver.simplify(body.substitute(variables, values)) == _term(manager, want)
    return True, right


def _term(manager: Any, value: Any) -> Any:
    if isinstance(value, bool):
        return manager.mkBoolean(value)
    return manager.mkInteger(str(value)) if isinstance(value, int) else manager.mkString(str(value))


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield "| unit | colony | s | cvc5 | s |"
    yield "|---|---|---:|---|---:|"
    for name, one, two in rows:
        yield f"| {name} | {_word(one)} | {one.seconds:.1f} | {_word(two)} | {two.seconds:.1f} |"
    yield ""
    for place, name in ((1, "colony"), (2, "cvc5")):
        every: list[Answer] = [one for row in rows for one in row[place : place + 1] if isinstance(one, Answer)]
        sure = [one for one in every if one.is_sure]
        text = (
            f"{name}: of {len(rows)} units {sum(one.found for one in every)} solved on the examples shown, "
            f"{sum(one.right for one in every)} right on hidden ones, {sum(one.seconds for one in every):.0f} s"
        )
        if place == 1:
            text += f"; sure of {len(sure)}, {sum(not one.right for one in sure)} of them wrong"
        yield text + "."


def _left_out(reasons: Iterable[str]) -> Iterator[str]:
    counted = Counter(reason for reason in reasons if reason)
    if counted:
        why = ", ".join(f"{count} {reason}" for reason, count in counted.most_common())
        yield f"{sum(counted.values())} units cannot be said to cvc5: {why}."


def _word(answer: Answer) -> str:
    if answer.fault:
        return answer.fault
    word = "right" if answer.right else "wrong" if answer.found else "nothing"
    return f"{word}, sure" if answer.is_sure else word
