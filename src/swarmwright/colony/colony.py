"""The colony as the crew sees it: asked for bodies of a Unit, it searches in a sandboxed process of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from swarmwright.colony.asking import arguments_of, modules_of
from swarmwright.colony.doubts import doubts_of
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import Production, load_grammar
from swarmwright.colony.literals import literals_of
from swarmwright.colony.pool import Pool, Room
from swarmwright.colony.reading import weights_of
from swarmwright.colony.repeating import Frame, frame_of
from swarmwright.colony.trading import Trader
from swarmwright.errors import SandboxDiedError
from swarmwright.spec.values import Given, Spec, Unit
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.scoring import Probe
from swarmwright.verify.values import Call

_GRACE_S = 120.0
"""A process that is started beside much other work takes its time; it is taken for dead only after so much more."""
_OF_TEXT = re.compile(r"\b(?:digits?|letters?|characters?|text|written|decimal)\b", re.IGNORECASE)
_MOST_INPUTS = 9
"""Inputs on which agents are told apart while they are searched, the examples' among them, where these are no more."""
_FEWEST_MORE = 3
_LONG_WORD = 4


class Body(msgspec.Struct, frozen=True):
    """A body that the colony found: its cost, how unlikely a chance hit is (in bits), and its productions.

    It is ``solid`` where that is unlikely enough, or it rivals one of which it is. ``support`` is the number of
    examples without which something cheaper would be right. ``doubt`` is the red flag of one that is no likely meaning
    of the prose; such bodies are returned only where there are no others.
    """

    body: str
    cost: int
    bits: float
    solid: bool
    trail: tuple[str, ...]
    doubt: str = ""
    support: int = 0


class Harvest(msgspec.Struct, frozen=True):
    """What a search came to.

    Attributes:
        solutions: bodies that satisfy every example and contract on every input, one for each behaviour, the cheapest
            first.
        tried: agents computed.
        live: those that behaved like no cheaper one.
        complete: the cost up to which every agent was computed.
        separated: whether everything up to ``beyond`` more than the first solution was tried.
        overshadowed: whether something much cheaper satisfies everything, too, but is no likely meaning of the prose.
        examples: how many different examples there were.
        seconds: wall time.
        reason: why nothing was searched ("": it was).
        offered: names of building blocks that spread to it from bodies of other Units.
        cut: at how many agents it was cut off (0: it was not).
        spent: agents and what else is reckoned as such.
        trace: the digest of all agents, in hexadecimal.
        frame: what the search is a function of.
    """

    solutions: tuple[Body, ...] = ()
    tried: int = 0
    live: int = 0
    complete: int = -1
    separated: bool = False
    overshadowed: bool = False
    examples: int = 0
    seconds: float = 0.0
    reason: str = ""
    offered: tuple[str, ...] = ()
    cut: int = 0
    spent: int = 0
    trace: str = ""
    frame: Frame | None = None


class Colony:
    """The colony of one specification: sandboxed processes that are started when they are first asked."""

    def __init__(
        self,
        spec: Spec,
        sandbox: Sandbox,
        grammar: Sequence[Production] | None = None,
        *,
        room: Room | None = None,
    ) -> None:
        """Take what is wanted and where to run.

        Args:
            spec: the specification.
            sandbox: what isolates the processes.
            grammar: what agents know; None: our own productions.
            room: how many Units are searched for side by side, and in how much memory; None: one at a time.
        """
        self._spec = spec
        self._grammar = tuple(grammar) if grammar is not None else load_grammar()
        room = room or Room()
        self._pool = Pool(sandbox, room)
        self._trader = Trader(self._pool, room.processes, room.agents_total) if room.agents_total else None
        self._room = room

    @property
    def started(self) -> int:
        """How many processes there are now."""
        return self._pool.started

    async def close(self) -> None:
        """End the processes, whatever they are at."""
        if self._trader is not None:
            await self._trader.close()
        await self._pool.close()

    async def search(
        self,
        unit: Unit,
        examples: Sequence[Probe],
        inputs: Sequence[Call],
        callees: Mapping[str, str],
        effort: Foraging | None = None,
        *,
        spread: Sequence[Production] = (),
        weights: Mapping[str, int] | None = None,
    ) -> Harvest:
        """Return bodies for a Unit.

        Args:
            unit: the Unit.
            examples: its Examples that are plain calls, each with what it gives.
            inputs: further valid calls.
            callees: bodies of the Units it may call, by id.
            effort: how far to go.
            spread: productions that this search knows beside the grammar.
            weights: what is added to the costs of productions, by name, beside what the prose says.
        """
        effort = effort or Foraging()
        if len(unit.parameters) == 0 or any(one.kind.startswith("var_") for one in unit.parameters):
            return Harvest(reason="the colony knows no functions without parameters or with any number of them")
        if unit.decorators:
            return Harvest(reason="the colony knows no decorators but contracts")
        if not examples or any(arguments_of(probe.call, unit) is None for probe in examples):
            return Harvest(reason="the colony needs examples that are plain calls")
        request = self._request(unit, examples, inputs, callees, effort)
        request["grammar"] = [*request["grammar"], *msgspec.to_builtins(tuple(spread))]
        for name, weight in (weights or {}).items():
            request["weights"][name] = request["weights"].get(name, 0) + weight
        request["effort"]["live"] = min(effort.live, self._room.agents)
        try:
            reply = await self._ask(request, effort)
        except SandboxDiedError as error:
            return Harvest(reason=f"the colony's process ended: {error}")
        return _read(reply, effort, request)

    async def _ask(self, request: Mapping[str, Any], effort: Foraging) -> dict[str, Any]:
        if self._trader is not None:
            return await self._trader.search(request)
        return await self._pool.ask(request, timeout_s=effort.seconds + _GRACE_S)

    def _request(
        self,
        unit: Unit,
        examples: Sequence[Probe],
        inputs: Sequence[Call],
        callees: Mapping[str, str],
        effort: Foraging,
    ) -> dict[str, Any]:
        shown = [probe for probe in examples if arguments_of(probe.call, unit) is not None]
        known = {msgspec.json.encode(arguments_of(probe.call, unit)) for probe in shown}
        others = [row for call in inputs if (row := arguments_of(call, unit)) is not None]
        fresh = [row for row in others if msgspec.json.encode(row) not in known]
        few = max(_FEWEST_MORE, _MOST_INPUTS - len(shown))
        return {
            "modules": modules_of(self._spec, callees),
            "module": unit.module,
            "unit": unit.name,
            "parameters": [[one.name, one.annotation or "Any"] for one in unit.parameters],
            "returns": unit.returns or "Any",
            "helpers": self._helpers(unit, callees),
            "also": ["str"] if _OF_TEXT.search(unit.prose) else [],
            "grammar": msgspec.to_builtins(self._grammar),
            "weights": weights_of(self._grammar, unit) if effort.reading else {},
            "doubts": msgspec.to_builtins(doubts_of(self._spec, unit)),
            "literals": [list(pair) for pair in literals_of(self._spec, unit)],
            "examples": [_example(probe, unit) for probe in shown],
            "inputs": _spread(fresh, few),
            "more": fresh,
            "effort": msgspec.to_builtins(effort),
        }

    def _helpers(self, unit: Unit, callees: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return the functions that a body may call: given ones of its module, and the Units it uses."""
        return [
            {"name": name, "takes": takes, "gives": gives, "cost": 2 if _speaks_of(unit, name) else 5}
            for name, takes, gives in _callable(self._spec, unit, callees)
        ]


def _speaks_of(unit: Unit, name: str) -> bool:
    """Tell whether a Unit uses a function, or its prose has a word of the function's name."""
    words = {word for word in name.lower().split("_") if len(word) >= _LONG_WORD}
    prose = unit.prose.lower()
    return any(used.rpartition(".")[2] == name for used in unit.uses) or any(word in prose for word in words)


def _callable(spec: Spec, unit: Unit, callees: Mapping[str, str]) -> Iterator[tuple[str, list[str], str]]:
    for item in spec.module(unit.module).items:
        if isinstance(item, Given) and item.kind == "function":
            node = ast.parse(item.source).body[0]
            if isinstance(node, ast.FunctionDef) and (said := _annotated(node)) is not None:
                yield node.name, *said
    for used in unit.uses:
        other = spec.unit(used)
        if used in callees and other.returns is not None:
            yield other.name, [parameter.annotation or "Any" for parameter in other.parameters], other.returns


def _annotated(node: ast.FunctionDef) -> tuple[list[str], str] | None:
    arguments = node.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or node.returns is None:
        return None
    every = [*arguments.posonlyargs, *arguments.args]
    if any(one.annotation is None for one in every):
        return None
    return [ast.unparse(one.annotation) for one in every if one.annotation is not None], ast.unparse(node.returns)


def _example(probe: Probe, unit: Unit) -> dict[str, Any]:
    wanted = probe.wanted
    is_value = wanted is not None and wanted.kind == "value"
    return {
        "call": arguments_of(probe.call, unit),
        "wanted": wanted.value if wanted is not None and is_value else None,
        "raises": wanted.error if wanted is not None and not is_value else "",
    }


def _spread(rows: Sequence[list[Any]], count: int) -> list[list[Any]]:
    """Return so many of the rows, from the whole of them: the first ones are often the smallest, all alike."""
    if len(rows) <= count:
        return list(rows)
    step = len(rows) / count
    return [rows[int(place * step)] for place in range(count)]


def _read(reply: Mapping[str, Any], effort: Foraging, request: Mapping[str, Any]) -> Harvest:
    if reply.get("reason") or "error" in reply:
        return Harvest(reason=str(reply.get("reason") or reply["error"]))
    bodies = tuple(
        Body(one["body"], one["cost"], one["bits"], one["solid"], tuple(one["trail"]), one["doubt"], one["support"])
        for one in reply["solutions"]
    )
    return Harvest(
        solutions=bodies[: effort.solutions],
        tried=reply["tried"],
        live=reply["live"],
        complete=reply["complete"],
        separated=reply["separated"],
        overshadowed=reply["overshadowed"],
        examples=reply["examples"],
        seconds=reply["seconds"],
        cut=reply["cut"],
        spent=reply["spent"],
        trace=reply["trace"],
        frame=frame_of(request, reply),
    )
