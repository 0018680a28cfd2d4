"""What a candidate's own process does: bind itself, load the modules, perform the calls, send what came out.

Names that generated code could replace later (built-ins, attributes of modules) are taken before it is loaded.
Standard library only; the modules that bodies import most are loaded here once, for all children.
"""

from __future__ import annotations

import base64  # noqa: F401
import bisect  # noqa: F401
import builtins
import collections
import contextlib  # noqa: F401
import copy  # noqa: F401
import dataclasses  # noqa: F401
import datetime  # noqa: F401
import decimal  # noqa: F401
import enum  # noqa: F401
import fractions  # noqa: F401
import functools  # noqa: F401
import heapq  # noqa: F401
import itertools  # noqa: F401
import json
import math  # noqa: F401
import operator  # noqa: F401
import os
import random  # noqa: F401
import re  # noqa: F401
import signal
import statistics  # noqa: F401
import string  # noqa: F401
import sys
import textwrap  # noqa: F401
import time
import typing  # noqa: F401
import unicodedata  # noqa: F401
from collections.abc import Callable
from types import ModuleType
from typing import Any

from swarmwright.verify import encoding
from swarmwright.verify.inside import framing, guard
from swarmwright.verify.inside.memory import MemoryImporter
from swarmwright.verify.remarks import CHANGED_GIVEN, RETURNED_ARGUMENT
from swarmwright.verify.shapes import Shapes

__all__ = ["perform"]

_SCALARS = frozenset((type(None), bool, int, float, str, bytes))
_CHANGEABLE: frozenset[type] = frozenset(
    (list, dict, set, bytearray, *(getattr(collections, n) for n in ("deque", "defaultdict", "Counter", "OrderedDict")))
)
_GIVEN_ITEMS = 500
_GIVEN_BYTES = 50_000
_BUILTIN_ERRORS = {
    id(kind): name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException) and kind.__name__ == name
}
_type_name = type.__dict__["__name__"].__get__
_type_module = type.__getattribute__


def perform(request: dict[str, Any], first: int, pipe: tuple[int, str], program: bytes | None) -> None:
    """Bind this process, then load and perform; sends every result and ends the process.

    ``pipe`` is the descriptor for the results and the word that begins every frame.
    """
    bind(request, program)
    send: Callable[[Any], None] = lambda message: framing.write_all(pipe[0], framing.pack([pipe[1], message]))  # noqa: E731
    leave = os._exit
    try:
        performer = Performer(request)
    except BaseException as error:
        send(_loading_error(error))
        leave(0)
    send("")
    for index in range(first, len(request["calls"])):
        send([index, *performer.perform(request["calls"][index])])
    leave(0)


def bind(request: dict[str, Any], program: bytes | None) -> None:
    """Set limits and install the filter; nothing generated has run yet."""
    for number in (signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    guard.limit(
        RLIMIT_AS=int(request["memory_bytes"]),
        RLIMIT_CPU=int(request["total_cpu_s"]) + 2,
        RLIMIT_FSIZE=0,
        RLIMIT_NOFILE=64,
        RLIMIT_NPROC=0,
        RLIMIT_CORE=0,
    )
    if program is not None:
        guard.install(program)


def _loading_error(error: BaseException) -> str:
    name = _type_name(type(error))
    text = f"{name}: {error}" if id(type(error)) in _BUILTIN_ERRORS else str(name)
    return text.encode("ascii", "backslashreplace").decode()[:2000] or "it could not be loaded"


def stopwatch(clocks: tuple[Callable[[], float], ...] = (time.process_time, time.perf_counter)) -> tuple[float, ...]:
    """Read the processor clock and the wall clock, in seconds."""
    return tuple(clock() for clock in clocks)


def elapsed_ms(start: tuple[float, ...], end: tuple[float, ...]) -> float:
    """Return the processor time between two readings of (processor clock, wall clock), in milliseconds.

    Some machines advance the processor clock by ticks of milliseconds only: below one, the wall clock counts.
    """
    cpu_ms, wall_ms = ((after - before) * 1000 for before, after in zip(start, end, strict=True))
    return max(cpu_ms, min(wall_ms, 1.0))


class Performer:
    """The loaded modules and the calls upon them."""

    def __init__(self, request: dict[str, Any]) -> None:
        """Load the modules; raises whatever their code raises."""
        self.modules: dict[str, ModuleType] = MemoryImporter(request["modules"]).load()
        self.shapes = Shapes(self.modules.values())
        self.max_bytes = int(request["max_bytes"])
        self.functions: dict[str, Any] = {}
        self.encode = encoding.encode
        self.decode = encoding.decode
        self.given = self._given()
        self.given_before = self.given_state()

    def _given(self) -> list[tuple[str, Any]]:
        """Return the changeable constants of the modules: lists, mappings, sets and instances, by name."""
        return [
            (name, value)
            for module in self.modules.values()
            for name, value in vars(module).items()
            if not name.startswith("__") and (type(value) in _CHANGEABLE or self.shapes.of(type(value)) is not None)
        ]

    def given_state(self) -> list[Any]:
        """Return the given constants encoded (the size of very large ones only, which would cost every call)."""
        return [
            self.encode(value, shapes=self.shapes, drain=0, max_bytes=_GIVEN_BYTES)
            if not hasattr(value, "__len__") or len(value) <= _GIVEN_ITEMS
            else len(value)
            for _, value in self.given
        ]

    def remark(self, result: Any, values: list[Any]) -> str:
        """Return what a call did that no value shows: it changed a given constant, or returned an argument itself."""
        if self.given:
            state = self.given_state()
            for (name, _), before, after in zip(self.given, self.given_before, state, strict=True):
                if before != after:
                    self.given_before = state
                    return f"{CHANGED_GIVEN} {name}"
        if any(result is value for value in values) and type(result) not in _SCALARS:
            shape = self.shapes.of(type(result))
            return RETURNED_ARGUMENT if type(result) in _CHANGEABLE or shape is not None else ""
        return ""

    def function(self, unit: str) -> Any:
        """Return the function of that dotted name; raises ``LookupError`` where there is none."""
        found = self.functions.get(unit)
        if found is None:
            module, _, name = unit.rpartition(".")
            found = vars(self.modules[module]).get(name)
            if not callable(found):
                raise LookupError(unit)
            self.functions[unit] = found
        return found

    def frozen(self, values: list[Any]) -> Any:
        """Return the values encoded, without touching iterators; None where none of them could change."""
        if all(type(value) in _SCALARS for value in values):
            return None
        return [self.encode(value, shapes=self.shapes, drain=0) for value in values]

    def perform(self, call: list[Any]) -> list[Any]:
        """Perform one call and return ``[kind, value, error, changed, cpu_ms, detail]``."""
        unit, encoded, encoded_names = call
        try:
            function = self.function(unit)
            args = [self.decode(value, self.shapes.resolve) for value in encoded]
            kwargs = {name: self.decode(value, self.shapes.resolve) for name, value in encoded_names}
        except (LookupError, ValueError) as error:
            return ["died", None, "", False, 0.0, f"the call could not be made: {error}"]
        values = [*args, *kwargs.values()]
        before = self.frozen(values)
        start = stopwatch()
        try:
            result = function(*args, **kwargs)
            value = self.encode(result, shapes=self.shapes, max_bytes=self.max_bytes)
            used_ms = elapsed_ms(start, stopwatch())
        except MemoryError:
            return ["died", None, "", False, elapsed_ms(start, stopwatch()), "out of memory"]
        except BaseException as error:
            used_ms = elapsed_ms(start, stopwatch())
            name, detail = self.name_error(error)
            return ["raise", None, name, before is not None and self.frozen(values) != before, used_ms, detail]
        changed = before is not None and self.frozen(values) != before
        if encoding.is_opaque(value):
            return ["opaque", value, "", changed, used_ms, encoding.describe(value)[:200]]
        return ["value", value, "", changed, used_ms, self.remark(result, values)]

    def name_error(self, error: BaseException) -> tuple[str, str]:
        """Return an exception's type name and, where its class is not of the body's own making, its text."""
        kind = type(error)
        name = _BUILTIN_ERRORS.get(id(kind))
        if name is None:
            shape = self.shapes.of(kind)
            name = str(_type_name(kind))[:100].encode("ascii", "backslashreplace").decode()
            module = sys.modules.get(str(_type_module(kind, "__module__")))
            if shape is None and (module is None or vars(module).get(name) is not kind):
                return f"local {name}", "an exception class of the body's own"
        text = BaseException.args.__get__(error)[:1]  # type: ignore[attr-defined]
        detail = text[0] if text and type(text[0]) is str else ""
        return name, detail[:200].encode("ascii", "backslashreplace").decode()


def _warm() -> None:
    json.dumps([0.5])
    encoding.encode(["warm"])


_warm()
