"""A long task's file, loaded: the one class in it that is a Chain, a Bag or a Graph, made with its parameters.

The file is the user's own program and runs in this process; what models answer is only ever data to it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import msgspec

from swarmwright.errors import ProcessError
from swarmwright.plan.steps import Bag, Chain, Graph

LongTask = Chain | Bag | Graph
_KINDS = (Chain, Bag, Graph)


class Loaded(msgspec.Struct, frozen=True):
    """A long task with its name, its parameters as given, and the hash of its file's text."""

    name: str
    task: LongTask
    parameters: dict[str, str]
    digest: str


def load_task(file: Path, arguments: Sequence[str] = ()) -> Loaded:
    """Return the long task of a file, made with ``--name value`` arguments for the parameters of its class.

    Raises:
        ProcessError: the file cannot be read or run, holds no long task or several, or an argument does not fit.
    """
    try:
        source = file.read_bytes()
    except OSError as error:
        raise ProcessError(f"{file}: it cannot be read ({error.strerror}). Name a Python file with a Chain.") from None
    module = _run_file(file)
    kind = _find_kind(module, file)
    given = _pairs(arguments, file, kind)
    missing = [flag_of(name) for name, one in parameters_of(kind).items() if one.needed and name not in given]
    if missing:
        raise ProcessError(f"{file}: {kind.__name__} needs {', '.join(missing)}.")
    try:
        task = kind(**given)
    except ValueError as error:
        raise ProcessError(f"{file}: {error}.") from error
    except Exception as error:
        raise ProcessError(f"{file}: {kind.__name__} cannot be made: {type(error).__name__}: {error}.") from error
    told = {name: str(value) for name, value in given.items()}
    return Loaded(kind.__name__, task, told, hashlib.sha256(source).hexdigest())


def as_loaded(task: LongTask) -> Loaded:
    """Return a long task that a program made itself, known by its class's file and by its plain attributes."""
    kind = type(task)
    try:
        source = Path(inspect.getfile(kind)).read_bytes()
    except (OSError, TypeError):
        # A class that was typed in has no file: its name has to do.
        source = f"{kind.__module__}.{kind.__qualname__}".encode()
    plain = {name: repr(value) for name, value in vars(task).items() if isinstance(value, str | int | float | tuple)}
    return Loaded(kind.__name__, task, plain, hashlib.sha256(source).hexdigest())


def name_of_run(loaded: Loaded, options: Mapping[str, str]) -> bytes:
    """Return bytes that tell this run's steps from those of every other task, parameters and options."""
    plain = msgspec.msgpack.encode((loaded.digest, sorted(loaded.parameters.items()), sorted(options.items())))
    return hashlib.blake2b(plain, digest_size=8).digest()


def _run_file(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"_swarmwright_task_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ProcessError(f"{file}: it is no Python file. Name a Python file with a Chain, a Bag or a Graph in it.")
    module = importlib.util.module_from_spec(spec)
    # Dataclasses and pickles of the file look their module up by name.
    sys.modules[spec.name] = module
    # As for a program that Python runs: what stands beside it can be imported.
    if (beside := str(file.resolve().parent)) not in sys.path:
        sys.path.insert(0, beside)
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise ProcessError(f"{error.filename or file}:{error.lineno or 1}: {error.msg}.") from None
    except SystemExit:
        raise ProcessError(f"{file}: it ends the program while it is loaded.") from None
    except Exception as error:
        raise ProcessError(f"{file}: it cannot be loaded: {type(error).__name__}: {error}.") from error
    return module


def _find_kind(module: ModuleType, file: Path) -> type[LongTask]:
    found = {
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, _KINDS) and value.__module__ == module.__name__
    }
    # What others of the file are made from is not what is to be run.
    last = sorted((kind for kind in found if not found & {*kind.__subclasses__()}), key=lambda kind: kind.__name__)
    if not last:
        raise ProcessError(f"{file}: no class in it is a swarmwright.Chain, Bag or Graph.")
    if len(last) > 1:
        names = ", ".join(kind.__name__ for kind in last)
        raise ProcessError(f"{file}: it holds several long tasks ({names}); leave one in a file.")
    return last[0]


def _pairs(arguments: Sequence[str], file: Path, kind: type[LongTask]) -> dict[str, Any]:
    """Read ``--name value``, ``--name=value`` and, of truths, ``--name`` and ``--no-name``."""
    wanted = parameters_of(kind)
    given: dict[str, Any] = {}
    waiting = list(arguments)
    while waiting:
        flag, has_value, value = waiting.pop(0).partition("=")
        name = flag.removeprefix("--").replace("-", "_")
        denied = name.removeprefix("no_")
        if flag.startswith("--no-") and not has_value and name not in wanted and _is_truth(wanted.get(denied)):
            given[denied] = False
            continue
        if not flag.startswith("--") or name not in wanted:
            known = ", ".join(f"{flag_of(one)} ({parameter.told})" for one, parameter in wanted.items()) or "none"
            raise ProcessError(f"{flag}: neither swarmwright run nor {file} knows it; {file} knows: {known}.")
        if not has_value and _is_truth(wanted[name]) and (not waiting or waiting[0].startswith("--")):
            given[name] = True
            continue
        if not has_value:
            if not waiting:
                raise ProcessError(f"{flag}: it needs a value ({wanted[name].told}).")
            value = waiting.pop(0)
        try:
            given[name] = msgspec.convert(value, wanted[name].kind, strict=False, dec_hook=_made)
        except (msgspec.ValidationError, TypeError, ValueError):
            raise ProcessError(f"{flag}: {value!r} is no {_name_of(wanted[name].kind)}.") from None
    return given


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a long task: its type (str where none is given), whether it must be given, what it is else."""

    kind: Any
    needed: bool
    default: Any

    @property
    def told(self) -> str:
        """Say what it is."""
        return _name_of(self.kind) if self.needed else f"{_name_of(self.kind)}, else {self.default!r}"


def parameters_of(kind: type[LongTask]) -> dict[str, Parameter]:
    """Return the parameters with which a class of long tasks is made.

    Raises:
        ProcessError: an annotation names what does not exist.
    """
    if kind.__init__ is object.__init__:
        return {}
    try:
        hints = get_type_hints(kind.__init__)
    except Exception as error:
        raise ProcessError(f"{kind.__name__}: an annotation of its parameters cannot be read: {error}.") from error
    _, *parameters = inspect.signature(kind.__init__).parameters.values()
    return {
        one.name: Parameter(hints.get(one.name, str), one.default is one.empty, one.default)
        for one in parameters
        if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
    }


def flag_of(name: str) -> str:
    """Return a parameter as it is written on the command line."""
    return f"--{name.replace('_', '-')}"


def _is_truth(parameter: Parameter | None) -> bool:
    return parameter is not None and parameter.kind is bool


def _made(kind: type, value: object) -> object:
    """Make what is made of one text, as a Path is."""
    return kind(value)


def _name_of(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind).replace("typing.", "")
