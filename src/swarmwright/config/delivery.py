"""From a build's end to a sealed package in its folder."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import msgspec

from swarmwright import __version__
from swarmwright.agents.ports import Model
from swarmwright.config.records import PACKAGED, evidence_text
from swarmwright.construct.assembly import assemble
from swarmwright.construct.packaging import digests, format_files, write_package
from swarmwright.construct.pipeline import Built
from swarmwright.construct.recheck import run_tests, tested
from swarmwright.ledger.folds import fold
from swarmwright.ledger.ports import Ledger
from swarmwright.spec.values import Spec
from swarmwright.verify.certificates import EVIDENCE_NAME
from swarmwright.verify.kernel import Recheck
from swarmwright.verify.ports import Sandbox
from swarmwright.watch.certifying import Context, certify, write_certificates
from swarmwright.watch.markdown import write_markdown
from swarmwright.watch.report import build_report

_TOOLS = ("crosshair-tool", "hypothesis", "icontract", "mypy", "ruff")


def context_of(models: Mapping[str, Model]) -> Context:
    """Return what certificates say of the models and of the programs that checked."""
    tools = {name: metadata.version(name) for name in _TOOLS}
    tools |= {"python": platform.python_version(), "swarmwright": __version__}
    return Context({name: model.family for name, model in models.items()}, tools)


async def deliver(
    spec: Spec, built: Built, ledger: Ledger, out: Path, *, sandbox: Sandbox, context: Context
) -> Recheck | None:
    """Write the package with its certificates and evidence, after its own tests ran in the sandbox.

    The manifest is written later, when the ledger is closed. None where it is too early for a package.

    Raises:
        OutputFolderError: the folder is not ours, or cannot be written.
        StorageFullError: the disk is full.
    """
    if built.exit_reason not in PACKAGED:
        return None
    texts = format_files(assemble(spec, built.delivered, built.undecided))
    tests = await run_tests({name: texts[name].encode() for name in tested(list(texts))}, sandbox)
    state = fold(ledger.replay())
    report = build_report(state, ledger.blobs, spec=spec, tests=tests)
    certificates = certify(report, state, ledger.blobs, spec=spec, texts=texts, context=context)
    texts |= write_certificates(certificates, spec=spec, undecided=built.undecided, context=context)
    texts["EVIDENCE.md"] = write_markdown(report, certificates)
    evidence = evidence_text(msgspec.structs.replace(report, files=digests(texts)))
    write_package({**texts, EVIDENCE_NAME: evidence}, out)
    _remove_stale(out)
    return tests


def _remove_stale(out: Path) -> None:
    """Remove byte code that belongs to files written before."""
    for folder in out.rglob("__pycache__"):
        shutil.rmtree(folder, ignore_errors=True)
