"""A build by the colony alone: its search stands in the ledger, is not done twice, and ``explain`` does it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.cli import app
from swarmwright.errors import SwarmwrightError
from swarmwright.ledger.events import FORMAT, RunOpened, Searched, TaskId, TaskOpened

pytestmark = pytest.mark.sandbox
SPEC = '''"""Small."""


def area(n: int) -> int:
    """Tell how many squares there are, one beside them counted.

    >>> area(3)
    10
    >>> area(0)
    1
    >>> area(-5)
    26
    """
    ...
'''


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=True)


def searches(out: Path) -> list[Searched]:
    ledger = open_ledger(out / "run.ledger", create=False, readonly=True)
    try:
        return [event for event in ledger.replay() if isinstance(event, Searched)]
    finally:
        ledger.close()


def test_a_search_is_one_event_and_can_be_done_again(tmp_path: Path) -> None:
    (tmp_path / "small.py").write_text(SPEC)
    (tmp_path / "settings.toml").write_text("colony_s = 0.5\ncolony_processes = 2\ncolony_memory_mb = 256\n")
    out = tmp_path / "out"
    build = ["build", str(tmp_path / "small.py"), "--out", str(out), "--archetypes", "colony"]
    build += ["--config", str(tmp_path / "settings.toml")]
    first = run(*build)
    (one,) = searches(out)
    assert one.tried > 0, first.output
    assert len(one.trace) == 32
    run(*build)
    assert searches(out) == [one]
    told = run("explain", str(out), "area")
    assert f"{one.tried:,} agents" in told.output
    again = run("explain", str(out), "area", "--agents")
    assert "agent for agent" in again.output
    assert again.exit_code == 0


def test_agents_of_a_unit_that_the_colony_never_saw(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "run.ledger", create=True, readonly=False)
    opened = RunOpened(FORMAT, "small", "00", {}, 0.0, ("small.area",))
    ledger.append([opened, TaskOpened(TaskId(b"t" * 16), "small.area", (), 0)])
    ledger.commit()
    ledger.close()
    told = run("explain", str(tmp_path), "area", "--agents")
    assert isinstance(told.exception, SwarmwrightError)
    assert "no agents to tell of" in str(told.exception)
