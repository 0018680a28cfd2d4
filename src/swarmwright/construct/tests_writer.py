"""The tests of a delivered package, written as source from the specification alone.

Examples become plain assertions, postconditions and Laws become Hypothesis tests. They need pytest,
hypothesis and (where the specification has contracts) icontract; neither swarmwright nor a model.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Mapping, Sequence

from swarmwright.construct.bounds import ALPHABETS, Bounds, constants, lambda_body, read_bounds, read_condition
from swarmwright.construct.example_tests import DOCTEST_RUNNER, ExampleTests
from swarmwright.construct.names import BUILTINS, bound_by, import_lines, imported_whole, mentioned
from swarmwright.construct.strategies import WIDEST, Strategies, UnbuildableError
from swarmwright.spec.values import Contract, Law, Module, Parameter, Spec, Unit

_TOOLS = {
    "HealthCheck": "from hypothesis import HealthCheck",
    "assume": "from hypothesis import assume",
    "copy": "import copy",
    "doctest": "import doctest",
    "given": "from hypothesis import given",
    "icontract": "import icontract",
    "pytest": "import pytest",
    "reject": "from hypothesis import reject",
    "settings": "from hypothesis import settings",
    "st": "from hypothesis import strategies as st",
}
_SAFE_CALLS = {"all", "any", "bool", "isinstance", "len", "repr", "set", "str", *ALPHABETS, "startswith", "endswith"}
_SAFE_CALLS |= {
    "strip",
    "lstrip",
    "rstrip",
    "lower",
    "upper",
    "count",
    "split",
    "splitlines",
    "values",
    "items",
    "keys",
}
_WIDEST_LAW = 10**6
_KINDS = ("positional_only", "positional_or_keyword", "keyword_only")


def write_tests(
    spec: Spec, undecided: Mapping[str, str], inputs: Mapping[str, Sequence[str]] | None = None
) -> dict[str, str]:
    """Return the test files of a package: path below the output folder to text.

    Args:
        spec: the specification.
        undecided: unit id to the reason why it is not delivered; what needs such a Unit is skipped.
        inputs: unit id to calls (as source) that are known to meet the preconditions.
    """
    files: dict[str, str] = {}
    for module in spec.modules:
        text = _TestFile(spec, module, undecided, inputs or {}).write()
        if text is not None:
            short = module.name.removeprefix(spec.name).lstrip(".").replace(".", "_") or spec.name
            path = f"tests/test_{short}.py"
            files[path if path not in files else f"tests/test_{module.name.replace('.', '_')}.py"] = text
    return files


class _TestFile:
    def __init__(
        self, spec: Spec, module: Module, undecided: Mapping[str, str], inputs: Mapping[str, Sequence[str]]
    ) -> None:
        self.spec, self.module, self.undecided, self.inputs = spec, module, undecided, inputs
        self.bound = bound_by(module)
        taken = self.bound | {p.name for item in module.items if isinstance(item, (Unit, Law)) for p in item.parameters}
        taken -= imported_whole(module)
        self.alias = {tool: tool if tool not in taken else f"{tool}_" for tool in [*_TOOLS, "SETTINGS"]}
        self.used: set[str] = set()
        self.names: set[str] = set()
        self.constants = constants(module)
        self.strategies = Strategies(spec, module, prefix=self.alias["st"])
        self.examples = ExampleTests(module, self.bound, self.tool)

    def tool(self, name: str) -> str:
        self.used.add(name)
        return self.alias[name]

    def write(self) -> str | None:
        parts: list[str] = []
        for item in self.module.items:
            if isinstance(item, Unit):
                parts += self._unit(item)
            elif isinstance(item, Law):
                parts.append(self._law(item))
        if not parts:
            return None
        if "SETTINGS" in self.used:
            self.used |= {"HealthCheck", "settings"}
            parts.insert(0, self._settings())
        if self.examples.needs_doctest:
            parts.insert(0, DOCTEST_RUNNER.format(doctest=self.tool("doctest"), module=self.module.name))
        head = [
            f'"""Tests of ``{self.module.name}``, written by swarmwright from the specification."""',
            "from __future__ import annotations",
            "\n".join(self._imports()),
        ]
        return "\n\n".join([*head, *parts]) + "\n"

    def _imports(self) -> list[str]:
        self.names |= self.examples.names
        lines = [self._tool_import(tool) for tool in sorted(self.used & set(_TOOLS))]
        return [*lines, *import_lines(self.module, self.names, self.strategies.imports)]

    def _tool_import(self, tool: str) -> str:
        line, alias = _TOOLS[tool], self.alias[tool]
        return line if alias == tool else f"{line.removesuffix(' as st')} as {alias}"

    def _settings(self) -> str:
        return (
            f"{self.alias['SETTINGS']} = {self.alias['settings']}(deadline=None, derandomize=True, database=None, "
            f"suppress_health_check=list({self.alias['HealthCheck']}))"
        )

    def _unit(self, unit: Unit) -> list[str]:
        parts = []
        for number, example in enumerate(unit.examples, 1):
            texts = (*example.setup, example.source, example.want)
            parts.append(self._skip(unit, texts) + self.examples.write(unit, number, example))
        if any(contract.kind == "ensure" for contract in unit.contracts):
            parts.append(self._contract_test(unit))
        return parts

    def _skip(self, owner: Unit | None, texts: Sequence[str], units: Sequence[str] = ()) -> str:
        """Return a skip mark where the test needs a Unit that is undecided, else nothing."""
        here = {f"{self.module.name}.{name}" for name in mentioned(*texts)}
        needed = [*([owner.id] if owner else []), *units, *sorted(here)]
        for unit_id in needed:
            if unit_id in self.undecided:
                reason = f"{unit_id} is undecided: {self.undecided[unit_id]}"
                return f"@{self.tool('pytest')}.mark.skip(reason={reason!r})\n"
        return ""

    # Postconditions

    def _contract_test(self, unit: Unit) -> str:
        conditions = tuple(contract.condition for contract in unit.contracts)
        skip = self._skip(unit, conditions, unit.checked_with)
        head = f"def test_{unit.name}_contract"
        doc = '"""Every result keeps the postconditions, for all arguments that meet the preconditions."""'
        parameters = [p for p in unit.parameters if p.kind in _KINDS]
        letters = _letters(unit)
        bounds = read_bounds(unit.contracts, self.constants)
        known = self._known_calls(unit, parameters)
        plain = self._draws(parameters, bounds, letters)
        self.names.add(unit.name)
        body = textwrap.indent(self._assumptions(unit) + self._call(unit, parameters), "    ")
        if not parameters:
            return f"{skip}{head}() -> None:\n    {doc}\n{body}"
        if plain is None and not known:
            reason = "no strategy can be written for its arguments and no input is known"
            self.tool("pytest")
            return f"@{self.alias['pytest']}.mark.skip(reason={reason!r})\n{head}() -> None:\n    {doc}\n"
        given, settings = self.tool("given"), self.tool("SETTINGS")
        types = ", ".join(f"{p.name}: {p.annotation}" for p in parameters)
        self.names |= mentioned(*(p.annotation or "" for p in parameters))
        # Facts about what is inside may not fit the type; what is known to be valid is then drawn, too.
        narrow = any(not b.complete or b.inside for b in bounds.values())
        if plain is not None and not (narrow and known):
            return f"{skip}@{settings}\n@{given}({plain})\n{head}({types}) -> None:\n    {doc}\n{body}"
        strategy = self._whole_calls(parameters, bounds, letters, known)
        names = ", ".join(p.name for p in parameters) + ("," if len(parameters) == 1 else "")
        unpack = f"    {names} = {self.tool('copy')}.deepcopy(arguments)\n"
        return (
            f"{skip}@{settings}\n@{given}(arguments={strategy})\n{head}(arguments: tuple[object, ...]) -> None:\n"
            f"    {doc}\n{unpack}{body}"
        )

    def _draws(self, parameters: Sequence[Parameter], bounds: Mapping[str, Bounds], letters: str) -> str | None:
        try:
            return ", ".join(
                f"{p.name}={self.strategies.write(p.annotation, bounds.get(p.name), letters)}" for p in parameters
            )
        except UnbuildableError:
            return None
        finally:
            self.used.add("st")

    def _whole_calls(
        self, parameters: Sequence[Parameter], bounds: Mapping[str, Bounds], letters: str, known: Sequence[str]
    ) -> str:
        whole = f"{self.tool('st')}.sampled_from([{', '.join(known)}])"
        try:
            drawn = [self.strategies.write(p.annotation, bounds.get(p.name), letters) for p in parameters]
        except UnbuildableError:
            return whole
        return f"{whole} | {self.alias['st']}.tuples({', '.join(drawn)})"

    def _known_calls(self, unit: Unit, parameters: Sequence[Parameter]) -> list[str]:
        """Return argument tuples, as source, of the calls that are known to be valid."""
        sources = [e.source for e in unit.examples if e.raises is None and not e.setup]
        found: dict[str, None] = {}
        for source in [*sources, *self.inputs.get(unit.id, ())]:
            arguments = _arguments(source, unit, parameters)
            if arguments is None or mentioned(arguments) - BUILTINS - self.bound:
                continue
            self.names |= mentioned(arguments)
            found.setdefault(arguments)
        return list(found)

    def _assumptions(self, unit: Unit) -> str:
        lines = ""
        for contract in unit.contracts:
            if contract.kind == "require":
                condition = _condition_source(contract)
                self.names |= mentioned(condition)
                line = f"{self.tool('assume')}({condition})\n"
                if _may_raise(condition):
                    line = f"try:\n    {line}except Exception:\n    {self.tool('reject')}()\n"
                lines += line
        return lines

    def _call(self, unit: Unit, parameters: Sequence[Parameter]) -> str:
        """Return the call; what it raises is no breach of a postcondition, unless it says so."""
        arguments = ", ".join(f"{p.name}={p.name}" if p.kind == "keyword_only" else p.name for p in parameters)
        call = f"{unit.name}({arguments})"
        if any("error=" in contract.source for contract in unit.contracts):
            return call
        icontract = self.tool("icontract")
        declared = sorted(self._declared(unit))
        self.names |= set(declared)
        if not declared:
            return call
        return (
            f"try:\n    {call}\nexcept {icontract}.ViolationError:\n    raise\n"
            f"except ({', '.join(declared)},):\n    {self.tool('reject')}()"
        )

    def _declared(self, unit: Unit) -> set[str]:
        """Return the exceptions that the Unit's Examples raise or its docstring names."""
        words = {word for word in re.findall(r"[A-Za-z_]\w*", unit.docstring) if word.endswith(("Error", "Exception"))}
        raised = {example.raises for example in unit.examples if example.raises}
        return (words | raised) & ({name for name in BUILTINS if name.endswith(("Error", "Exception"))} | self.bound)

    # Laws

    def _law(self, law: Law) -> str:
        skip = self._skip(None, [law.source], law.units)
        self.names |= mentioned(law.source) - {p.name for p in law.parameters}
        source = law.source.strip()
        parameters = [p for p in law.parameters if p.kind in _KINDS]
        letters = "".join(sorted({c for u in self.spec.units() if u.id in law.units for c in _letters(u)}))
        plain = self._draws(parameters, self._law_bounds(law), letters)
        doc = f'"""{law.name} holds for all arguments."""'
        if plain is None:
            reason = "no strategy can be written for its arguments"
            skip = f"@{self.tool('pytest')}.mark.skip(reason={reason!r})\n"
            return f"{source}\n\n{skip}def test_{law.name}() -> None:\n    {doc}\n"
        types = ", ".join(f"{p.name}: {p.annotation}" for p in parameters)
        arguments = ", ".join(f"{p.name}={p.name}" if p.kind == "keyword_only" else p.name for p in parameters)
        drawn = f"@{self.tool('SETTINGS')}\n@{self.tool('given')}({plain})\n" if parameters else ""
        body = f"    {doc}\n{self._law_assumptions(law)}    assert {law.name}({arguments}) is True"
        return f"{source}\n\n{skip}{drawn}def test_{law.name}({types}) -> None:\n{body}"

    def _law_requires(self, law: Law) -> list[tuple[str, tuple[str, ...]]]:
        """Return the preconditions (``icontract.require``) that a Law itself carries."""
        function = ast.parse(law.source).body[0]
        found = []
        for decorator in getattr(function, "decorator_list", []):
            if isinstance(decorator, ast.Call) and decorator.args and isinstance(decorator.args[0], ast.Lambda):
                condition = decorator.args[0]
                found.append((ast.unparse(condition), tuple(a.arg for a in condition.args.args)))
        return found

    def _law_bounds(self, law: Law) -> dict[str, Bounds]:
        bounds: dict[str, Bounds] = {}
        for condition, arguments in self._law_requires(law):
            read_condition(condition, arguments, self.constants, bounds)
        numbers = [n for n in _whole_numbers(law.source) if abs(n) <= _WIDEST_LAW]
        for parameter in law.parameters:
            known = bounds.setdefault(parameter.name, Bounds())
            if parameter.annotation == "int" and known.low is None and known.high is None:
                known.low, known.high = (
                    min([-WIDEST, *(n - 1 for n in numbers)]),
                    max([WIDEST, *(n + 1 for n in numbers)]),
                )
        return bounds

    def _law_assumptions(self, law: Law) -> str:
        bodies = [lambda_body(condition) for condition, _ in self._law_requires(law)]
        return "".join(f"    {self.tool('assume')}({ast.unparse(body)})\n" for body in bodies if body is not None)


def _whole_numbers(source: str) -> list[int]:
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [node.value for node in nodes if isinstance(node.value, int) and not isinstance(node.value, bool)]


def _letters(unit: Unit) -> str:
    """Return the characters of the string literals in a Unit's examples."""
    letters: set[str] = set()
    for example in unit.examples:
        for text in (example.source, example.want):
            try:
                tree = ast.parse(text)
            except SyntaxError:
                continue
            constants_there = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            letters |= {letter for value in constants_there if isinstance(value, str) for letter in value}
    return "".join(sorted(letters))


def _condition_source(contract: Contract) -> str:
    condition = contract.condition.strip()
    body = lambda_body(condition)
    if body is not None:
        return ast.get_source_segment(condition, body) or ast.unparse(body)
    return f"{condition}({', '.join(contract.arguments)})"


def _may_fail(node: ast.BinOp) -> bool:
    return isinstance(node.op, (ast.Div, ast.Mod, ast.FloorDiv, ast.Pow)) and not (
        isinstance(node.right, ast.Constant) and node.right.value
    )


def _may_raise(condition: str) -> bool:
    for node in ast.walk(ast.parse(f"({condition})")):
        if isinstance(node, ast.Subscript) or (
            isinstance(node, ast.comprehension) and isinstance(node.target, ast.Tuple)
        ):
            return True
        if isinstance(node, ast.BinOp) and _may_fail(node):
            return True
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) not in _SAFE_CALLS:
            return True
    return False


def _arguments(source: str, unit: Unit, parameters: Sequence[Parameter]) -> str | None:
    """Return the arguments of a direct call, in the order of the parameters, as the source of a tuple."""
    try:
        call = ast.parse(source.strip(), mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(call, ast.Call) or ast.unparse(call.func).split(".")[-1] != unit.name:
        return None
    values: dict[str, str] = {p.name: p.default for p in parameters if p.default is not None}
    if len(call.args) > len(parameters) or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    values |= {p.name: ast.unparse(a) for p, a in zip(parameters, call.args, strict=False)}
    values |= {k.arg: ast.unparse(k.value) for k in call.keywords if k.arg is not None}
    if any(p.name not in values for p in parameters):
        return None
    return f"({', '.join(values[p.name] for p in parameters)},)"
