"""Agents over the names that are alive at a cell: small expressions, told apart by what they give where it ran."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.cells import Cell
from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.bank import Agent, Bank
from swarmwright.colony.inside.blame import UNFIT, Moment, Watch, joined, kind_of_value
from swarmwright.colony.inside.growth import grows
from swarmwright.colony.inside.kinds import BOOL, Kind, inward, kind_of, outward
from swarmwright.colony.inside.replaying import Raised
from swarmwright.colony.inside.specific import names_of
from swarmwright.colony.inside.steps import FAILED, Step, make_loop, steps_for
from swarmwright.colony.inside.writing import Literal, Name, Writer
from swarmwright.colony.literals import KIND
from swarmwright.spec.values import Unit

ROWS = 10
"""Moments on which agents are told apart; always so many, so that what computes them is made once."""
_DEAREST = 4
_OWN_COST = 3
_MOST_COST = 14
_NOTHING = object()
"""What a cell gave that raised: equal to no value."""
_INNER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Starred)


class Alive(NamedTuple):
    """An agent at a cell: its cost, what it gives at each row (as values of the search), and who writes it."""

    cost: int
    values: tuple[Any, ...]
    agent: Agent
    writer: Writer

    def node(self) -> ast.expr | None:
        """Return the agent as an expression; None where it takes statements."""
        return self.writer.inline(self.agent)

    @property
    def trail(self) -> tuple[str, ...]:
        """The productions that it is made of."""
        return tuple(self.writer.trail(self.agent))


class Place:
    """A cell with what was alive there: the names, their kinds, and the moments that stand for all."""

    def __init__(self, unit: Unit, watch: Watch, cell: Cell) -> None:
        """Take a watched body and one of its cells."""
        self.cell = cell
        self.rows = _rows(watch, cell)
        self.kinds = _kinds(unit, self.rows)
        self.goal = _goal(unit, cell, watch.moments.get(cell.number, ()))
        self.old = tuple(_inward(row.value) for row in self.rows)

    def names(self) -> Iterator[tuple[str, Kind, tuple[Any, ...]]]:
        """Yield each name that is alive, with its kind and what it is bound to at each row."""
        for name, kind in self.kinds.items():
            yield name, kind, tuple(_plain(row.names[name]) for row in self.rows)


class Swarm:
    """Grows agents at places."""

    def __init__(
        self,
        unit: Unit,
        namespace: Mapping[str, Any],
        grammar: Sequence[Production],
        literals: Sequence[tuple[str, int]],
        agents: int,
    ) -> None:
        """Take the Unit, what its body may name, what agents know, constants with costs, and how many agents to try."""
        self._unit = unit
        self._namespace = dict(namespace)
        self._grammar = [one for one in grammar if one.cost <= _DEAREST and not grows(one.python)]
        self._literals = [found for source, cost in literals if (found := _literal(source, cost)) is not None]
        self._agents = agents
        self._steps: dict[Any, tuple[Step, ...]] = {}
        self.tried = 0
        self.is_late: Callable[[], bool] = lambda: False

    def agents(self, place: Place, parts: Sequence[str]) -> Iterator[Alive]:
        """Yield agents of the cell's kind, the cheapest first, each of a behaviour of its own.

        Args:
            place: the cell and what is alive there.
            parts: expressions of the body itself, as text.
        """
        goal = place.goal
        if goal is None or not place.rows:
            return
        bank = self._bank(place, parts, goal)
        writer = Writer(bank, [*place.kinds])
        done = 0
        while bank.tried < self._agents and bank.cost < _MOST_COST and not self.is_late():
            cost = bank.grow()
            rows = bank.rows.get(goal)
            for row in range(done, len(rows.values) if rows else 0):
                values = rows.values[row]  # type: ignore[union-attr]
                if not any(one is FAILED for one in values) and values != place.old:
                    yield Alive(cost, values, Agent(goal, row), writer)
            done = len(rows.values) if rows else 0
        self.tried += bank.tried

    def _bank(self, place: Place, parts: Sequence[str], goal: Kind) -> Bank:
        hidden = set(place.kinds)
        grammar = [one for one in self._grammar if not names_of(one) & hidden]
        literals = [one for one in self._literals if len(one[0]) == 1 or one[0] == goal]
        given = [*place.kinds.values(), *(kind for kind, _, _, _ in literals)]
        key = (frozenset(given), frozenset(hidden), goal)
        if key not in self._steps:
            self._steps[key] = steps_for(grammar, sorted(set(given)), goal)
        steps = self._steps[key]
        limit = self._agents
        seen = 0

        def tick(agents: int) -> bool:
            nonlocal seen
            seen += agents
            return seen > limit or self.is_late()

        bank = Bank(ROWS, steps, lambda step, inputs: make_loop(step.production, inputs, {}), tick)
        for name, kind, values in place.names():
            bank.add_leaf(2, kind, values, Name(name))
        for kind, source, value, cost in literals:
            bank.add_leaf(cost, kind, (value,) * ROWS, Literal(source))
        for text in parts:
            if (found := self._own(place, text)) is not None:
                bank.add_leaf(_OWN_COST, found[0], found[1], Literal(text))
        return bank

    def _own(self, place: Place, text: str) -> tuple[Kind, tuple[Any, ...]] | None:
        """Return the kind and the values of one of the body's own expressions at a place, where it has any."""
        tree = ast.parse(text, mode="eval")
        named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        known = set(place.kinds) | set(self._namespace) | set(dir(__builtins__))
        if any(isinstance(node, _INNER) for node in ast.walk(tree)) or not named & set(place.kinds) or named - known:
            return None
        code = compile(tree, "<own>", "eval")
        values: list[Any] = []
        kind: Any = None
        for row in place.rows:
            bound = {name: outward(_plain(row.names[name]), one) for name, one in place.kinds.items()}
            try:
                value = eval(code, {**self._namespace, **bound})  # noqa: S307
            except Exception:
                values.append(FAILED)
                continue
            kind = joined(kind, kind_of_value(value))
            if kind is None:
                return None
            values.append(inward(value))
        return (kind, tuple(values)) if is_whole(kind) else None


def _rows(watch: Watch, cell: Cell) -> list[Moment]:
    """Return the moments that stand for all: each example's in turn, failing examples first; the last one repeated."""
    groups: dict[int, list[Moment]] = {}
    for moment in watch.moments.get(cell.number, ()):
        groups.setdefault(moment.example, []).append(moment)
    order = sorted(groups, key=lambda example: (watch.right[example], example))
    turns = itertools.zip_longest(*(groups[example] for example in order))
    found: list[Moment] = []
    for moment in (one for turn in turns for one in turn if one is not None):
        if len(found) < ROWS and not any(one.names == moment.names for one in found):
            found.append(moment)
    return found + found[-1:] * (ROWS - len(found)) if found else []


def _kinds(unit: Unit, rows: Sequence[Moment]) -> dict[str, Kind]:
    declared = {one.name: kind_of(one.annotation or "Any", {}) for one in unit.parameters}
    found: dict[str, Kind] = {}
    for name in rows[0].names if rows else ():
        if any(row.names.get(name, UNFIT) is UNFIT for row in rows):
            continue
        kinds = [_kind(row.names[name]) for row in rows]
        kind = kinds[0]
        for other in kinds[1:]:
            kind = joined(kind, other) if kind is not None and other is not None else None
        if kind is not None and not is_whole(kind):
            said = declared.get(name)
            kind = said if said is not None and said[0] == kind[0] else _filled(kind)
        if kind is not None:
            found[name] = kind
    return found


def _kind(kept: Any) -> Any:
    return kept[2] if type(kept) is tuple else kind_of_value(kept)


def _plain(kept: Any) -> Any:
    return kept[1] if type(kept) is tuple else kept


def _inward(value: Any) -> Any:
    return _NOTHING if isinstance(value, Raised) else inward(value)


def is_whole(kind: Any) -> bool:
    """Tell whether a kind is known to its inside."""
    return kind is not None and all(is_whole(part) for part in kind[1:])


def _filled(kind: Any) -> Any:
    """Return a kind whose unknown inside is taken for whole numbers: nothing was ever in it."""
    return ("int",) if kind is None else (kind[0], *(_filled(part) for part in kind[1:]))


def _goal(unit: Unit, cell: Cell, moments: Sequence[Moment]) -> Kind | None:
    if cell.kind == "condition":
        return BOOL
    declared = kind_of(unit.returns or "Any", {}) if cell.kind == "result" else None
    if declared is not None:
        return declared
    kind: Any = None
    for moment in moments:
        if not isinstance(moment.value, Raised):
            other = kind_of_value(moment.value)
            kind = joined(kind, other) if other is not None else None
            if kind is None:
                return None
    return kind if kind is not None and is_whole(kind) else None


def _literal(source: str, cost: int) -> tuple[Kind, str, Any, int] | None:
    text, _, said = source.partition(KIND)
    try:
        value = set() if text == "set()" else ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    kind = kind_of(said, {}) if said else kind_of_value(value)
    return (kind, text, inward(value), cost) if kind is not None and is_whole(kind) else None
