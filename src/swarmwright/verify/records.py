"""The declared types of the fields of a specification's classes, read from its text. Pure."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from swarmwright.spec.values import Given, Spec

Records = Mapping[str, Mapping[str, str]]
"""By a class's dotted name: its fields' annotations as source text, by field name."""


def records_of(spec: Spec) -> Records:
    """Return the annotated fields of every class that a specification gives, those of its bases included."""
    found: dict[str, dict[str, str]] = {}
    for module in spec.modules:
        known: dict[str, dict[str, str]] = {}
        for item in module.items:
            if isinstance(item, Given) and item.kind == "class":
                for node in ast.parse(item.source).body:
                    if isinstance(node, ast.ClassDef):
                        known |= _fields(node, "", known)
        found |= {f"{module.name}.{name}": fields for name, fields in known.items()}
    return found


def _fields(node: ast.ClassDef, prefix: str, known: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    own: dict[str, str] = {}
    for base in node.bases:
        own |= known.get(ast.unparse(base), {})
    found: dict[str, dict[str, str]] = {}
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            own[part.target.id] = ast.unparse(part.annotation)
        elif isinstance(part, ast.ClassDef):
            found |= _fields(part, f"{prefix}{node.name}.", known)
    return {f"{prefix}{node.name}": own, **found}
