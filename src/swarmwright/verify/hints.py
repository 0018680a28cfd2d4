"""What a specification offers to small edits of a body: its constants, its errors, results for nothing. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

import msgspec

from swarmwright.spec.values import Parameter, Spec, Unit
from swarmwright.verify.mentions import mentioned
from swarmwright.verify.rewriting import parse

Number = int | float
_MOST_LITERALS = 48
_LONGEST_TEXT = 12
_NOTHING_SAID = re.compile(r"\b(empty|blank|nothing|no|none|without)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d{1,9})(?:st|nd|rd|th)\b")
_SPELLED = {
    2: "twice double doubled pair",
    3: "third thrice triple tripled",
    4: "fourth",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth",
    12: "dozen",
    15: "fifteen",
    20: "twenty",
    30: "thirty",
    40: "forty",
    50: "fifty",
    60: "sixty",
    100: "hundred",
    1000: "thousand",
}
_AMOUNTS = {word: number for number, words in _SPELLED.items() for word in words.split()}
_ERROR = re.compile(r"\b[A-Z]\w*Error\b")
_EMPTY_RESULTS = {
    "list": ("[]",),
    "dict": ("{}",),
    "set": ("set()",),
    "tuple": ("()",),
    "str": ("''",),
    "int": ("0", "-1"),
    "float": ("0.0",),
    "bool": ("False", "True"),
}
_SIZED = re.compile(r"(typing\.)?(list|dict|set|frozenset|tuple|str|bytes|deque|Sequence|Mapping|Collection)\b", re.I)


class Hints(msgspec.Struct, frozen=True):
    """What a Unit's specification offers.

    Attributes:
        numbers: numbers that prose, given code, contracts and the examples' results name, in that order.
        texts: short texts that they name.
        stated: those numbers that more than the examples' results name: what a clause can be about.
        parameters: the Unit's parameters, in order.
        returns: the declared type of its result.
        empty_results: sources of results for an empty input; none unless the prose speaks of nothing.
        errors: names of exceptions that the specification speaks of.
        rounds: whether the prose speaks of rounding.
    """

    numbers: tuple[Number, ...]
    texts: tuple[str, ...]
    stated: tuple[Number, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    returns: str = ""
    empty_results: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    rounds: bool = False

    def named(self, *annotations: str) -> tuple[str, ...]:
        """Return the names of the parameters that are declared as one of these types."""
        return tuple(one.name for one in self.parameters if one.annotation in annotations)

    @property
    def sized(self) -> tuple[str, ...]:
        """The names of the parameters that can be empty."""
        return tuple(one.name for one in self.parameters if _SIZED.match(one.annotation or ""))


def hints_of(spec: Spec, unit: Unit) -> Hints:
    """Return what a Unit's specification offers to whoever mends a body of it."""
    stated = list(_stated(spec, unit))
    # An Example's arguments are data: a body that names them has learned the Examples by heart.
    shown = [value for example in unit.examples for value in _constants(example.want)]
    texts = dict.fromkeys(one for one in (*stated, *shown) if isinstance(one, str) and len(one) <= _LONGEST_TEXT)
    raised = (example.raises for example in unit.examples if example.raises)
    return Hints(
        numbers=_numbers((*stated, *shown)),
        stated=_numbers(stated),
        texts=tuple(texts)[:_MOST_LITERALS],
        parameters=tuple(one for one in unit.parameters if not one.kind.startswith("var_")),
        returns=unit.returns or "",
        empty_results=_empty_results(unit.returns or "") if _NOTHING_SAID.search(unit.prose) else (),
        errors=tuple(dict.fromkeys((*_ERROR.findall(unit.prose), *raised)))[:2],
        rounds="round" in unit.prose.lower(),
    )


def _numbers(values: Sequence[object]) -> tuple[Number, ...]:
    found = {repr(one): one for one in values if isinstance(one, int | float) and not isinstance(one, bool)}
    return tuple(found.values())[:_MOST_LITERALS]


def _stated(spec: Spec, unit: Unit) -> Iterator[object]:
    for source in mentioned(spec, unit):
        yield from _constants(source)
    yield from (int(number) for number in _ORDINAL.findall(unit.prose))
    yield from (_AMOUNTS[word] for word in re.findall(r"[a-z]+", unit.prose.lower()) if word in _AMOUNTS)
    for contract in unit.contracts:
        yield from _constants(f"({contract.condition}\n)")


def _constants(source: str) -> Iterator[object]:
    """Yield the constants of a source, a sign taken as part of the number; nothing where it is no Python."""
    try:
        tree = parse(source.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    signed = set()
    for node in ast.walk(tree):
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value) | float(value)) as inner):
                signed.add(inner)
                yield -value
            case ast.Constant(value=value) if node not in signed:
                yield value
            case _:
                pass


def _empty_results(returns: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in returns.split("|"):
        name = part.strip().partition("[")[0]
        if name in ("None", "Optional"):
            found.append("None")
        found += _EMPTY_RESULTS.get(name.lower(), ())
    return tuple(dict.fromkeys(found))
