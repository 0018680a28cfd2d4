"""The bench's arithmetic: intervals, rules, tables and pages, on records made by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from benchmarks.quality.pages import best_body, write_pages
from benchmarks.quality.records import (
    FORMAT,
    Body,
    Matrix,
    Proposal,
    UnitRecord,
    Verdict,
    read_matrix,
    write_matrix,
)
from benchmarks.quality.rules import (
    codet,
    first_passing,
    first_sample,
    majority_by_signature,
    majority_by_text,
    ours,
    score,
)
from benchmarks.quality.tables import aligned, describe_matrix, yield_line

from swarmwright.errors import UsageError
from swarmwright.voting.intervals import clopper_pearson, upper_tail
from swarmwright.watch.report import UnitReport

RIGHT, WRONG = Verdict(True), Verdict(False, "f(7)", "1", "2", "wrong value")


def report(unit: str) -> UnitReport:
    return UnitReport(
        unit=unit, status="undecided", verdict="UNKNOWN", reason="", votes=0, margin=0, samples=0, offers=0, flags={},
        refuted={}, behaviours=(), distinctions=(), separations=(), epochs=1, inputs=60, exhausted=False, checks=(),
        laws=(), mutants=4, mutants_killed=2, mutants_different=1, models=("m",), tokens_in=0, tokens_out=0,
        cost_usd=0.0, seconds=0.0, stub_sha256="", body_sha256="",
    )  # fmt: skip


def body(text: str, key: str = "aa", *, verdict: Verdict = WRONG, refuted: str = "", flag: str = "") -> Body:
    voting = not refuted and not flag
    return Body(text, key if voting else "", refuted, flag, "f(1) gave 3, but 2 is wanted" if refuted else "", verdict)


def proposal(sample: int, place: int, kind: str = "sample", flag: str = "", *, missing: bool = False) -> Proposal:
    return Proposal(sample, kind, "coder-plain", "m", place, flag, 10, 5, missing)  # type: ignore[arg-type]


def record(
    bodies: tuple[Body, ...],
    order: tuple[int, ...],
    *,
    delivered: int = -1,
    part: str = "fresh",
    unit: str = "fresh.m.f",
    examples: int = 3,
    agreements: tuple[tuple[int, ...], ...] = (),
) -> UnitRecord:
    proposals = tuple(proposal(number, place) for number, place in enumerate(order))
    return UnitRecord(
        part, unit, "def f(n: int) -> int: ...", "int", examples, delivered, "too few votes", proposals, bodies,
        report(unit), None, ("assert f(1) == 2",) if agreements else (), agreements,
    )  # fmt: skip


def matrix(*units: UnitRecord) -> Matrix:
    return Matrix(FORMAT, "own", "replay", "[]", units)


# Intervals


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.30850), (10, 10, 0.69150, 1.0), (5, 10, 0.18709, 0.81291), (58, 59, 0.90914, 0.99957)],
)
def test_intervals_are_those_of_the_tables(hits: int, of: int, low: float, high: float) -> None:
    found = clopper_pearson(hits, of)
    assert found == pytest.approx((low, high), abs=2e-5)


@pytest.mark.parametrize("of", [1, 7, 164, 2000])
def test_the_ends_of_an_interval_leave_two_and_a_half_percent_on_either_side(of: int) -> None:
    hits = of - of // 3
    low, high = clopper_pearson(hits, of)
    if hits:
        assert upper_tail(hits, of, low) == pytest.approx(0.025, rel=1e-6)
    if hits < of:
        assert 1 - upper_tail(hits + 1, of, high) == pytest.approx(0.025, rel=1e-6)


def test_tails_add_up_exactly() -> None:
    by_hand = sum(math.comb(12, k) * 0.3**k * 0.7 ** (12 - k) for k in range(5, 13))
    assert upper_tail(5, 12, 0.3) == pytest.approx(by_hand, rel=1e-12)
    assert (upper_tail(0, 3, 0.5), upper_tail(1, 3, 0.0), upper_tail(3, 3, 1.0)) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize(("hits", "of", "confidence"), [(-1, 3, 0.95), (4, 3, 0.95), (1, 3, 1.0)])
def test_impossible_counts_have_no_interval(hits: int, of: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="no interval"):
        clopper_pearson(hits, of, confidence)


# Rules

REFUTED = body("return 3", refuted="example")
SPLIT = (REFUTED, body("return n", "aa"), body("return n + 0", "bb", verdict=RIGHT), body("return 0 + n", "bb"))


def test_the_first_sample_is_delivered_whatever_it_is_and_costs_one_answer() -> None:
    choice = first_sample(record(SPLIT, (0, 1, 2, 3)))
    assert (choice.body, choice.answers, choice.tokens) == (0, 1, 15)
    flagged = record(SPLIT, ())
    assert first_sample(flagged).body == -1


def test_the_first_that_passes_is_paid_for_up_to_itself() -> None:
    choice = first_passing(record(SPLIT, (0, 0, 1, 2)))
    assert (choice.body, choice.answers) == (1, 3)
    nothing = first_passing(record(SPLIT, (0, 0)))
    assert (nothing.body, nothing.answers) == (-1, 2)


def test_majorities_count_texts_or_behaviours_and_never_what_was_refuted() -> None:
    votes = record(SPLIT, (0, 0, 0, 1, 1, 2, 3, 3, 2))
    assert majority_by_text(votes).body == 1
    assert majority_by_signature(votes).body == 2
    assert majority_by_signature(record(SPLIT, (0, 0))).body == -1


def test_dual_agreement_weighs_samples_with_tests_and_needs_tests() -> None:
    assert codet(record(SPLIT, (1, 2, 3))) is None
    tests = ((), (0,), (0, 1, 2), (0, 1, 2))
    few = record(SPLIT, (1, 1, 1, 1, 1, 2), agreements=tests)
    many = record(SPLIT, (1, 1, 1, 1, 1, 2, 3), agreements=tests)
    assert codet(few).body == 1  # type: ignore[union-attr]
    assert codet(many).body == 2  # type: ignore[union-attr]
    assert codet(record(SPLIT, (0, 0), agreements=tests)).body == -1  # type: ignore[union-attr]


def test_an_answer_that_was_never_recorded_costs_nothing() -> None:
    seen = record(SPLIT, (1,))
    lost = UnitRecord(**{n: getattr(seen, n) for n in seen.__struct_fields__} | {
        "proposals": (proposal(0, -1, flag="not recorded", missing=True), proposal(1, 1, "repair")),
    })  # fmt: skip
    assert first_sample(lost).answers == 0
    assert ours(lost).answers == 1


def test_a_score_counts_what_was_delivered_wrongly() -> None:
    right = record(SPLIT, (2,), delivered=2)
    wrong = record(SPLIT, (1,), delivered=1)
    found = score(ours, [right, wrong, record(SPLIT, (0,))])
    assert (found.units, found.delivered, found.wrong, found.answers) == (3, 2, 1, 3)
    assert found.precision == 0.5


# Tables


def test_the_report_has_both_parts_first_and_says_what_was_possible() -> None:
    text = describe_matrix(
        matrix(
            record(SPLIT, (2,), delivered=2, part="counterfactual", examples=2),
            record(SPLIT, (2,), part="fresh"),
            record(SPLIT[:2], (1,), delivered=1, part="fresh"),
        )
    )
    assert text.index("## counterfactual") < text.index("## fresh") < text.index("## all")
    assert "Of the 2 units for which any sample or repair was right, 1 were delivered (50.0%), 1 of them right." in text
    assert "no tests" in text
    assert "NOT JUDGED" not in text


def test_a_unit_delivered_wrongly_although_a_right_proposal_was_there_is_told_apart() -> None:
    line = yield_line([record(SPLIT, (1, 2), delivered=1)])
    assert line.endswith("1 were delivered (100.0%), 0 of them right.")


def test_what_was_not_judged_or_not_recorded_is_said_loudly() -> None:
    unjudged = record((Body("return 1", "aa", "", "", ""),), (0,))
    text = describe_matrix(matrix(unjudged))
    assert "NOT JUDGED: 1 units (fresh.m.f)" in text


def test_tables_line_up() -> None:
    rows = list(aligned([("rule", "wrong"), ("first", "10"), ("a longer one", "0")]))
    assert len({len(row) for row in rows}) == 1
    assert rows[1] == "| ------------ | ----: |"


# Pages


def test_each_wrong_delivery_has_a_page_and_an_old_page_goes(tmp_path: Path) -> None:
    stale = tmp_path / "wrong" / "gone.md"
    stale.parent.mkdir()
    stale.write_text("old", encoding="utf-8")
    counts = write_pages(
        matrix(
            record(SPLIT, (1, 2), delivered=1, unit="fresh.m.bad"),
            record(SPLIT, (1, 2), unit="fresh.m.shy"),
            record((REFUTED,), (0,), unit="fresh.m.lost"),
        ),
        tmp_path,
    )
    assert counts == {"wrong": 1, "undecided": 1, "hopeless": 1}
    assert not stale.exists()
    page = (tmp_path / "wrong" / "fresh.m.bad.md").read_text(encoding="utf-8")
    for part in ("`f(7)`", "got: `1`", "want: `2`", "return n + 0", "killed 2", "def f(n: int) -> int"):
        assert part in page
    shy = (tmp_path / "undecided.md").read_text(encoding="utf-8")
    assert "fresh.m.shy" in shy
    assert "too few votes" in shy
    lost = (tmp_path / "hopeless.md").read_text(encoding="utf-8")
    assert "refuted by example: f(1) gave 3, but 2 is wanted" in lost
    assert "fresh.m.bad" not in lost


def test_the_best_proposal_is_the_one_that_came_furthest() -> None:
    flagged = body("return", flag="too slow")
    assert best_body(record((flagged, REFUTED), (0, 1))) == REFUTED
    assert best_body(record((flagged, REFUTED, SPLIT[1]), (0, 1, 2))) == SPLIT[1]
    assert best_body(record((), ())) is None


# The file


def test_a_matrix_survives_its_file(tmp_path: Path) -> None:
    kept = matrix(record(SPLIT, (1, 2), delivered=1))
    write_matrix(kept, tmp_path)
    assert read_matrix(tmp_path) == kept


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"format": 99}'])
def test_a_file_that_is_no_matrix_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "matrix.json").write_bytes(content)
    with pytest.raises(UsageError, match="another version"):
        read_matrix(tmp_path)


def test_a_folder_without_matrix_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no matrix\.json"):
        read_matrix(tmp_path)
