"""Mending by cells, in a process of its own: a refuted body is taken apart, and one or two of its cells are replaced.

First by small edits from the specification and the body itself, then by agents over what is alive at a cell, at last by
two edits. What it returns passes every example and contract on every input that was sent.
"""

from __future__ import annotations

import ast
import contextlib
import io
import itertools
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import msgspec

from swarmwright.colony.cells import Cell, cells_of
from swarmwright.colony.edits import drawn
from swarmwright.colony.efforts import CellEffort
from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.alive import Alive, Place, Swarm
from swarmwright.colony.inside.blame import Substitute, Watch, put
from swarmwright.colony.inside.kinds import BOOL, outward
from swarmwright.colony.inside.replaying import Function, Replayer, rows_of
from swarmwright.spec.values import Unit
from swarmwright.verify.encoding import decode
from swarmwright.verify.hints import Hints
from swarmwright.verify.inside.framing import serve
from swarmwright.verify.inside.memory import MemoryImporter
from swarmwright.verify.rewriting import parse, replaced, short
from swarmwright.verify.shapes import Shapes

_EDIT_COST = 3
_TWO_COST = 2 * _EDIT_COST
_MOST_PARTS = 24
_MOST_WRONG = 4
"""Inputs without a known result that a body breaks a contract on, or fails: these are mended in place of examples."""


class Found(NamedTuple):
    """A mended body: what was done in words, the cost, the cell's kind and line, and the agent's productions."""

    body: str
    what: str
    cost: int
    kind: str
    line: int
    trail: tuple[str, ...]


class Mending:
    """Mends one body."""

    def __init__(self, replayer: Replayer, hints: Hints, swarm: Swarm, effort: CellEffort) -> None:
        """Take what runs bodies, what the specification offers, what grows agents, and how far to go."""
        self._replayer = replayer
        self._hints = hints
        self._swarm = swarm
        self._effort = effort
        self._until = time.process_time() + effort.cpu_s
        swarm.is_late = lambda: self.is_late
        self._tried: set[str] = set()
        self._failing: list[int] = []
        self._passing: list[int] = []
        self.found: dict[tuple[Any, ...], Found] = {}
        self.was_late = False

    @property
    def is_late(self) -> bool:
        """Whether the time is over; then what was found may have rivals that nobody saw."""
        if time.process_time() > self._until:
            self.was_late = True
        return self.was_late

    def run(self, body: str) -> None:
        """Mend a body; what comes of it is in ``found``, one body for each behaviour, the cheapest."""
        watch = Watch(self._replayer, body)
        if not watch.failing:
            function = self._replayer.function_of(body)
            wrong = self._replayer.failing_inputs(function, _MOST_WRONG) if function is not None else []
            if not wrong:
                return
            self._replayer.examples += tuple(wrong)
            watch = Watch(self._replayer, body)
        self._passing = [number for number, right in enumerate(watch.right) if right]
        self._failing = watch.failing
        improved = self._edited(body)
        self._by_agents(watch)
        if not self.found:
            for better in improved:
                self._edited(better.body, first=better, limit=self._effort.again[1])

    # Edits

    def _edited(self, body: str, first: Found | None = None, limit: int = 0) -> list[Found]:
        """Try small edits; return those that pass more examples than the body did, the best first."""
        better: list[tuple[int, int, Found]] = []
        for variant in itertools.islice(drawn(body, self._hints), limit or self._effort.edits):
            if self.is_late:
                break
            what = f"{first.what}; {variant.what}" if first else variant.what
            one = Found(variant.body, what, _TWO_COST if first else _EDIT_COST, "edit", 0, ())
            passed = self._try(one)
            if passed:
                better.append((-passed, len(better), one))
        return [one for _, _, one in sorted(better, key=lambda item: item[:2])[: self._effort.again[0]]]

    def _try(self, one: Found) -> int:
        """Run a body; keep it where it passes everything, else return how many failing examples it passes more."""
        if one.body in self._tried:
            return 0
        self._tried.add(one.body)
        function = self._replayer.function_of(one.body)
        if function is None:
            return 0
        examples = self._replayer.examples
        mended = 0
        for number in self._failing:
            mended += self._replayer.passes(function, examples[number])
            if not mended and number != self._failing[0]:
                return 0
        lost = sum(not self._replayer.passes(function, examples[number]) for number in self._passing) if mended else 0
        if mended == len(self._failing) and not lost:
            self._keep(one, function)
            return 0
        return max(0, mended - lost)

    def _keep(self, one: Found, function: Function) -> None:
        behaviour = self._replayer.behaviour(function)
        if behaviour is not None:
            before = self.found.get(behaviour)
            if before is None or one.cost < before.cost:
                self.found[behaviour] = one

    # Agents

    def _by_agents(self, watch: Watch) -> None:
        clean = parse(watch.body)
        places = cells_of(clean)
        parts = list(dict.fromkeys(_whole(cell) for cell in places if _is_part(cell)))[:_MOST_PARTS]
        for cell in watch.suspects()[: self._effort.cells]:
            if self.is_late:
                return
            place = Place(self._replayer.unit, watch, cell)
            if place.goal is None or not place.rows:
                continue
            substitute = Substitute(watch, self._replayer, cell)
            if watch.runs_once(cell):
                chosen = self._once(place, substitute, parts)
            elif place.goal == BOOL and not self._can_turn(substitute):
                continue
            else:
                chosen = self._often(watch, place, parts)
            for agent in chosen:
                node = agent.node()
                if node is None:
                    continue
                text = _with(clean, places[cell.number], node)
                what = f"`{cell.text}` became `{short(node)}`"
                self._try(Found(text, what, agent.cost, cell.kind, cell.line, agent.trail))

    def _once(self, place: Place, substitute: Substitute, parts: Sequence[str]) -> Iterator[Alive]:
        """Yield agents whose values, put in the place of the cell, make the examples right: nothing is compiled."""
        known: dict[tuple[int, Any], bool] = {}
        goal = place.goal
        assert goal is not None
        for agent in self._swarm.agents(place, parts):
            if self.is_late:
                return
            if all(
                self._fits(known, substitute, row.example, value, goal)
                for row, value, old in zip(place.rows, agent.values, place.old, strict=True)
                if value != old or row.example in self._failing
            ):
                yield agent

    def _fits(
        self, known: dict[tuple[int, Any], bool], substitute: Substitute, number: int, value: Any, kind: Any
    ) -> bool:
        key = (number, value)
        if key not in known:
            try:
                real = outward(value, kind)
            except (ValueError, TypeError):
                known[key] = False
            else:
                shown = self._replayer.examples[number]
                known[key] = substitute.gives(shown, real)
        return known[key]

    def _can_turn(self, substitute: Substitute) -> bool:
        return all(substitute.can_mend(self._replayer.examples[number], (True, False)) for number in self._failing[:2])

    def _often(self, watch: Watch, place: Place, parts: Sequence[str]) -> Iterator[Alive]:
        """Yield agents that mend the first failing example in the place of a cell that runs more than once."""
        where = watch.places[place.cell.number]
        old = where.spot.node
        first = self._replayer.examples[self._failing[0]]
        for count, agent in enumerate(self._swarm.agents(place, parts)):
            if count >= self._effort.tried or self.is_late:
                return
            node = agent.node()
            if node is None:
                continue
            put(where, ast.fix_missing_locations(ast.copy_location(node, old)))
            function = self._replayer.function(watch.tree)
            put(where, old)
            if function is not None and self._replayer.passes(function, first):
                yield agent


def _is_part(cell: Cell) -> bool:
    return cell.is_expression and cell.kind != "literal" and not isinstance(cell.spot.node, ast.Name)


def _whole(cell: Cell) -> str:
    return ast.unparse(cell.spot.node)


def _with(tree: ast.Module, cell: Cell, node: ast.expr) -> str:
    spot = cell.spot
    return replaced(tree, spot.owner, spot.field, spot.index, node)


def mend(request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one request: load the modules and mend the bodies, one after the other.

    Keys of the request: ``modules`` (name to source), ``unit``, ``hints``, ``literals`` (Python sources with their
    costs), ``grammar``, ``examples`` and ``inputs`` (calls), ``bodies``, ``effort``.
    """
    importer = MemoryImporter(request["modules"])
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            modules = importer.load()
            return {"mended": [_mended(request, modules, body) for body in request["bodies"]], "reason": ""}
    finally:
        if importer in sys.meta_path:
            sys.meta_path.remove(importer)


def _mended(request: Mapping[str, Any], modules: Mapping[str, ModuleType], body: str) -> dict[str, Any]:
    unit = msgspec.convert(request["unit"], Unit)
    shapes = Shapes(modules.values())
    namespace = vars(modules[unit.module])

    def read(value: Any) -> Any:
        return decode(value, resolve=shapes.resolve)

    examples, inputs = (tuple(rows_of(request[key], read)) for key in ("examples", "inputs"))
    effort = msgspec.convert(request["effort"], CellEffort)
    grammar = msgspec.convert(request["grammar"], tuple[Production, ...])
    replayer = Replayer(unit, namespace, examples, inputs)
    swarm = Swarm(unit, namespace, grammar, request["literals"], effort.agents)
    mending = Mending(replayer, msgspec.convert(request["hints"], Hints), swarm, effort)
    began = time.process_time()
    with contextlib.suppress(SyntaxError, RecursionError):
        mending.run(body)
    found = sorted(mending.found.values(), key=lambda one: one.cost)
    return {
        "found": [one._asdict() for one in found[: effort.found]],
        "runs": replayer.runs,
        "agents": swarm.tried,
        "complete": not mending.was_late,
        "cpu_s": time.process_time() - began,
    }


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; whatever goes wrong is in the reply."""
    try:
        return mend(request)
    except Exception as error:
        return {"mended": [], "reason": f"{type(error).__name__}: {error}"[:500]}


def main() -> None:
    """Serve requests until the parent goes away."""
    serve(answer)


if __name__ == "__main__":
    main()
