"""A winner beside a version that was not told of the prose's exceptions, in a real sandbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from test_winner import Bench

from swarmwright.verify.contest import Contest
from swarmwright.verify.traces import TRACES, look_for_traces
from swarmwright.verify.values import CheckResult, Verdict
from swarmwright.verify.winner import is_thin

pytestmark = pytest.mark.sandbox

SPEC = '''
def find(items: list[int], wanted: int) -> int:
    """Find the place of a number in a list. If it occurs several times, the last place counts. Else it is -1.

    >>> find([4, 5], 5)
    1
    """
    ...


def trusted(items: list[int], wanted: int) -> int:
    """Find the place of a number in a list. If it occurs several times, the last place counts.

    Evidence: tested

    >>> trusted([4, 5], 5)
    1
    """
    ...


def plain(items: list[int]) -> int:
    """Count the numbers. An empty list has none.

    >>> plain([4, 5])
    2
    """
    ...
'''
FIRST = "return items.index(wanted) if wanted in items else -1"
ALSO_FIRST = "for place, item in enumerate(items):\n    if item == wanted:\n        return place\nreturn -1"
LAST = "return len(items) - 1 - items[::-1].index(wanted) if wanted in items else -1"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path = tmp_path_factory.mktemp("spec") / "told.py"
    path.write_text(SPEC)
    made = Bench(path)
    yield made
    made.close()


def looked(bench: Bench, name: str, winner: str, *untold: str) -> list[CheckResult]:
    unit = bench.spec.unit(f"told.{name}")
    inputs = bench.run(bench.examiner.draw, unit.id, count=80)
    return bench.run(look_for_traces, bench.examiner, Contest(unit, winner, (), (), {}, inputs, untold=untold))


def test_a_winner_like_one_that_was_not_told_stands_on_thin_evidence(bench: Bench) -> None:
    (check,) = looked(bench, "find", FIRST, LAST, ALSO_FIRST)
    assert (check.check, check.verdict) == (TRACES, Verdict.UNKNOWN)
    assert is_thin(check)
    assert "'If it occurs several times, the last place counts.'" in check.detail


def test_a_winner_that_differs_shows_a_trace(bench: Bench) -> None:
    (check,) = looked(bench, "find", LAST, FIRST, "while True: pass")
    assert check.verdict is Verdict.TESTED
    assert not is_thin(check)


def test_who_trusts_the_votes_needs_no_trace(bench: Bench) -> None:
    (check,) = looked(bench, "trusted", FIRST, ALSO_FIRST)
    assert not is_thin(check)


def test_nothing_is_compared_where_nothing_was_left_out_or_written(bench: Bench) -> None:
    assert looked(bench, "find", FIRST) == []
    assert looked(bench, "plain", "return len(items)", "return len(items)") == []
