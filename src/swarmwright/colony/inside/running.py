"""One search while it runs: it goes on as far as it is told, and says at any time what it has come to."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import Production
from swarmwright.colony.inside.advance import lead_of
from swarmwright.colony.inside.lineage import Lineage
from swarmwright.colony.inside.patience import Patience
from swarmwright.colony.inside.problem import Problem
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.trying import Found, Trier


class Running:
    """A search with what tries its solutions."""

    def __init__(
        self,
        problem: Problem,
        grammar: Sequence[Production],
        effort: Foraging,
        trier: Trier,
        patience: Patience,
        weights: Mapping[str, int] | None,
    ) -> None:
        """Take the problem, what agents know, how far to go, what tries solutions, and what is added to costs."""
        self._effort = effort
        self._trier = trier
        self._patience = patience
        self._seconds = 0.0
        self.search = Search(problem, grammar, effort, trier.accept, weights=weights, lead=lead_of)

    def go(self, levels: int | None = None) -> None:
        """Go on until the search is at its end, or through so many costs more."""
        began = time.monotonic()
        gc.disable()
        try:
            if levels is None:
                self.search.run()
            else:
                self._step(levels)
        finally:
            gc.enable()
            self._seconds += time.monotonic() - began

    def allow(self, agents: int) -> None:
        """Let the search spend so many agents in all, and no more."""
        self.search.effort = msgspec.structs.replace(self.search.effort, agents=agents)

    def signs(self) -> dict[str, Any]:
        """Return how far the search is and what speaks for going on with it, as the driver's answer."""
        search = self.search
        found = [search.surprise(one.solution) for one in self._trier.found.values()]
        return {
            "spent": search.agents,
            "examples": len(search.problem.wanted),
            "best": search.branches.best,
            "bits": max(found, default=0.0),
            "solved": bool(search.solutions),
            "ended": self.is_ended,
            "reason": "",
        }

    def _step(self, levels: int) -> None:
        for _ in range(levels):
            if self.is_ended:
                return
            self.search.step()

    @property
    def is_ended(self) -> bool:
        """Whether there is nothing more to do, or to spend."""
        return self.search.is_over or self.search.is_separated

    def reply(self) -> dict[str, Any]:
        """Return what was found and what it took, as the driver's answer."""
        search = self.search
        chosen, solid = self._chosen()
        return {
            "solutions": [self._described(one, solid=solid) for one in chosen],
            "tried": search.tried,
            "live": search.live,
            "complete": search.complete,
            "seconds": self._seconds,
            "separated": search.is_separated,
            "overshadowed": bool(chosen) and self._trier.overshadows(chosen[0].cost),
            "examples": len(search.apart),
            "cut": search.cut,
            "spent": search.agents,
            "levels": search.trace.levels,
            "lapsed": self._patience.lapsed,
            "trace": search.trace.digest.hex(),
            "reason": "",
        }

    def unfold(self, body: str) -> list[dict[str, Any]]:
        """Return the agents of a solution's body, the whole before its parts; nothing where there is no such body."""
        found = next((one for one in self._chosen()[0] if one.body == body), None)
        return [] if found is None else list(Lineage(self.search).of(found.solution))

    def _chosen(self) -> tuple[list[Found], bool]:
        """Return the solutions that count, the cheapest first, and whether they are far enough from chance."""
        found = sorted((self._trier.found or self._trier.doubtful).values(), key=lambda one: one.cost)
        # What may be chance is a rival all the same, where it is no dearer than what is not.
        solid = [one for one in found if self.search.is_solid(one.solution)]
        most = (solid or found)[0].cost + self._effort.beyond if found else 0
        return [one for one in found if one.cost <= most], bool(solid)

    def _described(self, one: Found, *, solid: bool) -> dict[str, Any]:
        return {
            "body": one.body,
            "cost": one.cost,
            "bits": self.search.surprise(one.solution),
            "solid": solid,
            "support": self.search.support(one.solution),
            "trail": list(one.trail),
            "doubt": one.doubt,
        }
