"""The colony's process: it loads a specification's code, is asked for bodies, and says what it found."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

import msgspec

from swarmwright.colony.doubts import Doubts
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.kinds import NONE, Kind, inward, kind_of, parts_of
from swarmwright.colony.inside.patience import Patience
from swarmwright.colony.inside.problem import Helper, Problem, Raises, Record
from swarmwright.colony.inside.running import Running
from swarmwright.colony.inside.trying import Trier
from swarmwright.colony.literals import KIND
from swarmwright.verify.encoding import decode
from swarmwright.verify.inside.framing import serve
from swarmwright.verify.inside.loading import Contracted
from swarmwright.verify.inside.memory import MemoryImporter
from swarmwright.verify.shapes import Shapes

_OPEN: dict[int, Running] = {}
"""Searches that go on slice by slice, by number."""

_MOST_HASHED = 200_000
"""How many records' hashes are kept."""
_CHANGING = ("list", "dict", "set", "record")


def search(request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one request: load the modules, search, and return solutions with what it took.

    With the key ``number`` nothing is searched yet: the search is kept under that number, for ``go_on``.

    Keys of the request: ``modules`` (name to source), ``module`` and ``unit``, ``parameters`` (name and annotation),
    ``returns``, ``helpers`` (name, annotations taken and given, cost), ``grammar``, ``literals`` (Python sources with
    their costs), ``examples`` (arguments, wanted value or error), ``also`` (annotations),
    ``inputs`` and ``more`` (arguments), ``effort``, ``weights`` (what is added to costs, by a production's name),
    ``doubts``.
    In a repetition ``lapsed`` are the calls that took too long before; ``unfold`` is a body whose agents are told of.
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
    patience = Patience(request.get("lapsed"))
    problem = _problem(request, modules, patience)
    if problem is None:
        return {"solutions": [], "reason": "the colony does not know these kinds of values"}
    grammar = msgspec.convert(request["grammar"], tuple[Production, ...])
    effort = msgspec.convert(request["effort"], Foraging)
    module = modules[request["module"]]
    namespace = vars(module)
    contracted = Contracted(request["unit"], namespace[request["unit"]], namespace)
    trier = Trier(problem, contracted, namespace, patience, msgspec.convert(request["doubts"], Doubts))
    running = Running(problem, grammar, effort, trier, patience, request.get("weights"))
    if "number" in request:
        _OPEN[request["number"]] = running
        return running.signs()
    running.go()
    reply = running.reply()
    if request.get("unfold"):
        reply["agents"] = running.unfold(request["unfold"])
    return reply


def go_on(request: Mapping[str, Any]) -> dict[str, Any]:
    """Let the search ``again`` make the agents of one cost more, of at most ``agents`` in all, and say how it stands.

    With ``agents`` 0 it is ended, and the answer is what it found.
    """
    if not request["agents"]:
        return _OPEN.pop(request["again"]).reply()
    running = _OPEN[request["again"]]
    running.allow(request["agents"])
    running.go(1)
    return running.signs()


def _problem(request: Mapping[str, Any], modules: Mapping[str, ModuleType], patience: Patience) -> Problem | None:
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
        helpers=tuple(_helpers(request["helpers"], modules[request["module"]], records, patience)),
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
        setattr(record.make, "__hash__", _hash_by(record))  # noqa: B010
    return found


def _is_known(name: str, one: type) -> bool:
    # A single letter stands for any kind in the grammar.
    return dataclasses.is_dataclass(one) and len(name) > 1 and one.__eq__ is not object.__eq__


def _record(name: str, one: Any, classes: Mapping[str, Any]) -> Record | None:
    fields = [(field.name, kind_of(_annotation(field.type), classes)) for field in dataclasses.fields(one)]
    if any(kind is None for _, kind in fields):
        return None
    return Record(name, tuple((field, kind) for field, kind in fields if kind is not None), one)


def _hash_by(record: Record) -> Callable[[object], int]:
    """Return a hash that is the same for equal ones: agents are told apart by it, whatever the fields hold.

    What cannot change is hashed once: it stands in thousands of agents.
    """
    fields = tuple(name for name, _ in record.fields)
    known: dict[int, tuple[object, int]] = {}

    def by_fields(value: object) -> int:
        return hash(tuple(inward(getattr(value, field)) for field in fields))

    def at_once(value: object) -> int:
        found = known.get(id(value))
        if found is None:
            # That the value is kept, too, keeps its id from becoming another's.
            found = (value, by_fields(value))
            if len(known) < _MOST_HASHED:
                known[id(value)] = found
        return found[1]

    changes = any(part[0] in _CHANGING for _, kind in record.fields for part in parts_of(kind))
    is_frozen: bool = vars(record.make)["__dataclass_params__"].frozen
    return at_once if is_frozen and not changes else by_fields


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


def _helpers(
    given: Sequence[Mapping[str, Any]], module: ModuleType, records: Mapping[str, Any], patience: Patience
) -> list[Helper]:
    found = []
    for one in given:
        takes = [kind_of(text, records) for text in one["takes"]]
        gives = kind_of(one["gives"], records)
        function = getattr(module, one["name"], None)
        if gives is not None and function is not None and all(kind is not None for kind in takes):
            kinds = tuple(kind for kind in takes if kind is not None)
            found.append(Helper(one["name"], kinds, gives, function, one["cost"], patience=patience))
    return found


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; whatever goes wrong is in the reply."""
    try:
        return go_on(request) if "again" in request else search(request)
    except Exception as error:
        return {"solutions": [], "reason": f"{type(error).__name__}: {error}"[:500]}


def main() -> None:
    """Serve requests until the parent goes away."""
    serve(answer)


if __name__ == "__main__":
    main()
