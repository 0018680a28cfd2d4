"""From a run's ledger and a package's files to its certificates: a fold, so that the ledger can be asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from swarmwright.ledger.folds import RunState, Sample, TaskState
from swarmwright.ledger.ports import Blobs
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.certificates import (
    FORMAT,
    PACKAGE_NAME,
    Certificate,
    CertifiedCheck,
    PackageCertificate,
    VerdictName,
    certificate_path,
    certificate_text,
    code_in,
    compose,
    inputs_digest,
    package_text,
    printed,
    sha256,
    weakest,
)
from swarmwright.verify.kernel import assumptions
from swarmwright.verify.values import InputSet, Verdict
from swarmwright.watch.report import Check, Report, UnitReport, read_blob

SOLVER = "crosshair-tool"
"""The distribution behind every check whose name begins with ``CrossHair``."""


class Context(msgspec.Struct, frozen=True):
    """What a certificate says beside the ledger: the family of each model by its name, the version of each tool."""

    families: Mapping[str, str]
    tools: Mapping[str, str]


def certify(
    report: Report, state: RunState, blobs: Blobs, *, spec: Spec, texts: Mapping[str, str], context: Context
) -> dict[str, Certificate]:
    """Return the certificate of every delivered Unit by its id.

    Args:
        report: what the run shows.
        state: the fold of the run's events.
        blobs: the ledger's blobs.
        spec: the specification.
        texts: the delivered modules by path, as they are printed in the package.
        context: what else is to be said.
    """
    tasks = {task.name: task for task in state.all_tasks()}
    bare = {
        one.unit: _certificate(one, tasks[one.unit], blobs, spec=spec, texts=texts, context=context)
        for one in report.units
        if one.status == "delivered"
    }
    return _composed(spec, bare)


def write_certificates(
    certificates: Mapping[str, Certificate], *, spec: Spec, undecided: Mapping[str, str], context: Context
) -> dict[str, str]:
    """Return the files below ``certificates/``: path to text.

    Args:
        certificates: what ``certify`` returned.
        spec: the specification.
        undecided: the reason of every Unit that was not delivered, as it is printed in the package.
        context: what ``certify`` was told.
    """
    files = {certificate_path(name): certificate_text(one) for name, one in certificates.items()}
    lowest = weakest(Verdict[one.composed] for one in certificates.values())
    package = PackageCertificate(
        format=FORMAT,
        spec_name=spec.name,
        spec_sha256=spec.digest,
        verdict=_name((Verdict.UNKNOWN if undecided else lowest).name),
        weakest=_name(lowest.name),
        undecided=dict(sorted(undecided.items())),
        families=dict(sorted(context.families.items())),
        tools=dict(sorted(context.tools.items())),
        certificates={path: sha256(text) for path, text in sorted(files.items())},
    )
    return files | {PACKAGE_NAME: package_text(package)}


def _certificate(
    shown: UnitReport, task: TaskState, blobs: Blobs, *, spec: Spec, texts: Mapping[str, str], context: Context
) -> Certificate:
    """Return a certificate that assumes nothing yet."""
    unit = spec.unit(shown.unit)
    winner = task.winner() or Sample(-1)
    inputs = _inputs_of(task, winner, blobs)
    models = next((one.models for one in shown.behaviours if winner.number in one.samples), ())
    families = tuple(sorted({context.families.get(model) or model for model in models}))
    path = spec.module(unit.module).path
    return Certificate(
        format=FORMAT,
        unit=unit.id,
        spec_sha256=spec.digest,
        stub=printed(f"spec/{path}", unit.source),
        code=printed(path, code_in(texts[path], unit.name)),
        verdict=_name(shown.verdict),
        composed=_name(shown.verdict),
        assumes=(),
        votes=shown.votes,
        margin=shown.margin,
        rivals=tuple(one.votes for one in shown.behaviours if winner.number not in one.samples),
        models=models,
        families=families,
        one_family=len(families) < 2,
        checks=_checks((*shown.checks, *shown.laws), context.tools),
        signature=winner.key.hex(),
        exhausted=inputs.exhausted,
        inputs_sha256=inputs_digest(inputs.calls),
        inputs=inputs.calls,
    )


def _inputs_of(task: TaskState, winner: Sample, blobs: Blobs) -> InputSet:
    """Return the inputs on which the winner got its vote key."""
    epoch = next((one for one in reversed(task.epochs) if one.epoch == winner.epoch), None)
    inputs = read_blob(epoch.inputs, blobs, InputSet) if epoch else None
    return inputs or InputSet(task.name, 0, ())


def _checks(checks: Sequence[Check], tools: Mapping[str, str]) -> tuple[CertifiedCheck, ...]:
    solver = f"{SOLVER} {tools.get(SOLVER, 'of an unknown version')}"
    return tuple(
        CertifiedCheck(
            one.check,
            _name(one.verdict),
            one.inputs,
            one.detail or (str(one.counterexample) if one.counterexample else ""),
            solver if one.check.startswith("CrossHair") else "",
        )
        for one in checks
    )


def _composed(spec: Spec, bare: Mapping[str, Certificate]) -> dict[str, Certificate]:
    """Return the certificates with what they assume, each verdict no stronger than that of anything it assumes."""
    units: dict[str, Unit] = {name: spec.unit(name) for name in bare}
    assumed = {name: [one.unit for one in assumptions(spec, unit, bare)] for name, unit in units.items()}
    verdicts = compose({name: Verdict[one.verdict] for name, one in bare.items()}, assumed)
    lowered = {name: msgspec.structs.replace(one, composed=_name(verdicts[name].name)) for name, one in bare.items()}
    return {
        name: msgspec.structs.replace(one, assumes=assumptions(spec, units[name], lowered))
        for name, one in lowered.items()
    }


def _name(verdict: str) -> VerdictName:
    name: VerdictName = msgspec.convert(verdict, VerdictName)
    return name
