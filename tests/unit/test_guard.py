"""The filter is checked by running its program here, as the kernel would, for both kinds of machine."""

from __future__ import annotations

import errno
import os
import struct

import pytest

from swarmwright.verify.inside import syscalls
from swarmwright.verify.inside.guard import filter_program

ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
READ = {"x86_64": 0, "aarch64": 63}


def decide(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    words = struct.pack("<iIQ6Q", number, architecture, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    accumulator, place = 0, 0
    while True:
        code, if_true, if_false, operand = struct.unpack_from("<HBBI", program, 8 * place)
        place += 1
        if code == 0x06:
            return operand
        if code == 0x20:
            accumulator = struct.unpack_from("<I", words, operand)[0]
            continue
        holds = {0x15: accumulator == operand, 0x35: accumulator >= operand, 0x45: bool(accumulator & operand)}[code]
        place += if_true if holds else if_false


@pytest.fixture(params=sorted(ARCHITECTURES))
def machine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("alone", [True, False])
def test_ordinary_calls_are_allowed(machine: str, alone: bool) -> None:
    program = filter_program(alone=alone, machine=machine)
    assert program is not None
    assert decide(program, ARCHITECTURES[machine][0], READ[machine]) == ALLOW


@pytest.mark.parametrize("alone", [True, False])
def test_privileged_calls_are_refused(machine: str, alone: bool) -> None:
    architecture, column = ARCHITECTURES[machine]
    program = filter_program(alone=alone, machine=machine)
    for name, numbers in syscalls.PRIVILEGED.items():
        if numbers[column] is not None:
            assert decide(program, architecture, numbers[column]) == ERRNO | errno.EPERM, name


def test_candidates_are_refused_more(machine: str) -> None:
    architecture, column = ARCHITECTURES[machine]
    alone, other = (filter_program(alone=flag, machine=machine) for flag in (True, False))
    for name, numbers in (*syscalls.ALONE.items(), ("clone", syscalls.CLONE)):
        if numbers[column] is not None:
            assert decide(alone, architecture, numbers[column]) == ERRNO | errno.EPERM, name
    assert decide(other, architecture, syscalls.CLONE[column], 17) == ALLOW
    assert decide(other, architecture, syscalls.CLONE[column], 17 | 0x10000000) == ERRNO | errno.EPERM


def test_files_open_for_reading_only(machine: str) -> None:
    architecture, column = ARCHITECTURES[machine]
    alone, other = (filter_program(alone=flag, machine=machine) for flag in (True, False))
    number = syscalls.OPENAT[column]
    assert decide(alone, architecture, number, 0, 0, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY) == ALLOW
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_RDONLY | os.O_TRUNC, os.O_TMPFILE | os.O_RDWR):
        assert decide(alone, architecture, number, 0, 0, flags) == ERRNO | errno.EPERM
        assert decide(other, architecture, number, 0, 0, flags) == ALLOW


def test_sockets_are_local_at_most(machine: str) -> None:
    architecture, column = ARCHITECTURES[machine]
    alone, other = (filter_program(alone=flag, machine=machine) for flag in (True, False))
    for family in (1, 2, 10, 16, 17, 40):
        assert decide(alone, architecture, syscalls.SOCKET[column], family) == ERRNO | errno.EPERM
        assert (decide(other, architecture, syscalls.SOCKET[column], family) == ALLOW) is (family == 1)


def test_limits_of_other_processes_cannot_be_set(machine: str) -> None:
    architecture, column = ARCHITECTURES[machine]
    program = filter_program(alone=True, machine=machine)
    assert decide(program, architecture, syscalls.PRLIMIT64[column], 0) == ALLOW
    assert decide(program, architecture, syscalls.PRLIMIT64[column], 1) == ERRNO | errno.EPERM


def test_unknown_and_foreign_calls_are_refused(machine: str) -> None:
    architecture = ARCHITECTURES[machine][0]
    program = filter_program(alone=True, machine=machine)
    for number in (syscalls.FIRST_UNKNOWN, 500, 0x40000000, 0x40000000 + 57):
        assert decide(program, architecture, number) == ERRNO | errno.ENOSYS
    for number in (*syscalls.CLONE3[:1], *syscalls.OPENAT2[:1]):
        assert decide(program, architecture, number) == ERRNO | errno.ENOSYS
    assert decide(program, 0x40000003, READ[machine]) == KILL


def test_other_machines_have_no_filter() -> None:
    assert filter_program(alone=True, machine="riscv64") is None
