"""The colony beside cvc5's SyGuS solver: the same examples, the same time, judged by the same hidden inputs.

Only Units over int, bool and str without given code can be said to both. cvc5 is given its own default grammar.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from benchmarks.quality.loading import BENCHMARKS
from benchmarks.quality.own_judge import OwnJudge
from benchmarks.quality.workloads import read_part

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.colony import Colony, Foraging
from swarmwright.errors import UsageError
from swarmwright.spec.values import Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.scoring import Probe
from swarmwright.verify.values import Call

PLAIN = ("int", "bool", "str")
_MOST_JUDGED = 60
_GRACE_S = 2.0


class Answer(NamedTuple):
    """What a solver said of a Unit: whether it found anything, whether that is right, and how long it took."""

    found: bool
    right: bool
    seconds: float


async def compare(seconds: float, wanted: Sequence[str]) -> str:
    """Return a table of both solvers over the Units that both can be asked.

    Raises:
        UsageError: cvc5 is not installed.
    """
    try:
        import cvc5  # noqa: F401
    except ImportError:
        raise UsageError("cvc5 is needed for this comparison: pip install cvc5") from None
    folder = BENCHMARKS / "colony"
    spec = read_part(folder / "specs")
    sandbox = open_sandbox()
    examiner, colony, judge = (
        await Examiner.open(spec, sandbox),
        Colony(spec, sandbox),
        OwnJudge(folder / "judges", sandbox),
    )
    rows: list[tuple[str, Answer, Answer]] = []
    try:
        for unit in spec.units():
            if not _is_plain(unit) or (wanted and unit.name not in wanted):
                continue
            inputs = await examiner.draw(unit.id)
            scoring = await examiner.scoring(unit.id, inputs, {})
            harvest = await colony.search(unit, scoring.examples, inputs.calls, {}, Foraging(seconds=seconds))
            ours = Answer(bool(harvest.solutions), False, harvest.seconds)
            if harvest.solutions:
                verdict = (await judge.judge(unit, spec, {"it": harvest.solutions[0].body}))["it"]
                ours = Answer(True, verdict.right, harvest.seconds)
            hidden = judge.expected(unit)
            rows.append((unit.id.partition(".")[2], ours, _cvc5(unit, scoring.examples, hidden, seconds)))
    finally:
        await judge.close()
        await colony.close()
        await examiner.close()
    return _table(rows)


def _is_plain(unit: Unit) -> bool:
    kinds = [*(parameter.annotation for parameter in unit.parameters), unit.returns]
    return all(kind in PLAIN for kind in kinds) and not unit.uses


def _cvc5(unit: Unit, examples: Sequence[Probe], hidden: Sequence[tuple[Call, Any]], seconds: float) -> Answer:
    """Ask cvc5 in a process of its own: its own limit of time does not always hold."""
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    began = time.monotonic()
    worker = multiprocessing.get_context("fork").Process(target=_ask, args=(theirs, unit, examples, hidden, seconds))
    worker.start()
    answer = ours.recv() if ours.poll(seconds + _GRACE_S) else (False, False)
    worker.kill()
    worker.join()
    return Answer(*answer, time.monotonic() - began)


def _ask(pipe: Any, unit: Unit, examples: Sequence[Probe], hidden: Sequence[tuple[Call, Any]], seconds: float) -> None:
    import cvc5
    from cvc5 import Kind

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    solver.setOption("sygus", "true")
    solver.setOption("tlimit", str(int(seconds * 1000)))
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
        pipe.send((False, False))
        return
    solution = solver.getSynthSolution(function)
    variables, body = list(solution[0]), solution[1]
    right = True
    for call_made, want in hidden[:_MOST_JUDGED]:
        values = [_term(manager, value) for value in call_made.args]
        right = right and solver.simplify(body.substitute(variables, values)) == _term(manager, want)
    pipe.send((True, right))


def _term(manager: Any, value: Any) -> Any:
    if isinstance(value, bool):
        return manager.mkBoolean(value)
    return manager.mkInteger(str(value)) if isinstance(value, int) else manager.mkString(str(value))


def _table(rows: Sequence[tuple[str, Answer, Answer]]) -> str:
    lines = ["| unit | colony | s | cvc5 | s |", "|---|---|---:|---|---:|"]
    lines += [
        f"| {name} | {_word(one)} | {one.seconds:.1f} | {_word(two)} | {two.seconds:.1f} |" for name, one, two in rows
    ]
    ours, theirs = sum(one.right for _, one, _ in rows), sum(two.right for _, _, two in rows)
    wrong = (
        sum(one.found and not one.right for _, one, _ in rows),
        sum(two.found and not two.right for _, _, two in rows),
    )
    lines += [
        "",
        f"Of {len(rows)} units: colony {ours} right first ({wrong[0]} wrong), cvc5 {theirs} ({wrong[1]} wrong).",
    ]
    return "\n".join(lines)


def _word(answer: Answer) -> str:
    return "right" if answer.right else "wrong" if answer.found else "nothing"
