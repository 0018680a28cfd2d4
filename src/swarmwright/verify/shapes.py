"""The classes of a specification, as far as values of theirs are encoded. Standard library only."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable
from types import ModuleType
from typing import NamedTuple


class Shape(NamedTuple):
    """A class of the specification: its dotted name, how it is built, and its fields (members for an Enum)."""

    name: str
    kind: str
    fields: tuple[str, ...]
    type: type


class Shapes:
    """The classes that a specification's modules define, by identity and by name."""

    def __init__(self, modules: Iterable[ModuleType] = ()) -> None:
        """Note every class that one of the modules defines itself, nested classes included."""
        self._by_id: dict[int, Shape] = {}
        self._by_name: dict[str, Shape] = {}
        modules = list(modules)
        names = {module.__name__ for module in modules}
        for module in modules:
            for value in list(vars(module).values()):
                if isinstance(value, type) and value.__module__ in names:
                    self._add(value)

    def _add(self, kind: type) -> None:
        if id(kind) in self._by_id:
            return
        shape = _shape(kind)
        self._by_id[id(kind)] = shape
        self._by_name[shape.name] = shape
        for value in list(vars(kind).values()):
            if isinstance(value, type) and value.__module__ == kind.__module__:
                self._add(value)

    def of(self, kind: type) -> Shape | None:
        """Return the Shape of exactly that class, or None."""
        return self._by_id.get(id(kind))

    def resolve(self, name: str) -> type:
        """Return the class of that dotted name; raise ``LookupError`` where there is none."""
        return self._by_name[name].type


def _shape(kind: type) -> Shape:
    name = f"{kind.__module__}.{kind.__qualname__}"
    if issubclass(kind, enum.Enum):
        return Shape(name, "enum", tuple(kind.__members__), kind)
    if issubclass(kind, tuple):
        return Shape(name, "namedtuple", tuple(getattr(kind, "_fields", ())), kind)
    if dataclasses.is_dataclass(kind):
        return Shape(name, "dataclass", tuple(field.name for field in dataclasses.fields(kind)), kind)
    if kind.__new__ is object.__new__:
        slots = (base.__dict__.get("__slots__", ()) for base in kind.__mro__)
        flat = (slot for group in slots for slot in ((group,) if isinstance(group, str) else group))
        return Shape(name, "object", tuple(slot for slot in flat if slot not in ("__dict__", "__weakref__")), kind)
    return Shape(name, "opaque", (), kind)
