"""Doubts: what makes a body that satisfies every example unlikely to be meant, read from its text and the prose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import msgspec

from swarmwright.ledger.events import PLODDING, UNQUOTED, UNRANKED, UNREAD, UNSTATED, UNUSED
from swarmwright.spec.values import Given, Item, Spec, Unit
from swarmwright.verify.hints import hints_of
from swarmwright.verify.mentions import signs_in
from swarmwright.verify.records import records_of

UNLIKELY = (UNSTATED, UNUSED, UNQUOTED, UNRANKED, PLODDING)
"""Doubts about what a body has in place of something else, so that a dearer one is likelier to be meant."""
_USUAL = 2
"""Numbers up to this stand in many bodies and in few descriptions."""
_IMPLIED = {
    r"digits?\b|decimal": (10,),
    r"per ?cent|percentage|hundredth": (100,),
    r"minute|hour|second|clock|o'clock": (60, 3600, 24, 12),
    r"week|day": (7, 24),
    r"month|year|dozen": (12,),
    r"kilo|gram|metre|meter|litre|liter|thousand": (1000,),
    r"quarter": (4, 3),
    r"third": (3,),
    r"alphabet|letter": (26, 97, 65),
    r"leap|century": (4, 100, 400),
    r"cents?\b|euro|dollar|coin": (100,),
}
"""Numbers that words name without saying them."""
_AND_SO_ON = re.compile(
    r"\b(?:and so on|in turn|alternat\w*|one by one|one after (?:the other|another)|repeatedly)\b", re.I
)
_SIGNS = frozenset("+-")
"""What stands before numbers, too, and so in their texts."""
_SUPERLATIVE = re.compile(
    r"(?<!at )\b(?:most|fewest|(?:larg|small|long|short|high|low|cheap|dear|earli|lat|old|young|bigg|great)est)\b"
    r"(?! recent| of (?:the|its|their)\b)",
    re.IGNORECASE,
)
"""What stands out among many, which only a comparison of all of them tells."""
_RANKING = frozenset(("max", "min", "sorted", "next"))
_PARTNERS = dict(zip("()[]{}<>", ")(][}{><", strict=True))
"""What is no opening bracket is often a closing one."""
_LOOPS = (ast.For, ast.While, ast.comprehension)


class Doubts(msgspec.Struct, frozen=True):
    """What a body of one Unit must read, and which constants it may name.

    Attributes:
        parameters: the Unit's parameters; each must be read.
        fields: fields of its arguments that the prose names; each must be read, unless a function is called.
        functions: functions that are given on purpose.
        used: those that the prose names as code, or that the Unit is said to use; each must be called.
        numbers: what prose, contracts and given code name.
        said: the prose and the contracts, in which texts are looked for.
        goes_on: whether the prose speaks of something that is done again and again.
        ranks: whether the prose speaks of what is the most, or the least, of many.
        quoted: separators and the like that the prose quotes or names; each must stand in the body, unless a function
            is called.
    """

    parameters: tuple[str, ...]
    fields: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    said: str = ""
    goes_on: bool = False
    quoted: tuple[str, ...] = ()
    ranks: bool = False

    def of(self, body: str) -> str:
        """Return the red flag of a body that is no likely meaning of the prose; nothing where there is no doubt."""
        nodes = list(ast.walk(ast.parse(body)))
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        if any(name not in names for name in self.used):
            return UNUSED
        if self._leaves_unread(nodes, names) or (self.goes_on and not any(map(_goes_on, nodes))):
            return UNREAD
        if self.ranks and not (_called(nodes) & (_RANKING | {*self.functions}) or any(map(_orders, nodes))):
            return UNRANKED
        if self._lacks_quoted(nodes):
            return UNQUOTED
        return UNSTATED if self._names_unstated(nodes) else ""

    def _lacks_quoted(self, nodes: list[ast.AST]) -> bool:
        called = _called(nodes)
        if called & set(self.functions):
            return False
        held = "\n".join(one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str))
        return any(not _is_held(one, held) and not (one in _SIGNS and "str" in called) for one in self.quoted)

    def _leaves_unread(self, nodes: list[ast.AST], names: set[str]) -> bool:
        if any(parameter not in names for parameter in self.parameters):
            return True
        called = _called(nodes)
        read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        return not called & set(self.functions) and any(field not in read for field in self.fields)

    def _names_unstated(self, nodes: list[ast.AST]) -> bool:
        """Tell whether a body has a large number, or compares with a constant, that is named nowhere.

        Nothing (0, an empty text) may always be compared with.
        """
        numbers = (node.value for node in nodes if isinstance(node, ast.Constant) and _is_number(node.value))
        if any(abs(one) > _USUAL and not self._names(one) for one in numbers if isinstance(one, int | float)):
            return True
        return any(one and not self._names(one) for node in nodes for one in _compared(node))

    def _names(self, value: object) -> bool:
        if isinstance(value, str):
            return value in self.said
        return not _is_number(value) or abs(value) in {abs(number) for number in self.numbers}  # type: ignore[arg-type]


def doubts_of(spec: Spec, unit: Unit) -> Doubts:
    """Return what a body of a Unit must read, and which constants it may name."""
    functions = {name for module in spec.modules for item in module.items for name in _functions_of(item)}
    return Doubts(
        parameters=tuple(parameter.name for parameter in unit.parameters),
        fields=tuple(sorted(field for field in _fields(spec, unit) if _is_named(field, unit.prose))),
        functions=tuple(sorted(functions)),
        used=tuple(sorted(_used(unit, functions))),
        numbers=(*hints_of(spec, unit).stated, *_implied(unit.prose)),
        goes_on=_AND_SO_ON.search(unit.prose) is not None,
        ranks=_SUPERLATIVE.search(unit.prose) is not None,
        quoted=tuple(dict.fromkeys(signs_in(unit.prose))),
        said="\n".join((*_told(unit), *(contract.condition for contract in unit.contracts))),
    )


def _told(unit: Unit) -> Iterator[str]:
    """Yield the lines of the prose that do not illustrate: a text that a call shows is named by nothing."""
    yield from (line for line in unit.prose.splitlines() if f"{unit.name}(" not in line)


def _used(unit: Unit, functions: set[str]) -> set[str]:
    """Return the functions that a body must call: names in backticks may speak of anything, but hardly in vain."""
    said = {name.removesuffix("()") for name in re.findall(r"`([A-Za-z_]\w*(?:\(\))?)`", unit.prose)}
    own = {unit.name, *(parameter.name for parameter in unit.parameters)}
    return ({used.rpartition(".")[2] for used in unit.uses} | said & functions) - own


def _implied(prose: str) -> Iterator[int]:
    for words, numbers in _IMPLIED.items():
        if re.search(rf"\b(?:{words})", prose, re.IGNORECASE):
            yield from numbers


def _is_held(sign: str, held: str) -> bool:
    return sign in held or _PARTNERS.get(sign, sign) in held


def _called(nodes: list[ast.AST]) -> set[str]:
    return {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def _orders(node: ast.AST) -> bool:
    return isinstance(node, ast.Compare) and any(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops)


def _goes_on(node: ast.AST) -> bool:
    """Tell whether a part of a body does something for many: a loop, a comprehension, a slice with a step."""
    return isinstance(node, _LOOPS) or (isinstance(node, ast.Slice) and node.step is not None)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compared(node: ast.AST) -> Iterator[object]:
    """Yield the constants that a comparison has on either side."""
    if not isinstance(node, ast.Compare):
        return
    for side in (node.left, *node.comparators):
        bare = side.operand if isinstance(side, ast.UnaryOp) else side
        if isinstance(bare, ast.Constant):
            yield bare.value


def _fields(spec: Spec, unit: Unit) -> set[str]:
    """Return the names of the fields of the dataclasses that a Unit is given."""
    kinds = " ".join(parameter.annotation or "" for parameter in unit.parameters)
    found: set[str] = set()
    for name, fields in records_of(spec).items():
        if re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", kinds):
            found |= set(fields)
    return found


def _is_named(field: str, prose: str) -> bool:
    words = re.escape(field.lower()).replace("_", "[ _-]")
    return re.search(rf"\b{words}\b", prose.lower()) is not None


def _functions_of(item: Item) -> tuple[str, ...]:
    if isinstance(item, Given):
        return item.binds if item.kind == "function" else ()
    return (item.name,)
