"""Finds what is missing, contradictory or unknown in a specification, without running any of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from swarmwright.spec.links import Links, links_of
from swarmwright.spec.lint_docs import check_docstring, check_examples
from swarmwright.spec.lint_names import check_annotations, check_contracts, check_imports
from swarmwright.spec.lint_shape import (
    check_duplicates,
    check_given,
    check_law,
    check_laws_stay_apart,
    check_parameters,
)
from swarmwright.spec.values import Diagnostic, Location, Spec, Unit, UnitId

UnitCheck = Callable[[Unit, Links], Iterator[Diagnostic]]

_UNIT_CHECKS: tuple[UnitCheck, ...] = (
    check_parameters,
    check_annotations,
    check_contracts,
    check_docstring,
    check_examples,
)


def check_spec(spec: Spec) -> tuple[Diagnostic, ...]:
    """Return all static findings, sorted by place.

    What needs the specification to run (an Example that breaks its Contract, a precondition that nothing
    meets) is found elsewhere and reported in the same form.
    """
    links = links_of(spec)
    found: list[Diagnostic] = list(_check_package_name(spec))
    for module in spec.modules:
        found += check_imports(module, links)
        found += check_duplicates(module)
        found += check_given(module)
        found += check_laws_stay_apart(module, links)
    for unit in spec.units():
        for check in _UNIT_CHECKS:
            found += check(unit, links)
        found += _check_evidence(unit, spec)
    for law in spec.laws():
        found += check_law(law)
    found += _check_cycles(spec)
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda d: (d.location.file, d.location.line, d.location.column, d.code)))


def _check_package_name(spec: Spec) -> Iterator[Diagnostic]:
    if spec.name in sys.stdlib_module_names or spec.name in ("icontract", "hypothesis", "pytest", "swarmwright"):
        yield Diagnostic(
            Location(spec.modules[0].origin, 1, 1),
            "error",
            "shadowed-package",
            f"The package's name {spec.name} is that of another package that is needed to check it",
            "Rename the file or folder",
        )


def _check_evidence(unit: Unit, spec: Spec) -> Iterator[Diagnostic]:
    if unit.examples or any(contract.kind == "ensure" for contract in unit.contracts):
        return
    in_law = any(unit.id in law.units for law in spec.laws())
    yield Diagnostic(
        unit.location,
        "warning" if in_law else "error",
        "no-evidence",
        f"{unit.name} has no Example and no postcondition" + (", only a Law" if in_law else ""),
        "Add a doctest or an icontract.ensure, else nobody can tell a right function from a wrong one",
    )


def _check_cycles(spec: Spec) -> Iterator[Diagnostic]:
    units = {unit.id: unit for unit in spec.units()}
    for cycle in _cycles({name: tuple(u for u in unit.uses if u != name) for name, unit in units.items()}):
        start = min(range(len(cycle)), key=lambda i: list(units).index(cycle[i]))
        ring = [*cycle[start:], *cycle[:start]]
        path = " -> ".join(units[name].name for name in (*ring, ring[0]))
        yield Diagnostic(
            units[ring[0]].location,
            "error",
            "uses-cycle",
            f"These Units wait for one another: {path}",
            "Remove one of the names after `Uses:`, or move what they share into a Unit of its own",
        )


def _cycles(graph: dict[UnitId, tuple[UnitId, ...]]) -> Iterator[list[UnitId]]:
    """Yield the cycle at each edge that leads back, found by a walk in depth without recursion."""
    done: set[UnitId] = set()
    for root in graph:
        path: list[UnitId] = []
        stack: list[tuple[UnitId, bool]] = [(root, False)]
        while stack:
            node, is_end = stack.pop()
            if is_end:
                done.add(path.pop())
                continue
            if node in path:
                yield path[path.index(node) :]
                continue
            if node in done:
                continue
            path.append(node)
            stack.append((node, True))
            stack += [(used, False) for used in graph.get(node, ())]
