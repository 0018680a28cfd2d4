"""Bodies that stand alone: a judge's reference with the helpers that it calls within, and other texts of it."""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Collection
from typing import Any


def reference_body(source: str, name: str, given: Collection[str]) -> str:
    """Return the body of a judge's reference, with every helper, constant and import that it reaches within.

    Args:
        source: the judge module's source.
        name: the reference's name.
        given: names that the specification's module gives, which stay outside.

    Raises:
        KeyError: there is no such reference.
    """
    found = _definitions(ast.parse(source))
    function: Any = found[name]
    order: list[ast.stmt] = []
    done: set[str] = set(given) | {name}
    _collect(function, found, done, order)
    return ast.unparse(ast.Module([*order, *_without_docstring(function.body)], []))


def _definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    found: dict[str, ast.stmt] = {}
    for statement in tree.body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found[name] = statement
            case ast.Assign(targets=[ast.Name(id=name)]):
                found[name] = statement
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = ast.fix_missing_locations(ast.Assign([ast.Name(name, ast.Store())], value))
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                found.update({alias.asname or alias.name: statement for alias in names})
    return found


def _collect(node: ast.stmt, found: dict[str, ast.stmt], done: set[str], order: list[ast.stmt]) -> None:
    for name in _names(node):
        if name in done or name not in found:
            continue
        done.add(name)
        needed = found[name]
        if not isinstance(needed, ast.Import | ast.ImportFrom):
            _collect(needed, found, done, order)
        if needed not in order:
            order.append(_bare(needed))


def _names(node: ast.stmt) -> list[str]:
    inside: list[ast.AST] = [node]
    if isinstance(node, ast.FunctionDef):
        inside = [*node.body, *node.args.defaults]
    return list(dict.fromkeys(n.id for one in inside for n in ast.walk(one) if isinstance(n, ast.Name)))


def _bare(statement: ast.stmt) -> ast.stmt:
    """Return a helper without annotations, whose names it might lack where it stands now."""
    if not isinstance(statement, ast.FunctionDef):
        return statement
    helper = copy.deepcopy(statement)
    helper.returns = None
    for argument in ast.walk(helper.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    helper.body = _without_docstring(helper.body)
    return helper


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    says = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return body[1:] if says else body


def texts_of(body: str, count: int = 5) -> tuple[str, ...]:
    """Return up to ``count`` different texts of one behaviour: as it is, locals renamed, results named, nested."""
    made = dict.fromkeys([body, _renamed(body, "{}_"), _named_result(body), _nested(body), _renamed(body, "the_{}")])
    made.update(dict.fromkeys(_nested(text) for text in list(made)[1:]))
    return tuple(made)[:count]


def _renamed(body: str, pattern: str) -> str:
    tree = ast.parse(body)
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    inner = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    taken = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    own = bound - inner - taken - set(dir(builtins)) - _changed_parameters(tree, bound)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in own:
            node.id = pattern.format(node.id)
    return ast.unparse(tree)


def _changed_parameters(tree: ast.Module, bound: set[str]) -> set[str]:
    """Return the names that are read before anything binds them, which may be parameters: they keep their names."""
    kept: set[str] = set()
    met: set[str] = set()
    for statement in tree.body:
        names = [n for n in ast.walk(statement) if isinstance(n, ast.Name)]
        stored = {n.id for n in names if isinstance(n.ctx, ast.Store)}
        kept |= {n.id for n in names if n.id in bound and n.id not in met and not isinstance(n.ctx, ast.Store)}
        met |= stored - kept
    return kept


def _named_result(body: str) -> str:
    tree = ast.parse(body)
    last = tree.body[-1]
    if isinstance(last, ast.Return) and last.value is not None and not isinstance(last.value, ast.Name):
        tree.body[-1:] = [
            ast.Assign([ast.Name("final_answer", ast.Store())], last.value),
            ast.Return(ast.Name("final_answer", ast.Load())),
        ]
    return ast.unparse(ast.fix_missing_locations(tree))


def _nested(body: str) -> str:
    """Return the body inside a block that is always entered: another text, another tree, the same behaviour."""
    tree = ast.parse(body)
    tree.body = [ast.If(ast.Constant(True), tree.body, [])]
    return ast.unparse(ast.fix_missing_locations(tree))
