"""Lineage: the agents a solution was put together from, the whole before its parts, and what each of them gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from swarmwright.colony.inside.bank import Agent, Bank, Origin
from swarmwright.colony.inside.branches import Decision, Piece
from swarmwright.colony.inside.chance import Mapped, Solution
from swarmwright.colony.inside.folds import LAST, Carried, Loop
from swarmwright.colony.inside.kinds import BOOL, Kind, outward, text_of
from swarmwright.colony.inside.meetings import Meeting
from swarmwright.colony.inside.problem import Raises
from swarmwright.colony.inside.products import Product
from swarmwright.colony.inside.scopes import Variable
from swarmwright.colony.inside.steps import FAILED, Step
from swarmwright.colony.inside.walks import Walked
from swarmwright.colony.inside.writing import Comprehension, Literal, Name

if TYPE_CHECKING:
    from swarmwright.colony.inside.search import Search

Node = dict[str, Any]
_FEW = 4
"""How many results of an agent that sees elements are shown; of others those on the examples are."""
_WIDEST = 48
INSIDE = "for each element"
CARRIED = "on the way of the loop"


class Lineage:
    """Tells of the agents of one search."""

    def __init__(self, search: Search) -> None:
        """Take the search; it is not changed."""
        self._search = search
        self._examples = len(search.problem.wanted)

    def of(self, solution: Solution) -> Iterator[Node]:
        """Yield what a solution was put together from.

        Each node has its ``depth``, ``kind``, ``row`` (-1: it is no agent), ``cost``, ``production``, what it ``gives``
        (as texts) and ``where`` it stands ("": in the function).
        """
        yield from self._tree(solution.what, 0, solution.cost)

    def _tree(self, what: Any, depth: int, cost: int = 0) -> Iterator[Node]:
        match what:
            case Decision(cost, tree):
                yield from self._tree(tree, depth, cost)
            case Piece(cost, _, str(statement)):
                yield _node(depth, None, cost, statement)
            case Piece(cost, _, inner):
                yield from self._tree(inner, depth, cost)
            case Mapped(child, search, inner):
                yield _node(depth, self._search.problem.goal, cost, child.shape.name, self._wanted())
                yield from self._agent(self._search.bank, child.scope.source, depth + 1)
                for node in Lineage(search).of(inner):
                    yield node | {"depth": node["depth"] + depth + 1, "where": node["where"] or INSIDE}
            case Product(step, parts, columns):
                yield _node(depth, step.gives, cost, _said(step), self._wanted())
                for part, kind, column in zip(parts, step.takes, columns, strict=True):
                    yield from self._part(part, depth + 1, kind, column)
            case Meeting(step, one, other):
                yield _node(depth, step.gives, cost, _said(step))
                yield from self._tree(one, depth + 1)
                yield from self._tree(other, depth + 1)
            case Agent():
                yield from self._agent(self._search.bank, what, depth)
            case (condition, yes, no):
                yield _node(depth, None, cost, "branch")
                for part in (condition, yes, no):
                    yield from self._tree(part, depth + 1)

    def _part(self, part: Any, depth: int, kind: Kind, column: Sequence[Any]) -> Iterator[Node]:
        for node in self._tree(part, depth):
            shown = node["depth"] == depth and not node["gives"]
            yield node | {"gives": [_shown(one, kind) for one in column]} if shown else node

    def _wanted(self) -> list[str]:
        goal = self._search.problem.goal
        return [
            f"raises {one.error}" if isinstance(one, Raises) else _shown(one, goal)
            for one in self._search.problem.wanted
        ]

    def _agent(self, bank: Bank, agent: Agent, depth: int, where: str = "") -> Iterator[Node]:
        what, parts = bank.parts(agent)
        values = bank.values_of(agent)
        few = values[: self._examples] if bank is self._search.bank else values[:_FEW]
        gives = [_shown(one, agent.kind) for one in few]
        said = _said(what) if isinstance(what, Step) else _leaf(what)
        yield _node(depth, agent.kind, bank.cost_of(agent), said, gives, agent.row, where)
        for part in parts:
            yield from self._agent(bank, part, depth + 1, where)
        if isinstance(what, Origin):
            yield from self._inner(bank, what, depth + 1, where)

    def _inner(self, bank: Bank, origin: Origin, depth: int, where: str) -> Iterator[Node]:
        """Yield the source of a comprehension or a loop, and the agents inside it."""
        match origin.what:
            case Comprehension(scope, _, body, other):
                yield from self._agent(bank, scope.source, depth, where)
                for kind, row in zip((body, other), origin.parts, strict=False):
                    if row >= 0:
                        yield from self._agent(scope.bank, Agent(kind, row), depth, INSIDE)
            case Loop(fold, _):
                yield from self._agent(bank, fold.source, depth, where)
                yield from self._agent(bank, fold.begin, depth, where)
                yield from self._agent(fold.bank, Agent(fold.kind, origin.parts[0]), depth, CARRIED)
                if origin.parts[1] >= 0:
                    yield from self._agent(fold.bank, Agent(BOOL, origin.parts[1]), depth, CARRIED)
            case Walked(walk, _):
                for begin in walk.begins:
                    yield from self._agent(bank, begin, depth, where)
                yield from self._agent(walk.bank, Agent(walk.kind, origin.parts[0]), depth, CARRIED)
                yield from self._agent(walk.bank, Agent(BOOL, origin.parts[1]), depth, CARRIED)
            case _:
                return


def _node(
    depth: int,
    kind: Kind | None,
    cost: int,
    production: str,
    gives: Sequence[str] = (),
    row: int = -1,
    where: str = "",
) -> Node:
    return {
        "depth": depth,
        "kind": text_of(kind) if kind is not None else "",
        "row": row,
        "cost": cost,
        "production": production,
        "gives": list(gives),
        "where": where,
    }


def _said(step: Step) -> str:
    return f"{step.production.name}: {step.production.python}"


def _leaf(origin: Any) -> str:
    match origin.what:
        case Name(text):
            return f"the parameter {text}"
        case Literal(source):
            return f"the constant {source}"
        case Carried():
            return "what is carried"
        case Variable(-1, captured):
            return _leaf(Origin(captured, ()))
        case Variable(place, _):
            return f"the element's part {place + 1}" if place else "the element"
        case Comprehension(_, shape, _, _):
            return str(shape.name)
        case Loop(_, gives):
            return "loop" if gives == LAST else f"{gives}-loop"
        case Walked(_, gives):
            return f"{gives}-of-a-walk"
        case other:
            return type(other).__name__.lower()


def _shown(value: Any, kind: Kind) -> str:
    if value is FAILED:
        return "fails"
    try:
        text = repr(outward(value, kind))
    except Exception:
        # A dataclass of the specification may have a __repr__ of its own.
        return "?"
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
