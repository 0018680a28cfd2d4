"""What every tier promises to those who use it honestly: sessions, Jobs, limits and named errors."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from swarmwright.adapters.sandbox import TIERS, open_sandbox, probe_tiers
from swarmwright.errors import SandboxDiedError, SandboxError, SandboxUnavailableError
from swarmwright.verify.ports import Job, JobResult, Limits, Sandbox

pytestmark = pytest.mark.sandbox
CANDIDATE = "swarmwright.verify.inside.candidate"


@pytest.fixture(scope="module", params=TIERS)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    try:
        return open_sandbox(tier=request.param, allow_weak=True)
    except SandboxUnavailableError as error:
        pytest.skip(str(error))


def use(sandbox: Sandbox, work: Callable[[Any], Awaitable[Any]], module: str = CANDIDATE, **more: Any) -> Any:
    async def main() -> Any:
        session = await sandbox.start(module, limits=Limits(), **more)
        try:
            return await work(session)
        finally:
            await session.close()

    return asyncio.run(main())


def run(sandbox: Sandbox, code: str, **more: Any) -> JobResult:
    return asyncio.run(sandbox.run(Job(arguments=("-c", code), **more)))


def test_a_session_answers_many_requests(sandbox: Sandbox) -> None:
    async def work(session: Any) -> list[dict[str, Any]]:
        return [await session.request({"op": "ping"}, timeout_s=30) for _ in range(3)]

    replies = use(sandbox, work)
    assert len({json.dumps(reply) for reply in replies}) == 1
    assert (replies[0]["pid"] == 1) is (sandbox.name != "weak")


def test_requests_made_at_once_are_answered_in_turn(sandbox: Sandbox) -> None:
    source = "def f(n):\n    return n\n"

    async def work(session: Any) -> list[dict[str, Any]]:
        base = {"op": "run", "modules": {"m": source}, "cpu_s": 5, "total_cpu_s": 9, "memory_bytes": 1 << 29}
        requests = [{**base, "max_bytes": 1000, "calls": [["m.f", [number], []]]} for number in range(5)]
        return await asyncio.gather(*(session.request(request, timeout_s=60) for request in requests))

    assert [reply["outcomes"][0][1] for reply in use(sandbox, work)] == [0, 1, 2, 3, 4]


def test_a_session_that_does_not_answer_in_time_is_dead(sandbox: Sandbox) -> None:
    async def work(session: Any) -> None:
        await session.request({"op": "ping"}, timeout_s=30)
        with pytest.raises(SandboxDiedError, match="did not answer"):
            await session.request({"op": "ping"}, timeout_s=0.0)
        with pytest.raises(SandboxDiedError):
            await session.request({"op": "ping"}, timeout_s=30)

    use(sandbox, work)


def test_a_module_that_does_not_speak_is_dead_with_its_last_words(sandbox: Sandbox) -> None:
    async def work(session: Any) -> None:
        with pytest.raises(SandboxDiedError, match="No module named"):
            await session.request({"op": "ping"}, timeout_s=30)

    use(sandbox, work, module="swarmwright.no_such_module")


def test_garbage_instead_of_a_reply_is_death(sandbox: Sandbox) -> None:
    async def work(session: Any) -> None:
        with pytest.raises(SandboxDiedError):
            await session.request({}, timeout_s=30)

    use(sandbox, work, module="this")


def test_closing_twice_is_harmless(sandbox: Sandbox) -> None:
    async def work(session: Any) -> None:
        await session.close()
        await session.close()

    use(sandbox, work)


def test_a_cancelled_request_ends_the_session(sandbox: Sandbox) -> None:
    async def work(session: Any) -> None:
        await session.request({"op": "ping"}, timeout_s=30)
        task = asyncio.create_task(session.request({"op": "ping"}, timeout_s=30))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(SandboxDiedError):
            await session.request({"op": "ping"}, timeout_s=30)

    use(sandbox, work)


def test_a_job_gets_files_and_input_and_returns_files_and_output(sandbox: Sandbox) -> None:
    code = (
        "import sys, pathlib; print(sys.stdin.read().upper()); print('err', file=sys.stderr);"
        "pathlib.Path('out.txt').write_bytes(pathlib.Path('a/b.txt').read_bytes() * 2); sys.exit(3)"
    )
    result = run(sandbox, code, files={"a/b.txt": b"\0x"}, collect=("out.txt", "none", "a"), stdin=b"hello")
    assert result == JobResult(3, b"HELLO\n", b"err\n", False, {"out.txt": b"\0x\0x"})


def test_a_job_has_a_minimal_environment(sandbox: Sandbox) -> None:
    result = run(sandbox, "import os; print(sorted(os.environ), hash('a'))", hash_seed=7)
    again = run(sandbox, "import os; print(sorted(os.environ), hash('a'))", hash_seed=7)
    other = run(sandbox, "import os; print(sorted(os.environ), hash('a'))", hash_seed=8)
    assert result.stdout == again.stdout != other.stdout
    assert b"HOME" in result.stdout
    assert b"USER" not in result.stdout


def test_a_job_that_does_not_end_is_stopped(sandbox: Sandbox) -> None:
    result = run(sandbox, "import time\nprint('begun', flush=True)\ntime.sleep(3600)", limits=Limits(wall_s=1.5))
    assert result.timed_out
    assert result.exit_code == -9
    assert result.stdout == b"begun\n"


def test_a_job_that_burns_its_time_is_stopped(sandbox: Sandbox) -> None:
    result = run(sandbox, "while True: pass", limits=Limits(cpu_s=1.0, wall_s=60.0))
    assert result.exit_code in (-9, -24)


def test_the_output_of_a_job_is_cut(sandbox: Sandbox) -> None:
    result = run(sandbox, "print('x' * 10_000_000)", limits=Limits(output_bytes=1000))
    assert result.stdout == b"x" * 1000
    assert result.exit_code == 0


def test_the_files_of_a_job_are_limited(sandbox: Sandbox) -> None:
    code = "f = open('big', 'wb')\nfor _ in range(100):\n    f.write(b'x' * 100_000)\n    f.flush()"
    result = run(sandbox, code, limits=Limits(file_bytes=1 << 20), collect=("big",))
    assert result.exit_code != 0
    assert len(result.files["big"]) <= 1 << 20


def test_the_memory_of_a_job_is_limited(sandbox: Sandbox) -> None:
    result = run(sandbox, "x = bytearray(1 << 32)", limits=Limits(memory_bytes=1 << 29))
    assert result.exit_code == 1
    assert b"MemoryError" in result.stderr


def test_a_job_that_leaves_processes_behind_ends(sandbox: Sandbox) -> None:
    code = "import os, time\nfor _ in range(3):\n    if os.fork() == 0:\n        time.sleep(3600)\nprint('done')"
    result = run(sandbox, code)
    assert result.stdout == b"done\n"
    assert not result.timed_out


def test_a_job_cannot_start_processes_without_end(sandbox: Sandbox) -> None:
    if sandbox.name == "weak" and os.geteuid() == 0:
        pytest.skip("no limit of processes binds root itself")
    code = (
        "import os, time\nn = 0\ntry:\n    while n < 500:\n        if os.fork() == 0:\n            time.sleep(60)\n"
        "        n += 1\nexcept OSError:\n    pass\nprint(n)"
    )
    result = run(sandbox, code, limits=Limits(processes=16))
    assert int(result.stdout) < 500


def test_a_job_cannot_write_to_links_out_of_its_folder(sandbox: Sandbox) -> None:
    result = run(sandbox, "import os; os.symlink('/etc/hostname', 'link')", collect=("link",))
    assert result.files == {}
    for name in ("../up.txt", "/abs.txt"):
        with pytest.raises(SandboxError):
            run(sandbox, "pass", files={name: b"x"})


def test_installed_tools_run_in_a_job(sandbox: Sandbox) -> None:
    files = {"test_it.py": b"import icontract, hypothesis\ndef test_it():\n    assert 1 + 1 == 2\n"}
    arguments = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "test_it.py")
    result = asyncio.run(sandbox.run(Job(arguments=arguments, files=files)))
    assert result.exit_code == 0, result
    assert b"1 passed" in result.stdout


@pytest.mark.parametrize("tier", ["bubblewrap", "unshare"])
def test_a_job_is_isolated(tier: str, tmp_path: Path) -> None:
    try:
        sandbox = open_sandbox(tier=tier)
    except SandboxUnavailableError as error:
        pytest.skip(str(error))
    (tmp_path / "secret").write_text("secret")
    code = f"""
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def refused(attempt):
    try:
        result = attempt()
    except OSError:
        return True
    return type(result) is int and result < 0
print(refused(lambda: open({str(tmp_path / "secret")!r})), refused(lambda: open({str(tmp_path / "new")!r}, "w")),
      refused(lambda: open("/usr/x", "w")), refused(lambda: open("/x", "w")),
      refused(lambda: os.kill(1, 9)) or os.getppid() == 1,
      refused(lambda: socket.socket()), refused(lambda: libc.mount(None, b"/", None, 32 | 4096, None)),
      refused(lambda: libc.unshare(0x10000000)), refused(lambda: libc.ptrace(16, 1, 0, 0)),
      refused(lambda: os.setuid(0)), refused(lambda: open("/proc/1/mem")), len(os.listdir("/dev")) <= 6)
"""
    result = run(sandbox, code)
    assert result.stdout.split() == [b"True"] * 12, result
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_the_weak_tier_must_be_allowed_in_so_many_words() -> None:
    with pytest.raises(SandboxUnavailableError, match="allow the weak mode"):
        open_sandbox(tier="weak")
    assert open_sandbox(tier="weak", allow_weak=True).name == "weak"
    with pytest.raises(SandboxUnavailableError, match="no tier named"):
        open_sandbox(tier="vapour", allow_weak=True)


def test_tiers_are_reported_with_remedies() -> None:
    reports = probe_tiers()
    assert [report.name for report in reports] == list(TIERS)
    assert all(report.works or report.remedy for report in reports)
    if sys.platform == "linux" and any(report.works for report in reports[:2]):
        assert open_sandbox().name == next(report.name for report in reports if report.works)
