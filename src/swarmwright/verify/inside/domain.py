"""What is known of a Unit's or Law's arguments: Forms, Bounds, relations; and which arguments are valid."""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from swarmwright.verify.inside.conditions import Bounds, Reading, Relation, Term
from swarmwright.verify.inside.forms import Form, UnsupportedTypeError, fits, form_of, type_variables
from swarmwright.verify.inside.loading import Contracted, Specification
from swarmwright.verify.inside.taste import Taste

_KEYWORDS = ("a", "b", "key", "name", "size", "x", "zeta", "Upper")

Arguments = dict[str, Any]
"""Values by parameter name; a parameter that is left out takes its default."""


@dataclass
class Argument:
    """One parameter as inputs are made for it."""

    name: str
    kind: Any
    form: Form
    bounds: Bounds
    optional: bool
    default: Any = None


class Domain:
    """The valid arguments of one Unit or Law."""

    def __init__(self, specification: Specification, contracted: Contracted, conditions: Sequence[str]) -> None:
        """Read types and preconditions.

        Args:
            specification: what is loaded.
            contracted: the Unit or Law.
            conditions: its preconditions' sources (lambdas, or names of given predicates).

        Raises:
            UnsupportedTypeError: values of a parameter's type cannot be made.
        """
        self.specification = specification
        self.contracted = contracted
        self.taste = Taste()
        parameters = contracted.signature.parameters
        self._trees = {name: ast.parse(source) for name, source in specification.sources.items()}
        reading = self._read(list(parameters), conditions)
        self.relations: list[Relation] = reading.relations
        hints = _hints(contracted)
        free = sorted({v for hint in hints.values() for v in type_variables(hint)}, key=str)
        choices: list[dict[Any, Any]] = [dict.fromkeys(free, int), dict.fromkeys(free, str)] if free else [{}]
        self.variants = [self._arguments(parameters, hints, chosen, reading) for chosen in choices]
        self.arguments = self.variants[0]
        self._take_literals(conditions)

    def _arguments(
        self, parameters: Mapping[str, Any], hints: Mapping[str, Any], variables: Any, reading: Reading
    ) -> list[Argument]:
        made = []
        for name, parameter in parameters.items():
            hint = hints.get(name, Any)
            if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
                hint = types.GenericAlias(tuple, (hint, ...))
            elif parameter.kind is inspect.Parameter.VAR_KEYWORD:
                hint = types.GenericAlias(dict, (str, hint))
                reading.bounds[name].elements().choose(n for n in _KEYWORDS if n not in parameters)
            optional = parameter.default is not inspect.Parameter.empty
            default = parameter.default if optional else None
            made.append(
                Argument(name, parameter.kind, form_of(hint, variables), reading.bounds[name], optional, default)
            )
        return made

    def _read(self, names: list[str], conditions: Sequence[str]) -> Reading:
        reading = Reading(names, self._evaluate)
        for source in conditions:
            for condition in self._bodies(source):
                reading.take(condition)
        for call in self._inner_calls(names):
            self._take_inner(call, reading)
        return reading

    def _evaluate(self, node: ast.expr) -> Any:
        free = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        units = {unit.rpartition(".")[2] for unit in self.specification.units}
        if free & units:
            raise ValueError("it calls a Unit")
        code = compile(ast.Expression(body=node), "<condition>", "eval")
        kind, value = self.specification.evaluate(lambda: eval(code, self.contracted.namespace))  # noqa: S307
        if kind != "value":
            raise ValueError("it cannot be evaluated")
        return value

    def _bodies(self, source: str) -> Iterator[ast.expr]:
        """Yield the expressions that a condition's source demands to be true."""
        try:
            node: ast.expr = ast.parse(source.strip(), mode="eval").body
        except SyntaxError:
            return
        if isinstance(node, ast.Lambda):
            yield node.body
        elif isinstance(node, ast.Name):
            yield from self._returned_by(node.id)

    def _returned_by(self, function: str) -> Iterator[ast.expr]:
        for tree in self._trees.values():
            for item in tree.body:
                if isinstance(item, ast.FunctionDef) and item.name == function:
                    last = item.body[-1]
                    if isinstance(last, ast.Return) and last.value is not None and len(item.body) <= 2:
                        yield last.value

    def _inner_calls(self, names: list[str]) -> Iterator[tuple[Contracted, dict[str, str]]]:
        """Yield the Units that a Law calls with its own arguments as they are: which parameter gets which."""
        module, _, name = self.contracted.id.rpartition(".")
        known = {id(unit): unit for unit in self.specification.units.values()}
        by_name = {unit.id.rpartition(".")[2]: unit for unit in known.values()}
        for item in self._trees[module].body:
            if not (isinstance(item, ast.FunctionDef) and item.name == name and name.startswith("law_")):
                continue
            for call in (node for node in ast.walk(item) if isinstance(node, ast.Call)):
                called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
                if called in by_name:
                    passed = dict(zip(by_name[called].signature.parameters, call.args, strict=False))
                    passed |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
                    direct = {p: n.id for p, n in passed.items() if isinstance(n, ast.Name) and n.id in names}
                    if direct:
                        yield by_name[called], direct

    def _take_inner(self, call: tuple[Contracted, dict[str, str]], reading: Reading) -> None:
        unit, direct = call
        for contract in unit.preconditions:
            source = self._source_of(unit, contract)
            if source is not None:
                scope = {parameter: reading.bounds[name] for parameter, name in direct.items()}
                reading.take(source, scope)

    def _source_of(self, unit: Contracted, contract: Any) -> ast.expr | None:
        module = unit.id.rpartition(".")[0]
        line = contract.condition.__code__.co_firstlineno if hasattr(contract.condition, "__code__") else 0
        for node in ast.walk(self._trees[module]):
            if isinstance(node, ast.Lambda) and node.lineno == line:
                return node.body
        for body in self._returned_by(getattr(contract.condition, "__name__", "")):
            return body
        return None

    def direct_arguments(self) -> list[tuple[str, dict[str, str]]]:
        """Return the ids of Units that a Law calls directly, and which of their parameters get which argument."""
        names = list(self.contracted.signature.parameters)
        return [(unit.id, direct) for unit, direct in self._inner_calls(names)]

    def _take_literals(self, conditions: Sequence[str]) -> None:
        for source in conditions:
            for body in self._bodies(source):
                for part in ast.walk(body):
                    if isinstance(part, ast.Constant) and not isinstance(part.value, bool | bytes):
                        self.taste.see(part.value)

    def fits(self, arguments: Arguments) -> bool:
        """Tell whether every argument is of its declared type."""
        return any(
            all(fits(arguments[a.name], a.form) for a in variant if a.name in arguments) for variant in self.variants
        )

    def is_valid(self, arguments: Arguments) -> bool:
        """Tell whether the arguments satisfy every precondition; one that raises or calls a Unit says no."""
        specification = self.specification
        encoded = self.encode(arguments)
        if encoded is None:
            return False

        def check() -> bool:
            args, kwargs = specification.decode_call(encoded)
            return self.contracted.broken_precondition(self.contracted.bind(args, kwargs)) is None

        kind, value = specification.evaluate(check)
        specification.needs.clear()
        return kind == "value" and bool(value)

    def encode(self, arguments: Arguments) -> list[Any] | None:
        """Return the arguments as an encoded call, or None where they cannot be sent or do not bind."""
        args: list[Any] = []
        kwargs: dict[str, Any] = {}
        for argument in self.arguments:
            if argument.name not in arguments:
                continue
            value = arguments[argument.name]
            if argument.kind is inspect.Parameter.VAR_POSITIONAL:
                args.extend(value)
            elif argument.kind is inspect.Parameter.VAR_KEYWORD:
                kwargs.update(value)
            elif argument.kind is inspect.Parameter.KEYWORD_ONLY or kwargs or len(args) < self._place(argument):
                kwargs[argument.name] = value
            else:
                args.append(value)
        try:
            return self.specification.encode_call(self.contracted, args, kwargs)
        except (TypeError, RecursionError):
            return None

    def _place(self, argument: Argument) -> int:
        return next(i for i, other in enumerate(self.arguments) if other.name == argument.name)

    def decode(self, call: Sequence[Any]) -> Arguments | None:
        """Return an encoded call's arguments by name (those that were given), or None where it does not fit."""
        try:
            args, kwargs = self.specification.decode_call(call)
            return dict(self.contracted.signature.bind(*args, **kwargs).arguments)
        except (TypeError, ValueError, LookupError):
            return None

    def mended(self, arguments: Arguments, random: Random) -> Arguments:
        """Return arguments that also keep the relations between parameters, as far as that is easily done."""
        result = dict(arguments)
        for relation in self.relations:
            if relation.left.name in result and relation.right.name in result:
                try:
                    self._mend(result, relation, random)
                except (TypeError, IndexError, ValueError):
                    continue
        return result

    def _mend(self, values: Arguments, relation: Relation, random: Random) -> None:
        left, operator, right = relation.left, relation.operator, relation.right
        if operator == "in":
            values[left.name] = random.choice(list(values[right.name]))
            return
        one, other = _measure(values, left), _measure(values, right)
        strict = operator == "lt"
        holds = {"lt": one < other, "le": one <= other, "eq": one == other, "ne": one != other}[operator]
        if holds:
            return
        if operator == "eq":
            _equalise(values, left, right)
        elif left.kind == right.kind == "value":
            values[left.name], values[right.name] = other, (one + 1 if strict and one == other else one)
        elif left.kind == "value" and isinstance(one, int):
            bounds = next(a.bounds for a in self.arguments if a.name == left.name)
            low = bounds.whole()[0] or 0
            values[left.name] = random.randint(low, other - strict)
        elif right.kind == "value" and isinstance(other, int):
            values[right.name] = one + strict + random.randrange(3)
        else:
            values[left.name] = values[left.name][: max(0, other - strict)]


def _measure(values: Arguments, term: Term) -> Any:
    return len(values[term.name]) if term.kind == "size" else values[term.name]


def _equalise(values: Arguments, left: Term, right: Term) -> None:
    if left.kind == right.kind == "size":
        size = min(len(values[left.name]), len(values[right.name]))
        values[left.name], values[right.name] = values[left.name][:size], values[right.name][:size]
    elif left.kind == "value":
        values[left.name] = _measure(values, right)
    else:
        values[right.name] = _measure(values, left)


def _hints(contracted: Contracted) -> dict[str, Any]:
    try:
        return contracted.hints
    except Exception as error:
        raise UnsupportedTypeError(f"the type hints cannot be evaluated: {error}") from None
