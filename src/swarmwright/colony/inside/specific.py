"""Productions that only one specification has: its dataclasses' fields, making them, and calling its functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from swarmwright.colony.grammar import NAMES, Production
from swarmwright.colony.inside.kinds import text_of
from swarmwright.colony.inside.problem import Problem

HELPER = "_given_"
"""What stands before the name of a given function or dataclass inside the search, so that it hides nothing."""


def own_productions(problem: Problem) -> Iterator[Production]:
    """Yield productions for the specification's own dataclasses and functions."""
    for record in problem.records.values():
        for name, kind in record.fields:
            named = f"field-{name.replace('_', '-')}"
            inner = f"_get(a, {name!r})"
            yield Production(named, f"a.{name}", (record.name,), text_of(kind), 2, inner=inner)
        takes = tuple(text_of(kind) for _, kind in record.fields)
        if 1 <= len(takes) <= len(NAMES):
            called = f"{record.name}({', '.join(NAMES[: len(takes)])})"
            yield Production("make-record", called, takes, record.name, 3, inner=HELPER + called, embeds=True)
    for helper in problem.helpers:
        if 1 <= len(helper.takes) <= len(NAMES):
            called = f"{helper.name}({', '.join(NAMES[: len(helper.takes)])})"
            takes = tuple(map(text_of, helper.takes))
            gives = text_of(helper.gives)
            yield Production("call", called, takes, gives, helper.cost, inner=HELPER + called, embeds=True)


def names_of(production: Production) -> set[str]:
    """Return the names that a production's expression uses beside its parts, such as ``max``."""
    tree = ast.parse(production.python, mode="eval")
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - set(NAMES)
