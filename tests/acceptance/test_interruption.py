"""Ctrl-C, ``kill -9``, and the same command afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.ledger.events import Answered, Decided

from .conftest import Desk


def stop_after_first_decision(desk: Desk, *signals: signal.Signals) -> subprocess.CompletedProcess[str]:
    process = desk.start(*desk.build_words())
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if line.startswith("[1/"):
            break
    for number in signals:
        if number == signal.SIGINT:
            # As a terminal does it: everything that the build started hears of Ctrl-C too.
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
    stdout, stderr = process.communicate()
    return subprocess.CompletedProcess([], process.returncode, stdout, "".join(lines) + stderr)


def bought(out: Path) -> Counter[tuple[bytes, int]]:
    ledger = open_ledger(out / "run.ledger", create=False, readonly=True)
    counts: Counter[tuple[bytes, int]] = Counter()
    for event in ledger.replay():
        if isinstance(event, Answered):
            counts.update((event.task, event.first + i) for i, a in enumerate(event.answers) if not a.kept)
    return counts


def decisions(out: Path) -> Counter[bytes]:
    ledger = open_ledger(out / "run.ledger", create=False, readonly=True)
    return Counter(event.task for event in ledger.replay() if isinstance(event, Decided))


@pytest.mark.parametrize(
    ("signals", "code"),
    [((signal.SIGINT,), 130), ((signal.SIGINT, signal.SIGINT), 130), ((signal.SIGKILL,), -9)],
    ids=["once", "twice", "kill -9"],
)
def test_an_interrupted_run_goes_on_and_ends_alike(
    desk: Desk, built: Desk, signals: tuple[signal.Signals, ...], code: int
) -> None:
    stopped = stop_after_first_decision(desk, *signals)
    assert stopped.returncode == code, stopped.stdout + stopped.stderr
    assert "Traceback" not in stopped.stderr
    status = desk.run("status", desk.out)
    assert status.returncode == 0, status.stderr
    assert ("Ended: Interrupted" if code == 130 else "was broken off") in status.stdout
    again = desk.build()
    assert again.returncode == 0, again.stdout + again.stderr
    assert "resumed: 1 of 3 were decided before" in again.stderr or code == 130
    assert desk.package() == built.package()
    assert set(bought(desk.out).values()) == {1}
    assert set(decisions(desk.out).values()) == {1}
    assert desk.run("ledger", "verify", desk.out).returncode == 0


def test_status_of_a_run_that_is_going_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path, latency_s=60.0)
    process = desk.start(*desk.build_words(), "--seed", "5")
    try:
        text = ""
        while process.poll() is None and "is going on" not in text:
            text = desk.run("status", desk.out).stdout
        assert "is going on" in text
    finally:
        process.kill()
        process.communicate()
    assert "was broken off" in desk.run("status", desk.out).stdout


def test_starting_anew_forgets_the_run(desk: Desk, built: Desk) -> None:
    stop_after_first_decision(desk, signal.SIGKILL)
    result = desk.build(None, "--fresh")
    assert result.returncode == 0, result.stdout + result.stderr
    assert desk.package() == built.package()
