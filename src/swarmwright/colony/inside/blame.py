"""Which cells of a body are to blame: those that run on every failing example, and can make it right.

Two signs. *Spectrum*: a cell that does not run on a failing example cannot mend it. *Substitution*: another value in
the place of what the cell gives makes the example come out right.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.cells import Cell, cells_of
from swarmwright.colony.inside.growth import grows
from swarmwright.colony.inside.kinds import inward
from swarmwright.colony.inside.replaying import FILE, Function, Raised, Replayer, Shown, counted
from swarmwright.verify.rewriting import parse

_SEE = "_see"
_MOST_SEEN = 24
"""How often a cell is watched on one example."""
_MOST_NAMES = 12
_LONGEST = 60
_TURNS = 8
"""Evaluations of a condition that are turned one by one."""


class Moment(NamedTuple):
    """A cell was evaluated: in which example, the names that were bound, and what it gave (``Raised``: nothing)."""

    example: int
    names: dict[str, Any]
    value: Any


class Watch:
    """A body that is watched on the examples: what each cell saw and gave."""

    def __init__(self, replayer: Replayer, body: str) -> None:
        """Take the body and run it on every example."""
        self._replayer = replayer
        self.body = body
        self.cells = cells_of(parse(body))
        self.moments: dict[int, list[Moment]] = {}
        self.counts: dict[int, list[int]] = {}
        self._example = 0
        self.right = [False] * len(replayer.examples)
        self.tree, self.places = opened(body)
        # Powers are only run where they are kept small, and that changes the tree.
        function = replayer.function_of(body) if grows(body) else self._watched()
        if function is not None:
            for number, shown in enumerate(replayer.examples):
                self._example = number
                self.right[number] = replayer.passes(function, shown)

    @property
    def failing(self) -> list[int]:
        """The examples that the body fails."""
        return [number for number, right in enumerate(self.right) if not right]

    def _watched(self) -> Function | None:
        tree, cells = opened(self.body)
        for cell in reversed(cells):
            if cell.is_expression:
                put(cell, _asked(_SEE, cell))
        return self._replayer.function(ast.fix_missing_locations(tree), {_SEE: self._see})

    def _see(self, number: int, give: Callable[[], Any]) -> Any:
        counts = self.counts.setdefault(number, [0] * len(self.right))
        counts[self._example] += 1
        if counts[self._example] > _MOST_SEEN:
            return give()
        names = _names_seen(sys._getframe(1))
        try:
            value = give()
        except Exception as error:
            self.moments.setdefault(number, []).append(Moment(self._example, names, Raised(type(error).__name__)))
            raise
        self.moments.setdefault(number, []).append(Moment(self._example, names, value))
        return value

    def suspects(self) -> list[Cell]:
        """Return the expressions that ran on every failing example, the rarest on passing ones first."""
        failing = self.failing
        found = []
        for cell in self.cells:
            counts = self.counts.get(cell.number)
            if cell.is_expression and counts is not None and all(counts[number] for number in failing):
                passing = sum(1 for number, right in enumerate(self.right) if right and counts[number])
                found.append((passing, cell.number, cell))
        return [cell for _, _, cell in sorted(found, key=lambda one: one[:2])]

    def runs_once(self, cell: Cell) -> bool:
        """Tell whether a cell is evaluated at most once in every example."""
        return max(self.counts[cell.number]) == 1


class Substitute:
    """A body in which one cell gives whatever it is told to."""

    def __init__(self, watch: Watch, replayer: Replayer, cell: Cell) -> None:
        """Take a watched body and one of its cells."""
        tree, cells = opened(watch.body)
        place = cells[cell.number]
        put(place, _asked(_SEE, place))
        self._replayer = replayer
        self._tell: Callable[[int, Callable[[], Any]], Any] = lambda _turn, give: give()
        self._turn = 0
        self._function = replayer.function(ast.fix_missing_locations(tree), {_SEE: self._see})

    def _see(self, _number: int, give: Callable[[], Any]) -> Any:
        self._turn += 1
        return self._tell(self._turn - 1, give)

    def is_right(self, shown: Shown, tell: Callable[[int, Callable[[], Any]], Any]) -> bool:
        """Tell whether an example comes out right with the cell told; ``tell`` is given the turn and the old value."""
        if self._function is None:
            return False
        self._tell, self._turn = tell, 0
        return self._replayer.passes(self._function, shown)

    def can_mend(self, shown: Shown, values: Sequence[Any]) -> bool:
        """Tell whether any of these values, throughout or (truth values) at one turn, makes an example right."""
        if any(self.gives(shown, value) for value in values):
            return True
        if not any(value is True for value in values):
            return False
        return any(self._turned(shown, at) for at in range(_TURNS))

    def gives(self, shown: Shown, value: Any) -> bool:
        """Tell whether an example comes out right where the cell always gives one value."""
        return self.is_right(shown, lambda _turn, _give: value)

    def _turned(self, shown: Shown, at: int) -> bool:
        return self.is_right(shown, lambda turn, give: not give() if turn == at else give())


def opened(body: str) -> tuple[ast.Module, tuple[Cell, ...]]:
    """Return the tree of a body with counted loops, and the body's cells in it (what counts is none)."""
    tree = parse(body)
    cells = cells_of(tree)
    return counted(tree), cells


def put(cell: Cell, node: ast.AST) -> None:
    """Put a node in the place of a cell."""
    spot = cell.spot
    if spot.index is None:
        setattr(spot.owner, spot.field, node)
    else:
        getattr(spot.owner, spot.field)[spot.index] = node


def _asked(name: str, cell: Cell) -> ast.expr:
    nothing = ast.arguments([], [], None, [], [], None, [])
    node = ast.Call(ast.Name(name, ast.Load()), [ast.Constant(cell.number), ast.Lambda(nothing, cell.spot.node)], [])
    return ast.copy_location(node, cell.spot.node)


def _names_seen(frame: Any) -> dict[str, Any]:
    """Return the names that are bound where a cell stands, with values that stay as they are."""
    found: dict[str, Any] = {}
    while frame is not None:
        if frame.f_code.co_filename == FILE:
            for name, value in frame.f_locals.items():
                if name not in found and name.isidentifier() and len(found) < _MOST_NAMES:
                    found[name] = _kept(value)
            if frame.f_code.co_name not in ("<lambda>", "<listcomp>", "<genexpr>", "<setcomp>", "<dictcomp>"):
                break
        frame = frame.f_back
    return found


class Unfit:
    """Stands for a value that agents cannot work with."""


UNFIT = Unfit()


def _kept(value: Any) -> Any:
    if value is None or type(value) in (int, float, bool, str):
        return value
    if type(value) in (list, tuple, set, frozenset, dict) and len(value) <= _LONGEST:
        return (type(value), inward(value), _shape(value))
    return UNFIT


def _shape(value: Any) -> Any:
    """Return the kind of a value; None where it has none or its parts differ."""
    return kind_of_value(value)


_SCALARS = {int: ("int",), float: ("float",), bool: ("bool",), str: ("str",)}


def kind_of_value(value: Any) -> Any:
    """Return the kind of a plain value; ``("list", None)`` where it is empty; None where it has none."""
    kind = type(value)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind in (list, set, frozenset):
        return (kind.__name__, _one(value))
    if kind is tuple:
        parts = tuple(kind_of_value(item) for item in value)
        return ("tuple", *parts) if all(parts) else None
    if kind is dict:
        return ("dict", _one(value), _one(value.values()))
    return None


def _one(values: Any) -> Any:
    kinds: Any = None
    for value in values:
        kinds = joined(kinds, kind_of_value(value))
        if kinds is None:
            return None
    return kinds


def joined(one: Any, other: Any) -> Any:
    """Return what two kinds have in common where one of them is empty inside; None where they differ."""
    if one is None or other is None or one == other:
        return one if other is None else other
    if one[0] != other[0] or len(one) != len(other) or len(one) == 1:
        return None
    parts = tuple(joined(a, b) for a, b in zip(one[1:], other[1:], strict=True))
    return (one[0], *parts)
