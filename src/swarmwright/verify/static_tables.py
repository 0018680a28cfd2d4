"""The red flag "look-up table": the examples' inputs with their outputs, as literals, in place of a computation.

An entry counts where an example's arguments and its result both stand as literals. Arguments that are base cases
of honest code (empty, zero, one, a single character, True, None) never count, and a table is flagged only
if at least two entries count and they are at least half of its entries: a table of Roman numerals has some
examples in it, too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

from swarmwright.spec.values import Unit
from swarmwright.verify.static_code import ProposedCode

_Entry = tuple[object, object]
_MISSING: Any = object()


def tables(code: ProposedCode) -> Iterator[tuple[str, str]]:
    """Yield the tables that spell the examples out."""
    known = {_frozen(entry) for entry in _examples(code.unit)}
    if len(known) < 2:
        return
    for entries in _tables(code):
        weighty = {_frozen(entry) for entry in entries if not _is_base(entry[0])}
        found = weighty & known
        if len(found) >= 2 and 2 * len(found) >= len(weighty):
            yield "look-up table", f"{len(found)} examples stand in it with their results"


def _examples(unit: Unit) -> Iterator[_Entry]:
    for example in unit.examples:
        try:
            call = ast.parse(example.source.strip(), mode="eval").body
            if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == unit.name:
                given = [*call.args, *(keyword.value for keyword in call.keywords)]
                arguments = tuple(ast.literal_eval(one) for one in given)
                entry = (_one_or_all(arguments), ast.literal_eval(example.want.strip()))
                if not _is_base(entry[0]):
                    yield entry
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue


def _one_or_all(values: tuple[object, ...]) -> object:
    return values[0] if len(values) == 1 else values


def _is_base(argument: object) -> bool:
    if isinstance(argument, tuple) and argument:
        return all(_is_base(one) for one in argument)
    if isinstance(argument, str | bytes):
        return len(argument) <= 1
    return argument in (None, True, False, -1) or (isinstance(argument, list | dict | set | tuple) and not argument)


def _frozen(value: object) -> str:
    """Return a text that tells values of different types apart, and equal ones not."""
    match value:
        case dict():
            return _joined("dict", sorted(f"{_frozen(key)}:{_frozen(one)}" for key, one in value.items()))
        case set() | frozenset():
            return _joined("set", sorted(map(_frozen, value)))
        case list() | tuple():
            return _joined("row", map(_frozen, value))
        case _:
            return repr(value)


def _joined(kind: str, parts: Iterable[str]) -> str:
    return f"{kind}({','.join(parts)})"


def _tables(code: ProposedCode) -> Iterator[list[_Entry]]:
    for node in code.nodes:
        match node:
            case ast.Dict():
                yield list(_of_pairs(zip(node.keys, node.values, strict=True)))
            case ast.List(elts=rows) | ast.Tuple(elts=rows) | ast.Set(elts=rows):
                yield list(_of_rows(rows))
            case _:
                pass
    yield list(_branches(code))


def _of_pairs(pairs: Iterable[tuple[ast.expr | None, ast.expr]]) -> Iterator[_Entry]:
    for key, value in pairs:
        entry = (_literal(key), _literal(value))
        if _MISSING not in entry:
            yield entry


def _of_rows(rows: list[ast.expr]) -> Iterator[_Entry]:
    for row in rows:
        value = _literal(row)
        if isinstance(value, tuple | list) and len(value) >= 2:
            yield _one_or_all(tuple(value[:-1])), value[-1]


def _branches(code: ProposedCode) -> Iterator[_Entry]:
    """Yield (argument, result) of every branch that compares with literals and then gives a literal."""
    for node in code.nodes:
        match node:
            case ast.If(test=test, body=body):
                result = _result(body)
                for arguments in _compared(test):
                    yield from _entry(arguments, result)
            case ast.IfExp(test=test, body=chosen):
                for arguments in _compared(test):
                    yield from _entry(arguments, _literal(chosen))
            case ast.match_case(pattern=pattern, body=body):
                for argument in _patterns(pattern):
                    yield from _entry(argument, _result(body))
            case _:
                pass


def _entry(argument: object, result: object) -> Iterator[_Entry]:
    if argument is not _MISSING and result is not _MISSING:
        yield argument, result


def _result(body: list[ast.stmt]) -> object:
    match body[0]:
        case ast.Return(value=value) | ast.Assign(value=value):
            return _literal(value)
        case _:
            return _MISSING


def _compared(test: ast.expr) -> Iterator[object]:
    match test:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right]):
            found = [_literal(left), _literal(right)]
            yield from (one for one in found if one is not _MISSING)
        case ast.Compare(ops=[ast.In()], comparators=[ast.List(elts=several) | ast.Tuple(elts=several)]):
            yield from (_literal(one) for one in several)
        case ast.BoolOp(op=ast.And(), values=values):
            yield _one_or_all(tuple(next(iter(_compared(one)), _MISSING) for one in values))
        case ast.BoolOp(op=ast.Or(), values=values):
            for one in values:
                yield from _compared(one)
        case _:
            pass


def _patterns(pattern: ast.pattern) -> Iterator[object]:
    match pattern:
        case ast.MatchValue(value=value):
            yield _literal(value)
        case ast.MatchSequence(patterns=several):
            yield tuple(next(_patterns(one), _MISSING) for one in several)
        case ast.MatchOr(patterns=several):
            for one in several:
                yield from _patterns(one)
        case _:
            pass


def _literal(node: ast.expr | None) -> Any:
    try:
        return _MISSING if node is None else ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return _MISSING
