"""The results of trials, kept as one JSON file, and the two figures side by side: bugs stopped, right ones stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from benchmarks.bugs.planted import Half

from swarmwright.errors import UsageError
from swarmwright.voting.intervals import clopper_pearson

RESULTS_NAME = "results.json"

Fate = Literal["refuted", "contested", "thin", "delivered", "unread"]
"""``thin``: refused for thin evidence; ``contested``: others outvote it, or too few votes are left after all."""
STOPPED: tuple[Fate, ...] = ("refuted", "contested", "thin")


class Result(msgspec.Struct, frozen=True):
    """What became of one planted body.

    ``company`` is how many recorded answers were given beside it; ``by`` the check that stopped it; ``detail`` the
    reason in words. ``doubts`` are all checks that spoke against it without refuting it, whichever came first.
    """

    name: str
    unit: str
    half: Half
    kind: str
    held_out: bool
    company: int
    fate: Fate
    by: str = ""
    detail: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def is_stopped(self) -> bool:
        """Whether it was not delivered."""
        return self.fate in STOPPED

    @property
    def label(self) -> str:
        """The half it belongs to, as the table names it."""
        return label_of(self.half, held_out=self.held_out)


def label_of(half: Half, *, held_out: bool) -> str:
    """Return how tables name a half; the bugs planted by hand are in two parts, of which one is held out."""
    if half == "by_hand":
        return "by hand, held out" if held_out else "by hand, seen"
    return "by mutation" if half == "mutation" else "right bodies"


def write_results(results: Sequence[Result], out: Path) -> None:
    """Write the results into a folder, whole or not at all."""
    part = out / f"{RESULTS_NAME}.part"
    part.write_bytes(msgspec.json.encode(list(results)))
    part.replace(out / RESULTS_NAME)


def read_results(out: Path) -> tuple[Result, ...]:
    """Read what ``write_results`` wrote.

    Raises:
        UsageError: there is none, or another version wrote it.
    """
    try:
        return msgspec.json.decode((out / RESULTS_NAME).read_bytes(), type=tuple[Result, ...])
    except OSError:
        raise UsageError(f"{out} holds no {RESULTS_NAME}; give the folder that a run wrote with --out.") from None
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise UsageError(f"{out / RESULTS_NAME} was written by another version ({error}).") from None


def describe(results: Sequence[Result]) -> str:
    """Return the figures as Markdown: by half, by kind, by who found it, and what was missed."""
    bugs = [result for result in results if result.half != "right"]
    right = [result for result in results if result.half == "right"]
    lines = ["| planted | of | refuted | contested | thin evidence | delivered | stopped |", "|---" * 7 + "|"]
    lines += _rows(bugs, lambda result: result.label)
    lines += [_row("**all bugs**", bugs)] if bugs else []
    lines += [_row("**right bodies**", right)] if right else []
    lines += ["", "| stopped by | bugs | right bodies |", "|---|---|---|"]
    finders = Counter(_finder(r) for r in bugs if r.is_stopped)
    alarms = Counter(_finder(r) for r in right if r.is_stopped)
    lines += [f"| {name} | {finders[name]} | {alarms[name]} |" for name in sorted({*finders, *alarms})]
    lines += ["", "| kind of bug | of | stopped |", "|---|---|---|"]
    for kind in sorted({result.kind for result in bugs}):
        some = [result for result in bugs if result.kind == kind]
        lines.append(f"| {kind} | {len(some)} | {sum(r.is_stopped for r in some)} |")
    return "\n".join([*lines, ""])


def _finder(result: Result) -> str:
    return f"{result.fate}: {result.by}" if result.by else result.fate


def _rows(results: Sequence[Result], label: Callable[[Result], str]) -> Iterable[str]:
    for name in sorted({label(result) for result in results}):
        yield _row(name, [result for result in results if label(result) == name])


def _row(name: str, results: Sequence[Result]) -> str:
    fates = Counter(result.fate for result in results)
    stopped, of = sum(result.is_stopped for result in results), len(results)
    low, high = clopper_pearson(stopped, of)
    counts = " | ".join(str(fates[fate]) for fate in ("refuted", "contested", "thin", "delivered"))
    return f"| {name} | {of} | {counts} | {stopped} ({100 * low:.0f} to {100 * high:.0f} %) |"
