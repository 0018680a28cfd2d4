"""Runs one program in the sandbox and returns its output: the process that stands over a Job.

It is the first process of its namespace and undumpable, so the program can neither end it nor speak for it.
Standard library only.
"""

from __future__ import annotations

import base64
import contextlib
import os
import select
import signal
import stat
import sys
import time
from pathlib import Path
from typing import Any

from swarmwright.verify.inside import framing, guard


def write_files(files: dict[str, str], folder: Path) -> None:
    """Write the Job's files (base64 by relative path) below the folder; raises ``ValueError`` for a path outside."""
    for name, content in files.items():
        path = folder / name
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(f"{name} is not inside the working folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def read_file(path: Path, max_bytes: int) -> str | None:
    """Return a regular file as base64, cut at ``max_bytes``; None where it is anything else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return base64.b64encode(framing.read_up_to(descriptor, max_bytes)).decode()
    finally:
        os.close(descriptor)


def start(request: dict[str, Any], streams: tuple[int, int, int]) -> int:
    """Fork and become the program in the child; return its process id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        for standard, stream in enumerate(streams):
            os.dup2(stream, standard)
        os.closerange(3, 1 << 16)
        for number in (signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        guard.limit(**{f"RLIMIT_{name}": int(value) for name, value in request["limits"].items()})
        os.execve(sys.executable, [sys.executable, *request["arguments"]], request["environment"])  # noqa: S606
    finally:
        os._exit(127)


class Pump:
    """Feeds the program's input and keeps the beginning of its outputs."""

    def __init__(self, stdin: bytes, max_bytes: int) -> None:
        """Open the pipes."""
        self.max_bytes = max_bytes
        self.pending = memoryview(stdin)
        reading, self.feed = os.pipe()
        os.set_blocking(self.feed, False)
        pairs = (os.pipe(), os.pipe())
        self.theirs = (reading, pairs[0][1], pairs[1][1])
        self.outputs = {pairs[0][0]: bytearray(), pairs[1][0]: bytearray()}
        self.open = set(self.outputs)
        self.poll = select.poll()
        for descriptor in self.open:
            self.poll.register(descriptor, select.POLLIN)

    def started(self) -> None:
        """Close the program's ends here."""
        for descriptor in self.theirs:
            os.close(descriptor)
        self.poll.register(self.feed, select.POLLOUT)

    def step(self, timeout_s: float) -> set[int]:
        """Move what can be moved within the time; return the descriptors that are ready and not ours."""
        others = set()
        for descriptor, _ in self.poll.poll(max(0.0, timeout_s) * 1000):
            if descriptor == self.feed:
                self._write()
            elif descriptor in self.outputs:
                self._read(descriptor)
            else:
                others.add(descriptor)
        return others

    def _write(self) -> None:
        try:
            self.pending = self.pending[os.write(self.feed, self.pending[: 1 << 16]) :]
        except BlockingIOError:
            return
        except OSError:
            self.pending = self.pending[:0]
        if not self.pending:
            self.poll.unregister(self.feed)
            os.close(self.feed)

    def _read(self, descriptor: int) -> None:
        part = os.read(descriptor, 1 << 16)
        if not part:
            self.open.discard(descriptor)
            self.poll.unregister(descriptor)
        kept = self.outputs[descriptor]
        kept += part[: max(0, self.max_bytes - len(kept))]


def end_all(pid: int) -> None:
    """Kill the program and everything it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(-1 if os.getpid() == 1 else -pid, signal.SIGKILL)


def supervise(pid: int, pump: Pump, wall_s: float) -> tuple[int, bool]:
    """Wait for the program's end, within the time; return its exit code and whether it was stopped."""
    deadline = time.monotonic() + wall_s
    pump.started()
    watch = os.pidfd_open(pid)
    pump.poll.register(watch, select.POLLIN)
    ended = False
    while not ended and time.monotonic() < deadline:
        ended = watch in pump.step(deadline - time.monotonic())
    end_all(pid)
    status = os.waitpid(pid, 0)[1]
    pump.poll.unregister(watch)
    drained = time.monotonic() + 1.0
    while pump.open and time.monotonic() < drained:
        pump.step(0.1)
    return os.waitstatus_to_exitcode(status), not ended


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Run the Job that the request describes."""
    folder = Path.cwd()
    try:
        write_files(request["files"], folder)
    except (OSError, ValueError) as error:
        return {"error": f"the files could not be written: {error}"}
    pump = Pump(base64.b64decode(request["stdin"]), int(request["output_bytes"]))
    pid = start(request, pump.theirs)
    code, timed_out = supervise(pid, pump, float(request["wall_s"]))
    stdout, stderr = (base64.b64encode(kept).decode() for kept in pump.outputs.values())
    files = {name: read_file(folder / name, int(request["output_bytes"])) for name in request["collect"]}
    kept_files = {name: content for name, content in files.items() if content is not None}
    return {"exit_code": code, "timed_out": timed_out, "stdout": stdout, "stderr": stderr, "files": kept_files}


if __name__ == "__main__":
    guard.make_undumpable()
    framing.serve(answer)
