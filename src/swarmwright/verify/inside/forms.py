"""Type hints brought to one small form, on which making, changing and checking of values is defined."""

from __future__ import annotations

import collections
import collections.abc
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

_SCALARS: dict[Any, str] = {
    None: "none",
    type(None): "none",
    bool: "bool",
    int: "int",
    float: "float",
    complex: "complex",
    str: "str",
    bytes: "bytes",
    decimal.Decimal: "decimal",
    fractions.Fraction: "fraction",
    datetime.date: "date",
    datetime.datetime: "datetime",
    datetime.time: "time",
    datetime.timedelta: "timedelta",
    range: "range",
    typing.Any: "any",
    object: "any",
    collections.abc.Hashable: "hashable",
}
_SEQUENCES: dict[Any, Callable[[list[Any]], Any]] = {
    list: list,
    collections.abc.Sequence: list,
    collections.abc.MutableSequence: list,
    collections.abc.Iterable: list,
    collections.abc.Collection: list,
    collections.abc.Reversible: list,
    collections.abc.Container: list,
    collections.deque: collections.deque,
    collections.abc.Iterator: iter,
    collections.abc.Generator: iter,
}
_SETS: dict[Any, Callable[[list[Any]], Any]] = {
    set: set,
    collections.abc.MutableSet: set,
    collections.abc.Set: set,
    frozenset: frozenset,
}
_MAPPINGS: dict[Any, Callable[[dict[Any, Any]], Any]] = {
    dict: dict,
    collections.abc.Mapping: dict,
    collections.abc.MutableMapping: dict,
    collections.OrderedDict: collections.OrderedDict,
    collections.Counter: collections.Counter,
    collections.defaultdict: lambda pairs: collections.defaultdict(None, pairs),
}
_ABSTRACT_NUMBERS = {"SupportsInt": int, "SupportsIndex": int, "SupportsFloat": float, "SupportsAbs": int}


_QUALIFIERS = (typing.Annotated, typing.Final, typing.Required, typing.NotRequired)


class UnsupportedTypeError(Exception):
    """No values can be made for a type hint."""


@dataclasses.dataclass(frozen=True)
class Form:
    """A type hint's form.

    ``kind`` is a scalar's name, or "sequence", "tuple" (fixed), "set", "mapping", "union", "options", "record".
    ``make`` builds the value from a list (sequence, set, tuple), a dict (mapping) or the fields' values (record).
    ``options`` are the values of a Literal or Enum; ``names`` a record's fields; ``type`` the class to check against.
    """

    kind: str
    type: Any = None
    make: Callable[..., Any] = list
    options: tuple[Any, ...] = ()
    names: tuple[str, ...] = ()
    lazy_parts: Callable[[], tuple[Form, ...]] = tuple

    @functools.cached_property
    def parts(self) -> tuple[Form, ...]:
        """The forms of elements, fields or alternatives (found late, since records may contain themselves)."""
        return self.lazy_parts()

    @property
    def is_container(self) -> bool:
        """Whether it has a size that can grow."""
        return self.kind in ("sequence", "set", "mapping", "str", "bytes")


def form_of(hint: Any, variables: Mapping[Any, Any] | None = None) -> Form:
    """Return the Form of an evaluated type hint; ``variables`` says what stands for each TypeVar.

    Raises:
        UnsupportedTypeError: values of that type cannot be made (functions, files, modules ...).
    """
    known = variables or {}
    if isinstance(hint, typing.TypeVar):
        return form_of(known.get(hint) or (hint.__constraints__ or (hint.__bound__ or int,))[0], known)
    if isinstance(hint, typing.NewType):
        return form_of(hint.__supertype__, known)
    if hasattr(hint, "__value__") and type(hint).__name__ == "TypeAliasType":
        return form_of(hint.__value__, known)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in _QUALIFIERS:
        return form_of(arguments[0], known)
    if origin is typing.Literal:
        return Form("options", options=arguments)
    if origin in (typing.Union, types.UnionType):
        return Form("union", lazy_parts=lambda: tuple(form_of(a, known) for a in arguments))
    if _hashable(hint) and hint in _SCALARS:
        return Form(_SCALARS[hint], type=hint)
    container = _container(origin or hint, arguments, known)
    return container if container is not None else _class_form(hint, known)


def _container(origin: Any, arguments: tuple[Any, ...], known: Mapping[Any, Any]) -> Form | None:
    if not _hashable(origin):
        return None
    if origin is tuple and arguments and arguments[-1] is not Ellipsis:
        fixed = () if arguments == ((),) else arguments
        return Form("tuple", type=tuple, make=tuple, lazy_parts=lambda: tuple(form_of(a, known) for a in fixed))
    element = arguments[0] if arguments else int
    if origin is tuple:
        return Form("sequence", type=tuple, make=tuple, lazy_parts=lambda: (form_of(element, known),))
    if origin in _SEQUENCES:
        return Form("sequence", type=origin, make=_SEQUENCES[origin], lazy_parts=lambda: (form_of(element, known),))
    if origin in _SETS:
        return Form("set", type=origin, make=_SETS[origin], lazy_parts=lambda: (form_of(element, known),))
    if origin in _MAPPINGS:
        pair = arguments if len(arguments) == 2 else (arguments[0] if arguments else str, int)
        return Form(
            "mapping", type=origin, make=_MAPPINGS[origin], lazy_parts=lambda: tuple(form_of(a, known) for a in pair)
        )
    return None


def _class_form(hint: Any, known: Mapping[Any, Any]) -> Form:
    origin = typing.get_origin(hint) or hint
    if isinstance(origin, type) and issubclass(origin, enum.Enum):
        return Form("options", type=origin, options=tuple(origin))
    if typing.is_typeddict(origin):
        fields = typing.get_type_hints(origin)
        return _record(origin, fields, known, lambda *values: dict(zip(fields, values, strict=True)))
    if isinstance(origin, type) and issubclass(origin, tuple) and hasattr(origin, "_fields"):
        hints = typing.get_type_hints(origin)
        return _record(origin, {name: hints.get(name, Any) for name in origin._fields}, known, origin)
    if isinstance(origin, type) and dataclasses.is_dataclass(origin):
        hints = typing.get_type_hints(origin)
        fields = {f.name: hints[f.name] for f in dataclasses.fields(origin) if f.init}
        return _record(origin, fields, known, lambda *v: origin(**dict(zip(fields, v, strict=True))))
    if getattr(origin, "__name__", "") in _ABSTRACT_NUMBERS:
        return Form("int", type=int)
    taken = _constructor_fields(origin)
    if taken is not None:
        return _record(origin, taken, known, origin)
    raise UnsupportedTypeError(f"no values can be made for the type {getattr(hint, '__name__', hint)}")


def _constructor_fields(origin: Any) -> dict[str, Any] | None:
    """Return the hints of a plain class's constructor, or None where it does not say them all."""
    constructor = getattr(origin, "__init__", None)
    if not isinstance(origin, type) or not isinstance(constructor, types.FunctionType):
        return None
    hints = typing.get_type_hints(constructor)
    parameters = list(inspect.signature(origin).parameters.values())
    plain = all(p.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and p.name in hints for p in parameters)
    return {p.name: hints[p.name] for p in parameters} if plain else None


def _record(origin: Any, fields: Mapping[str, Any], known: Mapping[Any, Any], make: Callable[..., Any]) -> Form:
    hints = tuple(fields.values())
    return Form(
        "record",
        type=origin,
        make=make,
        names=tuple(fields),
        lazy_parts=lambda: tuple(form_of(hint, known) for hint in hints),
    )


def type_variables(hint: Any, *, every: bool = False) -> set[Any]:
    """Return the TypeVars in a hint that have neither a bound nor constraints (or ``every`` one)."""
    if isinstance(hint, typing.TypeVar):
        return set() if not every and (hint.__constraints__ or hint.__bound__) else {hint}
    return {found for argument in typing.get_args(hint) for found in type_variables(argument, every=every)}


def fits(value: Any, form: Form, depth: int = 12) -> bool:
    """Tell whether a value is of that form; an int is fine for a float, a bool is not an int."""
    if depth == 0 or form.kind == "any":
        return True
    if form.kind in _SCALAR_FITS:
        return type(value) in _SCALAR_FITS[form.kind]
    if form.kind == "hashable":
        return type(value).__hash__ is not None
    if form.kind == "union":
        return any(fits(value, part, depth - 1) for part in form.parts)
    if form.kind == "options":
        return any(type(value) is type(option) and value == option for option in form.options)
    if form.kind == "record":
        return _fits_record(value, form, depth)
    return _fits_container(value, form, depth)


_SCALAR_FITS: dict[str, tuple[type, ...]] = {
    "none": (type(None),),
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "complex": (complex, float, int),
    "str": (str,),
    "bytes": (bytes,),
    "decimal": (decimal.Decimal,),
    "fraction": (fractions.Fraction,),
    "date": (datetime.date, datetime.datetime),
    "datetime": (datetime.datetime,),
    "time": (datetime.time,),
    "timedelta": (datetime.timedelta,),
    "range": (range,),
}


def _fits_record(value: Any, form: Form, depth: int) -> bool:
    if typing.is_typeddict(form.type):
        if type(value) is not dict or not set(value) <= set(form.names):
            return False
        present = [(value[name], part) for name, part in zip(form.names, form.parts, strict=True) if name in value]
        return all(fits(item, part, depth - 1) for item, part in present)
    if not isinstance(value, form.type):
        return False
    if not (dataclasses.is_dataclass(form.type) or issubclass(form.type, tuple)):
        return True
    items = ((getattr(value, name), part) for name, part in zip(form.names, form.parts, strict=True))
    return all(fits(item, part, depth - 1) for item, part in items)


def _fits_container(value: Any, form: Form, depth: int) -> bool:
    if form.kind == "tuple":
        same = type(value) is tuple and len(value) == len(form.parts)
        return same and all(fits(v, p, depth - 1) for v, p in zip(value, form.parts, strict=True))
    if form.type in (collections.abc.Generator, collections.abc.Iterator):
        # Drained iterators come back as iterators; what they held cannot be seen without draining them again.
        return isinstance(value, collections.abc.Iterator)
    abstract = form.type in (collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)
    if abstract and isinstance(value, str | bytes):
        return all(fits(item, form.parts[0], depth - 1) for item in value)
    if not isinstance(value, form.type):
        return False
    if form.kind == "mapping":
        key, item = form.parts
        return all(fits(k, key, depth - 1) and fits(v, item, depth - 1) for k, v in value.items())
    if isinstance(value, collections.abc.Iterator):
        return True
    return all(fits(item, form.parts[0], depth - 1) for item in value)


def _hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True
