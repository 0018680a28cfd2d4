"""Productions that only one specification has: its dataclasses' fields, making them, and calling its functions."""

from __future__ import annotations

from collections.abc import Iterator

from swarmwright.colony.grammar import NAMES, Production
from swarmwright.colony.inside.kinds import text_of
from swarmwright.colony.inside.problem import Problem


def own_productions(problem: Problem) -> Iterator[Production]:
    """Yield productions for the specification's own dataclasses and functions."""
    for record in problem.records.values():
        for name, kind in record.fields:
            yield Production(
                f"field-{name.replace('_', '-').lower()}",
                f"a.{name}",
                (record.name,),
                text_of(kind),
                2,
                inner=f"_get(a, {name!r})",
            )
        takes = tuple(text_of(kind) for _, kind in record.fields)
        if 1 <= len(takes) <= len(NAMES):
            called = f"{record.name}({', '.join(NAMES[: len(takes)])})"
            yield Production("make-record", called, takes, record.name, 3, embeds=True)
    for helper in problem.helpers:
        if 1 <= len(helper.takes) <= len(NAMES):
            called = f"{helper.name}({', '.join(NAMES[: len(helper.takes)])})"
            takes = tuple(map(text_of, helper.takes))
            yield Production("call", called, takes, text_of(helper.gives), helper.cost, embeds=True)
