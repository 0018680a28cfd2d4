"""Runs side by side: what they delivered, what it cost, and what changed from one to the next."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from benchmarks.quality.beside import Cost, changes, cost_of, main, side_by_side
from benchmarks.quality.records import FORMAT, Body, Matrix, Proposal, UnitRecord, Verdict, write_matrix

from swarmwright.adapters.sqlite import open_answers
from swarmwright.agents.ports import Completion
from swarmwright.watch.report import UnitReport

KEYS = (b"\x01" * 32, b"\x02" * 32)


def unit(name: str, *, delivered: int = -1, right: bool = True, search_s: float = 0.0) -> UnitRecord:
    shown = UnitReport(
        unit=name, status="undecided", verdict="UNKNOWN", reason="", votes=0, margin=0, samples=0, offers=0, flags={},
        refuted={}, behaviours=(), distinctions=(), separations=(), epochs=1, inputs=60, exhausted=False, checks=(),
        laws=(), mutants=4, mutants_killed=2, mutants_different=1, models=("m",), tokens_in=0, tokens_out=0,
        cost_usd=0.0, seconds=search_s, stub_sha256="", body_sha256="",
    )  # fmt: skip
    bodies = (Body("return n\n", "aa", "", "", "", Verdict(right)),)
    found = (Proposal(0, "sample", "colony", "", 0, "", 0, 0), Proposal(1, "sample", "coder-plain", "m", 0, "", 30, 12))
    return UnitRecord(
        "p", name, "def f(n: int) -> int: ...", "int", 3, delivered, "too few votes", found, bodies, shown
    )


def matrix(*units: UnitRecord) -> Matrix:
    return Matrix(FORMAT, "own", "replay", "[]", units)


def completion(seconds: float) -> Completion:
    return Completion("return n\n", 0, "stop", 30, 12, 0.0, seconds)


def test_what_no_model_gave_costs_no_tokens() -> None:
    found = matrix(unit("a", delivered=0, search_s=1.5), unit("b", right=False), unit("c", delivered=0, right=False))
    cost = cost_of(found, {KEYS[0]: completion(2.0), KEYS[1]: completion(0.5)})
    assert cost == Cost(3, 1, 2, 1, 3, 126, 2.5, 1.5)
    head, _, row = side_by_side({"both": cost})
    assert "model seconds" in head
    assert [cell.strip() for cell in row.strip("|").split("|")][:5] == ["both", "3", "1", "2", "1"]


def test_changes_name_both_directions_and_what_is_wrong() -> None:
    before = matrix(unit("a", delivered=0), unit("b"), unit("c", delivered=0), unit("only before", delivered=0))
    after = matrix(unit("a"), unit("b", delivered=0, right=False), unit("c", delivered=0))
    lines = list(changes(before, after))
    assert [line.split(";")[0] for line in lines] == ["a: no longer delivered (right)", "b: delivered (WRONG)"]


def run_in(folder: Path, *units: UnitRecord, used: tuple[bytes, ...] = ()) -> Path:
    write_matrix(matrix(*units), folder)
    (folder / "used-answers.txt").write_text("".join(f"{key.hex()}\n" for key in used), encoding="ascii")
    return folder


def test_the_command_prints_the_runs_and_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "answers.sqlite"
    answers = open_answers(store)
    answers.put([(key, msgspec.msgpack.encode(completion(3.0))) for key in KEYS])
    answers.close()
    model = run_in(tmp_path / "model", unit("a"), used=KEYS)
    both = run_in(tmp_path / "both", unit("a", delivered=0), used=KEYS[:1])
    assert main(["--recordings", str(store), str(model), str(both)]) == 0
    out = capsys.readouterr().out
    assert "a: delivered (right); before: too few votes" in out
    assert [row.split("|")[8].strip() for row in out.splitlines()[2:4]] == ["6", "3"]


@pytest.mark.parametrize("twice", [True, False])
def test_runs_that_cannot_be_compared_are_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], twice: bool
) -> None:
    store = tmp_path / "answers.sqlite"
    open_answers(store).close()
    folder = run_in(tmp_path / "model", unit("a"))
    other = folder if twice else tmp_path / "none"
    assert main(["--recordings", str(store), str(folder), str(other)]) == 2
    said = capsys.readouterr().err
    assert ("named twice" if twice else "matrix.json") in said
    assert len(said.splitlines()) == 1
