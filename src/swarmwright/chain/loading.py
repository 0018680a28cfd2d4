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
    try:
        task = kind(**given)
    except TypeError as error:
        raise ProcessError(f"{file}: {kind.__name__} cannot be made: {error}.") from None
    except ValueError as error:
        raise ProcessError(f"{file}: {error}.") from None
    told = {name: str(value) for name, value in given.items()}
    return Loaded(kind.__name__, task, told, hashlib.sha256(source).hexdigest())


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
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise ProcessError(f"{file}:{error.lineno}: {error.msg}.") from None
    except Exception as error:
        raise ProcessError(f"{file}: it cannot be loaded: {type(error).__name__}: {error}.") from error
    return module


def _find_kind(module: ModuleType, file: Path) -> type[LongTask]:
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, _KINDS) and value.__module__ == module.__name__
    ]
    if not found:
        raise ProcessError(f"{file}: no class in it is a swarmwright.Chain, Bag or Graph.")
    if len(found) > 1:
        names = ", ".join(kind.__name__ for kind in found)
        raise ProcessError(f"{file}: it holds several long tasks ({names}); leave one in a file.")
    return found[0]


def _pairs(arguments: Sequence[str], file: Path, kind: type[LongTask]) -> dict[str, Any]:
    """Read ``--name value`` and ``--name=value`` by the annotations of the class's parameters."""
    wanted = parameters_of(kind)
    given: dict[str, Any] = {}
    waiting = list(arguments)
    while waiting:
        flag = waiting.pop(0)
        name, has_value, value = flag.removeprefix("--").partition("=")
        name = name.replace("-", "_")
        if not flag.startswith("--") or name not in wanted:
            known = ", ".join(f"--{known.replace('_', '-')}" for known in wanted) or "none"
            raise ProcessError(f"{flag}: neither swarmwright run nor {file} knows it; {file} knows: {known}.")
        if not has_value:
            if not waiting:
                raise ProcessError(f"{flag}: it needs a value.")
            value = waiting.pop(0)
        try:
            given[name] = msgspec.convert(value, wanted[name], strict=False)
        except msgspec.ValidationError:
            raise ProcessError(f"{flag}: {value!r} is no {getattr(wanted[name], '__name__', wanted[name])}.") from None
    return given


def parameters_of(kind: type[LongTask]) -> dict[str, Any]:
    """Return the parameters with which a class of long tasks is made, with their types (str where none is given)."""
    if kind.__init__ is object.__init__:
        return {}
    hints = get_type_hints(kind.__init__)
    names = [name for name in inspect.signature(kind.__init__).parameters if name != "self"]
    return {name: hints.get(name, str) for name in names}
