"""Runs inside the sandbox: hidden inputs on the reference solution once, then on every body, and compares.

A script that is sent into a Job as it is; standard library only, nothing of ours is imported. It reads ``problem.json``
and writes ``verdicts.json``. Every body runs in a process of its own, forked from this one, which sends back plain
data; what is compared is compared here, where no body's code ever runs.

The rules are those of EvalPlus (``evalplus/eval/__init__.py``): equality, else closeness (relative 1e-7, absolute
``atol``, which is 1e-6 where floats are expected and none is declared); for the problem of a polynomial's zero, the
polynomial's value there.
"""

from __future__ import annotations

import collections
import contextlib
import fcntl
import json
import marshal
import math
import os
import resource
import select
import signal
import struct
import sys
import time
import types
from pathlib import Path
from typing import Any

RTOL = 1e-7
FLOAT_ATOL = 1e-6
LOAD_S = 10.0
PAUSE_S = 1.0
ASLEEP_S = 10.0
ASLEEP_SHARE = 0.002
SILENT_FACTOR = 300.0
"""How long a process may say nothing: ``ASLEEP_S`` where it uses less than that share of a processor, else as long as
a very busy machine may need for the processor time it is allowed."""
MOST_BYTES = 64 << 20
SHOWN = 300
PIPE_BYTES = 1 << 20
_FRAME = struct.Struct("=I")
_PLAIN_KINDS = {
    collections.Counter: dict,
    collections.defaultdict: dict,
    collections.OrderedDict: dict,
}


class SlowError(BaseException):
    """A call took too long; no ordinary handler of a body catches it."""


def main() -> None:
    """Judge everything that ``problem.json`` holds."""
    problem = json.loads(Path("problem.json").read_text(encoding="utf-8"))
    inputs = problem["inputs"]
    reference = Child(problem["reference"], problem["entry_point"], inputs, [problem["reference_s"]] * len(inputs))
    expected = [reference.next() for _ in inputs]
    reference.end()
    bad = next((i for i, (kind, *_) in enumerate(expected) if kind != "value"), None)
    if bad is not None:
        Path("verdicts.json").write_text(json.dumps({"fault": f"input {bad}: {expected[bad][0]}: {expected[bad][1]}"}))
        return
    limits = [max(problem["least_s"], problem["factor"] * used) for _, _, used in expected]
    verdicts = {
        key: judge(problem, source, [value for _, value, _ in expected], limits)
        for key, source in problem["bodies"].items()
    }
    Path("verdicts.json").write_text(json.dumps({"verdicts": verdicts}), encoding="utf-8")


def judge(problem: dict[str, Any], source: str, expected: list[Any], limits: list[float]) -> list[Any]:
    """Return ``[passed, input, got, want, reason]`` for one body: of the first input on which it is wrong."""
    inputs = problem["inputs"]
    child = Child(source, problem["entry_point"], inputs, limits)
    total = 0.0
    try:
        for arguments, want, limit in zip(inputs, expected, limits, strict=True):
            kind, value, used = child.next()
            total += used
            if kind == "value" and is_right(problem, arguments, value, want):
                if total <= problem["total_s"]:
                    continue
                kind, value = "time-out", f"more than {problem['total_s']:g} s for all inputs"
            reason = "wrong value" if kind == "value" else kind
            got = shown(value) if kind == "value" else str(value)[:SHOWN]
            if kind == "time-out" and not got:
                got = f"no result in {limit:.3g} s"
            call = f"{problem['entry_point']}({', '.join(map(shown, arguments))})"
            return [False, call[: 2 * SHOWN], got, shown(want), reason]
    finally:
        child.end()
    return [True, "", "", "", ""]


def shown(value: Any) -> str:
    """Return a value as text, cut where it is long."""
    try:
        text = repr(value)
    except ValueError:
        text = f"{value:#x}" if isinstance(value, int) else type(value).__name__
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."


def is_right(problem: dict[str, Any], arguments: list[Any], got: Any, want: Any) -> bool:
    """Tell whether a result is right."""
    try:
        if problem["oracle"] == "zero":
            return is_zero(arguments[0], got, problem["atol"])
        return matches(got, want, problem["atol"])
    except (OverflowError, RecursionError, TypeError, ValueError):
        return False


def is_zero(coefficients: list[Any], got: Any, atol: float) -> bool:
    """Tell whether the polynomial is nearly zero there."""
    if not is_number(got):
        return False
    return bool(abs(sum(c * math.pow(got, power) for power, c in enumerate(coefficients))) <= atol)


def matches(got: Any, want: Any, atol: float) -> bool:
    """Tell whether a result equals what is expected, or is close to it where floats are meant."""
    if bool(got == want):
        return True
    if atol == 0 and is_floats(want):
        atol = FLOAT_ATOL
    if atol == 0:
        return False
    if not is_number(want) and type(got) is not type(want):
        return False
    return is_close(got, want, atol)


def is_floats(want: Any) -> bool:
    """Tell whether floats are expected: one, or a list or tuple of nothing else."""
    return isinstance(want, float) or (isinstance(want, list | tuple) and all(isinstance(x, float) for x in want))


def is_number(value: Any) -> bool:
    """Tell whether it is a real number."""
    return isinstance(value, int | float)


def is_close(got: Any, want: Any, atol: float) -> bool:
    """Tell whether numbers, or lists of them, differ by rounding only."""
    if is_number(want):
        if not is_number(got):
            return False
        if math.isnan(want) or math.isnan(got):
            return math.isnan(want) and math.isnan(got)
        if math.isinf(want) or math.isinf(got):
            return bool(got == want)
        return bool(abs(got - want) <= atol + RTOL * abs(want))
    if isinstance(want, list | tuple) and isinstance(got, list | tuple) and len(got) == len(want):
        return all(is_close(a, b, atol) for a, b in zip(got, want, strict=True))
    return bool(got == want)


class Child:
    """A process that runs one body on the inputs, in order, and says what came of each."""

    def __init__(self, source: str, entry_point: str, inputs: list[Any], limits: list[float]) -> None:
        """Fork it; it begins at once."""
        self._limits = iter(limits)
        self._ended = False
        reading, writing = os.pipe()
        with contextlib.suppress(OSError):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._pid = os.fork()
        if self._pid == 0:
            os.close(reading)
            try:
                run(source, entry_point, inputs, limits, writing)
            finally:
                os._exit(0)
        os.close(writing)
        self._pipe = reading
        self._trouble = self.next_frame(LOAD_S)

    def next(self) -> tuple[str, Any, float]:
        """Return what the next call did: ("value", its result, processor seconds), or why there is none."""
        limit = next(self._limits)
        if self._trouble != ("loaded", "", 0.0):
            return self._trouble
        found = self.next_frame(limit)
        if found[0] in ("died", "time-out"):
            self._trouble = found
        return found

    def next_frame(self, limit_s: float) -> tuple[str, Any, float]:
        """Return the next thing it says; a process that neither speaks nor computes is ended."""
        try:
            (size,) = _FRAME.unpack(self._read(_FRAME.size, limit_s))
            if size > MOST_BYTES:
                return ("died", "its result is too large", 0.0)
            kind, value, used = marshal.loads(self._read(size, limit_s))
        except TimeoutError:
            self.end()
            return ("time-out", "", limit_s)
        except (EOFError, OSError, ValueError, TypeError):
            status = self.end()
            if status == -signal.SIGXCPU:
                return ("time-out", "", limit_s)
            return ("died", f"its process ended with status {status}", 0.0)
        return (str(kind), value, float(used))

    def _read(self, size: int, limit_s: float) -> bytes:
        # Processor time is bounded inside, whatever else the machine does meanwhile; this catches what sleeps.
        began = self._used()
        silent_s = 0.0
        taken = bytearray()
        while len(taken) < size:
            ready, _, _ = select.select([self._pipe], [], [], PAUSE_S)
            if not ready:
                silent_s += PAUSE_S
                if silent_s >= ASLEEP_S and self._used() - began < ASLEEP_SHARE * silent_s:
                    raise TimeoutError
                if silent_s >= SILENT_FACTOR * (limit_s + 1):
                    raise TimeoutError
                continue
            part = os.read(self._pipe, min(PIPE_BYTES, size - len(taken)))
            if not part:
                raise EOFError
            taken += part
        return bytes(taken)

    def _used(self) -> float:
        """Return the processor time it used so far, in seconds, by its clock (see ``clock_getcpuclockid``)."""
        try:
            return time.clock_gettime((~self._pid << 3) | 2)
        except OSError:
            return 0.0

    def end(self) -> int:
        """Kill it and return its status: as an exit code, negative where a signal ended it before us."""
        if self._ended:
            return 0
        self._ended = True
        found, status = os.waitpid(self._pid, os.WNOHANG)
        if found == 0:
            # A process that closes its pipe is about to end; only one that talks on must be killed.
            os.close(self._pipe)
            for _ in range(20):
                found, status = os.waitpid(self._pid, os.WNOHANG)
                if found:
                    return os.waitstatus_to_exitcode(status)
                time.sleep(0.005)
            os.kill(self._pid, signal.SIGKILL)
            _, status = os.waitpid(self._pid, 0)
            return os.waitstatus_to_exitcode(status)
        os.close(self._pipe)
        return os.waitstatus_to_exitcode(status)


def run(source: str, entry_point: str, inputs: list[Any], limits: list[float], pipe: int) -> None:
    """Run a body in this process, a child, and say frame by frame what came of each call."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    signal.signal(signal.SIGPROF, _too_slow)
    function, trouble = load(source, entry_point)
    say(pipe, ("unusable", trouble, 0.0) if trouble else ("loaded", "", 0.0))
    if trouble:
        return
    for arguments, limit in zip(inputs, limits, strict=True):
        say(pipe, perform(function, arguments, limit))


def load(source: str, entry_point: str) -> tuple[Any, str]:
    """Execute the module and return its function, or why there is none."""
    module = types.ModuleType("candidate")
    sys.modules["candidate"] = module
    bound(LOAD_S)
    try:
        exec(compile(source, "candidate", "exec", dont_inherit=True), vars(module))
        return vars(module)[entry_point], ""
    except BaseException as error:
        return None, f"{type(error).__name__}: {error}"[:SHOWN]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def perform(function: Any, arguments: list[Any], limit_s: float) -> tuple[str, Any, float]:
    """Return what one call did, and the processor time it took."""
    began = time.process_time()
    bound(limit_s)
    try:
        try:
            value = function(*arguments)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return "value", plain(value), time.process_time() - began
    except SlowError:
        return "time-out", "", time.process_time() - began
    except BaseException as error:
        return "raised", f"{type(error).__name__}: {error}"[:SHOWN], time.process_time() - began


def bound(limit_s: float) -> None:
    """Let what follows use so much processor time: a signal first, which is repeated, then the end of the process."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = math.ceil(spent.ru_utime + spent.ru_stime + limit_s) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard < 0 else min(wanted, hard), hard))
    signal.setitimer(signal.ITIMER_PROF, limit_s, 0.05)


def _too_slow(_number: int, _frame: Any) -> None:
    raise SlowError


def plain(value: Any) -> Any:
    """Return a result as plain data; well-known kinds of dict count as dict, everything else must be plain itself.

    Raises:
        TypeError: it is not.
    """
    kind = type(value)
    if kind in (list, tuple, set, frozenset):
        return kind(plain(item) for item in value)
    if kind is dict or kind in _PLAIN_KINDS:
        return {plain(key): plain(item) for key, item in value.items()}
    if value is None or kind in (bool, int, float, complex, str, bytes):
        return value
    raise TypeError(f"the result is of type {kind.__name__}, no plain data")


def say(pipe: int, what: tuple[str, Any, float]) -> None:
    """Send a frame."""
    try:
        content = marshal.dumps(what)
    except ValueError as error:
        content = marshal.dumps(("raised", f"the result cannot be sent: {error}", what[2]))
    rest = memoryview(_FRAME.pack(len(content)) + content)
    while rest:
        rest = rest[os.write(pipe, rest) :]


if __name__ == "__main__":
    main()
