"""Lint of docstrings: doctests, ``Uses:`` and ``Evidence:``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from swarmwright.spec.docstrings import evidence_demand, take_apart
from swarmwright.spec.links import Links
from swarmwright.spec.names import chains
from swarmwright.spec.values import Diagnostic, Example, Unit


def check_docstring(unit: Unit, links: Links) -> Iterator[Diagnostic]:
    """Find doctests that cannot be read, and names after ``Uses:`` and ``Evidence:`` that mean nothing."""
    written = take_apart(unit.docstring, unit.name, (unit.location,))
    if written.broken:
        what = f"The doctests of {unit.name} cannot be read ({written.broken})"
        yield Diagnostic(unit.location, "error", "bad-doctest", what, "Correct prompts and indentation")
    for name in written.uses:
        target = links.used_unit(unit.module, name)
        if target is None:
            what = f"{unit.name} says it uses {name}, which is no function that is built"
            remedy = "Correct the name, import it, or remove it (given functions need no `Uses:`)"
            yield Diagnostic(unit.location, "error", "unknown-uses", what, remedy)
        elif target != unit.id and not links.can_name(unit.module, target):
            owner, _, short = target.rpartition(".")
            what = f"{unit.name} uses {name}, which its module does not import"
            yield Diagnostic(unit.location, "warning", "uses-not-imported", what, f"Add `from {owner} import {short}`")
    for unit_id in links.called_through_given(unit):
        if unit_id not in unit.uses:
            what = f"Given code that {unit.name} may call needs {unit_id}, which is built"
            remedy = "Name it after `Uses:` if that code is meant to be called"
            yield Diagnostic(unit.location, "warning", "uses-through-given", what, remedy)
    if evidence_demand(written.evidence) is None:
        what = f"{unit.name} demands unknown evidence ({', '.join(written.evidence)})"
        yield Diagnostic(
            unit.location, "error", "unknown-evidence", what, "Write `tested`, `bounded` or `standard`, once"
        )


def check_examples(unit: Unit, _links: Links) -> Iterator[Diagnostic]:
    """Find Examples that are not Python, that are about something else, or that contradict one another."""
    seen: dict[str, Example] = {}
    for example in unit.examples:
        broken = next((text for text in (*example.setup, example.source) if not _parses(text)), None)
        if broken is not None:
            what = f"The Example `{_one_line(broken)}` is not valid Python"
            yield Diagnostic(example.location, "error", "bad-doctest", what, "Correct it")
            continue
        if not any(unit.name in _words(text) for text in (*example.setup, example.source)):
            what = f"The Example `{_one_line(example.source)}` does not call {unit.name}"
            yield Diagnostic(example.location, "warning", "example-elsewhere", what, "Call the function it stands in")
        call = "\n".join(ast.dump(ast.parse(text)) for text in (*example.setup, example.source))
        first = seen.setdefault(call, example)
        if not _same_want(first, example):
            what = f"`{_one_line(example.source)}` has another result in line {first.location.line}"
            yield Diagnostic(example.location, "error", "contradicting-examples", what, "Remove the wrong one")


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
        chains(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _words(text: str) -> set[str]:
    return {part for chain in chains(text) for part in chain.split(".")}


def _same_want(first: Example, second: Example) -> bool:
    if first.raises or second.raises:
        return first.raises == second.raises
    if first.want.split() == second.want.split() or "..." in first.want + second.want:
        return True
    try:
        left, right = ast.literal_eval(first.want), ast.literal_eval(second.want)
    except (SyntaxError, ValueError, RecursionError, MemoryError, TypeError):
        return False
    return type(left) is type(right) and bool(left == right)


def _one_line(text: str) -> str:
    line = text.split("\n")[0]
    return line if len(line) <= 60 else f"{line[:57]}..."
