"""What is wanted, as frozen values: a Spec holds modules of Units, given code and Laws.

Source text is kept as it was written; nothing here was ever executed.
"""

from __future__ import annotations

from typing import Literal, NewType

import msgspec

UnitId = NewType("UnitId", str)
"""A Unit's full dotted name, as ``textkit.words.slugify``."""

ParameterKind = Literal["positional_only", "positional_or_keyword", "var_positional", "keyword_only", "var_keyword"]
EvidenceDemand = Literal["standard", "tested", "bounded"]
Severity = Literal["error", "warning"]


class Location(msgspec.Struct, frozen=True):
    """A place in a source file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """Return ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}"


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding of lint: where, what, and what to do about it."""

    location: Location
    severity: Severity
    code: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """Return the line that ``lint`` prints."""
        return f"{self.location}: {self.severity}[{self.code}]: {self.message}. {self.remedy}"


class Parameter(msgspec.Struct, frozen=True):
    """One parameter of a Unit; annotation and default are source text."""

    name: str
    annotation: str | None
    kind: ParameterKind
    default: str | None


class Example(msgspec.Struct, frozen=True):
    """One doctest: the call and the result it must have.

    ``setup`` are the lines of the same docstring that must run before it: those that print nothing, and those
    that print but bind or mention a name of the session (``next(rows)``). ``source`` keeps doctest options.
    ``want`` is the expected text as written, without its last newline (empty where nothing is printed);
    ``raises`` is the exception's type name, without its module, where the expected text is a traceback.
    """

    setup: tuple[str, ...]
    source: str
    want: str
    raises: str | None
    location: Location


class Contract(msgspec.Struct, frozen=True):
    """An ``icontract`` decorator of a Unit, as source text.

    ``condition`` is the source of the lambda (or the name of the predicate); ``arguments`` the names the
    condition takes (``result`` and ``OLD`` among them); ``names`` every other global name it mentions, builtins
    aside. ``source`` is the whole decorator without the ``@``.
    """

    kind: Literal["require", "ensure", "snapshot"]
    condition: str
    arguments: tuple[str, ...]
    names: tuple[str, ...]
    source: str
    location: Location


class Unit(msgspec.Struct, frozen=True):
    """One function to be built.

    ``docstring`` is the docstring's cleaned text (as by ``inspect.cleandoc``); ``prose`` is that text
    without doctests and without the lines ``Uses:`` and ``Evidence:``. ``uses`` holds the ids of the
    Units it may call, ``checked_with`` those its Contracts name (itself excluded). ``decorators`` are
    the source texts (without the ``@``) of decorators that are no Contracts. ``head`` is the ``def`` line(s)
    alone, without decorators, ending in a colon; it begins with ``async`` where the stub does, which lint refuses.
    ``location`` is that of the head.
    """

    module: str
    name: str
    parameters: tuple[Parameter, ...]
    returns: str | None
    docstring: str
    prose: str
    examples: tuple[Example, ...]
    contracts: tuple[Contract, ...]
    decorators: tuple[str, ...]
    uses: tuple[UnitId, ...]
    checked_with: tuple[UnitId, ...]
    evidence: EvidenceDemand
    head: str
    source: str
    location: Location

    @property
    def id(self) -> UnitId:
        """The Unit's full dotted name."""
        return UnitId(f"{self.module}.{self.name}")


class Law(msgspec.Struct, frozen=True):
    """A given predicate ``law_*`` that must return True for all arguments; ``units`` are the Units it names."""

    module: str
    name: str
    parameters: tuple[Parameter, ...]
    units: tuple[UnitId, ...]
    docstring: str
    source: str
    location: Location

    @property
    def id(self) -> str:
        """The Law's full dotted name."""
        return f"{self.module}.{self.name}"


class Given(msgspec.Struct, frozen=True):
    """A top-level statement that is copied: an import, a class, a constant, a helper function.

    ``binds`` are the names it defines, ``names`` the names it mentions, builtins aside. ``source`` begins with
    the comment lines right above it.
    """

    kind: Literal["import", "class", "function", "constant", "statement"]
    binds: tuple[str, ...]
    names: tuple[str, ...]
    source: str
    location: Location


Item = Unit | Law | Given


class Module(msgspec.Struct, frozen=True):
    """One file of the specification, its items in the order they were written.

    ``path`` is relative to the folder that holds the package (``textkit/words.py``); a specification
    that is a single file ``foo.py`` is the package ``foo`` with the one module ``foo/__init__.py``. Every package
    has a module of its own, an empty one where the folder has no ``__init__.py``.
    ``origin`` is the file as the user named it, for messages.
    """

    name: str
    path: str
    origin: str
    docstring: str | None
    items: tuple[Item, ...]
    source: str


class Spec(msgspec.Struct, frozen=True):
    """A whole specification; ``digest`` is the hex SHA-256 over names and sources of its modules."""

    name: str
    modules: tuple[Module, ...]
    digest: str

    def units(self) -> tuple[Unit, ...]:
        """Return all Units, in the order they were written."""
        return tuple(item for module in self.modules for item in module.items if isinstance(item, Unit))

    def laws(self) -> tuple[Law, ...]:
        """Return all Laws, in the order they were written."""
        return tuple(item for module in self.modules for item in module.items if isinstance(item, Law))

    def unit(self, unit_id: str) -> Unit:
        """Return the Unit of that id; raise ``KeyError`` where there is none."""
        for unit in self.units():
            if unit.id == unit_id:
                return unit
        raise KeyError(unit_id)

    def module(self, name: str) -> Module:
        """Return the module of that dotted name; raise ``KeyError`` where there is none."""
        for module in self.modules:
            if module.name == name:
                return module
        raise KeyError(name)
