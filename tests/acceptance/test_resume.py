"""``kill -9`` at random moments, by the benchmark that does the same to 200 units."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "resume.py"


@pytest.mark.slow
@pytest.mark.sandbox
def test_kills_change_no_byte_and_buy_nothing_twice() -> None:
    command = [sys.executable, str(BENCHMARK), "--units", "6", "--kills", "12"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "12 kills" in result.stdout
    assert re.search(r"[1-9]\d* resumed", result.stdout), result.stdout
    assert "the same package byte for byte" in result.stdout
