"""Prints values as Python: stubs to read again, bare modules to load, the package that is delivered.

What is printed of given code is its own text; a Unit is printed from its fields.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from swarmwright.spec.bare import without_contracts
from swarmwright.spec.indent import INDENT, indent_body
from swarmwright.spec.links import Links, links_of
from swarmwright.spec.values import Given, Item, Law, Module, Spec, Unit

View = Literal["stub", "bare", "delivered"]

_Spacing = Literal["docstring", "import", "line", "definition"]


class _Block(msgspec.Struct, frozen=True):
    text: str
    spacing: _Spacing


_LOOSE_QUOTE = re.compile(r"\"(?=\"\"|\Z)")
_NEVER_SHOWN = ("icontract", "__future__")
_NOT_BUILT = "raise NotImplementedError"
_NO_REASONS: Mapping[str, str] = {}


def print_module(
    module: Module, bodies: Mapping[str, str], *, view: View, undecided: Mapping[str, str] = _NO_REASONS
) -> str:
    """Return the module as Python.

    ``bodies`` holds dedented statements by Unit id. The views:

    * "stub": what was read, up to layout; ``bodies`` are not used.
    * "bare": what the candidate's process loads. No Laws, no Contracts (of given code neither), no docstrings
      of Units and of the module; a Unit without a body raises NotImplementedError.
    * "delivered": docstrings, Contracts and decorators are kept, Laws are left out; a Unit in ``undecided``
      (id to reason) raises NotImplementedError with the reason.

    Raises:
        ValueError: a body is not Python.
    """
    items = [item for item in module.items if view == "stub" or not isinstance(item, Law)]
    if view == "bare":
        items = without_contracts(module, items)
    blocks = [_Block(_print_item(item, bodies, view, undecided), _spacing(item)) for item in items]
    if module.docstring is not None and view != "bare":
        blocks.insert(0, _Block(print_docstring(module.docstring, ""), "docstring"))
    return _join(blocks)


def print_stub(unit: Unit) -> str:
    """Return the Unit as a stub: decorators, Contracts, head, docstring and ``...``."""
    return _print_unit(unit, "...", decorators=(*unit.decorators, *(c.source for c in unit.contracts)))


def print_context(spec: Spec, unit: Unit) -> str:
    """Return the least that a model needs beside the stub.

    That is: the given code that the Unit's annotations, Contracts, docstring and Uses reach, and of each Unit
    it may call the head, the first line of its docstring and ``...``.
    """
    links = links_of(spec)
    reached = links.reach_of_unit(unit)
    shown = {
        f"{module.name}.{name}" for module, given in reached.given if given.kind != "import" for name in given.binds
    }
    shown |= set(unit.uses) | {unit.id}
    blocks = [
        _Block(given.source, _spacing(given))
        for module, given in reached.given
        if given.kind != "import" or not _goes_without_saying(given, links, module, shown)
    ]
    for used in (links.units[name] for name in unit.uses if name in links.units and name != unit.id):
        first = used.prose.partition("\n")[0]
        stub = _print_unit(msgspec.structs.replace(used, docstring=first), "...", decorators=())
        name = _name_for(used, unit, links)
        blocks.append(_Block(stub if name == used.name else f"# {name}\n{stub}", "definition"))
    return _join(blocks)


def print_docstring(text: str, indent: str) -> str:
    """Return a string literal, indented, that reads back as the text, a docstring's cleaned text."""
    raw = "\\" in text and text.replace("\n", "").isprintable() and '"""' not in text and text[-1] not in '"\\'
    written = text if raw else _escaped(text)
    lines = [f"{indent}{line}" if line else "" for line in written.split("\n")]
    margin = indent if len(lines) > 1 else ""
    prefix = "r" if raw else ""
    first = "\n".join((lines[0][len(indent) :], *lines[1:]))
    closing = f"\n{margin}" if len(lines) > 1 else ""
    shown = f'{indent}{prefix}"""{first}{closing}"""'
    if inspect.cleandoc(ast.literal_eval(shown.strip())) == text:
        return shown
    return "\n".join((f'{indent}{prefix}"""', *lines, f'{indent}"""'))


def _escaped(text: str) -> str:
    text = _LOOSE_QUOTE.sub(r'\\"', text.replace("\\", r"\\"))
    return "".join(c if c == "\n" or c.isprintable() else ascii(c)[1:-1] for c in text)


def _print_item(item: Item, bodies: Mapping[str, str], view: View, undecided: Mapping[str, str]) -> str:
    if not isinstance(item, Unit):
        return item.source
    if view == "stub":
        return print_stub(item)
    body = bodies.get(item.id, _NOT_BUILT)
    if view == "bare":
        return _print_unit(msgspec.structs.replace(item, docstring=""), body, decorators=item.decorators)
    if item.id in undecided:
        body = f"{_NOT_BUILT}({undecided[item.id]!r})"
    return _print_unit(item, body, decorators=(*item.decorators, *(c.source for c in item.contracts)))


def _print_unit(unit: Unit, body: str, *, decorators: Sequence[str]) -> str:
    lines = [f"@{decorator}" for decorator in decorators]
    lines.append(unit.head)
    if unit.docstring:
        lines.append(print_docstring(unit.docstring, INDENT))
    lines.append(indent_body(body))
    return "\n".join(lines)


def _spacing(item: Item) -> _Spacing:
    if not isinstance(item, Given) or item.kind in ("class", "function"):
        return "definition"
    return "import" if item.kind == "import" else "line"


def _join(blocks: Sequence[_Block]) -> str:
    parts: list[str] = []
    previous: _Spacing | None = None
    for block in blocks:
        if previous is not None:
            wide = "definition" in (previous, block.spacing)
            parts.append("\n\n\n" if wide else "\n" if previous == block.spacing else "\n\n")
        parts.append(block.text)
        previous = block.spacing
    return "".join((*parts, "\n")) if parts else ""


def _goes_without_saying(given: Given, links: Links, module: Module, shown: set[str]) -> bool:
    """Whether an import says nothing that the stub and the definitions shown beside it do not say."""
    targets = {name: links.scopes.resolve(module.name, name) or "" for name in given.binds}
    if not targets:
        return all(star in links.scopes.scopes for star in links.scopes.scopes[module.name].stars)
    return all(
        target.partition(".")[0] in ("icontract", "__future__")
        or (target in shown and target.rpartition(".")[2] == name)
        for name, target in targets.items()
    )


def _name_for(used: Unit, unit: Unit, links: Links) -> str:
    """Return the name by which the Unit's module can call the other, or a sentence with its import."""
    if links.scopes.resolve(unit.module, used.name) == used.id:
        return used.name
    names = links.scopes.scopes[unit.module].targets
    for name in sorted(names):
        target = links.scopes.resolve(unit.module, name) or ""
        if target == used.id:
            return f"call it as {name}"
        if used.id.startswith(f"{target}."):
            return f"call it as {name}{used.id.removeprefix(target)}"
    return f"from {used.module} import {used.name}"
