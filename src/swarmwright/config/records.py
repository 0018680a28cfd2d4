"""What an output folder tells of itself: whether its build is finished, and whether its records agree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from swarmwright.adapters.sqlite import open_ledger, verify_ledger
from swarmwright.construct.packaging import LEDGER_NAME, MANIFEST_NAME, digests_in
from swarmwright.construct.recheck import Recheck
from swarmwright.errors import LedgerError
from swarmwright.ledger.folds import RunState, fold
from swarmwright.spec.values import Spec
from swarmwright.swarm.values import ExitReason
from swarmwright.watch.report import Report, build_report

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
        report = msgspec.json.decode((out / MANIFEST_NAME).read_bytes(), type=Report)
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
    if not report.files or digests_in(out, report.files) != report.files:
        return None
    return Finished(ExitReason[ended], state, report.tests)


def check_records(folder: Path, spec: Spec) -> tuple[Recheck, ...]:
    """Hold a folder's ledger against its own chain of digests, and its evidence against the ledger."""
    file = folder / LEDGER_NAME
    if not file.is_file():
        return (Recheck(LEDGER_NAME, "skipped", "the ledger is not here; the evidence is only held against the code"),)
    try:
        found = verify_ledger(file)
        if not found.sound:
            return (Recheck(LEDGER_NAME, "fails", found.fault),)
        return (
            Recheck(LEDGER_NAME, "holds", f"{found.frames} frames, {found.events} events and {found.blobs} blobs"),
            _evidence(folder, file, spec),
        )
    except LedgerError as error:
        return (Recheck(LEDGER_NAME, "fails", str(error)),)


def evidence_text(report: Report) -> str:
    """Return the text of ``evidence.json``."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


def _evidence(folder: Path, file: Path, spec: Spec) -> Recheck:
    ledger = open_ledger(file, create=False, readonly=True)
    try:
        state = fold(ledger.replay())
        if state.closed is None or state.closed.exit_reason not in {reason.name for reason in PACKAGED}:
            return Recheck(MANIFEST_NAME, "skipped", "the run went on after it was written")
        text = (folder / MANIFEST_NAME).read_text(encoding="utf-8")
        said = msgspec.json.decode(text, type=Report)
        told = build_report(state, ledger.blobs, spec=spec, files=said.files, tests=said.tests)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return Recheck(MANIFEST_NAME, "fails", "it cannot be read as evidence of this version")
    finally:
        ledger.close()
    if text != evidence_text(told):
        return Recheck(MANIFEST_NAME, "fails", "it does not say what the ledger tells")
    return Recheck(MANIFEST_NAME, "holds", "it says what the ledger tells")
