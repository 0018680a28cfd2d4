"""What is read of an answer depends on who was asked: coders vote, witnesses offer, faults are flagged."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.agents.ports import Completion
from swarmwright.agents.roster import load_archetypes
from swarmwright.construct.reading import Reading, read_answer
from swarmwright.ledger.events import EXPECTED, OFFERED, SLOW_VERSION, STATED, UNTOLD_VERSION
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec

SPEC = 'def total(xs: list[int]) -> int:\n    """Return the sum.\n\n    >>> total([1])\n    1\n    """\n    ...\n'


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    file = tmp_path / "m.py"
    file.write_text(SPEC, encoding="utf-8")
    return read_spec(file)


def read(spec: Spec, archetype: str, text: str, previous: str | None = None) -> Reading:
    completion = Completion(text, 0, "stop", 1, 1, 0.0, 0.0)
    return read_answer(spec, spec.units()[0], load_archetypes()[archetype], completion, previous)


def test_a_coder_proposes_and_an_import_that_was_forgotten_is_written_down(spec: Spec) -> None:
    assert read(spec, "coder-plain", "    return sum(xs)\n") == Reading("return sum(xs)")
    assert read(spec, "coder-plain", "    return int(math.fsum(xs))\n").body.startswith("import math\n")


def test_who_does_not_know_the_name_is_read_under_its_alias(spec: Spec) -> None:
    text = "    return xs[0] + solve(xs[1:]) if xs else 0\n"
    assert read(spec, "coder-anonymous", text) == Reading("return xs[0] + total(xs[1:]) if xs else 0")
    whole = "def solve(xs: list[int]) -> int:\n    return sum(xs)\n"
    assert read(spec, "coder-anonymous", whole) == Reading("return sum(xs)")


def test_faults_of_proposals_are_flagged(spec: Spec) -> None:
    assert read(spec, "coder-plain", "    return foo(xs)\n").flag == "calls unknown name"
    assert read(spec, "coder-plain", "").flag == "empty"
    assert read(spec, "repairer", "    return sum(xs)\n", "return sum(xs)\n").flag == "repeated"


def test_faults_of_a_slow_version_make_it_useless_and_are_no_red_flag(spec: Spec) -> None:
    assert read(spec, "oracle", "") == Reading(
        "", OFFERED, f"{SLOW_VERSION}, of no use: empty: the answer holds no code"
    )
    useless = read(spec, "oracle", "    return foo(xs)\n")
    assert (useless.body, useless.flag) == ("", OFFERED)
    assert "calls unknown name" in useless.detail


def test_a_version_that_was_not_told_is_offered_or_nothing(spec: Spec) -> None:
    assert read(spec, "oracle-untold", "    return sum(xs)\n") == Reading("return sum(xs)", OFFERED, UNTOLD_VERSION)
    assert read(spec, "oracle-untold", "") == Reading("", OFFERED, UNTOLD_VERSION)


def test_testers_write_sentences_down(spec: Spec) -> None:
    completion = Completion(" result >= 0 and result == total(xs)", 0, "stop", 1, 1, 0.0, 0.0)
    asked = load_archetypes()["tester-conditions"]
    found = read_answer(spec, spec.units()[0], asked, completion, sentence="It is never negative.")
    assert found == Reading("# It is never negative.\nresult >= 0", OFFERED, STATED)


def test_testers_offer_inputs_and_some_what_they_expect(spec: Spec) -> None:
    text = "assert total([1, 2]) == 3\ntotal([])\n"
    assert read(spec, "tester", text) == Reading("total([1, 2])\ntotal([])", OFFERED)
    assert read(spec, "tester-expects", text) == Reading(">>> total([1, 2])\n3\n>>> total([])", OFFERED, EXPECTED)
    assert read(spec, "tester-expects", "I cannot.") == Reading("", OFFERED, EXPECTED)


def test_a_slow_version_is_offered_and_does_not_vote(spec: Spec) -> None:
    body = "n = 0\nfor x in xs:\n    n += x\nreturn n"
    text = "".join(f"    {line}\n" for line in body.split("\n"))
    assert read(spec, "oracle", text) == Reading(body, OFFERED, SLOW_VERSION)
