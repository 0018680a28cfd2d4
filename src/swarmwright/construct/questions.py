"""What to ask a person about a Unit: the inputs whose answers settle the most between behaviours. Pure.

An input parts the behaviours by what each says about it. What an answer is expected to tell is the entropy of the
votes over these parts (Shannon, 1948), in bits: most where the votes are split evenly, nothing where all agree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import msgspec

from swarmwright.spec.values import Unit
from swarmwright.verify.describing import describe_call
from swarmwright.verify.encoding import describe
from swarmwright.verify.values import Call, Outcome

DEFAULT_MOST = 5
"""How many questions are put at once, unless somebody wants more."""
_EASY_CHARACTERS = 120
"""A question so long is worth half of one that says the same in a word: people answer short ones rightly."""
_LONGEST_CHARACTERS = 400
_MOST_WITHOUT_VOTES = 2

Same = Callable[[Outcome, Outcome], bool]
"""Tells whether two outcomes of the Unit are the same under its declared types."""
Oracle = Callable[[Call], Outcome | None]
"""Knows what a call must do, as a person would; None where it cannot tell."""


class Rival(msgspec.Struct, frozen=True):
    """One behaviour that satisfies the specification: what it does on each call, and who stands behind it.

    ``votes`` is its weight; a changed version of a body has none of its own and says so in ``note``.
    """

    outcomes: tuple[Outcome, ...]
    votes: float
    models: tuple[str, ...] = ()
    note: str = ""


class Choice(msgspec.Struct, frozen=True):
    """An answer that candidates give: what it is, in Python or in words, and the votes behind it."""

    outcome: Outcome
    text: str
    votes: int
    models: tuple[str, ...] = ()
    note: str = ""


class Question(msgspec.Struct, frozen=True):
    """What a person is asked: what must this call do? ``source`` is the call as Python source.

    ``prose`` is the first sentence of the Unit's docstring, ``bits`` what an answer is expected to tell, ``waiting``
    how many other undecided Units wait for this one, ``why`` says why there is a question at all.
    """

    unit: str
    prose: str
    call: Call
    source: str
    choices: tuple[Choice, ...]
    bits: float
    waiting: int = 0
    why: str = ""

    @property
    def worth(self) -> float:
        """What the questions of a run are ordered by: what is told, to whom, and how hard it is to answer."""
        values = [choice.text for choice in self.choices if choice.outcome.kind == "value"]
        return (1 + self.waiting) * worth_of(self.bits, self.source, values)


class Answer(msgspec.Struct, frozen=True):
    """What a call of a Unit must do, said by somebody who knows.

    ``source`` and ``want`` are the call and its result as Python source, where they are to be written otherwise than
    by default (the default names ``Decimal``, where a module may know it as ``decimal.Decimal``).
    """

    unit: str
    call: Call
    outcome: Outcome
    source: str = ""
    want: str = ""


def ask(questions: Iterable[Question], oracle: Oracle) -> tuple[Answer, ...]:
    """Return the answers of an oracle; what it cannot tell, or only with no plain result, stays unanswered.

    This is how a measurement puts a reference solution in the place of a person: the answers are then written into
    the specification like anybody's (``construct.replies.answered``).
    """
    found = ((question, oracle(question.call)) for question in questions)
    return tuple(
        Answer(question.unit, question.call, outcome)
        for question, outcome in found
        if outcome is not None and outcome.kind in ("value", "raise")
    )


def part(rivals: Sequence[Rival], number: int, same: Same) -> list[list[Rival]]:
    """Return the rivals in parts that say the same about the call of that number, the heaviest part first."""
    parts: list[list[Rival]] = []
    for rival in rivals:
        mine = rival.outcomes[number]
        for group in parts:
            if same(group[0].outcomes[number], mine):
                group.append(rival)
                break
        else:
            parts.append([rival])
    return sorted(parts, key=lambda group: -sum(rival.votes for rival in group))


def bits_of(weights: Sequence[float]) -> float:
    """Return the entropy of a distribution that these weights are proportional to, in bits."""
    total = sum(weights)
    shares = [weight / total for weight in weights if weight > 0] if total > 0 else []
    return max(0.0, -sum(share * math.log2(share) for share in shares))


def worth_of(bits: float, source: str, answers: Sequence[str]) -> float:
    """Return what a question is worth: the bits it tells, less for one that is long to read or to answer."""
    longest = max(map(len, answers), default=0)
    return bits / (1 + (len(source) + longest) / _EASY_CHARACTERS)


def questions_about(
    unit: Unit, calls: Sequence[Call], rivals: Sequence[Rival], same: Same, *, waiting: int = 0, why: str = ""
) -> list[Question]:
    """Return a question for every call on which the rivals differ, the worthiest first.

    All that have votes must come to a result there.
    """
    prose = " ".join(unit.prose.partition("\n\n")[0].split())
    found = []
    for number, call in enumerate(calls):
        plain = [rival for rival in rivals if rival.outcomes[number].kind in ("value", "raise")]
        if sum(not rival.note for rival in plain) < sum(not rival.note for rival in rivals):
            continue
        parts = part(plain, number, same)
        if len(parts) < 2:
            continue
        choices = _choices(parts, number)
        bits = bits_of([sum(rival.votes for rival in group) for group in parts])
        source = describe_call(call)
        if bits > 0 and len(source) <= _LONGEST_CHARACTERS:
            found.append(Question(str(unit.id), prose, call, source, choices, round(bits, 4), waiting, why))
    return sorted(found, key=lambda question: (-question.worth, len(question.source), question.source))


def next_question(questions: Sequence[Question], asked: Sequence[Question]) -> Question | None:
    """Return the worthiest question that tells something which the ones already asked of this Unit do not tell.

    Two calls that part the candidates alike are one question.
    """
    shapes = {_shape(question) for question in asked}
    return next((question for question in questions if _shape(question) not in shapes), None)


def choose(questions: Iterable[Question], most: int) -> tuple[Question, ...]:
    """Return the ``most`` worthiest questions of a run."""
    return tuple(sorted(questions, key=lambda question: (-question.worth, question.unit, question.source))[:most])


def _shape(question: Question) -> tuple[tuple[int, tuple[str, ...], str], ...]:
    return tuple((choice.votes, choice.models, choice.note) for choice in question.choices)


def _choices(parts: Sequence[Sequence[Rival]], number: int) -> tuple[Choice, ...]:
    """Return what is offered: every answer with votes, and of those without only a few."""
    every = [_choice(group, number) for group in parts]
    return (*(one for one in every if not one.note), *[one for one in every if one.note][:_MOST_WITHOUT_VOTES])


def _choice(group: Sequence[Rival], number: int) -> Choice:
    outcome = group[0].outcomes[number]
    models = tuple(sorted({model for rival in group for model in rival.models}))
    votes = sum(int(rival.votes) for rival in group if not rival.note)
    note = group[0].note if all(rival.note for rival in group) else ""
    return Choice(outcome, answer_text(outcome), votes, models, note)


def answer_text(outcome: Outcome) -> str:
    """Return what a call did as a person would write it: a Python value, or the error."""
    return describe(outcome.value) if outcome.kind == "value" else f"raises {outcome.error}"
