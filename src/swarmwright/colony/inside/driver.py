"""The colony's process: it loads a specification's code, is asked for bodies, and says what it found."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import gc
import io
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

import msgspec

from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.kinds import NONE, Kind, inward, kind_of
from swarmwright.colony.inside.problem import Effort, Helper, Problem, Raises, Record
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.trying import Found, Trier
from swarmwright.colony.literals import KIND
from swarmwright.verify.encoding import decode
from swarmwright.verify.inside.framing import serve
from swarmwright.verify.inside.loading import Contracted
from swarmwright.verify.inside.memory import MemoryImporter
from swarmwright.verify.shapes import Shapes


def search(request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one request: load the modules, search, and return solutions with what it took.

    Keys of the request: ``modules`` (name to source), ``module`` and ``unit``, ``parameters`` (name and annotation),
    ``returns``, ``helpers`` (name, annotations taken and given, cost), ``grammar``, ``literals`` (Python sources with
    their costs), ``examples`` (arguments, wanted value or error), ``also`` (annotations),
    ``inputs`` and ``more`` (arguments), ``effort``, ``weights`` (what is added to costs, by a production's name).
    """
    importer = MemoryImporter(request["modules"])
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            modules = importer.load()
        return _search(request, modules)
    finally:
        if importer in sys.meta_path:
            sys.meta_path.remove(importer)


def _search(request: Mapping[str, Any], modules: Mapping[str, ModuleType]) -> dict[str, Any]:
    problem = _problem(request, modules)
    if problem is None:
        return {"solutions": [], "reason": "the colony does not know these kinds of values"}
    grammar = msgspec.convert(request["grammar"], tuple[Production, ...])
    effort = Effort(**request["effort"])
    module = modules[request["module"]]
    namespace = vars(module)
    contracted = Contracted(request["unit"], namespace[request["unit"]], namespace)
    trier = Trier(problem, contracted, namespace)
    began = time.monotonic()
    run = Search(problem, grammar, effort, trier.accept, weights=request.get("weights"))
    gc.disable()
    try:
        run.run()
    finally:
        gc.enable()
    found = sorted(trier.found.values(), key=lambda one: one.cost)
    # What may be chance is a rival all the same, where it is no dearer than what is not.
    solid = [one for one in found if run.is_solid(one.solution)]
    most = (solid or found)[0].cost + effort.beyond if found else 0
    return {
        "solutions": [_described(one, solid=bool(solid), run=run) for one in found if one.cost <= most],
        "tried": run.tried,
        "live": run.live,
        "complete": run.complete,
        "seconds": time.monotonic() - began,
        "refused": trier.refused,
        "separated": run.is_separated,
        "reason": "",
    }


def _described(one: Found, *, solid: bool, run: Search) -> dict[str, Any]:
    return {
        "body": one.body,
        "cost": one.cost,
        "bits": run.surprise(one.solution),
        "solid": solid,
        "trail": list(one.trail),
    }


def _problem(request: Mapping[str, Any], modules: Mapping[str, ModuleType]) -> Problem | None:
    shapes = Shapes(modules.values())
    records = _records(modules[request["module"]])
    parameters = [(name, kind_of(text, records)) for name, text in request["parameters"]]
    goal = kind_of(request["returns"], records)
    if goal is None or goal == NONE or not parameters or any(kind is None for _, kind in parameters):
        return None
    inputs = [_decoded(one["call"], shapes) for one in request["examples"]]
    wanted = [_wanted(one, shapes) for one in request["examples"]]
    inputs += [_decoded(call, shapes) for call in request["inputs"]]
    return Problem(
        parameters=tuple((name, kind) for name, kind in parameters if kind is not None),
        goal=goal,
        inputs=tuple(inputs),
        wanted=tuple(wanted),
        more=tuple(_decoded(call, shapes) for call in request["more"]),
        literals=tuple(_literals(request["literals"])),
        helpers=tuple(_helpers(request["helpers"], modules[request["module"]], records)),
        records=records,
        also=tuple(kind for text in request["also"] if (kind := kind_of(text, records)) is not None),
    )


def _wanted(example: Mapping[str, Any], shapes: Shapes) -> Any:
    if example["raises"]:
        return Raises(example["raises"])
    return inward(decode(example["wanted"], resolve=shapes.resolve))


def _decoded(call: Sequence[Any], shapes: Shapes) -> tuple[Any, ...]:
    return tuple(inward(decode(value, resolve=shapes.resolve)) for value in call)


def _records(module: ModuleType) -> dict[str, Record]:
    """Return the dataclasses that a module names, as far as the colony knows the kinds of their fields."""
    named = vars(module).items()
    classes: dict[str, type] = {name: one for name, one in named if isinstance(one, type) and _is_known(name, one)}
    while True:
        found = {name: record for name, one in classes.items() if (record := _record(name, one, classes)) is not None}
        if len(found) == len(classes):
            break
        # What holds a dataclass that is not known is not known either.
        classes = {name: classes[name] for name in found}
    for record in found.values():
        setattr(record.make, "__hash__", _hash_by(tuple(name for name, _ in record.fields)))  # noqa: B010
    return found


def _is_known(name: str, one: type) -> bool:
    # A single letter stands for any kind in the grammar.
    return dataclasses.is_dataclass(one) and len(name) > 1 and one.__eq__ is not object.__eq__


def _record(name: str, one: Any, classes: Mapping[str, Any]) -> Record | None:
    fields = [(field.name, kind_of(_annotation(field.type), classes)) for field in dataclasses.fields(one)]
    if any(kind is None for _, kind in fields):
        return None
    return Record(name, tuple((field, kind) for field, kind in fields if kind is not None), one)


def _hash_by(fields: Sequence[str]) -> Callable[[object], int]:
    """Return a hash that is the same for equal ones: agents are told apart by it, whatever the fields hold."""

    def by_fields(value: object) -> int:
        return hash(tuple(inward(getattr(value, field)) for field in fields))

    return by_fields


def _annotation(value: Any) -> str:
    if isinstance(value, str):
        return value
    return value.__name__ if isinstance(value, type) and not hasattr(value, "__args__") else str(value)


def _literals(pairs: Sequence[tuple[str, int]]) -> list[tuple[Kind, str, int]]:
    found: dict[tuple[Kind, str], int] = {}
    for source, cost in pairs:
        if (kind := _literal_kind(source)) is not None:
            found.setdefault((kind, source.partition(KIND)[0]), cost)
    return [(kind, source, cost) for (kind, source), cost in found.items()]


def _literal_kind(source: str) -> Kind | None:
    """Return the kind of a literal; an empty container says it behind ``KIND``."""
    text, _, said = source.partition(KIND)
    if said:
        return kind_of(said, {})
    value = ast.literal_eval(text)
    return (type(value).__name__,) if type(value) in (int, float, str, bool) else None


def _helpers(given: Sequence[Mapping[str, Any]], module: ModuleType, records: Mapping[str, Any]) -> list[Helper]:
    found = []
    for one in given:
        takes = [kind_of(text, records) for text in one["takes"]]
        gives = kind_of(one["gives"], records)
        function = getattr(module, one["name"], None)
        if gives is not None and function is not None and all(kind is not None for kind in takes):
            kinds = tuple(kind for kind in takes if kind is not None)
            found.append(Helper(one["name"], kinds, gives, function, one["cost"]))
    return found


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; whatever goes wrong is in the reply."""
    try:
        return search(request)
    except Exception as error:
        return {"solutions": [], "reason": f"{type(error).__name__}: {error}"[:500]}


def main() -> None:
    """Serve requests until the parent goes away."""
    serve(answer)


if __name__ == "__main__":
    main()
