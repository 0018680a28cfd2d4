"""Folds: loops that carry a value from element to element. Their bodies are agents that see that value, too.

What a body would do along a loop cannot be told from its parts, so bodies are first told apart on sampled values, and
each one that is new is then run along the source of every input.
"""

from __future__ import annotations

import ast
import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.grammar import NAMES
from swarmwright.colony.inside.bank import Agent, Bank, Value
from swarmwright.colony.inside.kinds import BOOL, Kind
from swarmwright.colony.inside.scopes import Variable
from swarmwright.colony.inside.steps import FAILED, LARGEST, LONGEST, NAMESPACE, Step

FOLD_COST = 1
_SAMPLES = 24
_EQUAL_SAMPLES = 8
_PART = re.compile(r"PART_([abc])")
_DEAREST_BODY = 9
_DEAREST_CONDITION = 10
_TOGETHER = 200
"""How many bodies are compiled at once."""


class Carried(NamedTuple):
    """The leaf that is the carried value; where there are more, the one at a place."""

    place: int = 0


LAST, RUNNING, SOMETIMES, REACHED, BEFORE = "last", "running", "sometimes", "reached", "before"
"""What a loop gives: the last value, every value on the way, the last one where a condition says when it changes, the
number (from 1) of the element at which a condition first holds of the value (None: it never does), and how many
elements come before that one."""


class Loop(NamedTuple):
    """An origin: a fold whose parts are a row among its bodies and one among its conditions, and what it gives."""

    fold: Fold
    gives: str


class Conditioned(NamedTuple):
    """What a fold with a condition gives: the rows of both, what it is, and its value on every input."""

    body: int
    condition: int
    gives: str
    value: Value


class Bodies:
    """Inner agents that are compiled, since they must run along a loop: what they do there cannot be told before."""

    def __init__(self, bank: Bank, captured: Sequence[Any]) -> None:
        """Take the agents' bank and what they have captured from outside."""
        self.bank = bank
        self.functions: Mapping[str, Any] = {}
        self._element_names: list[str] = []
        self._captured_names = {id(what): f"p{place}" for place, what in enumerate(captured)}
        self._literals: dict[str, Any] = {}
        self._ready: dict[tuple[Kind, int], list[tuple[int, Any]]] = {}
        self._sources: dict[Agent, str] = {}

    def sees(self, agent: Agent, names: Sequence[str]) -> bool:
        """Tell whether an agent looks at any of these names."""
        return re.search(rf"\b(?:{'|'.join(names)})\b", self._text(agent)) is not None

    def ready(
        self, kind: Kind, cost: int, names: Sequence[str], carried: Sequence[str], *, failing: bool = False
    ) -> list[tuple[int, Any]]:
        """Return the rows of a kind and cost that look at any of these names, each with what computes it.

        ``failing`` ones fail on some samples, where the loop may never come.
        """
        if (kind, cost) not in self._ready:
            rows = self.bank.rows.get(kind)
            numbers = [] if rows is None or cost >= len(rows.ends) else list(range(*rows.span(cost, failing=failing)))
            useful = [row for row in numbers if self.sees(Agent(kind, row), names)]
            found: list[tuple[int, Any]] = []
            for some in chunks(useful, _TOGETHER):
                found += zip(some, self.compiled(kind, some, carried), strict=True)
            self._ready[kind, cost] = found
        return self._ready[kind, cost]

    def compiled(self, kind: Kind, rows: Sequence[int], carried: Sequence[str]) -> list[Any]:
        """Return functions of the carried values, an element's parts, and what is captured."""
        names = ", ".join([*carried, *self._element_names, *self._captured_names.values()])
        texts = [f"lambda {names}: {self._text(Agent(kind, row))}" for row in rows]
        namespace = {**NAMESPACE, **self.functions, **self._literals}
        found: list[Any] = eval(f"[{', '.join(texts)}]", namespace)  # noqa: S307
        return found

    def _text(self, agent: Agent) -> str:
        """Return an inner agent's expression as it runs inside the search."""
        found = self._sources.get(agent)
        if found is None:
            what, parts = self.bank.parts(agent)
            if isinstance(what, Step):
                texts = dict(zip(NAMES, map(self._text, parts), strict=False))
                found = _PART.sub(
                    lambda match: texts[match[1]], _template(what.production.inner or what.production.python)
                )
            else:
                found = self._leaf(what.what, agent)
            self._sources[agent] = found
        return found

    def _leaf(self, what: Any, agent: Agent) -> str:
        match what:
            case Carried(place):
                return ("acc", "nxt")[place]
            case Variable(-1, captured) if id(captured) in self._captured_names:
                return self._captured_names[id(captured)]
            case Variable(place, _) if place >= 0:
                return self._element_names[place]
            case _:
                name = f"k{len(self._literals)}"
                self._literals[name] = self.bank.rows[agent.kind].values[agent.row][0]
                return name


class Fold(Bodies):
    """Loops over one source that carry a value of one kind from one beginning."""

    def __init__(
        self,
        kind: Kind,
        element: Kind,
        source: tuple[Agent, Value, int],
        begin: tuple[Agent, Value],
        captured: Sequence[tuple[Kind, Any, Value]],
        bank: Bank,
    ) -> None:
        """Take what is carried, the source (with its values and cost), where it begins, and what bodies may see."""
        super().__init__(bank, [what for _, what, _ in captured])
        self.kind = kind
        self.element = element
        self.source, self._items, self.cost = source
        self.begin, self._begin = begin
        self._captured = [values for _, _, values in captured]
        self._element_names = [f"e{place}" for place in range(self.names)]

    @property
    def names(self) -> int:
        """How many names the loop binds for an element."""
        return len(self.element) - 1 if self.element[0] == "tuple" else 1

    def samples(self, values: Sequence[Any]) -> list[tuple[Any, tuple[Any, ...], int]]:
        """Return (carried value, element's parts, input) for which bodies are told apart."""
        found: list[tuple[Any, tuple[Any, ...], int]] = []
        carried = [*dict.fromkeys([*(one for one in self._begin if one is not FAILED), *values])][:8] or [None]
        turn = itertools.cycle(carried)
        for number, items in enumerate(self._items):
            if items is not FAILED:
                for item in items:
                    parts = tuple(item) if self.names > 1 else (item,)
                    found.append((next(turn), parts, number))
        step = max(1, len(found) // _SAMPLES)
        return [*found[::step][:_SAMPLES], *self._equal(found)[:_EQUAL_SAMPLES]]

    def _equal(self, found: Sequence[tuple[Any, tuple[Any, ...], int]]) -> list[tuple[Any, tuple[Any, ...], int]]:
        """Return samples in which the carried value is what it is compared to: else "less" and "at most" seem alike."""
        equal: list[tuple[Any, tuple[Any, ...], int]] = []
        for carried, parts, number in found[:: max(1, len(found) // _EQUAL_SAMPLES)]:
            others = [*(values[number] for values in self._captured), *parts]
            alike = [one for one in others if type(one) is type(carried)]
            equal += [(one, parts, number) for one in alike[len(equal) % 2 :][:1]]
        return equal

    def add_names(self, values: Sequence[Any], captured: Sequence[tuple[Kind, Any, Value]]) -> None:
        """Make the carried value, the element and what is captured the first agents of the bodies."""
        rows = self.samples(values)
        self.bank.add_leaf(2, self.kind, tuple(row[0] for row in rows), Carried())
        kinds = self.element[1:] if self.names > 1 else (self.element,)
        for place, kind in enumerate(kinds):
            self.bank.add_leaf(2, kind, tuple(row[1][place] for row in rows), Variable(place))
        for kind, what, outer in captured:
            self.bank.add_leaf(3, kind, tuple(outer[row[2]] for row in rows), Variable(-1, what))

    def grow(self, cost: int) -> None:
        """Make the bodies up to a cost."""
        while self.bank.cost < cost:
            self.bank.grow()

    def offer(self, cost: int) -> Iterator[tuple[int, Value, Value]]:
        """Yield (row of the body, last values, running values) for the bodies of exactly that cost."""
        rows = self.bank.rows.get(self.kind)
        if rows is None:
            return
        numbers = [row for row in range(*rows.span(cost)) if self.sees(Agent(self.kind, row), ("acc",))]
        for some in chunks(numbers, _TOGETHER):
            for row, body in zip(some, self.compiled(self.kind, some, ("acc",)), strict=True):
                runs = [self._run(body, number) for number in range(len(self._items))]
                yield (
                    row,
                    tuple(run[-1] if run else FAILED for run in runs),
                    tuple(run[1:] if run else FAILED for run in runs),
                )

    def conditioned(self, cost: int) -> Iterator[Conditioned | None]:
        """Yield what loops give with a body and a condition that cost so much together; None for those without sense.

        A condition counts half: it is one of few.
        """
        while self.bank.cost < min(2 * cost - 6, _DEAREST_CONDITION):
            self.bank.grow()
        names = ("acc", *self._element_names)
        for first in range(2, _DEAREST_BODY + 1):
            for second in (2 * (cost - first) - 3, 2 * (cost - first) - 2):
                if not 4 <= second <= _DEAREST_CONDITION:
                    continue
                conditions = [
                    (row, holds)
                    for row, holds in self.ready(BOOL, second, names, ("acc",))
                    if len(set(self.bank.rows[BOOL].values[row])) > 1
                ]
                for row, body in self.ready(self.kind, first, ("acc",), ("acc",)) if conditions else ():
                    yield from self._both(row, body, conditions)

    def _both(self, row: int, body: Any, conditions: Sequence[tuple[int, Any]]) -> Iterator[Conditioned | None]:
        ways = [self._run(body, number) for number in range(len(self._items))]
        for condition, holds in conditions:
            lasts = [self._sometimes(body, holds, number) for number in range(len(self._items))]
            yield self._whole(row, condition, SOMETIMES, lasts)
            if not all(ways):
                continue
            stops = [self._stop(way, holds, number) for number, way in enumerate(ways)]
            reached = [
                None if stop == len(way) - 1 else stop + 1 for stop, way in zip(stops, ways, strict=True) if stop >= 0
            ]
            yield self._whole(row, condition, REACHED, [FAILED] if -1 in stops else reached)
            yield self._whole(row, condition, BEFORE, [FAILED] if -1 in stops else stops)

    def _whole(self, row: int, condition: int, gives: str, value: Sequence[Any]) -> Conditioned | None:
        """Return what a loop gives where it gives something on every input: it runs before anything is asked."""
        if any([one is FAILED for one in value]):
            return None
        return Conditioned(row, condition, gives, tuple(value))

    def _sometimes(self, body: Any, holds: Any, number: int) -> Any:
        items, value = self._items[number], self._begin[number]
        if items is FAILED or value is FAILED:
            return FAILED
        around = [values[number] for values in self._captured]
        try:
            for item in items:
                parts = item if self.names > 1 else (item,)
                if holds(value, *parts, *around):
                    value = body(value, *parts, *around)
                    if is_large(value):
                        return FAILED
        except Exception:
            return FAILED
        return value

    def _stop(self, way: Sequence[Any], holds: Any, number: int) -> int:
        """Return after how many elements a condition does not hold yet; -1 where it cannot be asked."""
        items = self._items[number]
        around = [values[number] for values in self._captured]
        try:
            for place, item in enumerate(items):
                if holds(way[place + 1], *(item if self.names > 1 else (item,)), *around):
                    return place
        except Exception:
            return -1
        return len(items)

    def _run(self, body: Any, number: int) -> tuple[Any, ...]:
        """Return the values along the loop on one input, the beginning first; nothing where it fails."""
        items, value = self._items[number], self._begin[number]
        if items is FAILED or value is FAILED:
            return ()
        around = [values[number] for values in self._captured]
        found = [value]
        try:
            for item in items:
                value = body(value, *item, *around) if self.names > 1 else body(value, item, *around)
                if is_large(value):
                    return ()
                found.append(value)
        except Exception:
            return ()
        return tuple(found)


def is_large(value: Any) -> bool:
    """Tell whether a value is larger than loops may make any."""
    kind = type(value)
    if kind is int:
        return not -LARGEST < value < LARGEST
    return kind in (str, tuple) and len(value) > LONGEST


@functools.lru_cache(maxsize=1024)
def _template(expression: str) -> str:
    tree = ast.parse(expression, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in NAMES:
            node.id = f"PART_{node.id}"
    return f"({ast.unparse(tree)})"


def chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield the items in so many at once."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
