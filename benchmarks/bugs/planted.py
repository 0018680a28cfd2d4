"""The planted functions: wrong ones that satisfy everything a specification shows, and right ones beside them."""

from __future__ import annotations

import ast
import hashlib
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from swarmwright.errors import UsageError

FOLDER = Path(__file__).resolve().parent.parent / "planted"

Half = Literal["mutation", "by_hand", "right"]
HALVES: tuple[Half, ...] = ("mutation", "by_hand")


class Planted(msgspec.Struct, frozen=True):
    """One function that is put before the pipeline as if several samples had proposed it.

    ``name`` is unique in its half; ``unit`` the Unit's id in the specification, ``part`` the workload's half it is
    from; ``kind`` is of bug; ``wrong`` says in one line what is wrong (empty: nothing is); ``body`` is dedented.
    """

    name: str
    part: str
    unit: str
    half: Half
    kind: str
    wrong: str
    body: str

    @property
    def is_held_out(self) -> bool:
        """Whether it belongs to the half that nobody looks at while checks are improved."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 1


def read_planted(folder: Path = FOLDER) -> tuple[Planted, ...]:
    """Return all planted bugs, by half and name.

    Raises:
        UsageError: a file is not as it should be.
    """
    return tuple(planted for half in HALVES for planted in _read_half(folder / half, half))


def _read_half(folder: Path, half: Half) -> Iterator[Planted]:
    for path in sorted(folder.glob("*.py")):
        try:
            yield read_text(path.read_text(encoding="utf-8"), path.stem, half)
        except (SyntaxError, ValueError, KeyError, IndexError) as error:
            raise UsageError(f"{path} is no planted bug ({error}).") from None


def read_text(text: str, name: str, half: Half) -> Planted:
    """Read one file: a docstring with what is wrong, the Unit and the kind, then one function."""
    tree = ast.parse(text)
    said = (ast.get_docstring(tree) or "").split("\n")
    fields = dict(line.split(": ", 1) for line in said[1:] if ": " in line)
    function = tree.body[1]
    if not isinstance(function, ast.FunctionDef):
        raise ValueError("a function is missing")
    body = textwrap.dedent("\n".join(text.split("\n")[function.body[0].lineno - 1 : function.end_lineno]))
    part, _, unit = fields["Unit"].partition(".")
    return Planted(name, part, f"{part}.{unit}", half, fields["Kind"], said[0], body)


def text_of(planted: Planted, parameters: str) -> str:
    """Return the file of a planted bug, as ``read_text`` reads it."""
    function = planted.unit.rpartition(".")[2]
    head = f'"""{planted.wrong}\n\nUnit: {planted.unit}\nKind: {planted.kind}\n"""\n\n\n'
    return f"{head}def {function}({parameters}):\n{textwrap.indent(planted.body.strip(), '    ')}\n"
