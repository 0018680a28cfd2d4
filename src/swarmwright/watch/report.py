"""What a run can show for each Unit: a fold over the ledger, as one value for machines and for people."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from swarmwright.construct.questions import bits_of, worth_of
from swarmwright.ledger.events import IDLE, OFFERED, BlobId, Verified
from swarmwright.ledger.folds import RunState, Sample, TaskState
from swarmwright.ledger.ports import Blobs
from swarmwright.spec.printer import print_stub
from swarmwright.spec.values import Spec
from swarmwright.verify.encoding import describe
from swarmwright.verify.kernel import Recheck
from swarmwright.verify.values import (
    Call,
    CheckResult,
    Counterexample,
    Evidence,
    Examination,
    InputSet,
    Outcome,
    Separation,
    Verdict,
)

REPORT_FORMAT = 1
MOST_DISTINCTIONS = 8
MOST_TEXT = 300

_Kind = TypeVar("_Kind")
Status = Literal["delivered", "undecided", "open"]


class Distinction(msgspec.Struct, frozen=True):
    """An input on which behaviours differ: the call, and what each says (same order as ``behaviours``)."""

    call: str
    answers: tuple[str, ...]


class Behaviour(msgspec.Struct, frozen=True):
    """One way to behave that some proposals share: its samples, who proposed them, and one body."""

    key: str
    votes: int
    samples: tuple[int, ...]
    models: tuple[str, ...]
    body_sha256: str
    body: str


class Check(msgspec.Struct, frozen=True):
    """What one check showed; the verdict by its name."""

    check: str
    verdict: str
    inputs: int
    seconds: float
    detail: str
    counterexample: Counterexample | None = None


class UnitReport(msgspec.Struct, frozen=True):
    """What one Unit got. Seconds are those of the model's answers; ``inputs`` those of the last epoch.

    ``offers`` are answers that hold inputs to try and no proposal. ``risk`` is the estimated probability that the
    winner is wrong, as it was when it was verified last (0 where nobody estimated it).
    """

    unit: str
    status: Status
    verdict: str
    reason: str
    votes: int
    margin: int
    samples: int
    offers: int
    flags: dict[str, int]
    refuted: dict[str, int]
    behaviours: tuple[Behaviour, ...]
    distinctions: tuple[Distinction, ...]
    separations: tuple[Separation, ...]
    epochs: int
    inputs: int
    exhausted: bool
    checks: tuple[Check, ...]
    laws: tuple[Check, ...]
    mutants: int
    mutants_killed: int
    mutants_different: int
    models: tuple[str, ...]
    tokens_in: int
    tokens_out: int
    cost_usd: float
    seconds: float
    stub_sha256: str
    body_sha256: str
    risk: float = 0.0


class Costs(msgspec.Struct, frozen=True):
    """What a whole run came to."""

    answers: int
    kept: int
    failed: int
    asked_again: int
    votes: int
    tokens_in: int
    tokens_out: int
    cost_usd: float
    flags: dict[str, int]


class Report(msgspec.Struct, frozen=True):
    """A run's evidence; ``files`` are the SHA-256 digests of what was written, ``delivered`` the Units' ids.

    ``tests`` is what the package's own tests said when it was written.
    """

    format: int
    spec_name: str
    spec_digest: str
    exit_reason: str
    options: dict[str, str]
    delivered: tuple[str, ...]
    undecided: dict[str, str]
    units: tuple[UnitReport, ...]
    costs: Costs
    notes: tuple[str, ...]
    files: dict[str, str]
    tests: Recheck | None = None

    @property
    def expected_wrong(self) -> float:
        """How many delivered Units are expected to be wrong: the sum of their estimated risks."""
        return sum(unit.risk for unit in self.units if unit.status == "delivered")

    @property
    def complete(self) -> bool:
        """Whether every Unit was delivered."""
        return all(unit.status == "delivered" for unit in self.units)


class _Story(msgspec.Struct):
    """The part of a verification's blob that is read here."""

    evidence: Evidence


def build_report(
    state: RunState,
    blobs: Blobs,
    *,
    spec: Spec | None = None,
    files: Mapping[str, str] | None = None,
    tests: Recheck | None = None,
) -> Report:
    """Return what the run shows so far.

    Args:
        state: the fold of the run's events.
        blobs: the ledger's blobs.
        spec: the specification, for the digests of the stubs.
        files: path to SHA-256 of what was written to the output folder.
        tests: what the package's own tests said.
    """
    stubs = {str(unit.id): _sha256(print_stub(unit)) for unit in spec.units()} if spec else {}
    units = tuple(report_unit(task, blobs, stubs.get(task.name, "")) for task in state.all_tasks())
    totals = state.totals
    return Report(
        format=REPORT_FORMAT,
        spec_name=state.spec_name,
        spec_digest=state.spec_digest,
        exit_reason=state.closed.exit_reason if state.closed else "",
        options=dict(sorted(state.options.items())),
        delivered=tuple(unit.unit for unit in units if unit.status == "delivered"),
        undecided={unit.unit: unit.reason for unit in units if unit.status == "undecided"},
        units=units,
        costs=Costs(
            totals.answers,
            totals.kept,
            totals.failed,
            totals.asked_again,
            totals.votes,
            totals.tokens_in,
            totals.tokens_out,
            totals.cost_usd,
            {name: count for name, count in sorted(totals.flags.items()) if name != OFFERED},
        ),
        notes=tuple(f"{note.topic}: {note.text}" for note in state.notes),
        files=dict(files or {}),
        tests=tests,
    )


def report_unit(task: TaskState, blobs: Blobs, stub_sha256: str = "") -> UnitReport:
    """Return what one Task shows so far."""
    behaviours = find_behaviours(task, blobs)
    evidence = last_evidence(task, blobs)
    winner = task.winner()
    samples = list(task.samples.values())
    votes, margin = _votes(task, behaviours)
    return UnitReport(
        unit=task.name,
        status=status_of(task),
        verdict=_verdict(task, evidence),
        reason=task.decided.reason if task.decided else "",
        votes=votes,
        margin=margin,
        samples=sum(sample.answered and sample.flag != IDLE for sample in samples) or sum(task.keys.values()),
        offers=sum(sample.flag == OFFERED for sample in samples),
        flags=_count(sample.flag for sample in samples if sample.flag not in (OFFERED, IDLE)),
        refuted=_count(sample.refuted for sample in samples),
        behaviours=behaviours,
        distinctions=find_distinctions(task, behaviours, blobs) if len(behaviours) > 1 else (),
        separations=evidence.separations if evidence else (),
        epochs=len(task.epochs),
        inputs=task.epochs[-1].count if task.epochs else 0,
        exhausted=task.epochs[-1].exhausted if task.epochs else False,
        checks=_named(_examined_checks(winner, blobs) + (evidence.checks if evidence else ())),
        laws=_named(_law_checks(task, blobs)),
        mutants=evidence.mutants if evidence else 0,
        mutants_killed=evidence.mutants_killed if evidence else 0,
        mutants_different=evidence.mutants_different if evidence else 0,
        models=tuple(sorted({sample.model for sample in samples if sample.model})),
        tokens_in=sum(sample.tokens_in for sample in samples),
        tokens_out=sum(sample.tokens_out for sample in samples),
        cost_usd=sum(sample.cost_usd for sample in samples),
        seconds=round(sum(sample.seconds for sample in samples), 3),
        stub_sha256=stub_sha256,
        body_sha256=_sha256(text_of(winner.body, blobs)) if winner else "",
        risk=task.verified[-1].risk if task.verified else 0.0,
    )


def status_of(task: TaskState) -> Status:
    """Return how a Task ended, or that it is open."""
    if task.decided is None:
        return "open"
    return "delivered" if task.decided.delivered else "undecided"


def find_behaviours(task: TaskState, blobs: Blobs) -> tuple[Behaviour, ...]:
    """Return the behaviours that still vote, the one with most votes first (then the oldest)."""
    samples: dict[bytes, list[Sample]] = {}
    for _, sample in sorted(task.samples.items()):
        if sample.key and not sample.flag and not sample.refuted:
            samples.setdefault(sample.key, []).append(sample)
    found = [
        Behaviour(
            key=key.hex()[:16],
            votes=len(group),
            samples=tuple(sample.number for sample in group),
            models=tuple(sorted({proposer_of(sample) for sample in group})),
            body_sha256=_sha256(text_of(group[0].body, blobs)),
            body=text_of(group[0].body, blobs),
        )
        for key, group in samples.items()
    ]
    return tuple(sorted(found, key=lambda behaviour: (-behaviour.votes, behaviour.samples)))


def proposer_of(sample: Sample) -> str:
    """Return who proposed a sample: the model's name, or that of the Archetype that asks none."""
    return sample.model or sample.archetype


def find_distinctions(task: TaskState, behaviours: Sequence[Behaviour], blobs: Blobs) -> tuple[Distinction, ...]:
    """Return inputs of the last epoch on which the behaviours differ, those whose answers would settle most first."""
    inputs = read_blob(task.epochs[-1].inputs, blobs, InputSet) if task.epochs else None
    stories = [read_blob(task.samples[b.samples[0]].story, blobs, Examination) for b in behaviours]
    if inputs is None or any(story is None for story in stories):
        return ()
    found = []
    outcomes = [story.outcomes for story in stories if story is not None]
    for call, *answers in zip(inputs.calls, *outcomes, strict=False):
        texts = tuple(describe_outcome(answer) for answer in answers)
        if len(set(texts)) > 1:
            found.append(Distinction(describe_call(call), texts))
    votes = [behaviour.votes for behaviour in behaviours]
    found.sort(key=lambda one: (-_worth(one, votes), len(one.call), one.call))
    return tuple(found[:MOST_DISTINCTIONS])


def _worth(distinction: Distinction, votes: Sequence[int]) -> float:
    parts: Counter[str] = Counter()
    for answer, count in zip(distinction.answers, votes, strict=True):
        parts[answer] += count
    return worth_of(bits_of(list(parts.values())), distinction.call, distinction.answers)


def describe_call(call: Call) -> str:
    """Return a call as Python source, cut where it is long."""
    arguments = [describe(value) for value in call.args] + [f"{name}={describe(value)}" for name, value in call.kwargs]
    return cut(f"{call.unit.rpartition('.')[2]}({', '.join(arguments)})")


def describe_outcome(outcome: Outcome) -> str:
    """Return what a call did, in a few words."""
    if outcome.kind == "value":
        return cut(describe(outcome.value))
    return {"raise": f"raises {outcome.error}", "timeout": "does not end in time", "died": "kills its process"}.get(
        outcome.kind, "returns something that cannot be compared"
    )


def last_evidence(task: TaskState, blobs: Blobs) -> Evidence | None:
    """Return what the last verification of a Task's leader showed, if there was one."""
    found = (evidence_of(verified, blobs) for verified in reversed(task.verified))
    return next((evidence for evidence in found if evidence is not None), None)


def evidence_of(verified: Verified, blobs: Blobs) -> Evidence | None:
    """Return what one verification showed; None where it is not kept."""
    story = read_blob(verified.evidence, blobs, _Story)
    return story.evidence if story is not None else None


def text_of(blob: bytes, blobs: Blobs) -> str:
    """Return a text blob; empty where there is none."""
    if not blob:
        return ""
    try:
        return blobs.get(BlobId(blob)).decode("utf-8", "replace")
    except KeyError:
        return ""


def cut(text: str, most: int = MOST_TEXT) -> str:
    """Return the text, its middle left out where it is longer than ``most`` characters."""
    return text if len(text) <= most else f"{text[: most // 2]} ... {text[-most // 2 :]}"


def read_blob(blob: bytes, blobs: Blobs, kind: type[_Kind]) -> _Kind | None:
    """Return a blob as a value of that type; None where it is not kept or is of another version."""
    try:
        return msgspec.json.decode(blobs.get(BlobId(blob)), type=kind) if blob else None
    except (KeyError, msgspec.MsgspecError):
        return None


def _votes(task: TaskState, behaviours: Sequence[Behaviour]) -> tuple[int, int]:
    if task.decided is not None and task.decided.delivered:
        return task.decided.votes, task.decided.margin
    counts = [behaviour.votes for behaviour in behaviours] or sorted(task.keys.values(), reverse=True)
    first, second = [*counts, 0, 0][:2]
    return first, first - second


def _verdict(task: TaskState, evidence: Evidence | None) -> str:
    if task.decided is not None and task.decided.delivered:
        return Verdict(task.decided.verdict).name
    return evidence.verdict.name if evidence else Verdict.UNKNOWN.name


def _examined_checks(winner: Sample | None, blobs: Blobs) -> tuple[CheckResult, ...]:
    story = read_blob(winner.story, blobs, Examination) if winner else None
    return story.checks if story else ()


def _law_checks(task: TaskState, blobs: Blobs) -> tuple[CheckResult, ...]:
    if not task.together:
        return ()
    return tuple(read_blob(task.together[-1].evidence, blobs, list[CheckResult]) or ())


def _named(checks: Iterable[CheckResult]) -> tuple[Check, ...]:
    return tuple(
        Check(one.check, one.verdict.name, one.inputs, round(one.seconds, 4), one.detail, one.counterexample)
        for one in checks
    )


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(name for name in names if name).items()))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
