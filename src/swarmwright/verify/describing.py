"""Calls and outcomes in words, for people and for the repairer's prompt."""

from __future__ import annotations

from collections.abc import Iterable

from swarmwright.verify.encoding import describe
from swarmwright.verify.values import Call, Outcome

_LONGEST = 600


def describe_call(call: Call) -> str:
    """Return a call as Python source."""
    arguments = [describe(value) for value in call.args]
    arguments += [f"{name}={describe(value)}" for name, value in call.kwargs]
    return _cut(f"{call.unit.rpartition('.')[2]}({', '.join(arguments)})")


def describe_outcome(outcome: Outcome) -> str:
    """Return what a call gave: a repr, or a sentence."""
    if outcome.kind == "value":
        return _cut(describe(outcome.value))
    if outcome.kind == "raise":
        return _cut(f"{outcome.error} raised" + (f" ({outcome.detail})" if outcome.detail else ""))
    return {"timeout": "no result in time", "opaque": "a value of no plain type"}.get(
        outcome.kind, "the end of the process"
    )


def smallest(calls: Iterable[tuple[Call, int]]) -> int:
    """Return the number that stands beside the shortest call: the one to show."""
    return min(calls, key=lambda pair: (len(describe_call(pair[0])), pair[1]))[1]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 20]} ... ({len(text)} characters)"
