"""What is known of a Task: folded from the run's events, replayed or new."""

from __future__ import annotations

import msgspec
import pytest

from swarmwright.agents.expectations import Expectation
from swarmwright.construct.dossier import Dossiers
from swarmwright.ledger.events import (
    EXPECTED,
    OFFERED,
    SLOW_VERSION,
    Answer,
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
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.verify.values import Call, Counterexample, Examination, InputSet

TASK, OTHER = TaskId(b"t" * 16), TaskId(b"o" * 16)


class Desk:
    """A ledger's blobs, and Dossiers over them."""

    def __init__(self) -> None:
        self.blobs = MemoryLedger().blobs
        self.dossiers = Dossiers(self.blobs)

    def absorb(self, *events: AnyEvent) -> None:
        self.dossiers.absorb(events)

    def answer(self, body: str = "", flag: str = "", detail: str = "") -> Answer:
        kept = self.blobs.put(body.encode()) if body else b""
        return Answer(self.blobs.put(b"text"), kept, flag, detail, 1, 1, 0.0, 0.0, False)

    def result(self, sample: int, examination: Examination) -> Result:
        refuted = examination.counterexample.check if examination.counterexample else ""
        story = self.blobs.put(msgspec.json.encode(examination))
        return Result(sample, examination.key or b"", examination.flag or "", refuted, story)


def test_bodies_are_found_by_sample_and_flagged_answers_have_none() -> None:
    desk = Desk()
    desk.absorb(
        Asked(TASK, 2, "coder", "small", 3, 2),
        Answered(TASK, 3, b"", (desk.answer("return 1"), desk.answer(flag="not parseable"))),
    )
    assert desk.dossiers.body(TASK, 3) == "return 1"
    proposal = desk.dossiers[TASK].proposals[4]
    assert (proposal.rung, proposal.archetype, proposal.model, proposal.flag) == (2, "coder", "small", "not parseable")
    for sample in (4, 5):
        with pytest.raises(KeyError):
            desk.dossiers.body(TASK, sample)


def test_a_task_of_which_nothing_is_known_is_empty_and_shares_nothing() -> None:
    desk = Desk()
    desk.absorb(Asked(TASK, 0, "coder", "small", 0, 1))
    assert desk.dossiers[OTHER].proposals == {}
    assert desk.dossiers[OTHER].leading == -1
    assert not desk.dossiers[OTHER].decided


def test_offers_are_kept_once_in_the_order_of_their_samples() -> None:
    desk = Desk()
    desk.absorb(
        Answered(TASK, 1, b"", (desk.answer("f(2)\nf(3)", OFFERED),)),
        Answered(TASK, 0, b"", (desk.answer("f(1)\nf(2)", OFFERED),)),
        Answered(TASK, 2, b"", (desk.answer("return 1"), desk.answer(flag=OFFERED))),
    )
    assert desk.dossiers.offered(TASK) == ("f(1)", "f(2)", "f(3)")
    assert desk.dossiers.offered(OTHER) == ()


def test_what_witnesses_offer_is_told_apart() -> None:
    desk = Desk()
    desk.absorb(
        Answered(TASK, 0, b"", (desk.answer(">>> f(1)\n2\n>>> f(5)", OFFERED, EXPECTED),)),
        Answered(TASK, 1, b"", (desk.answer("return 2", OFFERED, SLOW_VERSION),)),
        Answered(TASK, 2, b"", (desk.answer("f(3)", OFFERED), desk.answer("return 2", OFFERED, SLOW_VERSION))),
        Answered(TASK, 4, b"", (desk.answer(">>> f(1)\n2\n>>> f(1)\n3", OFFERED, EXPECTED),)),
        Answered(TASK, 5, b"", (desk.answer("return 9", "calls unknown name", SLOW_VERSION),)),
    )
    assert desk.dossiers.offered(TASK) == ("f(1)", "f(5)", "f(3)")
    assert desk.dossiers.expectations(TASK) == (Expectation("f(1)", "2"), Expectation("f(1)", "3"))
    assert desk.dossiers.slow_versions(TASK) == ("return 2",)


def test_samples_that_behave_alike_stand_together_by_epoch() -> None:
    desk = Desk()
    desk.absorb(
        Examined(TASK, 0, (desk.result(2, Examination(key=b"a")), desk.result(0, Examination(key=b"b")))),
        Examined(TASK, 0, (desk.result(1, Examination(key=b"a")), desk.result(3, Examination(flag="too slow")))),
        Examined(TASK, 1, (desk.result(0, Examination(key=b"c")),)),
    )
    assert desk.dossiers.behaviours(TASK, 0) == {b"b": (0,), b"a": (1, 2)}
    assert desk.dossiers.behaviours(TASK, 1) == {b"c": (0,)}
    assert desk.dossiers.behaviours(TASK, 2) == {}


def test_the_last_refutation_is_that_of_the_latest_epoch() -> None:
    desk = Desk()
    early, late = (Counterexample("example", f"f({n})", "1", "it must be 2") for n in (0, 9))
    desk.absorb(
        Examined(TASK, 0, (desk.result(0, Examination(counterexample=early)), desk.result(1, Examination(key=b"a")))),
        Examined(TASK, 1, (desk.result(0, Examination(counterexample=late)), desk.result(1, Examination(key=b"b")))),
    )
    refuted = desk.dossiers.last_refutation(TASK, 0)
    assert refuted is not None
    assert refuted.counterexample == late
    assert desk.dossiers.last_refutation(TASK, 1) is None
    assert desk.dossiers.last_refutation(TASK, 7) is None
    assert desk.dossiers.examination(TASK, 0, 0) == Examination(counterexample=early)
    assert desk.dossiers.examination(TASK, 5, 0) is None


def test_inputs_of_every_epoch_are_kept() -> None:
    desk = Desk()
    inputs = InputSet("m.f", 1, (Call("m.f", (["i", "1"],)),), exhausted=True)
    desk.absorb(EpochOpened(TASK, 1, desk.blobs.put(msgspec.json.encode(inputs)), 1, True, "why"))
    assert desk.dossiers[TASK].inputs == {1: inputs}


def test_who_leads_follows_from_verification_laws_and_decision() -> None:
    desk = Desk()
    desk.absorb(Verified(TASK, 0, 4, 1, False, "no", b""))
    assert desk.dossiers[TASK].leading == -1
    desk.absorb(Verified(TASK, 0, 5, 2, True, "", b""))
    assert desk.dossiers[TASK].leading == 5
    desk.absorb(Together(1, ((TASK, 6), (OTHER, 2)), (), b""))
    assert (desk.dossiers[TASK].leading, desk.dossiers[OTHER].leading) == (6, 2)
    desk.absorb(Decided(TASK, True, 6, 3, 3, 2, "ahead"), Decided(OTHER, False, -1, 0, 0, 1, "split"))
    assert (desk.dossiers[TASK].delivered, desk.dossiers[TASK].leading) == (True, 6)
    other = desk.dossiers[OTHER]
    assert (other.decided, other.delivered, other.leading, other.reason) == (True, False, -1, "split")
