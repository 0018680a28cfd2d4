"""From a specification and the bodies that were delivered to the files of a package. Pure: text in, text out."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from swarmwright.construct.tests_writer import write_tests
from swarmwright.errors import SpecError
from swarmwright.spec.printer import print_module
from swarmwright.spec.values import Given, Spec

RESERVED: Final = frozenset({"tests", "spec", "evidence"})
"""Folder names of the output that no package may have."""

_DISTRIBUTIONS: Final = {"yaml": "pyyaml", "dateutil": "python-dateutil", "attr": "attrs", "PIL": "pillow"}


def assemble(
    spec: Spec,
    delivered: Mapping[str, str],
    undecided: Mapping[str, str],
    inputs: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, str]:
    """Return the package's files: path below the output folder to text, not yet formatted.

    Args:
        spec: the specification.
        delivered: unit id to the body that was delivered (dedented statements).
        undecided: unit id to the reason, for every other Unit.
        inputs: unit id to calls, as source, that are known to meet its preconditions.

    Raises:
        SpecError: the package would have the name of a folder that the output needs itself.
    """
    if spec.name in RESERVED:
        raise SpecError(f"A package cannot be called {spec.name!r}: the output has a folder of that name. Rename it.")
    files = {
        module.path: print_module(module, _bodies(spec, delivered), view="delivered", undecided=undecided)
        for module in spec.modules
    }
    for folder in {module.path.rpartition("/")[0] for module in spec.modules}:
        files.setdefault(f"{folder}/__init__.py", "")
    files[f"{spec.name}/py.typed"] = ""
    files["pyproject.toml"] = write_pyproject(spec)
    files |= write_tests(spec, undecided, inputs)
    files |= {f"spec/{module.path}": module.source for module in spec.modules}
    return files


def _bodies(spec: Spec, delivered: Mapping[str, str]) -> dict[str, str]:
    known = {unit.id for unit in spec.units()}
    return {unit_id: body for unit_id, body in delivered.items() if unit_id in known}


def write_pyproject(spec: Spec) -> str:
    """Return the package's own ``pyproject.toml``: what it needs is what the specification imports."""
    needs = "".join(f'  "{name}",\n' for name in requirements(spec))
    dependencies = f"[\n{needs}]" if needs else "[]"
    return f'''[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{spec.name}"
version = "0.1.0"
description = "Built by swarmwright from a specification; see EVIDENCE.md."
requires-python = ">=3.11"
dependencies = {dependencies}

[project.optional-dependencies]
test = ["hypothesis>=6.100", "pytest>=8.4"]

[tool.hatch.build.targets.wheel]
packages = ["{spec.name}"]

[tool.pytest.ini_options]
pythonpath = ["."]
testpaths = ["tests"]
# A function of the package may be called test_something.
collect_imported_tests = false
'''


def requirements(spec: Spec) -> list[str]:
    """Return the distributions that the specification imports from, the standard library and itself left out."""
    roots: set[str] = set()
    for module in spec.modules:
        for item in module.items:
            if not isinstance(item, Given):
                continue
            for node in ast.walk(ast.parse(item.source)):
                if isinstance(node, ast.Import):
                    roots |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                    roots.add(node.module.split(".")[0])
    return sorted(_DISTRIBUTIONS.get(r, r) for r in roots - set(sys.stdlib_module_names) - {spec.name})
