"""Modules from memory: the candidates' sources, imported without files. Standard library only."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType


class MemoryImporter(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and loads the modules of a mapping from dotted name to source; missing parents are empty packages."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Take the sources; nothing is compiled yet."""
        self.sources = dict(sources)
        for name in sources:
            while "." in name:
                name = name.rpartition(".")[0]
                self.sources.setdefault(name, "")
        self._packages = {name.rpartition(".")[0] for name in self.sources}

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the import system's spec for a module of ours, None for any other."""
        if fullname not in self.sources:
            return None
        return importlib.machinery.ModuleSpec(
            fullname, self, origin=f"<{fullname}>", is_package=fullname in self._packages
        )

    def exec_module(self, module: ModuleType) -> None:
        """Compile and execute the module's source."""
        name = module.__name__
        exec(compile(self.sources[name], f"<{name}>", "exec", dont_inherit=True), module.__dict__)  # noqa: S102

    def load(self) -> dict[str, ModuleType]:
        """Import all modules, parents first, and return them by name; raises what their code raises.

        A module of the same name that is loaded already (one of the standard library, say) makes way.
        """
        for name in self.sources:
            sys.modules.pop(name, None)
        sys.meta_path.insert(0, self)
        return {name: importlib.import_module(name) for name in sorted(self.sources)}
