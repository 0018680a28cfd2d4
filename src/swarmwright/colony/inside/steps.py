"""Steps: productions made concrete for kinds, and the loops that apply one to all fitting agents at once.

A loop is Python code that is written for its step: it takes the values of two agents apart, computes the result on
every input in one expression and looks whether any agent gives the same.
"""

from __future__ import annotations

import ast
import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from swarmwright.colony.grammar import NAMES, Production
from swarmwright.colony.inside.kinds import (
    BOOL,
    FLOAT,
    INT,
    STR,
    Kind,
    Row,
    is_hashable,
    is_ordered,
    kind_of,
    parts_of,
)

LONGEST = 400
"""The most items or characters that a value may have."""
MOST_COUNTED = 130
"""The longest range."""
LARGEST = 1 << 62
"""The largest whole number that an agent may give."""
_UNROLLED = 14
_MOST_KINDS = 40


class Failed:
    """What an agent gives on an input on which it raises: nothing can be done with it but raise again."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        """Say that it is no value."""
        return "FAILED"

    def _raise(self, *_: object) -> Any:
        raise ValueError

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _raise
    __bool__ = __str__ = __len__ = __iter__ = __contains__ = __index__ = __format__ = _raise


FAILED = Failed()


class Step:
    """A production for concrete kinds: what it takes and gives, and its cost in this search."""

    __slots__ = ("cost", "gives", "production", "takes")

    def __init__(self, production: Production, takes: tuple[Kind, ...], gives: Kind, cost: int) -> None:
        self.production = production
        self.takes = takes
        self.gives = gives
        self.cost = cost


def steps_for(
    grammar: Sequence[Production], given: Sequence[Kind], goal: Kind, *, inner: bool = False
) -> tuple[Step, ...]:
    """Return the steps that values of these kinds and a wanted kind ask for, in the grammar's order.

    Args:
        grammar: the productions.
        given: kinds of what there is: parameters, fields, what other functions give.
        goal: the kind that is wanted.
        inner: whether the steps are for the inside of a comprehension or a loop.
    """
    wanted = _wanted(given, goal, inner=inner)
    reached = {*given, INT, BOOL, *((STR,) if STR in wanted else ()), *((FLOAT,) if FLOAT in wanted else ())}
    steps: dict[tuple[str, str, tuple[Kind, ...], Kind], Step] = {}
    while len(reached) < _MOST_KINDS:
        before = len(reached), len(steps)
        for production in grammar:
            if inner and not production.scopes:
                continue
            for takes, gives in _instances(production, sorted(reached)):
                if gives in wanted:
                    steps.setdefault(
                        (production.name, production.python, takes, gives),
                        Step(production, takes, gives, production.cost),
                    )
                    reached.add(gives)
        if before == (len(reached), len(steps)):
            break
    order = {production.name: place for place, production in enumerate(grammar)}
    return tuple(
        sorted(steps.values(), key=lambda step: (order[step.production.name], step.production.python, step.takes))
    )


def _wanted(given: Sequence[Kind], goal: Kind, *, inner: bool) -> set[Kind]:
    """Return the kinds worth having on the way from what is given to the goal."""
    parts = {part for kind in (*given, goal) for part in parts_of(kind) if part != ("None",)}
    scalars = {kind for kind in parts if len(kind) == 1} | {INT, BOOL}
    found = parts | scalars
    if inner:
        # Lists are made outside; inside there are too many agents already.
        return found | ({("list", STR)} if STR in scalars else set())
    if any(kind[0] in ("list", "row", "set", "dict") for kind in parts) or STR in scalars:
        elements = {kind[1] for kind in parts if kind[0] in ("list", "row")} | scalars - {BOOL}
        found |= {("list", kind) for kind in elements | {BOOL}}
        found |= {("set", kind) for kind in elements if is_hashable(kind)}
        held = {kind[1] for kind in parts if kind[0] in ("list", "row")} | ({STR} & scalars)
        found |= {("list", ("tuple", INT, kind)) for kind in held}
        found |= {("list", ("tuple", one, other)) for one in held for other in held}
        found |= {("list", ("tuple", one, one, one)) for one in held}
        for kind in parts:
            if kind[0] == "dict":
                found |= {("list", kind[1]), ("list", kind[2]), ("list", ("tuple", *kind[1:]))}
    else:
        found.add(("list", INT))
    if STR in scalars:
        found.add(("tuple", STR, STR, STR))
    return found | {part for kind in found for part in parts_of(kind)}


class _EveryName(dict[str, Any]):
    """Knows every name: a single capital letter stands for any kind, any other name for a dataclass."""

    def __contains__(self, name: object) -> bool:
        return True


def _letter(pattern: Kind) -> str:
    """Return the letter that a pattern is; nothing where it is another kind."""
    return pattern[1] if pattern[0] == "record" and len(pattern[1]) == 1 else ""


@functools.lru_cache(maxsize=4096)
def _pattern(text: str) -> Kind:
    kind = kind_of(text, _EveryName())
    if kind is None:
        raise ValueError(text)
    return kind


def _instances(production: Production, reached: Sequence[Kind]) -> Iterator[tuple[tuple[Kind, ...], Kind]]:
    """Yield what a production takes and gives for every choice of kinds that are there."""
    patterns = [_pattern(text) for text in production.takes]
    candidates = [[(kind, bound) for kind in reached if (bound := _match(one, kind)) is not None] for one in patterns]
    for chosen in itertools.product(*candidates):
        letters: dict[str, Kind] = {}
        if all(letters.setdefault(name, kind) == kind for _, bound in chosen for name, kind in bound.items()) and (
            _fits(production, letters)
        ):
            yield tuple(kind for kind, _ in chosen), _filled(_pattern(production.gives), letters)


def _fits(production: Production, letters: Mapping[str, Kind]) -> bool:
    return (
        all(is_ordered(letters[name]) for name in production.ordered)
        and all(is_hashable(letters[name]) for name in production.hashable)
        and all(letters[name] in [kind_of(one, {}) for one in some] for name, some in production.only.items())
    )


def _match(pattern: Kind, kind: Kind) -> dict[str, Kind] | None:
    if letter := _letter(pattern):
        return {letter: kind}
    if pattern[0] != kind[0] or len(pattern) != len(kind):
        return None
    if pattern[0] == "record":
        return {} if pattern == kind else None
    found: dict[str, Kind] = {}
    for one, other in zip(pattern[1:], kind[1:], strict=True):
        bound = _match(one, other)
        if bound is None or any(found.setdefault(name, value) != value for name, value in bound.items()):
            return None
    return found


def _filled(pattern: Kind, letters: Mapping[str, Kind]) -> Kind:
    if letter := _letter(pattern):
        return letters[letter]
    return pattern if pattern[0] == "record" else (pattern[0], *(_filled(part, letters) for part in pattern[1:]))


# What runs


def _repeat(value: Any, times: int) -> Any:
    if len(value) * times > LONGEST:
        raise ValueError
    return value * times


def _range(start: int, end: int) -> tuple[int, ...]:
    if end - start > MOST_COUNTED:
        raise ValueError
    return tuple(range(start, end))


def _power(base: int, exponent: int) -> int:
    if not 0 <= exponent <= 62 or abs(base) > 1 << 20:
        raise ValueError
    return int(base**exponent)


def _flat(rows: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(itertools.chain.from_iterable(rows))


def _bounded(function: Callable[..., Any], width: int, *more: Any) -> Any:
    if width > LONGEST:
        raise ValueError
    return function(width, *more)


def _sound(value: Any) -> Any:
    if value is FAILED:
        raise ValueError
    return value


NAMESPACE: dict[str, Any] = {
    "_repeat": _repeat,
    "_range": _range,
    "_power": _power,
    "_flat": _flat,
    "_row": Row,
    "_bounded": _bounded,
    "_sound": _sound,
    "_FAILED": FAILED,
    "_LARGEST": LARGEST,
}

Loop = Callable[..., int]


def expression_of(production: Production) -> str:
    """Return what a production computes inside the search."""
    text = production.inner or production.python
    if not production.embeds:
        return text
    tree = ast.parse(text, mode="eval")
    return ast.unparse(_Sounded().visit(tree))


class _Sounded(ast.NodeTransformer):
    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in NAMES:
            return ast.Call(ast.Name("_sound", ast.Load()), [node], [])
        return node


def make_loop(production: Production, inputs: int, functions: Mapping[str, Any]) -> Loop:
    """Return the loop of a production for so many inputs.

    Called with the columns of its parts, each a list of agents' values and the number of the first, then with the set
    of all values seen, lists to which new values and the parts' numbers are appended, a list for agents that fail on
    some inputs (None: they are not wanted), a ``tick`` that says when to stop, and whether two columns are one and the
    same and need each pair only once. It returns how many agents it tried.
    """
    code = _loop_code(expression_of(production), len(production.takes), inputs, production.bounded)
    namespace = {**NAMESPACE, **functions}
    exec(code, namespace)  # noqa: S102
    loop: Loop = namespace["_loop"]
    return loop


@functools.lru_cache(maxsize=8192)
def _loop_code(expression: str, arity: int, inputs: int, bounded: bool) -> Any:
    names = NAMES[:arity]
    tree = ast.parse(expression, mode="eval").body
    unrolled = inputs <= _UNROLLED
    if unrolled:
        cells = [
            ast.unparse(_Numbered(place).visit(ast.parse(expression, mode="eval").body)) for place in range(inputs)
        ]
        value = f"({', '.join(cells)},)"
    elif arity == 1:
        value = f"tuple([{ast.unparse(tree)} for a in va])"
    else:
        value = f"tuple([{ast.unparse(tree)} for {', '.join(names)} in zip({', '.join('v' + n for n in names)})])"
    lines = [f"def _one({', '.join(names)}):", f"    return {expression}", "", "def _slow(rows):"]
    lines += [
        "    found = []",
        "    for parts in zip(*rows):",
        "        try:",
        "            found.append(_one(*parts))",
    ]
    lines += ["        except Exception:", "            found.append(_FAILED)", "    return tuple(found)", ""]
    heads = "".join(f"{n.upper()}, first_{n}, " for n in names)
    lines += [f"def _loop({heads}seen, new, pa, pb, pc, late, tick, once):", "    tried = 0"]
    if arity == 1:
        lines.append("    if tick(len(A)): return tried")
    depth = 1
    for place, name in enumerate(names):
        pad = "    " * depth
        lines.append(f"{pad}n{name} = first_{name} - 1")
        if place == 1:
            lines.append(f"{pad}if once: {name.upper()}x = {name.upper()}[na - first_a:]; n{name} += na - first_a")
            lines.append(f"{pad}else: {name.upper()}x = {name.upper()}")
        column = f"{name.upper()}x" if place == 1 else name.upper()
        lines.append(f"{pad}for v{name} in {column}:")
        depth += 1
        pad = "    " * depth
        lines.append(f"{pad}n{name} += 1")
        if unrolled:
            lines.append(f"{pad}{', '.join(f'{name}{i}' for i in range(inputs))}, = v{name}")
        if place == arity - 2:
            lines.append(f"{pad}if tick(len({names[-1].upper()})): return tried")
    pad = "    " * depth
    rows = ", ".join(f"v{n}" for n in names)
    lines += [f"{pad}tried += 1", f"{pad}try:", f"{pad}    v = {value}", f"{pad}except Exception:"]
    numbers = ", ".join([*(f"n{n}" for n in names), *["-1"] * (len(NAMES) - arity)])
    lines += [f"{pad}    if late is None: continue", f"{pad}    v = _slow(({rows},))"]
    lines += [f"{pad}    if v not in seen and not all([one is _FAILED for one in v]):"]
    lines += [f"{pad}        seen.add(v); late.append((v, {numbers}))", f"{pad}    continue"]
    if bounded:
        lines += [f"{pad}if max(v) > _LARGEST or min(v) < -_LARGEST: continue"]
    lines += [f"{pad}if v not in seen:", f"{pad}    seen.add(v); new.append(v)"]
    lines += [f"{pad}    p{n}.append(n{n})" for n in names]
    lines += [f"{pad}    p{n}.append(-1)" for n in NAMES[arity:]]
    lines.append("    return tried")
    return compile("\n".join(lines), "<loop>", "exec")


class _Numbered(ast.NodeTransformer):
    """Puts the value on one input in the place of each part."""

    def __init__(self, place: int) -> None:
        self._place = place

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(f"{node.id}{self._place}", ast.Load()) if node.id in NAMES else node
