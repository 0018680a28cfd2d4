"""Choosing what to ask: what an answer tells, to whom, and how easy it is to give."""

from __future__ import annotations

import math

import pytest

from swarmwright.construct.questions import (
    Choice,
    Question,
    Rival,
    ask,
    bits_of,
    choose,
    next_question,
    questions_about,
)
from swarmwright.construct.replies import answered, doctest_of, in_place_outcome, unit_named, write_into
from swarmwright.errors import UsageError
from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Spec
from swarmwright.verify.values import Call, Encoded, Outcome

SPEC = '''
def f(n: int) -> int:
    """Return n, or so.

    Nobody knows.

    >>> f(0)
    0
    """
    ...


def sort(items: list[int], *more: list[int], key: int = 0) -> None:
    """Sort everything in place."""
    ...
'''


def spec_of(text: str = SPEC) -> Spec:
    return read_sources("m", {"m/__init__.py": text})


def value(of: Encoded) -> Outcome:
    return Outcome("value", value=of)


def error(name: str) -> Outcome:
    return Outcome("raise", error=name)


def same(left: Outcome, right: Outcome) -> bool:
    return (left.kind, left.value, left.error) == (right.kind, right.value, right.error)


def rival(votes: float, *outcomes: Outcome, note: str = "") -> Rival:
    return Rival(outcomes, votes, () if note else ("small",), note)


def about(rivals: list[Rival], *arguments: Encoded, waiting: int = 0) -> list[Question]:
    calls = [Call("m.f", (argument,)) for argument in arguments]
    return questions_about(spec_of().unit("m.f"), calls, rivals, same, waiting=waiting)


def test_bits_are_the_entropy_of_the_votes() -> None:
    assert bits_of([1, 1]) == 1
    assert bits_of([2, 2, 2, 2]) == 2
    assert bits_of([5]) == 0
    assert bits_of([]) == bits_of([0, 0]) == 0
    assert bits_of([3, 1]) == pytest.approx(-(0.75 * math.log2(0.75) + 0.25 * math.log2(0.25)))


def test_the_question_that_parts_the_votes_evenly_comes_first() -> None:
    rivals = [
        rival(2, value(1), value(1), value(9)),
        rival(2, value(1), value(2), value(9)),
        rival(1, value(3), value(2), value(9)),
    ]
    first, second = about(rivals, 10, 11, 12)
    assert first.source == "f(11)"
    assert [(choice.text, choice.votes) for choice in first.choices] == [("2", 3), ("1", 2)]
    assert [(choice.text, choice.votes) for choice in second.choices] == [("1", 4), ("3", 1)]
    assert first.prose == "Return n, or so."


def test_of_two_that_tell_the_same_the_simpler_is_asked() -> None:
    rivals = [rival(1, value(1), value(1)), rival(1, value(2), error("ValueError"))]
    (first, _) = about(rivals, 123456789, 7)
    assert first.source == "f(7)"
    assert [choice.text for choice in first.choices] == ["1", "raises ValueError"]


def test_where_a_candidate_comes_to_no_result_nothing_is_asked() -> None:
    late = Outcome("timeout")
    assert about([rival(1, value(1)), rival(1, late), rival(1, value(2))], 1) == []
    changed = rival(1, late, note="changed")
    assert len(about([rival(1, value(1)), changed, rival(1, value(2))], 1)) == 1


def test_a_changed_version_is_shown_without_votes_and_few_of_them() -> None:
    others = [rival(0.2, value(10 + n), note="a changed version") for n in range(5)]
    (question,) = about([rival(3, value(1)), *others], 1)
    assert [(choice.text, choice.votes, bool(choice.note)) for choice in question.choices] == [
        ("1", 3, False),
        ("10", 0, True),
        ("11", 0, True),
    ]


def test_units_that_wait_make_a_question_worth_more() -> None:
    rivals = [rival(1, value(1)), rival(1, value(2))]
    (alone,), (awaited,) = about(rivals, 1), about(rivals, 1, waiting=2)
    assert awaited.worth == pytest.approx(3 * alone.worth)
    assert choose([alone, awaited], 1) == (awaited,)


def test_a_second_question_about_a_unit_parts_its_candidates_otherwise() -> None:
    rivals = [
        rival(4, value(1), value(1), value(1)),
        rival(2, value(2), value(2), value(1)),
        rival(1, value(2), value(2), value(3)),
    ]
    questions = about(rivals, 1, 2, 3)
    first = next_question(questions, [])
    assert first is not None
    second = next_question(questions, [first])
    assert second is not None
    assert {first.source, second.source} == {"f(1)", "f(3)"}
    assert next_question(questions, [first, second]) is None


def test_an_oracle_answers_what_it_knows() -> None:
    questions = about([rival(1, *map(value, (1, 1, 1, 1))), rival(1, *map(value, (2, 2, 2, 2)))], 1, 2, 3, 4)
    known = {1: value(1), 2: error("ValueError"), 3: Outcome("timeout")}
    answers = ask(questions, lambda call: known.get(call.args[0]))
    assert {answer.call.args[0]: answer.outcome for answer in answers} == {1: value(1), 2: error("ValueError")}
    after = answered(spec_of(), answers).unit("m.f")
    assert {(one.source, one.raises or one.want) for one in after.examples} == {
        ("f(0)", "0"),
        ("f(1)", "1"),
        ("f(2)", "ValueError"),
    }


def test_answers_are_written_into_their_own_files() -> None:
    sources = {"m/__init__.py": SPEC, "m/other.py": SPEC.replace("def f", "def g").replace(">>> f(0)", ">>> g(0)")}
    spec = read_sources("m", sources)
    answers = ask(
        [Question("m.other.g", "", Call("m.other.g", (5,)), "g(5)", (Choice(value(1), "1", 1),), 1.0)],
        lambda _call: value(None),
    )
    changed = write_into(spec, answers, {path: text.encode() for path, text in sources.items()})
    assert set(changed) == {"m/other.py"}
    assert changed["m/other.py"].decode() == sources["m/other.py"].replace("    0\n", "    0\n    >>> g(5)\n")


def test_what_works_in_place_is_shown_afterwards() -> None:
    unit = spec_of().unit("m.sort")
    call = Call("m.sort", (["list", 2, 1], ["list", 3]), (("key", 1),))
    outcome = value(["tuple", None, ["tuple", ["list", 1, 2], ["list", 3], 1]])
    (answer,) = ask([Question("m.sort", "", call, "", (), 1.0)], lambda _call: outcome)
    lines = doctest_of(unit, answer)
    assert lines == (">>> items = [2, 1]", ">>> sort(items, [3], key=1)", ">>> items", "[1, 2]")
    assert in_place_outcome(call, ["list", 1, 2]) == outcome
    after = answered(spec_of(), [answer]).unit("m.sort")
    assert [(one.source, one.want) for one in after.examples] == [("sort(items, [3], key=1)", ""), ("items", "[1, 2]")]
    with pytest.raises(UsageError, match="changes nothing"):
        in_place_outcome(Call("m.sort", (1,)), 2)


def test_what_works_in_place_and_changes_nothing_is_a_plain_call() -> None:
    call = Call("m.sort", (["list"],))
    answers = ask([Question("m.sort", "", call, "", (), 1.0)], lambda _: value(["tuple", None, ["tuple", ["list"]]]))
    assert doctest_of(spec_of().unit("m.sort"), answers[0]) == (">>> sort([])",)


def test_a_unit_is_named_in_full_or_by_its_end() -> None:
    spec = read_sources("m", {"m/__init__.py": SPEC, "m/other.py": SPEC})
    assert unit_named(spec, "m.f").id == "m.f"
    assert unit_named(spec, "other.f").id == "m.other.f"
    for name in ("f", "g", ""):
        with pytest.raises(UsageError):
            unit_named(spec, name)
