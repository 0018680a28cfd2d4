"""What the colony is asked, decoded: parameters, inputs, what is wanted of some, and what there is to use."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from swarmwright.colony.inside.kinds import Kind, inward, outward
from swarmwright.colony.inside.patience import Patience
from swarmwright.verify.inside.loading import TooSlow

_CALL_S = 0.005
"""Processor time for one call of the specification's own functions."""
_LONGEST = 400


@dataclasses.dataclass(frozen=True)
class Raises:
    """What an example wants where it wants an exception, by its name."""

    error: str


@dataclasses.dataclass(frozen=True)
class Helper:
    """A function that bodies may call: its name, the kinds it takes and gives, what calls it, and a call's cost."""

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    call: Callable[..., Any]
    cost: int = 2
    known: dict[tuple[Any, ...], Any] = dataclasses.field(default_factory=dict, compare=False)
    patience: Patience = dataclasses.field(default_factory=Patience, compare=False)

    def __call__(self, *values: Any) -> Any:
        """Call it with values of the search, and return its result as one.

        Raises:
            ValueError: it failed, did not end in time, or gave too much.
        """
        found = self.known.get(values, self)
        if found is self:
            found = self.known[values] = self._called(values)
        if found is None:
            raise ValueError("it failed, or gave too much")
        return found[0]

    def _called(self, values: tuple[Any, ...]) -> tuple[Any] | None:
        try:
            with self.patience.limit(_CALL_S):
                given = [outward(value, kind) for value, kind in zip(values, self.takes, strict=True)]
                result = self.call(*copy.deepcopy(given))
        except (TooSlow, Exception):
            return None
        if isinstance(result, str | list | tuple | set | dict) and len(result) > _LONGEST:
            return None
        return (inward(result),)


@dataclasses.dataclass(frozen=True)
class Record:
    """A dataclass of the specification: its name, its fields with their kinds, and what makes one."""

    name: str
    fields: tuple[tuple[str, Kind], ...]
    make: Callable[..., Any]

    def __call__(self, *values: Any) -> Any:
        """Make one from values of the search."""
        kinds = [kind for _, kind in self.fields]
        return self.make(*[outward(value, kind) for value, kind in zip(values, kinds, strict=True)])


@dataclasses.dataclass(frozen=True)
class Problem:
    """One function to find.

    Attributes:
        parameters: names and kinds, in order.
        goal: the kind of the result.
        inputs: the arguments of each call, as values of the search; the first ones are the examples'.
        wanted: what the examples give (or ``Raises``); there are at least as many inputs.
        more: further arguments, on which behaviours are told apart when they were found.
        literals: constants of each kind, as Python source, the likeliest first, each with its cost.
        helpers: functions that may be called.
        records: the specification's dataclasses.
        also: further kinds that are of use, as the prose says.
    """

    parameters: tuple[tuple[str, Kind], ...]
    goal: Kind
    inputs: tuple[tuple[Any, ...], ...]
    wanted: tuple[Any, ...]
    more: tuple[tuple[Any, ...], ...] = ()
    literals: tuple[tuple[Kind, str, int], ...] = ()
    helpers: tuple[Helper, ...] = ()
    records: Mapping[str, Record] = dataclasses.field(default_factory=dict)
    also: tuple[Kind, ...] = ()

    @property
    def names(self) -> Sequence[str]:
        """Every name that a body must not bind anew."""
        return [*(name for name, _ in self.parameters), *(helper.name for helper in self.helpers), *self.records]
