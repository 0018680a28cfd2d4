"""What stands behind a winner, gathered from its Task's Dossier and its Evidence, for the estimate of its risk."""

from __future__ import annotations

import msgspec

from swarmwright.construct.dossier import Dossiers
from swarmwright.ledger.events import IDLE, OFFERED, TaskId
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.values import Evidence
from swarmwright.voting.risk import Signs


def signs_of(spec: Spec, unit: Unit, evidence: Evidence, dossiers: Dossiers, task: TaskId, place: Place) -> Signs:
    """Return the Signs of a winner.

    Args:
        spec: the specification, for the Laws that name the Unit.
        unit: what the winner is a body of.
        evidence: what verifying it showed.
        dossiers: what is known of the Task.
        task: the Task.
        place: the epoch and sample of the winner.
    """
    behaviours = dossiers.behaviours(task, place.epoch)
    mine = next(samples for samples in behaviours.values() if place.sample in samples)
    survivors = sum(map(len, behaviours.values()))
    proposals = dossiers[task].proposals
    proposed = sum(1 for p in proposals.values() if p.flag not in (OFFERED, IDLE) and (p.body or p.flag))
    return Signs(
        votes=len(mine),
        others=survivors - len(mine),
        refuted=max(0, proposed - survivors),
        families=len({proposals[sample].model or proposals[sample].archetype for sample in mine}),
        examples=len(unit.examples),
        contracts=sum(1 for contract in unit.contracts if contract.kind == "ensure")
        + sum(1 for law in spec.laws() if unit.id in law.units),
        killed=evidence.mutants_killed,
        different=evidence.mutants_different,
        agreed=evidence.expected_agreed,
        against=evidence.expected_against,
        slow_agrees=evidence.oracles - evidence.oracle_differs,
        slow_differs=evidence.oracle_differs,
        outcomes=evidence.outcomes,
    )


def outcomes_of(dossiers: Dossiers, task: TaskId, place: Place) -> int:
    """Return how many different results the winner gave on the inputs of its epoch."""
    examination = dossiers.examination(task, place.epoch, place.sample)
    if examination is None:
        return 0
    return len({msgspec.json.encode((outcome.value, outcome.error)) for outcome in examination.outcomes})


class Place(msgspec.Struct, frozen=True):
    """Where a winner stands: the epoch in which it won, and its sample number."""

    epoch: int
    sample: int
