"""Runs the specification's examples against the answers of a candidate, as doctest would, but strict in type."""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from swarmwright.verify.encoding import is_opaque
from swarmwright.verify.inside.loading import Contracted, Specification, is_sendable

_NO_VALUE = object()
_ALLOWED_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class ExampleRun:
    """One example as it is sent to the judge."""

    setup: Sequence[str]
    source: str
    want: str
    raises: str | None


def judge_example(specification: Specification, unit: Contracted, example: ExampleRun) -> dict[str, Any]:
    """Run one example.

    Returns:
        ``status`` ("passed", "failed", "needs", "broken"), ``observed`` (text), ``detail``, ``call`` (the encoded
        call where the example's source is a call of the Unit whose arguments need no other Unit), ``value`` and
        ``wanted`` (tagged data where both are values, else None).
    """
    namespace = dict(unit.namespace)
    reply: dict[str, Any] = {"call": direct_call(specification, unit, example), "value": None, "wanted": None}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        kind, value = specification.evaluate(lambda: _run(example, namespace, printed))
    if kind in ("needs", "outside"):
        return {**reply, "status": "needs"}
    if kind == "broken":
        return {**reply, "status": "broken", "detail": value.outcome["kind"], "observed": str(value)}
    if kind == "slow":
        return {**reply, "status": "broken", "detail": "slow", "observed": "no end in time"}
    if kind == "raise":
        name = type(value).__name__
        right = example.raises is not None and name == example.raises.rpartition(".")[2]
        return {**reply, "status": "passed" if right else "failed", "observed": f"{name} raised", "raised": name}
    if example.raises is not None:
        return {**reply, "status": "failed", "observed": _text(value, printed), "raised": ""}
    return {**reply, **_compare(specification, unit, example, value, printed.getvalue())}


def wanted_value(specification: Specification, unit: Contracted, example: ExampleRun) -> Any:
    """Return the expected value as tagged data, or None where it is not an expression of a value."""
    if example.raises is not None or not example.want.strip():
        return None
    value = _evaluated_want(specification, unit, example.want)
    return None if value is _NO_VALUE else [specification.encode(value)]


def direct_call(specification: Specification, unit: Contracted, example: ExampleRun) -> list[Any] | None:
    """Return the encoded call that an example's source is, or None where it is anything but a plain call."""
    try:
        node = ast.parse(example.source.strip(), mode="eval").body
    except SyntaxError:
        return None
    name = unit.id.rpartition(".")[2]
    if not isinstance(node, ast.Call) or (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) != name:
        return None
    namespace = dict(unit.namespace)
    caught: list[list[Any]] = []

    def catch(*args: Any, **kwargs: Any) -> None:
        caught.append(specification.encode_call(unit, args, kwargs))

    def run() -> None:
        _execute(example.setup, namespace)
        namespace[name] = catch
        node.func = ast.copy_location(ast.Name(name, ast.Load()), node.func)
        eval(compile(ast.Expression(body=node), "<example>", "eval"), namespace)  # noqa: S307

    pending = dict(specification.needs)
    kind, _ = specification.evaluate(run)
    specification.needs.clear()
    specification.needs.update(pending)
    if kind != "value" or len(caught) != 1 or not is_sendable(caught[0]):
        return None
    return caught[0]


def _execute(statements: Sequence[str], namespace: dict[str, Any]) -> None:
    for statement in statements:
        exec(compile(statement, "<example>", "exec"), namespace)  # noqa: S102


def _run(example: ExampleRun, namespace: dict[str, Any], printed: io.StringIO) -> Any:
    _execute(example.setup, namespace)
    # What the setup prints is not part of this example.
    printed.seek(0)
    printed.truncate()
    try:
        code = compile(example.source.strip(), "<example>", "eval")
    except SyntaxError:
        _execute([example.source], namespace)
        return None
    return eval(code, namespace)  # noqa: S307


def _text(value: Any, printed: io.StringIO) -> str:
    shown = "" if value is None else repr(value)
    return (printed.getvalue() + shown)[:500]


def _compare(
    specification: Specification, unit: Contracted, example: ExampleRun, value: Any, printed: str
) -> dict[str, Any]:
    shown = printed + ("" if value is None else repr(value) + "\n")
    observed = shown.strip("\n")[:500] or "None"
    flags = _options(example.source)
    wanted = _NO_VALUE
    if not printed and not flags:
        wanted = None if not example.want.strip() else _evaluated_want(specification, unit, example.want)
    if wanted is not _NO_VALUE:
        got, want = specification.encode(value), specification.encode(wanted)
        if not is_opaque(got) and not is_opaque(want):
            return {"status": "compare", "observed": observed, "value": [got], "wanted": [want]}
    want_text = example.want if example.want.endswith("\n") or not example.want else example.want + "\n"
    same = doctest.OutputChecker().check_output(want_text, shown, flags | doctest.DONT_ACCEPT_TRUE_FOR_1)
    return {"status": "passed" if same else "failed", "observed": observed}


def _evaluated_want(specification: Specification, unit: Contracted, want: str) -> Any:
    try:
        code = compile(want.strip(), "<want>", "eval")
    except (SyntaxError, ValueError):
        return _NO_VALUE
    kind, value = specification.evaluate(lambda: eval(code, dict(unit.namespace)))  # noqa: S307
    if kind != "value" or callable(value) or value is Ellipsis:
        return _NO_VALUE
    return value


def _options(source: str) -> int:
    """Return the doctest options written behind an example (``# doctest: +ELLIPSIS``)."""
    flags = 0
    for _, _, comment in (line.partition("# doctest:") for line in source.splitlines()):
        for word in comment.replace(",", " ").split():
            flag = doctest.OPTIONFLAGS_BY_NAME.get(word.lstrip("+"), 0)
            if word.startswith("+"):
                flags |= flag & _ALLOWED_OPTIONS
    return flags
