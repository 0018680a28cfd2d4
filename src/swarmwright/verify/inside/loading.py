"""The specification as loaded in the judge: its modules from memory, every Unit replaced by a proxy.

A proxy never computes: it looks its call up among the answers that the candidate process gave, and where there is
none it notes what it needs and gives up; the evaluation is done again when the answers are there.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import json
import linecache
import signal
import sys
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

import icontract
from icontract._checkers import find_checker

from swarmwright.verify.encoding import decode, encode, is_opaque
from swarmwright.verify.shapes import Shapes

_MARK = "__swarmwright_unit__"


class MissingAnswer(BaseException):
    """A Unit was called with arguments for which there is no answer yet."""


class BrokenAnswer(BaseException):
    """A Unit was called and its answer is no value: a time-out, a death, something that cannot be encoded."""

    def __init__(self, call: list[Any], outcome: Mapping[str, Any]) -> None:
        """Keep the call and the outcome."""
        super().__init__(outcome["kind"])
        self.call = call
        self.outcome = outcome


class OutsideDomain(BaseException):
    """A Law called a Unit outside its preconditions: the Law's arguments are no valid input."""


class TooSlow(BaseException):
    """The specification's own code did not end in time."""


class LoadError(Exception):
    """A module of the specification does not import; ``module`` and ``line`` say where."""

    def __init__(self, message: str, module: str, line: int) -> None:
        """Keep what and where."""
        super().__init__(message)
        self.module = module
        self.line = line


@contextlib.contextmanager
def time_limit(cpu_s: float) -> Iterator[None]:
    """Raise TooSlow inside the block when it has used that much CPU time."""

    def expire(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, expire)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def call_key(unit: str, args: Sequence[Any], kwargs: Sequence[Sequence[Any]]) -> str:
    """Return what identifies an encoded call among the answers."""
    return json.dumps([unit, list(args), sorted(map(list, kwargs))], separators=(",", ":"))


def is_sendable(call: Sequence[Any]) -> bool:
    """Tell whether every argument of an encoded call is fully encoded."""
    return not any(map(is_opaque, (*call[1], *(value for _, value in call[2]))))


class Contracted:
    """A Unit or Law as it was defined: signature, type hints, and its contracts as functions."""

    def __init__(self, name: str, function: Callable[..., Any], namespace: dict[str, Any]) -> None:
        """Read the contracts off a decorated function."""
        self.id = name
        self.namespace = namespace
        checker: Any = find_checker(function)
        inner = inspect.unwrap(function)
        self.signature = inspect.signature(inner)
        self.inner = inner
        groups = list(getattr(checker, "__preconditions__", None) or [])
        # icontract lists the decorator next to the function first; the order of the source is the other one.
        self.preconditions: list[Any] = [contract for group in groups for contract in group][::-1]
        self.postconditions: list[Any] = list(getattr(checker, "__postconditions__", None) or [])[::-1]
        self.snapshots: list[Any] = list(getattr(checker, "__postcondition_snapshots__", None) or [])

    @functools.cached_property
    def hints(self) -> dict[str, Any]:
        """The evaluated type hints; a parameter without one is absent."""
        return typing.get_type_hints(self.inner, self.namespace)

    def bind(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """Return all arguments by name, defaults included; raise ``TypeError`` where they do not fit."""
        bound = self.signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return {**bound.arguments, "_ARGS": tuple(args), "_KWARGS": dict(kwargs)}

    def broken_precondition(self, arguments: Mapping[str, Any]) -> Any:
        """Return the first precondition (an icontract ``Contract``) that the arguments break, or None."""
        for contract in self.preconditions:
            if not contract.condition(**_chosen(contract.condition_args, arguments)):
                return contract
        return None

    def snapshot(self, arguments: Mapping[str, Any]) -> Any:
        """Return ``OLD`` for the postconditions, from the arguments before the call."""
        old = _Old()
        for snap in self.snapshots:
            setattr(old, snap.name, snap.capture(**_chosen(snap.args, arguments)))
        return old


class _Old:
    """The values that snapshots took before a call."""


def _chosen(names: Sequence[str], arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: arguments[name] for name in names if name in arguments}


class _Importer(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the specification's modules from their sources in memory."""

    def __init__(self, sources: Mapping[str, str], marked: Mapping[str, set[str]], mark: Callable[..., Any]) -> None:
        self.sources = dict(sources)
        for name in sources:
            while "." in name:
                name = name.rpartition(".")[0]
                self.sources.setdefault(name, "")
        self.marked = marked
        self.mark = mark

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:  # noqa: ARG002
        if fullname not in self.sources:
            return None
        package = any(name.startswith(fullname + ".") for name in self.sources)
        return importlib.machinery.ModuleSpec(fullname, self, origin=f"<{fullname}>", is_package=package)

    def create_module(self, spec: Any) -> ModuleType | None:  # noqa: ARG002
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        source, file = self.sources[name], f"<{name}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        tree = ast.parse(source, file)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in self.marked.get(name, ()):
                where = {"lineno": node.lineno, "col_offset": 0, "end_lineno": node.lineno, "end_col_offset": 0}
                node.decorator_list.insert(0, ast.Name(_MARK, ast.Load(), **where))
        vars(module)[_MARK] = functools.partial(self.mark, module)
        exec(compile(tree, file, "exec", dont_inherit=True), vars(module))  # noqa: S102


class Specification:
    """The loaded modules, their Units and Laws, and the answers known so far."""

    def __init__(self, sources: Mapping[str, str], units: Sequence[str], laws: Sequence[str], in_place: Sequence[str]):
        """Import every module.

        Args:
            sources: the modules' sources as the user wrote them, by dotted name.
            units: ids of the functions to replace by proxies.
            laws: ids of the Laws.
            in_place: ids of Units whose answers are pairs (result, arguments afterwards).

        Raises:
            LoadError: a module does not import.
        """
        self.units: dict[str, Contracted] = {}
        self.laws: dict[str, Contracted] = {}
        self.in_place = set(in_place)
        self.answers: dict[str, Any] = {}
        self.needs: dict[str, list[Any]] = {}
        self.strict_domain = False
        self.given_values: set[str] = set()
        self.trace: list[list[Any]] = []
        self._seen_values: set[str] = set()
        self._law_ids = set(laws)
        self.sources = dict(sources)
        marked: dict[str, set[str]] = {}
        for name in (*units, *laws):
            module, _, function = name.rpartition(".")
            marked.setdefault(module, set()).add(function)
        self._importer = _Importer(sources, marked, self._replace)
        sys.meta_path.insert(0, self._importer)
        self.modules = {name: self._import(name) for name in sorted(sources)}
        self.shapes = Shapes(self.modules.values())

    def close(self) -> None:
        """Forget the modules again."""
        if self._importer in sys.meta_path:
            sys.meta_path.remove(self._importer)
        for name in self._importer.sources:
            sys.modules.pop(name, None)

    def _import(self, name: str) -> ModuleType:
        try:
            with time_limit(20.0):
                return importlib.import_module(name)
        except TooSlow:
            self.close()
            raise LoadError("it takes longer than 20 seconds", name, 1) from None
        except BaseException as error:
            self.close()
            module, line = _where(error, name)
            raise LoadError(f"{type(error).__name__}: {error}"[:400], module, line) from None

    def _replace(self, module: ModuleType, function: Callable[..., Any]) -> Callable[..., Any]:
        name = f"{module.__name__}.{function.__name__}"
        contracted = Contracted(name, function, vars(module))
        if name in self._law_ids:
            self.laws[name] = contracted
            return function
        self.units[name] = contracted

        @functools.wraps(contracted.inner)
        def proxy(*args: Any, **kwargs: Any) -> Any:
            return self._answer(contracted, args, kwargs)

        return proxy

    def encode(self, value: Any) -> Any:
        """Return a value as tagged data."""
        return encode(value, shapes=self.shapes)

    def decode(self, encoded: Any) -> Any:
        """Return tagged data as a value; raise ``ValueError`` or ``LookupError`` where that is impossible."""
        return decode(encoded, self.shapes.resolve)

    def encode_call(self, unit: Contracted, args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Any]:
        """Return a call as ``[unit, args, kwargs]``, each parameter passed the same way however it was written."""
        bound = unit.signature.bind(*args, **kwargs)
        plain = [self.encode(value) for value in bound.args]
        named = [[name, self.encode(value)] for name, value in sorted(bound.kwargs.items())]
        return [unit.id, plain, named]

    def decode_call(self, call: Sequence[Any]) -> tuple[list[Any], dict[str, Any]]:
        """Return fresh arguments of an encoded call."""
        return [self.decode(a) for a in call[1]], {name: self.decode(a) for name, a in call[2]}

    def bind_call(self, unit: Contracted, call: Sequence[Any]) -> dict[str, Any]:
        """Return fresh arguments of an encoded call by name, defaults included."""
        args, kwargs = self.decode_call(call)
        return unit.bind(args, kwargs)

    def with_after(self, call: Sequence[Any], after: Sequence[Any]) -> list[Any]:
        """Return the call with its arguments as they were afterwards (an encoded tuple of them)."""
        values = list(after[1:])
        count = len(call[1])
        names = [name for name, _ in call[2]]
        return [call[0], values[:count], [[n, v] for n, v in zip(names, values[count:], strict=False)]]

    def note_given(self, call: Sequence[Any]) -> None:
        """Note what a Law was given, to tell it from what Units answered."""
        self.given_values = {json.dumps(value) for value in (*call[1], *(value for _, value in call[2]))}

    def _answer(self, unit: Contracted, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        call = self.encode_call(unit, args, kwargs)
        broken = unit.broken_precondition(unit.bind(args, kwargs))
        if broken is not None:
            if self.strict_domain and not self._comes_from_an_answer(call):
                raise OutsideDomain
            raise _violation(broken, unit.bind(args, kwargs))
        key = call_key(*call)
        outcome = self.answers.get(key)
        if outcome is None:
            if not is_sendable(call):
                raise BrokenAnswer(call, {"kind": "opaque", "detail": "an argument that cannot be sent"})
            self.needs[key] = call
            raise MissingAnswer
        return self._replay(unit, call, outcome, args, kwargs)

    def _replay(self, unit: Contracted, call: list[Any], outcome: Any, args: Any, kwargs: Any) -> Any:
        self.trace.append([call, outcome])
        if outcome["kind"] == "raise":
            raise self.exception(outcome["error"], outcome.get("detail", ""))
        if outcome["kind"] != "value" or is_opaque(outcome["value"]):
            raise BrokenAnswer(call, outcome)
        value = outcome["value"]
        self._seen_values.add(json.dumps(value))
        if unit.id in self.in_place and isinstance(value, list) and value[:1] == ["tuple"]:
            _, result, after = value
            bound = unit.signature.bind(*args, **kwargs)
            named = [value for _, value in sorted(bound.kwargs.items())]
            for argument, encoded in zip((*bound.args, *named), after[1:], strict=False):
                _overwrite(argument, self.decode(encoded))
            return self.decode(result)
        return self.decode(value)

    def _comes_from_an_answer(self, call: list[Any]) -> bool:
        passed = {json.dumps(value) for value in (*call[1], *(value for _, value in call[2]))}
        return bool((passed & self._seen_values) - self.given_values)

    def exception(self, name: str, detail: str = "") -> BaseException:
        """Return an exception of that type name: a builtin one, one of the specification, or one made for it."""
        last = name.rpartition(".")[2]
        kind: Any = getattr(sys.modules["builtins"], last, None)
        for module in self.modules.values():
            kind = vars(module).get(last, kind)
        if kind is None and last == "ViolationError":
            kind = icontract.ViolationError
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            kind = type(last, (Exception,), {})
        try:
            return typing.cast("BaseException", kind(detail))
        except Exception:
            return typing.cast("BaseException", kind.__new__(kind))

    def evaluate(self, thunk: Callable[[], Any], *, cpu_s: float = 1.0) -> tuple[str, Any]:
        """Run a piece of the specification's code.

        Returns:
            ("value", v), ("raise", exception), ("needs", None), ("broken", BrokenAnswer), ("outside", None)
            or ("slow", None).
        """
        before = len(self.needs)
        self._seen_values.clear()
        self.trace.clear()
        try:
            with time_limit(cpu_s):
                value = thunk()
        except MissingAnswer:
            return ("needs", None)
        except BrokenAnswer as broken:
            return ("broken", broken)
        except OutsideDomain:
            return ("outside", None)
        except TooSlow:
            return ("slow", None)
        except (Exception, SystemExit, GeneratorExit, KeyboardInterrupt) as error:
            return ("needs", None) if len(self.needs) > before else ("raise", error)
        return ("needs", None) if len(self.needs) > before else ("value", value)


def _violation(contract: Any, arguments: Mapping[str, Any]) -> BaseException:
    """Return what icontract would raise for a broken precondition."""
    error = contract.error
    if isinstance(error, BaseException):
        return error
    if isinstance(error, type) and issubclass(error, BaseException):
        return error(contract.description or "precondition violated")
    if callable(error):
        names = contract.error_args or []
        return typing.cast("BaseException", error(**_chosen(names, arguments)))
    return icontract.ViolationError(contract.description or "precondition violated")


def _overwrite(target: Any, source: Any) -> None:
    """Make a mutable argument look as the candidate left it."""
    if isinstance(target, list):
        target[:] = source
    elif isinstance(target, dict | set):
        target.clear()
        target.update(source)
    elif hasattr(target, "__dict__"):
        vars(target).update(vars(source))
    elif hasattr(target, "extend"):
        target.clear()
        target.extend(source)


def _where(error: BaseException, module: str) -> tuple[str, int]:
    if isinstance(error, SyntaxError) and error.filename and error.filename.startswith("<"):
        return error.filename[1:-1], error.lineno or 1
    found = (module, 1)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("<") and file[1:-1] and file in linecache.cache:
            found = (file[1:-1], trace.tb_lineno)
        trace = trace.tb_next
    return found
