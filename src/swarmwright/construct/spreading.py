"""Spreading: a colony whose searches know building blocks of bodies that were delivered before, in the same build.

What spread follows from the ledger's events alone, in their order: which bodies were delivered, what each search says
it was offered, and what its solutions were made with. So a run that goes on spreads what it would have spread.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from swarmwright.colony.colony import Colony, Harvest
from swarmwright.colony.efforts import Foraging
from swarmwright.colony.epidemic import BLOCK, Epidemic
from swarmwright.colony.grammar import Production, load_grammar
from swarmwright.colony.observer import Observer
from swarmwright.colony.pool import Room
from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.forager import OFFERED
from swarmwright.ledger.events import Answered, AnyEvent, Decided, TaskId
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.ports import Sandbox
from swarmwright.verify.scoring import Probe
from swarmwright.verify.values import Call

_NAME = re.compile(rf"\b{BLOCK}[a-z0-9-]+")
_INPUTS = 40


class SpreadingColony(Colony):
    """A colony that offers each search what solved other Units of the build."""

    def __init__(
        self,
        spec: Spec,
        sandbox: Sandbox,
        grammar: Sequence[Production] | None = None,
        *,
        room: Room | None = None,
        units: Mapping[TaskId, Unit],
        dossiers: Dossiers,
    ) -> None:
        """Take what a colony takes, the Unit of each Task, and what is known of Tasks."""
        super().__init__(spec, sandbox, grammar, room=room)
        self._units = units
        self._dossiers = dossiers
        self._observer = Observer(spec, sandbox)
        self._epidemic = Epidemic(grammar if grammar is not None else load_grammar())
        self._turn = asyncio.Lock()
        self._waiting: list[Decided | tuple[frozenset[str], frozenset[str]]] = []

    def absorb(self, events: Iterable[AnyEvent]) -> None:
        """Take note of what was delivered, and of what searches were offered."""
        for event in events:
            if isinstance(event, Decided) and event.delivered:
                self._waiting.append(event)
            elif isinstance(event, Answered):
                said = [offered_in(answer.detail) for answer in event.answers]
                offered = frozenset().union(*(one for one, _ in said))
                if offered:
                    self._waiting.append((offered, frozenset().union(*(helped for _, helped in said))))

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
        """Return bodies for a Unit, as a colony does that knows the blocks which are offered to it."""
        async with self._turn:
            # What is being observed for one search must have spread before the next one is offered anything.
            await self._catch_up()
        blocks = self._epidemic.offer(unit)
        harvest = await super().search(
            unit, examples, inputs, callees, effort, spread=(*spread, *blocks), weights=weights
        )
        return msgspec.structs.replace(harvest, offered=tuple(block.name for block in blocks))

    async def close(self) -> None:
        """End the processes."""
        await self._observer.close()
        await super().close()

    async def _catch_up(self) -> None:
        """Let what was delivered since the last search spread, in the order in which it was recorded."""
        while self._waiting:
            event = self._waiting.pop(0)
            if not isinstance(event, Decided):
                self._epidemic.searched(*event)
                continue
            unit, dossier = self._units[event.task], self._dossiers[event.task]
            if dossier.inputs:
                body = self._dossiers.body(event.task, event.sample)
                calls = dossier.inputs[min(dossier.inputs)].calls[:_INPUTS]
                self._epidemic.delivered(await self._observer.observe(unit, body, calls, self._delivered()))

    def _delivered(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for task, unit in self._units.items():
            dossier = self._dossiers[task]
            if dossier.delivered:
                found[unit.id] = self._dossiers.body(task, dossier.leading)
        return found


def offered_in(detail: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return which blocks a search says it was offered, and which of them its solution was made with."""
    found, _, offered = detail.partition(OFFERED)
    names = frozenset(_NAME.findall(offered))
    return names, names & frozenset(_NAME.findall(found))
