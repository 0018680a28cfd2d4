"""Which exceptions on valid inputs can be meant, and which can only be mistakes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from swarmwright.spec.values import Unit
from swarmwright.verify.describing import smallest
from swarmwright.verify.values import Call, Outcome

_NEVER_MEANT = {
    "NameError",
    "UnboundLocalError",
    "NotImplementedError",
    "RecursionError",
    "ImportError",
    "ModuleNotFoundError",
    "SyntaxError",
    "IndentationError",
    "AssertionError",
    "AttributeError",
    "SystemExit",
    "KeyboardInterrupt",
    "GeneratorExit",
    "SystemError",
    "MemoryError",
    "StopIteration",
    "FileNotFoundError",
    "PermissionError",
    "OSError",
    "TypeError",
}
_SELDOM_MEANT = {"IndexError", "KeyError", "ZeroDivisionError"}
_SPEAKS_OF_ERRORS = re.compile(r"\b(raises?|raised|errors?|\w+Error|exceptions?)\b", re.IGNORECASE)
_OPEN_TYPES = re.compile(r"\b(Any|object|[A-Z]|\w*_T|_?T\w?)\b")


def is_mistake(unit: Unit, error: str) -> bool:
    """Tell whether an exception of that type name on a valid input can only be a mistake.

    One that the specification's text names is always meant; a TypeError may also come of open types.
    """
    if re.search(rf"\b{re.escape(error)}\b", unit.docstring) or any(e.raises == error for e in unit.examples):
        return False
    if error == "TypeError" and any(_OPEN_TYPES.search(p.annotation or "Any") for p in unit.parameters):
        return False
    return error in _NEVER_MEANT


def find_unspoken(unit: Unit, outcomes: Sequence[Outcome]) -> int | None:
    """Return the number of the first outcome that is an error of look-up or division of which nothing was said.

    Such an error may be what was meant, but far more often it is a case that was forgotten.
    """
    if _SPEAKS_OF_ERRORS.search(unit.docstring):
        return None
    seldom = (n for n, outcome in enumerate(outcomes) if outcome.kind == "raise" and outcome.error in _SELDOM_MEANT)
    return next(seldom, None)


def find_crash(unit: Unit, calls: Sequence[Call], outcomes: Sequence[Outcome]) -> int | None:
    """Return the number of the smallest call that ended in a mistake, or None."""
    crashed = [
        (call, number)
        for number, (call, outcome) in enumerate(zip(calls, outcomes, strict=True))
        if (outcome.kind == "raise" and is_mistake(unit, outcome.error))
    ]
    return smallest(crashed) if crashed else None
