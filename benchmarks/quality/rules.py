"""Rules of delivery, side by side on the same completions. Pure: a rule sees one Unit's record and picks a body.

``first``, ``passing`` and ``text`` are what a single model or plain self-consistency gives; ``signature`` is the
biggest cluster of equal behaviour (AlphaCode, Li et al. 2022); ``codet`` is dual execution agreement (Chen et al.
2022, arXiv 2207.10397): the cluster with the greatest (samples) x (tests passed), over clusters that pass the same
tests. They see the plain samples that the run asked for; ``ours`` is what the pipeline delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

import msgspec
from benchmarks.quality.records import Proposal, UnitRecord

from swarmwright.voting.intervals import clopper_pearson


class Choice(msgspec.Struct, frozen=True):
    """What a rule delivers for a Unit (-1: nothing), and the answers and tokens that it needed to see."""

    body: int
    answers: int
    tokens: int


Rule = Callable[[UnitRecord], Choice | None]
"""None: the rule does not apply to this Unit (there are no tests)."""


def _choice(body: int, seen: Sequence[Proposal]) -> Choice:
    bought = [proposal for proposal in seen if proposal.model and not proposal.missing]
    return Choice(body, len(bought), sum(proposal.tokens_in + proposal.tokens_out for proposal in bought))


def first_sample(record: UnitRecord) -> Choice:
    """Deliver the first sample, whatever it is."""
    seen = record.voters[:1]
    return _choice(seen[0].body if seen else -1, seen)


def first_passing(record: UnitRecord) -> Choice:
    """Deliver the first sample that passes the visible checks."""
    seen: list[Proposal] = []
    for proposal in record.voters:
        seen.append(proposal)
        if proposal.body >= 0 and record.bodies[proposal.body].passes:
            return _choice(proposal.body, seen)
    return _choice(-1, seen)


def majority_by_text(record: UnitRecord) -> Choice:
    """Deliver the most frequent text among the samples that pass (of equals the oldest)."""
    passing = passing_samples(record)
    return _choice(_biggest(passing, lambda proposal: proposal.body), record.voters)


def majority_by_signature(record: UnitRecord) -> Choice:
    """Deliver the oldest sample of the biggest cluster of equal behaviour among those that pass."""
    passing = passing_samples(record)
    return _choice(_biggest(passing, lambda proposal: record.bodies[proposal.body].key), record.voters)


def codet(record: UnitRecord) -> Choice | None:
    """Deliver the oldest sample of the cluster with the best dual agreement; nothing where it passes no test."""
    if not record.agreements:
        return None
    clusters: dict[tuple[int, ...], list[Proposal]] = {}
    for proposal in record.voters:
        if proposal.body >= 0:
            clusters.setdefault(record.agreements[proposal.body], []).append(proposal)
    best = max(clusters, key=lambda tests: len(tests) * len(clusters[tests]), default=())
    asked = [*record.voters, *(proposal for proposal in record.proposals if proposal.kind == "witness")]
    return _choice(clusters[best][0].body if best else -1, asked)


def ours(record: UnitRecord) -> Choice:
    """Deliver what the pipeline delivered."""
    return _choice(record.delivered, record.proposals)


def passing_samples(record: UnitRecord) -> list[Proposal]:
    """Return the plain samples whose bodies pass the visible checks, in order."""
    return [proposal for proposal in record.voters if proposal.body >= 0 and record.bodies[proposal.body].passes]


def _biggest(proposals: Iterable[Proposal], key: Callable[[Proposal], Hashable]) -> int:
    groups: dict[Hashable, list[Proposal]] = {}
    for proposal in proposals:
        groups.setdefault(key(proposal), []).append(proposal)
    best = max(groups.values(), key=len, default=[])
    return best[0].body if best else -1


RULES: dict[str, Rule] = {
    "first sample": first_sample,
    "first that passes the examples": first_passing,
    "majority by text": majority_by_text,
    "majority by signature": majority_by_signature,
    "CodeT": codet,
    "ours": ours,
}


class Score(msgspec.Struct, frozen=True):
    """What a rule came to over some Units. ``applied`` are those it could be applied to."""

    units: int
    applied: int
    delivered: int
    wrong: int
    answers: int
    tokens: int

    @property
    def precision(self) -> float:
        """The share of delivered Units that are right (1 where nothing was delivered)."""
        return (self.delivered - self.wrong) / self.delivered if self.delivered else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """The exact 95 % interval of the precision."""
        return clopper_pearson(self.delivered - self.wrong, self.delivered) if self.delivered else (0.0, 1.0)


def score(rule: Rule, records: Sequence[UnitRecord]) -> Score:
    """Return what a rule comes to over these Units."""
    choices = [(record, choice) for record in records if (choice := rule(record)) is not None]
    delivered = [(record, choice) for record, choice in choices if choice.body >= 0]
    return Score(
        units=len(records),
        applied=len(choices),
        delivered=len(delivered),
        wrong=sum(not record.bodies[choice.body].right for record, choice in delivered),
        answers=sum(choice.answers for _, choice in choices),
        tokens=sum(choice.tokens for _, choice in choices),
    )
