"""Every hostile candidate, on every tier, as root and as an ordinary user: contained, and never a success."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hostile import AT_IMPORT, HOSTILE

import swarmwright
from swarmwright.adapters.sandbox import probe_tiers

DRIVER = Path(__file__).with_name("hostile_driver.py")
PACKAGE = Path(swarmwright.__file__).parent
TIERS = ("bubblewrap", "unshare")
ORDINARY = 61234
pytestmark = pytest.mark.sandbox


def hidden_ancestors(paths: list[Path]) -> list[Path]:
    """The topmost folders above ``paths`` that other users may not enter."""
    hidden = []
    for path in paths:
        for folder in reversed((path, *path.parents)):
            if not folder.stat().st_mode & 0o001:
                hidden.append(folder)
                break
    return sorted(set(hidden))


def as_ordinary_user(command: list[str]) -> list[str]:
    """Wrap a command so that root runs it as an ordinary user, who is shown the interpreter where it lies hidden."""
    needed = sorted({Path(sys.base_prefix), Path(sys.prefix), PACKAGE, DRIVER.parent})
    lines = ["set -e"]
    for index, folder in enumerate(hidden_ancestors(needed)):
        inner = [path for path in needed if path.is_relative_to(folder)]
        stage = f"/mnt/{index}"
        lines += ["mount -t tmpfs -o mode=755 tmpfs /mnt"] if index == 0 else []
        for number, path in enumerate(inner):
            lines += [f"mkdir -p {stage}/{number}", f"mount --bind {path} {stage}/{number}"]
        lines += [f"mount -t tmpfs -o mode=755 tmpfs {folder}"]
        for number, path in enumerate(inner):
            lines += [f"mkdir -p {path}", f"mount --bind {stage}/{number} {path}"]
    lines += [f'exec setpriv --reuid {ORDINARY} --regid {ORDINARY} --clear-groups -- "$@"']
    return ["unshare", "-m", "sh", "-c", "\n".join(lines), "sh", *command]


def wrapped(user: str, command: list[str]) -> list[str]:
    if user == "ourselves":
        return command
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    if not all(map(shutil.which, ("unshare", "setpriv", "mount"))):
        pytest.skip("unshare, setpriv or mount is missing")
    command = as_ordinary_user(command)
    trial = [*command[: command.index(sys.executable)], sys.executable, "-c", ""]
    done = subprocess.run(trial, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"the interpreter cannot be shown to another user: {done.stderr.decode()[-200:]}")
    return command


def environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "HOSTILE_SECRET": "outer",
        "PYTHONPATH": str(PACKAGE.parent),
    }


def run_driver(tier: str, user: str, home: Path) -> dict:
    home.chmod(0o777)
    command = wrapped(user, [sys.executable, str(DRIVER), tier, str(home)])
    done = subprocess.run(command, capture_output=True, timeout=300, env=environment(home), check=False)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="session", params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    report = next(report for report in probe_tiers() if report.name == request.param)
    if not report.works:
        pytest.skip(f"{report.detail}; {report.remedy}")
    return request.param


@pytest.fixture(scope="session", params=["ourselves", "ordinary"])
def story(request: pytest.FixtureRequest, tier: str) -> dict:
    # Not below pytest's own temporary folder, which other users may not enter.
    with tempfile.TemporaryDirectory(prefix="hostile-") as home:
        return run_driver(tier, request.param, Path(home))


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) + len(AT_IMPORT) >= 28
    assert len({hostile.name for hostile in (*HOSTILE, *AT_IMPORT)}) == len(HOSTILE) + len(AT_IMPORT)


@pytest.mark.parametrize("index", range(len(HOSTILE) + len(AT_IMPORT)), ids=[h.name for h in (*HOSTILE, *AT_IMPORT)])
def test_hostile_candidate_is_contained(story: dict, index: int) -> None:
    hostile = (*HOSTILE, *AT_IMPORT)[index]
    result = story["results"][index]
    assert result["name"] == hostile.name
    kind, (value, changed, _) = result["kinds"][0], result["shown"][0]
    assert kind in hostile.ends, result
    assert "ESCAPED" not in json.dumps(value) or kind == "opaque"
    if kind == "value":
        assert value == hostile.value
    assert changed is hostile.changed
    assert result["served"] == 42, "the forker no longer serves good candidates"


def test_nothing_was_harmed(story: dict) -> None:
    assert story["left"] == ["secret-name.txt"]
    assert story["connected"] is False
    assert story["strays"] == []
    assert "the secret" not in json.dumps(story["results"])


@pytest.mark.parametrize("user", ["ourselves", "ordinary"])
def test_killing_us_leaves_nothing_behind(tier: str, user: str, tmp_path: Path) -> None:
    command = wrapped(user, [sys.executable, str(DRIVER), tier, str(tmp_path), "hold"])
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(tmp_path)) as driver:
        assert driver.stdout is not None
        pids = json.loads(driver.stdout.readline())
        assert len(pids) >= 6
        watches = [os.pidfd_open(pid) for pid in pids]
        driver.send_signal(signal.SIGKILL)
        driver.wait()
    deadline = time.monotonic() + 20
    waiting = set(watches)
    while waiting and time.monotonic() < deadline:
        waiting -= set(select.select(list(waiting), [], [], max(0.0, deadline - time.monotonic()))[0])
    for watch in watches:
        os.close(watch)
    assert not waiting, "sandboxed processes outlived us"
