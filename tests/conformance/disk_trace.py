"""Records what a child process does to the files of a folder, in order and with contents.

``strace`` is asked, since the writer under test uses Python's own ``sqlite3``, whose exact system calls are the
question. The child says what it has promised by writing lines that begin with ``mark`` to its standard output: they
stand in the same trace, so it is known which write came before which promise. Files that SQLite maps and rebuilds
(``-shm``) are left out. A call that would change a file and is not understood is an error, and ``Trace.view`` must
equal the folder itself when the child is gone, so nothing is overlooked silently.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

ROOT = 1
IGNORED = "-shm"
MARK = "mark "
# The question mark: not every machine has every call.
_CALLS = (
    "?open,openat,?creat,close,?dup,?dup2,dup3,write,pwrite64,writev,pwritev,?pwritev2,lseek,ftruncate,truncate,fallocate,"
    "?unlink,unlinkat,?rename,?renameat,?renameat2,?link,linkat,?symlink,symlinkat,?mkdir,mkdirat,?rmdir,fsync,fdatasync,"
    "?copy_file_range,?sendfile,chdir,fchdir"
)
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)(?: .*)?$")
_SILENT = re.compile(r"(?:\d+ +)?(?:---|\+\+\+) ")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Write(msgspec.Struct, frozen=True):
    """Bytes were written to a file at an offset."""

    node: int
    offset: int
    data: bytes


class Resize(msgspec.Struct, frozen=True):
    """A file was cut, or extended with zeros, to a size."""

    node: int
    size: int


class Link(msgspec.Struct, frozen=True):
    """A name in a folder now means this file or folder (0: nothing)."""

    folder: int
    name: str
    node: int


class Sync(msgspec.Struct, frozen=True):
    """All that was done to a file's content, or to a folder's names, is on the disk."""

    node: int


class Mark(msgspec.Struct, frozen=True):
    """What the child said."""

    text: str


Change = Write | Resize | Link
Op = Change | Sync | Mark


class Disk:
    """Files and folders by number, as some moment sees them. Contents are immutable, so that a copy is cheap."""

    def __init__(self) -> None:
        self.files: dict[int, bytes] = {}
        self.folders: dict[int, dict[str, int]] = {ROOT: {}}

    def copy(self) -> Disk:
        other = Disk()
        other.files = dict(self.files)
        other.folders = {number: dict(names) for number, names in self.folders.items()}
        return other

    def apply(self, op: Change) -> None:
        if isinstance(op, Link):
            names = self.folders.setdefault(op.folder, {})
            if op.node:
                names[op.name] = op.node
            else:
                names.pop(op.name, None)
            return
        before = self.files.get(op.node, b"")
        if isinstance(op, Resize):
            self.files[op.node] = before[: op.size].ljust(op.size, b"\0")
        else:
            head = before[: op.offset].ljust(op.offset, b"\0")
            self.files[op.node] = head + op.data + before[op.offset + len(op.data) :]

    def contents(self) -> dict[str, bytes | None]:
        """Return every file by its path below the root; a folder is None."""
        found: dict[str, bytes | None] = {}
        ahead = [("", ROOT)]
        while ahead:
            place, folder = ahead.pop()
            for name, node in self.folders[folder].items():
                path = f"{place}{name}"
                if node in self.folders:
                    found[path] = None
                    ahead.append((f"{path}/", node))
                else:
                    found[path] = self.files.get(node, b"")
        return dict(sorted(found.items()))


def read_folder(folder: Path) -> dict[str, bytes | None]:
    """Return what a real folder holds, in the form of ``Disk.contents``."""
    found: dict[str, bytes | None] = {}
    for path in sorted(folder.rglob("*")):
        if not path.name.endswith(IGNORED):
            found[str(path.relative_to(folder))] = None if path.is_dir() else path.read_bytes()
    return dict(sorted(found.items()))


def write_folder(contents: dict[str, bytes | None], folder: Path) -> None:
    """Make a real folder hold just that."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in contents.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)


class Trace:
    """What was done to a folder, beginning with what durably lay there and what had been said by then."""

    def __init__(self, start: dict[str, bytes | None] | None = None, said: Sequence[str] = ()) -> None:
        self.said = tuple(said)
        self.ops: list[Op] = []
        self.calls: Counter[str] = Counter()
        self.ends: list[int] = []  # After how many operations each process ended.
        self._last = ROOT
        self.start = Disk()
        for path, content in (start or {}).items():
            folder, _, name = path.rpartition("/")
            node = self._new()
            if content is None:
                self.start.folders[node] = {}
            else:
                self.start.files[node] = content
            self.start.apply(Link(find(self.start, folder), name, node))
        self.view = self.start.copy()

    def _new(self) -> int:
        self._last += 1
        return self._last

    def do(self, op: Op) -> None:
        self.ops.append(op)
        if isinstance(op, (Write, Resize, Link)):
            self.view.apply(op)

    def make(self, folder: int, name: str, *, is_folder: bool) -> int:
        node = self._new()
        if is_folder:
            self.view.folders[node] = {}
        self.do(Link(folder, name, node))
        return node

    def folders(self) -> frozenset[int]:
        """Return the numbers of all folders there were."""
        return frozenset(self.view.folders)

    def files(self) -> frozenset[int]:
        """Return the numbers of all files there were."""
        return frozenset(range(ROOT, self._last + 1)) - self.folders()


def find(disk: Disk, path: str) -> int:
    """Return the number of what lies at a path below the root (0: nothing)."""
    node = ROOT
    for name in path.split("/"):
        if name:
            node = disk.folders.get(node, {}).get(name, 0)
    return node


class _Reader:
    """Turns the lines of one child into the Ops of a Trace."""

    def __init__(self, trace: Trace, root: Path) -> None:
        self._trace = trace
        self._root = os.path.realpath(root)
        self._open: dict[int, int] = {}
        self._appends: dict[int, bool] = {}

    def read(self, lines: Iterable[str]) -> None:
        for line in lines:
            if _SILENT.match(line):
                continue
            match = _LINE.match(line)
            if match is None:
                raise ValueError(f"A line of the trace is not understood: {line[:200]!r}")
            call, arguments, result = match.groups()
            if result == "?" or int(result) >= 0:
                self._on(call, arguments.split(", "), result)

    def _place(self, text: str) -> tuple[int, str] | None:
        """Return the folder and the name that a path of the trace means, or None where it is not ours."""
        path = os.path.normpath(_text(text).decode())
        if not os.path.isabs(path) or not path.startswith(f"{self._root}/") or path.endswith(IGNORED):
            return None
        folder, name = os.path.split(path[len(self._root) + 1 :])
        return find(self._trace.view, folder), name

    def _on(self, call: str, arguments: Sequence[str], result: str) -> None:
        if call in ("openat", "mkdirat", "unlinkat"):
            return self._on_path(call.removesuffix("at"), arguments[1:], result)
        if call in ("open", "mkdir", "unlink", "rmdir"):
            return self._on_path(call, arguments, result)
        if call in ("truncate", "creat") or call.startswith(("rename", "link", "symlink")):
            if any(text.startswith('"') and self._place(text) for text in arguments):
                raise ValueError(f"{call} is not understood.")
            return None
        if arguments[0].isdigit() and result != "?":
            self._on_descriptor(call, int(arguments[0]), arguments, int(result))
        return None

    def _on_path(self, call: str, arguments: Sequence[str], result: str) -> None:
        trace = self._trace
        path = os.path.normpath(_text(arguments[0]).decode())
        if result == "?":
            return
        if call == "open" and path == self._root:
            self._open[int(result)] = ROOT
            return
        place = self._place(arguments[0])
        if place is None:
            if call == "open":
                self._open.pop(int(result), None)
            return
        folder, name = place
        node = trace.view.folders[folder].get(name, 0)
        if call == "mkdir":
            trace.make(folder, name, is_folder=True)
        elif call in ("unlink", "rmdir"):
            trace.do(Link(folder, name, 0))
        else:
            flags = arguments[1].split("|")
            node = node or trace.make(folder, name, is_folder=False)
            if "O_TRUNC" in flags and trace.view.files.get(node):
                trace.do(Resize(node, 0))
            self._open[int(result)] = node
            self._appends[int(result)] = "O_APPEND" in flags

    def _on_descriptor(self, call: str, number: int, arguments: Sequence[str], result: int) -> None:
        trace, node = self._trace, self._open.get(number)
        if call == "write" and number == 1:
            for line in _text(arguments[1]).decode().splitlines():
                if line.startswith(MARK):
                    trace.do(Mark(line.removeprefix(MARK)))
        if node is None or call == "lseek":
            return
        if call == "close":
            del self._open[number]
        elif call == "pwrite64":
            trace.do(Write(node, int(arguments[3]), _text(arguments[1])[:result]))
        elif call == "write" and self._appends.get(number):
            trace.do(Write(node, len(trace.view.files.get(node, b"")), _text(arguments[1])[:result]))
        elif call == "ftruncate":
            trace.do(Resize(node, int(arguments[1])))
        elif call in ("fsync", "fdatasync"):
            trace.calls[call] += 1
            trace.do(Sync(node))
        else:
            raise ValueError(f"{call} is not understood.")


def _text(argument: str) -> bytes:
    match = _HEX.fullmatch(argument)
    if match is None:
        raise ValueError(f"A text of the trace was cut short: {argument[-60:]!r}")
    return bytes.fromhex(match[1].replace("\\x", ""))


def missing_recorder() -> str:
    """Return why nothing can be recorded here, or an empty text."""
    program = shutil.which("strace")
    if program is None:
        return "strace is not installed (Debian: apt-get install strace)"
    tried = subprocess.run([program, "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"strace cannot trace here: {tried.stderr.strip()}"


def record(
    root: Path, command: Sequence[str], *, before: Trace | None = None, kill: tuple[str, int] | None = None
) -> Trace:
    """Run a Python program (a path and its arguments) and return what it did below ``root``.

    Args:
        root: The folder to watch. What lies there is taken as durable, unless ``before`` is given.
        command: The arguments of the Python interpreter.
        before: The trace of an earlier process, whose machine went on running: it is continued, so what was not
            synced then is not synced now.
        kill: A system call and a number n: the child is killed when it begins that call for the n-th time.

    Raises:
        RuntimeError: the child failed, or the trace is not what happened.
    """
    trace = before if before is not None else Trace(read_folder(root))
    log = root.with_name(f"{root.name}.strace")
    options = ["-o", str(log), "-xx", "-s", str(1 << 26), "-e", f"trace={_CALLS}", "-e", "signal=none"]
    if kill is not None:
        options += ["-e", f"inject={kill[0]}:signal=SIGKILL:when={kill[1]}"]
    done = subprocess.run(["strace", *options, sys.executable, *command], capture_output=True, text=True, check=False)
    if (done.returncode != 0) != (kill is not None):
        raise RuntimeError(f"The recorded child ended with {done.returncode}: {done.stderr[-2000:]}")
    with log.open(encoding="ascii") as lines:
        _Reader(trace, root).read(lines)
    log.unlink()
    trace.ends.append(len(trace.ops))
    if trace.view.contents() != read_folder(root):
        raise RuntimeError("The trace does not lead to the files that lie there: something was not recorded.")
    return trace
