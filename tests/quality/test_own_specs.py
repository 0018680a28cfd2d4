"""Our own measuring set is sound: clean specifications, and judges that keep every word shown in them."""

from __future__ import annotations

import copy
import doctest
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from swarmwright.spec.lint import check_spec
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec, Unit

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
HALVES = ("counterfactual", "fresh")
FEWEST_UNITS = 60
FEWEST_INPUTS = 150


def _spec(half: str) -> Spec:
    return read_spec(BENCHMARKS / "specs" / half)


@contextmanager
def _loaded(path: Path, name: str) -> Iterator[ModuleType]:
    """Import a file under a name that is forgotten afterwards (dataclasses look their module up)."""
    module_spec = importlib.util.spec_from_file_location(name, path)
    assert module_spec is not None
    assert module_spec.loader is not None
    module = importlib.util.module_from_spec(module_spec)
    sys.modules[name] = module
    try:
        module_spec.loader.exec_module(module)
        yield module
    finally:
        del sys.modules[name]


def _modules() -> list[tuple[str, str]]:
    return [
        (half, path.stem)
        for half in HALVES
        for path in sorted((BENCHMARKS / "specs" / half).glob("*.py"))
        if path.stem != "__init__"
    ]


def _units(half: str, module: str) -> list[Unit]:
    return [unit for unit in _spec(half).units() if unit.module.rpartition(".")[2] == module]


@contextmanager
def _pair(half: str, module: str) -> Iterator[tuple[ModuleType, ModuleType]]:
    with (
        _loaded(BENCHMARKS / "specs" / half / f"{module}.py", f"own_spec_{half}_{module}") as stubs,
        _loaded(BENCHMARKS / "judges" / half / f"{module}.py", f"own_judge_{half}_{module}") as judge,
    ):
        yield stubs, judge


def _preconditions(unit: Unit, stubs: ModuleType) -> list[Callable[[dict[str, object]], object]]:
    def holds(condition: Callable[..., object], names: tuple[str, ...]) -> Callable[[dict[str, object]], object]:
        return lambda arguments: condition(**{name: arguments[name] for name in names})

    return [
        holds(eval(f"({contract.condition}\n)", vars(stubs)), contract.arguments)
        for contract in unit.contracts
        if contract.kind == "require"
    ]


def _postconditions(unit: Unit, stubs: ModuleType) -> list[tuple[Callable[..., object], tuple[str, ...]]]:
    return [
        (eval(f"({contract.condition}\n)", vars(stubs)), contract.arguments)
        for contract in unit.contracts
        if contract.kind == "ensure"
    ]


@pytest.mark.parametrize("half", HALVES)
def test_the_specifications_are_clean(half: str) -> None:
    assert check_spec(_spec(half)) == ()


def test_the_set_is_large_enough() -> None:
    sizes = {half: sum(1 for _ in _spec(half).units()) for half in HALVES}
    assert sum(sizes.values()) >= FEWEST_UNITS
    assert min(sizes.values()) >= FEWEST_UNITS // 2


@pytest.mark.parametrize(("half", "module"), _modules())
def test_the_judge_covers_its_module(half: str, module: str) -> None:
    names = {unit.name for unit in _units(half, module)}
    with _pair(half, module) as (_stubs, judge):
        assert set(judge.INPUTS) == names
        for name in names:
            different = {repr(arguments) for arguments in judge.INPUTS[name]}
            assert len(different) >= FEWEST_INPUTS, f"{name} has {len(different)} inputs"
            assert all(type(arguments) is tuple for arguments in judge.INPUTS[name])


@pytest.mark.parametrize(("half", "module"), _modules())
def test_the_references_satisfy_the_examples(half: str, module: str) -> None:
    with _pair(half, module) as (stubs, judge):
        names = {unit.name for unit in _units(half, module)}
        for unit in _units(half, module):
            given = {name: value for name, value in vars(stubs).items() if name not in names}
            written = doctest.DocTestParser().get_doctest(unit.docstring, given | vars(judge), unit.name, None, 0)
            assert len(written.examples) >= 2, unit.name
            said: list[str] = []
            results = doctest.DocTestRunner(verbose=False).run(written, out=said.append)
            assert results.failed == 0, "".join(said)


@pytest.mark.parametrize(("half", "module"), _modules())
def test_inputs_and_references_keep_the_contracts(half: str, module: str) -> None:
    with _pair(half, module) as (stubs, judge):
        for unit in _units(half, module):
            names = [parameter.name for parameter in unit.parameters]
            before, after = _preconditions(unit, stubs), _postconditions(unit, stubs)
            for values in judge.INPUTS[unit.name]:
                arguments = dict(zip(names, values, strict=True))
                assert all(condition(arguments) for condition in before), (unit.name, values)
                result = getattr(judge, unit.name)(*copy.deepcopy(values))
                known = arguments | {"result": result}
                for condition, wanted in after:
                    assert condition(**{name: known[name] for name in wanted}), (unit.name, values, result)


@pytest.mark.parametrize(("half", "module"), _modules())
def test_the_references_are_repeatable_and_change_nothing(half: str, module: str) -> None:
    with _pair(half, module) as (_stubs, judge):
        for unit in _units(half, module):
            reference = getattr(judge, unit.name)
            for values in judge.INPUTS[unit.name]:
                given = copy.deepcopy(values)
                first = reference(*given)
                assert given == values, (unit.name, values)
                assert repr(first) == repr(reference(*copy.deepcopy(values))), (unit.name, values)


@pytest.mark.parametrize(("half", "module"), _modules())
def test_no_constant_passes_for_an_answer(half: str, module: str) -> None:
    # A judge whose inputs all have the same answer would let a function pass that looks at nothing.
    with _pair(half, module) as (_stubs, judge):
        for unit in _units(half, module):
            answers = [repr(getattr(judge, unit.name)(*values)) for values in copy.deepcopy(judge.INPUTS[unit.name])]
            most = max(answers.count(answer) for answer in set(answers))
            assert most <= 0.85 * len(answers), (unit.name, most, len(answers))
