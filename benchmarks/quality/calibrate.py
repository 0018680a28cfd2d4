"""Fits the estimate of a winner's risk on recorded runs, and says what those runs can support.

    python -m benchmarks.quality.calibrate --out src/swarmwright/voting/risk.json RUN [RUN ...]

Each RUN is a folder that a run of the bench wrote (its matrix). A case is a unit whose leader met every check; it is
wrong where the hidden judge says so. The curve of yield against risk is cross-validated by problem: each unit is
judged by a fit that has never seen it, nor another run's answer to the same problem.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from benchmarks.quality.records import Body, UnitRecord, read_matrix

from swarmwright.ledger.events import IDLE
from swarmwright.verify.values import Evidence
from swarmwright.voting.intervals import upper_bound
from swarmwright.voting.risk import Reach, RiskModel, Signs, cross_validated, fit, reach_of

RIDGE = 1.0
SHOWN = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)


class Case(msgspec.Struct, frozen=True):
    """One leader that met every check: what stood behind it, whether it was wrong, and of which problem."""

    signs: Signs
    wrong: bool
    problem: str


def cases_of(units: Sequence[UnitRecord]) -> Iterator[Case]:
    """Yield a case for each unit of a run that has a judged leader."""
    for unit in units:
        evidence = unit.evidence
        leader = leader_of(unit)
        if evidence is None or leader is None or leader.verdict is None:
            continue
        yield Case(signs_of(unit, leader, evidence), not leader.right, unit.unit.rpartition(".")[2])


def leader_of(unit: UnitRecord) -> Body | None:
    """Return the body that was verified last, where every check accepted it; None where there is none."""
    if unit.delivered >= 0:
        return unit.bodies[unit.delivered]
    if unit.evidence is None or not unit.evidence.accepted:
        return None
    digest = unit.evidence.body_sha256
    return next((body for body in unit.bodies if body.key and sha256_of(body.text) == digest), None)


def sha256_of(body: str) -> str:
    """Return the digest by which evidence names a body."""
    return hashlib.sha256(body.encode()).hexdigest()


def signs_of(unit: UnitRecord, leader: Body, evidence: Evidence) -> Signs:
    """Return the signs that the pipeline saw, from what the matrix keeps."""
    proposed = [
        p
        for p in unit.proposals
        if p.kind != "witness" and not p.missing and p.flag != IDLE and (p.body >= 0 or p.flag)
    ]
    keys = {p.sample: unit.bodies[p.body].key for p in proposed if p.body >= 0 and unit.bodies[p.body].passes}
    mine = [p for p in proposed if keys.get(p.sample) == leader.key]
    return Signs(
        votes=len(mine),
        others=len(keys) - len(mine),
        refuted=len(proposed) - len(keys),
        families=len({p.model or p.archetype for p in mine}),
        examples=unit.examples,
        contracts=sum(check.check.startswith("CrossHair: post") for check in evidence.checks) + len(unit.report.laws),
        killed=evidence.mutants_killed,
        different=evidence.mutants_different,
        agreed=evidence.expected_agreed,
        against=evidence.expected_against,
        slow_agrees=evidence.oracles - evidence.oracle_differs,
        slow_differs=evidence.oracle_differs,
        outcomes=evidence.outcomes,
    )


def calibrated(cases: Sequence[Case], source: str) -> RiskModel:
    """Fit on all cases, with the curve that cross-validation by problem gives."""
    groups = [(case.signs, case.wrong, case.problem) for case in cases]
    estimates = cross_validated(groups, ridge=RIDGE)
    model = fit([(case.signs, case.wrong) for case in cases], ridge=RIDGE, source=source)
    return msgspec.structs.replace(model, reach=reach_of(estimates, [case.wrong for case in cases]))


def describe(model: RiskModel, cases: Sequence[Case]) -> str:
    """Return the weights and the curve in words."""
    lines = [f"{len(cases)} leaders that met every check, {sum(case.wrong for case in cases)} of them wrong"]
    lines += [f"  {name:24} {weight:+.2f}" for name, weight in model.weights.items()]
    lines.append("risk allowed: delivered, wrong, upper bound (95 %, one-sided)")
    for allowed in SHOWN:
        step = _up_to(model.reach, allowed)
        if step is not None:
            bound = upper_bound(step.wrong, step.delivered)
            lines.append(f"  {allowed:6.2f}: {step.delivered:4d} {step.wrong:4d}  {bound:.3f}")
    lines.append(f"least risk that these runs can support: {model.least_supported():.3f}")
    return "\n".join(lines)


def _up_to(curve: Sequence[Reach], allowed: float) -> Reach | None:
    return next((step for step in reversed(curve) if step.risk <= allowed), None)


def main(words: Sequence[str] | None = None) -> int:
    """Fit, show, and write the model where ``--out`` says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    parsed = parser.parse_args(words)
    matrices = [(run, read_matrix(run)) for run in parsed.runs]
    cases = [case for _, matrix in matrices for case in cases_of(matrix.units)]
    names = ", ".join(f"{matrix.workload} ({matrix.mode})" for _, matrix in matrices)
    try:
        model = calibrated(cases, f"{len(cases)} leaders of {names}")
    except ValueError as error:
        print(f"calibrate: {error}", file=sys.stderr)
        return 2
    print(describe(model, cases))
    if parsed.out is not None:
        parsed.out.write_bytes(msgspec.json.format(msgspec.json.encode(model)) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
