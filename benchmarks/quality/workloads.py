"""What is measured: specifications cut into portions that are built one at a time, and who judges them afterwards."""

from __future__ import annotations

import ast
import fnmatch
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec
from benchmarks.quality.records import Verdict

from swarmwright.errors import UsageError
from swarmwright.spec.reader import is_stub, read_sources, read_spec
from swarmwright.spec.values import Given, Module, Spec, Unit
from swarmwright.verify.ports import Sandbox

PORTION = 8
"""About how many Units are built at once: every candidate's process loads all modules of its specification."""


class HiddenJudge(Protocol):
    """Says which bodies are right, by what the specification does not show. Opened after everything was built."""

    async def judge(self, unit: Unit, spec: Spec, bodies: Mapping[str, str]) -> Mapping[str, Verdict]:
        """Return a verdict for each body, by the key it came under.

        Args:
            unit: the Unit.
            spec: the specification it is from.
            bodies: proposed bodies by any key.
        """
        ...

    async def close(self) -> None:
        """End all processes."""
        ...


class Part(msgspec.Struct, frozen=True):
    """A half of a workload: its name, its specification, and how its hidden judge is opened."""

    name: str
    spec: Spec
    open_judge: Callable[[Sandbox], HiddenJudge]


class Workload(msgspec.Struct, frozen=True):
    """What is measured together.

    ``notes`` say what a reader of the figures must know (what was left out); ``tests`` are tests that models wrote
    beforehand, as text by Unit id, for rules that use them.
    """

    name: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    tests: Mapping[str, tuple[str, ...]] = {}


class Portion(msgspec.Struct, frozen=True):
    """A few Units of a part, as a specification of their own."""

    part: str
    spec: Spec


def read_part(path: Path) -> Spec:
    """Read the specification of a part.

    Raises:
        UsageError: there is none.
        SpecError: it cannot be read.
    """
    if not path.exists():
        raise UsageError(f"{path}: there is no such specification.")
    return read_spec(path)


def portions(part: Part, *, units: Collection[str] = (), limit: int = 0, size: int = PORTION) -> Iterator[Portion]:
    """Cut a part into portions of whole modules.

    What a model is asked for a Unit does not depend on the portion it is in: its prompt holds what it reaches only.

    Args:
        part: what is cut.
        units: only these: ids, names, modules' last names, or patterns of one of them (all: none given).
        limit: only the first so many of them (0: all).
        size: about how many Units a portion holds.
    """
    chosen = [unit for unit in part.spec.units() if is_chosen(unit, units)]
    kept = _with_callees(part.spec, chosen[:limit] if limit else chosen)
    if not kept:
        return
    frames = {module.path: module.source for module in part.spec.modules if _is_frame(module)}
    whole = _is_entangled(part.spec)
    waiting: dict[str, str] = {}
    count = 0
    for module in part.spec.modules:
        own = [item.name for item in module.items if isinstance(item, Unit) and item.id in kept]
        if own or (whole and not _is_frame(module)):
            waiting[module.path] = narrowed(module, own)
            count += len(own)
        if count >= size and not whole:
            yield Portion(part.name, read_sources(part.spec.name, {**frames, **waiting}))
            waiting, count = {}, 0
    if count:
        yield Portion(part.name, read_sources(part.spec.name, {**frames, **waiting}))


def is_chosen(unit: Unit, wanted: Collection[str]) -> bool:
    """Tell whether one of the patterns names the Unit, or its module."""
    names = (unit.id, unit.name, unit.module, unit.module.rpartition(".")[2])
    return not wanted or any(fnmatch.fnmatchcase(name, pattern) for name in names for pattern in wanted)


def _with_callees(spec: Spec, chosen: Sequence[Unit]) -> set[str]:
    kept: set[str] = set()
    todo: list[str] = [unit.id for unit in chosen]
    while todo:
        name = todo.pop()
        if name not in kept:
            kept.add(name)
            unit = spec.unit(name)
            todo += [*unit.uses, *unit.checked_with]
    return kept


def _is_frame(module: Module) -> bool:
    """Tell whether it is a package's own module without Units: every portion needs it."""
    return module.path.endswith("/__init__.py") and not any(isinstance(item, Unit) for item in module.items)


def _is_entangled(spec: Spec) -> bool:
    """Tell whether modules import each other, so that they must stay together."""
    own = re.compile(rf"(?:from\s+\.|(?:from|import)\s+{re.escape(spec.name)}\b)")
    items = (item for module in spec.modules for item in module.items)
    return any(isinstance(item, Given) and item.kind == "import" and own.search(item.source) for item in items)


def narrowed(module: Module, names: Collection[str]) -> str:
    """Return the module's source without the stubs of other names, and without the Laws that mention them."""
    tree = ast.parse(module.source)
    dropped = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and is_stub(node)} - set(names)
    if not dropped:
        return module.source
    lines = module.source.split("\n")
    for node in reversed(tree.body):
        if isinstance(node, ast.FunctionDef) and (node.name in dropped or _is_law_of(node, dropped)):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            lines[first - 1 : node.end_lineno] = []
    return "\n".join(lines)


def _is_law_of(node: ast.FunctionDef, dropped: Collection[str]) -> bool:
    mentioned = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return node.name.startswith("law_") and not mentioned.isdisjoint(dropped)
