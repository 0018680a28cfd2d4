"""What is known of each Task while it is built: a fold over the run's events, so that a resumed run knows the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from swarmwright.agents.conditions import parse_statement
from swarmwright.agents.expectations import Expectation, parse_expectations
from swarmwright.ledger.events import (
    COLONY,
    EXPECTED,
    OFFERED,
    SLOW_VERSION,
    STATED,
    UNTOLD_VERSION,
    Answered,
    AnyEvent,
    Asked,
    Decided,
    EpochOpened,
    Examined,
    Result,
    TaskId,
    Together,
    Verified,
)
from swarmwright.ledger.ports import Blobs
from swarmwright.verify.values import Examination, InputSet, Stated


class Proposal(msgspec.Struct):
    """One sample of a Task: who was asked, and the blob of the body that was read from the answer."""

    rung: int
    archetype: str
    model: str
    body: bytes = b""
    flag: str = ""
    detail: str = ""

    @property
    def proposer(self) -> str:
        """The model that wrote it, or the Archetype that asks none."""
        return self.model or self.archetype

    @property
    def is_mended(self) -> bool:
        """Whether it is a refuted Proposal with small edits."""
        return self.archetype not in ("", COLONY) and not self.model


class Dossier(msgspec.Struct):
    """Everything known of one Task."""

    proposals: dict[int, Proposal] = {}
    inputs: dict[int, InputSet] = {}
    results: dict[int, dict[int, Result]] = {}
    leading: int = -1
    decided: bool = False
    delivered: bool = False
    reason: str = ""


class Dossiers:
    """All Dossiers of a run; ``absorb`` is called with every event, replayed or new, once."""

    def __init__(self, blobs: Blobs) -> None:
        """Read blobs from the run's ledger."""
        self._blobs = blobs
        self._all: dict[TaskId, Dossier] = {}

    def __getitem__(self, task: TaskId) -> Dossier:
        """Return the Dossier of a Task, an empty one where nothing happened yet."""
        return self._all.setdefault(task, Dossier())

    def absorb(self, events: Iterable[AnyEvent]) -> None:
        """Take note of what happened."""
        for event in events:
            match event:
                case Asked():
                    for sample in range(event.first, event.first + event.count):
                        self[event.task].proposals[sample] = Proposal(event.rung, event.archetype, event.model)
                case Answered():
                    self._answered(event)
                case EpochOpened():
                    inputs = msgspec.json.decode(self._blobs.get(event.inputs), type=InputSet)
                    self[event.task].inputs[event.epoch] = inputs
                case Examined():
                    known = self[event.task].results.setdefault(event.epoch, {})
                    known.update({result.sample: result for result in event.results})
                case Verified() if event.accepted:
                    self[event.task].leading = event.sample
                case Together():
                    for task, sample in event.picks:
                        self[task].leading = sample
                case Decided():
                    dossier = self[event.task]
                    dossier.decided, dossier.delivered = True, event.delivered
                    dossier.leading, dossier.reason = event.sample, event.reason
                case _:
                    pass

    def body(self, task: TaskId, sample: int) -> str:
        """Return the body of that sample; raise ``KeyError`` where it has none."""
        proposal = self[task].proposals[sample]
        if not proposal.body:
            raise KeyError(sample)
        return self._blobs.get(proposal.body).decode()

    def refuted(self, task: TaskId) -> Mapping[int, str]:
        """Return the bodies that a counterexample refuted, by sample; those that a model wrote."""
        found: dict[int, str] = {}
        for sample, proposal in sorted(self[task].proposals.items()):
            seen = self.last_refutation(task, sample)
            if seen is not None and seen.counterexample is not None and not proposal.is_mended:
                found[sample] = self.body(task, sample)
        return found

    def offered(self, task: TaskId) -> tuple[str, ...]:
        """Return the calls that testers offered, as source text, in the order of their samples."""
        texts: dict[str, None] = {}
        for detail, body in self._offers(task):
            if detail == EXPECTED:
                texts.update(dict.fromkeys(one.call for one in parse_expectations(body)))
            elif detail not in (SLOW_VERSION, STATED, UNTOLD_VERSION):
                texts.update(dict.fromkeys(body.splitlines()))
        return tuple(texts)

    def expectations(self, task: TaskId) -> tuple[Expectation, ...]:
        """Return what testers expect of which calls, once each; two testers may expect different results."""
        found = (one for detail, body in self._offers(task) if detail == EXPECTED for one in parse_expectations(body))
        return tuple(dict.fromkeys(one for one in found if one.want or one.raises))

    def slow_versions(self, task: TaskId) -> tuple[str, ...]:
        """Return the distinct bodies that were written to compare a winner with."""
        return tuple(dict.fromkeys(body for detail, body in self._offers(task) if detail == SLOW_VERSION))

    def untold(self, task: TaskId) -> tuple[str, ...]:
        """Return the distinct bodies that were written without the exceptions of the prose."""
        return tuple(dict.fromkeys(body for detail, body in self._offers(task) if detail == UNTOLD_VERSION))

    def statements(self, task: TaskId) -> tuple[Stated, ...]:
        """Return how testers read sentences of the prose, one for each sample that wrote one down."""
        return tuple(parse_statement(body) for detail, body in self._offers(task) if detail == STATED)

    def _offers(self, task: TaskId) -> Iterator[tuple[str, str]]:
        """Yield (kind, body) of every answer that offers something, in the order of their samples."""
        for _, proposal in sorted(self[task].proposals.items()):
            if proposal.flag == OFFERED and proposal.body:
                yield proposal.detail, self._blobs.get(proposal.body).decode()

    def behaviours(self, task: TaskId, epoch: int) -> Mapping[bytes, tuple[int, ...]]:
        """Return the samples behind each vote key of an epoch, those without a vote left out."""
        found: dict[bytes, list[int]] = {}
        for sample, result in sorted(self[task].results.get(epoch, {}).items()):
            if result.key and not result.flag:
                found.setdefault(result.key, []).append(sample)
        return {key: tuple(samples) for key, samples in found.items()}

    def examination(self, task: TaskId, epoch: int, sample: int) -> Examination | None:
        """Return the whole Examination of a sample in an epoch, or None where none is kept."""
        result = self[task].results.get(epoch, {}).get(sample)
        if result is None or not result.story:
            return None
        return msgspec.json.decode(self._blobs.get(result.story), type=Examination)

    def last_refutation(self, task: TaskId, sample: int) -> Examination | None:
        """Return the Examination that refuted or flagged a sample, from the latest epoch that has one."""
        for epoch in sorted(self[task].results, reverse=True):
            examination = self.examination(task, epoch, sample)
            if examination is not None and examination.key is None:
                return examination
        return None

    def _answered(self, event: Answered) -> None:
        proposals = self[event.task].proposals
        for number, answer in enumerate(event.answers, start=event.first):
            proposal = proposals.setdefault(number, Proposal(0, "", ""))
            proposal.body, proposal.flag, proposal.detail = answer.body, answer.flag, answer.detail
