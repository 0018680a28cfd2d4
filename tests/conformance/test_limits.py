"""A winner's whole numbers are stepped across the limits that the prose names, on a real sandbox."""

from __future__ import annotations

import asyncio

import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.spec.reader import read_sources
from swarmwright.verify.contest import Contest
from swarmwright.verify.examine import Examiner
from swarmwright.verify.limits import try_limits
from swarmwright.verify.values import CheckResult, Verdict

pytestmark = pytest.mark.sandbox

SPEC = '''
"""Small."""


def mark(points: int) -> str:
    """More than 90 points are "good", everything else is "bad".

    >>> mark(95)
    'good'
    """
    ...


def page(number: int) -> int:
    """Numbers below 1 give page 1, and there are but two pages.

    >>> page(7)
    2
    """
    ...


def plain(number: int) -> int:
    """Return the number.

    >>> plain(7)
    7
    """
    ...
'''


def checks_of(name: str, body: str) -> list[CheckResult]:
    spec = read_sources("small", {"small.py": SPEC})
    unit = spec.unit(f"small.{name}")

    async def ask() -> list[CheckResult]:
        examiner = await Examiner.open(spec, open_sandbox())
        try:
            inputs = await examiner.draw(unit.id, count=4)
            return await try_limits(examiner, Contest(unit, body, (), (), {}, inputs))
        finally:
            await examiner.close()

    return asyncio.run(ask())


def test_a_limit_on_the_wrong_side_is_shown_with_its_call() -> None:
    (check,) = checks_of(
        "mark",
        "limits = ((90, 'good'),)\nfor n, word in limits:\n    if points >= n:\n        return word\nreturn 'bad'",
    )
    assert check.verdict is Verdict.UNKNOWN
    assert "mark(90) gives 'good' like mark(91)" in check.detail


@pytest.mark.parametrize("body", ["return 'good' if points > 90 else 'bad'", "return str(points)", "return 'bad'"])
def test_a_right_limit_and_what_says_nothing_pass(body: str) -> None:
    assert [check.verdict for check in checks_of("mark", body)] == [Verdict.TESTED]


def test_what_is_clamped_to_a_limit_is_the_same_on_both_sides_by_right() -> None:
    assert [check.verdict for check in checks_of("page", "return min(2, max(1, number))")] == [Verdict.TESTED]


def test_without_a_limit_nothing_is_tried() -> None:
    assert checks_of("plain", "return number") == []
