"""Our own counterfactual set: is what everybody remembers really wrong, and do the examples tell?

Every Unit is a well-known function with one clause altered. Its judge has the function that is written down and the
one that is remembered. The remembered one must fail on the hidden inputs; for about half of the Units it passes all
visible examples, so that only the prose tells the two apart.
"""

from __future__ import annotations

import ast
import copy
import doctest
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
MODULES = sorted(
    path.stem for path in (BENCHMARKS / "specs" / "counterfactual").glob("*.py") if path.stem != "__init__"
)

# The Units whose altered clause no example shows.
PROSE_ONLY = {
    "numbers": {"is_leap_year", "collatz_steps", "prime_factors", "sum_of_multiples"},
    "codes": {"to_roman", "run_lengths"},
    "words": {"is_palindrome", "snake_case"},
    "sequences": {"binary_search", "merge_intervals"},
    "measures": {"median", "grade", "income_tax", "edit_distance"},
    "choices": {"change", "winner", "is_balanced", "two_sum"},
    "records": {"overlap", "add_minutes", "full_years", "hand_value"},
}


def judge_of(module: str) -> dict[str, Any]:
    return runpy.run_path(str(BENCHMARKS / "judges" / "counterfactual" / f"{module}.py"))


def spec_with(module: str, functions: dict[str, Callable[..., object]]) -> dict[str, Any]:
    """Run the specification, contracts and all, with these functions in the place of its stubs."""
    path = BENCHMARKS / "specs" / "counterfactual" / f"{module}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    units: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            arguments = ", ".join(argument.arg for argument in node.args.args)
            units.append(node.name)
            node.body[1:] = ast.parse(f"return _functions[{node.name!r}]({arguments})").body
    names: dict[str, Any] = {"__name__": f"counterfactual_{module}", "_functions": functions, "_units": units}
    exec(compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True), names)
    return names


def units_of(judge: dict[str, Any]) -> list[str]:
    return list(judge["REMEMBERED"])


def failed_examples(spec: dict[str, Any], unit: str) -> int:
    test = doctest.DocTestParser().get_doctest(spec[unit].__doc__, dict(spec), unit, None, 0)
    assert test.examples
    runner = doctest.DocTestRunner(verbose=False)
    return runner.run(test, out=lambda text: None).failed


def result(function: Callable[..., object], arguments: tuple[Any, ...]) -> str:
    try:
        value = function(*copy.deepcopy(arguments))
    except Exception as error:
        return type(error).__name__
    return repr(value)


@pytest.mark.parametrize("module", MODULES)
def test_references_keep_contracts_and_examples_on_every_hidden_input(module: str) -> None:
    judge = judge_of(module)
    spec = spec_with(module, judge)
    assert spec["_units"] == units_of(judge) == list(judge["INPUTS"])
    for unit in units_of(judge):
        assert failed_examples(spec, unit) == 0, unit
        for arguments in judge["INPUTS"][unit]:
            before = repr(arguments)
            spec[unit](*arguments)
            assert repr(arguments) == before, unit


@pytest.mark.parametrize("module", MODULES)
def test_what_is_remembered_is_wrong(module: str) -> None:
    judge = judge_of(module)
    for unit, remembered in judge["REMEMBERED"].items():
        inputs = judge["INPUTS"][unit]
        wrong = sum(result(remembered, arguments) != result(judge[unit], arguments) for arguments in inputs)
        # More than one input tells the two apart, and the rest of the function is the one that is remembered.
        assert 3 <= wrong < len(inputs), f"{unit}: {wrong} of {len(inputs)}"


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_show_the_altered_clause_for_about_half_of_the_units(module: str) -> None:
    judge = judge_of(module)
    spec = spec_with(module, judge["REMEMBERED"])
    assert {unit for unit in units_of(judge) if failed_examples(spec, unit) == 0} == PROSE_ONLY[module]


def test_about_half_of_the_units_are_told_apart_by_prose_alone() -> None:
    units = sum(len(units_of(judge_of(module))) for module in MODULES)
    assert set(MODULES) == set(PROSE_ONLY)
    assert units >= 36
    assert 0.4 <= sum(map(len, PROSE_ONLY.values())) / units <= 0.6
