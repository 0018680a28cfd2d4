"""Prose is cut into sentences; the first says what a Unit is, the others what is special about it."""

from __future__ import annotations

from pathlib import Path

from swarmwright.agents.roster import load_archetypes
from swarmwright.construct.crew import shares_of
from swarmwright.simulate.world import make_id
from swarmwright.spec.reader import read_spec
from swarmwright.spec.sentences import clauses, exceptions, sentences, summary
from swarmwright.spec.values import Unit
from swarmwright.swarm.values import Ask


def unit_of(tmp_path: Path, prose: str) -> Unit:
    file = tmp_path / "m.py"
    text = prose.replace("\n", "\n    ")
    file.write_text(
        f'def f(n: int) -> int:\n    """{text}\n\n    >>> f(1)\n    1\n    """\n    ...\n', encoding="utf-8"
    )
    return read_spec(file).units()[0]


def test_sentences_end_at_stops_and_go_over_lines() -> None:
    assert sentences("Count the steps. Each step halves\nthe number, e.g. 4 becomes 2. `n` is never below 1.") == (
        "Count the steps.",
        "Each step halves the number, e.g. 4 becomes 2.",
        "`n` is never below 1.",
    )


def test_items_and_paragraphs_are_sentences_of_their_own() -> None:
    prose = "Grade the points:\n- more than 9 are an A\n- everything else is\n  an F\n\nNo more."
    assert sentences(prose) == ("Grade the points:", "more than 9 are an A", "everything else is an F")


def test_scraps_and_walls_of_text_are_left_out() -> None:
    assert sentences("See below. " + "x " * 300) == ()


def test_sentences_that_make_an_exception_say_most(tmp_path: Path) -> None:
    unit = unit_of(tmp_path, "Add one to n, but not always. The result is odd. But a ten stays a ten. It is never 3.")
    assert clauses(unit, 4) == ("But a ten stays a ten.", "It is never 3.")
    assert clauses(unit, 1) == ("But a ten stays a ten.",)


def test_where_none_does_there_is_no_clause(tmp_path: Path) -> None:
    assert clauses(unit_of(tmp_path, "Add one to n. The result is odd. It is positive here."), 4) == ()
    assert clauses(unit_of(tmp_path, "Add one to the number."), 4) == ()
    assert clauses(unit_of(tmp_path, "Add one, but not to ten."), 4) == ("Add one, but not to ten.",)


def test_a_command_for_witnesses_is_shared_by_sentences(tmp_path: Path) -> None:
    unit = unit_of(tmp_path, "Add one to n. The result is small. It is never odd. But a ten stays a ten.")
    archetypes = load_archetypes()
    command = Ask(make_id(0), 3, "tester-conditions", "m", 7, 8)
    shares = list(shares_of(command, unit, archetypes["tester-conditions"]))
    assert [(sentence, share.first, share.count) for sentence, share in shares] == [
        ("It is never odd.", 7, 4),
        ("But a ten stays a ten.", 11, 4),
    ]
    short = unit_of(tmp_path, "Add one, but not to ten.")
    (share,) = shares_of(command, short, archetypes["tester-conditions"])
    assert share == ("Add one, but not to ten.", Ask(make_id(0), 3, "tester-conditions", "m", 7, 4))
    assert list(shares_of(command, unit, archetypes["coder-plain"])) == [("", command)]


def test_exceptions_are_made_in_so_many_words(tmp_path: Path) -> None:
    prose = "Only add one to n. The result is not odd. But a ten stays. No other does.\nTwos count once."
    unit = unit_of(tmp_path, f"{prose} Some more than once. None more than once.")
    assert exceptions(unit) == ("But a ten stays.", "Twos count once.", "None more than once.")
    assert summary(unit) == "Only add one to n."
    assert summary(unit_of(tmp_path, "Double.")) == ""


def test_who_is_not_told_of_exceptions_is_asked_only_where_there_are_some(tmp_path: Path) -> None:
    untold = load_archetypes()["oracle-untold"]
    command = Ask(make_id(0), 3, "oracle-untold", "m", 7, 2)
    assert list(shares_of(command, unit_of(tmp_path, "Add one to n. It grows."), untold)) == []
    assert list(shares_of(command, unit_of(tmp_path, "Add one to n. But a ten stays."), untold)) == [("", command)]
