"""From a run's ledger to questions for a person: which Units are in doubt, and about which input to ask.

Where several behaviours satisfy the specification the question is on which of them is meant. Where there is only
one and it was refused for thin evidence, a changed version of it (or an error that nobody spoke of) shows an input
on which the specification decides nothing: that is the question.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Collection, Mapping, Sequence

import msgspec

from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.planning import Blueprint
from swarmwright.construct.questions import DEFAULT_MOST, Question, Rival, choose, next_question, questions_about
from swarmwright.ledger.events import TaskId
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import CPU_S, Examiner
from swarmwright.verify.mutation import mutants
from swarmwright.verify.plausibility import find_unspoken
from swarmwright.verify.separating import Pair, is_plain, separate
from swarmwright.verify.values import Call, Candidate, InputSet, Outcome

_MUTANTS = 24
_CHANGED_CPU_S = 0.2
_MUTATION_S = 5.0
_TRIES = 200
_MOST_PAIRS = 3
_MOST_READ = 12
"""So many of a Unit's questions are tried before none of them can be written down as Python."""
CHANGED = "a changed version of it"
NO_ERROR = "no error, but a value"
SLOW = "a slow version of it"


class Doubt(msgspec.Struct, frozen=True):
    """A Unit in doubt: the behaviours that satisfy its specification on these calls, one body of each, and why."""

    unit: Unit
    calls: tuple[Call, ...]
    rivals: tuple[Rival, ...]
    bodies: tuple[str, ...]
    waiting: int
    why: str


class Silence(msgspec.Struct, frozen=True):
    """A Unit that is not delivered and about which nothing can be asked: why."""

    unit: str
    reason: str


class Inquiry(msgspec.Struct, frozen=True):
    """What to ask about a run, the worthiest first, and where there is nothing to ask."""

    questions: tuple[Question, ...]
    silences: tuple[Silence, ...]


class Inquirer:
    """Finds the questions of one run."""

    def __init__(self, spec: Spec, blueprint: Blueprint, dossiers: Dossiers, examiner: Examiner) -> None:
        """Take what is wanted, what is known of the run, and what can run its candidates."""
        self._spec = spec
        self._blueprint = blueprint
        self._dossiers = dossiers
        self._examiner = examiner

    async def inquire(
        self,
        *,
        most: int = DEFAULT_MOST,
        per_unit: int = 1,
        delivered: bool = False,
        about: Collection[TaskId] | None = None,
        seed: int = 0,
    ) -> Inquiry:
        """Return the questions that settle the most.

        Contested Units come first; Units with a single behaviour are looked at as long as questions are wanted.

        Args:
            most: how many questions at most.
            per_unit: how many about one Unit at most.
            delivered: ask about delivered Units with rival behaviours too.
            about: only about these Tasks; about all where it is None.
            seed: of the inputs that are drawn to find smaller ones.
        """
        tasks = [task for task in self._blueprint.units if about is None or task in about]
        doubts = {task: self._doubt(task) for task in tasks if delivered or not self._dossiers[task].delivered}
        silences = [
            self._silence(task)
            for task, doubt in doubts.items()
            if doubt is None and not self._dossiers[task].delivered
        ]
        contested = [doubt for doubt in doubts.values() if doubt is not None and len(doubt.rivals) > 1]
        alone = [doubt for doubt in doubts.values() if doubt is not None and len(doubt.rivals) == 1]
        contested.sort(key=lambda doubt: -self._first_worth(doubt))
        questions: list[Question] = []
        for doubt in (*contested, *(doubt for doubt in alone if self._is_open(doubt.unit))):
            if len(questions) >= most:
                break
            ask = self._about_contested if len(doubt.rivals) > 1 else self._about_thin
            found = await ask(doubt, per_unit, seed)
            questions += found
            if not found and self._is_open(doubt.unit):
                silences.append(Silence(str(doubt.unit.id), "nothing that could be asked tells its candidates apart"))
        return Inquiry(choose(questions, most), tuple(silences))

    def _is_open(self, unit: Unit) -> bool:
        return not self._dossiers[self._blueprint.task_of(unit.id)].delivered

    def _silence(self, task: TaskId) -> Silence:
        name = str(self._blueprint.units[task].id)
        dossier = self._dossiers[task]
        if not any(proposal.body or proposal.flag for proposal in dossier.proposals.values()):
            return Silence(name, dossier.reason or "there is no answer for it yet; the same build command goes on")
        if not dossier.decided and not any(dossier.results.values()):
            return Silence(name, "its candidates were not tried yet; the same build command goes on")
        return Silence(name, "no candidate satisfies its specification, so there is nothing to choose from")

    def _first_worth(self, doubt: Doubt) -> float:
        found = self._questions(doubt)
        return found[0].worth if found else 0.0

    def _doubt(self, task: TaskId) -> Doubt | None:
        """Return what the last examined epoch of a Task shows; None where no behaviour is left."""
        dossier = self._dossiers[task]
        unit = self._blueprint.units[task]
        for epoch in sorted(dossier.inputs, reverse=True):
            behaviours = self._dossiers.behaviours(task, epoch)
            if not behaviours:
                continue
            rivals, bodies = [], []
            for samples in sorted(behaviours.values(), key=lambda samples: (-len(samples), samples)):
                story = self._dossiers.examination(task, epoch, samples[0])
                if story is None or len(story.outcomes) != len(dossier.inputs[epoch].calls):
                    continue
                models = tuple(sorted({dossier.proposals[sample].proposer for sample in samples}))
                rivals.append(Rival(story.outcomes, len(samples), models))
                bodies.append(self._dossiers.body(task, samples[0]))
            if rivals:
                waiting = self._waiting(unit)
                why = dossier.reason or "the run was interrupted before it was decided"
                calls = dossier.inputs[epoch].calls
                return Doubt(unit, calls, tuple(rivals), tuple(bodies), waiting, why)
        return None

    def _waiting(self, unit: Unit) -> int:
        """Return how many Units that are not delivered call this one, directly or not."""
        reached = {unit.id}
        while True:
            more = {
                other.id
                for other in self._spec.units()
                if other.id not in reached and self._is_open(other) and reached & set(other.uses)
            }
            if not more:
                return len(reached) - 1
            reached |= more

    def _questions(self, doubt: Doubt) -> list[Question]:
        def same(left: Outcome, right: Outcome) -> bool:
            return self._examiner.same(doubt.unit.id, left, right)

        return questions_about(doubt.unit, doubt.calls, doubt.rivals, same, waiting=doubt.waiting, why=doubt.why)

    # Several behaviours

    async def _about_contested(self, doubt: Doubt, per_unit: int, seed: int) -> list[Question]:
        callees = self._callees(doubt.unit)
        first = next(iter(self._questions(doubt)), None)
        known = [first.call] if first is not None else []
        for left, right in itertools.islice(itertools.combinations(doubt.bodies, 2), _MOST_PAIRS):
            pair = Pair(Candidate(doubt.unit.id, left), Candidate(doubt.unit.id, right), callees)
            small = await separate(self._examiner, pair, tries=_TRIES, seed=seed, known=known or doubt.calls)
            if small is None and known:
                small = await separate(self._examiner, pair, tries=_TRIES, seed=seed, known=doubt.calls)
            if small is not None:
                doubt = await self._with_call(doubt, small[0], callees)
        return await self._readable(self._questions(doubt), per_unit)

    async def _with_call(self, doubt: Doubt, call: Call, callees: Mapping[str, str]) -> Doubt:
        rivals = []
        for rival, body in zip(doubt.rivals, doubt.bodies, strict=True):
            cpu_s = _CHANGED_CPU_S if rival.note else CPU_S
            outcomes = await self._examiner.outcomes(Candidate(doubt.unit.id, body), [call], callees, cpu_s=cpu_s)
            rivals.append(msgspec.structs.replace(rival, outcomes=(*rival.outcomes, *outcomes)))
        return msgspec.structs.replace(doubt, calls=(*doubt.calls, call), rivals=tuple(rivals))

    async def _readable(self, questions: Sequence[Question], per_unit: int) -> list[Question]:
        """Return those of the questions that tell something new, and whose calls read back as what they are."""
        asked: list[Question] = []
        rest = list(questions)
        for _ in range(_MOST_READ):
            question = next_question(rest, asked)
            if question is None or len(asked) >= per_unit:
                break
            rest.remove(question)
            if await self._examiner.read_calls(question.unit, [question.source]) == (question.call,):
                asked.append(question)
        return asked

    # One behaviour, and little that speaks for it

    async def _about_thin(self, doubt: Doubt, per_unit: int, seed: int) -> list[Question]:
        """Ask where an error nobody spoke of, a changed version or a slow one shows that nothing is decided."""
        callees = self._callees(doubt.unit)
        unspoken = find_unspoken(doubt.unit, doubt.rivals[0].outcomes)
        found = self._about_error(doubt, unspoken) if unspoken is not None else []
        if len(found) < per_unit:
            everyone = await self._with_versions(doubt, callees)
            first = next(iter(self._questions(everyone)), None)
            if first is not None:
                everyone = await self._with_smaller(everyone, first, callees, seed)
                found += self._questions(everyone)
        return await self._readable(found, per_unit)

    def _about_error(self, doubt: Doubt, number: int) -> list[Question]:
        """Ask whether an error that nobody spoke of is meant, on the easiest call that raises it."""
        mine = doubt.rivals[0]
        error = mine.outcomes[number].error
        places = [n for n, one in enumerate(mine.outcomes) if one.kind == "raise" and one.error == error]
        raising = msgspec.structs.replace(mine, outcomes=tuple(mine.outcomes[n] for n in places))
        value = Rival(tuple(Outcome("value") for _ in places), 1.0, note=NO_ERROR)
        calls = tuple(doubt.calls[n] for n in places)
        either = msgspec.structs.replace(doubt, calls=calls, rivals=(raising, value))
        return [
            msgspec.structs.replace(question, choices=question.choices[:1])
            for question in self._questions(either)
            if not question.choices[0].note
        ]

    async def _with_versions(self, doubt: Doubt, callees: Mapping[str, str]) -> Doubt:
        """Add changed versions of the one behaviour, and slow ones, that satisfy the specification as well."""
        unit, began = doubt.unit, time.monotonic()
        inputs = InputSet(unit.id, 0, doubt.calls)
        changed = [mutant.body for mutant in mutants(doubt.bodies[0], limit=_MUTANTS)]
        versions = [(body, SLOW, 1.0) for body in self._dossiers.slow_versions(self._blueprint.task_of(unit.id))]
        # All changed versions together weigh as one vote: they are questions, not rivals.
        versions += [(body, CHANGED, 1.0 / len(changed)) for body in changed]
        rivals, bodies = list(doubt.rivals), list(doubt.bodies)
        for body, note, weight in versions:
            if time.monotonic() - began > _MUTATION_S:
                break
            cpu_s = _CHANGED_CPU_S if note == CHANGED else CPU_S
            seen = await self._examiner.examine(Candidate(unit.id, body), inputs, callees, cpu_s=cpu_s)
            if seen.key is not None:
                rivals.append(Rival(seen.outcomes, weight, note=note))
                bodies.append(body)
        return msgspec.structs.replace(doubt, rivals=tuple(rivals), bodies=tuple(bodies))

    async def _with_smaller(self, doubt: Doubt, question: Question, callees: Mapping[str, str], seed: int) -> Doubt:
        """Add a smaller call on which the version that the question is about differs."""
        number = doubt.calls.index(question.call)
        unit = doubt.unit.id
        mine = doubt.rivals[0].outcomes[number]
        for rival, body in zip(doubt.rivals[1:], doubt.bodies[1:], strict=True):
            other = rival.outcomes[number]
            if is_plain(other) and not self._examiner.same(unit, mine, other):
                pair = Pair(Candidate(unit, doubt.bodies[0]), Candidate(unit, body), callees)
                small = await separate(self._examiner, pair, tries=0, seed=seed, known=[question.call])
                return await self._with_call(doubt, small[0], callees) if small is not None else doubt
        return doubt

    def _callees(self, unit: Unit) -> dict[str, str]:
        """Return the bodies that stand for the Units this one may call, directly or not."""
        bodies: dict[str, str] = {}
        todo = [name for name in unit.uses if name != unit.id]
        while todo:
            name = todo.pop()
            task = self._blueprint.task_of(name)
            leading = self._dossiers[task].leading
            if name not in bodies and leading >= 0:
                bodies[name] = self._dossiers.body(task, leading)
                todo += [used for used in self._spec.unit(name).uses if used != unit.id]
        return bodies
