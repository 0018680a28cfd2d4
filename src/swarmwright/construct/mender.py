"""The mender: a micro-agent without a model. It looks for small edits that make refuted proposals satisfy everything.

A beam search, bounded by counts, so that the same proposals and inputs give the same answer; the time limit is a last
guard. It chooses nothing: where a proposal can be mended into several behaviours, all of them are returned.
"""

from __future__ import annotations

import ast
import itertools
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from swarmwright.colony.edits import Variant, variants
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.hints import Hints, hints_of
from swarmwright.verify.rewriting import parse
from swarmwright.verify.scoring import MOST_JUDGED, Probe, Scoring, Trial, Tried
from swarmwright.verify.static import find_flag
from swarmwright.verify.values import Candidate, InputSet

_EXAMINE_CPU_S = 0.3
_FEW_PROBES = 4
_T = TypeVar("_T")


class MendingEffort(msgspec.Struct, frozen=True):
    """How far the mender goes for one Unit.

    Attributes:
        bases: refuted proposals that it begins with, the best ones.
        variants: edits tried in all.
        per_body: edits tried of one body.
        depth: edits upon one another.
        beam: bodies that are edited again at each depth.
        kept: variants of one body that are run on all inputs.
        examined: bodies that are examined as candidates are.
        seconds: wall time, as a last guard; where it is over, nothing is mended.
    """

    bases: int = 10
    variants: int = 1500
    per_body: int = 400
    depth: int = 3
    beam: int = 6
    kept: int = 24
    examined: int = 24
    seconds: float = 30.0


class Basis(msgspec.Struct, frozen=True):
    """A refuted proposal: its sample number and its body."""

    sample: int
    body: str


class Mend(msgspec.Struct, frozen=True):
    """A body that satisfies the specification: of which sample, by which edits, and its behaviour's key."""

    sample: int
    body: str
    edits: tuple[str, ...]
    key: bytes

    def __str__(self) -> str:
        """Say in one sentence what was changed."""
        return f"sample {self.sample} with small edits: {'; '.join(self.edits)}"


class _Node(msgspec.Struct, frozen=True):
    """A body on the way: its basis, the edits so far, and how much of the specification it satisfies."""

    basis: Basis
    body: str
    edits: tuple[str, ...]
    examples: int
    kept: int
    failing: tuple[Probe, ...]
    key: bytes

    @property
    def score(self) -> tuple[int, int]:
        """Examples passed, then inputs on which nothing is wrong."""
        return self.examples, self.kept


class Mender:
    """Mends the refuted proposals of one specification's Units."""

    def __init__(self, spec: Spec, examiner: Examiner, effort: MendingEffort | None = None) -> None:
        """Take the specification, and the examiner that tries bodies."""
        self._spec = spec
        self._examiner = examiner
        self._effort = effort or MendingEffort()

    async def mend(
        self, unit: Unit, bases: Sequence[Basis], inputs: InputSet, callees: Mapping[str, str], *, count: int
    ) -> tuple[Mend, ...]:
        """Return at most ``count`` mended bodies, at most one for each basis and behaviour.

        The behaviours with most bases come first, and each has its turn before one has its second: what else the
        proposals can be mended into always shows.

        Args:
            unit: the Unit.
            bases: its refuted proposals; those that say the same count once.
            inputs: the epoch's valid inputs, on which behaviours are told apart.
            callees: bodies of the Units it may call, by id.
            count: the most to return.
        """
        scoring = await self._examiner.scoring(unit.id, inputs, callees)
        search = _Search(self._spec, unit, hints_of(self._spec, unit), scoring, self._effort)
        found: dict[bytes, list[Mend]] = {}
        examined: dict[str, bytes | None] = {}
        async for node in search.solutions(_distinct(bases)):
            if node.body not in examined:
                if len(examined) >= self._effort.examined or search.is_late():
                    continue
                candidate = Candidate(unit.id, node.body)
                seen = await self._examiner.examine(candidate, inputs, callees, cpu_s=_EXAMINE_CPU_S)
                examined[node.body] = seen.key
            key = examined[node.body]
            if key is not None:
                search.solved.add(node.basis.sample)
                if all(one.sample != node.basis.sample for one in found.get(key, ())):
                    found.setdefault(key, []).append(Mend(node.basis.sample, node.body, node.edits, key))
        if search.is_late():
            # Rivals may not have been reached, and a winner without its rivals is worse than none.
            return ()
        return tuple(in_turns(sorted(found.values(), key=len, reverse=True))[:count])


class _Search:
    """The beam search for one Unit. ``solved`` are samples for which nothing deeper need be looked for."""

    def __init__(self, spec: Spec, unit: Unit, hints: Hints, scoring: Scoring, effort: MendingEffort) -> None:
        self._spec = spec
        self._unit = unit
        self._hints = hints
        self._scoring = scoring
        self._effort = effort
        self._left = effort.variants
        self._until = time.monotonic() + effort.seconds
        self._tried: set[tuple[int, str]] = set()
        self.solved: set[int] = set()

    def is_late(self) -> bool:
        """Tell whether the time is over."""
        return time.monotonic() > self._until

    async def solutions(self, bases: Sequence[Basis]) -> AsyncIterator[_Node]:
        """Yield bodies on which nothing is found wrong, one for each basis and behaviour, by fewest edits."""
        beam = await self._roots(bases)
        for depth in range(self._effort.depth):
            # A third is left for edits upon edits.
            share = self._left * (2 if depth == 0 else 3) // 3 // max(len(beam), 1)
            children: list[_Node] = []
            for node in beam:
                if not self.is_late():
                    children += await self._better(node, min(share, self._effort.per_body))
            shown: set[tuple[int, bytes]] = set()
            for child in children:
                mark = (child.basis.sample, child.key)
                if self._is_perfect(child) and mark not in shown:
                    shown.add(mark)
                    yield child
            beam = self._next_beam(children)

    async def _roots(self, bases: Sequence[Basis]) -> list[_Node]:
        everything = len(self._scoring.inputs)
        nodes = await self._profiled([(basis, basis.body, ()) for basis in bases], judged=everything)
        self._scoring.begin_with([probe for node in nodes for probe in node.failing if probe.wanted is None])
        nodes = [node for node in nodes if not self._is_perfect(node)]
        return sorted(nodes, key=lambda node: node.score, reverse=True)[: self._effort.bases]

    def _next_beam(self, children: Sequence[_Node]) -> list[_Node]:
        """Return the best of what is still wrong, each basis in its turn."""
        groups: dict[int, list[_Node]] = {}
        for child in sorted(children, key=lambda node: node.score, reverse=True):
            if not self._is_perfect(child) and child.basis.sample not in self.solved:
                groups.setdefault(child.basis.sample, []).append(child)
        return in_turns(groups.values())[: self._effort.beam]

    def _is_perfect(self, node: _Node) -> bool:
        scoring = self._scoring
        return node.score == (len(scoring.examples) + scoring.others, len(scoring.inputs))

    async def _better(self, node: _Node, limit: int) -> list[_Node]:
        """Return the variants of a body that satisfy strictly more."""
        edited = variants(node.body, self._hints, limit=limit)
        self._left -= len(edited)
        promising = [
            variant
            for variant in await self._promising(node, edited)
            if (node.basis.sample, variant.body) not in self._tried
            and find_flag(self._spec, self._unit, variant.body) is None
        ]
        self._tried |= {(node.basis.sample, variant.body) for variant in promising}
        chosen = await self._best(promising)
        nodes = await self._profiled([(node.basis, one.body, (*node.edits, one.what)) for one in chosen])
        return [child for child in nodes if child.score > node.score]

    async def _promising(self, node: _Node, edited: Sequence[Variant]) -> list[Variant]:
        """Return the variants that pass something the body fails: most are told apart by one call."""
        if not node.failing:
            return list(edited)
        passing: set[str] = set()
        late: set[str] = set()
        for probes in (node.failing[:1], node.failing[1:]):
            left = [one for one in edited if one.body not in passing | late] if probes else []
            for variant, tried in zip(left, await self._run([one.body for one in left], probes), strict=False):
                if any(tried.passed):
                    passing.add(variant.body)
                elif any(outcome.kind in ("timeout", "died") for outcome in tried.outcomes):
                    late.add(variant.body)
        return [one for one in edited if one.body in passing]

    async def _best(self, promising: Sequence[Variant]) -> list[Variant]:
        """Return the variants that pass most Examples, as many as are worth running on all inputs."""
        tried = await self._run([one.body for one in promising], self._scoring.examples)
        ranked = sorted(zip(promising, tried, strict=False), key=lambda pair: sum(pair[1].passed), reverse=True)
        return [variant for variant, _ in ranked[: self._effort.kept]]

    async def _run(self, bodies: Sequence[str], probes: Sequence[Probe], *, judged: int = MOST_JUDGED) -> list[Tried]:
        if self.is_late():
            return []
        return await self._scoring.run([Trial(body, tuple(probes)) for body in bodies], judged=judged)

    async def _profiled(
        self, bodies: Sequence[tuple[Basis, str, tuple[str, ...]]], *, judged: int = MOST_JUDGED
    ) -> list[_Node]:
        """Return each body with how much it satisfies, of all Examples and on all inputs."""
        scoring = self._scoring
        shown = len(scoring.examples)
        tried = await self._run([body for _, body, _ in bodies], scoring.examples + scoring.inputs, judged=judged)
        nodes = []
        for (basis, body, edits), one in zip(bodies, tried, strict=False):
            failing = [
                probe for probe, right in zip(scoring.examples + scoring.inputs, one.passed, strict=True) if not right
            ]
            nodes.append(
                _Node(
                    basis=basis,
                    body=body,
                    edits=edits,
                    examples=sum(one.passed[:shown]) + await scoring.other_examples(body),
                    kept=sum(one.passed[shown:]),
                    failing=tuple(failing[:_FEW_PROBES]),
                    key=scoring.key(one.outcomes[shown:]),
                )
            )
        return nodes


def _distinct(bases: Iterable[Basis]) -> list[Basis]:
    """Return the bases that say something else than those before, each as Python writes it."""
    found: dict[str, Basis] = {}
    for basis in bases:
        body = ast.unparse(parse(basis.body))
        found.setdefault(body, Basis(basis.sample, body))
    return list(found.values())


def in_turns(groups: Iterable[Sequence[_T]]) -> list[_T]:
    """Return the first of each group, then the second of each, and so on."""
    rows = itertools.zip_longest(*([(one,) for one in group] for group in groups))
    return [one[0] for row in rows for one in row if one is not None]
