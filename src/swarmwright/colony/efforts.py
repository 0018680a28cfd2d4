"""Efforts: how far the colony goes for one Unit, and for one body that it mends."""

from __future__ import annotations

import msgspec


class Foraging(msgspec.Struct, frozen=True):
    """How far the colony goes for one Unit.

    Attributes:
        agents: agents computed in all.
        seconds: wall time.
        live: distinct agents kept.
        beyond: how much dearer than the first solution a rival may be and still be looked for; a name costs 2.
        solutions: the most bodies returned.
        bits: how unlikely a chance hit must be (for a decision 1.6 times as much); what is likelier is no solution.
        levels: the most costs whose agents are made.
        reading: whether special productions that the prose has no words for are dearer.
        trails: whether productions of partial solutions become cheaper while the search runs.
        columns: whether numpy's arrays go ahead where all is whole numbers.
    """

    agents: int = 30_000_000
    seconds: float = 10.0
    live: int = 4_000_000
    beyond: int = 2
    solutions: int = 12
    bits: float = 5.0
    levels: int = 1 << 30
    reading: bool = True
    trails: bool = False
    columns: bool = True


class CellEffort(msgspec.Struct, frozen=True):
    """How far mending goes for one body.

    Counts bound it, so that the same body and examples give the same answer; time is a last guard.

    Attributes:
        edits: small edits tried of the body.
        cells: cells at which agents are tried.
        agents: agents computed at one cell.
        tried: agents that are run in the place of a cell that runs more than once.
        again: how many bodies with one edit are edited again, and how often each.
        cpu_s: processor time in seconds.
        found: the most behaviours returned.
    """

    edits: int = 1500
    cells: int = 24
    agents: int = 4000
    tried: int = 150
    again: tuple[int, int] = (4, 500)
    cpu_s: float = 2.0
    found: int = 12
