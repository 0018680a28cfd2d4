"""From a Spec to Tasks: needs, groups, Laws, and how thin the evidence is."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.construct.planning import group_units, plan_tasks, thinness
from swarmwright.errors import SwarmwrightError
from swarmwright.plan.graph import Plan
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec


def read(folder: Path, source: str) -> Spec:
    file = folder / "m.py"
    file.write_text("import icontract\n" + source, encoding="utf-8")
    return read_spec(file)


def stub(name: str, *lines: str, examples: int = 1, contract: str = "") -> str:
    shown = "".join(f"\n    >>> {name}({n})\n    {n}" for n in range(examples))
    prose = "".join(f"\n    {line}\n" for line in lines)
    return f'{contract}def {name}(n: int) -> int:\n    """The same.\n{prose}{shown}\n    """\n    ...\n\n\n'


def test_every_unit_is_one_task_with_its_callees_as_needs(tmp_path: Path) -> None:
    spec = read(tmp_path, stub("first") + stub("second", "Uses: first, second"))
    blueprint = plan_tasks(spec)
    first, second = blueprint.tasks
    assert (first.name, first.needs, first.group) == ("m.first", (), 0)
    assert (second.name, second.needs, second.group) == ("m.second", (first.id,), 0)
    assert blueprint.task_of("m.second") == second.id
    assert blueprint.units[first.id].name == "first"
    with pytest.raises(KeyError):
        blueprint.task_of("m.third")


def test_ids_change_with_what_a_unit_depends_on_and_nothing_else(tmp_path: Path) -> None:
    before = {t.name: t.id for t in plan_tasks(read(tmp_path, stub("first") + stub("second"))).tasks}
    after = {t.name: t.id for t in plan_tasks(read(tmp_path, stub("first", examples=2) + stub("second"))).tasks}
    assert before["m.first"] != after["m.first"]
    assert before["m.second"] == after["m.second"]


def law(name: str, *units: str) -> str:
    calls = " + ".join(f"{unit}(n)" for unit in units)
    return f"def law_{name}(n: int) -> bool:\n    return {calls} == {calls}\n\n\n"


def test_what_a_law_or_a_contract_binds_is_one_group(tmp_path: Path) -> None:
    contract = "@icontract.ensure(lambda n, result: there(result) == n)\n"
    source = stub("here", contract=contract) + stub("there") + stub("alone") + stub("bound") + stub("single")
    spec = read(tmp_path, source + law("chain", "there", "bound") + law("one", "single"))
    groups = group_units(spec)
    assert groups["m.here"] == groups["m.there"] == groups["m.bound"]
    assert groups["m.single"] not in (0, groups["m.here"])
    assert "m.alone" not in groups
    blueprint = plan_tasks(spec)
    assert [one.name for one in blueprint.laws[groups["m.here"]]] == ["law_chain"]
    assert [one.name for one in blueprint.laws[groups["m.single"]]] == ["law_one"]
    assert {task.name: task.group for task in blueprint.tasks}["m.alone"] == 0


def test_what_lies_between_two_units_of_a_group_joins_it(tmp_path: Path) -> None:
    source = stub("low") + stub("middle", "Uses: low") + stub("high", "Uses: middle")
    spec = read(tmp_path, source + law("ends", "low", "high"))
    groups = group_units(spec)
    assert groups["m.middle"] == groups["m.low"] == groups["m.high"]
    Plan(plan_tasks(spec).tasks)


def test_a_cycle_outside_of_groups_is_refused(tmp_path: Path) -> None:
    spec = read(tmp_path, stub("chicken", "Uses: egg") + stub("egg", "Uses: chicken"))
    with pytest.raises((SwarmwrightError, ValueError)):
        Plan(plan_tasks(spec).tasks)


ENSURE = "@icontract.ensure(lambda n, result: result == n)\n"
REQUIRE = "@icontract.require(lambda n: n > 0)\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (stub("f", examples=3), 0),
        (stub("f", examples=2), 1),
        (stub("f", examples=1), 2),
        (stub("f", examples=0), 2),
        (stub("f", examples=1, contract=REQUIRE), 2),
        (stub("f", examples=2, contract=ENSURE), 0),
        (stub("f", examples=0, contract=ENSURE), 1),
        (stub("f", examples=1) + law("one", "f"), 1),
        (stub("f", "Evidence: tested", examples=0), 0),
    ],
)
def test_the_less_stands_behind_a_unit_the_wider_the_margin(tmp_path: Path, source: str, expected: int) -> None:
    spec = read(tmp_path, source)
    assert thinness(spec, spec.unit("m.f")) == expected
