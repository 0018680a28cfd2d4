"""What this machine has for building, what is missing, and what would mend it."""

from __future__ import annotations

import platform
import shutil
import sys

import msgspec

from swarmwright.adapters import hub
from swarmwright.adapters.llamacpp import is_installed, usable_cores
from swarmwright.adapters.sandbox import probe_tiers
from swarmwright.errors import SwarmwrightError

_ROOM_BYTES = 4 << 30


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at; ``needed`` means nothing can be built without it."""

    subject: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = False


def doctor_report() -> tuple[Finding, ...]:
    """Look at interpreter, sandbox, local model and disk; nothing is fetched and nothing is changed."""
    return (_python(), *_sandboxes(), _cores(), _llamacpp(), *_models(), _disk())


def _python() -> Finding:
    version = platform.python_version()
    return Finding("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer", needed=True)


def _sandboxes() -> list[Finding]:
    reports = [report for report in probe_tiers() if report.name != "weak"]
    best = next((report for report in reports if report.works), None)
    remedies = "; or ".join(report.remedy for report in reports if report.remedy)
    found = [
        Finding(f"sandbox: {report.name}", report.works, report.detail, "" if report.works else report.remedy)
        for report in reports
    ]
    chosen = f"{best.name} will be used" if best else "generated code cannot be isolated here"
    return [*found, Finding("sandbox", best is not None, chosen, "" if best else remedies, needed=True)]


def _cores() -> Finding:
    cores = usable_cores()
    return Finding("cores", True, f"{cores} usable")


def _llamacpp() -> Finding:
    there = is_installed()
    return Finding(
        "llama.cpp (local models)",
        there,
        "installed" if there else "not installed; only endpoints can be asked",
        "" if there else "pip install 'swarmwright[local]'",
    )


def _models() -> list[Finding]:
    try:
        states = hub.models_list()
    except SwarmwrightError as error:
        return [Finding("models", False, str(error))]
    return [
        Finding(
            f"model {state.name}",
            state.present == "yes",
            f"{state.path}"
            if state.present == "yes"
            else f"fetched with the first build ({state.bytes_all / 1e6:.0f} MB)",
            "" if state.present == "yes" else f"swarmwright models pull {state.name}",
        )
        for state in states
    ]


def _disk() -> Finding:
    folder = hub.cache_folder()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    remedy = "" if free >= _ROOM_BYTES else "free some space; two models need 1.6 GB"
    return Finding("disk", free >= _ROOM_BYTES, f"{free / 1e9:.1f} GB free where models are kept", remedy)
