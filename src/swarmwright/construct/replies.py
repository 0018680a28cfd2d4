"""From what somebody says to a specification that holds it: each answer becomes a doctest of its Unit."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Mapping

import msgspec

from swarmwright.construct.questions import Answer
from swarmwright.errors import UsageError
from swarmwright.spec.amending import add_example
from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Given, Spec, Unit
from swarmwright.verify.encoding import describe, is_opaque
from swarmwright.verify.examine import Examiner
from swarmwright.verify.judging import is_in_place
from swarmwright.verify.values import Call, Encoded, Outcome

_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


class Reply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody says a call does: the Python source of its result, or the name of the exception it raises."""

    unit: str
    call: str
    result: str | int | float | bool | None = None
    raises: str | None = None


class Interpreter:
    """Reads replies: what they say, as an Answer that can be written down."""

    def __init__(self, spec: Spec, examiner: Examiner) -> None:
        """Take the specification and what knows the names in it."""
        self._spec = spec
        self._examiner = examiner

    async def read(self, reply: Reply) -> Answer:
        """Return what a reply says.

        The result of a Unit that works in place and returns nothing is the value, afterwards, of the first argument
        that can be changed.

        Raises:
            UsageError: it cannot be understood, or says nothing that could be an example.
        """
        unit = unit_named(self._spec, reply.unit)
        if (reply.result is None) == (reply.raises is None):
            raise UsageError(f"The answer for `{reply.call}` needs either a result or the exception that it raises.")
        calls = await self._examiner.read_calls(unit.id, [reply.call])
        if len(calls) != 1:
            problem = f"`{reply.call}` is no call of {unit.name} with plain values"
            raise UsageError(f"{problem}; write it as `{unit.name}(...)` with what it takes.")
        source = await self._source(unit, calls[0], reply.call)
        if reply.raises is not None:
            outcome = Outcome("raise", error=self._exception(unit, reply.raises))
            return Answer(str(unit.id), calls[0], outcome, source)
        text = reply.result if isinstance(reply.result, str) else repr(reply.result)
        return await self._result(unit, calls[0], source, " ".join(text.split("\n")).strip())

    async def _result(self, unit: Unit, call: Call, source: str, text: str) -> Answer:
        value, wrong = await self._value(unit, source, text)
        if not wrong and is_in_place(unit):
            if unit.returns != "None" or value is None:
                wrong = "it changes its arguments and more must be said than one value; write the example by hand"
            else:
                return Answer(str(unit.id), call, in_place_outcome(call, value), source)
        if wrong:
            raise UsageError(f"`{text}` cannot be the result of `{source}`: {wrong}.")
        want = "" if value is None else describe(value)
        if want and (not want.isprintable() or (await self._value(unit, source, want))[0] != value):
            want = text
        return Answer(str(unit.id), call, Outcome("value", value=value), source, want)

    async def _value(self, unit: Unit, source: str, text: str) -> tuple[Encoded, str]:
        """Return the value that a text is, and what is wrong with it ("": nothing)."""
        try:
            node = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None, "it is not valid Python (a text needs quotes)"
        # An example that gives None shows nothing, so there is nothing to evaluate.
        if isinstance(node, ast.Constant) and node.value is None:
            fine = any(word in (unit.returns or "None") for word in ("None", "Optional", "Any", "object"))
            return None, "" if fine else f"it is not of the declared type {unit.returns}"
        _, value, wrong = await self._examiner.read_example(unit.id, source, text)
        return value, wrong

    async def _source(self, unit: Unit, call: Call, typed: str) -> str:
        """Return the call as Python that reads back as the same call: as we write it, else as it was typed."""
        for source in (source_of(call), " ".join(typed.split("\n")).strip()):
            if source.isprintable() and await self._examiner.read_calls(unit.id, [source]) == (call,):
                return source
        raise UsageError(f"`{source_of(call)}` cannot be written as an example of {unit.name} on one line.")

    def _exception(self, unit: Unit, name: str) -> str:
        short = name.rpartition(".")[2]
        items = [item for module in self._spec.modules for item in module.items if isinstance(item, Given)]
        given = {bound for item in items if item.kind in ("class", "import") for bound in item.binds}
        known = getattr(builtins, short, None)
        is_builtin = isinstance(known, type) and issubclass(known, Exception)
        if _NAME.fullmatch(name) is None or not (is_builtin or short in given):
            raise UsageError(f"`{name}` is no exception that {unit.name} could raise: no built-in one, and none given.")
        return short


def doctest_of(unit: Unit, answer: Answer) -> tuple[str, ...]:
    """Return the doctest lines that say what a call does, without indentation.

    A Unit that works in place is called with names for what it changes, which are shown afterwards.

    Raises:
        UsageError: there is no doctest for it: no plain result, or not readable as Python.
    """
    call, outcome = answer.call, answer.outcome
    source = answer.source or source_of(call)
    if outcome.kind == "raise":
        return (f">>> {source}", "Traceback (most recent call last):", "    ...", outcome.error)
    if outcome.kind != "value" or is_opaque(outcome.value):
        raise UsageError(f"What {source} does cannot be written as an example.")
    if not is_in_place(unit):
        return (f">>> {source}", *((answer.want,) if answer.want else _shown(outcome.value)))
    _, result, (_, *after) = outcome.value
    given = [*call.args, *(value for _, value in call.kwargs)]
    names = _names(unit, call)
    changed = [place for place, value in enumerate(given) if value != after[place]]
    if not changed:
        return (f">>> {source}", *_shown(result))
    texts = [names[place] if place in changed else describe(value) for place, value in enumerate(given)]
    words = texts[: len(call.args)]
    words += [f"{name}={text}" for (name, _), text in zip(call.kwargs, texts[len(call.args) :], strict=True)]
    lines = [f">>> {names[place]} = {describe(given[place])}" for place in changed]
    lines += [f">>> {unit.name}({', '.join(words)})", *_shown(result)]
    for place in changed:
        lines += [f">>> {names[place]}", *_shown(after[place])]
    return tuple(lines)


def in_place_outcome(call: Call, after: Encoded) -> Outcome:
    """Return the outcome of a call that changes its first changeable argument to that value, and returns None.

    Raises:
        UsageError: none of its arguments can be changed.
    """
    given = [*call.args, *(value for _, value in call.kwargs)]
    for place, value in enumerate(given):
        if isinstance(value, list) and value[0] in _CHANGEABLE:
            return Outcome("value", value=["tuple", None, ["tuple", *given[:place], after, *given[place + 1 :]]])
    raise UsageError(f"{source_of(call)} changes nothing that could be shown afterwards.")


def answered(spec: Spec, answers: Iterable[Answer]) -> Spec:
    """Return the specification with the answers written into its docstrings, in memory.

    Raises:
        SpecError: an answer cannot be written there.
        UsageError: an answer is about no Unit of the specification, or cannot be written as a doctest.
    """
    sources = {module.path: module.source.encode() for module in spec.modules}
    sources |= write_into(spec, answers, sources)
    return read_sources(spec.name, {path: content.decode() for path, content in sources.items()})


def write_into(spec: Spec, answers: Iterable[Answer], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the contents of the files that change when the answers are written into them, by path in the package.

    Raises:
        SpecError: an answer cannot be written there.
        UsageError: an answer is about no Unit of the specification, or cannot be written as a doctest.
    """
    changed: dict[str, bytes] = {}
    for answer in answers:
        unit = unit_named(spec, answer.unit)
        module = spec.module(unit.module)
        before = changed.get(module.path, files[module.path])
        changed[module.path] = add_example(before, unit.name, doctest_of(unit, answer), module.origin)
    return changed


def unit_named(spec: Spec, name: str) -> Unit:
    """Return the Unit of that name, in full or its last parts.

    Raises:
        UsageError: none or several match.
    """
    units = spec.units()
    found = [unit for unit in units if unit.id == name] or [unit for unit in units if unit.id.endswith(f".{name}")]
    if len(found) == 1:
        return found[0]
    problem = "Several units are" if found else "No unit of the specification is"
    raise UsageError(f"{problem} called {name!r}; there are: {', '.join(str(unit.id) for unit in found or units)}.")


def source_of(call: Call) -> str:
    """Return a call as Python source, however long it is."""
    arguments = [describe(value) for value in call.args]
    arguments += [f"{name}={describe(value)}" for name, value in call.kwargs]
    return f"{call.unit.rpartition('.')[2]}({', '.join(arguments)})"


def _shown(value: Encoded) -> tuple[str, ...]:
    return () if value is None else (describe(value),)


def _names(unit: Unit, call: Call) -> list[str]:
    """Return a name for each argument of a call: its parameter's, numbered where one takes several."""
    names = []
    for place, _ in enumerate(call.args):
        parameter = unit.parameters[min(place, len(unit.parameters) - 1)]
        several = parameter.kind == "var_positional" or place >= len(unit.parameters)
        names.append(f"{parameter.name}_{place}" if several else parameter.name)
    names += [name for name, _ in call.kwargs]
    return [f"{name}_" if name == unit.name else name for name in names]


_CHANGEABLE = frozenset(
    ("list", "dict", "set", "deque", "OrderedDict", "Counter", "defaultdict", "bytearray", "dataclass", "object")
)
