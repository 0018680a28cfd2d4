"""What preconditions say about single parameters, read from their source: bounds, sizes, choices, alphabets.

Only constructive facts are taken; the whole condition is still assumed where it is used, so a fact that is
missed costs tries and never soundness.
"""

from __future__ import annotations

import ast
import math
import string
from collections.abc import Iterator, Mapping

import msgspec

from swarmwright.spec.values import Contract, Module

ALPHABETS = {
    "isdigit": string.digits,
    "isdecimal": string.digits,
    "isnumeric": string.digits,
    "isalpha": string.ascii_letters,
    "isalnum": string.ascii_letters + string.digits,
    "islower": string.ascii_lowercase,
    "isupper": string.ascii_uppercase,
    "isspace": " \t\n",
    "isascii": string.printable[:95],
    "isidentifier": string.ascii_letters + "_",
}
_FLIPPED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq}
_MOST_POWER = 4096


class Bounds(msgspec.Struct):
    """Facts about one value; ``complete`` is false where some condition on it was not understood.

    ``inside`` holds facts about what a container holds: of each element (or key) under "", of each value of a mapping
    under "values", of each place of a tuple under "0", "1", ..., of an attribute under its name after a dot.
    """

    low: float | None = None
    low_open: bool = False
    high: float | None = None
    high_open: bool = False
    min_size: int = 0
    max_size: int | None = None
    choices: tuple[str, ...] | None = None
    alphabet: str | None = None
    complete: bool = True
    inside: dict[str, Bounds] = {}

    def within(self, where: str) -> Bounds:
        """Return the facts about what is inside, to be added to."""
        return self.inside.setdefault(where, Bounds())

    def raise_low(self, value: float, is_open: bool) -> None:
        """Narrow from below."""
        if self.low is None or value > self.low or (value == self.low and is_open):
            self.low, self.low_open = value, is_open

    def cut_high(self, value: float, is_open: bool) -> None:
        """Narrow from above."""
        if self.high is None or value < self.high or (value == self.high and is_open):
            self.high, self.high_open = value, is_open

    def size(self, operator: type[ast.cmpop], value: int) -> None:
        """Narrow the length by ``len(parameter) operator value``."""
        if operator in (ast.GtE, ast.Gt, ast.Eq):
            self.min_size = max(self.min_size, value + (operator is ast.Gt))
        if operator in (ast.LtE, ast.Lt, ast.Eq):
            most = value - (operator is ast.Lt)
            self.max_size = most if self.max_size is None else min(self.max_size, most)


def constants(module: Module) -> dict[str, object]:
    """Return the module's constants whose values are literals."""
    found: dict[str, object] = {}
    for item in module.items:
        if getattr(item, "kind", "") != "constant":
            continue
        statement = ast.parse(item.source).body[0]
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            if isinstance(target, ast.Name):
                value = evaluate(statement.value, found)
                if value is not None:
                    found[target.id] = value
    return found


def evaluate(node: ast.expr, known: Mapping[str, object]) -> object | None:
    """Return the value of a literal, a known constant or plain arithmetic over them; None where it is neither."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.BinOp):
        return _arithmetic(node, known)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset", "list"):
        return evaluate(node.args[0], known) if len(node.args) == 1 else None
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return None
    return value


def _arithmetic(node: ast.BinOp, known: Mapping[str, object]) -> int | float | None:
    left, right = evaluate(node.left, known), evaluate(node.right, known)
    if not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
        return None
    match node.op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Pow() if isinstance(right, int) and 0 <= right <= _MOST_POWER and abs(left) <= _MOST_POWER:
            power: int | float = left**right
            return power
    return None


def read_bounds(contracts: tuple[Contract, ...], known: Mapping[str, object]) -> dict[str, Bounds]:
    """Return for each parameter named in a precondition what is known about it."""
    found: dict[str, Bounds] = {}
    for contract in contracts:
        if contract.kind == "require":
            read_condition(contract.condition, contract.arguments, known, found)
    return found


def read_condition(
    condition: str, arguments: tuple[str, ...], known: Mapping[str, object], found: dict[str, Bounds]
) -> None:
    """Add what a condition (the source of a lambda or the name of a predicate) says to ``found``."""
    body = lambda_body(condition)
    if body is None:
        for name in arguments:
            found.setdefault(name, Bounds()).complete = False
        return
    for part in _conjuncts(body):
        names = {n.id for n in ast.walk(part) if isinstance(n, ast.Name)} & set(arguments)
        if not _take(part, known, found):
            for name in names:
                found.setdefault(name, Bounds()).complete = False


def lambda_body(condition: str) -> ast.expr | None:
    """Return the body of a lambda's source, or None where the source is no lambda."""
    try:
        expression = ast.parse(condition.strip(), mode="eval").body
    except SyntaxError:
        return None
    return expression.body if isinstance(expression, ast.Lambda) else None


def _conjuncts(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield from _conjuncts(value)
    elif isinstance(node, ast.Compare) and len(node.ops) > 1:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            yield ast.Compare(left=left, ops=[operator], comparators=[right])
            left = right
    else:
        yield node


def _take(node: ast.expr, known: Mapping[str, object], found: dict[str, Bounds]) -> bool:
    if isinstance(node, ast.Name):
        found.setdefault(node.id, Bounds()).size(ast.GtE, 1)
        return True
    if isinstance(node, ast.Compare):
        return _take_comparison(node, known, found)
    if isinstance(node, ast.Call):
        return _take_method(node, found) or _take_all(node, known, found)
    return False


def _take_comparison(node: ast.Compare, known: Mapping[str, object], found: dict[str, Bounds]) -> bool:
    left, operator, right = node.left, type(node.ops[0]), node.comparators[0]
    if operator is ast.In:
        return _take_choices(left, right, known, found)
    if operator not in _FLIPPED:
        return False
    if _is_set_of_name(left) and operator is ast.LtE:
        return _take_alphabet(left.args[0].id, right, known, found)  # type: ignore[attr-defined]
    value = evaluate(right, known)
    if value is None:
        left, operator, value = right, _FLIPPED[operator], evaluate(left, known)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if isinstance(value, float) and not math.isfinite(value):
        return False
    bounds = _subject(left, found)
    if bounds is not None:
        if operator in (ast.Gt, ast.GtE, ast.Eq):
            bounds.raise_low(value, operator is ast.Gt)
        if operator in (ast.Lt, ast.LtE, ast.Eq):
            bounds.cut_high(value, operator is ast.Lt)
        return True
    if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "len" and len(left.args) == 1:
        bounds = _subject(left.args[0], found)
        if bounds is not None and isinstance(value, int):
            bounds.size(operator, value)
            return True
    return False


def _subject(node: ast.expr, found: dict[str, Bounds]) -> Bounds | None:
    """Return the facts about a name, or about an attribute of one; None for anything else."""
    if isinstance(node, ast.Name):
        return found.setdefault(node.id, Bounds())
    if isinstance(node, ast.Attribute):
        owner = _subject(node.value, found)
        return owner.within(f".{node.attr}") if owner is not None else None
    return None


def _is_set_of_name(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "set"
        and len(node.args) == 1
        and isinstance(node.args[0], ast.Name)
    )


def _take_choices(left: ast.expr, right: ast.expr, known: Mapping[str, object], found: dict[str, Bounds]) -> bool:
    values = evaluate(right, known)
    if not isinstance(left, ast.Name) or not isinstance(values, (list, tuple, set, frozenset)) or not values:
        return False
    found.setdefault(left.id, Bounds()).choices = tuple(sorted(repr(value) for value in values))
    return True


def _take_alphabet(name: str, source: ast.expr, known: Mapping[str, object], found: dict[str, Bounds]) -> bool:
    value = evaluate(source, known)
    if not isinstance(value, (str, list, tuple, set, frozenset, dict)) or not value:
        return False
    letters = sorted({letter for letter in value if isinstance(letter, str) and len(letter) == 1})
    if len(letters) != len(set(value)):
        return False
    found.setdefault(name, Bounds()).alphabet = "".join(letters)
    return True


def _take_method(node: ast.Call, found: dict[str, Bounds]) -> bool:
    function = node.func
    if not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and not node.args):
        return False
    if function.attr not in ALPHABETS:
        return False
    bounds = found.setdefault(function.value.id, Bounds())
    bounds.alphabet = ALPHABETS[function.attr]
    if function.attr != "isascii":
        bounds.size(ast.GtE, 1)
    return True


def _take_all(node: ast.Call, known: Mapping[str, object], found: dict[str, Bounds]) -> bool:
    """Take ``all(c in LETTERS for c in text)`` and ``all(len(c) == 1 and n > 0 for c, n in pairs)``."""
    if not (isinstance(node.func, ast.Name) and node.func.id == "all" and len(node.args) == 1):
        return False
    source = node.args[0]
    if not isinstance(source, (ast.GeneratorExp, ast.ListComp)) or len(source.generators) != 1:
        return False
    loop = source.generators[0]
    if loop.ifs:
        return False
    return _take_letters(loop, source.elt, known, found) or _take_elements(loop, source.elt, known, found)


def _take_letters(
    loop: ast.comprehension, test: ast.expr, known: Mapping[str, object], found: dict[str, Bounds]
) -> bool:
    if not (isinstance(loop.iter, ast.Name) and isinstance(loop.target, ast.Name)):
        return False
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.In)):
        return False
    if not (isinstance(test.left, ast.Name) and test.left.id == loop.target.id):
        return False
    return _take_alphabet(loop.iter.id, test.comparators[0], known, found)


def _take_elements(
    loop: ast.comprehension, test: ast.expr, known: Mapping[str, object], found: dict[str, Bounds]
) -> bool:
    """Take what a condition says of every element; what is not understood of it is left out, and False returned."""
    container, view = _viewed(loop.iter)
    if view not in ("", "keys", "values", "items"):
        return False
    targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    whole = _subject(container, found)
    if whole is None or len(names) != len(targets) or (view == "items" and len(names) != 2):
        return False
    said: dict[str, Bounds] = {}
    for place, name in enumerate(names):
        if view == "items":
            said[name] = whole.within(("", "values")[place])
        elif isinstance(loop.target, ast.Tuple):
            said[name] = whole.within("").within(str(place))
        else:
            said[name] = whole.within("values" if view == "values" else "")
    taken = [_take(part, known, said) for part in _conjuncts(test)]
    return all(taken)


def _viewed(node: ast.expr) -> tuple[ast.expr, str]:
    """Return what a loop goes over, and the method that gives it (values, items, ...)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
        return node.func.value, node.func.attr
    return node, ""
