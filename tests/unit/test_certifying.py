"""From a run's events to certificates: what is said of votes, families, solvers, inputs and assumptions."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from swarmwright.ledger.events import (
    Answer,
    Answered,
    AnyEvent,
    Asked,
    Decided,
    EpochOpened,
    Examined,
    Result,
    RunClosed,
    RunOpened,
    TaskId,
    TaskOpened,
    Verified,
)
from swarmwright.ledger.folds import fold
from swarmwright.ledger.memory import MemoryBlobs
from swarmwright.spec.reader import read_spec
from swarmwright.verify.certificates import (
    PACKAGE_NAME,
    Certificate,
    PackageCertificate,
    code_in,
    inputs_digest,
    printed,
    sha256,
)
from swarmwright.verify.values import Call, CheckResult, Evidence, Examination, InputSet, Verdict
from swarmwright.watch.certifying import Context, certify, write_certificates
from swarmwright.watch.markdown import write_markdown
from swarmwright.watch.report import build_report

STUBS = '''
def half(n: int) -> int:
    """Halve.

    >>> half(2)
    1
    """
    ...


def quarter(n: int) -> int:
    """Halve twice.

    Uses: half
    """
    ...


def never(n: int) -> int:
    """Nobody knows.

    Uses: half
    """
    ...
'''
DELIVERED = "def half(n: int) -> int:\n    return n // 2\n\n\ndef quarter(n: int) -> int:\n    return half(half(n))\n"
HALF, QUARTER, NEVER = (TaskId(bytes([n]) * 16) for n in (1, 2, 3))
RIGHT, WRONG = b"r" * 32, b"w" * 32
FIRST, SECOND = (tuple(Call("pkg.half", (n,)) for n in range(count)) for count in (3, 5))


class Made:
    """A made-up run: ``half`` TESTED by two models against a rival, ``quarter`` BOUNDED by one, ``never`` undecided."""

    def __init__(self, folder: Path, families: dict[str, str]) -> None:
        self.blobs = MemoryBlobs()
        (folder / "pkg.py").write_text(STUBS, encoding="utf-8")
        self.spec = read_spec(folder / "pkg.py")
        self.events: list[AnyEvent] = [
            RunOpened(1, "pkg", self.spec.digest, {}, 1.0, ("pkg.half", "pkg.quarter", "pkg.never")),
            *(TaskOpened(task, name, (), 0) for task, name in ((HALF, "pkg.half"), (QUARTER, "pkg.quarter"))),
            TaskOpened(NEVER, "pkg.never", (), 0),
            Asked(HALF, 0, "coder", "small", 0, 2),
            Asked(HALF, 1, "coder", "large", 2, 1),
            Answered(HALF, 0, b"", tuple(self.answer(body) for body in ("return n // 2", "return n", "return n >> 1"))),
            EpochOpened(HALF, 0, self.put(InputSet("pkg.half", 0, FIRST)), 3, False, "first"),
            Examined(HALF, 0, self.results(0)),
            EpochOpened(HALF, 1, self.put(InputSet("pkg.half", 1, SECOND, True)), 5, True, "more"),
            Examined(HALF, 1, self.results(1)),
            self.verified(HALF, "pkg.half", Verdict.TESTED, 0),
            Decided(HALF, True, 0, 2, 1, int(Verdict.TESTED), ""),
            Asked(QUARTER, 0, "coder", "small", 0, 1),
            Answered(QUARTER, 0, b"", (self.answer("return half(half(n))"),)),
            EpochOpened(QUARTER, 0, self.put(InputSet("pkg.quarter", 0, (Call("pkg.quarter", (4,)),))), 1, False, ""),
            Examined(QUARTER, 0, (Result(0, WRONG, "", "", self.put(Examination(key=WRONG))),)),
            self.verified(QUARTER, "pkg.quarter", Verdict.BOUNDED, 0),
            Decided(QUARTER, True, 0, 1, 1, int(Verdict.BOUNDED), ""),
            Decided(NEVER, False, -1, 0, 0, 1, "every proposal was refuted"),
            RunClosed("SOME_UNDECIDED", "", 9.0),
        ]
        state = fold(self.events)
        self.report = build_report(state, self.blobs, spec=self.spec)
        context, texts = Context(families, {"crosshair-tool": "0.0.99"}), {"pkg/__init__.py": DELIVERED}
        self.made = certify(self.report, state, self.blobs, spec=self.spec, texts=texts, context=context)
        undecided = {"pkg.never": "every proposal was refuted"}
        self.files = write_certificates(self.made, spec=self.spec, undecided=undecided, context=context)
        self.whole = msgspec.json.decode(self.files[PACKAGE_NAME], type=PackageCertificate)

    def put(self, value: object) -> bytes:
        return self.blobs.put(msgspec.json.encode(value))

    def answer(self, body: str) -> Answer:
        return Answer(b"", self.blobs.put(body.encode()), "", "", 10, 1, 0.0, 0.1, False)

    def results(self, epoch: int) -> tuple[Result, ...]:
        right = self.put(Examination(key=RIGHT, checks=(CheckResult("examples", Verdict.TESTED, 1 + epoch),)))
        wrong = self.put(Examination(key=WRONG))
        return (Result(0, RIGHT, "", "", right), Result(1, WRONG, "", "", wrong), Result(2, RIGHT, "", "", right))

    def verified(self, task: TaskId, name: str, verdict: Verdict, epoch: int) -> Verified:
        checks = (CheckResult("CrossHair: postconditions", verdict, detail="said"),)
        evidence = Evidence(name, "", verdict, True, "", checks)
        return Verified(task, epoch, 0, int(verdict), True, "", self.put({"evidence": evidence, "more": []}))

    def certificate(self, name: str) -> Certificate:
        return msgspec.json.decode(self.files[f"certificates/{name}.json"], type=Certificate)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path, {"small": "one", "large": "two"})


def test_a_certificate_holds_votes_rivals_families_and_the_voted_behaviour(made: Made) -> None:
    half = made.certificate("pkg.half")
    assert (half.votes, half.margin, half.rivals) == (2, 1, (1,))
    assert (half.models, half.families, half.one_family) == (("large", "small"), ("one", "two"), False)
    assert (half.inputs, half.exhausted, half.signature) == (SECOND, True, RIGHT.hex())
    assert half.inputs_sha256 == inputs_digest(SECOND)
    assert [(one.check, one.inputs) for one in half.checks] == [("examples", 2), ("CrossHair: postconditions", 0)]
    assert [one.tool for one in half.checks] == ["", "crosshair-tool 0.0.99"]


def test_a_certificate_identifies_stub_and_code_as_they_are_printed(made: Made) -> None:
    half = made.certificate("pkg.half")
    assert half.code == printed("pkg/__init__.py", code_in(DELIVERED, "half"))
    assert half.stub == printed("spec/pkg/__init__.py", made.spec.unit("pkg.half").source)
    assert half.stub.sha256 == sha256(STUBS[1 : STUBS.index("...") + 3])


def test_a_verdict_is_lowered_to_what_it_assumes(made: Made) -> None:
    quarter, half = made.certificate("pkg.quarter"), made.certificate("pkg.half")
    assert (quarter.verdict, quarter.composed, half.composed) == ("BOUNDED", "TESTED", "TESTED")
    (assumed,) = quarter.assumes
    assert (assumed.unit, assumed.why, assumed.verdict) == ("pkg.half", "calls", "TESTED")
    assert (assumed.stub_sha256, assumed.code_sha256) == (half.stub.sha256, half.code.sha256)


def test_support_from_one_family_is_marked_whatever_the_number_of_models(tmp_path: Path) -> None:
    half = Made(tmp_path, {"small": "one", "large": "one"}).certificate("pkg.half")
    assert (half.models, half.families, half.one_family) == (("large", "small"), ("one",), True)


def test_the_evidence_for_people_says_what_is_assumed(made: Made) -> None:
    text = write_markdown(made.report, made.made)
    half, quarter = text.split("## `pkg.half`")[1].split("## `pkg.quarter`")
    assert "Delivered as TESTED with 2 votes, 1 ahead.\n" in half
    assert "| `pkg.quarter` | delivered | TESTED |" in text, "no stronger than what it assumes"
    one_family = "They come from a single family of models, whose errors may be shared."
    assert f"1 ahead. {one_family} It assumes `pkg.half` (TESTED), and is TESTED with that." in quarter


def test_the_package_lists_certificates_and_what_is_undecided(made: Made) -> None:
    assert made.files.keys() == {PACKAGE_NAME, "certificates/pkg.half.json", "certificates/pkg.quarter.json"}
    assert made.whole.certificates == {name: sha256(made.files[name]) for name in made.files if name != PACKAGE_NAME}
    assert (made.whole.verdict, made.whole.weakest) == ("UNKNOWN", "TESTED")
    assert made.whole.undecided == {"pkg.never": "every proposal was refuted"}
