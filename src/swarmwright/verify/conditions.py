"""Runs conditions on arguments and results, in the candidate process: whoever wrote them is not trusted."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from swarmwright.spec.values import Parameter, Unit
from swarmwright.verify.encoding import encode
from swarmwright.verify.execution import Executor
from swarmwright.verify.values import Call, Outcome

_CPU_S = 0.2
_NAME = "swarmwright_condition"
_TRUE, _FALSE = encode(True), encode(False)


async def try_conditions(
    executor: Executor,
    modules: Mapping[str, str],
    unit: Unit,
    conditions: Sequence[str],
    calls: Sequence[Call],
    outcomes: Sequence[Outcome],
) -> list[tuple[bool | None, ...]]:
    """Return for each condition whether it is true of each call and its outcome.

    Args:
        executor: where they run.
        modules: the specification's modules, bare, by name.
        unit: whose parameters the conditions speak of.
        conditions: Python expressions in the parameters and ``result``.
        calls: of the Unit.
        outcomes: one for each call.

    Returns:
        For each condition one entry a call: None where the call gave no value, or the condition neither True nor False.
    """
    given = [number for number, outcome in enumerate(outcomes) if outcome.kind == "value"]
    asked = [_asked(unit, calls[number], outcomes[number]) for number in given]
    found: list[tuple[bool | None, ...]] = []
    for condition in conditions:
        source = f"\n\ndef {_NAME}({_parameters(unit)}):\n    return bool({condition})\n"
        loaded = {**modules, unit.module: modules[unit.module] + source}
        said = await executor.run(loaded, asked, cpu_s=_CPU_S)
        truths = dict(zip(given, map(_truth, said), strict=True))
        found.append(tuple(truths.get(number) for number in range(len(calls))))
    return found


def calls_inside(unit: Unit) -> tuple[str, ...]:
    """Return the calls of a Unit that stand in the expressions of its examples, as Python source."""
    found: dict[str, None] = {}
    for example in unit.examples:
        for node in ast.walk(ast.parse(example.source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == unit.name:
                found.setdefault(ast.unparse(node))
    return tuple(found)


def _asked(unit: Unit, call: Call, outcome: Outcome) -> Call:
    return Call(f"{unit.module}.{_NAME}", call.args, (*call.kwargs, ("result", outcome.value)))


def _truth(outcome: Outcome) -> bool | None:
    if outcome.kind != "value" or outcome.value not in (_TRUE, _FALSE):
        return None
    return bool(outcome.value == _TRUE)


def _parameters(unit: Unit) -> str:
    """Return the Unit's parameters without types, and ``result``, which is only ever given by name."""
    before: list[str] = []
    after: list[str] = []
    last = ""
    for parameter in unit.parameters:
        if parameter.kind == "positional_only" or parameter.kind == "positional_or_keyword":
            before.append(_with_default(parameter))
        elif parameter.kind == "var_positional":
            before.append(f"*{parameter.name}")
        elif parameter.kind == "var_keyword":
            last = f"**{parameter.name}"
        else:
            after.append(_with_default(parameter))
    star = [] if any(one.startswith("*") for one in before) else ["*"]
    return ", ".join([*before, *star, *after, "result", *([last] if last else [])])


def _with_default(parameter: Parameter) -> str:
    return parameter.name if parameter.default is None else f"{parameter.name}={parameter.default}"
