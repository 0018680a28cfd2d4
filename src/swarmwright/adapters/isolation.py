"""Becomes a sandboxed program: run as a script with a plan (JSON) as its argument, never imported by the package.

It opens what the sandbox may see, gives up its user where that is root, builds or has built the new root (by
``bwrap``, or itself with the ``unshare`` system call), binds itself to a filter and becomes the program. Standard
library only and no imports of ours: it starts in a bare interpreter.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MNT_DETACH = 2
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
SYS_MOUNT_SETATTR = 442
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 22, 24, 38
INSIDE_ID = 1000
STAGE = "/tmp"  # noqa: S108
"""Any folder that is always there: the new root is mounted over it, in this process' own view only."""


def check(result: int, what: str) -> None:
    """Raise ``OSError`` where a C function failed."""
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def prctl(option: int, *arguments: int) -> None:
    """Call ``prctl``."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    check(_libc.prctl(option, *(ctypes.c_ulong(value) for value in padded)), f"prctl({option})")


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """Call ``mount``."""
    texts = [text.encode() if text is not None else None for text in (source, target, kind)]
    check(_libc.mount(*texts, ctypes.c_ulong(flags), data.encode() if data else None), f"mount on {target}")


def make_read_only(target: str) -> None:
    """Make a mount and all mounts below it read-only, without devices and set-user-id programs."""
    attributes = struct.pack("=QQQQ", MS_RDONLY | MS_NOSUID | MS_NODEV, 0, 0, 0)
    result = _libc.syscall(
        ctypes.c_long(SYS_MOUNT_SETATTR), AT_FDCWD, target.encode(), AT_RECURSIVE, attributes, len(attributes)
    )
    check(result, f"mount_setattr on {target}")


def lock_to_parent(parent: int) -> None:
    """Die with the process that started us, also where it is gone already."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def change_user(outer: int | None) -> None:
    """Give up root for good."""
    if outer is None:
        return
    os.setgroups([])
    os.setresgid(outer, outer, outer)
    os.setresuid(outer, outer, outer)


def pass_bytes(content: bytes) -> int:
    """Return a descriptor from which the content can be read."""
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    os.set_inheritable(reading, True)
    return reading


def stage_beside(program: str) -> str:
    """Return a folder to mount over that does not hide the program: its libraries may lie beside it."""
    folders = (STAGE, "/mnt", "/srv", "/media", "/opt")
    return next((f for f in folders if Path(f).is_dir() and not Path(program).is_relative_to(f)), STAGE)


def make_reachable(visible: list[list[str]], stage: str) -> list[list[str]]:
    """Mount what is to be visible where any user can reach it (not below a private home), in our own view only.

    Where even root may not mount (in many containers), return the paths as they are.
    """
    opened = []
    try:
        check(_libc.unshare(CLONE_NEWNS), "unshare")
        mount("none", "/", None, MS_REC | MS_PRIVATE)
        opened = open_all(visible)
        mount("tmpfs", stage, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    except OSError:
        return visible
    staged = []
    for number, (descriptor, target, folder) in enumerate(opened):
        path = place(f"{stage}/{number}", folder=folder)
        mount(f"/proc/self/fd/{descriptor}", path, None, MS_BIND | MS_REC)
        staged.append([path, target])
    return staged


def with_bubblewrap(plan: dict[str, Any]) -> None:
    """Become ``bwrap``, which builds the root and becomes the program."""
    program = os.open(plan["bubblewrap"], os.O_RDONLY)
    arguments = ["bwrap", "--unshare-all", "--unshare-user", "--uid", str(INSIDE_ID), "--gid", str(INSIDE_ID)]
    arguments += ["--cap-drop", "ALL", "--die-with-parent", "--as-pid-1", "--new-session", "--hostname", "sandbox"]
    stage = stage_beside(plan["bubblewrap"])
    reachable = plan["visible"] if plan["outer_id"] is None else make_reachable(plan["visible"], stage)
    for source, target in reachable:
        arguments += ["--ro-bind", source, target]
    for device in plan["devices"]:
        arguments += ["--dev-bind", device, device]
    for content, target in plan["links"]:
        arguments += ["--symlink", content, target]
    arguments += ["--size", str(plan["box_bytes"]), "--tmpfs", plan["box"], "--remount-ro", "/", "--chdir", plan["box"]]
    arguments += ["--clearenv"]
    for name, value in plan["environment"].items():
        arguments += ["--setenv", name, value]
    if plan["filter"]:
        arguments += ["--seccomp", str(pass_bytes(bytes.fromhex(plan["filter"])))]
    change_user(plan["outer_id"])
    lock_to_parent(plan["parent"])
    set_limits(plan)
    os.execve(program, [*arguments, "--", *plan["program"]], {})  # noqa: S606


def enter_namespaces(plan: dict[str, Any]) -> None:
    """Leave the host's namespaces; an ordinary user does so by way of a user namespace."""
    flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
    if plan["outer_id"] is not None:
        check(_libc.unshare(flags), "unshare")
        return
    uid, gid = os.getuid(), os.getgid()
    check(_libc.unshare(flags | CLONE_NEWUSER), "unshare")
    for name, content in (
        ("setgroups", "deny"),
        ("uid_map", f"{INSIDE_ID} {uid} 1"),
        ("gid_map", f"{INSIDE_ID} {gid} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(content, encoding="ascii")


def place(target: str, *, folder: bool) -> str:
    """Make the place for a mount."""
    path = Path(target)
    (path if folder else path.parent).mkdir(parents=True, exist_ok=True)
    if not folder:
        path.touch()
    return str(path)


def open_all(pairs: Sequence[Sequence[str]]) -> list[tuple[int, str, bool]]:
    """Open each source as a place to mount from; return descriptor, target and whether it is a folder."""
    return [(os.open(source, os.O_PATH), target, Path(source).is_dir()) for source, target in pairs]


def build_root(plan: dict[str, Any]) -> None:
    """Mount the new root and make it the only one."""
    check(_libc.sethostname(b"sandbox", 7), "sethostname")
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    # Only mounts of our own view can be mounted again, so this comes after the namespaces and before the new root.
    sources = open_all([*plan["visible"], *([device, device] for device in plan["devices"])])
    mount("tmpfs", STAGE, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    for descriptor, target, folder in sources:
        path = place(STAGE + target, folder=folder)
        mount(f"/proc/self/fd/{descriptor}", path, None, MS_BIND | MS_REC)
        if target not in plan["devices"]:
            make_read_only(path)
    for content, target in plan["links"]:
        Path(STAGE + target).symlink_to(content)
    owner = plan["outer_id"] if plan["outer_id"] is not None else INSIDE_ID
    box = place(STAGE + plan["box"], folder=True)
    mount("tmpfs", box, "tmpfs", MS_NOSUID | MS_NODEV, f"size={plan['box_bytes']},mode=700,uid={owner},gid={owner}")
    os.chdir(STAGE)
    pivot = SYS_PIVOT_ROOT[os.uname().machine]
    check(_libc.syscall(ctypes.c_long(pivot), b".", b"."), "pivot_root")
    check(_libc.umount2(b".", MNT_DETACH), "umount of the old root")
    os.chdir("/")
    mount("none", "/", None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)
    os.chdir(plan["box"])


def drop_capabilities() -> None:
    """Drop every capability, from the bounding set too."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def clear_capabilities() -> None:
    """Empty this process' own capability sets."""
    header = struct.pack("=Ii", 0x20080522, 0)
    check(_libc.capset(header, bytes(24)), "capset")


def bind_to_filter(program: bytes) -> None:
    """Install a seccomp filter."""
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
    address = ctypes.create_string_buffer(header, len(header))
    prctl(PR_SET_SECCOMP, 2, ctypes.addressof(address))


def set_limits(plan: dict[str, Any]) -> None:
    """Set resource limits, hard and soft."""
    for name, value in plan["limits"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))


def become(plan: dict[str, Any]) -> None:
    """Become the program, without privileges."""
    drop_capabilities()
    change_user(plan["outer_id"])
    clear_capabilities()
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    set_limits(plan)
    if plan["filter"]:
        bind_to_filter(bytes.fromhex(plan["filter"]))
    os.execve(plan["program"][0], plan["program"], plan["environment"])  # noqa: S606


def with_unshare(plan: dict[str, Any]) -> None:
    """Build the root ourselves; the program becomes the first process of a new namespace."""
    lock_to_parent(plan["parent"])
    enter_namespaces(plan)
    pid = os.fork()
    if pid == 0:
        try:
            build_root(plan)
            become(plan)
        except OSError as error:
            print(f"isolation: {error}", file=sys.stderr, flush=True)  # noqa: T201
        finally:
            os._exit(126)
    for stream in (0, 1):
        os.close(stream)
    _, status = os.waitpid(pid, 0)
    os._exit(min(os.waitstatus_to_exitcode(status) % 256, 255))


def without(plan: dict[str, Any]) -> None:
    """Become the program with limits alone: nothing is isolated."""
    lock_to_parent(plan["parent"])
    os.chdir(plan["box"])
    set_limits(plan)
    os.execve(plan["program"][0], plan["program"], plan["environment"])  # noqa: S606


if __name__ == "__main__":
    os.umask(0o022)
    _plan = json.loads(sys.argv[1])
    {"bubblewrap": with_bubblewrap, "unshare": with_unshare, "weak": without}[_plan["tier"]](_plan)
