"""Takes the contracts out of given code, so that the candidate's process never sees one."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

import msgspec

from swarmwright.spec.contracts import ContractReader
from swarmwright.spec.links import Links
from swarmwright.spec.names import mentions
from swarmwright.spec.sources import Text
from swarmwright.spec.values import Given, Item, Module, Unit

_Decorated = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def without_contracts(module: Module, items: Sequence[Item]) -> list[Item]:
    """Return the items without contracts in given code and without imports of ``icontract``.

    An import stays where given code needs it for something else (``except icontract.ViolationError``).
    """
    links = Links([module])
    stripped = [_strip(item, module, links) if isinstance(item, Given) else item for item in items]
    needed = set(_needed(stripped))
    kept: list[Item] = []
    for item in stripped:
        if isinstance(item, Given) and item.kind == "import":
            kept += _strip_import(item, needed)
        else:
            kept.append(item)
    return kept


def _needed(items: Iterable[Item]) -> Iterable[str]:
    for item in items:
        if isinstance(item, Unit):
            yield from mentions("\n".join((*(f"@{d}" for d in item.decorators), f"{item.head} ...\n"))).names
        elif isinstance(item, Given) and item.kind != "import":
            yield from mentions(item.source).names


def _strip(given: Given, module: Module, links: Links) -> Given:
    if given.kind not in ("class", "function", "statement"):
        return given
    reader = ContractReader(Text(given.source, ""), links.scopes.scopes[module.name], links.scopes, {})
    tree = ast.parse(given.source)
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, _Decorated):
            contracts = [decorator for decorator in node.decorator_list if reader.kind(decorator)]
            node.decorator_list = [decorator for decorator in node.decorator_list if decorator not in contracts]
            lines.update(n for d in contracts for n in range(d.lineno, (d.end_lineno or d.lineno) + 1))
    if not lines:
        return given
    left = (line for number, line in enumerate(given.source.split("\n"), start=1) if number not in lines)
    return msgspec.structs.replace(given, source=_checked("\n".join(left), tree))


def _checked(text: str, tree: ast.Module) -> str:
    """Return the text if it means the tree (an ``@`` may stand alone on a continued line), else the tree printed."""
    try:
        if ast.dump(ast.parse(text)) == ast.dump(tree):
            return text
    except SyntaxError:
        pass
    return ast.unparse(tree)


def _strip_import(given: Given, needed: set[str]) -> list[Given]:
    node = ast.parse(given.source).body[0]
    assert isinstance(node, ast.Import | ast.ImportFrom)
    left = []
    for alias in node.names:
        bound = alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
        target = alias.name if isinstance(node, ast.Import) else node.module or ""
        foreign = (isinstance(node, ast.ImportFrom) and node.level) or target.partition(".")[0] != "icontract"
        if foreign or bound in needed:
            left.append(alias)
    if len(left) == len(node.names):
        return [given]
    node.names = left
    return [msgspec.structs.replace(given, source=ast.unparse(node))] if left else []
