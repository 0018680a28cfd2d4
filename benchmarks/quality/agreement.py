"""Tests that models wrote (a call and a result), read from their text and run on every body: the material of CodeT."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from benchmarks.quality.records import UnitRecord

from swarmwright.spec.printer import print_module
from swarmwright.spec.values import Spec
from swarmwright.verify.encoding import encode, is_opaque
from swarmwright.verify.execution import Executor
from swarmwright.verify.records import records_of
from swarmwright.verify.signatures import same
from swarmwright.verify.values import Call, Outcome

MOST_TESTS = 100
"""More distinct tests of one Unit are not run."""
TEST_CPU_S = 1.0
_LINES = 4
_LONGEST = 2000
_UNREADABLE = (SyntaxError, ValueError, TypeError, RecursionError, MemoryError, OverflowError)


class ModelTest(msgspec.Struct, frozen=True):
    """One test: literal arguments as source text, and the literal result that a model expects."""

    arguments: tuple[str, ...]
    want: str


async def agreements_of(record: UnitRecord, spec: Spec, executor: Executor) -> UnitRecord:
    """Return the record with the numbers of the models' tests that each body passes (nothing without tests)."""
    tests = read_tests(record.tests, record.unit.rpartition(".")[2])
    if not tests or not record.bodies:
        return record
    calls = [Call(record.unit, tuple(encode(ast.literal_eval(a)) for a in test.arguments)) for test in tests]
    wanted = [Outcome("value", value=encode(ast.literal_eval(test.want))) for test in tests]
    module = spec.module(record.unit.rpartition(".")[0])
    others = {m.name: print_module(m, {}, view="bare") for m in spec.modules if not m.items}
    found = []
    for body in record.bodies:
        source = print_module(module, {record.unit: body.text}, view="bare")
        outcomes = await executor.run({**others, module.name: source}, calls, cpu_s=TEST_CPU_S)
        pairs = enumerate(zip(outcomes, wanted, strict=True))
        plain = ((n, Outcome(got.kind, got.value, got.error), want) for n, (got, want) in pairs)
        found.append(tuple(n for n, got, want in plain if same(got, want, record.returns, records_of(spec))))
    return msgspec.structs.replace(record, agreements=tuple(found))


def read_tests(texts: Iterable[str], name: str) -> tuple[ModelTest, ...]:
    """Return the distinct tests of that function in the texts, in order, at most ``MOST_TESTS``.

    Read are ``assert f(1) == 2`` (also ``is``, over several lines, with a message), ``assert f(1)``,
    ``assert not f(1)``, and doctests; only literals count.
    """
    found: dict[ModelTest, None] = {}
    for text in texts:
        for start in re.finditer(rf"(?<![\w.]){re.escape(name)}\(", text):
            test = _test_at(text, start.start())
            if test is not None:
                found[test] = None
            if len(found) == MOST_TESTS:
                return tuple(found)
    return tuple(found)


def _test_at(text: str, start: int) -> ModelTest | None:
    before = text[:start].rstrip().rpartition("\n")[2].split()
    for segment, rest in _segments(text[start : start + _LONGEST]):
        node = _parsed(segment)
        if isinstance(node, ast.Tuple) and node.elts:
            node = node.elts[0]
        match node:
            case ast.Compare(left=ast.Call() as call, ops=[ast.Eq() | ast.Is()], comparators=[want]):
                return _test(call, ast.unparse(want))
            case ast.Call() as call if before[-2:] == ["assert", "not"]:
                return _test(call, "False")
            case ast.Call() as call if before[-1:] == ["assert"]:
                return _test(call, "True")
            case ast.Call() as call if before[-1:] == [">>>"]:
                return _test(call, rest.partition("\n")[0].strip())
    return None


def _segments(text: str) -> Iterator[tuple[str, str]]:
    lines = text.split("\n")
    for count in range(1, min(_LINES, len(lines)) + 1):
        yield "\n".join(lines[:count]).rstrip().rstrip(","), "\n".join(lines[count:])


def _parsed(source: str) -> ast.expr | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source, mode="eval").body
    except _UNREADABLE:
        return None


def _test(call: ast.Call, want: str) -> ModelTest | None:
    if call.keywords or not _are_literals([*map(ast.unparse, call.args), want]):
        return None
    return ModelTest(tuple(map(ast.unparse, call.args)), want)


def _are_literals(sources: Sequence[str]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return not any(is_opaque(encode(ast.literal_eval(source))) for source in sources)
    except _UNREADABLE:
        return False
