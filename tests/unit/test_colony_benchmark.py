"""The colony's figures: what is measured is what was searched, and what cvc5 cannot be asked is told apart."""

from __future__ import annotations

import pytest
from benchmarks.colony import speed
from benchmarks.colony.solvers import inexpressible
from benchmarks.quality.loading import BENCHMARKS
from benchmarks.quality.workloads import read_part


@pytest.mark.parametrize("part", [speed.plain, speed.arithmetic, speed.columns_of_arithmetic, speed.columns_of_all])
def test_a_search_is_measured_to_the_number_of_agents_asked_for(part: speed.Part) -> None:
    found = part(3_000, 60.0)
    assert found.tried > found.distinct >= 3_000
    assert found.seconds > 0


def test_what_cvc5_cannot_be_asked_is_told_apart() -> None:
    reasons = {unit.name: inexpressible(unit) for unit in read_part(BENCHMARKS / "colony" / "specs").units()}
    assert reasons["blank_lines"] == ""
    assert reasons["midpoint"] == "float"
    assert "list" in reasons.values()
