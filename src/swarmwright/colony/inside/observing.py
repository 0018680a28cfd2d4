"""What the expressions of bodies give: bodies that tell of each value are run on their Unit's inputs, sandboxed."""

from __future__ import annotations

import contextlib
import copy
import io
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from swarmwright.colony.expressions import SEEN
from swarmwright.colony.inside.kinds import Kind, text_of
from swarmwright.verify.encoding import decode
from swarmwright.verify.inside.framing import serve
from swarmwright.verify.inside.loading import TooSlow, time_limit
from swarmwright.verify.inside.memory import MemoryImporter
from swarmwright.verify.shapes import Shapes

_CPU_S = 0.5
_LOOKED_AT = 12
"""Items of a container that are looked at."""
_UNKNOWN: Kind = ("?",)
_SCALARS = {int: "int", float: "float", bool: "bool", str: "str"}
_MOST_PARTS = 3


def kind_of_value(value: Any, records: Mapping[type, str]) -> Kind | None:
    """Return a value's kind; None where the colony has none for it, ``?`` in the place of what an empty one holds."""
    kind = type(value)
    if kind in _SCALARS:
        return (_SCALARS[kind],)
    if kind in records:
        return ("record", records[kind])
    if kind is range:
        return ("range",)
    if kind in (list, set, frozenset):
        part = _of_all(list(value)[:_LOOKED_AT], records)
        return part and (kind.__name__, part)
    if kind is tuple and 1 < len(value) <= _MOST_PARTS:
        parts = [kind_of_value(one, records) for one in value]
        return None if None in parts else ("tuple", *parts)
    if kind is dict:
        parts = [_of_all(list(side)[:_LOOKED_AT], records) for side in (value.keys(), value.values())]
        return None if None in parts else ("dict", *parts)
    return None


def _of_all(values: list[Any], records: Mapping[type, str]) -> Kind | None:
    found: Kind | None = _UNKNOWN
    for value in values:
        found = merged(found, kind_of_value(value, records))
    return found


def merged(one: Kind | None, other: Kind | None) -> Kind | None:
    """Return the kind of values of which some are of one kind and some of the other; None where there is none."""
    if one is None or other is None or one == other:
        return one if other is not None else None
    if one == _UNKNOWN:
        return other
    if other == _UNKNOWN:
        return one
    if one[0] != other[0] or len(one) != len(other) or one[0] == "record":
        return None
    parts = [merged(left, right) for left, right in zip(one[1:], other[1:], strict=True)]
    return None if None in parts else (one[0], *parts)


def observe(request: Mapping[str, Any]) -> dict[str, Any]:
    """Run a body that tells of its values, and return their kinds.

    Keys of the request: ``modules`` (name to source, the body in its place), ``module`` and ``unit``, ``inputs``
    (arguments), ``count`` (how many expressions there are).
    """
    importer = MemoryImporter(request["modules"])
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            modules = importer.load()
            return {"kinds": _kinds(request, modules)}
    finally:
        if importer in sys.meta_path:
            sys.meta_path.remove(importer)


def _kinds(request: Mapping[str, Any], modules: Mapping[str, ModuleType]) -> list[str]:
    shapes = Shapes(modules.values())
    module = modules[request["module"]]
    records = {one: name for name, one in vars(module).items() if isinstance(one, type) and one.__module__ in modules}
    found: dict[int, Kind | None] = {}

    def tell(number: int, value: Any) -> Any:
        kind = kind_of_value(value, records)
        found[number] = merged(found[number], kind) if number in found else kind
        return value

    vars(module)[SEEN] = tell
    function: Callable[..., Any] = vars(module)[request["unit"]]
    for call in request["inputs"]:
        arguments = [decode(value, resolve=shapes.resolve) for value in call]
        with contextlib.suppress(TooSlow, Exception), time_limit(_CPU_S):
            function(*copy.deepcopy(arguments))
    return [_told(found.get(number)) for number in range(request["count"])]


def _told(kind: Kind | None) -> str:
    text = text_of(kind) if kind else ""
    return "" if "?" in text else text


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; whatever goes wrong is in the reply."""
    try:
        return observe(request)
    except Exception as error:
        return {"kinds": [], "reason": f"{type(error).__name__}: {error}"[:500]}


def main() -> None:
    """Serve requests until the parent goes away."""
    serve(answer)


if __name__ == "__main__":
    main()
