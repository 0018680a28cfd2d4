"""Finds and reads the files of a specification; nothing is imported or executed.

Newlines are unified to line feeds and a byte order mark is dropped, so that positions in the text are the
positions an editor shows.
"""

from __future__ import annotations

import ast
import bisect
import codecs
import io
import keyword
import stat
import tokenize
import warnings
from pathlib import Path

import msgspec

from swarmwright.errors import SpecError
from swarmwright.spec.values import Location

_LARGEST_FILE_BYTES = 8 << 20


class SourceFile(msgspec.Struct, frozen=True):
    """One file of the specification: its module's name, its path in the package, the file as the user named it."""

    module: str
    path: str
    origin: str
    text: str

    @property
    def is_package(self) -> bool:
        """Whether relative imports in it start from the module itself."""
        return self.path.endswith("/__init__.py")


class Text:
    """A module's text with the positions of its syntax tree made readable in characters."""

    def __init__(self, text: str, origin: str) -> None:
        """Split the text as Python's own parser does: at newlines only."""
        self.origin = origin
        self.lines = text.split("\n")

    def column(self, line: int, byte_offset: int) -> int:
        """Return the offset in characters for the tree's offset in UTF-8 bytes; ``line`` counts from 1."""
        written = self.lines[line - 1]
        if written.isascii():
            return byte_offset
        return len(written.encode()[:byte_offset].decode())

    def location(self, node: ast.stmt | ast.expr | ast.arg) -> Location:
        """Return where the node begins."""
        return Location(self.origin, node.lineno, self.column(node.lineno, node.col_offset) + 1)

    def segment(self, node: ast.stmt | ast.expr | ast.arg) -> str:
        """Return the node's own text."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = (node.lineno, self.column(node.lineno, node.col_offset))
        end = (node.end_lineno, self.column(node.end_lineno, node.end_col_offset))
        return self.between(start, end)

    def between(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        """Return the text between two positions (line from 1, character offset from 0)."""
        if start[0] == end[0]:
            return self.lines[start[0] - 1][start[1] : end[1]]
        first = self.lines[start[0] - 1][start[1] :]
        last = self.lines[end[0] - 1][: end[1]]
        return "\n".join((first, *self.lines[start[0] : end[0] - 1], last))

    def colon_before(self, line: int, column: int) -> tuple[int, int]:
        """Return the position just after the last colon that is code and stands before the given position."""
        at = bisect.bisect_left(self._colons(), (line, column))
        row, offset = self._colons()[at - 1]
        return row, offset + 1

    def _colons(self) -> list[tuple[int, int]]:
        if not hasattr(self, "_found"):
            tokens = tokenize.generate_tokens(io.StringIO("\n".join(self.lines)).readline)
            self._found = [t.start for t in tokens if t.type == tokenize.OP and t.string == ":"]
        return self._found


def parse_module(text: str, origin: str) -> ast.Module:
    """Return the syntax tree of a whole module, checked as the compiler checks it, but never run.

    Raises:
        SpecError: the text is not Python, with file, line and column.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, origin)
            compile(tree, origin, "exec", dont_inherit=True)
    except SyntaxError as error:
        place = Location(origin, error.lineno or 1, max(error.offset or 1, 1))
        raise SpecError(f"{place}: this is not valid Python ({error.msg}): correct the line") from error
    except (ValueError, UnicodeError) as error:
        raise SpecError(f"{origin}:1:1: this is not valid Python ({error}): correct the file") from error
    except (RecursionError, MemoryError) as error:
        raise SpecError(f"{origin}:1:1: the code is nested too deeply to be read: make it flatter") from error
    return tree


def find_sources(path: Path) -> tuple[str, tuple[SourceFile, ...]]:
    """Return the package's name and its files, sorted by module name, packages before what they hold.

    A package folder without ``__init__.py`` gets an empty one.

    Raises:
        SpecError: there is nothing to read at the path, or a file or name in it cannot be used.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise SpecError(f"{path}: there is no such file or folder: check the path") from error
    except OSError as error:
        raise SpecError(f"{path}: cannot be opened ({_reason(error)}): check the path and its rights") from error
    if stat.S_ISDIR(mode):
        return _find_in_folder(path)
    if not stat.S_ISREG(mode) or path.suffix != ".py":
        raise SpecError(f"{path}: is neither a .py file nor a folder of .py files: name one of these")
    if path.stem == "__init__":
        raise SpecError(f"{path}: is part of a package: name the folder {path.parent} instead")
    name = _identifier(path.stem, path)
    return name, (SourceFile(name, f"{name}/__init__.py", str(path), _read(path)),)


def _find_in_folder(folder: Path) -> tuple[str, tuple[SourceFile, ...]]:
    real = folder.resolve()
    name = _identifier(real.name, folder)
    files = _walk(folder, name, name, frozenset({real}))
    if not files:
        raise SpecError(f"{folder}: there is no .py file in this folder: write the stubs of what is to be built")
    return name, tuple(sorted(files, key=lambda file: file.module.split(".")))


def _walk(folder: Path, module: str, inside: str, above: frozenset[Path]) -> list[SourceFile]:
    files: list[SourceFile] = []
    for entry in _entries(folder):
        if entry.is_dir():
            real = entry.resolve()
            if real in above:
                raise SpecError(f"{entry}: this link leads back to a folder above it: remove the link")
            if not _may_hold_modules(entry):
                continue
            child = f"{module}.{entry.name}"
            files += _walk(entry, child, f"{inside}/{entry.name}", above | {real})
        elif entry.suffix == ".py":
            stem = _identifier(entry.stem, entry)
            name = module if stem == "__init__" else f"{module}.{stem}"
            files.append(SourceFile(name, f"{inside}/{stem}.py", str(entry), _read(entry)))
    if files and not any(file.module == module for file in files):
        files.append(SourceFile(module, f"{inside}/__init__.py", str(folder), ""))
    _refuse_twice(files)
    return files


def _entries(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise SpecError(f"{folder}: cannot be read ({_reason(error)}): check its rights") from error
    return [entry for entry in entries if not entry.name.startswith(".") and entry.name != "__pycache__"]


def _may_hold_modules(folder: Path) -> bool:
    entries = _entries(folder)
    if not any(entry.is_dir() or entry.suffix == ".py" for entry in entries):
        return False
    if any(entry.suffix == ".py" for entry in entries):
        _identifier(folder.name, folder)
    return folder.name.isidentifier()


def _refuse_twice(files: list[SourceFile]) -> None:
    seen: dict[str, SourceFile] = {}
    for file in files:
        other = seen.setdefault(file.module, file)
        if other is not file:
            raise SpecError(f"{file.origin}: {other.origin} is the module {file.module} too: rename one of them")


def _identifier(name: str, path: Path) -> str:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise SpecError(f"{path}: {name!r} cannot be a module's name: use letters, digits and underscores")
    return name


def _read(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise SpecError(f"{path}: is not an ordinary file: replace it by one")
        content = path.read_bytes()
    except OSError as error:
        raise SpecError(f"{path}: cannot be read ({_reason(error)}): check the link and its rights") from error
    if len(content) > _LARGEST_FILE_BYTES:
        raise SpecError(f"{path}: is larger than {_LARGEST_FILE_BYTES >> 20} MiB: split it")
    return _decode(content, path)


def _decode(content: bytes, path: Path) -> str:
    try:
        declared, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError as error:
        raise SpecError(f"{path}:1:1: is not UTF-8 ({error.msg}): save it as UTF-8") from error
    if codecs.lookup(declared).name not in ("utf-8", "utf-8-sig"):
        raise SpecError(f"{path}:1:1: is declared as {declared}: save it as UTF-8 and drop the declaration")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        raise SpecError(f"{path}:{line}:{column}: is not UTF-8 here: save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
