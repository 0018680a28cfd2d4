"""Phrases: how shapes that are no plain comprehension are written, as statements or as one expression."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from swarmwright.colony.inside.folds import BEFORE, RUNNING, SOMETIMES
from swarmwright.colony.inside.shapes import COUNTS, GROUPS, GROUPS_OF, PLACE_OF, RUNS, SINCE, SUMS, UNTIL, Shape

_LOAD = ast.Load()
RESULTS = {UNTIL: "taken", SINCE: "rest", RUNS: "runs", GROUPS: "groups", GROUPS_OF: "groups", COUNTS: "counts"}
"""What the variable of a shape is called that is written as statements; else it is ``totals``."""


def text_of(node: ast.expr) -> str:
    """Return an expression's source."""
    return ast.unparse(ast.fix_missing_locations(ast.Expression(node)))


def statements_of(
    shape: Shape,
    result: str,
    loop: tuple[str, str, ast.expr],
    parts: Sequence[ast.expr],
    key: str,
    again: Callable[[str], ast.expr],
    *,
    of_text: bool,
) -> list[str]:
    """Return the statements of a shape.

    Args:
        shape: the shape.
        result: the name of the variable that holds its value.
        loop: the names that the loop binds, the element, and the source.
        parts: the condition or key, and the value where there is one.
        key: a name for the key, where it is needed twice.
        again: writes the key for another element than the loop's own, given as an expression.
        of_text: whether the source is a text.
    """
    names, own, source = loop
    head = f"for {names} in {text_of(source)}:"
    first = text_of(parts[0])
    if shape is UNTIL:
        return [f"{result} = []", head, f"    if {first}:", "        break", f"    {result}.append({own})"]
    if shape is SINCE:
        asked = f"({first})" if isinstance(parts[0], ast.IfExp | ast.Lambda) else first
        return [f"{result} = []", head, f"    if {result} or {asked}:", f"        {result}.append({own})"]
    if shape is RUNS:
        last = text_of(again(f"{result}[-1][-1]"))
        longer = f"{result}[-1] += {own}" if of_text else f"{result}[-1].append({own})"
        begun = f"{result}.append({own})" if of_text else f"{result}.append([{own}])"
        same = text_of(ast.Compare(parts[0], [ast.Eq()], [ast.parse(last, mode="eval").body]))
        return [
            f"{result} = []",
            head,
            f"    if {result} and {same}:",
            f"        {longer}",
            "    else:",
            f"        {begun}",
        ]
    if shape in (GROUPS, GROUPS_OF):
        value = text_of(parts[1]) if shape is GROUPS_OF else own
        return [f"{result} = {{}}", head, f"    {result}.setdefault({first}, []).append({value})"]
    return [f"{result} = {{}}", head, *_added(shape, result, parts, key)]


def _added(shape: Shape, result: str, parts: Sequence[ast.expr], key: str) -> list[str]:
    """Return the lines that add to the entry of a key: one, or a value."""
    first = text_of(parts[0])
    more = text_of(ast.BinOp(ast.Name("_", _LOAD), ast.Add(), parts[1] if shape is SUMS else ast.Constant(1)))[1:]
    if isinstance(parts[0], ast.Name):
        key = first
        return [f"    {result}[{key}] = {result}.get({key}, 0){more}"]
    return [f"    {key} = {first}", f"    {result}[{key}] = {result}.get({key}, 0){more}"]


def first_one(shape: Shape, target: ast.expr, source: ast.expr, parts: Sequence[ast.expr], number: str) -> ast.expr:
    """Return the expression for what the first fitting element has, or for its place."""
    if shape is PLACE_OF:
        both = ast.Tuple([ast.Name(number, ast.Store()), target], ast.Store())
        counted = ast.Call(ast.Name("enumerate", _LOAD), [source], [])
        found = ast.GeneratorExp(ast.Name(number, _LOAD), [ast.comprehension(both, counted, [parts[0]], 0)])
    else:
        found = ast.GeneratorExp(parts[0], [ast.comprehension(target, source, [parts[1]], 0)])
    return ast.Call(ast.Name("next", _LOAD), [found, ast.Constant(None)], [])


def text_of_statement(node: ast.stmt) -> str:
    """Return a statement's source."""
    return ast.unparse(ast.fix_missing_locations(ast.Module([node], [])))


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def becoming(name: str, body: ast.expr, *, changes: bool = False) -> list[str]:
    """Return the statements by which a variable takes a value: what only sometimes changes it is a condition.

    Args:
        name: the variable.
        body: its new value.
        changes: whether it may be changed in place, as numbers and texts may.
    """
    match body:
        case ast.BinOp(left=ast.Name(id=same), op=op, right=right) if same == name and changes:
            return [text_of_statement(ast.AugAssign(ast.Name(name, ast.Store()), op, right))]
        case ast.IfExp(test=test, body=ast.Name(id=same), orelse=other) if same == name:
            denied = text_of(ast.UnaryOp(ast.Not(), test))
            return [f"if {denied}:", *_indented(becoming(name, other, changes=changes))]
        case ast.IfExp(test=test, body=other, orelse=ast.Name(id=same)) if same == name:
            return [f"if {text_of(test)}:", *_indented(becoming(name, other, changes=changes))]
        case ast.IfExp(test=test, body=one, orelse=other) if not isinstance(other, ast.IfExp):
            yes, no = (_indented(becoming(name, part, changes=changes)) for part in (one, other))
            return [f"if {text_of(test)}:", *yes, "else:", *no]
        case _:
            return [f"{name} = {text_of(body)}"]


def looped(
    gives: str,
    carried: tuple[str, str],
    loop: tuple[str, str],
    step: Sequence[str],
    condition: ast.expr | None,
    kept: str,
    number: str,
) -> list[str]:
    """Return the statements of a loop that carries a value.

    Args:
        gives: what the loop gives.
        carried: the name of the carried value, and what it begins as.
        loop: the names of an element, and the source.
        step: the statements that change the carried value.
        condition: when it changes, or when the loop ends.
        kept: the name of what the loop gives, where that is not the carried value.
        number: a name for an element's number.
    """
    begin, head = f"{carried[0]} = {carried[1]}", f"for {loop[0]} in {loop[1]}:"
    if condition is None:
        kept_lines = [f"{kept} = []"] if gives == RUNNING else []
        noted = [f"{kept}.append({carried[0]})"] if gives == RUNNING else []
        return [*kept_lines, begin, head, *_indented([*step, *noted])]
    asked = f"if {text_of(condition)}:"
    if gives == SOMETIMES:
        return [begin, head, *_indented([asked, *_indented(step)])]
    if gives == BEFORE:
        return [f"{kept} = 0", begin, head, *_indented([*step, asked, "    break", f"{kept} += 1"])]
    element = f"({loop[0]})" if "," in loop[0] else loop[0]
    head = f"for {number}, {element} in enumerate({loop[1]}, 1):"
    return [f"{kept} = None", begin, head, *_indented([*step, asked, f"    {kept} = {number}", "    break"])]
