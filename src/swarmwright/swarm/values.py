"""Commands of the scheduler, the rungs of its ladder, and the Crew that performs commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from swarmwright.ledger.events import AnyEvent, TaskId


class Rung(msgspec.Struct, frozen=True):
    """One step of the ladder: ask ``count`` samples of an Archetype of a model.

    kind "sample" asks afresh; kind "repair" sends the best refuted Proposal back with its counterexample
    (skipped where nothing was refuted). ``when`` says what makes the rung worth taking: "always", or "split"
    (survivors disagree or are too few), or "refuted" (there is a refuted Proposal).
    """

    archetype: str
    model: str
    count: int
    kind: Literal["sample", "repair"] = "sample"
    when: Literal["always", "split", "refuted"] = "always"


class Policy(msgspec.Struct, frozen=True):
    """What delivery demands, as far as the scheduler decides it.

    ``k`` is the margin needed; ``k_spread`` is added for every rival behaviour; ``rounds`` bounds how often one
    Task's inputs may be extended (epochs).
    """

    ladder: tuple[Rung, ...]
    k: int = 3
    k_spread: int = 1
    rounds: int = 8


class Ask(msgspec.Struct, frozen=True, gc=False):
    """Ask for samples ``first`` .. ``first + count - 1``; ``basis`` is the refuted sample to repair (-1: none)."""

    task: TaskId
    rung: int
    archetype: str
    model: str
    first: int
    count: int
    basis: int = -1


class Examine(msgspec.Struct, frozen=True, gc=False):
    """Examine these samples on the inputs of that epoch; the first of an epoch also fixes its inputs."""

    task: TaskId
    epoch: int
    samples: tuple[int, ...]


class Verify(msgspec.Struct, frozen=True, gc=False):
    """Verify the epoch's leader at length, against one sample of each rival behaviour."""

    task: TaskId
    epoch: int
    sample: int
    rivals: tuple[int, ...]


class CheckTogether(msgspec.Struct, frozen=True, gc=False):
    """Check a group's Laws and cross-contracts. For each Task the survivors to choose from, best first."""

    group: int
    choices: tuple[tuple[TaskId, tuple[int, ...]], ...]


Command = Ask | Examine | Verify | CheckTogether


class Crew(Protocol):
    """Performs commands: the real one asks models and sandboxes, the simulated one makes the world up."""

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        """Perform commands of one kind and return what happened, for the ledger and the scheduler.

        The events of one Ask are Answered, Voted or CallFailed for all its samples; of an Examine, Examined
        (with EpochOpened before it where it fixed the epoch's inputs); of a Verify, Verified; of a
        CheckTogether, Together.
        """
        ...
