"""What leads to what in a specification: the Units and the given code that a piece of it reaches."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from swarmwright.spec.docstrings import take_apart
from swarmwright.spec.names import Scope, Scopes, chains
from swarmwright.spec.values import Given, Item, Law, Module, Spec, Unit, UnitId

_WORD = re.compile(r"[^\W\d]\w*")


class Reach(msgspec.Struct, frozen=True):
    """What something reaches, directly or through given code, in reading order."""

    units: tuple[UnitId, ...]
    given: tuple[tuple[Module, Given], ...]


class Links:
    """Resolves the names of a specification's modules."""

    def __init__(self, modules: Sequence[Module]) -> None:
        """Index the modules' items by the names they bind."""
        self.modules = tuple(modules)
        self.scopes = Scopes({module.name: _scope(module) for module in modules})
        self.units: dict[UnitId, Unit] = {}
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._chains: dict[tuple[int, int], tuple[str, ...]] = {}
        for number, module in enumerate(self.modules):
            for index, item in enumerate(module.items):
                if isinstance(item, Unit):
                    self.units.setdefault(item.id, item)
                for name in _binds(item):
                    self._places.setdefault(f"{module.name}.{name}", []).append((number, index))

    def complete(self, module: Module) -> Module:
        """Return the module with the Units that its Units use and are checked with, and that its Laws name."""
        items = tuple(self._complete(item) for item in module.items)
        return msgspec.structs.replace(module, items=items)

    def used_unit(self, module: str, name: str) -> UnitId | None:
        """Return the Unit that a name after ``Uses:`` means: a name of the module, or a dotted id."""
        package = module.partition(".")[0]
        candidates = (
            self.scopes.resolve(module, name),
            self.scopes.follow(name),
            self.scopes.follow(f"{package}.{name}"),
        )
        return next((UnitId(target) for target in candidates if target in self.units), None)

    def can_name(self, module: str, unit_id: UnitId) -> bool:
        """Return whether the module's names lead to that Unit."""
        here = self.scopes.scopes[module]
        owner, _, short = unit_id.rpartition(".")
        if self.scopes.resolve(module, short) == unit_id:
            return True
        targets = {self.scopes.resolve(module, name) for name in here.targets} | set(here.modules)
        return unit_id in targets or owner in targets

    def defines(self, module: str, name: str) -> bool:
        """Return whether the module has that name, from itself or from where it imports it."""
        target = self.scopes.resolve(module, name)
        if target is None:
            return self.scopes.scopes[module].has_unknown_star(self.scopes)
        if target in self.scopes.scopes or target.partition(".")[0] != module.partition(".")[0]:
            return True
        items = [self._item(place) for place in self._places.get(target, ())]
        return any(not isinstance(item, Given) or item.kind != "import" for item in items)

    def is_law(self, module: str, name: str) -> bool:
        """Return whether the name leads to a Law."""
        target = self.scopes.resolve(module, name) or ""
        return any(isinstance(self._item(place), Law) for place in self._places.get(target, ()))

    def called_through_given(self, unit: Unit) -> tuple[UnitId, ...]:
        """Return the Units that the given code of the Unit's head and docstring mentions, itself aside."""
        words = [*chains(f"{unit.head}\n    ..."), *self._given_words(unit)]
        found = self.reach((unit.module, word) for word in words).units
        return tuple(unit_id for unit_id in found if unit_id != unit.id)

    def reach(self, start: Iterable[tuple[str, str]]) -> Reach:
        """Return what names reach; each is given as the module it is used in and the (dotted) name."""
        units: set[UnitId] = set()
        given: set[tuple[int, int]] = set()
        open_names = list(start)
        seen: set[tuple[str, str]] = set()
        while open_names:
            module, name = open_names.pop()
            if (module, name) in seen:
                continue
            seen.add((module, name))
            for place in self._leads_to(module, name):
                item = self._item(place)
                if isinstance(item, Unit):
                    units.add(item.id)
                elif isinstance(item, Given) and place not in given:
                    given.add(place)
                    owner = self.modules[place[0]].name
                    open_names += [(owner, chain) for chain in self._chains_at(place, item)]
        ordered = [
            (self.modules[place[0]], item) for place in sorted(given) if isinstance(item := self._item(place), Given)
        ]
        return Reach(tuple(unit_id for unit_id in self.units if unit_id in units), tuple(ordered))

    def reach_of_unit(self, unit: Unit) -> Reach:
        """Return what a Unit's annotations, defaults, Contracts, decorators, docstring and Uses reach."""
        start = [(unit.module, chain) for text in _texts(unit) for chain in chains(text)]
        start += [(unit.module, word) for word in self._given_words(unit)]
        for used in unit.uses:
            if used in self.units:
                head = f"{self.units[used].head}\n    ..."
                start += [(self.units[used].module, chain) for chain in chains(head)]
        return self.reach(start)

    def _complete(self, item: Item) -> Item:
        if isinstance(item, Law):
            found = self.reach((item.module, chain) for chain in chains(item.source))
            return msgspec.structs.replace(item, units=found.units)
        if isinstance(item, Unit):
            written = take_apart(item.docstring, item.name, (item.location,)).uses
            uses = (self.used_unit(item.module, name) for name in written)
            conditions = (f"({c.condition}\n)" for c in item.contracts if c.condition)
            found = self.reach((item.module, chain) for text in conditions for chain in chains(text))
            return msgspec.structs.replace(
                item,
                uses=tuple(dict.fromkeys(used for used in uses if used is not None)),
                checked_with=tuple(unit_id for unit_id in found.units if unit_id != item.id),
            )
        return item

    def _item(self, place: tuple[int, int]) -> Item:
        return self.modules[place[0]].items[place[1]]

    def _chains_at(self, place: tuple[int, int], item: Given) -> tuple[str, ...]:
        if place not in self._chains:
            self._chains[place] = () if item.kind == "import" else chains(item.source)
        return self._chains[place]

    def _leads_to(self, module: str, name: str) -> Iterator[tuple[int, int]]:
        """Yield the item that binds the name's root in the module, and the one where it is defined in the end."""
        yield from self._places.get(f"{module}.{name.partition('.')[0]}", ())
        target = self.scopes.resolve(module, name)
        while target:
            if target in self._places:
                yield from self._places[target]
                return
            target = target.rpartition(".")[0]

    def _given_words(self, unit: Unit) -> Iterator[str]:
        for word in sorted(set(_WORD.findall(unit.docstring))):
            items = [self._item(place) for place in self._leads_to(unit.module, word)]
            if (
                items
                and not any(isinstance(item, Unit | Law) for item in items)
                and any(isinstance(item, Given) and item.kind in ("class", "function", "constant") for item in items)
            ):
                yield word


class _Same:
    """A Spec as a key that is compared by identity, since comparing whole specifications is slow."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def __hash__(self) -> int:
        return id(self.spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.spec is self.spec


def links_of(spec: Spec) -> Links:
    """Return the links of a specification; asked again for the same value, it is not computed again."""
    return _links_of(_Same(spec))


@functools.lru_cache(maxsize=4)
def _links_of(same: _Same) -> Links:
    return Links(same.spec.modules)


def _texts(unit: Unit) -> tuple[str, ...]:
    conditions = (f"({contract.condition}\n)" for contract in unit.contracts if contract.condition)
    return (f"{unit.head}\n    ...", *conditions, *(f"({decorator}\n)" for decorator in unit.decorators))


def _binds(item: Item) -> tuple[str, ...]:
    return item.binds if isinstance(item, Given) else (item.name,)


def _scope(module: Module) -> Scope:
    package = module.name if module.path.endswith("/__init__.py") else module.name.rpartition(".")[0]
    body = [
        node
        for item in module.items
        if isinstance(item, Given) and item.kind in ("import", "statement")
        for node in ast.parse(item.source).body
    ]
    return Scope(module.name, package, body, (name for item in module.items for name in _binds(item)))
