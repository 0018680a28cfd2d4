"""What binds generated code from within its own process: a seccomp filter, resource limits, an undumpable parent.

The filter is installed in each candidate's process after its fork and before its first byte of generated code; one
that only refuses what is privileged is installed in every other sandboxed program before it starts.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import struct
import time
from collections.abc import Mapping

from swarmwright.verify.inside import syscalls

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_NEW_NAMESPACES = 0x7E020000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | (os.O_TMPFILE & ~os.O_DIRECTORY)
_AF_UNIX = 1

Numbers = tuple[int | None, int | None]


class _Program:
    """A seccomp filter under construction; each rule ends or leaves the number in the accumulator."""

    def __init__(self, architecture: int, column: int) -> None:
        self.column = column
        self.code: list[bytes] = []
        self.add(_LOAD, _ARCHITECTURE_AT)
        self.add(_EQUAL, architecture, 1, 0)
        self.add(_RETURN, _KILL)
        self.add(_LOAD, _NUMBER_AT)
        self.add(_AT_LEAST, syscalls.FIRST_UNKNOWN, 0, 1)
        self.add(_RETURN, _ERRNO | errno.ENOSYS)

    def add(self, code: int, operand: int, if_true: int = 0, if_false: int = 0) -> None:
        self.code.append(struct.pack("<HBBI", code, if_true, if_false, operand))

    def refuse(self, numbers: Numbers, error: int = errno.EPERM) -> None:
        number = numbers[self.column]
        if number is not None:
            self.add(_EQUAL, number, 0, 1)
            self.add(_RETURN, _ERRNO | error)

    def refuse_if(self, numbers: Numbers, argument: int, test: int, operand: int, *, holds: bool) -> None:
        """Refuse the call where the test of that argument's low word gives ``holds``; otherwise allow it."""
        number = numbers[self.column]
        if number is None:
            return
        self.add(_EQUAL, number, 0, 4)
        self.add(_LOAD, _ARGUMENTS_AT + 8 * argument)
        self.add(test, operand, *((0, 1) if holds else (1, 0)))
        self.add(_RETURN, _ERRNO | errno.EPERM)
        self.add(_RETURN, _ALLOW)

    def finish(self) -> bytes:
        self.add(_RETURN, _ALLOW)
        return b"".join(self.code)


def filter_program(*, alone: bool, machine: str | None = None) -> bytes | None:
    """Return a seccomp filter as bytes for ``prctl`` (and for ``bwrap --seccomp``), or None on other machines.

    Args:
        alone: refuse also what a candidate never needs: processes, signals, sockets, writing files.
        machine: as ``platform.machine()`` names it.
    """
    known = _ARCHITECTURES.get(machine or platform.machine())
    if known is None:
        return None
    program = _Program(*known)
    program.refuse(syscalls.CLONE3, errno.ENOSYS)
    program.refuse(syscalls.OPENAT2, errno.ENOSYS)
    for numbers in syscalls.PRIVILEGED.values():
        program.refuse(numbers)
    if alone:
        for numbers in (syscalls.CLONE, *syscalls.ALONE.values()):
            program.refuse(numbers)
        program.refuse_if(syscalls.OPEN, 1, _ANY_BIT, _WRITING, holds=True)
        program.refuse_if(syscalls.OPENAT, 2, _ANY_BIT, _WRITING, holds=True)
        program.refuse_if(syscalls.PRLIMIT64, 0, _EQUAL, 0, holds=False)
    else:
        program.refuse_if(syscalls.CLONE, 0, _ANY_BIT, _NEW_NAMESPACES, holds=True)
        program.refuse_if(syscalls.SOCKET, 0, _EQUAL, _AF_UNIX, holds=False)
    return program.finish()


class _FilterHeader(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, *arguments: int) -> None:
    padded = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    if _libc.prctl(ctypes.c_int(option), *padded) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"prctl({option}): {os.strerror(code)}")


def install(program: bytes) -> None:
    """Bind this process (and what it starts) to a filter for good; raises ``OSError`` where the kernel cannot."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = _FilterHeader(len(program) // 8, ctypes.addressof(buffer))
    _prctl(_PR_SET_SECCOMP, 2, ctypes.addressof(header))


def make_undumpable() -> None:
    """Close this process' memory and descriptors to others of the same user, its children included."""
    _prctl(_PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, 9)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a child has used, in seconds; raises ``OSError`` where it is gone."""
    # The kernel's numbering of per-process clocks (clock_getcpuclockid): CPUCLOCK_SCHED is 2.
    return time.clock_gettime((~pid << 3) | 2)


LIMITS: Mapping[str, int] = {
    name: getattr(resource, name)
    for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_CORE")
}


def limit(**values: int) -> None:
    """Set resource limits, hard and soft: ``limit(RLIMIT_AS=1 << 29)``; never raises one."""
    for name, value in values.items():
        kind = LIMITS[name]
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(kind, (value, value))
