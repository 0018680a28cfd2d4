"""Reads the examples that a docstring shows, in the many ways people write them, as calls with plain results.

Read are ``f(1) == 2`` (also with ``=``, ``=>``, ``==>``, ``->``, ``returns``, ``should return`` and the like), ``>>>``
blocks (also with the result behind ``==``), ``For x = 1 the output should be 2``, ``Input: ... Output: ...``, and
``x = 1`` followed by ``return 2``. What is no plain Python literal on both sides is left out, and said.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from benchmarks.quality.blocks import Line, call_of, split_blocks
from benchmarks.quality.literals import Literal, balanced_end, literal_at, result_after

from swarmwright.spec.names import BUILTINS

_ARROW = re.compile(
    r"[ \t]*(?:#[ \t]*)?(?:==>|=>|==|=|-+>|➞|→|⇒|should\s+(?:return|be|output)|will\s+return|must\s+return|returns?\b|"
    r"evaluates\s+to)[ \t]*:?\s*"
)
_CALL = re.compile(r"(?<![\w.'\"])([A-Za-z_]\w*)\(")
_FOR = re.compile(r"^[ \t]*(?:[-*][ \t]*)?(?:for|if|when|with)[ \t]+(?=\w+[ \t]*=[^=])", re.IGNORECASE | re.MULTILINE)
_SHOULD_BE = re.compile(
    r"[^\n]*?\b(?:output|result|answer|function)[ \t]+(?:should|must|will)[ \t]+(?:be|return)[ \t]*:?[ \t]*",
    re.IGNORECASE,
)
_BINDING = re.compile(r"\s*(?:([A-Za-z_]\w*)\s*[=:](?!=)\s*)?")
_INPUT = re.compile(r"^[ \t]*Inputs?[ \t]*:", re.IGNORECASE | re.MULTILINE)
_OUTPUT = re.compile(r"^[ \t]*Outputs?[ \t]*:[ \t]*", re.IGNORECASE | re.MULTILINE)
_RETURN = re.compile(r"^[ \t]*returns?\b[ \t]*[=:]?[ \t]*", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*(?:for[ \t]+)?(?:examples?|samples?)[ \t]*:*[ \t]*$", re.IGNORECASE | re.MULTILINE)


class Shown(msgspec.Struct, frozen=True):
    """One example: a call and its result.

    ``source`` is Python in one line. ``arguments`` are the values of the function's arguments, in the order of its
    parameters; None where that cannot be told. ``direct`` says that the result is that of the function itself, not of
    something around it. ``place`` counts the docstring's characters before it. ``in_prose``: it stands in no ``>>>``
    block.
    """

    source: str
    arguments: tuple[Any, ...] | None
    want: Any
    place: int
    in_prose: bool
    direct: bool = True
    bracketed: bool = False


class Docstring(msgspec.Struct, frozen=True):
    """A docstring read: its text with every ``>>>`` block in good form, its examples, and what was left out.

    ``dropped`` says of each thing that looks like an example and could not be kept why.
    """

    text: str
    examples: tuple[Shown, ...]
    dropped: tuple[str, ...]


def read_docstring(text: str, name: str, parameters: Sequence[str]) -> Docstring:
    """Read a cleaned docstring of the function of that name, with the names of its parameters."""
    lines, prose, dropped = split_blocks(text, name)
    tests = [_from_block(line, name, len(parameters)) for line in lines if line.source]
    reader = _ProseReader(prose, name, tuple(parameters), dropped)
    examples = _reconciled([*tests, *reader.read()], prose, dropped)
    kept = {example.place for example in examples if not example.in_prose}
    shown = "\n".join(line.text for line in lines if not line.source or line.place in kept)
    return Docstring(shown, tuple(examples), tuple(dropped))


def _from_block(line: Line, name: str, count: int) -> Shown:
    call = call_of(line.source, name)
    arguments = None if call is None else _values(call)
    node = ast.parse(line.source, mode="eval").body
    direct = call is not None and ast.dump(node) == ast.dump(call)
    if arguments is not None and len(arguments) != count:
        arguments = None
    return Shown(line.source, arguments, line.want, line.place, False, direct)


def _values(call: ast.Call) -> tuple[Any, ...] | None:
    if call.keywords:
        return None
    try:
        return tuple(ast.literal_eval(argument) for argument in call.args)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None


class _ProseReader:
    """Reads the examples of a text without ``>>>`` blocks."""

    def __init__(self, text: str, name: str, parameters: tuple[str, ...], dropped: list[str]) -> None:
        self._text = text
        self._name = name
        self._parameters = parameters
        self._dropped = dropped

    def read(self) -> list[Shown]:
        """Return the examples, in the order of the text."""
        found = list(self._calls(lambda name: name == self._name, is_own=True))
        found += self._sentences()
        found += self._inputs_and_outputs()
        if not found:
            found += self._bindings_and_returns()
        if not found:
            known = {self._name, *self._parameters, *BUILTINS}
            found += self._calls(lambda name: name not in known, is_own=False)
        return sorted(found, key=lambda example: example.place)

    def _example(self, arguments: tuple[Any, ...], want: Literal, place: int) -> Shown:
        source = f"{self._name}({', '.join(map(repr, arguments))})"
        return Shown(source, arguments, want.value, place, True, bracketed=want.bracketed)

    def _calls(self, is_meant: Any, *, is_own: bool) -> Iterator[Shown]:
        """Yield ``f(1) == 2``; another function's name counts where the function's own is nowhere."""
        for match in _CALL.finditer(self._text):
            end = balanced_end(self._text, match.end() - 1) if is_meant(match[1]) else None
            arrow = _ARROW.match(self._text, end) if end is not None else None
            if end is None or arrow is None:
                continue
            written = self._text[match.start() : end]
            arguments = self._arguments(written)
            want = result_after(self._text, arrow.end())
            if arguments is None or want is None or len(arguments) != len(self._parameters):
                if is_own:
                    side = "result" if arguments is not None else "argument"
                    self._dropped.append(f"its {side} is no plain value: {_one_line(self._text[match.start() :])}")
                continue
            yield self._example(arguments, want, match.start())

    def _arguments(self, written: str) -> tuple[Any, ...] | None:
        """Return a call's arguments; where all are bare words, they are texts without their quotes."""
        try:
            call = ast.parse(" ".join(written.split("\n")), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        if not isinstance(call, ast.Call):
            return None
        words = [argument.id for argument in call.args if isinstance(argument, ast.Name)]
        if words and len(words) == len(call.args) and not set(words) & {*self._parameters, "x", "n", "i"}:
            return tuple(words)
        return _values(call)

    def _sentences(self) -> Iterator[Shown]:
        """Yield ``For x = 1, y = 2 the output should be 3``."""
        for match in _FOR.finditer(self._text):
            bound, end = self._bindings(match.end())
            said = _SHOULD_BE.match(self._text, end) if bound else None
            if said is None:
                continue
            want = result_after(self._text, said.end())
            arguments = self._ordered(bound)
            if want is None or arguments is None:
                self._dropped.append(f"it is no plain value: {_one_line(self._text[match.start() :])}")
                continue
            yield self._example(arguments, want, match.start())

    def _inputs_and_outputs(self) -> Iterator[Shown]:
        """Yield ``Input: x = 1`` with ``Output: 2`` below it."""
        for match in _INPUT.finditer(self._text):
            output = _OUTPUT.search(self._text, match.end())
            bound, end = self._bindings(match.end())
            if output is None or not bound or self._text[end : output.start()].strip():
                self._dropped.append(f"its input is no plain value: {_one_line(self._text[match.start() :])}")
                continue
            want = result_after(self._text, output.end())
            arguments = self._ordered(bound)
            if want is None or arguments is None:
                self._dropped.append(f"it is no plain value: {_one_line(self._text[match.start() :])}")
                continue
            yield self._example(arguments, want, match.start())

    def _bindings_and_returns(self) -> Iterator[Shown]:
        """Yield ``x = 1`` with ``return 2`` some lines below it, for functions of one parameter."""
        if len(self._parameters) != 1:
            return
        start = re.compile(rf"^[ \t]*{re.escape(self._parameters[0])}[ \t]*=(?!=)", re.MULTILINE)
        places = [*start.finditer(self._text)]
        ends = [*(match.start() for match in places), len(self._text)][1:]
        for match, end in zip(places, ends, strict=True):
            value = literal_at(self._text, match.end())
            returned = _RETURN.search(self._text, match.end(), end)
            want = result_after(self._text, returned.end()) if returned else None
            if value is not None and want is not None:
                yield self._example((value.value,), want, match.start())

    def _bindings(self, start: int) -> tuple[list[tuple[str | None, Any]], int]:
        """Return the values that stand there one after the other, each with its name if it has one."""
        bound: list[tuple[str | None, Any]] = []
        place = start
        while len(bound) < len(self._parameters):
            name = _BINDING.match(self._text, place)
            value = literal_at(self._text, name.end()) if name else None
            if name is None or value is None:
                break
            bound.append((name[1], value.value))
            place = value.end
            if self._text[place : place + 1] in (",", ";"):
                place += 1
        return bound, place

    def _ordered(self, bound: list[tuple[str | None, Any]]) -> tuple[Any, ...] | None:
        """Return the values in the order of the parameters: by name where all names are theirs, else as they stand."""
        if len(bound) != len(self._parameters):
            return None
        named = {name: value for name, value in bound if name is not None}
        if set(named) == set(self._parameters):
            return tuple(named[parameter] for parameter in self._parameters)
        return tuple(value for _, value in bound)


def _reconciled(examples: list[Shown], prose: str, dropped: list[str]) -> list[Shown]:
    """Leave out what is said twice, what contradicts something else, and what is no example of a result."""
    kept = _after_heading(examples, prose, dropped)
    if any(isinstance(example.want, tuple) for example in kept):
        dropped.extend(f"its result is in brackets but is no tuple: {e.source}" for e in kept if e.bracketed)
        kept = [example for example in kept if not example.bracketed]
    calls: dict[str, list[Shown]] = {}
    for example in kept:
        key = repr(example.arguments) if example.direct and example.arguments is not None else example.source
        calls.setdefault(key, []).append(example)
    chosen = []
    for same in calls.values():
        if any(repr(example.want) != repr(same[0].want) for example in same):
            dropped.extend(f"another example contradicts it: {example.source}" for example in same)
        else:
            chosen.append(same[0])
    return chosen


def _after_heading(examples: list[Shown], prose: str, dropped: list[str]) -> list[Shown]:
    """Where single values and containers are results, keep what stands below the last heading that says "Examples".

    Above it are definitions, such as the terms of a sequence that the function returns as a whole.
    """
    wants = [example.want for example in examples if example.direct and example.want is not None]
    containers = [isinstance(want, list | tuple | dict) for want in wants]
    if all(containers) or not any(containers):
        return examples
    headings = [match.start() for match in _HEADING.finditer(prose)]
    last = headings[-1] if headings else 0
    kept = [example for example in examples if example.place >= last or not example.in_prose]
    if not kept:
        return examples
    dropped.extend(f"it stands above the examples: {e.source}" for e in examples if e not in kept)
    return kept


def _one_line(text: str) -> str:
    line = text.split("\n")[0].strip()
    return line if len(line) <= 60 else f"{line[:57]}..."
