"""What an output folder tells of itself: whether its build is finished, and whether all its records agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from swarmwright.adapters.sqlite import open_ledger, verify_ledger
from swarmwright.construct.packaging import LEDGER_FILES, LEDGER_NAME, digests_in
from swarmwright.errors import LedgerError
from swarmwright.ledger.folds import RunState, fold
from swarmwright.ledger.ports import Blobs
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec
from swarmwright.swarm.values import ExitReason
from swarmwright.verify.certificates import (
    EVIDENCE_NAME,
    MANIFEST_NAME,
    PACKAGE_NAME,
    PackageCertificate,
    read_manifest,
)
from swarmwright.verify.kernel import Package, Recheck, check_bytes, failed, read_package, said_by
from swarmwright.watch.certifying import Context, certify, write_certificates
from swarmwright.watch.report import Report, build_report, text_of

PACKAGED = frozenset(
    {
        ExitReason.ALL_DELIVERED,
        ExitReason.SOME_UNDECIDED,
        ExitReason.BUDGET_CALLS,
        ExitReason.BUDGET_SECONDS,
        ExitReason.BUDGET_TOKENS,
        ExitReason.BUDGET_USD,
    }
)
"""Exit reasons with which a package is written; after the others the same command goes on first."""
_FINISHED = frozenset({ExitReason.ALL_DELIVERED.name, ExitReason.SOME_UNDECIDED.name})


class Finished(msgspec.Struct, frozen=True):
    """A build that was finished before: how it ended, all its ledger tells, and what its own tests said."""

    exit_reason: ExitReason
    state: RunState
    tests: Recheck


def find_finished(out: Path, spec: Spec, options: Mapping[str, str]) -> Finished | None:
    """Return the build of that specification and those options, if nothing in the folder is left to do.

    Every unit is decided, every file is as it was written, and the package's own tests passed then. What cannot be
    read counts as not finished: whoever goes on will say what is wrong with it.
    """
    try:
        report = msgspec.json.decode((out / EVIDENCE_NAME).read_bytes(), type=Report)
        ledger = open_ledger(out / LEDGER_NAME, create=False, readonly=True)
        try:
            state = fold(ledger.replay())
        finally:
            ledger.close()
    except (OSError, msgspec.MsgspecError, LedgerError):
        return None
    ended = state.closed.exit_reason if state.closed is not None else ""
    same = state.spec_digest == report.spec_digest == spec.digest and state.options == dict(options)
    if not same or ended not in _FINISHED or report.tests is None or report.tests.status != "holds":
        return None
    if failed(check_bytes(out, apart=LEDGER_NAME)):
        return None
    return Finished(ExitReason[ended], state, report.tests)


# Whether all that is recorded agrees


def check_records(folder: Path) -> tuple[Recheck, ...]:
    """Compare every byte of a delivered folder with its digests, and where all are the same its evidence with its
    ledger.

    Raises:
        OutputFolderError: the folder holds no package of ours.
    """
    found = (*check_bytes(folder, apart=LEDGER_NAME), *check_ledger(folder))
    if failed(found) or not (folder / LEDGER_NAME).is_file():
        return found
    return (*found, *_check_evidence(folder))


def check_ledger(folder: Path) -> tuple[Recheck, ...]:
    """Hold a folder's ledger against the manifest, and against its own chain of digests.

    A writer that opened it again since (a build that had nothing to do, or was broken off) took its seal away or made
    a new one: then both files differ from the manifest, and the chain alone decides.
    """
    file, lock = folder / LEDGER_NAME, folder / LEDGER_FILES[1]
    if not file.is_file():
        return (Recheck(LEDGER_NAME, "skipped", "the ledger is not here; the evidence is only held against the code"),)
    listed = read_manifest((folder / MANIFEST_NAME).read_bytes()) if (folder / MANIFEST_NAME).is_file() else None
    expected = {name: digest for name, digest in (listed or {}).items() if name in LEDGER_FILES}
    now = digests_in(folder, expected)
    changed = [name for name, digest in expected.items() if now.get(name) != digest]
    unsealed = lock.name in changed and (LEDGER_NAME in changed or not lock.is_file() or not lock.stat().st_size)
    if changed and not unsealed:
        return tuple(Recheck(name, "fails", "the file was changed after it was delivered") for name in changed)
    try:
        seen = verify_ledger(file)
    except LedgerError as error:
        return (Recheck(LEDGER_NAME, "fails", str(error)),)
    if not seen.sound:
        return (Recheck(LEDGER_NAME, "fails", seen.fault),)
    again = "; it was opened again after the package was written" if unsealed else ""
    counts = f"{seen.frames} frames, {seen.events} events and {seen.blobs} blobs{again}"
    return (Recheck(LEDGER_NAME, "holds", counts),)


def evidence_text(report: Report) -> str:
    """Return the text of ``evidence.json``."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


def _check_evidence(folder: Path) -> tuple[Recheck, ...]:
    """Tell the evidence and the certificates once more from the ledger, and compare."""
    try:
        ledger = open_ledger(folder / LEDGER_NAME, create=False, readonly=True)
    except LedgerError as error:
        return (Recheck(LEDGER_NAME, "fails", str(error)),)
    try:
        state = fold(ledger.replay())
        if state.closed is None or state.closed.exit_reason not in {reason.name for reason in PACKAGED}:
            return (Recheck(EVIDENCE_NAME, "skipped", "the run went on after it was written"),)
        told = _told(folder, state, ledger.blobs)
        unlike = sorted(name for name, text in told if (folder / name).read_bytes() != text.encode())
        found = [Recheck(name, "fails", "it does not say what the ledger tells") for name in unlike]
        found += _check_code(read_package(folder), state, ledger.blobs)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return (Recheck(EVIDENCE_NAME, "fails", "it cannot be read as evidence of this version"),)
    finally:
        ledger.close()
    return tuple(found) or (Recheck(EVIDENCE_NAME, "holds", "it, code and certificates say what the ledger tells"),)


def _check_code(package: Package, state: RunState, blobs: Blobs) -> Iterator[Recheck]:
    for name, body in package.bodies.items():
        winner = state.named(name).winner()
        if winner is None or said_by(text_of(winner.body, blobs))[0] != said_by(body)[0]:
            yield Recheck(name, "fails", "its code is not what the ledger says was delivered")


def _told(folder: Path, state: RunState, blobs: Blobs) -> Iterator[tuple[str, str]]:
    """Yield path and text of what a ledger tells; only what it cannot know is taken from the folder."""
    said = msgspec.json.decode((folder / EVIDENCE_NAME).read_bytes(), type=Report)
    whole = msgspec.json.decode((folder / PACKAGE_NAME).read_bytes(), type=PackageCertificate)
    spec = read_spec(folder / "spec" / whole.spec_name)
    report = build_report(state, blobs, spec=spec, files=said.files, tests=said.tests)
    yield EVIDENCE_NAME, evidence_text(report)
    ended = f"not decided: {ExitReason[report.exit_reason].sentence}"
    context = Context(whole.families, whole.tools)
    texts = {module.path: (folder / module.path).read_text(encoding="utf-8") for module in spec.modules}
    certificates = certify(report, state, blobs, spec=spec, texts=texts, context=context)
    undecided = {unit.unit: unit.reason or ended for unit in report.units if unit.status != "delivered"}
    yield from write_certificates(certificates, spec=spec, undecided=undecided, context=context).items()
