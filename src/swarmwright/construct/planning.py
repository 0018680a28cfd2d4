"""From a Spec to Tasks: what waits for what, what is checked together, and how thin the evidence is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from swarmwright.ledger.events import TaskId
from swarmwright.plan.groups import close_groups
from swarmwright.plan.values import Task
from swarmwright.spec.identity import task_id
from swarmwright.spec.sentences import clauses
from swarmwright.spec.values import Law, Spec, Unit, UnitId

FEW_EXAMPLES = 3
"""With fewer Examples, and no Contract or Law besides, a Unit's evidence is thin."""


class Blueprint(msgspec.Struct, frozen=True):
    """The Tasks of a Spec, the Unit behind each, and the Laws that bind each group."""

    tasks: tuple[Task, ...]
    units: Mapping[TaskId, Unit]
    laws: Mapping[int, tuple[Law, ...]]

    def task_of(self, unit_id: str) -> TaskId:
        """Return the Task that builds that Unit; raise ``KeyError`` where there is none."""
        for task, unit in self.units.items():
            if unit.id == unit_id:
                return task
        raise KeyError(unit_id)


def plan_tasks(spec: Spec) -> Blueprint:
    """Cut a Spec into one Task a Unit, callees before callers, and group what is checked together."""
    ids = {unit.id: TaskId(task_id(spec, unit)) for unit in spec.units()}
    groups = group_units(spec)
    laws: dict[int, list[Law]] = {}
    for law in spec.laws():
        if law.units:
            laws.setdefault(groups[law.units[0]], []).append(law)
    tasks = tuple(
        Task(
            id=ids[unit.id],
            name=unit.id,
            needs=tuple(ids[name] for name in unit.uses if name != unit.id),
            group=groups.get(unit.id, 0),
            thinness=thinness(spec, unit),
            special=bool(clauses(unit, 1)),
        )
        for unit in spec.units()
    )
    units = {ids[unit.id]: unit for unit in spec.units()}
    return Blueprint(tasks, units, {group: tuple(found) for group, found in laws.items()})


def group_units(spec: Spec) -> dict[UnitId, int]:
    """Number the Units that Laws or Contracts bind together, from 1; a Unit bound to no other is left out.

    A Law over a single Unit makes a group of one: the Law is checked before the Unit is delivered.
    """
    leader: dict[UnitId, UnitId] = {}

    def find(unit: UnitId) -> UnitId:
        while leader.setdefault(unit, unit) != unit:
            unit = leader[unit]
        return unit

    def join(members: Iterable[UnitId]) -> None:
        first, *rest = members
        for other in rest:
            leader[find(other)] = find(first)
        find(first)

    for law in spec.laws():
        if law.units:
            join(law.units)
    for unit in spec.units():
        if unit.checked_with:
            join((unit.id, *unit.checked_with))
    numbers: dict[UnitId, int] = {}
    bound = {unit.id: numbers.setdefault(find(unit.id), len(numbers) + 1) for unit in spec.units() if unit.id in leader}
    needs = {unit.id: tuple(name for name in unit.uses if name != unit.id) for unit in spec.units()}
    return close_groups(needs, bound)


def thinness(spec: Spec, unit: Unit) -> int:
    """Return how much the margin must grow because little stands behind the Unit's specification (0 to 2).

    Examples were worth more than votes in every measurement; a postcondition or a Law is examples without end.
    """
    if unit.evidence == "tested":
        return 0
    strong = any(contract.kind == "ensure" for contract in unit.contracts) or any(
        unit.id in law.units for law in spec.laws()
    )
    missing = max(0, FEW_EXAMPLES - len(unit.examples))
    return min(2, missing) if not strong else min(1, max(0, missing - 1))
