"""The candidate process: maps encoded calls to encoded outcomes, and knows nothing of what they should be.

A warm parent (the forker) never runs generated code. For each request it forks a child that binds itself, loads
the modules, performs the calls in order and sends one frame for each through a private pipe. When the child dies,
hangs or breaks the protocol, that call gets the blame and the calls after it go on in a new child.

Request: ``{"op": "run", "modules": {name: source}, "calls": [[unit, args, kwargs], ...], "cpu_s": seconds a call,
"total_cpu_s": seconds in all, "memory_bytes": ..., "max_bytes": size of one result}``. Reply: ``{"outcomes":
[[kind, value, error, changed, cpu_ms, detail], ...], "load_error": text}``. Standard library only.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

from swarmwright.verify.inside import framing, guard, performing

BLOCKED_S = 1.0
"""A child that uses no processor time at all for so long is waiting for something that will not come."""
MOST_PARDONS = 20
"""How often a child that seems to wait is given as long again, where the machine is too busy to tell."""
_PROBE_CPU_S = 0.005
STRIKES = 3
"""After so many time-outs or deaths in one request the remaining calls are not tried."""
TICK_MS = 20
MAX_REPLY_BYTES = 12 << 20

Outcome = list[Any]


def outcome(kind: str, detail: str) -> Outcome:
    """Return the outcome of a call that gave nothing."""
    return [kind, None, "", False, 0.0, detail]


class Child:
    """One forked child and what has been read from it."""

    def __init__(self, pid: int, pipe: int, frame_bytes: int, token: str) -> None:
        """Take the child's process id, the reading end of its pipe and the word that begins its frames."""
        self.pid = pid
        self.token = token
        self.pipe = pipe
        self.frame_bytes = frame_bytes
        self.buffer = bytearray()
        self.status: int | None = None
        self.mark_cpu_s = 0.0
        self.seen_cpu_s = 0.0
        self.seen_at = time.monotonic()
        self.pardons = 0

    def read(self) -> bool:
        """Take what lies in the pipe; false at its end."""
        part = os.read(self.pipe, 1 << 18)
        self.buffer += part
        return bool(part)

    def frame(self) -> Any:
        """Return the next complete frame, None where there is none yet; ``ValueError`` where it is no frame of ours."""
        if len(self.buffer) < framing.HEADER_BYTES:
            return None
        length = int.from_bytes(self.buffer[: framing.HEADER_BYTES], "big")
        if length > self.frame_bytes:
            raise ValueError("its result is too large")
        end = framing.HEADER_BYTES + length
        if len(self.buffer) < end:
            return None
        body = bytes(self.buffer[framing.HEADER_BYTES : end])
        del self.buffer[:end]
        frame = json.loads(body)
        # A forger who finds this word gains nothing that it could not return; one who does not is found out.
        if type(frame) is not list or len(frame) != 2 or frame[0] != self.token:
            raise ValueError("it broke the protocol")
        return frame[1]

    def progressed(self) -> None:
        """Start the clocks of the next call."""
        self.mark_cpu_s = self.seen_cpu_s = self.cpu_s()
        self.seen_at = time.monotonic()
        self.pardons = 0

    def cpu_s(self) -> float:
        """Return the processor time the child has used so far."""
        try:
            return guard.cpu_seconds(self.pid)
        except OSError:
            return self.seen_cpu_s

    def overdue(self, cpu_s: float) -> str:
        """Return why the call in progress has taken too long, or nothing."""
        used = self.cpu_s()
        now = time.monotonic()
        if used - self.mark_cpu_s > cpu_s:
            return f"more than {cpu_s:g} s of processor time"
        if used > self.seen_cpu_s:
            self.seen_cpu_s, self.seen_at = used, now
        elif now - self.seen_at > BLOCKED_S:
            if self.pardons < MOST_PARDONS and is_starved():
                self.pardons += 1
                self.seen_at = time.monotonic()
                return ""
            return f"it waited for {BLOCKED_S:g} s without doing anything"
        return ""

    def end(self) -> int:
        """Kill the child and all it left behind; return its wait status."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.status = os.waitpid(self.pid, 0)[1]
            os.close(self.pipe)
            sweep()
        return self.status


def is_starved() -> bool:
    """Tell whether this machine gives us less than half of the processor time we ask for.

    A child that never got a turn looks like one that waits; the state of a process cannot be read in here.
    """
    began, used = time.monotonic(), time.process_time()
    while time.process_time() - used < _PROBE_CPU_S:
        pass
    return time.monotonic() - began > 2 * _PROBE_CPU_S


def sweep() -> None:
    """Remove what a candidate could have left where no filter could be installed: processes and files."""
    if os.getpid() != 1:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(-1, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
    for entry in list(os.scandir(".")):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                Path(entry.path).unlink()


class Forker:
    """Answers requests; holds the descriptors that children must not keep."""

    def __init__(self, requests: int, replies: int) -> None:
        """Take the private descriptors and prepare the filter once."""
        self.requests = requests
        self.replies = replies
        self.program = guard.filter_program(alone=True)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer one request; never raises for what generated code does."""
        if request.get("op") == "ping":
            return {"pid": os.getpid(), "uid": os.getuid(), "filter": self.program is not None}
        run = Run(self, request)
        run.perform()
        return {"outcomes": run.outcomes, "load_error": run.load_error}

    def fork(self, request: dict[str, Any], first: int) -> Child:
        """Start a child on the calls from ``first`` on."""
        reading, writing = os.pipe()
        token = os.urandom(8).hex()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(self.requests)
                os.close(self.replies)
                os.close(reading)
                os.dup2(1, 2)
                performing.perform(request, first, (writing, token), self.program)
            finally:
                os._exit(70)
        os.close(writing)
        return Child(pid, reading, 4 * request["max_bytes"] + (64 << 10), token)


class Run:
    """One request in progress."""

    def __init__(self, forker: Forker, request: dict[str, Any]) -> None:
        """Begin with no call performed."""
        self.forker = forker
        self.request = request
        self.count = len(request["calls"])
        self.outcomes: list[Outcome] = []
        self.load_error = ""
        self.strikes = 0
        self.cpu_left_s = float(request["total_cpu_s"])
        self.bytes_left = MAX_REPLY_BYTES

    def perform(self) -> None:
        """Perform all calls, each in the first child that lives to see it."""
        while len(self.outcomes) < self.count and not self.load_error:
            if self.strikes >= STRIKES or self.cpu_left_s <= 0:
                kind = self.outcomes[-1][0] if self.strikes >= STRIKES else "timeout"
                self.fill(kind, "not tried: calls before it ended the same way")
                return
            child = self.forker.fork(self.request, len(self.outcomes))
            try:
                self.follow(child)
            finally:
                child.end()
            self.cpu_left_s -= child.seen_cpu_s

    def fill(self, kind: str, detail: str) -> None:
        """Give all remaining calls the same outcome."""
        self.outcomes += [outcome(kind, detail) for _ in range(self.count - len(self.outcomes))]

    def blame(self, kind: str, detail: str) -> None:
        """Give the call in progress (or the loading of the modules) the blame for the child's end."""
        self.strikes += 1
        if self.loaded:
            self.outcomes.append(outcome(kind, detail))
        else:
            self.load_error = detail
            self.fill("died", f"the module could not be loaded: {detail}")

    def follow(self, child: Child) -> None:
        """Read the child's frames until it is done, dead or overdue."""
        self.loaded = False
        poll = select.poll()
        poll.register(child.pipe, select.POLLIN)
        poll.register(self.forker.requests, 0)
        cpu_s = float(self.request["cpu_s"])
        child.progressed()
        while True:
            events = dict(poll.poll(TICK_MS))
            if self.forker.requests in events:
                raise EOFError
            if child.pipe in events:
                if not child.read():
                    return self.blame("died", ending(child))
                try:
                    if self.take(child):
                        return None
                except (ValueError, RecursionError) as error:
                    return self.blame("opaque" if "too large" in str(error) else "died", str(error)[:200])
            late = child.overdue(min(cpu_s, self.cpu_left_s) if self.loaded else max(cpu_s, 2.0))
            if late:
                return self.blame("timeout", late)

    def take(self, child: Child) -> bool:
        """Take every complete frame; true when all calls are done."""
        while (frame := child.frame()) is not None:
            if not self.loaded:
                self.note_loaded(frame)
                if self.load_error:
                    return True
            else:
                self.note_outcome(frame)
            child.progressed()
        return self.loaded and len(self.outcomes) >= self.count

    def note_loaded(self, frame: Any) -> None:
        """The first frame: an error text, empty where the modules were loaded."""
        if type(frame) is not str:
            raise ValueError("it broke the protocol")
        self.loaded = True
        if frame:
            self.load_error = frame[:2000]
            self.fill("died", f"the module could not be loaded: {frame[:300]}")

    def note_outcome(self, frame: Any) -> None:
        """Any other frame: the index of a call and its outcome."""
        if not is_outcome(frame, len(self.outcomes)) or len(self.outcomes) >= self.count:
            raise ValueError("it broke the protocol")
        self.bytes_left -= len(json.dumps(frame[2])) if type(frame[2]) in (list, str) else 8
        done = frame[1:] if self.bytes_left > 0 else outcome("opaque", "the results together are too large")
        self.outcomes.append(done)


def is_outcome(frame: Any, index: int) -> bool:
    """Tell whether a child's frame has the form of the outcome of call ``index``."""
    if type(frame) is not list or len(frame) != 7 or frame[0] != index or type(frame[0]) is not int:
        return False
    _, kind, _, error, changed, cpu_ms, detail = frame
    types = (type(error), type(changed), type(cpu_ms), type(detail))
    return kind in ("value", "raise", "opaque", "died") and types == (str, bool, float, str) and 0 <= cpu_ms < 1e9


def ending(child: Child) -> str:
    """Say how a child ended that has closed its pipe."""
    deadline = time.monotonic() + BLOCKED_S
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if pid:
            child.status = status
            os.close(child.pipe)
            sweep()
            code = os.waitstatus_to_exitcode(status)
            return f"killed by signal {-code}" if code < 0 else f"it exited with status {code}"
        select.select([], [], [], 0.002)
    return "it closed its results"


def main() -> None:
    """Serve until the parent goes away."""
    guard.make_undumpable()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    forker = Forker(*framing.take_over_streams())
    gc.collect()
    gc.freeze()
    try:
        framing.serve_on(forker.requests, forker.replies, forker.answer)
    except EOFError:
        sys.exit(0)


if __name__ == "__main__":
    main()
