"""The workloads by name: their specifications now, their hidden judges only when somebody opens them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from benchmarks.quality.own_judge import OwnJudge
from benchmarks.quality.workloads import Part, Workload, read_part

from swarmwright.errors import UsageError

BENCHMARKS = Path(__file__).resolve().parent.parent
DATA_ENV = "SWARMWRIGHT_BENCH_DATA"
OWN_PARTS = ("counterfactual", "fresh")


def load_own(folder: Path = BENCHMARKS) -> Workload:
    """Return our own set: ``specs/NAME`` judged by ``judges/NAME`` of the folder, for each of ``OWN_PARTS``.

    Raises:
        UsageError: a half is missing.
        SpecError: it cannot be read.
    """
    parts = [Part(n, read_part(folder / "specs" / n), partial(OwnJudge, folder / "judges" / n)) for n in OWN_PARTS]
    return Workload("own", tuple(parts))


def load_textkit(folder: Path = BENCHMARKS) -> Workload:
    """Return the example ``textkit``, judged by ``judges/textkit`` of the folder.

    Raises:
        UsageError: it is missing.
        SpecError: it cannot be read.
    """
    spec = read_part(folder.parent / "examples" / "textkit")
    return Workload("textkit", (Part("textkit", spec, partial(OwnJudge, folder / "judges" / "textkit")),))


FORAGED = {
    "colony": ("specs", "judges"),
    "held-out": ("held_out", "held_out_judges"),
    "unseen": ("unseen", "unseen_judges"),
    "fresh": ("fresh", "fresh_judges"),
    "later": ("later", "later_judges"),
    "latest": ("latest", "latest_judges"),
    "sealed": ("sealed", "sealed_judges"),
    "related": ("related", "related_judges"),
}
"""The colony's sets: the one it was tuned on, one that was held out until it was looked at, one that was run once,
three whose authors never saw the search (``fresh``, ``later`` and ``latest``), and one more of that kind,
``sealed``, which nobody who works on the search looks at: only its totals are read."""


def load_colony(name: str, folder: Path = BENCHMARKS / "colony") -> Workload:
    """Return one of the colony's sets, by its name in ``FORAGED``.

    Raises:
        UsageError: it is missing.
        SpecError: it cannot be read.
    """
    specs, judges = FORAGED[name]
    return Workload(name, (Part(name, read_part(folder / specs), partial(OwnJudge, folder / judges)),))


def data_folder(given: Path | None) -> Path:
    """Return the folder of the data that are not ours: ``--data``, else what the environment says.

    Raises:
        UsageError: neither is given, or it is no folder.
    """
    named = given or (Path(os.environ[DATA_ENV]) if os.environ.get(DATA_ENV) else None)
    if named is None:
        raise UsageError(f"This workload needs data that are not ours: give --data DIR or set {DATA_ENV}.")
    if not named.is_dir():
        raise UsageError(f"{named} is no folder; --data must name the folder that holds the benchmark data.")
    return named
