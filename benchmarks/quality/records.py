"""What is kept of a run, so that rules are compared on the same completions in seconds: the matrix, one JSON file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from swarmwright.errors import UsageError
from swarmwright.verify.values import Evidence
from swarmwright.watch.report import UnitReport

FORMAT = 1
MATRIX_NAME = "matrix.json"

Kind = Literal["sample", "repair", "witness"]
Mode = Literal["live", "replay"]


class Verdict(msgspec.Struct, frozen=True):
    """What the hidden judge says of one body; call, got and want are of the first input on which it is wrong."""

    right: bool
    call: str = ""
    got: str = ""
    want: str = ""
    reason: str = ""


class Body(msgspec.Struct, frozen=True):
    """One distinct text that was proposed for a Unit, and what the pipeline and the hidden judge say of it.

    ``key`` is its signature cluster in the last epoch (hex; empty: it does not vote), ``refuted`` the check that
    refuted it, ``flag`` its red flag, ``said`` the pipeline's first counterexample or detail. ``verdict`` is None
    until it was judged.
    """

    text: str
    key: str
    refuted: str
    flag: str
    said: str
    verdict: Verdict | None = None

    @property
    def passes(self) -> bool:
        """Whether it is unrefuted and not flagged: everything visible holds."""
        return not self.refuted and not self.flag and bool(self.key)

    @property
    def right(self) -> bool:
        """Whether the hidden judge found it right."""
        return self.verdict is not None and self.verdict.right


class Proposal(msgspec.Struct, frozen=True):
    """One sample that the run asked for. ``body`` is its place among the Unit's bodies (-1: none was read).

    ``model`` is empty where no model was asked. ``missing`` says that a replay had nothing recorded for it. Tokens in
    are counted on the first sample of a request only, as the endpoint counts them.
    """

    sample: int
    kind: Kind
    archetype: str
    model: str
    body: int
    flag: str
    tokens_in: int
    tokens_out: int
    missing: bool = False


class UnitRecord(msgspec.Struct, frozen=True):
    """Everything that a run showed of one Unit. ``delivered`` is a place in ``bodies`` (-1: undecided).

    ``part`` is the half of a workload it belongs to; ``tests`` the tests that models wrote, as text; ``agreements``
    holds for each body the numbers of those tests that it passes, once they were run. ``evidence`` is that of the
    last verification of a leader.
    """

    part: str
    unit: str
    stub: str
    returns: str
    examples: int
    delivered: int
    reason: str
    proposals: tuple[Proposal, ...]
    bodies: tuple[Body, ...]
    report: UnitReport
    evidence: Evidence | None = None
    tests: tuple[str, ...] = ()
    agreements: tuple[tuple[int, ...], ...] = ()

    @property
    def judged(self) -> bool:
        """Whether every body has a hidden verdict."""
        return all(body.verdict is not None for body in self.bodies)

    @property
    def any_right(self) -> bool:
        """Whether any sample or repair was right."""
        return any(body.right for body in self.bodies)

    @property
    def voters(self) -> tuple[Proposal, ...]:
        """The proposals that were asked as plain samples, in order: what the simple rules see."""
        return tuple(proposal for proposal in self.proposals if proposal.kind == "sample")


class Matrix(msgspec.Struct, frozen=True):
    """A whole run over a workload."""

    format: int
    workload: str
    mode: Mode
    ladder: str
    units: tuple[UnitRecord, ...]


def write_matrix(matrix: Matrix, out: Path) -> Path:
    """Write the matrix into a folder, whole or not at all, and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / MATRIX_NAME
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(matrix))
    part.replace(path)
    return path


def read_matrix(out: Path) -> Matrix:
    """Read what ``write_matrix`` wrote.

    Raises:
        UsageError: there is none, or another version wrote it.
    """
    path = out / MATRIX_NAME
    try:
        matrix = msgspec.json.decode(path.read_bytes(), type=Matrix)
    except OSError:
        raise UsageError(f"{out} holds no {MATRIX_NAME}; give the folder that a run wrote with --out.") from None
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise UsageError(f"{path} was written by another version ({error}); run the workload again.") from None
    if matrix.format != FORMAT:
        raise UsageError(f"{path} is of format {matrix.format}, and this reads {FORMAT}; run the workload again.")
    return matrix
