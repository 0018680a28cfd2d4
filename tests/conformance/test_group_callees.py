"""Units of one group that call each other: nobody is delivered with a callee with which it was never voted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_crew import Divided, built_of, materials, read

from swarmwright.ledger.memory import MemoryLedger

SPEC = '''
def base(n: int) -> int:
    """Return n plus one.

    >>> base(0)
    1
    >>> base(5)
    6
    >>> base(2)
    3
    """
    ...


def upper(n: int) -> int:
    """Return twice the base of n.

    Uses: base

    >>> upper(0)
    2
    >>> upper(4)
    10
    >>> upper(1)
    4
    """
    ...


def law_base(n: int) -> bool:
    """One more."""
    return base(n) == n + 1


def law_upper(n: int) -> bool:
    """Twice."""
    return upper(n) == 2 * base(n)
'''
RIGHT = "return n + 1\n"
WRONG = "return n + 1 if n < 11 else n + 2\n"


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("opinions", "delivered"),
    [
        ((RIGHT,), {"m.base": "return n + 1", "m.upper": "return base(n) * 2"}),
        # The law keeps only what two of eight voted for; `upper` was voted for with the other one below it.
        ((RIGHT, RIGHT, *(WRONG,) * 6), {}),
    ],
)
def test_a_caller_is_delivered_only_with_the_callee_it_was_voted_for_with(
    tmp_path: Path, opinions: tuple[str, ...], delivered: dict[str, str]
) -> None:
    model = Divided({"upper": "return base(n) * 2\n"}, "base", opinions)
    built = built_of(materials(read(tmp_path, SPEC), model, MemoryLedger()))
    assert built.delivered == delivered
    assert len(built.delivered) + len(built.undecided) == 2
