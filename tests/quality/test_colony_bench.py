"""The colony's measuring set is sound: clean specifications, and judges that keep every word shown in them."""

from __future__ import annotations

import ast
import copy
import doctest
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from swarmwright.spec.lint import check_spec
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Diagnostic, Spec

COLONY = Path(__file__).resolve().parents[2] / "benchmarks" / "colony"
JUDGES = {
    "specs": "judges",
    "held_out": "held_out_judges",
    "unseen": "unseen_judges",
    "fresh": "fresh_judges",
    "later": "later_judges",
    "latest": "latest_judges",
    "sealed": "sealed_judges",
    "related": "related_judges",
}
"""The folder of specifications, and the folder of the hidden judges of the same names."""
FEWEST_EXAMPLES = 5
FEWEST_INPUTS = 120


def _stems(folder: str) -> list[str]:
    return sorted(path.stem for path in (COLONY / folder).glob("*.py") if path.stem != "__init__")


PARTS = [part for part in JUDGES if _stems(part)]
MODULES = [(part, stem) for part in PARTS for stem in _stems(part)]


@cache
def _spec(part: str) -> Spec:
    return read_spec(COLONY / part)


@cache
def _findings(part: str) -> tuple[Diagnostic, ...]:
    return check_spec(_spec(part))


def _units(part: str, stem: str) -> list[str]:
    return [unit.name for unit in _spec(part).units() if unit.module.rpartition(".")[2] == stem]


@contextmanager
def _module(name: str) -> Iterator[ModuleType]:
    """Give a module a name that is forgotten afterwards (dataclasses look their module up)."""
    sys.modules[name] = ModuleType(name)
    try:
        yield sys.modules[name]
    finally:
        del sys.modules[name]


@contextmanager
def _judge(part: str, stem: str) -> Iterator[ModuleType]:
    path = COLONY / JUDGES[part] / f"{stem}.py"
    with _module(f"colony_judge_{part}_{stem}") as judge:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True), vars(judge))
        yield judge


def _calling(function: ast.FunctionDef) -> list[ast.stmt]:
    arguments = ", ".join(argument.arg for argument in function.args.args)
    return ast.parse(f"return _judge.{function.name}({arguments})").body


@contextmanager
def _filled(part: str, stem: str) -> Iterator[tuple[ModuleType, ModuleType]]:
    """Run a specification, contracts and all, with the judge's references in place of its stubs.

    Its records are the judge's, so that what a reference returns is of the class that the contracts and Examples name.
    """
    path = COLONY / part / f"{stem}.py"
    units = set(_units(part, stem))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    with _judge(part, stem) as judge, _module(f"colony_spec_{part}_{stem}") as filled:
        vars(filled)["_judge"] = judge
        body: list[ast.stmt] = []
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name in units:
                node.body[1:] = _calling(node)
            if isinstance(node, ast.ClassDef) and hasattr(judge, node.name):
                vars(filled)[node.name] = getattr(judge, node.name)
            else:
                body.append(node)
        tree.body = body
        exec(compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True), vars(filled))
        yield filled, judge


def test_every_folder_has_its_judges() -> None:
    assert "specs" in PARTS
    for part in PARTS:
        assert _stems(JUDGES[part]) == _stems(part)


@pytest.mark.parametrize("part", PARTS)
def test_every_finding_belongs_to_a_module(part: str) -> None:
    assert {Path(found.location.file).stem for found in _findings(part)} <= set(_stems(part))


@pytest.mark.parametrize(("part", "stem"), MODULES)
def test_the_specification_is_clean(part: str, stem: str) -> None:
    assert [found for found in _findings(part) if Path(found.location.file).stem == stem] == []


@pytest.mark.parametrize(("part", "stem"), MODULES)
def test_the_judge_covers_its_module(part: str, stem: str) -> None:
    with _judge(part, stem) as judge:
        assert list(judge.INPUTS) == _units(part, stem) != []
        for name, inputs in judge.INPUTS.items():
            assert all(type(arguments) is tuple for arguments in inputs), name
            assert len({repr(arguments) for arguments in inputs}) == len(inputs), name
            assert len(inputs) >= FEWEST_INPUTS, f"{name} has {len(inputs)} inputs"


def _shape(record: type[Any]) -> list[tuple[str, str]]:
    return [
        (field.name, field.type if isinstance(field.type, str) else repr(getattr(field.type, "__name__", field.type)))
        for field in fields(record)
    ]


@pytest.mark.parametrize(("part", "stem"), MODULES)
def test_the_records_of_the_judge_are_those_of_the_specification(part: str, stem: str) -> None:
    path = COLONY / part / f"{stem}.py"
    with _judge(part, stem) as judge, _module(f"colony_stubs_{part}_{stem}") as stubs:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True), vars(stubs))
        for name, given in vars(stubs).items():
            if isinstance(given, type) and is_dataclass(given):
                assert _shape(given) == _shape(getattr(judge, name)), name


@pytest.mark.parametrize(("part", "stem"), MODULES)
def test_the_references_satisfy_the_examples(part: str, stem: str) -> None:
    with _filled(part, stem) as (filled, _):
        for name in _units(part, stem):
            docstring = vars(filled)[name].__doc__
            written = doctest.DocTestParser().get_doctest(docstring, dict(vars(filled)), name, None, 0)
            assert len(written.examples) >= FEWEST_EXAMPLES, name
            said: list[str] = []
            results = doctest.DocTestRunner(verbose=False).run(written, out=said.append)
            assert results.failed == 0, "".join(said)


@pytest.mark.parametrize(("part", "stem"), MODULES)
def test_inputs_and_references_keep_the_contracts(part: str, stem: str) -> None:
    with _filled(part, stem) as (filled, judge):
        for name in _units(part, stem):
            function: Callable[..., object] = vars(filled)[name]
            reference: Callable[..., object] = vars(judge)[name]
            for arguments in judge.INPUTS[name]:
                given = copy.deepcopy(arguments)
                # A condition that does not hold raises here.
                answer = function(*given)
                assert given == arguments, f"{name} changed {arguments!r}"
                assert answer == reference(*copy.deepcopy(arguments)), (name, arguments)


@pytest.mark.parametrize(("part", "stem"), MODULES)
def test_no_constant_and_no_argument_passes_for_an_answer(part: str, stem: str) -> None:
    # A judge whose inputs nearly all have one answer would let a function pass that looks at nothing.
    with _judge(part, stem) as judge:
        for name, inputs in judge.INPUTS.items():
            answers = [repr(vars(judge)[name](*copy.deepcopy(arguments))) for arguments in inputs]
            most = max(answers.count(answer) for answer in set(answers))
            assert most <= 0.85 * len(answers), (name, most, len(answers))
            for place in range(len(inputs[0])):
                equal = sum(repr(values[place]) == answer for values, answer in zip(inputs, answers, strict=True))
                assert equal <= 0.85 * len(answers), (name, place, equal, len(answers))
