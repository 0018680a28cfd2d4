"""What kept each cell of a delivered body: the cell is changed, and the first check that notices is named."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from swarmwright.colony.cells import Cell, cells_of
from swarmwright.colony.grammar import NAMES, Production
from swarmwright.spec.values import Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.mutation import changes
from swarmwright.verify.rewriting import compiled, parse, replaced, short
from swarmwright.verify.values import Candidate, Examination, InputSet

MOST_CELLS = 80
"""Cells of a body that are told of."""
_MOST_CHANGES = 3
_CPU_S = 0.2
_LONGEST = 160


class CellTold(msgspec.Struct, frozen=True):
    """One cell of a delivered body: where it stands, whose it is, and what keeps it.

    Attributes:
        line: the line of the body, from 1.
        kind: the part that it plays.
        text: the cell as it is written.
        origin: the agent it came from.
        change: what was done to it ("": nothing could be).
        noticed: the first check that noticed, with what it saw ("": nothing noticed).
    """

    line: int
    kind: str
    text: str
    origin: str
    change: str
    noticed: str

    def __str__(self) -> str:
        """Return it as a line for people."""
        head = f"line {self.line}, {self.kind} `{self.text}`: from {self.origin};"
        if not self.change:
            return f"{head} no change of it is Python"
        return f"{head} {self.change}: {self.noticed or 'nothing noticed'}"


async def tell_cells(
    examiner: Examiner,
    unit: Unit,
    body: str,
    inputs: InputSet,
    callees: Mapping[str, str],
    origin: Callable[[Cell], str],
) -> tuple[CellTold, ...]:
    """Change every cell of a body and say what notices.

    A check is an example, a contract, a crash, or only that the recorded inputs show another behaviour than the one
    that was voted for.

    Args:
        examiner: what examines bodies.
        unit: the Unit.
        body: its delivered body.
        inputs: the valid inputs of its last epoch.
        callees: bodies of the Units it may call, by id.
        origin: whose a cell is.
    """
    before = await examiner.examine(Candidate(unit.id, body), inputs, callees)
    tree = parse(body)
    told = []
    for cell in cells_of(tree)[:MOST_CELLS]:
        change = noticed = ""
        for what, text in changes_of(tree, cell):
            seen = await examiner.examine(Candidate(unit.id, text), inputs, callees, cpu_s=_CPU_S)
            if not change:
                change = what
            if found := _noticed(examiner, unit, inputs, before, seen):
                change, noticed = what, found
                break
        told.append(CellTold(cell.line, cell.kind, cell.text, origin(cell), change, noticed))
    return tuple(told)


def changes_of(tree: ast.Module, cell: Cell) -> list[tuple[str, str]]:
    """Return changes of one cell, the small ones first: what was done, and the body that it gives."""
    found: dict[str, str] = {}
    for what, (owner, field, index, new) in (*_small(tree, cell), *_plain(cell)):
        try:
            text = replaced(tree, owner, field, index, new)
        except (ValueError, RecursionError):
            continue
        if text != ast.unparse(tree) and compiled(text) is not None:
            found.setdefault(text, what)
    return [(what, text) for text, what in found.items()][:_MOST_CHANGES]


_Place = tuple[ast.AST, str, int | None, object]


def _small(tree: ast.Module, cell: Cell) -> Iterator[tuple[str, _Place]]:
    spot = cell.spot
    for change in changes(tree):
        at = (change.owner, change.field, change.index)
        if at == (spot.owner, spot.field, spot.index) or (change.node is spot.node and cell.is_expression):
            yield change.what, (change.owner, change.field, change.index, change.new)


def _plain(cell: Cell) -> Iterator[tuple[str, _Place]]:
    """Yield what can be done to any expression: a condition is denied, anything else becomes nothing."""
    if not cell.is_expression:
        return
    spot = cell.spot
    new: ast.expr = ast.Constant(None)
    if cell.kind == "condition":
        new = ast.UnaryOp(ast.Not(), spot.node)
    yield f"`{cell.text}` became `{short(new)}`", (spot.owner, spot.field, spot.index, new)


def _noticed(examiner: Examiner, unit: Unit, inputs: InputSet, before: Examination, seen: Examination) -> str:
    if seen.counterexample is not None:
        return _cut(f"{seen.counterexample.check}: {seen.counterexample}")
    if seen.flag is not None:
        return f"red flag: {seen.flag}"
    if seen.key == before.key:
        return ""
    pairs = zip(inputs.calls, before.outcomes, seen.outcomes, strict=False)
    call = next((call for call, old, new in pairs if not examiner.same(unit.id, old, new)), None)
    where = f", {examiner.describe_call(call)} among them" if call is not None else ""
    return _cut(f"no example and no contract, only the behaviour that was voted for, on recorded inputs{where}")


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def is_new(cell: Cell, parent: Sequence[Cell]) -> bool:
    """Tell whether a cell of a mended body is what was replaced: its parent has no such cell, nor are its parts new."""
    known = {(one.kind, one.text) for one in parent} | {("", one.text) for one in parent if one.is_expression}
    if (cell.kind, cell.text) in known or (cell.is_expression and ("", cell.text) in known):
        return False
    if not cell.is_expression:
        return True
    inside = cells_of(ast.Module([ast.Expr(cell.spot.node)], []))[1:]
    return not any(is_new(one, parent) for one in inside)


def production_of(node: ast.AST, grammar: Sequence[Production]) -> str:
    """Return the name of the first production that writes such an expression ("": none does)."""
    for production in grammar:
        pattern = ast.parse(production.python, mode="eval").body
        if not isinstance(pattern, ast.Name) and _matches(pattern, node):
            return production.name
    return ""


def _matches(pattern: object, node: object) -> bool:
    if isinstance(pattern, ast.Name) and pattern.id in NAMES:
        return isinstance(node, ast.expr)
    if type(pattern) is not type(node):
        return False
    if isinstance(pattern, ast.AST):
        fields = [name for name in pattern._fields if name not in ("ctx", "kind", "type_comment")]
        return all(_matches(getattr(pattern, name), getattr(node, name)) for name in fields)
    if isinstance(pattern, list):
        assert isinstance(node, list)
        return len(pattern) == len(node) and all(map(_matches, pattern, node))
    return pattern == node
